//! Which view shows what the state asks for.

use egui::{Pos2, Rect};

use super::{frame::MapFrame, reach::bounds, view::MapView};
use crate::{
    app::{CameraRequest, FitTarget, State},
    geo::{MercatorExtent, mercator},
    scene::{self, Padding, Viewport},
    units::{Extent, LonLat},
};

/// Room for credits and scale bar under an extent, in points.
const BELOW_EXTENT: f32 = 92.0;

impl MapView {
    /// Makes the movement that the state asks for, once.
    pub(super) fn answer(&mut self, state: &State, frame: MapFrame, window: egui::Vec2) {
        let Some(CameraRequest { number, target, instant }) = &state.camera else { return };
        if *number == self.answered {
            return;
        }
        self.answered = *number;
        // What lies elsewhere can be gone to, and looked around.
        if let FitTarget::Extent(extent)
        | FitTarget::Exact(extent)
        | FitTarget::Preview { lands: extent, .. } = target
        {
            self.camera.reach(bounds(*extent));
        }
        if let Some(to) = self.framed(state, target, frame) {
            self.camera.go(to, *instant);
            self.following = Some((target.clone(), window));
        }
    }

    /// A window that takes another size, as at the start or on the way to full screen, still shows
    /// what was asked for.
    pub(super) fn follow(&mut self, state: &State, frame: MapFrame, window: egui::Vec2) {
        let Some((target, framed_for)) = &self.following else { return };
        if (*framed_for - window).length() < 1.0 {
            return;
        }
        let target = target.clone();
        if let Some(to) = self.framed(state, &target, frame) {
            let instant = !self.camera.is_moving();
            self.camera.go(to, instant);
        }
        self.following = Some((target, window));
    }

    /// The part of the world that a box drawn on the map encloses.
    pub(super) fn extent_of(&self, drawn: Rect, map: Rect) -> Extent {
        let viewport = self.camera.viewport;
        let corner = |p: Pos2| viewport.to_mercator([p.x - map.min.x, p.y - map.min.y]);
        let extent = MercatorExtent { min: corner(drawn.min), max: corner(drawn.max) };
        mercator::extent_from_mercator(extent)
    }

    fn framed(&self, state: &State, target: &FitTarget, frame: MapFrame) -> Option<Viewport> {
        let catalogue = &state.catalogue;
        let of_ids = |ids: &[String]| {
            catalogue.whole_extent_of(ids.iter().filter_map(|id| catalogue.project(id)))
        };
        let extent = match target {
            FitTarget::City => catalogue.city_extent(),
            FitTarget::Shown => {
                catalogue.extent_of(state.shown.iter().filter_map(|&i| catalogue.project_at(i)))
            }
            FitTarget::Selection => of_ids(&state.selected),
            FitTarget::Projects(ids) => of_ids(ids),
            FitTarget::County(code) => catalogue.county_extent(code),
            FitTarget::Extent(extent) | FitTarget::Close(extent) => Some(*extent),
            FitTarget::Preview { lands, with } => return Some(self.preview(*lands, *with, frame)),
            FitTarget::Exact(extent) => {
                let Viewport { width_pt, height_pt, .. } = self.camera.viewport;
                return Some(scene::fit_exact(*extent, [width_pt, height_pt], frame.padding));
            }
            FitTarget::View(left) => return Some(*left),
            FitTarget::Center(at) => {
                let center = mercator::from_lon_lat(*at);
                return Some(Viewport { center, ..self.camera.viewport });
            }
        }?;
        let air = if frame.presenting { 64.0 } else { 44.0 };
        // The end of a layer is looked for where the credits stand.
        let below = match target {
            FitTarget::Extent(_) | FitTarget::Close(_) if !frame.presenting => BELOW_EXTENT,
            _ => air,
        };
        let padding = Padding {
            left: frame.padding.left + air,
            top: frame.padding.top + air,
            right: frame.padding.right + air,
            bottom: frame.padding.bottom + below,
        };
        let Viewport { width_pt, height_pt, .. } = self.camera.viewport;
        let fit = if matches!(target, FitTarget::Close(_)) { scene::fit_close } else { scene::fit };
        Some(fit(extent, [width_pt, height_pt], padding))
    }

    /// A place left of the sheet that asks about it, with another where both have room.
    fn preview(&self, lands: Extent, with: Option<Extent>, frame: MapFrame) -> Viewport {
        /// A sheet with its frame and the air around it.
        const SHEET: f32 = 470.0;
        const AIR: f32 = 24.0;
        let Viewport { width_pt, height_pt, .. } = self.camera.viewport;
        let left = frame.padding.left + AIR;
        let right = frame.padding.right.max(SHEET.min((width_pt - left) * 0.7)) + AIR;
        let (top, bottom) = (frame.padding.top + AIR, frame.padding.bottom + BELOW_EXTENT);
        let padding = Padding { left, top, right, bottom };
        let fit = |extent| scene::fit(extent, [width_pt, height_pt], padding);
        let is_whole = |view: &Viewport, extent: Extent| {
            let corner = |lon, lat| view.to_pt(mercator::from_lon_lat(LonLat::new(lon, lat)));
            let [x0, y0] = corner(extent.west_deg, extent.north_deg);
            let [x1, y1] = corner(extent.east_deg, extent.south_deg);
            x0 >= left - 1.0
                && y0 >= top - 1.0
                && x1 <= width_pt - right + 1.0
                && y1 <= height_pt - bottom + 1.0
        };
        let both = with.map(|with| lands.union(with));
        let together = both.map(|both| (fit(both), both));
        together.filter(|(view, both)| is_whole(view, *both)).map_or_else(|| fit(lands), |(v, _)| v)
    }
}

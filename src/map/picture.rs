//! When the picture of the map has to be drawn again, and where it lies meanwhile.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use egui::{Rect, vec2};

use super::gpu::{Content, PictureCallback};
use crate::scene::Viewport;

/// How much of the window's longer side is drawn beyond each edge. Less than what meshes have.
const MARGIN: f64 = 0.1;
/// Levels by which the picture may be stretched while the camera moves.
const STRETCH: f64 = 0.2;
/// The longest edge of a texture that any card of the last ten years can have.
const USUAL_MOST_PX: u32 = 8192;
/// Between two pictures that differ only in their tiles.
const PAUSE_S: f64 = 0.08;

/// The picture that was drawn last.
pub struct MapPicture {
    made: Option<Made>,
    stamp: u64,
    /// What the graphics card said when it was asked for the texture.
    refused: Arc<AtomicBool>,
    /// The longest edge of a texture that it can have.
    pub most_px: u32,
    /// Pixels are painted by the processor: a large picture of a flight is then a soft one.
    pub is_slow: bool,
}

impl Default for MapPicture {
    fn default() -> Self {
        Self {
            made: None,
            stamp: 0,
            refused: Arc::default(),
            most_px: USUAL_MOST_PX,
            is_slow: false,
        }
    }
}

struct Made {
    viewport: Viewport,
    look: u64,
    tiles: Tiles,
    at_s: f64,
    content: Arc<Content>,
}

/// The tiles in a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tiles {
    /// What had come when they were chosen; `None` if some had to be left out.
    pub arrivals: Option<u64>,
    pub look: u64,
}

/// Whether newly come tiles belong into the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum News {
    None,
    /// After so many seconds: many come at once.
    Later(f64),
    Now,
}

/// The part of the world that a picture for a view shows: the view and its margins, which are
/// narrower where the picture could not be had else.
#[expect(clippy::cast_possible_truncation, reason = "points are f32 by design")]
pub fn enlarged(viewport: &Viewport, pixels_per_point: f32, most_px: u32) -> Viewport {
    let longer_px =
        f64::from(viewport.width_pt.max(viewport.height_pt)) * f64::from(pixels_per_point);
    let spare_px = ((f64::from(most_px) - longer_px.ceil()) / 2.0).floor().max(0.0);
    // Whole pixels, so that the picture's lie on the window's.
    let margin_px = (longer_px * MARGIN).ceil().min(spare_px);
    let both_pt = 2.0 * margin_px as f32 / pixels_per_point;
    Viewport {
        width_pt: viewport.width_pt + both_pt,
        height_pt: viewport.height_pt + both_pt,
        ..*viewport
    }
}

impl MapPicture {
    /// Whether the graphics card gives no texture for it.
    pub fn is_refused(&self) -> bool {
        self.refused.load(Ordering::Relaxed)
    }

    /// How many pixels of the picture there are for one of the window's, along an edge, while it
    /// moves or rests.
    pub fn sharpness(&self, window_px: [f32; 2], moving: bool) -> f32 {
        /// A desk's window is drawn fast enough; a wall's is not.
        const LARGE_PX: f32 = 4.0e6;
        let is_large = window_px[0] * window_px[1] > LARGE_PX;
        if self.is_slow && moving && is_large { 0.5 } else { 1.0 }
    }

    /// Whether the picture still does: the same look, near enough in zoom, nothing missing.
    pub fn serves(&self, viewport: &Viewport, look: u64, moving: bool) -> bool {
        let tolerance = if moving { STRETCH } else { 1e-9 };
        self.made.as_ref().is_some_and(|made| {
            let (own, seen) = (made.viewport.extent(), viewport.extent());
            made.look == look
                && (made.viewport.zoom - viewport.zoom).abs() <= tolerance
                && own.contains(seen.min)
                && own.contains(seen.max)
        })
    }

    /// Whether tiles that have come are to be looked at.
    pub fn news(&self, arrivals: u64, now_s: f64) -> News {
        match &self.made {
            Some(made) if made.tiles.arrivals == Some(arrivals) => News::None,
            Some(made) if now_s < made.at_s + PAUSE_S => News::Later(made.at_s + PAUSE_S - now_s),
            _ => News::Now,
        }
    }

    /// The view that the picture was made for.
    pub fn viewport(&self) -> Option<&Viewport> {
        self.made.as_ref().map(|made| &made.viewport)
    }

    /// Notes what was chosen now. Says whether the picture shows just that already.
    pub fn shows(&mut self, tiles: Tiles, now_s: f64) -> bool {
        let Some(made) = &mut self.made else { return false };
        let same = made.tiles.look == tiles.look;
        if same {
            made.tiles = tiles;
            made.at_s = now_s;
        }
        same
    }

    /// Takes new content, made for an enlarged view. Says whether the card has to give another
    /// texture for it.
    pub fn set(
        &mut self,
        viewport: Viewport,
        look: u64,
        tiles: Tiles,
        now_s: f64,
        content: Content,
    ) -> bool {
        self.stamp += 1;
        let before = self.made.as_ref().map(|made| made.content.size_px);
        let is_other = before != Some(content.size_px);
        self.made = Some(Made { viewport, look, tiles, at_s: now_s, content: Arc::new(content) });
        is_other
    }

    /// The picture where it belongs now.
    #[expect(clippy::cast_possible_truncation, reason = "points are f32 by design")]
    pub fn callback(
        &self,
        viewport: &Viewport,
        map: Rect,
        pixels_per_point: f32,
    ) -> Option<PictureCallback> {
        let made = self.made.as_ref()?;
        let scale = (viewport.zoom - made.viewport.zoom).exp2() as f32;
        let [x, y] = viewport.to_pt(made.viewport.center);
        let size = made.content.size_pt * scale;
        let mut corner = vec2(x, y) - size / 2.0;
        if (scale - 1.0).abs() < 1e-6 {
            // On whole pixels of the window, or every line would be blurred.
            let whole = |v: f32, from: f32| {
                ((v + from) * pixels_per_point).round() / pixels_per_point - from
            };
            corner = vec2(whole(corner.x, map.min.x), whole(corner.y, map.min.y));
        }
        let rect = [
            corner.x / map.width(),
            corner.y / map.height(),
            size.x / map.width(),
            size.y / map.height(),
        ];
        let refused = self.refused.clone();
        Some(PictureCallback { stamp: self.stamp, content: made.content.clone(), rect, refused })
    }
}

//! What the user put on the map: a place that was gone to, and where the filter looks.

use egui::{Painter, Pos2, Rect, Shape, Stroke, StrokeKind, vec2};
use geo::Polygon;

use crate::{
    app::{Overlay, State},
    catalogue::{Along, Outline},
    geo::{geodesic, mercator},
    scene::Viewport,
    theme::Theme,
    units::LonLat,
};

/// The band around a project, kept as long as it is asked for.
#[derive(Debug, Default)]
pub struct Reach(Option<(Along, Vec<Polygon<f64>>)>);

impl Reach {
    fn of(&mut self, state: &State, along: &Along) -> &[Polygon<f64>] {
        if self.0.as_ref().is_none_or(|(of, _)| of != along) {
            let areas = state.catalogue.reach(along).into_iter().flatten().collect();
            self.0 = Some((along.clone(), areas));
        }
        self.0.as_ref().map_or(&[], |(_, areas)| areas)
    }
}

/// Paints them over the map; nothing of it on a slide.
pub fn paint(
    painter: &Painter,
    origin: Pos2,
    viewport: &Viewport,
    reach: &mut Reach,
    state: &State,
    theme: Theme,
) {
    if state.tour.is_some() {
        return;
    }
    let to_screen = |at: LonLat| {
        let [x, y] = viewport.to_pt(mercator::from_lon_lat(at));
        origin + vec2(x, y)
    };
    let edge = Stroke::new(1.5, theme.accent());
    let outline = |points: &[LonLat]| {
        let mut ring: Vec<Pos2> = points.iter().map(|at| to_screen(*at)).collect();
        ring.extend(ring.first().copied());
        painter.extend(Shape::dashed_line(&ring, edge, 7.0, 4.0));
    };
    let filter = &state.filter;
    for ring in filter.polygon.iter().flat_map(Outline::rings) {
        outline(ring);
    }
    if let Some(extent) = &filter.extent {
        outline(&extent.ring());
    }
    if let Some(near) = &filter.near {
        outline(&circle(near.at, near.km));
    }
    if let Some(along) = &filter.along {
        for area in reach.of(state, along) {
            for ring in std::iter::once(area.exterior()).chain(area.interiors()) {
                let points: Vec<LonLat> = ring.coords().map(|c| (*c).into()).collect();
                outline(&points);
            }
        }
    }
    if let Overlay::AskCrs(question) = &state.overlay {
        for one in &question.candidates {
            // A spot at least, however small the file.
            let ring = one.lands.ring();
            let screen: Vec<Pos2> = ring.iter().map(|at| to_screen(*at)).collect();
            let bounds = Rect::from_points(&screen).expand(4.0);
            let chosen = question.lands() == Some(one.lands);
            let (width, ink) = if chosen { (2.5, theme.accent()) } else { (1.0, theme.muted()) };
            painter.rect_stroke(bounds, 0.0, Stroke::new(width, ink), StrokeKind::Middle);
        }
    }
    if let Overlay::AskColumns(question) = &state.overlay
        && let Some(lands) = question.landing.lands()
    {
        let screen: Vec<Pos2> = lands.ring().iter().map(|at| to_screen(*at)).collect();
        let bounds = Rect::from_points(&screen).expand(4.0);
        painter.rect_stroke(bounds, 0.0, Stroke::new(2.5, theme.accent()), StrokeKind::Middle);
    }
    if let Some(pin) = state.pin {
        mark(painter, to_screen(pin), theme);
    }
}

/// A geodesic circle, as a ring of 72 points.
fn circle(at: LonLat, km: f64) -> Vec<LonLat> {
    (0..72).map(|i| geodesic::destination(at, f64::from(i) * 5.0, km * 1000.0)).collect()
}

/// A cross in a ring, seen on light and dark.
fn mark(painter: &Painter, at: Pos2, theme: Theme) {
    for (width, ink) in [(4.5, theme.panel()), (2.0, theme.accent())] {
        let stroke = Stroke::new(width, ink);
        painter.circle_stroke(at, 9.0, stroke);
        for (x, y) in [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)] {
            painter.line_segment([at + vec2(x, y) * 5.0, at + vec2(x, y) * 15.0], stroke);
        }
    }
}

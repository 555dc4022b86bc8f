//! What the user put on the map: a place that was gone to, and where the filter looks.

use egui::{Painter, Pos2, Rect, Shape, Stroke, StrokeKind, vec2};
use geo::Polygon;

use crate::{
    app::{Overlay, State},
    catalogue::{Along, Outline},
    geo::{geodesic, mercator},
    scene::Viewport,
    theme::Theme,
    units::{Extent, LonLat, Mercator},
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

/// Where the filter looks, as rings that are not closed; none on a slide.
pub fn outlines(reach: &mut Reach, state: &State) -> Vec<Vec<Mercator>> {
    if state.tour.is_some() {
        return Vec::new();
    }
    let filter = &state.filter;
    let mut rings: Vec<Vec<LonLat>> =
        filter.polygon.iter().flat_map(Outline::rings).cloned().collect();
    rings.extend(filter.extent.map(Extent::ring));
    rings.extend(filter.near.iter().map(|near| circle(near.at, near.km)));
    if let Some(along) = &filter.along {
        for area in reach.of(state, along) {
            let own = std::iter::once(area.exterior()).chain(area.interiors());
            rings.extend(own.map(|ring| ring.coords().map(|c| (*c).into()).collect()));
        }
    }
    rings.iter().map(|ring| ring.iter().map(|p| mercator::from_lon_lat(*p)).collect()).collect()
}

/// Paints [`outlines`] and the rest over the map; nothing of it on a slide.
pub fn paint(
    painter: &Painter,
    origin: Pos2,
    viewport: &Viewport,
    outlines: &[Vec<Mercator>],
    state: &State,
    theme: Theme,
) {
    if state.tour.is_some() {
        return;
    }
    let at_screen = |at: Mercator| {
        let [x, y] = viewport.to_pt(at);
        origin + vec2(x, y)
    };
    let to_screen = |at: LonLat| at_screen(mercator::from_lon_lat(at));
    let edge = Stroke::new(1.5, theme.accent());
    for points in outlines {
        let mut ring: Vec<Pos2> = points.iter().map(|at| at_screen(*at)).collect();
        ring.extend(ring.first().copied());
        painter.extend(Shape::dashed_line(&ring, edge, 7.0, 4.0));
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

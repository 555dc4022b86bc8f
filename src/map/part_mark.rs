//! A part of the project in the card, marked on the map: picked, or pointed at in the card.

use egui::{Painter, Pos2, Shape, Stroke, vec2};

use crate::{
    app::{State, part},
    geo::{clip::clip_path, mercator},
    scene::Viewport,
    theme::Theme,
    units::Mercator,
};

/// Width of the mark and of its casing, in points: wider than any line it lies on.
const WIDTH: f32 = 6.0;
const CASING: f32 = 11.0;

/// Paints the marks; nothing of them on a slide, or while the project is filtered away.
pub fn paint(painter: &Painter, origin: Pos2, viewport: &Viewport, state: &State, theme: Theme) {
    let Some(project) = state.focused().filter(|_| state.tour.is_none()) else { return };
    if state.catalogue.position(&project.id).is_none_or(|i| !state.is_shown(i)) {
        return;
    }
    let seen = viewport.extent();
    for own in state.marked_parts() {
        for line in part::part_lines(&state.catalogue, project, own) {
            let path: Vec<Mercator> =
                line.coords().map(|c| mercator::from_lon_lat((*c).into())).collect();
            for run in clip_path(&path, &seen) {
                let points: Vec<Pos2> =
                    run.path.iter().map(|p| screen(*p, viewport, origin)).collect();
                painter.add(Shape::line(points.clone(), Stroke::new(CASING, theme.ink())));
                painter.add(Shape::line(points.clone(), Stroke::new(CASING - 2.5, theme.panel())));
                painter.add(Shape::line(points, Stroke::new(WIDTH, theme.accent())));
            }
        }
    }
}

fn screen(at: Mercator, viewport: &Viewport, origin: Pos2) -> Pos2 {
    let [x, y] = viewport.to_pt(at);
    origin + vec2(x, y)
}

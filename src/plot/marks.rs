//! The shapes of a draw list.

use std::ops::Range;

use super::{
    areas::AreaBuilder, frame::Frame, frame::narrow, point_marks::point_mark, strokes::stroke,
};
use crate::{
    font::Fonts,
    geo::plane::Point,
    paper::{Drawing, Item, PathDrawing, Subject},
    scene::{AreaGeometry, Mark, Pick, Shape, Stroke, paint_steps},
    style::{MapPalette, Rgba},
    units::Mercator,
};

/// Shapes in the order of [`paint_steps()`], of which only what can be seen is drawn.
pub fn shapes(frame: &Frame, shapes: &[Shape], fonts: &Fonts, palette: &MapPalette) -> Vec<Item> {
    let plotter = Plotter { frame, fonts, halo: palette.halo };
    let steps = paint_steps(shapes).into_iter();
    steps.filter_map(|step| plotter.shape(shapes.get(step.shape)?, step.strokes)).collect()
}

struct Plotter<'a> {
    frame: &'a Frame,
    fonts: &'a Fonts,
    halo: Rgba,
}

impl Plotter<'_> {
    fn shape(&self, shape: &Shape, strokes: Range<usize>) -> Option<Item> {
        let mut items = match &shape.mark {
            Mark::Line { path, strokes: all } => {
                let lines = [self.points(path)];
                let visible = self.frame.visible();
                let strokes = all.get(strokes).unwrap_or_default().iter();
                strokes.flat_map(|one| stroke(&lines, one, &visible)).map(Item::from).collect()
            }
            Mark::Area { area, fill, outline } => {
                self.area(area, *fill, outline.as_ref()).into_iter().map(Item::from).collect()
            }
            Mark::Pin { at, .. } | Mark::Anchor { at, .. } | Mark::Dot { at, .. } => {
                point_mark(&shape.mark, narrow(self.frame.to_pt(*at)), self.halo, self.fonts)
            }
        };
        let subject = shape.pick.as_ref().map(subject);
        match items.len() {
            0 => None,
            1 => items.pop().map(|item| Item { subject, ..item }),
            _ => Some(Item { drawing: Drawing::Group(items), subject }),
        }
    }

    fn points(&self, path: &[Mercator]) -> Vec<Point> {
        path.iter().map(|p| self.frame.to_pt(*p)).collect()
    }

    fn area(&self, area: &AreaGeometry, fill: Rgba, outline: Option<&Stroke>) -> Vec<PathDrawing> {
        let mut rings = vec![self.points(&area.exterior)];
        rings.extend(area.holes.iter().map(|hole| self.points(hole)));
        let visible = self.frame.visible();
        let mut builder = AreaBuilder::new(visible);
        for (i, ring) in rings.iter().enumerate() {
            builder.add_ring(ring, i > 0);
        }
        let mut drawings: Vec<PathDrawing> = builder.finish(fill).into_iter().collect();
        if let Some(outline) = outline {
            for ring in &mut rings {
                ring.extend(ring.first().copied());
            }
            drawings.extend(stroke(&rings, outline, &visible));
        }
        drawings
    }
}

/// What a click on a shape means, as paper says it.
fn subject(pick: &Pick) -> Subject {
    Subject::Projects(match pick {
        Pick::Project(id) | Pick::Line { project: id, .. } => vec![id.clone()],
        Pick::Several(ids) => ids.clone(),
    })
}

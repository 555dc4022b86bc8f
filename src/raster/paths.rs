//! Outlines as the rasteriser takes them.

use tiny_skia::{Paint, PathBuilder};

use crate::{paper::Step, style::Rgba};

/// Adds an outline, scaled and then moved.
pub fn add_steps(builder: &mut PathBuilder, steps: &[Step], scale: f32, [x, y]: [f32; 2]) {
    let place = |p: [f32; 2]| (x + p[0] * scale, y + p[1] * scale);
    for step in steps {
        match *step {
            Step::Move(to) => {
                let (x, y) = place(to);
                builder.move_to(x, y);
            }
            Step::Line(to) => {
                let (x, y) = place(to);
                builder.line_to(x, y);
            }
            Step::Curve(a, b, to) => {
                let ((ax, ay), (bx, by), (x, y)) = (place(a), place(b), place(to));
                builder.cubic_to(ax, ay, bx, by, x, y);
            }
            Step::Close => builder.close(),
        }
    }
}

/// Straight lines of an outline.
pub struct Polyline {
    pub points: Vec<[f32; 2]>,
    pub closed: bool,
}

/// The lines of an outline without curves; `None` for others.
pub fn polylines(steps: &[Step]) -> Option<Vec<Polyline>> {
    let mut lines: Vec<Polyline> = Vec::new();
    for step in steps {
        match *step {
            Step::Move(to) => lines.push(Polyline { points: vec![to], closed: false }),
            Step::Line(to) => match lines.last_mut() {
                Some(line) if !line.closed => line.points.push(to),
                // After closing, a line goes on from where the closed one began.
                last => {
                    let from = last.and_then(|line| line.points.first().copied()).unwrap_or(to);
                    lines.push(Polyline { points: vec![from, to], closed: false });
                }
            },
            Step::Curve(..) => return None,
            Step::Close => {
                if let Some(line) = lines.last_mut() {
                    line.closed = true;
                }
            }
        }
    }
    Some(lines)
}

/// An anti-aliased paint.
pub fn paint_of(color: Rgba) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(color.0, color.1, color.2, color.3);
    paint.anti_alias = true;
    paint
}

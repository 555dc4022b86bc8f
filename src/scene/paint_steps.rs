//! The order in which a draw list is painted.

use std::ops::Range;

use super::{Mark, Shape, Stroke};

/// One step of painting a list of shapes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaintStep {
    /// Index of the shape.
    pub shape: usize,
    /// Which of a line's strokes; all of them for other marks.
    pub strokes: Range<usize>,
}

/// The order in which shapes and their strokes are painted: as listed, except that in a run of
/// neighbouring lines all casings come before everything else, so that lines of one layer join
/// where they meet and do not cut each other. A casing is a plain first stroke that is wider than
/// the one above it.
pub fn paint_steps(shapes: &[Shape]) -> Vec<PaintStep> {
    let mut steps = Vec::with_capacity(shapes.len());
    let mut first = 0;
    for group in shapes.chunk_by(|a, b| strokes_of(a).is_some() == strokes_of(b).is_some()) {
        let indexed = || group.iter().enumerate().map(|(i, shape)| (first + i, shape));
        for (shape, line) in indexed() {
            if has_casing(line) {
                steps.push(PaintStep { shape, strokes: 0..1 });
            }
        }
        for (shape, any) in indexed() {
            let count = strokes_of(any).map_or(0, <[Stroke]>::len);
            steps.push(PaintStep { shape, strokes: usize::from(has_casing(any))..count });
        }
        first += group.len();
    }
    steps
}

fn strokes_of(shape: &Shape) -> Option<&[Stroke]> {
    match &shape.mark {
        Mark::Line { strokes, .. } => Some(strokes),
        _ => None,
    }
}

fn has_casing(shape: &Shape) -> bool {
    match strokes_of(shape) {
        Some([first, second, ..]) => {
            first.width_pt > second.width_pt && first.dash.is_none() && first.ticks.is_none()
        }
        _ => false,
    }
}

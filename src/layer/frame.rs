//! A view of a layer: which part of the world, how large its symbols, where positions lie in it.

use crate::{
    geo::{Datum, MercatorExtent, Shift},
    units::Mercator,
};

/// Which part of the world, how large, and in whose plane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Origin of the positions below.
    pub center: Mercator,
    /// Points per unit of Mercator.
    pub scale: f64,
    /// What is drawn, with the margins that panning may show.
    pub extent: MercatorExtent,
    pub datum: Datum,
    pub pixels_per_point: f32,
}

/// Sizes of what is drawn, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sizes {
    pub point_radius_pt: f32,
    pub line_width_pt: f32,
}

/// Where positions lie in points from a frame's centre.
pub(super) struct Placing {
    shift: Shift,
    /// The centre in the plane of the datum.
    origin: Mercator,
    scale: f64,
}

impl Placing {
    pub fn new(frame: &Frame) -> Self {
        let shift = Shift::new(frame.datum, &frame.extent);
        let origin = shift.forward(frame.center);
        Self { shift, origin, scale: frame.scale }
    }

    #[expect(clippy::cast_possible_truncation, reason = "points are f32 by design")]
    pub fn of(&self, p: Mercator) -> [f32; 2] {
        let p = self.shift.forward(p);
        [((p.x - self.origin.x) * self.scale) as f32, ((p.y - self.origin.y) * self.scale) as f32]
    }
}

/// Sizes for a layer of so many features: symbols grow a little with the zoom, in steps, so that a
/// choice stays good between them.
#[expect(clippy::cast_possible_truncation, reason = "a few points")]
pub fn sizes(features: usize, zoom: f64) -> Sizes {
    let many = features > 20_000;
    let base: f32 = if many { 2.2 } else { 3.2 };
    let step = ((zoom.floor() - 9.0).clamp(0.0, 6.0) * 0.35) as f32;
    Sizes { point_radius_pt: base + step, line_width_pt: if many { 1.0 } else { 2.4 } + step * 0.5 }
}

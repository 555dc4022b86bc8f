//! From unit Mercator to the points of the paper.

use crate::{
    geo::{
        Shift,
        plane::{Point, Rect},
    },
    paper::BoxPt,
    scene::Viewport,
    units::Mercator,
};

/// A viewport at its place on the paper.
#[derive(Debug, Clone)]
pub struct Frame {
    shift: Shift,
    /// In the plane of the viewport's datum.
    center: Mercator,
    /// Points per unit of Mercator.
    scale: f64,
    /// Where the centre lies on the paper.
    middle: Point,
    place: BoxPt,
    pub zoom: f64,
}

impl Frame {
    /// A viewport whose top left corner lies at a place of the paper. `None` for viewports that show
    /// nothing.
    pub fn new(viewport: &Viewport, [left, top]: [f32; 2]) -> Option<Self> {
        let place = BoxPt::new(left, top, viewport.width_pt, viewport.height_pt);
        let center = viewport.plane_center();
        let scale = viewport.scale();
        let usable = place.is_real() && (center.x + center.y + scale).is_finite() && scale > 0.0;
        let half = |side: f32| f64::from(side) / 2.0;
        let frame = Self {
            shift: Shift::new(viewport.datum, &viewport.extent()),
            center,
            scale,
            middle: [
                f64::from(left) + half(viewport.width_pt),
                f64::from(top) + half(viewport.height_pt),
            ],
            place,
            zoom: viewport.zoom,
        };
        usable.then_some(frame)
    }

    /// Where a position lies on the paper.
    pub fn to_pt(&self, p: Mercator) -> Point {
        let p = self.shift.forward(p);
        [
            (p.x - self.center.x) * self.scale + self.middle[0],
            (p.y - self.center.y) * self.scale + self.middle[1],
        ]
    }

    /// The inverse of [`Self::to_pt`].
    pub fn to_mercator(&self, [x, y]: Point) -> Mercator {
        self.shift.inverse(Mercator {
            x: self.center.x + (x - self.middle[0]) / self.scale,
            y: self.center.y + (y - self.middle[1]) / self.scale,
        })
    }

    /// The part of the paper that the map takes.
    pub fn place(&self) -> BoxPt {
        self.place
    }

    /// The same.
    pub fn visible(&self) -> Rect {
        let BoxPt { left, top, .. } = self.place;
        let [left, top] = [left, top].map(f64::from);
        let size = self.place.size().map(f64::from);
        Rect::new([left, top], [left + size[0], top + size[1]])
    }
}

/// A position as the list holds it.
#[expect(clippy::cast_possible_truncation, reason = "points are f32 in the end")]
pub fn narrow([x, y]: Point) -> [f32; 2] {
    [x as f32, y as f32]
}

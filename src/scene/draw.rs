//! The draw list: what is painted and what can be picked, in paint order.
//!
//! Geometry is in unit Mercator and shared by `Arc`, sizes are in points. The window turns the
//! list into cached meshes, the off-screen renderer into paths; both draw the same thing.

use std::sync::Arc;

use crate::{
    geo::{
        MercatorExtent,
        datum::{Datum, mercator_from_wgs84, mercator_to_wgs84},
    },
    style::Rgba,
    units::Mercator,
};

/// One stroke along a path. Several make a casing, a line and its ticks.
#[derive(Debug, Clone, PartialEq)]
pub struct Stroke {
    pub width_pt: f32,
    pub color: Rgba,
    /// Lengths of dash and gap in points, measured along the line from its start.
    pub dash: Option<[f32; 2]>,
    /// Short bars across the line, as on railways.
    pub ticks: Option<Ticks>,
}

impl Stroke {
    #[must_use]
    pub const fn solid(width_pt: f32, color: Rgba) -> Self {
        Self { width_pt, color, dash: None, ticks: None }
    }
}

/// Bars across a line. The stroke that carries them draws only the bars.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ticks {
    pub spacing_pt: f32,
    /// Whole length of a bar, half on each side.
    pub length_pt: f32,
}

/// A polygon with holes; the rings need no closing point.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaGeometry {
    pub exterior: Vec<Mercator>,
    pub holes: Vec<Vec<Mercator>>,
}

/// What to paint.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    Line {
        path: Arc<[Mercator]>,
        strokes: Vec<Stroke>,
    },
    Area {
        area: Arc<AreaGeometry>,
        fill: Rgba,
        outline: Option<Stroke>,
    },
    /// A drop whose point is at `at`, with one character in its head. `more` others stand at the
    /// same spot and are told by a small count.
    Pin {
        at: Mercator,
        glyph: char,
        fill: Rgba,
        ink: Rgba,
        radius_pt: f32,
        more: usize,
    },
    /// A hollow ring: projects known only to lie somewhere around here.
    Anchor {
        at: Mercator,
        /// How many; 0 where that is not written.
        count: usize,
        color: Rgba,
        ground: Rgba,
        radius_pt: f32,
    },
    /// A plain dot.
    Dot {
        at: Mercator,
        color: Rgba,
        ring: Rgba,
        radius_pt: f32,
    },
}

/// One entry of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// What a click on it means; `None` for decoration.
    pub pick: Option<Pick>,
    pub mark: Mark,
}

/// What can be picked.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pick {
    /// A project, by id.
    Project(String),
    /// A line of a project that has a name of its own, such as a metro line: both by id.
    Line { project: String, line: String },
    /// Several projects at one spot, or an anchor that stands for several without a position.
    Several(Vec<String>),
}

/// How a label is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LabelStyle {
    pub size_pt: f32,
    pub color: Rgba,
    pub halo: Rgba,
    pub bold: bool,
    /// Extra space between characters, in ems.
    pub tracking_em: f32,
    /// What the text stands on, instead of a halo.
    pub plate: Option<Plate>,
}

/// A rounded plate behind a text, as of a road's number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plate {
    pub fill: Rgba,
    pub rim: Rgba,
}

impl Plate {
    /// Room between the text and the plate's edge: at its ends, above and below.
    pub const PADDING_PT: [f32; 2] = [4.0, 1.0];
    /// Radius of the corners.
    pub const CORNER_PT: f32 = 3.0;
}

/// A label that has its place: `lines` are centred under each other around `center_px`.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedLabel {
    pub lines: Vec<String>,
    /// Centre of the block, in points from the picture's top left corner.
    pub center_pt: [f32; 2],
    pub style: LabelStyle,
    /// The whole name, where this is one letter of it that stands for itself; the letters of one
    /// name follow each other and share it.
    pub letter_of: Option<Arc<str>>,
}

/// Everything on the map above the basemap.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DrawList {
    pub shapes: Vec<Shape>,
    pub labels: Vec<PlacedLabel>,
}

/// Which part of the world a picture shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Viewport {
    pub center: Mercator,
    /// The whole world is `256 · 2^zoom` points wide.
    pub zoom: f64,
    pub width_pt: f32,
    pub height_pt: f32,
    /// The datum whose Mercator plane the picture lies in: that of the basemap's tiles. Positions
    /// stay WGS-84 and are projected to it; the tiles are where they are.
    pub datum: Datum,
}

impl Viewport {
    /// Points per unit of Mercator.
    #[must_use]
    pub fn scale(&self) -> f64 {
        256.0 * self.zoom.exp2()
    }

    /// The centre in the plane of the basemap's datum.
    #[must_use]
    pub fn plane_center(&self) -> Mercator {
        mercator_from_wgs84(self.datum, self.center)
    }

    /// Position in points from the top left corner.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "pixels are f32 by design")]
    pub fn to_pt(&self, p: Mercator) -> [f32; 2] {
        let scale = self.scale();
        let (p, center) = (mercator_from_wgs84(self.datum, p), self.plane_center());
        [
            ((p.x - center.x) * scale) as f32 + self.width_pt / 2.0,
            ((p.y - center.y) * scale) as f32 + self.height_pt / 2.0,
        ]
    }

    /// What it shows of the world.
    #[must_use]
    pub fn extent(&self) -> MercatorExtent {
        MercatorExtent {
            min: self.to_mercator([0.0, 0.0]),
            max: self.to_mercator([self.width_pt, self.height_pt]),
        }
    }

    /// The inverse of [`Self::to_pt`].
    #[must_use]
    pub fn to_mercator(&self, [x, y]: [f32; 2]) -> Mercator {
        let scale = self.scale();
        let center = self.plane_center();
        let p = Mercator {
            x: center.x + f64::from(x - self.width_pt / 2.0) / scale,
            y: center.y + f64::from(y - self.height_pt / 2.0) / scale,
        };
        mercator_to_wgs84(self.datum, p)
    }
}

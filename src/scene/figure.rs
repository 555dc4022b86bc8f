//! A measured figure on the map: lines, an area, vertices, and what is told of them.

use std::sync::Arc;

use super::{AreaGeometry, Mark, Shape, Stroke};
use crate::{style::MapPalette, units::Mercator};

/// What is drawn of a figure that was measured or is being drawn. Words come from the caller.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Figure {
    /// Lines, the area and the vertices; none can be picked.
    pub shapes: Vec<Shape>,
    /// The ring around its area, not closed.
    pub ring: Vec<Mercator>,
    /// The first matters least.
    pub labels: Vec<FigureLabel>,
    /// How it was measured, for the margin of a picture.
    pub note: String,
}

/// How firm a line of a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Firm {
    /// Set.
    Set,
    /// Goes with the pointer, or only closes the area.
    Loose,
    /// The shortest way to a line of the plan.
    Off,
}

impl Figure {
    pub fn add_line(&mut self, path: Vec<Mercator>, firm: Firm, palette: &MapPalette) {
        const LINE_PT: f32 = 2.4;
        const CASING_PT: f32 = 5.0;
        let (width_pt, color, dash) = match firm {
            Firm::Set => (LINE_PT, palette.accent, None),
            Firm::Loose => (LINE_PT - 0.6, palette.accent, Some([7.0, 4.0])),
            Firm::Off => (LINE_PT - 0.8, palette.ink, Some([2.0, 3.5])),
        };
        let own = Stroke { dash, ..Stroke::solid(width_pt, color) };
        let strokes = vec![Stroke::solid(CASING_PT, palette.halo), own];
        self.add(Mark::Line { path: path.into(), strokes });
    }

    /// Fills a ring, which need not be closed. Call it first: what is added later lies above.
    pub fn add_area(&mut self, ring: Vec<Mercator>, palette: &MapPalette) {
        let area = AreaGeometry { exterior: ring.clone(), holes: Vec::new() };
        let fill = palette.accent.with_alpha(36);
        self.add(Mark::Area { area: Arc::new(area), fill, outline: None });
        self.ring = ring;
    }

    pub fn add_vertex(&mut self, at: Mercator, palette: &MapPalette) {
        let (color, ring) = (palette.halo, palette.accent);
        self.add(Mark::Dot { at, color, ring, radius_pt: 4.5 });
    }

    fn add(&mut self, mark: Mark) {
        self.shapes.push(Shape { pick: None, mark });
    }
}

/// Words at a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureLabel {
    pub words: String,
    pub at: LabelAt,
}

/// Where the words of a figure stand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LabelAt {
    /// Between two vertices; left out where these are closer on the map than the words are long.
    Between(Mercator, Mercator),
    /// Beside a vertex.
    Beside(Mercator),
    /// In the middle of the area; left out where it is too small for them.
    Inside,
}

//! What is being drawn on the map by clicks: a line or an area to be measured, or the outline of a
//! filter. One vertex after another, each can be taken back.

use crate::units::LonLat;

/// More vertices than a hand sets.
pub const MOST_VERTICES: usize = 500;

/// What it is drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Measure,
    /// Only what lies in it passes.
    Filter,
    /// The place of a project: a point, a line or an area.
    Place,
}

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stage {
    /// The next click adds a vertex.
    #[default]
    Drawing,
    /// Ended as a line.
    Line,
    /// Ended at its first vertex.
    Ring,
}

/// One step of drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SketchStep {
    /// Begins to draw; what was being drawn is dropped.
    Begin(Purpose),
    Add(LonLat),
    /// Takes the last vertex back, or goes on with what was ended.
    TakeBack,
    /// Sets the vertex again that was taken back last.
    SetAgain,
    /// Ends where the last vertex is; an outline closes.
    End,
    /// Ends at the first vertex.
    Close,
    /// Takes every vertex back.
    Clear,
    /// Draws no longer.
    Leave,
}

/// What is being drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Sketch {
    pub purpose: Purpose,
    pub stage: Stage,
    vertices: Vec<LonLat>,
    /// Taken back, the next to be set again last.
    ahead: Vec<LonLat>,
}

impl Sketch {
    /// Nothing drawn yet.
    pub const fn new(purpose: Purpose) -> Self {
        Self { purpose, stage: Stage::Drawing, vertices: Vec::new(), ahead: Vec::new() }
    }

    pub fn vertices(&self) -> &[LonLat] {
        &self.vertices
    }

    pub const fn is_drawing(&self) -> bool {
        matches!(self.stage, Stage::Drawing)
    }

    /// Whether no further vertex is taken.
    pub const fn is_full(&self) -> bool {
        self.vertices.len() >= MOST_VERTICES
    }

    /// Sets a vertex; after an end with it begins another figure. The same place twice is one vertex.
    pub fn add(&mut self, p: LonLat) {
        if !self.is_drawing() {
            *self = Self::new(self.purpose);
        }
        let is_on_map = p.lon_deg.is_finite() && p.lat_deg.is_finite();
        if is_on_map && !self.is_full() && self.vertices.last() != Some(&p) {
            self.vertices.push(p);
            self.ahead.clear();
        }
    }

    pub const fn can_take_back(&self) -> bool {
        !self.vertices.is_empty()
    }

    /// Takes the last vertex back; what was ended goes on first.
    pub fn take_back(&mut self) {
        if self.is_drawing() {
            self.ahead.extend(self.vertices.pop());
        } else {
            self.stage = Stage::Drawing;
        }
    }

    pub const fn can_set_again(&self) -> bool {
        self.is_drawing() && !self.ahead.is_empty()
    }

    /// Sets again what was taken back last.
    pub fn set_again(&mut self) {
        if self.can_set_again() {
            self.vertices.extend(self.ahead.pop());
        }
    }

    /// Takes every vertex back; each can be set again.
    pub fn clear(&mut self) {
        self.stage = Stage::Drawing;
        self.ahead.extend(self.vertices.drain(..).rev());
    }

    /// Whether it is enough for an end: a line has two vertices, an outline three.
    pub const fn can_end(&self) -> bool {
        let least = match self.purpose {
            Purpose::Measure => 2,
            Purpose::Filter => 3,
            Purpose::Place => 1,
        };
        self.is_drawing() && self.vertices.len() >= least
    }

    /// Whether it can end at its first vertex.
    pub const fn can_close(&self) -> bool {
        self.is_drawing() && self.vertices.len() >= 3
    }

    /// Ends it; says whether it could.
    pub fn end(&mut self, at_first: bool) -> bool {
        let can = if at_first { self.can_close() } else { self.can_end() };
        if can {
            let is_ring = at_first || self.purpose == Purpose::Filter;
            self.stage = if is_ring { Stage::Ring } else { Stage::Line };
        }
        can
    }
}

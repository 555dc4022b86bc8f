//! What is being drawn on the map by clicks: a line or an area to be measured, the outline of a
//! filter, or the place of a project. One vertex after another, each can be taken back. The place of
//! a project can be changed after it has ended: vertices are moved, added and taken out.

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
    /// Moves a vertex of a place.
    Move(usize, LonLat),
    /// Sets a vertex of a place before the one with that number, or behind all.
    Insert(usize, LonLat),
    /// Picks a vertex of a place, or none.
    Pick(Option<usize>),
    /// Picks the next vertex.
    PickNext,
    /// Takes the vertex out that is picked.
    Remove,
    /// What is drawn keeps to what lies there, or no longer.
    Snap(bool),
}

/// What is being drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Sketch {
    pub purpose: Purpose,
    pub stage: Stage,
    vertices: Vec<LonLat>,
    /// Taken back, the next to be set again last.
    ahead: Vec<LonLat>,
    /// The vertex that is picked, once it has ended.
    pub picked: Option<usize>,
    /// Vertices keep to those and to the lines of what lies there.
    pub snaps: bool,
    /// How it was before each change since it ended, and what was taken back of these.
    before: Vec<Vec<LonLat>>,
    after: Vec<Vec<LonLat>>,
}

impl Sketch {
    /// Nothing drawn yet.
    pub const fn new(purpose: Purpose) -> Self {
        Self {
            purpose,
            stage: Stage::Drawing,
            vertices: Vec::new(),
            ahead: Vec::new(),
            picked: None,
            snaps: matches!(purpose, Purpose::Place),
            before: Vec::new(),
            after: Vec::new(),
        }
    }

    /// A place that is there, to be changed.
    pub fn of_place(vertices: Vec<LonLat>, is_ring: bool) -> Self {
        let stage = if is_ring { Stage::Ring } else { Stage::Line };
        Self { stage, vertices, ..Self::new(Purpose::Place) }
    }

    /// Whether it is a place whose vertices can be changed.
    pub fn is_changed(&self) -> bool {
        self.purpose == Purpose::Place && !self.is_drawing()
    }

    /// Segments between vertices by the number of the one that they end at; of an area the last leads
    /// back to the first.
    pub fn segments(&self) -> impl Iterator<Item = (usize, LonLat, LonLat)> + '_ {
        let all = self.vertices.iter().zip(self.vertices.iter().skip(1));
        let closing = self.vertices.last().zip(self.vertices.first());
        let closing = closing.filter(|_| self.stage == Stage::Ring && self.vertices.len() > 2);
        all.chain(closing).enumerate().map(|(i, (a, b))| (i + 1, *a, *b))
    }

    /// Whether the picked vertex can be taken out: a point, a line and an area keep as many as they
    /// need.
    pub fn can_remove(&self) -> bool {
        let least = match (self.stage, self.vertices.len()) {
            (Stage::Ring, _) => 3,
            (_, 1) => 1,
            _ => 2,
        };
        self.is_changed() && self.picked.is_some() && self.vertices.len() > least
    }

    /// Changes a place that has ended; each change can be taken back.
    pub fn change(&mut self, step: SketchStep) {
        if !self.is_changed() {
            return;
        }
        let mut vertices = self.vertices.clone();
        match step {
            SketchStep::Move(i, to) => {
                if let Some(own) = vertices.get_mut(i) {
                    *own = to;
                }
            }
            SketchStep::Insert(i, at) if i <= vertices.len() && !self.is_full() => {
                vertices.insert(i, at);
                self.picked = Some(i);
            }
            SketchStep::Pick(i) => self.picked = i.filter(|i| *i < vertices.len()),
            SketchStep::PickNext => {
                let next = self.picked.map_or(0, |i| i + 1);
                self.picked = Some(if next < vertices.len() { next } else { 0 });
            }
            SketchStep::Remove if self.can_remove() => {
                if let Some(i) = self.picked.take() {
                    vertices.remove(i);
                }
            }
            _ => {}
        }
        if vertices != self.vertices {
            self.before.push(std::mem::replace(&mut self.vertices, vertices));
            self.after.clear();
        }
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

    /// Takes the last vertex back; what was changed or ended goes on first.
    pub fn take_back(&mut self) {
        if let Some(vertices) = self.before.pop() {
            self.after.push(std::mem::replace(&mut self.vertices, vertices));
            self.picked = None;
        } else if self.is_drawing() {
            self.ahead.extend(self.vertices.pop());
        } else {
            self.stage = Stage::Drawing;
        }
    }

    pub const fn can_set_again(&self) -> bool {
        !self.after.is_empty() || self.is_drawing() && !self.ahead.is_empty()
    }

    /// Sets again what was taken back last.
    pub fn set_again(&mut self) {
        if let Some(vertices) = self.after.pop() {
            self.before.push(std::mem::replace(&mut self.vertices, vertices));
            self.picked = None;
        } else if self.can_set_again() {
            self.vertices.extend(self.ahead.pop());
        }
    }

    /// Takes every vertex back; each can be set again.
    pub fn clear(&mut self) {
        self.stage = Stage::Drawing;
        self.picked = None;
        self.before.clear();
        self.after.clear();
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

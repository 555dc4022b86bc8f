//! Places and boxes on the paper.

/// No paper is larger: 250 km. What lies farther off, or at no number, cannot be drawn.
const FARTHEST_PT: f32 = 1e9;

/// Whether a number is one that paper can have.
pub fn is_length(v: f32) -> bool {
    v.abs() <= FARTHEST_PT
}

/// Whether a position is one that paper can have.
pub fn is_place([x, y]: [f32; 2]) -> bool {
    is_length(x) && is_length(y)
}

/// A box in points: left, top, width and height.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct BoxPt {
    pub left: f32,
    pub top: f32,
    pub width: f32,
    pub height: f32,
}

impl BoxPt {
    pub const fn new(left: f32, top: f32, width: f32, height: f32) -> Self {
        Self { left, top, width, height }
    }

    /// Left, top, right and bottom.
    pub fn corners(&self) -> [f32; 4] {
        [self.left, self.top, self.right(), self.bottom()]
    }

    pub fn right(&self) -> f32 {
        self.left + self.width
    }

    pub fn bottom(&self) -> f32 {
        self.top + self.height
    }

    pub fn size(&self) -> [f32; 2] {
        [self.width, self.height]
    }

    pub fn center(&self) -> [f32; 2] {
        [self.left + self.width / 2.0, self.top + self.height / 2.0]
    }

    /// A position given from the box's own top left corner.
    pub fn at(&self, x: f32, y: f32) -> [f32; 2] {
        [self.left + x, self.top + y]
    }

    /// Smaller by `by` on every side; never smaller than nothing.
    #[must_use]
    pub fn inset(self, by: f32) -> Self {
        let width = (self.width - 2.0 * by).max(0.0);
        let height = (self.height - 2.0 * by).max(0.0);
        Self { left: self.left + by, top: self.top + by, width, height }
    }

    /// Whether it is a box that can show something: where paper can be, and wider and higher than
    /// nothing.
    pub fn is_real(&self) -> bool {
        is_place([self.left, self.top])
            && is_place(self.size())
            && self.width > 0.0
            && self.height > 0.0
    }
    /// Whether the other lies inside, but for so many points.
    #[must_use]
    pub fn holds(&self, other: &Self, but_for_pt: f32) -> bool {
        other.left >= self.left - but_for_pt
            && other.top >= self.top - but_for_pt
            && other.right() <= self.right() + but_for_pt
            && other.bottom() <= self.bottom() + but_for_pt
    }

    /// Whether the two share more than their edges.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right()
            && other.left < self.right()
            && self.top < other.bottom()
            && other.top < self.bottom()
    }
}

//! Geometry in columns: what a chunk of features looks like.

use crate::units::Mercator;

/// What a feature is on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// No geometry, or none that can be drawn.
    None,
    Point,
    Line,
    Area,
}

/// What there is among some features.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Holds {
    pub points: bool,
    pub lines: bool,
    pub areas: bool,
}

impl Holds {
    /// What features of these shapes are.
    pub fn of(shapes: &Shapes) -> Self {
        match &shapes.kinds {
            Kinds::All(_) if shapes.is_empty() => Self::default(),
            Kinds::All(kind) => Self::kind(*kind),
            Kinds::Each(kinds) => {
                kinds.iter().fold(Self::default(), |all, kind| all.and(Self::kind(*kind)))
            }
        }
    }

    /// Whether there is anything to draw.
    pub const fn any(self) -> bool {
        self.points || self.lines || self.areas
    }

    /// What there is in either.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            points: self.points || other.points,
            lines: self.lines || other.lines,
            areas: self.areas || other.areas,
        }
    }

    const fn kind(kind: Kind) -> Self {
        Self {
            points: matches!(kind, Kind::Point),
            lines: matches!(kind, Kind::Line),
            areas: matches!(kind, Kind::Area),
        }
    }
}

/// The kinds of a chunk's features.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kinds {
    All(Kind),
    Each(Vec<Kind>),
}

/// The geometry of some features: positions, grouped into parts, grouped into features.
///
/// A part is a position, a line or a ring. Rings are closed without repeating their first
/// position. For points the two `starts` are empty: feature `i` is position `i`.
#[derive(Debug, Clone, PartialEq)]
pub struct Shapes {
    pub kinds: Kinds,
    /// Unit Mercator of the true (WGS-84) position.
    pub positions: Vec<Mercator>,
    /// Where each part begins in `positions`, and the end. Empty: each position is a part.
    pub part_starts: Vec<u32>,
    /// Where each feature begins among the parts, and the end. Empty: each part is a feature.
    pub feature_starts: Vec<u32>,
    /// Whether a part is a hole of the ring before it. Empty: none is.
    pub holes: Vec<bool>,
}

impl Shapes {
    /// How many features.
    pub fn len(&self) -> usize {
        self.feature_starts.len().checked_sub(1).unwrap_or_else(|| self.part_count())
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many parts in all.
    pub fn part_count(&self) -> usize {
        self.part_starts.len().checked_sub(1).unwrap_or(self.positions.len())
    }

    pub fn kind(&self, feature: usize) -> Kind {
        match &self.kinds {
            Kinds::All(kind) => *kind,
            Kinds::Each(kinds) => kinds.get(feature).copied().unwrap_or(Kind::None),
        }
    }

    /// The numbers of a feature's parts.
    pub fn parts_of(&self, feature: usize) -> std::ops::Range<usize> {
        range(&self.feature_starts, feature)
    }

    /// A part's positions.
    pub fn part(&self, part: usize) -> &[Mercator] {
        self.positions.get(range(&self.part_starts, part)).unwrap_or_default()
    }

    /// Whether a part is a hole of the ring before it.
    pub fn is_hole(&self, part: usize) -> bool {
        self.holes.get(part).copied().unwrap_or(false)
    }
}

fn range(starts: &[u32], i: usize) -> std::ops::Range<usize> {
    match (starts.get(i), starts.get(i + 1)) {
        (Some(from), Some(to)) => *from as usize..*to as usize,
        _ if starts.is_empty() => i..i + 1,
        _ => 0..0,
    }
}

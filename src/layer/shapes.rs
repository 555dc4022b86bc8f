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
    /// A collection: parts of several kinds, each drawn and picked as what it is.
    Mixed,
}

/// What a part of a feature is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    Point,
    Line,
    /// The outer ring of an area; its holes follow it.
    Ring,
    /// A hole of the ring before it.
    Hole,
}

impl Part {
    /// What a feature of such parts alone is.
    pub const fn kind(self) -> Kind {
        match self {
            Self::Point => Kind::Point,
            Self::Line => Kind::Line,
            Self::Ring | Self::Hole => Kind::Area,
        }
    }

    /// Whether its last position leads back to its first.
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Ring | Self::Hole)
    }
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
            Kinds::All(kind) if *kind != Kind::Mixed => Self::kind(*kind),
            Kinds::Each(kinds) if !kinds.contains(&Kind::Mixed) => {
                kinds.iter().fold(Self::default(), |all, kind| all.and(Self::kind(*kind)))
            }
            _ => shapes.parts.iter().fold(Self::default(), |all, p| all.and(Self::kind(p.kind()))),
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
    /// What each part is. Empty: no feature is mixed, and no part is a hole.
    pub parts: Vec<Part>,
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

    /// What a feature's part is.
    pub fn role(&self, feature: usize, part: usize) -> Part {
        let plain = || match self.kind(feature) {
            Kind::Line => Part::Line,
            Kind::Area => Part::Ring,
            Kind::Point | Kind::Mixed | Kind::None => Part::Point,
        };
        self.parts.get(part).copied().unwrap_or_else(plain)
    }

    /// Whether features and parts are but positions.
    pub const fn only_points(&self) -> bool {
        self.part_starts.is_empty() && self.feature_starts.is_empty()
    }

    /// The segments of a part; those of rings lead back to the first position.
    pub fn edges(
        &self,
        feature: usize,
        part: usize,
    ) -> impl Iterator<Item = (Mercator, Mercator)> + '_ {
        let path = self.part(part);
        let role = self.role(feature, part);
        let closing = role.is_closed().then(|| path.last().zip(path.first())).flatten();
        let along = path.iter().zip(path.iter().skip(1)).filter(move |_| role != Part::Point);
        along.chain(closing).map(|(a, b)| (*a, *b))
    }
}

fn range(starts: &[u32], i: usize) -> std::ops::Range<usize> {
    match (starts.get(i), starts.get(i + 1)) {
        (Some(from), Some(to)) => *from as usize..*to as usize,
        _ if starts.is_empty() => i..i + 1,
        _ => 0..0,
    }
}

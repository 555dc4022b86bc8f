//! How well a position is known, and how a project stands.

use serde::{Deserialize, Serialize};

/// How well a geometry is known, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Accuracy {
    /// Vertices come from mapped data.
    Surveyed,
    /// Within 200 m.
    Site,
    /// Within 1 km.
    Block,
    /// Within 5 km.
    Park,
    /// A line drawn through named points.
    Schematic,
    /// Only the county is known.
    County,
    /// Only a development zone that spans counties is known.
    Zone,
    /// Only the city is known.
    City,
    /// No place is published.
    None,
}

impl Accuracy {
    /// The class of a position that is known within so many metres, at most those of [`Self::Park`].
    pub fn of_error(error_m: f64) -> Self {
        match error_m {
            e if e <= 200.0 => Self::Site,
            e if e <= 1000.0 => Self::Block,
            _ => Self::Park,
        }
    }

    /// Every class, best first.
    pub const ALL: [Self; 9] = [
        Self::Surveyed,
        Self::Site,
        Self::Block,
        Self::Park,
        Self::Schematic,
        Self::County,
        Self::Zone,
        Self::City,
        Self::None,
    ];

    /// The stable name used in files and on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Surveyed => "surveyed",
            Self::Site => "site",
            Self::Block => "block",
            Self::Park => "park",
            Self::Schematic => "schematic",
            Self::County => "county",
            Self::Zone => "zone",
            Self::City => "city",
            Self::None => "none",
        }
    }

    /// The class with that stable name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.key() == key)
    }

    /// Whether it may stand on the map as itself. The others are 未落图.
    pub const fn is_located(self) -> bool {
        matches!(self, Self::Surveyed | Self::Site | Self::Block | Self::Park | Self::Schematic)
    }

    /// Whether it has to be labelled 示意.
    pub const fn is_indicative(self) -> bool {
        matches!(self, Self::Schematic | Self::Park)
    }
}

/// Planned by the document, or named in it as already done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Planned,
    Done,
}

impl Status {
    pub const ALL: [Self; 2] = [Self::Planned, Self::Done];

    /// Its name in filters.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Done => "done",
        }
    }

    /// The status of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.key() == key)
    }
}

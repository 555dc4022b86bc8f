//! What the coordinates of a file refer to, and how that is known.

use crate::geo::Crs;

/// The reference system of a layer in its file. On the map everything lies in WGS-84.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reference {
    pub crs: Crs,
    pub basis: Basis,
    /// The file has north before east.
    pub swapped: bool,
}

/// How the reference system of a layer is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Basis {
    /// The file says it.
    Stated,
    /// The format says it, as for `GeoJSON` and KML.
    Format,
    /// The user said it.
    Given,
    /// By the figures themselves, as by the zone before an easting.
    Inferred,
    /// Nobody says it; it is taken so.
    Assumed,
}

impl Basis {
    /// Its name in JSON, and under `basis.KEY` in the locale files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Format => "format",
            Self::Given => "given",
            Self::Inferred => "inferred",
            Self::Assumed => "assumed",
        }
    }
}

impl Default for Reference {
    fn default() -> Self {
        Self { crs: Crs::WGS84, basis: Basis::Assumed, swapped: false }
    }
}

//! A named place and how exactly it is known.

use serde::{Deserialize, Serialize};

use crate::units::LonLat;

/// What a name stands for; decides how much naming it tells of a project's position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceKind {
    City,
    /// A county or county-level city.
    County,
    /// A district of a city (市辖区).
    District,
    /// A town or subdistrict (镇, 街道).
    Town,
    /// A township or village (乡, 村).
    Township,
    Station,
    Interchange,
    Airport,
    /// A development zone or industrial park.
    Park,
    /// A building, monument, street or the like.
    Site,
    River,
    /// A kind this version does not know.
    #[serde(other)]
    Other,
}

impl PlaceKind {
    /// The kind with the name used in the seeds; [`Self::Other`] for an unknown one.
    pub fn from_key(key: &str) -> Self {
        match key {
            "city" => Self::City,
            "county" => Self::County,
            "district" => Self::District,
            "town" => Self::Town,
            "township" => Self::Township,
            "station" => Self::Station,
            "interchange" => Self::Interchange,
            "airport" => Self::Airport,
            "park" => Self::Park,
            "site" => Self::Site,
            "river" => Self::River,
            _ => Self::Other,
        }
    }

    /// Its name in locale entries and JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::County => "county",
            Self::District => "district",
            Self::Town => "town",
            Self::Township => "township",
            Self::Station => "station",
            Self::Interchange => "interchange",
            Self::Airport => "airport",
            Self::Park => "park",
            Self::Site => "site",
            Self::River => "river",
            Self::Other => "other",
        }
    }

    /// How likely a project that names such a place stands there. What is wider than a project, a
    /// city, county or river, stays below one half: naming it places nothing.
    pub(super) const fn weight(self) -> f32 {
        match self {
            Self::Site => 0.9,
            Self::Station | Self::Interchange | Self::Airport | Self::Park => 0.85,
            Self::Town => 0.7,
            Self::Township => 0.65,
            Self::Other => 0.55,
            Self::County | Self::District => 0.4,
            Self::River => 0.3,
            Self::City => 0.2,
        }
    }

    /// Whether a place of this kind is small enough to be a position.
    pub(super) const fn is_specific(self) -> bool {
        self.weight() > 0.5
    }

    /// Whether this is a unit below the counties.
    pub(super) const fn is_town(self) -> bool {
        matches!(self, Self::Town | Self::Township)
    }

    /// Whether this is a county-level unit.
    pub(super) const fn is_county(self) -> bool {
        matches!(self, Self::County | Self::District)
    }
}

/// A place of the gazetteer.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    pub name: String,
    pub aliases: Vec<String>,
    pub kind: PlaceKind,
    pub lon_lat: LonLat,
    /// GB/T 2260 code of the county it lies in; `None` where it is in no county known.
    pub county_code: Option<String>,
    /// Estimated error of `lon_lat` in metres.
    pub error_m: f64,
    /// Id in `sources.json` of where `lon_lat` comes from.
    pub source: String,
}

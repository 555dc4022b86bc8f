//! Named places below the counties.

use crate::{gazetteer::PlaceKind, units::LonLat};

/// A town, township or village of `GeoNames`.
#[derive(Debug, Clone, PartialEq)]
pub struct Town {
    pub name: String,
    /// Other names that a text may use.
    pub aliases: Vec<String>,
    pub kind: PlaceKind,
    pub lon_lat: LonLat,
    /// The county whose border lies around the position, which may be off by [`Self::ERROR_M`].
    pub county_code: String,
}

impl Town {
    /// How far `GeoNames`' positions of seats lie from others, median, in metres (seeds/README.md).
    pub const ERROR_M: f64 = 2400.0;
    /// The id of their source in `sources.json`.
    pub const SOURCE: &'static str = "geonames";
}

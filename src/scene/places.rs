//! Settlements of the basemap, which carry labels.

use crate::{language::Bilingual, units::Mercator};

/// A settlement.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    pub name: Bilingual,
    /// 1 city … 4 town.
    pub rank: u8,
    pub at: Mercator,
}

/// Places that belong on the map at a zoom: the largest rank to show.
pub const fn max_place_rank(zoom: f64) -> u8 {
    // The plan's own city may be under its projects: its neighbours then say where the map is.
    if zoom < 8.5 {
        2
    } else if zoom < 10.0 {
        3
    } else {
        4
    }
}

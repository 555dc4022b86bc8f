//! How far the map may be moved.

use crate::{
    geo::mercator,
    units::{Extent, Mercator},
};

/// Used only when the county data is missing.
pub const WHOLE_PROVINCE: Extent =
    Extent { west_deg: 110.0, south_deg: 36.8, east_deg: 114.2, north_deg: 39.0 };

/// The centre may leave the projects by half their extent.
pub fn bounds(extent: Extent) -> [Mercator; 2] {
    let lon = (extent.east_deg - extent.west_deg) * 0.25;
    let lat = (extent.north_deg - extent.south_deg) * 0.25;
    let grown = mercator::extent_to_mercator(Extent {
        west_deg: extent.west_deg - lon,
        south_deg: extent.south_deg - lat,
        east_deg: extent.east_deg + lon,
        north_deg: extent.north_deg + lat,
    });
    [grown.min, grown.max]
}

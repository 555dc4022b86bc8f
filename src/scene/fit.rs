//! The view that shows an extent.

use super::Viewport;
use crate::{
    geo::{Datum, mercator},
    units::{Extent, LonLat, Mercator},
};

/// Room kept free at the edges, in points: left, top, right, bottom.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Padding {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl Padding {
    /// The same on all sides.
    pub const fn even(size: f32) -> Self {
        Self { left: size, top: size, right: size, bottom: size }
    }
}

/// The part of a view that a padding leaves free, at the same zoom; the whole view where it leaves
/// nothing.
#[must_use]
pub fn free_part(view: Viewport, padding: Padding) -> Viewport {
    let width_pt = view.width_pt - padding.left - padding.right;
    let height_pt = view.height_pt - padding.top - padding.bottom;
    if width_pt < 1.0 || height_pt < 1.0 {
        return view;
    }
    let center = view.to_mercator([padding.left + width_pt / 2.0, padding.top + height_pt / 2.0]);
    Viewport { center, width_pt, height_pt, ..view }
}

/// Farthest and nearest view.
pub const MIN_ZOOM: f64 = 6.0;
pub const MAX_ZOOM: f64 = 18.0;
/// A single point is shown with its surroundings, not as close as can be.
const MAX_FIT_ZOOM: f64 = 13.0;
const MAX_CLOSE_ZOOM: f64 = 16.0;

/// The closest view in which the extent lies wholly inside what the padding leaves free.
pub fn fit(extent: Extent, size_pt: [f32; 2], padding: Padding) -> Viewport {
    fit_within(extent, size_pt, padding, MAX_FIT_ZOOM)
}

/// The same for features, which may be as small as a plot of land; a single point with its street.
pub fn fit_close(extent: Extent, size_pt: [f32; 2], padding: Padding) -> Viewport {
    fit_within(extent, size_pt, padding, MAX_CLOSE_ZOOM)
}

/// The view of an extent that was seen before: as close as it was, and filling what the padding
/// leaves free.
pub fn fit_exact(extent: Extent, size_pt: [f32; 2], padding: Padding) -> Viewport {
    fit_within(extent, size_pt, padding, MAX_ZOOM)
}

fn fit_within(extent: Extent, size_pt: [f32; 2], padding: Padding, most_zoom: f64) -> Viewport {
    let corner = |lon, lat| mercator::from_lon_lat(LonLat::new(lon, lat));
    let nw = corner(extent.west_deg, extent.north_deg);
    let se = corner(extent.east_deg, extent.south_deg);
    let free_w = f64::from((size_pt[0] - padding.left - padding.right).max(40.0));
    let free_h = f64::from((size_pt[1] - padding.top - padding.bottom).max(40.0));
    let span = |from: f64, to: f64| (to - from).abs().max(1e-9);
    let scale = (free_w / span(nw.x, se.x)).min(free_h / span(nw.y, se.y));
    let zoom = (scale / 256.0).log2().clamp(MIN_ZOOM, most_zoom);
    let scale = 256.0 * zoom.exp2();
    // The extent's centre goes to the centre of the free part, not of the picture.
    let off_x = f64::from(padding.left - padding.right) / 2.0;
    let off_y = f64::from(padding.top - padding.bottom) / 2.0;
    Viewport {
        center: Mercator {
            x: f64::midpoint(nw.x, se.x) - off_x / scale,
            y: f64::midpoint(nw.y, se.y) - off_y / scale,
        },
        zoom,
        width_pt: size_pt[0],
        height_pt: size_pt[1],
        datum: Datum::Wgs84,
    }
}

//! Meridians and parallels for a view.

use super::mercator::{self, MercatorExtent};
use crate::units::{LonLat, Mercator};

/// A meridian or a parallel.
#[derive(Debug, Clone, PartialEq)]
pub struct GridLine {
    /// From south to north or from west to east, bent where another datum bends it.
    pub path: Vec<Mercator>,
    /// `112°30′E`.
    pub label: String,
    pub is_meridian: bool,
}

/// Distances between lines, in seconds of arc.
const STEPS_S: [u32; 17] =
    [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 18_000, 36_000, 108_000];
/// Lines are at least this far apart, in points.
const APART_PT: f64 = 110.0;
/// Straight pieces that a line is made of.
const PIECES: u32 = 32;
const LAST_LAT_DEG: f64 = 85.0;

/// The lines of a view; `scale` is in points per unit of Mercator.
///
/// ```
/// use jintu::{
///     geo::{graticule::graticule, mercator},
///     units::Extent,
/// };
///
/// let view = Extent { west_deg: 111.9, south_deg: 37.4, east_deg: 113.1, north_deg: 38.1 };
/// // 1280 points show 1.2°: a line every 10′ would come 178 points apart, every 5′ 89.
/// let lines = graticule(&mercator::extent_to_mercator(view), 1280.0 / 1.2 * 360.0);
/// let labels: Vec<&str> = lines.iter().map(|line| line.label.as_str()).collect();
/// assert_eq!(labels[..3], ["112°00′E", "112°10′E", "112°20′E"]);
/// assert!(labels.contains(&"37°30′N"));
/// ```
pub fn graticule(extent: &MercatorExtent, scale: f64) -> Vec<GridLine> {
    let whole = mercator::extent_from_mercator(*extent);
    // A degree of longitude is the shorter one on screen.
    let step_s = STEPS_S
        .into_iter()
        .find(|s| f64::from(*s) / 3600.0 / 360.0 * scale >= APART_PT)
        .unwrap_or(108_000);
    let step = f64::from(step_s) / 3600.0;
    let multiples = |from: f64, to: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "degrees over at least a second")]
        let (first, last) = ((from / step).ceil() as i64, (to / step).floor() as i64);
        (first..=last.min(first + 400)).map(move |i| i as f64 * step)
    };
    let (south, north) = (whole.south_deg.max(-LAST_LAT_DEG), whole.north_deg.min(LAST_LAT_DEG));
    let between = |from: f64, to: f64| {
        (0..=PIECES).map(move |i| from + (to - from) * f64::from(i) / f64::from(PIECES))
    };
    let meridians = multiples(whole.west_deg, whole.east_deg).map(|lon| GridLine {
        path: between(south, north)
            .map(|lat| mercator::from_lon_lat(LonLat::new(lon, lat)))
            .collect(),
        label: label(lon, step_s, ['E', 'W']),
        is_meridian: true,
    });
    let parallels = multiples(south, north).map(|lat| GridLine {
        path: between(whole.west_deg, whole.east_deg)
            .map(|lon| mercator::from_lon_lat(LonLat::new(lon, lat)))
            .collect(),
        label: label(lat, step_s, ['N', 'S']),
        is_meridian: false,
    });
    meridians.chain(parallels).collect()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 360 · 3600")]
fn label(deg: f64, step_s: u32, [positive, negative]: [char; 2]) -> String {
    let seconds = (deg.abs() * 3600.0).round() as u64;
    let side = if deg < 0.0 { negative } else { positive };
    let (d, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match step_s {
        _ if step_s.is_multiple_of(3600) => format!("{d}°{side}"),
        _ if step_s.is_multiple_of(60) => format!("{d}°{m:02}′{side}"),
        _ => format!("{d}°{m:02}′{s:02}″{side}"),
    }
}

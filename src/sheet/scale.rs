//! The scale of a map: how much ground a point of it shows at its centre.

use crate::{
    geo::{
        Datum,
        mercator::{metres_per_unit, to_lon_lat},
    },
    scene::draw::Viewport,
    units::Mercator,
};

/// One point of paper space: 1/96 inch.
pub const METRES_PER_POINT: f64 = 0.0254 / 96.0;

/// A round length and how long it is on the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScaleLength {
    pub length_m: f64,
    pub width_pt: f32,
    /// Equal parts, each of a round length.
    pub parts: u8,
}

/// Ground metres that a point shows at the view's centre, along the parallel. `None` when the view
/// shows nothing.
#[must_use]
pub fn metres_per_point(viewport: &Viewport) -> Option<f64> {
    let metres = metres_per_unit(to_lon_lat(viewport.center).lat_deg) / viewport.scale();
    (metres.is_finite() && metres > 0.0).then_some(metres)
}

/// The longest of 1, 2, 5 · 10ⁿ metres that fits into `max_width_pt` where a point shows so many
/// metres. `None` where nothing does.
#[must_use]
pub fn scale_length(metres_per_point: f64, max_width_pt: f32) -> Option<ScaleLength> {
    longest(metres_per_point, max_width_pt, 1..=1)
}

/// The longest of 3 to 5 parts of 1, 2, 5 · 10ⁿ metres each that fits, as [`scale_length`].
#[must_use]
pub fn graduated_length(metres_per_point: f64, max_width_pt: f32) -> Option<ScaleLength> {
    longest(metres_per_point, max_width_pt, 3..=5)
}

fn longest(
    metres_per_point: f64,
    max_width_pt: f32,
    parts: std::ops::RangeInclusive<u8>,
) -> Option<ScaleLength> {
    let room_m = metres_per_point * f64::from(max_width_pt);
    if !room_m.is_finite() || room_m <= 0.0 {
        return None;
    }
    let lengths = parts.map(|parts| {
        let part_m = room_m / f64::from(parts);
        let power = 10_f64.powf(part_m.log10().floor());
        let step = [5.0, 2.0, 1.0].into_iter().find(|step| step * power <= part_m).unwrap_or(1.0);
        (step * power * f64::from(parts), parts)
    });
    let (length_m, parts) = lengths.max_by(|a, b| a.0.total_cmp(&b.0))?;
    #[allow(clippy::cast_possible_truncation)] // at most `max_width_pt`
    let width_pt = (length_m / metres_per_point) as f32;
    Some(ScaleLength { length_m, width_pt, parts })
}

/// The view that shows 1:`denominator` at its centre, in points of 1/96 inch.
#[must_use]
pub fn viewport_of_scale(center: Mercator, size_pt: [f32; 2], denominator: f64) -> Viewport {
    let metres_per_point = denominator * METRES_PER_POINT;
    let scale = metres_per_unit(to_lon_lat(center).lat_deg) / metres_per_point;
    Viewport {
        center,
        zoom: (scale / 256.0).log2(),
        width_pt: size_pt[0],
        height_pt: size_pt[1],
        datum: Datum::Wgs84,
    }
}

/// Reads N from `1:N` or `N`, with or without groups of digits. `None` for what is no scale.
#[must_use]
pub fn parse_denominator(text: &str) -> Option<f64> {
    let text = text.trim();
    let number = text
        .strip_prefix('1')
        .and_then(|rest| rest.trim_start().strip_prefix([':', '：']).map(str::trim_start));
    let grouping = [' ', ',', '，', '_', '\'', '\u{2009}', '\u{00A0}', '\u{202F}'];
    let digits: String = number.unwrap_or(text).chars().filter(|c| !grouping.contains(c)).collect();
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let value: f64 = plain.then(|| digits.parse().ok()).flatten()?;
    SCALES.contains(&value).then_some(value)
}

/// The scales that can be asked for, by their denominators.
pub const SCALES: std::ops::RangeInclusive<f64> = 100.0..=50_000_000.0;

/// Denominators that maps usually have, of each power of ten.
const USUAL: [f64; 8] = [1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 7.5];

/// The smallest usual denominator that is not below another: the largest usual scale at which what
/// fits at 1:`denominator` still fits.
#[must_use]
pub fn usual_denominator(denominator: f64) -> f64 {
    // A hair of a miss in the last digits is none.
    let least = denominator.max(1.0) * (1.0 - 1e-9);
    let power = 10_f64.powf(least.log10().floor());
    let steps = USUAL.into_iter().chain([10.0]).map(|step| step * power);
    steps.into_iter().find(|usual| *usual >= least).unwrap_or(10.0 * power)
}

/// `1:250 000`, in groups of three as maps print it.
#[must_use]
pub fn scale_text(denominator: f64) -> String {
    format!("1:{}", grouped(denominator))
}

/// A whole number in groups of three digits; a fraction only where the number is small.
fn grouped(number: f64) -> String {
    let whole = format!("{:.0}", number.round());
    let mut text = String::with_capacity(whole.len() + whole.len() / 3);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// The words of lengths.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LengthWords {
    pub kilometre: String,
    pub metre: String,
}

impl LengthWords {
    /// Number and unit, such as `20 km`.
    #[must_use]
    pub fn of(&self, length_m: f64) -> String {
        let (value, unit) = self.in_unit(length_m, length_m);
        format!("{value} {unit}")
    }

    /// A length as a number of the unit that suits another, and that unit.
    #[must_use]
    pub fn in_unit(&self, length_m: f64, suits_m: f64) -> (String, &str) {
        if suits_m >= 1000.0 {
            (rounded(length_m / 1000.0), &self.kilometre)
        } else {
            (rounded(length_m), &self.metre)
        }
    }
}

/// Without the digits that only the binary form has.
fn rounded(value: f64) -> String {
    let text = format!("{value:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

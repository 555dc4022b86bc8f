//! A position in the words of each user: degrees, minutes, other datums, plane metres.

use serde::{Deserialize, Serialize};

use super::{Crs, Datum, gauss_kruger::Zone};
use crate::units::LonLat;

/// How a position is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CoordinateForm {
    /// CGCS2000, decimal degrees.
    #[default]
    Decimal,
    /// CGCS2000, degrees, minutes and seconds.
    Dms,
    Gcj02,
    Bd09,
    /// CGCS2000, 3° Gauss–Krüger, metres.
    GaussKruger,
}

impl CoordinateForm {
    pub const ALL: [Self; 5] =
        [Self::Decimal, Self::Dms, Self::Gcj02, Self::Bd09, Self::GaussKruger];

    /// Its name in locale entries.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Decimal => "decimal",
            Self::Dms => "dms",
            Self::Gcj02 => "gcj02",
            Self::Bd09 => "bd09",
            Self::GaussKruger => "gauss_kruger",
        }
    }

    /// The system that it tells a place in. The plane is that of the zone, or, without one, of the
    /// zone around the place.
    pub fn crs(self, p: LonLat, zone: Option<Zone>) -> Crs {
        match self {
            Self::Decimal | Self::Dms => Crs::Degrees(Datum::Cgcs2000),
            Self::Gcj02 => Crs::Degrees(Datum::Gcj02),
            Self::Bd09 => Crs::Degrees(Datum::Bd09),
            Self::GaussKruger => Crs::gauss_kruger(zone.unwrap_or_else(|| Zone::of(p.lon_deg))),
        }
    }
}

/// A true position in a form: to about a decimetre, which is more than the map knows.
///
/// ```
/// use jintu::{
///     geo::{CoordinateForm, coordinate_words},
///     units::LonLat,
/// };
///
/// let p = LonLat::new(112.5489, 37.8706);
/// assert_eq!(coordinate_words(CoordinateForm::Decimal, p, None), "112.548900, 37.870600");
/// assert_eq!(coordinate_words(CoordinateForm::Dms, p, None), "112°32′56.0″E 37°52′14.2″N");
/// assert_eq!(coordinate_words(CoordinateForm::GaussKruger, p, None), "38 E 372319.3 N 4194127.9");
/// ```
pub fn coordinate_words(form: CoordinateForm, p: LonLat, zone: Option<Zone>) -> String {
    let crs = form.crs(p, zone);
    let [x, y] = crs.from_wgs84(p);
    match (form, crs.zone()) {
        (CoordinateForm::Dms, _) => format!(
            "{}{} {}{}",
            dms(x),
            if x < 0.0 { 'W' } else { 'E' },
            dms(y),
            if y < 0.0 { 'S' } else { 'N' },
        ),
        (_, Some(zone)) => format!("{} E {x:.1} N {y:.1}", zone.number()),
        _ => format!("{x:.6}, {y:.6}"),
    }
}

/// Degrees, minutes and seconds to a tenth, rounded as a whole so that no 60 comes up.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 360 · 36 000")]
fn dms(deg: f64) -> String {
    let tenths = (deg.abs().min(360.0) * 36_000.0).round() as u64;
    let (seconds, minutes) = (tenths % 600, tenths / 600);
    format!("{}°{:02}′{:02}.{}″", minutes / 60, minutes % 60, seconds / 10, seconds % 10)
}

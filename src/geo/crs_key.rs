//! Reference systems as arguments and settings name them.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use super::{
    Crs, Datum, crs_wkt,
    transverse_mercator::{PlaneParameters, TransverseMercator, ZoneWidth},
};

impl Crs {
    /// What the keys of [`Self::from_key`] look like.
    pub const KEYS: &str = "EPSG:N, gk3:ZONE, gk6:ZONE, tmerc:LON0[,FALSE_E[,FALSE_N]], utm:ZONE, \
                            wgs84, cgcs2000, gcj02, bd09 or webmercator";

    /// The system of a name as arguments give it: `EPSG:N`, a datum, `webmercator`, `utm:` and a zone
    /// (`utm:49`, `utm:49s`), `gk3:` or `gk6:` and a zone, `tmerc:` and a central meridian in degrees
    /// with, after commas, false easting (500 km), false northing and height of the plane (each 0) in
    /// metres; all planes on CGCS2000 but UTM. Also whatever [`crs_wkt::read`] understands.
    ///
    /// ```
    /// use jintu::geo::{Crs, Datum};
    ///
    /// assert_eq!(Crs::from_key("GCJ-02"), Some(Crs::Degrees(Datum::Gcj02)));
    /// assert_eq!(Crs::from_key("gk3:38"), Crs::from_epsg(4547));
    /// assert_eq!(Crs::from_key("tmerc:114"), Crs::from_epsg(4547));
    /// assert_eq!(Crs::from_key("tmerc:114,38500000"), Crs::from_epsg(4526));
    /// assert_eq!(Crs::from_key("gk6:19"), Crs::from_epsg(4508));
    /// assert_eq!(Crs::from_key("gk3:99"), None);
    /// ```
    pub fn from_key(key: &str) -> Option<Self> {
        let key = key.trim();
        if let Some(datum) = Datum::from_key(key) {
            return Some(Self::Degrees(datum));
        }
        let lower = key.to_lowercase();
        if lower == "webmercator" {
            return Some(Self::WebMercator);
        }
        let (kind, values) = lower.split_once(':').unwrap_or_default();
        let plane = match kind {
            "epsg" => return Self::from_epsg(values.trim().parse().ok().filter(|n| *n > 0)?),
            "gk3" | "gk6" => {
                let width = if kind == "gk3" { ZoneWidth::Three } else { ZoneWidth::Six };
                TransverseMercator::zone(Datum::Cgcs2000, width, values.trim().parse().ok()?, false)
            }
            "utm" => {
                let zone = values.trim().trim_end_matches(['n', 's']);
                TransverseMercator::utm(zone.parse().ok()?, values.trim().ends_with('s'))
            }
            "tmerc" => typed(values),
            _ => return crs_wkt::read(key).ok(),
        };
        plane.map(Self::TransverseMercator)
    }

    /// A name that [`Self::from_key`] reads as this very system: the short one where there is one,
    /// else its EPSG number, else WKT.
    ///
    /// ```
    /// use jintu::geo::Crs;
    ///
    /// for key in ["wgs84", "gcj02", "gk3:38", "gk6:19", "utm:49", "EPSG:4526", "tmerc:112.5,60000"] {
    ///     assert_eq!(Crs::from_key(key).unwrap().key(), key);
    /// }
    /// assert_eq!(Crs::from_key("EPSG:4547").unwrap().key(), "gk3:38");
    /// ```
    pub fn key(self) -> String {
        let plane = match self {
            Self::Degrees(datum) => return datum.key().to_owned(),
            Self::WebMercator => return "webmercator".to_owned(),
            Self::TransverseMercator(plane) => plane,
            Self::Conic(_) => return crs_wkt::to_esri(self).unwrap_or_default(),
        };
        if let (Some((width, zone)), Datum::Cgcs2000, false) =
            (plane.gauss_kruger(), plane.datum(), plane.is_prefixed())
            && TransverseMercator::zone(Datum::Cgcs2000, width, zone, false) == Some(plane)
        {
            return match width {
                ZoneWidth::Three => format!("gk3:{zone}"),
                ZoneWidth::Six => format!("gk6:{zone}"),
            };
        }
        if let Some((zone, is_south)) = plane.utm_zone() {
            return format!("utm:{zone}{}", if is_south { "s" } else { "" });
        }
        if let Some(code) = self.epsg() {
            return format!("EPSG:{code}");
        }
        of_typed(plane).or_else(|| crs_wkt::to_esri(self)).unwrap_or_default()
    }
}

/// The values behind `tmerc:`.
fn typed(values: &str) -> Option<TransverseMercator> {
    let values: Option<Vec<f64>> =
        values.split(',').map(|value| value.trim().parse().ok()).collect();
    let values = values.filter(|values| (1..=4).contains(&values.len()))?;
    let usual = PlaneParameters::default();
    let value = |i: usize, usual: f64| values.get(i).copied().unwrap_or(usual);
    let parameters = PlaneParameters {
        central_meridian_deg: *values.first()?,
        false_easting_m: value(1, usual.false_easting_m),
        false_northing_m: value(2, 0.0),
        height_m: value(3, 0.0),
        ..usual
    };
    TransverseMercator::new(Datum::Cgcs2000, parameters)
}

/// `tmerc:` and its values without those at the end that go without saying; `None` where they do not
/// tell everything.
#[expect(clippy::float_cmp, reason = "figures as they were typed, not computed")]
fn of_typed(plane: TransverseMercator) -> Option<String> {
    let p = plane.parameters();
    let usual = PlaneParameters::default();
    let values = [p.central_meridian_deg, p.false_easting_m, p.false_northing_m, p.height_m];
    let unsaid = [f64::NAN, usual.false_easting_m, 0.0, 0.0];
    let told = (1..=4).rev().find(|i| *i == 1 || values[i - 1] != unsaid[i - 1])?;
    let words: Vec<String> = values.iter().take(told).map(ToString::to_string).collect();
    let key = format!("tmerc:{}", words.join(","));
    (typed(key.strip_prefix("tmerc:")?) == Some(plane)).then_some(key)
}

impl fmt::Display for Crs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key())
    }
}

impl Serialize for Crs {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.key())
    }
}

impl<'de> Deserialize<'de> for Crs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = String::deserialize(deserializer)?;
        Self::from_key(&key).ok_or_else(|| D::Error::custom(format!("no reference system: {key}")))
    }
}

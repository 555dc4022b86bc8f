//! Reference systems in words, in either language.

use super::{
    Crs, UnknownCrs,
    conic::{Conic, ConicKind},
    crs_guess::{Candidate, Reason},
    datum::{Datum, DatumWarning},
    transverse_mercator::{PlaneParameters, TransverseMercator, ZoneWidth},
};
use crate::{language::Language, tr};

impl Crs {
    /// What people call it.
    ///
    /// ```
    /// use jintu::{geo::Crs, language::Language};
    ///
    /// let label = |key| Crs::from_key(key).unwrap().label(Language::English);
    /// assert_eq!(label("gk3:38"), "CGCS2000, 3° zone 38 (114° E)");
    /// assert_eq!(label("EPSG:4526"), "CGCS2000, 3° zone 38 (114° E), zone number before the easting");
    /// assert_eq!(label("utm:49"), "WGS-84, UTM zone 49N");
    /// ```
    pub fn label(self, language: Language) -> String {
        let datum = self.datum().label(language);
        match self {
            Self::Degrees(_) => tr!(language, "crs.degrees", datum = datum),
            Self::WebMercator => tr!(language, "crs.web_mercator"),
            Self::TransverseMercator(plane) => plane_label(plane, &datum, language),
            Self::Conic(plane) => conic_label(plane, &datum, language),
        }
    }
}

impl Datum {
    /// What people call it.
    pub fn label(self, language: Language) -> String {
        tr!(language, format!("datum.{}", self.key()))
    }
}

impl DatumWarning {
    /// What has to be told: that nothing is shifted, and by how much positions may be off.
    pub fn words(self, language: Language) -> String {
        match self {
            Self::Beijing1954 => {
                tr!(language, "crs.warning_beijing1954", metres = Self::ORDOS_AT_TAIYUAN_M)
            }
            Self::NoTransform(datum) => {
                tr!(language, "crs.warning_no_transform", datum = datum.label(language))
            }
        }
    }
}

impl UnknownCrs {
    /// Why it is not known, for people.
    pub fn words(&self, language: Language) -> String {
        match self {
            Self::NotReadable => tr!(language, "crs.unknown"),
            Self::Local(name) => tr!(language, "crs.unknown_local", name = name),
            Self::Datum(name) => tr!(language, "crs.unknown_datum", name = name),
            Self::Projection(name) => tr!(language, "crs.unknown_projection", name = name),
            Self::Unit(name) => tr!(language, "crs.unknown_unit", name = name),
            Self::PrimeMeridian(name) => tr!(language, "crs.unknown_meridian", name = name),
            Self::Parameter(name) => tr!(language, "crs.unknown_parameter", name = name),
            Self::Code(name) => {
                let own = tr!(language, "crs.unknown_code", name = name);
                format!("{own}{}", Self::like_words(name, language))
            }
        }
    }

    /// Which known numbers are like one that is not, to be put behind a sentence; nothing where none is.
    fn like_words(code: &str, language: Language) -> String {
        /// So many are named.
        const NAMED: usize = 3;
        let one = |(number, crs): (u32, Crs)| format!("EPSG:{number} = {}", crs.label(language));
        let some: Vec<String> = Crs::of_epsg_like(code).into_iter().take(NAMED).map(one).collect();
        if some.is_empty() {
            return String::new();
        }
        let comma = if language.is_english() { ", " } else { "、" };
        tr!(language, "crs.like", some = some.join(comma))
    }

    /// Why a key that [`Crs::from_key`] refuses is none: of a number which are like it.
    pub fn of_key(key: &str) -> Self {
        let number =
            key.trim().split_once(':').filter(|(kind, _)| kind.eq_ignore_ascii_case("epsg"));
        number.map_or(Self::NotReadable, |(_, code)| Self::Code(code.trim().to_owned()))
    }
}

impl Candidate {
    /// What speaks for it, as a sentence without its full stop.
    pub fn reason_words(&self, language: Language) -> String {
        let why = match self.reason {
            Reason::Degrees => tr!(language, "crs_reason.degrees"),
            Reason::WebMapDegrees => {
                tr!(language, "crs_reason.web_map", datum = self.crs.datum().label(language))
            }
            Reason::ZonePrefix { zone, .. } => tr!(language, "crs_reason.prefix", zone = zone),
            Reason::ZoneNearPlan { beside: false, .. } => tr!(language, "crs_reason.at_plan"),
            Reason::ZoneNearPlan { beside: true, .. } => tr!(language, "crs_reason.beside_plan"),
            Reason::WebMercator => tr!(language, "crs_reason.web_mercator"),
            Reason::Utm { zone } => tr!(language, "crs_reason.utm", zone = zone),
        };
        let swapped = match self.crs {
            _ if !self.swapped_axes => return why,
            Crs::Degrees(_) => tr!(language, "crs_reason.latitude_first"),
            _ => tr!(language, "crs_reason.northing_first"),
        };
        format!("{why}{swapped}")
    }
}

fn plane_label(plane: TransverseMercator, datum: &str, language: Language) -> String {
    if let Some((zone, is_south)) = plane.utm_zone() {
        let half = if is_south { 'S' } else { 'N' };
        return tr!(language, "crs.utm", datum = datum, zone = zone, half = half);
    }
    let p = plane.parameters();
    let usual = PlaneParameters::default();
    let lon = p.central_meridian_deg;
    let mut words = match plane.gauss_kruger() {
        Some((ZoneWidth::Three, zone)) => {
            tr!(language, "crs.zone3", datum = datum, zone = zone, lon = lon)
        }
        Some((ZoneWidth::Six, zone)) => {
            tr!(language, "crs.zone6", datum = datum, zone = zone, lon = lon)
        }
        None => tr!(language, "crs.meridian", datum = datum, lon = lon),
    };
    if plane.is_prefixed() {
        words += &tr!(language, "crs.prefixed");
    }
    let mut tell = |value: f64, unsaid: f64, key: &str| {
        if (value - unsaid).abs() > 0.0 {
            words += &tr!(language, key, value = value);
        }
    };
    if plane.gauss_kruger().is_none() {
        tell(p.false_easting_m, usual.false_easting_m, "crs.false_easting");
    }
    tell(p.false_northing_m, 0.0, "crs.false_northing");
    tell(p.origin_lat_deg, 0.0, "crs.origin");
    tell(p.scale, 1.0, "crs.scale");
    tell(p.height_m, 0.0, "crs.height");
    words
}

fn conic_label(plane: Conic, datum: &str, language: Language) -> String {
    let p = plane.parameters();
    let [first, second] = p.parallels_deg;
    let lon = p.central_meridian_deg;
    match plane.kind() {
        ConicKind::Albers => {
            tr!(language, "crs.albers", datum = datum, lon = lon, first = first, second = second)
        }
        ConicKind::Lambert => {
            tr!(language, "crs.lambert", datum = datum, lon = lon, first = first, second = second)
        }
    }
}

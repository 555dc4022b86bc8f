//! What datums, projections and parameters are called in files.

use super::{
    Crs, Datum,
    ellipsoid::Ellipsoid,
    transverse_mercator::{TransverseMercator, ZoneWidth},
    unknown_crs::UnknownCrs,
};

/// A projection by its many names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Projection {
    TransverseMercator,
    /// On the sphere, as web maps have it.
    WebMercator,
    /// Whether on the sphere or the ellipsoid is told elsewhere.
    Mercator,
    Albers,
    Lambert,
}

/// Letters and digits alone, small.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

pub(super) fn projection(name: &str) -> Option<Projection> {
    let name = plain(name);
    let is = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if is(&["south"]) {
        return None;
    }
    if is(&["transversemercator", "gausskruger", "gausskrüger", "高斯"]) || name == "tmerc" {
        Some(Projection::TransverseMercator)
    } else if is(&["auxiliarysphere", "pseudomercator"]) {
        Some(Projection::WebMercator)
    } else if is(&["albers"]) {
        Some(Projection::Albers)
    } else if is(&["lambertconformalconic", "lambertconicconformal"]) {
        // Belgium, Michigan and the like have figures of their own.
        let usual = ["", "1sp", "2sp"].iter().any(|end| {
            ["lambertconformalconic", "lambertconicconformal"]
                .iter()
                .any(|name_of| name == format!("{name_of}{end}"))
        });
        usual.then_some(Projection::Lambert)
    } else if name.starts_with("mercator") {
        Some(Projection::Mercator)
    } else {
        None
    }
}

pub(super) fn is_web_mercator(name: &str) -> bool {
    let name = plain(name);
    ["pseudomercator", "webmercator", "googlemercator", "googlemapsglobalmercator", "popularvisual"]
        .iter()
        .any(|own| name.contains(own))
}

/// The datum of its name; where that says nothing, of the other names, and then of the ellipsoid
/// (semi-major axis in metres, inverse flattening).
pub(super) fn datum(names: [&str; 3], ellipsoid: Option<[f64; 2]>) -> Option<Datum> {
    let own = plain(names[0]);
    // Others count only where the datum has no name that says otherwise.
    let bare = own.strip_prefix('d').unwrap_or(&own);
    let is_nameless = own.is_empty()
        || ["unknown", "unnamed", "undefined", "notspecified", "userdefined", "custom", "basedon"]
            .iter()
            .any(|word| bare.contains(word))
        || ["grs80", "grs1980", "iag75", "iag1975", "iugg1975", "krasov", "krassov"]
            .iter()
            .any(|word| bare.starts_with(word));
    if !is_nameless {
        return datum_of_name(names[0]);
    }
    if let Some(datum) = names.iter().find_map(|name| datum_of_name(name)) {
        return Some(datum);
    }
    let [a, inverse] = ellipsoid?;
    let [wgs84, cgcs2000, iag, krasovsky] = Ellipsoid::ALL;
    let fits = |e: Ellipsoid, tolerance: f64| {
        (a - e.semi_major_m()).abs() < 0.01 && (inverse - e.inverse_flattening()).abs() < tolerance
    };
    if fits(wgs84, 5e-7) {
        Some(Datum::Wgs84)
    } else if fits(cgcs2000, 5e-7) {
        Some(Datum::Cgcs2000)
    } else if fits(iag, 1e-3) {
        Some(Datum::Xian1980)
    } else if fits(krasovsky, 1e-2) {
        Some(Datum::Beijing1954)
    } else {
        None
    }
}

/// What names of datums hold, as [`plain`] has it; longer words before those that they hold.
const DATUM_WORDS: [(&str, Datum); 36] = [
    ("chinageodeticcoordinatesystem2000", Datum::Cgcs2000),
    ("chinageodetic", Datum::Cgcs2000),
    ("中国大地坐标系2000", Datum::Cgcs2000),
    ("cgcs2000", Datum::Cgcs2000),
    ("china2000", Datum::Cgcs2000),
    ("2000国家大地坐标系", Datum::Cgcs2000),
    ("国家大地坐标系2000", Datum::Cgcs2000),
    ("国家2000", Datum::Cgcs2000),
    ("大地2000", Datum::Cgcs2000),
    ("2000国家", Datum::Cgcs2000),
    ("gcj02", Datum::Gcj02),
    ("火星坐标", Datum::Gcj02),
    ("bd09", Datum::Bd09),
    ("百度坐标", Datum::Bd09),
    ("newbeijing", Datum::NewBeijing),
    ("新1954北京坐标系", Datum::NewBeijing),
    ("新北京54", Datum::NewBeijing),
    ("beijing1954", Datum::Beijing1954),
    ("beijing54", Datum::Beijing1954),
    ("bj1954", Datum::Beijing1954),
    ("bj54", Datum::Beijing1954),
    ("bjz54", Datum::Beijing1954),
    ("1954北京坐标系", Datum::Beijing1954),
    ("1954年北京坐标系", Datum::Beijing1954),
    ("北京1954", Datum::Beijing1954),
    ("北京54", Datum::Beijing1954),
    ("xian1980", Datum::Xian1980),
    ("xian80", Datum::Xian1980),
    ("1980西安坐标系", Datum::Xian1980),
    ("1980年西安坐标系", Datum::Xian1980),
    ("西安1980", Datum::Xian1980),
    ("西安80", Datum::Xian1980),
    ("worldgeodeticsystem1984ensemble", Datum::Wgs84),
    ("worldgeodeticsystem1984", Datum::Wgs84),
    ("wgs1984", Datum::Wgs84),
    ("wgs84", Datum::Wgs84),
];

fn datum_of_name(name: &str) -> Option<Datum> {
    let name = plain(name);
    DATUM_WORDS.iter().find(|(word, _)| name.contains(word)).map(|(_, datum)| *datum)
}

/// The datum where the name says nothing else: that of degrees.
fn datum_alone(name: &str) -> Option<Datum> {
    let name = plain(name);
    let bare = name.strip_prefix("gcs").or_else(|| name.strip_prefix('d')).unwrap_or(&name);
    let bare = bare.strip_suffix("坐标系").unwrap_or(bare);
    let is_own = |word: &str| word.strip_suffix("坐标系").unwrap_or(word) == bare;
    DATUM_WORDS.iter().find(|(word, _)| is_own(word)).map(|(_, datum)| *datum)
}

/// `EPSG:4547`, `urn:ogc:def:crs:EPSG::4547`, `OGC:CRS84`, `http://…/EPSG/0/4547`; `None` where it is
/// nothing of the kind.
pub(super) fn by_number(text: &str) -> Option<Result<Crs, UnknownCrs>> {
    let upper = text.trim().to_uppercase();
    if upper.len() > 200 || upper.contains(char::is_whitespace) {
        return None;
    }
    let last = upper.rsplit([':', '/', '#']).next()?;
    if ["CRS84", "CRS84H"].contains(&last) {
        return Some(Ok(Crs::WGS84));
    }
    let is_register = ["EPSG", "ESRI"].iter().any(|own| upper.contains(own)) || upper == last;
    let code = last.parse::<i64>().ok().filter(|code| is_register && *code > 0)?;
    Some(Crs::from_epsg(code).ok_or_else(|| UnknownCrs::Code(text.trim().to_owned())))
}

/// A name that tells datum and zone, such as `CGCS2000_3_Degree_GK_CM_114E` or
/// `Xian 1980 / 3-degree Gauss-Kruger zone 38`.
pub(super) fn by_name(text: &str) -> Result<Crs, UnknownCrs> {
    if text.len() > 200 {
        return Err(UnknownCrs::NotReadable);
    }
    let datum = datum_of_name(text).ok_or(UnknownCrs::NotReadable)?;
    let name = plain(text);
    if is_web_mercator(text) {
        return Ok(Crs::WebMercator);
    }
    let digits_after = |word: &str| {
        let behind = name.split_once(word)?.1;
        let digits: String = behind.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u8>().ok().map(|number| (number, behind.chars().nth(digits.len())))
    };
    if datum == Datum::Wgs84
        && let Some((zone, letter)) = digits_after("utmzone")
    {
        let plane = TransverseMercator::utm(zone, letter == Some('s'));
        return plane.map(Crs::TransverseMercator).ok_or(UnknownCrs::NotReadable);
    }
    let is_three = ["3degree", "3度", "三度"].iter().any(|word| name.contains(word));
    let width = if is_three { ZoneWidth::Three } else { ZoneWidth::Six };
    let by_meridian =
        ["gkcm", "krugercm"].iter().find_map(|word| digits_after(word)).map(|(deg, _)| {
            let zone = width.zone_of_meridian(f64::from(deg))?;
            TransverseMercator::zone(datum, width, zone, false)
        });
    let by_zone = ["gkzone", "krugerzone"]
        .iter()
        .find_map(|word| digits_after(word))
        .map(|(zone, _)| TransverseMercator::zone(datum, width, zone, true));
    match by_meridian.or(by_zone) {
        Some(plane) => plane.map(Crs::TransverseMercator).ok_or(UnknownCrs::NotReadable),
        None => datum_alone(text).map(Crs::Degrees).ok_or(UnknownCrs::NotReadable),
    }
}

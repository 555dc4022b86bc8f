//! Definitions as PROJ writes them: `+proj=tmerc +lon_0=114 +x_0=500000 +ellps=GRS80 +units=m`.

use std::collections::HashMap;

use super::{
    Crs, Datum,
    crs_names::{self, Projection},
    crs_parameters,
    transverse_mercator::TransverseMercator,
    unknown_crs::UnknownCrs,
};

/// # Errors
/// What of it is not known.
pub(super) fn read(text: &str) -> Result<Crs, UnknownCrs> {
    if text.len() > 4096 {
        return Err(UnknownCrs::NotReadable);
    }
    let values: HashMap<String, &str> = text
        .split_whitespace()
        .filter_map(|word| word.strip_prefix('+'))
        .map(|word| word.split_once('=').unwrap_or((word, "")))
        .map(|(key, value)| (crs_names::plain(key), value))
        .collect();
    let value = |key: &str| values.get(key).copied();
    if let Some(init) = value("init") {
        let unknown = || UnknownCrs::Code(init.to_owned());
        return crs_names::by_number(init).unwrap_or_else(|| Err(unknown()));
    }
    if let Some(meridian) = value("pm").filter(|pm| !["greenwich", "0"].contains(pm)) {
        return Err(UnknownCrs::PrimeMeridian(meridian.to_owned()));
    }
    let metres = value("tometer").and_then(|value| value.parse::<f64>().ok());
    if let Some(unit) = value("units").filter(|unit| *unit != "m") {
        return Err(UnknownCrs::Unit(unit.to_owned()));
    }
    if metres.is_some_and(|metres| (metres - 1.0).abs() > 1e-9) {
        return Err(UnknownCrs::Unit("to_meter".to_owned()));
    }
    let number = |key: &str| value(key).and_then(|value| value.parse::<f64>().ok());
    let parameter = |names: &[&str]| match names.iter().find_map(|name| value(name)) {
        None => Ok(None),
        Some(value) => {
            value.parse().map(Some).map_err(|_| UnknownCrs::Parameter("a number is none"))
        }
    };
    let projection = value("proj").unwrap_or_default();
    if ["merc", "webmerc"].contains(&projection) {
        let is_sphere = projection == "webmerc"
            || number("a") == Some(6_378_137.0) && number("b") == Some(6_378_137.0);
        return if is_sphere {
            Ok(Crs::WebMercator)
        } else {
            Err(UnknownCrs::Projection(projection.to_owned()))
        };
    }
    let datum = datum(value("datum"), value("ellps"), number("a"), number("rf"), number("b"))?;
    match projection {
        "longlat" | "latlong" | "lonlat" | "latlon" => Ok(Crs::Degrees(datum)),
        "utm" => {
            let zone = value("zone").and_then(|zone| zone.parse().ok());
            let is_south = values.contains_key("south");
            let plane = zone.and_then(|zone| TransverseMercator::utm(zone, is_south));
            let plane = plane.ok_or(UnknownCrs::Parameter("zone"))?;
            if datum == Datum::Wgs84 {
                return Ok(Crs::TransverseMercator(plane));
            }
            TransverseMercator::new(datum, plane.parameters())
                .map(Crs::TransverseMercator)
                .ok_or(UnknownCrs::Parameter("zone"))
        }
        "tmerc" | "etmerc" | "gauss" => {
            crs_parameters::plane(datum, Projection::TransverseMercator, &parameter)
        }
        "aea" => crs_parameters::plane(datum, Projection::Albers, &parameter),
        "lcc" => crs_parameters::plane(datum, Projection::Lambert, &parameter),
        other => Err(UnknownCrs::Projection(other.to_owned())),
    }
}

fn datum(
    datum: Option<&str>,
    ellps: Option<&str>,
    a: Option<f64>,
    rf: Option<f64>,
    b: Option<f64>,
) -> Result<Datum, UnknownCrs> {
    match (datum, ellps) {
        (Some("WGS84"), _) | (None, Some("WGS84")) => return Ok(Datum::Wgs84),
        (Some("none") | None, Some("GRS80" | "CGCS2000")) => return Ok(Datum::Cgcs2000),
        (Some("none") | None, Some("krass")) => return Ok(Datum::Beijing1954),
        (Some("none") | None, Some("IAU76")) => return Ok(Datum::Xian1980),
        (Some(name), _) if name != "none" => return Err(UnknownCrs::Datum(name.to_owned())),
        (_, Some(name)) => return Err(UnknownCrs::Datum(name.to_owned())),
        _ => {}
    }
    let inverse = rf.or_else(|| Some(a? / (a? - b?)));
    let figures = a.zip(inverse).map(|(a, inverse)| [a, inverse]);
    match figures {
        // PROJ's own default is GRS 80.
        None => Ok(Datum::Cgcs2000),
        Some(_) => crs_names::datum(["", "", ""], figures)
            .ok_or_else(|| UnknownCrs::Datum("+a".to_owned())),
    }
}

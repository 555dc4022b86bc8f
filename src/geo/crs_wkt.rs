//! Reference systems out of files: well-known text of both generations, PROJ strings, names and
//! numbers.
//!
//! Read leniently: what counts are the datum, the projection and its parameters, whatever they are
//! called. A number of EPSG's beside them only settles what parameters leave open; it is believed on
//! its own where they cannot be read. Parameters of a shift (`TOWGS84`, `+towgs84`) are passed over.

use super::{
    Crs, Datum,
    crs_names::{self, Projection},
    crs_parameters::plane,
    crs_proj_string,
    unknown_crs::UnknownCrs,
    wkt_tree::{self, Node},
};

pub use super::crs_wkt_write::{to_esri, to_ogc};

const ROOTS: [&str; 7] =
    ["PROJCS", "PROJCRS", "PROJECTEDCRS", "GEOGCS", "GEOGCRS", "GEOGRAPHICCRS", "GEODCRS"];
const GEODETIC: [&str; 7] =
    ["GEOGCS", "GEOGCRS", "GEOGRAPHICCRS", "GEODCRS", "GEODETICCRS", "BASEGEOGCRS", "BASEGEODCRS"];
const AROUND: [&str; 5] = ["COMPD_CS", "COMPOUNDCRS", "BOUNDCRS", "SOURCECRS", "FITTED_CS"];

/// Reads WKT 1 (OGC's and Esri's), WKT 2, a PROJ string, `EPSG:N`, `urn:ogc:def:crs:EPSG::N`,
/// `OGC:CRS84`, an address that ends in the number, or a name such as `CGCS2000_3_Degree_GK_CM_114E`.
///
/// # Errors
/// What of it is not known.
///
/// ```
/// use jintu::geo::{Crs, crs_wkt};
///
/// let system = crs_wkt::read(
///     "PROJCS[\"CGCS2000_3_Degree_GK_Zone_38\",GEOGCS[\"GCS_China_2000\",DATUM[\"D_China_2000\",\
///      SPHEROID[\"CGCS2000\",6378137.0,298.257222101]],PRIMEM[\"Greenwich\",0.0],\
///      UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Gauss_Kruger\"],\
///      PARAMETER[\"False_Easting\",38500000.0],PARAMETER[\"Central_Meridian\",114.0],\
///      PARAMETER[\"Scale_Factor\",1.0],UNIT[\"Meter\",1.0]]",
/// );
/// assert_eq!(system.ok(), Crs::from_epsg(4526));
/// assert_eq!(crs_wkt::read("urn:ogc:def:crs:EPSG::4547").ok(), Crs::from_epsg(4547));
/// ```
pub fn read(text: &str) -> Result<Crs, UnknownCrs> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0');
    if text.starts_with('+') {
        return crs_proj_string::read(text);
    }
    if let Some(root) = wkt_tree::read(text).filter(|root| !root.keyword.is_empty()) {
        return horizontal(&root, 0);
    }
    crs_names::by_number(text).unwrap_or_else(|| crs_names::by_name(text))
}

/// The horizontal part of a system.
fn horizontal(node: &Node, depth: u8) -> Result<Crs, UnknownCrs> {
    let keyword = node.keyword.as_str();
    if AROUND.contains(&keyword) && depth < 4 {
        let is_part = |n: &&Node| {
            let keyword = n.keyword.as_str();
            ROOTS.contains(&keyword) || GEODETIC.contains(&keyword) || AROUND.contains(&keyword)
        };
        let part = node.nodes().find(is_part).ok_or(UnknownCrs::NotReadable)?;
        return horizontal(part, depth + 1);
    }
    if keyword.starts_with("LOCAL") || keyword.starts_with("ENG") {
        return Err(UnknownCrs::Local(node.name().to_owned()));
    }
    if !ROOTS.contains(&keyword) && !GEODETIC.contains(&keyword) {
        return Err(UnknownCrs::NotReadable);
    }
    let numbered = number(node);
    let named = || crs_names::by_name(node.name()).ok().filter(|named| named.is_plane());
    let told = if GEODETIC.contains(&keyword) {
        datum(node, node.name()).map(Crs::Degrees)
    } else {
        projected(node)
    };
    match told {
        // Number or name tell a 6° zone from a 3° zone of the same meridian.
        Ok(told) => {
            let is_same = |other: &Crs| is_same_plane(told, *other);
            Ok(numbered.filter(is_same).or_else(|| named().filter(is_same)).unwrap_or(told))
        }
        Err(why) => match (numbered, &why) {
            (Some(numbered), _) => Ok(numbered),
            // Cut off: the name says enough.
            (None, UnknownCrs::NotReadable | UnknownCrs::Parameter(_)) => named().ok_or(why),
            (None, _) => Err(why),
        },
    }
}

fn is_same_plane(a: Crs, b: Crs) -> bool {
    match (a, b) {
        (Crs::TransverseMercator(x), Crs::TransverseMercator(y)) => {
            x.datum() == y.datum() && x.parameters() == y.parameters()
        }
        _ => a == b,
    }
}

/// The system of `AUTHORITY["EPSG","4547"]` or `ID["EPSG",4547]` right below.
fn number(node: &Node) -> Option<Crs> {
    let own = node.child(&["AUTHORITY", "ID"])?;
    let code = own.number(0)?;
    let is_known = ["EPSG", "ESRI", "OGC", "CRS"].contains(&own.name().to_uppercase().as_str());
    let whole = code.fract() == 0.0 && (1.0..10_000_000.0).contains(&code);
    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and small")]
    let code = code as i64;
    if is_known && whole { Crs::from_epsg(code) } else { None }
}

/// The datum of a geodetic system.
fn datum(node: &Node, around: &str) -> Result<Datum, UnknownCrs> {
    let geodetic = if GEODETIC.contains(&node.keyword.as_str()) {
        node
    } else {
        node.child(&GEODETIC).ok_or(UnknownCrs::NotReadable)?
    };
    if let Some(meridian) = geodetic.child(&["PRIMEM", "PRIMEMERIDIAN"])
        && meridian.number(0).is_some_and(|deg| deg != 0.0)
    {
        return Err(UnknownCrs::PrimeMeridian(meridian.name().to_owned()));
    }
    if let Some(unit) = unit(geodetic, &["UNIT", "ANGLEUNIT"])
        && unit.number(0).is_some_and(|rad| (rad - 1.0_f64.to_radians()).abs() > 1e-8)
    {
        return Err(UnknownCrs::Unit(unit.name().to_owned()));
    }
    let own = geodetic.child(&["DATUM", "GEODETICDATUM", "TRF", "ENSEMBLE"]);
    let spheroid = own.and_then(|own| own.child(&["SPHEROID", "ELLIPSOID"]));
    let figures = spheroid.and_then(|s| Some([s.number(0)?, s.number(1)?]));
    let name = own.map(Node::name).unwrap_or_default();
    crs_names::datum([name, geodetic.name(), around], figures)
        .ok_or_else(|| UnknownCrs::Datum(if name.is_empty() { around } else { name }.to_owned()))
}

/// The unit of a system: its own, not that of an axis or a parameter.
fn unit<'a>(node: &'a Node, keywords: &[&str]) -> Option<&'a Node> {
    let of_axes = || {
        let mut axes = node.nodes().filter(|n| n.keyword == "AXIS");
        axes.find_map(|axis| axis.child(keywords))
    };
    node.nodes().rev().find(|n| keywords.contains(&n.keyword.as_str())).or_else(of_axes)
}

fn projected(node: &Node) -> Result<Crs, UnknownCrs> {
    let datum = datum(node, node.name())?;
    if let Some(unit) = unit(node, &["UNIT", "LENGTHUNIT"])
        && unit.number(0).is_some_and(|metres| (metres - 1.0).abs() > 1e-9)
    {
        return Err(UnknownCrs::Unit(unit.name().to_owned()));
    }
    // In WKT 2 the method and its parameters stand within the conversion.
    let conversion = node.child(&["CONVERSION"]).unwrap_or(node);
    let method = conversion.child(&["PROJECTION", "METHOD"]).map(Node::name).unwrap_or_default();
    // GDAL says in a PROJ string that the ellipsoid is meant as a sphere.
    let is_sphere = |extension: &Node| {
        extension
            .items
            .iter()
            .any(|item| matches!(item, wkt_tree::Item::Text(text) if text.contains("+b=6378137")))
    };
    let is_web = crs_names::is_web_mercator(node.name())
        || node.child(&["EXTENSION"]).is_some_and(is_sphere);
    let projection = match crs_names::projection(method) {
        Some(Projection::Mercator) if is_web => Projection::WebMercator,
        Some(Projection::Mercator) | None => {
            return Err(UnknownCrs::Projection(method.to_owned()));
        }
        Some(known) => known,
    };
    let parameter = |names: &[&str]| parameter(conversion, names);
    plane(datum, projection, &parameter)
}

/// Value of the first parameter of one of these names.
fn parameter(conversion: &Node, names: &[&str]) -> Result<Option<f64>, UnknownCrs> {
    let is_own = |node: &&Node| {
        node.keyword == "PARAMETER" && names.contains(&crs_names::plain(node.name()).as_str())
    };
    let Some(own) = conversion.nodes().find(is_own) else { return Ok(None) };
    if let Some(unit) = own.child(&["ANGLEUNIT", "LENGTHUNIT", "SCALEUNIT", "UNIT"]) {
        let factor = unit.number(0).unwrap_or(1.0);
        let is_usual =
            [1.0, 1.0_f64.to_radians()].iter().any(|usual| (factor - usual).abs() < 1e-9);
        if !is_usual {
            return Err(UnknownCrs::Unit(unit.name().to_owned()));
        }
    }
    // The first number may be the name's own, as in a parameter called "1".
    let value = own.items.iter().skip(1).find_map(|item| match item {
        wkt_tree::Item::Word(word) | wkt_tree::Item::Text(word) => word.trim().parse::<f64>().ok(),
        wkt_tree::Item::Node(_) => None,
    });
    value.map_or(Err(UnknownCrs::Parameter("PARAMETER")), |value| Ok(Some(value)))
}

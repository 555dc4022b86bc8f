//! `TileJSON`: a source's description by its server (versions 2 and 3, github.com/mapbox/tilejson-spec).

use serde_json::Value;

use super::{
    Access, CacheTerms, Content, KeyKind, Scheme, TileSource,
    template::{Template, names_file, split_key},
};
use crate::{geo::Datum, language::Bilingual, units::Extent};

/// Deeper zooms are not asked for by anybody, and row numbers must fit.
const DEEPEST_ZOOM: u8 = 24;

/// What is wrong with a description.
#[derive(Debug, thiserror::Error)]
pub enum TileJsonError {
    #[error("it is no JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("it names no address of tiles")]
    NoTiles,
    #[error("its zooms are impossible")]
    Zooms,
    #[error("{0}")]
    Address(#[from] super::TemplateError),
}

/// Reads a description that was found at `base`; addresses may be relative to it. A key in the
/// address of the tiles comes back beside the source.
///
/// # Errors
/// No JSON, or no usable address in it.
pub fn read(
    bytes: &[u8],
    id: &str,
    base: &str,
) -> Result<(TileSource, Option<String>), TileJsonError> {
    let json: Value = serde_json::from_slice(bytes)?;
    let text = |key: &str| json.get(key).and_then(Value::as_str).unwrap_or_default();
    let tiles = json.get("tiles").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut addresses = tiles.iter().filter_map(Value::as_str).map(|url| absolute(base, url));
    let (url, key) = split_key(&addresses.next().ok_or(TileJsonError::NoTiles)?)?;
    let template = Template::read(&url)?;
    let is_vector = json.get("vector_layers").is_some()
        || matches!(text("format"), "pbf" | "mvt")
        || names_file(&template.url, &["pbf", "mvt"]);
    let scheme = if text("scheme").eq_ignore_ascii_case("tms") { Scheme::Tms } else { Scheme::Xyz };
    let name = if text("name").trim().is_empty() { id } else { text("name").trim() };
    let credit = without_markup(text("attribution"));
    let edge = json.get("tileSize").or(json.get("tile_size")).and_then(number);
    let min_zoom = zoom(json.get("minzoom")).unwrap_or(0);
    let max_zoom = zoom(json.get("maxzoom")).unwrap_or(if is_vector { 14 } else { 18 });
    if min_zoom > max_zoom {
        return Err(TileJsonError::Zooms);
    }
    let needs_key = template.needs_key;
    let source = TileSource {
        id: id.to_owned(),
        name: Bilingual::same(name),
        access: Access::Template { url: template.url, subdomains: template.subdomains, scheme },
        content: if is_vector { Content::Vector } else { Content::Raster },
        datum: Datum::Wgs84,
        min_zoom,
        max_zoom,
        tile_px: if is_vector || edge == Some(512.0) { 512 } else { 256 },
        extent: json
            .get("bounds")
            .and_then(Value::as_array)
            .and_then(|sides| extent(&sides.iter().filter_map(number).collect::<Vec<f64>>())),
        credit: Bilingual::same(credit),
        review_number: None,
        cache: CacheTerms::SeenOnly,
        key: if needs_key { KeyKind::Custom } else { KeyKind::None },
        style: None,
    };
    Ok((source, key))
}

/// West, south, east, north, if that is a piece of the globe. The whole world is `None` too: then
/// nothing has to be asked.
pub fn extent(sides: &[f64]) -> Option<Extent> {
    let [west_deg, south_deg, east_deg, north_deg] = <[f64; 4]>::try_from(sides).ok()?;
    // Some programs write the edges a hair beyond.
    let sound = west_deg >= -180.001
        && east_deg <= 180.001
        && south_deg >= -90.001
        && north_deg <= 90.001
        && west_deg < east_deg
        && south_deg < north_deg;
    let world =
        west_deg <= -179.999 && east_deg >= 179.999 && south_deg <= -85.0 && north_deg >= 85.0;
    (sound && !world).then_some(Extent { west_deg, south_deg, east_deg, north_deg })
}

/// Credits come as HTML: the words are kept.
pub fn without_markup(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                out.push(' ');
            }
            _ if !inside => out.push(c),
            _ => {}
        }
    }
    // Last, so that `&amp;copy;` stays what it says.
    for (entity, plain) in [
        ("&copy;", "©"),
        ("&nbsp;", " "),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ] {
        out = out.replace(entity, plain);
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A number, also one in quotes, as some servers write it.
fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::String(text) => text.trim().parse().ok(),
        other => other.as_f64(),
    };
    number.filter(|number: &f64| number.is_finite())
}

fn zoom(value: Option<&Value>) -> Option<u8> {
    let zoom = number(value?)?.floor();
    (0..=DEEPEST_ZOOM).rev().find(|z| f64::from(*z) <= zoom)
}

/// An address as it is meant in a document at `base` (RFC 3986, 5.2, without dot segments).
pub fn absolute(base: &str, url: &str) -> String {
    let url = url.trim();
    let Some((scheme, rest)) = base.split_once("://") else { return url.to_owned() };
    if url.contains("://") {
        return url.to_owned();
    }
    if let Some(rest) = url.strip_prefix("//") {
        return format!("{scheme}://{rest}");
    }
    let path_end = rest.find(['?', '#']).unwrap_or(rest.len());
    let rest = rest.get(..path_end).unwrap_or_default();
    let host_end = rest.find('/').unwrap_or(rest.len());
    let (host, path) = rest.split_at(host_end);
    if url.starts_with('/') {
        return format!("{scheme}://{host}{url}");
    }
    let folder = path.rfind('/').and_then(|at| path.get(..=at)).unwrap_or("/");
    format!("{scheme}://{host}{folder}{}", url.trim_start_matches("./"))
}

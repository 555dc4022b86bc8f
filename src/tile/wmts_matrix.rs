//! The grids of a WMTS service, and which of them is that of Web Mercator.

use std::f64::consts::PI;

use roxmltree::Node;

use super::xml::text;
use crate::geo::mercator::EQUATORIAL_RADIUS_M;

/// Edge of a pixel that scales are told for (OGC 07-057r7, 6.1), metres.
const PIXEL_M: f64 = 0.000_28;
/// How far a corner may be off: servers round their numbers.
const CORNER_OFF_M: f64 = 1.0;
/// How far a level may be off the power of two, in levels.
const LEVEL_OFF: f64 = 0.001;

/// A grid in which the tile `z/x/y` is that of Web Mercator, and the name of a level is a prefix and
/// its zoom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixSet {
    pub identifier: String,
    /// What stands in front of the zoom in the name of a level, as in `EPSG:3857:5`.
    pub prefix: String,
    pub min_zoom: u8,
    pub max_zoom: u8,
    pub tile_px: u16,
}

/// The grids of a service that can be used.
pub fn matrix_sets(contents: Node) -> Vec<MatrixSet> {
    contents
        .children()
        .filter(|n| n.is_element() && n.tag_name().name() == "TileMatrixSet")
        .filter(|set| is_web_mercator(&text(*set, "SupportedCRS")))
        .filter_map(matrix_set)
        .collect()
}

/// `urn:ogc:def:crs:EPSG::3857`, `EPSG:900913`, `…/EPSG/0/3857` and Esri's numbers for the same.
fn is_web_mercator(reference: &str) -> bool {
    let code = reference.rsplit([':', '/', '#']).next().unwrap_or_default().trim();
    ["3857", "900913", "102100", "102113", "3785"].contains(&code)
}

struct Level {
    zoom: u8,
    prefix: String,
    tile_px: u16,
}

fn matrix_set(set: Node) -> Option<MatrixSet> {
    let levels: Vec<Level> = set
        .children()
        .filter(|n| n.is_element() && n.tag_name().name() == "TileMatrix")
        .filter_map(level)
        .collect();
    // A name that is not its prefix and zoom as the others' cannot be put into one address.
    let first = levels.first()?;
    let same: Vec<u8> = levels
        .iter()
        .filter(|l| l.prefix == first.prefix && l.tile_px == first.tile_px)
        .map(|l| l.zoom)
        .collect();
    Some(MatrixSet {
        identifier: text(set, "Identifier"),
        prefix: first.prefix.clone(),
        min_zoom: *same.iter().min()?,
        max_zoom: *same.iter().max()?,
        tile_px: first.tile_px,
    })
}

fn level(matrix: Node) -> Option<Level> {
    let edge_m = PI * EQUATORIAL_RADIUS_M;
    let number = |name: &str| text(matrix, name).parse::<f64>().ok().filter(|v| v.is_finite());
    let corner: Vec<f64> =
        text(matrix, "TopLeftCorner").split_whitespace().filter_map(|v| v.parse().ok()).collect();
    let [a, b] = <[f64; 2]>::try_from(corner).ok()?;
    // Some servers, 天地图 among them, write the corner with its axes the other way round.
    let at_corner = |west: f64, north: f64| {
        (west + edge_m).abs() < CORNER_OFF_M && (north - edge_m).abs() < CORNER_OFF_M
    };
    if !at_corner(a, b) && !at_corner(b, a) {
        return None;
    }
    let (width_px, height_px) = (number("TileWidth")?, number("TileHeight")?);
    let tile_px = [256_u16, 512]
        .into_iter()
        .find(|px| (f64::from(*px) - width_px).abs() < 0.5 && (width_px - height_px).abs() < 0.5)?;
    let span_m = number("ScaleDenominator")? * PIXEL_M * width_px;
    let exact = (2.0 * edge_m / span_m).log2();
    let zoom = (0..=24_u8).find(|z| (f64::from(*z) - exact).abs() < LEVEL_OFF)?;
    let identifier = text(matrix, "Identifier");
    let prefix = identifier.strip_suffix(&zoom.to_string())?;
    // `11` is not a prefix `1` and the zoom 1.
    let ends_in_digit = prefix.ends_with(|c: char| c.is_ascii_digit());
    (!ends_in_digit).then(|| Level { zoom, prefix: prefix.to_owned(), tile_px })
}

//! Polygons of a `GeoJSON` file as the outline of a filter.

use std::{fs::File, io, io::Read as _, path::Path};

use serde_json::Value;

use crate::{
    catalogue::{Outline, OutlineRing},
    geo::Crs,
    units::LonLat,
};

/// An outline is drawn by hand or of a zone; anything larger is no outline.
pub const LARGEST_MB: u64 = 16;

/// Why a file is no outline.
#[derive(Debug, thiserror::Error)]
pub enum OutlineError {
    #[error("it cannot be read: {0}")]
    Read(#[from] io::Error),
    #[error("more than {LARGEST_MB} MB")]
    TooLarge,
    #[error("no valid JSON at line {line}, column {column}")]
    Json { line: usize, column: usize },
    /// Something else than polygons, by the type it gives.
    #[error("only polygons will do, here is {0}")]
    Kind(String),
    #[error("no polygon")]
    Nothing,
    #[error("a ring of fewer than three positions")]
    Ring,
    #[error("{x}, {y} is no position")]
    Position { x: f64, y: f64 },
    #[error("coordinates that are no pairs of numbers")]
    Broken,
    #[error("the coordinate system {0} is not known")]
    Crs(String),
}

/// Reads every polygon of a file: of a geometry, a feature or a collection. Where the member `crs` of
/// the older specification names a system that is known, positions are transformed to WGS-84.
///
/// # Errors
/// See [`OutlineError`]; a file with anything else than polygons is refused as a whole.
pub fn read(path: &Path) -> Result<Outline, OutlineError> {
    let mut bytes = Vec::new();
    let most = LARGEST_MB * 1024 * 1024;
    let taken = File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if u64::try_from(taken).unwrap_or(u64::MAX) > most {
        return Err(OutlineError::TooLarge);
    }
    parse(&bytes)
}

/// The same of bytes.
///
/// # Errors
/// As [`read`] has them.
pub fn parse(bytes: &[u8]) -> Result<Outline, OutlineError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let whole: Value = serde_json::from_slice(bytes)
        .map_err(|e| OutlineError::Json { line: e.line(), column: e.column() })?;
    let mut reader = Reader { crs: crs(&whole)?, outline: Outline::default() };
    reader.take(&whole)?;
    if reader.outline.parts.is_empty() {
        return Err(OutlineError::Nothing);
    }
    Ok(reader.outline)
}

fn crs(whole: &Value) -> Result<Crs, OutlineError> {
    let name = match whole.get("crs") {
        None | Some(Value::Null) => return Ok(Crs::WGS84),
        Some(crs) => crs.pointer("/properties/name").and_then(Value::as_str).unwrap_or_default(),
    };
    if name.ends_with("CRS84") {
        return Ok(Crs::WGS84);
    }
    let code = name.rsplit(':').next().and_then(|code| code.parse().ok());
    code.and_then(Crs::from_epsg).ok_or_else(|| OutlineError::Crs(name.to_owned()))
}

struct Reader {
    crs: Crs,
    outline: Outline,
}

impl Reader {
    /// Takes an object of whatever type. `serde_json` has bounded how deep they lie in each other.
    fn take(&mut self, value: &Value) -> Result<(), OutlineError> {
        let list = |key: &str| value.get(key).and_then(Value::as_array).ok_or(OutlineError::Broken);
        let kind = value.get("type").and_then(Value::as_str).unwrap_or_default();
        match kind {
            "FeatureCollection" => list("features")?.iter().try_for_each(|own| self.take(own)),
            "GeometryCollection" => list("geometries")?.iter().try_for_each(|own| self.take(own)),
            // A feature may be without a geometry; it is nowhere.
            "Feature" => match value.get("geometry") {
                None | Some(Value::Null) => Ok(()),
                Some(geometry) => self.take(geometry),
            },
            "Polygon" => self.take_part(list("coordinates")?),
            "MultiPolygon" => list("coordinates")?
                .iter()
                .try_for_each(|part| self.take_part(part.as_array().ok_or(OutlineError::Broken)?)),
            "" => Err(OutlineError::Kind("?".to_owned())),
            other => Err(OutlineError::Kind(other.chars().take(40).collect())),
        }
    }

    /// One polygon. One without any ring is nowhere.
    fn take_part(&mut self, rings: &[Value]) -> Result<(), OutlineError> {
        let part = rings.iter().map(|ring| self.ring(ring)).collect::<Result<Vec<_>, _>>()?;
        if !part.is_empty() {
            self.outline.parts.push(part);
        }
        Ok(())
    }

    fn ring(&self, ring: &Value) -> Result<OutlineRing, OutlineError> {
        let positions = ring.as_array().ok_or(OutlineError::Broken)?;
        let mut ring = Vec::with_capacity(positions.len());
        for position in positions {
            let p = self.position(position)?;
            if ring.last() != Some(&p) {
                ring.push(p);
            }
        }
        // `GeoJSON` repeats the first position at the end.
        if ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        let corners =
            ring.iter().enumerate().filter(|(i, p)| !ring.iter().take(*i).any(|q| q == *p));
        if corners.take(3).count() < 3 {
            return Err(OutlineError::Ring);
        }
        Ok(ring)
    }

    fn position(&self, position: &Value) -> Result<LonLat, OutlineError> {
        let number = |i: usize| position.get(i).and_then(Value::as_f64);
        let (x, y) = number(0).zip(number(1)).ok_or(OutlineError::Broken)?;
        let p = self.crs.to_wgs84([x, y]);
        let is_on_earth = p.lon_deg.abs() <= 180.0 && p.lat_deg.abs() <= 90.0;
        if is_on_earth { Ok(p) } else { Err(OutlineError::Position { x, y }) }
    }
}

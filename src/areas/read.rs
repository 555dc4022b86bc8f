//! From the packed file to [`Areas`].
//!
//! The file: `JINTUCN1`; four pairs of u32 (little endian), the length of a section and its packed
//! length; then the sections, each zlib: units (lines of code, parent, name, English, label, seat with tabs
//! between), arcs (vertices in steps of 1e-5 degrees, each as its difference to the one before), rings
//! (per county its polygons as arc numbers, the lowest bit saying backwards), towns (lines).

use std::{collections::BTreeMap, io::Read};

use super::{Area, Level, Town, bytes::Bytes};
use crate::{gazetteer::PlaceKind, language::Bilingual, units::LonLat};

const MAGIC: &[u8] = b"JINTUCN1";
/// No section is larger than this unpacked; today's largest has 1 MB.
const LARGEST: u32 = 64 << 20;
/// Steps of a degree.
pub(super) const STEPS: f64 = 100_000.0;

/// Why a file of areas cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AreasError {
    #[error("is no file of areas")]
    Foreign,
    #[error("ends too early")]
    Short,
    #[error("holds something that does not fit")]
    Wrong,
}

/// A stretch of border, drawn once for both sides.
#[derive(Debug)]
pub(super) struct Arc {
    /// Longitude and latitude in steps.
    pub(super) points: Vec<[i32; 2]>,
    pub(super) bounds: Bounds,
}

/// An arc's number and whether it is walked backwards.
pub(super) type Walk = (usize, bool);

/// A county's polygons: rings of arcs, the outer first.
#[derive(Debug)]
pub(super) struct Territory {
    pub(super) polygons: Vec<Vec<Vec<Walk>>>,
    pub(super) bounds: Bounds,
}

/// West, south, east, north in steps.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds(pub(super) [i32; 4]);

impl Bounds {
    const NONE: Self = Self([i32::MAX, i32::MAX, i32::MIN, i32::MIN]);

    #[expect(clippy::many_single_char_names, reason = "the four sides of a box")]
    fn with(self, [x, y]: [i32; 2]) -> Self {
        let [w, s, e, n] = self.0;
        Self([w.min(x), s.min(y), e.max(x), n.max(y)])
    }

    pub(super) fn joined(self, other: Self) -> Self {
        let [w, s, e, n] = other.0;
        self.with([w, s]).with([e, n])
    }

    pub(super) fn touches(self, other: Self) -> bool {
        let ([w, s, e, n], [ow, os, oe, on]) = (self.0, other.0);
        w <= oe && ow <= e && s <= on && os <= n
    }
}

/// Every unit of the country.
#[derive(Debug)]
pub struct Areas {
    /// By code.
    pub(super) units: BTreeMap<String, Area>,
    pub(super) towns: Vec<Town>,
    pub(super) arcs: Vec<Arc>,
    pub(super) territories: BTreeMap<String, Territory>,
}

impl Areas {
    /// Reads the packed file.
    ///
    /// # Errors
    /// If it is another file, ends early, or does not hold together.
    pub fn read(bytes: &[u8]) -> Result<Self, AreasError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(AreasError::Foreign)?;
        let (head, mut rest) = rest.split_at_checked(32).ok_or(AreasError::Short)?;
        let mut sections = Vec::with_capacity(4);
        for sizes in head.chunks_exact(8) {
            let size = |at: usize| {
                let four = sizes.get(at..at + 4).and_then(|b| b.try_into().ok());
                four.map(u32::from_le_bytes).ok_or(AreasError::Short)
            };
            let (packed, after) =
                rest.split_at_checked(size(4)? as usize).ok_or(AreasError::Short)?;
            sections.push(unpacked(packed, size(0)?)?);
            rest = after;
        }
        let [units, lines, rings, towns] = sections.as_slice() else {
            return Err(AreasError::Short);
        };
        let arcs = arcs(lines)?;
        let territories = territories(rings, &arcs)?;
        let areas = areas(text(units)?, &territories)?;
        if territories.keys().any(|code| !areas.contains_key(code)) {
            return Err(AreasError::Wrong);
        }
        Ok(Self { units: areas, towns: self::towns(text(towns)?)?, arcs, territories })
    }

    /// Every unit, by code.
    pub fn all(&self) -> impl Iterator<Item = &Area> {
        self.units.values()
    }

    /// Every unit that has a border of its own, by code.
    pub fn counties(&self) -> impl Iterator<Item = &Area> {
        self.territories.keys().filter_map(|code| self.units.get(code))
    }

    /// The towns, in the order of the file.
    pub fn towns(&self) -> &[Town] {
        &self.towns
    }

    /// The unit with that code.
    pub fn area(&self, code: &str) -> Option<&Area> {
        self.units.get(code)
    }
}

fn unpacked(packed: &[u8], size: u32) -> Result<Vec<u8>, AreasError> {
    if size > LARGEST {
        return Err(AreasError::Wrong);
    }
    let mut out = Vec::new();
    flate2::read::ZlibDecoder::new(packed)
        .take(u64::from(size) + 1)
        .read_to_end(&mut out)
        .map_err(|_| AreasError::Wrong)?;
    if out.len() == size as usize { Ok(out) } else { Err(AreasError::Wrong) }
}

fn text(bytes: &[u8]) -> Result<&str, AreasError> {
    std::str::from_utf8(bytes).map_err(|_| AreasError::Wrong)
}

#[expect(clippy::many_single_char_names, reason = "the four sides of a box")]
fn arcs(bytes: &[u8]) -> Result<Vec<Arc>, AreasError> {
    let mut bytes = Bytes::new(bytes);
    let mut arcs = Vec::new();
    let (mut x, mut y) = (0_i32, 0_i32);
    for _ in 0..bytes.count(5)? {
        let mut points = Vec::new();
        let mut bounds = Bounds::NONE;
        let length = bytes.count(2)?;
        points.reserve_exact(length);
        for _ in 0..length {
            x = x.checked_add(bytes.signed()?).ok_or(AreasError::Wrong)?;
            y = y.checked_add(bytes.signed()?).ok_or(AreasError::Wrong)?;
            bounds = bounds.with([x, y]);
            points.push([x, y]);
        }
        let [w, s, e, n] = bounds.0;
        if points.len() < 2 || w < -18_000_000 || e > 18_000_000 || s < -8_500_000 || n > 8_500_000
        {
            return Err(AreasError::Wrong);
        }
        arcs.push(Arc { points, bounds });
    }
    if bytes.is_empty() { Ok(arcs) } else { Err(AreasError::Wrong) }
}

fn territories(bytes: &[u8], arcs: &[Arc]) -> Result<BTreeMap<String, Territory>, AreasError> {
    let mut bytes = Bytes::new(bytes);
    let mut found = BTreeMap::new();
    for _ in 0..bytes.count(5)? {
        let code = format!("{:06}", bytes.number()?);
        let mut polygons = Vec::new();
        let mut bounds = Bounds::NONE;
        for _ in 0..bytes.count(3)? {
            let mut rings = Vec::new();
            for _ in 0..bytes.count(2)? {
                let mut ring = Vec::new();
                for _ in 0..bytes.count(1)? {
                    let walk = bytes.number()?;
                    let number = (walk >> 1) as usize;
                    bounds = bounds.joined(arcs.get(number).ok_or(AreasError::Wrong)?.bounds);
                    ring.push((number, walk & 1 == 1));
                }
                rings.push(ring);
            }
            polygons.push(rings);
        }
        if found.insert(code, Territory { polygons, bounds }).is_some() {
            return Err(AreasError::Wrong);
        }
    }
    if bytes.is_empty() { Ok(found) } else { Err(AreasError::Wrong) }
}

fn position(lon: &str, lat: &str) -> Result<Option<LonLat>, AreasError> {
    if lon.is_empty() && lat.is_empty() {
        return Ok(None);
    }
    match (lon.parse::<f64>(), lat.parse::<f64>()) {
        (Ok(lon), Ok(lat)) if lon.abs() <= 180.0 && lat.abs() <= 85.0 => {
            Ok(Some(LonLat::new(lon, lat)))
        }
        _ => Err(AreasError::Wrong),
    }
}

fn areas(
    text: &str,
    territories: &BTreeMap<String, Territory>,
) -> Result<BTreeMap<String, Area>, AreasError> {
    let mut found = BTreeMap::new();
    for line in text.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [code, parent, zh, en, label_lon, label_lat, seat_lon, seat_lat] = *fields else {
            return Err(AreasError::Wrong);
        };
        let parent = (!parent.is_empty()).then(|| parent.to_owned());
        let level = match (&parent, territories.contains_key(code)) {
            (None, _) => Level::Province,
            (Some(_), false) => Level::Prefecture,
            (Some(_), true) => Level::County,
        };
        let area = Area {
            code: code.to_owned(),
            parent,
            name: Bilingual::new(zh, en),
            level,
            label_at: position(label_lon, label_lat)?,
            seat: position(seat_lon, seat_lat)?,
        };
        found.insert(area.code.clone(), area);
    }
    // A parent stands above its child, so that nobody walks in circles.
    let holds = found.values().all(|area: &Area| match &area.parent {
        None => true,
        Some(parent) => found.get(parent).is_some_and(|above| above.level < area.level),
    });
    if holds { Ok(found) } else { Err(AreasError::Wrong) }
}

fn towns(text: &str) -> Result<Vec<Town>, AreasError> {
    text.lines()
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let [_, name, aliases, kind, lon, lat, county] = *fields else {
                return Err(AreasError::Wrong);
            };
            Ok(Town {
                name: name.to_owned(),
                aliases: aliases.split('|').filter(|a| !a.is_empty()).map(str::to_owned).collect(),
                kind: PlaceKind::from_key(kind),
                lon_lat: position(lon, lat)?.ok_or(AreasError::Wrong)?,
                county_code: county.to_owned(),
            })
        })
        .collect()
}

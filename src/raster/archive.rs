//! A `PMTiles` version 3 archive, read from bytes in memory.
//!
//! Layout after the `PMTiles` version 3 specification (github.com/protomaps/PMTiles, `spec/v3`).
//! All directories are read when the archive is opened, so that a damaged index is an error then
//! and not in the middle of a map.

use std::{io::Read as _, sync::Arc};

use flate2::read::GzDecoder;
use serde_json::Value;

use super::{
    BasemapError,
    tile_id::{MAX_ZOOM, tile_id},
};
use crate::units::Extent;

/// Archive bytes: embedded in the program or read from a file.
#[derive(Clone)]
pub enum ArchiveBytes {
    Static(&'static [u8]),
    Shared(Arc<[u8]>),
}

impl ArchiveBytes {
    fn as_slice(&self) -> &[u8] {
        match self {
            Self::Static(bytes) => bytes,
            Self::Shared(bytes) => bytes,
        }
    }
}

impl From<&'static [u8]> for ArchiveBytes {
    fn from(bytes: &'static [u8]) -> Self {
        Self::Static(bytes)
    }
}

impl<const N: usize> From<&'static [u8; N]> for ArchiveBytes {
    fn from(bytes: &'static [u8; N]) -> Self {
        Self::Static(bytes)
    }
}

impl From<Arc<[u8]>> for ArchiveBytes {
    fn from(bytes: Arc<[u8]>) -> Self {
        Self::Shared(bytes)
    }
}

impl From<Vec<u8>> for ArchiveBytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Shared(bytes.into())
    }
}

/// An opened archive: its header and its whole index.
pub struct Archive {
    bytes: ArchiveBytes,
    header: Header,
    entries: Vec<Entry>,
    pub attribution: String,
}

/// A run of tiles that share their bytes.
struct Entry {
    tile_id: u64,
    run_length: u64,
    offset: usize,
    length: usize,
}

impl Archive {
    /// Reads header, directories and metadata.
    pub fn open(bytes: ArchiveBytes) -> Result<Self, BasemapError> {
        let data = bytes.as_slice();
        let header = Header::read(data)?;
        let mut entries = Vec::new();
        read_directory(data, &header, header.root, 0, &mut entries)?;
        if !entries.is_sorted_by_key(|e: &Entry| e.tile_id) {
            return Err(BasemapError::Directory("its tiles are out of order"));
        }
        let metadata = inflate(slice(data, header.metadata)?, header.internal_gzip)?;
        let metadata: Value = serde_json::from_slice(&metadata).map_err(BasemapError::Metadata)?;
        let attribution = metadata.get("attribution").and_then(Value::as_str);
        let attribution = attribution.unwrap_or_default().to_owned();
        Ok(Self { bytes, header, entries, attribution })
    }

    pub fn zooms(&self) -> (u8, u8) {
        (self.header.min_zoom, self.header.max_zoom)
    }

    pub fn extent(&self) -> Extent {
        self.header.extent
    }

    /// The decompressed bytes of a tile, or `None` where the archive holds none.
    pub fn tile(&self, z: u8, x: u32, y: u32) -> Result<Option<Vec<u8>>, BasemapError> {
        let Some(id) = tile_id(z, x, y) else {
            return Ok(None);
        };
        let after = self.entries.partition_point(|e| e.tile_id <= id);
        let entry = after.checked_sub(1).and_then(|i| self.entries.get(i));
        let Some(entry) = entry.filter(|e| id - e.tile_id < e.run_length) else {
            return Ok(None);
        };
        let raw = slice(self.bytes.as_slice(), (entry.offset, entry.length))?;
        inflate(raw, self.header.tile_gzip).map(Some)
    }
}

/// Far more than this program's archives hold; a damaged one must not fill the memory.
const MAX_ENTRIES: usize = 1_000_000;
const MAX_INFLATED_BYTES: u64 = 16 << 20;
const MAX_DIRECTORY_DEPTH: u8 = 3;
const HEADER_BYTES: usize = 127;

type Section = (usize, usize);

struct Header {
    root: Section,
    metadata: Section,
    leaves: Section,
    tiles: Section,
    internal_gzip: bool,
    tile_gzip: bool,
    min_zoom: u8,
    max_zoom: u8,
    extent: Extent,
}

impl Header {
    fn read(data: &[u8]) -> Result<Self, BasemapError> {
        if !data.starts_with(b"PMTiles") {
            return Err(BasemapError::NotPmtiles);
        }
        let raw: &[u8; HEADER_BYTES] = data.first_chunk().ok_or(BasemapError::Truncated)?;
        if raw[7] != 3 {
            return Err(BasemapError::Version(raw[7]));
        }
        if raw[99] != 1 {
            return Err(BasemapError::Header("its tiles are not vector tiles"));
        }
        let section = |at: usize| -> Result<Section, BasemapError> {
            let section = (u64_at(raw, at)?, u64_at(raw, at + 8)?);
            slice(data, section).map(|_| section)
        };
        let degrees = |at: usize| f64::from(i32_at(raw, at)) / 1e7;
        let header = Self {
            root: section(8)?,
            metadata: section(24)?,
            leaves: section(40)?,
            tiles: section(56)?,
            internal_gzip: is_gzip(raw[97])?,
            tile_gzip: is_gzip(raw[98])?,
            min_zoom: raw[100],
            max_zoom: raw[101],
            extent: Extent {
                west_deg: degrees(102),
                south_deg: degrees(106),
                east_deg: degrees(110),
                north_deg: degrees(114),
            },
        };
        if header.min_zoom > header.max_zoom || header.max_zoom > MAX_ZOOM {
            return Err(BasemapError::Header("its zoom range is impossible"));
        }
        let extent = header.extent;
        let ordered = extent.west_deg <= extent.east_deg && extent.south_deg <= extent.north_deg;
        let on_earth = (-180.0..=180.0).contains(&extent.west_deg)
            && (-180.0..=180.0).contains(&extent.east_deg)
            && (-90.0..=90.0).contains(&extent.south_deg)
            && (-90.0..=90.0).contains(&extent.north_deg);
        if !ordered || !on_earth {
            return Err(BasemapError::Header("its extent is impossible"));
        }
        Ok(header)
    }
}

fn is_gzip(compression: u8) -> Result<bool, BasemapError> {
    match compression {
        1 => Ok(false),
        2 => Ok(true),
        _ => Err(BasemapError::Header("its compression is not gzip")),
    }
}

fn u64_at(raw: &[u8; HEADER_BYTES], at: usize) -> Result<usize, BasemapError> {
    let bytes = raw.get(at..).and_then(<[u8]>::first_chunk).copied();
    usize::try_from(u64::from_le_bytes(bytes.unwrap_or_default()))
        .map_err(|_| BasemapError::Truncated)
}

fn i32_at(raw: &[u8; HEADER_BYTES], at: usize) -> i32 {
    let bytes = raw.get(at..).and_then(<[u8]>::first_chunk).copied();
    i32::from_le_bytes(bytes.unwrap_or_default())
}

fn slice(data: &[u8], (offset, length): Section) -> Result<&[u8], BasemapError> {
    let end = offset.checked_add(length).ok_or(BasemapError::Truncated)?;
    data.get(offset..end).ok_or(BasemapError::Truncated)
}

fn inflate(raw: &[u8], gzip: bool) -> Result<Vec<u8>, BasemapError> {
    if !gzip {
        return Ok(raw.to_vec());
    }
    let mut out = Vec::new();
    let mut reader = GzDecoder::new(raw).take(MAX_INFLATED_BYTES + 1);
    reader.read_to_end(&mut out).map_err(BasemapError::Gzip)?;
    if out.len() as u64 > MAX_INFLATED_BYTES {
        return Err(BasemapError::TooLarge);
    }
    Ok(out)
}

/// Appends the tiles of a directory and of those below it.
fn read_directory(
    data: &[u8],
    header: &Header,
    section: Section,
    depth: u8,
    out: &mut Vec<Entry>,
) -> Result<(), BasemapError> {
    const CUT: BasemapError = BasemapError::Directory("it ends too early");
    if depth > MAX_DIRECTORY_DEPTH {
        return Err(BasemapError::Directory("its levels never end"));
    }
    let raw = inflate(slice(data, section)?, header.internal_gzip)?;
    let mut varints = Varints(&raw);
    let count = usize::try_from(varints.next().ok_or(CUT)?).map_err(|_| CUT)?;
    // Each entry takes at least four bytes.
    if count > raw.len() / 4 || out.len() + count > MAX_ENTRIES {
        return Err(BasemapError::Directory("it claims too many tiles"));
    }
    let mut column = || (0..count).map(|_| varints.next()).collect::<Option<Vec<u64>>>();
    let steps = column().ok_or(CUT)?;
    let runs = column().ok_or(CUT)?;
    let lengths = column().ok_or(CUT)?;
    let offsets = column().ok_or(CUT)?;

    let (mut id, mut next_offset) = (0_u64, 0_u64);
    for (((step, run), length), offset) in steps.into_iter().zip(runs).zip(lengths).zip(offsets) {
        const RANGE: BasemapError = BasemapError::Directory("a tile lies outside the archive");
        id = id.checked_add(step).ok_or(RANGE)?;
        // Zero stands for "right after the one before".
        let offset = offset.checked_sub(1).unwrap_or(next_offset);
        next_offset = offset.checked_add(length).ok_or(RANGE)?;
        let (base, size) = if run == 0 { header.leaves } else { header.tiles };
        let start = usize::try_from(offset).map_err(|_| RANGE)?;
        let end = usize::try_from(next_offset).map_err(|_| RANGE)?;
        if length == 0 || end > size {
            return Err(RANGE);
        }
        let place = (base.checked_add(start).ok_or(RANGE)?, end - start);
        if run == 0 {
            read_directory(data, header, place, depth + 1, out)?;
        } else {
            out.push(Entry { tile_id: id, run_length: run, offset: place.0, length: place.1 });
        }
    }
    Ok(())
}

/// Little-endian base-128 integers.
struct Varints<'a>(&'a [u8]);

impl Varints<'_> {
    fn next(&mut self) -> Option<u64> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            value |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }
}

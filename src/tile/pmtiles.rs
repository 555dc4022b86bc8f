//! Header and directories of a `PMTiles` archive (version 3 specification, github.com/protomaps).
//!
//! Pieces only: `basemap` reads the embedded archive's whole index with them, `store::tiles`
//! archives of any size part by part.

use std::io::Read;

use flate2::read::GzDecoder;

use super::{Content, Failure, tilejson::extent};
use crate::units::Extent;

pub const HEADER_BYTES: usize = 127;
const MOST_ENTRIES: usize = 4_000_000;
const MOST_DIRECTORY_BYTES: u64 = 64 << 20;

/// Offset and length of a part of the archive, bytes.
pub type Section = (u64, u64);

/// What an archive says of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    pub root: Section,
    pub metadata: Section,
    pub leaves: Section,
    pub tiles: Section,
    pub directories_gzipped: bool,
    pub tiles_gzipped: bool,
    pub content: Content,
    pub min_zoom: u8,
    pub max_zoom: u8,
    /// `None` for the whole world, and where it is impossible.
    pub extent: Option<Extent>,
}

/// Why an archive cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PmtilesError {
    #[error("it is no PMTiles archive")]
    NotPmtiles,
    #[error("its beginning is missing or damaged")]
    Damaged,
    #[error("it is of version {0}; convert it to version 3")]
    Version(u8),
    #[error("it is compressed with something else than gzip")]
    Compression,
    #[error("its tiles are neither vector tiles nor PNG, JPEG or WebP pictures")]
    Tiles,
}

impl From<PmtilesError> for Failure {
    fn from(_: PmtilesError) -> Self {
        Self::File
    }
}

impl Header {
    /// Reads the first 127 bytes.
    ///
    /// # Errors
    /// See [`PmtilesError`].
    pub fn read(bytes: &[u8]) -> Result<Self, PmtilesError> {
        if !bytes.starts_with(b"PMTiles") {
            return Err(PmtilesError::NotPmtiles);
        }
        let raw: &[u8; HEADER_BYTES] = bytes.first_chunk().ok_or(PmtilesError::Damaged)?;
        if raw[7] != 3 {
            return Err(PmtilesError::Version(raw[7]));
        }
        let long = |at: usize| {
            raw.get(at..).and_then(<[u8]>::first_chunk).copied().map_or(0, u64::from_le_bytes)
        };
        let degrees = |at: usize| {
            let e7 = raw.get(at..).and_then(<[u8]>::first_chunk).copied();
            f64::from(e7.map_or(0, i32::from_le_bytes)) / 1e7
        };
        let gzipped = |compression: u8| match compression {
            0 | 1 => Ok(false),
            2 => Ok(true),
            _ => Err(PmtilesError::Compression),
        };
        let content = match raw[99] {
            1 => Content::Vector,
            2..=4 => Content::Raster,
            _ => return Err(PmtilesError::Tiles),
        };
        let header = Self {
            root: (long(8), long(16)),
            metadata: (long(24), long(32)),
            leaves: (long(40), long(48)),
            tiles: (long(56), long(64)),
            directories_gzipped: gzipped(raw[97])?,
            tiles_gzipped: gzipped(raw[98])?,
            content,
            min_zoom: raw[100],
            max_zoom: raw[101],
            extent: extent(&[degrees(102), degrees(106), degrees(110), degrees(114)]),
        };
        let sound = header.min_zoom <= header.max_zoom
            && header.max_zoom <= 26
            && header.root.1 <= MOST_DIRECTORY_BYTES;
        if sound { Ok(header) } else { Err(PmtilesError::Damaged) }
    }
}

/// A run of tiles, or, with a run of zero, a directory below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub tile_id: u64,
    pub run_length: u64,
    pub offset: u64,
    pub length: u64,
}

/// Reads a directory as it lies in the archive.
///
/// # Errors
/// [`PmtilesError::Damaged`] for one that is cut off or claims what cannot be.
pub fn directory(raw: &[u8], gzipped: bool) -> Result<Vec<Entry>, PmtilesError> {
    let plain = unpacked(raw, gzipped)?;
    let mut rest = plain.as_slice();
    let count = varint(&mut rest).ok_or(PmtilesError::Damaged)?;
    let count = usize::try_from(count).map_err(|_| PmtilesError::Damaged)?;
    if count > MOST_ENTRIES || count > plain.len() {
        return Err(PmtilesError::Damaged);
    }
    let mut column = || (0..count).map(|_| varint(&mut rest)).collect::<Option<Vec<u64>>>();
    let mut next = || column().ok_or(PmtilesError::Damaged);
    let (steps, runs, lengths, offsets) = (next()?, next()?, next()?, next()?);
    let (mut tile_id, mut after) = (0_u64, 0_u64);
    let mut entries = Vec::with_capacity(count);
    for (((step, run_length), length), offset) in
        steps.into_iter().zip(runs).zip(lengths).zip(offsets)
    {
        tile_id = tile_id.checked_add(step).ok_or(PmtilesError::Damaged)?;
        // Zero stands for "right after the one before".
        let offset = offset.checked_sub(1).unwrap_or(after);
        after = offset.checked_add(length).ok_or(PmtilesError::Damaged)?;
        entries.push(Entry { tile_id, run_length, offset, length });
    }
    Ok(entries)
}

/// The entry that a tile is in, or that leads to it.
pub fn find(entries: &[Entry], tile_id: u64) -> Option<Entry> {
    let after = entries.partition_point(|entry| entry.tile_id <= tile_id);
    let entry = *entries.get(after.checked_sub(1)?)?;
    let holds = entry.run_length == 0 || tile_id - entry.tile_id < entry.run_length;
    holds.then_some(entry)
}

/// A directory or the metadata as they are meant.
///
/// # Errors
/// [`PmtilesError::Damaged`] for damaged bytes, and for more of them than any archive has.
pub fn unpacked(raw: &[u8], gzipped: bool) -> Result<Vec<u8>, PmtilesError> {
    if !gzipped {
        return Ok(raw.to_vec());
    }
    let mut out = Vec::new();
    let mut reader = GzDecoder::new(raw).take(MOST_DIRECTORY_BYTES + 1);
    reader.read_to_end(&mut out).map_err(|_| PmtilesError::Damaged)?;
    if out.len() as u64 > MOST_DIRECTORY_BYTES { Err(PmtilesError::Damaged) } else { Ok(out) }
}

fn varint(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let (&byte, after) = rest.split_first()?;
        *rest = after;
        value |= u64::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

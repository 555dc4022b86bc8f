//! A `PMTiles` archive that lies in memory, with its whole index.
//!
//! All directories are read when the archive is opened, so that a damaged index is an error then
//! and not in the middle of a map.

use std::sync::Arc;

use serde_json::Value;

use super::error::BasemapError;
use crate::{
    tile::{
        Content,
        pmtiles::{Entry, HEADER_BYTES, Header, Section, directory, find, unpacked},
        tile_id,
    },
    units::Extent,
};

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

/// An opened archive.
pub struct Archive {
    bytes: ArchiveBytes,
    header: Header,
    extent: Extent,
    /// Runs of tiles, in order; their offsets count from the beginning of the archive.
    entries: Vec<Entry>,
    pub attribution: String,
}

impl Archive {
    /// Reads header, directories and metadata.
    pub fn open(bytes: ArchiveBytes) -> Result<Self, BasemapError> {
        let data = bytes.as_slice();
        let header = Header::read(data.get(..HEADER_BYTES).unwrap_or(data))?;
        if header.content != Content::Vector {
            return Err(BasemapError::NotVector);
        }
        for section in [header.root, header.metadata, header.leaves, header.tiles] {
            slice(data, section)?;
        }
        let extent = header.extent.ok_or(BasemapError::Extent)?;
        let mut entries = Vec::new();
        read_directory(data, &header, header.root, 0, &mut entries)?;
        if !entries.is_sorted_by_key(|entry: &Entry| entry.tile_id) {
            return Err(BasemapError::Directory("its tiles are out of order"));
        }
        let metadata = unpacked(slice(data, header.metadata)?, header.directories_gzipped)?;
        let metadata: Value = serde_json::from_slice(&metadata).map_err(BasemapError::Metadata)?;
        let attribution = metadata.get("attribution").and_then(Value::as_str);
        let attribution = attribution.unwrap_or_default().to_owned();
        Ok(Self { bytes, header, extent, entries, attribution })
    }

    /// Lowest and highest zoom with tiles.
    pub fn zooms(&self) -> (u8, u8) {
        (self.header.min_zoom, self.header.max_zoom)
    }

    pub fn extent(&self) -> Extent {
        self.extent
    }

    /// The unpacked bytes of a tile, or `None` where the archive holds none.
    pub fn tile(&self, z: u8, x: u32, y: u32) -> Result<Option<Vec<u8>>, BasemapError> {
        let Some(entry) = tile_id(z, x, y).and_then(|id| find(&self.entries, id)) else {
            return Ok(None);
        };
        let raw = slice(self.bytes.as_slice(), (entry.offset, entry.length))?;
        Ok(Some(unpacked(raw, self.header.tiles_gzipped)?))
    }
}

/// Far more than this program's archives hold; a damaged one must not fill the memory.
const MOST_ENTRIES: usize = 1_000_000;
const DEEPEST: u8 = 3;

fn slice(data: &[u8], (offset, length): Section) -> Result<&[u8], BasemapError> {
    let end = offset.checked_add(length).ok_or(BasemapError::Truncated)?;
    let place = |at: u64| usize::try_from(at).map_err(|_| BasemapError::Truncated);
    data.get(place(offset)?..place(end)?).ok_or(BasemapError::Truncated)
}

/// Appends the tiles of a directory and of those below it.
fn read_directory(
    data: &[u8],
    header: &Header,
    section: Section,
    depth: u8,
    out: &mut Vec<Entry>,
) -> Result<(), BasemapError> {
    if depth > DEEPEST {
        return Err(BasemapError::Directory("its levels never end"));
    }
    let entries = directory(slice(data, section)?, header.directories_gzipped)?;
    if out.len() + entries.len() > MOST_ENTRIES {
        return Err(BasemapError::Directory("it claims too many tiles"));
    }
    for entry in entries {
        const RANGE: BasemapError = BasemapError::Directory("a tile lies outside the archive");
        let (base, size) = if entry.run_length == 0 { header.leaves } else { header.tiles };
        let end = entry.offset.checked_add(entry.length).ok_or(RANGE)?;
        if entry.length == 0 || end > size {
            return Err(RANGE);
        }
        let offset = base.checked_add(entry.offset).ok_or(RANGE)?;
        if entry.run_length == 0 {
            read_directory(data, header, (offset, entry.length), depth + 1, out)?;
        } else {
            out.push(Entry { offset, ..entry });
        }
    }
    Ok(())
}

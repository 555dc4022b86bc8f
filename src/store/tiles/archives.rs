//! Tiles in files: `PMTiles`, folders.

use std::{
    collections::HashMap,
    fs,
    io::{Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use super::http::Client;
use crate::tile::{
    Failure, MAX_BODY_BYTES, Scheme, TileId,
    pmtiles::{Entry, HEADER_BYTES, Header, directory, find},
    template::flipped,
    tile_id,
};

/// Something that has tiles at hand. `None` where it holds none.
pub trait Archive: Send {
    /// # Errors
    /// A file that cannot be read, or is damaged.
    fn tile(&mut self, tile: TileId) -> Result<Option<Vec<u8>>, Failure>;
}

/// Where the bytes of a `PMTiles` archive come from.
pub trait RangeRead: Send {
    /// # Errors
    /// Fewer bytes than asked for count as damage.
    fn read(&mut self, offset: u64, length: u64) -> Result<Vec<u8>, Failure>;
}

/// A file on disk.
pub struct FileRange(fs::File);

impl FileRange {
    /// # Errors
    /// [`Failure::File`].
    pub fn open(path: &Path) -> Result<Self, Failure> {
        fs::File::open(path).map(Self).map_err(|_| Failure::File)
    }
}

impl RangeRead for FileRange {
    fn read(&mut self, offset: u64, length: u64) -> Result<Vec<u8>, Failure> {
        self.0.seek(SeekFrom::Start(offset)).map_err(|_| Failure::File)?;
        let mut bytes = Vec::new();
        let read = (&mut self.0).take(length).read_to_end(&mut bytes);
        read.map_err(|_| Failure::File)?;
        if bytes.len() as u64 == length { Ok(bytes) } else { Err(Failure::File) }
    }
}

/// A file behind an address whose server knows ranges.
pub struct HttpRange {
    pub client: Client,
    pub url: String,
}

impl RangeRead for HttpRange {
    fn read(&mut self, offset: u64, length: u64) -> Result<Vec<u8>, Failure> {
        self.client.range(&self.url, offset, length)
    }
}

/// A `PMTiles` archive; directories are read when they are needed, and kept.
pub struct Pmtiles<R> {
    range: R,
    header: Header,
    directories: HashMap<u64, Vec<Entry>>,
}

impl<R: RangeRead> Pmtiles<R> {
    /// # Errors
    /// No archive of version 3, or what the range tells.
    pub fn open(mut range: R) -> Result<Self, Failure> {
        let header = Header::read(&range.read(0, HEADER_BYTES as u64)?)?;
        Ok(Self { range, header, directories: HashMap::new() })
    }

    pub const fn header(&self) -> &Header {
        &self.header
    }

    fn entries(&mut self, offset: u64, length: u64) -> Result<&[Entry], Failure> {
        const MOST_KEPT: usize = 64;
        if length > MAX_BODY_BYTES {
            return Err(Failure::File);
        }
        if !self.directories.contains_key(&offset) {
            let raw = self.range.read(offset, length)?;
            let entries = directory(&raw, self.header.directories_gzipped)?;
            if self.directories.len() >= MOST_KEPT {
                self.directories.clear();
            }
            self.directories.insert(offset, entries);
        }
        Ok(self.directories.get(&offset).map_or(&[][..], Vec::as_slice))
    }
}

impl<R: RangeRead> Archive for Pmtiles<R> {
    fn tile(&mut self, TileId { z, x, y }: TileId) -> Result<Option<Vec<u8>>, Failure> {
        const DEEPEST: u8 = 4;
        let Some(id) = tile_id(z, x, y) else { return Ok(None) };
        let (mut offset, mut length) = self.header.root;
        for _ in 0..DEEPEST {
            let Some(entry) = find(self.entries(offset, length)?, id) else { return Ok(None) };
            let base = if entry.run_length == 0 { self.header.leaves } else { self.header.tiles };
            let at = base.0.checked_add(entry.offset).ok_or(Failure::File)?;
            if entry.run_length > 0 {
                if entry.length > MAX_BODY_BYTES {
                    return Err(Failure::TooLarge);
                }
                return self.range.read(at, entry.length).map(Some);
            }
            (offset, length) = (at, entry.length);
        }
        Err(Failure::File)
    }
}

/// A folder of `z/x/y` files.
pub struct Folder {
    pub path: PathBuf,
    pub scheme: Scheme,
}

impl Archive for Folder {
    fn tile(&mut self, tile: TileId) -> Result<Option<Vec<u8>>, Failure> {
        let row = match self.scheme {
            Scheme::Xyz => tile.y,
            Scheme::Tms => flipped(tile),
        };
        let column = self.path.join(tile.z.to_string()).join(tile.x.to_string());
        for extension in ["png", "jpg", "jpeg", "webp", "pbf", "mvt"] {
            let path = column.join(format!("{row}.{extension}"));
            let Ok(file) = fs::File::open(path) else { continue };
            let mut bytes = Vec::new();
            file.take(MAX_BODY_BYTES + 1).read_to_end(&mut bytes).map_err(|_| Failure::File)?;
            return Ok(Some(bytes));
        }
        Ok(None)
    }
}

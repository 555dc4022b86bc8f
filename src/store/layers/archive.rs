//! ZIP files that hold other files: their names and streams, nothing unpacked to disk.

use std::{
    fs::File,
    io::{BufReader, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use encoding_rs::GB18030;
use flate2::read::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

/// A ZIP file, open.
#[derive(Debug)]
pub struct Archive {
    path: PathBuf,
    entries: Vec<Entry>,
}

/// A file in it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// With folders, in the way of writing of the archive.
    pub name: String,
    start: u64,
    packed: u64,
    /// As the archive states it, and no more than a file of its packed size may become.
    pub len_bytes: u64,
    deflated: bool,
}

/// What every file may unpack to, and how often its packed size beyond: more is a bomb.
const LEAST_UNPACKED: u64 = 64 << 20;
const MOST_TIMES: u64 = 200;
/// Files of an archive that are looked at.
const MOST_ENTRIES: usize = 20_000;

impl Archive {
    /// # Errors
    /// A file that is none or cannot be read.
    pub fn open(path: &Path) -> std::io::Result<Self> {
        let mut zip = ZipArchive::new(BufReader::new(File::open(path)?))?;
        let mut entries = Vec::new();
        for i in 0..zip.len().min(MOST_ENTRIES) {
            // What is damaged or encrypted does not spoil what stands beside it.
            let Ok(file) = zip.by_index_raw(i) else { continue };
            let deflated = file.compression() == CompressionMethod::Deflated;
            let plain = file.compression() == CompressionMethod::Stored;
            if file.is_dir() || file.encrypted() || !(deflated || plain) {
                continue;
            }
            let Some(start) = file.data_start() else { continue };
            let packed = file.compressed_size();
            let most = LEAST_UNPACKED.saturating_add(packed.saturating_mul(MOST_TIMES));
            entries.push(Entry {
                name: words(file.name_raw()),
                start,
                packed,
                len_bytes: file.size().min(most),
                deflated,
            });
        }
        Ok(Self { path: path.to_owned(), entries })
    }

    /// Those of an ending, in any case, that are no droppings of macOS.
    pub fn ending(&self, extensions: &[&str]) -> Vec<&Entry> {
        let wanted = |entry: &&Entry| {
            let own = entry.extension();
            extensions.contains(&own.as_str()) && !entry.name.starts_with("__MACOSX/")
        };
        self.entries.iter().filter(wanted).collect()
    }

    /// The file beside another, of the same name with another ending.
    pub fn sibling(&self, of: &Entry, extension: &str) -> Option<&Entry> {
        let same = |entry: &&Entry| {
            entry.extension() == extension && entry.path_stem().eq_ignore_ascii_case(of.path_stem())
        };
        self.entries.iter().find(same)
    }

    /// Its bytes, unpacked as they are asked for.
    ///
    /// # Errors
    /// The archive can no longer be opened.
    pub fn stream(&self, entry: &Entry) -> std::io::Result<Box<dyn Read>> {
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(entry.start))?;
        let packed = BufReader::with_capacity(1 << 16, file.take(entry.packed));
        if entry.deflated {
            Ok(Box::new(DeflateDecoder::new(packed).take(entry.len_bytes)))
        } else {
            Ok(Box::new(packed.take(entry.len_bytes)))
        }
    }
}

impl Entry {
    fn extension(&self) -> String {
        let dot = self.file_name().rfind('.');
        dot.and_then(|at| self.file_name().get(at + 1..)).unwrap_or_default().to_lowercase()
    }

    fn file_name(&self) -> &str {
        self.name.rsplit(['/', '\\']).next().unwrap_or_default()
    }

    /// Its name with folders, without the ending.
    pub fn path_stem(&self) -> &str {
        self.name.rsplit_once('.').map_or(&self.name, |(stem, _)| stem)
    }

    /// Its name without folders and ending.
    pub fn stem(&self) -> &str {
        self.file_name().rsplit_once('.').map_or(self.file_name(), |(stem, _)| stem)
    }
}

/// Names are UTF-8, or of a Chinese Windows.
fn words(raw: &[u8]) -> String {
    std::str::from_utf8(raw).map_or_else(|_| GB18030.decode(raw).0.into_owned(), str::to_owned)
}

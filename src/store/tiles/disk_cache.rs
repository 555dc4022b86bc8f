//! Tiles kept on disk: bounded, honest about their age, and never in the way.
//!
//! One file per tile below a folder per source. A file that cannot be read counts as not there, a
//! disk that cannot be written is written to no more.

use std::{
    fs,
    io::{self, Read, Write},
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use super::http::Mark;
use crate::tile::{MAX_BODY_BYTES, TileId};

/// Where the server does not say.
const USUAL_AGE: Duration = Duration::from_hours(7 * 24);
const MAGIC: &[u8; 8] = b"jintu-1\n";

/// A folder of tiles.
#[derive(Debug)]
pub struct DiskCache {
    folder: PathBuf,
    most_bytes: u64,
    bytes: AtomicU64,
    broken: AtomicBool,
    writes: AtomicU64,
}

/// A tile as it was kept.
#[derive(Debug, PartialEq, Eq)]
pub struct Kept {
    pub body: Vec<u8>,
    pub mark: Mark,
    pub is_fresh: bool,
}

impl DiskCache {
    /// A cache in a folder; what is there already is counted.
    pub fn open(folder: PathBuf, most_bytes: u64) -> Self {
        let bytes = files(&folder).iter().map(|file| file.bytes).sum();
        Self {
            folder,
            most_bytes,
            bytes: AtomicU64::new(bytes),
            broken: AtomicBool::new(false),
            writes: AtomicU64::new(0),
        }
    }

    /// A kept tile, fresh or stale.
    pub fn get(&self, source: &str, tile: TileId) -> Option<Kept> {
        let file = fs::File::open(self.path(source, tile)).ok()?;
        let mut bytes = Vec::new();
        file.take(MAX_BODY_BYTES + 4096).read_to_end(&mut bytes).ok()?;
        decode(&bytes)
    }

    /// Keeps a tile. Says `false` when the disk does not take it; the map goes on without.
    pub fn put(
        &self,
        source: &str,
        tile: TileId,
        body: &[u8],
        mark: &Mark,
        max_age: Option<Duration>,
    ) -> bool {
        if self.broken.load(Ordering::Relaxed) {
            return false;
        }
        let path = self.path(source, tile);
        let bytes = encode(body, mark, max_age);
        if write(&path, &bytes).is_err() {
            self.broken.store(true, Ordering::Relaxed);
            return false;
        }
        let all = self.bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed) + bytes.len() as u64;
        let writes = self.writes.fetch_add(1, Ordering::Relaxed);
        if all > self.most_bytes && writes.is_multiple_of(64) {
            self.shrink();
        }
        true
    }

    /// Whether the disk has refused a tile.
    pub fn is_broken(&self) -> bool {
        self.broken.load(Ordering::Relaxed)
    }

    /// Down to nine tenths, the oldest first.
    fn shrink(&self) {
        let mut all = files(&self.folder);
        all.sort_by_key(|file| file.modified);
        let mut bytes: u64 = all.iter().map(|file| file.bytes).sum();
        for file in all {
            if bytes <= self.most_bytes / 10 * 9 {
                break;
            }
            if fs::remove_file(&file.path).is_ok() {
                bytes -= file.bytes;
            }
        }
        self.bytes.store(bytes, Ordering::Relaxed);
    }

    fn path(&self, source: &str, TileId { z, x, y }: TileId) -> PathBuf {
        // A source's id is made for this; what is not a letter or digit cannot lead elsewhere.
        let safe: String = source
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' })
            .collect();
        self.folder.join(safe).join(z.to_string()).join(x.to_string()).join(format!("{y}.tile"))
    }
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    // Two workers never hold the same tile; two programs may.
    let part = path.with_extension(format!("{}.part", std::process::id()));
    let written = fs::File::create(&part)
        .and_then(|mut file| file.write_all(bytes))
        .and_then(|()| fs::rename(&part, path));
    if written.is_err() {
        // Best effort: the first failure is the one that counts.
        let _ = fs::remove_file(&part);
    }
    written
}

fn now_s() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

fn encode(body: &[u8], mark: &Mark, max_age: Option<Duration>) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    let until = now_s().saturating_add(max_age.unwrap_or(USUAL_AGE).as_secs());
    out.extend(until.to_le_bytes());
    for part in [&mark.etag, &mark.last_modified] {
        let text = part.as_deref().unwrap_or_default();
        let text = text.get(..text.len().min(512)).unwrap_or_default();
        out.extend(u16::try_from(text.len()).unwrap_or(0).to_le_bytes());
        out.extend(text.as_bytes());
    }
    out.extend(u32::try_from(body.len()).unwrap_or(0).to_le_bytes());
    out.extend(body);
    out
}

fn decode(bytes: &[u8]) -> Option<Kept> {
    let rest = bytes.strip_prefix(MAGIC)?;
    let (until, mut rest) = rest.split_first_chunk::<8>()?;
    let mut text = || {
        let (length, after) = rest.split_first_chunk::<2>()?;
        let (text, after) = after.split_at_checked(usize::from(u16::from_le_bytes(*length)))?;
        rest = after;
        let text = std::str::from_utf8(text).ok()?;
        Some((!text.is_empty()).then(|| text.to_owned()))
    };
    let mark = Mark { etag: text()?, last_modified: text()? };
    let (length, body) = rest.split_first_chunk::<4>()?;
    if body.len() != u32::from_le_bytes(*length) as usize {
        return None;
    }
    let is_fresh = now_s() < u64::from_le_bytes(*until);
    Some(Kept { body: body.to_vec(), mark, is_fresh })
}

struct File {
    path: PathBuf,
    bytes: u64,
    modified: SystemTime,
}

fn files(folder: &Path) -> Vec<File> {
    let mut out = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let Ok(about) = entry.metadata() else { continue };
            if about.is_dir() {
                open.push(entry.path());
            } else {
                let modified = about.modified().unwrap_or(UNIX_EPOCH);
                out.push(File { path: entry.path(), bytes: about.len(), modified });
            }
        }
    }
    out
}

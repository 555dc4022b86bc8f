//! Tiles kept on disk: bounded, honest about their age, and never in the way.
//!
//! One file per tile below a folder per source. A file that cannot be read counts as not there; a
//! disk that cannot be written is left alone for a while.

use std::{
    fs,
    io::{self, Read, Write},
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use flate2::Crc;

use super::http::Mark;
use crate::tile::{MAX_BODY_BYTES, TileId};

/// Where the server does not say.
const USUAL_AGE: Duration = Duration::from_hours(7 * 24);
/// A disk that could not be written is tried again after so long.
const REST: Duration = Duration::from_mins(1);
/// The time of a tile's last use is no finer than this.
const USE_STEP: Duration = Duration::from_hours(1);
const MAGIC: &[u8; 8] = b"jintu-2\n";
const MAX_HEAD_BYTES: u64 = 4096;
const LONGEST_MARK: usize = 512;

/// A folder of tiles.
#[derive(Debug)]
pub struct DiskCache {
    folder: PathBuf,
    most_bytes: u64,
    /// Of all files; `None` until they have been counted.
    bytes: Mutex<Option<u64>>,
    shrinking: Mutex<()>,
    rests_since: Mutex<Option<Instant>>,
    was_told: AtomicBool,
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
    /// A cache in a folder, which is not touched before the first tile.
    pub const fn new(folder: PathBuf, most_bytes: u64) -> Self {
        Self {
            folder,
            most_bytes,
            bytes: Mutex::new(None),
            shrinking: Mutex::new(()),
            rests_since: Mutex::new(None),
            was_told: AtomicBool::new(false),
            writes: AtomicU64::new(0),
        }
    }

    /// A kept tile, fresh or stale.
    pub fn get(&self, source: &str, tile: TileId) -> Option<Kept> {
        let path = self.path(source, tile);
        let file = fs::File::open(&path).ok()?;
        let used = file.metadata().and_then(|about| about.modified());
        let mut bytes = Vec::new();
        file.take(MAX_BODY_BYTES + MAX_HEAD_BYTES).read_to_end(&mut bytes).ok()?;
        let kept = decode(&bytes)?;
        if used.is_ok_and(|used| used.elapsed().is_ok_and(|ago| ago > USE_STEP)) {
            touch(&path);
        }
        Some(kept)
    }

    /// Keeps a tile.
    ///
    /// # Errors
    /// A disk that does not take it, the first time; then the map goes on without, quietly.
    pub fn put(
        &self,
        source: &str,
        tile: TileId,
        body: &[u8],
        mark: &Mark,
        max_age: Option<Duration>,
    ) -> io::Result<()> {
        if locked(&self.rests_since).is_some_and(|since| since.elapsed() < REST) {
            return Ok(());
        }
        let path = self.path(source, tile);
        let bytes = encode(body, mark, max_age);
        let number = self.writes.fetch_add(1, Ordering::Relaxed);
        if let Err(e) = write(&path, &bytes, number) {
            *locked(&self.rests_since) = Some(Instant::now());
            return if self.was_told.swap(true, Ordering::Relaxed) { Ok(()) } else { Err(e) };
        }
        *locked(&self.rests_since) = None;
        if self.count(bytes.len() as u64) > self.most_bytes {
            self.shrink();
        }
        Ok(())
    }

    /// Adds what was written to what is there, and says how much that is.
    fn count(&self, written: u64) -> u64 {
        let mut bytes = locked(&self.bytes);
        let all = match *bytes {
            Some(before) => before + written,
            None => files(&self.folder).iter().map(|file| file.bytes).sum(),
        };
        *bytes = Some(all);
        all
    }

    /// Down to nine tenths, the longest unused first. One worker does it; others go on.
    fn shrink(&self) {
        let Ok(_alone) = self.shrinking.try_lock() else { return };
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
        *locked(&self.bytes) = Some(bytes);
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

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // Single values, whole at any time.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn write(path: &Path, bytes: &[u8], number: u64) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    // Neither two workers nor two programs write the same file.
    let part = path.with_extension(format!("{}-{number}.part", std::process::id()));
    let written = fs::File::create(&part)
        .and_then(|mut file| file.write_all(bytes))
        .and_then(|()| fs::rename(&part, path));
    if written.is_err() {
        // Best effort: the first failure is the one that counts.
        let _ = fs::remove_file(&part);
    }
    written
}

fn touch(path: &Path) {
    // Where it cannot be written, its use is not known: it goes earlier than it need.
    let file = fs::OpenOptions::new().append(true).open(path);
    let _ = file.and_then(|file| file.set_modified(SystemTime::now()));
}

fn now_s() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

fn encode(body: &[u8], mark: &Mark, max_age: Option<Duration>) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    let until = now_s().saturating_add(max_age.unwrap_or(USUAL_AGE).as_secs());
    out.extend(until.to_le_bytes());
    for part in [&mark.etag, &mark.last_modified] {
        // Half a mark is none.
        let text = part.as_deref().filter(|text| text.len() <= LONGEST_MARK).unwrap_or_default();
        out.extend(u16::try_from(text.len()).unwrap_or(0).to_le_bytes());
        out.extend(text.as_bytes());
    }
    out.extend(u32::try_from(body.len()).unwrap_or(0).to_le_bytes());
    out.extend(checksum(body).to_le_bytes());
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
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let (sum, body) = rest.split_first_chunk::<4>()?;
    let is_whole = body.len() == u32::from_le_bytes(*length) as usize
        && checksum(body) == u32::from_le_bytes(*sum);
    let is_fresh = now_s() < u64::from_le_bytes(*until);
    is_whole.then(|| Kept { body: body.to_vec(), mark, is_fresh })
}

fn checksum(body: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(body);
    crc.sum()
}

struct File {
    path: PathBuf,
    bytes: u64,
    modified: SystemTime,
}

/// The cache's own files; what else lies there is not ours.
fn files(folder: &Path) -> Vec<File> {
    let mut out = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let (Ok(about), path) = (entry.metadata(), entry.path()) else { continue };
            let extension = path.extension();
            if about.is_dir() {
                open.push(path);
            } else if extension.is_some_and(|e| e == "tile" || e == "part") {
                let modified = about.modified().unwrap_or(UNIX_EPOCH);
                out.push(File { path, bytes: about.len(), modified });
            }
        }
    }
    out
}

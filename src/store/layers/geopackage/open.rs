//! Opening a database that is somebody else's: nothing beside it is made, changed or left.

use std::{
    ffi::OsString,
    fs::{self, File},
    io::{Read, Write},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, SystemTime},
};

use rusqlite::{Connection, OpenFlags, limits::Limit};

use super::{
    super::{Fault, LayerError, Sink, Source},
    rows::Bounds,
};
use crate::store::unchanging::address;

/// An open file, and the copy that it is read from where it must not be touched.
pub struct Package {
    pub connection: Connection,
    /// Set where nobody is kept from changing the file.
    stamp: Option<Stamp>,
    bytes: u64,
    /// Removed after the connection is closed: fields are dropped in order.
    _copy: Option<Copy>,
}

type Stamp = (u64, Option<SystemTime>);

const NAME: &str = "GeoPackage";

/// How long another program's lock is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

impl Package {
    /// Opens a file, to read it as it is now.
    ///
    /// Beside a write-ahead log `SQLite` makes an index of it, and beside an unfinished journal it
    /// mends the file: where it would, a copy is read instead. Where there is no log, and where the
    /// folder or the medium allows no locks, the file is taken as one that nobody changes, and
    /// whether that was so is checked at the end.
    ///
    /// # Errors
    /// A file that is no database, or whose bytes cannot be had; a copy that cannot be made.
    pub fn open(source: &Source<'_>, sink: &mut Sink<'_>) -> Result<Self, LayerError> {
        let bytes = source.len_bytes()?;
        let stamp = stamp(source.path).map_err(|reason| source.unreadable(reason))?;
        let has_log = size(&beside(source.path, "-wal")) > 0;
        let has_index = beside(source.path, "-shm").exists();
        let with_log = source.start.get(18..20).is_some_and(|modes| modes.contains(&2));
        let done = |connection, stamp, copy| Self { connection, stamp, bytes, _copy: copy };
        if has_log && !has_index {
            let copy = Copy::of(source, sink)?;
            return copy.open().map(|c| done(c, None, Some(copy))).map_err(|e| broken(source, &e));
        }
        if has_log || !with_log {
            match connect(source.path, false, bytes) {
                Ok(connection) => return Ok(done(connection, None, None)),
                Err(e) if is_damage(&e) => return Err(broken(source, &e)),
                Err(_) if has_log || is_hot(&beside(source.path, "-journal")) => {
                    let copy = Copy::of(source, sink)?;
                    let opened = copy.open().map(|c| done(c, None, Some(copy)));
                    return opened.map_err(|e| broken(source, &e));
                }
                Err(_) => {}
            }
        }
        let connection = connect(source.path, true, bytes).map_err(|e| broken(source, &e))?;
        Ok(done(connection, Some(stamp), None))
    }

    /// # Errors
    /// Somebody has changed the file since it was opened.
    pub fn unchanged(&self, source: &Source<'_>) -> Result<(), LayerError> {
        let now = || stamp(source.path).ok();
        if self.stamp.is_some_and(|then| now() != Some(then)) {
            return Err(source.faulty(NAME, Fault::Changed));
        }
        Ok(())
    }

    /// The most that a layer may hold. Rows are bytes of the file; a view can make them without
    /// end, and so can a tree of pages that leads back to itself.
    pub fn bounds(&self) -> Bounds {
        let bytes = usize::try_from(self.bytes).unwrap_or(usize::MAX);
        Bounds { rows: (bytes / 2).max(10_000), bytes: bytes.saturating_mul(16).max(64 << 20) }
    }
}

fn broken(source: &Source<'_>, reason: &rusqlite::Error) -> LayerError {
    use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
    let half = |at: usize| source.start.get(at..)?.first_chunk().copied().map(u16::from_be_bytes);
    let pages = source.start.get(28..).and_then(<[u8]>::first_chunk).copied();
    // The head tells the size of a page (1 for 65 536) and how many there are.
    let page = half(16).map_or(0, |size| if size == 1 { 1 << 16 } else { u64::from(size) });
    let told = page * u64::from(pages.map_or(0, u32::from_be_bytes));
    let is_short = source.len_bytes().is_ok_and(|bytes| bytes < told);
    match reason.sqlite_error_code() {
        Some(DatabaseCorrupt | NotADatabase) if is_short => source.faulty(NAME, Fault::Truncated),
        Some(NotADatabase) => source.faulty(NAME, Fault::BadHead),
        _ => source.damaged(NAME, reason),
    }
}

fn is_damage(reason: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
    matches!(reason.sqlite_error_code(), Some(DatabaseCorrupt | NotADatabase))
}

/// A connection that has begun to read: what it sees stays the same until it is closed.
fn connect(path: &Path, unchanging: bool, bytes: u64) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    let connection = if unchanging {
        Connection::open_with_flags(address(path), flags)?
    } else {
        Connection::open_with_flags(path, flags.difference(OpenFlags::SQLITE_OPEN_URI))?
    };
    prepare(&connection, bytes)?;
    Ok(connection)
}

fn prepare(connection: &Connection, bytes: u64) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    // No value of the file is longer than the file; a view makes some by a formula.
    let most = i32::try_from(bytes.saturating_mul(2).max(1 << 20)).unwrap_or(i32::MAX);
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, most.min(1_000_000_000))?;
    // Pages are read, not mapped: a file that is cut or pulled out while it is mapped ends the
    // program. 16 MB of pages keep the inner ones of any index; what is read once is read once.
    connection.execute_batch(
        "PRAGMA mmap_size = 0; PRAGMA cache_size = -16384; PRAGMA trusted_schema = OFF; \
         PRAGMA temp_store = FILE; BEGIN; SELECT count(*) FROM sqlite_master;",
    )
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    PathBuf::from(name)
}

fn size(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |about| about.len())
}

fn stamp(path: &Path) -> std::io::Result<Stamp> {
    let about = fs::metadata(path)?;
    Ok((about.len(), about.modified().ok()))
}

/// Whether a journal was left by a program that did not come to its end.
fn is_hot(journal: &Path) -> bool {
    let mut magic = [0; 8];
    let read = File::open(journal).and_then(|mut file| file.read_exact(&mut magic));
    read.is_ok() && magic == [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7]
}

/// A copy of a file, its log and its journal, in a folder of its own that goes when it is dropped.
struct Copy(PathBuf, u64);

/// Makes a folder that nobody else may look into, where the system can say so.
fn private_folder(path: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        fs::DirBuilder::new().mode(0o700).create(path)
    }
    #[cfg(not(unix))]
    fs::create_dir(path)
}

impl Copy {
    fn of(source: &Source<'_>, sink: &mut Sink<'_>) -> Result<Self, LayerError> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let failed = |reason| source.unreadable(reason);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("jintu-gpkg-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        private_folder(&folder).map_err(failed)?;
        let own = Self(folder, source.len_bytes()?);
        // The log first: of what comes after it the log knows nothing.
        for ending in ["-wal", "-journal", ""] {
            let from = beside(source.path, ending);
            if ending.is_empty() || size(&from) > 0 {
                let mut from = File::open(&from).map_err(failed)?;
                let mut into = File::create(beside(&own.file(), ending)).map_err(failed)?;
                let mut buffer = vec![0; 1 << 20];
                loop {
                    let count = from.read(&mut buffer).map_err(failed)?;
                    if count == 0 {
                        break;
                    }
                    into.write_all(buffer.get(..count).unwrap_or_default()).map_err(failed)?;
                    sink.check()?;
                }
            }
        }
        Ok(own)
    }

    fn file(&self) -> PathBuf {
        self.0.join("copy.gpkg")
    }

    fn open(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(self.file(), flags)?;
        prepare(&connection, self.1)?;
        Ok(connection)
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // A temporary folder that cannot be removed is swept with the others by the system.
        let _ = fs::remove_dir_all(&self.0);
    }
}

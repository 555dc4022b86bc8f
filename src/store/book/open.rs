//! Opening a workbook, and looking at a file that may be one.

use std::{
    fs::{self, File},
    io::Read,
    path::Path,
    sync::Arc,
    time::Duration,
};

use rusqlite::{Connection, ErrorCode, OpenFlags, config::DbConfig};

use super::{
    BookError, Holder, ReadOnly, Workbook,
    error::{is_full, of},
    holder::{self, Held, Hold},
    log, migrate, schema,
};
use crate::{
    book::{Book, History, TABLES, VERSION},
    catalogue::{
        lower::{Base, Lowered, lower_book},
        seed::SeedFiles,
    },
    store::{SEEDS, folders::private_folder, unchanging},
};

/// What a workbook is opened for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// To be changed, where that is possible; who asks is told to others.
    Write(Holder),
    /// Only to be read: nothing on disk changes.
    Read,
}

/// How long another program's lock is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// Says whether a file is a workbook, and of which version, without a lock and without making anything
/// beside it.
///
/// # Errors
/// What it is instead, or why it cannot be read.
pub fn look(path: &Path) -> Result<u32, BookError> {
    let unread = |reason| BookError::Read { path: path.to_owned(), reason };
    let about = fs::metadata(path).map_err(unread)?;
    if about.is_dir() {
        return Err(BookError::Directory { path: path.to_owned() });
    }
    if !about.is_file() {
        return Err(BookError::NoRegularFile { path: path.to_owned() });
    }
    let mut start = Vec::new();
    let file = File::open(path).map_err(unread)?;
    file.take(100).read_to_end(&mut start).map_err(unread)?;
    if !start.starts_with(b"SQLite format 3\0") {
        return Err(BookError::NotABook { path: path.to_owned() });
    }
    let seen = match peek(path) {
        // Half written, by a program that writes now or was killed as it wrote.
        Err(e) if matches!(of(path, &e), BookError::Damaged { .. }) && !has_log(&start) => {
            match locked_peek(path) {
                Err(e) if e.sqlite_error_code() == Some(ErrorCode::ReadOnly) => peek_at_copy(path),
                seen => seen,
            }
        }
        seen => seen,
    };
    told(path, seen)
}

/// Whether the head of a database says that it has a write-ahead log.
fn has_log(start: &[u8]) -> bool {
    start.get(18..20).is_some_and(|modes| modes.contains(&2))
}

/// As [`peek`], after waiting for who writes. Without a log it makes nothing beside the file; a journal
/// that would have to be rolled back is an error (`ReadOnly`).
fn locked_peek(path: &Path) -> rusqlite::Result<Option<u32>> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let file = Connection::open_with_flags(path, flags)?;
    file.busy_timeout(PATIENCE)?;
    version_of(&file)
}

/// Whose a half-written file is, is seen in a copy: there its journal is rolled back.
fn peek_at_copy(path: &Path) -> rusqlite::Result<Option<u32>> {
    let unreadable = |_| rusqlite::Error::InvalidPath(path.to_owned());
    let folder = private_folder("book-look").map_err(unreadable)?;
    let copy = folder.join("copy");
    let journal = |of: &Path| {
        let mut name = of.as_os_str().to_owned();
        name.push("-journal");
        std::path::PathBuf::from(name)
    };
    let seen = fs::copy(path, &copy)
        .and_then(|_| fs::copy(journal(path), journal(&copy)))
        .map_err(unreadable)
        .and_then(|_| version_of(&Connection::open(&copy)?));
    // What stays is swept with the other temporary files by the system.
    let _ = fs::remove_dir_all(&folder);
    seen
}

fn told(path: &Path, seen: rusqlite::Result<Option<u32>>) -> Result<u32, BookError> {
    let foreign = || BookError::Foreign { path: path.to_owned() };
    let failed = |e: rusqlite::Error| match e {
        // No copy could be made to see whose it is.
        rusqlite::Error::InvalidPath(_) => BookError::Unfinished { path: path.to_owned() },
        e => of(path, &e),
    };
    seen.map_err(failed)?.ok_or_else(foreign)
}

/// The version of a workbook; `None` where it is none.
fn peek(path: &Path) -> rusqlite::Result<Option<u32>> {
    // The list of tables does not change while a workbook is written: no journal is needed for it.
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    version_of(&Connection::open_with_flags(unchanging::address(path), flags)?)
}

fn version_of(file: &Connection) -> rusqlite::Result<Option<u32>> {
    if schema::has_table(file, schema::SCHEMA_TABLE)? {
        schema::version(file).map(Some)
    } else {
        Ok(None)
    }
}

impl Workbook {
    /// Opens a workbook with its catalogue. Where it cannot be written it is only read, and
    /// [`Workbook::read_only`] says why.
    ///
    /// # Errors
    /// It cannot be read, is damaged, or is none. Nothing on disk is changed then.
    pub fn open(
        path: &Path,
        access: &Access,
        base: &Arc<Base>,
    ) -> Result<(Self, Lowered), BookError> {
        let version = look(path)?;
        let stamp = Stamp::of(path).ok_or_else(|| BookError::Gone { path: path.to_owned() })?;
        let (hold, mut read_only) = if version > VERSION && *access != Access::Read {
            (None, Some(ReadOnly::Newer { version }))
        } else {
            hold(path, access)
        };
        let mut file = connect(path, &mut read_only)?;
        let failed = |e: rusqlite::Error| of(path, &e);
        let version = schema::version(&file).map_err(failed)?;
        check(&file, path)?;
        if version < VERSION && read_only.is_none() {
            read_only = migrate::bring_up_to_date(&mut file, path, version)?;
        }
        let (book, history) = read(&mut file).map_err(failed)?;
        let plan_bytes = plan_bytes(&file, &book, path)?;
        let city = book.about()?.and_then(|about| about.city);
        let base = &base_of(base, city.as_deref(), &SEEDS);
        let hold = hold.filter(|_| read_only.is_none());
        let lowered = lower_book(&book, &plan_bytes, base);
        let workbook = Self {
            path: path.to_owned(),
            file,
            book,
            history,
            base: base.clone(),
            plan: lowered.catalogue.plan.clone(),
            plan_bytes,
            read_only,
            stamp,
            hold,
        };
        Ok((workbook, lowered))
    }
}

/// What a workbook stands on: counties and places of its own city. What is wrong with the country's
/// file is told where plans are read.
pub(super) fn base_of(base: &Arc<Base>, city: Option<&str>, seeds: &SeedFiles<'_>) -> Arc<Base> {
    match city {
        None => base.clone(),
        Some(code) => {
            Arc::new(Base::new(seeds, &mut Vec::new()).for_city(code, seeds, &mut Vec::new()))
        }
    }
}

/// Takes the workbook for this process, where it is to be written.
fn hold(path: &Path, access: &Access) -> (Option<Hold>, Option<ReadOnly>) {
    let Access::Write(own) = access else { return (None, Some(ReadOnly::Asked)) };
    match holder::take_in_time(path, own) {
        Ok(Held::Ours(hold)) => (Some(hold), None),
        Ok(Held::Others(other)) => (None, Some(ReadOnly::Held(other))),
        Err(reason) if is_full(&reason) => (None, Some(ReadOnly::Full)),
        // Where no file can be made beside it there is no journal either.
        Err(_) => (None, Some(ReadOnly::NotWritable)),
    }
}

fn connect(path: &Path, read_only: &mut Option<ReadOnly>) -> Result<Connection, BookError> {
    let failed = |e: rusqlite::Error| of(path, &e);
    if read_only.is_none() {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let file = Connection::open_with_flags(path, flags).map_err(failed)?;
        prepare(&file).map_err(failed)?;
        // Mends what a killed program left, and says whether it can be written at all.
        match file.execute_batch("BEGIN IMMEDIATE; ROLLBACK;") {
            Ok(()) if !file.is_readonly("main").map_err(failed)? => {
                sweep(&file, path).map_err(failed)?;
                // Another program may have left its log: back to one file. It stays as it is while
                // that program has it open, and works all the same.
                let mode = file.pragma_update(None, "journal_mode", "DELETE");
                if let Err(e) = mode
                    && !matches!(of(path, &e), BookError::Busy { .. })
                {
                    return Err(failed(e));
                }
                return Ok(file);
            }
            Ok(()) => {}
            Err(e) => match of(path, &e) {
                BookError::ReadOnly(_) | BookError::Write { .. } | BookError::Place(_) => {}
                other => return Err(other),
            },
        }
        *read_only = Some(ReadOnly::NotWritable);
    }
    reader(path)
}

/// A connection that only reads.
fn reader(path: &Path) -> Result<Connection, BookError> {
    let connect = |flags: OpenFlags| -> rusqlite::Result<Connection> {
        let file = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        prepare(&file)?;
        file.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()))?;
        Ok(file)
    };
    match connect(OpenFlags::SQLITE_OPEN_READ_ONLY) {
        // A program was killed as it wrote: what it had not finished is taken back first, which is all
        // that is written here.
        Err(e) if e.sqlite_error_code() == Some(ErrorCode::ReadOnly) => {
            let unfinished = |_| BookError::Unfinished { path: path.to_owned() };
            let file = connect(OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(unfinished)?;
            file.pragma_update(None, "query_only", true).map_err(|e| of(path, &e))?;
            Ok(file)
        }
        opened => opened.map_err(|e| of(path, &e)),
    }
}

/// A program that was killed as it began to write leaves a journal with nothing in it, which goes
/// with the next thing written: that is done here, so that one file is left again.
fn sweep(file: &Connection, path: &Path) -> rusqlite::Result<()> {
    let mut journal = path.as_os_str().to_owned();
    journal.push("-journal");
    if !Path::new(&journal).exists() {
        return Ok(());
    }
    let version: i64 = file.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    file.execute_batch(&format!("BEGIN IMMEDIATE; PRAGMA user_version = {version}; COMMIT;"))
}

/// Pages are read, not mapped: a stick that is pulled would end the program. Triggers of other
/// programs call functions that only they have; what they keep is kept here by hand.
pub(super) fn prepare(file: &Connection) -> rusqlite::Result<()> {
    file.busy_timeout(PATIENCE)?;
    file.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    file.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    file.set_prepared_statement_cache_capacity(64);
    file.execute_batch(
        "PRAGMA mmap_size = 0; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; \
         PRAGMA synchronous = EXTRA;",
    )
}

/// # Errors
/// A page is not as it must be.
fn check(file: &Connection, path: &Path) -> Result<(), BookError> {
    let told: String =
        file.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(|e| of(path, &e))?;
    if told == "ok" {
        return Ok(());
    }
    Err(BookError::Damaged { path: path.to_owned(), reason: told })
}

fn read(file: &mut Connection) -> rusqlite::Result<(Book, History)> {
    // All as of one moment.
    let all = file.transaction()?;
    let mut book = Book::default();
    for row in &TABLES {
        if !schema::has_table(&all, row.name)? {
            continue;
        }
        let mut statement = all.prepare(&format!("SELECT key, record FROM {}", row.name))?;
        let mut rows = statement.query([])?;
        while let Some(record) = rows.next()? {
            let text: String = record.get(1)?;
            book.insert(row.table, record.get(0)?, text.into());
        }
    }
    let history = History::of(log::entries(&all)?.iter().map(|entry| (entry.seq, entry.deed)));
    Ok((book, history))
}

fn plan_bytes(file: &Connection, book: &Book, path: &Path) -> Result<Arc<[u8]>, BookError> {
    let Some(plan) = book.about()?.and_then(|about| about.plan) else { return Ok(Arc::from([])) };
    let bytes: Vec<u8> = file
        .query_row("SELECT bytes FROM jintu_blobs WHERE hash = ?1", [&plan.hash], |row| row.get(0))
        .map_err(|e| of(path, &e))?;
    if crate::book::sha256(&bytes) != plan.hash {
        let reason = "the bytes of the plan are not those it was made of".to_owned();
        return Err(BookError::Damaged { path: path.to_owned(), reason });
    }
    Ok(bytes.into())
}

/// What tells a file from another of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    #[cfg(unix)]
    inode: (u64, u64),
}

impl Stamp {
    pub(super) fn of(path: &Path) -> Option<Self> {
        let about = fs::metadata(path).ok()?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            Some(Self { inode: (about.dev(), about.ino()) })
        }
        #[cfg(not(unix))]
        {
            // An open file keeps its name there.
            about.is_file().then_some(Self {})
        }
    }

    pub(super) fn is_same_file(&self, other: &Self) -> bool {
        self == other
    }
}

/// What a look over the whole file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Integrity {
    Sound,
    /// In the words of `SQLite`.
    Broken(Vec<String>),
}

impl Workbook {
    /// Looks over the whole file (`PRAGMA integrity_check`); it takes longer than opening.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn integrity(&self) -> Result<Integrity, BookError> {
        let failed = |e: rusqlite::Error| of(&self.path, &e);
        let mut check = self.file.prepare("PRAGMA integrity_check").map_err(failed)?;
        let told = check.query_map([], |row| row.get(0)).map_err(failed)?;
        let told: Vec<String> = told.collect::<rusqlite::Result<_>>().map_err(failed)?;
        Ok(if told == ["ok"] { Integrity::Sound } else { Integrity::Broken(told) })
    }

    /// The version of its tables.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn version(&self) -> Result<u32, BookError> {
        schema::version(&self.file).map_err(|e| of(&self.path, &e))
    }
}

//! Making a workbook: beside its name first, so that it is there whole or not at all.

use std::{
    fs::{self, File, OpenOptions},
    path::{Path, PathBuf},
    sync::Arc,
};

use rusqlite::{Connection, params};

use super::{
    BookError, Workbook,
    error::{is_full, of_writing},
    log, open, rows, schema,
};
use crate::{
    book::{Blob, Book, By, Deed, Entry, Mark, TABLES, Table, Unreadable, Words},
    catalogue::{
        edit::{Refusal, TableTaken, add_into, book_of_table},
        lower::{Base, NewBook, book_of_plan, lower_book, lower_some},
        seed::SeedFiles,
    },
    document::project_table::TableFile,
    store::{
        StoreError,
        files::{check_place, part_beside},
    },
};

/// A plan that a workbook is made of.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// Text in any encoding that the reader of plans knows.
    pub bytes: &'a [u8],
    /// The name of its file, without the folder.
    pub name: &'a str,
}

/// How a workbook is made.
#[derive(Debug, Clone)]
pub struct Making<'a> {
    pub path: &'a Path,
    /// GB/T 2260 code of the city.
    pub city: Option<&'a str>,
    /// Put it in the place of a file of that name.
    pub overwrite: bool,
    pub by: By,
    /// How its making is called in the log.
    pub words: Words,
}

impl Workbook {
    /// Makes a workbook of a plan: the plan is read once, and its projects are written down.
    ///
    /// # Errors
    /// The plan's bytes are no text, a file of that name is there, or it cannot be written; then
    /// nothing is left behind.
    pub fn create(
        making: &Making<'_>,
        plan: Plan<'_>,
        seeds: &SeedFiles<'_>,
        base: &Arc<Base>,
    ) -> Result<NewBook, BookError> {
        let told = Base::city_of_plan(plan.bytes, seeds);
        let city = making.city.or(told.as_deref());
        let base = &open::base_of(base, city, seeds);
        let mark = Mark { who: making.by.who.clone(), at: making.by.at.clone(), ..Mark::default() };
        let made = book_of_plan(plan.bytes, plan.name, city, &mark, seeds, base)?;
        if let Some(why) = made.why_no_plan() {
            return Err(BookError::NoPlan { path: plan.name.into(), why: why.clone() });
        }
        let blob = Blob::new(plan.bytes);
        Self::write_new(making, &made.book, &[blob], plan.bytes, base)?;
        Ok(made)
    }

    /// Makes a workbook of a table of projects, with a plan or without: rows that tell of works of
    /// the plan stand beside what it says.
    ///
    /// # Errors
    /// As [`Self::create`], or a record does not fit.
    pub fn create_of_table(
        making: &Making<'_>,
        plan: Option<Plan<'_>>,
        file: &TableFile,
        seeds: &SeedFiles<'_>,
        base: &Arc<Base>,
    ) -> Result<(NewBook, TableTaken), BookError> {
        let told = match plan {
            Some(plan) => Base::city_of_plan(plan.bytes, seeds),
            None => Base::city_of_table(file, seeds),
        };
        let city = making.city.or(told.as_deref());
        let base = &open::base_of(base, city, seeds);
        let mark = Mark { who: making.by.who.clone(), at: making.by.at.clone(), ..Mark::default() };
        let (made, taken) = match plan {
            Some(plan) => {
                let mut made = book_of_plan(plan.bytes, plan.name, city, &mark, seeds, base)?;
                let taken = add_into(&mut made.book, base, file, &mark).map_err(unfit)?;
                (made, taken)
            }
            None => book_of_table(file, city, &mark, base).map_err(unfit)?,
        };
        let plan_bytes = plan.map_or(&[][..], |plan| plan.bytes);
        let blobs = plan.map(|plan| Blob::new(plan.bytes)).into_iter();
        let blobs: Vec<Blob> = blobs.chain([Blob::new(file.bytes.clone())]).collect();
        Self::write_new(making, &made.book, &blobs, plan_bytes, base)?;
        Ok((made, taken))
    }

    /// Writes a book that is there into a new file, with its large bytes.
    ///
    /// # Errors
    /// As [`Self::create`].
    pub fn write_new(
        making: &Making<'_>,
        book: &Book,
        blobs: &[Blob],
        plan_bytes: &[u8],
        base: &Arc<Base>,
    ) -> Result<(), BookError> {
        place(making.path, making.overwrite, |part| {
            let failed = |e: rusqlite::Error| of_writing(part, &e);
            let mut file = Connection::open(part).map_err(failed)?;
            open::prepare(&file).map_err(failed)?;
            fill(&mut file, making, book, blobs, plan_bytes, base).map_err(failed)?;
            file.close().map_err(|(_, e)| failed(e))
        })
    }

    /// Writes the workbook as it is now, with its log, into a new file (另存为, 保存副本). This one
    /// stays open.
    ///
    /// # Errors
    /// As [`Self::create`].
    pub fn copy_to(&self, path: &Path, overwrite: bool) -> Result<(), BookError> {
        place(path, overwrite, |part| {
            let name = part.to_string_lossy();
            self.file.execute("VACUUM INTO ?1", [name]).map(drop).map_err(|e| of_writing(part, &e))
        })
    }
}

/// A table is refused for its records alone.
fn unfit(reason: Refusal) -> BookError {
    let reason = match reason {
        Refusal::Record(own) => own,
        other => {
            Unreadable { table: Table::Projects, key: String::new(), reason: other.to_string() }
        }
    };
    BookError::Record(reason)
}

/// Lets a file be written beside its name, and puts it there when it is whole and on disk.
fn place(
    path: &Path,
    overwrite: bool,
    write: impl FnOnce(&Path) -> Result<(), BookError>,
) -> Result<(), BookError> {
    if path.exists() && !overwrite {
        return Err(BookError::Exists { path: path.to_owned() });
    }
    if path.is_dir() {
        return Err(BookError::Directory { path: path.to_owned() });
    }
    check_place(path)?;
    let part = part_beside(path);
    let told = |e: BookError| told_of(e, path);
    let io = |e: std::io::Error| unwritten(path, e);
    // Made by hand first: the system says why it cannot be, a database does not.
    File::create_new(&part).map_err(io)?;
    let written = write(&part).map_err(told).and_then(|()| {
        sync(&part).map_err(io)?;
        if overwrite {
            fs::rename(&part, path).map_err(io)
        } else {
            put(&part, path).map_err(|e| match e.kind() {
                std::io::ErrorKind::AlreadyExists => BookError::Exists { path: path.to_owned() },
                _ => io(e),
            })
        }
    });
    if written.is_err() {
        // Best effort: the failure that matters is the one reported.
        let mut journal = part.as_os_str().to_owned();
        journal.push("-journal");
        let _ = fs::remove_file(&part);
        let _ = fs::remove_file(&journal);
    }
    written
}

/// Waits until a file is on disk.
pub(super) fn sync(path: &Path) -> std::io::Result<()> {
    // Windows asks for the right to write.
    OpenOptions::new().write(true).open(path)?.sync_all()
}

/// Gives a file its name where nobody else took it meanwhile.
fn put(part: &Path, path: &Path) -> std::io::Result<()> {
    match fs::hard_link(part, path) {
        Ok(()) => {
            // The second name is of no use any more; one that stays harms nobody.
            let _ = fs::remove_file(part);
            Ok(())
        }
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => Err(e),
        // A file system without second names, such as that of a stick.
        Err(_) => fs::rename(part, path),
    }
}

fn unwritten(path: &Path, reason: std::io::Error) -> BookError {
    let path = path.to_owned();
    if is_full(&reason) {
        BookError::Full { path }
    } else {
        StoreError::Write { path, reason }.into()
    }
}

/// An error about the file beside it, as one about the file that was asked for.
fn told_of(error: BookError, path: &Path) -> BookError {
    let path: PathBuf = path.to_owned();
    match error {
        BookError::Full { .. } => BookError::Full { path },
        BookError::Busy { .. } => BookError::Busy { path },
        BookError::Write { reason, .. } | BookError::Damaged { reason, .. } => {
            BookError::Write { path, reason }
        }
        BookError::Place(StoreError::Write { reason, .. }) => unwritten(&path, reason),
        BookError::Gone { .. } => unwritten(&path, std::io::ErrorKind::NotFound.into()),
        other => other,
    }
}

fn fill(
    file: &mut Connection,
    making: &Making<'_>,
    book: &Book,
    blobs: &[Blob],
    plan_bytes: &[u8],
    base: &Arc<Base>,
) -> rusqlite::Result<()> {
    let all = file.transaction()?;
    schema::make(&all)?;
    for blob in blobs {
        all.execute(
            "INSERT OR IGNORE INTO jintu_blobs (hash, bytes) VALUES (?1, ?2)",
            params![blob.hash, &*blob.bytes],
        )?;
    }
    for row in &TABLES {
        let statement = format!("INSERT INTO {} (key, record, seq) VALUES (?1, ?2, 1)", row.name);
        let mut insert = all.prepare(&statement)?;
        for (key, text) in book.texts(row.table) {
            insert.execute(params![key, &**text])?;
        }
    }
    let (by, words) = (making.by.clone(), making.words.clone());
    log::write(&all, &Entry { seq: 1, deed: Deed::Made, by, words }, &[])?;
    let lowered = lower_book(book, plan_bytes, base);
    let ids = book.texts(Table::Projects).map(|(key, _)| key.to_owned()).collect();
    for (id, project) in lower_some(book, &ids, &lowered.catalogue.plan, base).0 {
        rows::write(&all, &id, project.as_ref(), base)?;
    }
    all.commit()
}

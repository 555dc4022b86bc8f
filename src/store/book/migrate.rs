//! Bringing an older workbook up to date: first a copy beside it, then all in one transaction.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, TransactionBehavior};

use super::{BookError, ReadOnly, create, error::of, schema};

/// Makes what the file lacks. Where no copy can be kept nothing is changed, and the workbook is only
/// read.
pub fn bring_up_to_date(
    file: &mut Connection,
    path: &Path,
    version: u32,
) -> Result<Option<ReadOnly>, BookError> {
    let failed = |e: rusqlite::Error| of(path, &e);
    let Some(copy) = free_name(path, version) else { return Ok(Some(ReadOnly::NoRoomToMigrate)) };
    let kept = file.execute("VACUUM INTO ?1", [copy.to_string_lossy()]);
    if kept.is_err() || create::sync(&copy).is_err() {
        // What was begun is of no use to anybody.
        let _ = std::fs::remove_file(&copy);
        return Ok(Some(ReadOnly::NoRoomToMigrate));
    }
    let all = file.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    schema::bring_up_to_date(&all).map_err(failed)?;
    all.commit().map_err(failed)?;
    Ok(None)
}

/// `名.v1.jintu` beside the workbook, or with a number where that is there.
fn free_name(path: &Path, version: u32) -> Option<PathBuf> {
    let stem = path.file_stem()?.to_string_lossy();
    let name = |n: u32| match n {
        1 => format!("{stem}.v{version}.jintu"),
        n => format!("{stem}.v{version}-{n}.jintu"),
    };
    (1..1000).map(|n| path.with_file_name(name(n))).find(|path| !path.exists())
}

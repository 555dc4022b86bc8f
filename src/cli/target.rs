//! The file that a command is to write, looked at before anything is read for it.

use std::path::Path;

use super::CliError;
use crate::{
    app::{Language, Tell},
    store::{
        StoreError,
        files::{check_place, is_same},
        layers::write::WriteError,
    },
    tr,
};

/// Whether it may be written. What is read may not be replaced meanwhile, even where replacing is
/// asked for: a fault half-way would cost both.
///
/// # Errors
/// Its name, its folder, what is there, or that it is one of those that are read.
pub fn check(
    path: &Path,
    overwrite: bool,
    read: &[Option<&Path>],
    language: Language,
) -> Result<(), CliError> {
    check_place(path).map_err(|e| match e {
        StoreError::Write { .. } => CliError::Data(e.tell(language)),
        _ => CliError::Usage(e.tell(language)),
    })?;
    if read.iter().flatten().any(|read| is_same(read, path)) {
        return Err(CliError::Usage(tr!(language, "cli.same_file", path = path.display())));
    }
    if !overwrite && path.exists() {
        let there = WriteError::Exists(path.to_owned());
        return Err(CliError::Usage(there.tell(language)));
    }
    Ok(())
}

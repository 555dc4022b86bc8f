//! Tables of projects from files: XLSX, XLS, ODS, separated values in any encoding, DOCX.

use std::{
    path::{Path, PathBuf},
    sync::atomic::AtomicBool,
};

use super::{
    StoreError, files,
    layers::{
        LayerError,
        grids::{Grids, read_grids},
    },
    papers::{self, Form},
};
use crate::{
    book::sha256,
    document::project_table::{LeftOut, LeftOutCause, ProjectTable, TableFile},
};

/// Why a file gives no projects.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    #[error(transparent)]
    File(#[from] StoreError),
    #[error(transparent)]
    Layer(#[from] LayerError),
    /// Its sheets were read; none has a head with names of projects, or nothing stands below it.
    #[error("no table of projects among {}: {path}", sheets.join(", "), path = path.display())]
    NoProjects { path: PathBuf, sheets: Vec<String> },
}

/// Reads the tables of a file.
///
/// # Errors
/// A file that cannot be read, holds no table, or no table of projects.
pub fn read(path: &Path, cancel: &AtomicBool) -> Result<TableFile, TableError> {
    let bytes = files::read_plan(path)?;
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let is_document = extension.starts_with("doc")
        || bytes.starts_with(b"PK")
            && matches!(papers::form_of(&bytes, &extension), Ok(Form::Docx));
    let grids = if is_document {
        of_document(&bytes, path, &extension, cancel)?
    } else {
        read_grids(path, cancel)?
    };
    let sheet = |cause, name: &String| LeftOut {
        cause,
        sheet: name.clone(),
        row: None,
        words: String::new(),
    };
    let mut table = ProjectTable::read(&grids.grids);
    let hidden = grids.hidden.iter().map(|name| sheet(LeftOutCause::Hidden, name));
    let broken = grids.broken.iter().map(|name| sheet(LeftOutCause::Broken, name));
    table.left_out.extend(hidden.chain(broken));
    if table.is_empty() {
        let sheets = grids.grids.into_iter().map(|grid| grid.name).collect();
        return Err(TableError::NoProjects { path: path.to_owned(), sheets });
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(TableFile { name, hash: sha256(&bytes), bytes: bytes.into(), table })
}

fn of_document(
    bytes: &[u8],
    path: &Path,
    extension: &str,
    cancel: &AtomicBool,
) -> Result<Grids, StoreError> {
    let failed = |fault| StoreError::Paper { path: path.to_owned(), fault };
    papers::form_of(bytes, extension).map_err(failed)?;
    let (grids, is_damaged) = papers::docx_tables(bytes, cancel).map_err(failed)?;
    let mut read = Grids::of(grids);
    if is_damaged {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        read.broken.push(name);
    }
    Ok(read)
}

//! A plan's file in any form becomes text with places: TXT in any encoding, DOCX, PDF.
//!
//! What a file is, its content tells; the ending of its name only where the content leaves it open.

mod docx;
mod fault;
mod package;
mod pdf_file;
mod recognise;

use std::{path::Path, sync::atomic::AtomicBool};

pub use docx::{shown_number, tables as docx_tables};
pub use fault::PaperFault;
pub use recognise::{Form, form_of};

use super::{StoreError, files};
use crate::document::Paper;

/// Reads a plan's file.
///
/// # Errors
/// A file that cannot be read, or that is no plan in a form known here.
pub fn read(path: &Path, cancel: &AtomicBool) -> Result<Paper, StoreError> {
    let bytes = files::read_plan(path)?;
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    read_bytes(bytes, &extension, cancel)
        .map_err(|fault| StoreError::Paper { path: path.to_owned(), fault })
}

/// Reads the bytes of a plan's file; `extension` is the ending of its name in lower case.
///
/// # Errors
/// Bytes that are no plan in a form known here. Never panics.
pub fn read_bytes(
    bytes: Vec<u8>,
    extension: &str,
    cancel: &AtomicBool,
) -> Result<Paper, PaperFault> {
    match form_of(&bytes, extension)? {
        Form::Text => Ok(Paper::plain(bytes)),
        Form::Docx => docx::read(&bytes, cancel),
        Form::Pdf => pdf_file::read(bytes, cancel),
    }
}

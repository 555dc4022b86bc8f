//! Why a file could not be read or written, told as what failed and what to do.

use std::{io, path::PathBuf};

use super::papers::PaperFault;

/// An I/O failure with the path it is about.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("cannot read the file ({reason}); check that it exists and may be read: {path}", path = path.display())]
    Read { path: PathBuf, reason: io::Error },
    #[error("this is a directory, not a plan's text file: {path}", path = path.display())]
    Directory { path: PathBuf },
    #[error("this is a pipe or a device, not a file: {path}", path = path.display())]
    NoRegularFile { path: PathBuf },
    #[error("the file is too large for a plan's text ({bytes} bytes); give a text file: {path}", path = path.display())]
    TooLarge { path: PathBuf, bytes: u64 },
    #[error("the file is too large to be attached ({bytes} bytes): {path}", path = path.display())]
    TooLargeToAttach { path: PathBuf, bytes: u64 },
    #[error("files of this kind may run something and are not opened; save it first: {path}", path = path.display())]
    NotOpened { path: PathBuf },
    #[error("no program opens the file ({reason}): {path}", path = path.display())]
    NoOpener { path: PathBuf, reason: io::Error },
    #[error("this file gives no plan ({fault}): {path}", path = path.display())]
    Paper { path: PathBuf, fault: PaperFault },
    #[error("this is a device or a directory, not a file that can be replaced; choose another name: {path}", path = path.display())]
    NotAFile { path: PathBuf },
    #[error("Windows keeps this name for a device; choose another: {path}", path = path.display())]
    DeviceName { path: PathBuf },
    #[error("cannot save ({reason}); choose another place or free some space: {path}", path = path.display())]
    Write { path: PathBuf, reason: io::Error },
    #[error("the keys cannot be read (line {line}); they were left as they are: {path}", path = path.display())]
    Keys { path: PathBuf, line: usize },
    #[error("the settings cannot be read ({reason}); they were left as they are: {path}", path = path.display())]
    Settings { path: PathBuf, reason: serde_json::Error },
    #[error("the keyring keeps the key ({reason}); unlock it, or remove the key there")]
    Keyring { reason: String },
}

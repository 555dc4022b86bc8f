//! Files that are attached to projects: read, put where other programs find them, opened there.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use super::{StoreError, files, settings, thumbnail::thumbnail};
use crate::catalogue::edit::AttachedFile;

/// A workbook is mailed and copied: larger files belong beside it. In bytes.
pub const MOST_BYTES: u64 = 64_000_000;

/// Endings of files that only show something. What may run something is saved, not opened: a workbook
/// comes from others.
const SHOWN: [&str; 36] = [
    "pdf", "png", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff", "heic", "txt", "csv", "tsv",
    "md", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "wps", "et", "dps", "ofd", "odt", "ods",
    "odp", "rtf", "dwg", "dxf", "kml", "kmz", "geojson", "mp3", "mp4", "mov",
];

/// Reads a file that is to be attached.
///
/// # Errors
/// A file that is not there, is no regular file, or is larger than a workbook takes.
pub fn read(path: &Path) -> Result<AttachedFile, StoreError> {
    let failed = |reason| StoreError::Read { path: path.to_owned(), reason };
    let about = fs::metadata(path).map_err(failed)?;
    if !about.is_file() {
        return Err(if about.is_dir() {
            failed(io::ErrorKind::IsADirectory.into())
        } else {
            StoreError::NoRegularFile { path: path.to_owned() }
        });
    }
    let too_large = |bytes| StoreError::TooLargeToAttach { path: path.to_owned(), bytes };
    if about.len() > MOST_BYTES {
        return Err(too_large(about.len()));
    }
    let bytes = fs::read(path).map_err(failed)?;
    // One that grows meanwhile.
    if bytes.len() as u64 > MOST_BYTES {
        return Err(too_large(bytes.len() as u64));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let thumbnail = thumbnail(&bytes).map(Into::into);
    Ok(AttachedFile { name, bytes: bytes.into(), thumbnail })
}

/// Puts a file into the program's cache and opens it with the system's program for it. It is only
/// read there: what is changed in it would not be in the workbook.
///
/// # Errors
/// A kind of file that may run something, a cache that cannot be written, a system without a program
/// for it.
pub fn open(name: &str, hash: &str, bytes: &[u8]) -> Result<(), StoreError> {
    let path = PathBuf::from(name);
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    if !SHOWN.contains(&ending.as_str()) {
        return Err(StoreError::NotOpened { path });
    }
    let path = extracted(name, &ending, hash, bytes)?;
    let opened = opener(&path).and_then(ends_well);
    opened.map_err(|reason| StoreError::NoOpener { path, reason })
}

/// The file in the cache, whole.
fn extracted(name: &str, ending: &str, hash: &str, bytes: &[u8]) -> Result<PathBuf, StoreError> {
    let cache = settings::cache_folder().unwrap_or_else(|| std::env::temp_dir().join("jintu"));
    // Beside the tiles; files of one name and other bytes do not meet.
    let own = cache.with_file_name("attachments").join(hash.get(..16).unwrap_or(hash));
    let stem = Path::new(name).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let path = own.join(format!("{}.{ending}", files::portable_name(&stem)));
    let there = fs::metadata(&path).is_ok_and(|about| about.len() == bytes.len() as u64);
    if there {
        return Ok(path);
    }
    let failed = |reason| StoreError::Write { path: path.clone(), reason };
    fs::create_dir_all(&own).map_err(failed)?;
    files::write_atomic(&path, bytes)?;
    let mut rights = fs::metadata(&path).map_err(failed)?.permissions();
    rights.set_readonly(true);
    fs::set_permissions(&path, rights).map_err(failed)?;
    Ok(path)
}

#[cfg(windows)]
fn opener(path: &Path) -> io::Result<Child> {
    quiet(Command::new("explorer").arg(path))
}

#[cfg(target_os = "macos")]
fn opener(path: &Path) -> io::Result<Child> {
    quiet(Command::new("open").arg(path))
}

#[cfg(not(any(windows, target_os = "macos")))]
fn opener(path: &Path) -> io::Result<Child> {
    quiet(Command::new("xdg-open").arg(path)).or_else(|e| match e.kind() {
        io::ErrorKind::NotFound => quiet(Command::new("gio").arg("open").arg(path)),
        _ => Err(e),
    })
}

fn quiet(command: &mut Command) -> io::Result<Child> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()
}

/// Whether an opener found a program. One that stays is that program; it is seen off when it ends.
fn ends_well(mut opener: Child) -> io::Result<()> {
    for _ in 0..20 {
        match opener.try_wait()? {
            // Explorer tells nothing by its code.
            Some(code) if code.success() || cfg!(windows) => return Ok(()),
            Some(_) => return Err(io::ErrorKind::NotFound.into()),
            None => thread::sleep(Duration::from_millis(100)),
        }
    }
    let waits = thread::Builder::new().name("opener".to_owned());
    waits.spawn(move || opener.wait().is_ok_and(|code| code.success())).map(drop)
}

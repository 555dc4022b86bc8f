//! Reading and writing whole files. Writing is atomic: the old file stays until the new one is
//! complete.

use std::{
    fs,
    io::{Read, Write},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use sha2::{Digest, Sha256};

use super::StoreError;
use crate::{app::layer_join::FileStamp, book::hex};

/// A plan's text is a hundred kilobytes; anything near this is something else.
const LARGEST_PLAN_BYTES: u64 = 64 * 1024 * 1024;

/// Reads a plan's text.
///
/// # Errors
/// A missing file, a directory, a pipe or a device, a file far too large.
pub fn read_plan(path: &Path) -> Result<Vec<u8>, StoreError> {
    let failed = |reason| StoreError::Read { path: path.to_owned(), reason };
    let about = fs::metadata(path).map_err(failed)?;
    if about.is_dir() {
        return Err(StoreError::Directory { path: path.to_owned() });
    }
    // A pipe or a device may never end, and may never begin.
    if !about.is_file() {
        return Err(StoreError::NoRegularFile { path: path.to_owned() });
    }
    if about.len() > LARGEST_PLAN_BYTES {
        return Err(StoreError::TooLarge { path: path.to_owned(), bytes: about.len() });
    }
    fs::read(path).map_err(failed)
}

/// Reads a file that is small when it is what it should be.
///
/// # Errors
/// A missing file, a directory, a file far too large.
pub fn read_small(path: &Path) -> Result<Vec<u8>, StoreError> {
    read_plan(path)
}

/// Whether a file may be written at a path, before anything is done for it.
///
/// # Errors
/// A name that Windows keeps for devices, on every system: the file goes to others. A folder that is
/// not there. A device, a pipe or a folder in its place, which a file would destroy.
pub fn check_place(path: &Path) -> Result<(), StoreError> {
    let owned = || path.to_owned();
    if path.file_name().is_some_and(|name| is_device_name(&name.to_string_lossy())) {
        return Err(StoreError::DeviceName { path: owned() });
    }
    if fs::metadata(path).is_ok_and(|there| !there.is_file()) {
        return Err(StoreError::NotAFile { path: owned() });
    }
    match path.parent().filter(|folder| !folder.as_os_str().is_empty()).map(fs::metadata) {
        Some(Err(reason)) => Err(StoreError::Write { path: owned(), reason }),
        Some(Ok(folder)) if !folder.is_dir() => {
            let reason = std::io::ErrorKind::NotADirectory.into();
            Err(StoreError::Write { path: owned(), reason })
        }
        _ => Ok(()),
    }
}

/// Why nothing can be written into a file where it lies, found out by a small file beside it: a
/// database only says that it could not. `None` where a small one can be written.
pub fn why_unwritten(path: &Path) -> Option<std::io::Error> {
    let beside = part_beside(path);
    let tried = (|| {
        let mut file = fs::File::create_new(&beside)?;
        file.write_all(&[0; 4096])?;
        file.sync_all()
    })();
    // Best effort: what is asked for is whether it could be made.
    let _ = fs::remove_file(&beside);
    tried.err()
}

/// Whether two paths lead to one file.
pub fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// How long a file is and when it was written; `None` where that cannot be had.
pub fn stamp(path: &Path) -> Option<FileStamp> {
    let about = fs::metadata(path).ok()?;
    let since = about.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some(FileStamp { bytes: about.len(), modified_s: since.as_secs() })
}

/// Writes a file by way of a temporary one beside it.
///
/// # Errors
/// Anything the file system refuses; the old file is then still there.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    check_place(path)?;
    let failed = |reason| StoreError::Write { path: path.to_owned(), reason };
    let temporary = part_beside(path);
    let written = (|| {
        let mut file = fs::File::create(&temporary)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&temporary, path)
    })();
    written.map_err(|reason| {
        // Best effort: the failure that matters is the one reported.
        let _ = fs::remove_file(&temporary);
        failed(reason)
    })
}

/// Whether a text can be the name of one file: no path, and nothing that the system forbids.
pub fn is_file_name(name: &str) -> bool {
    let forbidden = |c: char| {
        let everywhere = c == '/' || c == '\\' || c.is_control();
        everywhere || cfg!(windows) && "<>:\"|?*".contains(c)
    };
    !matches!(name.trim(), "" | "." | "..") && !name.contains(forbidden)
}

/// A name that Windows takes, too, for a file without its ending.
///
/// ```
/// use jintu::store::files::portable_name;
///
/// assert_eq!(portable_name("地块: 甲/乙?"), "地块_ 甲_乙_");
/// assert_eq!(portable_name("con"), "con_");
/// assert_eq!(portable_name("道路. "), "道路");
/// ```
pub fn portable_name(name: &str) -> String {
    /// Leaves room for folders in the 260 characters of a path.
    const LONGEST: usize = 100;
    let kept = |c: char| !c.is_control() && !"<>:\"/\\|?*".contains(c);
    let plain: String = name.chars().map(|c| if kept(c) { c } else { '_' }).take(LONGEST).collect();
    let plain = plain.trim().trim_end_matches(['.', ' ']);
    if plain.is_empty() || is_device_name(plain) { format!("{plain}_") } else { plain.to_owned() }
}

/// Whether Windows keeps a name for a device, whatever stands behind its dot.
fn is_device_name(name: &str) -> bool {
    let device = name.split('.').next().unwrap_or_default().trim().to_ascii_lowercase();
    let numbered = |stem: &str| {
        device
            .strip_prefix(stem)
            .is_some_and(|n| n.len() == 1 && n != "0" && n.parse::<u8>().is_ok())
    };
    ["con", "prn", "aux", "nul"].contains(&device.as_str()) || numbered("com") || numbered("lpt")
}

/// SHA-256 of a file's bytes, in hexadecimal; of a folder nothing, for what is in it changes by itself.
///
/// # Errors
/// It is not there or may not be read.
pub fn sha256(path: &Path) -> Result<String, StoreError> {
    if is_folder(path) {
        return Ok(String::new());
    }
    let failed = |reason| StoreError::Read { path: path.to_owned(), reason };
    let mut file = fs::File::open(path).map_err(failed)?;
    let mut hasher = Sha256::new();
    let mut part = vec![0; 1 << 20];
    loop {
        let read = file.read(&mut part).map_err(failed)?;
        if read == 0 {
            break;
        }
        hasher.update(part.get(..read).unwrap_or_default());
    }
    Ok(hex(&hasher.finalize()))
}

/// Reads a whole file.
///
/// # Errors
/// It is not there or may not be read.
pub fn read(path: &Path) -> Result<Vec<u8>, StoreError> {
    fs::read(path).map_err(|reason| StoreError::Read { path: path.to_owned(), reason })
}

/// Whether a folder is there.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Whether something of that name is there.
pub fn exists(path: &Path) -> bool {
    path.exists()
}

/// A name beside a file that no other writing uses, be it of this program or of another.
pub fn part_beside(path: &Path) -> PathBuf {
    static WRITINGS: AtomicU64 = AtomicU64::new(0);
    let own = WRITINGS.fetch_add(1, Ordering::Relaxed);
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}-{own}.part", std::process::id()));
    path.with_file_name(name)
}

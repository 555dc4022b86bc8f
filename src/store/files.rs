//! Reading and writing whole files. Writing is atomic: the old file stays until the new one is
//! complete.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use super::StoreError;

/// A plan's text is a hundred kilobytes; anything near this is something else.
const LARGEST_PLAN_BYTES: u64 = 64 * 1024 * 1024;

/// Reads a plan's text.
///
/// # Errors
/// A missing file, a directory, a file far too large.
pub fn read_plan(path: &Path) -> Result<Vec<u8>, StoreError> {
    let failed = |reason| StoreError::Read { path: path.to_owned(), reason };
    let about = fs::metadata(path).map_err(failed)?;
    if about.is_dir() {
        return Err(StoreError::Directory { path: path.to_owned() });
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

/// Writes a file by way of a temporary one beside it.
///
/// # Errors
/// Anything the file system refuses; the old file is then still there.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let failed = |reason| StoreError::Write { path: path.to_owned(), reason };
    // Putting a file in the place of a device, a pipe or a directory would destroy it.
    if fs::metadata(path).is_ok_and(|there| !there.is_file()) {
        return Err(StoreError::NotAFile { path: path.to_owned() });
    }
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
    // Names of devices, whatever stands behind a dot.
    let device = plain.split('.').next().unwrap_or_default().trim().to_ascii_lowercase();
    let numbered = |stem: &str| {
        device
            .strip_prefix(stem)
            .is_some_and(|n| n.len() == 1 && n != "0" && n.parse::<u8>().is_ok())
    };
    let is_device = ["con", "prn", "aux", "nul"].contains(&device.as_str())
        || numbered("com")
        || numbered("lpt");
    if plain.is_empty() || is_device { format!("{plain}_") } else { plain.to_owned() }
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

/// Whether two paths lead to the same file.
pub fn is_same(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| fs::canonicalize(path).ok();
    one == other || real(one).zip(real(other)).is_some_and(|(one, other)| one == other)
}

//! Files that lie in a workbook and are put out to be read: into a folder that nobody else may look
//! into, and that goes with the program.

use std::{
    fs,
    path::PathBuf,
    sync::atomic::{AtomicU64, Ordering},
};

use super::{
    StoreError,
    files::{is_file_name, portable_name, write_atomic},
    folders::private_folder,
};

/// The folder.
#[derive(Debug)]
pub struct PutOut {
    folder: PathBuf,
    count: AtomicU64,
}

impl PutOut {
    /// An empty one.
    ///
    /// # Errors
    /// The system gives none.
    pub fn new() -> Result<Self, StoreError> {
        let folder = private_folder("layers")
            .map_err(|reason| StoreError::Write { path: std::env::temp_dir(), reason })?;
        Ok(Self { folder, count: AtomicU64::new(0) })
    }

    /// Puts files beside each other and says where the first is; `None` for none. Their names are
    /// made such that they lead nowhere else.
    ///
    /// # Errors
    /// Anything the file system refuses.
    pub fn put(&self, files: &[(String, Vec<u8>)]) -> Result<Option<PathBuf>, StoreError> {
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        let folder = self.folder.join(number.to_string());
        let failed = |reason| StoreError::Write { path: folder.clone(), reason };
        fs::create_dir(&folder).map_err(failed)?;
        let mut first = None;
        for (name, bytes) in files {
            let name = if is_file_name(name) { name.clone() } else { portable_name(name) };
            let path = folder.join(name);
            write_atomic(&path, bytes)?;
            first.get_or_insert(path);
        }
        Ok(first)
    }
}

impl Drop for PutOut {
    fn drop(&mut self) {
        // What stays is swept with the other temporary files by the system.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

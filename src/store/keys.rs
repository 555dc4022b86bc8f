//! The user's keys: in the desktop's keyring where there is one, else in a file that only the user
//! can read.

use std::{
    collections::BTreeMap,
    fmt, fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::{StoreError, keyring::Keyring};

/// Where a key lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyPlace {
    Keyring,
    /// A file of mode 0600 in the folder of the settings; on Windows the profile protects it.
    File,
}

/// Keys by the kind or the id of what they open. Never printed.
pub struct Keys {
    path: PathBuf,
    file: BTreeMap<String, String>,
    kept: BTreeMap<String, String>,
    keyring: Option<Keyring>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keys({} in the keyring, {} in a file)", self.kept.len(), self.file.len())
    }
}

impl Keys {
    /// Reads the keys of a folder's file, none where there is no file yet, and those of the keyring.
    /// May wait some seconds for a keyring that does not answer.
    ///
    /// # Errors
    /// A file that cannot be read or is none of keys; it is left as it is.
    pub fn open(folder: &Path, use_keyring: bool) -> Result<Self, StoreError> {
        // Without a keyring there is the file.
        let keyring = if use_keyring { Keyring::open(None).ok() } else { None };
        Self::with(folder, keyring)
    }

    /// As [`Keys::open`], with a given keyring.
    ///
    /// # Errors
    /// A file that cannot be read or is none of keys; it is left as it is.
    pub fn with(folder: &Path, keyring: Option<Keyring>) -> Result<Self, StoreError> {
        let path = folder.join("keys.json");
        let file = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map_err(|reason| StoreError::Keys { path: path.clone(), line: reason.line() })?,
            Err(e) if e.kind() == io::ErrorKind::NotFound => BTreeMap::new(),
            Err(reason) => return Err(StoreError::Read { path, reason }),
        };
        // A keyring that is locked now is not written to either, so that no key has two places.
        let kept = keyring.as_ref().and_then(|keyring| keyring.all().ok());
        let keyring = keyring.filter(|_| kept.is_some());
        let kept = kept.into_iter().flatten().collect();
        Ok(Self { path, file, kept, keyring })
    }

    /// The key of a name. The keyring's comes first.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.kept.get(name).or_else(|| self.file.get(name)).map(String::as_str)
    }

    /// Where the key of a name lies.
    pub fn place(&self, name: &str) -> Option<KeyPlace> {
        if self.kept.contains_key(name) {
            return Some(KeyPlace::Keyring);
        }
        self.file.contains_key(name).then_some(KeyPlace::File)
    }

    /// Keeps a key, in the file where the keyring refuses; an empty one is taken away.
    ///
    /// # Errors
    /// Anything the file system refuses; [`Keys::get`] then answers as before.
    pub fn set(&mut self, name: &str, key: &str) -> Result<(), StoreError> {
        let key = key.trim();
        if key.is_empty() {
            return self.remove(name);
        }
        if self.keyring.as_ref().is_some_and(|keyring| keyring.set(name, key).is_ok()) {
            self.kept.insert(name.to_owned(), key.to_owned());
            return self.change_file(|file| file.remove(name).is_some());
        }
        self.change_file(|file| {
            file.insert(name.to_owned(), key.to_owned()).as_deref() != Some(key)
        })?;
        self.kept.remove(name);
        Ok(())
    }

    /// Takes a key away, wherever it lies.
    ///
    /// # Errors
    /// A file that cannot be written, a keyring that does not let go.
    pub fn remove(&mut self, name: &str) -> Result<(), StoreError> {
        if let Some(keyring) = self.keyring.as_ref().filter(|_| self.kept.contains_key(name)) {
            keyring.remove(name).map_err(|e| StoreError::Keyring { reason: e.to_string() })?;
            self.kept.remove(name);
        }
        self.change_file(|file| file.remove(name).is_some())
    }

    /// Writes the file if something in it changes.
    fn change_file(
        &mut self,
        change: impl FnOnce(&mut BTreeMap<String, String>) -> bool,
    ) -> Result<(), StoreError> {
        let mut file = self.file.clone();
        if !change(&mut file) {
            return Ok(());
        }
        let bytes = serde_json::to_vec_pretty(&file)
            .map_err(|reason| StoreError::Keys { path: self.path.clone(), line: reason.line() })?;
        write_private(&self.path, &bytes)
            .map_err(|reason| StoreError::Write { path: self.path.clone(), reason })?;
        self.file = file;
        Ok(())
    }
}

/// Writes by way of a file beside it that nobody else could ever read.
fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let part = path.with_extension(format!("{}.part", std::process::id()));
    // One that a crash left behind under this number must not be in the way.
    match fs::remove_file(&part) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
        _ => {}
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let written = options.open(&part).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&part, path)
    });
    if written.is_err() {
        // Best effort: the first failure is the one that counts.
        let _ = fs::remove_file(&part);
    }
    written
}

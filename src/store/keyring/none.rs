//! Where this program knows no keyring.

/// There is none.
#[derive(Debug, thiserror::Error)]
#[error("no keyring")]
pub struct KeyringError;

/// Cannot be had.
#[derive(Debug)]
pub enum Keyring {}

impl Keyring {
    /// Says that there is none.
    ///
    /// # Errors
    /// Always.
    pub const fn open(_place: Option<&str>) -> Result<Self, KeyringError> {
        Err(KeyringError)
    }

    /// All keys by name.
    ///
    /// # Errors
    /// Is never called.
    pub fn all(&self) -> Result<Vec<(String, String)>, KeyringError> {
        match *self {}
    }

    /// Keeps a key.
    ///
    /// # Errors
    /// Is never called.
    pub fn set(&self, _name: &str, _key: &str) -> Result<(), KeyringError> {
        match *self {}
    }

    /// Takes a key away.
    ///
    /// # Errors
    /// Is never called.
    pub fn remove(&self, _name: &str) -> Result<(), KeyringError> {
        match *self {}
    }
}

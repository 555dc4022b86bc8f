//! Windows' Credential Manager (凭据管理器): generic credentials that stay on this machine, named
//! `jintu:` and the name of the key. Windows encrypts them with what the user logs in with.

use std::{collections::HashMap, fmt, sync::Arc};

use keyring_core::{Entry, api::CredentialStoreApi};
use windows_native_keyring_store::Store;

const PREFIX: &str = "jintu:";
/// Keys do not follow the user to other machines of a domain.
const PERSISTENCE: &str = "Local";

/// Why the Credential Manager did not do it. The reasons are Windows' and hold no secret.
#[derive(Debug, thiserror::Error)]
#[error("the Credential Manager did not do it: {0}")]
pub struct KeyringError(#[from] keyring_core::Error);

/// The user's credentials.
pub struct Keyring {
    store: Arc<Store>,
    prefix: String,
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keyring(…)")
    }
}

impl Keyring {
    /// The credentials of this program, or those whose names begin in another way.
    ///
    /// # Errors
    /// None today; another platform's keyring may not be there.
    pub fn open(prefix: Option<&str>) -> Result<Self, KeyringError> {
        Ok(Self { store: Store::new()?, prefix: prefix.unwrap_or(PREFIX).to_owned() })
    }

    /// All of this program's keys by name.
    ///
    /// # Errors
    /// A user without credentials, such as a service.
    pub fn all(&self) -> Result<Vec<(String, String)>, KeyringError> {
        let mut keys = Vec::new();
        for entry in self.store.search(&HashMap::new())? {
            let target = match entry.get_attributes() {
                Ok(mut attributes) => attributes.remove("target_name").unwrap_or_default(),
                // Of another kind than a program's, or just taken away.
                Err(keyring_core::Error::NoEntry) => continue,
                Err(e) => return Err(e.into()),
            };
            if let Some(name) = target.strip_prefix(&self.prefix) {
                keys.push((name.to_owned(), entry.get_password()?));
            }
        }
        Ok(keys)
    }

    /// Keeps a key, in the place of one of the same name.
    ///
    /// # Errors
    /// A key of more than 1,280 characters, a user without credentials.
    pub fn set(&self, name: &str, key: &str) -> Result<(), KeyringError> {
        Ok(self.entry(name)?.set_password(key)?)
    }

    /// Takes a key away; one that is not there is no error.
    ///
    /// # Errors
    /// A user without credentials.
    pub fn remove(&self, name: &str) -> Result<(), KeyringError> {
        match self.entry(name)?.delete_credential() {
            Ok(()) | Err(keyring_core::Error::NoEntry) => Ok(()),
            Err(e) => Err(e.into()),
        }
    }

    fn entry(&self, name: &str) -> Result<Entry, KeyringError> {
        let target = format!("{}{name}", self.prefix);
        let how = HashMap::from([("target", target.as_str()), ("persistence", PERSISTENCE)]);
        // The target is the whole name; a user of the service is not asked for.
        Ok(self.store.build("jintu", name, Some(&how))?)
    }
}

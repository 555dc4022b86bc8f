//! Where the desktop keeps secrets: the Secret Service of a Linux desktop, Windows' Credential
//! Manager. Each offers the same: open, all, set, remove.

#[cfg(all(windows, feature = "keyring"))]
mod credential_manager;
#[cfg(not(all(any(windows, target_os = "linux"), feature = "keyring")))]
mod none;
#[cfg(all(target_os = "linux", feature = "keyring"))]
mod secret_service;

#[cfg(all(windows, feature = "keyring"))]
pub use credential_manager::{Keyring, KeyringError};
#[cfg(not(all(any(windows, target_os = "linux"), feature = "keyring")))]
pub use none::{Keyring, KeyringError};
#[cfg(all(target_os = "linux", feature = "keyring"))]
pub use secret_service::{Keyring, KeyringError};

//! The only input and output: seeds, settings and files.

pub mod attachments;
#[cfg(feature = "gui")]
pub mod awake;
mod basemap;
pub mod book;
pub mod clock;
pub mod embedded;
pub mod error;
pub mod file_dialog;
pub mod files;
pub mod folders;
mod fonts;
mod geopackage;
pub mod keyring;
pub mod keys;
pub mod layers;
pub mod limits;
pub mod outline_file;
pub mod papers;
pub mod put_out;
pub mod settings;
pub mod tables;
pub mod thumbnail;
pub mod tiles;
mod unchanging;

pub use basemap::basemap;
pub use embedded::{AREAS, BASEMAP, FONT_BOLD, FONT_REGULAR, ICON, RELIEF, SEEDS};
pub use error::StoreError;
pub use fonts::fonts;
pub use keyring::{Keyring, KeyringError};
pub use keys::{KeyPlace, Keys};

//! The only input and output: seeds, settings and files.

pub mod embedded;
pub mod error;
pub mod files;
pub mod settings;

pub use embedded::{BASEMAP, FONT_BOLD, FONT_REGULAR, ICON, SEEDS};
pub use error::StoreError;

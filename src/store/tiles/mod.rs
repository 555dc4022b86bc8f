//! Fetching tiles: network, files, caches, packages. The only network of the program.

pub mod archives;
pub mod common;
pub mod disk_cache;
pub mod fetch;
pub mod http;
pub mod open;
mod open_file;
mod open_style;
pub mod package;
mod package_part;
mod paint;
mod pool;
pub mod service;
mod turns;

pub use open::{BasemapOpenError, Opened, Web, is_basemap_file, open_basemap};
pub use paint::{Paint, TilePaint};
pub use service::{Options, TileService};

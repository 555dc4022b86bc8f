//! Fetching tiles: network, files, caches, packages. The only network of the program.

pub mod archives;
pub mod common;
pub mod disk_cache;
pub mod fetch;
pub mod http;
mod mbtiles;
pub mod open;
mod open_file;
mod open_style;
mod opened;
pub mod package;
mod package_part;
mod paint;
mod pool;
mod recognise;
pub mod service;
mod turns;

pub use open::{BasemapOpenError, Web, open_basemap};
pub use opened::{OpenNote, Opened};
pub use paint::{Paint, TilePaint};
pub use recognise::is_basemap_file;
pub use service::{Options, TileService};

//! Foreign vector tiles: Mapbox Vector Tiles of any server, painted with a `MapLibre` style.
//!
//! [`paint`] turns the bytes of one tile into a picture and a list of [`Name`]s; the names are not
//! painted, because the map places all its labels together. [`Style::parse`] reads a `MapLibre`
//! style (version 8), [`Style::usual`] is the program's own one for servers that bring none.
//!
//! Tiles come from outside and may be damaged or hostile. The decoder here reads them in place
//! and bounds what it keeps, which a general reader does not do: nested geometry cannot make it
//! reserve more memory than the tile has bytes.

mod batch;
mod canvas;
mod clip;
mod color;
mod eval;
mod expression;
mod fields;
mod filter;
mod function;
mod layer;
mod middle;
mod names;
mod paint;
mod painter;
mod projection;
mod property;
mod shape;
mod style;
mod tile;
mod usual;
mod value;

pub use color::Color;
pub use names::{Name, NameKind};
pub use paint::{PaintError, Painted, Request, paint};
pub use style::{Source, Style, StyleError};

//! Mapbox Vector Tiles: decoded for everybody, and those of any server painted with a `MapLibre`
//! style.
//!
//! [`Tile::read`] and [`Shape::read`] decode; the embedded basemap uses only these.
//! [`paint()`] turns the bytes of one tile into a picture and a list of [`Name`]s; the names are not
//! painted, because the map places all its labels together. [`Style::parse`] reads a `MapLibre`
//! style (version 8), [`Style::usual`] is the program's own one for servers that bring none.
//!
//! Tiles come from outside and may be damaged or hostile. The decoder here reads them in place
//! and bounds what it keeps, which a general reader does not do: nested geometry cannot make it
//! reserve more memory than the tile has bytes.

mod area;
mod batch;
mod canvas;
mod clip;
mod collator;
mod color;
mod compare;
mod context;
mod curve;
mod default_style;
mod eval;
mod expression;
mod fault;
mod fields;
mod filter;
mod function;
mod json_text;
mod lab;
mod label_point;
mod layer;
mod lists;
mod names;
mod operate;
mod operator;
mod paint;
mod painter;
mod projection;
mod property;
mod reader;
mod request;
mod script;
pub mod shape;
mod style;
mod tile;
mod value;

pub use color::Color;
pub use names::{Name, NameKind};
pub use paint::{Painted, paint};
pub use request::{PaintError, Request};
pub use shape::{Shape, doubled_area};
pub use style::{Source, Style, StyleError, StyleFault};
pub use tile::{Feature, GeometryKind, Tile, TileError};
pub use value::Value;

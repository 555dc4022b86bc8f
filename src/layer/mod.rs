//! Layers that the user opens: millions of features in columns, read in chunks.
//!
//! Pure: `store::layers` opens the files, `map` draws.

pub mod arc;
mod bits;
mod builder;
mod cells;
mod chosen_columns;
mod chunk;
mod codes;
mod condition;
mod counties;
pub mod day;
pub mod feature_geometry;
mod field;
mod fill;
mod filter;
mod finding;
pub mod formula;
mod frame;
pub mod geometry;
mod grid;
pub mod join;
pub mod join_keys;
pub mod pick;
mod prepared_polygon;
mod reference;
mod rows;
mod shapes;
pub mod spots;
pub mod style;
mod table;
mod value;
pub mod visible;
pub mod wkb;
pub mod wkt;

pub use bits::Bits;
pub use builder::ChunkBuilder;
pub use chosen_columns::{ChosenColumns, ChosenHead, ChosenPlace, SheetStart, TableStart};
pub use chunk::{Chunk, Layer};
pub use codes::Codes;
pub use condition::{Condition, ConditionError};
pub use counties::CountyCodes;
pub use field::{Field, FieldKind, name_fields};
pub use filter::{Selected, select};
pub use finding::{Cause, Finding};
pub use grid::Grid;
pub use prepared_polygon::PreparedPolygon;
pub use reference::{Basis, Reference};
pub use shapes::{Holds, Kind, Kinds, Part, Shapes};
pub use table::{Column, Table, TableBuilder};
pub use value::Value;

/// Most features of a chunk: rows are counted in 16 bits.
pub const CHUNK_ROWS: usize = 65_536;
/// The first chunk is small, so that something is seen at once.
pub const FIRST_CHUNK_ROWS: usize = 8_192;

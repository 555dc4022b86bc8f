//! Tables with coordinates, of text or of spreadsheets: where the head is, which columns hold the
//! coordinates, how they are written.

mod chosen;
mod columns;
mod degree_columns;
mod features;
mod figure;
mod head;
mod names;
pub mod records;

pub use chosen::{Look, look, no_columns, start_of};
pub use features::{Cells, Features};
pub use head::Head;
pub use names::Named;

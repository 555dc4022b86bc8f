//! Tables with coordinates, of text or of spreadsheets: where the head is, which columns hold the
//! coordinates, how they are written.

mod columns;
mod features;
mod figure;
mod head;
mod names;
pub mod records;

pub use features::{Cells, Features};
pub use head::{Head, find, names_seen};
pub use names::Named;

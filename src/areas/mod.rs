//! The country's provinces, prefectures and counties: borders, names, parents, seats, and towns.
//!
//! Read from one packed file (`tools/areas` builds it); knows no plan, no files and no map. Nothing here
//! is needed before a plan of another city is opened.

mod area;
mod at;
mod bytes;
mod guess;
mod names;
mod near;
mod outline;
mod read;
mod town;

pub use area::{Area, Level};
pub use guess::Guess;
pub use names::short_name;
pub use read::{Areas, AreasError};
pub use town::Town;

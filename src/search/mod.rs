//! Finding: what somebody types who looks for a place, a project, a stake or a sentence.
//!
//! It finds and changes nothing: what is shown stays shown. Commands are the application's and are
//! found there.

mod country;
mod finder;
mod letters;
mod names;
mod position;
mod stake;
mod tokens;
mod words;

pub use country::{Country, Elsewhere};
pub use finder::{Finder, Found, Hit, HitGroup, Hits};
pub use position::{Position, position_in, positions, zones_of};
pub use stake::{StakeText, stake};
pub use words::{in_text, sentences};

//! Place names to positions, county names to codes, and search by pinyin.
//!
//! Works on the text and on lists it is given; knows nothing of files, projects or the map.

mod counties;
mod geocode;
mod part_of;
mod pinyin;
mod pinyin_rank;
mod place;
mod reason;
mod surface;

pub use geocode::{Candidate, Gazetteer};
pub use pinyin::{MatchRank, SearchKey, SortKey};
pub use pinyin_rank::push_ranks;
pub use place::{Place, PlaceKind};
pub use reason::{CountyEvidence, Reason};

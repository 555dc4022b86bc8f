//! The question what the coordinates of a file refer to, asked once where its figures leave it
//! open.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::{
    geo::{Crs, crs_guess::Candidate},
    units::Extent,
};

/// The places where a file may lie.
#[derive(Debug, Clone, PartialEq)]
pub struct CrsQuestion {
    pub file: u64,
    pub path: PathBuf,
    /// The likeliest first.
    pub candidates: Vec<Candidate>,
    /// The one that is looked at; none where something else is typed.
    pub row: Option<usize>,
    /// A system that is typed.
    pub typed: String,
}

impl CrsQuestion {
    /// What would be answered now.
    pub fn answer(&self) -> Option<CrsAnswer> {
        let Some(row) = self.row else {
            let crs = Crs::from_key(self.typed.trim())?;
            return Some(CrsAnswer { crs, swapped: false });
        };
        let one = self.candidates.get(row)?;
        Some(CrsAnswer { crs: one.crs, swapped: one.swapped_axes })
    }

    /// Where the file would lie then, as far as that is known.
    pub fn lands(&self) -> Option<Extent> {
        self.candidates.get(self.row?).map(|one| one.lands)
    }
}

/// What the coordinates of a file refer to, as the user said.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CrsAnswer {
    pub crs: Crs,
    /// Whether north stands before east.
    pub swapped: bool,
}

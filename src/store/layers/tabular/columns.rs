//! Which columns of a table hold the coordinates.

use std::collections::HashMap;

use super::{
    figure::Axis,
    names::{Meaning, Named, Rank, meaning},
};

/// Where the coordinates stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Columns {
        east: usize,
        north: usize,
    },
    /// Both in one column; which first, where its name says so.
    Together {
        column: usize,
        first: Option<Axis>,
    },
    /// A geometry in words.
    Shape {
        column: usize,
    },
}

impl Place {
    /// The columns, the same twice where it is one.
    pub const fn columns(self) -> [usize; 2] {
        match self {
            Self::Columns { east, north } => [east, north],
            Self::Together { column, .. } | Self::Shape { column } => [column, column],
        }
    }
}

/// Columns that may hold the coordinates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    pub place: Place,
    pub rank: Rank,
    pub named: Named,
}

/// What may be meant by columns of such names, the best first: by rank, those without other words in
/// their names before, exact datums before shifted ones, then by their order in the file. Coordinates
/// of different ranks, of different datums or of different things make no pair.
pub fn candidates(header: &[String]) -> Vec<Candidate> {
    /// More would only cost.
    const MOST: usize = 64;
    type Half = [Option<usize>; 2];
    let mut halves: HashMap<(Rank, String, Named), Half> = HashMap::new();
    let mut found: Vec<(bool, Candidate)> = Vec::new();
    for (column, name) in header.iter().enumerate() {
        match meaning(name) {
            Meaning::One { axis, rank, stem, named } => {
                let half = halves.entry((rank, stem, named)).or_default();
                let own = usize::from(axis == Axis::North);
                if let Some(place) = half.get_mut(own) {
                    place.get_or_insert(column);
                }
            }
            Meaning::Both { first, named } if found.len() < MOST => {
                let place = Place::Together { column, first };
                found.push((false, Candidate { place, rank: Rank::Together, named }));
            }
            Meaning::Shape if found.len() < MOST => {
                let place = Place::Shape { column };
                let named = Named::Nothing;
                found.push((false, Candidate { place, rank: Rank::Shape, named }));
            }
            Meaning::Both { .. } | Meaning::Shape | Meaning::Other => {}
        }
    }
    found.extend(halves.into_iter().filter_map(|((rank, stem, named), half)| match half {
        [Some(east), Some(north)] => {
            let place = Place::Columns { east, north };
            Some((!stem.is_empty(), Candidate { place, rank, named }))
        }
        _ => None,
    }));
    let first = |candidate: &Candidate| match candidate.place {
        Place::Columns { east, north } => east.min(north),
        Place::Together { column, .. } | Place::Shape { column } => column,
    };
    found.sort_by_key(|(other_words, candidate)| {
        let shifted = matches!(candidate.named, Named::Gcj02 | Named::Bd09);
        (candidate.rank, *other_words, shifted, candidate.named, first(candidate))
    });
    found.truncate(MOST);
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

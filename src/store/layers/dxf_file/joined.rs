//! Pieces of one feature. A drawing knows no holes and no shapes of several parts: what our own writer
//! makes of them carries the number of its feature, as extended data that other programs keep.

use super::groups::{Entity, whole};

/// Under this name the data stands.
pub const APPLICATION: &str = "JINTU";

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// The first of a feature.
    First,
    Part,
    Hole,
    /// What the feature is called, written beside it.
    Label,
}

impl Piece {
    pub const ALL: [Self; 4] = [Self::First, Self::Part, Self::Hole, Self::Label];

    pub const fn key(self) -> &'static str {
        match self {
            Self::First => "FEATURE",
            Self::Part => "PART",
            Self::Hole => "HOLE",
            Self::Label => "LABEL",
        }
    }

    /// What an entity says it is, and the number of its feature.
    pub fn of(entity: &Entity) -> Option<(Self, i64)> {
        let mut is_ours = false;
        let mut piece = None;
        for (code, value) in entity.groups() {
            let value = value.trim_ascii();
            match code {
                1001 => is_ours = value == APPLICATION.as_bytes(),
                1000 if is_ours => {
                    piece = Self::ALL.into_iter().find(|own| own.key().as_bytes() == value);
                }
                1071 if is_ours => return piece.zip(whole(value)),
                _ => {}
            }
        }
        None
    }
}

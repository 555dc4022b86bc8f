//! What came of opening a basemap.

use std::fmt;

use crate::tile::TileSource;

/// A basemap that was opened.
#[derive(Clone, PartialEq)]
pub struct Opened {
    /// From the ground up; empty for the embedded basemap and for none. No key is in them.
    pub sources: Vec<TileSource>,
    /// The key that stood in the address. It belongs with the user's keys, under the kind or the id
    /// of the sources that ask for one.
    pub key: Option<String>,
    /// Layers of a style that cannot be painted, by their ids, with the property that is not
    /// understood where that is why.
    pub left_out: Vec<String>,
    pub notes: Vec<OpenNote>,
}

/// What the user should know of a basemap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenNote {
    /// Properties of a style that are not understood and have their defaults: layer and property.
    Defaults(Vec<String>),
    /// The rows of an `MBTiles` file are counted from the north, against its specification; they
    /// are read like that.
    RowsFromNorth,
    /// So many of so many tiles that were tried are no tiles.
    NoTiles { strange: usize, tried: usize },
}

impl Opened {
    /// One source without a key.
    pub(super) fn one(source: TileSource) -> Self {
        Self::of(vec![source], None)
    }

    pub(super) const fn of(sources: Vec<TileSource>, key: Option<String>) -> Self {
        Self { sources, key, left_out: Vec::new(), notes: Vec::new() }
    }
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = if self.key.is_some() { "…" } else { "none" };
        f.debug_struct("Opened")
            .field("sources", &self.sources)
            .field("key", &key)
            .field("left_out", &self.left_out)
            .field("notes", &self.notes)
            .finish()
    }
}

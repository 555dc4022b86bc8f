//! What a tile turned out to show.

use crate::{language::Bilingual, units::Mercator};

/// Decoded pixels: rows from the north, four bytes each, red, green, blue, alpha, not premultiplied.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TilePicture {
    pub width_px: u32,
    pub height_px: u32,
    pub rgba: Vec<u8>,
    /// Names in a vector tile: they are placed among all labels, and not part of the pixels.
    pub names: Vec<TileName>,
}

/// A name of a basemap from outside.
#[derive(Debug, Clone, PartialEq)]
pub struct TileName {
    pub text: Bilingual,
    pub at: Mercator,
    /// 1 is the most important, 9 the least.
    pub rank: u8,
    pub kind: TileNameKind,
}

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TileNameKind {
    Place,
    Water,
    Road,
    Other,
}

//! What the map asks of whoever fetches tiles. Nothing here waits.

use std::sync::Arc;

use super::{Failure, TileId, TilePicture};

/// What is known of a tile.
#[derive(Debug, Clone)]
pub enum Seen {
    Ready(Arc<TilePicture>),
    /// Asked for, on its way, or not asked for.
    Pending,
    Failed(Failure),
    /// The source has said that it holds none.
    Absent,
}

/// How a source is doing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SupplyStatus {
    /// Of the tiles last asked for.
    pub ready: usize,
    pub pending: usize,
    pub failed: usize,
    pub last_failure: Option<Failure>,
}

/// How vector tiles are to be painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TileLook {
    pub dark: bool,
    /// Two pixels to a point.
    pub dense: bool,
}

/// Tiles of several sources, by the sources' ids.
pub trait TileSupply: Send + Sync {
    /// These tiles and no others are wanted now, the most wanted first.
    fn want(&self, source: &str, tiles: &[TileId]);
    /// Tiles that are likely to be wanted next; fetched when idle and where the terms allow it.
    fn prefetch(&self, source: &str, tiles: &[TileId]);
    fn seen(&self, source: &str, tile: TileId) -> Seen;
    /// A number that grows when a picture comes: as long as it stays, nothing new can be seen.
    fn arrivals(&self) -> u64;
    fn status(&self, source: &str) -> SupplyStatus;
    /// How vector tiles are to look from now on.
    fn set_look(&self, look: TileLook);
    /// Tries at once what has failed.
    fn retry(&self);
}

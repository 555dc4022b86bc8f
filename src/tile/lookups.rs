//! Which tiles are looked up in the disk cache, and what the network has to be asked for after
//! that. The disk never waits for the network: what is kept shows while a source is down.

use std::collections::HashSet;

use super::TileId;

/// What the disk cache holds of a tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    Fresh,
    /// It is shown, and the source is asked whether it still holds.
    Stale,
    Nothing,
}

/// The look-ups of one source.
#[derive(Debug)]
pub struct Lookups {
    has_disk: bool,
    missing: HashSet<TileId>,
    stale: HashSet<TileId>,
    looking: HashSet<TileId>,
}

impl Lookups {
    /// Without a disk cache everything is for the network.
    pub fn new(has_disk: bool) -> Self {
        let none = HashSet::new;
        Self { has_disk, missing: none(), stale: none(), looking: none() }
    }

    /// The next tile to look up, which is then being looked up; `has` tells which are in memory.
    pub fn next(
        &mut self,
        tiles: impl Iterator<Item = TileId>,
        has: &dyn Fn(TileId) -> bool,
    ) -> Option<TileId> {
        if !self.has_disk {
            return None;
        }
        let is_open = |tile: &TileId| {
            !self.missing.contains(tile) && !self.looking.contains(tile) && !has(*tile)
        };
        let tile = { tiles }.find(is_open)?;
        self.looking.insert(tile);
        Some(tile)
    }

    /// Says how a look-up ended.
    pub fn done(&mut self, tile: TileId, found: Found) {
        /// What was seen long ago can be looked up again.
        const MOST: usize = 20_000;
        for set in [&mut self.missing, &mut self.stale] {
            if set.len() >= MOST {
                set.clear();
            }
        }
        self.looking.remove(&tile);
        self.stale.remove(&tile);
        match found {
            Found::Fresh => {}
            Found::Stale => {
                self.stale.insert(tile);
            }
            Found::Nothing => {
                self.missing.insert(tile);
            }
        }
    }

    /// Whether the network is to be asked for a tile.
    pub fn needs_network(&self, tile: TileId, has: &dyn Fn(TileId) -> bool) -> bool {
        if !self.has_disk {
            return !has(tile);
        }
        self.stale.contains(&tile) || self.missing.contains(&tile) && !has(tile)
    }

    /// The network has delivered the tile; the disk may hold it now.
    pub fn delivered(&mut self, tile: TileId) {
        self.missing.remove(&tile);
        self.stale.remove(&tile);
    }

    /// The network says that there is none.
    pub fn absent(&mut self, tile: TileId) {
        self.stale.remove(&tile);
        self.missing.insert(tile);
    }
}

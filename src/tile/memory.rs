//! Pictures kept in memory, bounded by their bytes.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use super::{TileId, TilePicture};

/// The latest used pictures of all sources. What is wanted now stays whatever the bound: a view
/// that did not fit would be fetched again and again.
#[derive(Debug)]
pub struct Memory {
    sources: HashMap<Arc<str>, Source>,
    clock: u64,
    bytes: usize,
    most_bytes: usize,
}

#[derive(Debug, Default)]
struct Source {
    kept: HashMap<TileId, (u64, Arc<TilePicture>)>,
    wanted: HashSet<TileId>,
}

impl Memory {
    /// 7680 × 2160 points are 600 tiles of 256 pixels, 150 MB; with their ancestors and the way
    /// back it is this much, used only on such walls.
    pub const USUAL_BYTES: usize = 256 << 20;
    /// What is wanted may go beyond the bound, but never beyond this.
    const MOST_WANTED_BYTES: usize = 1536 << 20;

    pub fn new(most_bytes: usize) -> Self {
        Self { sources: HashMap::new(), clock: 0, bytes: 0, most_bytes }
    }

    pub fn get(&mut self, source: &str, tile: TileId) -> Option<Arc<TilePicture>> {
        self.clock += 1;
        let (used, picture) = self.sources.get_mut(source)?.kept.get_mut(&tile)?;
        *used = self.clock;
        Some(picture.clone())
    }

    /// Whether it is there, without counting as a use.
    pub fn has(&self, source: &str, tile: TileId) -> bool {
        self.sources.get(source).is_some_and(|own| own.kept.contains_key(&tile))
    }

    /// Keeps these of a source, and no others, whatever the bound.
    pub fn want(&mut self, source: &Arc<str>, tiles: &[TileId]) {
        let own = self.sources.entry(source.clone()).or_default();
        own.wanted = tiles.iter().copied().collect();
    }

    /// Takes a picture, and gives back what has no place any more, to be freed at leisure.
    pub fn put(
        &mut self,
        source: &Arc<str>,
        tile: TileId,
        picture: Arc<TilePicture>,
    ) -> Vec<Arc<TilePicture>> {
        self.clock += 1;
        self.bytes += picture.rgba.len();
        let own = self.sources.entry(source.clone()).or_default();
        let old = own.kept.insert(tile, (self.clock, picture)).map(|(_, old)| old);
        self.bytes -= old.as_ref().map_or(0, |old| old.rgba.len());
        let mut out: Vec<_> = old.into_iter().collect();
        if self.bytes > self.most_bytes {
            self.shrink(&mut out);
        }
        out
    }

    /// Whether even what is wanted is too much: then nothing more is fetched.
    pub const fn is_full(&self) -> bool {
        self.bytes > self.most_bytes && self.bytes > Self::MOST_WANTED_BYTES
    }

    /// Forgets a source, and gives back its pictures, to be freed at leisure.
    pub fn forget(&mut self, source: &str) -> Vec<Arc<TilePicture>> {
        let own = self.sources.remove(source).unwrap_or_default();
        let out: Vec<_> = own.kept.into_values().map(|(_, picture)| picture).collect();
        self.bytes -= out.iter().map(|picture| picture.rgba.len()).sum::<usize>();
        out
    }

    pub const fn bytes(&self) -> usize {
        self.bytes
    }

    /// Down to nine tenths, the longest unused first; the one just put stays.
    fn shrink(&mut self, out: &mut Vec<Arc<TilePicture>>) {
        let mut by_use: Vec<(u64, Arc<str>, TileId)> = Vec::new();
        for (source, own) in &self.sources {
            let free = own.kept.iter().filter(|(tile, _)| !own.wanted.contains(tile));
            by_use.extend(free.map(|(tile, (used, _))| (*used, source.clone(), *tile)));
        }
        by_use.retain(|(used, ..)| *used != self.clock);
        by_use.sort();
        for (_, source, tile) in by_use {
            if self.bytes <= self.most_bytes / 10 * 9 {
                break;
            }
            let own = self.sources.get_mut(&source);
            if let Some((_, picture)) = own.and_then(|own| own.kept.remove(&tile)) {
                self.bytes -= picture.rgba.len();
                out.push(picture);
            }
        }
    }
}

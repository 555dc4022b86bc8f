//! Pictures kept in memory, bounded by their bytes.

use std::{collections::HashMap, sync::Arc};

use super::{TileId, TilePicture};

/// The latest used pictures of all sources.
#[derive(Debug)]
pub struct Memory {
    kept: HashMap<(Arc<str>, TileId), (u64, Arc<TilePicture>)>,
    clock: u64,
    bytes: usize,
    most_bytes: usize,
}

impl Memory {
    /// 7680 × 2160 points are 600 tiles of 256 pixels, 150 MB; with their ancestors and the way
    /// back it is this much, used only on such walls.
    pub const USUAL_BYTES: usize = 256 << 20;

    pub fn new(most_bytes: usize) -> Self {
        Self { kept: HashMap::new(), clock: 0, bytes: 0, most_bytes }
    }

    pub fn get(&mut self, source: &Arc<str>, tile: TileId) -> Option<Arc<TilePicture>> {
        self.clock += 1;
        let (used, picture) = self.kept.get_mut(&(source.clone(), tile))?;
        *used = self.clock;
        Some(picture.clone())
    }

    /// Whether it is there, without counting as a use.
    pub fn has(&self, source: &Arc<str>, tile: TileId) -> bool {
        self.kept.contains_key(&(source.clone(), tile))
    }

    pub fn put(&mut self, source: &Arc<str>, tile: TileId, picture: Arc<TilePicture>) {
        self.clock += 1;
        self.bytes += picture.rgba.len();
        if let Some((_, old)) = self.kept.insert((source.clone(), tile), (self.clock, picture)) {
            self.bytes -= old.rgba.len();
        }
        if self.bytes > self.most_bytes {
            self.shrink();
        }
    }

    /// Forgets a source.
    pub fn forget(&mut self, source: &Arc<str>) {
        self.kept.retain(|(own, _), _| own != source);
        self.bytes = self.kept.values().map(|(_, picture)| picture.rgba.len()).sum();
    }

    pub const fn bytes(&self) -> usize {
        self.bytes
    }

    /// Down to nine tenths, the longest unused first; the one just put stays.
    fn shrink(&mut self) {
        let mut by_use: Vec<(u64, (Arc<str>, TileId))> =
            self.kept.iter().map(|(key, (used, _))| (*used, key.clone())).collect();
        by_use.sort();
        by_use.pop();
        for (_, key) in by_use {
            if self.bytes <= self.most_bytes / 10 * 9 {
                break;
            }
            if let Some((_, picture)) = self.kept.remove(&key) {
                self.bytes -= picture.rgba.len();
            }
        }
    }
}

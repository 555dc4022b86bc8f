//! What all workers share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, atomic::AtomicU64};

use super::{disk_cache::DiskCache, http::Client, paint::Paint, turns::Turns};
use crate::tile::{CacheTerms, Memory, TileSource};

/// Takes a line of the log. Keys are out of it already.
pub type Log = dyn Fn(&str) + Send + Sync;

/// Called when a tile has come, or has failed.
pub type Wake = dyn Fn() + Send + Sync;

/// What all workers share.
pub struct Common {
    pub client: Client,
    pub wake: Arc<Wake>,
    pub log: Arc<Log>,
    pub paint: Arc<dyn Paint>,
    /// For unpacking and painting.
    pub turns: Turns,
    /// Pictures that have come into memory.
    pub arrivals: AtomicU64,
    pub(super) memory: Mutex<Memory>,
    pub(super) disk: Option<DiskCache>,
}

impl Common {
    pub fn memory(&self) -> MutexGuard<'_, Memory> {
        // Whole values only, so that a panic elsewhere cannot have left it half done.
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The disk cache, where the source's terms allow it.
    pub fn disk(&self, source: &TileSource) -> Option<&DiskCache> {
        self.disk.as_ref().filter(|_| may_keep(source))
    }
}

/// What may be kept of a source.
pub const fn may_keep(source: &TileSource) -> bool {
    !matches!(source.cache, CacheTerms::Forbidden)
}

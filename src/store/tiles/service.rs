//! All sources of the map. The window asks and never waits.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use super::{
    common::{Common, Log, Wake},
    disk_cache::DiskCache,
    fetch::Fetcher,
    http::{Client, Patience},
    paint::{Paint, TilePaint},
    pool::Pool,
    turns::Turns,
};
use crate::tile::{
    CacheTerms, Content, Failure, Memory, Seen, SupplyStatus, TileId, TileLook, TileSource,
    TileSupply,
};

/// How the service works.
pub struct Options {
    /// `None` keeps nothing on disk.
    pub cache_folder: Option<PathBuf>,
    pub disk_bytes: u64,
    pub memory_bytes: usize,
    pub patience: Patience,
    pub wake: Arc<Wake>,
    pub log: Arc<Log>,
    pub paint: Arc<dyn Paint>,
}

impl Options {
    /// What the window uses, without a log.
    pub fn usual(cache_folder: Option<PathBuf>, wake: Arc<Wake>) -> Self {
        Self {
            cache_folder,
            disk_bytes: 512 << 20,
            memory_bytes: Memory::USUAL_BYTES,
            patience: Patience::default(),
            wake,
            log: Arc::new(|_| ()),
            paint: Arc::new(TilePaint::default()),
        }
    }
}

/// Fetches tiles of several sources. Dropping it ends all work.
pub struct TileService {
    common: Arc<Common>,
    pools: Mutex<Pools>,
}

#[derive(Default)]
struct Pools {
    of: HashMap<String, (Arc<TileSource>, Pool)>,
    /// What was wanted last of each source, for a pool that begins anew.
    wishes: HashMap<String, Vec<TileId>>,
}

impl TileService {
    pub fn new(options: Options) -> Self {
        let disk = options.cache_folder.map(|folder| DiskCache::new(folder, options.disk_bytes));
        let common = Common {
            client: Client::new(options.patience),
            wake: options.wake,
            log: options.log,
            paint: options.paint,
            turns: Turns::new(),
            arrivals: AtomicU64::new(0),
            memory: Mutex::new(Memory::new(options.memory_bytes)),
            disk,
        };
        Self { common: Arc::new(common), pools: Mutex::default() }
    }

    /// Takes the sources in use, each with its key. Those that stay as they are go on.
    pub fn set_sources(&self, sources: &[(Arc<TileSource>, Option<String>)], fresh: bool) {
        let mut pools = self.lock();
        pools.of.retain(|_, (own, _)| !fresh && sources.iter().any(|(source, _)| source == own));
        for (source, key) in sources {
            if !pools.of.contains_key(&source.id) {
                let pool = Pool::start(source, key.as_deref(), self.common.clone());
                if let Some(wish) = pools.wishes.get(&source.id) {
                    pool.want(wish);
                }
                pools.of.insert(source.id.clone(), (source.clone(), pool));
            }
        }
    }

    /// The bytes of one tile, past every cache. Waits.
    ///
    /// # Errors
    /// See [`Failure`].
    pub fn fetch_now(
        &self,
        source: &Arc<TileSource>,
        key: Option<String>,
        tile: TileId,
    ) -> Result<Option<Vec<u8>>, Failure> {
        Fetcher::new(source.clone(), key, self.common.clone()).bytes(tile)
    }

    /// Someone who fetches many, one after the other.
    pub fn fetcher(&self, source: &Arc<TileSource>, key: Option<String>) -> Fetcher {
        Fetcher::new(source.clone(), key, self.common.clone())
    }

    /// A text or a small file behind an address.
    ///
    /// # Errors
    /// See [`Failure`].
    pub fn client(&self) -> &Client {
        &self.common.client
    }

    fn lock(&self) -> MutexGuard<'_, Pools> {
        self.pools.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with<T: Default>(&self, source: &str, ask: impl FnOnce(&TileSource, &Pool) -> T) -> T {
        self.lock().of.get(source).map_or_else(T::default, |(source, pool)| ask(source, pool))
    }
}

impl TileSupply for TileService {
    fn want(&self, source: &str, tiles: &[TileId]) {
        self.lock().wishes.insert(source.to_owned(), tiles.to_vec());
        self.with(source, |_, pool| pool.want(tiles));
    }

    fn prefetch(&self, source: &str, tiles: &[TileId]) {
        self.with(source, |source, pool| {
            // Fetching ahead is what some owners forbid; from a file there is nothing to gain.
            if source.cache == CacheTerms::Packages && !Fetcher::is_local(source) {
                pool.prefetch(tiles);
            }
        });
    }

    fn seen(&self, source: &str, tile: TileId) -> Seen {
        self.lock().of.get(source).map_or(Seen::Pending, |(_, pool)| pool.seen(tile))
    }

    fn arrivals(&self) -> u64 {
        self.common.arrivals.load(Ordering::Acquire)
    }

    fn status(&self, source: &str) -> SupplyStatus {
        self.with(source, |_, pool| pool.status())
    }

    fn set_look(&self, look: TileLook) {
        if !self.common.paint.set_look(look) {
            return;
        }
        let mut pools = self.lock();
        let Pools { of, wishes } = &mut *pools;
        for (id, (source, pool)) in of.iter_mut() {
            if source.content == Content::Vector {
                *pool = pool.renewed();
                if let Some(wish) = wishes.get(id) {
                    pool.want(wish);
                }
            }
        }
    }

    fn retry(&self) {
        for (_, pool) in self.lock().of.values() {
            pool.retry();
        }
    }
}

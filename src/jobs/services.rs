//! What jobs work with: tiles, keys, counties, the embedded basemap.

use std::{
    fs::File,
    io::Write,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use super::{Kept, OpenBook, tell::SettingsNotSaved};
use crate::{
    app::{Action, Message, Settings},
    basemap::Basemap,
    catalogue::Catalogue,
    geo::mercator,
    layer::CountyCodes,
    store::{
        self, Keys, StoreError,
        book::BookError,
        put_out::PutOut,
        tiles::{Options, TileService},
    },
    tile::{TileId, TileSource, TileSupply, redact},
    units::Mercator,
};

/// Shared by the window and its jobs.
pub struct Services {
    pub tiles: TileService,
    /// `None` only if the program was built with a broken one.
    pub basemap: Option<Arc<Basemap>>,
    pub(super) keys: Mutex<Result<Keys, Message>>,
    pub(super) counties: CountyCodes,
    pub(super) saved: Mutex<Saved>,
    pub(super) kept: Mutex<Kept>,
    /// Made when something is put out first.
    put_out: Mutex<Option<PutOut>>,
}

/// How saving the settings went last.
#[derive(Debug, Default)]
pub(super) struct Saved {
    /// The latest job that saved: jobs run side by side, and an older one must not win.
    job: u64,
    /// That it failed was told, and it has not succeeded since.
    failed: bool,
}

/// Takes what a job finds.
pub type Report = dyn Fn(Action) + Send + Sync;

impl Services {
    /// Nothing is fetched yet. `log` takes what the basemap does.
    pub fn new(
        catalogue: &Catalogue,
        basemap: Option<Arc<Basemap>>,
        log: Option<File>,
        wake: Arc<dyn Fn() + Send + Sync>,
    ) -> Self {
        let mut options = Options::usual(store::settings::cache_folder(), wake);
        if let Some(file) = log {
            let file = Mutex::new(file);
            options.log = Arc::new(move |line| {
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                // A log that cannot be written must not stop the map.
                let _ = writeln!(file, "{}", redact(line));
            });
        }
        let folder = store::settings::config_folder().unwrap_or_default();
        let keys = Keys::open(&folder, false).map_err(Message::new);
        let counties = CountyCodes::new(catalogue.counties.iter().map(|county| {
            let rings =
                county.polygon.0.iter().flat_map(|polygon| {
                    std::iter::once(polygon.exterior()).chain(polygon.interiors())
                });
            let ring = |ring: &geo::LineString<f64>| -> Vec<Mercator> {
                let mut path = mercator::path_from_line(ring);
                path.pop();
                path
            };
            (county.code.clone(), rings.map(ring).collect())
        }));
        let (saved, kept, put_out) = (Mutex::default(), Mutex::default(), Mutex::default());
        let keys = Mutex::new(keys);
        Self { tiles: TileService::new(options), basemap, keys, counties, saved, kept, put_out }
    }

    /// Counties, ready to be asked where positions lie.
    pub const fn counties(&self) -> &CountyCodes {
        &self.counties
    }

    /// Saves the settings of a job unless later ones are saved already; says what is new of a failure.
    pub(super) fn save_settings(&self, job: u64, settings: &Settings) -> Option<Message> {
        let mut saved = self.saved.lock().unwrap_or_else(PoisonError::into_inner);
        if job < saved.job {
            return None;
        }
        saved.job = job;
        match store::settings::save(settings) {
            Ok(()) => {
                saved.failed = false;
                None
            }
            Err(reason) => {
                let known = std::mem::replace(&mut saved.failed, true);
                (!known).then(|| Message::new(SettingsNotSaved(reason)))
            }
        }
    }

    /// Large bytes of the workbook that is open, while it is that one.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn blob(&self, book: &Path, hash: &str) -> Result<Option<Vec<u8>>, BookError> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let own = kept.as_ref().map(OpenBook::workbook).filter(|own| own.path() == book);
        own.map_or(Ok(None), |own| own.blob(hash))
    }

    /// Puts files out to be read.
    ///
    /// # Errors
    /// Anything the file system refuses.
    pub(super) fn put_out(
        &self,
        files: &[(String, Vec<u8>)],
    ) -> Result<Option<PathBuf>, StoreError> {
        let mut folder = self.put_out.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = match &mut *folder {
            Some(own) => own,
            none => none.insert(PutOut::new()?),
        };
        folder.put(files)
    }

    /// Fetches for these sources from now on; `fresh` forgets what failed and what was fetched.
    pub fn show(&self, sources: &[Arc<TileSource>], fresh: bool) {
        let with_keys: Vec<_> =
            sources.iter().map(|source| (source.clone(), self.key(source))).collect();
        self.tiles.set_sources(&with_keys, fresh);
    }
}

impl TileSupply for Services {
    fn want(&self, source: &str, tiles: &[TileId]) {
        self.tiles.want(source, tiles);
    }

    fn prefetch(&self, source: &str, tiles: &[TileId]) {
        self.tiles.prefetch(source, tiles);
    }

    fn seen(&self, source: &str, tile: TileId) -> crate::tile::Seen {
        self.tiles.seen(source, tile)
    }

    fn arrivals(&self) -> u64 {
        self.tiles.arrivals()
    }

    fn status(&self, source: &str) -> crate::tile::SupplyStatus {
        self.tiles.status(source)
    }

    fn set_look(&self, look: crate::tile::TileLook) {
        self.tiles.set_look(look);
    }

    fn retry(&self) {
        self.tiles.retry();
    }
}

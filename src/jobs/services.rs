//! What jobs work with: tiles, keys, counties.

use std::{
    collections::BTreeSet,
    fs::File,
    io::Write,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use super::error_words;
use crate::{
    app::{
        Action, Cancel, Language, Reading, Secret,
        open_layers::{Passed, Snapshot},
        package::{PackageOrder, PackageProgress, PackageState},
    },
    catalogue::{Catalogue, Filter},
    geo::{Datum, mercator},
    layer::{CountyCodes, PreparedPolygon, select},
    store::{
        self, Keys,
        layers::{LayerError, open_layers},
        tiles::{
            Options, TileService,
            fetch::Fetcher,
            http::Reply,
            open::{self, Web},
            open_basemap, package,
        },
    },
    tile::{Failure, KeyKind, TileId, TileSource, TileSupply, package::plan, redact},
    tr,
    units::{Extent, Mercator},
};

/// Shared by the window and its jobs.
pub struct Services {
    pub tiles: TileService,
    keys: Mutex<Result<Keys, String>>,
    counties: CountyCodes,
}

/// Sends an action to the window.
pub type Report = dyn Fn(Action) + Send + Sync;

impl Services {
    /// Nothing is fetched yet. `log` takes what the basemap does.
    pub fn new(
        catalogue: &Catalogue,
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
        let keys = Keys::open(&folder, false).map_err(|e| e.to_string());
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
        Self { tiles: TileService::new(options), keys: Mutex::new(keys), counties }
    }

    /// Counties, ready to be asked where positions lie.
    pub const fn counties(&self) -> &CountyCodes {
        &self.counties
    }

    /// Reads the keys anew, those of the desktop's keyring too, which may take its time.
    pub fn read_keys(&self, sources: &[Arc<TileSource>]) -> Action {
        let folder = store::settings::config_folder().unwrap_or_default();
        *self.lock() = Keys::open(&folder, true).map_err(|e| e.to_string());
        self.show(sources, true);
        Action::KeysKnown(self.known_keys(sources))
    }

    /// Which kinds of key are there, for these sources.
    pub fn known_keys(&self, sources: &[Arc<TileSource>]) -> BTreeSet<KeyKind> {
        let keys = self.lock();
        let Ok(keys) = keys.as_ref() else { return BTreeSet::new() };
        let custom = |source: &&Arc<TileSource>| {
            source.key == KeyKind::Custom && keys.get(&source.id).is_some()
        };
        let tianditu = keys.get(TIANDITU).map(|_| KeyKind::Tianditu);
        let custom = sources.iter().find(custom).map(|_| KeyKind::Custom);
        tianditu.into_iter().chain(custom).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Result<Keys, String>> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn key(&self, source: &TileSource) -> Option<String> {
        self.lock().as_ref().ok()?.get(name(source)?).map(str::to_owned)
    }

    /// Fetches for these sources from now on; `fresh` forgets what failed and what was fetched.
    pub fn show(&self, sources: &[Arc<TileSource>], fresh: bool) {
        let with_keys: Vec<_> =
            sources.iter().map(|source| (source.clone(), self.key(source))).collect();
        self.tiles.set_sources(&with_keys, fresh);
    }

    /// Keeps the key of the sources that ask for one of this kind, or takes it away when it is empty.
    pub fn set_key(&self, kind: KeyKind, key: &Secret, sources: &[Arc<TileSource>]) -> Action {
        let mut done = Ok(());
        for source in sources.iter().filter(|source| source.key == kind) {
            done = done.and(self.keep(source, &key.0));
        }
        self.show(sources, true);
        match done {
            Ok(()) => Action::KeysKnown(self.known_keys(sources)),
            Err(message) => Action::JobFailed { message },
        }
    }

    fn keep(&self, source: &TileSource, key: &str) -> Result<(), String> {
        let Some(name) = name(source) else { return Ok(()) };
        let mut keys = self.lock();
        let keys = keys.as_mut().map_err(|reason| reason.clone())?;
        let done = if key.is_empty() { keys.remove(name) } else { keys.set(name, key) };
        done.map_err(|e| e.to_string())
    }

    /// One tile in the middle of the city, past every cache.
    pub fn test_key(&self, sources: &[Arc<TileSource>], language: Language) -> Option<Action> {
        /// Taiyuan at zoom 10.
        const PROBE: TileId = TileId { z: 10, x: 832, y: 395 };
        let source = sources.iter().find(|source| source.key != KeyKind::None)?;
        Some(match self.tiles.fetch_now(source, self.key(source), PROBE) {
            Ok(_) => Action::JobDone { message: tr!(language, "key.good") },
            Err(failure) => {
                let reason = tr!(language, format!("failure.{}", failure.key()));
                Action::JobFailed { message: tr!(language, "key.bad", reason = reason) }
            }
        })
    }

    /// A basemap by name, address or file. A key in the address goes to the other keys.
    pub fn open_basemap(
        &self,
        text: &str,
        datum: Option<Datum>,
        language: Language,
        report: &Report,
    ) -> Action {
        let get = |url: &str| match self.tiles.client().get(url, None)? {
            Reply::Fresh(answer) => Ok(answer.body),
            Reply::NotModified(_) | Reply::Absent => Err(Failure::Refused(404)),
        };
        let range = |url: &str, offset, length| self.tiles.client().range(url, offset, length);
        let opened = match open_basemap(text, datum, &Web { get: &get, range: &range }) {
            Ok(opened) => opened,
            Err(e) => {
                return Action::JobFailed { message: error_words::basemap(&e, language) };
            }
        };
        if let Some(key) = &opened.key {
            for source in &opened.sources {
                if let Err(message) = self.keep(source, key) {
                    return Action::JobFailed { message };
                }
            }
        }
        if !opened.left_out.is_empty() {
            let some = opened.left_out.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
            let n = opened.left_out.len();
            report(Action::JobDone {
                message: tr!(language, "basemap.left_out", n = n, some = some),
            });
        }
        Action::BasemapOpened(opened.sources)
    }

    /// A file of features or of a basemap.
    pub fn open_file(
        &self,
        file: u64,
        path: &Path,
        language: Language,
        cancel: &Cancel,
        report: &Report,
    ) {
        if open::is_basemap_file(path) {
            let path = path.display().to_string();
            report(self.open_basemap(&path, None, language, report));
            let reading = Reading::Done;
            report(Action::FileRead { file, layers: Vec::new(), reading });
            return;
        }
        let mut latest = Vec::new();
        let done = open_layers(path, &self.counties, &cancel.0, &mut |progress| {
            latest = progress.layers.into_iter().map(Snapshot).collect();
            let reading = Reading::Under(progress.share);
            report(Action::FileRead { file, layers: latest.clone(), reading });
        });
        let reading = match done {
            Ok(()) => Reading::Done,
            Err(e) => {
                let message = error_words::layer(&e, language);
                if !matches!(e, LayerError::Cancelled) {
                    report(Action::JobFailed { message: message.clone() });
                }
                Reading::Stopped(message)
            }
        };
        report(Action::FileRead { file, layers: latest, reading });
    }

    /// What the filter lets pass of layers.
    pub fn filter(
        &self,
        request: u64,
        layers: Vec<(u64, usize, Snapshot)>,
        filter: &Filter,
    ) -> Action {
        let codes: Vec<&str> = filter.counties.iter().map(String::as_str).collect();
        let drawn = filter.polygon.clone().or_else(|| filter.extent.map(Extent::ring));
        let ring: Option<Vec<Mercator>> =
            drawn.map(|p| p.iter().map(|p| mercator::from_lon_lat(*p)).collect());
        let polygon = ring.as_ref().map(|ring| PreparedPolygon::new([ring.as_slice()]));
        let passed = layers
            .into_iter()
            .map(|(file, i, Snapshot(layer))| {
                let rows = select(&layer, &self.counties, &codes, polygon.as_ref());
                let count = rows.iter().map(crate::layer::Bits::count).sum();
                (file, i, Passed { rows: Arc::new(rows), count })
            })
            .collect();
        Action::LayersFiltered { request, passed }
    }

    /// Fetches a package, with a pause between tiles that no server minds.
    pub fn package(
        &self,
        order: &PackageOrder,
        language: Language,
        cancel: &Cancel,
        report: &Report,
    ) {
        let source = Arc::new(order.source.clone());
        let told = |counts: package::Counts, state| PackageProgress {
            wanted: counts.wanted,
            stored: counts.stored,
            absent: counts.absent,
            failed: counts.failed,
            state,
            path: order.path.clone(),
        };
        let tiles = match plan(&source, &order.area, order.min_zoom, order.max_zoom) {
            Ok(tiles) => tiles,
            Err(refusal) => {
                report(Action::JobFailed { message: error_words::refusal(refusal, language) });
                let none = package::Counts::default();
                report(Action::PackageWent(told(none, PackageState::Paused)));
                return;
            }
        };
        // One connection and a breath between two tiles: a package must not weigh on a server.
        let pause = (!Fetcher::is_local(&source)).then_some(Duration::from_millis(25));
        let mut fetcher = self.tiles.fetcher(&source, self.key(&source));
        let done = package::write(
            &order.path,
            &source,
            &tiles,
            &mut |tile| {
                if let Some(pause) = pause {
                    std::thread::sleep(pause);
                }
                fetcher.bytes(tile)
            },
            &mut |counts| {
                if counts.stored % 8 == 0 || counts.failed > 0 {
                    report(Action::PackageWent(told(counts, PackageState::Running)));
                }
                !cancel.0.load(std::sync::atomic::Ordering::Relaxed)
            },
        );
        match done {
            Ok(counts) => {
                let complete = counts.is_complete();
                let state = if complete { PackageState::Done } else { PackageState::Paused };
                report(Action::PackageWent(told(counts, state)));
            }
            Err(e) => {
                let message = error_words::package(&e, order, language);
                report(Action::JobFailed { message });
                let none = package::Counts::default();
                report(Action::PackageWent(told(none, PackageState::Paused)));
            }
        }
    }

    /// Tries what failed.
    pub fn retry(&self) {
        self.tiles.retry();
    }
}

/// The name of 天地图's key among the keys.
const TIANDITU: &str = "tianditu";

/// The name of a source's key among the keys.
fn name(source: &TileSource) -> Option<&str> {
    match source.key {
        KeyKind::None => None,
        KeyKind::Tianditu => Some(TIANDITU),
        KeyKind::Custom => Some(&source.id),
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

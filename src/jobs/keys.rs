//! Keys of services: kept, told apart, tried.

use std::{
    collections::BTreeSet,
    sync::{Arc, MutexGuard, PoisonError},
};

use super::{Services, tell::KeyRefused};
use crate::{
    app::{Action, Message, News, NoticeLevel, Secret},
    store::{self, Keys},
    tile::{KeyKind, TileId, TileSource},
};

impl Services {
    /// Reads the keys anew, those of the desktop's keyring too, which may take its time.
    pub fn read_keys(&self, sources: &[Arc<TileSource>]) -> Action {
        let folder = store::settings::config_folder().unwrap_or_default();
        *self.lock() = Keys::open(&folder, true).map_err(Message::new);
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

    /// Keeps the key of the sources that ask for one of this kind, or takes it away when it is empty.
    pub fn set_key(&self, kind: KeyKind, key: &Secret, sources: &[Arc<TileSource>]) -> Action {
        let mut done = Ok(());
        for source in sources.iter().filter(|source| source.key == kind) {
            done = done.and(self.keep(source, &key.0));
        }
        self.show(sources, true);
        match done {
            Ok(()) => Action::KeysKnown(self.known_keys(sources)),
            Err(reason) => Action::Notify(NoticeLevel::Problem, reason),
        }
    }

    /// Keeps the key of a source, or takes it away when it is empty.
    pub(super) fn keep(&self, source: &TileSource, key: &str) -> Result<(), Message> {
        let Some(name) = name(source) else { return Ok(()) };
        let mut keys = self.lock();
        let keys = keys.as_mut().map_err(|reason| reason.clone())?;
        let done = if key.is_empty() { keys.remove(name) } else { keys.set(name, key) };
        done.map_err(Message::new)
    }

    /// Asks for one tile in the middle of the city, past every cache.
    pub fn test_key(&self, sources: &[Arc<TileSource>]) -> Option<Action> {
        /// Taiyuan at zoom 10.
        const PROBE: TileId = TileId { z: 10, x: 832, y: 395 };
        let source = sources.iter().find(|source| source.key != KeyKind::None)?;
        Some(match self.tiles.fetch_now(source, self.key(source), PROBE) {
            Ok(_) => Action::Notify(NoticeLevel::Done, News::KeyWorks.into()),
            Err(failure) => Action::Notify(NoticeLevel::Problem, KeyRefused(failure).into()),
        })
    }

    /// The key of a source, where it asks for one and the user has given it.
    pub(super) fn key(&self, source: &TileSource) -> Option<String> {
        self.lock().as_ref().ok()?.get(name(source)?).map(str::to_owned)
    }

    fn lock(&self) -> MutexGuard<'_, Result<Keys, Message>> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
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

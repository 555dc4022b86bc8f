//! What the map rests on.

use super::panels::save;
use crate::{
    app::{basemaps::Choice, job::Order, state::State},
    tile::TileSource,
};

/// Shows a basemap and keeps the choice.
pub fn choose(state: &mut State, key: String) -> Vec<Order> {
    show(state, &key);
    state.settings.basemap = key;
    vec![save(state)]
}

/// Shows a basemap for this once.
pub fn show(state: &mut State, key: &str) {
    state.basemaps.choose(key);
    state.revision += 1;
}

/// An opened basemap is shown, and kept for the next start.
pub fn opened(state: &mut State, sources: Vec<TileSource>) -> Vec<Order> {
    let Some(choice) = Choice::opened(sources.clone()) else { return Vec::new() };
    let kept = &mut state.settings.basemaps;
    kept.retain(|own| own.first().is_none_or(|first| first.id != choice.key));
    kept.push(sources);
    state.settings.basemap.clone_from(&choice.key);
    state.basemaps.add(choice);
    state.revision += 1;
    vec![save(state), Order::ReadKeys(state.basemaps.sources().to_vec())]
}

/// Takes a basemap out of the list.
pub fn forget(state: &mut State, key: &str) -> Vec<Order> {
    state.settings.basemaps.retain(|own| own.first().is_none_or(|first| first.id != key));
    state.basemaps.remove(key);
    if state.settings.basemap == key {
        state.settings.basemap.clear();
    }
    state.revision += 1;
    vec![save(state)]
}

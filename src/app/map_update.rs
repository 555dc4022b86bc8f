//! Changes of what the map rests on and of what the user laid over it.

use std::path::PathBuf;

use super::{
    action::{Action, FitTarget, Job},
    basemaps::Choice,
    open_layers::{Cancel, OpenFile, OpenLayer, Passed, Reading, Snapshot},
    package::{PackageJob, PackageOrder, PackageProgress, PackageState},
    state::State,
};
use crate::{catalogue::Filter, geo::mercator, tile::TileSource, units::Extent};

pub(super) fn choose_basemap(state: &mut State, key: String) -> Vec<Job> {
    state.basemaps.choose(&key);
    state.settings.basemap = key;
    state.revision += 1;
    vec![save(state)]
}

/// An opened basemap is shown, and kept for the next start.
pub(super) fn basemap_opened(state: &mut State, sources: Vec<TileSource>) -> Vec<Job> {
    let Some(choice) = Choice::opened(sources.clone()) else { return Vec::new() };
    let kept = &mut state.settings.basemaps;
    kept.retain(|own| own.first().is_none_or(|first| first.id != choice.key));
    kept.push(sources);
    state.settings.basemap.clone_from(&choice.key);
    state.basemaps.add(choice);
    state.revision += 1;
    vec![save(state), Job::ReadKeys]
}

pub(super) fn forget_basemap(state: &mut State, key: &str) -> Vec<Job> {
    state.settings.basemaps.retain(|own| own.first().is_none_or(|first| first.id != key));
    state.basemaps.remove(key);
    if state.settings.basemap == key {
        state.settings.basemap.clear();
    }
    state.revision += 1;
    vec![save(state)]
}

fn save(state: &State) -> Job {
    Job::SaveSettings(Box::new(state.settings.clone()))
}

pub(super) fn open_files(state: &mut State, paths: Vec<PathBuf>) -> Vec<Job> {
    let mut jobs = Vec::new();
    for path in paths {
        let id = state.next_number();
        let cancel = Cancel::default();
        state.files.push(OpenFile {
            id,
            path: path.clone(),
            reading: Reading::Under(0.0),
            layers: Vec::new(),
            cancel: cancel.clone(),
        });
        jobs.push(Job::OpenFile { file: id, path, cancel });
    }
    jobs
}

pub(super) fn file_read(
    state: &mut State,
    file: u64,
    layers: Vec<Snapshot>,
    reading: Reading,
) -> Vec<Job> {
    let taken: usize = state.files.iter().map(|file| file.layers.len()).sum();
    // Closed meanwhile: nobody wants it any more.
    let Some(own) = state.files.iter_mut().find(|own| own.id == file) else { return Vec::new() };
    let first = own.layers.is_empty() && !layers.is_empty();
    for (i, data) in layers.into_iter().enumerate() {
        match own.layers.get_mut(i) {
            Some(layer) if layer.data == data => {}
            Some(layer) => {
                layer.data = data;
                layer.revision += 1;
            }
            None => own.layers.push(OpenLayer {
                data,
                visible: true,
                color: taken + i,
                passed: None,
                revision: 0,
            }),
        }
    }
    let finished = reading != own.reading && !matches!(reading, Reading::Under(_));
    own.reading = reading;
    if own.layers.is_empty() && finished {
        // It was a basemap, or nothing; the notice has said so.
        state.files.retain(|own| own.id != file);
        return Vec::new();
    }
    if first && let Some(target) = whole_file(state, file) {
        state.request_camera(target, state.settings.reduce_motion);
    }
    if finished { filter_layers(state) } else { Vec::new() }
}

/// The view of a file that is opened: only where it lies outside what is seen.
fn whole_file(state: &State, file: u64) -> Option<FitTarget> {
    let own = state.files.iter().find(|own| own.id == file)?;
    let extents = own.layers.iter().filter_map(|layer| layer.data.0.extent());
    let extent = extents.map(mercator::extent_from_mercator).reduce(Extent::union)?;
    let seen = state.viewport.map(|view| mercator::extent_from_mercator(view.extent()));
    let overlaps = seen.is_some_and(|seen| {
        extent.west_deg < seen.east_deg
            && seen.west_deg < extent.east_deg
            && extent.south_deg < seen.north_deg
            && seen.south_deg < extent.north_deg
    });
    (!overlaps).then_some(FitTarget::Extent(extent))
}

pub(super) fn close_file(state: &mut State, file: u64) {
    for own in state.files.iter().filter(|own| own.id == file) {
        own.cancel.stop();
    }
    state.files.retain(|own| own.id != file);
}

pub(super) fn cancel_file(state: &State, file: u64) {
    if let Some(own) = state.files.iter().find(|own| own.id == file) {
        own.cancel.stop();
    }
}

pub(super) fn toggle_layer(state: &mut State, file: u64, layer: usize) {
    let own = state.files.iter_mut().find(|own| own.id == file);
    if let Some(layer) = own.and_then(|own| own.layers.get_mut(layer)) {
        layer.visible = !layer.visible;
        layer.revision += 1;
    }
}

/// Whether a filter says anything of features that are no projects.
fn concerns_layers(filter: &Filter) -> bool {
    !filter.counties.is_empty() || filter.polygon.is_some() || filter.extent.is_some()
}

/// Asks for what the filter lets pass of each layer.
pub(super) fn filter_layers(state: &mut State) -> Vec<Job> {
    if state.files.is_empty() {
        return Vec::new();
    }
    let request = state.next_number();
    state.layer_filter = request;
    if !concerns_layers(&state.filter) {
        for layer in state.files.iter_mut().flat_map(|file| &mut file.layers) {
            layer.revision += u64::from(layer.passed.take().is_some());
        }
        return Vec::new();
    }
    let mut layers = Vec::new();
    for file in &state.files {
        for (i, layer) in file.layers.iter().enumerate() {
            layers.push((file.id, i, layer.data.clone()));
        }
    }
    vec![Job::FilterLayers { request, layers, filter: Box::new(state.filter.clone()) }]
}

pub(super) fn layers_filtered(state: &mut State, request: u64, passed: Vec<(u64, usize, Passed)>) {
    // The filter has changed since.
    if request != state.layer_filter {
        return;
    }
    for (file, i, rows) in passed {
        let own = state.files.iter_mut().find(|own| own.id == file);
        if let Some(layer) = own.and_then(|own| own.layers.get_mut(i)) {
            layer.passed = Some(rows);
            layer.revision += 1;
        }
    }
}

pub(super) fn start_package(state: &mut State, order: PackageOrder) -> Vec<Job> {
    let cancel = Cancel::default();
    let progress = PackageProgress {
        wanted: 0,
        stored: 0,
        absent: 0,
        failed: 0,
        state: PackageState::Running,
        path: order.path.clone(),
    };
    state.package = Some(PackageJob { order: order.clone(), progress, cancel: cancel.clone() });
    vec![Job::Package(Box::new(order), cancel)]
}

pub(super) fn pause_package(state: &State) {
    if let Some(package) = &state.package {
        package.cancel.stop();
    }
}

pub(super) fn package_went(state: &mut State, progress: PackageProgress) {
    if let Some(package) = state.package.as_mut().filter(|p| p.order.path == progress.path) {
        package.progress = progress;
    }
}

/// Goes back or forward through the views.
pub(super) fn travel_view(state: &mut State, back: bool) {
    let view = if back { state.views.back() } else { state.views.forward() };
    if let Some(view) = view {
        state.request_camera(FitTarget::View(view), state.settings.reduce_motion);
    }
}

/// Whether an action changes what layers the filter is for.
pub(super) fn changes_filter(action: &Action) -> bool {
    matches!(
        action,
        Action::SetFilter(_)
            | Action::ToggleCounty(_)
            | Action::SetPolygon(_)
            | Action::ClearFilter
            | Action::Undo
            | Action::Redo
    )
}

//! Files that the user laid over the map.

use std::path::{Path, PathBuf};

use super::{
    job, kept_layers,
    layer_answers::{self, Answers},
    layer_join, layer_style, panels, workbook,
};
use crate::{
    app::{
        fit_target::FitTarget,
        job::{Entry, LayerToFilter, Order},
        layer_dress::Dress,
        layer_table::LayerTable,
        message::Message,
        open_layers::{OpenFile, OpenLayer, Passed, Reading, Snapshot},
        saved::LayerEdit,
        state::State,
        tab::Tab,
        workbook::BookOrder,
    },
    geo::mercator,
    layer::Condition,
    units::Extent,
};

/// Opens files; each has its entry at once, and the list of them comes into sight. One that is open
/// already is read anew.
pub fn open_files(state: &mut State, mut paths: Vec<PathBuf>) -> Vec<Order> {
    let mut orders = Vec::new();
    let chosen = paths.clone();
    let mut seen = std::collections::HashSet::new();
    paths.retain(|path| seen.insert(path.clone()) && !belongs_to_another(path, &chosen));
    if state.left_seen() {
        state.left_tab = Tab::Basemap;
    }
    let is_book =
        |path: &PathBuf| path.extension().is_some_and(|own| own.eq_ignore_ascii_case("jintu"));
    let (books, paths): (Vec<PathBuf>, Vec<PathBuf>) = paths.into_iter().partition(is_book);
    // One window shows one workbook: the last one that was chosen.
    if let Some(book) = books.into_iter().next_back() {
        workbook::queue(state, BookOrder::Open(book));
        // What lies on the map goes with the workbook that is left: these come after it.
        state.workbook.files_after = paths;
        return orders;
    }
    for path in paths {
        // Under a new number, so that nothing that is still read of it gets between.
        let mut records = Vec::new();
        if let Some(own) = state.files.iter().find(|own| own.path == path) {
            records.clone_from(&own.records);
            close_file(state, own.id);
        }
        let id = list_file(state, path.clone(), Reading::Under(0.0), records);
        orders.push(order(state, id, path));
    }
    orders
}

/// Lists a file of layers, and says under which number.
pub fn list_file(state: &mut State, path: PathBuf, reading: Reading, records: Vec<String>) -> u64 {
    let id = state.next_number();
    state.files.push(OpenFile {
        id,
        path,
        reading,
        asks: None,
        was_asked: false,
        layers: Vec::new(),
        records,
        is_recalled: false,
        is_changed: false,
    });
    id
}

/// Opens a file that comes back with the workbook.
pub fn open_again(
    state: &mut State,
    path: PathBuf,
    records: Vec<String>,
    is_changed: bool,
) -> Order {
    let id = list_file(state, path.clone(), Reading::Under(0.0), records);
    if let Some(own) = state.files.last_mut() {
        own.is_recalled = true;
        own.is_changed = is_changed;
    }
    order(state, id, path)
}

fn order(state: &State, file: u64, path: PathBuf) -> Order {
    // What the user once said of the file holds again, here or in the workbook.
    let Answers { system, columns } = layer_answers::of_file(state, file, &path);
    Order::OpenFile { file, path, system, columns, near: state.catalogue.city_extent() }
}

/// Reads a file once more, as the user now says.
pub fn read_again(state: &mut State, file: u64, path: PathBuf) -> Option<Order> {
    let own = state.files.iter_mut().find(|own| own.id == file)?;
    own.layers.clear();
    own.asks = None;
    own.was_asked = false;
    own.reading = Reading::Under(0.0);
    Some(order(state, file, path))
}

/// The files of a Shapefile come together: where its `.shp` is among them, the others are read with
/// it.
fn belongs_to_another(path: &Path, chosen: &[PathBuf]) -> bool {
    const BESIDE: [&str; 9] = ["dbf", "shx", "prj", "cpg", "sbn", "sbx", "qix", "qpj", "xml"];
    let ends = |path: &Path, ending: &str| {
        path.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending))
    };
    let beside = BESIDE.iter().any(|ending| ends(path, ending));
    // Its description is called `name.shp.xml`.
    let described = |shp: &PathBuf| {
        let (own, shp) = (path.with_extension(""), shp.as_os_str());
        ends(path, "xml") && own.as_os_str().eq_ignore_ascii_case(shp)
    };
    let same =
        |shp: &PathBuf| !ends(path, "xml") && path.with_extension("") == shp.with_extension("");
    beside && chosen.iter().any(|shp| ends(shp, "shp") && (same(shp) || described(shp)))
}

/// Takes what has been read of a file.
pub fn file_read(
    state: &mut State,
    file: u64,
    layers: Vec<Snapshot>,
    reading: Reading,
) -> Vec<Order> {
    let level = state.files.iter().flat_map(|file| &file.layers).map(|own| own.level + 1);
    let level = level.max().unwrap_or(0);
    let mut opened: Vec<OpenLayer> = Vec::new();
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
            None => opened.push(OpenLayer {
                data,
                visible: true,
                dress: Dress { color: taken + i, ..Dress::default() },
                level: level + i,
                classing: 0,
                passed: None,
                revision: 0,
                table: LayerTable::default(),
                join: None,
                joining: 0,
            }),
        }
    }
    let at = own.layers.len();
    let known = own.path.clone();
    for layer in &mut opened {
        layer_style::recall(&state.settings.layer_styles, &known, layer);
    }
    let is_new = !opened.is_empty();
    own.layers.extend(opened);
    // Whoever opens a file wants to see something of it.
    if at == 0 && !own.is_recalled && own.layers.iter().all(|layer| !layer.visible) {
        own.layers.iter_mut().for_each(|layer| layer.visible = true);
    }
    let finished = reading != own.reading && !matches!(reading, Reading::Under(_) | Reading::Asks);
    let failed = matches!(reading, Reading::Stopped(_));
    own.reading = reading;
    let path = own.path.clone();
    let (is_recalled, is_kept) = (own.is_recalled, !own.records.is_empty());
    // One of the workbook's stays in the list, so that it can be found again.
    if own.layers.is_empty() && finished && !is_kept {
        // It was a basemap, or nothing; the notice has said so.
        state.files.retain(|own| own.id != file);
        return if failed { forget(state, &path) } else { Vec::new() };
    }
    if is_new && !state.settings.layer_order.is_empty() {
        layer_style::recall_order(state);
    }
    if is_new {
        kept_layers::dress(state, file);
    }
    if first
        && !is_recalled
        && let Some(target) = whole_file(state, file)
    {
        state.request_camera(target, state.settings.reduce_motion);
    }
    let mut orders = if first && !is_recalled { remember(state, path) } else { Vec::new() };
    if finished {
        let count = state.files.iter().find(|own| own.id == file).map_or(0, |own| own.layers.len());
        for i in 0..count {
            // Classes may be those of a column that comes with a table.
            match layer_join::again(state, (file, i)) {
                Some(order) => orders.push(order),
                None => orders.extend(layer_style::classes_of(state, (file, i))),
            }
        }
        orders.extend(filter_layers(state));
        kept_layers::keep(state, file);
    }
    orders
}

/// How many files are remembered as opened last.
const MOST_RECENT: usize = 8;

/// The file is offered first from now on, also after the next start.
fn remember(state: &mut State, path: PathBuf) -> Vec<Order> {
    let recent = &mut state.settings.recent_files;
    if recent.first() == Some(&path) {
        return Vec::new();
    }
    recent.retain(|known| *known != path);
    recent.insert(0, path);
    recent.truncate(MOST_RECENT);
    vec![panels::save(state)]
}

/// A file that is gone or cannot be read is offered no more.
fn forget(state: &mut State, path: &Path) -> Vec<Order> {
    let before = state.settings.recent_files.len();
    state.settings.recent_files.retain(|known| known != path);
    if state.settings.recent_files.len() < before { vec![panels::save(state)] } else { Vec::new() }
}

/// The view of a file that is opened: only where it lies outside what is seen, or is a spot in it.
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
    let is_spot = seen.is_some_and(|seen| {
        const LEAST: f64 = 0.04;
        extent.east_deg - extent.west_deg < (seen.east_deg - seen.west_deg) * LEAST
            && extent.north_deg - extent.south_deg < (seen.north_deg - seen.south_deg) * LEAST
    });
    (!overlaps || is_spot).then_some(FitTarget::Extent(extent))
}

/// Closes a file and stops reading it.
pub fn close_file(state: &mut State, file: u64) {
    job::stop_file(state, file);
    let joins = state
        .running
        .iter()
        .filter(|own| matches!(own.entry, Entry::Join((of, _), _) if of == file));
    joins.for_each(|own| own.cancel.stop());
    state.files.retain(|own| own.id != file);
}

/// The user closes a file: the workbook lets go of its layers, too.
pub fn let_go(state: &mut State, file: u64) {
    let own = state.files.iter().find(|own| own.id == file);
    let ids = own.map(|own| own.records.clone()).unwrap_or_default();
    close_file(state, file);
    if !ids.is_empty() && state.workbook.is_writable() {
        kept_layers::change(state, LayerEdit::Remove { ids });
    }
}

/// Shows or hides a layer.
pub fn toggle(state: &mut State, file: u64, layer: usize) -> Vec<Order> {
    let own = state.files.iter_mut().find(|own| own.id == file);
    if let Some(layer) = own.and_then(|own| own.layers.get_mut(layer)) {
        layer.visible = !layer.visible;
        layer.revision += 1;
    }
    let key = (file, layer);
    if let Some((id, hidden)) = state.layer_record(key).map(|own| (own.id.clone(), own.hidden))
        && state.workbook.is_writable()
    {
        let is_hidden = state.layer(key).is_some_and(|own| !own.visible);
        if is_hidden != hidden {
            kept_layers::change(state, LayerEdit::Hide { id, hidden: is_hidden });
        }
        return Vec::new();
    }
    layer_style::remember(state, key)
}

/// Filters the layers again if the filter asks them for something else now.
pub fn follow_filter(state: &mut State) -> Vec<Order> {
    if state.layer_question() == state.layers_asked {
        return Vec::new();
    }
    filter_layers(state)
}

/// Asks for what the filter and its own condition let pass of each layer.
pub fn filter_layers(state: &mut State) -> Vec<Order> {
    let asked = state.layer_question();
    state.layers_asked = asked.clone();
    if state.files.is_empty() {
        return Vec::new();
    }
    // The latest wins: nobody wants what an earlier one lets pass.
    job::stop_entry(state, &Entry::Filter);
    let request = state.next_number();
    state.layer_filter = request;
    let mut layers = Vec::new();
    for file in &mut state.files {
        for (i, layer) in file.layers.iter_mut().enumerate() {
            let condition = condition(layer);
            if asked.is_empty() && condition.is_none() {
                layer.revision += u64::from(layer.passed.take().is_some());
            } else {
                let data = layer.data.clone();
                layers.push(LayerToFilter { file: file.id, layer: i, data, condition });
            }
        }
    }
    if layers.is_empty() {
        return Vec::new();
    }
    vec![Order::FilterLayers { request, layers, filter: Box::new(asked) }]
}

/// The condition of a layer; one that says nothing about it any more is given up and told.
fn condition(layer: &mut OpenLayer) -> Option<Condition> {
    if layer.table.condition.is_empty() {
        return None;
    }
    match Condition::read(&layer.table.condition, &layer.data.0) {
        Ok(condition) => Some(condition),
        Err(reason) => {
            let text = std::mem::take(&mut layer.table.condition);
            layer.table.refused = Some((text, Message::new(reason)));
            None
        }
    }
}

/// Takes what passed, if it is the latest that was asked for.
pub fn filtered(state: &mut State, request: u64, passed: Vec<(u64, usize, Passed)>) {
    // The filter has changed since.
    if request != state.layer_filter {
        return;
    }
    for (file, i, rows) in passed {
        let own = state.files.iter_mut().find(|own| own.id == file);
        if let Some(layer) = own.and_then(|own| own.layers.get_mut(i)) {
            layer.table.selection.keep(&rows.rows);
            layer.passed = Some(rows);
            layer.revision += 1;
        }
    }
}

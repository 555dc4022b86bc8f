//! The user's layers as the workbook keeps them: files become records, records become files again,
//! and both follow each other.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{browse, layer_answers, layer_style, layers, notices, workbook};
use crate::{
    app::{
        browse::FileQuestion,
        job::Order,
        kept_view::KeptLayer,
        layer_key::LayerKey,
        layer_paths::from_book,
        message::News,
        notice::NoticeLevel,
        open_layers::{OpenFile, Reading},
        saved::{FileStep, FoundAt, FoundFile, LayerEdit},
        state::State,
        workbook::{BookEdit, BookOrder},
    },
    book::LayerRecord,
    catalogue::edit::NewLayer,
};

/// The layers of the workbook that was opened are looked for; what else was on the map comes back
/// where the workbook cannot keep it.
pub fn recall(state: &mut State, kept: Vec<KeptLayer>) -> Vec<Order> {
    let records = state.workbook.shown.layers.clone();
    let mut orders = look_for(state, records.to_vec());
    let mut others: Vec<PathBuf> = Vec::new();
    if !state.workbook.is_writable() {
        for own in kept.iter().filter(|own| own.record.is_none()) {
            let is_open = state.files.iter().any(|file| file.path == own.path);
            if !is_open && !others.contains(&own.path) {
                others.push(own.path.clone());
            }
        }
    }
    state.workbook.recalled = kept;
    orders
        .extend(others.into_iter().map(|path| layers::open_again(state, path, Vec::new(), false)));
    orders
}

fn look_for(state: &State, records: Vec<LayerRecord>) -> Vec<Order> {
    match &state.workbook.path {
        Some(book) if !records.is_empty() => {
            vec![Order::FindLayers { book: book.clone(), records }]
        }
        _ => Vec::new(),
    }
}

/// Opens the files that were found, and tells of those that were not.
pub fn found(state: &mut State, found: Vec<FoundFile>) -> Vec<Order> {
    let mut orders = Vec::new();
    for FoundFile { ids, path, found } in found {
        let records = state.workbook.shown.layers.clone();
        // Taken out meanwhile, or another workbook is open.
        if !ids.iter().all(|id| records.iter().any(|own| own.id == *id)) {
            continue;
        }
        // What lies there is the same file, opened by hand before it was found.
        let lies_at = found.as_ref().map_or(&path, |at| &at.path);
        let is_same = |file: &&OpenFile| {
            file.path == *lies_at || ids.iter().any(|id| file.records.contains(id))
        };
        let same: Vec<&OpenFile> = state.files.iter().filter(is_same).collect();
        let before: Vec<u64> = same.iter().map(|file| file.id).collect();
        let others = same.iter().flat_map(|file| &file.records).filter(|id| !ids.contains(id));
        let ids: Vec<String> = ids.iter().chain(others).cloned().collect();
        for file in before {
            layers::close_file(state, file);
        }
        match found {
            Ok(FoundAt { path, is_changed }) => {
                if is_changed {
                    let told = News::LayerChanged(path.clone());
                    notices::notify(state, NoticeLevel::Problem, told.into());
                }
                orders.push(layers::open_again(state, path, ids, is_changed));
            }
            Err(reason) => {
                notices::notify(state, NoticeLevel::Problem, reason.clone());
                let reading = Reading::Stopped(reason);
                layers::list_file(state, path, reading, ids);
            }
        }
    }
    orders
}

/// Dresses the layers of a file that comes back as they were.
pub fn dress(state: &mut State, file: u64) {
    let Some(own) = state.files.iter().find(|own| own.id == file) else { return };
    if !own.is_recalled {
        return;
    }
    let keys: Vec<LayerKey> = (0..own.layers.len()).map(|i| (file, i)).collect();
    for key in keys {
        let record = state.layer_record(key).cloned();
        let kept = recalled(state, key).map(|(_, own)| own.hidden);
        let Some(layer) = layer_style::layer_mut(state, key) else { continue };
        if let Some(record) = &record {
            // A style of a newer version is left as it is in the record; the layer is seen all the
            // same.
            layer.dress.style = Arc::new(layer_style::style_of(&record.style).unwrap_or_default());
            layer.visible = !record.hidden;
        }
        if let Some(hidden) = kept {
            layer.visible = !hidden;
        }
    }
    lay(state);
}

/// Where a layer lay when the workbook was open last, and how.
fn recalled(state: &State, key: LayerKey) -> Option<(usize, &KeptLayer)> {
    let (file, layer) = state.open_layer(key)?;
    let record = state.layer_record(key).map(|own| own.id.as_str());
    let name = &layer.data.0.name;
    let is_own = |own: &KeptLayer| match (own.record.as_deref(), record) {
        (Some(kept), Some(record)) => kept == record,
        (None, None) => own.path == file.path && own.name == *name,
        _ => false,
    };
    state.workbook.recalled.iter().enumerate().find(|(_, own)| is_own(own))
}

/// Lays layers as the workbook's records have it, or as they lay where it cannot be written.
fn lay(state: &mut State) {
    let is_writable = state.workbook.is_writable();
    layer_style::lay_by(state, |state, key| {
        let of_record = state.layer_record(key).and_then(|own| usize::try_from(own.order).ok());
        let as_it_lay = recalled(state, key).map(|(at, _)| at);
        if is_writable { of_record } else { as_it_lay.or(of_record) }
    });
}

/// A file that was read is kept by the workbook, where it can be.
pub fn keep(state: &mut State, file: u64) {
    let Some(own) = state.files.iter().find(|own| own.id == file) else { return };
    let is_new = own.records.is_empty() && own.reading == Reading::Done && !own.layers.is_empty();
    if !is_new || !state.workbook.is_writable() {
        return;
    }
    let held = held_of(state, &own.path);
    if !held.is_empty() {
        // The workbook has it already: it is that one, as the workbook has it.
        if let Some(own) = state.files.iter_mut().find(|own| own.id == file) {
            own.records = held;
            own.is_recalled = true;
        }
        dress(state, file);
        return;
    }
    let new = own.layers.iter().map(|layer| NewLayer {
        name: layer.data.0.name.clone(),
        hidden: !layer.visible,
        style: layer_style::style_json(&layer.dress.style),
    });
    let (path, layers) = (own.path.clone(), new.collect());
    let reading = layer_answers::answers_json(state, &path);
    change(state, LayerEdit::Add { path, layers, reading });
}

/// The records of a file that the workbook holds and that no open file stands for.
fn held_of(state: &State, path: &Path) -> Vec<String> {
    let Some(book) = &state.workbook.path else { return Vec::new() };
    let is_open = |id: &String| state.files.iter().any(|file| file.records.contains(id));
    let lies = |own: &&LayerRecord| {
        !own.embedded && own.path.as_deref().is_some_and(|at| from_book(book, at) == path)
    };
    let ids = state.workbook.shown.layers.iter().filter(lies).map(|own| own.id.clone());
    ids.filter(|id| !is_open(id)).collect()
}

/// Keeps every file that is open: the workbook is new.
pub fn keep_all(state: &mut State) {
    let files: Vec<u64> = state.files.iter().map(|file| file.id).collect();
    for file in files {
        keep(state, file);
    }
}

/// Changes the workbook's layers.
pub fn change(state: &mut State, edit: LayerEdit) {
    let order = BookOrder::Edit { edit: BookEdit::Layers(edit), source: String::new() };
    workbook::queue(state, order);
}

/// The map follows the workbook's records, whoever changed them: the user, undo, or going back.
pub fn follow(state: &mut State, before: &[LayerRecord], book_before: Option<&Path>) -> Vec<Order> {
    let after = state.workbook.shown.layers.clone();
    if *after == *before {
        return Vec::new();
    }
    let is_there = |id: &String| after.iter().any(|own| own.id == *id);
    let mut gone = Vec::new();
    for file in state.files.iter_mut().filter(|file| !file.records.is_empty()) {
        file.records.retain(is_there);
        if file.records.is_empty() {
            gone.push(file.id);
        }
    }
    for file in gone {
        layers::close_file(state, file);
    }
    let book = state.workbook.path.clone().unwrap_or_default();
    let place =
        |own: &LayerRecord, book: &Path| own.path.as_deref().map(|path| from_book(book, path));
    let mut lost = Vec::new();
    let mut orders = Vec::new();
    for own in after.iter() {
        let Some(old) = before.iter().find(|old| old.id == own.id) else {
            let path = place(own, &book);
            match state.files.iter_mut().find(|file| Some(&file.path) == path.as_ref()) {
                Some(file) => file.records.push(own.id.clone()),
                None => lost.push(own.clone()),
            }
            continue;
        };
        let has_moved = place(own, &book) != book_before.and_then(|book| place(old, book));
        if has_moved || own.hash != old.hash {
            lost.push(own.clone());
        }
        let Some(key) = key_of(state, &own.id) else { continue };
        if own.style != old.style
            && let Some(style) = layer_style::style_of(&own.style)
        {
            orders.extend(layer_style::wear(state, key, Arc::new(style)));
        }
        if own.hidden != old.hidden {
            show_only(state, &[(key, !own.hidden)]);
        }
    }
    lay(state);
    orders.extend(look_for(state, lost));
    orders
}

fn key_of(state: &State, id: &str) -> Option<LayerKey> {
    let layers = state.layers_from_ground().into_iter();
    let mut keys = layers.map(|(key, _)| key);
    keys.find(|key| state.layer_record(*key).is_some_and(|own| own.id == id))
}

/// Shows or hides layers on the map, and leaves what the workbook says of them.
pub fn show_only(state: &mut State, shown: &[(LayerKey, bool)]) {
    for (key, visible) in shown {
        if let Some(layer) = layer_style::layer_mut(state, *key)
            && layer.visible != *visible
        {
            layer.visible = *visible;
            layer.revision += 1;
        }
    }
}

/// Something with a file of the workbook's layers.
pub fn file_step(state: &mut State, file: u64, step: FileStep) -> Vec<Order> {
    let Some(own) = state.files.iter().find(|own| own.id == file) else { return Vec::new() };
    let (ids, path) = (own.records.clone(), own.path.clone());
    if ids.is_empty() {
        return Vec::new();
    }
    match step {
        FileStep::AskFind => {
            state.workbook.finding = Some(file);
            let folder = state.workbook.path.as_deref().and_then(Path::parent);
            let folder = folder.map(PathBuf::from).unwrap_or_default();
            let question = FileQuestion::layer_file(folder, &path, state.settings.language);
            return browse::ask(state, question);
        }
        FileStep::Find(path) if !state.workbook.is_writable() => {
            let at = Ok(FoundAt { path: path.clone(), is_changed: false });
            return found(state, vec![FoundFile { ids, path, found: at }]);
        }
        FileStep::Find(path) => change(state, LayerEdit::Find { ids, path }),
        FileStep::Accept => change(state, LayerEdit::Find { ids, path }),
        FileStep::Embed => change(state, LayerEdit::Embed { ids, path }),
    }
    Vec::new()
}

/// The file that was chosen for layers that had none.
pub fn chosen(state: &mut State, path: PathBuf) -> Vec<Order> {
    let file = state.workbook.finding.take();
    file.map(|file| file_step(state, file, FileStep::Find(path))).unwrap_or_default()
}

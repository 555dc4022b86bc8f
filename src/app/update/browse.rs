//! Choosing files: the question goes out, the answer comes back, and inside the window the dialog.

use std::path::PathBuf;

use super::{kept_layers, layer_join, layers, panels, placing, project_table, workbook};
use crate::app::{
    browse::{Browse, ChosenPlace, FileQuestion, FolderEntry, Listing, Purpose, is_table},
    job::{Entry, Order},
    layer_join::JoinStep,
    message::Message,
    state::{Overlay, State},
    table_preview::ProjectTableStep,
    workbook::{BookOrder, PlanFrom},
};

/// Asks the desktop, unless it is being asked.
pub fn ask(state: &State, question: FileQuestion) -> Vec<Order> {
    let is_asked = state.running.iter().any(|job| job.entry == Entry::FileQuestion);
    if is_asked { Vec::new() } else { vec![Order::AskFile(Box::new(question))] }
}

/// Asks which files to open, where the last one was opened.
pub fn ask_open(state: &State) -> Vec<Order> {
    let recent = state.settings.recent_files.first();
    let folder = recent.and_then(|path| path.parent()).map(PathBuf::from).unwrap_or_default();
    ask(state, FileQuestion::open(folder, state.settings.language))
}

/// The desktop has no dialog: the window's own opens over what is there.
pub fn here(state: &mut State, question: FileQuestion) -> Vec<Order> {
    let folder = question.folder.clone();
    let browse = Overlay::Browse(Box::new(Browse::new(question)));
    state.under = std::mem::replace(&mut state.overlay, browse);
    vec![Order::ReadFolder(folder)]
}

/// To another folder; a file that is named is chosen.
pub fn go_to(state: &mut State, path: PathBuf) -> Vec<Order> {
    match &state.overlay {
        Overlay::Browse(_) => vec![Order::ReadFolder(path)],
        _ => Vec::new(),
    }
}

/// Takes what is in a folder.
pub fn folder_read(state: &mut State, folder: PathBuf, read: Result<Vec<FolderEntry>, Message>) {
    let Overlay::Browse(browse) = &mut state.overlay else { return };
    if browse.is_path() {
        browse.text.clear();
    }
    browse.folder = folder;
    browse.listing = match read {
        Ok(entries) => Listing::Read(entries),
        Err(reason) => Listing::Failed(reason),
    };
    browse.row = browse.question.purpose.reads().then_some(0);
}

/// Another text finds other files.
pub fn set_text(state: &mut State, text: String) {
    if let Overlay::Browse(browse) = &mut state.overlay {
        browse.text = text;
        browse.row = browse.question.purpose.reads().then_some(0);
    }
}

/// Shows files that do not fit, or hides them.
pub fn set_with_all(state: &mut State, with_all: bool) {
    if let Overlay::Browse(browse) = &mut state.overlay {
        browse.with_all = with_all;
    }
}

/// What Enter or a click on a row means.
pub fn choose(state: &mut State, row: Option<usize>) -> Vec<Order> {
    let Overlay::Browse(browse) = &mut state.overlay else { return Vec::new() };
    if browse.is_path() && row == browse.row {
        let path = PathBuf::from(browse.text.trim());
        return vec![Order::ReadFolder(path)];
    }
    let entry = row.and_then(|row| browse.rows().get(row).map(|entry| (*entry).clone()));
    match (entry, browse.question.purpose) {
        (Some(entry), _) if entry.is_folder => vec![Order::ReadFolder(entry.path)],
        (Some(entry), purpose) if purpose.reads() => chosen(state, purpose, vec![entry.path]),
        (Some(entry), _) => {
            browse.text = entry.name;
            browse.row = None;
            Vec::new()
        }
        (None, purpose) if !purpose.reads() && !browse.text.trim().is_empty() => {
            let path = browse.folder.join(browse.text.trim());
            chosen(state, purpose, vec![path])
        }
        (None, _) => Vec::new(),
    }
}

/// Takes what was chosen.
pub fn chosen(state: &mut State, purpose: Purpose, paths: Vec<PathBuf>) -> Vec<Order> {
    let mut purpose = purpose;
    if let Overlay::Browse(browse) = &state.overlay {
        // A path that is typed answers what was asked.
        purpose = browse.question.purpose;
        panels::close_overlay(state);
    }
    match purpose {
        Purpose::Open => layers::open_files(state, paths),
        Purpose::LayerFile => {
            let path = paths.into_iter().next();
            path.map_or_else(Vec::new, |path| kept_layers::chosen(state, path))
        }
        Purpose::Table => match paths.into_iter().next() {
            Some(path) => layer_join::step(state, JoinStep::Table(path)),
            None => Vec::new(),
        },
        Purpose::Plan => {
            let Some(path) = paths.into_iter().next() else { return Vec::new() };
            if is_table(&path) {
                project_table::step(state, ProjectTableStep::Read { path, layer: None })
            } else {
                workbook::ask_place(state, PlanFrom::File(path))
            }
        }
        Purpose::ProjectTable => {
            let path = paths.into_iter().next();
            let read = path.map(|path| ProjectTableStep::Read { path, layer: None });
            read.map_or_else(Vec::new, |read| project_table::step(state, read))
        }
        Purpose::NewerPlan => {
            if let Some(path) = paths.into_iter().next() {
                workbook::queue(state, BookOrder::Compare(path));
            }
            Vec::new()
        }
        Purpose::Workbook => {
            if let Some(path) = paths.into_iter().next() {
                workbook::place_chosen(state, path);
            }
            Vec::new()
        }
        Purpose::Attach => workbook::files_chosen(state, paths),
        Purpose::SaveAttachment => {
            if let Some(path) = paths.into_iter().next() {
                workbook::attachment_placed(state, path);
            }
            Vec::new()
        }
        Purpose::Place => {
            let file = paths.into_iter().next();
            file.map_or_else(Vec::new, |path| placing::file_chosen(state, path))
        }
        Purpose::Save => {
            let number = state.next_number();
            let path = paths.into_iter().next();
            state.chosen_place = path.map(|path| ChosenPlace { number, path });
            Vec::new()
        }
    }
}

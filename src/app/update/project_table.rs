//! Tables of projects: chosen, read, looked at, taken into the workbook or made one.

use super::{browse, layers, questions, workbook};
use crate::app::{
    browse::FileQuestion,
    job::Order,
    open_layers::Asks,
    state::{Overlay, State},
    table_preview::{ProjectTableStep, TablePreview},
    workbook::{BookEdit, BookOrder, PlanFrom},
};

/// Applies a step of the user's.
pub fn step(state: &mut State, step: ProjectTableStep) -> Vec<Order> {
    match step {
        ProjectTableStep::Ask if state.workbook.path.is_none() => {
            state.overlay = Overlay::KeepCopy;
            Vec::new()
        }
        ProjectTableStep::Ask => {
            let folder = workbook::recent_folder(state);
            browse::ask(state, FileQuestion::project_table(folder, state.settings.language))
        }
        ProjectTableStep::Read { path, layer } => {
            workbook::queue(state, BookOrder::ReadTable { path, layer });
            Vec::new()
        }
        ProjectTableStep::Show(preview) => {
            show(state, preview);
            Vec::new()
        }
        ProjectTableStep::Take => {
            let Some(preview) = taken(state) else { return Vec::new() };
            workbook::change(state, BookEdit::AddTable(preview.file))
        }
        ProjectTableStep::MakeNew => {
            let Some(preview) = taken(state) else { return Vec::new() };
            workbook::ask_place(state, PlanFrom::File(preview.path))
        }
        ProjectTableStep::AsLayer => {
            let Some(preview) = shown(state) else { return Vec::new() };
            preview.layer.map_or_else(Vec::new, |(file, _)| questions::ask(state, file))
        }
        ProjectTableStep::Drop => {
            if let Some((file, _)) = shown(state).and_then(|preview| preview.layer) {
                questions::drop(state, file);
            }
            Vec::new()
        }
    }
}

/// A file that was to be a layer waits for its columns, should it be one after all.
fn show(state: &mut State, preview: Box<TablePreview>) {
    if let Some((file, start)) = &preview.layer {
        questions::put(state, *file, Asks::Columns((**start).clone()));
        if let Some(own) = state.files.iter_mut().find(|own| own.id == *file) {
            own.was_asked = true;
        }
    }
    state.overlay = Overlay::TablePreview(preview);
}

/// Closes the preview.
fn shown(state: &mut State) -> Option<Box<TablePreview>> {
    match std::mem::take(&mut state.overlay) {
        Overlay::TablePreview(preview) => Some(preview),
        other => {
            state.overlay = other;
            None
        }
    }
}

/// Closes the preview of a table that is taken: it is no layer.
fn taken(state: &mut State) -> Option<Box<TablePreview>> {
    let preview = shown(state)?;
    if let Some((file, _)) = &preview.layer {
        layers::close_file(state, *file);
    }
    Some(preview)
}

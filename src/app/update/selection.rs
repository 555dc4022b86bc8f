//! What the user looks at.

use super::{layer_table, notices, panels, placing, search, sketch};
use crate::{
    app::{
        fit_target::FitTarget,
        state::{Overlay, State},
        tab::Tab,
    },
    units::TextRange,
};

/// Selects only these; the first is shown in the card.
pub fn select(state: &mut State, ids: Vec<String>) {
    let focus = ids.first().cloned();
    if state.selected == ids && state.focus == focus {
        return;
    }
    state.selected = ids;
    state.focus = focus;
    state.part = None;
    state.part_hover = None;
    state.sentence = None;
    state.overlay = Overlay::None;
    let words = state.focused().map(|project| project.words);
    if let Some(words) = words {
        state.request_words(words);
        state.open_right(true);
    }
}

/// Adds one to the selection, or takes it out.
pub fn toggle_selected(state: &mut State, id: &str) {
    let mut ids = state.selected.clone();
    match ids.iter().position(|own| own == id) {
        Some(at) => {
            ids.remove(at);
        }
        None => ids.insert(0, id.to_owned()),
    }
    select(state, ids);
}

/// One step back: notice, overlay, what is drawn, marked place, picked part, features selected in the table, selection, sentence, panel. A filter stays: it is
/// seen as a chip, and has its own way out.
pub fn escape(state: &mut State) {
    if notices::close_newest(state) {
        return;
    }
    if matches!(state.overlay, Overlay::Replace(_)) {
        // A file of that name is there: another name can be typed where this one was.
        state.overlay = Overlay::Export;
    } else if let Overlay::ReplaceLayer(order) = &state.overlay {
        let (file, layer) = order.key;
        state.overlay = Overlay::ExportLayer(file, layer);
    } else if state.overlay != Overlay::None {
        search::go_home(state);
        panels::close_overlay(state);
    } else if placing::escape(state) || sketch::escape(state) {
        // What was selected before stays.
    } else if state.review.is_some() {
        state.review = None;
    } else if state.pin.is_some() {
        state.pin = None;
    } else if state.part.is_some() {
        state.part = None;
    } else if layer_table::escape(state) {
        // What was selected among the projects stays.
    } else if !state.selected.is_empty() || state.focus.is_some() {
        select(state, Vec::new());
    } else if state.sentence.is_some() {
        state.sentence = None;
    } else if state.right_seen() {
        state.open_right(false);
    }
}

/// Selects the projects that a sentence of the plan names.
pub fn click_sentence(state: &mut State, sentence: usize) {
    let ids: Vec<String> = state
        .catalogue
        .projects_in_sentence(sentence)
        .into_iter()
        .filter_map(|i| state.catalogue.projects.get(i))
        .map(|project| project.id.clone())
        .collect();
    if ids.is_empty() {
        return;
    }
    state.selected.clone_from(&ids);
    state.focus = ids.first().cloned();
    state.part = None;
    state.sentence = Some(sentence);
    state.request_camera(FitTarget::Projects(ids), state.settings.reduce_motion);
}

/// Shows words of the plan in the text panel.
pub fn show_words(state: &mut State, range: TextRange) {
    // The review shows the text already.
    if state.review.is_none() {
        state.right_tab = Tab::Text;
        state.open_right(true);
    }
    state.request_words(range);
}

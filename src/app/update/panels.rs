//! Panels, settings and views.

use crate::{
    app::{
        fit_target::FitTarget,
        job::Order,
        settings::Settings,
        state::{Overlay, State},
        tab::Tab,
        table::{Column, Sort},
    },
    scene::Viewport,
};

/// Closes the left panel where it is seen, else shows it.
pub fn toggle_left(state: &mut State) {
    let is_seen = state.left_seen();
    state.review = None;
    state.open_left(!is_seen);
}

/// The same of the right one.
pub fn toggle_right(state: &mut State) {
    let is_seen = state.right_seen();
    state.review = None;
    state.open_right(!is_seen);
}

/// Shows a tab, and its panel. Panels have no room beside the review.
pub fn open_tab(state: &mut State, tab: Tab) {
    state.review = None;
    match tab {
        Tab::Card | Tab::Text | Tab::Slides => {
            state.right_tab = tab;
            state.open_right(true);
            let words = state.focused().map(|project| project.words);
            if let (Tab::Text, Some(words)) = (tab, words) {
                state.request_words(words);
            }
        }
        Tab::Regions | Tab::Tasks | Tab::Targets | Tab::Layers | Tab::Basemap => {
            state.left_tab = tab;
            state.open_left(true);
        }
    }
}

/// Closes what lies over the window; under the palette there may be a sheet that was being filled in.
pub fn close_overlay(state: &mut State) {
    let is_over = matches!(state.overlay, Overlay::Palette(_) | Overlay::Browse(_));
    if matches!(state.overlay, Overlay::PickList { .. }) {
        // Its marked row is no longer pointed at.
        state.hover = None;
    }
    if state.overlay == Overlay::KeepCopy {
        // No copy: then nothing is done to it.
        state.workbook.wanted = None;
        state.workbook.wants_review = false;
    }
    let under = std::mem::take(&mut state.under);
    state.overlay = if is_over { under } else { Overlay::None };
}

/// Opens or closes the table, and keeps that.
pub fn toggle_table(state: &mut State) -> Vec<Order> {
    let mut settings = state.settings.clone();
    // It is not seen in the review.
    settings.table_open = state.review.take().is_some() || !settings.table_open;
    set_settings(state, settings)
}

/// Sorts by a column; once more, the other way round.
pub fn sort_by(state: &mut State, column: Column) {
    let descending = if state.sort.column == column {
        !state.sort.descending
    } else {
        // The largest sum is what one looks for first.
        column.is_number()
    };
    state.sort = Sort { column, descending };
}

/// Takes settings and saves them.
pub fn set_settings(state: &mut State, settings: Settings) -> Vec<Order> {
    state.settings = settings;
    vec![save(state)]
}

/// Saves the settings as they are.
pub fn save(state: &State) -> Order {
    Order::SaveSettings(Box::new(state.settings.clone()))
}

/// Notes where the camera came to rest.
pub fn camera_settled(state: &mut State, viewport: Viewport) {
    state.viewport = Some(viewport);
    state.views.push(viewport);
}

/// Goes back or forward through the views.
pub fn travel_view(state: &mut State, back: bool) {
    let view = if back { state.views.back() } else { state.views.forward() };
    if let Some(view) = view {
        state.request_camera(FitTarget::View(view), state.settings.reduce_motion);
    }
}

//! Views and filters: saved in the workbook, shown again, and what was looked at last.

use super::{kept_layers, notices, panels, selection, workbook};
use crate::{
    app::{
        Language,
        fit_target::FitTarget,
        job::Order,
        kept_view::{KeptView, extent_of, keep_view, kept_view, seen_extent},
        message::{Message, News},
        notice::NoticeLevel,
        saved::{SavedEdit, ViewStep},
        state::{Overlay, State},
        view_text::ViewText,
        views::{free_name, suggested_name},
        workbook::BookEdit,
    },
    book::ViewRecord,
    catalogue::Filter,
};

/// Applies a step of the user's.
pub fn step(state: &mut State, step: ViewStep) -> Vec<Order> {
    match step {
        ViewStep::ToggleList => {
            let is_open = state.overlay == Overlay::Views;
            state.overlay = if is_open { Overlay::None } else { Overlay::Views };
        }
        ViewStep::Save(name) => {
            let taken = state.workbook.shown.views.iter().map(|own| own.name.as_str());
            let name = match name.trim() {
                "" => free_name(&suggested_name(state), taken),
                name => name.to_owned(),
            };
            return save(state, name);
        }
        ViewStep::Update(id) => {
            let own = state.workbook.shown.views.iter().find(|own| own.id == id);
            if let Some(name) = own.map(|own| own.name.clone()) {
                return save(state, name);
            }
        }
        ViewStep::Go(id) => go(state, &id),
        ViewStep::SaveFilter(name) => return save_filter(state, &name),
        ViewStep::UseFilter(id) => {
            let filters = state.workbook.shown.filters.clone();
            let Some(own) = filters.iter().find(|own| own.id == id) else { return Vec::new() };
            match Filter::of_json(&own.filter) {
                Ok(filter) => state.filter = filter,
                Err(reason) => refuse(state, Message::new(reason)),
            }
        }
        ViewStep::GoText(text) => go_text(state, &text),
        ViewStep::Edit(edit) => return workbook::change(state, BookEdit::Saved(edit)),
        ViewStep::Recall => return recall(state),
        ViewStep::Keep => return keep(state),
    }
    Vec::new()
}

fn save(state: &mut State, name: String) -> Vec<Order> {
    let Some(extent) = seen_extent(state) else {
        notices::notify(state, NoticeLevel::Problem, News::NoView.into());
        return Vec::new();
    };
    let shown = state.layers_from_ground().into_iter().filter(|(_, layer)| layer.visible);
    let layers = shown.filter_map(|(key, _)| state.layer_record(key).map(|own| own.id.clone()));
    let view = ViewRecord {
        id: String::new(),
        order: 0,
        name,
        extent,
        filter: state.filter.to_json(),
        layers: layers.collect(),
        selection: state.focus.clone(),
    };
    // The new row is to be seen, and can be given another name there.
    state.overlay = Overlay::Views;
    workbook::change(state, BookEdit::Saved(SavedEdit::View(Box::new(view))))
}

fn save_filter(state: &mut State, name: &str) -> Vec<Order> {
    let taken = state.workbook.shown.filters.iter().map(|own| own.name.as_str());
    let name = match name.trim() {
        "" => {
            let words =
                crate::app::filter_words(&state.catalogue, &state.filter, state.settings.language);
            free_name(&words.join(" · "), taken)
        }
        name => name.to_owned(),
    };
    let filter = state.filter.to_json();
    workbook::change(state, BookEdit::Saved(SavedEdit::Filter { name, filter }))
}

/// Shows a saved view.
fn go(state: &mut State, id: &str) {
    let views = state.workbook.shown.views.clone();
    let Some(view) = views.iter().find(|own| own.id == id) else { return };
    let filter = match Filter::of_json(&view.filter) {
        Ok(filter) => filter,
        // Without its filter it is another view.
        Err(reason) => return refuse(state, Message::new(reason)),
    };
    let shown: Vec<_> = state
        .layers_from_ground()
        .into_iter()
        .filter_map(|(key, _)| {
            let record = state.layer_record(key)?;
            Some((key, view.layers.contains(&record.id)))
        })
        .collect();
    kept_layers::show_only(state, &shown);
    show(state, filter, view.selection.clone().into_iter().collect(), Some(view.extent));
}

/// Shows what a text of a view says, and tells what of it is not here.
fn go_text(state: &mut State, text: &str) {
    let view = match ViewText::find(text) {
        None => return,
        Some(Err(reason)) => return refuse(state, Message::new(reason)),
        Some(Ok(view)) => view,
    };
    let named: Vec<_> = state
        .layers_from_ground()
        .into_iter()
        .map(|(key, layer)| (key, view.layers.contains(&layer.data.0.name)))
        .collect();
    let is_here = |name: &&String| {
        state.files.iter().flat_map(|file| &file.layers).any(|own| own.data.0.name == **name)
    };
    let missing: Vec<String> = view.layers.iter().filter(|name| !is_here(name)).cloned().collect();
    kept_layers::show_only(state, &named);
    let own = state.catalogue.title(Language::Chinese).to_owned();
    let is_other = !view.plan.is_empty() && view.plan != own;
    // Ids of another plan mean other projects.
    let selected = if is_other { Vec::new() } else { view.selected };
    show(state, view.filter, selected, view.extent);
    if is_other {
        let news = News::ViewOfOther { plan: view.plan, own };
        notices::notify(state, NoticeLevel::Problem, news.into());
    }
    if !missing.is_empty() {
        notices::notify(state, NoticeLevel::Problem, News::ViewLacksLayers(missing).into());
    }
}

fn show(state: &mut State, filter: Filter, selected: Vec<String>, extent: Option<[f64; 4]>) {
    state.filter = filter;
    let overlay = std::mem::take(&mut state.overlay);
    let known = selected.into_iter().filter(|id| state.catalogue.project(id).is_some());
    let known: Vec<String> = known.collect();
    selection::select(state, known);
    state.overlay = if overlay == Overlay::Views { overlay } else { Overlay::None };
    if let Some(extent) = extent.and_then(extent_of) {
        state.request_camera(FitTarget::Exact(extent), state.settings.reduce_motion);
    }
}

fn refuse(state: &mut State, reason: Message) {
    notices::notify(state, NoticeLevel::Problem, reason);
}

/// What is looked at now comes back when the workbook is opened again.
pub fn keep(state: &mut State) -> Vec<Order> {
    // A slide is shown, not looked at.
    if state.workbook.is_passing || state.tour.is_some() {
        return Vec::new();
    }
    let mut view = KeptView::of(state);
    // What comes back and has not been read yet was looked at, too.
    let open = |path: &std::path::Path| state.files.iter().any(|own| own.path == path);
    for own in &state.workbook.recalled {
        let is_listed =
            view.layers.iter().any(|known| known.path == own.path && known.name == own.name);
        if !is_listed && open(&own.path) {
            view.layers.push(own.clone());
        }
    }
    if view.extent.is_none() {
        let before = kept_view(&state.settings.views, view.book.as_deref());
        view.extent = before.and_then(|before| before.extent);
    }
    if keep_view(&mut state.settings.views, view) { vec![panels::save(state)] } else { Vec::new() }
}

/// What was looked at last comes back, and the workbook's layers.
pub fn recall(state: &mut State) -> Vec<Order> {
    if state.workbook.is_passing {
        return Vec::new();
    }
    let kept = kept_view(&state.settings.views, state.workbook.path.as_deref()).cloned();
    let kept = kept.unwrap_or_default();
    match Filter::of_json(&kept.filter) {
        Ok(filter) => state.filter = filter,
        Err(reason) => refuse(state, Message::new(reason)),
    }
    let is_here = |id: &String| state.catalogue.project(id).is_some();
    state.selected = kept.selected.iter().filter(|id| is_here(id)).cloned().collect();
    state.focus = kept.focus.filter(is_here);
    if state.focus.is_some() {
        state.open_right(true);
    }
    if let Some(extent) = kept.extent.and_then(extent_of) {
        state.request_camera(FitTarget::Exact(extent), true);
    }
    kept_layers::recall(state, kept.layers)
}

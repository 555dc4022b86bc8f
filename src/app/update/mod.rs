//! The one place where state changes.

use std::collections::BTreeSet;

use super::{
    action::{Action, FitTarget, Job, Tab},
    history::Step,
    map_update,
    settings::Settings,
    state::{Notice, NoticeLevel, Overlay, State},
    table::{Column, Sort},
    tour::Tour,
};
use crate::{
    catalogue::{Filter, Near, Shape, SlideView},
    units::{Extent, TextRange},
};

/// Applies one action and says what has to be done outside.
pub fn update(state: &mut State, action: Action) -> Vec<Job> {
    let concerns_layers = map_update::changes_filter(&action);
    let mut jobs = apply(state, action);
    if concerns_layers {
        jobs.extend(map_update::filter_layers(state));
    }
    jobs
}

fn apply(state: &mut State, action: Action) -> Vec<Job> {
    match action {
        Action::Select(ids) => select(state, ids),
        Action::ToggleSelected(id) => toggle_selected(state, &id),
        Action::Hover(id) => hover(state, id),
        Action::ClearSelection => select(state, Vec::new()),
        Action::Escape => escape(state),
        Action::SetFilter(filter) => set_filter(state, *filter),
        Action::ToggleCounty(code) => toggle_county(state, code),
        Action::ToggleRegion(key) => toggle_and_fit(state, |f| &mut f.regions, key),
        Action::ToggleTask(id) => toggle_and_fit(state, |f| &mut f.tasks, id),
        Action::ToggleKind(key) => change_filter(state, |f| toggle(&mut f.kinds, key)),
        Action::ToggleStatus(status) => change_filter(state, |f| toggle(&mut f.status, status)),
        Action::ToggleAccuracy(class) => change_filter(state, |f| toggle(&mut f.accuracies, class)),
        Action::SetEndsOnly(on) => change_filter(state, |f| f.ends_only = on),
        Action::SetText(text) => change_filter(state, |f| f.text = text),
        Action::SetInvestment { min_yi, max_yi } => change_filter(state, |f| {
            f.min_investment_yi = min_yi;
            f.max_investment_yi = max_yi;
        }),
        Action::SetPolygon(polygon) => change_filter(state, |f| f.polygon = polygon),
        Action::SetNear { id, km } => set_near(state, &id, km),
        Action::ClearFilter => set_filter(state, Filter::default()),
        Action::Undo => travel(state, true),
        Action::Redo => travel(state, false),
        Action::ClickSentence(sentence) => click_sentence(state, sentence),
        Action::ShowWords(range) => show_words(state, range),
        Action::OpenTab(tab) => open_tab(state, tab),
        Action::ToggleLeft => state.left_open = !state.left_open,
        Action::ToggleRight => state.right_open = !state.right_open,
        Action::ToggleTable => return toggle_table(state),
        Action::SortBy(column) => sort_by(state, column),
        Action::Fit(target) => state.request_camera(target, state.settings.reduce_motion),
        Action::CameraSettled(viewport) => {
            state.viewport = Some(viewport);
            state.views.push(viewport);
        }
        Action::ViewBack => map_update::travel_view(state, true),
        Action::ViewForward => map_update::travel_view(state, false),
        Action::OpenPickList { ids, at_pt } => state.overlay = Overlay::PickList { ids, at_pt },
        Action::OpenHelp => state.overlay = Overlay::Help,
        Action::OpenExport => state.overlay = Overlay::Export,
        Action::CloseOverlay => state.overlay = Overlay::None,
        Action::StartTour { slide } => start_tour(state, slide),
        Action::TourNext { now_s } => step_tour(state, 1, now_s),
        Action::TourPrevious { now_s } => step_tour(state, -1, now_s),
        Action::TourGo(slide) => go_to_slide(state, slide),
        Action::TourLeave { now_s } => leave_tour(state, now_s),
        Action::TourBlank { white } => blank(state, white),
        Action::TourDetach => detach(state),
        Action::TourReturn => show_slide(state),
        Action::SetSettings(settings) => return set_settings(state, *settings),
        Action::ChooseBasemap(key) => return map_update::choose_basemap(state, key),
        Action::ShowBasemap(key) => {
            state.basemaps.choose(&key);
            state.revision += 1;
        }
        Action::OpenBasemap { text, datum } => return vec![Job::OpenBasemap { text, datum }],
        Action::BasemapOpened(sources) => return map_update::basemap_opened(state, sources),
        Action::ForgetBasemap(key) => return map_update::forget_basemap(state, &key),
        Action::SaveKey { kind, key } => return vec![Job::SaveKey { kind, key }],
        Action::RemoveKey(kind) => return vec![Job::RemoveKey(kind)],
        Action::ReadKeys => return vec![Job::ReadKeys],
        Action::KeysKnown(kinds) => state.basemaps.keys = kinds,
        Action::TestKey => return vec![Job::TestKey],
        Action::RetryTiles => return vec![Job::RetryTiles],
        Action::OpenFiles(paths) => return map_update::open_files(state, paths),
        Action::FileRead { file, layers, reading } => {
            return map_update::file_read(state, file, layers, reading);
        }
        Action::CancelFile(file) => map_update::cancel_file(state, file),
        Action::CloseFile(file) => map_update::close_file(state, file),
        Action::ToggleLayer { file, layer } => map_update::toggle_layer(state, file, layer),
        Action::LayersFiltered { request, passed } => {
            map_update::layers_filtered(state, request, passed);
        }
        Action::OpenFeature(feature) => state.overlay = Overlay::Feature(feature),
        Action::OpenPackage => state.overlay = Overlay::Package,
        Action::StartPackage(order) => return map_update::start_package(state, *order),
        Action::PausePackage => map_update::pause_package(state),
        Action::PackageWent(progress) => map_update::package_went(state, progress),
        Action::Export { format, path } => {
            state.overlay = Overlay::None;
            return vec![Job::Export {
                format,
                path,
                projects: state
                    .rows
                    .iter()
                    .filter_map(|row| state.catalogue.projects.get(row.project))
                    .map(|project| project.id.clone())
                    .collect(),
                viewport: state.viewport,
            }];
        }
        Action::JobDone { message } => notify(state, NoticeLevel::Done, message),
        Action::JobFailed { message } => notify(state, NoticeLevel::Problem, message),
        Action::DismissNotice(id) => state.notices.retain(|notice| notice.id != id),
    }
    Vec::new()
}

fn toggle<T: Ord>(set: &mut BTreeSet<T>, value: T) {
    if !set.remove(&value) {
        set.insert(value);
    }
}

fn remember(state: &mut State) {
    let step = state.step();
    state.history.push(step);
}

fn set_filter(state: &mut State, filter: Filter) {
    if filter != state.filter {
        remember(state);
        state.filter = filter;
        state.refresh();
    }
}

fn change_filter(state: &mut State, change: impl FnOnce(&mut Filter)) {
    let mut filter = state.filter.clone();
    change(&mut filter);
    set_filter(state, filter);
}

fn toggle_and_fit(
    state: &mut State,
    set: impl FnOnce(&mut Filter) -> &mut BTreeSet<String>,
    value: String,
) {
    change_filter(state, |filter| toggle(set(filter), value));
    let target = if state.filter.is_empty() { FitTarget::City } else { FitTarget::Shown };
    state.request_camera(target, state.settings.reduce_motion);
}

fn toggle_county(state: &mut State, code: String) {
    let target = if state.filter.counties.contains(&code) {
        FitTarget::City
    } else {
        FitTarget::County(code.clone())
    };
    change_filter(state, |filter| toggle(&mut filter.counties, code));
    state.request_camera(target, state.settings.reduce_motion);
}

fn set_near(state: &mut State, id: &str, km: f64) {
    let catalogue = state.catalogue.clone();
    let Some(project) = catalogue.project(id) else { return };
    let point = project.features.iter().find_map(|&i| match catalogue.features.get(i)?.shape {
        Shape::Point(at) => Some(at),
        _ => None,
    });
    change_filter(state, |filter| {
        // What was searched for is found; its neighbours have other names.
        filter.text.clear();
        match point {
            Some(at) if project.length_km.is_none() => filter.near = Some(Near { at, km }),
            _ => filter.along = Some(crate::catalogue::Along { project: id.to_owned(), km }),
        }
    });
}

fn select(state: &mut State, ids: Vec<String>) {
    let focus = ids.first().cloned();
    if state.selected == ids && state.focus == focus {
        return;
    }
    remember(state);
    state.selected = ids;
    state.focus.clone_from(&focus);
    state.sentence = None;
    state.overlay = Overlay::None;
    state.revision += 1;
    let words = state.focused().map(|project| project.words);
    if let Some(words) = words {
        state.request_words(words);
        state.right_open = true;
    }
}

fn toggle_selected(state: &mut State, id: &str) {
    let mut ids = state.selected.clone();
    match ids.iter().position(|own| own == id) {
        Some(at) => {
            ids.remove(at);
        }
        None => ids.insert(0, id.to_owned()),
    }
    select(state, ids);
}

fn hover(state: &mut State, id: Option<String>) {
    if state.hover != id {
        state.hover = id;
    }
}

fn escape(state: &mut State) {
    if state.overlay != Overlay::None {
        state.overlay = Overlay::None;
    } else if !state.selected.is_empty() || state.focus.is_some() {
        select(state, Vec::new());
    } else if state.sentence.is_some() {
        state.sentence = None;
        state.revision += 1;
    } else if state.right_open {
        state.right_open = false;
    } else if !state.filter.text.is_empty() {
        change_filter(state, |filter| filter.text.clear());
    }
}

fn travel(state: &mut State, back: bool) {
    let now = state.step();
    let step = if back { state.history.undo(now) } else { state.history.redo(now) };
    if let Some(Step { filter, selected, focus, sentence }) = step {
        state.filter = filter;
        state.selected = selected;
        state.focus = focus;
        state.sentence = sentence;
        state.refresh();
    }
}

fn click_sentence(state: &mut State, sentence: usize) {
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
    remember(state);
    state.selected.clone_from(&ids);
    state.focus = ids.first().cloned();
    state.sentence = Some(sentence);
    state.revision += 1;
    state.request_camera(FitTarget::Projects(ids), state.settings.reduce_motion);
}

fn show_words(state: &mut State, range: TextRange) {
    state.right_tab = Tab::Text;
    state.right_open = true;
    state.request_words(range);
}

fn open_tab(state: &mut State, tab: Tab) {
    match tab {
        Tab::Card | Tab::Text => {
            state.right_tab = tab;
            state.right_open = true;
            let words = state.focused().map(|project| project.words);
            if let (Tab::Text, Some(words)) = (tab, words) {
                state.request_words(words);
            }
        }
        Tab::Regions | Tab::Tasks | Tab::Targets | Tab::Layers | Tab::Basemap => {
            state.left_tab = tab;
            state.left_open = true;
        }
    }
}

fn toggle_table(state: &mut State) -> Vec<Job> {
    let mut settings = state.settings.clone();
    settings.table_open = !settings.table_open;
    set_settings(state, settings)
}

fn sort_by(state: &mut State, column: Column) {
    let descending = if state.sort.column == column {
        !state.sort.descending
    } else {
        // The largest sum is what one looks for first.
        column.is_number()
    };
    state.sort = Sort { column, descending };
    state.refresh();
}

fn start_tour(state: &mut State, slide: usize) {
    if state.catalogue.slides.is_empty() {
        return;
    }
    let last = state.catalogue.slides.len() - 1;
    state.overlay = Overlay::None;
    // Far in the past: the first click after the start counts.
    state.tour =
        Some(Tour { slide: slide.min(last), changed_at_s: f64::NEG_INFINITY, ..Tour::default() });
    show_slide(state);
}

fn step_tour(state: &mut State, step: isize, now_s: f64) {
    let count = state.catalogue.slides.len();
    if state.tour.as_mut().is_some_and(|tour| tour.step(step, count, now_s)) {
        show_slide(state);
    }
}

fn go_to_slide(state: &mut State, slide: usize) {
    let count = state.catalogue.slides.len();
    if let Some(tour) = state.tour.as_mut().filter(|_| slide < count) {
        tour.slide = slide;
        show_slide(state);
    }
}

fn show_slide(state: &mut State) {
    let Some(tour) = state.tour.as_mut() else { return };
    tour.detached = false;
    tour.leave_until_s = None;
    let Some(slide) = state.catalogue.slides.get(tour.slide) else { return };
    let target = match &slide.view {
        SlideView::Projects(ids) => FitTarget::Projects(ids.clone()),
        SlideView::Bbox([w, s, e, n]) => {
            FitTarget::Extent(Extent { west_deg: *w, south_deg: *s, east_deg: *e, north_deg: *n })
        }
    };
    state.revision += 1;
    state.request_camera(target, state.settings.reduce_motion);
}

fn leave_tour(state: &mut State, now_s: f64) {
    if state.tour.as_mut().is_some_and(|tour| tour.leave(now_s)) {
        state.tour = None;
        state.revision += 1;
        let target = if state.filter.is_empty() { FitTarget::City } else { FitTarget::Shown };
        state.request_camera(target, state.settings.reduce_motion);
    }
}

fn blank(state: &mut State, white: bool) {
    if let Some(tour) = &mut state.tour {
        tour.blank = if tour.blank.is_some() { None } else { Some(white) };
    }
}

fn detach(state: &mut State) {
    if let Some(tour) = &mut state.tour {
        tour.detached = true;
    }
}

fn set_settings(state: &mut State, settings: Settings) -> Vec<Job> {
    let language_changed = settings.language != state.settings.language;
    let looks_changed = settings.mode != state.settings.mode;
    state.settings = settings;
    if language_changed || looks_changed {
        state.refresh();
    }
    vec![Job::SaveSettings(Box::new(state.settings.clone()))]
}

pub(super) fn notify(state: &mut State, level: NoticeLevel, message: String) {
    let id = state.next_number();
    state.notices.push(Notice { id, level, message });
}

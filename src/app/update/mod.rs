//! The one place where state changes: an action is applied by its topic, and what follows from the
//! changed values is done here for all of them.

mod basemap;
mod book_news;
mod browse;
mod column_question;
mod crs_question;
mod decks;
mod export;
mod filter;
mod job;
mod kept_layers;
mod layer_answers;
mod layer_export;
mod layer_join;
mod layer_style;
mod layer_table;
mod layers;
mod list;
mod notices;
mod package;
mod panels;
mod placing;
mod project_table;
mod questions;
mod review;
mod search;
mod selection;
mod sketch;
mod tour;
mod views;
mod workbook;

use super::{
    Language,
    action::Action,
    command::palette::Palette,
    decks::DeckStep,
    history::{Edit, Question, Typed},
    job::{Entry, Job, Order},
    layer_key::LayerKey,
    open_layers::{Asks, OpenFile},
    saved::ViewStep,
    state::{Overlay, State},
    table::Sort,
};
use crate::{
    catalogue::{CountyMoney, Filter, Outline},
    scene::Viewport,
    style::Mode,
};

/// Applies one action and says what has to be done outside.
pub fn update(state: &mut State, action: Action) -> Vec<Job> {
    let before = Before::of(state);
    // What a change of the workbook does to the selection is part of that change.
    // In the review one goes from one to the next: only what is decided is taken back.
    let is_edit = !matches!(
        action,
        Action::Undo
            | Action::Redo
            | Action::WorkbookNews(_)
            | Action::Views(ViewStep::Recall)
            | Action::Review(_)
    ) && state.review.is_none();
    let typed = match action {
        Action::SetText(_) => Some(Typed::Words),
        Action::SetInvestment { .. } => Some(Typed::Investment),
        _ => None,
    };
    let opens_slide = matches!(action, Action::Deck(DeckStep::Select(_)));
    let mut orders = if leaves_field(&action) { decks::settle(state) } else { Vec::new() };
    orders.extend(apply(state, action));
    // Going from slide to slide is no edit, unless it takes the user's filter away.
    if is_edit && !(opens_slide && state.filter == before.question.filter) {
        remember(state, &before.question, typed);
    }
    orders.extend(follow(state, &before));
    orders.extend(questions::follow(state));
    placing::follow(state);
    orders.extend(workbook::follow(state));
    orders.into_iter().map(|order| job::begin(state, order)).collect()
}

/// Whether it leads away from the deck editor: what was typed there is meant.
const fn leaves_field(action: &Action) -> bool {
    matches!(
        action,
        Action::StartTour { .. }
            | Action::OpenTab(_)
            | Action::ToggleRight
            | Action::Select(_)
            | Action::Workbook(_)
            | Action::Undo
            | Action::Redo
    )
}

#[expect(clippy::too_many_lines, reason = "one arm for each action")]
fn apply(state: &mut State, action: Action) -> Vec<Order> {
    match action {
        Action::Select(ids) => selection::select(state, ids),
        Action::ToggleSelected(id) => selection::toggle_selected(state, &id),
        Action::Hover(id) => state.hover = id,
        Action::PickPart(part) => state.part = part,
        Action::HoverPart(part) => state.part_hover = part,
        Action::Pin(at) => state.pin = at,
        Action::ClearSelection => selection::select(state, Vec::new()),
        Action::Escape => selection::escape(state),
        Action::ClickSentence(sentence) => selection::click_sentence(state, sentence),
        Action::ShowWords(range) => selection::show_words(state, range),

        Action::SetFilter(filter) => state.filter = *filter,
        Action::Toggle(facet, value) => filter::toggle(state, facet, &value),
        Action::Isolate(facet, value) => filter::isolate(state, facet, &value),
        Action::SetEndsOnly(on) => state.filter.ends_only = on,
        Action::SetText(text) => state.filter.text = text,
        Action::SetSearchText(text) => return search::set_text(state, text),
        Action::CountryRead(country) => return search::country_read(state, country),
        Action::SetInvestment { min_yi, max_yi } => {
            state.filter.min_investment_yi = min_yi;
            state.filter.max_investment_yi = max_yi;
        }
        Action::SetBox(extent) => state.filter.polygon = extent.map(Outline::from),
        Action::SetNear { id, km } => filter::set_near(state, &id, km),
        Action::ClearFilter => state.filter = Filter::default(),
        Action::Undo => return travel(state, true),
        Action::Redo => return travel(state, false),

        Action::OpenTab(tab) => panels::open_tab(state, tab),
        Action::ToggleLeft => panels::toggle_left(state),
        Action::ToggleRight => panels::toggle_right(state),
        Action::SetSideBySide(fit) => state.side_by_side = fit,
        Action::ToggleTable => return panels::toggle_table(state),
        Action::OpenTable(of) => return layer_table::open(state, of),
        Action::LayerTable { of, step } => return layer_table::step(state, of, step),
        Action::SetTablePage(rows) => state.table_page = rows.max(1),
        Action::CopyText { text, rows } => layer_table::copied(state, text, rows),
        Action::TextTaken => state.to_copy = None,
        Action::SortBy(column) => panels::sort_by(state, column),
        Action::SetSettings(settings) => return panels::set_settings(state, *settings),
        Action::OpenPickList { ids, features, at_pt } => {
            state.overlay = Overlay::PickList { ids, features, at_pt, row: 0 };
        }
        Action::OpenPalette => {
            let palette = Overlay::Palette(Palette::default());
            state.under = std::mem::replace(&mut state.overlay, palette);
        }
        Action::SetPaletteText(text) => list::set_palette_text(state, text),
        Action::MoveInList(by) => list::move_in_list(state, by),
        Action::CommandUsed(id) => return list::command_used(state, id),
        Action::OpenHelp => state.overlay = Overlay::Help,
        Action::OpenExport => state.overlay = Overlay::Export,
        Action::OpenFeature(feature) => layer_table::open_feature(state, feature),
        Action::StepFeature(by) => layer_table::step_feature(state, by),
        Action::ZoomToFeature(feature) => layer_table::zoom_to(state, feature),
        Action::FindInTable(feature) => return layer_table::find_in_table(state, feature),
        Action::PickFeature(feature, how) => layer_table::show_in_table(state, feature, how),
        Action::OpenPackage => state.overlay = Overlay::Package,
        Action::CloseOverlay => panels::close_overlay(state),
        Action::Notify(level, message) => notices::notify(state, level, message),
        Action::SetMessageTime(now) => state.log.set_time(now),
        Action::OpenMessages => notices::open_log(state),
        Action::DismissNotice(id) => state.notices.retain(|notice| notice.id != id),

        Action::Fit(target) => state.request_camera(target, state.settings.reduce_motion),
        Action::CameraSettled(viewport) => panels::camera_settled(state, viewport),
        Action::SetCovered(padding) => state.covered = padding,
        Action::Sketch(step) => return sketch::step(state, step),
        Action::ViewBack => panels::travel_view(state, true),
        Action::ViewForward => panels::travel_view(state, false),

        Action::Place(step) => return placing::step(state, step),
        Action::Review(step) => return review::step(state, step),
        Action::Workbook(step) => return workbook::step(state, step),
        Action::Views(step) => return views::step(state, step),
        Action::LayersFound(found) => return kept_layers::found(state, found),
        Action::BookFile(file, step) => return kept_layers::file_step(state, file, step),
        Action::WorkbookNews(news) => return book_news::news(state, *news),
        Action::WorkbookFailed => return workbook::failed(state),
        Action::AskReplaceBook(order) => state.overlay = Overlay::ReplaceBook(order),
        Action::AskBookCopy => return workbook::ask_copy(state),

        Action::Deck(step) => return decks::step(state, step),

        Action::StartTour { slide } => tour::start(state, slide),
        Action::TourNext { now_s } => tour::step(state, 1, now_s),
        Action::TourPrevious { now_s } => tour::step(state, -1, now_s),
        Action::TourGo(slide) => tour::go_to(state, slide),
        Action::TourDigit { digit, now_s } => tour::digit(state, digit, now_s),
        Action::TourEnter { now_s } => tour::enter(state, now_s),
        Action::TourLeave { now_s } => tour::leave(state, now_s),
        Action::TourBlank { white } => tour::blank(state, white),
        Action::TourDetach => tour::detach(state),
        Action::TourReturn => tour::show_slide(state),

        Action::ChooseBasemap(key) => return basemap::choose(state, key),
        Action::ShowBasemap(key) => basemap::show(state, &key),
        Action::OpenBasemap { text, datum } => return vec![Order::OpenBasemap { text, datum }],
        Action::BasemapOpened(sources) => return basemap::opened(state, sources),
        Action::ForgetBasemap(key) => return basemap::forget(state, &key),
        Action::SaveKey { kind, key } => {
            return vec![Order::SaveKey { kind, key, sources: state.basemaps.sources().to_vec() }];
        }
        Action::RemoveKey(kind) => {
            return vec![Order::RemoveKey { kind, sources: state.basemaps.sources().to_vec() }];
        }
        Action::ReadKeys => return vec![Order::ReadKeys(state.basemaps.sources().to_vec())],
        Action::KeysKnown(kinds) => state.basemaps.keys = kinds,
        Action::TestKey => return vec![Order::TestKey(state.basemaps.sources().to_vec())],
        Action::RetryTiles => return vec![Order::RetryTiles],

        Action::AskOpen => return browse::ask_open(state),
        Action::AskFile(question) => return browse::ask(state, *question),
        Action::BrowseHere(question) => return browse::here(state, *question),
        Action::BrowseTo(path) => return browse::go_to(state, path),
        Action::FolderRead { folder, entries } => browse::folder_read(state, folder, entries),
        Action::SetBrowseText(text) => browse::set_text(state, text),
        Action::SetBrowseAll(all) => browse::set_with_all(state, all),
        Action::ChooseInBrowse(row) => return browse::choose(state, row),
        Action::FilesChosen { purpose, paths } => return browse::chosen(state, purpose, paths),
        Action::OpenFiles(paths) => return layers::open_files(state, paths),
        Action::FileRead { file, layers, reading } => {
            return layers::file_read(state, file, layers, reading);
        }
        Action::AskCrs { file, candidates } => {
            questions::put(state, file, Asks::Crs(candidates));
        }
        Action::AskColumns { file, start } => {
            questions::put(state, file, Asks::Columns(*start));
        }
        Action::DropQuestion(file) => questions::drop(state, file),
        Action::AskAgain(file) => return questions::ask(state, file),
        Action::ChooseColumns(chosen) => return column_question::choose(state, *chosen),
        Action::LookAtSheet(sheet) => return column_question::look_at_sheet(state, sheet),
        Action::ColumnsTried { request, landing } => {
            column_question::tried(state, request, landing);
        }
        Action::AnswerColumns => return column_question::answer(state),
        Action::ReviseColumns(file) => return column_question::revise(state, file),
        Action::LookAtCrs(row) => crs_question::choose(state, row),
        Action::TypeCrs(text) => crs_question::typed(state, text),
        Action::ReviseCrs(file) => return crs_question::revise(state, file),
        Action::AnswerCrs => return crs_question::answer(state),
        Action::CancelFile(file) => job::stop_file(state, file),
        Action::CloseFile(file) => layers::let_go(state, file),
        Action::ToggleLayer { file, layer } => return layers::toggle(state, file, layer),
        Action::ShiftLayer { key, up } => return layer_style::shift(state, key, up),
        Action::OpenLayerStyle(key) => layer_style::open(state, key),
        Action::SetLayerStyle { key, style, settled } => {
            return layer_style::set(state, key, *style, settled);
        }
        Action::LayerClassed { key, request, classes } => {
            layer_style::classed(state, key, request, classes);
        }
        Action::LayersFiltered { request, passed } => layers::filtered(state, request, passed),

        Action::StartPackage(order) => return package::start(state, *order),
        Action::PausePackage => job::stop_package(state),
        Action::PackageWent(progress) => package::went(state, progress),

        Action::Export { format, path, form } => {
            return export::order(state, format, path, *form);
        }
        Action::AskReplace(order) => export::ask_replace(state, order),
        Action::OpenJoin(key) => return layer_join::open(state, key),
        Action::Join(step) => return layer_join::step(state, step),
        Action::OpenLayerExport(key) => layer_export::open(state, key),
        Action::ExportLayer { key, form } => return layer_export::order(state, key, *form),
        Action::AskReplaceLayer(order) => layer_export::ask_replace(state, order),
        Action::ReplaceFile => return export::replace(state),
        Action::StopJob(job) => job::stop(state, job),
        Action::JobEnded { job, broke } => job::ended(state, job, broke),
    }
    Vec::new()
}

/// What other values follow from.
struct Before {
    question: Question,
    sort: Sort,
    county_money: CountyMoney,
    language: Language,
    mode: Mode,
    /// The slide on the wall.
    slide: Option<usize>,
    /// A table is being chosen for a layer.
    joins: bool,
    /// The layer whose style is being changed.
    styled: Option<LayerKey>,
    viewport: Option<Viewport>,
    /// The layers with whether each is shown, and how high it lies.
    layers: Vec<(LayerKey, bool, usize)>,
}

impl Before {
    fn of(state: &State) -> Self {
        Self {
            question: state.question(),
            sort: state.sort,
            county_money: state.settings.county_money,
            language: state.settings.language,
            mode: state.settings.mode,
            slide: state.tour.map(|tour| tour.slide),
            joins: layer_join::is_asked(state),
            styled: match state.overlay {
                Overlay::LayerStyle(file, layer) => Some((file, layer)),
                _ => None,
            },
            viewport: state.viewport,
            layers: layers(state),
        }
    }
}

fn layers(state: &State) -> Vec<(LayerKey, bool, usize)> {
    let own = |file: &OpenFile| {
        let id = file.id;
        let layers = file.layers.iter().enumerate();
        layers.map(move |(i, own)| ((id, i), own.visible, own.level)).collect::<Vec<_>>()
    };
    state.files.iter().flat_map(own).collect()
}

/// Does what follows from the values that have changed, whichever action changed them.
fn follow(state: &mut State, before: &Before) -> Vec<Order> {
    let question = state.question();
    let filtered = question.filter != before.question.filter;
    let dressed = (state.settings.language, state.settings.mode) != (before.language, before.mode);
    let counted = state.settings.county_money != before.county_money;
    if filtered || dressed || counted || state.sort != before.sort {
        state.refresh();
    } else if question != before.question {
        state.revision += 1;
    }
    if question != before.question
        || state.viewport != before.viewport
        || layers(state) != before.layers
    {
        state.looked += 1;
    }
    let turned = state.tour.map(|tour| tour.slide) != before.slide;
    let mut orders = if filtered || turned { layers::follow_filter(state) } else { Vec::new() };
    if let Some(key) = before.styled
        && state.overlay != Overlay::LayerStyle(key.0, key.1)
    {
        orders.extend(layer_style::remember(state, key));
    }
    orders.extend(layer_table::follow(state));
    if before.joins && !layer_join::is_asked(state) {
        job::stop_entry(state, &Entry::JoinQuestion);
    }
    orders
}

fn remember(state: &mut State, before: &Question, typed: Option<Typed>) {
    let after = state.question();
    if after != *before {
        state.history.push(Edit::Question { before: before.clone(), after, typed });
    }
}

/// Takes the last edit back, or makes it again.
fn travel(state: &mut State, back: bool) -> Vec<Order> {
    let edit = if back { state.history.undo() } else { state.history.redo() };
    match edit {
        Some(Edit::Question { before, after, .. }) => {
            state.ask(if back { before } else { after });
        }
        Some(Edit::Condition { key, before, after }) => {
            return layer_table::hold(state, key, if back { before } else { after });
        }
        Some(Edit::Style { key, before, after }) => {
            let mut orders = layer_style::wear(state, key, if back { before } else { after });
            orders.extend(layer_style::remember(state, key));
            return orders;
        }
        Some(Edit::Joins { key, before, after }) => {
            return layer_join::hold(state, key, if back { &before } else { &after });
        }
        // What was done before the workbook was opened is in its own log.
        Some(Edit::Workbook) | None => workbook::travel(state, back),
    }
    Vec::new()
}

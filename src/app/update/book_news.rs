//! What came of an order to the workbook is taken over whole.

use std::sync::Arc;

use super::{
    decks, kept_layers, layers, notices, review, views,
    workbook::{change, remember},
};
use crate::{
    app::{
        fit_target::FitTarget,
        history::{Edit, History},
        job::Order,
        message::News,
        notice::NoticeLevel,
        review::offer,
        review_step::ReviewStep,
        state::{Overlay, State},
        workbook::{BookNews, Content, PlanFrom},
    },
    catalogue::{Filter, revise::decisions},
};

/// Takes over what came of an order.
pub fn news(state: &mut State, news: BookNews) -> Vec<Order> {
    let BookNews { path, shown, content, is_other, is_copy, is_edit, added, told, revision } = news;
    let mut orders = Vec::new();
    let is_fresh = is_other && !is_copy;
    if is_fresh {
        // What is looked at goes with the workbook that is left.
        orders.extend(views::keep(state));
        let files: Vec<u64> = state.files.iter().map(|file| file.id).collect();
        for file in files {
            layers::close_file(state, file);
        }
        state.workbook.recalled.clear();
        state.workbook.finding = None;
        state.workbook.is_passing = false;
    }
    let layers_before = state.workbook.shown.layers.clone();
    let book_before = state.workbook.path.clone();
    state.workbook.shown = shown;
    if is_other {
        state.workbook.path.clone_from(&path);
        if path.is_none() {
            state.workbook.shown_plan = PlanFrom::Program;
        }
        state.workbook.source.clear();
        state.workbook.revision = None;
        // What can be taken back is in the workbook's own log.
        state.history = History::default();
    }
    if is_fresh {
        state.filter = Filter::default();
        state.selected.clear();
        state.focus = None;
        state.part = None;
        state.sentence = None;
        state.tour = None;
        state.placing = None;
        state.review = None;
    }
    if is_other {
        if path.is_none() {
            state.workbook.editing = false;
        }
        orders.extend(remember(state, path));
    }
    if let Some(content) = content {
        take_content(state, content, is_fresh);
    }
    if is_fresh {
        orders.extend(views::recall(state));
    } else {
        orders.extend(kept_layers::follow(state, &layers_before, book_before.as_deref()));
    }
    if is_copy {
        kept_layers::keep_all(state);
    }
    decks::follow(state, is_other);
    if is_edit {
        state.history.push(Edit::Workbook);
    }
    review::follow(state, added.as_ref());
    if revision.is_some() {
        state.workbook.revision = revision;
        state.overlay = Overlay::Revision;
    }
    let compared = state.workbook.revision.as_ref();
    let decided = compared.map(|own| decisions(&state.workbook.shown.records, &own.revision));
    state.workbook.decided = Arc::new(decided.and_then(Result::ok).unwrap_or_default());
    if let Some(id) = added.filter(|_| state.review.is_none()) {
        super::selection::select(state, vec![id]);
    }
    if let Some(why) = state.workbook.shown.read_only.clone().filter(|_| is_other) {
        state.workbook.editing = false;
        notices::notify(state, NoticeLevel::Done, why);
    }
    for (level, message) in told {
        notices::notify(state, level, message);
    }
    // It was wanted of the plan that was shown, and of no other.
    let wanted = if is_other { state.workbook.wanted.take().filter(|_| is_copy) } else { None };
    let was_asked = wanted.is_some();
    orders.extend(wanted.into_iter().flat_map(|edit| change(state, edit)));
    if is_other && let Some(path) = &state.workbook.path {
        let told = News::WorkbookOpened(path.clone());
        notices::notify(state, NoticeLevel::Done, told.into());
        if std::mem::take(&mut state.workbook.wants_review) {
            orders.extend(review::step(state, ReviewStep::Open));
        } else if !was_asked {
            offer_review(state);
        }
    }
    if is_other {
        let files = std::mem::take(&mut state.workbook.files_after);
        orders.extend(layers::open_files(state, files));
    }
    orders
}

/// Takes over the projects as they are now.
fn take_content(state: &mut State, content: Content, is_fresh: bool) {
    state.catalogue = content.catalogue.0;
    state.diagnostics = content.diagnostics;
    state.tasks = state.catalogue.tasks().into();
    state.all = (0..state.catalogue.projects.len()).collect();
    state.finder = Arc::default();
    let catalogue = state.catalogue.clone();
    state.selected.retain(|id| catalogue.project(id).is_some());
    if state.focus.as_ref().is_some_and(|id| catalogue.project(id).is_none()) {
        state.focus = state.selected.first().cloned();
        state.part = None;
    }
    if is_fresh {
        state.request_camera(FitTarget::City, state.settings.reduce_motion);
    }
    state.refresh();
}

/// Offers to look at what was recognised, where nothing was done to the workbook yet.
pub(super) fn offer_review(state: &mut State) {
    if let Some(recognised) = offer(&state.workbook) {
        notices::offer(state, recognised, "review");
    }
}

//! The workbook: what is asked of it goes out one by one, and what came of it is taken over whole.

use std::{path::PathBuf, sync::Arc};

use super::{browse, panels};
use crate::{
    app::{
        browse::FileQuestion,
        fit_target::FitTarget,
        history::{Edit, History},
        job::{Entry, Order},
        message::News,
        notice::NoticeLevel,
        state::{Overlay, State},
        workbook::{BookEdit, BookNews, BookOrder, BookStep, PlanFrom},
    },
    catalogue::Filter,
};

/// Applies a step of the user's.
pub fn step(state: &mut State, step: BookStep) -> Vec<Order> {
    match step {
        BookStep::Open(path) => queue(state, BookOrder::Open(path)),
        BookStep::OpenBuiltIn => queue(state, BookOrder::OpenBuiltIn),
        BookStep::Remember => {
            let path = state.workbook.path.clone();
            return remember(state, path);
        }
        BookStep::AskPlan => {
            let folder = recent_folder(state);
            let question = FileQuestion::plan(folder, state.settings.language);
            return browse::ask(state, question);
        }
        BookStep::AskPlace => {
            state.overlay = Overlay::None;
            return ask_place(state, PlanFrom::Program);
        }
        BookStep::KeepCopy => {
            state.overlay = Overlay::None;
            let path = PathBuf::from(usual_name(state, &PlanFrom::Program));
            queue(state, BookOrder::Create { plan: PlanFrom::Program, path, replace: false });
        }
        BookStep::SetEditing(editing) => set_editing(state, editing),
        BookStep::SetSource(source) => state.workbook.source = source,
        BookStep::Edit(edit) => {
            let source = state.workbook.source.trim().to_owned();
            return change(state, edit, source);
        }
        BookStep::AskAdd => {
            state.overlay =
                if state.workbook.path.is_none() { Overlay::KeepCopy } else { Overlay::AddProject };
        }
        BookStep::OpenLog => state.overlay = Overlay::BookLog,
        BookStep::RestoreTo(seq) => queue(state, BookOrder::RestoreTo(seq)),
        BookStep::Replace => {
            if let Overlay::ReplaceBook(order) = std::mem::take(&mut state.overlay) {
                let order = match *order {
                    BookOrder::Create { plan, path, .. } => {
                        BookOrder::Create { plan, path, replace: true }
                    }
                    BookOrder::SaveAs { path, .. } => BookOrder::SaveAs { path, replace: true },
                    other => other,
                };
                queue(state, order);
            }
        }
    }
    Vec::new()
}

/// A change needs a workbook that can be written: of the plan that comes with the program a copy is
/// offered first.
pub fn change(state: &mut State, edit: BookEdit, source: String) -> Vec<Order> {
    if state.workbook.path.is_none() {
        state.workbook.wanted = Some(edit);
        state.overlay = Overlay::KeepCopy;
        return Vec::new();
    }
    queue(state, BookOrder::Edit { edit, source });
    Vec::new()
}

fn set_editing(state: &mut State, editing: bool) {
    state.workbook.editing = editing;
    if editing && state.workbook.path.is_none() {
        state.overlay = Overlay::KeepCopy;
    }
}

/// Waits until what is being done is done.
pub fn queue(state: &mut State, order: BookOrder) {
    state.workbook.waiting.push_back(order);
}

/// Takes back what was done last to the workbook, or does it again.
pub fn travel(state: &mut State, back: bool) {
    let shown = &state.workbook.shown;
    let there = if back { &shown.undo } else { &shown.redo };
    if there.is_some() && state.workbook.is_writable() {
        queue(state, if back { BookOrder::Undo } else { BookOrder::Redo });
    }
}

/// The next order, once nothing is being done.
pub fn follow(state: &mut State) -> Vec<Order> {
    if state.running.iter().any(|job| job.entry == Entry::Workbook) {
        return Vec::new();
    }
    let next = state.workbook.waiting.pop_front();
    next.map(|order| Order::Workbook(Box::new(order))).into_iter().collect()
}

/// The order did not come to anything: what was to follow from it does not.
pub fn failed(state: &mut State) {
    state.workbook.waiting.clear();
    state.workbook.wanted = None;
}

/// Where a new workbook goes, with the name of its plan.
pub fn ask_place(state: &mut State, plan: PlanFrom) -> Vec<Order> {
    let name = usual_name(state, &plan);
    state.workbook.plan = Some(plan);
    let question = FileQuestion::workbook(PathBuf::new(), name, state.settings.language);
    browse::ask(state, question)
}

/// Where a copy of the workbook goes.
pub fn ask_copy(state: &mut State) -> Vec<Order> {
    if state.workbook.path.is_none() {
        return ask_place(state, PlanFrom::Program);
    }
    state.workbook.plan = None;
    let folder = state.workbook.path.as_ref().and_then(|path| path.parent());
    let folder = folder.map(PathBuf::from).unwrap_or_default();
    let name = state.workbook.name().unwrap_or_default();
    let question =
        FileQuestion::workbook(folder, format!("{name} 2.jintu"), state.settings.language);
    browse::ask(state, question)
}

/// Takes the place that was chosen.
pub fn place_chosen(state: &mut State, path: PathBuf) {
    let is_named = path.extension().is_some_and(|own| own.eq_ignore_ascii_case("jintu"));
    let path = if is_named {
        path
    } else {
        let mut name = path.into_os_string();
        name.push(".jintu");
        PathBuf::from(name)
    };
    let order = match state.workbook.plan.take() {
        Some(plan) => BookOrder::Create { plan, path, replace: false },
        None => BookOrder::SaveAs { path, replace: false },
    };
    queue(state, order);
}

fn usual_name(state: &State, plan: &PlanFrom) -> String {
    let of_file = match plan {
        PlanFrom::Program => None,
        PlanFrom::File(path) => path.file_stem().map(|name| name.to_string_lossy()),
    };
    let name = of_file.map_or_else(
        || state.catalogue.title(state.settings.language).to_owned(),
        std::borrow::Cow::into_owned,
    );
    format!("{name}.jintu")
}

fn recent_folder(state: &State) -> PathBuf {
    let recent = state.settings.recent_files.first();
    recent.and_then(|path| path.parent()).map(PathBuf::from).unwrap_or_default()
}

/// Takes over what came of an order.
pub fn news(state: &mut State, news: BookNews) -> Vec<Order> {
    let BookNews { path, shown, content, is_other, is_edit, added } = news;
    state.workbook.shown = shown;
    let mut orders = Vec::new();
    if is_other {
        state.workbook.path.clone_from(&path);
        state.workbook.source.clear();
        // What can be taken back is in the workbook's own log.
        state.history = History::default();
        state.filter = Filter::default();
        state.selected.clear();
        state.focus = None;
        state.part = None;
        state.sentence = None;
        state.tour = None;
        state.placing = None;
        if path.is_none() {
            state.workbook.editing = false;
        }
        orders.extend(remember(state, path));
    }
    if let Some(content) = content {
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
        if is_other {
            state.request_camera(FitTarget::City, state.settings.reduce_motion);
        }
        state.refresh();
    }
    if is_edit {
        state.history.push(Edit::Workbook);
    }
    if let Some(id) = added {
        super::selection::select(state, vec![id]);
    }
    if let Some(why) = state.workbook.shown.read_only.clone().filter(|_| is_other) {
        state.workbook.editing = false;
        super::notices::notify(state, NoticeLevel::Done, why);
    }
    if is_other && let Some(edit) = state.workbook.wanted.take() {
        orders.extend(change(state, edit, String::new()));
    }
    if is_other && let Some(path) = &state.workbook.path {
        let told = News::WorkbookOpened(path.clone());
        super::notices::notify(state, NoticeLevel::Done, told.into());
    }
    orders
}

/// The workbook comes back at the next start, and stands among the recent files.
fn remember(state: &mut State, path: Option<PathBuf>) -> Vec<Order> {
    const KEPT: usize = 10;
    state.settings.last_book.clone_from(&path);
    if let Some(path) = path {
        state.settings.recent_books.retain(|own| *own != path);
        state.settings.recent_books.insert(0, path);
        state.settings.recent_books.truncate(KEPT);
    }
    vec![panels::save(state)]
}

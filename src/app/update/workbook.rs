//! The workbook: what is asked of it goes out one by one; what comes of it
//! is in `book_news`.

use std::path::PathBuf;

use super::{book_news::offer_review, browse, decks, layers, panels, project_table};
use crate::{
    app::{
        browse::FileQuestion,
        job::{Entry, Order},
        state::{Overlay, State},
        tab::Tab,
        workbook::{BookEdit, BookOrder, BookStep, PlanFrom},
    },
    book::AttachmentRecord,
};

/// Applies a step of the user's.
pub fn step(state: &mut State, step: BookStep) -> Vec<Order> {
    match step {
        BookStep::Open(path) => queue(state, BookOrder::Open(path)),
        BookStep::OpenBuiltIn => queue(state, BookOrder::OpenBuiltIn),
        BookStep::Remember => {
            let path = state.workbook.path.clone();
            offer_review(state);
            return remember(state, path);
        }
        BookStep::AskPlan => {
            let folder = recent_folder(state);
            let question = FileQuestion::plan(folder, state.settings.language);
            return browse::ask(state, question);
        }
        BookStep::AskPlace => {
            state.overlay = Overlay::None;
            let plan = state.workbook.shown_plan.clone();
            return ask_place(state, plan);
        }
        BookStep::KeepCopy => {
            state.overlay = Overlay::None;
            let plan = state.workbook.shown_plan.clone();
            let path = PathBuf::from(usual_name(state, &plan));
            queue(state, BookOrder::Create { plan, path, replace: false, is_copy: true });
        }
        BookStep::SetEditing(editing) => set_editing(state, editing),
        BookStep::SetSource(source) => state.workbook.source = source,
        BookStep::Edit(edit) => {
            return change(state, edit);
        }
        BookStep::AskAdd => {
            state.overlay =
                if state.workbook.path.is_none() { Overlay::KeepCopy } else { Overlay::AddProject };
        }
        BookStep::AskAttach(id) => return ask_attach(state, id),
        BookStep::OpenAttachment(id) => queue(state, BookOrder::OpenAttachment(id)),
        BookStep::AskSaveAttachment(id) => return ask_save_attachment(state, id),
        BookStep::AskSetMany => state.overlay = Overlay::SetMany,
        BookStep::ProjectTable(step) => return project_table::step(state, step),
        BookStep::OpenLog => state.overlay = Overlay::BookLog,
        BookStep::AskNewer => return ask_newer(state),
        BookStep::OpenRevision => open_revision(state),
        BookStep::Revise { keys, taken } => {
            if let Some(comparison) = state.workbook.revision.clone() {
                return change(state, BookEdit::Revise { comparison, keys, taken });
            }
        }
        BookStep::RestoreTo(seq) => queue(state, BookOrder::RestoreTo(seq)),
        BookStep::Replace => {
            if let Overlay::ReplaceBook(order) = std::mem::take(&mut state.overlay) {
                let order = match *order {
                    BookOrder::Create { plan, path, is_copy, .. } => {
                        BookOrder::Create { plan, path, replace: true, is_copy }
                    }
                    BookOrder::SaveAs { path, .. } => BookOrder::SaveAs { path, replace: true },
                    BookOrder::SaveAttachment { id, path, .. } => {
                        BookOrder::SaveAttachment { id, path, replace: true }
                    }
                    other => other,
                };
                queue(state, order);
            }
        }
    }
    Vec::new()
}

fn ask_attach(state: &mut State, id: String) -> Vec<Order> {
    if state.workbook.path.is_none() {
        state.overlay = Overlay::KeepCopy;
        return Vec::new();
    }
    state.workbook.attaching = Some(id);
    browse::ask(state, FileQuestion::attach(PathBuf::new(), state.settings.language))
}

fn ask_save_attachment(state: &mut State, id: String) -> Vec<Order> {
    let record = state.workbook.shown.records.get::<AttachmentRecord>(&id).ok().flatten();
    let Some(record) = record else { return Vec::new() };
    state.workbook.attaching = Some(id);
    browse::ask(state, FileQuestion::save_attachment(record.name, state.settings.language))
}

fn ask_newer(state: &mut State) -> Vec<Order> {
    if state.workbook.path.is_none() {
        state.overlay = Overlay::KeepCopy;
        return Vec::new();
    }
    let folder = recent_folder(state);
    browse::ask(state, FileQuestion::newer_plan(folder, state.settings.language))
}

/// What was compared is shown again; after the workbook was opened it is compared first.
fn open_revision(state: &mut State) {
    if state.workbook.revision.is_some() {
        state.overlay = Overlay::Revision;
    } else {
        queue(state, BookOrder::CompareAgain);
    }
}

/// A change needs a workbook that can be written: of the plan that comes with the program a copy is
/// offered first.
pub fn change(state: &mut State, edit: BookEdit) -> Vec<Order> {
    let source = state.workbook.source.trim().to_owned();
    change_by(state, edit, source)
}

/// The same, resting on something of its own.
pub fn change_by(state: &mut State, edit: BookEdit, source: String) -> Vec<Order> {
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
    state.workbook.wants_review = false;
    if !editing {
        // The copy that was offered is not wanted.
        state.workbook.wanted = None;
    }
    if editing && state.review.take().is_some() {
        state.right_tab = Tab::Card;
        state.open_right(true);
    }
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
    if state.workbook.can_travel(back) {
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
pub fn failed(state: &mut State) -> Vec<Order> {
    state.workbook.waiting.clear();
    state.workbook.wanted = None;
    decks::failed(state);
    state.workbook.wants_review = false;
    let files = std::mem::take(&mut state.workbook.files_after);
    layers::open_files(state, files)
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
        // What was wanted before, and left, is not wanted of this copy.
        state.workbook.wanted = None;
        let plan = state.workbook.shown_plan.clone();
        return ask_place(state, plan);
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
        Some(plan) => {
            let is_copy = state.workbook.path.is_none() && plan == state.workbook.shown_plan;
            BookOrder::Create { plan, path, replace: false, is_copy }
        }
        None => BookOrder::SaveAs { path, replace: false },
    };
    queue(state, order);
}

/// Attaches the files that were chosen.
pub fn files_chosen(state: &mut State, paths: Vec<PathBuf>) -> Vec<Order> {
    match state.workbook.attaching.take() {
        Some(id) => change(state, BookEdit::Attach { id, paths }),
        None => Vec::new(),
    }
}

/// Saves the attachment whose place was asked for.
pub fn attachment_placed(state: &mut State, path: PathBuf) {
    if let Some(id) = state.workbook.attaching.take() {
        queue(state, BookOrder::SaveAttachment { id, path, replace: false });
    }
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

/// Where the last file was opened.
pub fn recent_folder(state: &State) -> PathBuf {
    let recent = state.settings.recent_files.first();
    recent.and_then(|path| path.parent()).map(PathBuf::from).unwrap_or_default()
}

/// The workbook comes back at the next start, and stands among the recent files.
pub(super) fn remember(state: &mut State, path: Option<PathBuf>) -> Vec<Order> {
    const KEPT: usize = 10;
    state.settings.last_book.clone_from(&path);
    if let Some(path) = path {
        state.settings.recent_books.retain(|own| *own != path);
        state.settings.recent_books.insert(0, path);
        state.settings.recent_books.truncate(KEPT);
    }
    vec![panels::save(state)]
}

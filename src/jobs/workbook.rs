//! What is done with the workbook that the window shows. It stays open here, and belongs to whoever
//! does something with it: orders come one after the other.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, atomic::AtomicBool},
};

use super::{Report, Services, book::base};
use crate::{
    app::{
        Action, BookEdit, BookNews, BookOrder, Message, NoticeLevel, ShownBook,
        export::SharedCatalogue, workbook::Content, workbook::PlanFrom,
    },
    book::{self, By, Mark, Words},
    catalogue::{
        edit::{self, Refusal},
        lower::{Base, Lowered, lower, lower_book},
    },
    store::{
        self,
        book::{Access, BookError, Holder, Making, Plan, Workbook},
    },
};

/// The workbook that is open.
pub type Kept = Option<Workbook>;

/// Why nothing came of an order.
enum Failure {
    Book(BookError),
    Refused(Refusal),
    Told(Message),
}

impl From<BookError> for Failure {
    fn from(reason: BookError) -> Self {
        Self::Book(reason)
    }
}

impl From<Refusal> for Failure {
    fn from(reason: Refusal) -> Self {
        Self::Refused(reason)
    }
}

/// Opens a workbook to be changed, or where that cannot be to be read.
///
/// # Errors
/// It cannot be read, is damaged, or is none.
pub fn open_workbook(path: &Path, base: &Arc<Base>) -> Result<(Workbook, Lowered), BookError> {
    let own = Holder::own(store::clock::stamp());
    Workbook::open(path, &Access::Write(own), base)
}

/// What the window shows of a workbook.
///
/// # Errors
/// Its log cannot be read.
pub fn shown(workbook: &Workbook) -> Result<ShownBook, BookError> {
    let log: Arc<[book::Entry]> = workbook.log()?.into();
    let words = |seq: Option<u64>| -> Option<Words> {
        let seq = seq?;
        log.iter().find(|entry| entry.seq == seq).map(|entry| entry.words.clone())
    };
    Ok(ShownBook {
        records: Arc::new(workbook.book().clone()),
        undo: words(workbook.history().undoable()),
        redo: words(workbook.history().redoable()),
        read_only: workbook.read_only().cloned().map(Message::new),
        log,
    })
}

impl Services {
    /// Keeps a workbook that was opened before the window.
    pub fn keep_workbook(&self, workbook: Workbook) {
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(workbook);
    }

    /// Does an order and reports what came of it.
    pub(super) fn do_workbook(&self, order: BookOrder, report: &Report) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let again = order.clone();
        match perform(&mut kept, order) {
            Ok(news) => report(Action::WorkbookNews(Box::new(news))),
            Err(Failure::Book(BookError::Exists { .. })) => {
                report(Action::AskReplaceBook(Box::new(again)));
            }
            Err(reason) => {
                let reason = match reason {
                    Failure::Book(reason) => Message::new(reason),
                    Failure::Refused(reason) => Message::new(reason),
                    Failure::Told(reason) => reason,
                };
                report(Action::Notify(NoticeLevel::Problem, reason));
                report(Action::WorkbookFailed);
            }
        }
    }
}

fn perform(kept: &mut Kept, order: BookOrder) -> Result<BookNews, Failure> {
    let by = By { who: store::book::user(), at: store::clock::stamp() };
    let base = base();
    match order {
        BookOrder::Open(path) => open(kept, &path, &base),
        BookOrder::OpenBuiltIn => {
            *kept = None;
            let Lowered { catalogue, diagnostics } = lower(&store::SEEDS);
            Ok(BookNews {
                path: None,
                shown: ShownBook::default(),
                content: Some(content(Lowered { catalogue, diagnostics })),
                is_other: true,
                is_edit: false,
                added: None,
            })
        }
        BookOrder::Create { plan, path, replace } => {
            let path = if path.is_relative() { unused(&path) } else { path };
            let name = match &plan {
                PlanFrom::File(path) => path.file_name().map(std::ffi::OsStr::to_string_lossy),
                PlanFrom::Program => None,
            };
            let name = name.unwrap_or_else(|| "plan.txt".into()).into_owned();
            let bytes = match &plan {
                PlanFrom::File(plan) => {
                    let read = store::papers::read(plan, &AtomicBool::new(false));
                    read.map_err(|reason| Failure::Told(Message::new(reason)))?.text
                }
                PlanFrom::Program => store::SEEDS.plan.to_vec(),
            };
            let making = Making {
                path: &path,
                city: None,
                overwrite: replace,
                by,
                words: Words { zh: "新建工作簿".to_owned(), en: "workbook made".to_owned() },
            };
            let plan = Plan { bytes: &bytes, name: &name };
            Workbook::create(&making, plan, &store::SEEDS, &base)?;
            open(kept, &path, &base)
        }
        BookOrder::SaveAs { path, replace } => {
            let Some(own) = kept else { return Err(Failure::Book(BookError::NothingToUndo)) };
            own.copy_to(&path, replace)?;
            open(kept, &path, &base)
        }
        BookOrder::Edit { edit, source } => {
            let own = writable(kept)?;
            let mark = Mark { who: by.who.clone(), at: by.at.clone(), source };
            let (added, action) = action(own, edit, &mark)?;
            if action.changes.is_empty() {
                return news(kept, false, added);
            }
            own.act(&action, &by)?;
            let mut news = news(kept, true, added)?;
            news.is_edit = true;
            Ok(news)
        }
        BookOrder::Undo => {
            writable(kept)?.undo(&by)?;
            news(kept, true, None)
        }
        BookOrder::Redo => {
            writable(kept)?.redo(&by)?;
            news(kept, true, None)
        }
        BookOrder::RestoreTo(seq) => {
            writable(kept)?.restore(seq, &by)?;
            let mut news = news(kept, true, None)?;
            news.is_edit = true;
            Ok(news)
        }
    }
}

/// The workbook that is open; there is one wherever something can be edited.
fn writable(kept: &mut Kept) -> Result<&mut Workbook, Failure> {
    kept.as_mut().ok_or(Failure::Book(BookError::ReadOnly(store::book::ReadOnly::Asked)))
}

fn open(kept: &mut Kept, path: &Path, base: &Arc<Base>) -> Result<BookNews, Failure> {
    // The same again: this process has it, and no other can.
    let same = |own: &&Workbook| store::files::is_same(own.path(), path);
    if kept.as_ref().as_ref().is_some_and(same) {
        let mut news = news(kept, true, None)?;
        news.is_other = true;
        return Ok(news);
    }
    let (workbook, lowered) = open_workbook(path, base)?;
    let shown = shown(&workbook)?;
    // Only now: one that cannot be opened leaves the other as it is.
    *kept = Some(workbook);
    Ok(BookNews {
        path: Some(path.to_owned()),
        shown,
        content: Some(content(lowered)),
        is_other: true,
        is_edit: false,
        added: None,
    })
}

fn news(kept: &Kept, anew: bool, added: Option<String>) -> Result<BookNews, Failure> {
    let Some(own) = kept else {
        return Err(Failure::Book(BookError::NothingToUndo));
    };
    let lowered = anew.then(|| lower_book(own.book(), own.plan_bytes(), own.base()));
    Ok(BookNews {
        path: Some(own.path().to_owned()),
        shown: shown(own)?,
        content: lowered.map(content),
        is_other: false,
        is_edit: false,
        added,
    })
}

fn content(lowered: Lowered) -> Content {
    Content {
        catalogue: SharedCatalogue(Arc::new(lowered.catalogue)),
        diagnostics: lowered.diagnostics.into(),
    }
}

/// An action of what the user wants, and the id of a project that it adds.
fn action(
    own: &Workbook,
    wanted: BookEdit,
    mark: &Mark,
) -> Result<(Option<String>, book::Action), Refusal> {
    let (book, base) = (own.book(), own.base());
    let plain = |action| (None, action);
    Ok(match wanted {
        BookEdit::Set { ids, field, text } => {
            plain(edit::set_many(book, base, &ids, &field, &text, mark)?)
        }
        BookEdit::Restore { id, field } => plain(edit::restore(book, &id, &field)?),
        BookEdit::Add { name } => {
            let (id, action) = edit::add(book, &name, mark)?;
            (Some(id), action)
        }
        BookEdit::Duplicate { id } => {
            let (id, action) = edit::duplicate(book, &id, mark)?;
            (Some(id), action)
        }
        BookEdit::Remove { id } => plain(edit::remove(book, &id, mark)?),
        BookEdit::BringBack { id } => {
            let action = edit::bring_back(book, &id)?;
            (Some(id), action)
        }
        BookEdit::Merge { id, into } => plain(edit::merge(book, &id, &into, mark)?),
        BookEdit::Split { id } => plain(edit::split(book, &id)?),
        BookEdit::Accept { id } => plain(edit::accept(book, &[id], mark)?),
        BookEdit::AcceptAll => plain(edit::accept_all(book, mark)?),
        BookEdit::LeaveOpen { id } => plain(edit::leave_open(book, &id)?),
        BookEdit::MarkWords { span } => {
            let (id, action) = edit::project_of_words(book, own.plan(), base, span, mark)?;
            (Some(id), action)
        }
        BookEdit::AddWords { id, span } => {
            plain(edit::add_words(book, own.plan(), &id, span, mark)?)
        }
        BookEdit::Place { id, geometry, accuracy } => {
            plain(edit::place(book, &id, &geometry, accuracy, mark)?)
        }
        BookEdit::ClearPlace { id } => plain(edit::clear_place(book, &id)?),
    })
}

/// A name in the user's documents that no file has.
fn unused(name: &Path) -> PathBuf {
    let folder = store::settings::export_folder();
    let stem = name.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = store::files::portable_name(&stem);
    let first = folder.join(format!("{stem}.jintu"));
    let mut others = (2..1000).map(|n| folder.join(format!("{stem} {n}.jintu")));
    if !store::files::exists(&first) {
        return first;
    }
    others.find(|path| !store::files::exists(path)).unwrap_or(first)
}

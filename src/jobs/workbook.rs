//! What is done with the workbook that the window shows. It stays open here, and belongs to whoever
//! does something with it: orders come one after the other.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, atomic::AtomicBool},
};

use super::{
    OpenBook, Report, Services,
    book::base,
    book_action::action,
    book_layers,
    new_workbook::{create, look_at_table},
    revise::{self, NewerText},
};
use crate::{
    app::{
        Action, BookEdit, BookNews, BookOrder, BookStep, Message, News, NoticeLevel,
        ProjectTableStep, ShownBook, export::SharedCatalogue, workbook::Content,
    },
    book::{AttachmentRecord, By, Mark, Words},
    catalogue::{
        edit::{self, Refusal},
        lower::{Base, Lowered, lower},
        revise::begin,
    },
    store::{
        self,
        book::{Acted, BookError, Making, Workbook},
    },
};

/// The workbook that is open.
pub type Kept = Option<OpenBook>;

/// Why nothing came of an order.
pub(super) enum Failure {
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

impl Services {
    /// Keeps a workbook that was opened before the window.
    pub fn keep_workbook(&self, workbook: OpenBook) {
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(workbook);
    }

    /// Does an order and reports what came of it.
    pub(super) fn do_workbook(&self, order: BookOrder, report: &Report) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let again = order.clone();
        if let BookOrder::ReadTable { path, layer } = order {
            let by = By { who: store::book::user(), at: store::clock::stamp() };
            let looked =
                look_at_table(&path, layer.clone(), kept.as_ref().map(OpenBook::workbook), &by);
            match (looked, layer) {
                (Ok(preview), _) => {
                    let step = ProjectTableStep::Show(Box::new(preview));
                    report(Action::Workbook(BookStep::ProjectTable(step)));
                }
                // It was a table a moment ago; its columns can still be chosen.
                (Err(_), Some((file, start))) => report(Action::AskColumns { file, start }),
                (Err(reason), None) => fail(reason, report),
            }
            return;
        }
        match perform(&mut kept, order) {
            Ok(news) => report(Action::WorkbookNews(Box::new(news))),
            Err(Failure::Book(BookError::Exists { .. })) => {
                report(Action::AskReplaceBook(Box::new(again)));
            }
            Err(reason) => fail(reason, report),
        }
    }
}

fn fail(reason: Failure, report: &Report) {
    let reason = match reason {
        Failure::Book(reason) => Message::new(reason),
        Failure::Refused(reason) => Message::new(reason),
        Failure::Told(reason) => reason,
    };
    report(Action::Notify(NoticeLevel::Problem, reason));
    report(Action::WorkbookFailed);
}

fn perform(kept: &mut Kept, order: BookOrder) -> Result<BookNews, Failure> {
    let by = By { who: store::book::user(), at: store::clock::stamp() };
    let base = base();
    match order {
        BookOrder::Open(path) => open(kept, &path, &base),
        BookOrder::OpenBuiltIn => {
            *kept = None;
            let Lowered { catalogue, diagnostics } = lower(&store::SEEDS);
            let catalogue = SharedCatalogue(Arc::new(catalogue));
            Ok(BookNews {
                path: None,
                shown: ShownBook::default(),
                content: Some(Content { catalogue, diagnostics: diagnostics.into() }),
                is_other: true,
                is_copy: false,
                is_edit: false,
                added: None,
                told: Vec::new(),
                revision: None,
            })
        }
        BookOrder::Create { plan, path, replace, is_copy } => {
            let path = if path.is_relative() { unused(&path) } else { path };
            let making = Making {
                path: &path,
                city: None,
                overwrite: replace,
                by,
                words: Words { zh: "新建工作簿".to_owned(), en: "workbook made".to_owned() },
            };
            create(&plan, &making, &base)?;
            let news = open(kept, &path, &base)?;
            Ok(BookNews { is_copy, ..news })
        }
        BookOrder::SaveAs { path, replace } => {
            let Some(own) = kept else { return Err(Failure::Book(BookError::NothingToUndo)) };
            let from = own.workbook().path().to_owned();
            own.workbook().copy_to(&path, replace)?;
            let news = open(kept, &path, &base)?;
            let own = writable(kept)?;
            // What lay beside the other workbook does not lie beside this one.
            if let Some(action) = book_layers::moved(own.workbook(), &from)? {
                own.act(|workbook| workbook.act(&action, &by))?;
            }
            Ok(BookNews { is_copy: true, shown: own.shown(), ..news })
        }
        BookOrder::Edit { edit, source } => {
            let own = writable(kept)?;
            let mark = Mark { who: by.who.clone(), at: by.at.clone(), source };
            edit::check_mark(&mark)?;
            let workbook = own.workbook();
            let (added, action) = match edit {
                BookEdit::Attach { id, paths } => {
                    let read = paths.iter().map(|path| store::attachments::read(path));
                    let files = read.collect::<Result<Vec<_>, _>>();
                    let files = files.map_err(|reason| Failure::Told(Message::new(reason)))?;
                    (None, edit::attach(workbook.book(), &id, &files, &mark)?)
                }
                edit => action(workbook, edit, &mark)?,
            };
            if action.changes.is_empty() {
                return Ok(news(own, None, added));
            }
            let content = own.act(|workbook| workbook.act(&action, &by))?;
            Ok(BookNews { is_edit: true, ..news(own, content, added) })
        }
        BookOrder::ReadTable { .. } => Ok(news(writable(kept)?, None, None)),
        BookOrder::Compare(path) => compared(writable(kept)?, &newer_text(&path)?, &by),
        BookOrder::CompareAgain => {
            let own = writable(kept)?;
            let newer = revise::last_text(own.workbook())?;
            compared(own, &newer.ok_or(Failure::Refused(Refusal::NoPlan))?, &by)
        }
        BookOrder::OpenAttachment(id) => {
            let own = writable(kept)?;
            let (record, bytes) = attachment(own, &id)?;
            let opened = store::attachments::open(&record.name, &record.hash, &bytes);
            opened.map_err(|reason| Failure::Told(Message::new(reason)))?;
            Ok(news(own, None, None))
        }
        BookOrder::SaveAttachment { id, path, replace } => {
            let own = writable(kept)?;
            let (_, bytes) = attachment(own, &id)?;
            if store::files::exists(&path) && !replace {
                return Err(BookError::Exists { path }.into());
            }
            let written = store::files::write_atomic(&path, &bytes);
            written.map_err(|reason| Failure::Told(Message::new(reason)))?;
            let told = vec![(NoticeLevel::Done, News::Exported(path).into())];
            Ok(BookNews { told, ..news(own, None, None) })
        }
        BookOrder::Undo => travelled(writable(kept)?, |workbook| workbook.undo(&by)),
        BookOrder::Redo => travelled(writable(kept)?, |workbook| workbook.redo(&by)),
        BookOrder::RestoreTo(seq) => {
            let news = travelled(writable(kept)?, |workbook| workbook.restore(seq, &by))?;
            Ok(BookNews { is_edit: true, ..news })
        }
    }
}

fn newer_text(path: &Path) -> Result<NewerText, Failure> {
    let read = store::papers::read(path, &AtomicBool::new(false));
    let paper = read.map_err(|reason| Failure::Told(Message::new(reason)))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(NewerText { bytes: paper.text.into(), name })
}

/// Compares with a newer text, and keeps the text where it is not kept yet.
fn compared(own: &mut OpenBook, newer: &NewerText, by: &By) -> Result<BookNews, Failure> {
    let mark = Mark { who: by.who.clone(), at: by.at.clone(), ..Mark::default() };
    let (plan, bytes) = (newer.plan_ref(), newer.bytes.clone());
    let (revision, action) = begin(own.workbook().book(), &plan, bytes, &mark)?;
    let comparison = revise::compare(own.workbook(), newer, &revision, &mark)?;
    let is_edit = action.is_some();
    if let Some(action) = action {
        own.act(|workbook| workbook.act(&action, by))?;
    }
    let revision = Some(Arc::new(comparison));
    Ok(BookNews { is_edit, revision, ..news(own, None, None) })
}

/// The workbook that is open; there is one wherever something can be edited.
fn writable(kept: &mut Kept) -> Result<&mut OpenBook, Failure> {
    kept.as_mut().ok_or(Failure::Book(BookError::ReadOnly(store::book::ReadOnly::Asked)))
}

fn open(kept: &mut Kept, path: &Path, base: &Arc<Base>) -> Result<BookNews, Failure> {
    // The same again: this process has it, and no other can.
    let same = |own: &&mut OpenBook| store::files::is_same(own.workbook().path(), path);
    if let Some(own) = kept.as_mut().filter(same) {
        return Ok(BookNews { is_other: true, ..news(own, Some(own.content()), None) });
    }
    let own = OpenBook::open(path, base)?;
    let told = own.told();
    let news = BookNews { is_other: true, told, ..news(&own, Some(own.content()), None) };
    // Only now: one that cannot be opened leaves the other as it is.
    *kept = Some(own);
    Ok(news)
}

/// An attachment with its bytes.
fn attachment(own: &OpenBook, id: &str) -> Result<(AttachmentRecord, Vec<u8>), Failure> {
    let none = || Failure::Refused(Refusal::NoAttachment(id.to_owned()));
    let workbook = own.workbook();
    let record = workbook.book().get::<AttachmentRecord>(id).map_err(BookError::from)?;
    let record = record.ok_or_else(none)?;
    let bytes = workbook.blob(&record.hash)?.ok_or_else(none)?;
    Ok((record, bytes))
}

fn travelled(
    own: &mut OpenBook,
    way: impl FnOnce(&mut Workbook) -> Result<Acted, BookError>,
) -> Result<BookNews, Failure> {
    let content = own.act(way)?;
    Ok(news(own, content, None))
}

fn news(own: &OpenBook, content: Option<Content>, added: Option<String>) -> BookNews {
    BookNews {
        path: Some(own.workbook().path().to_owned()),
        shown: own.shown(),
        content,
        is_other: false,
        is_copy: false,
        is_edit: false,
        added,
        told: Vec::new(),
        revision: None,
    }
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

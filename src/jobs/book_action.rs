//! What the user wants of a workbook, as an action.

use super::{book_layers, workbook::Failure};
use crate::{
    app::{BookEdit, SavedEdit, SavedList},
    book::{self, FilterRecord, Mark, ViewRecord},
    catalogue::{
        edit::{self, Refusal},
        revise,
    },
    store::book::Workbook,
};

/// An action of what the user wants, and the id of a project that it adds.
pub(super) fn action(
    own: &Workbook,
    wanted: BookEdit,
    mark: &Mark,
) -> Result<(Option<String>, book::Action), Failure> {
    let (book, text, base) = (own.book(), own.plan(), own.base());
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
            let (id, action) = edit::project_of_words(book, text, base, span, mark)?;
            (Some(id), action)
        }
        BookEdit::AddWords { id, span } => plain(edit::add_words(book, text, &id, span, mark)?),
        BookEdit::Place { id, geometry, accuracy } => {
            plain(edit::place(book, &id, &geometry, accuracy, mark)?)
        }
        BookEdit::ClearPlace { id } => plain(edit::clear_place(book, &id)?),
        // Their bytes are read before.
        BookEdit::Attach { id, .. } => plain(edit::attach(book, &id, &[], mark)?),
        BookEdit::Detach { attachment } => plain(edit::detach(book, &attachment)?),
        BookEdit::Revise { comparison, keys, taken: true } => {
            plain(revise::take(book, &comparison, &keys, mark)?)
        }
        BookEdit::Revise { comparison, keys, taken: false } => {
            plain(revise::leave(book, &comparison, &keys, mark)?)
        }
        BookEdit::Deck(wanted) => plain(edit::edit_deck(book, wanted, mark)?),
        BookEdit::Saved(wanted) => plain(saved(book, wanted)?),
        BookEdit::Layers(wanted) => plain(book_layers::action(own, wanted)?),
        BookEdit::AddTable(file) => {
            let taken = edit::add_table(book, base, &file, mark)?;
            (taken.added.into_iter().next(), taken.action)
        }
    })
}

fn saved(book: &book::Book, wanted: SavedEdit) -> Result<book::Action, Refusal> {
    use SavedList::{Filters, Views};
    match wanted {
        SavedEdit::View(view) => edit::save_view(book, *view),
        SavedEdit::Filter { name, filter } => edit::save_filter(book, &name, filter),
        SavedEdit::Rename { list: Views, id, name } => edit::rename::<ViewRecord>(book, &id, &name),
        SavedEdit::Rename { list: Filters, id, name } => {
            edit::rename::<FilterRecord>(book, &id, &name)
        }
        SavedEdit::Shift { list: Views, id, up } => edit::shift::<ViewRecord>(book, &id, up),
        SavedEdit::Shift { list: Filters, id, up } => edit::shift::<FilterRecord>(book, &id, up),
        SavedEdit::Remove { list: Views, id } => edit::remove_listed::<ViewRecord>(book, &id),
        SavedEdit::Remove { list: Filters, id } => edit::remove_listed::<FilterRecord>(book, &id),
    }
}

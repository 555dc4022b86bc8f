//! What was recognised, looked at by somebody.

use super::{Refusal, finish, record, words};
use crate::book::{Action, Book, Draft, Mark, ProjectRecord};

/// Accepts what was recognised. Each stands in the list afterwards: one that was taken out comes
/// back, one that was merged stands for itself again. Who accepted one before stays.
///
/// # Errors
/// There is no such project; then none is accepted.
pub fn accept(book: &Book, ids: &[String], mark: &Mark) -> Result<Action, Refusal> {
    let mut draft = Draft::new(book);
    for id in ids {
        let mut own = record(&draft, id)?;
        own.removed = None;
        own.merged = None;
        own.reviewed.get_or_insert_with(|| mark.clone());
        draft.put(&own)?;
    }
    let told = match ids {
        [only] => words(format!("复核：接受 {only}"), format!("{only} reviewed: accepted")),
        all => several(all.len()),
    };
    Ok(finish(draft, told))
}

/// Accepts everything in the list that nobody has looked at; what was taken out or merged stays so.
///
/// # Errors
/// A record cannot be read.
pub fn accept_all(book: &Book, mark: &Mark) -> Result<Action, Refusal> {
    let mut draft = Draft::new(book);
    let mut count = 0;
    for mut own in book.all::<ProjectRecord>().0 {
        if own.awaits_review() {
            own.reviewed = Some(mark.clone());
            draft.put(&own)?;
            count += 1;
        }
    }
    Ok(finish(draft, several(count)))
}

/// Says that nobody has looked at a project yet.
///
/// # Errors
/// There is no such project, or nobody had accepted it.
pub fn leave_open(book: &Book, id: &str) -> Result<Action, Refusal> {
    let mut draft = Draft::new(book);
    let mut own = record(&draft, id)?;
    if own.reviewed.take().is_none() {
        return Err(Refusal::NothingSet(id.to_owned()));
    }
    draft.put(&own)?;
    Ok(finish(draft, words(format!("复核：{id} 待定"), format!("{id} to be reviewed"))))
}

fn several(count: usize) -> crate::book::Words {
    words(format!("复核：接受 {count} 项"), format!("{count} reviewed: accepted"))
}

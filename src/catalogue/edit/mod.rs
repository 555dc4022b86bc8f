//! What can be done with the projects of a workbook, its views, filters and layers, as actions.
//!
//! Each function answers with an [`Action`] that nobody has made yet, or with a [`Refusal`] that says
//! what is allowed. What the plan states is never written over: what is set stands beside it.

mod attachments;
mod deck_words;
mod decks;
mod fields;
mod layers;
mod places;
mod projects;
mod review;
mod same_work;
mod saved;
mod slides;
mod table;
mod values;
mod words;

pub use attachments::{AttachedFile, attach, detach, of_project as attachments_of};
pub use decks::{DeckEdit, edit_deck};
pub use fields::{FIELDS, Field, FieldKind, field};
pub use layers::{
    LayerFile, NewLayer, add_layers, embed_layers, find_layers, hide_layer, layers, move_layers,
    order_layers, remove_layers, style_layer,
};
pub use places::{clear_place, place};
pub use projects::{add, bring_back, duplicate, merge, relate, remove, split};
pub use review::{accept, accept_all, leave_open};
pub use saved::{Listed, listed, remove_listed, rename, save_filter, save_view, shift};
pub use slides::{FigurePart, SlideEdit, SlidePart, text_of};
pub use table::{RowOf, TableTaken, Unsure, add_into, add_table, book_of_table};
pub use values::{restore, set, set_many, takes};
pub use words::{add_words, project_of_words};

use crate::{
    book::{Action, Book, Draft, Mark, ProjectRecord, Unreadable, Words, is_unseen},
    language::Bilingual,
};

/// Why something is not done.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    #[error("no project {0}")]
    NoProject(String),
    /// A field that cannot be set; those that can are told.
    #[error("no field {0}")]
    NoField(String),
    /// A value that a field does not take.
    #[error("{field} does not take {value:?}")]
    NotAllowed { field: &'static str, value: String, allowed: Allowed },
    #[error("{field} cannot be empty")]
    Empty { field: &'static str },
    #[error("{0} has nothing that was set by hand")]
    NothingSet(String),
    #[error("a place cannot have the accuracy {0:?}")]
    NoAccuracy(String),
    #[error("the geometry cannot be used")]
    Geometry(GeometryFault),
    /// A view, a filter or a layer that is not there.
    #[error("no record {0}")]
    NoRecord(String),
    /// Another view or filter is called so.
    #[error("another is called {0:?}")]
    NameTaken(String),
    /// A newer text is compared with the plan, and there is none.
    #[error("the workbook has no plan")]
    NoPlan,
    /// What is to be compared with is no text.
    #[error("the newer text is none")]
    NewerIsNoPlan(Bilingual),
    #[error("no difference {0}")]
    NoDifference(String),
    #[error("a project cannot be merged into itself")]
    Itself,
    #[error("no attachment {0}")]
    NoAttachment(String),
    #[error("no deck {0}")]
    NoDeck(String),
    #[error("no slide {0}")]
    NoSlide(String),
    /// A span that holds no words of the plan.
    #[error("no words of the plan")]
    NoWords,
    /// Words that the project has already.
    #[error("{0} has these words already")]
    HasWords(String),
    #[error("a record does not fit: {0}")]
    Record(#[from] Unreadable),
}

/// What a field takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Allowed {
    /// Any of these, by key or by name.
    OneOf(Vec<Bilingual>),
    /// A number between two.
    Number { least: f64, most: f64 },
    /// Yes or no.
    Flag,
    /// Codes or names of counties.
    Counties,
    /// Ids of headings of the plan.
    Tasks,
    /// A line of at most so many characters.
    Line(usize),
    /// Words of at most so many characters, in several lines.
    Words(usize),
    /// When something is built.
    Period,
}

/// What is wrong with a geometry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GeometryFault {
    Empty,
    OutsideTheGlobe,
    /// A type that is not drawn.
    Kind,
}

/// Characters of a name, an organisation, a source.
const LONGEST_LINE: usize = 500;

/// A line of words without blanks at its ends.
///
/// # Errors
/// It is longer than any name, or has characters that nobody sees.
pub fn line<'a>(field: &'static str, text: &'a str) -> Result<&'a str, Refusal> {
    let text = text.trim();
    if text.chars().count() > LONGEST_LINE || text.contains(is_unseen) {
        let (value, allowed) = (text.to_owned(), Allowed::Line(LONGEST_LINE));
        return Err(Refusal::NotAllowed { field, value, allowed });
    }
    Ok(text)
}

/// What something done by hand rests on has to be a line of words, too.
///
/// # Errors
/// As [`line()`].
pub fn check_mark(mark: &Mark) -> Result<(), Refusal> {
    line("source", &mark.source).map(drop)
}

/// The record of a project.
fn record(draft: &Draft<'_>, id: &str) -> Result<ProjectRecord, Refusal> {
    draft.get(id)?.ok_or_else(|| Refusal::NoProject(id.to_owned()))
}

/// The id as the workbook has it, whatever the case of its letters.
///
/// # Errors
/// There is no such project.
pub fn find(book: &Book, id: &str) -> Result<String, Refusal> {
    let projects = || book.texts(crate::book::Table::Projects).map(|(key, _)| key);
    let exact = projects().find(|key| *key == id);
    exact
        .or_else(|| projects().find(|key| key.eq_ignore_ascii_case(id)))
        .map(str::to_owned)
        .ok_or_else(|| Refusal::NoProject(id.to_owned()))
}

fn words(zh: String, en: String) -> Words {
    Words { zh, en }
}

/// The action of a draft. One that changes nothing is an action without changes.
pub(in crate::catalogue) fn finish(draft: Draft<'_>, words: Words) -> Action {
    draft.finish(words.clone()).unwrap_or(Action { words, changes: Vec::new(), blobs: Vec::new() })
}

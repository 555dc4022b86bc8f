//! Words of the plan that somebody marks: as a project of their own, or as more about one.

use super::{Refusal, finish, projects::free_id, record, words};
use crate::{
    book::{Action, Book, Draft, Mark},
    catalogue::lower::{Base, Found, facts_in, record_of_words, total_in},
    plan::Plan,
    units::{SourceSpan, TextRange},
};

/// Where a name ends that is followed by figures.
const STOPS: [char; 10] = ['，', ',', '。', '；', ';', '：', ':', '(', '（', '\n'];

/// Makes a project of words: its name is the words, up to the first stop where figures follow, which
/// become its stated figures. The action comes with its id, which no other has had.
///
/// # Errors
/// There are no words, or the workbook has no plan.
pub fn project_of_words(
    book: &Book,
    plan: &Plan,
    base: &Base,
    span: SourceSpan,
    mark: &Mark,
) -> Result<(String, Action), Refusal> {
    let range = range(plan, span)?;
    let hash = book.about()?.and_then(|about| about.plan).ok_or(Refusal::NoWords)?.hash;
    let name = name(plan, range);
    let id = free_id(book);
    let Found { mut record, places } = record_of_words(plan, &hash, (&id, &name), range, base);
    record.marked = Some(mark.clone());
    let mut draft = Draft::new(book);
    draft.put(&record)?;
    let first = u32::try_from(book.count(crate::book::Table::Places)).unwrap_or(u32::MAX);
    for (mut place, i) in places.into_iter().zip(0..) {
        place.order = first.saturating_add(i);
        draft.put(&place)?;
    }
    let name = short(&name);
    let told = words(format!("选文新增 {id} {name}"), format!("{id} {name} added from words"));
    Ok((id, finish(draft, told)))
}

/// Says that words are about a project: their figures become figures of it, and where it has no
/// investment, the total that they state stands as its own, set by hand.
///
/// # Errors
/// There is no such project, there are no words, or it has them already.
pub fn add_words(
    book: &Book,
    plan: &Plan,
    id: &str,
    span: SourceSpan,
    mark: &Mark,
) -> Result<Action, Refusal> {
    let range = range(plan, span)?;
    let span = plan.text.source_span(range);
    let mut draft = Draft::new(book);
    let mut own = record(&draft, id)?;
    let known: Vec<SourceSpan> = own.facts.iter().map(|fact| fact.span).collect();
    let new = facts_in(plan, range).into_iter().filter(|fact| !known.contains(&fact.span));
    let new: Vec<_> = new.collect();
    let has_words = |own: &SourceSpan| own.start <= span.start && span.end <= own.end;
    let is_named = own.origin.span().iter().chain(&own.mentions).any(has_words);
    if new.is_empty() && is_named {
        return Err(Refusal::HasWords(id.to_owned()));
    }
    if !is_named {
        own.mentions.push(span);
    }
    for mut fact in new {
        fact.by_hand = Some(mark.clone());
        own.facts.push(fact);
    }
    if own.number("investment_yi").is_none()
        && let Some((yi, approx)) = total_in(plan, range)
    {
        let said = Mark { source: plan.text.slice(range).to_owned(), ..mark.clone() };
        own.set("investment_yi", yi.into(), said.clone());
        if approx {
            own.set("investment_approx", true.into(), said);
        }
    }
    draft.put(&own)?;
    Ok(finish(draft, words(format!("{id}：加入选文"), format!("{id}: words added"))))
}

/// The words of a span, without space around them.
fn range(plan: &Plan, span: SourceSpan) -> Result<TextRange, Refusal> {
    let range = plan.text.text_range(span).ok_or(Refusal::NoWords)?;
    let text = plan.text.slice(range);
    let start = range.start + (text.len() - text.trim_start().len());
    let end = start + text.trim().len();
    if end > start { Ok(TextRange { start, end }) } else { Err(Refusal::NoWords) }
}

/// A name in the words of the log.
fn short(name: &str) -> String {
    const MOST: usize = 40;
    let mut short: String = name.chars().take(MOST).collect();
    if short.len() < name.len() {
        short.push('…');
    }
    short
}

/// What a project of these words is called.
fn name(plan: &Plan, range: TextRange) -> String {
    let text = plan.text.slice(range);
    let inside = |f: &&crate::plan::Figure| f.value_range.start >= range.start;
    let figure = plan.figures.iter().find(inside).map(|f| f.value_range.start);
    let has_figures = figure.is_some_and(|at| at < range.end);
    let head = text.split(STOPS).map(str::trim).find(|part| !part.is_empty());
    let name = head.filter(|_| has_figures || text.contains('\n')).unwrap_or(text);
    name.trim_end_matches(STOPS).trim().to_owned()
}

//! Words of the plan that somebody marked as a project: the reader of plans tells of them what it tells
//! of those that it recognises itself.

use super::{
    Base, Entry, anchored, geocoded, guess, projects, stated_counties, to_records, why_unlocated,
};
use crate::{
    book::{FactRecord, PlaceRecord, ProjectRecord, Stated},
    plan::{Figure, Plan},
    units::TextRange,
};

/// A project as far as its words tell it.
pub struct Found {
    pub record: ProjectRecord,
    /// Where its place names say that it is.
    pub places: Vec<PlaceRecord>,
}

/// The record of marked words, with every figure that stands in them.
pub fn record_of_words(
    plan: &Plan,
    plan_hash: &str,
    (id, name): (&str, &str),
    words: TextRange,
    base: &Base,
) -> Found {
    let mut project = guess::marked(plan, id, name, words);
    let figures = || figures_in(plan, words);
    project.facts = figures().map(|figure| projects::fact(plan, figure)).collect();
    project.tasks = projects::task_at(plan, words).into_iter().collect();
    project.investment = projects::stated_investment(figures());
    let feature = geocoded(&project, plan, base);
    let places = to_records::places(&feature.into_iter().collect::<Vec<_>>(), plan);
    let told = || anchored::why(&project, plan, base);
    let why = why_unlocated(&project, None, &[], told);
    let entry = Entry {
        stated_counties: stated_counties(&project, &[], plan, &base.gazetteer),
        why,
        project,
    };
    let mut record = to_records::project(&entry, plan_hash, plan);
    let total = projects::total(figures());
    if let (Some(total), Some(field)) = (total, record.fields.get_mut("investment_yi"))
        && let Some(Stated { span, .. }) = &mut field.stated
    {
        *span = Some(plan.text.source_span(total.range));
    }
    Found { record, places }
}

/// The figures of some words.
pub fn facts_in(plan: &Plan, words: TextRange) -> Vec<FactRecord> {
    let facts = figures_in(plan, words).map(|figure| projects::fact(plan, figure));
    facts.map(|fact| to_records::fact(&fact)).collect()
}

/// The total that some words state, in 亿元, and whether it is 约.
pub fn total_in(plan: &Plan, words: TextRange) -> Option<(f64, bool)> {
    projects::total(figures_in(plan, words)).map(|total| (total.value, total.approx))
}

/// Figures whose numbers stand in some words with their units.
fn figures_in(plan: &Plan, words: TextRange) -> impl Iterator<Item = &Figure> {
    let is_whole = move |figure: &&Figure| {
        let number = figure.value_range;
        let unit = TextRange { start: number.end, end: number.end + figure.stated_unit.len() };
        let has_unit = plan.text.slice(unit) == figure.stated_unit;
        number.end <= words.end && (!has_unit || unit.end <= words.end)
    };
    projects::figures_in(plan, words).iter().filter(is_whole)
}

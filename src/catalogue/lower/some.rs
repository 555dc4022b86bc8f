//! Some projects of a workbook without the others.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{Base, LoweredProject, beyond, finish, from_records, place, places};
use crate::{
    book::{Book, HeadingRecord, PlaceRecord, ProjectRecord, Table},
    diagnostics::Diagnostic,
    plan::Plan,
};

/// What an edit changes (`None` for what is not listed), and what was found on the way.
pub(super) fn lower_some(
    book: &Book,
    ids: &BTreeSet<String>,
    plan: &Arc<Plan>,
    base: &Base,
) -> (BTreeMap<String, Option<LoweredProject>>, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let about = book.about().ok().flatten();
    let (headings, _) = book.all::<HeadingRecord>();
    let tasks = from_records::Tasks::new(about.as_ref(), &headings, plan);
    let own = places_of(book, ids);
    let mut lowered = BTreeMap::new();
    for id in ids {
        let record = book.get::<ProjectRecord>(id).ok().flatten();
        let Some(record) = record.filter(ProjectRecord::is_listed) else {
            lowered.insert(id.clone(), None);
            continue;
        };
        let mut entry = [from_records::entry(&record, plan, &tasks)];
        let places: Vec<PlaceRecord> =
            own.iter().filter(|place| place.project_ids.contains(id)).cloned().collect();
        let mut features = places::features(&places, &mut entry, plan, base, &mut findings);
        features.retain(|feature| feature.project_ids.contains(id));
        let wider = beyond::wider(&features, base);
        let base = wider.as_ref().unwrap_or(base);
        let (alignments, pieces) = place::alignments(&features, &base.county_index);
        let ground =
            finish::Ground { features: &features, alignments: &alignments, pieces: &pieces };
        let [entry] = entry;
        let all = (0..features.len()).collect();
        let project = finish::measure(entry, all, &ground, base, &mut findings);
        lowered.insert(id.clone(), Some(LoweredProject { project, features }));
    }
    (lowered, findings)
}

/// The places of some projects. The texts are searched before they are read: most name none.
fn places_of(book: &Book, ids: &BTreeSet<String>) -> Vec<PlaceRecord> {
    let few = ids.len() <= 8;
    let named: Vec<String> =
        ids.iter().map(|id| serde_json::Value::from(id.as_str()).to_string()).collect();
    let mut found: Vec<PlaceRecord> = book
        .texts(Table::Places)
        .filter(|(_, text)| !few || named.iter().any(|name| text.contains(name.as_str())))
        .filter_map(|(key, _)| book.get::<PlaceRecord>(key).ok().flatten())
        .filter(|place| place.project_ids.iter().any(|id| ids.contains(id)))
        .collect();
    found.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
    found
}

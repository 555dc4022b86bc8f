//! From the records of a workbook to material for its catalogue.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{Base, Entry, Why, decks, guess, material::Material, places};
use crate::{
    book::{
        Book, BookRecord, ChangeRecord, FactRecord, HeadingRecord, Origin, PlaceRecord,
        ProjectRecord, TargetRecord, Unreadable, UpdateRecord,
    },
    catalogue::{
        Accuracy, Change, Fact, Investment, Project, ProjectOrigin, SetValue, Status, Target,
        Unlocated, Update, id_order,
    },
    diagnostics::{Diagnostic, Location, Severity},
    language::Bilingual,
    plan::{Certainty, Ground, Plan, Quantity},
    units::{LonLat, SourceSpan, TextRange},
};

/// The material of a whole workbook, whose plan was read already.
pub(super) fn material(
    book: &Book,
    plan: Arc<Plan>,
    base: &Base,
    out: &mut Vec<Diagnostic>,
) -> Material {
    let about = book.about().unwrap_or_else(|reason| {
        unreadable([reason], out);
        None
    });
    let headings = records::<HeadingRecord>(book, out);
    let mut places = records::<PlaceRecord>(book, out);
    places.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
    let tasks = Tasks::new(about.as_ref(), &headings, &plan);
    let mut entries: Vec<Entry> = records::<ProjectRecord>(book, out)
        .iter()
        .filter(|record| record.is_listed())
        .map(|record| entry(record, &plan, &tasks))
        .collect();
    entries.sort_by_key(|entry| id_order(&entry.project.id));
    let mut features = places::features(&places, &mut entries, &plan, base, out);
    let listed: BTreeSet<&str> = entries.iter().map(|entry| entry.project.id.as_str()).collect();
    features.retain_mut(|feature| {
        // What belongs to nothing that is listed is not drawn; what never had a project stays.
        let had_none = feature.project_ids.is_empty();
        feature.project_ids.retain(|id| listed.contains(id.as_str()));
        had_none || !feature.project_ids.is_empty()
    });
    let mut targets = records::<TargetRecord>(book, out);
    targets.sort_by_key(|target| target.order);
    let slides = decks::presented(book, &plan, out);
    // Without a plan the title is the workbook's own.
    let has_plan = about.as_ref().is_some_and(|about| about.plan.is_some());
    let translated = |title: &Bilingual| !title.en.is_empty() || !has_plan;
    Material {
        task_titles: tasks.titles(&plan),
        targets: targets.iter().map(|record| target(record, &plan)).collect(),
        slides,
        city: about.as_ref().and_then(|about| about.city.clone()),
        made_public: about.as_ref().and_then(|about| about.made_public.clone()),
        title: about.map(|about| Bilingual::from(&about.title)).filter(translated),
        plan,
        entries,
        features,
    }
}

/// The records of a type; those that cannot be read are reported and left out.
pub(super) fn records<R: crate::book::Kept>(book: &Book, out: &mut Vec<Diagnostic>) -> Vec<R> {
    let (good, bad) = book.all();
    unreadable(bad, out);
    good
}

/// What a record is told by that cannot be read.
pub const UNREADABLE: &str = "record-unreadable";

pub(super) fn unreadable(bad: impl IntoIterator<Item = Unreadable>, out: &mut Vec<Diagnostic>) {
    out.extend(bad.into_iter().map(|reason| {
        Diagnostic::new(
            Severity::Error,
            UNREADABLE,
            format!("工作簿里有一条记录读不出：{} {}", reason.table.name(), reason.key),
            format!("a record of the workbook cannot be read: {reason}"),
            Location::Project { id: reason.key },
        )
    }));
}

/// Ids of headings as the workbook has them, and as the plan is read now.
pub(super) struct Tasks {
    /// The plan by its hash.
    plan: Option<String>,
    /// Where the reader of plans calls a heading otherwise now.
    renamed: BTreeMap<String, String>,
    titles: BTreeMap<String, Bilingual>,
}

impl Tasks {
    pub(super) fn new(about: Option<&BookRecord>, headings: &[HeadingRecord], plan: &Plan) -> Self {
        let mut renamed = BTreeMap::new();
        let mut titles = BTreeMap::new();
        let by_place: BTreeMap<usize, &str> = plan
            .outline
            .nodes()
            .iter()
            .map(|node| (plan.text.source_span(node.heading).start, node.id.as_str()))
            .collect();
        let known: BTreeSet<&str> = plan.outline.nodes().iter().map(|n| n.id.as_str()).collect();
        for heading in headings {
            let now = by_place.get(&heading.span.start).copied();
            let now = now.filter(|now| *now != heading.id && !known.contains(heading.id.as_str()));
            if let Some(now) = now {
                renamed.insert(heading.id.clone(), now.to_owned());
            }
            titles.insert(now.unwrap_or(&heading.id).to_owned(), Bilingual::from(&heading.title));
        }
        let plan = about.and_then(|about| about.plan.as_ref()).map(|own| own.hash.clone());
        Self { plan, renamed, titles }
    }

    /// Whether what a project states are words of this plan, or could be: one that was taken over from
    /// another text counts in that one's bytes.
    fn is_own(&self, record: &ProjectRecord) -> bool {
        match &record.origin {
            Origin::Plan { plan, .. } => self.plan.as_ref().is_none_or(|own| own == plan),
            Origin::Table { .. } | Origin::Hand(_) => true,
        }
    }

    fn now(&self, id: String) -> String {
        self.renamed.get(&id).cloned().unwrap_or(id)
    }

    /// Every heading of the plan with its title, in English where the workbook has it.
    fn titles(mut self, plan: &Plan) -> BTreeMap<String, Bilingual> {
        let title = |node: &crate::plan::OutlineNode| {
            let own = self.titles.remove(&node.id).filter(|own| own.zh == node.title);
            (node.id.clone(), own.unwrap_or_else(|| Bilingual::new(node.title.as_str(), "")))
        };
        plan.outline.nodes().iter().map(title).collect()
    }
}

fn words(plan: &Plan, span: SourceSpan) -> Option<TextRange> {
    plan.text.text_range(span)
}

fn nowhere() -> TextRange {
    TextRange { start: 0, end: 0 }
}

/// One project, not yet measured.
pub(super) fn entry(record: &ProjectRecord, plan: &Plan, tasks: &Tasks) -> Entry {
    let text = |field: &str| record.text(field).unwrap_or_default().to_owned();
    let name = text("name");
    // A name that was set has a short one of its own, unless that is set, too.
    let short_name = if record.is_set("name") && !record.is_set("short_name") {
        guess::short_name(&name)
    } else {
        record.text("short_name").map_or_else(|| guess::short_name(&name), str::to_owned)
    };
    let own_words = match &record.origin {
        Origin::Plan { span, .. } if tasks.is_own(record) => {
            words(plan, *span).unwrap_or_else(nowhere)
        }
        Origin::Plan { .. } | Origin::Table { .. } | Origin::Hand(_) => nowhere(),
    };
    let in_plan = tasks.is_own(record).then_some(plan);
    // A translation belongs to the words that it was made of.
    let translation = |field: &str, of: &str| {
        let is_old = record.is_set(of) && !record.is_set(field);
        if is_old { String::new() } else { text(field) }
    };
    let note = Bilingual::new(text("note"), translation("note_en", "note"));
    let short_of = if record.is_set("short_name") { "short_name" } else { "name" };
    let yi = record.number("investment_yi");
    // 约 belongs to the sum that is stated.
    let sum_is_set = record.is_set("investment_yi") && !record.is_set("investment_approx");
    let project = Project {
        id: record.id.clone(),
        kind: record.text("kind").map_or_else(
            || guess::kind(&name, plan.text.slice(own_words)).to_owned(),
            str::to_owned,
        ),
        name: Bilingual::new(name, translation("name_en", "name")),
        short_name: Bilingual::new(short_name, translation("short_name_en", short_of)),
        status: record.text("status").and_then(Status::from_key).unwrap_or(Status::Planned),
        regions: record.list("regions"),
        tasks: record.list("tasks").into_iter().map(|id| tasks.now(id)).collect(),
        counties: Vec::new(),
        investment: yi
            .map(|yi| Investment { yi, approx: record.flag("investment_approx") && !sum_is_set }),
        facts: record.facts.iter().map(|own| fact(own, in_plan)).collect(),
        organisations: record.list("organisations"),
        words: own_words,
        also: record.mentions.iter().filter_map(|span| words(in_plan?, *span)).collect(),
        accuracy: Accuracy::None,
        features: Vec::new(),
        length_km: None,
        beyond_km: None,
        stated_length_km: record.number("stated_length_km"),
        unlocated: None,
        updates: record.updates.iter().map(|own| update(own, in_plan)).collect(),
        rows: record.rows.clone().into(),
        note: (!note.is_empty()).then_some(note),
        certainty: record.text("certainty").and_then(Certainty::from_key),
        ground: record.text("ground").and_then(Ground::from_key),
        reviewed: record.reviewed.clone(),
        marked: record.marked.clone(),
        period: record.text("period").map(str::to_owned),
        origin: match &record.origin {
            Origin::Plan { .. } => ProjectOrigin::Plan,
            Origin::Table { .. } => ProjectOrigin::Table,
            Origin::Hand(_) => ProjectOrigin::Hand,
        },
        set: set_values(record),
        related: record.related.clone(),
        same_as: record.list("same_as"),
        flagship: record.flag("flagship"),
    };
    Entry { project, stated_counties: stated_counties(record), why: why(record) }
}

/// What is stated of the counties: what was set by hand holds later, over what is measured.
fn stated_counties(record: &ProjectRecord) -> Vec<String> {
    let stated = record.fields.get("counties").and_then(|own| own.stated.as_ref());
    let codes = stated.and_then(|stated| stated.value.as_array()).into_iter().flatten();
    codes.filter_map(|code| code.as_str().map(str::to_owned)).collect()
}

fn set_values(record: &ProjectRecord) -> Vec<SetValue> {
    let set = |(field, own): (&String, &crate::book::FieldRecord)| {
        let later = own.later.as_ref()?;
        Some(SetValue {
            field: field.clone(),
            value: later.value.clone(),
            stated: own.stated.as_ref().map(|stated| stated.value.clone()),
            who: later.mark.who.clone(),
            at: later.mark.at.clone(),
            source: later.mark.source.clone(),
            is_of_row: record.is_of_row(later),
        })
    };
    record.fields.iter().filter_map(set).collect()
}

fn why(record: &ProjectRecord) -> Why {
    let Some(own) = &record.unlocated else {
        return Why {
            accuracy: Accuracy::None,
            unlocated: Unlocated {
                reason: Bilingual::new("没有公布位置", "no place is published"),
                anchor_name: None,
                anchor: None,
            },
            county: None,
        };
    };
    Why {
        accuracy: Accuracy::from_key(&own.accuracy).unwrap_or(Accuracy::None),
        unlocated: Unlocated {
            reason: (&own.reason).into(),
            anchor_name: own.anchor_name.as_ref().map(Bilingual::from),
            anchor: own.anchor.map(|[lon, lat]| LonLat::new(lon, lat)),
        },
        county: own.county.clone(),
    }
}

/// Of a project from another text than the plan, there is no plan to look its words up in.
fn fact(own: &FactRecord, plan: Option<&Plan>) -> Fact {
    Fact {
        quantity: Quantity::from_key(&own.quantity).unwrap_or(Quantity::Other),
        value: own.value,
        value_max: own.value_max,
        unit: own.unit.clone(),
        stated_value: own.stated_value.clone(),
        stated_unit: own.stated_unit.clone(),
        subject: (&own.subject).into(),
        approx: own.approx,
        range: plan.and_then(|plan| words(plan, own.span)).unwrap_or_else(nowhere),
        text: own.text.clone(),
        span: own.span,
        by_hand: own.by_hand.clone(),
    }
}

pub(super) fn update(own: &UpdateRecord, plan: Option<&Plan>) -> Update {
    let change = |change: &ChangeRecord| Change {
        subject: (&change.subject).into(),
        stated: (&change.stated).into(),
        words: plan.and_then(|plan| words(plan, change.span)).unwrap_or_else(nowhere),
        later: (&change.later).into(),
    };
    Update {
        date: own.date.clone(),
        text: (&own.text).into(),
        sources: own.sources.iter().map(Bilingual::from).collect(),
        changes: own.changes.iter().map(change).collect(),
    }
}

fn target(own: &TargetRecord, plan: &Plan) -> Target {
    Target {
        id: own.id.clone(),
        year: own.year,
        is_baseline: own.is_baseline,
        indicator: (&own.indicator).into(),
        value: own.value,
        unit: own.unit.clone(),
        range: words(plan, own.span).unwrap_or_else(nowhere),
        span: own.span,
    }
}

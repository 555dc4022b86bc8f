//! From a plan to the records of a new workbook.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{
    Base, Entry,
    decks::{self, FIRST_DECK},
    material,
};
use crate::{
    book::{
        Book, BookRecord, ChangeRecord, ControlPointRecord, FactRecord, HeadingRecord, Mark,
        Origin, PlaceRecord, PlanRef, ProjectRecord, TargetRecord, UnlocatedRecord, Unreadable,
        UpdateRecord, Words, sha256,
    },
    catalogue::{Fact, Feature, Role, Shape, Update, seed::SeedFiles},
    diagnostics::Diagnostic,
    language::Bilingual,
    plan::{Certainty, Ground, NodeKind, Plan},
    units::{LonLat, TextRange},
};

/// What the reader of plans finds where there is no text.
const NO_TEXT: [&str; 2] = ["plan-empty", "plan-binary"];

/// A workbook of a plan.
#[derive(Debug)]
pub struct NewBook {
    pub book: Book,
    /// What it was made of; `None` of a table.
    pub plan: Option<Arc<Plan>>,
    /// What the reader of the plan found, as `check` tells it.
    pub diagnostics: Vec<Diagnostic>,
}

impl NewBook {
    /// Why the bytes are no plan: they have no words at all. A text that gives no project is one.
    pub fn why_no_plan(&self) -> Option<&Bilingual> {
        let found = self.diagnostics.iter().find(|found| NO_TEXT.contains(&found.code));
        found.map(|found| &found.message)
    }
}

/// Reads a plan once and writes down what is found: from here on the records are the truth.
///
/// # Errors
/// Something of it cannot be written down.
pub fn book_of_plan(
    plan_bytes: &[u8],
    file_name: &str,
    city: Option<&str>,
    made: &Mark,
    seeds: &SeedFiles<'_>,
    base: &Base,
) -> Result<NewBook, Unreadable> {
    let mut diagnostics = Vec::new();
    let material = material::of_plan(plan_bytes, seeds, base, &mut diagnostics);
    let plan = &*material.plan;
    let hash = sha256(plan_bytes);
    let mut book = Book::default();
    let title = material.title.unwrap_or_else(|| Bilingual::new(plan.title.as_str(), ""));
    book.put(&BookRecord {
        title: (&title).into(),
        plan: Some(PlanRef { hash: hash.clone(), name: file_name.to_owned(), document: None }),
        city: city.map(str::to_owned),
        made_public: material.made_public,
        made: made.clone(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
    })?;
    for node in plan.outline.nodes().iter().filter(|node| node.kind != NodeKind::Paragraph) {
        let title = material.task_titles.get(&node.id).map(Words::from).unwrap_or_default();
        let span = plan.text.source_span(node.heading);
        book.put(&HeadingRecord { id: node.id.clone(), title, span })?;
    }
    for entry in &material.entries {
        book.put(&project(entry, &hash, plan))?;
    }
    for place in places(&material.features, plan) {
        book.put(&place)?;
    }
    for (target, order) in material.targets.iter().zip(0..) {
        book.put(&TargetRecord {
            id: target.id.clone(),
            order,
            year: target.year,
            is_baseline: target.is_baseline,
            indicator: (&target.indicator).into(),
            value: target.value,
            unit: target.unit.clone(),
            span: target.span,
        })?;
    }
    if !material.slides.is_empty() {
        book.put(&decks::first_deck())?;
    }
    for (own, order) in material.slides.iter().zip(0..) {
        book.put(&decks::record(own, FIRST_DECK, order, plan))?;
    }
    Ok(NewBook { book, plan: Some(material.plan.clone()), diagnostics })
}

/// A project's record from what its origin states.
pub(super) fn project(entry: &Entry, plan_hash: &str, plan: &Plan) -> ProjectRecord {
    let own = &entry.project;
    let span = |range: TextRange| plan.text.source_span(range);
    let origin = Origin::Plan {
        span: span(own.words),
        plan: plan_hash.to_owned(),
        words: plan.text.slice(own.words).to_owned(),
    };
    let mut record = ProjectRecord::new(own.id.as_str(), origin);
    let fields: [(&str, Value); 19] = [
        ("name", json!(own.name.zh)),
        ("name_en", json!(own.name.en)),
        ("short_name", json!(own.short_name.zh)),
        ("short_name_en", json!(own.short_name.en)),
        ("kind", json!(own.kind)),
        ("status", json!(own.status.key())),
        ("regions", json!(own.regions)),
        ("tasks", json!(own.tasks)),
        ("counties", json!(entry.stated_counties)),
        ("organisations", json!(own.organisations)),
        ("investment_yi", json!(own.investment.map(|stated| stated.yi))),
        ("investment_approx", json!(own.investment.is_some_and(|stated| stated.approx))),
        ("note", json!(own.note.as_ref().map(|note| &note.zh))),
        ("note_en", json!(own.note.as_ref().map(|note| &note.en))),
        ("same_as", json!(own.same_as)),
        ("flagship", json!(own.flagship)),
        ("period", json!(own.period)),
        ("certainty", json!(own.certainty.map(Certainty::as_str))),
        ("ground", json!(own.ground.map(Ground::as_str))),
    ];
    for (field, value) in fields {
        record.state(field, value);
    }
    record.facts = own.facts.iter().map(fact).collect();
    record.mentions = own.also.iter().map(|also| span(*also)).collect();
    record.updates = own.updates.iter().map(|later| update(later, plan)).collect();
    let why = &entry.why;
    record.unlocated = Some(UnlocatedRecord {
        accuracy: why.accuracy.key().to_owned(),
        reason: (&why.unlocated.reason).into(),
        anchor_name: why.unlocated.anchor_name.as_ref().map(Words::from),
        anchor: why.unlocated.anchor.map(|at| [at.lon_deg, at.lat_deg]),
        county: why.county.clone(),
    });
    record
}

pub(super) fn fact(fact: &Fact) -> FactRecord {
    FactRecord {
        quantity: fact.quantity.as_str().to_owned(),
        value: fact.value,
        value_max: fact.value_max,
        unit: fact.unit.clone(),
        stated_value: fact.stated_value.clone(),
        stated_unit: fact.stated_unit.clone(),
        subject: (&fact.subject).into(),
        approx: fact.approx,
        span: fact.span,
        text: fact.text.clone(),
        by_hand: fact.by_hand.clone(),
    }
}

fn update(update: &Update, plan: &Plan) -> UpdateRecord {
    let change = |change: &crate::catalogue::Change| ChangeRecord {
        subject: (&change.subject).into(),
        stated: (&change.stated).into(),
        span: plan.text.source_span(change.words),
        later: (&change.later).into(),
    };
    UpdateRecord {
        date: update.date.clone(),
        text: (&update.text).into(),
        sources: update.sources.iter().map(Words::from).collect(),
        changes: update.changes.iter().map(change).collect(),
    }
}

/// Features to places: neighbours that differ in nothing but their shape are parts of one.
pub(super) fn places(features: &[Feature], plan: &Plan) -> Vec<PlaceRecord> {
    let alike = |a: &Feature, b: &Feature| {
        let same_shape = Feature { shape: b.shape.clone(), ..a.clone() };
        same_shape == *b
    };
    let groups = features.chunk_by(alike);
    groups.zip(0..).filter_map(|(parts, order)| place(parts, order, plan)).collect()
}

fn place(parts: &[Feature], order: u32, plan: &Plan) -> Option<PlaceRecord> {
    let own = parts.first()?;
    let role = match own.role {
        Role::Main => None,
        Role::Update => Some("update".to_owned()),
        Role::Context => Some("context".to_owned()),
    };
    let words = |lines: &[Bilingual]| lines.iter().map(Words::from).collect();
    Some(PlaceRecord {
        id: own.id.clone(),
        order,
        name: (&own.name).into(),
        map_name: own.map_name.as_ref().map(Words::from),
        project_ids: own.project_ids.clone(),
        role,
        class: own.class.map(|class| class.key().to_owned()),
        geometry: geometry(parts.iter().map(|part| &part.shape)),
        accuracy: own.accuracy.key().to_owned(),
        is_built: own.is_built,
        error_m: own.error_m,
        counts_length: own.counts_length,
        stated_length_km: own.stated_length_km,
        length_note: own.length_note.as_ref().map(Words::from),
        basis: (&own.basis).into(),
        control_points: own
            .control_points
            .iter()
            .map(|point| ControlPointRecord {
                name: point.name.clone(),
                lon: point.lon_lat.lon_deg,
                lat: point.lon_lat.lat_deg,
                error_m: point.error_m,
                sources: words(&point.sources),
            })
            .collect(),
        sources: words(&own.sources),
        updates: own.updates.iter().map(|later| update(later, plan)).collect(),
        works_in: own.works_in.clone(),
        by_hand: None,
    })
}

/// Shapes as one geometry; several are kept apart as they are.
fn geometry<'a>(shapes: impl IntoIterator<Item = &'a Shape>) -> geojson::Geometry {
    let mut all: Vec<geo::Geometry<f64>> = shapes
        .into_iter()
        .map(|shape| match shape {
            Shape::Point(LonLat { lon_deg, lat_deg }) => geo::Point::new(*lon_deg, *lat_deg).into(),
            Shape::Line(line) => line.clone().into(),
            Shape::Area(area) => area.clone().into(),
        })
        .collect();
    if all.len() == 1 {
        return geojson::Geometry::from(&all.remove(0));
    }
    geojson::Geometry::from(&geo::Geometry::GeometryCollection(geo::GeometryCollection::from(all)))
}

//! From the plan's bytes and the seeds to a valid [`Catalogue`].
//!
//! The only place that validates: after it nobody checks again. It returns what can be used and a
//! list of everything that cannot.

mod anchored;
mod base;
mod beyond;
mod country;
mod decks;
mod features;
mod finish;
mod from_records;
mod guess;
mod later;
mod links;
mod material;
pub(super) mod of_row;
mod place;
mod places;
mod projects;
mod some;
mod sources;
mod take_in;
mod to_records;
mod words;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    Accuracy, Catalogue, Feature, LineClass, Project, Role, Shape, Unlocated,
    candidates::EXACT_ENOUGH_M,
    seed::{ProjectSeed, SeedError, SeedFiles, UnlocatedSeed},
};
use crate::{
    book::Book,
    diagnostics::{Diagnostic, Location, Severity},
    gazetteer::Gazetteer,
    geo::{FeatureId, Geometry},
    language::Bilingual,
    plan::{self, Plan},
};
pub use base::Base;
pub use decks::{
    FIRST_DECK, PRESENTED_DECK, decks, first_deck, presented, presented_deck,
    record as slide_record, slides_of,
};
pub use from_records::UNREADABLE;
pub(super) use places::take_apart;
pub use to_records::{NewBook, book_of_plan};
pub(super) use words::{Found, facts_in, record_of_words, total_in};

/// A catalogue and what was found wrong on the way.
#[derive(Debug)]
pub struct Lowered {
    pub catalogue: Catalogue,
    pub diagnostics: Vec<Diagnostic>,
}

/// A project that is not measured yet.
#[derive(Debug)]
struct Entry {
    project: Project,
    /// Codes of the counties that it says it is in.
    stated_counties: Vec<String>,
    why: Why,
}

/// Why it has no place, should it have none.
#[derive(Debug)]
struct Why {
    accuracy: Accuracy,
    unlocated: Unlocated,
    /// The county that its anchor stands for.
    county: Option<String>,
}

/// Confidence from which a position told by place names alone is drawn.
const GEOCODE_CONFIDENCE: f32 = 0.5;

/// Reads the seeds against their own plan.
pub fn lower(seeds: &SeedFiles<'_>) -> Lowered {
    lower_plan(seeds.plan, seeds)
}

/// Reads a plan, with the curated entries where it is the plan they were written for.
pub fn lower_plan(plan_bytes: &[u8], seeds: &SeedFiles<'_>) -> Lowered {
    let mut out = Vec::new();
    let base = Base::new(seeds, &mut out).for_plan(plan_bytes, seeds, &mut out);
    let material = material::of_plan(plan_bytes, seeds, &base, &mut out);
    finish::finish(material, &base, out)
}

/// Makes the catalogue of a workbook: its records are the truth, its plan's bytes give the text that
/// they point to.
pub fn lower_book(book: &Book, plan_bytes: &[u8], base: &Base) -> Lowered {
    let parsed = plan::parse(plan_bytes);
    let mut out = parsed.diagnostics;
    if plan_bytes.is_empty() && matches!(book.about(), Ok(Some(about)) if about.plan.is_none()) {
        // Made of a table: there is no plan to be empty.
        out.retain(|found| found.code != "plan-empty");
    }
    let material = from_records::material(book, Arc::new(parsed.plan), base, &mut out);
    finish::finish(material, base, out)
}

/// One project with its geometry.
#[derive(Debug, Clone, PartialEq)]
pub struct LoweredProject {
    pub project: Project,
    /// Its features; `project.features` counts in them.
    pub features: Vec<Feature>,
}

/// Some projects of a workbook, without the others: what an edit changes. One that is not listed
/// has none. What is found wrong with them comes beside it.
pub fn lower_some(
    book: &Book,
    ids: &BTreeSet<String>,
    plan: &Arc<Plan>,
    base: &Base,
) -> (BTreeMap<String, Option<LoweredProject>>, Vec<Diagnostic>) {
    some::lower_some(book, ids, plan, base)
}

/// The kind that words tell.
pub(super) fn guess_kind(words: &str) -> &'static str {
    guess::kind(words, words)
}

fn or_report<T: Default>(read: Result<T, SeedError>, out: &mut Vec<Diagnostic>) -> T {
    read.unwrap_or_else(|e| {
        report([e], out);
        T::default()
    })
}

fn report(errors: impl IntoIterator<Item = SeedError>, out: &mut Vec<Diagnostic>) {
    out.extend(errors.into_iter().map(|e| {
        Diagnostic::new(
            Severity::Error,
            "seed-broken",
            format!("种子文件有误：{e}"),
            format!("a seed file is broken: {e}"),
            Location::Seed { file: e.file.clone(), feature: e.feature.clone(), field: e.field },
        )
    }));
}

fn duplicate_ids(projects: &mut Vec<Project>, out: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    projects.retain(|project| {
        let first = seen.insert(project.id.clone());
        if !first {
            out.push(Diagnostic::new(
                Severity::Error,
                "duplicate-id",
                format!("{} 出现两次，只用第一个", project.id),
                format!("{} occurs twice, the first is used", project.id),
                Location::Project { id: project.id.clone() },
            ));
        }
        first
    });
}

fn unknown_projects(features: &[Feature], projects: &[Project], out: &mut Vec<Diagnostic>) {
    for feature in features {
        for id in &feature.project_ids {
            if !projects.iter().any(|p| p.id == *id) {
                report(
                    [SeedError {
                        file: "corridors, areas or sites".to_owned(),
                        feature: Some(feature.id.clone()),
                        field: Some("project_ids".to_owned()),
                        reason: format!("{id} is no project of the plan"),
                    }],
                    out,
                );
            }
        }
    }
}

/// A position told by the place names of the project's own text, if one is told well enough.
fn geocoded(project: &Project, plan: &Plan, base: &Base) -> Option<Feature> {
    let text = plan.text.slice(project.words);
    let best = base.gazetteer.geocode(text, base.own_county()).into_iter().next()?;
    let error_m = best.place.error_m;
    if best.confidence < GEOCODE_CONFIDENCE || error_m > EXACT_ENOUGH_M {
        return None;
    }
    let accuracy = Accuracy::of_error(error_m);
    let percent = (best.confidence * 100.0).round();
    let name = &best.place.name;
    Some(Feature {
        id: format!("G-{}", project.id),
        name: project.name.clone(),
        map_name: None,
        project_ids: vec![project.id.clone()],
        role: Role::Main,
        class: None::<LineClass>,
        shape: Shape::Point(best.place.lon_lat),
        accuracy,
        is_built: false,
        error_m: Some([error_m, error_m]),
        counts_length: false,
        stated_length_km: None,
        length_note: None,
        basis: Bilingual::new(
            format!("由文中地名“{name}”推定，把握 {percent}%"),
            format!("proposed from the place name “{name}” in the text, {percent} % sure"),
        ),
        control_points: Vec::new(),
        sources: base.sources.get(&best.place.source).cloned().into_iter().collect(),
        updates: Vec::new(),
        works_in: Vec::new(),
    })
}

fn stated_counties(
    project: &Project,
    curated: &[ProjectSeed],
    plan: &Plan,
    gazetteer: &Gazetteer,
) -> Vec<String> {
    if let Some(seed) = curated.iter().find(|seed| seed.id == project.id) {
        return seed.stated_counties.clone();
    }
    let mut codes = Vec::new();
    for (code, _) in gazetteer.counties_named(plan.text.slice(project.words)) {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}

/// Why it has no place, should it have none: as the seeds say, else what its words and its plan tell.
fn why_unlocated(
    project: &Project,
    anchor: Option<&features::Anchor>,
    listed: &[UnlocatedSeed],
    told: impl FnOnce() -> Option<Why>,
) -> Why {
    if let Some(anchor) = anchor {
        let (accuracy, unlocated) = (anchor.accuracy, anchor.why.clone());
        return Why { accuracy, unlocated, county: anchor.county.clone() };
    }
    let nowhere = |accuracy, reason| Why {
        accuracy,
        unlocated: Unlocated { reason, anchor_name: None, anchor: None },
        county: None,
    };
    match listed.iter().find(|entry| entry.project_id == project.id) {
        Some(entry) => {
            let accuracy = Accuracy::from_key(&entry.accuracy).unwrap_or(Accuracy::None);
            nowhere(accuracy, entry.reason())
        }
        None => told().unwrap_or_else(|| {
            let reason =
                Bilingual::new("文中没有可识别的地名", "the text names no place that is known");
            nowhere(Accuracy::None, reason)
        }),
    }
}

/// What the index holds: the plan's own geometry, not later alignments or context.
fn indexed(features: &[Feature]) -> impl Iterator<Item = (FeatureId, Geometry)> + '_ {
    features
        .iter()
        .enumerate()
        .filter(|(_, feature)| feature.role == Role::Main && !feature.project_ids.is_empty())
        .filter_map(|(i, feature)| {
            let geometry = match &feature.shape {
                Shape::Point(at) => Geometry::Point(*at),
                Shape::Line(line) => Geometry::Line(line.clone()),
                Shape::Area(area) => Geometry::Area(geo::MultiPolygon::new(vec![area.clone()])),
            };
            Some((FeatureId(u32::try_from(i).ok()?), geometry))
        })
}

fn by_feature(features: &[Feature], projects: &[Arc<Project>]) -> Vec<Vec<usize>> {
    let mut owners = vec![Vec::new(); features.len()];
    for (p, project) in projects.iter().enumerate() {
        for &feature in &project.features {
            if let Some(list) = owners.get_mut(feature) {
                list.push(p);
            }
        }
    }
    owners
}

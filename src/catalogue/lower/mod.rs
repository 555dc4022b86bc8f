//! From the plan's bytes and the seeds to a valid [`Catalogue`].
//!
//! The only place that validates: after it nobody checks again. It returns what can be used and a
//! list of everything that cannot.

mod features;
mod guess;
mod later;
mod links;
mod place;
mod projects;
mod sources;

use std::collections::BTreeSet;

use super::{
    Accuracy, Catalogue, County, Feature, LineClass, Project, Role, Shape, Unlocated, id_order,
    seed::{ProjectSeed, SeedError, SeedFiles, UnlocatedSeed, read_json},
    seed_english::EnglishSeed,
    seed_later::SourceSeed,
    tasks,
};
use crate::{
    diagnostics::{Diagnostic, Location, Severity},
    gazetteer::{Gazetteer, SearchKey},
    geo::{CountyArea, CountyIndex, FeatureId, FeatureIndex, Geometry},
    language::Bilingual,
    plan::{self, Plan},
};
use sources::SourceLines;

/// A catalogue and what was found wrong on the way.
#[derive(Debug)]
pub struct Lowered {
    pub catalogue: Catalogue,
    pub diagnostics: Vec<Diagnostic>,
}

/// Confidence from which a position told by place names alone is drawn.
const GEOCODE_CONFIDENCE: f32 = 0.5;
/// Error up to which a gazetteer place counts as a position, in metres: the class `park`.
const GEOCODE_ERROR_M: f64 = 5000.0;

/// Reads the seeds against their own plan.
pub fn lower(seeds: &SeedFiles<'_>) -> Lowered {
    lower_plan(seeds.plan, seeds)
}

/// Reads a plan, with the curated entries where it is the plan they were written for.
#[expect(clippy::too_many_lines, reason = "one step after another, each a call")]
pub fn lower_plan(plan_bytes: &[u8], seeds: &SeedFiles<'_>) -> Lowered {
    let parsed = plan::parse(plan_bytes);
    let plan = parsed.plan;
    let mut out = parsed.diagnostics;
    let is_own = plan_bytes == seeds.plan || plan.title == plan::parse(seeds.plan).plan.title;

    let curated: Vec<ProjectSeed> = if is_own {
        or_report(read_json("projects.json", seeds.projects), &mut out)
    } else {
        Vec::new()
    };
    let kinds = links::kinds(seeds.kinds, &mut out);
    let (mut counties, errors) = features::counties("counties.geojson", seeds.counties);
    report(errors, &mut out);
    let regions = links::regions(seeds.regions, &mut out);
    counties.extend(regions.elsewhere);
    let gazetteer = links::gazetteer(seeds.gazetteer, &counties, &mut out);
    let sources: Vec<SourceSeed> = or_report(read_json("sources.json", seeds.sources), &mut out);
    let sources = SourceLines::new(&sources);

    let mut projects = projects::from_boxes(&plan, &curated, &mut out);
    projects.extend(projects::from_text(&plan, &curated, &mut out));
    projects.sort_by_key(|a| id_order(&a.id));
    duplicate_ids(&mut projects, &mut out);
    let translated: EnglishSeed = if is_own {
        or_report(read_json("english.json", seeds.translated), &mut out)
    } else {
        EnglishSeed::default()
    };
    translated.name_subjects(&mut projects);

    let mut geometry =
        if is_own { geometry(seeds, &sources) } else { features::Lowered::default() };
    report(std::mem::take(&mut geometry.errors), &mut out);
    let placed_by_name: Vec<Feature> = projects
        .iter()
        .filter(|project| !curated.iter().any(|seed| seed.id == project.id))
        .filter_map(|project| geocoded(project, &plan, &gazetteer, &sources))
        .collect();
    geometry.features.extend(placed_by_name);
    // Another wording of the plan may lack a project; its geometry is then left aside.
    if plan_bytes == seeds.plan {
        unknown_projects(&geometry.features, &projects, &mut out);
    }

    let errors = later::attach(&mut projects, &mut geometry.features, &curated, &plan, &sources);
    report(errors, &mut out);

    let county_index = county_index(&counties);
    let (alignments, county_pieces) = place::alignments(&geometry.features, &county_index);
    let unlocated: Vec<UnlocatedSeed> = if is_own {
        or_report(read_json("unlocated.json", seeds.unlocated), &mut out)
    } else {
        Vec::new()
    };
    for project in &mut projects {
        let stated = stated_counties(project, &curated, &plan, &gazetteer);
        place::attach(
            project,
            &geometry.features,
            &alignments,
            &county_pieces,
            &county_index,
            &counties,
        );
        if project.is_located() {
            place::disagreements(project, &geometry.features, &stated, &counties, &mut out);
            place::add_stated(project, &stated, &counties);
        } else {
            let anchor = geometry.anchors.iter().find(|anchor| anchor.project == project.id);
            let (accuracy, why) = why_unlocated(project, anchor, &unlocated);
            place::leave_off(project, accuracy, why, &stated, &counties);
            place::add_stated(project, anchor.map_or(&[], |a| a.county.as_slice()), &counties);
        }
    }

    if projects.is_empty() {
        out.push(Diagnostic::new(
            Severity::Warning,
            "no-projects",
            "文本里没有认出任何项目",
            "no project was found in the text",
            Location::Whole,
        ));
    }
    let index = FeatureIndex::build(indexed(&geometry.features));
    let projects_by_feature = by_feature(&geometry.features, &projects);
    let search_keys = projects
        .iter()
        .map(|p| SearchKey::of(&format!("{} {}", p.name.zh, p.short_name.zh)))
        .collect();
    let by_id = projects.iter().enumerate().map(|(i, p)| (p.id.clone(), i)).collect();
    let catalogue = Catalogue {
        task_titles: tasks::titles(&plan.outline, &translated.headings),
        regions: regions.cooperation,
        made_public: regions.made_public.filter(|_| is_own),
        title: Some(regions.title).filter(|title| is_own && !title.en.is_empty()),
        targets: links::targets(seeds.targets, &plan, is_own, &mut out),
        slides: if is_own { links::slides(seeds.tour, &plan, &mut out) } else { Vec::new() },
        plan,
        projects,
        features: geometry.features,
        counties,
        kinds,
        gazetteer,
        search_keys,
        alignments,
        county_pieces,
        index,
        by_id,
        projects_by_feature,
    };
    out.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    Lowered { catalogue, diagnostics: out }
}

fn geometry(seeds: &SeedFiles<'_>, sources: &SourceLines) -> features::Lowered {
    features::features(
        &[
            ("corridors.geojson", seeds.corridors),
            ("areas.geojson", seeds.areas),
            ("sites.geojson", seeds.sites),
        ],
        sources,
    )
}

fn county_index(counties: &[County]) -> CountyIndex {
    let areas = counties.iter().map(|county| CountyArea {
        code: county.code.clone(),
        name: county.name.zh.clone(),
        polygon: county.polygon.clone(),
    });
    CountyIndex::new(areas.collect())
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
fn geocoded(
    project: &Project,
    plan: &Plan,
    gazetteer: &Gazetteer,
    sources: &SourceLines,
) -> Option<Feature> {
    let text = plan.text.slice(project.words);
    let best = gazetteer.geocode(text, None).into_iter().next()?;
    let error_m = best.place.error_m;
    if best.confidence < GEOCODE_CONFIDENCE || error_m > GEOCODE_ERROR_M {
        return None;
    }
    let accuracy = match error_m {
        e if e <= 200.0 => Accuracy::Site,
        e if e <= 1000.0 => Accuracy::Block,
        _ => Accuracy::Park,
    };
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
        sources: sources.get(&best.place.source).cloned().into_iter().collect(),
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

fn why_unlocated(
    project: &Project,
    anchor: Option<&features::Anchor>,
    listed: &[UnlocatedSeed],
) -> (Accuracy, Unlocated) {
    if let Some(anchor) = anchor {
        return (anchor.accuracy, anchor.why.clone());
    }
    let entry = listed.iter().find(|entry| entry.project_id == project.id);
    let accuracy = entry.and_then(|e| Accuracy::from_key(&e.accuracy)).unwrap_or(Accuracy::None);
    let reason = entry.map_or_else(
        || Bilingual::new("文中没有可识别的地名", "the text names no place that is known"),
        UnlocatedSeed::reason,
    );
    (accuracy, Unlocated { reason, anchor_name: None, anchor: None })
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

fn by_feature(features: &[Feature], projects: &[Project]) -> Vec<Vec<usize>> {
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

//! What a catalogue is made of before anything is measured: from a plan and its seeds here, from a
//! workbook's records in `from_records`.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Base, Entry, anchored, duplicate_ids, features, geocoded, later, links, or_report, projects,
    report, stated_counties, unknown_projects, why_unlocated,
};
use crate::{
    catalogue::{
        Feature, Slide, Target, id_order,
        seed::{ProjectSeed, SeedFiles, UnlocatedSeed, read_json},
        seed_english::EnglishSeed,
        tasks,
    },
    diagnostics::Diagnostic,
    language::Bilingual,
    plan::{self, Plan},
};

/// Projects with their geometry, not yet measured, and what stands around them.
#[derive(Debug)]
pub(super) struct Material {
    pub plan: Arc<Plan>,
    pub entries: Vec<Entry>,
    pub features: Vec<Feature>,
    pub task_titles: BTreeMap<String, Bilingual>,
    pub targets: Vec<Target>,
    pub slides: Vec<Slide>,
    /// GB/T 2260 code of the city, where the workbook has one.
    pub city: Option<String>,
    pub made_public: Option<String>,
    /// The plan's title, where it is translated.
    pub title: Option<Bilingual>,
}

/// Reads a plan, with the curated entries where it is the plan they were written for.
pub(super) fn of_plan(
    plan_bytes: &[u8],
    seeds: &SeedFiles<'_>,
    base: &Base,
    out: &mut Vec<Diagnostic>,
) -> Material {
    let parsed = plan::parse(plan_bytes);
    let plan = parsed.plan;
    out.extend(parsed.diagnostics);
    let is_own = plan_bytes == seeds.plan || plan.title == plan::parse(seeds.plan).plan.title;

    let curated: Vec<ProjectSeed> = if is_own {
        or_report(read_json("projects.json", seeds.projects), out)
    } else {
        Vec::new()
    };
    let mut projects = projects::from_boxes(&plan, &curated, out);
    projects.extend(projects::from_text(&plan, &curated, out));
    // The curated entries name the works of the text of their own plan.
    if !is_own {
        projects.extend(projects::from_works(&plan));
    }
    projects.sort_by_key(|a| id_order(&a.id));
    duplicate_ids(&mut projects, out);
    let translated: EnglishSeed = if is_own {
        or_report(read_json("english.json", seeds.translated), out)
    } else {
        EnglishSeed::default()
    };
    translated.name_subjects(&mut projects);

    let mut geometry =
        if is_own { seeded_geometry(seeds, base) } else { features::Lowered::default() };
    report(std::mem::take(&mut geometry.errors), out);
    let placed_by_name: Vec<Feature> = projects
        .iter()
        .filter(|project| !curated.iter().any(|seed| seed.id == project.id))
        .filter_map(|project| geocoded(project, &plan, base))
        .collect();
    geometry.features.extend(placed_by_name);
    // Another wording of the plan may lack a project; its geometry is then left aside.
    if plan_bytes == seeds.plan {
        unknown_projects(&geometry.features, &projects, out);
    }
    let errors =
        later::attach(&mut projects, &mut geometry.features, &curated, &plan, &base.sources);
    report(errors, out);

    let unlocated: Vec<UnlocatedSeed> = if is_own {
        or_report(read_json("unlocated.json", seeds.unlocated), out)
    } else {
        Vec::new()
    };
    let entry = |project: crate::catalogue::Project| {
        let anchor = geometry.anchors.iter().find(|anchor| anchor.project == project.id);
        let told = || (!is_own).then(|| anchored::why(&project, &plan, base)).flatten();
        Entry {
            stated_counties: stated_counties(&project, &curated, &plan, &base.gazetteer),
            why: why_unlocated(&project, anchor, &unlocated, told),
            project,
        }
    };
    let entries = projects.into_iter().map(entry).collect();
    Material {
        task_titles: tasks::titles(&plan.outline, &translated.headings),
        city: None,
        made_public: base.made_public.clone().filter(|_| is_own),
        title: Some(base.title.clone()).filter(|title| is_own && !title.en.is_empty()),
        targets: links::targets(seeds.targets, &plan, is_own, out),
        slides: if is_own { links::slides(seeds.tour, &plan, out) } else { Vec::new() },
        plan: Arc::new(plan),
        entries,
        features: geometry.features,
    }
}

fn seeded_geometry(seeds: &SeedFiles<'_>, base: &Base) -> features::Lowered {
    features::features(
        &[
            ("corridors.geojson", seeds.corridors),
            ("areas.geojson", seeds.areas),
            ("sites.geojson", seeds.sites),
        ],
        &base.sources,
    )
}

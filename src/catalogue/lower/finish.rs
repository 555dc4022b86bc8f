//! From material to the catalogue: measured, divided by counties, indexed.

use std::{collections::BTreeMap, sync::Arc};

use super::{Base, Entry, Lowered, beyond, by_feature, indexed, material::Material, place};
use crate::{
    catalogue::{Catalogue, County, Feature, Project},
    diagnostics::{Diagnostic, Location, Severity},
    gazetteer::SearchKey,
    geo::{Alignment, CountyPiece, FeatureIndex},
};

/// Makes the catalogue; the findings so far come out with those made here.
pub(super) fn finish(material: Material, base: &Base, mut out: Vec<Diagnostic>) -> Lowered {
    let Material {
        plan,
        entries,
        features,
        task_titles,
        targets,
        slides,
        city,
        made_public,
        title,
    } = material;
    let wider = beyond::wider(&features, base);
    let base = wider.as_ref().unwrap_or(base);
    let (alignments, county_pieces) = place::alignments(&features, &base.county_index);
    let mut owned = owned(&features);
    let projects: Vec<Arc<Project>> = entries
        .into_iter()
        .map(|entry| {
            let own = owned.remove(&entry.project.id).unwrap_or_default();
            let ground =
                Ground { features: &features, alignments: &alignments, pieces: &county_pieces };
            Arc::new(measure(entry, own, &ground, base, &mut out))
        })
        .collect();
    if projects.is_empty() {
        out.push(Diagnostic::new(
            Severity::Warning,
            "no-projects",
            "文本里没有认出任何项目",
            "no project was found in the text",
            Location::Whole,
        ));
    }
    let index = FeatureIndex::build(indexed(&features));
    let projects_by_feature = by_feature(&features, &projects);
    let by_id = projects.iter().enumerate().map(|(i, p)| (p.id.clone(), i));
    let by_id = Arc::new(by_id.collect());
    let catalogue = Catalogue {
        task_titles,
        regions: base.regions.clone(),
        made_public,
        title,
        targets,
        slides,
        plan,
        search_keys: projects.iter().map(|own| Arc::new(search_key(own))).collect(),
        projects,
        features,
        counties: counties(base, city.as_deref()).into(),
        kinds: base.kinds.clone(),
        gazetteer: base.gazetteer.clone(),
        place_sources: base.place_sources.clone(),
        alignments,
        county_pieces,
        index,
        by_id,
        projects_by_feature,
    };
    out.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    Lowered { catalogue, diagnostics: out }
}

/// The counties, those of the city first; without a city those that the seeds say.
fn counties(base: &Base, city: Option<&str>) -> Vec<County> {
    let mut counties = base.counties.clone();
    // The first four digits of a county's code are its city's.
    if let Some(own) = city.and_then(|code| code.get(..4)) {
        for county in &mut counties {
            county.in_city = county.code.starts_with(own);
        }
        counties.sort_by(|a, b| (!a.in_city, &a.code).cmp(&(!b.in_city, &b.code)));
    }
    counties
}

/// What is found by typing.
pub(super) fn search_key(project: &Project) -> SearchKey {
    SearchKey::of(&format!("{} {}", project.name.zh, project.short_name.zh))
}

/// Positions of the features of each project.
pub(super) fn owned(features: &[Feature]) -> BTreeMap<String, Vec<usize>> {
    let mut owned: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, feature) in features.iter().enumerate() {
        for id in &feature.project_ids {
            let own = owned.entry(id.clone()).or_default();
            if own.last() != Some(&i) {
                own.push(i);
            }
        }
    }
    owned
}

/// Features with what follows from their shapes, all in the same order.
pub(super) struct Ground<'a> {
    pub features: &'a [Feature],
    pub alignments: &'a [Option<Alignment>],
    pub pieces: &'a [Vec<CountyPiece>],
}

/// One project with its length, its counties and its accuracy.
pub(super) fn measure(
    entry: Entry,
    own: Vec<usize>,
    ground: &Ground<'_>,
    base: &Base,
    out: &mut Vec<Diagnostic>,
) -> Project {
    let Entry { mut project, stated_counties, why } = entry;
    place::attach(&mut project, own, ground, &base.county_index, &base.counties);
    if project.is_located() {
        place::disagreements(&project, ground.features, &stated_counties, &base.counties, out);
        place::add_stated(&mut project, &stated_counties, &base.counties);
    } else {
        let county = why.county;
        place::leave_off(
            &mut project,
            why.accuracy,
            why.unlocated,
            &stated_counties,
            &base.counties,
        );
        place::add_stated(&mut project, county.as_slice(), &base.counties);
    }
    place::hold_to_what_is_set(&mut project, &base.counties);
    project
}

//! A deck to begin with: what the plan is, and its largest projects.

use std::{cmp::Reverse, collections::BTreeSet};

use super::slide_view::{empty, slide_of};
use crate::{
    book::{SlideRecord, Words},
    catalogue::{Catalogue, Project},
};

/// Projects that a deck begins with.
const PROJECTS: usize = 6;

/// Slides of a plan, without ids: one of all of it, and one of each of the projects on the map that
/// are marked as such or cost most.
pub fn first_slides(catalogue: &Catalogue) -> Vec<SlideRecord> {
    let title = catalogue.title.as_ref().map(Words::from);
    let plan = || Words { zh: catalogue.plan.title.clone(), en: String::new() };
    let whole = catalogue.city_extent().or_else(|| catalogue.extent_of(catalogue.each_project()));
    let first = SlideRecord {
        title: title.unwrap_or_else(plan),
        extent: whole.map(|e| [e.west_deg, e.south_deg, e.east_deg, e.north_deg]),
        ..empty()
    };
    let mut projects: Vec<&Project> =
        catalogue.each_project().filter(|project| project.is_located()).collect();
    let yi = |project: &Project| project.investment.map_or(0.0, |stated| stated.yi);
    projects.sort_by(|a, b| {
        (Reverse(a.flagship)).cmp(&Reverse(b.flagship)).then(yi(b).total_cmp(&yi(a)))
    });
    let mut told = BTreeSet::new();
    // Entries that name the same work are one.
    projects.retain(|project| {
        let is_new = !project.same_as.iter().any(|id| told.contains(id.as_str()));
        told.insert(project.id.as_str());
        is_new
    });
    let projects = projects.into_iter().take(PROJECTS).map(|own| slide_of(catalogue, own));
    std::iter::once(first).chain(projects).collect()
}

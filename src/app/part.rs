//! A part of the project in the card: one of its lines, or what of them lies in a county.

use crate::{
    catalogue::{Catalogue, Feature, LineClass, Project, Role, Shape},
    units::{Extent, LonLat},
};

/// A part of the project in the card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// One line, by its id in the seeds.
    Line(String),
    /// What lies in the county of that code.
    County(String),
}

/// What a line of a project is to its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counts {
    /// Its length is part of the project's.
    Whole,
    /// There already: drawn so that the map can be read.
    Existing,
    /// A course that was made public later, beside the plan's.
    Later,
}

impl Counts {
    pub const ALL: [Self; 3] = [Self::Whole, Self::Existing, Self::Later];

    const fn of(feature: &Feature) -> Self {
        match feature.role {
            Role::Main => Self::Whole,
            Role::Context => Self::Existing,
            Role::Update => Self::Later,
        }
    }
}

/// One line of a project, as the card lists it.
#[derive(Debug, Clone, Copy)]
pub struct ProjectLine<'a> {
    pub feature: &'a Feature,
    pub length_km: f64,
    pub counts: Counts,
}

/// The lines of a project where there are several, those that make its length first. Tributaries
/// are left out: they are many, and known only by their ends.
pub fn project_lines<'a>(catalogue: &'a Catalogue, project: &Project) -> Vec<ProjectLine<'a>> {
    let listed = |i: &usize| {
        let feature = catalogue.features.get(*i)?;
        let alignment = catalogue.alignments.get(*i)?.as_ref()?;
        let counts = Counts::of(feature);
        let length_km = alignment.length_m() / 1000.0;
        (feature.class != Some(LineClass::Tributary)).then_some(ProjectLine {
            feature,
            length_km,
            counts,
        })
    };
    let mut lines: Vec<ProjectLine<'a>> = project.features.iter().filter_map(listed).collect();
    // Of a whole and what is drawn over it, the whole makes the length.
    lines.retain(|line| line.counts != Counts::Whole || line.feature.counts_length);
    lines.sort_by_key(|line| line.counts);
    if lines.len() < 2 { Vec::new() } else { lines }
}

/// What is drawn of a part, in degrees; empty where the project has no such part.
pub fn part_lines(
    catalogue: &Catalogue,
    project: &Project,
    part: &Part,
) -> Vec<geo::LineString<f64>> {
    match part {
        Part::County(code) => catalogue.stretches(project, code),
        Part::Line(id) => project
            .features
            .iter()
            .filter_map(|&i| catalogue.features.get(i))
            .filter(|feature| feature.id == *id)
            .filter_map(|feature| match &feature.shape {
                Shape::Line(line) => Some(line.clone()),
                Shape::Point(_) | Shape::Area(_) => None,
            })
            .collect(),
    }
}

/// The extent of a part; `None` where nothing of it is drawn.
pub fn part_extent(catalogue: &Catalogue, project: &Project, part: &Part) -> Option<Extent> {
    let lines = part_lines(catalogue, project, part);
    Extent::around(lines.iter().flat_map(geo::LineString::coords).map(|c| LonLat::from(*c)))
}

//! Counties beyond what a plan stands on: a line or a site that somebody places anywhere in the country
//! is divided by the counties there.

use std::{
    collections::BTreeSet,
    sync::{Arc, OnceLock},
};

use super::{Base, base, country};
use crate::{
    areas::Areas,
    catalogue::{Feature, Role, Shape},
    units::Extent,
};

/// The packed counties of the country, read when they are needed first.
#[derive(Debug)]
pub(super) struct Country {
    packed: Vec<u8>,
    areas: OnceLock<Option<Areas>>,
}

impl Country {
    pub(super) fn new(packed: &[u8]) -> Self {
        Self { packed: packed.to_vec(), areas: OnceLock::new() }
    }

    /// `None` where the file is damaged, which is told where plans are read.
    fn areas(&self) -> Option<&Areas> {
        self.areas.get_or_init(|| Areas::read(&self.packed).ok()).as_ref()
    }
}

/// The base with the counties that features reach and it does not have; `None` where it has all.
///
/// The seeds' own counties are drawn from another source: only what lies outside all of them counts
/// there, so that no border is drawn twice.
pub(super) fn wider(features: &[Feature], base: &Base) -> Option<Base> {
    let is_seeded = base.unit.is_none();
    let reaches_beyond = |feature: &&Feature| {
        let outside = |c: &geo::Coord<f64>| base.county_index.county_at((*c).into()).is_none();
        let by_somebody = feature.role == Role::Main && !feature.project_ids.is_empty();
        let positions = positions(&feature.shape);
        by_somebody
            && if is_seeded { positions.iter().all(outside) } else { positions.iter().any(outside) }
    };
    let extents: Vec<Extent> = features
        .iter()
        .filter(reaches_beyond)
        .filter_map(|feature| Extent::around(positions(&feature.shape).into_iter().map(Into::into)))
        .collect();
    if extents.is_empty() {
        return None;
    }
    let areas = base.country.areas()?;
    let reached: BTreeSet<String> =
        extents.into_iter().flat_map(|extent| areas.within(extent)).collect();
    let is_known = |code: &String| base.counties.iter().any(|county| county.code == *code);
    let others = reached.iter().filter(|code| !is_known(code)).filter_map(|code| areas.area(code));
    let mut counties = base.counties.clone();
    counties.extend(others.map(|area| country::county(areas, area, false)));
    if counties.len() == base.counties.len() {
        return None;
    }
    Some(Base {
        kinds: base.kinds.clone(),
        county_index: base::county_index(&counties),
        counties,
        regions: base.regions.clone(),
        gazetteer: base.gazetteer.clone(),
        sources: base.sources.clone(),
        place_sources: base.place_sources.clone(),
        unit: base.unit.clone(),
        country: Arc::clone(&base.country),
        made_public: base.made_public.clone(),
        title: base.title.clone(),
    })
}

fn positions(shape: &Shape) -> Vec<geo::Coord<f64>> {
    match shape {
        Shape::Point(at) => vec![(*at).into()],
        Shape::Line(line) => line.0.clone(),
        Shape::Area(area) => area.exterior().0.clone(),
    }
}

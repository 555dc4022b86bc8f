//! Geometry turned to Mercator once, with levels of detail.

use std::{collections::BTreeMap, sync::Arc};

use geo::Polygon;

use super::AreaGeometry;
use crate::{
    catalogue::{Catalogue, Shape},
    geo::{Levels, mercator},
    language::Bilingual,
    units::{LonLat, Mercator},
};

/// Projects that have no position of their own and share one anchor.
#[derive(Debug, Clone, PartialEq)]
pub struct AnchorGroup {
    pub name: Bilingual,
    pub at: Mercator,
    /// Positions in the catalogue.
    pub projects: Vec<usize>,
}

/// Everything that does not change from frame to frame.
#[derive(Debug)]
pub struct Prepared {
    /// One per feature.
    pub lines: Vec<Option<Levels>>,
    pub areas: Vec<Option<Arc<AreaGeometry>>>,
    pub points: Vec<Option<Mercator>>,
    /// One per county: its parts.
    pub counties: Vec<Vec<Arc<AreaGeometry>>>,
    pub anchors: Vec<AnchorGroup>,
}

impl Prepared {
    /// Projects every geometry of the catalogue.
    pub fn new(catalogue: &Catalogue) -> Self {
        let mut prepared = Self {
            lines: Vec::new(),
            areas: Vec::new(),
            points: Vec::new(),
            counties: Vec::new(),
            anchors: anchors(catalogue),
        };
        for feature in &catalogue.features {
            let (mut line, mut area, mut point) = (None, None, None);
            match &feature.shape {
                Shape::Line(path) => line = Some(Levels::of(path)),
                Shape::Area(polygon) => area = Some(Arc::new(project_area(polygon))),
                Shape::Point(at) => point = Some(mercator::from_lon_lat(*at)),
            }
            prepared.lines.push(line);
            prepared.areas.push(area);
            prepared.points.push(point);
        }
        for county in &catalogue.counties {
            let parts = county.polygon.iter().map(|part| Arc::new(project_area(part))).collect();
            prepared.counties.push(parts);
        }
        prepared
    }
}

fn project_area(polygon: &Polygon<f64>) -> AreaGeometry {
    let ring = |line: &geo::LineString<f64>| -> Vec<Mercator> {
        let open = if line.is_closed() { line.0.len().saturating_sub(1) } else { line.0.len() };
        line.coords().take(open).map(|c| mercator::from_lon_lat((*c).into())).collect()
    };
    AreaGeometry {
        exterior: ring(polygon.exterior()),
        holes: polygon.interiors().iter().map(ring).collect(),
    }
}

fn anchors(catalogue: &Catalogue) -> Vec<AnchorGroup> {
    let mut groups: BTreeMap<String, AnchorGroup> = BTreeMap::new();
    for (i, project) in catalogue.projects.iter().enumerate() {
        let Some(why) = project.unlocated.as_ref() else { continue };
        let (Some(at), Some(name)) = (why.anchor, why.anchor_name.as_ref()) else { continue };
        let at: LonLat = at;
        groups
            .entry(name.zh.clone())
            .or_insert_with(|| AnchorGroup {
                name: name.clone(),
                at: mercator::from_lon_lat(at),
                projects: Vec::new(),
            })
            .projects
            .push(i);
    }
    groups.into_values().collect()
}

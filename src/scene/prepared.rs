//! Geometry turned to Mercator once, with levels of detail.

use std::{collections::BTreeMap, sync::Arc};

use geo::{Area as _, Contains as _, Polygon};

use super::AreaGeometry;
use crate::{
    catalogue::{Catalogue, County, Shape},
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
    /// One per county: where its name may stand, all within it, the best first.
    pub county_names: Vec<Vec<Mercator>>,
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
            county_names: catalogue.counties.iter().map(name_places).collect(),
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
        for county in catalogue.counties.iter() {
            let parts = county.polygon.iter().map(|part| Arc::new(project_area(part))).collect();
            prepared.counties.push(parts);
        }
        prepared
    }
}

/// How far the places of a county's name lie from the best, as shares of the side of a square as
/// large as the county.
const AWAY: [f64; 6] = [0.05, 0.1, 0.15, 0.2, 0.27, 0.36];
const DIRECTIONS: u8 = 16;

fn name_places(county: &County) -> Vec<Mercator> {
    let best = county.label_at;
    let narrowing = best.lat_deg.to_radians().cos().max(0.1);
    let side_deg = (county.polygon.unsigned_area() * narrowing).sqrt();
    let around = AWAY.iter().flat_map(|away| {
        (0..DIRECTIONS).map(move |step| {
            let angle = std::f64::consts::TAU * f64::from(step) / f64::from(DIRECTIONS);
            let (north, east) = (angle.cos() * away, angle.sin() * away);
            let lon_deg = best.lon_deg + east * side_deg / narrowing;
            LonLat { lon_deg, lat_deg: best.lat_deg + north * side_deg }
        })
    });
    let within = around.filter(|p| county.polygon.contains(&geo::Point::new(p.lon_deg, p.lat_deg)));
    std::iter::once(best).chain(within).map(mercator::from_lon_lat).collect()
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

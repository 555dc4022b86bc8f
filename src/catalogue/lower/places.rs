//! Places of a workbook to features.

use std::collections::BTreeSet;

use geo::Geometry;

use super::{Base, Entry, Why, from_records::update};
use crate::{
    book::PlaceRecord,
    catalogue::{Accuracy, ControlPoint, Feature, LineClass, Role, Shape, Unlocated},
    diagnostics::{Diagnostic, Location, Severity},
    language::Bilingual,
    plan::Plan,
    units::LonLat,
};

/// The features of places in their order. A place set by hand stands in place of all main ones that
/// were proposed for its projects; one that is no more exact than a county is their anchor.
pub(super) fn features(
    places: &[PlaceRecord],
    entries: &mut [Entry],
    plan: &Plan,
    base: &Base,
    out: &mut Vec<Diagnostic>,
) -> Vec<Feature> {
    let set = |which: fn(&PlaceRecord) -> bool| -> BTreeSet<&str> {
        let own = places.iter().filter(|place| place.by_hand.is_some() && which(place));
        own.flat_map(|place| place.project_ids.iter().map(String::as_str)).collect()
    };
    let by_hand = set(PlaceRecord::is_main);
    // Of what is only known to lie in a unit nothing is drawn, later alignments neither.
    let anchored = set(|place| {
        place.is_main() && Accuracy::from_key(&place.accuracy).is_some_and(|own| !own.is_located())
    });
    let mut features = Vec::new();
    for place in places {
        match of_place(place, plan) {
            Ok(Placed::Shapes(mut own)) => {
                if place.by_hand.is_none() {
                    let aside = if place.is_main() { &by_hand } else { &anchored };
                    for feature in &mut own {
                        feature.project_ids.retain(|id| !aside.contains(id.as_str()));
                    }
                    // What nobody needs any more is not drawn; what never had a project stays.
                    own.retain(|part| !part.project_ids.is_empty() || place.project_ids.is_empty());
                }
                features.extend(own);
            }
            Ok(Placed::Anchor(accuracy, at)) => {
                let county = (accuracy == Accuracy::County)
                    .then(|| base.county_index.county_at(at))
                    .flatten();
                for entry in entries.iter_mut() {
                    if place.project_ids.contains(&entry.project.id) {
                        entry.why = anchor(place, accuracy, at, county);
                    }
                }
            }
            Err((field, reason)) => out.push(Diagnostic::new(
                Severity::Error,
                "place-broken",
                format!("位置 {}：{field}：{reason}", place.id),
                format!("place {}: {field}: {reason}", place.id),
                Location::Whole,
            )),
        }
    }
    features
}

enum Placed {
    Shapes(Vec<Feature>),
    Anchor(Accuracy, LonLat),
}

fn anchor(place: &PlaceRecord, accuracy: Accuracy, at: LonLat, county: Option<&str>) -> Why {
    let name = Bilingual::from(&place.name);
    Why {
        accuracy,
        unlocated: Unlocated {
            reason: (&place.basis).into(),
            anchor_name: (!name.is_empty()).then_some(name),
            anchor: Some(at),
        },
        county: county.map(str::to_owned),
    }
}

fn of_place(place: &PlaceRecord, plan: &Plan) -> Result<Placed, (&'static str, String)> {
    let accuracy = Accuracy::from_key(&place.accuracy)
        .ok_or_else(|| ("accuracy", format!("{:?} is no accuracy class", place.accuracy)))?;
    let geometry = Geometry::<f64>::try_from(place.geometry.clone())
        .map_err(|e| ("geometry", e.to_string()))?;
    let on_earth = geo::CoordsIter::coords_iter(&geometry)
        .all(|c| c.x.is_finite() && c.y.is_finite() && c.x.abs() <= 180.0 && c.y.abs() <= 90.0);
    if !on_earth {
        return Err(("geometry", "holds a coordinate outside the globe".to_owned()));
    }
    if !accuracy.is_located() {
        let centre = geo::Centroid::centroid(&geometry);
        let centre = centre.ok_or_else(|| ("geometry", "is empty".to_owned()))?;
        return Ok(Placed::Anchor(accuracy, centre.0.into()));
    }
    let mut shapes = Vec::new();
    take_apart(geometry, &mut shapes)?;
    let role = match place.role.as_deref() {
        None | Some("main") => Role::Main,
        Some("update") => Role::Update,
        Some("context") => Role::Context,
        Some(other) => return Err(("role", format!("{other:?} is no role"))),
    };
    let class = match place.class.as_deref() {
        None => None,
        Some(key) => Some(
            LineClass::from_key(key)
                .ok_or_else(|| ("class", format!("{key:?} is no class of line")))?,
        ),
    };
    let lines = |words: &[crate::book::Words]| words.iter().map(Bilingual::from).collect();
    let part = |shape: Shape| Feature {
        id: place.id.clone(),
        name: (&place.name).into(),
        map_name: place.map_name.as_ref().map(Bilingual::from),
        project_ids: place.project_ids.clone(),
        role,
        class,
        shape,
        accuracy,
        is_built: place.is_built,
        error_m: place.error_m,
        counts_length: place.counts_length,
        stated_length_km: place.stated_length_km,
        length_note: place.length_note.as_ref().map(Bilingual::from),
        basis: (&place.basis).into(),
        control_points: place
            .control_points
            .iter()
            .map(|point| ControlPoint {
                name: point.name.clone(),
                lon_lat: LonLat::new(point.lon, point.lat),
                error_m: point.error_m,
                sources: lines(&point.sources),
            })
            .collect(),
        sources: lines(&place.sources),
        updates: place.updates.iter().map(|own| update(own, Some(plan))).collect(),
        works_in: place.works_in.clone(),
    };
    Ok(Placed::Shapes(shapes.into_iter().map(part).collect()))
}

/// The single shapes of a geometry. Lines of one position are none.
pub(in crate::catalogue) fn take_apart(
    geometry: Geometry<f64>,
    into: &mut Vec<Shape>,
) -> Result<(), (&'static str, String)> {
    match geometry {
        Geometry::Point(point) => into.push(Shape::Point(LonLat::new(point.x(), point.y()))),
        Geometry::LineString(line) if line.0.len() >= 2 => into.push(Shape::Line(line)),
        Geometry::Polygon(area) if area.exterior().0.len() >= 4 => into.push(Shape::Area(area)),
        Geometry::MultiPoint(points) => {
            into.extend(points.0.into_iter().map(|p| Shape::Point(LonLat::new(p.x(), p.y()))));
        }
        Geometry::MultiLineString(lines) => {
            for line in lines.0 {
                take_apart(line.into(), into)?;
            }
        }
        Geometry::MultiPolygon(areas) => {
            for area in areas.0 {
                take_apart(area.into(), into)?;
            }
        }
        Geometry::GeometryCollection(parts) => {
            for part in parts.0 {
                take_apart(part, into)?;
            }
        }
        _ => return Err(("geometry", "has a type that is not drawn here".to_owned())),
    }
    Ok(())
}

//! Setting the place of a project by hand.

use geo::Geometry;

use super::{GeometryFault, Refusal, finish, record, words};
use crate::{
    book::{Action, Book, Draft, Mark, PlaceRecord, Table, Words},
    catalogue::{Accuracy, lower::take_apart},
};

/// The id of the place that somebody gave a project.
fn hand_id(id: &str) -> String {
    format!("H-{id}")
}

/// Gives a project a place, in degrees, WGS-84. It stands in place of what was proposed or set
/// before; what was proposed comes back with [`clear_place`]. One that is no more exact than a county
/// is where its hollow anchor stands.
///
/// # Errors
/// There is no such project, the class is none, or the geometry cannot be used.
pub fn place(
    book: &Book,
    id: &str,
    geometry: &Geometry<f64>,
    accuracy: Accuracy,
    mark: &Mark,
) -> Result<Action, Refusal> {
    if accuracy == Accuracy::None {
        return Err(Refusal::NoAccuracy(accuracy.key().to_owned()));
    }
    sound(geometry)?;
    let mut draft = Draft::new(book);
    let project = record(&draft, id)?;
    let old = draft.get::<PlaceRecord>(&hand_id(id))?;
    // After all others; of two that are the same the ids decide.
    let last = || u32::try_from(book.count(Table::Places)).unwrap_or(u32::MAX);
    let order = old.as_ref().map_or_else(last, |old| old.order);
    let said = Words { zh: mark.source.clone(), en: String::new() };
    let name = |field: &str| project.text(field).unwrap_or_default().to_owned();
    draft.put(&PlaceRecord {
        id: hand_id(id),
        order,
        name: Words { zh: name("name"), en: name("name_en") },
        map_name: None,
        project_ids: vec![id.to_owned()],
        role: None,
        class: old.and_then(|old| old.class),
        geometry: geojson::Geometry::from(geometry),
        accuracy: accuracy.key().to_owned(),
        is_built: false,
        error_m: None,
        counts_length: true,
        stated_length_km: None,
        length_note: None,
        basis: said.clone(),
        control_points: Vec::new(),
        sources: vec![said],
        updates: Vec::new(),
        works_in: Vec::new(),
        by_hand: Some(mark.clone()),
    })?;
    Ok(finish(draft, words(format!("{id}：设定位置"), format!("{id}: place set"))))
}

/// Takes away the place that somebody gave a project: what was proposed is in effect again.
///
/// # Errors
/// There is no such project, or nobody gave it a place.
pub fn clear_place(book: &Book, id: &str) -> Result<Action, Refusal> {
    let mut draft = Draft::new(book);
    record(&draft, id)?;
    if draft.get::<PlaceRecord>(&hand_id(id))?.is_none() {
        return Err(Refusal::NothingSet(id.to_owned()));
    }
    draft.remove::<PlaceRecord>(&hand_id(id));
    Ok(finish(draft, words(format!("{id}：恢复原来的位置"), format!("{id}: place as it was"))))
}

fn sound(geometry: &Geometry<f64>) -> Result<(), Refusal> {
    let mut positions = geo::CoordsIter::coords_iter(geometry).peekable();
    if positions.peek().is_none() {
        return Err(Refusal::Geometry(GeometryFault::Empty));
    }
    let on_earth = |c: geo::Coord<f64>| {
        c.x.is_finite() && c.y.is_finite() && c.x.abs() <= 180.0 && c.y.abs() <= 90.0
    };
    if !positions.all(on_earth) {
        return Err(Refusal::Geometry(GeometryFault::OutsideTheGlobe));
    }
    let mut shapes = Vec::new();
    take_apart(geometry.clone(), &mut shapes)
        .map_err(|_| Refusal::Geometry(GeometryFault::Kind))?;
    if shapes.is_empty() { Err(Refusal::Geometry(GeometryFault::Empty)) } else { Ok(()) }
}

//! Projects as JSON, the shape that the command line promises.

use serde_json::{Map, Value, json};

use crate::catalogue::{Catalogue, Fact, Project, Role, SetValue, Shape, Update};

/// One project as a JSON object.
pub fn project(catalogue: &Catalogue, project: &Project) -> Map<String, Value> {
    let span = catalogue.plan.text.source_span(project.words);
    let value = json!({
        "id": project.id,
        "name": project.name.zh,
        "name_en": project.name.en,
        "short_name": project.short_name.zh,
        "short_name_en": project.short_name.en,
        "kind": catalogue.kind(&project.kind).map_or(&project.kind, |k| &k.name.zh),
        "kind_key": project.kind,
        "status": project.status.key(),
        "planned": project.status == crate::catalogue::Status::Planned,
        "regions": project
            .regions
            .iter()
            .map(|key| catalogue.region(key).map_or(key, |r| &r.name.zh))
            .collect::<Vec<_>>(),
        "region_keys": project.regions,
        "tasks": project.tasks,
        "counties": project.counties.iter().map(|share| json!({
            "code": share.code,
            "name": share.name,
            "length_km": share.length_km.map(rounded),
            "border_km": share.border_km.map(rounded),
        })).map(without_null).collect::<Vec<_>>(),
        "accuracy": project.accuracy.key(),
        "geometry_type": geometry_type(catalogue, project),
        "length_km": project.length_km.map(rounded),
        "beyond_km": project.beyond_km.map(rounded),
        "stated_length_km": project.stated_length_km,
        "investment_yi": project.investment.map(|i| i.yi),
        "investment_approx": project.investment.is_some_and(|i| i.approx),
        "facts": project.facts.iter().map(fact).collect::<Vec<_>>(),
        "organisations": project.organisations,
        "period": project.period,
        "flagship": project.flagship,
        "note": words(project.note.as_ref().map(|note| &note.zh)),
        "note_en": words(project.note.as_ref().map(|note| &note.en)),
        "origin": project.origin.key(),
        "rows": project.rows.iter().collect::<Vec<_>>(),
        "certainty": project.certainty.map(crate::plan::Certainty::as_str),
        "reviewed": project.reviewed.as_ref().map(|own| by(&own.who, &own.at)),
        "marked": project.marked.as_ref().map(|own| by(&own.who, &own.at)),
        "set": project.set.iter().map(set).collect::<Vec<_>>(),
        "related": project.related,
        "same_as": project.same_as,
        "start": span.start,
        "end": span.end,
        "text": catalogue.plan.text.slice(project.words),
        "unlocated": project.unlocated.as_ref().map(|why| json!({
            "reason_zh": why.reason.zh,
            "reason_en": why.reason.en,
        })),
        "updates": project
            .updates
            .iter()
            .map(|later| update(catalogue, later))
            .collect::<Vec<_>>(),
    });
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// An array of the projects, in the order given.
pub fn array<'a>(catalogue: &Catalogue, projects: impl IntoIterator<Item = &'a Project>) -> Value {
    projects.into_iter().map(|p| Value::Object(project(catalogue, p))).collect()
}

/// Words; null where there are none.
fn words(text: Option<&String>) -> Option<&String> {
    text.filter(|text| !text.is_empty())
}

/// Who, and when.
fn by(who: &str, at: &str) -> Value {
    json!({ "who": who, "at": at })
}

/// A value set by hand, with what is stated beside it.
fn set(own: &SetValue) -> Value {
    json!({
        "field": own.field,
        "value": own.value,
        "stated": own.stated,
        "who": own.who,
        "at": own.at,
        "source": own.source,
    })
}

fn update(catalogue: &Catalogue, update: &Update) -> Value {
    let changes: Vec<Value> = update
        .changes
        .iter()
        .map(|change| {
            json!({
                "subject_zh": change.subject.zh,
                "subject_en": change.subject.en,
                "stated_zh": change.stated.zh,
                "stated_en": change.stated.en,
                "text": catalogue.plan.text.slice(change.words),
                "later_zh": change.later.zh,
                "later_en": change.later.en,
            })
        })
        .collect();
    let chinese: Vec<&str> = update.sources.iter().map(|line| line.zh.as_str()).collect();
    let foreign: Vec<&str> = update.sources.iter().map(|line| line.en.as_str()).collect();
    json!({
        "date": update.date,
        "text_zh": update.text.zh,
        "text_en": update.text.en,
        "source": chinese.join("；"),
        "source_en": foreign.join("; "),
        "changes": changes,
    })
}

fn fact(fact: &Fact) -> Value {
    without_null(json!({
        "quantity": fact.quantity.as_str(),
        "value": fact.value,
        "value_max": fact.value_max,
        "unit": fact.unit,
        "approx": fact.approx,
        "text": fact.text,
        "start": fact.span.start,
        "end": fact.span.end,
        "by_hand": fact.by_hand.as_ref().map(|own| by(&own.who, &own.at)),
    }))
}

fn without_null(mut value: Value) -> Value {
    if let Value::Object(map) = &mut value {
        map.retain(|_, field| !field.is_null());
    }
    value
}

/// Metres are as fine as a drawn length deserves.
fn rounded(km: f64) -> f64 {
    (km * 1000.0).round() / 1000.0
}

/// The `GeoJSON` type of the project's main geometry, `None` without any.
pub fn geometry_type(catalogue: &Catalogue, project: &Project) -> Option<&'static str> {
    let shapes: Vec<&Shape> =
        catalogue.features_of(project, Role::Main).map(|(_, feature)| &feature.shape).collect();
    let first = shapes.first()?.type_name();
    let alike = shapes.iter().all(|shape| shape.type_name() == first);
    Some(match (shapes.len(), alike, first) {
        (1, ..) => first,
        (_, true, "Point") => "MultiPoint",
        (_, true, "LineString") => "MultiLineString",
        (_, true, "Polygon") => "MultiPolygon",
        _ => "GeometryCollection",
    })
}

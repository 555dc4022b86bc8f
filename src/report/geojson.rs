//! Projects as a `GeoJSON` `FeatureCollection` that QGIS opens.

use serde_json::{Value, json};

use super::json;
use crate::catalogue::{Catalogue, Project, Role, Shape};

/// Every project as a feature; those without a place have a null geometry.
pub fn collection<'a>(
    catalogue: &Catalogue,
    projects: impl IntoIterator<Item = &'a Project>,
) -> Value {
    let features: Vec<Value> = projects
        .into_iter()
        .map(|project| {
            json!({
                "type": "Feature",
                "id": project.id,
                "properties": json::project(catalogue, project),
                "geometry": geometry(catalogue, project),
            })
        })
        .collect();
    json!({ "type": "FeatureCollection", "features": features })
}

fn geometry(catalogue: &Catalogue, project: &Project) -> Value {
    let shapes: Vec<&Shape> =
        catalogue.features_of(project, Role::Main).map(|(_, feature)| &feature.shape).collect();
    let coordinates = |shape: &Shape| match shape {
        Shape::Point(p) => position(p.lon_deg, p.lat_deg),
        Shape::Line(line) => ring(line),
        Shape::Area(area) => {
            std::iter::once(area.exterior()).chain(area.interiors()).map(ring).collect::<Value>()
        }
    };
    match (json::geometry_type(catalogue, project), shapes.as_slice()) {
        (None, _) | (_, []) => Value::Null,
        (Some(kind), [only]) => json!({ "type": kind, "coordinates": coordinates(only) }),
        (Some("GeometryCollection"), all) => json!({
            "type": "GeometryCollection",
            "geometries": all.iter().map(|shape| json!({
                "type": shape.type_name(),
                "coordinates": coordinates(shape),
            })).collect::<Vec<_>>(),
        }),
        (Some(kind), all) => json!({
            "type": kind,
            "coordinates": all.iter().map(|shape| coordinates(shape)).collect::<Vec<_>>(),
        }),
    }
}

fn ring(line: &geo::LineString<f64>) -> Value {
    line.coords().map(|c| position(c.x, c.y)).collect()
}

/// Six decimals are a decimetre.
fn position(lon_deg: f64, lat_deg: f64) -> Value {
    let rounded = |v: f64| (v * 1e6).round() / 1e6;
    json!([rounded(lon_deg), rounded(lat_deg)])
}

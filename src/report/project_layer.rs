//! Projects as a layer, for the formats that layers are written in.

use std::sync::Arc;

use super::table::{COLUMNS, Cell, cells};
use crate::{
    app::Language,
    catalogue::{Catalogue, Project, Role, Shape},
    layer::{Basis, ChunkBuilder, Field, Layer, Part, Reference, TableBuilder, Value},
    tr,
    units::LonLat,
};

/// The projects in the order given, each with all its shapes; those without a place have none.
pub fn project_layer(catalogue: &Catalogue, projects: &[&Project], language: Language) -> Layer {
    let (mut shapes, mut rows) = (ChunkBuilder::default(), TableBuilder::new(COLUMNS.len()));
    for project in projects {
        for (_, feature) in catalogue.features_of(project, Role::Main) {
            tell(&feature.shape, &mut shapes);
        }
        shapes.end();
        for (column, cell) in cells(catalogue, project, language).iter().enumerate() {
            match cell {
                Cell::Number(n) => rows.push(column, Value::Number(*n)),
                Cell::Text(text) if text.is_empty() => {}
                Cell::Text(text) => rows.push(column, Value::Text(text)),
            }
        }
        rows.end_row();
    }
    let fields = COLUMNS.map(|key| Field::named(tr!(language, format!("csv.{key}"))));
    Layer {
        name: tr!(language, "xlsx.projects"),
        fields: fields.to_vec(),
        reference: Reference { basis: Basis::Stated, ..Reference::default() },
        chunks: vec![Arc::new(shapes.finish())],
        tables: vec![Arc::new(rows.finish())],
        ..Layer::default()
    }
}

fn tell(shape: &Shape, into: &mut ChunkBuilder) {
    match shape {
        Shape::Point(p) => into.part(Part::Point, [*p]),
        Shape::Line(line) => into.part(Part::Line, line.coords().map(|c| LonLat::new(c.x, c.y))),
        Shape::Area(area) => {
            let rings = std::iter::once((Part::Ring, area.exterior()));
            for (part, ring) in rings.chain(area.interiors().iter().map(|r| (Part::Hole, r))) {
                let open = ring.0.len().saturating_sub(1);
                into.part(part, ring.coords().take(open).map(|c| LonLat::new(c.x, c.y)));
            }
        }
    }
}

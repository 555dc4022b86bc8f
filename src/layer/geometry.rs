//! What the geometries of a layer are, in the words of the OGC's simple features.

use super::{Kind, Layer, Part, Shapes};

/// The geometry type of a feature; `None` for one without geometry. A collection of different
/// things is a `GeometryCollection`.
pub fn of_feature(shapes: &Shapes, row: usize) -> Option<&'static str> {
    // A hole makes nothing multiple.
    let several = || {
        let parts = shapes.parts_of(row);
        parts.filter(|part| shapes.role(row, *part) != Part::Hole).nth(1).is_some()
    };
    match shapes.kind(row) {
        Kind::None => None,
        Kind::Mixed => Some("GeometryCollection"),
        kind if shapes.only_points() || !several() => Some(match kind {
            Kind::Point => "Point",
            Kind::Line => "LineString",
            _ => "Polygon",
        }),
        Kind::Point => Some("MultiPoint"),
        Kind::Line => Some("MultiLineString"),
        Kind::Area => Some("MultiPolygon"),
    }
}

/// The geometry type of a layer: that of its features, the multiple one where some are multiple,
/// `Geometry` where they differ in more; `None` where nothing has a geometry.
pub fn of_layer(layer: &Layer) -> Option<&'static str> {
    let mut all: Option<&'static str> = None;
    for chunk in &layer.chunks {
        for row in 0..chunk.shapes.len() {
            let Some(own) = of_feature(&chunk.shapes, row) else { continue };
            all = Some(match all {
                None => own,
                Some(before) if before == own || before.strip_prefix("Multi") == Some(own) => {
                    before
                }
                Some(before) if own.strip_prefix("Multi") == Some(before) => own,
                Some(_) => return Some("Geometry"),
            });
        }
    }
    all
}

//! `FlatGeobuf`, the features in the order of the layer: an index would sort them anew.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

use flatgeobuf::{ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType};
use geozero::{ColumnValue, PropertyProcessor, wkb::Wkb};

use super::{Job, Left, WriteError, wkb};
use crate::{
    geo::crs_wkt,
    layer::{Cause, FieldKind, Finding, Kind, Value, geometry},
};

/// Writes one layer.
pub fn write(job: &Job<'_>, path: &Path) -> Result<Vec<Finding>, WriteError> {
    let own = job.only_layer()?;
    let crs = job.crs();
    let wkt = crs_wkt::to_ogc(crs).ok_or(WriteError::OtherCrs { format: job.format, crs })?;
    let code = crs.epsg().and_then(|code| i32::try_from(code).ok()).unwrap_or(0);
    let kind = match geometry::of_layer(own.layer) {
        Some("Point") => GeometryType::Point,
        Some("MultiPoint") => GeometryType::MultiPoint,
        Some("LineString") => GeometryType::LineString,
        Some("MultiLineString") => GeometryType::MultiLineString,
        Some("Polygon") => GeometryType::Polygon,
        Some("MultiPolygon") => GeometryType::MultiPolygon,
        _ => GeometryType::Unknown,
    };
    let multiple = geometry::of_layer(own.layer).is_some_and(|kind| kind.starts_with("Multi"));
    let options = FgbWriterOptions {
        write_index: false,
        detect_type: false,
        promote_to_multi: false,
        crs: FgbCrs { code, wkt: Some(&wkt), ..FgbCrs::default() },
        ..FgbWriterOptions::default()
    };
    let mut file = FgbWriter::create_with_options(&own.layer.name, kind, options)
        .map_err(|e| job.failed(e))?;
    let kinds: Vec<FieldKind> = (0..own.layer.fields.len()).map(|i| own.layer.kind_of(i)).collect();
    for (field, kind) in own.layer.fields.iter().zip(&kinds) {
        file.add_column(&field.name, column(*kind), |_, _| {});
    }
    let mut left = Left::default();
    for at in own.rows() {
        let parts = own.parts(at, crs);
        // A feature without a geometry, or with a collection, makes the file unreadable to GDAL: the
        // crate writes neither as the format has it.
        let kinds_of = [Kind::Point, Kind::Line, Kind::Area];
        let pieces = kinds_of.map(|kind| {
            parts.iter().filter(|(part, _)| part.kind() == kind).cloned().collect::<Vec<_>>()
        });
        let shapes: Vec<Vec<u8>> =
            pieces.iter().filter_map(|piece| wkb::of_parts(piece, multiple)).collect();
        match shapes.len() {
            0 => left.count(Cause::WithoutShape, ""),
            1 => {}
            _ => left.count(Cause::CollectionSplit, ""),
        }
        for shape in shapes {
            let mut told = Ok(false);
            file.add_feature_geom(Wkb(shape), |feature| {
                for (i, kind) in kinds.iter().enumerate() {
                    let value = own.value(at, i);
                    let text;
                    let value = match (value, kind) {
                        (Value::Missing, _) => continue,
                        (Value::Bool(b), FieldKind::Bool) => ColumnValue::Bool(b),
                        (Value::Integer(n), FieldKind::Integer) => ColumnValue::Long(n),
                        (Value::Integer(n), FieldKind::Number) => ColumnValue::Double(n as f64),
                        (Value::Number(n), FieldKind::Number) => ColumnValue::Double(n),
                        (Value::Text(t), FieldKind::Date | FieldKind::DateTime) => {
                            ColumnValue::DateTime(t)
                        }
                        (Value::Text(t), _) => ColumnValue::String(t),
                        (other, _) => {
                            text = other.to_string();
                            ColumnValue::String(&text)
                        }
                    };
                    if told.is_ok() {
                        told = feature.property(i, "", &value);
                    }
                }
            })
            .map_err(|e| job.failed(e))?;
            told.map_err(|e| job.failed(e))?;
        }
    }
    let out = File::create(path).map_err(|reason| job.unwritable(reason))?;
    let mut out = BufWriter::new(out);
    file.write(&mut out).map_err(|e| job.failed(e))?;
    // Dropped, it would swallow the error of a disk that is full.
    out.flush().map_err(|reason| job.unwritable(reason))?;
    Ok(left.told())
}

const fn column(kind: FieldKind) -> ColumnType {
    match kind {
        FieldKind::Bool => ColumnType::Bool,
        FieldKind::Integer => ColumnType::Long,
        FieldKind::Number => ColumnType::Double,
        FieldKind::Date | FieldKind::DateTime => ColumnType::DateTime,
        FieldKind::Text => ColumnType::String,
    }
}

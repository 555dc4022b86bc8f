//! `FlatGeobuf`, from its first feature to its last.

use std::io::BufReader;

use fallible_streaming_iterator::FallibleStreamingIterator;
use flatgeobuf::{FeatureProperties, FgbReader};
use geozero::{ColumnValue, CoordDimensions, PropertyProcessor, ToWkb};

use super::{LayerError, Sink, Source, Stated};
use crate::{
    geo::Crs,
    layer::{Cause, Field, Finding, Value, wkb},
};

/// Reads a file.
pub fn read(source: &Source<'_>, sink: &mut Sink<'_>) -> Result<(), LayerError> {
    let wrong = |reason: flatgeobuf::Error| source.damaged("FlatGeobuf", reason);
    let file = source.open()?;
    let reader = FgbReader::open(BufReader::new(file)).map_err(wrong)?;
    let header = reader.header();
    let fields: Vec<Field> = header
        .columns()
        .map(|columns| columns.iter().map(|column| Field::named(column.name())).collect())
        .unwrap_or_default();
    let count = header.features_count().max(1);
    let stated = header.crs().map_or(Stated::Nothing, |crs| {
        let code = i64::from(crs.code());
        let unknown = || Stated::Unknown(format!("EPSG:{code}"));
        Crs::from_epsg(code).map_or_else(unknown, Stated::Crs)
    });
    let name = header.name().filter(|name| !name.is_empty()).map(str::to_owned);
    let count_of_fields = fields.len();
    sink.begin(&name.unwrap_or_else(|| source.stem()), fields);
    let placed = sink.place(stated);
    let place = |x, y| placed.at(x, y);
    let mut features = reader.select_all_seq().map_err(wrong)?;
    let mut read = 0_u64;
    let mut broken = 0;
    loop {
        let feature = match features.next() {
            Ok(Some(feature)) => feature,
            Ok(None) => break,
            Err(e) if read == 0 => return Err(wrong(e)),
            Err(_) => {
                sink.find(Finding::of(Cause::Truncated, 0));
                break;
            }
        };
        read += 1;
        let shape = feature.to_wkb(CoordDimensions::xy()).ok();
        let read_shape =
            shape.is_some_and(|bytes| wkb::read(&bytes, &place, &mut sink.shapes).is_ok());
        sink.count(Cause::BrokenGeometry, usize::from(!read_shape));
        let mut row = Row { fields: count_of_fields, into: sink };
        if feature.process_properties(&mut row).is_err() {
            broken += 1;
        }
        #[expect(clippy::cast_possible_truncation, reason = "a share")]
        sink.set_share((read as f64 / count as f64 * 0.95) as f32);
        sink.end(true)?;
    }
    sink.count(Cause::BrokenRows, broken);
    sink.close(true);
    Ok(())
}

/// Values come with the number of their column; those that are missing do not come.
struct Row<'a, 'b> {
    fields: usize,
    into: &'a mut Sink<'b>,
}

impl PropertyProcessor for Row<'_, '_> {
    fn property(
        &mut self,
        i: usize,
        _: &str,
        value: &ColumnValue<'_>,
    ) -> geozero::error::Result<bool> {
        if i >= self.fields {
            return Ok(false);
        }
        let long;
        let value = match value {
            ColumnValue::Byte(n) => Value::Integer(i64::from(*n)),
            ColumnValue::UByte(n) => Value::Integer(i64::from(*n)),
            ColumnValue::Bool(b) => Value::Bool(*b),
            ColumnValue::Short(n) => Value::Integer(i64::from(*n)),
            ColumnValue::UShort(n) => Value::Integer(i64::from(*n)),
            ColumnValue::Int(n) => Value::Integer(i64::from(*n)),
            ColumnValue::UInt(n) => Value::Integer(i64::from(*n)),
            ColumnValue::Long(n) => Value::Integer(*n),
            ColumnValue::ULong(n) => match i64::try_from(*n) {
                Ok(n) => Value::Integer(n),
                Err(_) => {
                    long = n.to_string();
                    Value::Text(&long)
                }
            },
            ColumnValue::Float(n) => Value::Number(f64::from(*n)),
            ColumnValue::Double(n) => Value::Number(*n),
            ColumnValue::String(s) | ColumnValue::Json(s) | ColumnValue::DateTime(s) => {
                Value::Text(s)
            }
            ColumnValue::Binary(_) => Value::Missing,
        };
        self.into.value(i, value);
        Ok(false)
    }
}

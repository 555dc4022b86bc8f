//! `FlatGeobuf`, from its first feature to its last.

use std::{fs, io::BufReader, path::Path};

use fallible_streaming_iterator::FallibleStreamingIterator;
use flatgeobuf::{FeatureProperties, FgbReader};
use geozero::{ColumnValue, CoordDimensions, PropertyProcessor, ToWkb};

use super::{LayerError, Sink, stem};
use crate::{
    geo::Crs,
    layer::{Finding, Kind, TableBuilder, Value, wkb},
};

/// Reads a file.
pub fn read(path: &Path, sink: &mut Sink<'_>) -> Result<(), LayerError> {
    let failed = |reason| LayerError::Read { path: path.to_owned(), reason };
    let wrong = |reason: flatgeobuf::Error| LayerError::FlatGeobuf {
        path: path.to_owned(),
        reason: reason.to_string(),
    };
    let file = fs::File::open(path).map_err(failed)?;
    let reader = FgbReader::open(BufReader::new(file)).map_err(wrong)?;
    let header = reader.header();
    let fields: Vec<String> = header
        .columns()
        .map(|columns| columns.iter().map(|column| column.name().to_owned()).collect())
        .unwrap_or_default();
    let count = header.features_count().max(1);
    let epsg = header.crs().map_or(4326, |crs| i64::from(crs.code()));
    let name = header.name().filter(|name| !name.is_empty()).map(str::to_owned);
    sink.begin(&name.unwrap_or_else(|| stem(path)), fields.clone());
    let crs = Crs::from_epsg(epsg).unwrap_or_else(|| {
        sink.find(Finding::UnknownDatum(format!("EPSG:{epsg}")));
        Crs::WGS84
    });
    let place = |x, y| crs.to_wgs84([x, y]);
    let mut features = reader.select_all_seq().map_err(wrong)?;
    let mut read = 0_u64;
    let mut broken = 0;
    loop {
        let feature = match features.next() {
            Ok(Some(feature)) => feature,
            Ok(None) => break,
            Err(e) if read == 0 => return Err(wrong(e)),
            Err(_) => {
                sink.find(Finding::Truncated);
                break;
            }
        };
        read += 1;
        let kind = match feature.to_wkb(CoordDimensions::xy()) {
            Ok(bytes) => wkb::read(&bytes, &place, &mut sink.shapes).unwrap_or(Kind::None),
            Err(_) => Kind::None,
        };
        let mut row = Row { told: vec![false; fields.len()], into: &mut sink.rows };
        if feature.process_properties(&mut row).is_err() {
            broken += 1;
        }
        row.finish();
        #[expect(clippy::cast_possible_truncation, reason = "a share")]
        sink.set_share((read as f64 / count as f64 * 0.95) as f32);
        sink.end(kind, true, path)?;
    }
    if broken > 0 {
        sink.find(Finding::BrokenRows(broken));
    }
    sink.close(true);
    Ok(())
}

/// Values come with the number of their column; those that are missing do not come.
struct Row<'a> {
    told: Vec<bool>,
    into: &'a mut TableBuilder,
}

impl Row<'_> {
    fn finish(self) {
        for (i, _) in self.told.iter().enumerate().filter(|(_, told)| !**told) {
            self.into.push(i, Value::Missing);
        }
    }
}

impl PropertyProcessor for Row<'_> {
    fn property(
        &mut self,
        i: usize,
        _: &str,
        value: &ColumnValue<'_>,
    ) -> geozero::error::Result<bool> {
        // A column told twice would shift those after it.
        match self.told.get_mut(i) {
            Some(told) if !*told => *told = true,
            _ => return Ok(false),
        }
        let value = match value {
            ColumnValue::Byte(n) => Value::Integer(i64::from(*n)),
            ColumnValue::UByte(n) => Value::Integer(i64::from(*n)),
            ColumnValue::Bool(b) => Value::Integer(i64::from(*b)),
            ColumnValue::Short(n) => Value::Integer(i64::from(*n)),
            ColumnValue::UShort(n) => Value::Integer(i64::from(*n)),
            ColumnValue::Int(n) => Value::Integer(i64::from(*n)),
            ColumnValue::UInt(n) => Value::Integer(i64::from(*n)),
            ColumnValue::Long(n) => Value::Integer(*n),
            ColumnValue::ULong(n) => i64::try_from(*n).map_or(Value::Missing, Value::Integer),
            ColumnValue::Float(n) => Value::Number(f64::from(*n)),
            ColumnValue::Double(n) => Value::Number(*n),
            ColumnValue::String(s) | ColumnValue::Json(s) | ColumnValue::DateTime(s) => {
                Value::Text(s)
            }
            ColumnValue::Binary(_) => Value::Missing,
        };
        self.into.push(i, value);
        Ok(false)
    }
}

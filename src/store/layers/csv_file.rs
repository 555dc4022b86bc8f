//! Tables with coordinates: CSV, TSV, in UTF-8 or GB 18030.

use std::fs;

use encoding_rs::{GB18030, UTF_8};

use super::{LayerError, Sink, Source, Stated};
use crate::{
    geo::Crs,
    layer::{Cause, Field, Finding, Part, Value},
};

const LON: [&str; 8] = ["lon", "lng", "long", "longitude", "经度", "x", "lon_wgs84", "东经"];
const LAT: [&str; 6] = ["lat", "latitude", "纬度", "y", "lat_wgs84", "北纬"];

/// Reads a table.
pub fn read(source: &Source<'_>, sink: &mut Sink<'_>) -> Result<(), LayerError> {
    let bytes = fs::read(source.path).map_err(|reason| source.unreadable(reason))?;
    let text = if std::str::from_utf8(&bytes).is_ok() {
        UTF_8.decode(&bytes).0
    } else {
        GB18030.decode(&bytes).0
    };
    let line = source.start.split(|b| *b == b'\n').next().unwrap_or_default();
    let count = |separator: u8| line.split(|b| *b == separator).count();
    let delimiter =
        [b',', b'\t', b';'].into_iter().max_by_key(|separator| count(*separator)).unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let header: Vec<String> = reader
        .headers()
        .map(|header| header.iter().map(|name| name.trim().to_owned()).collect())
        .unwrap_or_default();
    let column =
        |names: &[&str]| header.iter().position(|own| names.contains(&own.to_lowercase().as_str()));
    let (Some(lon), Some(lat)) = (column(&LON), column(&LAT)) else {
        return Err(LayerError::NoCoordinates(source.path.to_owned()));
    };
    sink.begin(&source.stem(), header.iter().map(Field::named).collect());
    let placed = sink.place(Stated::Format(Crs::WGS84));
    let (mut broken, mut swapped, mut sound) = (0, 0_usize, 0_usize);
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(_) => {
                broken += 1;
                continue;
            }
        }
        for field in 0..header.len() {
            sink.value(field, Value::of_text(record.get(field).unwrap_or_default()));
        }
        let at = record.get(lon).and_then(degrees).zip(record.get(lat).and_then(degrees));
        match at {
            Some((x, y)) => {
                // In China a latitude is below 54 and a longitude above 73.
                swapped += usize::from((3.0..54.0).contains(&x) && (73.0..136.0).contains(&y));
                sound += 1;
                sink.shapes.part(Part::Point, [placed.at(x, y)]);
            }
            None => {}
        }
        sink.end(true)?;
        #[expect(clippy::cast_possible_truncation, reason = "a share")]
        let share = record.position().map_or(0.0, |p| p.byte() as f64 / bytes.len() as f64) as f32;
        sink.set_share(share * 0.95);
    }
    if swapped * 2 > sound.max(1) {
        sink.find(Finding::of(Cause::Swapped, swapped));
    }
    sink.count(Cause::BrokenRows, broken);
    sink.close(true);
    Ok(())
}

/// Decimal degrees, or degrees, minutes and seconds with their marks.
fn degrees(text: &str) -> Option<f64> {
    let text = text.trim();
    if let Ok(deg) = text.parse::<f64>() {
        return deg.is_finite().then_some(deg);
    }
    let south_or_west = text.contains(['S', 'W', 's', 'w', '南', '西']) || text.starts_with('-');
    let marks = |c: char| !c.is_ascii_digit() && c != '.';
    let parts: Vec<f64> = text
        .split(marks)
        .filter(|part| !part.is_empty())
        .map_while(|part| part.parse().ok())
        .collect();
    let deg = match parts.as_slice() {
        [d] => *d,
        [d, m] => d + m / 60.0,
        [d, m, s] => d + m / 60.0 + s / 3600.0,
        _ => return None,
    };
    Some(if south_or_west { -deg } else { deg })
}

//! What others take for the same file: the crates that such files are read with, and GDAL.

use std::{fs::File, io::BufReader, path::Path, process::Command};

use calamine::{Reader, Xlsx, open_workbook};
use rusqlite::{Connection, types::ValueRef};

use crate::{Measured, measured, parsed};

/// The crate that reads such a file.
pub fn name(path: &Path) -> &'static str {
    match path.extension().and_then(|own| own.to_str()) {
        Some("gpkg") => "rusqlite",
        Some("csv") => "csv",
        Some("xlsx") => "calamine",
        Some("geojson") => "geojson",
        _ => "",
    }
}

/// Reads it with that crate and keeps nothing; `None` where there is none.
pub fn read(path: &Path) -> Option<Measured> {
    let work: fn(&Path) -> Option<usize> = match name(path) {
        "rusqlite" => sqlite,
        "csv" => csv_rows,
        "calamine" => sheet,
        "geojson" => features,
        _ => return None,
    };
    Some(measured(|| work(path).expect("a file that can be read")))
}

/// Every value of every row, looked at.
fn sqlite(path: &Path) -> Option<usize> {
    let file = Connection::open(path).ok()?;
    let mut ask = file.prepare("SELECT * FROM t").ok()?;
    let columns = ask.column_count();
    let mut rows = ask.query([]).ok()?;
    let (mut count, mut bytes) = (0, 0);
    while let Some(row) = rows.next().ok()? {
        for column in 0..columns {
            bytes += match row.get_ref(column).ok()? {
                ValueRef::Text(raw) | ValueRef::Blob(raw) => raw.len(),
                _ => 8,
            };
        }
        count += 1;
    }
    std::hint::black_box(bytes);
    Some(count)
}

/// Records as text, the first two columns as numbers.
fn csv_rows(path: &Path) -> Option<usize> {
    let mut reader = csv::Reader::from_path(path).ok()?;
    let mut record = csv::StringRecord::new();
    let (mut count, mut sum) = (0, 0.0);
    while reader.read_record(&mut record).ok()? {
        sum += record.get(0)?.parse::<f64>().ok()? + record.get(1)?.parse::<f64>().ok()?;
        count += 1;
    }
    std::hint::black_box(sum);
    Some(count)
}

fn sheet(path: &Path) -> Option<usize> {
    let mut book: Xlsx<_> = open_workbook(path).ok()?;
    let range = book.worksheet_range_at(0)?.ok()?;
    Some(range.rows().count() - 1)
}

fn features(path: &Path) -> Option<usize> {
    let file = BufReader::new(File::open(path).ok()?);
    let features = geojson::FeatureReader::from_reader(file).features();
    Some(features.flatten().count())
}

/// All attributes and geometries into memory, as GDAL hands them to `GeoPandas`.
pub fn gdal(path: &Path) -> Option<Measured> {
    const SCRIPT: &str = "import sys, time\nimport pyogrio.raw\n\
        start, busy = time.time(), time.process_time()\nread = pyogrio.raw.read(sys.argv[1])\n\
        print(time.time() - start, time.process_time() - busy, len(read[2]), '-')";
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let run = Command::new(python).args(["-c", SCRIPT]).arg(path).output().ok()?;
    parsed(&String::from_utf8_lossy(&run.stdout))
}

//! Shapefiles: `.shp` with the files beside it, or several of them in a ZIP file.
//!
//! Read by our own code: the format is small, streams out of a ZIP file, and the table's words and
//! numbers are kept exactly (`dbf.rs`, `cell.rs`), which no crate offers for words of a Chinese
//! Windows.

mod bytes;
mod cell;
mod dbf;
mod index;
mod set;
mod shape;

use encoding_rs::{BIG5, EUC_KR, Encoding, GBK, SHIFT_JIS, WINDOWS_1252};

use self::{
    bytes::{HEAD_BYTES, MAGIC, Records, f64_at, words_at},
    dbf::{Row, Rows, Words},
    set::Set,
    shape::Told,
};
use super::{
    Fault, LayerError, Sink, Source, Stated,
    archive::Archive,
    charset::{self, Charset},
};
use crate::{
    geo::crs_wkt,
    layer::{Cause, Finding},
};

const NAME: &str = "Shapefile";
/// The files of a set that may be chosen instead of the `.shp`.
const BESIDE: [&str; 9] = ["shp", "shx", "dbf", "prj", "cpg", "sbn", "sbx", "qix", "qpj"];

/// Whether a source is a set, or a file of one.
pub fn is_one(source: &Source<'_>) -> bool {
    if source.starts_with(MAGIC) && source.ends_in(&["shp"]) {
        return true;
    }
    // Words are another format under its name.
    let is_other = source.ends_in(&["shp"]) && source.is_text();
    source.ends_in(&BESIDE) && !is_other && source.sibling("shp").is_some()
}

/// Whether a source is a ZIP file with one or several.
pub fn is_packed(source: &Source<'_>) -> bool {
    let archive = source.starts_with(b"PK").then(|| Archive::open(source.path).ok()).flatten();
    archive.is_some_and(|archive| !archive.ending(&["shp"]).is_empty())
}

/// Reads it: a layer for each `.shp`.
pub fn read(source: &Source<'_>, sink: &mut Sink<'_>) -> Result<(), LayerError> {
    if !source.starts_with(b"PK") {
        return read_set(source, &Set::beside(source), sink);
    }
    let archive = Archive::open(source.path).map_err(|reason| source.unreadable(reason))?;
    let mut failed = None;
    let mut read = 0;
    for entry in archive.ending(&["shp"]) {
        match read_set(source, &Set::Packed(&archive, entry), sink) {
            Ok(()) => read += 1,
            Err(LayerError::Cancelled) => return Err(LayerError::Cancelled),
            Err(reason) => failed = failed.or(Some((entry.stem().to_owned(), reason))),
        }
    }
    // What else could be a layer has to be taken out first.
    if read > 0 {
        for entry in archive.ending(&["kml", "gpkg", "geojson", "dxf", "csv", "xlsx", "tab", "dwg"])
        {
            sink.find(Finding { cause: Cause::LayerLeftOut, count: 1, detail: entry.name.clone() });
        }
    }
    match failed {
        Some((_, reason)) if read == 0 => Err(reason),
        Some((name, reason)) => {
            let detail = format!("{name}: {reason}");
            sink.find(Finding { cause: Cause::LayerLeftOut, count: 1, detail });
            Ok(())
        }
        None => Ok(()),
    }
}

fn read_set(source: &Source<'_>, set: &Set<'_>, sink: &mut Sink<'_>) -> Result<(), LayerError> {
    let (mut records, bytes) = set.records().map_err(|reason| source.unreadable(reason))?;
    let mut head = Vec::new();
    let unreadable = |reason| source.unreadable(reason);
    let whole = records.read(&mut head, HEAD_BYTES).map_err(unreadable)?;
    if !whole || !head.starts_with(MAGIC) {
        let fault = if head.starts_with(MAGIC) { Fault::Truncated } else { Fault::OtherContent };
        return Err(source.faulty(NAME, fault));
    }
    let raw_extent = raw_extent(&head);
    let charset = charset(set);
    let mut rows = set.open("dbf").and_then(Rows::new);
    let mut words = Words::new(charset, Vec::new());
    let (fields, elsewhere) = match &rows {
        Some(rows) => words.fields(&rows.head),
        None => (Vec::new(), Vec::new()),
    };
    sink.begin(&set.name(), fields);
    let stated = set.words("prj").filter(|text| !text.is_empty());
    let stated = stated.map_or(Stated::Nothing, |text| crs_of_prj(&text, raw_extent));
    let placed = sink.place_by(source, stated, raw_extent)?;
    if rows.is_none() && set.open("dbf").is_some() {
        sink.find(Finding { cause: Cause::LayerLeftOut, count: 1, detail: ".dbf".to_owned() });
    }
    if rows.is_none() && set.open("dbf").is_none() {
        sink.find(Finding { cause: Cause::NoCompanion, count: 1, detail: ".dbf".to_owned() });
    }
    dbf::count(&elsewhere, sink);
    let index = index::read(set, bytes);
    let mut next = index.iter();
    let mut content = Vec::new();
    let (mut shapes, mut read_rows, mut deleted, mut spent) = (0_u64, 0_u64, 0, 0);
    loop {
        // Places out of the index: a record that was written anew stands at the end of the file,
        // and its old bytes are still where they were.
        let at = match (index.is_empty(), next.next()) {
            (true, _) => Some(records.at()),
            (false, Some(at)) => Some(*at),
            (false, None) => None,
        };
        let record = match at {
            // An index that names the same bytes again and again costs no more than two readings.
            Some(_) if spent > bytes.saturating_mul(2) => Record::Cut,
            Some(at) => record(&mut records, at, &mut content).map_err(unreadable)?,
            None => Record::End,
        };
        let row = match &mut rows {
            Some(rows) => rows.next(),
            None => Row::End,
        };
        if record == Record::End && row == Row::End {
            break;
        }
        spent += content.len() as u64;
        shapes += u64::from(record != Record::End);
        read_rows += u64::from(row != Row::End);
        if row == Row::Deleted {
            deleted += 1;
            continue;
        }
        match record {
            Record::Whole => match shape::tell(&content, placed, &mut sink.shapes) {
                Told::Whole => {}
                Told::Broken => sink.count(Cause::BrokenGeometry, 1),
                Told::MultiPatch => sink.count_of(Cause::TypeLeftOut, "MultiPatch", 1),
            },
            Record::Cut => sink.count(Cause::BrokenGeometry, 1),
            Record::End => {}
        }
        if let (Some(rows), Row::Kept) = (&rows, row) {
            rows.tell(&mut words, sink);
        }
        #[expect(clippy::cast_possible_truncation, reason = "a share")]
        sink.set_share((records.at() as f64 / bytes.max(1) as f64 * 0.95) as f32);
        sink.end(true)?;
    }
    sink.count(Cause::DeletedRows, deleted);
    sink.count(Cause::BadText, words.bad);
    if let Some(detail) = words.guessed() {
        sink.find(Finding { cause: Cause::EncodingGuessed, count: 0, detail: detail.to_owned() });
    }
    let stated_bytes = words_at(&head, 24).unwrap_or(bytes);
    if index.is_empty() && records.at() < stated_bytes {
        sink.find(Finding::of(Cause::Truncated, 0));
    }
    let stated_rows = rows.as_ref().map_or(read_rows, |rows| rows.head.rows);
    if rows.is_some() && (shapes != read_rows || read_rows != stated_rows) {
        let detail = format!(".shp {shapes}, .dbf {read_rows} ({stated_rows})");
        sink.find(Finding { cause: Cause::CountDiffers, count: 0, detail });
    }
    sink.close(true);
    Ok(())
}

#[derive(Debug, PartialEq, Eq)]
enum Record {
    Whole,
    /// The index names it, and it cannot be read.
    Cut,
    End,
}

/// Reads the content of the record at a place.
fn record(records: &mut Records, at: u64, content: &mut Vec<u8>) -> std::io::Result<Record> {
    if at < HEAD_BYTES || !records.go(at)? {
        return Ok(Record::Cut);
    }
    if !records.read(content, 8)? {
        let none = content.is_empty();
        return Ok(if none { Record::End } else { Record::Cut });
    }
    let Some(length) = words_at(content, 4) else { return Ok(Record::Cut) };
    let whole = records.read(content, length)?;
    Ok(if whole { Record::Whole } else { Record::Cut })
}

/// What encloses the shapes, as the file states it.
fn raw_extent(head: &[u8]) -> Option<[f64; 4]> {
    let side = |at| f64_at(head, at).filter(|side| side.is_finite());
    Some([side(36)?, side(44)?, side(52)?, side(60)?])
}

/// The encoding of the table's words: out of the `.cpg`, the table's own number, or its words.
fn charset(set: &Set<'_>) -> Charset {
    let stated = set.words("cpg").and_then(|label| charset::of_label(&label));
    let mut rows = set.open("dbf").and_then(Rows::new);
    let language = rows.as_ref().map_or(0, |rows| rows.head.language);
    let mut charset = Charset::new(stated.or_else(|| of_language(language)));
    if matches!(language, 0x03 | 0x57 | 0x58 | 0x59) {
        charset = charset.or_else(WINDOWS_1252);
    }
    if let Some(rows) = &mut rows {
        dbf::sample(rows, &mut charset);
    }
    charset
}

/// The encodings that a table's number names for sure: those of the West are written by programs
/// that know nothing better.
fn of_language(language: u8) -> Option<&'static Encoding> {
    match language {
        0x4D | 0x7A => Some(GBK),
        0x4F | 0x78 => Some(BIG5),
        0x13 | 0x7B => Some(SHIFT_JIS),
        0x4E | 0x79 => Some(EUC_KR),
        _ => None,
    }
}

/// The system of a `.prj`. Where it is not known and the figures are none of degrees, they have to
/// tell it, or the user.
fn crs_of_prj(text: &str, raw_extent: Option<[f64; 4]>) -> Stated {
    let name = || text.split('"').nth(1).unwrap_or(text).chars().take(80).collect();
    let metres = raw_extent.is_some_and(|extent| extent.iter().any(|side| side.abs() > 360.0));
    match crs_wkt::read(text) {
        Ok(crs) => Stated::Crs(crs),
        Err(_) if metres => Stated::Nothing,
        Err(_) => Stated::Unknown(name()),
    }
}

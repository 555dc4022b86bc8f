//! Tables of text: CSV, TSV and their kin, in any encoding, read in blocks.

use super::{
    Columns, LayerError, Sink, Source,
    tabular::{
        Cells, Features, Head, Look, look, no_columns,
        records::{Delimiter, End, Records, Row, record},
        start_of,
    },
};
use crate::layer::{Cause, SheetStart, TableStart, Value};

impl Cells for Row {
    fn width(&self) -> usize {
        self.len()
    }

    fn cell(&self, column: usize) -> Value<'_> {
        Value::of_text(self.get(column))
    }
}

const ENDINGS: [&str; 3] = ["csv", "tsv", "txt"];
/// Endings under which texts come that are called something else.
const OTHERS: [&str; 8] = ["", "xls", "xlsx", "et", "ods", "dat", "xyz", "asc"];

/// Whether a source is one: text of such a name, or, under another one, lines with delimiters.
pub fn is_one(source: &Source<'_>) -> bool {
    if !source.is_text() || source.is_markup_table() {
        return false;
    }
    source.ends_in(&ENDINGS) || source.ends_in(&OTHERS) && has_cells(&source.start_text())
}

/// Whether the first lines have cells.
fn has_cells(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).take(4).peekable();
    lines.peek().is_some() && lines.all(|line| line.contains([',', '\t', ';', '|', '，']))
}

/// Reads a table.
pub fn read(source: &Source<'_>, sink: &mut Sink<'_>) -> Result<(), LayerError> {
    let failed = |reason| source.unreadable(reason);
    let bytes = source.len_bytes()?;
    let mut records = Records::new(source.text()?);
    let (start, head) = loop_for_head(source, sink, &mut records)?;
    records.skip(start.bytes, start.delimiter);
    let mut features = Features::begin(&source.stem(), head, source, sink)?;
    let counts = records.counts();
    while records.advance().map_err(failed)? {
        if !records.row().is_blank() {
            features.row(records.row(), sink)?;
        }
        #[expect(clippy::cast_possible_truncation, reason = "a share")]
        sink.set_share((counts.bytes() as f64 / bytes as f64) as f32 * 0.95);
    }
    features.end(sink);
    sink.count(Cause::OpenQuote, records.open_quotes());
    sink.tell_text(records.script(), &counts);
    sink.close(true);
    sink.declare_times();
    Ok(())
}

/// Where the rows begin, and what parts their cells.
#[derive(Debug, Clone, Copy)]
struct Start {
    bytes: usize,
    delimiter: Delimiter,
}

/// Looks at more and more of the file until its head and some rows are seen.
fn loop_for_head(
    source: &Source<'_>,
    sink: &Sink<'_>,
    records: &mut Records<std::fs::File>,
) -> Result<(Start, Head), LayerError> {
    /// Enough for the heads of most tables; of wide ones more is looked at.
    const LOOK: usize = 1 << 18;
    const MOST: usize = 1 << 26;
    let plane = sink.options.crs.map(crate::geo::Crs::is_plane);
    let mut bytes = LOOK;
    loop {
        sink.check_stopped()?;
        let (text, is_all) = records.look(bytes).map_err(|reason| source.unreadable(reason))?;
        let is_all = is_all || bytes >= MOST;
        let shown = sink.options.columns == Columns::Shown;
        let seen = heads(text, is_all, &sink.options.columns, plane);
        let found = seen
            .into_iter()
            .filter_map(|seen| seen.found)
            .min_by_key(|(_, head)| (head.rank, std::cmp::Reverse(head.names.len())));
        if let Some(found) = found {
            return Ok(found);
        }
        if is_all || shown {
            let seen = heads(text, is_all, &sink.options.columns, plane).into_iter();
            let Some(seen) = seen.rev().max_by_key(|seen| seen.names.len()) else {
                return Err(source.without_features("CSV"));
            };
            let sheet = SheetStart { name: source.stem(), ..seen.start };
            return Err(no_columns(source, seen.names, TableStart { sheets: vec![sheet] }));
        }
        bytes *= 4;
    }
}

/// What a delimiter makes of the beginning of a text.
struct Seen {
    found: Option<(Start, Head)>,
    names: Vec<String>,
    start: SheetStart,
}

fn heads(text: &str, is_all: bool, columns: &Columns, plane: Option<bool>) -> Vec<Seen> {
    let (named, after) = named_delimiter(text);
    let rest = text.get(after..).unwrap_or_default();
    let delimiters = Delimiter::ALL.into_iter();
    let tried = delimiters.filter(|delimiter| named.is_none_or(|named| named == *delimiter));
    tried.map(|delimiter| seen(rest, after, delimiter, is_all, columns, plane)).collect()
}

/// The delimiter that the line `sep=;` names, as Excel reads it, and where the next line begins.
fn named_delimiter(text: &str) -> (Option<Delimiter>, usize) {
    let line = text.lines().next().unwrap_or_default();
    let sign = line.trim_matches('"').get(..4).filter(|word| word.eq_ignore_ascii_case("sep="));
    let sign = sign.and_then(|_| line.trim_matches('"').get(4..));
    match sign.map(|sign| Delimiter::named(if sign.is_empty() { "," } else { sign })) {
        Some(delimiter) => {
            let next = text.find('\n').map_or(text.len(), |end| end + 1);
            (delimiter, next)
        }
        None => (None, 0),
    }
}

fn seen(
    text: &str,
    before: usize,
    delimiter: Delimiter,
    is_all: bool,
    columns: &Columns,
    plane: Option<bool>,
) -> Seen {
    const ROWS: usize = 300;
    let mut rows: Vec<(usize, Row)> = Vec::new();
    let mut at = 0;
    let mut is_cut = false;
    while rows.len() < ROWS && at < text.len() {
        let mut row = Row::default();
        let rest = text.get(at..).unwrap_or_default();
        let mut end = record(rest, delimiter, true, is_all, &mut row);
        if end == End::OpenQuote {
            end = record(rest, delimiter, false, is_all, &mut row);
        }
        let End::At(bytes) = end else {
            is_cut = true;
            break;
        };
        at += bytes;
        if !row.is_blank() {
            rows.push((before + at, row));
        }
    }
    let values = |row: &Row| -> usize { row.width() };
    let sample: Vec<Vec<Value<'_>>> = rows
        .iter()
        .map(|(_, row)| (0..values(row)).map(|column| row.cell(column)).collect())
        .collect();
    let (head, names) = match look(&sample, columns, plane) {
        Look::Head(head) => (Some(*head), Vec::new()),
        Look::Nothing(names) => (None, names),
    };
    let start = start_of("", &sample);
    // With no row behind it a head is not known to be one.
    let head = head.filter(|head| !is_cut || head.rows < rows.len());
    let found = head.and_then(|head| {
        let bytes = match head.rows.checked_sub(1) {
            Some(last) => rows.get(last)?.0,
            None => before,
        };
        Some((Start { bytes, delimiter }, head))
    });
    Seen { found, names, start }
}

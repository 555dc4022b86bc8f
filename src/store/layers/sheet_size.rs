//! How large a workbook becomes when it is unpacked, known before it is read: what it says of its own
//! sizes is not believed.

use std::io::{BufReader, Read};

use zip::ZipArchive;

use super::{LayerError, Sink, Source};

/// More of shared words, styles and the like is not kept in memory.
const MOST_KEPT: u64 = 256 << 20;
/// A sheet is read as a stream, but takes its time.
const MOST_STREAMED: u64 = 2 << 30;
/// Text packs to a fiftieth, rarely to a hundredth.
const MOST_RATIO: u64 = 200;
/// What is smaller than this does no harm, however it is packed.
const HARMLESS: u64 = 32 << 20;
/// Bytes that a packed byte can become at most.
const DEFLATE_RATIO: u64 = 1032;
/// More cells, empty ones among them, are not kept in memory.
const MOST_CELLS: u64 = 6_000_000;

/// Refuses an XLSX file that grows out of all proportion.
pub fn check_xlsx(source: &Source<'_>, sink: &Sink<'_>) -> Result<(), LayerError> {
    check(source, "XLSX", sink, &mut |name, block| {
        let _ = (name, block);
        true
    })
}

/// Refuses an ODS file that grows out of all proportion, or repeats its cells so.
pub fn check_ods(source: &Source<'_>, sink: &Sink<'_>) -> Result<(), LayerError> {
    let mut cells = CellCount::default();
    check(source, "ODS", sink, &mut |name, block| {
        if name == "content.xml" {
            cells.add(block);
        }
        cells.total <= MOST_CELLS
    })
}

fn check(
    source: &Source<'_>,
    format: &'static str,
    sink: &Sink<'_>,
    look: &mut dyn FnMut(&str, &[u8]) -> bool,
) -> Result<(), LayerError> {
    let damaged = |reason: &dyn ToString| source.damaged(format, reason.to_string());
    let file = BufReader::new(source.open()?);
    let mut archive = ZipArchive::new(file).map_err(|e| damaged(&e))?;
    let too_large = || damaged(&"it unpacks to more than can be read");
    let mut block = vec![0; 1 << 16];
    for i in 0..archive.len() {
        let mut entry = archive.by_index(i).map_err(|e| damaged(&e))?;
        let name = entry.name().map_err(|e| damaged(&e))?.into_owned();
        let is_sheet = name.contains("worksheets/");
        // Pictures are never unpacked.
        let is_read = [".xml", ".rels"].iter().any(|end| name.ends_with(end));
        let packed = entry.compressed_size();
        let may_harm = packed.saturating_mul(DEFLATE_RATIO) > HARMLESS || name == "content.xml";
        if !is_read || !may_harm {
            continue;
        }
        let most = if is_sheet { MOST_STREAMED } else { MOST_KEPT };
        let most = most.min(packed.saturating_mul(MOST_RATIO).max(HARMLESS));
        let mut total = 0;
        loop {
            sink.check_stopped()?;
            // A damaged entry is told by who reads it.
            let Ok(count @ 1..) = entry.read(&mut block) else { break };
            total += count as u64;
            let goes_on = look(&name, block.get(..count).unwrap_or_default());
            if total > most || !goes_on {
                return Err(too_large());
            }
        }
    }
    Ok(())
}

/// How many cells a table of an ODS file has when what it repeats is written out. The elements are
/// told by their names alone, as calamine does.
#[derive(Default)]
struct CellCount {
    total: u64,
    row_repeats: u64,
    /// Cells of the row, and of them those before the last with a value.
    in_row: u64,
    kept: u64,
    /// The tag that a block ends in.
    cut: Vec<u8>,
}

impl CellCount {
    fn add(&mut self, block: &[u8]) {
        let mut text = std::mem::take(&mut self.cut);
        text.extend_from_slice(block);
        let end = text.iter().rposition(|b| *b == b'<').unwrap_or(text.len());
        let (whole, cut) = text.split_at(end);
        for tag in whole.split(|b| *b == b'<') {
            self.tag(tag);
        }
        // No tag is that long.
        self.cut = if cut.len() < 1 << 20 { cut.to_vec() } else { Vec::new() };
    }

    fn tag(&mut self, tag: &[u8]) {
        let is = |name: &[u8]| tag.starts_with(name);
        if is(b"table:table-row") {
            self.row_repeats = repeats(tag, "table:number-rows-repeated=");
            (self.in_row, self.kept) = (0, 0);
        } else if is(b"/table:table-row") {
            self.total = self.total.saturating_add(self.kept.saturating_mul(self.row_repeats));
        } else if is(b"table:table-cell") || is(b"table:covered-table-cell") {
            let own = repeats(tag, "table:number-columns-repeated=");
            self.in_row = self.in_row.saturating_add(own).min(16_384);
            if !tag.ends_with(b"/>") || tag.windows(7).any(|part| part == b"office:") {
                self.kept = self.in_row;
            }
        }
    }
}

/// The number of an attribute, 1 where there is none.
fn repeats(tag: &[u8], name: &str) -> u64 {
    let at = tag.windows(name.len()).position(|part| part == name.as_bytes());
    let digits = at.and_then(|at| tag.get(at + name.len() + 1..)).unwrap_or_default();
    let digits = digits.iter().take(12).take_while(|b| b.is_ascii_digit());
    at.map_or(1, |_| digits.fold(0, |n, b| n * 10 + u64::from(b - b'0')))
}

//! Delimited text.

use crate::{
    layer::{Cause, Finding},
    store::layers::{
        LayerError, Sink, Source,
        tabular::records::{Delimiter, End, Records, Row, record},
    },
};

/// Reads all of it, row by row, blank ones too, until one is answered with false.
///
/// # Errors
/// The file cannot be read, or reading was stopped.
pub fn read(
    source: &Source<'_>,
    sink: &Sink<'_>,
    each: &mut dyn FnMut(&Row) -> bool,
) -> Result<Vec<Finding>, LayerError> {
    /// Enough to tell what parts cells.
    const LOOK: usize = 1 << 16;
    let failed = |reason| source.unreadable(reason);
    let mut records = Records::new(source.text()?);
    let (text, is_all) = records.look(LOOK).map_err(failed)?;
    let line = text.lines().next().unwrap_or_default().trim_matches('"');
    let named = line.strip_prefix("sep=").map(|sign| if sign.is_empty() { "," } else { sign });
    let named = named.and_then(Delimiter::named);
    let skipped = named.map_or(0, |_| text.find('\n').map_or(text.len(), |end| end + 1));
    let delimiter = named.unwrap_or_else(|| delimiter_of(text, is_all));
    records.skip(skipped, delimiter);
    let counts = records.counts();
    let mut count = 0_usize;
    while records.advance().map_err(failed)? {
        if !each(records.row()) {
            break;
        }
        count += 1;
        if count.is_multiple_of(4096) {
            sink.check_stopped()?;
        }
    }
    let mut findings = Vec::new();
    let mut find = |cause, count: usize, detail: &str| {
        if count > 0 || !detail.is_empty() {
            findings.push(Finding { cause, count, detail: detail.to_owned() });
        }
    };
    find(Cause::OpenQuote, records.open_quotes(), "");
    find(Cause::BadText, counts.bad(), "");
    if records.script().is_guessed {
        find(Cause::EncodingGuessed, 0, records.script().name());
    }
    Ok(findings)
}

/// What parts the cells of most rows into the same number of several.
fn delimiter_of(text: &str, is_all: bool) -> Delimiter {
    const ROWS: usize = 100;
    let even = |delimiter: Delimiter| {
        let mut widths: Vec<usize> = Vec::new();
        let mut at = 0;
        let mut row = Row::default();
        while widths.len() < ROWS && at < text.len() {
            let rest = text.get(at..).unwrap_or_default();
            let End::At(bytes) = record(rest, delimiter, true, is_all, &mut row) else { break };
            at += bytes;
            if !row.is_blank() {
                widths.push(row.len());
            }
        }
        let most = widths
            .iter()
            .copied()
            .filter(|width| *width > 1)
            .max_by_key(|width| widths.iter().filter(|own| *own == width).count());
        most.map_or((0, 0), |most| (widths.iter().filter(|own| **own == most).count(), most))
    };
    let best = Delimiter::ALL.into_iter().rev().max_by_key(|delimiter| even(*delimiter));
    best.unwrap_or(Delimiter::Comma)
}

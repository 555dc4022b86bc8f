//! How large a workbook becomes when it is unpacked, known before it is read: what it says of its own
//! sizes is not believed.

use std::io::{BufReader, Read};

use zip::ZipArchive;

use super::{Fault, LayerError, Sink, Source};

/// More of shared words, styles and the like is not kept in memory.
const MOST_KEPT: u64 = 256 << 20;
/// Shared words: each takes some eighty bytes, however short it is.
const MOST_WORDS: usize = 4_000_000;
/// A sheet is read as a stream, but takes its time.
const MOST_STREAMED: u64 = 2 << 30;
/// Text packs to a fiftieth, rarely to a hundredth.
const MOST_RATIO: u64 = 200;
/// What is smaller than this does no harm, however it is packed.
const HARMLESS: u64 = 32 << 20;
/// Bytes that a packed byte can become at most.
const DEFLATE_RATIO: u64 = 1032;

/// Refuses an XLSX file that grows out of all proportion.
pub fn check_xlsx(source: &Source<'_>, sink: &Sink<'_>) -> Result<(), LayerError> {
    let damaged = |reason: zip::result::ZipError| source.faulty("XLSX", reason);
    let file = BufReader::new(source.open()?);
    let mut archive = ZipArchive::new(file).map_err(damaged)?;
    let mut block = vec![0; 1 << 16];
    for i in 0..archive.len() {
        let mut entry = archive.by_index(i).map_err(damaged)?;
        let name = entry.name().map_err(damaged)?.into_owned();
        let is_sheet = name.contains("worksheets/");
        // Pictures are never unpacked.
        let is_read = [".xml", ".rels"].iter().any(|end| name.ends_with(end));
        let packed = entry.compressed_size();
        let is_shared = name.to_ascii_lowercase().ends_with("sharedstrings.xml");
        if is_shared && claims_too_many(&mut entry) {
            return Err(source.faulty("XLSX", Fault::TooLarge));
        }
        if !is_read || packed.saturating_mul(DEFLATE_RATIO) <= HARMLESS {
            continue;
        }
        let most = if is_sheet { MOST_STREAMED } else { MOST_KEPT };
        let most = most.min(packed.saturating_mul(MOST_RATIO).max(HARMLESS));
        let (mut total, mut words) = (0, 0);
        loop {
            sink.check_stopped()?;
            // A damaged entry is told by who reads it.
            let Ok(count @ 1..) = entry.read(&mut block) else { break };
            total += count as u64;
            let block = block.get(..count).unwrap_or_default();
            if is_shared {
                words += block.windows(4).filter(|own| own == b"<si>" || own == b"<si/").count();
            }
            if total > most || words > MOST_WORDS {
                return Err(source.faulty("XLSX", Fault::TooLarge));
            }
        }
    }
    Ok(())
}

/// Whether a table of shared words says that it holds more than it can: room is made for as many
/// as it says.
fn claims_too_many(words: &mut impl Read) -> bool {
    /// Room for so many is nothing.
    const HARMLESS_COUNT: u64 = 1 << 20;
    /// A word takes at least `<si/>` and a break.
    const LEAST_WORD: u64 = 6;
    /// What stands before the first word is a few attributes.
    const LONGEST_HEAD: u64 = 1 << 20;
    let mut head = Vec::new();
    // A damaged entry is told by who reads it.
    let _ = words.by_ref().take(LONGEST_HEAD).read_to_end(&mut head);
    let first = head.windows(3).position(|own| own == b"<si");
    let head = head.get(..first.unwrap_or(head.len())).unwrap_or_default();
    let name = b"uniqueCount";
    let claims =
        head.windows(name.len()).enumerate().filter(|(_, own)| own == name).map(|(at, _)| {
            let rest = head.iter().skip(at + name.len());
            let digits =
                rest.skip_while(|b| !b.is_ascii_digit()).take_while(|b| b.is_ascii_digit());
            digits.fold(0_u64, |n, b| n.saturating_mul(10).saturating_add(u64::from(b - b'0')))
        });
    let claimed = claims.max().unwrap_or(0);
    if claimed <= HARMLESS_COUNT {
        return first.is_none() && head.len() as u64 >= LONGEST_HEAD;
    }
    let rest = std::io::copy(&mut words.take(MOST_KEPT), &mut std::io::sink()).unwrap_or(0);
    claimed > (LONGEST_HEAD + rest) / LEAST_WORD
}

//! How large a workbook becomes when it is unpacked, known before it is read: what it says of its own
//! sizes is not believed.

use std::io::{BufReader, Read};

use zip::ZipArchive;

use super::{Fault, LayerError, Sink, Source};

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
        if !is_read || packed.saturating_mul(DEFLATE_RATIO) <= HARMLESS {
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
            if total > most {
                return Err(source.faulty("XLSX", Fault::TooLarge));
            }
        }
    }
    Ok(())
}

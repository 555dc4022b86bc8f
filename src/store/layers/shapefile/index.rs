//! Where the records of a `.shp` are, out of its `.shx`: mostly one after another, and then the
//! index is not needed.

use std::io::{BufReader, Read};

use super::{
    bytes::{HEAD_BYTES, MAGIC, Records, words_at},
    set::Set,
};

/// Places of the records, in the order of the table's rows. Nothing where they follow on another,
/// where there is no index, or where it is damaged or of another file.
pub fn read(set: &Set<'_>, bytes: u64) -> Vec<u64> {
    let mut expected = HEAD_BYTES;
    let mut forwards = true;
    let mut sound = true;
    let mut gapless = true;
    let mut before = 0;
    let seen = each(set, bytes, |at, length| {
        gapless &= at == expected;
        expected = at + 8 + length;
        forwards &= at > before;
        before = at;
        sound &= at == 0 || (HEAD_BYTES..bytes).contains(&at);
    });
    // Out of a ZIP file records come forwards only.
    let usable = sound && (forwards || matches!(set, Set::Beside { .. }));
    if seen == 0 || !usable || gapless && expected == bytes {
        return Vec::new();
    }
    let (mut places, mut lengths) = (Vec::new(), Vec::new());
    each(set, bytes, |at, length| {
        places.push(at);
        if lengths.len() < SAMPLED {
            lengths.push(length);
        }
    });
    if fits(set, &places, &lengths) { places } else { Vec::new() }
}

/// Records at which the index is compared with the file.
const SAMPLED: usize = 64;

/// Whether the first records have the lengths that the index tells.
fn fits(set: &Set<'_>, places: &[u64], lengths: &[u64]) -> bool {
    let (Set::Beside { .. }, Ok((mut records, _))) = (set, set.records()) else { return true };
    let mut head = Vec::new();
    let mut fits = |records: &mut Records, at: u64, length: u64| {
        let read = records.go(at).ok()? && records.read(&mut head, 8).ok()?;
        (read && words_at(&head, 4)? == length).then_some(())
    };
    let known = places.iter().zip(lengths).filter(|(at, _)| **at != 0);
    known.into_iter().all(|(at, length)| fits(&mut records, *at, *length).is_some())
}

/// Tells place and length of each record, in bytes; how many there are.
fn each(set: &Set<'_>, bytes: u64, mut tell: impl FnMut(u64, u64)) -> usize {
    let Some(shx) = set.open("shx") else { return 0 };
    // No record is shorter than twelve bytes.
    let most = HEAD_BYTES + bytes / 12 * 8;
    let mut shx = BufReader::with_capacity(1 << 16, shx).take(most);
    let mut head = [0; 100];
    if shx.read_exact(&mut head).is_err() || !head.starts_with(MAGIC) {
        return 0;
    }
    let mut seen = 0;
    let mut entry = [0; 8];
    while shx.read_exact(&mut entry).is_ok() {
        if let (Some(at), Some(length)) = (words_at(&entry, 0), words_at(&entry, 4)) {
            tell(at, length);
            seen += 1;
        }
    }
    seen
}

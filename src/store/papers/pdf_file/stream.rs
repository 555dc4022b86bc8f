//! Streams of a PDF file unpacked within bounds, whatever they say of their sizes.

use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::{Filter, object::Stream};

/// More than that of one stream is no page and no font.
pub const MOST_STREAM: u64 = 128 << 20;
/// What all streams that are no pictures may unpack to.
const MOST_ALL: u64 = 1 << 30;

/// The bytes of a stream; nothing where it is a picture, is damaged from the start, or grows out of
/// all proportion. What stands before damage is kept.
pub fn unpacked(stream: &Stream<'_>) -> Option<Vec<u8>> {
    let mut bytes = stream.raw_data().into_owned();
    for filter in stream.filters() {
        bytes = match filter {
            Filter::FlateDecode => inflate(&bytes, MOST_STREAM)?,
            Filter::Ascii85Decode => ascii_85(&bytes),
            Filter::AsciiHexDecode => ascii_hex(&bytes),
            Filter::RunLengthDecode => run_length(&bytes)?,
            Filter::LzwDecode => lzw(&bytes)?,
            Filter::Crypt => bytes,
            _ => return None,
        };
    }
    Some(bytes)
}

fn inflate(bytes: &[u8], most: u64) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    // Damage ends the stream; what came before is there.
    let _ = ZlibDecoder::new(bytes).take(most + 1).read_to_end(&mut out);
    if out.is_empty() {
        let _ = DeflateDecoder::new(bytes).take(most + 1).read_to_end(&mut out);
    }
    (out.len() as u64 <= most).then_some(out)
}

fn ascii_hex(bytes: &[u8]) -> Vec<u8> {
    let digits = bytes.iter().take_while(|b| **b != b'>');
    let digits: Vec<u32> = digits.filter_map(|b| char::from(*b).to_digit(16)).collect();
    let pair = |pair: &[u32]| {
        let low = pair.get(1).copied().unwrap_or(0);
        u8::try_from(pair.first().copied().unwrap_or(0) * 16 + low).unwrap_or(0)
    };
    digits.chunks(2).map(pair).collect()
}

fn ascii_85(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut group = Vec::with_capacity(5);
    for byte in bytes {
        match byte {
            b'~' => break,
            b'z' if group.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            _ => continue,
        }
        if group.len() == 5 {
            out.extend(of_85(&group));
            group.clear();
        }
    }
    if group.len() > 1 {
        let kept = group.len() - 1;
        group.resize(5, 84);
        out.extend(of_85(&group).into_iter().take(kept));
    }
    out
}

fn of_85(group: &[u32]) -> [u8; 4] {
    group.iter().fold(0_u32, |n, digit| n.wrapping_mul(85).wrapping_add(*digit)).to_be_bytes()
}

fn run_length(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(&length) = bytes.get(at) {
        at += 1;
        match length {
            128 => break,
            0..128 => {
                let end = (at + usize::from(length) + 1).min(bytes.len());
                out.extend_from_slice(bytes.get(at..end).unwrap_or_default());
                at = end;
            }
            _ => {
                let Some(byte) = bytes.get(at) else { break };
                out.extend(std::iter::repeat_n(*byte, 257 - usize::from(length)));
                at += 1;
            }
        }
        if out.len() as u64 > MOST_STREAM {
            return None;
        }
    }
    Some(out)
}

/// LZW with codes of 9 to 12 bits that grow one code early, as PDF has it.
fn lzw(bytes: &[u8]) -> Option<Vec<u8>> {
    // Each entry is a piece of what has been written.
    let mut table: Vec<(usize, usize)> = Vec::new();
    let mut out: Vec<u8> = Vec::new();
    let (mut bits, mut have, mut width) = (0_u32, 0_u32, 9_u32);
    let mut last: Option<(usize, usize)> = None;
    for byte in bytes {
        bits = bits << 8 | u32::from(*byte);
        have += 8;
        if have < width {
            continue;
        }
        have -= width;
        let code = (bits >> have & ((1 << width) - 1)) as usize;
        bits &= (1 << have) - 1;
        match code {
            256 => {
                table.clear();
                width = 9;
                last = None;
                continue;
            }
            257 => break,
            _ => {}
        }
        let start = out.len();
        if code < 256 {
            out.push(u8::try_from(code).unwrap_or(0));
        } else if let Some((from, len)) = table.get(code - 258).copied() {
            out.extend_from_within(from..from + len);
        } else {
            // The piece that is being made: the last one and its own first byte.
            let Some((from, len)) = last else { break };
            out.extend_from_within(from..from + len);
            out.extend_from_within(from..=from);
        }
        if let Some((from, len)) = last
            && table.len() < 4096 - 258
        {
            // The last piece is followed by the first byte of this one.
            table.push((from, len + 1));
        }
        last = Some((start, out.len() - start));
        width = match table.len() + 258 + 1 {
            ..512 => 9,
            512..1024 => 10,
            1024..2048 => 11,
            _ => 12,
        };
        if out.len() as u64 > MOST_STREAM {
            return None;
        }
    }
    Some(out)
}

/// Whether what the library unpacks by itself, the tables of objects, stays within bounds. Every
/// stream that is no picture is tried.
pub fn is_harmless(file: &[u8]) -> bool {
    /// So far before a stream its dictionary is looked for.
    const DICTIONARY: usize = 2048;
    let mut total = 0_u64;
    let mut at = 0;
    let mut block = vec![0; 1 << 16];
    while let Some(found) = find(file, b"stream", at) {
        at = found + 6;
        if file.get(..found).is_some_and(|before| before.ends_with(b"end")) {
            continue;
        }
        let before = file.get(found.saturating_sub(DICTIONARY)..found).unwrap_or_default();
        let own = before.windows(4).rposition(|w| w == b" obj").unwrap_or(0);
        let dictionary = before.get(own..).unwrap_or_default();
        if find(dictionary, b"Image", 0).is_some() {
            continue;
        }
        let rest = file.get(at..).unwrap_or_default();
        let skipped = rest.iter().take_while(|b| matches!(b, b'\r' | b'\n')).take(2).count();
        let packed = rest.get(skipped..).unwrap_or_default();
        if packed.first().is_none_or(|b| b & 0x0F != 8) {
            continue;
        }
        let mut stream = ZlibDecoder::new(packed);
        let mut own = 0;
        // A damaged stream unpacks to what stands before the damage.
        while let Ok(count @ 1..) = stream.read(&mut block) {
            own += count as u64;
            if own > MOST_STREAM {
                return false;
            }
        }
        total += own;
        if total > MOST_ALL {
            return false;
        }
        at += usize::try_from(stream.total_in()).unwrap_or(0);
    }
    true
}

pub fn find(bytes: &[u8], what: &[u8], from: usize) -> Option<usize> {
    let first = *what.first()?;
    let mut at = from;
    loop {
        let rest = bytes.get(at..)?;
        at += rest.iter().position(|b| *b == first)?;
        if bytes.get(at..)?.starts_with(what) {
            return Some(at);
        }
        at += 1;
    }
}

//! Compound files ([MS-CFB]), as far as it takes to have one stream of them.

use super::super::Fault;

/// A stream of a compound file.
#[derive(Debug)]
pub struct Stream {
    pub bytes: Vec<u8>,
    /// The file ends before the stream does.
    pub is_cut: bool,
}

const HEAD_BYTES: usize = 512;
const SMALL_BYTES: usize = 64;
/// Streams below this lie in small sectors.
const CUTOFF_BYTES: usize = 4096;
const ENTRY_BYTES: usize = 128;
/// Greater numbers of sectors are marks.
const LAST_SECTOR: u32 = 0xFFFF_FFFA;

/// The first stream that there is of these names, in any case.
///
/// # Errors
/// No compound file, none of the streams, or one that is encrypted.
pub fn stream(file: &[u8], names: &[&str]) -> Result<Stream, Fault> {
    let compound = Compound::new(file)?;
    let found =
        |name: &str| compound.entries.iter().find(|own| own.name.eq_ignore_ascii_case(name));
    if found("EncryptedPackage").is_some() {
        return Err(Fault::Encrypted);
    }
    let entry = names.iter().find_map(|name| found(name)).ok_or(Fault::OtherContent)?;
    Ok(compound.content(entry))
}

struct Compound<'a> {
    file: &'a [u8],
    sector_bytes: usize,
    /// The sector that follows each.
    next: Vec<u32>,
    small_next: Vec<u32>,
    /// What small sectors lie in.
    small: Vec<u8>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    length: usize,
}

impl<'a> Compound<'a> {
    fn new(file: &'a [u8]) -> Result<Self, Fault> {
        let head = file.get(..HEAD_BYTES).ok_or(Fault::Truncated)?;
        let sector_bytes = match half(head, 30) {
            9 => 512,
            12 => 4096,
            _ => return Err(Fault::BadHead),
        };
        let mut own = Self {
            file,
            sector_bytes,
            next: Vec::new(),
            small_next: Vec::new(),
            small: Vec::new(),
            entries: Vec::new(),
        };
        own.next = own.table(head);
        let is_large = sector_bytes > 512;
        let raw = own.chain(word(head, 48), usize::MAX, &own.next).bytes;
        own.entries = raw.chunks_exact(ENTRY_BYTES).map(|raw| Entry::read(raw, is_large)).collect();
        // The first entry is the root, and its content what small sectors lie in.
        let Some(root) = own.entries.first() else { return Err(Fault::Truncated) };
        own.small = own.chain(root.start, root.length, &own.next).bytes;
        own.small_next = words(&own.chain(word(head, 60), usize::MAX, &own.next).bytes);
        Ok(own)
    }

    /// The table that says which sector follows which: its own sectors are listed in the head and,
    /// if there are many, in a chain of lists.
    fn table(&self, head: &[u8]) -> Vec<u32> {
        let most = self.file.len() / self.sector_bytes + 1;
        let mut listed = words(head.get(76..).unwrap_or_default());
        let mut at = word(head, 68);
        for _ in 0..most {
            let Some(list) = self.sector(at) else { break };
            let mut more = words(list);
            at = more.pop().unwrap_or(u32::MAX);
            listed.extend(more);
        }
        let sectors = listed.into_iter().filter_map(|id| self.sector(id)).take(most);
        sectors.flat_map(words).take(most).collect()
    }

    fn sector(&self, id: u32) -> Option<&'a [u8]> {
        let start = (usize::try_from(id).ok()? + 1).checked_mul(self.sector_bytes)?;
        let end = start.checked_add(self.sector_bytes)?.min(self.file.len());
        (id < LAST_SECTOR)
            .then(|| self.file.get(start..end))
            .flatten()
            .filter(|own| !own.is_empty())
    }

    /// The bytes of a chain of sectors, which ends even where it leads back into itself.
    fn chain(&self, mut at: u32, length: usize, next: &[u32]) -> Stream {
        let mut bytes = Vec::new();
        for _ in 0..=next.len() {
            if bytes.len() >= length {
                break;
            }
            let Some(sector) = self.sector(at) else { break };
            bytes.extend_from_slice(sector);
            at = usize::try_from(at).ok().and_then(|at| next.get(at)).copied().unwrap_or(u32::MAX);
        }
        let is_cut = length < usize::MAX && bytes.len() < length;
        bytes.truncate(length);
        Stream { bytes, is_cut }
    }

    fn content(&self, entry: &Entry) -> Stream {
        if entry.length >= CUTOFF_BYTES {
            return self.chain(entry.start, entry.length, &self.next);
        }
        let (mut bytes, mut at) = (Vec::new(), entry.start);
        for _ in 0..=entry.length / SMALL_BYTES {
            let Ok(index) = usize::try_from(at) else { break };
            let start = index.saturating_mul(SMALL_BYTES);
            let end = start.saturating_add(SMALL_BYTES).min(self.small.len());
            let Some(sector) = self.small.get(start..end) else { break };
            bytes.extend_from_slice(sector);
            at = self.small_next.get(index).copied().unwrap_or(u32::MAX);
        }
        let is_cut = bytes.len() < entry.length;
        bytes.truncate(entry.length);
        Stream { bytes, is_cut }
    }
}

impl Entry {
    fn read(raw: &[u8], is_large: bool) -> Self {
        let units = raw.get(..64).unwrap_or_default().as_chunks().0;
        let units = units.iter().map(|pair| u16::from_le_bytes(*pair)).take_while(|unit| *unit > 0);
        let name = char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')).collect();
        // The upper half is noise in files of small sectors.
        let upper = if is_large { word(raw, 124) } else { 0 };
        let length = u64::from(upper) << 32 | u64::from(word(raw, 120));
        Self {
            name,
            start: word(raw, 116),
            length: usize::try_from(length).unwrap_or(usize::MAX - 1),
        }
    }
}

fn half(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..).and_then(<[u8]>::first_chunk).copied().map_or(0, u16::from_le_bytes)
}

fn word(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(<[u8]>::first_chunk).copied().map_or(0, u32::from_le_bytes)
}

fn words(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks().0.iter().map(|own| u32::from_le_bytes(*own)).collect()
}

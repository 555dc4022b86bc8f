//! The parts of a zipped document, unpacked within bounds whatever the archive says of its sizes.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::PaperFault;
use crate::store::layers::Fault;

/// More than that of one part is no plan.
const MOST_PART: u64 = 256 << 20;
/// A part may grow this much beyond its packed size: text packs to a fiftieth, rarely to a
/// hundredth.
const MOST_RATIO: u64 = 200;
/// What is smaller than this does no harm, however it is packed.
const HARMLESS: u64 = 32 << 20;

/// A zipped document, open.
pub struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
    form: &'static str,
}

impl<'a> Package<'a> {
    /// # Errors
    /// Bytes that are no archive, or one whose end is missing.
    pub fn open(bytes: &'a [u8], form: &'static str) -> Result<Self, PaperFault> {
        let zip = ZipArchive::new(Cursor::new(bytes));
        let mut zip = zip.map_err(|reason| PaperFault::of(form, reason.into()))?;
        let count = zip.len();
        let mut names = Vec::new();
        for index in 0..count {
            let name =
                zip.by_index_raw(index).ok().and_then(|part| part.name().ok().map(Into::into));
            // A place must stay for what cannot be read.
            names.push(name.unwrap_or_default());
        }
        Ok(Self { zip, names, form })
    }

    /// Whether a part whose name ends so is there, in any case.
    pub fn has_ending(&self, ending: &str) -> bool {
        self.names.iter().any(|name| name.to_ascii_lowercase().ends_with(ending))
    }

    pub fn has(&self, name: &str) -> bool {
        self.names.iter().any(|own| own.eq_ignore_ascii_case(name))
    }

    /// A part, and whether it was cut by damage.
    ///
    /// # Errors
    /// A part that is encrypted or grows out of all proportion.
    pub fn part(&mut self, name: &str) -> Result<Option<(Vec<u8>, bool)>, PaperFault> {
        let Some(index) = self.names.iter().position(|own| own.eq_ignore_ascii_case(name)) else {
            return Ok(None);
        };
        let form = self.form;
        let faulty = |reason: zip::result::ZipError| PaperFault::of(form, reason.into());
        let part = self.zip.by_index(index).map_err(faulty)?;
        let most = part.compressed_size().saturating_mul(MOST_RATIO).clamp(HARMLESS, MOST_PART);
        let mut bytes = Vec::new();
        let read = part.take(most + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > most {
            return Err(PaperFault::of(form, Fault::TooLarge));
        }
        Ok(Some((bytes, read.is_err())))
    }
}

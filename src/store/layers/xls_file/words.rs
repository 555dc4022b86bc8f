//! Texts of a workbook: those that cells share, and those of cells themselves.

use encoding_rs::{Encoding, GB18030};

use super::{
    super::charset::of_label,
    record::{Pieces, Record},
};

/// How texts of a workbook are written.
#[derive(Debug, Clone, Copy)]
pub enum Spelling {
    /// Since Excel 97.
    Unicode,
    /// Excel 5 and 95: in the code page of the machine.
    Page(&'static Encoding),
}

impl Spelling {
    /// That of a version and a code page, as the file numbers both.
    pub fn of(version: u16, page: Option<u16>) -> Self {
        if version == 0x0500 {
            let page = page.and_then(|page| of_label(&page.to_string()));
            Self::Page(page.unwrap_or(GB18030))
        } else {
            Self::Unicode
        }
    }

    /// A text with its length of two bytes at a place of a record.
    pub fn text(self, record: &Record<'_>, at: usize) -> String {
        let mut text = String::new();
        match self {
            // What is cut is there as far as it goes.
            Self::Unicode => drop(record.pieces(at).text(&mut text)),
            Self::Page(page) => {
                let count = usize::from(record.half(at).unwrap_or(0));
                let raw = record.data.get(at + 2..).unwrap_or_default();
                text = page.decode_without_bom_handling(prefix(raw, count)).0.into_owned();
            }
        }
        text
    }

    /// A text with its length of one byte.
    pub fn short_text(self, record: &Record<'_>, at: usize) -> String {
        let count = usize::from(record.data.get(at).copied().unwrap_or(0));
        let mut text = String::new();
        match self {
            Self::Unicode => {
                let wide = record.data.get(at + 1).is_some_and(|marks| marks & 1 != 0);
                let _ = record.pieces(at + 2).signs(count, wide, &mut text);
            }
            Self::Page(page) => {
                let raw = record.data.get(at + 1..).unwrap_or_default();
                text = page.decode_without_bom_handling(prefix(raw, count)).0.into_owned();
            }
        }
        text.retain(|c| c != '\0');
        text
    }
}

fn prefix(raw: &[u8], count: usize) -> &[u8] {
    raw.get(..count).unwrap_or(raw)
}

/// The texts that cells share, in one piece of memory.
#[derive(Debug, Default)]
pub struct Shared {
    text: String,
    ends: Vec<usize>,
}

impl Shared {
    pub fn read(record: &Record<'_>) -> Self {
        let mut own = Self::default();
        let mut pieces: Pieces<'_> = record.pieces(8);
        // How many there are is not believed.
        while pieces.text(&mut own.text).is_some() {
            own.ends.push(own.text.len());
        }
        own.text.truncate(own.ends.last().copied().unwrap_or(0));
        own
    }

    pub fn get(&self, index: u32) -> Option<&str> {
        let index = usize::try_from(index).ok()?;
        let start =
            index.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.text.get(start..*self.ends.get(index)?)
    }
}

//! A view as a text that can be pasted to a colleague: `jintu:view/…`.
//!
//! The text is one word of letters that no mail program changes: what the view says as JSON, packed,
//! with a check sum. Blanks and line breaks in and around it mean nothing; a text that was cut or
//! changed on its way is told from one that was not.

use std::io::{Read, Write};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use flate2::{Compression, Crc, read::DeflateDecoder, write::DeflateEncoder};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Language, message::Tell};
use crate::{catalogue::Filter, tr};

/// What a view's text begins with.
pub const MARK: &str = "jintu:view/";

/// What a view's text says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ViewText {
    /// The title of its plan.
    pub plan: String,
    /// West, south, east, north in degrees; to about a metre.
    pub extent: Option<[f64; 4]>,
    pub filter: Filter,
    pub selected: Vec<String>,
    /// Names of the layers that are shown.
    pub layers: Vec<String>,
}

/// Why a text is no view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadText {
    /// It was cut or changed on its way.
    #[error("the text is damaged")]
    Damaged,
    /// It says something that this version does not know.
    #[error("the text is of a newer version")]
    Newer,
}

/// As it is written, with short names.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    #[serde(rename = "p", skip_serializing_if = "String::is_empty")]
    plan: String,
    #[serde(rename = "e", skip_serializing_if = "Option::is_none")]
    extent: Option<[f64; 4]>,
    #[serde(rename = "f", skip_serializing_if = "Value::is_null")]
    filter: Value,
    #[serde(rename = "s", skip_serializing_if = "Vec::is_empty")]
    selected: Vec<String>,
    #[serde(rename = "l", skip_serializing_if = "Vec::is_empty")]
    layers: Vec<String>,
}

/// What a text may come to: an outline of a filter has thousands of corners, not millions.
const MOST_BYTES: u64 = 4 << 20;
const SUM_BYTES: usize = 4;

impl ViewText {
    /// The view as a text.
    pub fn write(&self) -> String {
        let rounded = |extent: [f64; 4]| extent.map(|side| (side * 1e5).round() / 1e5);
        let written = Written {
            plan: self.plan.clone(),
            extent: self.extent.map(rounded),
            filter: self.filter.to_json(),
            selected: self.selected.clone(),
            layers: self.layers.clone(),
        };
        // Plain data, and a writer in memory: neither has anything to refuse.
        let json = serde_json::to_vec(&written).unwrap_or_default();
        let mut deflater = DeflateEncoder::new(Vec::new(), Compression::best());
        let packed = deflater.write_all(&json).and_then(|()| deflater.finish());
        let mut bytes = sum(&json).to_vec();
        bytes.extend(packed.unwrap_or_default());
        format!("{MARK}{}", URL_SAFE_NO_PAD.encode(bytes))
    }

    /// The view of a text, wherever it stands among others; `None` where there is none.
    pub fn find(text: &str) -> Option<Result<Self, BadText>> {
        /// A mail program breaks a text into so many lines at most.
        const MOST_TRIES: usize = 64;
        let mut tight = String::with_capacity(text.len());
        let mut blanks = Vec::new();
        for c in text.chars() {
            if c.is_whitespace() {
                blanks.push(tight.len());
            } else {
                tight.push(c);
            }
        }
        // A line may have been broken even in the mark.
        let start = tight.find(MARK)? + MARK.len();
        let whole = tight.get(start..).unwrap_or_default();
        let end = start + whole.find(|c: char| !is_letter(c)).unwrap_or(whole.len());
        let read = Self::read(tight.get(start..end).unwrap_or_default());
        if read.is_ok() {
            return Some(read);
        }
        // Words may follow it that are letters, too: where a blank is it may have ended.
        let within = blanks.into_iter().filter(|at| (start..end).contains(at));
        let mut shorter = within.take(MOST_TRIES).filter_map(|at| tight.get(start..at));
        Some(shorter.find_map(|body| Self::read(body).ok()).map_or(read, Ok))
    }

    fn read(body: &str) -> Result<Self, BadText> {
        let bytes = URL_SAFE_NO_PAD.decode(body).map_err(|_| BadText::Damaged)?;
        let (kept, packed) = bytes.split_at_checked(SUM_BYTES).ok_or(BadText::Damaged)?;
        let mut json = Vec::new();
        let mut inflater = DeflateDecoder::new(packed).take(MOST_BYTES + 1);
        inflater.read_to_end(&mut json).map_err(|_| BadText::Damaged)?;
        if json.len() as u64 > MOST_BYTES || sum(&json) != *kept {
            return Err(BadText::Damaged);
        }
        // It arrived as it was sent: what is not understood then is new.
        let written: Written = serde_json::from_slice(&json).map_err(|_| BadText::Newer)?;
        Ok(Self {
            plan: written.plan,
            extent: written.extent,
            filter: Filter::of_json(&written.filter).map_err(|_| BadText::Newer)?,
            selected: written.selected,
            layers: written.layers,
        })
    }
}

impl Tell for BadText {
    fn tell(&self, language: Language) -> String {
        match self {
            Self::Damaged => tr!(language, "view.text_damaged"),
            Self::Newer => tr!(language, "view.text_newer"),
        }
    }
}

const fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

fn sum(bytes: &[u8]) -> [u8; SUM_BYTES] {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum().to_be_bytes()
}

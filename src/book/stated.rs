//! What somebody states, and what is known later, side by side.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{language::Bilingual, units::SourceSpan};

/// A text in both languages as workbooks keep it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Words {
    #[serde(default)]
    pub zh: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
}

impl From<&Bilingual> for Words {
    fn from(text: &Bilingual) -> Self {
        Self { zh: text.zh.clone(), en: text.en.clone() }
    }
}

impl From<&Words> for Bilingual {
    fn from(text: &Words) -> Self {
        Self::new(text.zh.as_str(), text.en.as_str())
    }
}

/// Who did something by hand, when, and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mark {
    pub who: String,
    /// Date and time with the offset from UTC, such as `2026-11-26T21:20:35+08:00`.
    pub at: String,
    /// In the words of who did it; empty where nothing was given.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

/// Where a project comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum Origin {
    /// Words of the plan: bytes of its file, which is kept under its hash.
    Plan {
        span: SourceSpan,
        plan: String,
        /// What stands there, so that it can be found in another wording of the plan.
        words: String,
    },
    /// A row of a table, from 1, as its program numbers them.
    Table { file: String, hash: String, sheet: String, row: u32 },
    /// Set down by somebody.
    Hand(Mark),
}

impl Origin {
    /// The words of the plan that it is from; `None` where it is from elsewhere.
    pub const fn span(&self) -> Option<SourceSpan> {
        match self {
            Self::Plan { span, .. } => Some(*span),
            Self::Table { .. } | Self::Hand(_) => None,
        }
    }

    /// The stable name of where it is from: `plan`, `table` or `hand`.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Plan { .. } => "plan",
            Self::Table { .. } => "table",
            Self::Hand(_) => "hand",
        }
    }
}

/// What the origin states for a field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stated {
    pub value: Value,
    /// The bytes of the plan's file that say it, where it is finer than the project's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<SourceSpan>,
    /// The cell of the table that says it, such as `F12`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
}

impl Stated {
    /// A value without a place of its own.
    pub const fn plain(value: Value) -> Self {
        Self { value, span: None, cell: None }
    }
}

/// What is known later.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Later {
    pub value: Value,
    #[serde(flatten)]
    pub mark: Mark,
}

/// A field with both. The later value is in effect where there is one.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FieldRecord {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated: Option<Stated>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub later: Option<Later>,
}

impl FieldRecord {
    /// What is in effect: known later, or else stated; `None` where nothing is, or where it is known
    /// later to be nothing.
    pub fn effective(&self) -> Option<&Value> {
        let later = self.later.as_ref().map(|later| &later.value);
        let value = later.or_else(|| self.stated.as_ref().map(|stated| &stated.value));
        value.filter(|value| !value.is_null())
    }
}

//! The workbook's other records.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Kept, Mark, Table, Words};
use crate::units::SourceSpan;

/// The key of the only record of [`Table::Book`].
pub const BOOK_KEY: &str = "book";

/// The workbook itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BookRecord {
    /// The plan's title, or another that was given.
    pub title: Words,
    /// The plan's bytes by their hash; `None` where there is no plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanRef>,
    /// GB/T 2260 code of the city.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// When the plan was made public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_public: Option<String>,
    pub made: Mark,
    /// The version of the program that made it.
    pub program: String,
}

/// The plan of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanRef {
    /// SHA-256 of its text, in hexadecimal.
    pub hash: String,
    /// The name of the file it came from, without its folder.
    pub name: String,
    /// SHA-256 of the document that the text was taken from, where that is no text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
}

/// A heading of the plan, so that ids of tasks mean the same to a newer reader of plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadingRecord {
    pub id: String,
    pub title: Words,
    pub span: SourceSpan,
}

/// An indicator of the plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TargetRecord {
    pub id: String,
    pub order: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    pub is_baseline: bool,
    pub indicator: Words,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    pub unit: String,
    pub span: SourceSpan,
}

/// A note at a place of the map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NoteRecord {
    pub id: String,
    pub at: [f64; 2],
    pub text: String,
    /// The project it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    pub mark: Mark,
}

/// A line measured or an outline drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SketchRecord {
    pub id: String,
    pub name: String,
    pub geometry: geojson::Geometry,
    pub mark: Mark,
}

/// A layer of the user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LayerRecord {
    pub id: String,
    pub order: u32,
    pub name: String,
    /// The file, as a path beside the workbook or from the root; `None` where it is embedded only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// SHA-256 of the file when it was added; embedded bytes are kept under it.
    pub hash: String,
    #[serde(default)]
    pub embedded: bool,
    #[serde(default)]
    pub hidden: bool,
    /// The style as settings keep it.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub style: Value,
    /// What the user said so that the file could be read: its reference system, its columns.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub reading: Value,
    /// The embedded files by name, the one that is opened first: a Shapefile is several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<EmbeddedFile>,
}

/// A file in the workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmbeddedFile {
    /// Without its folder.
    pub name: String,
    /// SHA-256 of its bytes, which are kept under it.
    pub hash: String,
}

/// A view with its filter, layers and selection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ViewRecord {
    pub id: String,
    pub order: u32,
    pub name: String,
    /// West, south, east, north in degrees.
    pub extent: [f64; 4],
    /// The filter as settings keep it.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub filter: Value,
    /// Ids of the layers that are shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub layers: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selection: Option<String>,
}

/// A saved filter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FilterRecord {
    pub id: String,
    pub order: u32,
    pub name: String,
    /// The filter as settings keep it.
    pub filter: Value,
}

/// A deck of slides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeckRecord {
    pub id: String,
    pub order: u32,
    pub name: Words,
}

/// A slide of a deck.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SlideRecord {
    pub id: String,
    /// The id of its deck.
    pub deck: String,
    pub order: u32,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    pub kicker: Words,
    pub title: Words,
    pub caption: Words,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub project_ids: Vec<String>,
    /// West, south, east, north in degrees; `None` fits the projects of `fit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extent: Option<[f64; 4]>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fit: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<SlideFigureRecord>,
    /// The words of the plan that it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<SourceSpan>,
    /// The filter, the layers and the selection of the view it was saved from; without a filter it was
    /// not saved from one, and one that lets everything pass is an object all the same.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub filter: Value,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub layers: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selection: Option<String>,
    /// What the speaker reads.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub notes: String,
}

/// A figure of a slide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlideFigureRecord {
    pub label: Words,
    pub value: Words,
    pub unit: Words,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub approx: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<SourceSpan>,
    /// Who gave it another value than the words of `span`, or one without words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_hand: Option<Mark>,
}

/// What is reported of a project at a date: never in place of what the plan states.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LedgerRecord {
    pub id: String,
    pub project: String,
    /// `2026-11-26`, `2026-11` or `2026`.
    pub date: String,
    pub text: String,
    /// Values by the names of fields.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub values: Value,
    pub mark: Mark,
}

/// A file that belongs to a project or to the workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentRecord {
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    pub name: String,
    /// SHA-256 of its bytes, which are kept under it.
    pub hash: String,
    /// How many bytes; 0 where an earlier version of the program did not write it down.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub bytes: u64,
    /// Of a small picture of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thumbnail: Option<String>,
    pub mark: Mark,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_zero(bytes: &u64) -> bool {
    *bytes == 0
}

/// A newer text of the plan that was compared with the older one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RevisionRecord {
    pub id: String,
    /// The newer text, kept under its hash.
    pub plan: PlanRef,
    /// The hash of the text it was compared with.
    pub compared_with: String,
    /// What was decided of each difference, by the id of the project.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub decided: Value,
    pub mark: Mark,
}

/// A setting that belongs to the workbook.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SettingRecord {
    pub name: String,
    pub value: Value,
}

/// `Record in Table by field;` for each.
macro_rules! kept {
    ($($record:ident in $table:ident by $key:ident;)+) => {
        $(impl Kept for $record {
            const TABLE: Table = Table::$table;

            fn key(&self) -> &str {
                &self.$key
            }
        })+
    };
}

kept! {
    HeadingRecord in Outline by id;
    TargetRecord in Targets by id;
    NoteRecord in Notes by id;
    SketchRecord in Sketches by id;
    LayerRecord in Layers by id;
    ViewRecord in Views by id;
    FilterRecord in Filters by id;
    DeckRecord in Decks by id;
    SlideRecord in Slides by id;
    LedgerRecord in Ledger by id;
    AttachmentRecord in Attachments by id;
    RevisionRecord in Revisions by id;
    SettingRecord in Settings by name;
}

impl Kept for BookRecord {
    const TABLE: Table = Table::Book;

    fn key(&self) -> &'static str {
        BOOK_KEY
    }
}

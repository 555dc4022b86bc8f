//! A project of the plan, as the rest of the program sees it.

use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use super::accuracy::{Accuracy, Status};
use crate::{
    book::{Mark, RowRecord},
    language::Bilingual,
    plan::{Certainty, Ground, Quantity},
    units::{LonLat, SourceSpan, TextRange},
};

/// A sum of money the plan states for a project.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Investment {
    /// In 亿元 (10⁸ yuan).
    pub yi: f64,
    /// The plan says 约.
    pub approx: bool,
}

/// A figure of the plan that belongs to a project.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    pub quantity: Quantity,
    pub value: f64,
    /// Upper end, where the plan states a range.
    pub value_max: Option<f64>,
    pub unit: String,
    /// The number and the unit in the plan's own words, such as 40 and 万平方米.
    pub stated_value: String,
    pub stated_unit: String,
    /// What it measures by the words around it, such as 航站楼; empty where they do not say.
    pub subject: Bilingual,
    pub approx: bool,
    /// The phrase in the normalised text.
    pub range: TextRange,
    pub text: String,
    /// The phrase in the file.
    pub span: SourceSpan,
    /// Who said that it belongs to the project, where the reader of plans did not.
    pub by_hand: Option<Mark>,
}

/// A county that a project lies in or passes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CountyShare {
    /// GB/T 2260 code.
    pub code: String,
    pub name: String,
    /// Kilometres inside, for lines. A river that is the border with another county counts half on
    /// each bank, so that the counties add up to the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length_km: Option<f64>,
    /// Kilometres of a river that are its border with another county, in full.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub border_km: Option<f64>,
    /// Where along the main line it is entered first, in metres; orders the list.
    #[serde(skip)]
    pub first_m: f64,
    /// Holds an end of a line, or the site itself.
    #[serde(skip)]
    pub is_end: bool,
}

/// Why a project is not on the map, and where a hollow anchor may stand for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Unlocated {
    pub reason: Bilingual,
    /// The place the anchor stands for, such as a county or a development zone.
    pub anchor_name: Option<Bilingual>,
    pub anchor: Option<LonLat>,
}

/// A public fact from after the plan. It stands beside the plan's statement, never in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// `2024-12-09`, `2024-12`, `2024`, or `2023/2024` where only one of two years is possible.
    pub date: String,
    pub text: Bilingual,
    /// Publisher, title and date of each.
    pub sources: Vec<Bilingual>,
    /// What of the plan's statements it changes.
    pub changes: Vec<Change>,
}

/// What the plan states and what was reported later, for both to be shown side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it is about, such as 总投资.
    pub subject: Bilingual,
    /// The plan's statement, in short.
    pub stated: Bilingual,
    /// The plan's own words.
    pub words: TextRange,
    pub later: Bilingual,
}

/// Where a project comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ProjectOrigin {
    /// Words of the plan.
    #[default]
    Plan,
    /// A row of a table.
    Table,
    /// Set down by somebody.
    Hand,
}

impl ProjectOrigin {
    /// Its stable name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Table => "table",
            Self::Hand => "hand",
        }
    }
}

/// A value that was set later. It is in effect; what is stated stands beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct SetValue {
    /// The name of the field in JSON.
    pub field: String,
    /// Null where it is known to be nothing.
    pub value: Value,
    /// What the plan or the table states; `None` where they say nothing.
    pub stated: Option<Value>,
    pub who: String,
    /// Date and time with the offset from UTC.
    pub at: String,
    pub source: String,
    /// A row of a table told it; otherwise somebody set it by hand.
    pub is_of_row: bool,
}

/// One project.
#[derive(Debug, Clone, PartialEq)]
pub struct Project {
    /// `B1-01`, `T-01`, `F-01`; `P-3-01` for what the running text names, by chapter; `L1-01` for what
    /// the first table lists.
    pub id: String,
    pub name: Bilingual,
    /// At most eight Hanzi, for the map.
    pub short_name: Bilingual,
    /// Key into the catalogue's kinds.
    pub kind: String,
    pub status: Status,
    /// Keys of cooperation regions.
    pub regions: Vec<String>,
    /// Outline ids of the tasks it serves, such as `3.1.1`.
    pub tasks: Vec<String>,
    /// Counties it lies in or passes, in order along the line.
    pub counties: Vec<CountyShare>,
    pub investment: Option<Investment>,
    pub facts: Vec<Fact>,
    pub organisations: Vec<String>,
    /// Its words in the text: the whole box item, or the phrase that names it.
    pub words: TextRange,
    /// Further places of the text that name it.
    pub also: Vec<TextRange>,
    pub accuracy: Accuracy,
    /// Indexes into the catalogue's features.
    pub features: Vec<usize>,
    /// Geodesic length of the lines that count, as drawn.
    pub length_km: Option<f64>,
    /// How much of `length_km` lies beyond the counties that the map has.
    pub beyond_km: Option<f64>,
    pub stated_length_km: Option<f64>,
    pub unlocated: Option<Unlocated>,
    pub updates: Vec<Update>,
    /// Rows of tables that tell of it; that of its origin first.
    pub rows: Arc<[RowRecord]>,
    pub note: Option<Bilingual>,
    /// When it is built, in words such as 2024—2026; `None` where nobody says.
    pub period: Option<String>,
    pub origin: ProjectOrigin,
    /// How sure it is that the running text names it; `None` where a list or somebody says so.
    pub certainty: Option<Certainty>,
    /// What told it in the running text; `None` where a list or somebody says so.
    pub ground: Option<Ground>,
    /// Who accepted what was recognised; `None` where nobody has looked at it yet.
    pub reviewed: Option<Mark>,
    /// Who marked its words as a project, where the reader of plans did not.
    pub marked: Option<Mark>,
    /// What was set later, by the names of the fields.
    pub set: Vec<SetValue>,
    /// Ids of projects that have to do with it, by hand.
    pub related: Vec<String>,
    /// Ids of entries that name the same work.
    pub same_as: Vec<String>,
    pub flagship: bool,
}

impl Project {
    /// Whether it stands on the map as itself.
    pub fn is_located(&self) -> bool {
        !self.features.is_empty()
    }

    /// The latest change of each statement of the plan, with the update that tells it, in the order
    /// in which the subjects were first changed.
    pub fn changes(&self) -> Vec<(&Update, &Change)> {
        let mut latest: Vec<(&Update, &Change)> = Vec::new();
        for update in &self.updates {
            for change in &update.changes {
                match latest.iter_mut().find(|(_, known)| known.subject == change.subject) {
                    Some(known) => *known = (update, change),
                    None => latest.push((update, change)),
                }
            }
        }
        latest
    }

    /// Every place of the text that names it, its own words first.
    pub fn mentions(&self) -> impl Iterator<Item = TextRange> + '_ {
        std::iter::once(self.words).chain(self.also.iter().copied())
    }
}

/// Order of ids in every list: boxes, then works in the text, then finished works, then what is
/// proposed from the running text, then rows of tables, then what was added by hand, each by number.
pub fn id_order(id: &str) -> (u8, u32, u32) {
    let series = match id.bytes().next() {
        Some(b'B') => 0,
        Some(b'T') => 1,
        Some(b'F') => 2,
        Some(b'L') => 4,
        Some(b'H') => 5,
        _ => 3,
    };
    let mut numbers = id
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().unwrap_or(u32::MAX));
    let first = numbers.next().unwrap_or(0);
    (series, first, numbers.next().unwrap_or(0))
}

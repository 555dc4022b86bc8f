//! The saved form of what came after the plan, and of where facts come from.

use serde::Deserialize;

use crate::language::Bilingual;

/// One entry of `sources.json`: publisher, title and date in words; never a web address.
#[derive(Debug, Clone, Deserialize)]
pub struct SourceSeed {
    pub id: String,
    /// Empty where nobody in particular publishes it.
    #[serde(default)]
    pub publisher_zh: String,
    #[serde(default)]
    pub publisher_en: String,
    pub title_zh: String,
    pub title_en: String,
    /// `2024-12-19`, `2024-12` or `2024`; `None` where the source prints none.
    #[serde(default)]
    pub date: Option<String>,
}

impl SourceSeed {
    /// Publisher, title and date on one line, such as `山西日报：太原西北二环高速公路通车，2024-12-19`.
    pub(super) fn line(&self) -> Bilingual {
        let joined = |publisher: &str, colon: &str, title: &str, comma: &str| {
            let mut line = publisher.to_owned();
            if !publisher.is_empty() {
                line.push_str(colon);
            }
            line.push_str(title);
            if let Some(date) = &self.date {
                line.push_str(comma);
                line.push_str(date);
            }
            line
        };
        Bilingual::new(
            joined(&self.publisher_zh, "：", &self.title_zh, "，"),
            joined(&self.publisher_en, ": ", &self.title_en, ", "),
        )
    }
}

/// A public fact from after the plan.
#[derive(Debug, Clone, Deserialize)]
pub struct UpdateSeed {
    #[serde(default)]
    pub date: Option<String>,
    pub text_zh: String,
    pub text_en: String,
    /// Ids of `sources.json`.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Features that it tells of; without any it tells of the whole work.
    #[serde(default)]
    pub features: Vec<String>,
    #[serde(default)]
    pub changes: Vec<ChangeSeed>,
}

/// A statement of the plan that a later fact changes. Both stand side by side.
#[derive(Debug, Clone, Deserialize)]
pub struct ChangeSeed {
    pub subject_zh: String,
    pub subject_en: String,
    pub phrase: String,
    #[serde(default = "first")]
    pub occurrence: usize,
    pub stated_zh: String,
    pub stated_en: String,
    pub later_zh: String,
    pub later_en: String,
}

/// Phrases are counted from 1.
pub(super) const fn first() -> usize {
    1
}

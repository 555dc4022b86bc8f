//! Slides of the built-in tour.

use serde::Deserialize;

use crate::units::TextRange;

/// What a slide shows.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlideView {
    /// Fit these projects.
    #[serde(rename = "fit")]
    Projects(Vec<String>),
    /// Fit west, south, east, north in degrees.
    Bbox([f64; 4]),
}

/// A number of a slide, with the phrase of the plan it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct SlideFigure {
    pub label_zh: String,
    pub label_en: String,
    pub value: String,
    /// The value in the unit used in English, such as 25.7 bn for 257 亿.
    pub value_en: String,
    pub unit_zh: String,
    pub unit_en: String,
    pub approx: bool,
    pub words: Option<TextRange>,
}

/// One slide.
#[derive(Debug, Clone, PartialEq)]
pub struct Slide {
    pub id: String,
    pub project_ids: Vec<String>,
    pub view: SlideView,
    pub kicker_zh: String,
    pub kicker_en: String,
    pub title_zh: String,
    pub title_en: String,
    pub caption_zh: String,
    pub caption_en: String,
    pub figures: Vec<SlideFigure>,
    /// The words of the plan the caption rests on.
    pub words: Option<TextRange>,
}

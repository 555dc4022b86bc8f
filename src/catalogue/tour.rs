//! Slides.

use serde::Deserialize;

use super::Filter;
use crate::{language::Bilingual, units::TextRange};

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
    pub label: Bilingual,
    /// Each in its language's own unit, such as 25.7 bn for 257 亿.
    pub value: Bilingual,
    /// Counts have a unit in Chinese only.
    pub unit: Bilingual,
    pub approx: bool,
    pub words: Option<TextRange>,
}

/// One slide.
#[derive(Debug, Clone, PartialEq)]
pub struct Slide {
    pub id: String,
    pub project_ids: Vec<String>,
    pub view: SlideView,
    pub kicker: Bilingual,
    pub title: Bilingual,
    pub caption: Bilingual,
    pub figures: Vec<SlideFigure>,
    /// The words of the plan the caption rests on.
    pub words: Option<TextRange>,
    /// What else the map showed when the slide was made of it; `None` where it was made otherwise: then
    /// it shows every project, and the layers as they are.
    pub seen: Option<SlideSeen>,
}

/// What a map showed besides its extent.
#[derive(Debug, Clone, PartialEq)]
pub struct SlideSeen {
    pub filter: Filter,
    /// Ids of the layers of the workbook that are shown; the others are not.
    pub layers: Vec<String>,
    /// The project in the card.
    pub selection: Option<String>,
}

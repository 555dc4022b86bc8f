//! Cooperation regions, counties, kinds and targets.

use geo::MultiPolygon;

use crate::{
    language::Bilingual,
    style::Rgba,
    units::{LonLat, SourceSpan, TextRange},
};

/// One of the six cooperation regions.
#[derive(Debug, Clone, PartialEq)]
pub struct CooperationRegion {
    /// `jjj`, `csj`, `yga`, `br`, `hh`, `zbcsq`.
    pub key: String,
    pub name: Bilingual,
    /// What the plan says Taiyuan does with it, such as 深度融入.
    pub verb: Bilingual,
    /// Outline id of its section.
    pub section: String,
    pub cities: Vec<PartnerCity>,
}

/// A city named as a partner.
#[derive(Debug, Clone, PartialEq)]
pub struct PartnerCity {
    pub name: Bilingual,
    pub lon_lat: LonLat,
}

/// A county-level unit.
#[derive(Debug, Clone, PartialEq)]
pub struct County {
    /// GB/T 2260 code.
    pub code: String,
    pub name: Bilingual,
    pub city: String,
    pub province: String,
    /// One of the plan's own city.
    pub in_city: bool,
    pub label_at: LonLat,
    pub polygon: MultiPolygon<f64>,
}

/// A kind of project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    pub key: String,
    pub name: Bilingual,
    /// The character on its pins.
    pub glyph: char,
    pub light: Rgba,
    pub dark: Rgba,
}

/// A target or baseline figure of the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    pub id: String,
    /// The year it is for; `None` where the plan gives none.
    pub year: Option<u16>,
    /// A figure of the past, not a target.
    pub is_baseline: bool,
    pub indicator: Bilingual,
    pub value: Option<f64>,
    pub unit: String,
    /// The phrase in the normalised text and in the file.
    pub range: TextRange,
    pub span: SourceSpan,
}

//! Sizes of letters and lines on a sheet, by the paper: a wall sheet is read from a metre or two,
//! a page from the hand.

use super::page::Page;
use crate::paper::PT_PER_MM;

/// Sizes in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Letters {
    pub title_pt: f32,
    pub subtitle_pt: f32,
    /// The scale, the title of the legend.
    pub heading_pt: f32,
    pub body_pt: f32,
    /// Coordinates, sources.
    pub small_pt: f32,
    pub thin_pt: f32,
    pub frame_pt: f32,
    /// Between paper's edge and outer frame.
    pub margin_pt: f32,
    /// Between things that are near to each other.
    pub gap_pt: f32,
    /// How many times larger than on a screen the map's own letters and lines are.
    pub map_enlarged: f32,
}

/// Letters grow slower than paper: a larger sheet also shows more.
const GROWTH: f32 = 0.66;
/// A Hanzi of the text on A4: 2.5 mm, some 7 typographic points.
const BODY_MM: f32 = 2.5;
const A4_SHORT_MM: f32 = 210.0;

impl Letters {
    /// For a page; `share` below 1 makes all but the title's smaller, for sheets with little room.
    pub fn of(page: Page, share: f32) -> Self {
        let growth = (page.short_mm() / A4_SHORT_MM).powf(GROWTH).clamp(0.7, 4.0);
        let body_pt = BODY_MM * PT_PER_MM * growth * share;
        let short_pt = page.short_mm() * PT_PER_MM;
        Self {
            title_pt: short_pt * 0.031,
            subtitle_pt: body_pt * 1.1,
            heading_pt: body_pt * 1.3,
            body_pt,
            small_pt: body_pt * 0.88,
            thin_pt: 0.2 * PT_PER_MM * growth,
            frame_pt: 0.7 * PT_PER_MM * growth,
            margin_pt: short_pt * 0.036,
            gap_pt: body_pt * 0.9,
            map_enlarged: 0.74 * growth,
        }
    }
}

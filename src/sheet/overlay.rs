//! Furniture over a picture's corners.

use super::{
    block::Block,
    legend::{Legend, LegendLook, legend_of_height},
    north_arrow::north_arrow,
    scale::{LengthWords, metres_per_point, scale_length},
    scale_bar::tick_bar,
    title::{credits, faint, panel, title_panel},
};
use crate::{
    font::Fonts,
    paper::{BoxPt, Item},
    scene::draw::Viewport,
    style::MapPalette,
};

/// Space around all pieces, and between them.
const MARGIN_PT: f32 = 16.0;
const GAP_PT: f32 = 8.0;
/// Longest scale bar.
const BAR_PT: f32 = 140.0;

/// Where a piece stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Corner {
    TopLeft,
    TopRight,
    BottomLeft,
    BottomRight,
}

/// Puts pieces into a picture's corners. Pieces of one corner stack away from it in their order.
#[derive(Debug, Clone, PartialEq)]
pub struct Overlay {
    size_pt: [f32; 2],
    /// Height that each corner has given away.
    used_pt: [f32; 4],
    items: Vec<Item>,
    /// What each piece covers, with its name.
    places: Vec<(&'static str, BoxPt)>,
}

impl Overlay {
    /// Over a picture of this size in points.
    pub const fn new(size_pt: [f32; 2]) -> Self {
        Self { size_pt, used_pt: [MARGIN_PT; 4], items: Vec::new(), places: Vec::new() }
    }

    /// Height that is left in a corner's column.
    pub fn height_left_pt(&self, corner: Corner) -> f32 {
        let [top_left, top_right, bottom_left, bottom_right] = self.used_pt;
        let used = match corner {
            Corner::TopLeft => top_left,
            Corner::TopRight => top_right,
            Corner::BottomLeft => bottom_left,
            Corner::BottomRight => bottom_right,
        };
        self.size_pt[1] - used - MARGIN_PT
    }

    /// Adds a piece; one with no size is left out.
    pub fn put(&mut self, corner: Corner, block: Block) {
        let [width, height] = block.size_pt;
        if width <= 0.0 || height <= 0.0 {
            return;
        }
        let offset = self.size_pt[1] - self.height_left_pt(corner) - MARGIN_PT;
        let [top_left, top_right, bottom_left, bottom_right] = &mut self.used_pt;
        let right = self.size_pt[0] - MARGIN_PT - width;
        let bottom = self.size_pt[1] - offset - height;
        let (used, at) = match corner {
            Corner::TopLeft => (top_left, [MARGIN_PT, offset]),
            Corner::TopRight => (top_right, [right, offset]),
            Corner::BottomLeft => (bottom_left, [MARGIN_PT, bottom]),
            Corner::BottomRight => (bottom_right, [right, bottom]),
        };
        *used += height + GAP_PT;
        self.places.push((block.name, block.place(at)));
        self.items.push(block.at(at));
    }

    /// What the pieces cover.
    pub fn places(&self) -> &[(&'static str, BoxPt)] {
        &self.places
    }

    /// The pieces.
    pub fn into_items(self) -> Vec<Item> {
        self.items
    }
}

/// What stands over a picture, in the words of its language.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OverlayContent {
    pub title: String,
    pub subtitle: String,
    pub legend: Legend,
    /// The letter of the north arrow.
    pub north: String,
    /// Goes before the length of the scale bar, such as `约 `.
    pub about: String,
    pub lengths: LengthWords,
    /// Sources and their terms.
    pub credits: Vec<String>,
}

/// Title, legend, scale bar, credits and north arrow over a picture of a view.
pub fn over_picture(
    content: &OverlayContent,
    viewport: &Viewport,
    palette: &MapPalette,
    fonts: &Fonts,
) -> Overlay {
    let size_pt = [viewport.width_pt, viewport.height_pt];
    let mut overlay = Overlay::new(size_pt);
    let panel = panel(palette);
    overlay.put(Corner::TopLeft, title_panel(&content.title, &content.subtitle, palette, fonts));
    if !content.legend.is_empty() {
        let room = overlay.height_left_pt(Corner::BottomRight) - 22.0;
        let look = &LegendLook::OVER_MAP;
        let legend = legend_of_height(&content.legend, room, look, palette, fonts);
        overlay.put(Corner::BottomRight, legend.padded([14.0, 11.0]).grounded(&panel));
    }
    let credits = credits(&content.credits, f32::INFINITY, palette, fonts);
    if !credits.items.is_empty() {
        overlay.put(Corner::BottomLeft, credits.padded([10.0, 4.5]).grounded(&faint(palette)));
    }
    let bar = metres_per_point(viewport).and_then(|metres| scale_length(metres, BAR_PT));
    if let Some(bar) = bar {
        let bar = tick_bar(bar, &content.about, &content.lengths, None, palette, fonts);
        overlay.put(Corner::BottomLeft, bar.padded([12.0, 7.0]).grounded(&panel));
    }
    let arrow = north_arrow(&content.north, 27.0, palette.ink, palette.muted.with_alpha(110));
    overlay.put(Corner::TopRight, arrow.padded([7.0, 9.0]).grounded(&panel));
    overlay
}

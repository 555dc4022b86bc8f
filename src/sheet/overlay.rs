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

/// Title, legend, scale bar, credits and north arrow over a picture of a view. None lies on another
/// and none leaves the picture: in a small one the legend is set smaller, at last left out.
pub fn over_picture(
    content: &OverlayContent,
    viewport: &Viewport,
    palette: &MapPalette,
    fonts: &Fonts,
) -> Overlay {
    let size_pt = [viewport.width_pt, viewport.height_pt];
    let mut overlay = Overlay::new(size_pt);
    let panel = panel(palette);
    let wide = size_pt[0] - 2.0 * MARGIN_PT;
    let arrow = north_arrow(&content.north, 27.0, palette.ink, palette.muted.with_alpha(110));
    let arrow = arrow.padded([7.0, 9.0]).grounded(&panel);
    let beside = wide - arrow.size_pt[0] - GAP_PT;
    let titled = |subtitle| title_panel(&content.title, subtitle, beside, palette, fonts);
    // In a small picture the title alone is what the map has room for.
    let title = Some(titled(&content.subtitle))
        .filter(|title| title.size_pt[1] <= size_pt[1] * MOST_TITLE)
        .unwrap_or_else(|| titled(""));
    let bar = metres_per_point(viewport).and_then(|metres| scale_length(metres, BAR_PT));
    let bar = bar.map(|bar| {
        let bar = tick_bar(bar, &content.about, &content.lengths, None, palette, fonts);
        bar.padded([12.0, 7.0]).grounded(&panel)
    });
    let of_width = |width: f32| {
        let sides = 20.0;
        let lines = credits(&content.credits, (width - sides).max(60.0), palette, fonts);
        lines.padded([sides / 2.0, 4.5]).grounded(&faint(palette))
    };
    let bar_width = bar.as_ref().map_or(0.0, |bar| bar.size_pt[0]);
    let legend = |height: f32| {
        let widest = [wide - bar_width - GAP_PT, beside - title.size_pt[0], height];
        fitting_legend(content, widest, title.size_pt[1] + GAP_PT, palette, fonts)
    };
    let tall = overlay.height_left_pt(Corner::TopRight) - arrow.size_pt[1] - GAP_PT;
    // The credits stand beside the legend, or under it where that leaves them no room.
    let high = legend(tall);
    let beside_legend = wide - high.size_pt[0] - GAP_PT;
    let (credits, legend) = if beside_legend >= LEAST_CREDITS_PT.min(wide) {
        (of_width(beside_legend), high)
    } else {
        let credits = of_width(wide);
        let low = legend(tall - credits.size_pt[1] - GAP_PT);
        overlay.used_pt[3] += credits.size_pt[1] + GAP_PT;
        (credits, low)
    };
    overlay.put(Corner::TopLeft, title);
    overlay.put(Corner::BottomRight, legend);
    if !content.credits.is_empty() {
        overlay.put(Corner::BottomLeft, credits);
    }
    if let Some(bar) = bar {
        overlay.put(Corner::BottomLeft, bar);
    }
    overlay.put(Corner::TopRight, arrow);
    overlay
}

/// Most of a picture's height that title and subtitle may take.
const MOST_TITLE: f32 = 0.3;
/// Credits beside a legend are given no less than this.
const LEAST_CREDITS_PT: f32 = 300.0;
/// Most of what is free that a legend takes, unless its smallest letters take more.
const MOST_LEGEND: f32 = 0.2;
/// Shares by which the letters of a legend are made smaller until it has room.
const SHARES: [f32; 4] = [1.0, 0.88, 0.76, 0.66];

/// The legend in the largest letters that leave it room: `[width, width beside the title, height]`.
/// Where it is wider than what is beside the title it is lower by the title's height.
fn fitting_legend(
    content: &OverlayContent,
    [width, beside_title, height]: [f32; 3],
    title_height: f32,
    palette: &MapPalette,
    fonts: &Fonts,
) -> Block {
    const PAD_PT: [f32; 2] = [14.0, 11.0];
    let empty = Block::empty(super::legend::LEGEND);
    if content.legend.is_empty() {
        return empty;
    }
    let panel = panel(palette);
    let made = |look: &LegendLook, height: f32| {
        let room = height - 2.0 * PAD_PT[1];
        legend_of_height(&content.legend, room, look, palette, fonts).padded(PAD_PT)
    };
    let fitting = SHARES.into_iter().filter_map(|share| {
        let look = LegendLook::OVER_MAP.smaller(share);
        [(beside_title.min(width), height), (width, height - title_height)]
            .into_iter()
            .map(|(width, height)| (made(&look, height), width, height))
            .find(|(block, width, height)| {
                block.size_pt[0] <= *width && block.size_pt[1] <= *height
            })
            .map(|(block, ..)| block)
    });
    // It leaves the map to be seen, where smaller letters do that.
    let covers = |block: &Block| block.size_pt[0] * block.size_pt[1] / (width * height);
    let mut fitting: Vec<Block> = fitting.collect();
    let roomy = fitting.iter().position(|block| covers(block) <= MOST_LEGEND);
    let at = roomy.unwrap_or(fitting.len().saturating_sub(1));
    let fitting = (at < fitting.len()).then(|| fitting.swap_remove(at));
    fitting.map_or(empty, |block| block.grounded(&panel))
}

//! Where the parts of a map sheet stand: the legend's panel beside the map or under it.

use super::{
    block::Block,
    content::{SheetContent, SheetLook},
    graticule::ring_pt,
    legend::{LegendLook, legend_in_room, legend_of_height},
    letters::Letters,
    north_arrow::north_arrow,
    notes::notes,
    page::Page,
    wrap::{fitted, wrapped},
};
use crate::{
    font::Fonts,
    paper::{Align, BoxPt, Item, TextDrawing, TextStyle},
};

/// Where the panel stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PanelSide {
    Right,
    Bottom,
}

/// A sheet that is arranged but has no scale yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrangement {
    pub letters: Letters,
    pub side: PanelSide,
    pub map: BoxPt,
    /// The outer frame.
    pub frame: BoxPt,
    /// The panel with the legend.
    pub panel: BoxPt,
    /// The hairline between the panel's parts.
    pub rule: [[f32; 2]; 2],
    /// Room for the scale in words and as a bar.
    pub scale: BoxPt,
    pub blocks: Vec<(Block, [f32; 2])>,
}

/// Shares by which letters are made smaller until everything has room.
const SHARES: [f32; 6] = [1.0, 0.9, 0.8, 0.7, 0.6, 0.5];
/// Least part of the outer frame's sides that is left to the map.
const LEAST_MAP: [f32; 2] = [0.45, 0.4];

/// The sheet with its panel on a side; `None` where the paper has no room for it.
pub fn arrange(
    page: Page,
    content: &SheetContent,
    side: PanelSide,
    look: &SheetLook,
    fonts: &Fonts,
) -> Option<Arrangement> {
    SHARES.iter().find_map(|share| {
        Draft { letters: Letters::of(page, *share), content, look, fonts }.arranged(page, side)
    })
}

struct Draft<'a> {
    letters: Letters,
    content: &'a SheetContent,
    look: &'a SheetLook,
    fonts: &'a Fonts,
}

impl Draft<'_> {
    fn arranged(&self, page: Page, side: PanelSide) -> Option<Arrangement> {
        let Letters { margin_pt, gap_pt, frame_pt, small_pt, .. } = self.letters;
        let inner = page.place().inset(margin_pt);
        let title = self.title(inner.width);
        let [notes, review] = self.foot(inner.width);
        let head = title.size_pt[1] + gap_pt;
        let foot = notes.size_pt[1].max(review.size_pt[1]) + gap_pt * 0.6;
        let height = inner.height - head - foot;
        let frame = BoxPt::new(inner.left, inner.top + head, inner.width, height);
        let within = frame.inset(frame_pt / 2.0);
        let below = frame.bottom() + frame_pt / 2.0 + gap_pt * 0.6;
        let mut blocks = vec![
            (review.clone(), [inner.right() - review.size_pt[0], below]),
            (notes, [inner.left, below]),
        ];
        let at = [inner.center()[0] - title.size_pt[0] / 2.0, inner.top];
        blocks.push((title, at));

        let panel = match side {
            PanelSide::Right => self.beside(within)?,
            PanelSide::Bottom => self.under(within)?,
        };
        let [ring_side, ring_end] = ring_pt(small_pt);
        let (width, height) = match side {
            PanelSide::Right => (within.width - panel.place.width, within.height),
            PanelSide::Bottom => (within.width, within.height - panel.place.height),
        };
        let map = BoxPt::new(
            within.left + ring_side,
            within.top + ring_end,
            width - 2.0 * ring_side,
            height - 2.0 * ring_end,
        );
        let roomy =
            map.width >= frame.width * LEAST_MAP[0] && map.height >= frame.height * LEAST_MAP[1];
        blocks.extend(panel.blocks);
        roomy.then_some(Arrangement {
            letters: self.letters,
            side,
            map,
            frame,
            panel: panel.place,
            rule: panel.rule,
            scale: panel.scale,
            blocks,
        })
    }

    /// Title over subtitle, no wider than the sheet.
    fn title(&self, width: f32) -> Block {
        let Letters { title_pt, subtitle_pt, .. } = self.letters;
        let ink = self.look.palette.ink;
        let SheetContent { title, subtitle, .. } = self.content;
        let style = |size| TextStyle::plain(size, ink).bold().tracked(0.12);
        let wide = self.fonts.measure(title, &style(title_pt))[0];
        // A long title is set smaller, then in two lines.
        let size = title_pt * (width / wide.max(1.0)).clamp(0.62, 1.0);
        let style = style(size);
        let mut lines = wrapped(title, width, &style, self.fonts);
        if lines.len() > 2 {
            let rest = lines.split_off(1).concat();
            lines.push(fitted(&rest, width, &style, self.fonts));
        }
        let small = TextStyle::plain(subtitle_pt, self.look.palette.muted);
        let subtitle = fitted(subtitle, width, &small, self.fonts);
        let widths = lines.iter().map(|line| self.fonts.measure(line, &style)[0]);
        let width = widths.fold(self.fonts.measure(&subtitle, &small)[0], f32::max);
        let (mut items, mut height) = (Vec::<Item>::new(), 0.0);
        for line in lines {
            let at = [width / 2.0, height + size * 0.6];
            items.push(TextDrawing::centered(line, at, style).into());
            height += size * 1.3;
        }
        if !subtitle.is_empty() {
            let at = [width / 2.0, height + subtitle_pt * 0.75];
            items.push(TextDrawing::centered(subtitle, at, small).into());
            height += subtitle_pt * 1.5;
        }
        Block { name: "title", size_pt: [width, height], items }
    }

    /// Notes at the left, the review number at the right.
    fn foot(&self, width: f32) -> [Block; 2] {
        let SheetContent { notes: said, review, .. } = self.content;
        let (letters, ink) = (self.letters.small_pt, self.look.palette.muted);
        let review = std::slice::from_ref(review);
        let right = notes("review", review, width * 0.4, Align::Right, letters, ink, self.fonts);
        let room = width - right.size_pt[0] - self.letters.gap_pt * 3.0;
        [notes("notes", said, room, Align::Left, letters, ink, self.fonts), right]
    }

    fn arrow(&self) -> Block {
        let palette = self.look.palette;
        let east = self.look.paper;
        north_arrow(&self.content.north, self.letters.body_pt * 3.4, palette.ink, east)
    }

    /// Room for the scale: in words, and the bar with its numbers.
    fn scale_size(&self) -> [f32; 2] {
        [self.letters.body_pt * 14.0, self.letters.heading_pt * 1.6 + self.letters.small_pt * 2.2]
    }

    /// Arrow over scale, in the middle of a width.
    fn arrow_and_scale(&self, [left, top]: [f32; 2], width: f32) -> ((Block, [f32; 2]), BoxPt) {
        let arrow = self.arrow();
        let [scale_width, scale_height] = self.scale_size();
        let at = [left + (width - arrow.size_pt[0]) / 2.0, top];
        let below = top + arrow.size_pt[1] + self.letters.gap_pt * 0.6;
        let room = BoxPt::new(left + (width - scale_width) / 2.0, below, scale_width, scale_height);
        ((arrow, at), room)
    }

    /// A column: legend at the top, arrow and scale at the bottom.
    fn beside(&self, within: BoxPt) -> Option<Panel> {
        let Letters { gap_pt: gap, body_pt, .. } = self.letters;
        let pad = gap * 1.2;
        let scale = self.scale_size();
        let lower = self.arrow().size_pt[1] + gap * 0.6 + scale[1];
        let room = within.height - 2.0 * pad - lower - 2.0 * gap;
        let look = LegendLook::printed(body_pt);
        let legend =
            legend_of_height(&self.content.legend, room, &look, self.look.palette, self.fonts);
        if legend.size_pt[1] > room {
            return None;
        }
        let width = scale[0].max(legend.size_pt[0]);
        let whole = width + 2.0 * pad;
        let place = BoxPt::new(within.right() - whole, within.top, whole, within.height);
        let left = place.left + pad;
        let top = place.bottom() - pad - lower;
        let (arrow, scale) = self.arrow_and_scale([left, top], width);
        let at = [place.center()[0] - legend.size_pt[0] / 2.0, place.top + pad];
        Some(Panel {
            place,
            rule: [[left, top - gap], [left + width, top - gap]],
            scale,
            blocks: vec![(legend, at), arrow],
        })
    }

    /// A row: legend at the left, arrow and scale at the right.
    fn under(&self, within: BoxPt) -> Option<Panel> {
        let Letters { gap_pt: gap, body_pt, .. } = self.letters;
        let pad = gap * 1.2;
        let scale = self.scale_size();
        let left = within.width - scale[0] - 4.0 * pad;
        let look = LegendLook::printed(body_pt);
        let palette = self.look.palette;
        let right = self.arrow().size_pt[1] + gap * 0.6 + scale[1];
        let legend =
            legend_in_room(&self.content.legend, [left, right], &look, palette, self.fonts);
        if legend.size_pt[0] > left {
            return None;
        }
        let height = legend.size_pt[1].max(right);
        let whole = height + 2.0 * pad;
        let place = BoxPt::new(within.left, within.bottom() - whole, within.width, whole);
        let top = place.top + pad;
        let rule = place.right() - scale[0] - 2.0 * pad;
        let middle = f32::midpoint(place.left, rule);
        let legend_at =
            [middle - legend.size_pt[0] / 2.0, top + (height - legend.size_pt[1]) / 2.0];
        let at = [rule + pad, top + (height - right) / 2.0];
        let (arrow, scale) = self.arrow_and_scale(at, scale[0]);
        Some(Panel {
            place,
            rule: [[rule, top], [rule, top + height]],
            scale,
            blocks: vec![(legend, legend_at), arrow],
        })
    }
}

/// The panel beside or under a map.
struct Panel {
    place: BoxPt,
    rule: [[f32; 2]; 2],
    scale: BoxPt,
    blocks: Vec<(Block, [f32; 2])>,
}

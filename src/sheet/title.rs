//! The title over a picture, and the credits under it.

use super::{
    block::{Block, Ground},
    wrap::{balanced, wrapped},
};
use crate::{
    font::Fonts,
    paper::{BoxPt, Item, RectDrawing, TextDrawing, TextStyle},
    style::MapPalette,
};

/// Title and subtitle on a panel no wider than asked: a long title is set smaller, then in lines. An
/// empty subtitle is left out.
pub fn title_panel(
    title: &str,
    subtitle: &str,
    width_pt: f32,
    palette: &MapPalette,
    fonts: &Fonts,
) -> Block {
    const LARGE_PT: f32 = 24.0;
    const SMALLEST_PT: f32 = 15.0;
    const SMALL_PT: f32 = 13.0;
    const SIDES_PT: f32 = 20.0;
    const ENDS_PT: f32 = 12.0;
    let room = (width_pt - 2.0 * SIDES_PT).max(SMALLEST_PT);
    let at_large = fonts.measure(title, &TextStyle::plain(LARGE_PT, palette.ink).bold())[0];
    let size_pt = (LARGE_PT * (room / at_large.max(1.0)).min(1.0)).max(SMALLEST_PT);
    let large = TextStyle::plain(size_pt, palette.ink).bold();
    let small = TextStyle::plain(SMALL_PT, palette.muted);
    let (mut items, mut width, mut height) = (Vec::<Item>::new(), 0.0_f32, ENDS_PT);
    let mut add = |words: &str, style: TextStyle, line_pt: f32| {
        for line in wrapped(words, room, &style, fonts) {
            width = width.max(fonts.measure(&line, &style)[0]);
            let at = [SIDES_PT, height + line_pt / 2.0];
            items.push(TextDrawing::left(line, at, style).into());
            height += line_pt;
        }
    };
    add(title, large, size_pt * 1.34);
    add(subtitle, small, SMALL_PT * 1.8);
    let height = height + ENDS_PT;
    // The one accent: a bar beside the title, as on the active row of a list.
    let bar = BoxPt::new(0.0, 16.0, 3.0, height - 32.0);
    items.insert(0, RectDrawing::filled(bar, palette.accent).into());
    Block { name: "title", size_pt: [width + 2.0 * SIDES_PT, height], items }
        .grounded(&panel(palette))
}

/// Sources and their terms, small but legible on any ground, in lines no wider than asked.
pub fn credits(lines: &[String], width_pt: f32, palette: &MapPalette, fonts: &Fonts) -> Block {
    const LINE_PT: f32 = 15.0;
    let style = TextStyle::plain(10.5, palette.muted);
    let lines = lines.iter().flat_map(|line| balanced(line, width_pt, &style, fonts));
    let (mut items, mut width, mut height) = (Vec::<Item>::new(), 0.0_f32, 0.0);
    for line in lines {
        width = width.max(fonts.measure(&line, &style)[0]);
        items.push(TextDrawing::left(line, [0.0, height + LINE_PT / 2.0], style).into());
        height += LINE_PT;
    }
    Block { name: "credits", size_pt: [width, height], items }
}

/// The ground of a panel over a map.
pub const fn panel(palette: &MapPalette) -> Ground {
    Ground { fill: palette.panel, corner_pt: 6.0, rim: Some((palette.hairline, 0.75)) }
}

/// A ground that lets the map shine through.
pub const fn faint(palette: &MapPalette) -> Ground {
    Ground { fill: palette.panel.with_alpha(205), corner_pt: 4.0, rim: None }
}

//! The title over a picture, and the credits under it.

use super::{
    block::{Block, Ground},
    wrap::wrapped,
};
use crate::{
    font::Fonts,
    paper::{BoxPt, Item, RectDrawing, TextDrawing, TextStyle},
    style::MapPalette,
};

/// Title and subtitle on a panel; an empty subtitle is left out.
pub fn title_panel(title: &str, subtitle: &str, palette: &MapPalette, fonts: &Fonts) -> Block {
    let large = TextStyle::plain(24.0, palette.ink).bold();
    let small = TextStyle::plain(13.0, palette.muted);
    let height = if subtitle.is_empty() { 56.0 } else { 80.0 };
    let width = fonts.measure(title, &large)[0].max(fonts.measure(subtitle, &small)[0]) + 40.0;
    // The one accent: a bar beside the title, as on the active row of a list.
    let bar = BoxPt::new(0.0, 16.0, 3.0, height - 32.0);
    let mut items: Vec<Item> = vec![
        RectDrawing::filled(bar, palette.accent).into(),
        TextDrawing::left(title, [20.0, 28.0], large).into(),
    ];
    if !subtitle.is_empty() {
        items.push(TextDrawing::left(subtitle, [20.0, 56.0], small).into());
    }
    Block { name: "title", size_pt: [width, height], items }.grounded(&panel(palette))
}

/// Sources and their terms, small but legible on any ground, in lines no wider than asked.
pub fn credits(lines: &[String], width_pt: f32, palette: &MapPalette, fonts: &Fonts) -> Block {
    const LINE_PT: f32 = 15.0;
    let style = TextStyle::plain(10.5, palette.muted);
    let lines = lines.iter().flat_map(|line| wrapped(line, width_pt, &style, fonts));
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

//! Scale bars that are true at the map's centre.

use super::{
    block::Block,
    scale::{LengthWords, ScaleLength},
};
use crate::{
    font::Fonts,
    paper::{BoxPt, Item, Pen, RectDrawing, TextDrawing, TextStyle},
    style::{MapPalette, Rgba},
};

/// The name of both bars.
pub const SCALE_BAR: &str = "scale-bar";

/// A bar with a tick at each end and its length beside it, as it lies over a map. A casing keeps it
/// legible where it lies on no panel.
pub fn tick_bar(
    length: ScaleLength,
    prefix: &str,
    words: &LengthWords,
    casing: Option<Rgba>,
    palette: &MapPalette,
    fonts: &Fonts,
) -> Block {
    const HEIGHT_PT: f32 = 16.0;
    const TICK_PT: f32 = 5.0;
    const LINE_PT: f32 = 1.7;
    const CASING_PT: f32 = 1.4;
    const GAP_PT: f32 = 10.0;
    let base = HEIGHT_PT / 2.0 + 4.0;
    let half = LINE_PT / 2.0;
    let bar = BoxPt::new(-half, base - half, length.width_pt + LINE_PT, LINE_PT);
    let tick = |x: f32| BoxPt::new(x - half, base - TICK_PT, LINE_PT, TICK_PT);
    let parts = [bar, tick(0.0), tick(length.width_pt)];
    let mut items: Vec<Item> = Vec::new();
    if let Some(casing) = casing {
        let around = |part: BoxPt| {
            let [width, height] = part.size().map(|side| side + 2.0 * CASING_PT);
            BoxPt::new(part.left - CASING_PT, part.top - CASING_PT, width, height)
        };
        items.extend(parts.map(|part| RectDrawing::filled(around(part), casing).into()));
    }
    items.extend(parts.map(|part| RectDrawing::filled(part, palette.ink).into()));
    let text = format!("{prefix}{}", words.of(length.length_m));
    let style = TextStyle::plain(12.0, palette.ink);
    let left = length.width_pt + GAP_PT;
    let width = left + fonts.measure(&text, &style)[0];
    if let Some(casing) = casing {
        let ground = BoxPt::new(left - 4.0, 0.0, width - left + 8.0, HEIGHT_PT);
        items.push(RectDrawing::filled(ground, casing.faded(0.7)).rounded(3.0).into());
    }
    items.push(TextDrawing::left(text, [left, HEIGHT_PT / 2.0], style).into());
    Block { name: SCALE_BAR, size_pt: [width, HEIGHT_PT], items }
}

/// A bar of filled and hollow parts with its numbers above, as on printed sheets. `letters_pt` is
/// the size of its letters.
pub fn graduated_bar(
    length: ScaleLength,
    words: &LengthWords,
    letters_pt: f32,
    ink: Rgba,
    paper: Rgba,
    fonts: &Fonts,
) -> Block {
    let style = TextStyle::plain(letters_pt, ink);
    let (height, line) = (letters_pt * 0.42, letters_pt * 0.075);
    let top = letters_pt * 1.25;
    let part_pt = length.width_pt / f32::from(length.parts);
    let part_m = length.length_m / f64::from(length.parts);
    let names: Vec<String> = (0..=length.parts)
        .map(|i| {
            let (value, unit) = words.in_unit(part_m * f64::from(i), length.length_m);
            if i == length.parts { format!("{value} {unit}") } else { value }
        })
        .collect();
    // The last number stands over its end, its unit to the right of it.
    let (last_value, _) = words.in_unit(length.length_m, length.length_m);
    let first_half = names.first().map_or(0.0, |name| fonts.measure(name, &style)[0]) / 2.0;
    let last_half = fonts.measure(&last_value, &style)[0] / 2.0;
    let last_width = names.last().map_or(0.0, |name| fonts.measure(name, &style)[0]);
    let left = first_half.max(line);
    // Neighbours keep half a letter between them, or only the ends have numbers.
    let room = part_pt - letters_pt * 0.5;
    let widest = names.iter().take(names.len() - 1).map(|name| fonts.measure(name, &style)[0]);
    let every = if widest.fold(2.0 * last_half, f32::max) <= room { 1 } else { length.parts };

    let whole = BoxPt::new(left, top, length.width_pt, height);
    let mut items: Vec<Item> = vec![RectDrawing::filled(whole, paper).into()];
    for i in (0..length.parts).step_by(2) {
        let part = BoxPt { left: left + part_pt * f32::from(i), width: part_pt, ..whole };
        items.push(RectDrawing::filled(part, ink).into());
    }
    items.push(RectDrawing::framed(whole, Pen::solid(line, ink).square()).into());
    for (i, name) in (0..=length.parts).zip(names) {
        if !i.is_multiple_of(every) {
            continue;
        }
        let x = left + part_pt * f32::from(i);
        let middle = letters_pt * 0.5;
        if i == length.parts {
            items.push(TextDrawing::left(name, [x - last_half, middle], style).into());
        } else {
            items.push(TextDrawing::centered(name, [x, middle], style).into());
        }
    }
    let right =
        (left + length.width_pt + line).max(left + length.width_pt - last_half + last_width);
    Block { name: SCALE_BAR, size_pt: [right, top + height + line], items }
}

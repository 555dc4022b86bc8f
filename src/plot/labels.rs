//! Labels that have their place.

use std::sync::Arc;

use crate::{
    font::Fonts,
    paper::{BoxPt, Item, Pen, RectDrawing, TextDrawing, TextStyle},
    scene::{LabelStyle, PlacedLabel, Plate},
};

/// How far the halo of a label reaches out.
pub const HALO_PT: f32 = 1.6;
/// Edge of a plate.
const RIM_PT: f32 = 0.8;

/// How a label's text is set.
pub fn text_style(style: &LabelStyle) -> TextStyle {
    TextStyle {
        size_pt: style.size_pt,
        bold: style.bold,
        tracking_em: style.tracking_em,
        color: style.color,
        halo: (style.halo.3 > 0).then_some((style.halo, HALO_PT)),
    }
}

/// Labels on a map whose top left corner lies at a place of the paper. The letters of one name are
/// one text.
pub fn labels(labels: &[PlacedLabel], at_pt: [f32; 2], fonts: &Fonts) -> Vec<Item> {
    labels
        .chunk_by(|a, b| match (&a.letter_of, &b.letter_of) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            _ => false,
        })
        .flat_map(|some| match some {
            [label] => one(label, at_pt, fonts),
            letters => spread(letters, at_pt).into_iter().collect(),
        })
        .collect()
}

fn spread(letters: &[PlacedLabel], at_pt: [f32; 2]) -> Option<Item> {
    let style = text_style(&letters.first()?.style);
    let parts: Vec<&str> = letters.iter().filter_map(|l| Some(l.lines.first()?.as_str())).collect();
    let places = letters.iter().map(|letter| on_paper(letter, at_pt)).collect();
    Some(TextDrawing::spread(&parts, places, style).into())
}

fn on_paper(label: &PlacedLabel, at_pt: [f32; 2]) -> [f32; 2] {
    [0, 1].map(|i: usize| at_pt[i] + label.center_pt[i])
}

fn one(label: &PlacedLabel, at_pt: [f32; 2], fonts: &Fonts) -> Vec<Item> {
    let style = text_style(&label.style);
    let text = TextDrawing::centered(label.lines.join("\n"), on_paper(label, at_pt), style);
    let mut items = Vec::new();
    if let Some(plate) = label.style.plate {
        items.push(plate_behind(&text, plate, fonts).into());
    }
    items.push(text.into());
    items
}

fn plate_behind(text: &TextDrawing, plate: Plate, fonts: &Fonts) -> RectDrawing {
    let [width, height] = fonts.measure(&text.text, &text.style);
    let [ends, sides] = Plate::PADDING_PT;
    let [x, y] = text.at_pt;
    let (width, height) = (width + 2.0 * ends, height + 2.0 * sides);
    RectDrawing {
        place: BoxPt::new(x - width / 2.0, y - height / 2.0, width, height),
        corner_pt: Plate::CORNER_PT,
        fill: Some(plate.fill),
        pen: Some(Pen::solid(RIM_PT, plate.rim.faded(0.8))),
    }
}

//! A measured figure as items.

use super::{
    frame::{Frame, narrow},
    marks::shapes,
};
use crate::{
    font::Fonts,
    paper::{BoxPt, Item, Pen, RectDrawing, Subject, TextDrawing, TextStyle},
    scene::figure::{Figure, FigureLabel, LabelAt},
    style::{MapPalette, Rgba},
    units::Mercator,
};

/// The name of its items.
pub const FIGURE: &str = "figure";

const LETTERS_PT: f32 = 12.5;
/// Around the words, at their sides and above and below.
const AIR_PT: [f32; 2] = [5.0, 2.5];
/// Between words and the vertices beside them.
const GAP_PT: f32 = 10.0;

/// The figure on a map, lines under vertices under words. Words that would lie on others are left
/// out, those that matter least first.
pub fn figure(frame: &Frame, figure: &Figure, fonts: &Fonts, palette: &MapPalette) -> Item {
    let at = |p: Mercator| narrow(frame.to_pt(p));
    let mut items = shapes(frame, &figure.shapes, fonts, palette);
    let ring: Vec<[f32; 2]> = figure.ring.iter().map(|p| at(*p)).collect();
    let style = TextStyle::plain(LETTERS_PT, palette.ink).bold();
    let mut taken: Vec<BoxPt> = Vec::new();
    for label in figure.labels.iter().rev() {
        let [width, height] = fonts.measure(&label.words, &style);
        let size = [width + 2.0 * AIR_PT[0], height + 2.0 * AIR_PT[1]];
        let Some(middle) = middle(label, size, &ring, &at) else { continue };
        let corner = [middle[0] - size[0] / 2.0, middle[1] - size[1] / 2.0];
        let place = BoxPt::new(corner[0], corner[1], size[0], size[1]);
        let is_free = taken.iter().all(|other| !other.overlaps(&place));
        if is_free && place.is_real() && place.overlaps(&frame.place()) {
            items.push(plate(place, palette.panel, palette.accent).into());
            items.push(TextDrawing::centered(label.words.as_str(), middle, style).into());
            taken.push(place);
        }
    }
    Item::of(Subject::Furniture(FIGURE), items)
}

fn plate(place: BoxPt, fill: Rgba, rim: Rgba) -> RectDrawing {
    let pen = Some(Pen::solid(0.8, rim.faded(0.7)));
    RectDrawing { place, corner_pt: 3.0, fill: Some(fill), pen }
}

/// Where the words stand, around their middle.
fn middle(
    label: &FigureLabel,
    [width, height]: [f32; 2],
    ring: &[[f32; 2]],
    at: &impl Fn(Mercator) -> [f32; 2],
) -> Option<[f32; 2]> {
    match label.at {
        LabelAt::Between(a, b) => {
            let (a, b) = (at(a), at(b));
            let is_long = (a[0] - b[0]).hypot(a[1] - b[1]) > width + 2.0 * GAP_PT;
            is_long.then(|| [f32::midpoint(a[0], b[0]), f32::midpoint(a[1], b[1])])
        }
        LabelAt::Beside(p) => {
            let [x, y] = at(p);
            Some([x + width / 2.0 + GAP_PT, y - height / 2.0 - GAP_PT / 2.0])
        }
        LabelAt::Inside => {
            let span = |i: usize| {
                let all = ring.iter().map(|p| p[i]);
                let nothing = (f32::INFINITY, f32::NEG_INFINITY);
                all.fold(nothing, |(low, high), v| (low.min(v), high.max(v)))
            };
            let ((left, right), (top, bottom)) = (span(0), span(1));
            let has_room = right - left > width && bottom - top > 2.0 * height;
            has_room.then(|| [f32::midpoint(left, right), f32::midpoint(top, bottom)])
        }
    }
}

//! Pins, anchors and dots.

use crate::{
    font::Fonts,
    paper::{DotsDrawing, Item, PathDrawing, Pen, Step, TextDrawing, TextStyle},
    scene::Mark,
    style::Rgba,
};

/// From the middle of a pin's head to its point, in radii of the head.
pub const PIN_STEM_RADII: f32 = 1.62;

/// Rim of the ground's colour around pins.
const PIN_RIM_PT: f32 = 1.2;
const ANCHOR_RING_PT: f32 = 1.6;
const DOT_RING_PT: f32 = 1.4;

/// A pin, an anchor or a dot at a place of the paper, with a rim of `halo`; nothing for other marks.
pub fn point_mark(mark: &Mark, at_pt: [f32; 2], halo: Rgba, fonts: &Fonts) -> Vec<Item> {
    if !at_pt.iter().all(|v| v.is_finite()) {
        return Vec::new();
    }
    match *mark {
        Mark::Pin { glyph, fill, ink, radius_pt, more, .. } => {
            let mut items = pin(glyph, at_pt, [fill, ink, halo], radius_pt, fonts);
            if more > 0 {
                items.extend(badge(more, at_pt, [fill, ink, halo], radius_pt));
            }
            items
        }
        Mark::Anchor { count, color, ground, radius_pt, .. } => {
            let discs = vec![
                (radius_pt + PIN_RIM_PT, ground),
                (radius_pt, color),
                (radius_pt - ANCHOR_RING_PT, ground),
            ];
            let text = if count > 0 { count.to_string() } else { String::new() };
            let size_pt = radius_pt * if text.len() > 2 { 0.82 } else { 1.06 };
            counted(at_pt, discs, text, TextStyle::plain(size_pt, color).bold())
        }
        Mark::Dot { color, ring, radius_pt, .. } => {
            let discs = vec![(radius_pt + DOT_RING_PT, ring), (radius_pt, color)];
            vec![DotsDrawing { centers_pt: vec![at_pt], discs }.into()]
        }
        Mark::Line { .. } | Mark::Area { .. } => Vec::new(),
    }
}

fn pin(
    glyph: char,
    [x, y]: [f32; 2],
    [fill, ink, halo]: [Rgba; 3],
    radius_pt: f32,
    fonts: &Fonts,
) -> Vec<Item> {
    let steps = drop([x, y], radius_pt);
    let rim = Pen::solid(2.0 * PIN_RIM_PT, halo.faded(f32::from(fill.3) / 255.0));
    let style = TextStyle::plain(radius_pt * 1.22, ink).bold();
    let center = [x, y - radius_pt * PIN_STEM_RADII];
    let mut items: Vec<Item> = vec![
        PathDrawing::drawn(steps.clone(), rim).into(),
        PathDrawing::filled(steps, fill).into(),
    ];
    items.extend(glyph_around(glyph, center, style, fonts).map(Item::from));
    items
}

/// One character with the middle of its ink at a place.
fn glyph_around(c: char, [x, y]: [f32; 2], style: TextStyle, fonts: &Fonts) -> Option<TextDrawing> {
    let text = c.to_string();
    let placed = fonts.shape(&text, &style).into_iter().next()?;
    let [ink_x, ink_y] = fonts.outline(placed.glyph).middle_em()?.map(|em| em * style.size_pt);
    // Text stands on the middle of its capital letters.
    let half_cap = fonts.face(style.bold).cap_height_em * style.size_pt / 2.0;
    Some(TextDrawing::left(text, [x - ink_x, y - ink_y - half_cap], style))
}

/// The count of others at the same spot, on the shoulder of a pin's head.
fn badge(
    more: usize,
    [x, y]: [f32; 2],
    [color, ink, halo]: [Rgba; 3],
    pin_radius_pt: f32,
) -> Vec<Item> {
    let at = [x + pin_radius_pt, y - pin_radius_pt * (PIN_STEM_RADII + 0.72)];
    let radius_pt = pin_radius_pt * 0.56;
    let text = format!("+{more}");
    let size_pt = radius_pt * if text.len() > 2 { 0.95 } else { 1.25 };
    let discs = vec![(radius_pt + PIN_RIM_PT, halo), (radius_pt, color)];
    counted(at, discs, text, TextStyle::plain(size_pt, ink).bold())
}

fn counted(at: [f32; 2], discs: Vec<(f32, Rgba)>, text: String, style: TextStyle) -> Vec<Item> {
    vec![
        DotsDrawing { centers_pt: vec![at], discs }.into(),
        TextDrawing::centered(text, at, style).into(),
    ]
}

/// A map drop whose point is at `tip`: a circle above, and its tangents to the point.
fn drop(tip: [f32; 2], radius: f32) -> Vec<Step> {
    const ARCS: u8 = 6;
    let center = [tip[0], tip[1] - radius * PIN_STEM_RADII];
    // Angle between the axis and the radius to a tangent point.
    let half_gap = (1.0 / PIN_STEM_RADII).acos();
    let start = std::f32::consts::FRAC_PI_2 + half_gap;
    let step = (std::f32::consts::TAU - 2.0 * half_gap) / f32::from(ARCS);
    // Handle length of a cubic Bézier that approximates an arc: 4/3 · tan(angle / 4).
    let handle = 4.0 / 3.0 * (step / 4.0).tan();
    // The point on the circle at an angle, moved along the tangent there by so many radii.
    let at = |angle: f32, along: f32| {
        let (sin, cos) = angle.sin_cos();
        [center[0] + radius * (cos - along * sin), center[1] + radius * (sin + along * cos)]
    };
    // The point is rounded off by a hair, a tenth of the radius before the sharp one.
    let near_tip = |p: [f32; 2]| {
        let away = [p[0] - tip[0], p[1] - tip[1]];
        let length = away[0].hypot(away[1]).max(f32::MIN_POSITIVE);
        [0, 1].map(|i: usize| tip[i] + away[i] / length * radius * 0.10)
    };
    let first = at(start, 0.0);
    let left = near_tip(first);
    let mut steps = vec![Step::Move(left), Step::Line(first)];
    for arc in 0..ARCS {
        let from = start + step * f32::from(arc);
        steps.push(Step::Curve(at(from, handle), at(from + step, -handle), at(from + step, 0.0)));
    }
    let right = near_tip(at(start + step * f32::from(ARCS), 0.0));
    steps.push(Step::Line(right));
    // The tip bends both tangents: a quadratic curve around it, as a cubic one.
    let towards = |end: [f32; 2]| [0, 1].map(|i: usize| end[i] + (tip[i] - end[i]) * 2.0 / 3.0);
    steps.push(Step::Curve(towards(right), towards(left), left));
    steps.push(Step::Close);
    steps
}

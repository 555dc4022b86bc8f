//! Meridians and parallels, and their degrees.

use super::block::{Block, Ground};
use crate::{
    font::Fonts,
    geo::graticule::{GridLine, graticule},
    paper::{BoxPt, Item, PathDrawing, Pen, Subject, TextDrawing, TextStyle},
    scene::{Padding, draw::Viewport},
    style::{MapPalette, Rgba},
};

/// The name of the lines and their degrees.
pub const GRATICULE: &str = "graticule";

/// The lines of a view over its map, named at the left and upper edge of what panels leave of it.
pub fn over_map(viewport: &Viewport, panels: Padding, palette: &MapPalette, fonts: &Fonts) -> Item {
    let style = TextStyle::plain(10.5, palette.muted);
    let ground = Ground { fill: palette.panel.with_alpha(170), corner_pt: 2.0, rim: None };
    let pen = Pen::solid(0.8, palette.muted.faded(0.45)).cut();
    let mut items = Vec::new();
    for line in lines(viewport) {
        items.push(PathDrawing::line(&line.path, pen.clone()).into());
        let size = [fonts.measure(&line.label, &style)[0], style.size_pt * 1.3];
        let block = Block {
            name: GRATICULE,
            size_pt: size,
            items: vec![TextDrawing::left(line.label, [0.0, size[1] / 2.0], style).into()],
        };
        let at = if line.is_meridian {
            [line.last[0] + 3.0, panels.top + 2.0]
        } else {
            [panels.left + 4.0, line.first[1] - 1.0 - size[1]]
        };
        items.push(block.grounded(&ground).at(at));
    }
    Item::of(Subject::Furniture(GRATICULE), items)
}

/// A line in the view's points.
struct Line {
    path: Vec<[f32; 2]>,
    first: [f32; 2],
    last: [f32; 2],
    label: String,
    is_meridian: bool,
}

fn lines(viewport: &Viewport) -> impl Iterator<Item = Line> + '_ {
    let all = graticule(&viewport.extent(), viewport.scale()).into_iter();
    all.filter_map(|GridLine { path, label, is_meridian }| {
        let path: Vec<[f32; 2]> = path.into_iter().map(|p| viewport.to_pt(p)).collect();
        let (first, last) = (*path.first()?, *path.last()?);
        Some(Line { path, first, last, label, is_meridian })
    })
}

/// How the lines and degrees of a framed map look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FrameLook {
    pub letters_pt: f32,
    pub line_pt: f32,
    pub ink: Rgba,
    /// Over the map.
    pub line: Rgba,
}

/// What a framed map has of its graticule.
#[derive(Debug, Clone, PartialEq)]
pub struct FramedGraticule {
    /// Lines over the map, to be clipped to it.
    pub lines: Vec<Item>,
    /// Ticks and degrees in the ring around it.
    pub ring: Vec<Item>,
}

/// Height of a line of degrees at a map's side, in ems.
const STACK_EM: f32 = 1.04;

/// Room that degrees need around a map: at its sides, above and below it.
pub fn ring_pt(letters_pt: f32) -> [f32; 2] {
    // Degrees stand over minutes at the sides: `112°` is the widest line.
    [letters_pt * 3.0, letters_pt * 1.8]
}

/// The graticule of a map that lies at `map` on the paper, enlarged from the view's points.
pub fn framed(viewport: &Viewport, map: BoxPt, look: FrameLook, fonts: &Fonts) -> FramedGraticule {
    let enlarged = map.width / viewport.width_pt;
    let on_paper = |[x, y]: [f32; 2]| [map.left + x * enlarged, map.top + y * enlarged];
    let [side, end] = ring_pt(look.letters_pt);
    let tick = look.letters_pt * 0.3;
    let style = TextStyle::plain(look.letters_pt, look.ink);
    let thin = Pen::solid(look.line_pt, look.line).cut();
    let firm = Pen::solid(look.line_pt, look.ink).cut();
    let mut out = FramedGraticule { lines: Vec::new(), ring: Vec::new() };
    for line in lines(viewport) {
        let path: Vec<[f32; 2]> = line.path.iter().map(|p| on_paper(*p)).collect();
        out.lines.push(PathDrawing::line(&path, thin.clone()).into());
        if line.is_meridian {
            let width = fonts.measure(&line.label, &style)[0];
            for ([x, _], edge, outwards) in
                [(on_paper(line.last), map.top, -1.0), (on_paper(line.first), map.bottom(), 1.0)]
            {
                let ends = [[x, edge], [x, edge + outwards * tick]];
                out.ring.push(PathDrawing::line(&ends, firm.clone()).into());
                // Close to a corner a number would run out of the frame.
                if x - width / 2.0 >= map.left - side && x + width / 2.0 <= map.right() + side {
                    let at = [x, edge + outwards * (end + tick) / 2.0];
                    out.ring.push(TextDrawing::centered(line.label.as_str(), at, style).into());
                }
            }
        } else {
            let parts = split(&line.label);
            let height = look.letters_pt * STACK_EM * parts.len() as f32;
            for ([_, y], edge, outwards) in
                [(on_paper(line.first), map.left, -1.0), (on_paper(line.last), map.right(), 1.0)]
            {
                let ends = [[edge, y], [edge + outwards * tick, y]];
                out.ring.push(PathDrawing::line(&ends, firm.clone()).into());
                if y - height / 2.0 < map.top || y + height / 2.0 > map.bottom() {
                    continue;
                }
                let x = edge + outwards * (side + tick) / 2.0;
                let mut middle = y - height / 2.0 + look.letters_pt * STACK_EM / 2.0;
                for part in &parts {
                    out.ring.push(TextDrawing::centered(*part, [x, middle], style).into());
                    middle += look.letters_pt * STACK_EM;
                }
            }
        }
    }
    out
}

/// `37°` and `30′N` of `37°30′N`: degrees, minutes and seconds, each for a line of its own.
fn split(label: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = label;
    while let Some(at) = rest.find(['°', '′']) {
        let after = rest[at..].chars().next().map_or(rest.len(), |mark| at + mark.len_utf8());
        let (part, others) = rest.split_at(after);
        if !others.contains(|c: char| c.is_ascii_digit()) {
            break;
        }
        parts.push(part);
        rest = others;
    }
    parts.push(rest);
    parts
}

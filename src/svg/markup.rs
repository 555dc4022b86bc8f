//! Attributes of elements.

use std::fmt::Write as _;

use super::numbers::{hundredths, push, push_hundredths, push_share};
use crate::{
    paper::{BoxPt, Corners, Ends, Pen, Step},
    style::Rgba,
};

/// Path data. After the first position of each outline they are told from the one before, which
/// takes fewer digits; all of them are whole hundredths, so that no error adds up.
pub fn push_steps(steps: &[Step], out: &mut String) {
    let whole = |p: [f32; 2]| p.map(hundredths);
    let (mut at, mut start) = ([0_i64; 2], [0_i64; 2]);
    for step in steps {
        match *step {
            Step::Move(to) => {
                let to = whole(to);
                out.push('M');
                push_pair(to, out);
                (at, start) = (to, to);
            }
            Step::Line(to) => {
                let to = whole(to);
                out.push('l');
                push_pair([to[0] - at[0], to[1] - at[1]], out);
                at = to;
            }
            Step::Curve(a, b, to) => {
                let ends = [whole(a), whole(b), whole(to)];
                out.push('c');
                for (i, end) in ends.iter().enumerate() {
                    if i > 0 && end[0] >= at[0] {
                        out.push(' ');
                    }
                    push_pair([end[0] - at[0], end[1] - at[1]], out);
                }
                at = ends[2];
            }
            Step::Close => {
                out.push('z');
                at = start;
            }
        }
    }
}

pub fn push_pair([x, y]: [i64; 2], out: &mut String) {
    push_hundredths(x, out);
    // A sign parts numbers as well as a blank.
    if y >= 0 {
        out.push(' ');
    }
    push_hundredths(y, out);
}

pub fn push_box(place: BoxPt, out: &mut String) {
    let BoxPt { left, top, width, height } = place;
    for (name, v) in [("x", left), ("y", top), ("width", width), ("height", height)] {
        let _ = write!(out, " {name}=\"");
        push(v, out);
        out.push('"');
    }
}

pub fn push_circle([x, y]: [f32; 2], radius: f32, color: Rgba, out: &mut String) {
    out.push_str("<circle");
    for (name, v) in [("cx", x), ("cy", y), ("r", radius)] {
        let _ = write!(out, " {name}=\"");
        push(v, out);
        out.push('"');
    }
    push_fill(Some(color), out);
    out.push_str("/>\n");
}

pub fn push_fill(color: Option<Rgba>, out: &mut String) {
    if let Some(color) = color {
        push_color("fill", color, out);
    }
}

pub fn push_color(name: &str, Rgba(r, g, b, a): Rgba, out: &mut String) {
    let _ = write!(out, " {name}=\"#{r:02x}{g:02x}{b:02x}\"");
    if a < 255 {
        let _ = write!(out, " {name}-opacity=\"");
        push_share(f32::from(a) / 255.0, out);
        out.push('"');
    }
}

pub fn push_pen(pen: &Pen, out: &mut String) {
    push_color("stroke", pen.color, out);
    out.push_str(" stroke-width=\"");
    push(pen.width_pt, out);
    out.push('"');
    let pattern = pen.pattern();
    // Round ends are what the document says; dashes inside a line are cut.
    if pen.ends == Ends::Cut || pattern.is_some() {
        out.push_str(" stroke-linecap=\"butt\"");
    }
    if pen.corners == Corners::Pointed {
        out.push_str(" stroke-linejoin=\"miter\"");
    }
    if let Some((dash, from)) = pattern {
        out.push_str(" stroke-dasharray=\"");
        for (i, part) in dash.iter().enumerate() {
            if i > 0 {
                out.push(' ');
            }
            push(*part, out);
        }
        out.push('"');
        if from > 0.0 {
            out.push_str(" stroke-dashoffset=\"");
            push(from, out);
            out.push('"');
        }
    }
}

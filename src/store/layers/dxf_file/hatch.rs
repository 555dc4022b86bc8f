//! Hatches: the areas that their boundaries enclose.

use std::iter::Peekable;

use super::{
    affine::Affine,
    curve::{ahead, arc, radians, spline},
    groups::{Entity, number, whole},
    traced::{Traced, Vertex, outlined},
};
use crate::{geo::ring_nesting::nest, layer::Part};

/// Traces the boundaries of a hatch.
pub fn trace(own: &Entity, map: Affine, into: &mut Traced) {
    let mut groups = own.groups().peekable();
    let mut rings: Vec<Vec<[f64; 2]>> = Vec::new();
    // Each boundary begins with the code of its kind; what is behind them has none.
    while let Some((code, value)) = groups.next() {
        if code != 92 {
            continue;
        }
        let kind = whole(value).unwrap_or(0);
        let (mut ring, curved) =
            if kind & 2 != 0 { polyline(&mut groups) } else { edges(&mut groups) };
        into.curved |= curved;
        if ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        // The boundary of a text is no area.
        if kind & 8 == 0 && ring.len() > 2 {
            rings.push(ring.into_iter().map(|at| map.at(at)).collect());
        }
    }
    for nested in nest(&rings) {
        for (part, ring) in std::iter::once((Part::Ring, nested.outer))
            .chain(nested.holes.into_iter().map(|hole| (Part::Hole, hole)))
        {
            into.part(part, rings.get(ring).cloned().unwrap_or_default());
        }
    }
}

/// Takes the value of the next group if it has this code.
fn take<'a, I: Iterator<Item = (i32, &'a [u8])>>(
    groups: &mut Peekable<I>,
    code: i32,
) -> Option<&'a [u8]> {
    groups.next_if(|(own, _)| *own == code).map(|(_, value)| value)
}

fn pair<'a, I: Iterator<Item = (i32, &'a [u8])>>(
    groups: &mut Peekable<I>,
    code: i32,
) -> Option<[f64; 2]> {
    Some([take(groups, code).and_then(number)?, take(groups, code + 10).and_then(number)?])
}

fn polyline<'a, I: Iterator<Item = (i32, &'a [u8])>>(
    groups: &mut Peekable<I>,
) -> (Vec<[f64; 2]>, bool) {
    while groups.next_if(|(code, _)| matches!(code, 72 | 73 | 93)).is_some() {}
    let mut vertices: Vec<Vertex> = Vec::new();
    while let Some(at) = pair(groups, 10) {
        let bulge = take(groups, 42).and_then(number).unwrap_or(0.0);
        vertices.push((at, bulge));
    }
    outlined(&vertices, true)
}

fn edges<'a, I: Iterator<Item = (i32, &'a [u8])>>(
    groups: &mut Peekable<I>,
) -> (Vec<[f64; 2]>, bool) {
    let mut path: Vec<[f64; 2]> = Vec::new();
    let mut curved = false;
    take(groups, 93);
    while let Some(kind) = take(groups, 72) {
        let edge = edge(whole(kind).unwrap_or(0), groups);
        curved |= edge.len() > 2;
        let Some((first, last)) = edge.first().zip(edge.last()) else { continue };
        // An edge may be told from its end to its start.
        let near = |a: &[f64; 2], b: &[f64; 2]| (a[0] - b[0]).hypot(a[1] - b[1]);
        let turned = path.last().is_some_and(|end| near(end, last) < near(end, first));
        let joined = usize::from(!path.is_empty());
        if turned {
            path.extend(edge.iter().rev().skip(joined));
        } else {
            path.extend(edge.iter().skip(joined));
        }
    }
    (path, curved)
}

fn edge<'a, I: Iterator<Item = (i32, &'a [u8])>>(
    kind: i64,
    groups: &mut Peekable<I>,
) -> Vec<[f64; 2]> {
    let at = pair(groups, 10);
    let second = pair(groups, 11);
    match (kind, at) {
        (1, Some(from)) => std::iter::once(from).chain(second).collect(),
        (2 | 3, Some(center)) => {
            let radius = take(groups, 40).and_then(number).unwrap_or(0.0);
            let mut angle = |code| radians(take(groups, code).and_then(number).unwrap_or(0.0));
            let (from, to) = (angle(50), angle(51));
            let forward = take(groups, 73).and_then(whole) != Some(0);
            let (first, quarter) = match second {
                Some([u, v]) => ([u, v], [-v * radius, u * radius]),
                None => ([radius, 0.0], [0.0, radius]),
            };
            // Clockwise arcs count their angles the other way.
            if forward {
                arc(center, first, quarter, from, ahead(from, to)).collect()
            } else {
                arc(center, first, quarter, -from, -ahead(from, to)).collect()
            }
        }
        (4, None) => {
            let degree = take(groups, 94).and_then(whole).and_then(|n| usize::try_from(n).ok());
            while groups.next_if(|(code, _)| matches!(code, 73 | 74 | 95 | 96)).is_some() {}
            let mut knots = Vec::new();
            while let Some(knot) = take(groups, 40).and_then(number) {
                knots.push(knot);
            }
            let (mut controls, mut weights) = (Vec::new(), Vec::new());
            while let Some(control) = pair(groups, 10) {
                controls.push(control);
                weights.extend(take(groups, 42).and_then(number));
            }
            // Positions that it was fitted to, and its directions at the ends.
            while groups.next_if(|(c, _)| matches!(c, 97 | 11 | 21 | 12 | 22 | 13 | 23)).is_some() {
            }
            spline(degree.unwrap_or(0), &knots, &controls, &weights)
        }
        _ => Vec::new(),
    }
}

//! What entities look like: parts in the plane of the drawing.

use super::{
    affine::Affine,
    curve::{ahead, arc, radians, spline},
    groups::{Entity, number, whole},
    hatch,
    traced::{Traced, Vertex, outline},
};
use crate::layer::Part;

/// An entity with those that belong to it: the vertices of a polyline, the attributes of a block.
#[derive(Debug, Clone, Default)]
pub struct Item {
    pub head: Entity,
    pub children: Vec<Entity>,
}

impl Item {
    /// How much it costs to look at, in about the costs of a position.
    pub fn weight(&self) -> usize {
        1 + (self.head.len() + self.children.iter().map(Entity::len).sum::<usize>()) / 4
    }
}

/// Traces an entity that is no block and no text. Says whether its type is drawn.
pub fn trace(item: &Item, map: Affine, into: &mut Traced) -> bool {
    let own = &item.head;
    let height = own.number(38).or_else(|| own.number(30)).unwrap_or(0.0);
    into.high |= is_high(own) || item.children.iter().any(is_high);
    into.level = level(own).filter(|_| !item.children.iter().any(is_high));
    let in_plane = || map.after(Affine::of_plane(own, height));
    match own.kind.as_str() {
        "POINT" => {
            let at = own.position(10).map(|[x, y, _]| map.at([x, y]));
            if let Some(at) = at {
                into.part(Part::Point, vec![at]);
            }
        }
        "LINE" => {
            let ends = [own.position(10), own.position(11)].into_iter().flatten();
            into.part(Part::Line, ends.map(|[x, y, _]| map.at([x, y])).collect());
        }
        "LWPOLYLINE" => {
            let map = in_plane();
            outline(&vertices(own), own.flags(70) & 1 != 0, map, into);
        }
        "POLYLINE" => polyline(item, map, into),
        "CIRCLE" | "ARC" => {
            let (Some([x, y, _]), Some(radius)) = (own.position(10), own.number(40)) else {
                return true;
            };
            let whole = own.kind == "CIRCLE";
            let angle = |code| radians(own.number(code).unwrap_or(0.0));
            let (from, to) = if whole { (0.0, ahead(0.0, 0.0)) } else { (angle(50), angle(51)) };
            let map = in_plane();
            let path = arc([x, y], [radius, 0.0], [0.0, radius], from, ahead(from, to));
            into.curved = true;
            closed_curve(path.map(|at| map.at(at)).collect(), whole, into);
        }
        "ELLIPSE" => {
            let (Some([x, y, _]), Some([u, v, _])) = (own.position(10), own.position(11)) else {
                return true;
            };
            let ratio = own.number(40).unwrap_or(1.0);
            let down = own.number(230).is_some_and(|z| z < 0.0);
            let side = if down { [v * ratio, -u * ratio] } else { [-v * ratio, u * ratio] };
            let from = own.number(41).unwrap_or(0.0);
            let to = ahead(from, own.number(42).unwrap_or(from));
            let whole = (to - from - ahead(0.0, 0.0)).abs() < 1e-6;
            into.curved = true;
            let path = arc([x, y], [u, v], side, from, to);
            closed_curve(path.map(|at| map.at(at)).collect(), whole, into);
        }
        "SPLINE" => {
            let positions = |code| pairs(own, code);
            let numbers = |code| {
                own.groups()
                    .filter(|(own, _)| *own == code)
                    .filter_map(|(_, v)| number(v))
                    .collect::<Vec<_>>()
            };
            let controls = positions(10);
            let degree = usize::try_from(own.flags(71)).unwrap_or(0);
            let path = if controls.is_empty() {
                positions(11)
            } else {
                spline(degree, &numbers(40), &controls, &numbers(41))
            };
            into.curved = true;
            into.path(path.into_iter().map(|at| map.at(at)).collect(), false);
        }
        "SOLID" | "TRACE" | "3DFACE" => {
            let plane = if own.kind == "3DFACE" { map } else { in_plane() };
            // Corners of a solid go from left to right, then from left to right again.
            let order = if own.kind == "3DFACE" { [10, 11, 12, 13] } else { [10, 11, 13, 12] };
            let mut corners: Vec<[f64; 2]> = Vec::new();
            for [x, y, _] in order.into_iter().filter_map(|code| own.position(code)) {
                let at = plane.at([x, y]);
                if corners.last() != Some(&at) {
                    corners.push(at);
                }
            }
            into.path(corners, true);
        }
        "LEADER" => {
            let path = pairs(own, 10).into_iter().map(|at| map.at(at)).collect();
            into.part(Part::Line, path);
        }
        "HATCH" => hatch::trace(own, in_plane(), into),
        _ => return false,
    }
    true
}

/// Whether a height of an entity's positions is not zero.
pub fn is_high(own: &Entity) -> bool {
    own.groups().any(|(code, value)| {
        let digits = value.iter().take_while(|byte| !matches!(byte, b'e' | b'E'));
        matches!(code, 30..=33 | 38) && digits.into_iter().any(|byte| matches!(byte, b'1'..=b'9'))
    })
}

/// The height that all positions of an entity have, where it says one and lies level: a point's, a
/// contour line's, that at which a block or a text is put.
pub fn level(own: &Entity) -> Option<f64> {
    let is_level = [210, 220].iter().all(|code| own.number(*code).is_none_or(|part| part == 0.0))
        && own.number(230).is_none_or(|up| up > 0.0);
    let height = match own.kind.as_str() {
        "POINT" | "TEXT" | "MTEXT" | "INSERT" | "CIRCLE" | "ARC" => own.number(30),
        "POLYLINE" if own.flags(70) & 8 == 0 => own.number(30),
        "LWPOLYLINE" => own.number(38),
        "LINE" => own.number(30).filter(|low| own.number(31) == Some(*low)),
        _ => None,
    };
    height.filter(|_| is_level)
}

/// A whole turn is an area.
fn closed_curve(mut path: Vec<[f64; 2]>, whole: bool, into: &mut Traced) {
    if whole {
        path.pop();
    }
    into.part(if whole { Part::Ring } else { Part::Line }, path);
}

/// The positions of a code and the next after it, in order.
fn pairs(own: &Entity, code: i32) -> Vec<[f64; 2]> {
    let mut positions = Vec::new();
    let mut x = None;
    for (group, value) in own.groups() {
        if group == code {
            x = number(value);
        } else if group == code + 10 {
            positions.extend(x.take().zip(number(value)).map(|(x, y)| [x, y]));
        }
    }
    positions
}

fn vertices(own: &Entity) -> Vec<Vertex> {
    let mut vertices: Vec<Vertex> = Vec::new();
    let mut x = None;
    for (code, value) in own.groups() {
        match code {
            10 => x = number(value),
            20 => vertices.extend(x.take().zip(number(value)).map(|(x, y)| ([x, y], 0.0))),
            42 => {
                if let (Some(last), Some(bulge)) = (vertices.last_mut(), number(value)) {
                    last.1 = bulge;
                }
            }
            _ => {}
        }
    }
    vertices
}

/// A polyline of the older kind, its vertices behind it.
fn polyline(item: &Item, map: Affine, into: &mut Traced) {
    let own = &item.head;
    let flags = own.flags(70);
    // Meshes: each corner names the corners of its face.
    if flags & 64 != 0 {
        faces(item, map, into);
        return;
    }
    // A net of corners: its rows are drawn.
    if flags & 16 != 0 {
        let columns = usize::try_from(own.flags(72)).unwrap_or(0).max(1);
        let corners: Vec<[f64; 2]> =
            item.children.iter().filter_map(corner).map(|at| map.at(at)).collect();
        for row in corners.chunks(columns) {
            into.part(Part::Line, row.to_vec());
        }
        return;
    }
    let height = own.number(30).unwrap_or(0.0);
    let map = if flags & 8 != 0 { map } else { map.after(Affine::of_plane(own, height)) };
    // What frames a spline is no part of it.
    let drawn = item.children.iter().filter(|vertex| vertex.flags(70) & 16 == 0);
    let bulge = |vertex: &Entity| vertex.number(42).unwrap_or(0.0);
    let vertices: Vec<Vertex> = drawn.filter_map(|v| Some((corner(v)?, bulge(v)))).collect();
    outline(&vertices, flags & 1 != 0, map, into);
}

fn corner(vertex: &Entity) -> Option<[f64; 2]> {
    vertex.position(10).map(|[x, y, _]| [x, y])
}

fn faces(item: &Item, map: Affine, into: &mut Traced) {
    let is_face = |vertex: &Entity| vertex.flags(70) & (64 | 128) == 128;
    let corners: Vec<[f64; 2]> = item
        .children
        .iter()
        .filter(|vertex| !is_face(vertex))
        .map(|vertex| map.at(corner(vertex).unwrap_or_default()))
        .collect();
    for face in item.children.iter().filter(|vertex| is_face(vertex)) {
        let numbers = (71..=74).filter_map(|code| face.raw(code).and_then(whole));
        let path: Vec<[f64; 2]> = numbers
            .filter_map(|n| usize::try_from(n.unsigned_abs()).ok()?.checked_sub(1))
            .filter_map(|i| corners.get(i).copied())
            .collect();
        into.path(path, true);
    }
}

/// Where a text stands: texts that are centred or to the right have a second position, which is
/// the one that counts.
pub fn text_position(own: &Entity) -> Option<[f64; 2]> {
    let aligned = own.kind == "TEXT" && (own.flags(72) != 0 || own.flags(73) != 0);
    let first = own.position(10);
    let second = own.position(11).filter(|_| aligned);
    let [x, y, z] = second.or(first)?;
    // Paragraphs stand in the coordinates of the world.
    let plane = if own.kind == "TEXT" { Affine::of_plane(own, z) } else { Affine::IDENTITY };
    Some(plane.at([x, y]))
}

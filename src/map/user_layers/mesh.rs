//! The same without a graphics card's buffers: triangles for egui, made once and moved.

use egui::{Color32, Mesh, Pos2, pos2, vec2};

use crate::{
    layer::visible::Visible,
    style::{Marker, SymbolLook},
    theme::color,
};

/// Triangles around the centre that the visible was made for.
pub fn mesh(visible: &Visible, look: &SymbolLook) -> Mesh {
    let mut mesh = Mesh::default();
    let class = |classes: &[u8], i: usize| classes.get(i).copied().unwrap_or(0);
    for (i, corner) in visible.triangles.iter().enumerate() {
        let next = u32::try_from(mesh.vertices.len()).unwrap_or(u32::MAX);
        let tint = color(look.fill(class(&visible.triangle_classes, i / 3)));
        mesh.colored_vertex(pos2(corner[0], corner[1]), tint);
        mesh.indices.push(next);
    }
    for (i, [x0, y0, x1, y1]) in visible.segments.iter().enumerate() {
        let ink = color(look.stroke(class(&visible.segment_classes, i)));
        segment(&mut mesh, pos2(*x0, *y0), pos2(*x1, *y1), look.line_width_pt, ink);
    }
    let [outer, inner] =
        [look.point_radius_pt, look.core_pt()].map(|radius| corners(look.marker, radius));
    for (i, [x, y]) in visible.points.iter().enumerate() {
        let ink = color(look.color(class(&visible.point_classes, i)));
        fan(&mut mesh, pos2(*x, *y), &outer, color(look.casing));
        fan(&mut mesh, pos2(*x, *y), &inner, ink);
    }
    mesh
}

/// The corners of a symbol; eight do for a circle.
fn corners(marker: Marker, radius: f32) -> Vec<[f32; 2]> {
    if marker == Marker::Circle { round(8, radius) } else { marker.corners(radius) }
}

/// So many corners around a centre, one side upright.
pub fn round(corners: u8, radius: f32) -> Vec<[f32; 2]> {
    let at = |i: u8| {
        let angle = (f32::from(i) + 0.5) * std::f32::consts::TAU / f32::from(corners);
        [angle.cos() * radius, angle.sin() * radius]
    };
    (0..corners).map(at).collect()
}

/// Adds a straight line of this width with square ends.
pub fn segment(mesh: &mut Mesh, a: Pos2, b: Pos2, width: f32, ink: Color32) {
    let step = b - a;
    let long = step.length().max(1e-4);
    let across = step.rot90() / long * (width / 2.0);
    let along = step / long * (width / 2.0);
    let first = u32::try_from(mesh.vertices.len()).unwrap_or(u32::MAX);
    for corner in [a - along - across, a - along + across, b + along - across, b + along + across] {
        mesh.colored_vertex(corner, ink);
    }
    mesh.indices.extend([0, 1, 2, 2, 1, 3].map(|i| first.saturating_add(i)));
}

/// Adds a symbol by its corners.
pub fn fan(mesh: &mut Mesh, center: Pos2, corners: &[[f32; 2]], ink: Color32) {
    let first = u32::try_from(mesh.vertices.len()).unwrap_or(u32::MAX);
    for [dx, dy] in corners {
        mesh.colored_vertex(center + vec2(*dx, *dy), ink);
    }
    for i in (1..).take(corners.len().saturating_sub(2)) {
        mesh.indices.extend([0, i, i + 1].map(|i| first.saturating_add(i)));
    }
}

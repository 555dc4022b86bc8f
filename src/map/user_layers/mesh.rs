//! The same without a graphics card's buffers: triangles for egui, made once and moved.

use egui::{Color32, Mesh, Pos2, pos2, vec2};

use crate::{
    layer::visible::{Sizes, Visible},
    style::Rgba,
    theme::color,
};

/// Triangles around the centre that the visible was made for.
pub fn mesh(visible: &Visible, fill: Rgba, casing: Rgba, sizes: Sizes) -> Mesh {
    let mut mesh = Mesh::default();
    let ink = color(fill);
    let tint = color(fill.faded(0.25));
    for corner in &visible.triangles {
        let next = u32::try_from(mesh.vertices.len()).unwrap_or(u32::MAX);
        mesh.colored_vertex(pos2(corner[0], corner[1]), tint);
        mesh.indices.push(next);
    }
    for [x0, y0, x1, y1] in &visible.segments {
        segment(&mut mesh, pos2(*x0, *y0), pos2(*x1, *y1), sizes.line_width_pt, ink);
    }
    for [x, y] in &visible.points {
        let at = pos2(*x, *y);
        octagon(&mut mesh, at, sizes.point_radius_pt, color(casing));
        octagon(&mut mesh, at, sizes.point_radius_pt - 0.9, ink);
    }
    mesh
}

fn segment(mesh: &mut Mesh, a: Pos2, b: Pos2, width: f32, ink: Color32) {
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

fn octagon(mesh: &mut Mesh, center: Pos2, radius: f32, ink: Color32) {
    const CORNERS: u32 = 8;
    let first = u32::try_from(mesh.vertices.len()).unwrap_or(u32::MAX);
    for i in 0..CORNERS {
        let angle = (i as f32 + 0.5) * std::f32::consts::TAU / CORNERS as f32;
        mesh.colored_vertex(center + vec2(angle.cos(), angle.sin()) * radius, ink);
    }
    for i in 1..CORNERS - 1 {
        mesh.indices.extend([0, i, i + 1].map(|i| first.saturating_add(i)));
    }
}

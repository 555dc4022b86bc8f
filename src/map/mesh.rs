//! Shapes to triangles, in points relative to a fixed position of the world.
//!
//! A mesh is made once for a zoom and then only moved while the map pans.

use std::ops::Range;

use egui::{
    Mesh, Pos2, Stroke as EguiStroke,
    epaint::{PathShape, PathStroke, TessellationOptions, Tessellator},
    pos2,
};

use crate::{
    geo::{Datum, MercatorExtent, Shift, clip::clip_path, triangulate::triangulate},
    scene::{AreaGeometry, Mark, Shape, Stroke, paint_steps},
    style::Rgba,
    theme::color,
    units::Mercator,
};

/// Collects triangles of everything within an extent.
pub struct MeshBuilder {
    tessellator: Tessellator,
    mesh: Mesh,
    /// Position of the mesh's origin.
    /// The origin in the plane of the basemap's datum.
    origin: Mercator,
    scale: f64,
    extent: MercatorExtent,
    shift: Shift,
    pixel_pt: f32,
}

impl MeshBuilder {
    /// `scale` is in points per unit of Mercator.
    pub fn new(
        origin: Mercator,
        scale: f64,
        extent: MercatorExtent,
        datum: Datum,
        pixels_per_point: f32,
    ) -> Self {
        let shift = Shift::new(datum, &extent);
        let options = TessellationOptions { parallel_tessellation: false, ..Default::default() };
        Self {
            tessellator: Tessellator::new(pixels_per_point, options, [1, 1], Vec::new()),
            mesh: Mesh::default(),
            origin: shift.forward(origin),
            scale,
            extent,
            shift,
            pixel_pt: 1.0 / pixels_per_point,
        }
    }

    /// The triangles so far.
    pub fn finish(self) -> Mesh {
        self.mesh
    }

    /// Lines and areas of a draw list, in the order of the off-screen painter; points are painted
    /// apart, they carry text.
    pub fn shapes(&mut self, shapes: &[Shape]) {
        for step in paint_steps(shapes) {
            if let Some(shape) = shapes.get(step.shape) {
                self.shape(shape, step.strokes);
            }
        }
    }

    fn shape(&mut self, shape: &Shape, chosen: Range<usize>) {
        match &shape.mark {
            Mark::Line { path, strokes } => {
                for stroke in strokes.get(chosen).unwrap_or_default() {
                    self.line(path, stroke);
                }
            }
            Mark::Area { area, fill, outline } => {
                self.area(area, *fill);
                if let Some(stroke) = outline {
                    self.outline(area, stroke);
                }
            }
            Mark::Pin { .. } | Mark::Anchor { .. } | Mark::Dot { .. } => {}
        }
    }

    /// One stroke along a path.
    pub fn line(&mut self, path: &[Mercator], stroke: &Stroke) {
        // Half the width and the bars may reach in from outside.
        let reach = f64::from(stroke.width_pt + 12.0) / self.scale;
        for run in clip_path(path, &self.extent.grown(reach)) {
            let points: Vec<Pos2> = run.path.iter().map(|p| self.to_pt(*p)).collect();
            #[expect(clippy::cast_possible_truncation, reason = "a phase in points")]
            let offset = (run.start_units * self.scale % 1e6) as f32;
            match (stroke.ticks, stroke.dash) {
                (Some(ticks), _) => {
                    self.bars(&points, ticks.spacing_pt, ticks.length_pt, offset, stroke);
                }
                (None, Some(dash)) => self.dashes(&points, &dash, offset, stroke),
                (None, None) => self.polyline(points, stroke.width_pt, stroke.color),
            }
        }
    }

    /// A line with an arbitrary dash pattern.
    pub fn dashed(&mut self, path: &[Mercator], width_pt: f32, ink: Rgba, pattern: &[f32]) {
        for run in clip_path(path, &self.extent) {
            let points: Vec<Pos2> = run.path.iter().map(|p| self.to_pt(*p)).collect();
            self.dashes(&points, pattern, 0.0, &Stroke::solid(width_pt, ink));
        }
    }

    /// Fills an area.
    pub fn area(&mut self, area: &AreaGeometry, fill: Rgba) {
        if fill.3 == 0 {
            return;
        }
        let triangles = triangulate(&area.exterior, &area.holes);
        self.triangles(&triangles.vertices, &triangles.indices, fill);
    }

    /// Adds a lattice of squares whose corners have colours of their own, rows from the north.
    pub fn lattice(&mut self, first: Mercator, step: f64, columns: usize, tones: &[Rgba]) {
        let width = u32::try_from(columns);
        let (Ok(from), Ok(width)) = (u32::try_from(self.mesh.vertices.len()), width) else {
            return;
        };
        let mut y = first.y;
        for (row, line) in (0_u32..).zip(tones.chunks_exact(columns.max(1))) {
            let mut x = first.x;
            for (column, tone) in (0_u32..).zip(line) {
                let at = self.to_pt(Mercator { x, y });
                self.mesh.colored_vertex(at, color(*tone));
                x += step;
                if row > 0 && column > 0 {
                    let here = from + row * width + column;
                    self.mesh.add_triangle(here - width - 1, here - width, here - 1);
                    self.mesh.add_triangle(here - width, here, here - 1);
                }
            }
            y += step;
        }
    }

    /// Adds finished triangles.
    pub fn triangles(&mut self, vertices: &[Mercator], indices: &[u32], fill: Rgba) {
        let Ok(first) = u32::try_from(self.mesh.vertices.len()) else { return };
        let ink = color(fill);
        for vertex in vertices {
            let at = self.to_pt(*vertex);
            self.mesh.colored_vertex(at, ink);
        }
        self.mesh.indices.extend(indices.iter().map(|i| first + i));
    }

    fn outline(&mut self, area: &AreaGeometry, stroke: &Stroke) {
        for ring in std::iter::once(&area.exterior).chain(&area.holes) {
            let mut closed = ring.clone();
            closed.extend(ring.first().copied());
            self.line(&closed, stroke);
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "points are f32 by design")]
    fn to_pt(&self, p: Mercator) -> Pos2 {
        let p = self.shift.forward(p);
        pos2(
            ((p.x - self.origin.x) * self.scale) as f32,
            ((p.y - self.origin.y) * self.scale) as f32,
        )
    }

    fn polyline(&mut self, points: Vec<Pos2>, width_pt: f32, ink: Rgba) {
        let points = without_repeats(points, self.pixel_pt * 0.3);
        if points.len() < 2 || ink.3 == 0 {
            return;
        }
        let stroke = PathStroke::new(width_pt, color(ink));
        self.tessellator.tessellate_path(&PathShape::line(points, stroke), &mut self.mesh);
    }

    fn dashes(&mut self, points: &[Pos2], pattern: &[f32], offset: f32, stroke: &Stroke) {
        for dash in split(points, pattern, offset) {
            self.polyline(dash, stroke.width_pt, stroke.color);
        }
    }

    fn bars(&mut self, points: &[Pos2], spacing: f32, length: f32, offset: f32, stroke: &Stroke) {
        if spacing <= 0.0 {
            return;
        }
        let mut next = spacing - offset.rem_euclid(spacing);
        for pair in points.windows(2) {
            let [a, b] = pair else { continue };
            let step = *b - *a;
            let step_length = step.length();
            while step_length > 0.0 && next <= step_length {
                let at = *a + step * (next / step_length);
                let across = step.rot90() / step_length * (length / 2.0);
                self.tessellator.tessellate_line_segment(
                    [at - across, at + across],
                    EguiStroke::new(stroke.width_pt, color(stroke.color)),
                    &mut self.mesh,
                );
                next += spacing;
            }
            next -= step_length;
        }
    }
}

/// Points nearer than a fraction of a pixel would make spikes where lines join.
fn without_repeats(points: Vec<Pos2>, nearer_than: f32) -> Vec<Pos2> {
    let mut kept: Vec<Pos2> = Vec::with_capacity(points.len());
    let last = points.len().saturating_sub(1);
    for (i, point) in points.into_iter().enumerate() {
        let near = kept.last().is_some_and(|before| before.distance(point) < nearer_than);
        if !near {
            kept.push(point);
        } else if i == last && kept.len() > 1 {
            // The end counts more than the point just before it.
            kept.pop();
            kept.push(point);
        }
    }
    kept
}

/// The dashes of a path; `pattern` is dash, gap, dash, gap …, begun `offset` before the path.
pub(super) fn split(points: &[Pos2], pattern: &[f32], offset: f32) -> Vec<Vec<Pos2>> {
    let period: f32 = pattern.iter().sum();
    if pattern.len() < 2 || period <= 0.1 || !offset.is_finite() {
        return vec![points.to_vec()];
    }
    let mut index = 0;
    let mut left = pattern[0];
    let mut skip = offset.rem_euclid(period);
    while skip >= left {
        skip -= left;
        index = (index + 1) % pattern.len();
        left = pattern[index].max(0.01);
    }
    left -= skip;
    let mut dashes = Vec::new();
    let mut current: Vec<Pos2> = Vec::new();
    if index % 2 == 0 {
        current.extend(points.first());
    }
    for pair in points.windows(2) {
        let [a, b] = pair else { continue };
        let length = a.distance(*b);
        if length <= 0.0 {
            continue;
        }
        let mut done = 0.0;
        while length - done >= left {
            done += left;
            let at = *a + (*b - *a) * (done / length);
            if index % 2 == 0 {
                current.push(at);
                dashes.push(std::mem::take(&mut current));
            } else {
                current = vec![at];
            }
            index = (index + 1) % pattern.len();
            left = pattern[index].max(0.01);
        }
        left -= length - done;
        if index % 2 == 0 {
            current.push(*b);
        }
    }
    if current.len() > 1 {
        dashes.push(current);
    }
    dashes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn length(path: &[Pos2]) -> f32 {
        path.windows(2).map(|pair| pair[0].distance(pair[1])).sum()
    }

    #[test]
    fn dashes_cover_their_share_whatever_the_corners() {
        let path = [pos2(0.0, 0.0), pos2(33.0, 0.0), pos2(33.0, 47.0), pos2(80.0, 47.0)];
        for offset in [0.0, 3.5, 12.0, 100.0] {
            let dashes = split(&path, &[6.0, 4.0], offset);
            let drawn: f32 = dashes.iter().map(|dash| length(dash)).sum();
            assert!((drawn / length(&path) - 0.6).abs() < 0.06, "offset {offset}: {drawn}");
            assert!(dashes.iter().all(|dash| length(dash) <= 6.001));
        }
    }

    #[test]
    fn a_cut_path_keeps_the_phase_of_the_whole() {
        let whole = [pos2(0.0, 0.0), pos2(100.0, 0.0)];
        let all = split(&whole, &[6.0, 4.0], 0.0);
        let rest = split(&[pos2(37.0, 0.0), pos2(100.0, 0.0)], &[6.0, 4.0], 37.0);
        let starts = |dashes: &[Vec<Pos2>]| -> Vec<String> {
            let xs = dashes.iter().map(|d| d[0].x).filter(|x| *x > 37.5);
            xs.map(|x| format!("{x:.0}")).collect()
        };
        assert_eq!(starts(&all), starts(&rest));
    }
}

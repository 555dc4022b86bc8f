//! What of a layer is worth drawing in a view: nothing finer than pixels, nothing out of sight.
//!
//! The cost of a frame is then bounded by the screen and not by the data. It takes milliseconds,
//! and runs outside the UI thread.

use super::{Bits, Chunk, Kind, Layer, Part};
use crate::{
    geo::{Datum, MercatorExtent, Shift, clip::share_inside},
    units::Mercator,
};

/// Which part of the world, how large, and in whose plane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Origin of the positions below.
    pub center: Mercator,
    /// Points per unit of Mercator.
    pub scale: f64,
    /// What is drawn, with the margins that panning may show.
    pub extent: MercatorExtent,
    pub datum: Datum,
    pub pixels_per_point: f32,
}

/// Sizes of what is drawn, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sizes {
    pub point_radius_pt: f32,
    pub line_width_pt: f32,
}

/// Positions in points from the frame's centre.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Visible {
    pub points: Vec<[f32; 2]>,
    /// From and to.
    pub segments: Vec<[f32; 4]>,
    /// Corners of the triangles that fill areas, three each.
    pub triangles: Vec<[f32; 2]>,
    /// Features in view, and how many of them are drawn: the others lie under those.
    pub in_view: usize,
    pub drawn: usize,
}

/// Chooses. `passed` says which rows are shown.
pub fn visible(layer: &Layer, passed: Option<&[Bits]>, frame: &Frame, sizes: Sizes) -> Visible {
    let mut chooser = Chooser::new(frame, sizes);
    for (i, chunk) in layer.chunks.iter().enumerate() {
        let rows = passed.map(|passed| passed.get(i));
        // Chunks without an answer of the filter are not shown under it.
        match rows {
            Some(None) => {}
            Some(Some(bits)) => chooser.chunk(chunk, Some(bits)),
            None => chooser.chunk(chunk, None),
        }
    }
    chooser.out
}

struct Chooser<'a> {
    frame: &'a Frame,
    shift: Shift,
    /// The centre in the plane of the datum.
    origin: Mercator,
    reach: MercatorExtent,
    /// Which cells have a point.
    points: Cells,
    /// Which pixels a line passes.
    lines: Cells,
    out: Visible,
    path: Vec<[f32; 2]>,
}

impl<'a> Chooser<'a> {
    fn new(frame: &'a Frame, sizes: Sizes) -> Self {
        let shift = Shift::new(frame.datum, &frame.extent);
        let origin = shift.forward(frame.center);
        let reach_pt = f64::from(sizes.point_radius_pt.max(sizes.line_width_pt)) + 1.0;
        // Two points nearer than half a symbol look like one.
        let apart = (sizes.point_radius_pt * 0.9).max(1.0 / frame.pixels_per_point);
        let pixel = 1.0 / frame.pixels_per_point;
        Self {
            frame,
            origin,
            shift,
            reach: frame.extent.grown(reach_pt / frame.scale),
            points: Cells::new(frame, apart),
            lines: Cells::new(frame, pixel.max(sizes.line_width_pt * 0.5)),
            out: Visible::default(),
            path: Vec::new(),
        }
    }

    fn chunk(&mut self, chunk: &Chunk, rows: Option<&Bits>) {
        let Some(grid) = &chunk.grid else { return };
        let shapes = &chunk.shapes;
        let shown = |row: usize| rows.is_none_or(|bits| bits.contains(row));
        if shapes.only_points() {
            grid.cells(&self.reach.clone(), &mut |_, cell| {
                for row in cell.iter().map(|row| usize::from(*row)).filter(|row| shown(*row)) {
                    if let Some(p) = shapes.positions.get(row) {
                        self.point(*p);
                    }
                }
            });
            return;
        }
        grid.in_extent(shapes, &self.reach.clone(), &mut |row| {
            if !shown(row) {
                return;
            }
            match shapes.kind(row) {
                Kind::Point => shapes.parts_of(row).for_each(|part| {
                    shapes.part(part).iter().for_each(|p| self.point(*p));
                }),
                Kind::Line => self.line(chunk, row),
                Kind::Area => self.area(chunk, row),
                Kind::Mixed => self.mixed(chunk, row),
                Kind::None => {}
            }
        });
    }

    fn point(&mut self, p: Mercator) {
        if !self.reach.contains(p) {
            return;
        }
        self.out.in_view += 1;
        let at = self.place(p);
        if self.points.take(at) {
            self.out.points.push(at);
            self.out.drawn += 1;
        }
    }

    fn line(&mut self, chunk: &Chunk, row: usize) {
        self.out.in_view += 1;
        let before = self.out.segments.len();
        for part in chunk.shapes.parts_of(row) {
            self.stroke(chunk.shapes.part(part), false);
        }
        self.out.drawn += usize::from(self.out.segments.len() > before);
    }

    fn area(&mut self, chunk: &Chunk, row: usize) {
        self.out.in_view += 1;
        // Its largest ring: islands may be told before the mainland.
        let sized = chunk.shapes.parts_of(row).map(|part| (size_of(chunk.shapes.part(part)), part));
        let Some((size, largest)) = sized.max_by(|a, b| a.0.total_cmp(&b.0)) else { return };
        // Smaller than a pixel or two: its place is what can be seen of it.
        if size * self.frame.scale < 2.0 / f64::from(self.frame.pixels_per_point) {
            if let Some(p) = chunk.shapes.part(largest).first() {
                let at = self.place(*p);
                if self.lines.take(at) {
                    self.out.segments.push([at[0], at[1], at[0] + 0.5, at[1]]);
                    self.out.drawn += 1;
                }
            }
            return;
        }
        self.out.drawn += 1;
        self.fill(chunk, row);
        for part in chunk.shapes.parts_of(row) {
            self.stroke(chunk.shapes.part(part), true);
        }
    }

    /// Each part as what it is.
    fn mixed(&mut self, chunk: &Chunk, row: usize) {
        self.out.in_view += 1;
        self.out.drawn += 1;
        self.fill(chunk, row);
        for part in chunk.shapes.parts_of(row) {
            let path = chunk.shapes.part(part);
            match chunk.shapes.role(row, part) {
                Part::Point => {
                    for p in path.iter().filter(|p| self.reach.contains(**p)) {
                        let at = self.place(*p);
                        if self.points.take(at) {
                            self.out.points.push(at);
                        }
                    }
                }
                Part::Line => self.stroke(path, false),
                Part::Ring | Part::Hole => self.stroke(path, true),
            }
        }
    }

    fn fill(&mut self, chunk: &Chunk, row: usize) {
        if let Some(mesh) = chunk.triangles(row) {
            for corner in &mesh.indices {
                if let Some(p) = mesh.vertices.get(*corner as usize) {
                    let at = self.place(*p);
                    self.out.triangles.push(at);
                }
            }
        }
    }

    /// The pieces of a path that pass anything not passed before.
    fn stroke(&mut self, path: &[Mercator], closed: bool) {
        let pixel = 0.7 / self.frame.pixels_per_point;
        let mut points = std::mem::take(&mut self.path);
        points.clear();
        let closing = if closed { path.first() } else { None };
        let last = path.len() + usize::from(closed) - 1;
        for (i, p) in path.iter().chain(closing).enumerate() {
            let at = self.place(*p);
            let far = points.last().is_none_or(|b: &[f32; 2]| {
                (b[0] - at[0]).abs() > pixel || (b[1] - at[1]).abs() > pixel
            });
            // Ends stay: a line must reach what it leads to.
            if far || i == last {
                points.push(at);
            }
        }
        for pair in points.windows(2) {
            let [a, b] = pair else { continue };
            if self.lines.sees(*a, *b) && self.lines.pass(*a, *b) {
                self.out.segments.push([a[0], a[1], b[0], b[1]]);
            }
        }
        self.path = points;
    }

    #[expect(clippy::cast_possible_truncation, reason = "points are f32 by design")]
    fn place(&self, p: Mercator) -> [f32; 2] {
        let p = self.shift.forward(p);
        [
            ((p.x - self.origin.x) * self.frame.scale) as f32,
            ((p.y - self.origin.y) * self.frame.scale) as f32,
        ]
    }
}

fn size_of(path: &[Mercator]) -> f64 {
    MercatorExtent::around(path.iter().copied())
        .map_or(0.0, |e| (e.max.x - e.min.x).max(e.max.y - e.min.y))
}

/// Cells of the frame, each free or taken.
struct Cells {
    taken: Vec<u64>,
    from: [f32; 2],
    columns: usize,
    rows: usize,
    per_pt: f32,
}

impl Cells {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "some thousands of points"
    )]
    fn new(frame: &Frame, cell_pt: f32) -> Self {
        const MOST: usize = 8192;
        let place = |p: Mercator| {
            [
                ((p.x - frame.center.x) * frame.scale) as f32 - 16.0,
                ((p.y - frame.center.y) * frame.scale) as f32 - 16.0,
            ]
        };
        let (from, to) = (place(frame.extent.min), place(frame.extent.max));
        let count =
            |i: usize| (((to[i] - from[i] + 32.0) / cell_pt).ceil() as usize).clamp(1, MOST);
        let (columns, rows) = (count(0), count(1));
        let taken = vec![0; (columns * rows).div_ceil(64)];
        Self { taken, from, columns, rows, per_pt: 1.0 / cell_pt }
    }

    /// Takes the cell of a position. Says whether it was free.
    fn take(&mut self, at: [f32; 2]) -> bool {
        let Some(cell) = self.cell(at) else { return false };
        let Some(word) = self.taken.get_mut(cell / 64) else { return false };
        let bit = 1 << (cell % 64);
        let free = *word & bit == 0;
        *word |= bit;
        free
    }

    /// Takes the cells along a segment. Says whether any was free.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded")]
    fn pass(&mut self, a: [f32; 2], b: [f32; 2]) -> bool {
        let Some((a, b)) = self.clipped(a, b) else { return false };
        let longer = (b[0] - a[0]).abs().max((b[1] - a[1]).abs()) * self.per_pt;
        let steps = (longer.ceil() as usize).clamp(1, 16_384);
        let mut any = false;
        for i in 0..=steps {
            let t = i as f32 / steps as f32;
            any |= self.take([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]);
        }
        any
    }

    fn sees(&self, a: [f32; 2], b: [f32; 2]) -> bool {
        self.clipped(a, b).is_some()
    }

    /// The part of a segment inside the frame.
    fn clipped(&self, a: [f32; 2], b: [f32; 2]) -> Option<([f32; 2], [f32; 2])> {
        let end = [
            self.from[0] + self.columns as f32 / self.per_pt,
            self.from[1] + self.rows as f32 / self.per_pt,
        ];
        let wide = |p: [f32; 2]| p.map(f64::from);
        let (from, to) = share_inside(wide(a), wide(b), wide(self.from), wide(end))?;
        #[expect(clippy::cast_possible_truncation, reason = "points are f32 by design")]
        let at = |t: f64| [0, 1].map(|i: usize| a[i] + (b[i] - a[i]) * t as f32);
        Some((at(from), at(to)))
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked")]
    fn cell(&self, at: [f32; 2]) -> Option<usize> {
        let (x, y) = ((at[0] - self.from[0]) * self.per_pt, (at[1] - self.from[1]) * self.per_pt);
        if x < 0.0 || y < 0.0 || x >= self.columns as f32 || y >= self.rows as f32 {
            return None;
        }
        Some(y as usize * self.columns + x as usize)
    }
}

/// Sizes for a layer of so many features: symbols grow a little with the zoom, in steps, so that a
/// choice stays good between them.
#[expect(clippy::cast_possible_truncation, reason = "a few points")]
pub fn sizes(features: usize, zoom: f64) -> Sizes {
    let many = features > 20_000;
    let base: f32 = if many { 2.2 } else { 3.2 };
    let step = ((zoom.floor() - 9.0).clamp(0.0, 6.0) * 0.35) as f32;
    Sizes { point_radius_pt: base + step, line_width_pt: if many { 1.0 } else { 2.4 } + step * 0.5 }
}

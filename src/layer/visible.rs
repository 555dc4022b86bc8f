//! What of a layer is worth drawing in a view: nothing finer than pixels, nothing out of sight.
//!
//! The cost of a frame is then bounded by the screen and not by the data. It takes milliseconds,
//! and runs outside the UI thread.

use std::sync::Arc;

pub use super::frame::{Frame, Sizes, sizes};
use super::{Bits, Chunk, Kind, Layer, Part, cells::Cells, frame::Placing};
use crate::{geo::MercatorExtent, style::EDGE, units::Mercator};

/// Positions in points from the frame's centre.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Visible {
    pub points: Vec<[f32; 2]>,
    /// From and to.
    pub segments: Vec<[f32; 4]>,
    /// Corners of the triangles that fill areas, three each.
    pub triangles: Vec<[f32; 2]>,
    /// Where features are told apart: the class of each point, segment and triangle. The edges of
    /// areas carry [`EDGE`], too.
    pub point_classes: Vec<u8>,
    pub segment_classes: Vec<u8>,
    pub triangle_classes: Vec<u8>,
    /// Features in view, and how many of them are drawn: the others lie under those.
    pub in_view: usize,
    pub drawn: usize,
}

/// The classes of a layer's rows, chunk by chunk, and that of rows which are not told.
#[derive(Debug, Clone, Copy)]
pub struct RowClasses<'a> {
    pub rows: &'a [Arc<[u8]>],
    pub rest: u8,
}

/// Chooses. `passed` says which rows are shown.
pub fn visible(layer: &Layer, passed: Option<&[Bits]>, frame: &Frame, sizes: Sizes) -> Visible {
    let mut chooser = Chooser::new(frame, sizes);
    for (i, chunk) in layer.chunks.iter().enumerate() {
        chooser.chunk_of(i, chunk, passed);
    }
    chooser.out
}

/// The same with the class of everything that is chosen.
///
/// Of what lies in one place the uppermost is chosen, for that is whose colour is seen: the
/// features are gone through backwards, and the choice is turned round at the end.
pub fn visible_in_classes(
    layer: &Layer,
    passed: Option<&[Bits]>,
    classes: RowClasses<'_>,
    frame: &Frame,
    sizes: Sizes,
) -> Visible {
    let mut chooser = Chooser::new(frame, sizes);
    for (i, chunk) in layer.chunks.iter().enumerate().rev() {
        let rows = classes.rows.get(i).map_or(&[][..], |rows| rows);
        chooser.classes = Some((rows, classes.rest));
        chooser.chunk_of(i, chunk, passed);
    }
    chooser.out.turn_round();
    chooser.out
}

impl Visible {
    fn turn_round(&mut self) {
        self.points.reverse();
        self.segments.reverse();
        // Pieces of one line go on from each other.
        for [x0, y0, x1, y1] in &mut self.segments {
            std::mem::swap(x0, x1);
            std::mem::swap(y0, y1);
        }
        self.triangles.reverse();
        self.point_classes.reverse();
        self.segment_classes.reverse();
        self.triangle_classes.reverse();
    }
}

struct Chooser<'a> {
    frame: &'a Frame,
    placing: Placing,
    /// The classes of the chunk's rows, and that of the others; `None` where nobody asks.
    classes: Option<(&'a [u8], u8)>,
    /// The class of the row.
    class: u8,
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
        let reach_pt = f64::from(sizes.point_radius_pt.max(sizes.line_width_pt)) + 1.0;
        // Two points nearer than half a symbol look like one.
        let apart = (sizes.point_radius_pt * 0.9).max(1.0 / frame.pixels_per_point);
        let pixel = 1.0 / frame.pixels_per_point;
        Self {
            frame,
            placing: Placing::new(frame),
            classes: None,
            class: 0,
            reach: frame.extent.grown(reach_pt / frame.scale),
            points: Cells::new(frame, apart),
            lines: Cells::new(frame, pixel.max(sizes.line_width_pt * 0.5)),
            out: Visible::default(),
            path: Vec::new(),
        }
    }

    fn chunk_of(&mut self, i: usize, chunk: &Chunk, passed: Option<&[Bits]>) {
        let rows = passed.map(|passed| passed.get(i));
        // Chunks without an answer of the filter are not shown under it.
        let rows = match rows {
            Some(None) => return,
            Some(Some(bits)) => Some(bits),
            None => None,
        };
        match self.classes {
            None => self.chunk(chunk, rows),
            Some((classes, rest)) => self.chunk_in_classes(chunk, rows, classes, rest),
        }
    }

    fn chunk_in_classes(&mut self, chunk: &Chunk, rows: Option<&Bits>, classes: &[u8], rest: u8) {
        let Some(grid) = &chunk.grid else { return };
        let shapes = &chunk.shapes;
        let mut found: Vec<u16> = Vec::new();
        if shapes.only_points() {
            grid.cells(&self.reach.clone(), &mut |_, cell| found.extend_from_slice(cell));
        } else {
            grid.in_extent(shapes, &self.reach.clone(), &mut |row| {
                found.extend(u16::try_from(row));
            });
        }
        let plain = shapes.only_points();
        for row in found.into_iter().rev().map(usize::from) {
            if rows.is_some_and(|bits| !bits.contains(row)) {
                continue;
            }
            self.class = classes.get(row).copied().unwrap_or(rest);
            match (plain, shapes.positions.get(row)) {
                (true, Some(p)) => self.point(*p),
                (true, None) => {}
                (false, _) => self.feature(chunk, row),
            }
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
            if shown(row) {
                self.feature(chunk, row);
            }
        });
    }

    fn feature(&mut self, chunk: &Chunk, row: usize) {
        let shapes = &chunk.shapes;
        match shapes.kind(row) {
            Kind::Point => shapes.parts_of(row).for_each(|part| {
                shapes.part(part).iter().for_each(|p| self.point(*p));
            }),
            Kind::Line => self.line(chunk, row),
            Kind::Area => self.area(chunk, row),
            Kind::Mixed => self.mixed(chunk, row),
            Kind::None => {}
        }
    }

    fn point(&mut self, p: Mercator) {
        if !self.reach.contains(p) {
            return;
        }
        self.out.in_view += 1;
        self.out.drawn += usize::from(self.dot(p));
    }

    /// Takes the place of a point. Says whether it was free.
    fn dot(&mut self, p: Mercator) -> bool {
        let at = self.placing.of(p);
        let free = self.points.take(at);
        if free {
            self.out.points.push(at);
            if self.classes.is_some() {
                self.out.point_classes.push(self.class);
            }
        }
        free
    }

    fn segment(&mut self, segment: [f32; 4], is_edge: bool) {
        self.out.segments.push(segment);
        if self.classes.is_some() {
            self.out.segment_classes.push(if is_edge { self.class | EDGE } else { self.class });
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
                let at = self.placing.of(*p);
                if self.lines.take(at) {
                    // What is seen of it is its fill as much as its edge.
                    self.segment([at[0], at[1], at[0] + 0.5, at[1]], false);
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
                    let reach = self.reach;
                    for p in path.iter().filter(|p| reach.contains(**p)) {
                        self.dot(*p);
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
                    let at = self.placing.of(*p);
                    self.out.triangles.push(at);
                }
            }
            if self.classes.is_some() {
                self.out.triangle_classes.resize(self.out.triangles.len() / 3, self.class);
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
            let at = self.placing.of(*p);
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
                self.segment([a[0], a[1], b[0], b[1]], closed);
            }
        }
        self.path = points;
    }
}

fn size_of(path: &[Mercator]) -> f64 {
    MercatorExtent::around(path.iter().copied())
        .map_or(0.0, |e| (e.max.x - e.min.x).max(e.max.y - e.min.y))
}

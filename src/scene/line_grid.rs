//! Lines that no name may be struck through by, and whether a box touches one.

use std::sync::Arc;

use super::{
    Prepared, Viewport,
    lines::{Emphasis, half_width_pt},
    view::View,
};
use crate::{
    catalogue::{Catalogue, LineClass, Role},
    units::Mercator,
};

/// An occupied box: left, top, right, bottom.
pub type Occupied = [f32; 4];

/// A straight piece of a line, in points from the picture's corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Segment {
    pub from_pt: [f32; 2],
    pub to_pt: [f32; 2],
    /// Half of the line's width.
    pub half_pt: f32,
}

impl Segment {
    /// Whether any of its ink lies in a box.
    pub fn touches(&self, bounds: &Occupied) -> bool {
        self.within(bounds).is_some()
    }

    /// How much of its length lies in a box.
    pub fn length_in_pt(&self, bounds: &Occupied) -> f32 {
        let ([ax, ay], [bx, by]) = (self.from_pt, self.to_pt);
        self.within(bounds).map_or(0.0, |share| share * (bx - ax).hypot(by - ay))
    }

    /// The share of it that lies in a box; `None` where it does not touch it.
    fn within(&self, bounds: &Occupied) -> Option<f32> {
        let [left, top, right, bottom] = *bounds;
        let (mut enters, mut leaves) = (0.0_f32, 1.0_f32);
        for (axis, low, high) in [(0, left, right), (1, top, bottom)] {
            let (a, b) = (self.from_pt[axis], self.to_pt[axis]);
            let (low, high) = (low - self.half_pt, high + self.half_pt);
            let step = b - a;
            if step.abs() < 1e-6 {
                if a < low || a > high {
                    return None;
                }
                continue;
            }
            let (one, other) = ((low - a) / step, (high - a) / step);
            enters = enters.max(one.min(other));
            leaves = leaves.min(one.max(other));
        }
        (enters <= leaves).then_some(leaves - enters)
    }
}

/// Segments in a grid over the picture, so that a box asks only those near it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LineGrid {
    columns: usize,
    rows: usize,
    segments: Vec<Segment>,
    /// Where each cell's entries begin, and one more for the end.
    starts: Vec<u32>,
    entries: Vec<u32>,
}

/// Edge of a cell in points: about a name.
const CELL_PT: f32 = 48.0;

impl LineGrid {
    /// Of the segments that lie in a picture of this size.
    pub fn new(segments: impl IntoIterator<Item = Segment>, size_pt: [f32; 2]) -> Self {
        let [columns, rows] = size_pt.map(|side| cell(side, usize::MAX) + 1);
        let mut grid = Self { columns, rows, ..Self::default() };
        let whole = [0.0, 0.0, size_pt[0], size_pt[1]];
        grid.segments = segments.into_iter().filter(|s| s.touches(&whole)).collect();
        let mut counts = vec![0_u32; columns * rows + 1];
        grid.each_cell(|at, _| counts[at + 1] += 1);
        for at in 1..counts.len() {
            counts[at] += counts[at - 1];
        }
        let mut next = counts.clone();
        let mut entries = vec![0_u32; counts.last().copied().unwrap_or(0) as usize];
        grid.each_cell(|at, segment| {
            entries[next[at] as usize] = segment;
            next[at] += 1;
        });
        grid.starts = counts;
        grid.entries = entries;
        grid
    }

    /// Whether a line runs through a box.
    pub fn touches(&self, bounds: &Occupied) -> bool {
        self.near(bounds).any(|i| self.segments[i as usize].touches(bounds))
    }

    /// The length of all lines in a box.
    pub fn ink_pt(&self, bounds: &Occupied) -> f32 {
        let mut near: Vec<u32> = self.near(bounds).collect();
        // A segment stands in every cell that it crosses.
        near.sort_unstable();
        near.dedup();
        near.into_iter().map(|i| self.segments[i as usize].length_in_pt(bounds)).sum()
    }

    /// The segments in the cells of a box, some more than once.
    fn near(&self, bounds: &Occupied) -> impl Iterator<Item = u32> {
        let cells = (!self.segments.is_empty()).then(|| self.cells(bounds));
        cells.into_iter().flatten().flat_map(|at| {
            let range = self.starts[at] as usize..self.starts[at + 1] as usize;
            self.entries[range].iter().copied()
        })
    }

    fn each_cell(&self, mut each: impl FnMut(usize, u32)) {
        for (number, segment) in (0_u32..).zip(&self.segments) {
            let ([ax, ay], [bx, by], half) = (segment.from_pt, segment.to_pt, segment.half_pt);
            let around =
                [ax.min(bx) - half, ay.min(by) - half, ax.max(bx) + half, ay.max(by) + half];
            for at in self.cells(&around) {
                if segment.touches(&self.cell_bounds(at)) {
                    each(at, number);
                }
            }
        }
    }

    fn cells(&self, [left, top, right, bottom]: &Occupied) -> impl Iterator<Item = usize> + use<> {
        let columns = self.columns;
        let across = cell(*left, columns)..=cell(*right, columns);
        let down = cell(*top, self.rows)..=cell(*bottom, self.rows);
        down.flat_map(move |row| across.clone().map(move |column| row * columns + column))
    }

    fn cell_bounds(&self, at: usize) -> Occupied {
        // Cells at the rim hold what lies beyond them, too.
        let edge = |i: usize, count: usize| {
            let low = if i == 0 { f32::NEG_INFINITY } else { i as f32 * CELL_PT };
            let high = if i + 1 == count { f32::INFINITY } else { (i + 1) as f32 * CELL_PT };
            (low, high)
        };
        let (left, right) = edge(at % self.columns, self.columns);
        let (top, bottom) = edge(at / self.columns, self.rows);
        [left, top, right, bottom]
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the grid")]
fn cell(at_pt: f32, count: usize) -> usize {
    ((at_pt / CELL_PT).max(0.0) as usize).min(count.saturating_sub(1))
}

/// Air between a line and a name: the path here is up to two pixels off, and names have a halo.
const AIR_PT: f32 = 1.5;

/// The plan's lines and the outlines of its areas, such as a runway, as they lie at rest: what the
/// pointer makes wider moves no name. And `outlines` that are drawn over them, such as a filter's.
pub fn project_lines(
    catalogue: &Catalogue,
    prepared: &Prepared,
    view: View<'_>,
    viewport: &Viewport,
    outlines: &[Vec<Mercator>],
) -> LineGrid {
    let mut segments = Vec::new();
    for ring in outlines {
        let ring = ring.iter().chain(ring.first());
        add(&mut segments, ring, OUTLINE_PT / 2.0 + AIR_PT, viewport);
    }
    for (i, feature) in catalogue.features.iter().enumerate() {
        let emphasis =
            catalogue.projects_by_feature.get(i).into_iter().flatten().filter_map(|&p| {
                catalogue.projects.get(p).and_then(|project| view.at_rest(p, project))
            });
        let Some(emphasis) = emphasis.max() else { continue };
        let class = feature.class.unwrap_or(LineClass::Road);
        let on_request = class == LineClass::Tributary || feature.role == Role::Update;
        if on_request && emphasis < Emphasis::Selected {
            continue;
        }
        if let Some(levels) = prepared.lines.get(i).and_then(Option::as_ref) {
            // Two levels coarser: at most two pixels off, for a quarter of the segments.
            let path = levels.for_zoom(view.zoom - 2.0);
            add(&mut segments, path.iter(), half_width_pt(class, view.zoom) + AIR_PT, viewport);
        } else if let Some(area) = prepared.areas.get(i).and_then(Option::as_ref) {
            let ring = area.exterior.iter().chain(area.exterior.first());
            add(&mut segments, ring, OUTLINE_PT / 2.0 + AIR_PT, viewport);
        }
    }
    LineGrid::new(segments, [viewport.width_pt, viewport.height_pt])
}

/// Half of the width of the basemap's rivers, roads and railways, with air.
const COURSE_HALF_PT: f32 = 1.6;

/// The basemap's own lines in a view.
pub fn ground_lines(courses: &[Arc<[Vec<Mercator>]>], viewport: &Viewport) -> LineGrid {
    let mut segments = Vec::new();
    for path in courses.iter().flat_map(|of| of.iter()) {
        add(&mut segments, path.iter(), COURSE_HALF_PT, viewport);
    }
    LineGrid::new(segments, [viewport.width_pt, viewport.height_pt])
}

/// Whether a segment may have ink in the picture: not if both its ends lie beyond one edge.
fn may_be_seen(a: [f32; 2], b: [f32; 2], half_pt: f32, viewport: &Viewport) -> bool {
    let size = [viewport.width_pt, viewport.height_pt];
    (0..2).all(|axis| {
        let (low, high) = (a[axis].min(b[axis]), a[axis].max(b[axis]));
        high >= -half_pt && low <= size[axis] + half_pt
    })
}

/// Width of an area's outline.
const OUTLINE_PT: f32 = 1.4;

fn add<'a>(
    segments: &mut Vec<Segment>,
    path: impl Iterator<Item = &'a Mercator>,
    half_pt: f32,
    viewport: &Viewport,
) {
    let mut before = None;
    for p in path {
        let here = viewport.to_pt(*p);
        if let Some(from_pt) = before.filter(|from| may_be_seen(*from, here, half_pt, viewport)) {
            segments.push(Segment { from_pt, to_pt: here, half_pt });
        }
        before = Some(here);
    }
}

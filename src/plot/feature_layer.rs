//! The user's layers: what of them is worth drawing has been chosen already.

use crate::{
    paper::{DotsDrawing, Drawing, Item, PathDrawing, Pen, Step, Subject},
    scene::{labels::LabelRequest, legend::LayerLook},
    style::{Marker, Rgba, SymbolLook},
};

/// A layer; positions are in points from the map's top left corner.
#[derive(Debug, Clone, PartialEq)]
pub struct FeatureLayer {
    pub name: String,
    pub points: Vec<[f32; 2]>,
    /// From and to.
    pub segments: Vec<[f32; 4]>,
    /// Corners of the triangles that fill areas, three each.
    pub triangles: Vec<[f32; 2]>,
    /// The class of each of them, as `layer::visible` tells them; empty where all look the same.
    pub point_classes: Vec<u8>,
    pub segment_classes: Vec<u8>,
    pub triangle_classes: Vec<u8>,
    pub look: SymbolLook,
    /// What the legend calls its classes.
    pub classes: Vec<(String, Rgba)>,
    /// Names of its features, which find their places among all others.
    pub names: Vec<LabelRequest>,
}

impl FeatureLayer {
    /// What the legend tells of it.
    pub fn look(&self) -> LayerLook {
        LayerLook {
            name: self.name.clone(),
            has_areas: !self.triangles.is_empty(),
            has_lines: !self.segments.is_empty(),
            symbol: self.look.clone(),
            classes: self.classes.clone(),
        }
    }

    /// Whether nothing of it is seen.
    pub fn is_empty(&self) -> bool {
        self.points.is_empty() && self.segments.is_empty() && self.triangles.is_empty()
    }
}

/// Paths of all features at once would take long to sort.
const AT_ONCE: usize = 4096;

/// A layer on a map whose top left corner lies at a place of the paper: areas, lines, then points.
pub fn feature_layer(layer: &FeatureLayer, at_pt: [f32; 2]) -> Item {
    let place = |[x, y]: [f32; 2]| [at_pt[0] + x, at_pt[1] + y];
    let look = &layer.look;
    let mut items: Vec<Item> = Vec::new();
    for (class, range) in runs(&layer.triangle_classes, layer.triangles.len() / 3) {
        let corners = layer.triangles.get(range.start * 3..range.end * 3).unwrap_or_default();
        for some in corners.chunks(AT_ONCE * 3) {
            let mut steps = Vec::with_capacity(some.len() / 3 * 4);
            for triangle in some.chunks_exact(3) {
                if let [a, b, c] = triangle.iter().map(|p| place(*p)).collect::<Vec<_>>()[..] {
                    steps.extend([Step::Move(a), Step::Line(b), Step::Line(c), Step::Close]);
                }
            }
            items.push(PathDrawing::filled(steps, look.fill(class)).into());
        }
    }
    for (class, range) in runs(&layer.segment_classes, layer.segments.len()) {
        let pen = Pen::solid(look.line_width_pt, look.stroke(class));
        let some = layer.segments.get(range).unwrap_or_default();
        items.push(PathDrawing::drawn(lines(some, place), pen).into());
    }
    for (class, range) in runs(&layer.point_classes, layer.points.len()) {
        let some = layer.points.get(range).unwrap_or_default();
        let discs = vec![(look.point_radius_pt, look.casing), (look.core_pt(), look.color(class))];
        if look.marker == Marker::Circle {
            let centers_pt = some.iter().map(|p| place(*p)).collect();
            items.push(DotsDrawing { centers_pt, discs }.into());
            continue;
        }
        // Each whole before the next: its casing lies over the one before.
        for center in some {
            items.extend(discs.iter().map(|(radius, ink)| {
                let corners = look.marker.corners(*radius);
                Item::from(PathDrawing::filled(polygon(&corners, place(*center)), *ink))
            }));
        }
    }
    Item::of(Subject::Layer(layer.name.clone()), Drawing::Group(items))
}

/// A closed path around a centre.
pub fn polygon(corners: &[[f32; 2]], [x, y]: [f32; 2]) -> Vec<Step> {
    let mut steps: Vec<Step> = corners
        .iter()
        .enumerate()
        .map(|(i, [dx, dy])| {
            let at = [x + dx, y + dy];
            if i == 0 { Step::Move(at) } else { Step::Line(at) }
        })
        .collect();
    if !steps.is_empty() {
        steps.push(Step::Close);
    }
    steps
}

/// Neighbours of one class; a single run where no classes are told.
fn runs(classes: &[u8], count: usize) -> Vec<(u8, std::ops::Range<usize>)> {
    let class = |i: usize| classes.get(i).copied().unwrap_or(0);
    let mut runs: Vec<(u8, std::ops::Range<usize>)> = Vec::new();
    if classes.is_empty() {
        return if count > 0 { vec![(0, 0..count)] } else { runs };
    }
    for i in 0..count {
        match runs.last_mut() {
            Some((own, range)) if *own == class(i) => range.end = i + 1,
            _ => runs.push((class(i), i..i + 1)),
        }
    }
    runs
}

/// Segments, those that go on from the one before joined to it.
fn lines(segments: &[[f32; 4]], place: impl Fn([f32; 2]) -> [f32; 2]) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut end = None;
    for [x0, y0, x1, y1] in segments {
        let from = place([*x0, *y0]);
        let to = place([*x1, *y1]);
        if end != Some(from) {
            steps.push(Step::Move(from));
        }
        steps.push(Step::Line(to));
        end = Some(to);
    }
    steps
}

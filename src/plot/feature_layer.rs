//! The user's layers: what of them is worth drawing has been chosen already.

use crate::{
    paper::{DotsDrawing, Drawing, Item, PathDrawing, Pen, Step, Subject},
    scene::legend::{AREA_TINT, LayerLook},
    style::Rgba,
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
    pub color: Rgba,
    /// Around points.
    pub casing: Rgba,
    pub point_radius_pt: f32,
    pub line_width_pt: f32,
}

impl FeatureLayer {
    /// What the legend tells of it.
    pub fn look(&self) -> LayerLook<'_> {
        LayerLook {
            name: &self.name,
            has_areas: !self.triangles.is_empty(),
            has_lines: !self.segments.is_empty(),
            color: self.color,
            casing: self.casing,
            line_width_pt: self.line_width_pt,
        }
    }
}

/// Of a point's casing.
const RIM_PT: f32 = 0.9;
/// Paths of all features at once would take long to sort.
const AT_ONCE: usize = 4096;

/// A layer on a map whose top left corner lies at a place of the paper: areas, lines, then points.
pub fn feature_layer(layer: &FeatureLayer, at_pt: [f32; 2]) -> Item {
    let place = |[x, y]: [f32; 2]| [at_pt[0] + x, at_pt[1] + y];
    let mut items: Vec<Item> = Vec::new();
    for some in layer.triangles.chunks(AT_ONCE * 3) {
        let mut steps = Vec::with_capacity(some.len() / 3 * 4);
        for triangle in some.chunks_exact(3) {
            if let [a, b, c] = triangle.iter().map(|p| place(*p)).collect::<Vec<_>>()[..] {
                steps.extend([Step::Move(a), Step::Line(b), Step::Line(c), Step::Close]);
            }
        }
        items.push(PathDrawing::filled(steps, layer.color.faded(AREA_TINT)).into());
    }
    if !layer.segments.is_empty() {
        let pen = Pen::solid(layer.line_width_pt, layer.color);
        items.push(PathDrawing::drawn(lines(&layer.segments, place), pen).into());
    }
    if !layer.points.is_empty() {
        let radius = layer.point_radius_pt;
        let dots = DotsDrawing {
            centers_pt: layer.points.iter().map(|p| place(*p)).collect(),
            discs: vec![(radius, layer.casing), ((radius - RIM_PT).max(0.4), layer.color)],
        };
        items.push(dots.into());
    }
    Item::of(Subject::Layer(layer.name.clone()), Drawing::Group(items))
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

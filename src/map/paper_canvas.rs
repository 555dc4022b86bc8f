//! A list of items painted by egui.

use std::{
    collections::HashMap,
    sync::{Arc, Weak},
};

use egui::{
    Color32, ColorImage, Mesh, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, TextureHandle,
    TextureOptions,
    emath::GuiRounding as _,
    epaint::{CubicBezierShape, PathStroke},
    pos2,
    text::{LayoutJob, TextFormat},
    vec2,
};

use super::mesh::split;
use crate::{
    font::Fonts,
    geo::triangulate::triangulate,
    paper::{
        Align, BoxPt, Canvas, DotsDrawing, ImageDrawing, LINE_HEIGHT_EM, PathDrawing, Pen, Pixels,
        RectDrawing, Step, Subject, TextDrawing, TextStyle,
    },
    style::Rgba,
    theme::{self, color, font},
    units::Mercator,
};

/// Curves are drawn with at most this error.
const TOLERANCE_PT: f32 = 0.1;
/// Directions in which a halo is stamped.
const HALO: [(f32, f32); 6] =
    [(1.0, 0.0), (-1.0, 0.0), (0.5, 0.87), (-0.5, 0.87), (0.5, -0.87), (-0.5, -0.87)];
/// Six stamps lie over each other: each needs only part of the halo's strength.
const STAMP: f32 = 0.85;

/// Paints in the window; the paper's top left corner lies at a point of it.
pub struct PaperCanvas<'a> {
    painters: Vec<Painter>,
    origin: Pos2,
    fonts: &'a Fonts,
}

impl<'a> PaperCanvas<'a> {
    pub fn new(painter: Painter, origin: Pos2, fonts: &'a Fonts) -> Self {
        Self { painters: vec![painter], origin, fonts }
    }

    /// The painter under the innermost clip.
    fn painter(&self) -> Option<&Painter> {
        self.painters.last()
    }

    fn at(&self, [x, y]: [f32; 2]) -> Pos2 {
        self.origin + vec2(x, y)
    }

    fn place(&self, place: BoxPt) -> Rect {
        Rect::from_min_size(self.at([place.left, place.top]), vec2(place.width, place.height))
    }

    fn outlines(&self, steps: &[Step]) -> Vec<Outline> {
        let mut outlines: Vec<Outline> = Vec::new();
        for step in steps {
            match (*step, outlines.last_mut()) {
                (Step::Move(to), _) => {
                    outlines.push(Outline { points: vec![self.at(to)], closed: false });
                }
                (Step::Line(to), Some(outline)) => outline.points.push(self.at(to)),
                (Step::Curve(a, b, to), Some(outline)) => {
                    let Some(from) = outline.points.last().copied() else { continue };
                    let points = [from, self.at(a), self.at(b), self.at(to)];
                    let curve = CubicBezierShape::from_points_stroke(
                        points,
                        false,
                        Color32::TRANSPARENT,
                        PathStroke::NONE,
                    );
                    outline.points.extend(curve.flatten(Some(TOLERANCE_PT)).into_iter().skip(1));
                }
                (Step::Close, Some(outline)) => outline.closed = true,
                (_, None) => {}
            }
        }
        outlines
    }

    fn steps(&self, steps: &[Step], fill: Option<Rgba>, pen: Option<&Pen>) {
        let Some(painter) = self.painter() else { return };
        let outlines = self.outlines(steps);
        if let Some(fill) = fill.filter(|fill| fill.3 > 0) {
            painter.extend(filled(&outlines, color(fill)));
        }
        if let Some(pen) = pen.filter(|pen| pen.width_pt > 0.0 && pen.color.3 > 0) {
            for outline in outlines {
                painter.extend(drawn(outline, pen));
            }
        }
    }

    fn line(&self, text: &str, [x, middle]: [f32; 2], align: Align, style: &TextStyle) {
        let Some(painter) = self.painter() else { return };
        let tracking = style.tracking_em * style.size_pt;
        let format = TextFormat {
            font_id: font(style.size_pt, style.bold),
            extra_letter_spacing: tracking,
            color: Color32::PLACEHOLDER,
            ..TextFormat::default()
        };
        let galley = painter.layout_job(LayoutJob::single_section(text.to_owned(), format));
        let Some(row) = galley.rows.first() else { return };
        let baseline = row.pos.y + row.glyphs.first().map_or(0.0, |glyph| glyph.pos.y);
        // egui puts the spacing after the last character too.
        let width = galley.size().x - tracking;
        let left = match align {
            Align::Left => x,
            Align::Center => x - width / 2.0,
            Align::Right => x - width,
        };
        let half_cap = self.fonts.face(style.bold).cap_height_em * style.size_pt / 2.0;
        let corner = self.at([left, middle + half_cap - baseline]);
        let corner = corner.round_to_pixels(painter.pixels_per_point());
        if let Some((halo, reach_pt)) = style.halo {
            for (dx, dy) in HALO {
                let at = corner + vec2(dx, dy) * reach_pt;
                let stamp = color(halo.faded(STAMP));
                painter.galley_with_override_text_color(at, galley.clone(), stamp);
            }
        }
        painter.galley_with_override_text_color(corner, galley, color(style.color));
    }
}

impl Canvas for PaperCanvas<'_> {
    fn path(&mut self, path: &PathDrawing) {
        self.steps(&path.steps, path.fill, path.pen.as_ref());
    }

    fn rect(&mut self, rect: &RectDrawing) {
        let Some(painter) = self.painter() else { return };
        let dashed = rect.pen.as_ref().is_some_and(|pen| !pen.dash_pt.is_empty());
        if dashed {
            self.steps(&rect.outline(), rect.fill, rect.pen.as_ref());
            return;
        }
        let fill = rect.fill.map_or(Color32::TRANSPARENT, color);
        let stroke = rect
            .pen
            .as_ref()
            .map_or(Stroke::NONE, |pen| Stroke::new(pen.width_pt, color(pen.color)));
        let place = self.place(rect.place);
        painter.rect(place, rect.corner(), fill, stroke, StrokeKind::Middle);
    }

    fn dots(&mut self, dots: &DotsDrawing) {
        let Some(painter) = self.painter() else { return };
        for center in &dots.centers_pt {
            for (radius, ink) in &dots.discs {
                painter.circle_filled(self.at(*center), *radius, color(*ink));
            }
        }
    }

    fn text(&mut self, text: &TextDrawing) {
        let step = LINE_HEIGHT_EM * text.style.size_pt;
        let lines: Vec<&str> = text.text.split('\n').collect();
        let first = text.at_pt[1] - step * (lines.len() as f32 - 1.0) / 2.0;
        for (i, line) in lines.into_iter().enumerate() {
            let usual = [text.at_pt[0], first + step * i as f32];
            let at = text.lines_at_pt.get(i).copied().unwrap_or(usual);
            self.line(line, at, text.align, &text.style);
        }
    }

    fn image(&mut self, image: &ImageDrawing) {
        let Some(painter) = self.painter() else { return };
        let Some(texture) = texture(painter, &image.pixels) else { return };
        let [left, top, width, height] = image.part;
        let part = Rect::from_min_size(pos2(left, top), vec2(width, height));
        let tint = theme::UNTINTED.gamma_multiply(image.opacity.clamp(0.0, 1.0));
        painter.image(texture.id(), self.place(image.place), part, tint);
    }

    fn begin_clip(&mut self, to: BoxPt) {
        let Some(painter) = self.painter() else { return };
        let within = self.place(to).intersect(painter.clip_rect());
        // A box that is none shows nothing.
        let within = if within.is_positive() { within } else { Rect::NOTHING };
        self.painters.push(painter.with_clip_rect(within));
    }

    fn end_clip(&mut self) {
        // The window's own painter stays.
        if self.painters.len() > 1 {
            self.painters.pop();
        }
    }

    fn begin_group(&mut self, _: Option<&Subject>) {}

    fn end_group(&mut self) {}
}

/// Points that follow each other.
struct Outline {
    points: Vec<Pos2>,
    closed: bool,
}

/// What several outlines enclose: those that run the other way round than the largest are holes.
fn filled(outlines: &[Outline], ink: Color32) -> Vec<Shape> {
    if let [Outline { points, .. }] = outlines
        && is_convex(points)
    {
        return vec![Shape::convex_polygon(points.clone(), ink, Stroke::NONE)];
    }
    let areas: Vec<f32> = outlines.iter().map(|outline| area(&outline.points)).collect();
    let largest = areas.iter().copied().max_by(|a, b| a.abs().total_cmp(&b.abs())).unwrap_or(0.0);
    let is_hole = |area: f32| area * largest < 0.0;
    let ring = |outline: &Outline| -> Vec<Mercator> {
        outline.points.iter().map(|p| Mercator { x: p.x.into(), y: p.y.into() }).collect()
    };
    let holes: Vec<&Outline> =
        outlines.iter().zip(&areas).filter(|(_, area)| is_hole(**area)).map(|(o, _)| o).collect();
    let whole = outlines.iter().zip(&areas).filter(|(_, area)| !is_hole(**area));
    let shapes = whole.map(|(outline, _)| {
        let bounds = Rect::from_points(&outline.points);
        let own = holes.iter().filter(|hole| bounds.contains_rect(Rect::from_points(&hole.points)));
        let own: Vec<Vec<Mercator>> = own.map(|hole| ring(hole)).collect();
        let triangles = triangulate(&ring(outline), &own);
        let mut mesh = Mesh::default();
        for vertex in &triangles.vertices {
            #[allow(clippy::cast_possible_truncation)] // points are f32 by design
            let at = pos2(vertex.x as f32, vertex.y as f32);
            mesh.colored_vertex(at, ink);
        }
        mesh.indices = triangles.indices;
        Shape::mesh(mesh)
    });
    shapes.collect()
}

/// Twice the area that points enclose, below zero the other way round.
fn area(points: &[Pos2]) -> f32 {
    let next = points.iter().cycle().skip(1);
    points.iter().zip(next).map(|(a, b)| a.x * b.y - b.x * a.y).sum()
}

fn is_convex(points: &[Pos2]) -> bool {
    let count = points.len();
    let turns = (0..count).filter_map(|i| {
        let at = |i: usize| points.get(i % count).copied();
        let (a, b, c) = (at(i)?, at(i + 1)?, at(i + 2)?);
        Some((b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x))
    });
    let (mut left, mut right) = (false, false);
    for turn in turns {
        left |= turn > 1e-3;
        right |= turn < -1e-3;
    }
    !(left && right)
}

fn drawn(Outline { mut points, closed }: Outline, pen: &Pen) -> Vec<Shape> {
    let stroke = Stroke::new(pen.width_pt, color(pen.color));
    let Some((pattern, from)) = pen.pattern() else {
        return vec![if closed {
            Shape::closed_line(points, stroke)
        } else {
            Shape::line(points, stroke)
        }];
    };
    if closed {
        points.extend(points.first().copied());
    }
    split(&points, &pattern, from).into_iter().map(|dash| Shape::line(dash, stroke)).collect()
}

/// Textures of pixels that are painted again and again, as long as somebody holds the pixels.
#[derive(Clone, Default)]
struct Textures(HashMap<usize, (Weak<Pixels>, TextureHandle)>);

fn texture(painter: &Painter, pixels: &Arc<Pixels>) -> Option<TextureHandle> {
    if !pixels.is_whole() {
        return None;
    }
    let ctx = painter.ctx();
    let id = egui::Id::unique("paper-textures");
    let mut known = ctx.data_mut(|data| data.get_temp::<Textures>(id)).unwrap_or_default();
    known.0.retain(|_, (held, _)| held.strong_count() > 0);
    let key = Arc::as_ptr(pixels) as usize;
    let (_, texture) = known.0.entry(key).or_insert_with(|| {
        let size = [pixels.width_px, pixels.height_px].map(|side| side as usize);
        let image = ColorImage::from_rgba_unmultiplied(size, &pixels.rgba);
        (Arc::downgrade(pixels), ctx.load_texture("paper", image, TextureOptions::LINEAR))
    });
    let texture = texture.clone();
    ctx.data_mut(|data| data.insert_temp(id, known));
    Some(texture)
}

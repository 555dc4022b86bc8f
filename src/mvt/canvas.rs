//! The picture being painted.

use tiny_skia::{
    BlendMode, FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, PixmapPaint, Stroke,
    StrokeDash, Transform,
};

use super::{
    clip::{self, Bounds},
    color::Color,
    shape::Point,
};

/// Longer dash lists are no style anyone wrote.
const MOST_DASHES: usize = 16;
/// More dashes than this in one go take longer than they are worth.
const MOST_PERIODS: f64 = 50_000.0;

/// How lines are drawn; all sizes in pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct Pen {
    pub color: Color,
    pub width: f64,
    /// Left free in the middle, with a line of `width` on each side.
    pub gap: f64,
    /// Lengths of dashes and gaps in turn; empty for a whole line.
    pub dashes: Vec<f64>,
    pub cap: LineCap,
    pub join: LineJoin,
}

impl Pen {
    /// A whole line.
    pub fn plain(color: Color, width: f64) -> Self {
        let (cap, join) = (LineCap::Butt, LineJoin::Miter);
        Self { color, width, gap: 0.0, dashes: Vec::new(), cap, join }
    }

    /// From edge to edge.
    pub fn breadth(&self) -> f64 {
        if self.gap > 0.0 { self.gap + 2.0 * self.width } else { self.width }
    }
}

/// Outlines collected to be painted at once: where they overlap, no colour doubles.
#[derive(Default)]
pub struct Outlines {
    builder: PathBuilder,
    /// Pixels along all lines.
    length: f64,
}

impl Outlines {
    /// How many points and verbs are collected.
    pub fn len(&self) -> usize {
        self.builder.len()
    }

    /// Pixels along all that is collected.
    pub fn length(&self) -> f64 {
        self.length
    }

    /// Adds a ring for filling, cut to `bounds`; `turned` reverses it.
    pub fn add_ring(&mut self, ring: &[Point], turned: bool, bounds: &Bounds) {
        let mut ring = clip::ring(ring, bounds);
        if ring.len() < 3 {
            return;
        }
        if turned {
            ring.reverse();
        }
        self.add_points(&ring);
        self.builder.close();
    }

    /// Adds a line for stroking, cut to `bounds`; `closed` joins its end to its start.
    pub fn add_line(&mut self, line: &[Point], closed: bool, bounds: &Bounds) {
        if line.len() > 1 && line.iter().all(|p| bounds.holds(p)) {
            self.add_points(line);
            if closed {
                self.builder.close();
            }
            return;
        }
        let mut line = line.to_vec();
        if closed {
            line.extend(line.first().copied());
        }
        for part in clip::line(&line, bounds) {
            self.add_points(&part);
        }
    }

    /// Adds a disc.
    pub fn add_circle(&mut self, center: &Point, radius: f64) {
        let [x, y] = pixel(center);
        self.builder.push_circle(x, y, narrow(radius));
    }

    fn add_points(&mut self, points: &[Point]) {
        let mut last: Option<&Point> = None;
        for point in points {
            let [x, y] = pixel(point);
            match last {
                None => self.builder.move_to(x, y),
                Some(last) => {
                    self.length += (point[0] - last[0]).hypot(point[1] - last[1]);
                    self.builder.line_to(x, y);
                }
            }
            last = Some(point);
        }
    }
}

/// A square picture, transparent at first.
pub struct Canvas {
    pixmap: Pixmap,
}

impl Canvas {
    /// `None` for a size of 0 or one that does not fit into memory.
    pub fn new(size_px: u32) -> Option<Self> {
        Pixmap::new(size_px, size_px).map(|pixmap| Self { pixmap })
    }

    /// Covers everything.
    #[expect(clippy::cast_precision_loss, reason = "a few thousand pixels")]
    pub fn cover(&mut self, color: Color) {
        let (size, paint) = (self.pixmap.width() as f32, paint_of(color));
        if let Some(rect) = tiny_skia::Rect::from_xywh(0.0, 0.0, size, size) {
            self.pixmap.fill_rect(rect, &paint, Transform::identity(), None);
        }
    }

    /// Fills what was collected.
    pub fn fill(&mut self, outlines: Outlines, rule: FillRule, color: Color) {
        if let Some(path) = visible(outlines.builder, color) {
            self.pixmap.fill_path(&path, &paint_of(color), rule, Transform::identity(), None);
        }
    }

    /// Draws along what was collected.
    pub fn stroke(&mut self, outlines: Outlines, pen: &Pen) {
        let dash = dash_of(pen, outlines.length);
        let Some(path) = visible(outlines.builder, pen.color) else { return };
        let stroke = |width: f64, dash: Option<StrokeDash>| Stroke {
            width: narrow(width),
            // What MapLibre has.
            miter_limit: 2.0,
            line_cap: pen.cap,
            line_join: pen.join,
            dash,
        };
        let paint = paint_of(pen.color);
        let at = Transform::identity();
        if pen.gap <= 0.0 {
            self.pixmap.stroke_path(&path, &paint, &stroke(pen.width, dash), at, None);
            return;
        }
        // The middle has to show what lies below, so it is cut out before the two lines go on.
        let (width, height) = (self.pixmap.width(), self.pixmap.height());
        let Some(mut pair) = Pixmap::new(width, height) else { return };
        pair.stroke_path(&path, &paint, &stroke(pen.breadth(), dash), at, None);
        let mut eraser = paint_of(Color::BLACK);
        eraser.blend_mode = BlendMode::DestinationOut;
        pair.stroke_path(&path, &eraser, &stroke(pen.gap, None), at, None);
        self.pixmap.draw_pixmap(0, 0, pair.as_ref(), &PixmapPaint::default(), at, None);
    }

    /// The pixels row by row, red, green, blue and straight alpha.
    pub fn into_rgba(self) -> Vec<u8> {
        let mut rgba = Vec::with_capacity(self.pixmap.pixels().len() * 4);
        for pixel in self.pixmap.pixels() {
            let color = pixel.demultiply();
            rgba.extend([color.red(), color.green(), color.blue(), color.alpha()]);
        }
        rgba
    }
}

/// `None` where nothing would be seen.
fn visible(builder: PathBuilder, color: Color) -> Option<Path> {
    if color.a > 0.0 { builder.finish() } else { None }
}

fn paint_of(color: Color) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    if let Some(color) = tiny_skia::Color::from_rgba(color.r, color.g, color.b, color.a) {
        paint.set_color(color);
    }
    paint
}

/// `None` for a whole line, also where the dashes make no sense or would be too many.
fn dash_of(pen: &Pen, length: f64) -> Option<StrokeDash> {
    let period: f64 = pen.dashes.iter().sum();
    let sound = pen.dashes.iter().all(|dash| dash.is_finite() && *dash >= 0.0);
    if !sound || pen.dashes.len() > MOST_DASHES || period < 1.0 || length / period > MOST_PERIODS {
        return None;
    }
    // An odd list swaps dashes and gaps each time round.
    let rounds = if pen.dashes.len() % 2 == 1 { 2 } else { 1 };
    let dashes = std::iter::repeat_n(&pen.dashes, rounds).flatten().map(|dash| narrow(*dash));
    StrokeDash::new(dashes.collect(), 0.0)
}

fn pixel(point: &Point) -> [f32; 2] {
    point.map(narrow)
}

/// Pixels are `f32` in the end.
#[allow(clippy::cast_possible_truncation)]
fn narrow(v: f64) -> f32 {
    v as f32
}

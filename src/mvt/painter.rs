//! Paints the layers of a style one by one.

use tiny_skia::FillRule;

use super::{
    batch::Batch,
    canvas::{Canvas, Outlines, Pen},
    clip::Bounds,
    color::Color,
    context::{Context, Steps},
    layer::{Circle, Fill, Layer, Line, Symbol},
    names::{Name, Names, Text},
    projection::Projection,
    request::{PaintError, Request},
    shape::{Point, Shape, doubled_area},
    tile::{Feature, GeometryKind, Tile, TileLayer},
};

/// Vertices painted for one tile, counted again for each layer of the style that shows them.
const MOST_VERTICES: usize = 3_000_000;
/// A line across the whole picture takes as long as so many vertices close together.
const CROSSING_COST: f64 = 128.0;
/// The widest line and the largest circle, in points.
const WIDEST_PT: f64 = 256.0;
/// A small circle takes as long as so many vertices of a polygon.
const CIRCLE_COST: usize = 32;
/// Pixels of a circle that take as long as one vertex more.
const CIRCLE_PIXELS: f64 = 64.0;

/// A tile on its way to a picture.
pub struct Painter<'a> {
    tile: &'a Tile<'a>,
    canvas: Canvas,
    projection: Projection,
    size: f64,
    zoom: f64,
    scale: f64,
    /// Vertices that may still be painted.
    left: usize,
    steps: &'a Steps,
    /// Zoom level, column and row of the data.
    place: (u8, u32, u32),
    names: Names,
}

impl<'a> Painter<'a> {
    pub fn new(
        tile: &'a Tile<'a>,
        canvas: Canvas,
        projection: Projection,
        request: &Request,
        steps: &'a Steps,
    ) -> Self {
        Self {
            tile,
            canvas,
            projection,
            size: f64::from(request.size_px),
            zoom: request.zoom,
            scale: f64::from(request.px_per_pt),
            left: MOST_VERTICES,
            steps,
            place: request.data,
            names: Names::new(projection),
        }
    }

    /// The pixels and the names.
    pub fn finish(self) -> (Vec<u8>, Vec<Name>) {
        (self.canvas.into_rgba(), self.names.into_names())
    }

    /// What does not depend on features.
    fn ground(&self) -> Context<'a> {
        Context { zoom: self.zoom, feature: None, tile: self.place, steps: self.steps }
    }

    /// The features that a layer of the style shows.
    fn features(&self, layer: &'a Layer) -> impl Iterator<Item = (Feature<'a>, Context<'a>)> + 'a {
        let ground = self.ground();
        let layers = self.tile.layers.iter().filter(|l| l.name == layer.source);
        layers.flat_map(TileLayer::features).filter_map(move |feature| {
            ground.steps.take(1)?;
            let context = Context { feature: Some(feature), ..ground };
            layer.shows(&context).then_some((feature, context))
        })
    }

    fn pixels(&self, part: &[Point], feature: &Feature<'_>) -> Vec<Point> {
        let extent = feature.layer().extent;
        part.iter().map(|point| self.projection.pixels(point, extent)).collect()
    }

    /// Long edges take time at each row of pixels that they cross.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "finite and positive"
    )]
    fn spend_length(&mut self, pixels: f64) -> Result<(), PaintError> {
        let cost = (pixels / self.size * CROSSING_COST) as usize;
        self.left = self.left.checked_sub(cost).ok_or(PaintError::TooLarge)?;
        Ok(())
    }

    /// Covers the picture.
    pub fn background(&mut self, fill: &Fill) {
        let context = self.ground();
        self.canvas.cover(fill.color.at(&context).faded(fill.opacity.at(&context)));
    }

    pub fn polygons(&mut self, layer: &'a Layer, fill: &Fill) -> Result<(), PaintError> {
        let ground = self.ground();
        let color = fill.color.settled(&ground);
        let opacity = fill.opacity.settled(&ground);
        let outline = fill.outline.settled(&ground);
        // Cut edges have to stay out of sight.
        let bounds = Bounds::around(self.size, 8.0);
        let mut areas = Batch::<(Color, FillRule)>::default();
        let mut edges = Batch::<Color>::default();
        let mut shape = Shape::default();
        for (feature, context) in self.features(layer) {
            if feature.kind() != GeometryKind::Polygon {
                continue;
            }
            shape.read(&feature, &mut self.left)?;
            let opacity = opacity.at(&context);
            // Rings tell holes by their direction from version 2 on.
            let directed = feature.layer().version >= 2;
            let rule = if directed { FillRule::Winding } else { FillRule::EvenOdd };
            let look = (color.at(&context).faded(opacity), rule);
            if let Some((outlines, (color, rule))) = areas.switch(look, directed) {
                self.canvas.fill(outlines, rule, color);
            }
            let before = areas.outlines.length();
            let mut turned = None;
            for ring in shape.parts() {
                // The first ring is an outer one; all features have to run the same way.
                let turned = *turned.get_or_insert_with(|| doubled_area(ring) < 0.0);
                areas.outlines.add_ring(&self.pixels(ring, &feature), turned, &bounds);
            }
            self.spend_length(areas.outlines.length() - before)?;
            let Some(edge) = outline.at(&context) else { continue };
            if let Some((outlines, color)) = edges.switch(edge.faded(opacity), true) {
                self.canvas.stroke(outlines, &Pen::plain(color, 1.0));
            }
            for ring in shape.parts() {
                edges.outlines.add_line(&self.pixels(ring, &feature), true, &bounds);
            }
        }
        if let Some((outlines, (color, rule))) = areas.finish() {
            self.canvas.fill(outlines, rule, color);
        }
        if let Some((outlines, color)) = edges.finish() {
            self.canvas.stroke(outlines, &Pen::plain(color, 1.0));
        }
        Ok(())
    }

    pub fn lines(&mut self, layer: &'a Layer, line: &Line) -> Result<(), PaintError> {
        let ground = self.ground();
        let (color, opacity) = (line.color.settled(&ground), line.opacity.settled(&ground));
        let (width, gap) = (line.width.settled(&ground), line.gap.settled(&ground));
        let (cap, join) = (line.cap.settled(&ground), line.join.settled(&ground));
        let dashes = line.dashes.settled(&ground);
        let mut batch = Batch::<Pen>::default();
        let mut shape = Shape::default();
        for (feature, context) in self.features(layer) {
            let width = width.at(&context).clamp(0.0, WIDEST_PT) * self.scale;
            if feature.kind() == GeometryKind::Point || width <= 0.0 {
                continue;
            }
            shape.read(&feature, &mut self.left)?;
            let pen = Pen {
                color: color.at(&context).faded(opacity.at(&context)),
                width,
                gap: gap.at(&context).clamp(0.0, WIDEST_PT) * self.scale,
                dashes: dashes.at(&context).iter().map(|dash| dash * width).collect(),
                cap: cap.at(&context).0,
                join: join.at(&context).0,
            };
            // Caps and joins reach beyond the ends of what is cut.
            let bounds = Bounds::around(self.size, 8.0 + 2.0 * pen.breadth());
            if let Some((outlines, pen)) = batch.switch(pen, true) {
                self.canvas.stroke(outlines, &pen);
            }
            let before = batch.outlines.length();
            let closed = feature.kind() == GeometryKind::Polygon;
            for part in shape.parts() {
                batch.outlines.add_line(&self.pixels(part, &feature), closed, &bounds);
            }
            self.spend_length(batch.outlines.length() - before)?;
        }
        if let Some((outlines, pen)) = batch.finish() {
            self.canvas.stroke(outlines, &pen);
        }
        Ok(())
    }

    pub fn circles(&mut self, layer: &'a Layer, circle: &Circle) -> Result<(), PaintError> {
        let mut shape = Shape::default();
        for (feature, context) in self.features(layer) {
            if feature.kind() != GeometryKind::Point {
                continue;
            }
            shape.read(&feature, &mut self.left)?;
            let size = |points: f64| points.clamp(0.0, WIDEST_PT) * self.scale;
            let radius = size(circle.radius.at(&context));
            let width = size(circle.stroke_width.at(&context));
            let color = circle.color.at(&context).faded(circle.opacity.at(&context));
            let stroke = circle.stroke_color.at(&context);
            let stroke = stroke.faded(circle.stroke_opacity.at(&context));
            let bounds = Bounds::around(self.size, radius + width);
            let centers: Vec<Point> =
                shape.parts().flat_map(|part| self.pixels(part, &feature)).collect();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "small, positive"
            )]
            let cost = CIRCLE_COST + ((radius + width).powi(2) / CIRCLE_PIXELS) as usize;
            for center in centers.iter().filter(|center| bounds.holds(center)) {
                self.left = self.left.checked_sub(cost).ok_or(PaintError::TooLarge)?;
                if radius > 0.0 {
                    let mut disc = Outlines::default();
                    disc.add_circle(center, radius);
                    self.canvas.fill(disc, FillRule::Winding, color);
                }
                if width > 0.0 {
                    let mut edge = Outlines::default();
                    edge.add_circle(center, radius + width / 2.0);
                    self.canvas.stroke(edge, &Pen::plain(stroke, width));
                }
            }
        }
        Ok(())
    }

    pub fn symbols(&mut self, layer: &'a Layer, symbol: &Symbol) -> Result<(), PaintError> {
        let text = Text::of(symbol);
        let mut found = Vec::new();
        let mut shape = Shape::default();
        for (feature, context) in self.features(layer) {
            shape.read(&feature, &mut self.left)?;
            found.extend(self.names.read(layer, &text, &context, &shape));
            Names::thin(&mut found);
        }
        self.names.add_layer(found);
        Ok(())
    }
}

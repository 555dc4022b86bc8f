//! The basemap's ground, water, borders and context network. No labels.
//!
//! Seams cannot show: a line is drawn in pieces cut at the edges of the archive's own tiles, and
//! its pattern is fitted to each piece so that every piece starts and ends in half a dash. Two
//! maps that share an edge therefore draw the same dashes there, whatever they show beyond it.

use super::{
    areas::AreaBuilder,
    frame::Frame,
    placed_tile::PlacedTile,
    relief::relief,
    strokes::{bars, drawn, line},
};
use crate::{
    basemap::{
        Basemap, BasemapError,
        edge::edge,
        layers::{BaseLayer, LAYERS},
        style::{Bars, LineStyle},
    },
    geo::{
        MercatorExtent,
        plane::{Point, Rect, clip_line, length},
    },
    paper::{BoxPt, Drawing, Item, PathDrawing, Pen, RectDrawing, Subject},
    style::{MapPalette, Rgba},
};

/// More than half the widest line with its casing, or of a bar.
const REACH_PT: f64 = 6.0;

/// Land outside the city, under everything.
pub fn ground(frame: &Frame, palette: &MapPalette) -> Item {
    Item::of(Subject::Basemap("ground"), RectDrawing::filled(frame.place(), palette.ground))
}

/// What the basemap has inside a frame, from the lowest layer up. Where the archive holds nothing,
/// nothing is drawn. Also the first tile that could not be read; everything else is drawn all the
/// same.
pub fn basemap(
    frame: &Frame,
    basemap: &Basemap,
    palette: &MapPalette,
) -> (Vec<Item>, Option<BasemapError>) {
    let visible = frame.visible();
    // What lies beyond the edge may still reach in with half its width.
    let reach = visible.grown(REACH_PT);
    let (from, to) = (frame.to_mercator(reach.min), frame.to_mercator(reach.max));
    let mut failed = None;
    let mut tiles = Vec::new();
    for cover in basemap.cover(frame.zoom, from, to) {
        match cover {
            Ok(cover) => tiles.push(PlacedTile::new(cover, frame)),
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    let plotter = Plotter { tiles, visible, reach, zoom: frame.zoom, palette };
    let mut items = Vec::new();
    for layer in LAYERS {
        items.extend(plotter.layer(layer));
        // On the land, under everything else.
        if layer == BaseLayer::City {
            items.extend(basemap.relief().and_then(|of| relief(frame, of, palette)));
        }
    }
    let strips: Vec<Item> = edge(basemap.extent(), &MercatorExtent { min: from, max: to })
        .into_iter()
        .filter_map(|(strip, firm)| faded(frame, &strip, palette.ground.faded(firm)))
        .collect();
    if !strips.is_empty() {
        items.push(Item::of(Subject::Basemap("ground"), Drawing::Group(strips)));
    }
    (items, failed)
}

/// What of a strip lies inside the frame.
#[expect(clippy::cast_possible_truncation, reason = "paper is f32 by design")]
fn faded(frame: &Frame, strip: &MercatorExtent, ink: Rgba) -> Option<Item> {
    let visible = frame.visible();
    let (a, b) = (frame.to_pt(strip.min), frame.to_pt(strip.max));
    let [left, top] = [a[0].max(visible.min[0]), a[1].max(visible.min[1])];
    let [right, bottom] = [b[0].min(visible.max[0]), b[1].min(visible.max[1])];
    let (width, height) = ((right - left) as f32, (bottom - top) as f32);
    let place = BoxPt::new(left as f32, top as f32, width, height);
    (width > 0.0 && height > 0.0).then(|| Item::from(RectDrawing::filled(place, ink)))
}

/// A line in the look of one of the basemap's layers, as a legend shows it; nothing for areas.
pub fn basemap_line(
    layer: BaseLayer,
    ends: [Point; 2],
    zoom: f64,
    palette: &MapPalette,
) -> Vec<PathDrawing> {
    let visible = Rect::new(ends[0], ends[1]).grown(REACH_PT);
    let plotter = Plotter { tiles: Vec::new(), visible, reach: visible, zoom, palette };
    let style = layer.line_style();
    style.map(|style| plotter.along(&[ends.to_vec()], layer, style)).unwrap_or_default()
}

struct Plotter<'a> {
    tiles: Vec<PlacedTile<'a>>,
    visible: Rect,
    reach: Rect,
    zoom: f64,
    palette: &'a MapPalette,
}

impl Plotter<'_> {
    fn layer(&self, layer: BaseLayer) -> Option<Item> {
        let drawings = match layer.line_style() {
            Some(style) => self.lines(layer, style),
            None => self.areas(layer).into_iter().collect(),
        };
        if drawings.is_empty() {
            return None;
        }
        let items = drawings.into_iter().map(Item::from).collect();
        Some(Item::of(Subject::Basemap(layer.name()), Drawing::Group(items)))
    }

    fn areas(&self, layer: BaseLayer) -> Option<PathDrawing> {
        let mut builder = AreaBuilder::new(self.visible);
        for placed in &self.tiles {
            for area in layer.areas(&placed.tile) {
                for (i, ring) in area.rings.iter().enumerate() {
                    if placed.is_near(ring, &self.reach) {
                        builder.add_ring(&placed.ring(ring), i > 0);
                    }
                }
            }
        }
        builder.finish(layer.ink(self.palette))
    }

    fn lines(&self, layer: BaseLayer, style: LineStyle) -> Vec<PathDrawing> {
        if self.zoom < style.from_zoom {
            return Vec::new();
        }
        let mut pieces = Vec::new();
        for placed in &self.tiles {
            for line in layer.lines(&placed.tile) {
                pieces.extend(placed.pieces(line, &self.reach));
            }
        }
        self.along(&pieces, layer, style)
    }

    /// Pieces of lines in the look of a layer.
    fn along(&self, pieces: &[Vec<Point>], layer: BaseLayer, style: LineStyle) -> Vec<PathDrawing> {
        let width = style.width.at(self.zoom);
        #[expect(clippy::cast_possible_truncation, reason = "between 0 and 1")]
        let opacity = style.opacity.at(self.zoom) as f32;
        let pen = |width: f64, color: Rgba| {
            #[expect(clippy::cast_possible_truncation, reason = "a few points")]
            let width_pt = width as f32;
            Pen::solid(width_pt, color.faded(opacity))
        };
        let ink = pen(width, layer.ink(self.palette));
        let mut drawings = Vec::new();
        if style.casing > 0.0 {
            let cased = pen(width + 2.0 * style.casing, self.palette.halo);
            drawings.extend(self.solid(pieces, cased));
        }
        if style.dash.is_empty() {
            drawings.extend(self.solid(pieces, ink.clone()));
        } else {
            drawings.extend(self.dashed(pieces, style.dash, &ink));
        }
        if let Some(across) = style.bars.filter(|bars| self.zoom >= bars.from_zoom) {
            drawings.extend(self.barred(pieces, across, ink.cut()));
        }
        drawings
    }

    fn solid(&self, pieces: &[Vec<Point>], pen: Pen) -> Option<PathDrawing> {
        let runs = pieces.iter().flat_map(|piece| clip_line(piece, &self.reach));
        drawn(runs.flat_map(|run| line(&run.points)).collect(), pen)
    }

    fn dashed(&self, pieces: &[Vec<Point>], dash: &[f64], pen: &Pen) -> Vec<PathDrawing> {
        let mut drawings = Vec::new();
        for piece in pieces {
            let dash = fitted(dash, length(piece));
            let half_dash = dash.first().map_or(0.0, |d| d / 2.0);
            let period: f64 = dash.iter().sum();
            for run in clip_line(piece, &self.reach) {
                #[expect(clippy::cast_possible_truncation, reason = "a few points")]
                let pen = if dash.is_empty() {
                    pen.clone()
                } else {
                    let from = (half_dash + run.start).rem_euclid(period);
                    pen.clone().dashed(dash.iter().map(|d| *d as f32).collect(), from as f32)
                };
                drawings.extend(drawn(line(&run.points), pen));
            }
        }
        drawings
    }

    /// A whole number of bars, evenly over each piece.
    fn barred(&self, pieces: &[Vec<Point>], across: Bars, pen: Pen) -> Option<PathDrawing> {
        let mut steps = Vec::new();
        for piece in pieces {
            let long = length(piece);
            let spacing = long / (long / across.spacing).round().max(1.0);
            let first = spacing / 2.0;
            for run in clip_line(piece, &self.reach) {
                let passed = ((run.start - first) / spacing).ceil().max(0.0);
                let next = first + passed * spacing - run.start;
                steps.extend(bars(&run.points, across.length, spacing, next));
            }
        }
        drawn(steps, pen)
    }
}

/// The dash pattern stretched so that a whole number of periods makes up `length`; empty, that is
/// solid, for pieces too short for one.
fn fitted(pattern: &[f64], length: f64) -> Vec<f64> {
    let period: f64 = pattern.iter().sum();
    let repeats = (length / period).round();
    if repeats < 1.0 || repeats.is_nan() {
        return Vec::new();
    }
    let stretch = length / (repeats * period);
    pattern.iter().map(|part| part * stretch).collect()
}

//! Paints the basemap's ground, water, borders and context network. No labels.
//!
//! Seams cannot show: a line is drawn in pieces cut at the edges of the archive's own tiles, and
//! its pattern is fitted to each piece so that every piece starts and ends in half a dash. Two
//! pictures that share an edge therefore draw the same dashes there, whatever they show beyond it.

use tiny_skia::{Pixmap, PixmapMut};

use super::{
    clip::{Rect, Run, clip_line},
    coverage::{Coverage, End},
    fill::AreaBuilder,
    frame::Frame,
    pattern::{add_bars, add_dashes},
    pixmap::{PictureError, new_pixmap},
    placed_tile::PlacedTile,
};
use crate::{
    basemap::{
        Basemap, BasemapError,
        layers::{BaseLayer, LAYERS},
        style::{Bars, LineStyle},
    },
    geo::Datum,
    scene::draw::Viewport,
    style::{MapPalette, Rgba},
    units::Mercator,
};

/// Paints the part of the basemap that `viewport` shows over the whole of `pixmap`.
///
/// Where the archive holds nothing, the plain ground is left.
///
/// # Errors
/// The first tile that could not be read. Everything else is painted all the same.
pub fn paint_basemap(
    pixmap: &mut PixmapMut,
    viewport: &Viewport,
    pixels_per_point: f32,
    basemap: &Basemap,
    palette: &MapPalette,
) -> Result<(), BasemapError> {
    paint_ground(pixmap, palette);
    let Some(frame) = Frame::new(viewport, pixels_per_point, pixmap) else {
        return Ok(());
    };
    let visible = frame.visible();
    // What lies beyond the edge may still reach in with half its width.
    let reach = visible.grown(REACH_PT * frame.pixels_per_point);
    let (from, to) = (frame.to_mercator(reach.min), frame.to_mercator(reach.max));

    let mut failed = None;
    let mut tiles = Vec::new();
    for cover in basemap.cover(viewport.zoom, from, to) {
        match cover {
            Ok(cover) => tiles.push(PlacedTile::new(cover, &frame)),
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    let mut painter = Painter {
        coverage: Coverage::new(pixmap.width(), pixmap.height()),
        pixmap,
        tiles,
        reach,
        zoom: viewport.zoom,
        pixels_per_point: frame.pixels_per_point,
    };
    painter.paint_all(palette);
    failed.map_or(Ok(()), Err)
}

/// Fills with the colour of land outside the city.
pub fn paint_ground(pixmap: &mut PixmapMut, palette: &MapPalette) {
    let Rgba(r, g, b, a) = palette.ground;
    pixmap.fill(tiny_skia::Color::from_rgba8(r, g, b, a));
}

/// One square tile of the usual web map scheme, `size_px` pixels wide.
///
/// # Errors
/// When the size is none that can be painted, or the archive's tile is damaged.
pub fn rasterise_tile(
    basemap: &Basemap,
    palette: &MapPalette,
    (z, x, y): (u8, u32, u32),
    size_px: u32,
    pixels_per_point: f32,
) -> Result<Pixmap, PictureError> {
    let mut pixmap = new_pixmap(size_px, size_px)?;
    let tiles = f64::from(z).exp2();
    let side_pt = size_px as f32 / pixels_per_point;
    let viewport = Viewport {
        center: Mercator { x: (f64::from(x) + 0.5) / tiles, y: (f64::from(y) + 0.5) / tiles },
        zoom: f64::from(z) + (f64::from(side_pt) / 256.0).log2(),
        width_pt: side_pt,
        height_pt: side_pt,
        datum: Datum::Wgs84,
    };
    paint_basemap(&mut pixmap.as_mut(), &viewport, pixels_per_point, basemap, palette)?;
    Ok(pixmap)
}

/// More than half the widest line with its casing, or of a bar.
const REACH_PT: f64 = 6.0;

struct Painter<'a, 'p> {
    pixmap: &'a mut PixmapMut<'p>,
    coverage: Coverage,
    tiles: Vec<PlacedTile>,
    reach: Rect,
    zoom: f64,
    pixels_per_point: f64,
}

impl Painter<'_, '_> {
    fn paint_all(&mut self, palette: &MapPalette) {
        for layer in LAYERS {
            match layer.line_style() {
                Some(style) => self.lines(layer, style, palette),
                None => self.areas(layer, layer.ink(palette)),
            }
        }
    }

    fn areas(&mut self, layer: BaseLayer, color: Rgba) {
        let visible = Rect::new(
            [0.0, 0.0],
            [f64::from(self.pixmap.width()), f64::from(self.pixmap.height())],
        );
        let mut builder = AreaBuilder::new(visible);
        for placed in &self.tiles {
            for area in layer.areas(&placed.tile) {
                for (i, ring) in area.rings.iter().enumerate() {
                    if placed.is_near(ring, &self.reach) {
                        builder.add_ring(&placed.ring(ring), i > 0);
                    }
                }
            }
        }
        builder.paint(self.pixmap, color);
    }

    fn lines(&mut self, layer: BaseLayer, style: LineStyle, palette: &MapPalette) {
        if self.zoom < style.from_zoom {
            return;
        }
        let mut pieces = Vec::new();
        for placed in &self.tiles {
            for line in layer.lines(&placed.tile) {
                pieces.extend(placed.pieces(line, &self.reach));
            }
        }
        let width = style.width.at(self.zoom) * self.pixels_per_point;
        #[expect(clippy::cast_possible_truncation, reason = "between 0 and 1")]
        let opacity = style.opacity.at(self.zoom) as f32;
        if style.casing > 0.0 {
            let cased = width + 2.0 * style.casing * self.pixels_per_point;
            for piece in &pieces {
                self.draw(piece, cased, LineStyle { dash: &[], bars: None, ..style });
            }
            self.coverage.paint(self.pixmap, palette.halo.faded(opacity));
        }
        for piece in &pieces {
            self.draw(piece, width, style);
        }
        self.coverage.paint(self.pixmap, layer.ink(palette).faded(opacity));
    }

    /// Adds a piece of a line with its pattern fitted to it.
    fn draw(&mut self, piece: &Run, width: f64, style: LineStyle) {
        let length = piece.length();
        let dash = fitted(style.dash, length, self.pixels_per_point);
        let half_dash = dash.first().map_or(0.0, |d| d / 2.0);
        for run in clip_line(&piece.points, &self.reach) {
            let ends = [End::Round; 2];
            let phase = half_dash + run.start;
            add_dashes(&mut self.coverage, &run.points, width, &dash, phase, ends);
            if let Some(bars) = style.bars.filter(|bars| self.zoom >= bars.from_zoom) {
                self.draw_bars(&run, length, width, bars);
            }
        }
    }

    /// Adds bars, a whole number of them evenly over a piece of `length`, to a run of it.
    fn draw_bars(&mut self, run: &Run, length: f64, width: f64, bars: Bars) {
        let spacing = bars.spacing * self.pixels_per_point;
        let spacing = length / (length / spacing).round().max(1.0);
        let first = spacing / 2.0;
        let passed = ((run.start - first) / spacing).ceil().max(0.0);
        let next = first + passed * spacing - run.start;
        let bar = bars.length * self.pixels_per_point;
        add_bars(&mut self.coverage, &run.points, width, bar, spacing, next);
    }
}

/// The dash pattern in pixels, stretched so that a whole number of periods makes up `length`;
/// empty, that is solid, for pieces too short for one.
fn fitted(pattern: &[f64], length: f64, pixels_per_point: f64) -> Vec<f64> {
    let period = pattern.iter().sum::<f64>() * pixels_per_point;
    let repeats = (length / period).round();
    if repeats < 1.0 || repeats.is_nan() {
        return Vec::new();
    }
    let stretch = length / (repeats * period) * pixels_per_point;
    pattern.iter().map(|part| part * stretch).collect()
}

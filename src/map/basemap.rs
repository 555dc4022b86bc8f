//! The embedded basemap as triangles: the same layers and styles as the off-screen renderer.

use std::sync::Arc;

use super::mesh::MeshBuilder;
use crate::{
    basemap::{
        Basemap, VectorTile, corners,
        edge::edge,
        layers::{BaseLayer, LAYERS},
        style::{LineStyle, relief_tone},
        tile::{TileLine, TilePoint},
    },
    geo::{MercatorExtent, clip::clip_ring},
    scene::{AreaGeometry, Prepared, Stroke, Ticks},
    style::{MapPalette, Rgba},
    units::Mercator,
};

/// What a tile holds, where it lies, and which part of it is drawn.
struct Placed {
    tile: Arc<VectorTile>,
    corner: Mercator,
    side: f64,
    part: MercatorExtent,
    whole: bool,
}

impl Placed {
    fn point(&self, [x, y]: TilePoint) -> Mercator {
        Mercator {
            x: self.corner.x + f64::from(x) * self.side,
            y: self.corner.y + f64::from(y) * self.side,
        }
    }

    /// The line without what its neighbours draw.
    fn line(&self, line: &TileLine) -> Vec<Vec<Mercator>> {
        let path: Vec<Mercator> = line.points.iter().map(|p| self.point(*p)).collect();
        crate::geo::clip::clip_path(&path, &self.part).into_iter().map(|run| run.path).collect()
    }

    /// A ring of an area; of a part only what lies in it.
    fn ring(&self, ring: &TileLine) -> Vec<Mercator> {
        let points: Vec<Mercator> = ring.points.iter().map(|p| self.point(*p)).collect();
        if self.whole { points } else { clip_ring(&points, &self.part) }
    }
}

/// Adds everything of the basemap within the extent.
pub fn add(
    builder: &mut MeshBuilder,
    basemap: &Basemap,
    prepared: &Prepared,
    in_city: &[bool],
    palette: &MapPalette,
    zoom: f64,
    extent: &MercatorExtent,
) {
    let relief = basemap.relief().and_then(|relief| relief.grid(zoom, extent));
    for (parts, _) in prepared.counties.iter().zip(in_city).filter(|(_, city)| **city) {
        for part in parts {
            builder.area(part, palette.city);
        }
    }
    if let Some(grid) = relief {
        let tones: Vec<Rgba> =
            grid.light.iter().map(|light| relief_tone(*light, zoom, palette)).collect();
        builder.lattice(grid.first, grid.step, grid.columns, &tones);
    }
    let tiles: Vec<Placed> = basemap
        .cover(zoom, extent.min, extent.max)
        // A damaged tile leaves its place plain; opening the archive has reported the rest.
        .flatten()
        .map(|cover| {
            let (corner, end) = corners(cover.key);
            let (min, max) = corners(cover.part);
            let whole = cover.key == cover.part;
            let part = MercatorExtent { min, max };
            Placed { tile: cover.tile, corner, side: end.x - corner.x, part, whole }
        })
        .collect();
    for layer in LAYERS {
        match (layer, layer.line_style()) {
            // From the catalogue, whose borders keep their detail at any zoom.
            (BaseLayer::City, _) => {}
            (_, Some(style)) => lines(builder, &tiles, layer, style, palette, zoom),
            (_, None) => areas(builder, &tiles, layer, layer.ink(palette)),
        }
    }
    for (strip, firm) in edge(basemap.extent(), extent) {
        let MercatorExtent { min, max } = strip;
        let corner = |x, y| Mercator { x, y };
        let exterior = vec![min, corner(max.x, min.y), max, corner(min.x, max.y)];
        builder.area(&AreaGeometry { exterior, holes: Vec::new() }, palette.ground.faded(firm));
    }
}

#[expect(clippy::cast_possible_truncation, reason = "widths of a few points")]
fn lines(
    builder: &mut MeshBuilder,
    tiles: &[Placed],
    layer: BaseLayer,
    look: LineStyle,
    palette: &MapPalette,
    zoom: f64,
) {
    if zoom < look.from_zoom {
        return;
    }
    let width_pt = look.width.at(zoom) as f32;
    let mut runs: Vec<Vec<Mercator>> = Vec::new();
    for placed in tiles {
        for line in layer.lines(&placed.tile) {
            runs.extend(placed.line(line));
        }
    }
    let fade = look.opacity.at(zoom) as f32;
    if look.casing > 0.0 {
        let stroke = Stroke::solid(width_pt + 2.0 * look.casing as f32, palette.halo.faded(fade));
        for run in &runs {
            builder.line(run, &stroke);
        }
    }
    let ink = layer.ink(palette).faded(fade);
    let dash: Vec<f32> = look.dash.iter().map(|d| *d as f32).collect();
    for run in &runs {
        if dash.is_empty() {
            builder.line(run, &Stroke::solid(width_pt, ink));
        } else {
            builder.dashed(run, width_pt, ink, &dash);
        }
        if let Some(bars) = look.bars.filter(|bars| zoom >= bars.from_zoom) {
            let ticks = Ticks { spacing_pt: bars.spacing as f32, length_pt: bars.length as f32 };
            builder.line(run, &Stroke { ticks: Some(ticks), ..Stroke::solid(width_pt, ink) });
        }
    }
}

fn areas(builder: &mut MeshBuilder, tiles: &[Placed], layer: BaseLayer, fill: Rgba) {
    for placed in tiles {
        for area in layer.areas(&placed.tile) {
            let mut rings = area.rings.iter().map(|ring| placed.ring(ring));
            if let Some(exterior) = rings.next() {
                builder.area(&AreaGeometry { exterior, holes: rings.collect() }, fill);
            }
        }
    }
}

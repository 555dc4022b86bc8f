//! The raster painter: archives, pixels, text, furniture and PNG files.

// Tests may fail loudly, and their numbers are small.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::many_single_char_names,
    clippy::panic,
    clippy::unwrap_used
)]

use std::{f64::consts::TAU, sync::Arc};

use jintu::{
    basemap::{Basemap, BasemapError},
    font::{Font, Fonts},
    paper::{self, Item},
    plot::{self, Frame},
    raster::{PictureError, PixelCanvas, Pixmap, new_pixmap},
    scene::draw::{Mark, Shape, Stroke, Viewport},
    style::{MapPalette, Mode, Rgba},
    units::Mercator,
};

#[path = "raster/archive.rs"]
mod archive;
#[path = "raster/basemap.rs"]
mod basemap;
#[path = "raster/pictures.rs"]
mod pictures;
#[path = "raster/strokes.rs"]
mod strokes;
#[path = "raster/text.rs"]
mod text;

const RED: Rgba = Rgba::hex(0xFF_00_00);
const BLUE: Rgba = Rgba::hex(0x00_00_FF);
const WHITE: Rgba = Rgba::hex(0xFF_FF_FF);

static ASSET: &[u8] = include_bytes!("../../assets/basemap.pmtiles");

/// The bundled basemap.
fn asset() -> Basemap {
    Basemap::open(ASSET).unwrap()
}

fn fonts() -> Fonts {
    let regular = include_bytes!("../../assets/fonts/JintuSans-Regular.otf").as_slice();
    let bold = include_bytes!("../../assets/fonts/JintuSans-Bold.otf").as_slice();
    Fonts::new(Font::parse(regular).unwrap(), Font::parse(bold).unwrap())
}

/// The whole list on pixels.
fn paint(pixmap: &mut Pixmap, scale: f32, items: &[Item]) {
    paper::paint(items, &mut PixelCanvas::new(&mut pixmap.as_mut(), scale, &fonts()));
}

/// The basemap over the whole of a picture.
fn paint_basemap(
    pixmap: &mut Pixmap,
    viewport: &Viewport,
    scale: f32,
    basemap: &Basemap,
    palette: &MapPalette,
) -> Result<(), BasemapError> {
    let map = plot::Map {
        viewport: *viewport,
        palette,
        fonts: &fonts(),
        basemap: Some(basemap),
        tiles: &[],
        layers: &[],
        draw_list: &jintu::scene::DrawList::default(),
    };
    paint(pixmap, scale, &[map.items([0.0; 2])?]);
    Ok(())
}

fn paint_shapes(pixmap: &mut Pixmap, viewport: &Viewport, scale: f32, shapes: &[Shape]) {
    if let Some(frame) = Frame::new(viewport, [0.0; 2]) {
        paint(pixmap, scale, &plot::shapes(&frame, shapes, &fonts(), light()));
    }
}

/// One square tile of the usual web map scheme.
fn rasterise_tile(
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
        datum: jintu::geo::Datum::Wgs84,
    };
    paint_basemap(&mut pixmap, &viewport, pixels_per_point, basemap, palette)?;
    Ok(pixmap)
}

fn light() -> &'static MapPalette {
    MapPalette::of(Mode::Light)
}

fn mercator(lon_deg: f64, lat_deg: f64) -> Mercator {
    Mercator { x: lon_deg / 360.0 + 0.5, y: 0.5 - lat_deg.to_radians().tan().asinh() / TAU }
}

/// A view whose points are pixels: Mercator `(x, y)` / 256 lies at point `(x, y)`.
fn plain_view(width: u32, height: u32) -> Viewport {
    Viewport {
        center: at(f64::from(width) / 2.0, f64::from(height) / 2.0),
        zoom: 0.0,
        width_pt: width as f32,
        height_pt: height as f32,
        datum: jintu::geo::Datum::Wgs84,
    }
}

fn at(x: f64, y: f64) -> Mercator {
    Mercator { x: x / 256.0, y: y / 256.0 }
}

fn color(pixmap: &Pixmap, x: u32, y: u32) -> Rgba {
    let p = pixmap.pixel(x, y).unwrap().demultiply();
    Rgba(p.red(), p.green(), p.blue(), p.alpha())
}

/// Sum of coverage over a picture painted in red on nothing, in pixels.
fn covered(pixmap: &Pixmap) -> f64 {
    pixmap.pixels().iter().map(|p| f64::from(p.alpha()) / 255.0).sum()
}

fn line(points: &[(f64, f64)], strokes: Vec<Stroke>) -> Shape {
    let path: Arc<[Mercator]> = points.iter().map(|(x, y)| at(*x, *y)).collect();
    let mark = Mark::Line { path, strokes };
    Shape { pick: None, mark }
}

fn shape(mark: Mark) -> Shape {
    Shape { pick: None, mark }
}

/// Shapes on a transparent ground.
fn painted(size: (u32, u32), shapes: &[Shape]) -> Pixmap {
    let mut pixmap = new_pixmap(size.0, size.1).unwrap();
    let view = plain_view(size.0, size.1);
    paint_shapes(&mut pixmap, &view, 1.0, shapes);
    pixmap
}

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
    basemap::Basemap,
    raster::{Font, Fonts, Pixmap, new_pixmap, paint_shapes},
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
    Fonts { regular: Font::parse(regular).unwrap(), bold: Font::parse(bold).unwrap() }
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
    paint_shapes(&mut pixmap.as_mut(), &view, 1.0, shapes, &fonts(), light());
    pixmap
}

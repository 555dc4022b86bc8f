//! Whole pictures: size limits, furniture, scale, PNG files.

use geographiclib_rs::{Geodesic, InverseGeodesic as _};
use jintu::{
    plot::{FeatureLayer, Map, feature_layer},
    raster::{PictureError, Pixmap, encode_png, new_pixmap, render},
    scene::{
        draw::{DrawList, Shape, Stroke, Viewport},
        legend::Sample,
    },
    sheet::{
        Block, Corner, Legend, LegendEntry, LegendGroup, LegendLook, Overlay,
        legend::legend_of_height,
        north_arrow,
        scale::{LengthWords, metres_per_point, scale_length},
        scale_bar::tick_bar,
        title,
    },
    style::{Marker, Rgba},
    units::Mercator,
};

use super::{
    RED, asset, color, fonts, light, line, mercator, paint, paint_basemap, paint_shapes,
    plain_view, rasterise_tile,
};

fn view(zoom: f64, width_pt: f32, height_pt: f32) -> Viewport {
    Viewport {
        center: mercator(112.5, 37.8),
        zoom,
        width_pt,
        height_pt,
        datum: jintu::geo::Datum::Wgs84,
    }
}

fn rendered(
    viewport: Viewport,
    scale: f32,
    pieces: Vec<(Corner, Block)>,
) -> Result<Pixmap, PictureError> {
    let size_pt = [viewport.width_pt, viewport.height_pt];
    let mut overlay = Overlay::new(size_pt);
    for (corner, block) in pieces {
        overlay.put(corner, block);
    }
    let map = Map {
        viewport,
        palette: light(),
        fonts: &fonts(),
        basemap: None,
        tiles: &[],
        layers: &[],
        draw_list: &DrawList::default(),
    };
    let mut items = vec![map.items([0.0; 2])?];
    items.extend(overlay.into_items());
    render(&items, size_pt, scale, &fonts())
}

fn on_panel(block: Block) -> Block {
    block.padded([12.0, 10.0]).grounded(&title::panel(light()))
}

fn scale_bar(viewport: &Viewport) -> Block {
    let words = LengthWords { kilometre: "km".into(), metre: "m".into() };
    let length = scale_length(metres_per_point(viewport).unwrap(), 140.0).unwrap();
    on_panel(tick_bar(length, "约 ", &words, None, light(), &fonts()))
}

fn legend(title: &str, entries: Vec<LegendEntry>, height_pt: f32) -> Block {
    let groups = vec![LegendGroup { heading: String::new(), entries }];
    let legend = Legend { title: title.into(), groups };
    let look = LegendLook::OVER_MAP;
    on_panel(legend_of_height(&legend, height_pt, &look, light(), &fonts()))
}

#[test]
fn sizes_that_no_picture_can_have_are_refused() {
    for (width, height, scale) in [
        (0.0, 100.0, 1.0),
        (100.0, 0.0, 1.0),
        (100.0, 100.0, 0.0),
        (-5.0, 100.0, 1.0),
        (f32::NAN, 100.0, 1.0),
        (f32::INFINITY, 100.0, 1.0),
        (1e9, 1e9, 1.0),
        (30_000.0, 30_000.0, 1.0),
        (100.0, 100.0, 1e9),
    ] {
        let result = rendered(view(9.0, width, height), scale, Vec::new());
        assert!(matches!(result, Err(PictureError::Size { .. })), "{width} {height} {scale}");
    }
    assert!(rasterise_tile(&asset(), light(), (9, 1, 1), 0, 1.0).is_err());
}

#[test]
fn impossible_views_leave_the_ground() {
    let basemap = asset();
    let shapes: [Shape; 1] = [line(&[(0.0, 0.0), (256.0, 256.0)], vec![Stroke::solid(2.0, RED)])];
    for zoom in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -40.0, 200.0, 2000.0] {
        for x in [0.5, f64::NAN, 1e300, -7.0] {
            let viewport = Viewport { center: Mercator { x, y: 0.4 }, ..view(zoom, 32.0, 32.0) };
            let mut pixmap = new_pixmap(32, 32).unwrap();
            paint_basemap(&mut pixmap, &viewport, 1.0, &basemap, light()).unwrap();
            assert_eq!(color(&pixmap, 0, 31), light().ground, "{zoom} {x}");
            paint_shapes(&mut pixmap, &viewport, 1.0, &shapes);
        }
    }
}

#[test]
fn a_small_view_deep_inside_a_dashed_line_is_painted() {
    // 2^40 points to the world: the whole line would have billions of dashes.
    let stroke = Stroke { width_pt: 3.0, color: RED, dash: Some([4.0, 2.0]), ticks: None };
    let shapes = [line(&[(10.0, 10.0), (11.0, 10.0)], vec![stroke])];
    let viewport = Viewport { center: super::at(10.5, 10.0), zoom: 32.0, ..plain_view(90, 30) };
    let mut pixmap = new_pixmap(90, 30).unwrap();
    paint_shapes(&mut pixmap, &viewport, 1.0, &shapes);
    let share = (0..90).filter(|x| color(&pixmap, *x, 15).3 > 127).count();
    assert!((54..=66).contains(&share), "{share} of 90 columns");
}

#[test]
fn the_scale_bar_is_true_on_the_ellipsoid() {
    for lat in [0.0, 20.0, 37.8, 55.0] {
        for zoom in [5.0, 8.3, 11.0, 14.5] {
            let center = mercator(112.5, lat);
            let viewport = Viewport { center, ..view(zoom, 800.0, 600.0) };
            let bar = scale_length(metres_per_point(&viewport).unwrap(), 140.0).unwrap();
            let digits = bar.length_m.log10().fract().abs();
            assert!(
                [0.0, 2_f64.log10(), 5_f64.log10()].iter().any(|d| (digits - d).abs() < 1e-9),
                "{}",
                bar.length_m
            );
            assert!((56.0..=140.001).contains(&bar.width_pt), "{}", bar.width_pt);
            // Karney's geodesic over a thousandth of the bar, which the parallel cannot leave.
            let dlon = f64::from(bar.width_pt) / viewport.scale() * 360.0 / 1000.0;
            let metres: f64 = Geodesic::wgs84().inverse(lat, 112.5, lat, 112.5 + dlon);
            assert!((metres * 1000.0 / bar.length_m - 1.0).abs() < 1e-4, "{lat} {zoom}: {metres}");
        }
    }
    assert!(metres_per_point(&view(f64::NAN, 9.0, 9.0)).is_none());
    assert!(scale_length(f64::NAN, 140.0).is_none() && scale_length(0.0, 140.0).is_none());
}

#[test]
fn furniture_stands_in_its_corner_and_stacks() {
    let entry = LegendEntry {
        label: "高速公路".into(),
        sample: Sample::Line(vec![Stroke::solid(3.0, RED)]).into(),
    };
    let lines = ["行政区划 © 天地图".to_owned()];
    let credits = title::credits(&lines, f32::INFINITY, light(), &fonts());
    let arrow = north_arrow("北", 27.0, light().ink, light().muted);
    let pieces = || {
        vec![
            (
                Corner::BottomLeft,
                credits.clone().padded([10.0, 4.5]).grounded(&title::faint(light())),
            ),
            (Corner::BottomLeft, scale_bar(&view(9.0, 800.0, 600.0))),
            (Corner::TopLeft, title::title_panel("太原市", "项目一张图", 400.0, light(), &fonts())),
            (Corner::TopRight, legend("图例", vec![entry.clone(); 5], 500.0)),
            (Corner::BottomRight, on_panel(arrow.clone())),
        ]
    };
    let picture = rendered(view(9.0, 800.0, 600.0), 2.0, pieces()).unwrap();
    assert_eq!((picture.width(), picture.height()), (1600, 1200));
    let panel = light().panel;
    let has_panel = |x: u32, y: u32| color(&picture, x, y) == panel;
    assert!(has_panel(60, 40) && has_panel(1540, 40) && has_panel(1510, 1150));
    assert_eq!(color(&picture, 800, 600), light().ground);
    // Upwards from the bottom left: faint credits, a gap of ground, the scale bar's panel.
    let column: Vec<Rgba> = (900..1190).map(|y| color(&picture, 50, y)).collect();
    let runs = column.chunk_by(|a, b| (*a == light().ground) == (*b == light().ground));
    let grounds = runs.filter(|run| run[0] == light().ground).count();
    assert_eq!(grounds, 3, "above, between and below the two panels");
    let red = (1200..1600).any(|x| (0..400).any(|y| color(&picture, x, y) == RED));
    assert!(red, "the legend shows its sample");
    // A legend too tall for the picture takes more columns instead of leaving it.
    let sample = Sample::Dot { color: RED, ring: RED, marker: Marker::Circle }.into();
    let many = LegendEntry { label: "项".into(), sample };
    let room = Overlay::new([800.0, 300.0]).height_left_pt(Corner::TopLeft) - 20.0;
    let pieces_of_many = vec![(Corner::TopLeft, legend("", vec![many; 40], room))];
    let picture = rendered(view(9.0, 800.0, 300.0), 1.0, pieces_of_many).unwrap();
    assert_eq!(color(&picture, 30, 295), light().ground);
    // Smaller than its furniture: cut off, no panic.
    rendered(view(9.0, 20.0, 10.0), 1.0, pieces()).unwrap();
}

#[test]
fn a_png_holds_the_same_pixels_and_its_density() {
    let viewport = view(9.0, 123.0, 45.0);
    let pieces = vec![(Corner::TopLeft, scale_bar(&viewport))];
    let picture = rendered(viewport, 1.0, pieces).unwrap();
    let plain = encode_png(&picture, None).unwrap();
    let dense = encode_png(&picture, Some(300.0)).unwrap();
    for file in [&plain, &dense] {
        let read = image::load_from_memory(file).unwrap().to_rgba8();
        assert_eq!(read.dimensions(), (123, 45));
        assert!(read.as_raw() == picture.data());
    }
    // 300 dots per inch are 11 811 per metre; the checksum comes from another implementation.
    let mut chunk = b"pHYs".to_vec();
    chunk.extend([0, 0, 0x2E, 0x23, 0, 0, 0x2E, 0x23, 1]);
    let mut crc = flate2::Crc::new();
    crc.update(&chunk);
    chunk.extend(crc.sum().to_be_bytes());
    assert_eq!(dense[33..37], [0, 0, 0, 9]);
    assert_eq!(dense[37..37 + chunk.len()], chunk);
    assert_eq!(dense.len(), plain.len() + 21);
    assert_eq!(encode_png(&picture, Some(f32::NAN)).unwrap(), plain);

    let mut clear = new_pixmap(2, 1).unwrap();
    clear.pixels_mut()[1] = tiny_skia::PremultipliedColorU8::from_rgba(100, 50, 0, 128).unwrap();
    let read = image::load_from_memory(&encode_png(&clear, None).unwrap()).unwrap().to_rgba8();
    assert_eq!(read.get_pixel(0, 0).0, [0, 0, 0, 0]);
    assert_eq!(read.get_pixel(1, 0).0, [199, 100, 0, 128]);
}

/// A layer's area, line and point stand where they are told to, in its colour.
#[test]
fn layers_of_the_users_own_are_painted() {
    let color = jintu::style::Rgba(200, 30, 20, 255);
    let layer = FeatureLayer {
        name: "地块".into(),
        points: vec![[80.0, 20.0]],
        segments: vec![[10.0, 70.0, 90.0, 70.0]],
        triangles: vec![
            [10.0, 10.0],
            [40.0, 10.0],
            [40.0, 40.0],
            [10.0, 10.0],
            [40.0, 40.0],
            [10.0, 40.0],
        ],
        look: jintu::style::SymbolLook::plain(
            color,
            jintu::style::Rgba(255, 255, 255, 255),
            5.0,
            4.0,
        ),
        point_classes: Vec::new(),
        segment_classes: Vec::new(),
        triangle_classes: Vec::new(),
        classes: Vec::new(),
        names: Vec::new(),
    };
    let mut pixmap = jintu::raster::new_pixmap(200, 200).unwrap();
    paint(&mut pixmap, 2.0, &[feature_layer(&layer, [0.0; 2])]);
    let at = |x: u32, y: u32| {
        let p = pixmap.pixel(x * 2, y * 2).unwrap().demultiply();
        [p.red(), p.green(), p.blue(), p.alpha()]
    };
    assert_eq!(at(80, 20), [200, 30, 20, 255]);
    assert_eq!(at(50, 70), [200, 30, 20, 255]);
    // The line is four points wide.
    assert_eq!([at(50, 67)[3], at(50, 74)[3]], [0, 0]);
    // A quarter of the colour, without a seam along the diagonal.
    for (x, y) in [(30, 15), (15, 30), (25, 25)] {
        assert!(at(x, y)[3].abs_diff(64) <= 1, "{:?}", at(x, y));
    }
    assert_eq!(at(60, 50)[3], 0);
}

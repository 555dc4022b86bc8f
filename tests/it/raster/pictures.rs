//! Whole pictures: size limits, furniture, scale, PNG files.

use geographiclib_rs::{Geodesic, InverseGeodesic as _};
use jintu::{
    raster::{
        Corner, Furniture, Legend, LegendEntry, Picture, PictureError, Piece, Pixmap, Sample,
        ScaleBar, Title, encode_png, new_pixmap, paint_basemap, paint_shapes, rasterise_tile,
        scale_length,
    },
    scene::draw::{DrawList, Shape, Stroke, Viewport},
    style::Rgba,
    units::Mercator,
};

use super::{RED, asset, color, fonts, light, line, mercator, plain_view};

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
    furniture: &[Furniture],
) -> Result<Pixmap, PictureError> {
    let picture = Picture {
        layers: &[],
        viewport,
        pixels_per_point: scale,
        palette: light(),
        fonts: &fonts(),
        basemap: None,
        draw_list: &DrawList::default(),
        furniture,
    };
    picture.render()
}

fn piece(corner: Corner, piece: Piece) -> Furniture {
    Furniture { corner, piece }
}

fn scale_bar() -> Piece {
    Piece::ScaleBar(ScaleBar { prefix: "约 ".into(), kilometre: " km".into(), metre: " m".into() })
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
        let result = rendered(view(9.0, width, height), scale, &[]);
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
            paint_basemap(&mut pixmap.as_mut(), &viewport, 1.0, &basemap, light()).unwrap();
            assert_eq!(color(&pixmap, 0, 31), light().ground, "{zoom} {x}");
            paint_shapes(&mut pixmap.as_mut(), &viewport, 1.0, &shapes, &fonts(), light());
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
    paint_shapes(&mut pixmap.as_mut(), &viewport, 1.0, &shapes, &fonts(), light());
    let share = (0..90).filter(|x| color(&pixmap, *x, 15).3 > 127).count();
    assert!((54..=66).contains(&share), "{share} of 90 columns");
}

#[test]
fn the_scale_bar_is_true_on_the_ellipsoid() {
    for lat in [0.0, 20.0, 37.8, 55.0] {
        for zoom in [5.0, 8.3, 11.0, 14.5] {
            let center = mercator(112.5, lat);
            let viewport = Viewport { center, ..view(zoom, 800.0, 600.0) };
            let bar = scale_length(&viewport, 140.0).unwrap();
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
    assert!(scale_length(&view(f64::NAN, 9.0, 9.0), 140.0).is_none());
}

#[test]
fn furniture_stands_in_its_corner_and_stacks() {
    let credits = Piece::Credits(vec!["行政区划 © 天地图".into()]);
    let title =
        Piece::Title(Title { title: "太原市".into(), subtitle: "项目一张图".into() });
    let entry = LegendEntry {
        label: "高速公路".into(),
        sample: Sample::Line(vec![Stroke::solid(3.0, RED)]),
    };
    let legend = Legend { title: "图例".into(), entries: vec![entry; 5] };
    let pieces = [
        piece(Corner::BottomLeft, credits),
        piece(Corner::BottomLeft, scale_bar()),
        piece(Corner::TopLeft, title),
        piece(Corner::TopRight, Piece::Legend(legend)),
        piece(Corner::BottomRight, Piece::NorthArrow("北".into())),
    ];
    let picture = rendered(view(9.0, 800.0, 600.0), 2.0, &pieces).unwrap();
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
    let many = LegendEntry { label: "项".into(), sample: Sample::Dot { color: RED, ring: RED } };
    let legend = Legend { title: String::new(), entries: vec![many; 40] };
    let picture =
        rendered(view(9.0, 800.0, 300.0), 1.0, &[piece(Corner::TopLeft, Piece::Legend(legend))])
            .unwrap();
    assert_eq!(color(&picture, 30, 295), light().ground);
    // Smaller than its furniture: cut off, no panic.
    rendered(view(9.0, 20.0, 10.0), 1.0, &pieces).unwrap();
}

#[test]
fn a_png_holds_the_same_pixels_and_its_density() {
    let picture =
        rendered(view(9.0, 123.0, 45.0), 1.0, &[piece(Corner::TopLeft, scale_bar())]).unwrap();
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
    let layer = jintu::raster::FeatureLayer {
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
        color,
        casing: jintu::style::Rgba(255, 255, 255, 255),
        point_radius_pt: 5.0,
        line_width_pt: 4.0,
    };
    let mut pixmap = jintu::raster::new_pixmap(200, 200).unwrap();
    jintu::raster::paint_features(&mut pixmap.as_mut(), 2.0, &layer);
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

//! The map as items: what lies where, in which order, standing for what.
#![expect(clippy::cast_possible_truncation, clippy::float_cmp, reason = "a test knows its numbers")]

use std::sync::Arc;

use jintu::{
    basemap::Basemap,
    font::Fonts,
    geo::Datum,
    paper::{BoxPt, Drawing, ImageDrawing, Item, Pixels, Step, Subject, TextDrawing},
    plot::{FeatureLayer, Frame, Map, labels, shapes},
    scene::{DrawList, LabelStyle, Mark, Pick, PlacedLabel, Shape, Stroke, Viewport},
    store,
    style::{MapPalette, Mode, Rgba, SymbolLook},
    units::{LonLat, Mercator},
};

fn fonts() -> &'static Fonts {
    static FONTS: std::sync::OnceLock<Fonts> = std::sync::OnceLock::new();
    FONTS.get_or_init(|| store::fonts().unwrap())
}

fn palette() -> &'static MapPalette {
    MapPalette::of(Mode::Light)
}

fn view(lon_deg: f64, lat_deg: f64, zoom: f64, datum: Datum) -> Viewport {
    Viewport {
        center: jintu::geo::mercator::from_lon_lat(LonLat::new(lon_deg, lat_deg)),
        zoom,
        width_pt: 600.0,
        height_pt: 400.0,
        datum,
    }
}

fn style() -> LabelStyle {
    LabelStyle {
        size_pt: 12.0,
        color: palette().ink,
        halo: palette().halo,
        bold: false,
        tracking_em: 0.0,
        plate: None,
    }
}

fn label(text: &str, center_pt: [f32; 2], letter_of: Option<Arc<str>>) -> PlacedLabel {
    PlacedLabel { lines: vec![text.into()], center_pt, style: style(), letter_of }
}

/// Every item, whatever it lies in.
fn flat(items: &[Item]) -> Vec<&Item> {
    let mut all = Vec::new();
    for item in items {
        all.push(item);
        if let Drawing::Group(items) | Drawing::Clip { items, .. } = &item.drawing {
            all.extend(flat(items));
        }
    }
    all
}

fn layer() -> FeatureLayer {
    FeatureLayer {
        name: "地块".into(),
        points: vec![[80.0, 20.0]],
        segments: vec![[10.0, 70.0, 90.0, 70.0], [90.0, 70.0, 95.0, 75.0], [1.0, 2.0, 3.0, 4.0]],
        triangles: vec![[10.0, 10.0], [40.0, 10.0], [40.0, 40.0]],
        look: SymbolLook::plain(Rgba::hex(0xFF_00_00), Rgba::hex(0xFF_FF_FF), 5.0, 4.0),
        point_classes: Vec::new(),
        segment_classes: Vec::new(),
        triangle_classes: Vec::new(),
        classes: Vec::new(),
        names: Vec::new(),
    }
}

#[test]
fn a_map_lies_in_its_frame_from_the_ground_up() {
    let basemap = Basemap::open(store::BASEMAP).unwrap();
    let pixels = Arc::new(Pixels { width_px: 1, height_px: 1, rgba: vec![9, 9, 9, 255] });
    let tile = ImageDrawing {
        place: BoxPt::new(5.0, 6.0, 10.0, 10.0),
        pixels,
        part: [0.0, 0.0, 1.0, 1.0],
        opacity: 1.0,
    };
    let center = view(112.5, 37.87, 10.5, Datum::Wgs84).center;
    let line = Mark::Line {
        path: vec![
            Mercator { x: center.x - 0.001, ..center },
            Mercator { x: center.x + 0.001, ..center },
        ]
        .into(),
        strokes: vec![Stroke::solid(6.0, palette().halo), Stroke::solid(3.0, palette().accent)],
    };
    let draw_list = DrawList {
        shapes: vec![Shape { pick: Some(Pick::Project("B1-02".into())), mark: line }],
        labels: vec![label("太绥高铁", [300.0, 200.0], None)],
    };
    let map = Map {
        viewport: view(112.5, 37.87, 10.5, Datum::Wgs84),
        palette: palette(),
        fonts: fonts(),
        basemap: Some(&basemap),
        tiles: &[tile],
        layers: &[layer()],
        draw_list: &draw_list,
    };
    let item = map.items([40.0, 30.0]).unwrap();
    let Drawing::Clip { to, items } = &item.drawing else { panic!("{item:?}") };
    assert_eq!(*to, BoxPt::new(40.0, 30.0, 600.0, 400.0));
    let mut subjects: Vec<&Subject> = items.iter().filter_map(|i| i.subject.as_ref()).collect();
    subjects.dedup();
    let at = |wanted: &Subject| subjects.iter().position(|s| *s == wanted).unwrap();
    let order = [
        at(&Subject::Basemap("ground")),
        at(&Subject::Basemap("city")),
        at(&Subject::Basemap("county-borders")),
        at(&Subject::Basemap("rivers")),
        at(&Subject::Basemap("railways")),
        at(&Subject::Basemap("roads")),
        at(&Subject::Tiles),
        at(&Subject::Layer("地块".into())),
        at(&Subject::Projects(vec!["B1-02".into()])),
        at(&Subject::Labels),
    ];
    assert!(order.is_sorted(), "{order:?} in {subjects:?}");
    // Everything is moved with the frame.
    let all = flat(items);
    let texts: Vec<&TextDrawing> = all
        .iter()
        .filter_map(|i| if let Drawing::Text(text) = &i.drawing { Some(text) } else { None })
        .collect();
    assert_eq!(texts[0].at_pt, [340.0, 230.0]);
    let images: Vec<BoxPt> = all
        .iter()
        .filter_map(
            |i| if let Drawing::Image(image) = &i.drawing { Some(image.place) } else { None },
        )
        .collect();
    assert_eq!(images, [BoxPt::new(45.0, 36.0, 10.0, 10.0)]);
}

#[test]
fn nothing_reaches_far_beyond_the_frame() {
    let basemap = Basemap::open(store::BASEMAP).unwrap();
    let draw_list = DrawList::default();
    for zoom in [7.0, 10.0, 13.0] {
        let map = Map {
            viewport: view(112.5, 37.87, zoom, Datum::Wgs84),
            palette: palette(),
            fonts: fonts(),
            basemap: Some(&basemap),
            tiles: &[],
            layers: &[],
            draw_list: &draw_list,
        };
        let item = map.items([100.0, 50.0]).unwrap();
        let mut steps = 0;
        for item in flat(std::slice::from_ref(&item)) {
            let Drawing::Path(path) = &item.drawing else { continue };
            for step in &path.steps {
                let (Step::Move([x, y]) | Step::Line([x, y])) = step else { continue };
                steps += 1;
                assert!((90.0..=710.0).contains(x) && (40.0..=460.0).contains(y), "{x} {y}");
            }
        }
        assert!(steps > 50, "{zoom}: {steps}");
    }
}

/// A map in another datum is the same map moved by what that datum adds: some hundred metres.
#[test]
fn another_datum_moves_the_basemap_as_it_moves_the_projects() {
    let at = LonLat::new(112.55, 37.87);
    let mercator = jintu::geo::mercator::from_lon_lat(at);
    for datum in [Datum::Wgs84, Datum::Gcj02, Datum::Bd09] {
        let viewport = view(112.5, 37.85, 13.0, datum);
        let frame = Frame::new(&viewport, [0.0; 2]).unwrap();
        let [x, y] = frame.to_pt(mercator);
        let expected = viewport.to_pt(mercator);
        assert!((x as f32 - expected[0]).abs() < 0.05 && (y as f32 - expected[1]).abs() < 0.05);
        let back = frame.to_mercator([x, y]);
        assert!((back.x - mercator.x).hypot(back.y - mercator.y) * viewport.scale() < 0.05);
    }
    // The view's centre stays, so what lies there stays where it is.
    let basemap = Basemap::open(store::BASEMAP).unwrap();
    let lines = |datum| {
        let viewport = view(112.5, 37.85, 12.0, datum);
        let frame = Frame::new(&viewport, [0.0; 2]).unwrap();
        let (items, failed) = jintu::plot::basemap(&frame, &basemap, palette());
        assert!(failed.is_none());
        items.len()
    };
    assert_eq!(lines(Datum::Wgs84), lines(Datum::Gcj02));
}

#[test]
fn segments_that_go_on_are_one_line() {
    let item = jintu::plot::feature_layer(&layer(), [100.0, 0.0]);
    let all = flat(std::slice::from_ref(&item));
    let lines = all
        .iter()
        .find_map(|i| match &i.drawing {
            Drawing::Path(path) if path.pen.is_some() => Some(path.steps.clone()),
            _ => None,
        })
        .unwrap();
    let expected = [
        Step::Move([110.0, 70.0]),
        Step::Line([190.0, 70.0]),
        Step::Line([195.0, 75.0]),
        Step::Move([101.0, 2.0]),
        Step::Line([103.0, 4.0]),
    ];
    assert_eq!(lines, expected);
}

#[test]
fn the_letters_of_a_name_are_one_text() {
    let (one, other): (Arc<str>, Arc<str>) = ("太忻".into(), "太忻".into());
    let list = [
        label("太", [10.0, 10.0], Some(one.clone())),
        label("忻", [10.0, 30.0], Some(one)),
        label("太", [90.0, 10.0], Some(other.clone())),
        label("忻", [90.0, 30.0], Some(other)),
        label("汾河", [50.0, 50.0], None),
        label("汾河", [70.0, 50.0], None),
    ];
    let items = labels(&list, [1.0, 2.0], fonts());
    let texts: Vec<(&str, Vec<[f32; 2]>)> = items
        .iter()
        .filter_map(|item| match &item.drawing {
            Drawing::Text(text) => Some((text.text.as_str(), text.lines_at_pt.clone())),
            _ => None,
        })
        .collect();
    assert_eq!(
        texts,
        [
            ("太\n忻", vec![[11.0, 12.0], [11.0, 32.0]]),
            ("太\n忻", vec![[91.0, 12.0], [91.0, 32.0]]),
            ("汾河", vec![]),
            ("汾河", vec![]),
        ]
    );
}

#[test]
fn a_shape_stands_for_its_projects() {
    let viewport = view(112.5, 37.87, 10.0, Datum::Wgs84);
    let frame = Frame::new(&viewport, [0.0; 2]).unwrap();
    let pin = Mark::Pin {
        at: viewport.center,
        glyph: '产',
        fill: palette().accent,
        ink: palette().panel,
        radius_pt: 10.0,
        more: 2,
    };
    let several = Pick::Several(vec!["A".into(), "B".into()]);
    let items = shapes(&frame, &[Shape { pick: Some(several), mark: pin }], fonts(), palette());
    assert_eq!(items.len(), 1);
    assert_eq!(items[0].subject, Some(Subject::Projects(vec!["A".into(), "B".into()])));
    let far = Mark::Line { path: Arc::from([]), strokes: vec![Stroke::solid(1.0, palette().ink)] };
    assert_eq!(shapes(&frame, &[Shape { pick: None, mark: far }], fonts(), palette()), []);
}

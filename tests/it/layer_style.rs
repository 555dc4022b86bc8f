//! Styles of layers: classes against counting by hand and trying every division, names that do not
//! touch, looks that survive saving, drawing by class.

use std::{collections::BTreeMap, sync::Arc};

use jintu::{
    app::{
        DrawRequest, Drawn, Dress, Language, SharedClasses, ToldApart, export::LayerOrder,
        open_layers::Snapshot,
    },
    geo::{Datum, MercatorExtent, mercator},
    jobs::layers_in_picture::layers_in_picture,
    layer::{
        ChunkBuilder, Field, FieldKind, Layer, Part, TableBuilder, Value,
        spots::{MOST_SPOTS, spots},
        style::{
            Classes, Hex, LayerStyle, Meaning, Method, Rule, Scales, Template, breaks, classify,
            look,
        },
        visible::{Frame, Sizes, visible},
    },
    scene::{
        LabelStyle, Viewport,
        labels::place,
        legend::{Entry, Sample, What, layer_entries},
    },
    sheet::scale::viewport_of_scale,
    style::{EDGE, Marker, Mode, Ramp, Rgba, category_color},
    units::LonLat,
};

fn random(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed;
    move || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Points with a number and a word each; some have none.
fn layer(count: usize, seed: u64) -> Layer {
    let mut random = random(seed);
    let mut layer = Layer {
        name: "井".into(),
        fields: vec![Field::named("深度"), Field::named("类型")],
        ..Layer::default()
    };
    let words = ["水井", "油井", "气井", "观测井"];
    let mut left = count;
    while left > 0 {
        let (mut shapes, mut table) = (ChunkBuilder::default(), TableBuilder::new(2));
        for _ in 0..left.min(700) {
            let (lon, lat) = (112.0 + random(), 37.4 + random());
            assert!(shapes.point(LonLat::new(lon, lat)));
            let number = (random() * 1000.0).round() / 10.0;
            if random() > 0.1 {
                table.push(0, Value::Number(number));
            }
            let pick = random() * random() * 4.6;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a pick")]
            if let Some(word) = words.get(pick as usize) {
                table.push(1, Value::Text(word));
            }
            table.end_row();
        }
        layer.chunks.push(Arc::new(shapes.finish()));
        layer.tables.push(Arc::new(table.finish()));
        left = left.saturating_sub(700);
    }
    layer
}

fn value(layer: &Layer, chunk: usize, row: usize, field: usize) -> Value<'_> {
    layer.tables[chunk].value(row, field)
}

/// Sums of squared deviations of a division.
fn spread(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.iter().map(|v| (v - mean).powi(2)).sum()
}

/// The least spread of all divisions of sorted values into so many classes, by trying each.
fn least(values: &[f64], classes: usize) -> f64 {
    if classes == 1 {
        return spread(values);
    }
    (1..=values.len() + 1 - classes)
        .map(|first| spread(&values[..first]) + least(&values[first..], classes - 1))
        .fold(f64::INFINITY, f64::min)
}

fn divided(values: &[f64], ends: &[f64]) -> Vec<Vec<f64>> {
    let mut classes = vec![Vec::new(); ends.len() - 1];
    for value in values {
        let class = ends[1..].iter().position(|end| value <= end).unwrap();
        classes[class].push(*value);
    }
    classes
}

#[test]
fn natural_breaks_have_the_least_spread_of_all_divisions() {
    for seed in 0..60_u64 {
        let mut random = random(seed);
        let count = 6 + usize::try_from(seed % 9).unwrap();
        let mut values: Vec<f64> = (0..count).map(|_| (random() * 200.0).round()).collect();
        values.sort_by(f64::total_cmp);
        values.dedup();
        for classes in 2..=5 {
            let ends = breaks(values.clone(), classes, Method::Jenks);
            let parts = divided(&values, &ends);
            assert_eq!(parts.len(), classes.min(values.len()));
            let own: f64 = parts.iter().map(|part| spread(part)).sum();
            let best = least(&values, classes);
            assert!(own <= best + 1e-6, "{values:?} {ends:?}: {own} instead of {best}");
        }
    }
}

#[test]
fn breaks_are_even_or_of_as_many_each() {
    let values: Vec<f64> = (0..1000).map(|i| f64::from(i * i % 977)).collect();
    let even = breaks(values.clone(), 4, Method::Equal);
    assert_eq!(even, [0.0, 244.0, 488.0, 732.0, 976.0]);
    let ends = breaks(values.clone(), 5, Method::Quantile);
    let counts: Vec<usize> = divided(&values, &ends).iter().map(Vec::len).collect();
    assert!(counts.iter().all(|count| count.abs_diff(200) <= 4), "{counts:?}");
    // Fewer values than classes; one; none; what is no number.
    assert_eq!(breaks(vec![3.0, 1.0, 3.0, f64::NAN], 5, Method::Jenks), [1.0, 1.0, 3.0]);
    assert_eq!(breaks(vec![2.0; 9], 3, Method::Quantile), [2.0, 2.0]);
    assert!(breaks(vec![f64::INFINITY], 3, Method::Equal).is_empty());
    // Many: in bounded time, the same each time.
    let mut random = random(7);
    let many: Vec<f64> = (0..300_000).map(|_| random().powi(3) * 1e6).collect();
    let first = breaks(many.clone(), 8, Method::Jenks);
    assert_eq!(first.len(), 9);
    assert_eq!(first, breaks(many, 8, Method::Jenks));
}

#[test]
fn categories_are_counted_the_most_frequent_first() {
    let layer = layer(3000, 11);
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    let mut missing = 0;
    for (chunk, own) in layer.chunks.iter().enumerate() {
        for row in 0..own.shapes.len() {
            match value(&layer, chunk, row, 1) {
                Value::Text(word) => *counted.entry(word.to_owned()).or_default() += 1,
                _ => missing += 1,
            }
        }
    }
    let mut sorted: Vec<(String, usize)> = counted.into_iter().collect();
    sorted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let rule = Rule::Category { field: "类型".into(), most: 2 };
    let classes = classify(&layer, &rule, &|| false).unwrap();
    let told: Vec<(Meaning, usize)> =
        classes.items.iter().map(|item| (item.meaning.clone(), item.count)).collect();
    let others = sorted[2].1 + sorted[3].1;
    assert_eq!(
        told,
        [
            (Meaning::Value(sorted[0].0.clone()), sorted[0].1),
            (Meaning::Value(sorted[1].0.clone()), sorted[1].1),
            (Meaning::Others(2), others),
            (Meaning::Missing, missing),
        ]
    );
    assert_class_of_each_row(&layer, &classes, 1);
    // One other value has a colour of its own: “others” would say less in as much room.
    let rule = Rule::Category { field: "类型".into(), most: 3 };
    let classes = classify(&layer, &rule, &|| false).unwrap();
    assert_eq!(classes.items.len(), 5);
    assert!(classify(&layer, &Rule::One, &|| false).is_none());
    assert!(classify(&layer, &rule, &|| true).is_none(), "stopped");
    let none = Rule::Category { field: "没有".into(), most: 3 };
    assert!(classify(&layer, &none, &|| false).is_none());
}

/// Each row is in the class that its value says.
fn assert_class_of_each_row(layer: &Layer, classes: &Classes, field: usize) {
    let mut counts = vec![0; classes.items.len()];
    for (chunk, own) in layer.chunks.iter().enumerate() {
        assert_eq!(own.shapes.len(), classes.rows[chunk].len());
        for row in 0..own.shapes.len() {
            let class = usize::from(classes.rows[chunk][row]);
            counts[class] += 1;
            let (item, value) = (&classes.items[class], value(layer, chunk, row, field));
            let is_right = match (&item.meaning, value) {
                (Meaning::Value(own), value) => *own == value.to_string(),
                (Meaning::Range { from, to }, Value::Number(n)) => {
                    n <= *to && (n > *from || class == 0 && n >= *from)
                }
                (Meaning::Others(_), Value::Text(_)) | (Meaning::Missing, Value::Missing) => true,
                _ => false,
            };
            assert!(is_right, "{item:?} {value:?}");
        }
    }
    let told: Vec<usize> = classes.items.iter().map(|item| item.count).collect();
    assert_eq!(counts, told);
}

fn graduated(method: Method, classes: u8) -> Rule {
    Rule::Graduated { field: "深度".into(), classes, method, ramp: Ramp::Sea, reversed: false }
}

#[test]
fn numbers_fall_into_the_class_that_holds_them() {
    let layer = layer(2000, 5);
    for method in Method::ALL {
        for count in [2, 5, 12] {
            let classes = classify(&layer, &graduated(method, count), &|| false).unwrap();
            assert_eq!(classes.items.len(), usize::from(count) + 1);
            assert_class_of_each_row(&layer, &classes, 0);
        }
    }
}

/// Lightness as CIE 1976 has it.
fn lightness(color: Rgba) -> f64 {
    let y = luminance(color);
    if y > 0.008_856 { 116.0 * y.cbrt() - 16.0 } else { 903.3 * y }
}

fn linear(c: u8) -> f64 {
    let c = f64::from(c) / 255.0;
    if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
}

fn luminance(Rgba(r, g, b, _): Rgba) -> f64 {
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

#[test]
fn ramps_are_read_by_lightness_alone_in_both_modes() {
    for mode in [Mode::Light, Mode::Dark] {
        for ramp in [Ramp::Blues, Ramp::Purples, Ramp::Sea, Ramp::Fire] {
            for count in [3, 5, 7] {
                let colors = ramp.colors(count, mode);
                assert_eq!(colors.len(), count);
                let steps: Vec<f64> =
                    colors.windows(2).map(|w| lightness(w[1]) - lightness(w[0])).collect();
                let sign = if mode == Mode::Light { -1.0 } else { 1.0 };
                assert!(steps.iter().all(|step| step * sign > 4.0), "{ramp:?} {mode:?} {steps:?}");
            }
        }
        // The two directions have the same lightness; their hues, blue and orange, are apart for all.
        let both = Ramp::BlueOrange.colors(5, mode);
        assert!((lightness(both[0]) - lightness(both[4])).abs() < 6.0);
        assert!(both[0].2 > both[0].0 && both[4].0 > both[4].2);
        assert!((lightness(both[0]) - lightness(both[2])).abs() > 20.0);
        let mut twelve: Vec<Rgba> = (0..12).map(|i| category_color(i, mode)).collect();
        twelve.sort_by_key(|c| c.to_hex());
        twelve.dedup();
        assert_eq!(twelve.len(), 12);
    }
}

#[test]
fn a_style_survives_saving_and_strange_words() {
    let style = LayerStyle {
        rule: graduated(Method::Quantile, 7),
        opacity: 0.5,
        scales: Scales { nearest: None, farthest: Some(250_000.0) },
        colors: [("#0".to_owned(), Hex(Rgba(1, 2, 3, 255)))].into(),
        ..LayerStyle::default()
    };
    let json = serde_json::to_value(&style).unwrap();
    assert_eq!(json["colors"]["#0"], "#010203");
    assert_eq!(LayerStyle::of_json(&json).unwrap(), style);
    let newer = serde_json::json!({
        "version": 9, "rule": {"kind": "heat", "radius": 3}, "symbol": {"marker": "star"},
        "glow": {"width": 2}, "opacity": 0.25,
    });
    let read = LayerStyle::of_json(&newer).unwrap();
    assert_eq!((read.rule.clone(), read.symbol.marker), (Rule::One, Marker::Circle));
    assert!((read.opacity - 0.25).abs() < 1e-6);
    assert_eq!(serde_json::to_value(&read).unwrap()["glow"]["width"], 2);
    assert!(LayerStyle::of_json(&serde_json::json!([1])).is_err());
    for (text, color) in [
        ("#0a0B0c", Some(Rgba(10, 11, 12, 255))),
        ("#01020304", Some(Rgba(1, 2, 3, 4))),
        ("#+1234f", None),
        ("red", None),
    ] {
        assert_eq!(Rgba::of_hex(text), color, "{text}");
    }
}

#[test]
fn names_are_made_of_fields_and_words() {
    let fields = [Field::named("名称"), Field::named("长度"), Field::named("a:b")];
    let mut table = TableBuilder::new(3);
    table.push(0, Value::Text("太绥高铁"));
    table.push(1, Value::Number(12.345));
    table.push(2, Value::Integer(7));
    table.end_row();
    table.push(1, Value::Number(3.0));
    table.end_row();
    table.end_row();
    let table = table.finish();
    let told = |text: &str, row: usize| Template::read(text, &fields).of(&table, row);
    for (text, name) in [
        ("{名称} {长度:1} km", Some("太绥高铁 12.3 km")),
        ("{长度}", Some("12.345")),
        ("名称", Some("太绥高铁")),
        ("{a:b}·{{x", Some("7·{x")),
        ("{没有}", None),
        ("", None),
        ("{名称", Some("{名称")),
    ] {
        assert_eq!(told(text, 0).as_deref(), name, "{text}");
    }
    assert_eq!(told("{名称} {长度} km", 1).as_deref(), Some("3 km"));
    assert_eq!(told("{名称} {长度} km", 2), None, "nothing to say but the unit");
    assert_eq!(Template::read("{没有} {名称}", &fields).unknown(), ["没有"]);
    assert!(Template::read("  ", &fields).is_empty());
}

fn frame(zoom: f64) -> Frame {
    let center = mercator::from_lon_lat(LonLat::new(112.5, 37.9));
    let scale = 256.0 * zoom.exp2();
    let extent = MercatorExtent { min: center, max: center }.grown(700.0 / scale);
    Frame { center, scale, extent, datum: Datum::Wgs84, pixels_per_point: 1.0 }
}

const SIZES: Sizes = Sizes { point_radius_pt: 3.0, line_width_pt: 1.0 };

#[test]
fn the_uppermost_of_a_place_gives_its_colour() {
    let layer = layer(5000, 3);
    let rule = Rule::Category { field: "类型".into(), most: 3 };
    let classes = SharedClasses(Arc::new(classify(&layer, &rule, &|| false).unwrap()));
    for zoom in [7.0, 10.0, 16.0] {
        let frame = frame(zoom);
        let plain = visible(&layer, None, &frame, SIZES);
        let chosen = ToldApart::Classes(classes.clone()).choose(&layer, None, &frame, SIZES);
        assert_eq!(chosen.points.len(), chosen.point_classes.len());
        assert_eq!(plain.in_view, chosen.in_view);
        assert!(plain.point_classes.is_empty());
        // As many places are taken, or nearly: they are gone through the other way round.
        let (a, b) = (plain.points.len(), chosen.points.len());
        assert!(a == b, "{a} {b}");
        // Each is a feature of the class that it has.
        let mut own: BTreeMap<[u32; 2], Vec<u8>> = BTreeMap::new();
        for (chunk, part) in layer.chunks.iter().enumerate() {
            for (row, p) in part.shapes.positions.iter().enumerate() {
                #[expect(clippy::cast_possible_truncation, reason = "points are f32")]
                let at = [
                    ((p.x - frame.center.x) * frame.scale) as f32,
                    ((p.y - frame.center.y) * frame.scale) as f32,
                ];
                own.entry(at.map(f32::to_bits)).or_default().push(classes.0.rows[chunk][row]);
            }
        }
        for (at, class) in chosen.points.iter().zip(&chosen.point_classes) {
            assert!(own[&at.map(f32::to_bits)].contains(class));
        }
    }
    // Two in one place: the later one lies on top.
    let mut two =
        Layer { fields: vec![Field::declared("类", FieldKind::Integer)], ..Layer::default() };
    let (mut shapes, mut table) = (ChunkBuilder::default(), TableBuilder::new(1));
    for n in [5, 5, 9] {
        assert!(shapes.point(LonLat::new(112.5, 37.9)));
        table.push(0, Value::Integer(n));
        table.end_row();
    }
    two.chunks.push(Arc::new(shapes.finish()));
    two.tables.push(Arc::new(table.finish()));
    let rule = Rule::Category { field: "类".into(), most: 4 };
    let classes = classify(&two, &rule, &|| false).unwrap();
    assert_eq!(classes.items[1].meaning, Meaning::Value("9".into()));
    let told = ToldApart::Classes(SharedClasses(Arc::new(classes)));
    assert_eq!(told.choose(&two, None, &frame(12.0), SIZES).point_classes, [1]);
}

/// An area with a hole, and a line.
fn shapes() -> Layer {
    let mut builder = ChunkBuilder::default();
    let square = |x: f64, y: f64, side: f64| {
        [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]
            .map(|(lon, lat)| LonLat::new(lon, lat))
    };
    builder.part(Part::Ring, square(112.4, 37.8, 0.2));
    builder.part(Part::Hole, square(112.45, 37.85, 0.1));
    builder.end();
    builder.part(Part::Line, [LonLat::new(112.0, 37.7), LonLat::new(113.0, 37.75)]);
    builder.end();
    let mut table = TableBuilder::new(1);
    for word in ["地块", "道路"] {
        table.push(0, Value::Text(word));
        table.end_row();
    }
    Layer {
        fields: vec![Field::named("名称")],
        chunks: vec![Arc::new(builder.finish())],
        tables: vec![Arc::new(table.finish())],
        ..Layer::default()
    }
}

#[test]
fn edges_of_areas_are_told_from_lines() {
    let layer = shapes();
    let chosen = ToldApart::Edges.choose(&layer, None, &frame(10.0), SIZES);
    let edges =
        chosen.segment_classes.iter().map(|class| usize::from(*class == EDGE)).sum::<usize>();
    assert_eq!((edges, chosen.segment_classes.len()), (8, 9));
    assert_eq!(chosen.triangle_classes.len() * 3, chosen.triangles.len());
    let plain = visible(&layer, None, &frame(10.0), SIZES);
    assert_eq!(plain.segments.len(), chosen.segments.len());
}

#[test]
fn names_stand_on_their_features_and_are_bounded() {
    let layer = shapes();
    let template = Template::read("{名称}", &layer.fields);
    for zoom in [9.0, 10.0, 11.0] {
        let frame = frame(zoom);
        let named = spots(&layer, None, &template, &frame);
        let place = |lon, lat| {
            let p = mercator::from_lon_lat(LonLat::new(lon, lat));
            [(p.x - frame.center.x) * frame.scale, (p.y - frame.center.y) * frame.scale]
        };
        for spot in named {
            let [x, y] = spot.at_pt.map(f64::from);
            let within = |a: [f64; 2], b: [f64; 2]| {
                x > a[0].min(b[0]) && x < a[0].max(b[0]) && y > a[1].min(b[1]) && y < a[1].max(b[1])
            };
            if spot.text == "地块" {
                assert!(within(place(112.4, 37.8), place(112.6, 38.0)));
                assert!(!within(place(112.45, 37.85), place(112.55, 37.95)), "in its hole");
            } else {
                let ([x0, y0], [x1, y1]) = (place(112.0, 37.7), place(113.0, 37.75));
                let on = y0 + (x - x0) / (x1 - x0) * (y1 - y0);
                assert!((y - on).abs() < 0.01, "{spot:?}");
            }
            assert!(!spot.is_point);
        }
    }
    let many = self::layer(20_000, 9);
    let template = Template::read("{类型}", &many.fields);
    let named = spots(&many, None, &template, &frame(10.0));
    assert!((80..=MOST_SPOTS).contains(&named.len()), "{}", named.len());
    assert_eq!(named, spots(&many, None, &template, &frame(10.0)));
}

fn view(denominator: f64) -> Viewport {
    let center = mercator::from_lon_lat(LonLat::new(112.5, 37.9));
    viewport_of_scale(center, [800.0, 600.0], denominator)
}

#[test]
fn opacity_scales_and_colours_make_the_look() {
    let layer = layer(500, 2);
    let mut style = LayerStyle { rule: graduated(Method::Equal, 4), ..LayerStyle::default() };
    style.opacity = 0.5;
    style.colors.insert("#2".into(), Hex(Rgba(9, 8, 7, 255)));
    style.scales = Scales { nearest: Some(10_000.0), farthest: Some(200_000.0) };
    let classes = classify(&layer, &style.rule, &|| false).unwrap();
    let own = look(&style, Some(&classes), 0, layer.len(), Mode::Light, 10.0);
    assert_eq!(own.colors.len(), 5);
    assert!(own.colors.iter().take(4).all(|c| c.3 == 128), "{:?}", own.colors);
    assert_eq!(own.colors[2], Rgba(9, 8, 7, 128));
    assert_eq!(own.casing.3, 128);
    let dark = look(&style, Some(&classes), 0, layer.len(), Mode::Dark, 10.0);
    assert_ne!(dark.colors[0], own.colors[0]);
    assert_eq!(dark.colors[2], own.colors[2], "chosen by hand");
    let dress = Dress {
        color: 0,
        style: Arc::new(style.clone()),
        classes: Some(SharedClasses(Arc::new(classes))),
    };
    for (denominator, seen) in
        [(9_000.0, false), (10_000.0, true), (200_000.0, true), (210_000.0, false)]
    {
        assert_eq!(dress.is_seen(&view(denominator)), seen, "1:{denominator}");
    }
    let legend = dress.legend(&own, Language::Chinese);
    let words: Vec<&str> = legend.iter().map(|(words, _)| words.as_str()).collect();
    assert_eq!(words.len(), 5);
    assert_eq!(words[4], "无值");
    let ends = breaks(
        (0..layer.chunks.len())
            .flat_map(|c| (0..layer.chunks[c].shapes.len()).map(move |r| (c, r)))
            .filter_map(|(c, r)| match value(&layer, c, r, 0) {
                Value::Number(n) => Some(n),
                _ => None,
            })
            .collect(),
        4,
        Method::Equal,
    );
    let told: Vec<f64> = words[0].split(" – ").map(|n| n.parse().unwrap()).collect();
    assert!(
        (told[0] - ends[0]).abs() < 0.3 && (told[1] - ends[1]).abs() < 0.3,
        "{words:?} {ends:?}"
    );
    style.opacity = 0.0;
    let hidden = Dress { style: Arc::new(style), ..dress };
    assert!(!hidden.is_seen(&view(50_000.0)));
}

#[test]
fn a_picture_shows_what_the_window_shows() {
    let layer = Arc::new(layer(4000, 21));
    let mut style = LayerStyle { rule: graduated(Method::Jenks, 6), ..LayerStyle::default() };
    style.symbol.marker = Marker::Diamond;
    style.labels.on = true;
    style.labels.text = "{类型} {深度:0}".into();
    let classes = classify(&layer, &style.rule, &|| false).unwrap();
    let dress =
        Dress { color: 1, style: Arc::new(style), classes: Some(SharedClasses(Arc::new(classes))) };
    let view = view(400_000.0);
    let order = LayerOrder { data: Snapshot(layer.clone()), passed: None, dress: dress.clone() };
    let (mode, language) = (Mode::Dark, Language::Chinese);
    let picture = layers_in_picture(&[order], mode, language, &view, 1.0).remove(0);
    let look = dress.look(layer.len(), mode, view.zoom);
    let drawn = Drawn::of(DrawRequest {
        key: (1, 0),
        stamp: 1,
        layer: Snapshot(layer.clone()),
        passed: None,
        frame: Frame {
            center: view.center,
            scale: view.scale(),
            extent: view.extent(),
            datum: view.datum,
            pixels_per_point: 1.0,
        },
        sizes: Sizes { point_radius_pt: look.point_radius_pt, line_width_pt: look.line_width_pt },
        told_apart: dress.told_apart(),
        names: dress.style.template(&layer.fields).map(Arc::new),
    });
    let moved: Vec<[f32; 2]> = drawn
        .visible
        .points
        .iter()
        .map(|[x, y]| [x + view.width_pt / 2.0, y + view.height_pt / 2.0])
        .collect();
    assert!(moved.len() > 100);
    assert_eq!(picture.points, moved);
    assert_eq!(picture.point_classes, drawn.visible.point_classes);
    assert_eq!(picture.look, look);
    let names: Vec<&str> = picture.names.iter().map(|name| name.text.as_str()).collect();
    let in_window: Vec<&str> = drawn.names.iter().map(|spot| spot.text.as_str()).collect();
    assert_eq!(names, in_window);
    // Its names keep clear of each other, as wide as Chinese letters are.
    let measure = |line: &str, style: &LabelStyle| line.chars().count() as f32 * style.size_pt;
    let size = [view.width_pt, view.height_pt];
    let placed = place(picture.names.clone(), Vec::new(), size, &measure);
    assert!(placed.len() > 20, "{}", placed.len());
    let boxes: Vec<[f32; 4]> = placed
        .iter()
        .map(|label| {
            let width =
                label.lines.iter().map(|line| measure(line, &label.style)).fold(0.0, f32::max);
            let height = label.lines.len() as f32 * label.style.size_pt;
            let [x, y] = label.center_pt;
            [x - width / 2.0, y - height / 2.0, x + width / 2.0, y + height / 2.0]
        })
        .collect();
    for (i, a) in boxes.iter().enumerate() {
        for b in &boxes[i + 1..] {
            let apart = a[0] >= b[2] || b[0] >= a[2] || a[1] >= b[3] || b[1] >= a[3];
            assert!(apart, "{a:?} {b:?}");
        }
    }
    // The legend: its name, then each class that is there in its colour.
    let entries = layer_entries(&picture.look());
    let legend = dress.legend(&look, language);
    assert_eq!(entries.len(), legend.len() + 1);
    assert_eq!(entries[0], Entry { what: What::Layer("井".into()), sample: Sample::Nothing });
    for (entry, (words, color)) in entries[1..].iter().zip(&legend) {
        assert_eq!(entry.what, What::Class(words.clone()));
        assert!(matches!(&entry.sample, Sample::Dot { color: own, marker: Marker::Diamond, .. }
            if own == color));
    }
}

//! Sheets as files, made by the program itself: page, scale, text, sizes, refusals.
#![expect(clippy::float_cmp, clippy::similar_names, reason = "a test knows its numbers")]

use std::path::Path;

use jintu::{
    app::{
        Action, Cancel, DrawingForm, ExportFormat, Language, Order,
        export::{DrawingSize, MapPart},
        update,
    },
    basemap::Basemap,
    jobs::{Services, drawing::draw},
    paper::PT_PER_MM,
    sheet::{Orientation, Paper},
    store,
};

use crate::{
    cli::{Place, run, stderr},
    paper_pdf::Document,
    real::{catalogue, state},
};

fn render(args: &[&str], file: &str) {
    let output = run(&[&["render"], args, &["-o", file]].concat());
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", stderr(&output));
    assert!(output.stdout.is_empty() && output.stderr.is_empty(), "{}", stderr(&output));
}

fn document(file: &str) -> Document {
    Document::read(&std::fs::read(file).unwrap())
}

/// A page's sides in millimetres.
fn page_mm(file: &str) -> [f64; 2] {
    document(file).media_box_pt.map(|pt| pt / 72.0 * 25.4)
}

fn is_near(a: [f64; 2], b: [f64; 2]) -> bool {
    a.iter().zip(b).all(|(a, b)| (a - b).abs() < 0.01)
}

#[test]
fn pages_have_exactly_the_size_of_their_paper() {
    let place = Place::new();
    for (paper, landscape) in [
        ("A4", [297.0, 210.0]),
        ("A3", [420.0, 297.0]),
        ("A2", [594.0, 420.0]),
        ("A1", [841.0, 594.0]),
        ("A0", [1189.0, 841.0]),
        ("900x600mm", [900.0, 600.0]),
    ] {
        let file = place.path("page.pdf");
        let few = ["--text", "tysd", "--paper", paper];
        render(&[&few[..], &["--landscape"]].concat(), &file);
        assert!(is_near(page_mm(&file), landscape), "{paper}");
        render(&[&few[..], &["--portrait"]].concat(), &file);
        assert!(is_near(page_mm(&file), [landscape[1], landscape[0]]), "{paper}");
    }
    // Without --paper a PDF is A4, lying as suits what is shown: the corridor is wide, the city's
    // north-south strip is high.
    let file = place.path("own.pdf");
    render(&["--text", "tysd"], &file);
    assert!(is_near(page_mm(&file), [297.0, 210.0]));
    render(&["--bbox", "112.4,37.2,112.7,38.4"], &file);
    assert!(is_near(page_mm(&file), [210.0, 297.0]));
}

#[test]
fn a3_at_1_250_000_can_be_measured_and_searched() {
    let place = Place::new();
    let file = place.path("a3.pdf");
    let args = ["--paper", "A3", "--landscape", "--map-scale", "1:250000", "--text", "tysd"];
    render(&args, &file);
    let document = document(&file);
    assert!(is_near(page_mm(&file), [420.0, 297.0]));
    let words = &document.texts;
    for word in ["太绥高铁", "比例尺 1:250 000", "审图号：未送审（公开使用前须送审）", "图例"]
    {
        assert!(words.iter().any(|text| text == word), "{word}: {words:?}");
    }
    // The bar: its last number says how long it is, and its filled parts how long that is on paper.
    let length_km: f64 =
        words.iter().filter_map(|text| text.strip_suffix(" km")?.parse().ok()).next_back().unwrap();
    let part_mm = length_km * 1e6 / 250_000.0;
    let bars: Vec<f64> = document.rects_pt.iter().map(|rect| rect[2] / 72.0 * 25.4).collect();
    assert!(
        bars.iter().any(|width| (width - part_mm).abs() < 0.005),
        "{part_mm} mm is not among {bars:?}"
    );
    if let Some(found) = pdftotext(&file) {
        assert!(found.contains("太绥高铁") && found.contains("1:250 000"));
    }
}

/// What another reader finds, where there is one.
fn pdftotext(file: &str) -> Option<String> {
    let output = std::process::Command::new("pdftotext").args([file, "-"]).output().ok()?;
    output.status.success().then(|| String::from_utf8(output.stdout).unwrap())
}

#[test]
fn words_of_a_sheet_can_be_chosen() {
    let place = Place::new();
    let file = place.path("words.pdf");
    let own =
        ["--title", "综合交通规划图", "--review-number", "晋S（2026）001号", "--text", "tysd"];
    render(&own, &file);
    let texts = document(&file).texts;
    for word in ["综合交通规划图", "审图号：晋S（2026）001号"] {
        assert!(texts.iter().any(|text| text == word), "{texts:?}");
    }
    let output = run(&["--lang", "en", "render", "--text", "tysd", "-o", &file]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let texts = document(&file).texts;
    assert!(texts.iter().any(|text| text == "Legend"), "{texts:?}");
}

#[test]
fn a_sheet_in_pixels_has_300_dots_per_inch_or_what_is_asked() {
    let place = Place::new();
    let file = place.path("sheet.png");
    let size = |args: &[&str]| {
        render(&[&["--text", "tysd", "--paper", "A4", "--landscape"], args].concat(), &file);
        image::image_dimensions(&file).unwrap()
    };
    assert_eq!(size(&[]), (3508, 2480));
    assert_eq!(size(&["--scale", "1"]), (1123, 794));
    // The largest of the paper's shape that fits.
    assert_eq!(size(&["--size", "1000x1000"]), (1000, 707));
}

#[test]
fn a_picture_keeps_its_size_and_takes_scale_and_title() {
    let place = Place::new();
    let png = place.path("map.png");
    render(&["--size", "640x400", "--map-scale", "1:500000", "--title", "图"], &png);
    assert_eq!(image::image_dimensions(&png).unwrap(), (640, 400));
    let svg = place.path("map.svg");
    render(&["--size", "3200x2000", "--scale", "2"], &svg);
    let text = std::fs::read_to_string(&svg).unwrap();
    let document = roxmltree::Document::parse(&text).unwrap();
    let root = document.root_element();
    assert_eq!(root.attribute("viewBox"), Some("0 0 1600 1000"));
    let said: String = document.descendants().filter_map(|node| node.text()).collect();
    // In a picture this small not every name has a place that no line runs through.
    let named = |name: &str| said.contains(name);
    assert!(
        named("图例") && ["太原二环及连接线", "太绥高铁", "铁路客运环线"].into_iter().any(named)
    );
    let sheet = place.path("sheet.svg");
    render(&["--paper", "A3", "--landscape"], &sheet);
    let text = std::fs::read_to_string(&sheet).unwrap();
    let document = roxmltree::Document::parse(&text).unwrap();
    let side = |name: &str| document.root_element().attribute(name).map(str::to_owned);
    assert_eq!(
        (side("width").as_deref(), side("height").as_deref()),
        (Some("420mm"), Some("297mm"))
    );
}

#[test]
fn what_cannot_be_drawn_is_refused_in_a_sentence_of_the_language() {
    let place = Place::new();
    let file = |name: &str| place.path(name);
    let (png, svg, pdf) = (file("x.png"), file("x.svg"), file("x.pdf"));
    let cases: [(&[&str], &str); 16] = [
        (&["-o", "x.jpg"], "png"),
        (&["-o", "x"], "png"),
        (&["-o", "x.csv"], "png"),
        (&["--paper", "A5", "-o", &pdf], "A5"),
        (&["--paper", "10x10mm", "-o", &pdf], "10x10mm"),
        (&["--map-scale", "big", "-o", &pdf], "big"),
        (&["--map-scale", "1:0", "-o", &pdf], "1:0"),
        (&["--map-scale", "1:99999999999", "-o", &pdf], "1:99999999999"),
        (&["--size", "1x1", "-o", &png], "1x1"),
        (&["--scale", "99", "-o", &png], "99"),
        (&["--landscape", "-o", &png], "--paper"),
        (&["--review-number", "1", "-o", &svg], "--paper"),
        (&["--size", "100x100", "-o", &pdf], "--size"),
        (&["--paper", "A4", "--scale", "2", "-o", &svg], "--scale"),
        (&["--paper", "A4", "--size", "999x999", "--scale", "2", "-o", &png], "--size"),
        // 5 m × 5 m at 300 dots per inch.
        (&["--paper", "5000x5000mm", "-o", &png], "59055"),
    ];
    for (args, says) in cases {
        for (lang, own) in [("zh", true), ("en", false)] {
            let output = run(&[&["--lang", lang, "render"], args].concat());
            let said = stderr(&output);
            assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
            assert!(said.contains(says) && said.lines().count() == 1, "{args:?}: {said}");
            let chinese = said.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
            assert_eq!(chinese, own, "{args:?}: {said}");
        }
    }
    let both = run(&["render", "--landscape", "--portrait", "-o", &pdf]);
    assert_eq!(both.status.code(), Some(2));
    assert!([png, svg, pdf].iter().all(|file| !Path::new(file).exists()));
}

#[test]
fn the_window_orders_the_same_sheets() {
    let mut state = state();
    update(&mut state, Action::CameraSettled(crate::sheet::a_view()));
    let form = DrawingForm {
        paper: Some(Paper::A3),
        orientation: Some(Orientation::Portrait),
        denominator: Some(400_000.0),
        title: Some("图".into()),
        ..DrawingForm::default()
    };
    for format in [ExportFormat::Png, ExportFormat::Svg, ExportFormat::Pdf] {
        let action = Action::Export { format, path: "unused".into(), form: Box::new(form.clone()) };
        let mut jobs = update(&mut state, action);
        let Some(Order::Export(order)) = jobs.pop().map(|job| job.order) else {
            panic!("{jobs:?}")
        };
        assert_eq!(order.drawing.form, form);
        assert!(matches!(order.drawing.part, Some(MapPart::Viewport(_))));
        let basemap = std::sync::Arc::new(Basemap::open(store::BASEMAP).unwrap());
        let services = Services::new(&catalogue(), Some(basemap), None, std::sync::Arc::new(|| ()));
        let mut drawing = order.drawing.clone();
        drawing.form.size = DrawingSize { size_px: None, pixels_per_point: Some(0.5) };
        let drawn =
            draw(&drawing, format, &catalogue(), Language::Chinese, &services, &Cancel::default());
        let bytes = drawn.unwrap().bytes;
        let side = |mm: f32| (mm * PT_PER_MM * 0.5).round();
        match format {
            ExportFormat::Png => {
                let picture = image::load_from_memory(&bytes).unwrap();
                let size = [picture.width() as f32, picture.height() as f32];
                assert_eq!(size, [side(297.0), side(420.0)]);
            }
            ExportFormat::Svg => {
                let text = String::from_utf8(bytes).unwrap();
                assert!(text.contains("1:400 000") && text.contains("420mm"));
            }
            _ => {
                let texts = Document::read(&bytes).texts;
                assert!(texts.iter().any(|text| text == "比例尺 1:400 000"), "{texts:?}");
            }
        }
    }
}

#[test]
fn a_title_is_one_line_and_an_empty_one_is_none() {
    let place = Place::new();
    let file = place.path("t.svg");
    for (given, expected) in [("a\nb\t c ", "<title>a b c</title>"), (" \n", "十四五")] {
        render(&["--paper", "A4", "--title", given], &file);
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.contains(expected), "{given:?}");
    }
}

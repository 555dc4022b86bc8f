//! A list as SVG.
#![expect(
    clippy::cast_possible_truncation,
    clippy::needless_range_loop,
    reason = "a test knows its numbers"
)]

use std::collections::BTreeSet;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use jintu::{
    font::{Font, Fonts},
    paper::{BoxPt, Item, PT_PER_MM, RectDrawing, Subject, TextDrawing, TextStyle},
    store,
    svg::{Svg, SvgError},
};
use proptest::prelude::*;
use roxmltree::{Document, Node};

use crate::{
    paper::{RED, every_kind, no_names, tame_item, wild_item},
    paper_pixels::painted,
};

fn fonts() -> &'static Fonts {
    static FONTS: std::sync::OnceLock<Fonts> = std::sync::OnceLock::new();
    FONTS.get_or_init(|| store::fonts().unwrap())
}

fn sheet(physical: bool) -> Svg<'static> {
    Svg {
        size_pt: [400.0, 300.0],
        physical,
        title: "太原 <&> \"图\"",
        language: "zh-CN",
        name_of: &no_names,
    }
}

fn written(items: &[Item]) -> String {
    sheet(false).write(items, fonts()).unwrap()
}

fn all<'a>(document: &'a Document, name: &str) -> Vec<Node<'a, 'a>> {
    document.descendants().filter(|node| node.tag_name().name() == name).collect()
}

#[test]
fn a_sheet_has_its_size_in_millimetres_and_its_points() {
    let svg = Svg { size_pt: [420.0 * PT_PER_MM, 297.0 * PT_PER_MM], ..sheet(true) };
    let file = svg.write(&every_kind(), fonts()).unwrap();
    let document = Document::parse(&file).unwrap();
    let root = document.root_element();
    assert_eq!(root.attribute("width"), Some("420mm"));
    assert_eq!(root.attribute("height"), Some("297mm"));
    assert_eq!(root.attribute("viewBox"), Some("0 0 1587.4 1122.52"));
    let lang = ("http://www.w3.org/XML/1998/namespace", "lang");
    assert_eq!(root.attribute(lang), Some("zh-CN"));
    assert_eq!(root.first_element_child().unwrap().text(), Some("太原 <&> \"图\""));
    for bad in [0.0, -1.0, f32::NAN, f32::INFINITY] {
        let svg = Svg { size_pt: [bad, 100.0], ..sheet(true) };
        assert!(matches!(svg.write(&[], fonts()), Err(SvgError::Size { .. })));
    }
}

#[test]
fn every_kind_has_its_element_and_every_reference_its_target() {
    let file = written(&every_kind());
    let document = Document::parse(&file).unwrap();
    for (name, least) in
        [("path", 2), ("rect", 4), ("circle", 2), ("text", 3), ("image", 1), ("clipPath", 3)]
    {
        assert!(all(&document, name).len() >= least, "{name}");
    }
    assert_eq!(all(&document, "use").iter().filter(|u| u.has_attribute("x")).count(), 100);
    assert_eq!(all(&document, "image").len(), 1, "one image, used twice");
    let ids: Vec<&str> = document.descendants().filter_map(|n| n.attribute("id")).collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "{ids:?}");
    for id in ["basemap-ground", "layer", "projects", "labels", "tiles", "furniture-legend"] {
        assert!(unique.contains(id), "{id}");
    }
    let mut references = 0;
    for node in document.descendants() {
        for attribute in node.attributes() {
            let value = attribute.value();
            let target = value.strip_prefix("url(#").map(|v| v.trim_end_matches(')'));
            let target =
                target.or_else(|| value.strip_prefix('#').filter(|_| attribute.name() == "href"));
            if let Some(target) = target {
                references += 1;
                assert!(unique.contains(target), "{target}");
            }
        }
    }
    assert!(references > 100);
    let projects = document.descendants().find(|n| n.attribute("id") == Some("projects")).unwrap();
    assert_eq!(projects.attribute("data-projects"), Some("B1-02 3.1.1"));
}

#[test]
fn groups_bear_the_names_they_are_given() {
    let name = |subject: &Subject| match subject {
        Subject::Layer(name) => Some(name.clone()),
        Subject::Projects(ids) => Some(format!("项目 {}", ids.join("、"))),
        _ => None,
    };
    let file = Svg { name_of: &name, ..sheet(false) }.write(&every_kind(), fonts()).unwrap();
    let document = Document::parse(&file).unwrap();
    let title = |id: &str| {
        let group = document.descendants().find(|n| n.attribute("id") == Some(id)).unwrap();
        group.first_element_child().and_then(|title| title.text()).map(ToOwned::to_owned)
    };
    assert_eq!(title("layer").as_deref(), Some("点 <&> \"图层\""));
    assert_eq!(title("projects").as_deref(), Some("项目 B1-02、3.1.1"));
    let label = ("http://www.inkscape.org/namespaces/inkscape", "label");
    let layer = document.descendants().find(|n| n.attribute("id") == Some("layer")).unwrap();
    assert_eq!(layer.attribute(label), Some("点 <&> \"图层\""));
}

#[test]
fn text_is_text_as_long_as_it_is_measured() {
    let file = written(&every_kind());
    let document = Document::parse(&file).unwrap();
    let spans = all(&document, "tspan");
    let texts: Vec<&str> = spans.iter().filter_map(roxmltree::Node::text).collect();
    assert_eq!(texts, ["太绥高铁", "清徐县", "Qingxu", "AVTo 350 km/h <&>"]);
    let style = TextStyle::plain(20.0, RED);
    let number = |node: &Node, name: &str| node.attribute(name).unwrap().parse::<f32>().unwrap();
    let width = fonts().measure("AVTo 350 km/h <&>", &style)[0];
    assert!((number(&spans[3], "textLength") - width).abs() < 0.01);
    assert!((number(&spans[3], "x") - (390.0 - width)).abs() < 0.01);
    // Tracking follows each character where a reader sets it, the last one too.
    let tracked = fonts().measure("清徐县", &style.bold().tracked(0.2))[0] + 4.0;
    assert!((number(&spans[1], "textLength") - tracked).abs() < 0.01);
    let texts = all(&document, "text");
    assert_eq!(texts[0].attribute("paint-order"), Some("stroke"));
    assert_eq!(texts[0].attribute("stroke-width"), Some("3.2"));
    assert_eq!(texts[1].attribute("font-weight"), Some("700"));
    assert_eq!(texts[1].attribute("letter-spacing"), Some("4"));
}

#[test]
fn letters_of_a_name_are_one_text() {
    let style = TextStyle::plain(20.0, RED);
    let name = TextDrawing::spread(&["太", "忻", "大", "道"], vec![[50.0, 60.0]; 4], style);
    let words = TextDrawing::left("High-speed\nRailway", [9.0, 9.0], style);
    let file = written(&[name.into(), words.into()]);
    let document = Document::parse(&file).unwrap();
    let texts: Vec<String> = all(&document, "text")
        .iter()
        .map(|text| text.descendants().filter_map(|n| n.text().filter(|_| n.is_text())).collect())
        .collect();
    assert_eq!(texts, ["太忻大道", "High-speed Railway"]);
}

#[test]
fn the_font_that_comes_along_has_what_is_written() {
    let file = written(&every_kind());
    let faces: Vec<&str> = file.split("src:url(data:font/otf;base64,").skip(1).collect();
    assert_eq!(faces.len(), 2);
    for (face, bold, has, lacks) in
        [(faces[0], false, "太绥高铁AVTo 350km/h<&>", '清'), (faces[1], true, "清徐县Qingxu", '铁')]
    {
        let bytes = STANDARD.decode(face.split(')').next().unwrap()).unwrap();
        assert!(bytes.len() < 20_000, "{}", bytes.len());
        assert_sound(&bytes);
        let font = Font::parse(bytes).unwrap();
        assert_eq!(font.glyph_id(lacks), None);
        for c in has.chars() {
            let (cut, whole) = (font.glyph_id(c).unwrap(), fonts().face(bold).glyph_id(c).unwrap());
            assert_eq!(*font.outline(cut), *fonts().face(bold).outline(whole), "{c}");
            let advance = fonts().face(bold).advance_em(whole);
            assert!((font.advance_em(cut) - advance).abs() < 1e-6, "{c}");
        }
    }
}

/// What browsers refuse a font for: tables missing, out of order, misplaced, checksums that are
/// wrong (OpenType 1.9.1, "Organization of an OpenType font").
fn assert_sound(font: &[u8]) {
    let u16 = |at: usize| usize::from(font[at]) << 8 | usize::from(font[at + 1]);
    let u32 = |at: usize| (u16(at) << 16 | u16(at + 2)) as u32;
    let sum = |from: usize, length: usize| {
        (from..from + length.next_multiple_of(4))
            .step_by(4)
            .fold(0_u32, |s, i| s.wrapping_add(u32(i)))
    };
    let count = u16(4);
    let tags: Vec<&[u8]> = (0..count).map(|i| &font[12 + 16 * i..][..4]).collect();
    assert!(tags.is_sorted());
    for tag in [b"CFF ", b"OS/2", b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name", b"post"] {
        assert!(tags.contains(&tag.as_slice()), "{tag:?}");
    }
    for i in 0..count {
        let at = 12 + 16 * i;
        let (offset, length) = (u32(at + 8) as usize, u32(at + 12) as usize);
        assert!(offset % 4 == 0 && offset + length <= font.len());
        if tags[i] != b"head" {
            assert_eq!(u32(at + 4), sum(offset, length), "{:?}", tags[i]);
        }
    }
    assert_eq!(sum(0, font.len()), 0xB1B0_AFBA);
}

#[test]
fn images_come_along_as_png() {
    let file = written(&every_kind());
    let data = file.split("data:image/png;base64,").nth(1).unwrap().split('"').next().unwrap();
    let read = image::load_from_memory(&STANDARD.decode(data).unwrap()).unwrap().to_rgba8();
    assert_eq!(*read.as_raw(), crate::paper::pixels().rgba);
}

#[test]
fn the_same_list_gives_the_same_bytes() {
    assert_eq!(written(&every_kind()), written(&every_kind()));
}

#[test]
fn without_text_there_is_no_font() {
    let rect = RectDrawing::filled(BoxPt::new(0.0, 0.0, 9.0, 9.0), RED);
    assert!(!written(&[rect.into()]).contains("@font-face"));
    let blank = TextDrawing::left("  \u{200B}", [1.0, 1.0], TextStyle::plain(9.0, RED));
    Document::parse(&written(&[blank.into()])).unwrap();
}

/// Painted by another program.
fn drawn(file: &str, [width, height]: [u32; 2]) -> tiny_skia::Pixmap {
    let tree = resvg::usvg::Tree::from_str(file, &resvg::usvg::Options::default()).unwrap();
    let mut pixmap = tiny_skia::Pixmap::new(width, height).unwrap();
    resvg::render(&tree, tiny_skia::Transform::identity(), &mut pixmap.as_mut());
    pixmap
}

/// Mean difference of a channel, of 255.
fn difference(a: &tiny_skia::Pixmap, b: &tiny_skia::Pixmap) -> f64 {
    let sum: u64 = a.data().iter().zip(b.data()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / a.data().len() as f64
}

#[test]
fn the_two_painters_can_tell_a_difference() {
    let rect = |x: f32| Item::from(RectDrawing::filled(BoxPt::new(x, 50.0, 100.0, 100.0), RED));
    let file = written(&[rect(50.0)]);
    let drawn = drawn(&file, [400, 300]);
    assert!(difference(&drawn, &painted(&[rect(50.0)], [400, 300], 1.0)) < 0.01);
    assert!(difference(&drawn, &painted(&[rect(53.0)], [400, 300], 1.0)) > 0.5);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// What another program makes of the SVG is what we paint in pixels.
    #[test]
    fn vectors_look_like_pixels(items in prop::collection::vec(tame_item(), 1..4)) {
        let size = [400, 300];
        let (svg, pixels) = (drawn(&written(&items), size), painted(&items, size, 1.0));
        // Edges are anti-aliased by different rules.
        let by = difference(&svg, &pixels);
        prop_assert!(by < 2.5, "{by}");
    }

    #[test]
    fn no_list_breaks_the_file(items in prop::collection::vec(wild_item(), 0..6)) {
        let file = written(&items);
        let document = Document::parse(&file);
        prop_assert!(document.is_ok(), "{:?}", document.err());
        for node in document.unwrap().descendants() {
            for attribute in node.attributes() {
                let value = attribute.value();
                prop_assert!(!value.contains("NaN") && !value.contains("inf"), "{value}");
            }
        }
    }
}

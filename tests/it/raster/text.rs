//! Text, labels and marks at one position.

use jintu::{
    paper::{Align, TextDrawing, TextStyle},
    plot,
    raster::{Pixmap, new_pixmap},
    scene::draw::{LabelStyle, Mark, PlacedLabel},
};

use super::{BLUE, RED, WHITE, at, color, covered, fonts, paint, painted, shape};

const STYLE: TextStyle = TextStyle::plain(20.0, RED);

fn paint_text(pixmap: &mut Pixmap, text: &str, at_pt: [f32; 2], align: Align, style: &TextStyle) {
    let text = TextDrawing::new(text, at_pt, align, *style);
    paint(pixmap, 1.0, &[text.into()]);
}

/// First and last column with ink, and the number of inked pixels.
fn ink(text: &str, align: Align, style: &TextStyle) -> Option<(u32, u32, f64)> {
    let mut pixmap = new_pixmap(300, 60).unwrap();
    paint_text(&mut pixmap, text, [150.0, 30.0], align, style);
    let columns = || (0..300).filter(|x| (0..60).any(|y| color(&pixmap, *x, y).3 > 0));
    Some((columns().next()?, columns().next_back()?, covered(&pixmap)))
}

#[test]
fn text_stands_where_its_anchor_says() {
    let width = fonts().measure("太原市", &STYLE)[0];
    for (align, left) in
        [(Align::Left, 150.0), (Align::Center, 150.0 - width / 2.0), (Align::Right, 150.0 - width)]
    {
        let (first, last, _) = ink("太原市", align, &STYLE).unwrap();
        // Side bearings of a Hanzi are less than a tenth of an em.
        assert!((first as f32 - left).abs() < 3.0, "{align:?} {first}");
        assert!((last as f32 - left - width).abs() < 3.0, "{align:?} {last}");
    }
    let (_, _, regular) = ink("太原市", Align::Left, &STYLE).unwrap();
    let (_, _, bold) = ink("太原市", Align::Left, &STYLE.bold()).unwrap();
    assert!(bold > regular * 1.15, "bold has more ink: {bold} and {regular}");
}

#[test]
fn characters_without_a_glyph_become_boxes_and_blanks_stay_blank() {
    assert!(ink("\u{10FFFD}", Align::Left, &STYLE).is_some());
    for blank in ["", " ", "\u{3000}", "\u{2060}", "\u{7}", "\n"] {
        assert_eq!(ink(blank, Align::Left, &STYLE), None, "{blank:?}");
    }
}

#[test]
fn a_halo_surrounds_the_letters_and_leaves_them_whole() {
    let plain = ink("汾", Align::Center, &STYLE).unwrap();
    let style = TextStyle { halo: Some((BLUE, 3.0)), ..STYLE };
    let mut pixmap = new_pixmap(300, 60).unwrap();
    paint_text(&mut pixmap, "汾", [150.0, 30.0], Align::Center, &style);
    let row = |x: u32| (0..60).any(|y| color(&pixmap, x, y) == BLUE);
    assert!(row(plain.0 - 2), "halo left of the first ink");
    assert!(row(plain.1 + 2), "and right of the last");
    assert!((0..60).all(|y| color(&pixmap, plain.0 - 6, y).3 == 0), "but not farther");
    let red: f64 = pixmap.pixels().iter().map(|p| f64::from(p.red()) / 255.0).sum();
    assert!((red / plain.2 - 1.0).abs() < 0.01, "the letter keeps its ink");
}

#[test]
fn the_lines_of_a_label_are_centred_under_each_other() {
    let style = LabelStyle {
        size_pt: 20.0,
        color: RED,
        halo: WHITE,
        bold: true,
        tracking_em: 0.0,
        plate: None,
    };
    let lines = vec!["汾河百公里".to_owned(), "示范区".to_owned()];
    let label = PlacedLabel { lines, center_pt: [100.0, 50.0], style, letter_of: None };
    let text = plot::text_style(&label.style);
    let [width, height] = fonts().measure(&label.lines.join("\n"), &text);
    assert!((width - 100.0).abs() < 0.01 && (50.0..60.0).contains(&height));
    let mut pixmap = new_pixmap(200, 100).unwrap();
    paint(&mut pixmap, 1.0, &plot::labels(&[label], [0.0; 2], &fonts()));
    let red = |x: u32, y: u32| color(&pixmap, x, y) == RED;
    let span = |rows: std::ops::Range<u32>| {
        let columns: Vec<u32> = (0..200).filter(|x| rows.clone().any(|y| red(*x, y))).collect();
        (columns[0], columns[columns.len() - 1])
    };
    let (upper, lower) = (span(0..50), span(50..100));
    assert!(upper.1 - upper.0 > 90 && lower.1 - lower.0 < 62);
    assert!((upper.0 + upper.1).abs_diff(200) < 6 && (lower.0 + lower.1).abs_diff(200) < 6);
}

#[test]
fn a_pin_points_at_its_place_and_carries_its_character() {
    let pin = |more| {
        shape(Mark::Pin {
            at: at(50.0, 80.0),
            glyph: '产',
            fill: RED,
            ink: BLUE,
            radius_pt: 20.0,
            more,
        })
    };
    let picture = painted((100, 100), &[pin(0)]);
    assert_eq!(color(&picture, 50, 74), RED, "above the place");
    assert_eq!(color(&picture, 50, 84).3, 0, "nothing under it");
    assert_eq!(color(&picture, 34, 44), RED, "the head's rim");
    let inked = (30..70)
        .flat_map(|x| (25..70).map(move |y| (x, y)))
        .filter(|(x, y)| color(&picture, *x, *y) == BLUE)
        .count();
    assert!(inked > 60, "{inked}");
    assert_ne!(painted((100, 100), &[pin(3)]).data(), picture.data(), "a count is told");
}

#[test]
fn anchors_are_hollow_and_dots_are_full() {
    let anchor =
        Mark::Anchor { at: at(50.0, 50.0), count: 7, color: RED, ground: WHITE, radius_pt: 20.0 };
    let picture = painted((100, 100), &[shape(anchor)]);
    let ring = color(&picture, 50, 31);
    assert!(ring.0 == 255 && ring.1 < 128, "the ring, less than two pixels wide: {ring:?}");
    assert_eq!(color(&picture, 38, 50), WHITE, "hollow");
    let dot = Mark::Dot { at: at(50.0, 50.0), color: RED, ring: WHITE, radius_pt: 6.0 };
    let picture = painted((100, 100), &[shape(dot)]);
    assert_eq!(color(&picture, 50, 50), RED);
    assert_eq!(color(&picture, 50, 43), WHITE);
    assert_eq!(color(&picture, 50, 40).3, 0);
}

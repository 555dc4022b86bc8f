//! A list in pixels.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a test knows its numbers"
)]

use jintu::{
    font::Fonts,
    paper::{
        BoxPt, DotsDrawing, ImageDrawing, Item, PathDrawing, Pen, Pixels, RectDrawing, TextDrawing,
        TextStyle, paint,
    },
    raster::{PixelCanvas, Pixmap, new_pixmap},
    store,
    style::Rgba,
};
use proptest::prelude::*;

use crate::paper::{BLUE, GREEN, RED, every_kind, image, wild_item};

pub fn painted(items: &[Item], size: [u32; 2], scale: f32) -> Pixmap {
    static FONTS: std::sync::OnceLock<Fonts> = std::sync::OnceLock::new();
    let mut pixmap = new_pixmap(size[0], size[1]).unwrap();
    let fonts = FONTS.get_or_init(|| store::fonts().unwrap());
    paint(items, &mut PixelCanvas::new(&mut pixmap.as_mut(), scale, fonts));
    pixmap
}

fn color(pixmap: &Pixmap, x: u32, y: u32) -> Rgba {
    let p = pixmap.pixel(x, y).unwrap().demultiply();
    Rgba(p.red(), p.green(), p.blue(), p.alpha())
}

/// Sum of coverage over a picture painted on nothing, in pixels.
fn covered(pixmap: &Pixmap) -> f64 {
    pixmap.pixels().iter().map(|p| f64::from(p.alpha()) / 255.0).sum()
}

const WHITE: Rgba = Rgba::hex(0xFF_FF_FF);

#[test]
fn every_kind_has_its_pixels() {
    for scale in [1_u32, 2] {
        let picture = painted(&every_kind(), [400 * scale, 300 * scale], scale as f32);
        let at = |x: u32, y: u32| color(&picture, x * scale, y * scale);
        let (red, green, blue) =
            (Rgba::hex(0xFF_00_00), Rgba::hex(0x00_FF_00), Rgba::hex(0x00_00_FF));
        for (x, y, expected) in [
            (5, 5, WHITE),
            (70, 52, GREEN),
            (79, 50, BLUE),
            (230, 40, BLUE),
            (201, 21, WHITE),
            (279, 40, RED),
            (310, 40, WHITE),
            (30, 150, RED),
            (24, 150, BLUE),
            (23, 243, red),
            (56, 243, green),
            (23, 276, blue),
            (57, 277, WHITE),
            (104, 255, green),
            (205, 250, RED),
            (230, 250, WHITE),
            (230, 280, WHITE),
            (245, 250, GREEN),
            (255, 250, WHITE),
            (245, 285, WHITE),
        ] {
            assert_eq!(at(x, y), expected, "{x},{y} at {scale}");
        }
        // A dash of half opacity, and a gap.
        let dashes: Vec<bool> = (22..178).map(|x| at(x, 100) != WHITE).collect();
        let share = dashes.iter().filter(|dash| **dash).count();
        assert!((98..=110).contains(&share), "{share} of 156 columns");
        // Ink of each text.
        for (from, to) in [(20, 100), (150, 250), (220, 390)] {
            let inked = (from..to)
                .flat_map(|x| (170..235).map(move |y| (x, y)))
                .filter(|(x, y)| at(*x, *y) == RED)
                .count();
            assert!(inked > 60, "{from}: {inked}");
        }
    }
}

#[test]
fn many_dots_are_what_few_are() {
    let discs = vec![(4.0, BLUE), (2.5, RED)];
    let centers: Vec<[f32; 2]> = (0..100).map(|i| [10.0 + 9.3 * i as f32, 10.25]).collect();
    let dots =
        |centers_pt: Vec<[f32; 2]>| Item::from(DotsDrawing { centers_pt, discs: discs.clone() });
    let stamped = painted(&[dots(centers.clone())], [950, 20], 1.0);
    let each: Vec<Item> = centers.iter().map(|center| dots(vec![*center])).collect();
    let exact = painted(&each, [950, 20], 1.0);
    // A quarter of a pixel at the most lies between them.
    let share = covered(&stamped) / covered(&exact);
    assert!((share - 1.0).abs() < 0.03, "{share}");
    for (i, [x, _]) in centers.iter().enumerate() {
        assert_eq!(color(&stamped, *x as u32, 10), RED, "{i}");
    }
    // Each whole before the next: the later one cuts the earlier.
    let close =
        painted(&[dots((0..100).map(|i| [10.0 + 5.0 * i as f32, 10.0]).collect())], [520, 20], 1.0);
    let Rgba(red, _, blue, _) = color(&close, 501, 10);
    assert!(blue > 180 && red < 60, "the casing of the last over the one before: {red} {blue}");
}

#[test]
fn the_part_of_an_image_fills_its_place_and_shrinking_keeps_its_mean() {
    // A chequered board in black and white, shrunk to a quarter, is grey all over.
    let board: Vec<u8> = (0..64 * 64)
        .flat_map(|i| if (i % 64 + i / 64) % 2 == 0 { [0, 0, 0, 255] } else { [255; 4] })
        .collect();
    let pixels = std::sync::Arc::new(Pixels { width_px: 64, height_px: 64, rgba: board });
    let place = BoxPt::new(0.0, 0.0, 16.0, 16.0);
    let shrunk = ImageDrawing { place, pixels, part: [0.0, 0.0, 1.0, 1.0], opacity: 1.0 };
    let picture = painted(&[shrunk.clone().into()], [16, 16], 1.0);
    for i in 0..256 {
        let Rgba(r, _, _, a) = color(&picture, i % 16, i / 16);
        assert!(r.abs_diff(128) <= 2 && a == 255, "{i}: {r} {a}");
    }
    let faint = painted(&[ImageDrawing { opacity: 0.5, ..shrunk }.into()], [16, 16], 1.0);
    assert!(color(&faint, 8, 8).3.abs_diff(128) <= 1);
    // Neighbours join without a seam, wherever their common edge lies.
    for edge in [10.3_f32, 10.5, 10.7] {
        let left = image(BoxPt::new(0.0, 0.0, edge, 20.0), [0.0, 0.0, 0.5, 0.5]);
        let right = image(BoxPt::new(edge, 0.0, 20.0 - edge, 20.0), [0.0, 0.0, 0.5, 0.5]);
        let picture = painted(&[left.into(), right.into()], [20, 20], 1.0);
        assert!((0..20).all(|x| color(&picture, x, 3).3 == 255), "{edge}");
    }
}

#[test]
fn a_halo_lies_under_all_lines() {
    let style = TextStyle::plain(20.0, RED).haloed(BLUE, 9.0);
    let text = |text: &str| TextDrawing::centered(text, [100.0, 50.0], style);
    let red = |items: &[Item]| {
        let picture = painted(items, [200, 100], 1.0);
        picture.pixels().iter().map(|p| f64::from(p.red()) / 224.0).sum::<f64>()
    };
    let both = red(&[text("太原市\n清徐县").into()]);
    // Each line alone, without a halo that could bite.
    let bare = TextStyle { halo: None, ..style };
    let alone = red(&[TextDrawing { style: bare, ..text("太原市\n清徐县") }.into()]);
    // A halo in blue has a little red of its own: sixteen of 255.
    assert!(both > alone * 0.999, "{both} of {alone}");
}

#[test]
fn a_point_with_round_ends_is_a_dot_and_with_cut_ends_nothing() {
    let point = |pen: Pen| Item::from(PathDrawing::line(&[[10.0, 10.0], [10.0, 10.0]], pen));
    let pen = Pen::solid(8.0, RED);
    let dot = covered(&painted(&[point(pen.clone())], [20, 20], 1.0));
    assert!((dot - std::f64::consts::PI * 16.0).abs() < 1.5, "{dot}");
    assert!(covered(&painted(&[point(pen.cut())], [20, 20], 1.0)) < 0.01);
}

#[test]
fn a_shut_clip_shows_nothing_and_the_next_one_is_not_touched() {
    let whole = BoxPt::new(0.0, 0.0, 20.0, 20.0);
    let all = || vec![Item::from(RectDrawing::filled(whole, RED))];
    for shut in [
        BoxPt::default(),
        BoxPt::new(5.0, 5.0, -3.0, 9.0),
        BoxPt::new(f32::NAN, 0.0, 9.0, 9.0),
        BoxPt::new(100.0, 100.0, 9.0, 9.0),
    ] {
        let items = [Item::clip(shut, vec![Item::clip(whole, all())])];
        assert!(covered(&painted(&items, [20, 20], 1.0)) < 0.01, "{shut:?}");
        let then = [items[0].clone(), Item::clip(whole, all())];
        assert!((covered(&painted(&then, [20, 20], 1.0)) - 400.0).abs() < 0.01, "{shut:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_list_breaks_the_painter(items in prop::collection::vec(wild_item(), 0..6), scale in 0.1_f32..3.0) {
        painted(&items, [60, 40], scale);
    }
}

//! Names along lines, letter by letter, and the shields of roads.

use std::collections::BTreeSet;

use jintu::{
    basemap::{Basemap, style::relief_tone},
    language::Language,
    scene::{
        LabelStyle, NameOf, Prepared, View, Viewport,
        county_labels::county_labels,
        labels::{Align, Candidate, LabelRequest, Obstacles, broken, place},
        letters::{Spread, along, is_steep, length, units},
        line_grid::{LineGrid, Segment},
        network_labels::network_labels,
    },
    store,
    style::{MapPalette, Mode, Rgba, RoadRank},
    units::LonLat,
};
use proptest::prelude::*;

use crate::real::{catalogue, view_at};

const INK: Rgba = Rgba(0, 0, 0, 255);

#[test]
fn hanzi_stand_alone_and_numbers_stay_together() {
    assert_eq!(units("汾河"), ["汾", "河"]);
    assert_eq!(units("G208忻太大道"), ["G208", "忻", "太", "大", "道"]);
    assert_eq!(units("二环 3期"), ["二", "环", "3", "期"]);
    assert!(units("").is_empty());
}

#[test]
fn a_name_in_two_lines_keeps_its_numbers_whole() {
    for (text, lines) in [
        ("18009.0 m²", &["18009.0", "m²"][..]),
        ("地块1 18009.0 m²", &["地块1", "18009.0 m²"]),
        ("地块面积18009.05平方米", &["地块面积", "18009.05平方米"]),
        ("增长率12.5%以上", &["增长率", "12.5%以上"]),
        ("城北 综合交通枢纽", &["城北", "综合交通枢纽"]),
    ] {
        assert_eq!(broken(text, 5), lines, "{text}");
    }
    // A number alone has no place to be broken at.
    assert_eq!(broken("－1234567.89", 5).concat(), "－1234567.89");
    assert_eq!(broken("总投资1,234.50万元", 3)[1], "1,234.50万元");
}

fn spread(count: usize) -> Spread {
    Spread { count, step_pt: 15.0, letter_pt: 12.0, aside_pt: 0.0 }
}

#[test]
fn a_steep_name_reads_downwards_whichever_way_the_line_was_drawn() {
    let down = [[100.0, 0.0], [110.0, 200.0]];
    let up = [[110.0, 200.0], [100.0, 0.0]];
    for path in [down, up] {
        assert!(is_steep(&path, 0.0, length(&path)));
        let letters = along(&path, length(&path) / 2.0, spread(4)).unwrap();
        assert!(letters.windows(2).all(|pair| pair[1][1] > pair[0][1]));
        // Four letters of 15 points between, around the middle of the line at (105, 100).
        let mean = letters.iter().map(|l| l[1]).sum::<f32>() / 4.0;
        assert!((mean - 100.0).abs() < 0.01, "{mean}");
        assert!((letters[3][1] - letters[0][1] - 45.0).abs() < 0.2);
    }
    // A line that rises to the right by 55° is read from its upper end, too.
    let rising = [[100.0, 300.0], [240.0, 100.0]];
    let letters = along(&rising, length(&rising) / 2.0, spread(2)).unwrap();
    assert!(letters[0][1] < letters[1][1] && letters[0][0] > letters[1][0], "{letters:?}");
    let flat = [[200.0, 50.0], [0.0, 60.0]];
    let letters = along(&flat, 100.0, spread(3)).unwrap();
    assert!(letters.windows(2).all(|pair| pair[1][0] > pair[0][0]));
}

#[test]
fn no_name_on_a_line_that_is_too_short_or_winds_back() {
    assert_eq!(along(&[[0.0, 0.0], [40.0, 0.0]], 20.0, spread(4)), None);
    let back = [[0.0, 0.0], [30.0, 0.0], [30.0, 6.0], [0.0, 6.0]];
    assert_eq!(along(&back, length(&back) / 2.0, spread(4)), None);
    assert_eq!(along(&[], 0.0, spread(2)), None);
    assert_eq!(along(&[[0.0, 0.0], [90.0, 0.0]], 45.0, spread(0)), None);
}

proptest! {
    #[test]
    fn letters_are_in_order_and_apart(
        path in prop::collection::vec((0.0_f32..400.0, 0.0_f32..400.0), 2..12),
        share in 0.0_f32..1.0,
        count in 1_usize..9,
    ) {
        let path: Vec<[f32; 2]> = path.into_iter().map(|(x, y)| [x, y]).collect();
        let Some(letters) = along(&path, length(&path) * share, spread(count)) else {
            return Ok(());
        };
        prop_assert_eq!(letters.len(), count);
        for pair in letters.windows(2) {
            let far = [0, 1].map(|i: usize| (pair[1][i] - pair[0][i]).abs());
            prop_assert!(far[0] >= 12.0 || far[1] >= 12.0, "{:?}", pair);
        }
        let reads = |axis: usize| letters.windows(2).all(|pair| pair[1][axis] > pair[0][axis]);
        prop_assert!(reads(0) || reads(1));
        // Each lies on the path.
        for letter in &letters {
            let near = path.windows(2).map(|pair| distance(*letter, pair[0], pair[1]));
            prop_assert!(near.fold(f32::INFINITY, f32::min) < 0.1);
        }
    }
}

fn distance(p: [f32; 2], a: [f32; 2], b: [f32; 2]) -> f32 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let long = (dx * dx + dy * dy).max(1e-9);
    let t = (((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / long).clamp(0.0, 1.0);
    (p[0] - a[0] - t * dx).hypot(p[1] - a[1] - t * dy)
}

/// All letters or none: half a name says nothing.
#[test]
fn a_name_without_room_for_all_its_letters_goes_to_its_next_place() {
    let style = LabelStyle {
        size_pt: 12.0,
        color: INK,
        halo: INK,
        bold: false,
        tracking_em: 0.0,
        plate: None,
    };
    let column = |x: f32| (0..3).map(|i| [x, 50.0 + 15.0 * i as f32]).collect::<Vec<_>>();
    let request = LabelRequest {
        text: "太行路".into(),
        style,
        priority: 1.0,
        candidates: Vec::new(),
        letters: vec![column(40.0), column(90.0)],
        break_from: 0,
        over_lines: false,
    };
    let measure = |line: &str, style: &LabelStyle| line.chars().count() as f32 * style.size_pt;
    let in_the_way = [35.0, 75.0, 45.0, 85.0];
    let placed = place(vec![request.clone()], vec![in_the_way], [200.0, 200.0], &measure);
    let texts: String = placed.iter().map(|l| l.lines.concat()).collect();
    assert_eq!(texts, "太行路");
    assert!(placed.iter().all(|label| (label.center_pt[0] - 90.0).abs() < 0.01));
    let both = vec![in_the_way, [85.0, 45.0, 95.0, 55.0]];
    assert!(place(vec![request], both, [200.0, 200.0], &measure).is_empty());
}

fn plain(text: &str, candidates: Vec<Candidate>) -> LabelRequest {
    LabelRequest {
        text: text.into(),
        style: LabelStyle {
            size_pt: 12.0,
            color: INK,
            halo: INK,
            bold: false,
            tracking_em: 0.0,
            plate: None,
        },
        priority: 1.0,
        candidates,
        letters: Vec::new(),
        break_from: 0,
        over_lines: true,
    }
}

fn at(x: f32, y: f32) -> Candidate {
    Candidate { at_pt: [x, y], align: Align::Center }
}

/// `汾阳市太绥高铁` stood there as one name, and the last letter of another lay on the window's edge.
#[test]
fn names_in_a_row_stand_apart_and_none_lies_on_the_edge() {
    let measure = |line: &str, style: &LabelStyle| line.chars().count() as f32 * style.size_pt;
    let size = [200.0, 100.0];
    // 36 points wide each: with 4 between them they read as one, with 7 they do not.
    let first = plain("汾阳市", vec![at(40.0, 50.0)]);
    let names = |x: f32| {
        let requests = vec![first.clone(), plain("太绥线", vec![at(x, 50.0)])];
        place(requests, Vec::new(), size, &measure).len()
    };
    assert_eq!((names(80.0), names(83.0)), (1, 2));
    // In another row it may stand as near as ever.
    let below = vec![first.clone(), plain("太绥线", vec![at(60.0, 66.0)])];
    assert_eq!(place(below, Vec::new(), size, &measure).len(), 2);
    for (x, stands) in [(19.0, false), (22.5, true), (177.5, true), (181.0, false)] {
        let alone = vec![plain("矿区区", vec![at(x, 50.0)])];
        assert_eq!(!place(alone, Vec::new(), size, &measure).is_empty(), stands, "{x}");
    }
}

/// The city's name, which has to stand, takes the place that lines cover least.
#[test]
fn where_no_place_is_clear_the_clearest_is_taken() {
    let measure = |line: &str, style: &LabelStyle| line.chars().count() as f32 * style.size_pt;
    let size = [200.0, 200.0];
    let line = |from_pt, to_pt| Segment { from_pt, to_pt, half_pt: 1.0 };
    // One runs along the first place, two cross the second, one crosses the third.
    let segments = vec![
        line([0.0, 40.0], [200.0, 40.0]),
        line([95.0, 80.0], [95.0, 120.0]),
        line([105.0, 80.0], [105.0, 120.0]),
        line([100.0, 145.0], [100.0, 175.0]),
    ];
    let lines = LineGrid::new(segments, size);
    let wanted = plain("太原", vec![at(100.0, 40.0), at(100.0, 100.0), at(100.0, 160.0)]);
    let obstacles = Obstacles { lines, ..Obstacles::default() };
    let placed = place(vec![wanted.clone()], obstacles.clone(), size, &measure);
    assert!((placed[0].center_pt[1] - 160.0).abs() < 0.01, "{placed:?}");
    let other = LabelRequest { over_lines: false, ..wanted };
    assert!(place(vec![other], obstacles, size, &measure).is_empty());
}

#[test]
fn road_numbers_tell_their_rank() {
    for (number, rank) in [
        ("G5", RoadRank::Expressway),
        ("G20", RoadRank::Expressway),
        ("G2002", RoadRank::Expressway),
        ("S60", RoadRank::Expressway),
        ("G108", RoadRank::National),
        ("S104", RoadRank::Provincial),
        ("X401", RoadRank::Local),
        ("", RoadRank::Local),
    ] {
        assert_eq!(RoadRank::of_number(number), rank, "{number}");
    }
}

/// WCAG 2.1's contrast between two colours.
fn contrast(a: Rgba, b: Rgba) -> f64 {
    let light = |Rgba(r, g, b, _): Rgba| {
        let linear = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    };
    let (a, b) = (light(a), light(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn shields_can_be_read() {
    for mode in [Mode::Light, Mode::Dark] {
        for number in ["G5", "G108", "S104", "X1"] {
            let shield = MapPalette::of(mode).shield(RoadRank::of_number(number));
            let ratio = contrast(shield.fill, shield.ink);
            assert!(ratio >= 4.5, "{number} {mode:?}: {ratio:.1}");
        }
    }
}

/// `top` over `ground`, as a painter mixes them.
fn over(ground: Rgba, top: Rgba) -> Rgba {
    let mixed = ground.mix(top.with_alpha(255), f32::from(top.3) / 255.0);
    mixed.with_alpha(255)
}

/// Names of counties can be read from afar on the darkest and on the lightest slope, on the land of
/// the city and around it, with and without the tint of a county that is filtered by: 4.5 to 1 is
/// what WCAG 2.1 asks of text (1.4.3).
#[test]
fn county_names_can_be_read_on_every_ground() {
    let catalogue = catalogue();
    let prepared = Prepared::new(&catalogue);
    for mode in [Mode::Light, Mode::Dark] {
        let palette = MapPalette::of(mode);
        for filtered in [false, true] {
            let counties = catalogue.counties.iter().filter(|_| filtered).map(|c| c.code.clone());
            let counties = counties.collect();
            for zoom in [8.3, 9.7, 11.0, 13.0] {
                let view = View { mode, counties: &counties, ..view(zoom, Language::Chinese) };
                let asked = viewport(112.5, 37.9, zoom);
                let names = county_labels(&catalogue, &prepared, view, &asked, 1.0);
                assert!(names.len() > 10, "{zoom}");
                for name in names {
                    for ground in [palette.ground, palette.city] {
                        for light in [-1.0, -0.2, 0.0, 0.2, 1.0] {
                            let mut under = over(ground, relief_tone(light, zoom, palette));
                            if filtered {
                                under = over(under, palette.accent.with_alpha(18));
                            }
                            let under = over(under, name.style.halo);
                            let ratio = contrast(over(under, name.style.color), under);
                            assert!(ratio >= 4.5, "{} {mode:?} {light}: {ratio:.2}", name.text);
                        }
                    }
                }
            }
        }
    }
}

fn view(zoom: f64, language: Language) -> View<'static> {
    View { language, with_anchors: false, ..view_at(zoom) }
}

fn viewport(lon_deg: f64, lat_deg: f64, zoom: f64) -> Viewport {
    Viewport {
        center: jintu::geo::mercator::from_lon_lat(LonLat::new(lon_deg, lat_deg)),
        zoom,
        width_pt: 1280.0,
        height_pt: 800.0,
        datum: jintu::geo::Datum::Wgs84,
    }
}

#[test]
fn the_basemap_names_the_fen_and_the_ring_expressway() {
    let basemap = Basemap::open(store::BASEMAP).unwrap();
    let seen = viewport(112.5, 37.85, 10.0);
    let names = basemap.names(&seen).lines;
    let of = |of: fn(NameOf) -> bool| -> BTreeSet<&str> {
        names.iter().filter(|n| of(n.of)).map(|n| n.name.zh.as_str()).collect()
    };
    assert!(of(|o| matches!(o, NameOf::River(_))).contains("汾河"));
    assert!(of(|o| o == NameOf::Road).contains("G2002"));
    let labels = network_labels(&names, view(10.0, Language::Chinese), &seen, 1.0);
    assert!(labels.iter().any(|l| l.text == "汾河" && l.style.plate.is_none()));
    assert!(labels.iter().any(|l| l.text == "G2002" && l.style.plate.is_some()));
    let english = network_labels(&names, view(10.0, Language::English), &seen, 1.0);
    assert!(english.iter().any(|l| l.text.contains("Fen")), "{english:?}");
    assert!(english.iter().all(|l| l.text.is_ascii()), "{english:?}");
}

/// A name that is in both views asks for the same spot of the world in both.
#[test]
fn names_stay_where_they_are_while_the_map_pans() {
    let basemap = Basemap::open(store::BASEMAP).unwrap();
    let first = viewport(112.5, 37.85, 10.0);
    let mut moved = first;
    moved.center = first.to_mercator([640.0 + 90.0, 400.0 - 60.0]);
    #[expect(clippy::cast_possible_truncation, reason = "whole points")]
    let spots = |seen: &Viewport| -> BTreeSet<(String, [i64; 2])> {
        let at = |p: [f32; 2]| {
            let world = seen.to_mercator(p);
            [world.x, world.y].map(|v| (v * seen.scale()).round() as i64)
        };
        let names = basemap.names(seen).lines;
        let labels = network_labels(&names, view(10.0, Language::Chinese), seen, 1.0);
        let first_spot = |l: &LabelRequest| {
            l.letters
                .first()
                .and_then(|l| l.first().copied())
                .or(l.candidates.first().map(|c| c.at_pt))
        };
        labels.iter().filter_map(|l| Some((l.text.clone(), at(first_spot(l)?)))).collect()
    };
    let (before, after) = (spots(&first), spots(&moved));
    let both: Vec<_> = before.intersection(&after).collect();
    assert!(both.len() * 10 >= before.len() * 6, "{} of {}", both.len(), before.len());
}

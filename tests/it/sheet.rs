//! The map sheet: page, scale, words, and that nothing lies on anything else.
#![expect(clippy::float_cmp, reason = "a test knows its numbers")]

use std::collections::BTreeSet;

use geographiclib_rs::{Geodesic, InverseGeodesic as _};
use jintu::{
    app::Language,
    basemap::Basemap,
    catalogue::{Catalogue, Filter},
    font::Fonts,
    geo::mercator,
    paper::{Align, BoxPt, Drawing, Item, LINE_HEIGHT_EM, PT_PER_MM, Placing, TextStyle},
    report::{map_content::MapContent, map_sheet::SheetRequest},
    scene::{self, Viewport, legend::LayerLook},
    sheet::{
        MapSheet, Orientation, Page, Paper, SheetError, fitted,
        scale::{LengthWords, graduated_length, scale_text, usual_denominator},
        scale_bar::graduated_bar,
        wrapped,
    },
    store,
    style::{Mode, Rgba, SymbolLook},
    units::{Extent, LonLat},
};
use proptest::prelude::*;

use crate::real::catalogue;

const BLACK: Rgba = Rgba(0, 0, 0, 255);

/// All that a sheet of the real plan is made from.
struct Desk {
    catalogue: std::sync::Arc<Catalogue>,
    basemap: Basemap,
    fonts: Fonts,
    shown: Vec<usize>,
    filter: Filter,
}

impl Desk {
    fn new() -> Self {
        let catalogue = catalogue();
        let shown = (0..catalogue.projects.len()).collect();
        let basemap = Basemap::open(store::BASEMAP).unwrap();
        let fonts = store::fonts().unwrap();
        Self { catalogue, basemap, fonts, shown, filter: Filter::default() }
    }

    fn city(&self) -> Extent {
        self.catalogue.city_extent().unwrap()
    }

    fn request(&self, page: Page, language: Language) -> SheetRequest<'_> {
        SheetRequest {
            content: MapContent {
                catalogue: &self.catalogue,
                basemap: &self.basemap,
                fonts: &self.fonts,
                shown: &self.shown,
                selected: &[],
                filter: &self.filter,
                language,
                mode: Mode::Light,
                outside: None,
                drawn_on: None,
            },
            page,
            extent: self.city(),
            denominator: None,
            title: None,
            review_number: None,
            layers: &[],
        }
    }
}

/// The view of a window over the city.
pub fn a_view() -> Viewport {
    let city = catalogue().city_extent().unwrap();
    scene::fit(city, [1280.0, 800.0], scene::Padding::even(40.0))
}

/// A text with the box that its lines take.
struct Word {
    text: String,
    place: BoxPt,
}

fn words(items: &[Item], fonts: &Fonts, into: &mut Vec<Word>) {
    for item in items {
        match &item.drawing {
            Drawing::Text(text) => {
                let [width, _] = fonts.measure(&text.text, &text.style);
                let [x, y] = text.at_pt;
                let left = match text.align {
                    Align::Left => x,
                    Align::Center => x - width / 2.0,
                    Align::Right => x - width,
                };
                // The ink of a Hanzi is about an em high, whatever its line takes.
                let height = text.style.size_pt;
                let place = BoxPt::new(left, y - height / 2.0, width, height);
                into.push(Word { text: text.text.clone(), place });
            }
            Drawing::Group(items) | Drawing::Clip { items, .. } => words(items, fonts, into),
            _ => {}
        }
    }
}

fn furniture(sheet: MapSheet, fonts: &Fonts) -> Vec<Word> {
    let mut all = Vec::new();
    words(&sheet.with_map(Vec::new()), fonts, &mut all);
    all
}

fn assert_apart(sheet: &MapSheet, fonts: &Fonts, what: &str) {
    let page = sheet.page.place();
    let all = furniture(sheet.clone(), fonts);
    for (i, word) in all.iter().enumerate() {
        assert!(page.holds(&word.place, 0.0), "{what}: {} leaves the page", word.text);
        assert!(!sheet.map.overlaps(&word.place), "{what}: {} lies on the map", word.text);
        for other in all.iter().skip(i + 1) {
            let (a, b) = (&word.text, &other.text);
            assert!(!word.place.overlaps(&other.place), "{what}: {a} lies on {b}");
        }
    }
    for (i, (name, place)) in sheet.places.iter().enumerate() {
        assert!(page.holds(place, 0.01), "{what}: {name} leaves the page");
        assert!(!sheet.map.overlaps(place), "{what}: {name} lies on the map");
        for (other, there) in sheet.places.iter().skip(i + 1) {
            assert!(!place.overlaps(there), "{what}: {name} lies on {other}");
        }
    }
    assert!(page.holds(&sheet.map, 0.0));
    let share = sheet.map.width * sheet.map.height / (page.width * page.height);
    // Less than A4 has hardly room for letters.
    let least = if sheet.page.short_mm() < 210.0 { 0.25 } else { 0.38 };
    assert!(share > least, "{what}: the map has {share} of the page");
}

#[test]
fn every_paper_both_ways_in_both_languages_has_room_for_everything() {
    let desk = Desk::new();
    let others = ["100x100mm", "150x100mm", "100x300mm", "1200x300mm", "400x2000mm"];
    let papers = Paper::NAMED.into_iter().chain(others.map(|text| Paper::parse(text).unwrap()));
    let own: Vec<String> = (0..7).map(|i| format!("宗地_parcels_of_the_zone_2026_{i}")).collect();
    let looks: Vec<LayerLook> = own
        .iter()
        .map(|name| LayerLook {
            name: name.clone(),
            has_areas: name.ends_with('1'),
            has_lines: name.ends_with('2'),
            symbol: SymbolLook::plain(BLACK, BLACK, 3.0, 1.0),
            classes: Vec::new(),
        })
        .collect();
    for paper in papers {
        for orientation in [Orientation::Landscape, Orientation::Portrait] {
            for language in [Language::Chinese, Language::English] {
                for layers in [&looks[..0], &looks[..]] {
                    let page = paper.page(Some(orientation), true);
                    let what = format!("{page:?} {language:?} {} layers", layers.len());
                    let request = SheetRequest { layers, ..desk.request(page, language) };
                    let sheet = request.arranged().unwrap_or_else(|e| panic!("{what}: {e}"));
                    assert_apart(&sheet, &desk.fonts, &what);
                }
            }
        }
    }
}

#[test]
fn long_titles_and_numbers_keep_to_the_page() {
    let desk = Desk::new();
    let page = Paper::A4.page(Some(Orientation::Portrait), false);
    for title in ["一", "太原", &"很长的图名".repeat(12), &"Long words of a title ".repeat(12), ""]
    {
        for review in [None, Some("晋S（2026）第001号"), Some("9".repeat(80)).as_deref()] {
            let request = SheetRequest {
                title: Some(title),
                review_number: review,
                ..desk.request(page, Language::Chinese)
            };
            assert_apart(&request.arranged().unwrap(), &desk.fonts, title);
        }
    }
}

#[test]
fn a_sheet_says_what_a_printed_map_has_to_say() {
    let desk = Desk::new();
    let page = Paper::A3.page(None, true);
    let said = |request: SheetRequest<'_>| -> String {
        let words = furniture(request.arranged().unwrap(), &desk.fonts);
        words.into_iter().map(|word| word.text).collect::<Vec<_>>().join("\n")
    };
    let request = desk.request(page, Language::Chinese);
    let all = said(request);
    for part in ["图例", "比例尺", "北", "坐标系：CGCS2000", "Web 墨卡托", "数据日期", "资料来源"]
    {
        assert!(all.contains(part), "{part}: {all}");
    }
    assert!(all.contains(&desk.catalogue.plan.title) && all.contains("审图号：未送审"));
    assert!(all.contains("2022-05-11") && all.contains("天地图") && all.contains("GeoNames"));
    // The latest report of what is shown, whatever other projects have.
    let dates = |shown: &[usize]| -> BTreeSet<String> {
        let projects = shown.iter().map(|&i| &desk.catalogue.projects[i]);
        let dates = projects.flat_map(|project| &project.updates).map(|update| &update.date);
        dates.filter(|date| !date.contains(['?', '—'])).cloned().collect()
    };
    let latest = dates(&desk.shown).into_iter().filter(|date| date.len() > 4).max().unwrap();
    assert!(all.contains(&format!("截至 {latest}")), "{latest}");
    let reviewed = said(SheetRequest { review_number: Some("晋S（2026）001号"), ..request });
    assert!(reviewed.contains("审图号：晋S（2026）001号") && !reviewed.contains("未送审"));
    let english = said(desk.request(page, Language::English));
    for part in ["Legend", "Scale 1:", "CGCS2000", "Date of data", "Sources", "review number"] {
        assert!(english.contains(part), "{part}: {english}");
    }
    let quiet = SheetRequest { content: MapContent { shown: &[], ..request.content }, ..request };
    assert!(!said(quiet).contains("截至"));
}

#[test]
fn the_legend_of_a_sheet_tells_of_the_basemap_only_what_is_seen() {
    let desk = Desk::new();
    let page = Paper::A3.page(None, true);
    let request = desk.request(page, Language::Chinese);
    let has = |sheet: MapSheet, words: &str| {
        furniture(sheet, &desk.fonts).iter().any(|word| word.text == words)
    };
    assert!(has(request.arranged().unwrap(), "县级界"));
    // At 1:4 000 000 neither county borders nor the metro are drawn.
    let far = SheetRequest { denominator: Some(8e6), ..request };
    let sheet = far.arranged().unwrap();
    assert!(!has(sheet.clone(), "县级界") && !has(sheet.clone(), "既有轨道交通（示意）"));
    assert!(has(sheet, "省级界"));
}

/// The ground between two points of the map that lie as far apart as the bar's ends.
fn ground_m(sheet: &MapSheet, width_on_paper_pt: f32) -> f64 {
    let viewport = &sheet.viewport;
    let enlarged = sheet.map.width / viewport.width_pt;
    let middle = [viewport.width_pt / 2.0, viewport.height_pt / 2.0];
    // A thousandth of it, which the parallel cannot leave.
    let half = width_on_paper_pt / enlarged / 2000.0;
    let at = |x: f32| mercator::to_lon_lat(viewport.to_mercator([middle[0] + x, middle[1]]));
    // Positions in points are f32: over the whole width they are exact enough.
    let (west, east) = (at(-half * 1000.0), at(half * 1000.0));
    let step = (east.lon_deg - west.lon_deg) / 1000.0;
    let lat = west.lat_deg;
    let metres: f64 = Geodesic::wgs84().inverse(lat, west.lon_deg, lat, west.lon_deg + step);
    metres * 1000.0
}

#[test]
fn the_bar_and_the_scale_in_words_are_true_at_the_centre() {
    let desk = Desk::new();
    for (paper, denominator) in [
        (Paper::A3, Some(250_000.0)),
        (Paper::A4, Some(12_345.0)),
        (Paper::A0, None),
        (Paper::A1, Some(2_000_000.0)),
    ] {
        let page = paper.page(None, true);
        let request = SheetRequest { denominator, ..desk.request(page, Language::Chinese) };
        let sheet = request.arranged().unwrap();
        let bar = sheet.bar;
        let metres = ground_m(&sheet, bar.width_pt);
        assert!((metres / bar.length_m - 1.0).abs() < 2e-4, "{page:?}: {metres} {bar:?}");
        // In millimetres of paper.
        let on_paper_m = f64::from(bar.width_pt / PT_PER_MM) / 1000.0;
        assert!((bar.length_m / on_paper_m / sheet.denominator - 1.0).abs() < 1e-5);
        let scale = format!("比例尺 {}", scale_text(sheet.denominator));
        assert!(furniture(sheet, &desk.fonts).iter().any(|word| word.text == scale), "{scale}");
    }
}

#[test]
fn a3_at_1_250_000_is_what_it_says() {
    let desk = Desk::new();
    let page = Paper::A3.page(Some(Orientation::Landscape), true);
    let denominator = Some(250_000.0);
    let request = SheetRequest { denominator, ..desk.request(page, Language::Chinese) };
    let sheet = request.arranged().unwrap();
    assert!((page.size_pt()[0] - 420.0 * PT_PER_MM).abs() < 1e-3);
    assert!((page.size_pt()[1] - 297.0 * PT_PER_MM).abs() < 1e-3);
    // The map's centre is the extent's, and its width 1:250 000 of the ground there.
    let center = mercator::to_lon_lat(sheet.viewport.center);
    let city = desk.city();
    assert!((center.lon_deg - f64::midpoint(city.west_deg, city.east_deg)).abs() < 1e-9);
    let wide_m = f64::from(sheet.map.width / PT_PER_MM) / 1000.0 * 250_000.0;
    assert!((ground_m(&sheet, sheet.map.width) / wide_m - 1.0).abs() < 2e-4);
}

#[test]
fn a_fitted_scale_is_usual_holds_the_extent_and_is_no_smaller_than_need_be() {
    let desk = Desk::new();
    for paper in Paper::NAMED {
        for orientation in [Orientation::Landscape, Orientation::Portrait] {
            let page = paper.page(Some(orientation), true);
            let request = desk.request(page, Language::Chinese);
            let sheet = request.arranged().unwrap();
            let shown = mercator::extent_from_mercator(sheet.viewport.extent());
            let city = desk.city();
            for corner in city.ring() {
                assert!(shown.contains(corner), "{page:?}");
            }
            assert!((usual_denominator(sheet.denominator) - sheet.denominator).abs() < 1e-6);
            // At half of it the extent no longer fits.
            let closer = SheetRequest { denominator: Some(sheet.denominator / 2.0), ..request };
            let shown = closer.arranged().unwrap().viewport.extent();
            let shown = mercator::extent_from_mercator(shown);
            assert!(!city.ring().iter().all(|corner| shown.contains(*corner)), "{page:?}");
        }
    }
}

#[test]
fn scales_are_rounded_up_to_usual_ones_and_written_in_groups() {
    for (exact, usual) in [
        (1.0, 1.0),
        (230_000.0, 250_000.0),
        (250_000.0, 250_000.0),
        (250_001.0, 300_000.0),
        (412_345.0, 500_000.0),
        (760_000.0, 1_000_000.0),
        (999_999.0, 1_000_000.0),
        (1_000_000.0, 1_000_000.0),
        (1_100_000.0, 1_500_000.0),
    ] {
        assert!((usual_denominator(exact) - usual).abs() < 1e-6, "{exact}");
    }
    assert_eq!(scale_text(250_000.0), "1:250 000");
    assert_eq!(scale_text(1_000_000.0), "1:1 000 000");
    assert_eq!(scale_text(500.0), "1:500");
}

#[test]
fn scales_and_papers_that_cannot_be_are_refused() {
    let desk = Desk::new();
    let page = Paper::A4.page(None, true);
    for denominator in [f64::NAN, f64::INFINITY, 0.0, -250_000.0, 1e-9, 1e15] {
        let request = SheetRequest {
            denominator: Some(denominator),
            ..desk.request(page, Language::Chinese)
        };
        assert!(matches!(request.arranged(), Err(SheetError::Scale { .. })), "{denominator}");
    }
    for (width_mm, height_mm) in [(30.0, 30.0), (1.0, 500.0), (0.0, 0.0), (f32::NAN, 100.0)] {
        let page = Page { width_mm, height_mm };
        let request = desk.request(page, Language::Chinese);
        assert!(matches!(request.arranged(), Err(SheetError::NoRoom { .. })), "{page:?}");
    }
    // A single point is shown with its surroundings.
    let at = LonLat::new(112.55, 37.87);
    let point = Extent {
        west_deg: at.lon_deg,
        south_deg: at.lat_deg,
        east_deg: at.lon_deg,
        north_deg: at.lat_deg,
    };
    let request = SheetRequest { extent: point, ..desk.request(page, Language::Chinese) };
    assert_apart(&request.arranged().unwrap(), &desk.fonts, "a point");
}

#[test]
fn papers_are_read_by_name_and_by_size() {
    let page = |text: &str| Paper::parse(text).unwrap().page(None, true);
    assert_eq!(page("a3"), Page { width_mm: 420.0, height_mm: 297.0 });
    assert_eq!(page(" 900x600mm "), Page { width_mm: 900.0, height_mm: 600.0 });
    assert_eq!(page("600×900MM"), Page { width_mm: 600.0, height_mm: 900.0 });
    assert_eq!(page("210.5 x 297 mm"), Page { width_mm: 210.5, height_mm: 297.0 });
    let other = Paper::parse("600x900mm").unwrap();
    let turned = Page { width_mm: 900.0, height_mm: 600.0 };
    assert_eq!(other.page(Some(Orientation::Landscape), false), turned);
    assert_eq!(Paper::A4.page(None, false), Page { width_mm: 210.0, height_mm: 297.0 });
    for text in [
        "",
        "A5",
        "A",
        "mm",
        "x",
        "100x100",
        "xmm",
        "99x100mm",
        "100x9000mm",
        "NaNxNaNmm",
        "A4mm",
        "€mm",
        "1e3x-5mm",
    ] {
        assert_eq!(Paper::parse(text), None, "{text}");
    }
}

#[test]
fn bars_have_round_parts() {
    let words = LengthWords { kilometre: "km".into(), metre: "m".into() };
    for metres_per_point in [0.003, 0.4, 66.1, 250.0, 9000.0] {
        let bar = graduated_length(metres_per_point, 130.0).unwrap();
        assert!(bar.width_pt > 130.0 * 0.55 && bar.width_pt <= 130.001, "{bar:?}");
        let part = bar.length_m / f64::from(bar.parts);
        let digits = part / 10_f64.powf(part.log10().floor());
        assert!([1.0, 2.0, 5.0, 10.0].iter().any(|step| (digits - step).abs() < 1e-9), "{part}");
    }
    assert_eq!(words.of(20_000.0), "20 km");
    assert_eq!(words.of(0.5), "0.5 m");
    assert_eq!(words.in_unit(600.0, 3000.0), ("0.6".to_owned(), "km"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Wrapping keeps every character but blanks at the ends of lines, and keeps to the width
    /// wherever a line has more than one character.
    #[test]
    fn wrapped_lines_keep_text_and_width(
        text in "[太原市，。（）a-zA-Z0-9 ·：]{0,60}", width in 5.0_f32..200.0,
    ) {
        let fonts = store::fonts().unwrap();
        let style = TextStyle::plain(10.0, BLACK);
        let lines = wrapped(&text, width, &style, &fonts);
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        prop_assert_eq!(bare(&lines.concat()), bare(&text));
        for line in &lines {
            let fits = fonts.measure(line, &style)[0] <= width + 1e-3;
            prop_assert!(fits || line.chars().count() <= 1, "{}", line);
        }
        let short = fitted(&text, width, &style, &fonts);
        prop_assert!(fonts.measure(&short, &style)[0] <= width + 1e-3 || short == "…");
    }

    /// Enlarging and moving does to a text's box what it says.
    #[test]
    fn placing_enlarges_then_moves(x in -50.0_f32..50.0, by in 0.1_f32..9.0, to in -50.0_f32..50.0) {
        let style = TextStyle::plain(10.0, BLACK);
        let text = jintu::paper::TextDrawing::left("高", [x, 2.0 * x], style);
        let placing = Placing { enlarged: by, moved_pt: [to, -to] };
        let placed = placing.of(vec![text.into()]);
        let Drawing::Text(text) = &placed[0].drawing else { panic!("no text") };
        prop_assert_eq!(text.at_pt, [x * by + to, 2.0 * x * by - to]);
        prop_assert_eq!(text.style.size_pt, 10.0 * by);
        prop_assert!(LINE_HEIGHT_EM > 1.0);
    }
}

/// The numbers over a bar stand apart at every scale, on every paper.
#[test]
fn figures_of_the_bar_stand_apart() {
    let fonts = store::fonts().unwrap();
    let lengths = LengthWords { kilometre: "km".into(), metre: "m".into() };
    let mut bars = 0;
    for power in 0..=11_i32 {
        for digit in [1.0, 1.7, 2.5, 3.9, 5.0, 7.5] {
            let metres_per_point = digit * 10_f64.powi(power - 6);
            for letters in [6.0_f32, 9.0, 14.0] {
                let Some(length) = graduated_length(metres_per_point, letters * 9.0) else {
                    continue;
                };
                let bar = graduated_bar(length, &lengths, letters, BLACK, BLACK, &fonts);
                let mut said = Vec::new();
                words(&bar.items, &fonts, &mut said);
                said.sort_by(|a, b| a.place.left.total_cmp(&b.place.left));
                for pair in said.windows(2) {
                    let gap = pair[1].place.left - pair[0].place.right();
                    let (one, next) = (&pair[0].text, &pair[1].text);
                    assert!(gap >= letters * 0.3, "{one} and {next}: {gap} at {metres_per_point}");
                }
                assert!(said.len() >= 2 && said[0].text == "0");
                bars += 1;
            }
        }
    }
    assert!(bars > 150, "{bars}");
}

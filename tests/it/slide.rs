//! Slides on walls of any shape: nothing runs into anything, and words are large enough.

use jintu::{
    app::Language,
    font::Fonts,
    paper::{Align, BoxPt, Drawing, Item, LINE_HEIGHT_EM, TextDrawing},
    report::slide::slide_content,
    scene::legend::Sample,
    sheet::{
        EntrySample, Legend, LegendEntry, LegendGroup,
        slide::{SlideLayout, slide},
        slide_legend::slide_legend,
    },
    store,
    style::{MapPalette, Marker, Mode, Rgba},
};

use crate::real::catalogue;

const WALLS: [[f32; 2]; 9] = [
    [900.0, 600.0],
    [1280.0, 800.0],
    [1366.0, 768.0],
    [1920.0, 1080.0],
    [3840.0, 2160.0],
    [3840.0, 1080.0],
    [4096.0, 540.0],
    [1080.0, 1920.0],
    [1024.0, 1024.0],
];
const CREDITS: &str = "行政区划 © 天地图 · 河流 GSHHG/WDBII (LGPL) · 地名 © GeoNames (CC BY 4.0) · 既有路网示意 \
                       · 审图号：无（内部使用，公开展示前须送审） · 项目与数字：规划原文；线位除注明外均为示意";

fn texts(items: &[Item]) -> Vec<&TextDrawing> {
    items
        .iter()
        .filter_map(|item| match &item.drawing {
            Drawing::Text(text) => Some(text),
            _ => None,
        })
        .collect()
}

/// The ink of a line of text, without the air over and under it.
fn ink(text: &TextDrawing, fonts: &Fonts) -> BoxPt {
    let [width, _] = fonts.measure(&text.text, &text.style);
    let height = text.style.size_pt * 0.9;
    let left = match text.align {
        Align::Left => text.at_pt[0],
        Align::Center => text.at_pt[0] - width / 2.0,
        Align::Right => text.at_pt[0] - width,
    };
    BoxPt::new(left, text.at_pt[1] - height / 2.0, width, height)
}

fn overlap(a: BoxPt, b: BoxPt) -> bool {
    a.left < b.left + b.width
        && b.left < a.left + a.width
        && a.top < b.top + b.height
        && b.top < a.top + a.height
}

fn each(mut check: impl FnMut(&str, [f32; 2], Language, &SlideLayout, &Fonts)) {
    let (catalogue, fonts) = (catalogue(), store::fonts().unwrap());
    for language in [Language::Chinese, Language::English] {
        for (place, own) in catalogue.slides.iter().enumerate() {
            let content = slide_content(
                &catalogue,
                &catalogue.slides,
                place,
                language,
                Mode::Light,
                CREDITS.to_owned(),
            )
            .unwrap();
            for wall in WALLS {
                let palette = MapPalette::of(Mode::Light);
                let layout = slide(&content, wall, 1.0, palette, &fonts);
                check(&own.id, wall, language, &layout, &fonts);
            }
        }
    }
}

#[test]
fn no_words_lie_over_others_or_leave_the_wall() {
    each(|id, wall, language, layout, fonts| {
        let all: Vec<(&TextDrawing, BoxPt)> = texts(&layout.words)
            .into_iter()
            .chain(texts(&layout.foot))
            .map(|text| (text, ink(text, fonts)))
            .collect();
        for (i, (text, own)) in all.iter().enumerate() {
            let inside = own.left >= 0.0
                && own.top >= 0.0
                && own.left + own.width <= wall[0]
                && own.top + own.height <= wall[1];
            assert!(inside, "{id} {language:?} at {wall:?}: {:?} at {own:?}", text.text);
            for (other, its) in &all[i + 1..] {
                let (a, b) = (&text.text, &other.text);
                assert!(!overlap(*own, *its), "{id} {language:?} at {wall:?}: {a:?} over {b:?}");
            }
        }
    });
}

/// A sixth of a hall's depth in metres away, a letter needs a thirtieth of a wall.
#[test]
fn words_are_read_across_a_hall() {
    each(|id, wall, language, layout, _| {
        let is = |usual: [f32; 2]| wall.map(f32::to_bits) == usual.map(f32::to_bits);
        if !is([1920.0, 1080.0]) && !is([3840.0, 2160.0]) {
            return;
        }
        let share = |text: &TextDrawing| text.style.size_pt / wall[1];
        let least = texts(&layout.words).into_iter().map(share).fold(1.0, f32::min);
        let asked = if language.is_english() { 0.019 } else { 0.022 };
        assert!(least >= asked, "{id} {language:?}: {least}");
        let largest = texts(&layout.words).into_iter().map(share).fold(0.0, f32::max);
        assert!(largest >= 0.05, "{id} {language:?}: {largest}");
    });
}

#[test]
fn no_line_is_one_lonely_hanzi() {
    each(|id, wall, language, layout, fonts| {
        if language.is_english() {
            return;
        }
        let lines = texts(&layout.words);
        for pair in lines.windows(2) {
            let (line, last) = (pair[0], pair[1]);
            // The next line of the same text: the same style, one line lower.
            let step = LINE_HEIGHT_EM * line.style.size_pt;
            let follows =
                line.style == last.style && (last.at_pt[1] - line.at_pt[1] - step).abs() < 0.1;
            let is_long = fonts.measure(&line.text, &line.style)[0] > 6.0 * line.style.size_pt;
            let lonely = last.text.chars().count() < 3;
            assert!(!(follows && is_long && lonely), "{id} at {wall:?}: {:?}", last.text);
        }
    });
}

#[test]
fn what_the_user_enlarges_grows_where_there_is_room() {
    let (catalogue, fonts) = (catalogue(), store::fonts().unwrap());
    let last = catalogue.slides.len() - 1;
    let content = slide_content(
        &catalogue,
        &catalogue.slides,
        last,
        Language::Chinese,
        Mode::Dark,
        CREDITS.to_owned(),
    )
    .unwrap();
    let palette = MapPalette::of(Mode::Dark);
    let of = |enlarged| slide(&content, [1920.0, 1080.0], enlarged, palette, &fonts).shrunk;
    assert!((of(1.0) - 1.0).abs() < 1e-6 && of(1.2) > 1.15);
    // Never so large that it would not fit.
    assert!(of(40.0) < 10.0);
}

#[test]
fn a_tall_wall_has_its_words_under_the_map() {
    each(|_, wall, _, layout, _| {
        assert_eq!(layout.is_tall, wall[0] < 1.05 * wall[1]);
        let words = layout.words_box;
        if layout.is_tall {
            assert!(words.top > wall[1] * 0.3 && (words.width - wall[0]).abs() < 1.0);
        } else {
            assert!(words.width < wall[0] * 0.5 && words.top.abs() < 1.0);
        }
    });
}

/// A title stands in the lines that were chosen by hand, never broken inside a word.
#[test]
fn titles_keep_their_lines() {
    let (catalogue, fonts) = (catalogue(), store::fonts().unwrap());
    for (place, own) in catalogue.slides.iter().enumerate() {
        let (language, mode) = (Language::Chinese, Mode::Light);
        let content =
            slide_content(&catalogue, &catalogue.slides, place, language, mode, CREDITS.to_owned())
                .unwrap();
        for wall in [[1280.0, 800.0], [1920.0, 1080.0], [3840.0, 2160.0]] {
            let layout = slide(&content, wall, 1.0, MapPalette::of(mode), &fonts);
            let lines: Vec<&str> =
                texts(&layout.words).into_iter().map(|text| text.text.as_str()).collect();
            for line in content.title.lines() {
                assert!(lines.contains(&line), "{} on {wall:?}: {line} in {lines:?}", own.id);
            }
        }
    }
}

/// Names keep out of the place that the credits take.
#[test]
fn the_place_of_the_credits_is_told() {
    each(|id, wall, _, layout, fonts| {
        let of_credits = |text: &&TextDrawing| text.align == Align::Left;
        for text in texts(&layout.foot).into_iter().filter(of_credits) {
            let (ink, own) = (ink(text, fonts), layout.credits_box);
            let within = ink.left >= own.left
                && ink.top >= own.top
                && ink.left + ink.width <= own.left + own.width
                && ink.top + ink.height <= own.top + own.height;
            assert!(within, "{id} on {wall:?}: {ink:?} in {own:?}");
        }
    });
}

/// `4500 家` was read as a year. Captions are our words and follow; only what is quoted from the plan
/// keeps its digits together.
#[test]
fn thousands_are_apart_on_slides() {
    let catalogue = catalogue();
    let value_of = |value: &str, language: Language| {
        (0..catalogue.slides.len()).any(|place| {
            let content = slide_content(
                &catalogue,
                &catalogue.slides,
                place,
                language,
                Mode::Light,
                String::new(),
            )
            .unwrap();
            content.figures.iter().any(|figure| figure.value == value)
        })
    };
    for value in ["4,500", "3,600"] {
        assert!(value_of(value, Language::Chinese), "{value}");
    }
    for value in ["400,000", "2,400,000", "160,000", "100,000"] {
        assert!(value_of(value, Language::English), "{value}");
    }
    assert!(value_of("84.85", Language::Chinese), "decimals stay together");
    for (place, language) in (0..catalogue.slides.len())
        .flat_map(|place| [Language::Chinese, Language::English].map(|own| (place, own)))
    {
        let content = slide_content(
            &catalogue,
            &catalogue.slides,
            place,
            language,
            Mode::Light,
            String::new(),
        )
        .unwrap();
        for words in content.later.iter().chain([&content.caption]) {
            assert_eq!(long_numbers(words), Vec::<String>::new(), "{words}");
        }
    }
    assert_eq!(long_numbers("长3600米，2035年，2025-12-25，84.8512"), ["3600"]);
}

/// Whole numbers above 999 without a comma that are no years.
fn long_numbers(words: &str) -> Vec<String> {
    let runs = words.split(|c: char| !c.is_ascii_digit() && !".-,".contains(c));
    let is_year = |n: &str| n.len() == 4 && (n.starts_with("19") || n.starts_with("20"));
    runs.filter(|run| run.len() > 3 && run.bytes().all(|b| b.is_ascii_digit()) && !is_year(run))
        .map(str::to_owned)
        .collect()
}

fn legend(labels: Vec<String>) -> Legend {
    let color = Rgba(180, 60, 40, 255);
    let dot = Sample::Dot { color, ring: color, marker: Marker::Circle };
    let entry = |label| LegendEntry { label, sample: EntrySample::Mark(dot.clone()) };
    let entries = labels.into_iter().map(entry).collect();
    Legend { title: String::new(), groups: vec![LegendGroup { heading: String::new(), entries }] }
}

#[test]
fn the_legend_of_layers_keeps_clear_of_words_and_edges_on_every_wall() {
    let long = "一个名字很长的图层，来自设计院的全域用地现状图斑（二〇二五年度变更调查）";
    let few = legend(vec!["水井".to_owned(), long.to_owned()]);
    let many = legend((0..60).map(|i| format!("地类 {i}")).collect());
    let palette = MapPalette::of(Mode::Light);
    let mut turn = 0;
    each(|id, wall, language, layout, fonts| {
        // Sixty rows take their time to be laid out: on some slides of each wall.
        turn += 1;
        let both = [(&few, 2), (&many, 60)];
        for (legend, count) in both.into_iter().take(if turn % 7 == 0 { 2 } else { 1 }) {
            let more = |n: usize| format!("more {n}");
            let place = format!("{id} {language:?} at {wall:?}, {count}");
            let own = slide_legend(legend, wall, layout, 1.0, &more, palette, fonts).expect(&place);
            let stands = own.place;
            assert!(stands.left >= 0.0 && stands.top >= 0.0, "{place}");
            assert!(stands.right() <= wall[0] && stands.bottom() <= wall[1], "{place}");
            for other in [layout.words_box, layout.credits_box] {
                assert!(!overlap(stands, other), "{place}: {stands:?} over {other:?}");
            }
            let foot = texts(&layout.foot).into_iter().map(|text| ink(text, fonts));
            assert!(foot.into_iter().all(|text| !overlap(stands, text)), "{place}: the number");
            // It never takes the map for itself.
            assert!(stands.width * stands.height < 0.31 * wall[0] * wall[1], "{place}: {stands:?}");
            // Whatever is left out is counted.
            let said: Vec<String> = labels(&own.item);
            let left_out = said.iter().find_map(|words| words.strip_prefix("more "));
            let left_out: usize = left_out.map_or(0, |n| n.parse().unwrap());
            let shown = said.len() - usize::from(left_out > 0);
            assert_eq!(shown + left_out, count, "{place}: {said:?}");
        }
    });
}

/// All words of an item, however deep they lie.
fn labels(item: &Item) -> Vec<String> {
    match &item.drawing {
        Drawing::Text(text) => vec![text.text.clone()],
        Drawing::Group(items) => items.iter().flat_map(labels).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn without_layers_a_slide_has_no_legend() {
    let (palette, more) = (MapPalette::of(Mode::Dark), |n: usize| n.to_string());
    each(|_, wall, _, layout, fonts| {
        let none = Legend::default();
        assert!(slide_legend(&none, wall, layout, 1.0, &more, palette, fonts).is_none());
    });
}

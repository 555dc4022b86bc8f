//! Setting text: glyphs, advances, kerning, clusters, and what no font has.
#![expect(
    clippy::cast_possible_truncation,
    clippy::trivially_copy_pass_by_ref,
    reason = "a test knows its numbers"
)]

use jintu::{
    font::{Font, FontError, Fonts, Glyph},
    paper::{Align, LINE_HEIGHT_EM, TextDrawing, TextStyle},
    store::{self, FONT_BOLD, FONT_REGULAR},
    style::Rgba,
};
use proptest::prelude::*;

const EM: TextStyle = TextStyle::plain(1.0, Rgba::hex(0));

fn fonts() -> Fonts {
    store::fonts().unwrap()
}

fn width(fonts: &Fonts, text: &str) -> f32 {
    fonts.measure(text, &EM)[0]
}

/// The tables of a font, read by hand: an oracle that shares nothing with the program's reader.
struct Tables(&'static [u8]);

impl Tables {
    fn u16(&self, at: usize) -> u16 {
        u16::from_be_bytes([self.0[at], self.0[at + 1]])
    }

    fn u32(&self, at: usize) -> usize {
        usize::from(self.u16(at)) << 16 | usize::from(self.u16(at + 2))
    }

    fn table(&self, tag: &[u8; 4]) -> usize {
        let records = (0..usize::from(self.u16(4))).map(|i| 12 + 16 * i);
        records
            .into_iter()
            .find(|at| &self.0[*at..at + 4] == tag)
            .map(|at| self.u32(at + 8))
            .unwrap()
    }

    /// Of `hmtx`, in ems.
    fn advance_em(&self, glyph: u16) -> f32 {
        let units = f32::from(self.u16(self.table(b"head") + 18));
        let long = self.u16(self.table(b"hhea") + 34);
        let at = self.table(b"hmtx") + 4 * usize::from(glyph.min(long - 1));
        f32::from(self.u16(at)) / units
    }

    /// Of the character map in format 12.
    fn glyph(&self, c: char) -> u16 {
        let cmap = self.table(b"cmap");
        let map = (0..usize::from(self.u16(cmap + 2)))
            .map(|i| cmap + self.u32(cmap + 4 + 8 * i + 4))
            .find(|at| self.u16(*at) == 12)
            .unwrap();
        let code = u32::from(c) as usize;
        (0..self.u32(map + 12))
            .map(|i| map + 16 + 12 * i)
            .find(|at| (self.u32(*at)..=self.u32(*at + 4)).contains(&code))
            .map_or(0, |at| (self.u32(at + 8) + code - self.u32(at)) as u16)
    }
}

#[test]
fn one_character_is_as_wide_as_its_table_says() {
    let fonts = fonts();
    for (bytes, bold) in [(FONT_REGULAR, false), (FONT_BOLD, true)] {
        let tables = Tables(bytes);
        let style = TextStyle { bold, ..EM };
        for c in "AVTk0159.,:+-()%°·—“”太绥高铁，。：！①→㎡".chars() {
            let glyph = tables.glyph(c);
            assert!(glyph > 0, "{c}");
            assert_eq!(fonts.face(bold).glyph_id(c), Some(glyph), "{c}");
            let placed = fonts.shape(&c.to_string(), &style);
            assert_eq!(placed.len(), 1, "{c}");
            assert_eq!(placed[0].glyph, Glyph::Of { bold, id: glyph }, "{c}");
            assert!((placed[0].advance_pt - tables.advance_em(glyph)).abs() < 1e-6, "{c}");
        }
    }
}

#[test]
fn a_hanzi_is_one_em_wide_and_tracking_stands_between() {
    let fonts = fonts();
    let style = |tracking| TextStyle { size_pt: 16.0, tracking_em: tracking, ..EM };
    let width = |text, tracking| fonts.measure(text, &style(tracking))[0];
    assert!((width("太", 0.0) - 16.0).abs() < 0.01);
    assert!((width("太原市", 0.0) - 48.0).abs() < 0.01);
    assert!((width("，：（）", 0.0) - 64.0).abs() < 0.01);
    assert!((width("太原市", 0.25) - 56.0).abs() < 0.01, "between, not after");
    assert!(width("", 0.3).abs() < f32::EPSILON);
    let lines = fonts.measure("太原\n太原市", &style(0.0));
    assert!((lines[0] - 48.0).abs() < 0.01);
    assert!((lines[1] - 2.0 * LINE_HEIGHT_EM * 16.0).abs() < 0.01);
}

#[test]
fn pairs_are_kerned() {
    let fonts = fonts();
    let alone = |text: &str| text.chars().map(|c| width(&fonts, &c.to_string())).sum::<f32>();
    for pair in ["AV", "To", "VA", "Te"] {
        let by = width(&fonts, pair) - alone(pair);
        assert!((-0.12..-0.01).contains(&by), "{pair} {by}");
    }
    // Figures stand in columns, and Hanzi in their squares.
    for text in ["0123456789", "2026", "太原市清徐县", "HHH"] {
        assert!((width(&fonts, text) - alone(text)).abs() < 1e-5, "{text}");
    }
}

#[test]
fn letters_and_their_marks_become_one() {
    let fonts = fonts();
    let composed = fonts.shape("\u{e9}", &EM);
    let marked = fonts.shape("e\u{301}", &EM);
    assert_eq!(marked.len(), 1);
    assert_eq!(marked[0].glyph, composed[0].glyph);
    assert_eq!(marked[0].cluster, 0..3);
    // A mark that no glyph composes with takes no room of its own.
    assert!((width(&fonts, "太\u{301}") - 1.0).abs() < 1e-6);
    assert!(width(&fonts, "\u{301}") < 0.7);
}

#[test]
fn what_no_font_has_is_a_box_and_what_shows_nothing_is_nothing() {
    let fonts = fonts();
    let glyphs = |text: &str| fonts.shape(text, &EM).iter().map(|g| g.glyph).collect::<Vec<_>>();
    assert_eq!(glyphs("\u{10FFFD}\u{1F600}"), [Glyph::WholeBox; 2]);
    assert!((width(&fonts, "\u{1F600}") - 1.0).abs() < 1e-6);
    assert!(fonts.outline(Glyph::WholeBox).bounds_em.is_some());
    for blank in ["\u{2060}", "\u{7}", "\r", "\u{FE0F}", "\u{200D}", "\u{202E}"] {
        assert_eq!(glyphs(blank), [], "{blank:?}");
        assert!(width(&fonts, blank).abs() < f32::EPSILON);
    }
    assert!((width(&fonts, "太\u{200B}原") - 2.0).abs() < 1e-6);
    assert!(fonts.outline(fonts.shape(" ", &EM)[0].glyph).steps.is_empty());
}

#[test]
fn lines_stand_around_their_anchor() {
    let fonts = fonts();
    let style = TextStyle { size_pt: 20.0, ..EM };
    let text = |align| TextDrawing::new("太原市\n太原", [100.0, 50.0], align, style);
    for (align, lefts) in
        [(Align::Left, [100.0, 100.0]), (Align::Center, [70.0, 80.0]), (Align::Right, [40.0, 60.0])]
    {
        let text = text(align);
        let lines = fonts.lines(&text);
        assert_eq!(lines.len(), 2);
        for (line, left) in lines.iter().zip(lefts) {
            assert!((line.from_pt[0] - left).abs() < 0.01, "{align:?}");
        }
        let cap = fonts.regular.cap_height_em * 20.0 / 2.0;
        let middles = lines.iter().map(|line| line.from_pt[1] - cap).collect::<Vec<_>>();
        assert!((middles[0] + middles[1] - 100.0).abs() < 0.01);
        assert!((middles[1] - middles[0] - LINE_HEIGHT_EM * 20.0).abs() < 0.01);
    }
    // Each at its own place, where there are places.
    let places = vec![[10.0, 20.0], [30.0, 90.0]];
    let spread = TextDrawing::spread(&["太原", "市"], places, style);
    let lines = fonts.lines(&spread);
    let cap = fonts.regular.cap_height_em * 20.0 / 2.0;
    let expected = [[-10.0, 20.0 + cap], [20.0, 90.0 + cap]];
    for (line, expected) in lines.iter().zip(expected) {
        assert!((line.from_pt[0] - expected[0]).abs() < 0.01, "{line:?}");
        assert!((line.from_pt[1] - expected[1]).abs() < 0.01, "{line:?}");
    }
    for bad in [f32::NAN, f32::INFINITY, 0.0, -3.0] {
        let text = TextDrawing { style: TextStyle { size_pt: bad, ..EM }, ..text(Align::Left) };
        assert_eq!(fonts.lines(&text), []);
    }
}

#[test]
fn what_is_no_font_is_an_error() {
    assert!(matches!(Font::parse(b"not a font".as_slice()), Err(FontError::Parse(_))));
    for length in (0..FONT_REGULAR.len()).step_by(FONT_REGULAR.len() / 97) {
        let parsed = || Font::parse(&FONT_REGULAR[..length]);
        if let (Ok(regular), Ok(bold)) = (parsed(), parsed()) {
            // A cut font may open; then its letters are boxes or blanks, never a panic.
            let fonts = Fonts::new(regular, bold);
            for placed in fonts.shape("太原 A1 e\u{301}", &EM) {
                fonts.outline(placed.glyph);
            }
        }
    }
}

#[test]
fn many_threads_set_the_same() {
    let fonts = fonts();
    let text = "太原至绥德高铁 AV 350 km/h";
    let alone = fonts.shape(text, &EM);
    std::thread::scope(|scope| {
        let set = || (0..50).map(|_| fonts.shape(text, &EM)).collect::<Vec<_>>();
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(set)).collect();
        for thread in threads {
            assert!(thread.join().unwrap().iter().all(|glyphs| *glyphs == alone));
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever the text, clusters are whole characters in order, and the pen ends at the width.
    #[test]
    fn clusters_cover_the_text(text in "[太原AVTo fi0-9e\u{301}\u{200B}\u{FE0F}\u{1F600}\u{5D0}\u{627}ก<&\u{7}]{0,24}", tracking in 0.0_f32..0.5) {
        let fonts = fonts_once();
        let style = TextStyle { tracking_em: tracking, ..EM };
        let glyphs = fonts.shape(&text, &style);
        let mut end = None;
        let before = glyphs.first().map_or(text.len(), |glyph| glyph.cluster.start);
        let unseen = |c: char| c.is_control() || matches!(c, '\u{200B}' | '\u{FE0F}');
        prop_assert!(text[..before].chars().all(unseen), "{before}");
        for pair in glyphs.windows(2) {
            let (a, b) = (&pair[0].cluster, &pair[1].cluster);
            prop_assert!(a == b || a.end == b.start, "{a:?} {b:?}");
        }
        for glyph in &glyphs {
            prop_assert!(text.get(glyph.cluster.clone()).is_some_and(|s| !s.is_empty()));
            end = Some(glyph.cluster.end);
        }
        prop_assert!(end.is_none_or(|end| end == text.len()));
        let clusters = {
            let mut starts: Vec<usize> = glyphs.iter().map(|g| g.cluster.start).collect();
            starts.dedup();
            starts.len()
        };
        let advances: f32 = glyphs.iter().map(|g| g.advance_pt).sum();
        let spaces = clusters.saturating_sub(1) as f32 * tracking;
        prop_assert!((width_of(fonts, &text, &style) - (advances + spaces).max(0.0)).abs() < 1e-3);
    }
}

fn fonts_once() -> &'static Fonts {
    static FONTS: std::sync::OnceLock<Fonts> = std::sync::OnceLock::new();
    FONTS.get_or_init(fonts)
}

fn width_of(fonts: &Fonts, text: &str, style: &TextStyle) -> f32 {
    fonts.measure(text, style)[0]
}

/// The window sets its text by egui; off-screen a line is as long, but for what egui rounds to
/// pixels.
#[cfg(feature = "gui")]
#[test]
fn lines_are_as_long_as_in_the_window() {
    use jintu::theme;

    let ctx = egui::Context::default();
    theme::install_fonts(&ctx);
    ctx.run_ui(egui::RawInput::default(), |_| {}).textures_delta.clear();
    let fonts = fonts();
    for text in ["太原至绥德高速铁路", "AVTo Te 350 km/h", "G5 京昆高速 K12+345", "清徐县", "é ①"]
    {
        for (size_pt, bold) in [(12.0, false), (14.0, true), (24.0, false)] {
            let id = theme::font(size_pt, bold);
            let galley = ctx.fonts_mut(|fonts| {
                fonts.layout_no_wrap(text.to_owned(), id, egui::Color32::PLACEHOLDER)
            });
            let here = fonts.measure(text, &TextStyle { size_pt, bold, ..EM })[0];
            let there = galley.size().x;
            assert!((here - there).abs() < 1.0, "{text} at {size_pt}: {here} and {there}");
        }
    }
}

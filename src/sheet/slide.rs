//! The words of a slide: on a wide wall at the left of the map, on a tall one under it.
//!
//! Sizes are shares of the wall, so that a slide looks alike on any; where the words would not fit
//! all of them become smaller by the same factor.

use super::wrap::balanced;
use crate::{
    font::Fonts,
    paper::{BoxPt, Item, LINE_HEIGHT_EM, Placing, RectDrawing, Subject, TextDrawing, TextStyle},
    style::{MapPalette, Rgba},
};

/// What a slide says, in one language.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SlideContent {
    pub kicker: String,
    /// In lines that were chosen by hand.
    pub title: String,
    pub figures: Vec<SlideNumber>,
    pub caption: String,
    /// What was reported after the plan, a line each.
    pub later: Vec<String>,
    pub strip: Option<SlideStrip>,
    /// Which slide of how many.
    pub number: String,
    pub credits: String,
}

/// A number large enough to be read across a hall.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SlideNumber {
    pub label: String,
    pub value: String,
    pub unit: String,
}

/// Parts of a line one after the other.
#[derive(Debug, Clone, PartialEq)]
pub struct SlideStrip {
    /// Share of the whole and colour of each.
    pub parts: Vec<(f32, Rgba)>,
    pub words: String,
}

/// A slide that is laid out.
#[derive(Debug, Clone, PartialEq)]
pub struct SlideLayout {
    /// Title, numbers and the rest: what changes from slide to slide.
    pub words: Vec<Item>,
    /// Number and credits: they stand on every slide.
    pub foot: Vec<Item>,
    /// What of the wall the words take.
    pub words_box: BoxPt,
    /// What of it the credits take.
    pub credits_box: BoxPt,
    pub is_tall: bool,
    /// What sizes are shares of: the wall's height as long as it is wide.
    pub unit_pt: f32,
    /// By how much the words had to become smaller, 1 for not at all.
    pub shrunk: f32,
}

/// Shares of the unit that sizes are counted in: the wall's height as long as it is wide.
mod share {
    pub const KICKER: f32 = 0.029;
    pub const TITLE: f32 = 0.066;
    pub const LABEL: f32 = 0.029;
    pub const VALUE: f32 = 0.084;
    pub const UNIT: f32 = 0.033;
    pub const CAPTION: f32 = 0.036;
    pub const LATER: f32 = 0.029;
    pub const STRIP: f32 = 0.028;
    pub const NUMBER: f32 = 0.024;
    pub const CREDITS: f32 = 0.0155;
}
/// A column of words is so many units wide at most: longer lines are lost on the way back.
const WIDEST: f32 = 0.86;
/// Nobody reads smaller words from afar; they would rather stand too close.
const LEAST: f32 = 0.4;

/// Lays a slide out on a wall; `enlarged` is what the user asked for, as far as there is room.
pub fn slide(
    content: &SlideContent,
    [width, height]: [f32; 2],
    enlarged: f32,
    palette: &MapPalette,
    fonts: &Fonts,
) -> SlideLayout {
    let is_tall = width < 1.05 * height;
    let margin = (0.05 * width).min(0.085 * height);
    let (column, unit) = if is_tall {
        let column = width - 2.0 * margin;
        (column, (column * 1.3).min(height * 0.75))
    } else {
        let column = (0.37 * width - margin).min(WIDEST * height);
        (column, height.min(column * 1.9))
    };
    let pen = Pen { unit, palette, fonts };
    let foot = pen.foot(content, [width, height], margin);
    let top = if is_tall { 0.5 * height } else { 0.085 * height };
    let room = foot.top - 0.5 * margin.min(0.05 * height) - top;
    // Halving is exact enough after eight steps: a three-hundredth.
    let (mut fits, mut too_large) = (LEAST, enlarged.max(LEAST));
    let whole = pen.words(content, column, too_large);
    let (words, shrunk) = if whole.1 <= room {
        (whole.0, too_large)
    } else {
        for _ in 0..8 {
            let middle = f32::midpoint(fits, too_large);
            if pen.words(content, column, middle).1 <= room {
                fits = middle;
            } else {
                too_large = middle;
            }
        }
        (pen.words(content, column, fits).0, fits)
    };
    let words_box = if is_tall {
        BoxPt::new(0.0, top - margin, width, height - top + margin)
    } else {
        BoxPt::new(0.0, 0.0, margin + column, height)
    };
    SlideLayout {
        words: Placing::moved([margin, top]).of(words),
        foot: foot.items,
        words_box,
        credits_box: foot.credits_box,
        is_tall,
        unit_pt: unit,
        shrunk,
    }
}

/// What stands at the foot, and where it begins.
struct Foot {
    items: Vec<Item>,
    top: f32,
    credits_box: BoxPt,
}

struct Pen<'a> {
    unit: f32,
    palette: &'a MapPalette,
    fonts: &'a Fonts,
}

impl Pen<'_> {
    /// Words from the top left corner down, and their height.
    fn words(&self, content: &SlideContent, width: f32, by: f32) -> (Vec<Item>, f32) {
        let u = self.unit * by;
        let ink = self.palette.ink;
        let mut column = Column { items: Vec::new(), y: 0.0, width, fonts: self.fonts };
        let bar = BoxPt::new(0.0, 0.0, 0.058 * u, 0.005 * u);
        column.items.push(RectDrawing::filled(bar, self.palette.accent).into());
        column.y += 0.022 * u;
        column.text(&content.kicker, TextStyle::plain(share::KICKER * u, self.palette.muted));
        column.y += 0.006 * u;
        column.text(&content.title, self.title(&content.title, width, u));
        column.y += 0.018 * u;
        self.figures(&mut column, &content.figures, u);
        column.y += 0.008 * u;
        column.text(&content.caption, TextStyle::plain(share::CAPTION * u, ink));
        for line in &content.later {
            column.y += 0.008 * u;
            column.text(line, TextStyle::plain(share::LATER * u, self.palette.accent));
        }
        if let Some(strip) = &content.strip {
            column.y += 0.016 * u;
            strip_items(&mut column, strip, u);
            column.text(&strip.words, TextStyle::plain(share::STRIP * u, self.palette.muted));
        }
        (column.items, column.y)
    }

    /// As large as its longest line allows.
    fn title(&self, title: &str, width: f32, u: f32) -> TextStyle {
        let style = TextStyle::plain(share::TITLE * u, self.palette.ink).bold();
        let [wide, _] = self.fonts.measure(title, &style);
        // A hair less than the whole: set at exactly the width it may measure more by rounding.
        let by = (0.998 * width / wide.max(1.0)).clamp(0.6, 1.0);
        TextStyle { size_pt: style.size_pt * by, ..style }
    }

    /// Under each other; side by side where all of them fit, as on a tall wall.
    fn figures(&self, column: &mut Column<'_>, figures: &[SlideNumber], u: f32) {
        let gap = 0.04 * u;
        let widths: Vec<f32> = figures.iter().map(|figure| self.figure_width(figure, u)).collect();
        let all: f32 = widths.iter().sum::<f32>() + gap * (figures.len() as f32 - 1.0);
        if all <= column.width {
            let top = column.y;
            let mut left = 0.0;
            let mut bottom = top;
            for (figure, own) in figures.iter().zip(widths) {
                column.y = top;
                self.figure(column, figure, left, own + 1.0, u);
                bottom = bottom.max(column.y);
                left += own + gap;
            }
            column.y = bottom;
        } else {
            for figure in figures {
                self.figure(column, figure, 0.0, column.width, u);
            }
        }
    }

    fn figure_width(&self, figure: &SlideNumber, u: f32) -> f32 {
        let [label, value, unit] = self.figure_styles(u);
        let measure = |text: &str, style| self.fonts.measure(text, style)[0];
        let number = measure(&figure.value, &value) + 0.013 * u + measure(&figure.unit, &unit);
        number.max(measure(&figure.label, &label))
    }

    fn figure_styles(&self, u: f32) -> [TextStyle; 3] {
        [
            TextStyle::plain(share::LABEL * u, self.palette.muted),
            TextStyle::plain(share::VALUE * u, self.palette.accent).bold(),
            TextStyle::plain(share::UNIT * u, self.palette.ink),
        ]
    }

    fn figure(&self, column: &mut Column<'_>, figure: &SlideNumber, left: f32, wide: f32, u: f32) {
        let [label, value, unit] = self.figure_styles(u);
        column.lines(&figure.label, label, left, wide);
        // A number has no letters below the line: it needs less air than words.
        let middle = column.y + 0.55 * value.size_pt;
        let [number, _] = self.fonts.measure(&figure.value, &value);
        column.items.push(TextDrawing::left(figure.value.as_str(), [left, middle], value).into());
        if !figure.unit.is_empty() {
            // On one line with the number, whose capitals are larger.
            let lower = self.fonts.face(true).cap_height_em * value.size_pt / 2.0
                - self.fonts.face(false).cap_height_em * unit.size_pt / 2.0;
            let at = [left + number + 0.013 * u, middle + lower];
            column.items.push(TextDrawing::left(figure.unit.as_str(), at, unit).into());
        }
        column.y += 1.1 * value.size_pt + 0.006 * u;
    }

    fn foot(&self, content: &SlideContent, [width, height]: [f32; 2], margin: f32) -> Foot {
        let number = TextStyle::plain(share::NUMBER * self.unit, self.palette.muted);
        let small = TextStyle::plain(share::CREDITS * self.unit, self.palette.muted);
        let bottom = height - 0.028 * height.min(width);
        let [number_width, _] = self.fonts.measure(&content.number, &number);
        let right = width - 0.6 * margin;
        let mut items = Vec::new();
        let room = right - number_width - 2.0 * margin;
        let lines = balanced(&content.credits, room.max(1.0), &small, self.fonts);
        let step = LINE_HEIGHT_EM * small.size_pt;
        let top = bottom - step * lines.len() as f32;
        let widest =
            lines.iter().map(|line| self.fonts.measure(line, &small)[0]).fold(0.0, f32::max);
        let air = 0.4 * small.size_pt;
        let credits_box = BoxPt::new(margin - air, top, widest + 2.0 * air, bottom - top);
        if !lines.is_empty() {
            // Legible also where the map is below.
            let fill = self.palette.panel.with_alpha(200);
            items.push(RectDrawing::filled(credits_box, fill).rounded(air).into());
        }
        for (i, line) in lines.into_iter().enumerate() {
            let at = [margin, top + step * (i as f32 + 0.5)];
            items.push(TextDrawing::left(line, at, small).into());
        }
        let at = [right, bottom - 0.5 * step];
        items.push(Item::of(
            Subject::Furniture("page-number"),
            TextDrawing::right(content.number.as_str(), at, number),
        ));
        Foot { items, top, credits_box }
    }
}

/// Text that grows downwards.
struct Column<'a> {
    items: Vec<Item>,
    y: f32,
    width: f32,
    fonts: &'a Fonts,
}

impl Column<'_> {
    fn text(&mut self, text: &str, style: TextStyle) {
        self.lines(text, style, 0.0, self.width);
    }

    fn lines(&mut self, text: &str, style: TextStyle, left: f32, width: f32) {
        let step = LINE_HEIGHT_EM * style.size_pt;
        for line in text.lines().flat_map(|line| balanced(line, width, &style, self.fonts)) {
            self.items.push(TextDrawing::left(line, [left, self.y + step / 2.0], style).into());
            self.y += step;
        }
    }
}

fn strip_items(column: &mut Column<'_>, strip: &SlideStrip, u: f32) {
    let between = 0.002 * u;
    let mut left = 0.0;
    for (share, ink) in &strip.parts {
        let wide = share * column.width;
        let part = BoxPt::new(left, column.y, (wide - between).max(1.0), 0.011 * u);
        column.items.push(RectDrawing::filled(part, *ink).rounded(0.002 * u).into());
        left += wide;
    }
    column.y += 0.018 * u;
}

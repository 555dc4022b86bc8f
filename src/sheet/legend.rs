//! The legend: samples of marks with their meaning, in groups and columns.

use super::{
    block::Block,
    sample::{EntrySample, sample},
    wrap::fitted,
};
use crate::{
    font::Fonts,
    paper::{Align, Item, Placing, TextDrawing, TextStyle},
    scene::legend::Sample,
    style::{MapPalette, Rgba},
};

/// The name of a legend.
pub const LEGEND: &str = "legend";

/// A legend. An empty title is left out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Legend {
    pub title: String,
    pub groups: Vec<LegendGroup>,
}

/// Entries that belong together. An empty heading is left out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LegendGroup {
    pub heading: String,
    pub entries: Vec<LegendEntry>,
}

/// A sample and its meaning in words.
#[derive(Debug, Clone, PartialEq)]
pub struct LegendEntry {
    pub label: String,
    pub sample: EntrySample,
}

/// How a legend is set. Sizes are in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LegendLook {
    pub title_pt: f32,
    pub heading_pt: f32,
    pub label_pt: f32,
    pub row_pt: f32,
    /// Least and most of a row's height that there may be, as shares of it.
    pub stretch: [f32; 2],
    pub sample_pt: [f32; 2],
    /// Between a sample and its label.
    pub label_gap_pt: f32,
    pub column_gap_pt: f32,
    /// Longer labels are cut off.
    pub longest_label_pt: f32,
    /// Whether the title stands in the middle, as on printed sheets.
    pub centred: bool,
}

impl LegendLook {
    /// As it lies over a picture.
    pub const OVER_MAP: Self = Self {
        title_pt: 13.0,
        heading_pt: 12.0,
        label_pt: 12.0,
        row_pt: 22.0,
        stretch: [1.0, 1.0],
        sample_pt: [30.0, 18.0],
        label_gap_pt: 10.0,
        column_gap_pt: 20.0,
        longest_label_pt: 320.0,
        centred: false,
    };

    /// The same in smaller letters.
    #[must_use]
    pub fn smaller(self, share: f32) -> Self {
        Self {
            title_pt: self.title_pt * share,
            heading_pt: self.heading_pt * share,
            label_pt: self.label_pt * share,
            row_pt: self.row_pt * share,
            sample_pt: self.sample_pt.map(|side| side * share),
            label_gap_pt: self.label_gap_pt * share,
            column_gap_pt: self.column_gap_pt * share,
            longest_label_pt: self.longest_label_pt * share,
            ..self
        }
    }

    /// As a printed sheet has it, by the size of its letters.
    pub fn printed(letters_pt: f32) -> Self {
        Self {
            title_pt: letters_pt * 1.35,
            heading_pt: letters_pt,
            label_pt: letters_pt,
            row_pt: letters_pt * 1.75,
            stretch: [0.78, 1.25],
            sample_pt: [letters_pt * 2.9, letters_pt * 1.6],
            label_gap_pt: letters_pt * 0.8,
            column_gap_pt: letters_pt * 1.6,
            longest_label_pt: letters_pt * 17.0,
            centred: true,
        }
    }

    /// Height that a title takes.
    pub fn head_pt(&self, legend: &Legend) -> f32 {
        if legend.title.is_empty() { 0.0 } else { self.title_pt * 2.0 }
    }
}

/// A row of a legend.
#[derive(Debug, Clone, Copy)]
enum Row<'a> {
    Heading(&'a str),
    Entry(&'a LegendEntry),
}

impl Legend {
    /// Whether there is nothing to explain.
    pub fn is_empty(&self) -> bool {
        self.groups.iter().all(|group| group.entries.is_empty())
    }

    fn rows(&self) -> Vec<Row<'_>> {
        let filled = self.groups.iter().filter(|group| !group.entries.is_empty());
        filled
            .flat_map(|group| {
                let heading = (!group.heading.is_empty()).then_some(Row::Heading(&group.heading));
                heading.into_iter().chain(group.entries.iter().map(Row::Entry))
            })
            .collect()
    }
}

/// The legend in the fewest columns that keep to a height, all but the last about as high. Its rows
/// draw together or apart as far as the look allows.
pub fn legend_of_height(
    legend: &Legend,
    height_pt: f32,
    look: &LegendLook,
    palette: &MapPalette,
    fonts: &Fonts,
) -> Block {
    let rows = legend.rows();
    let free = height_pt - look.head_pt(legend);
    let [tightest, loosest] = look.stretch;
    let room = free / (look.row_pt * tightest);
    let least = (1..=rows.len()).find(|count| columns(&rows, *count).1 <= room);
    let count = least.unwrap_or(rows.len());
    let fills = free / columns(&rows, count).1.max(1.0);
    let row_pt = fills.clamp(look.row_pt * tightest, look.row_pt * loosest);
    laid_out(legend, &rows, count, &LegendLook { row_pt, ..*look }, palette, fonts)
}

/// The legend in as many columns as a width has room for and a height asks for.
pub fn legend_in_room(
    legend: &Legend,
    [width_pt, height_pt]: [f32; 2],
    look: &LegendLook,
    palette: &MapPalette,
    fonts: &Fonts,
) -> Block {
    let rows = legend.rows();
    let mut best = laid_out(legend, &rows, 1, look, palette, fonts);
    for count in 2..=rows.len() {
        if best.size_pt[1] <= height_pt {
            break;
        }
        let block = laid_out(legend, &rows, count, look, palette, fonts);
        // One more column that makes it no lower only spreads the others.
        if block.size_pt[0] <= width_pt && block.size_pt[1] < best.size_pt[1] {
            best = block;
        }
    }
    best
}

/// Most of a row's height that a sample takes.
const SAMPLE_SHARE: f32 = 0.82;
/// Room above a heading that does not begin its column, in rows.
const ABOVE_HEADING: f32 = 0.4;

/// Rows in so many columns at most, and the height of the highest in rows. A heading does not end a
/// column.
fn columns<'r, 'a>(rows: &'r [Row<'a>], count: usize) -> (Vec<&'r [Row<'a>]>, f32) {
    let even = rows.len().div_ceil(count.max(1)).max(1);
    let longest = (even..=rows.len().max(1)).find(|most| filled(rows, *most).len() <= count);
    let columns = filled(rows, longest.unwrap_or(rows.len().max(1)));
    let high = columns.iter().map(|column| tops(column).1).fold(0.0, f32::max);
    (columns, high)
}

/// Where the rows of a column begin and where the last one ends, in rows.
fn tops(column: &[Row<'_>]) -> (Vec<f32>, f32) {
    let mut next = 0.0;
    let tops = column.iter().map(|row| {
        if matches!(row, Row::Heading(_)) && next > 0.0 {
            next += ABOVE_HEADING;
        }
        next += 1.0;
        next - 1.0
    });
    (tops.collect(), next)
}

/// Columns of at most so many rows.
fn filled<'r, 'a>(rows: &'r [Row<'a>], most: usize) -> Vec<&'r [Row<'a>]> {
    let mut columns = Vec::new();
    let mut rest = rows;
    while !rest.is_empty() {
        let mut end = most.min(rest.len());
        let ends_in_heading = |end: usize| {
            matches!(end.checked_sub(1).and_then(|i| rest.get(i)), Some(Row::Heading(_)))
        };
        while end > 1 && end < rest.len() && ends_in_heading(end) {
            end -= 1;
        }
        let (column, others) = rest.split_at(end);
        columns.push(column);
        rest = others;
    }
    columns
}

/// One row: a sample with its meaning.
pub fn entry_row(
    entry: &LegendEntry,
    look: &LegendLook,
    palette: &MapPalette,
    fonts: &Fonts,
) -> Block {
    let style = TextStyle::plain(look.label_pt, palette.ink);
    let [width, height] = look.sample_pt;
    let sample_pt = [width, height.min(look.row_pt * SAMPLE_SHARE)];
    let middle = look.row_pt / 2.0;
    // A name over its classes stands where their samples begin.
    let is_name = entry.sample == EntrySample::Mark(Sample::Nothing);
    let left = if is_name { 0.0 } else { width + look.label_gap_pt };
    let words = fitted(&entry.label, look.longest_label_pt, &style, fonts);
    let size_pt = [left + fonts.measure(&words, &style)[0], look.row_pt];
    let mut items = sample(&entry.sample, [0.0, middle], sample_pt, palette, fonts);
    items.push(TextDrawing::left(words, [left, middle], style).into());
    Block { name: LEGEND, size_pt, items }
}

/// Whether a label is too long for a look.
pub fn is_cut(entry: &LegendEntry, look: &LegendLook, fonts: &Fonts) -> bool {
    let style = TextStyle::plain(look.label_pt, Rgba(0, 0, 0, 255));
    fonts.measure(&entry.label, &style)[0] > look.longest_label_pt
}

fn laid_out(
    legend: &Legend,
    rows: &[Row<'_>],
    count: usize,
    look: &LegendLook,
    palette: &MapPalette,
    fonts: &Fonts,
) -> Block {
    if rows.is_empty() {
        return Block::empty(LEGEND);
    }
    let title = TextStyle::plain(look.title_pt, palette.ink).bold();
    let title = if look.centred { title.tracked(0.3) } else { title };
    let heading = TextStyle::plain(look.heading_pt, palette.muted).bold();
    let head = look.head_pt(legend);
    let indent = look.sample_pt[0] + look.label_gap_pt;
    let (columns, rows_high) = columns(rows, count);

    let mut items: Vec<Item> = Vec::new();
    let mut left = 0.0;
    for column in &columns {
        let mut width = 0.0_f32;
        for (row, top) in column.iter().zip(tops(column).0) {
            let middle = head + (top + 0.5) * look.row_pt;
            match row {
                Row::Heading(words) => {
                    let words = fitted(words, indent + look.longest_label_pt, &heading, fonts);
                    width = width.max(fonts.measure(&words, &heading)[0]);
                    items.push(TextDrawing::left(words, [left, middle], heading).into());
                }
                Row::Entry(entry) => {
                    let row = entry_row(entry, look, palette, fonts);
                    width = width.max(row.size_pt[0]);
                    items.extend(Placing::moved([left, middle - look.row_pt / 2.0]).of(row.items));
                }
            }
        }
        left += width + look.column_gap_pt;
    }
    let mut width = left - look.column_gap_pt;
    if !legend.title.is_empty() {
        width = width.max(fonts.measure(&legend.title, &title)[0]);
        let middle = look.title_pt * 0.55;
        let (x, align) =
            if look.centred { (width / 2.0, Align::Center) } else { (0.0, Align::Left) };
        let text = legend.title.clone();
        items.push(TextDrawing::new(text, [x, middle], align, title).into());
    }
    let height = head + rows_high * look.row_pt;
    Block { name: LEGEND, size_pt: [width, height], items }
}

//! The legend: samples of marks with their meaning.

use super::{
    clip::Run,
    coverage::Coverage,
    fill::fill_path,
    furniture::{Corner, Surface},
    marks::add_stroke,
    panel::{Layout, PanelBox, rounded_rect},
    point_marks::{PIN_STEM_RADII, PointMark},
    text::{Align, TextStyle},
};
use crate::{
    scene::draw::{Mark, Stroke},
    style::Rgba,
    units::Mercator,
};

/// A legend. An empty title is left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Legend {
    pub title: String,
    pub entries: Vec<LegendEntry>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct LegendEntry {
    pub label: String,
    pub sample: Sample,
}

/// A mark as the legend shows it; sizes are chosen to fit the row.
#[derive(Debug, Clone, PartialEq)]
pub enum Sample {
    Line(Vec<Stroke>),
    Area { fill: Rgba, outline: Option<Stroke> },
    Pin { glyph: char, fill: Rgba, ink: Rgba },
    Anchor { count: usize, color: Rgba, ground: Rgba },
    Dot { color: Rgba, ring: Rgba },
}

const ROW_PT: f32 = 22.0;
const SAMPLE_PT: f32 = 30.0;
const PADDING_PT: f32 = 14.0;
const LABEL_GAP_PT: f32 = 10.0;
const COLUMN_GAP_PT: f32 = 20.0;

/// Paints a legend, in as many columns as its corner's height asks for.
pub fn paint_legend(surface: &mut Surface, layout: &mut Layout, corner: Corner, legend: &Legend) {
    if legend.entries.is_empty() {
        return;
    }
    let heading = TextStyle::plain(13.0, surface.palette.ink).bold();
    let label = TextStyle::plain(12.0, surface.palette.ink);
    let header = if legend.title.is_empty() { 0.0 } else { 26.0 };

    let room = ((layout.height_left(corner) - header - 2.0 * PADDING_PT) / ROW_PT).max(1.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at least one, see above"
    )]
    let columns = legend.entries.len().div_ceil(room as usize);
    let rows = legend.entries.len().div_ceil(columns);
    let columns: Vec<(&[LegendEntry], f32)> = legend
        .entries
        .chunks(rows)
        .map(|entries| {
            let labels = entries.iter().map(|entry| surface.width_of(&entry.label, &label));
            (entries, SAMPLE_PT + LABEL_GAP_PT + labels.fold(0.0, f32::max))
        })
        .collect();
    let gaps = (columns.len() as f32 - 1.0) * COLUMN_GAP_PT;
    let width = columns.iter().map(|(_, width)| width).sum::<f32>() + gaps;
    let width = width.max(surface.width_of(&legend.title, &heading));
    let size = [width + 2.0 * PADDING_PT, header + rows as f32 * ROW_PT + 2.0 * PADDING_PT - 6.0];
    let panel = layout.place(corner, size);
    panel.paint(surface);
    surface.text(&legend.title, panel.at(PADDING_PT, PADDING_PT + 7.0), Align::Left, &heading);

    let mut coverage = Coverage::new(surface.pixmap.width(), surface.pixmap.height());
    let mut left = PADDING_PT;
    for (entries, width) in columns {
        for (row, entry) in entries.iter().enumerate() {
            let middle = PADDING_PT - 3.0 + header + (row as f32 + 0.5) * ROW_PT;
            let place = [left, middle];
            paint_sample(surface, &mut coverage, &panel, place, &entry.sample);
            let at = panel.at(left + SAMPLE_PT + LABEL_GAP_PT, middle);
            surface.text(&entry.label, at, Align::Left, &label);
        }
        left += width + COLUMN_GAP_PT;
    }
}

/// Paints a sample; `left` and `middle` are points in the panel.
fn paint_sample(
    surface: &mut Surface,
    coverage: &mut Coverage,
    panel: &PanelBox,
    [left, middle]: [f32; 2],
    sample: &Sample,
) {
    let scale = surface.pixels_per_point;
    let center = left + SAMPLE_PT / 2.0;
    let at = Mercator::default();
    let (mark, at_pt) = match *sample {
        Sample::Line(ref strokes) => {
            let ends = [panel.at(left, middle), panel.at(left + SAMPLE_PT, middle)];
            paint_line_sample(surface, coverage, ends, strokes);
            return;
        }
        Sample::Area { fill, ref outline } => {
            let corner = panel.at(left + 3.0, middle - 6.0).map(|v| v * scale);
            let size = [SAMPLE_PT - 6.0, 12.0].map(|v| v * scale);
            if let Some(path) = rounded_rect(corner, size, 2.0 * scale) {
                if let Some(outline) = outline {
                    super::text::paint_rim(
                        surface.pixmap,
                        &path,
                        outline.color,
                        outline.width_pt * scale,
                    );
                }
                fill_path(surface.pixmap, &path, surface.palette.city);
                fill_path(surface.pixmap, &path, fill);
            }
            return;
        }
        Sample::Pin { glyph, fill, ink } => {
            let radius_pt = 7.5;
            let tip = middle + radius_pt * (PIN_STEM_RADII + 1.0) / 2.0;
            (Mark::Pin { at, glyph, fill, ink, radius_pt, more: 0 }, panel.at(center, tip))
        }
        Sample::Anchor { count, color, ground } => {
            let radius_pt = 7.5;
            (Mark::Anchor { at, count, color, ground, radius_pt }, panel.at(center, middle))
        }
        Sample::Dot { color, ring } => {
            (Mark::Dot { at, color, ring, radius_pt: 3.5 }, panel.at(center, middle))
        }
    };
    let painter = PointMark {
        fonts: surface.fonts,
        halo: surface.palette.panel,
        pixels_per_point: scale,
        at_pt,
    };
    painter.paint(surface.pixmap, &mark);
}

fn paint_line_sample(
    surface: &mut Surface,
    coverage: &mut Coverage,
    ends: [[f32; 2]; 2],
    strokes: &[Stroke],
) {
    let scale = f64::from(surface.pixels_per_point);
    let run =
        Run { points: ends.map(|end| end.map(|v| f64::from(v) * scale)).to_vec(), start: 0.0 };
    for stroke in strokes {
        add_stroke(coverage, &run, stroke, scale);
        coverage.paint(surface.pixmap, stroke.color);
    }
}

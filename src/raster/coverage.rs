//! How much of each pixel a set of strokes covers.
//!
//! Strokes are measured, not sampled: a pixel's coverage follows from its distance to the nearest
//! segment, so thin lines stay even at any angle. Overlapping segments take the larger coverage,
//! so joints and self-crossings of a translucent line show no darker spots, and a line split
//! between two tiles gives the same pixels as one drawn whole.

use tiny_skia::PixmapMut;

use super::clips::Window;
use crate::{geo::plane::Point, style::Rgba};

/// One end of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Round,
    /// Cut square at the end point.
    Butt,
}

/// Coverage of a picture by the strokes added since it was last painted.
pub struct Coverage {
    width: usize,
    height: usize,
    values: Vec<u8>,
    /// Touched columns of each row, `[from, to)`.
    rows: Vec<(usize, usize)>,
    /// Touched rows, `[from, to)`.
    touched: (usize, usize),
}

impl Coverage {
    /// For a picture of this size in pixels.
    pub fn new(width: u32, height: u32) -> Self {
        let (width, height) = (width as usize, height as usize);
        Self {
            width,
            height,
            values: vec![0; width.saturating_mul(height)],
            rows: vec![(usize::MAX, 0); height],
            touched: (usize::MAX, 0),
        }
    }

    /// Adds a connected line with round joins.
    pub fn add_line(&mut self, points: &[Point], width_px: f64, start: End, end: End) {
        let last = points.len().saturating_sub(2);
        for (i, pair) in points.windows(2).enumerate() {
            let [a, b] = pair else { continue };
            let from = if i == 0 { start } else { End::Round };
            let to = if i == last { end } else { End::Round };
            self.add_segment(*a, *b, width_px, from, to);
        }
    }

    /// Adds one straight segment.
    // Pixel positions are within the picture, coverage within 0 … 255.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn add_segment(&mut self, a: Point, b: Point, width_px: f64, start: End, end: End) {
        let reach = width_px / 2.0 + 0.5;
        if !(a[0] + a[1] + b[0] + b[1] + reach).is_finite() || width_px <= 0.0 {
            return;
        }
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let length = dx.hypot(dy);
        let (ux, uy) = if length > 1e-9 { (dx / length, dy / length) } else { (1.0, 0.0) };
        let peak = width_px.min(1.0);
        let rows = pixel_range(a[1].min(b[1]) - reach, a[1].max(b[1]) + reach, self.height);
        for row in rows {
            let y = row as f64 + 0.5 - a[1];
            // The slab of points no farther than `reach` from the endless line, on this row.
            let (mut low, mut high) = (a[0].min(b[0]) - reach, a[0].max(b[0]) + reach);
            if uy.abs() > 1e-6 {
                let middle = a[0] + y * ux / uy;
                let half = (reach / uy).abs();
                (low, high) = (low.max(middle - half), high.min(middle + half));
            }
            let columns = pixel_range(low, high, self.width);
            if columns.is_empty() {
                continue;
            }
            self.touch(row, columns.start, columns.end);
            let offset = row * self.width;
            let Some(values) = self.values.get_mut(offset + columns.start..offset + columns.end)
            else {
                continue;
            };
            for (value, column) in values.iter_mut().zip(columns) {
                let x = column as f64 + 0.5 - a[0];
                let along = x * ux + y * uy;
                let across = (y * ux - x * uy).abs();
                let beyond = along - length;
                let (mut distance, mut cut) = (across, 1.0);
                if start == End::Butt {
                    cut *= (along + 0.5).clamp(0.0, 1.0);
                } else if along < 0.0 {
                    distance = across.hypot(along);
                }
                if end == End::Butt {
                    cut *= (0.5 - beyond).clamp(0.0, 1.0);
                } else if beyond > 0.0 {
                    distance = across.hypot(beyond);
                }
                let covered = (reach - distance).clamp(0.0, peak) * cut;
                *value = (*value).max((covered * 255.0 + 0.5) as u8);
            }
        }
    }

    /// Paints what was added in one colour, where it is shown, and forgets it.
    pub fn paint(&mut self, pixmap: &mut PixmapMut, color: Rgba, shown: Window) {
        let [left, top, right, bottom] = shown.map(|v| v as usize);
        let same_size =
            pixmap.width() as usize == self.width && pixmap.height() as usize == self.height;
        let pixels = pixmap.data_mut();
        for row in self.touched.0..self.touched.1 {
            let Some((from, to)) =
                self.rows.get_mut(row).map(|r| std::mem::replace(r, (usize::MAX, 0)))
            else {
                continue;
            };
            if from >= to {
                continue;
            }
            let start = row * self.width;
            let (seen_from, seen_to) = (from.max(left), to.min(right));
            if same_size
                && (top..bottom).contains(&row)
                && seen_from < seen_to
                && let Some(values) = self.values.get(start + seen_from..start + seen_to)
                && let Some(pixels) = pixels.get_mut((start + seen_from) * 4..(start + seen_to) * 4)
            {
                for (value, pixel) in values.iter().zip(pixels.chunks_exact_mut(4)) {
                    blend(pixel, color, *value);
                }
            }
            if let Some(values) = self.values.get_mut(start + from..start + to) {
                values.fill(0);
            }
        }
        self.touched = (usize::MAX, 0);
    }

    fn touch(&mut self, row: usize, from: usize, to: usize) {
        if let Some(span) = self.rows.get_mut(row) {
            *span = (span.0.min(from), span.1.max(to));
        }
        self.touched = (self.touched.0.min(row), self.touched.1.max(row + 1));
    }
}

/// Lays a colour over a premultiplied pixel.
fn blend(pixel: &mut [u8], color: Rgba, coverage: u8) {
    let alpha = u32::from(coverage) * u32::from(color.3);
    if alpha == 0 {
        return;
    }
    // `alpha` runs to 255²; dividing once at the end keeps the rounding error under half a step.
    let rest = 255 * 255 - alpha;
    for (channel, over) in pixel.iter_mut().zip([color.0, color.1, color.2, 255]) {
        let sum = u32::from(over) * alpha + u32::from(*channel) * rest;
        *channel = u8::try_from((sum + 255 * 255 / 2) / (255 * 255)).unwrap_or(u8::MAX);
    }
}

/// Pixels whose centres lie between two positions, within `[0, size)`.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped first")]
fn pixel_range(low: f64, high: f64, size: usize) -> std::ops::Range<usize> {
    let clamp = |v: f64| v.clamp(0.0, size as f64) as usize;
    clamp((low - 0.5).ceil())..clamp((high - 0.5).floor() + 1.0)
}

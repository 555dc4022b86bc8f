//! Shaded relief: how much light falls on the ground, in a grid over Mercator.

use std::collections::HashMap;

use super::error::BasemapError;
use crate::{geo::MercatorExtent, units::Mercator};

/// Light on the ground, from a grid of 30 arc-seconds. Safe to share between threads.
#[derive(Debug)]
pub struct Relief {
    /// Side of a cell in unit Mercator.
    cell: f64,
    /// North-west corner of the first cell.
    corner: Mercator,
    /// Light of one stored step.
    unit: f32,
    /// The grid, then each time half as fine.
    levels: Vec<Level>,
}

#[derive(Debug)]
struct Level {
    columns: usize,
    rows: usize,
    /// Rows from the north; 128 is level ground.
    stored: Vec<u8>,
}

/// Light at evenly spaced points, for one zoom.
#[derive(Debug, Clone, PartialEq)]
pub struct ReliefGrid {
    /// The north-west point.
    pub first: Mercator,
    /// Between neighbours, in unit Mercator.
    pub step: f64,
    pub columns: usize,
    pub rows: usize,
    /// Light beyond that of level ground, from -0.71 to 0.29; rows from the north.
    pub light: Vec<f32>,
}

const LEVEL_GROUND: f32 = 128.0;
/// Towards its edge the relief fades into level ground, over this share of its smaller side.
const FADE: f64 = 0.06;
/// Closest that points may lie, in points of the screen: the eye sees no corners in between.
const CLOSEST_PT: f64 = 7.0;
/// Far more points than any screen or sheet asks for.
const MOST_POINTS: usize = 4_000_000;

impl Relief {
    /// Reads a grey PNG that says in its texts where it lies: `assets/README.md` tells how.
    ///
    /// # Errors
    /// When it is no such file, or is damaged.
    pub fn open(bytes: &[u8]) -> Result<Self, BasemapError> {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::IDENTITY);
        let mut reader = decoder.read_info()?;
        let info = reader.info();
        if (info.color_type, info.bit_depth) != (png::ColorType::Grayscale, png::BitDepth::Eight) {
            return Err(BasemapError::Relief("it is not grey"));
        }
        let texts: HashMap<&str, &str> = info
            .uncompressed_latin1_text
            .iter()
            .map(|text| (text.keyword.as_str(), text.text.as_str()))
            .collect();
        let number = |key: &str| {
            let value = texts.get(key).and_then(|text| text.parse::<f64>().ok());
            let usable = value.filter(|v| v.is_finite() && *v >= 0.0);
            usable.ok_or(BasemapError::Relief("it does not say where it lies"))
        };
        let cells = number("Cells-of-world")?;
        if cells < 1.0 {
            return Err(BasemapError::Relief("its cells have no size"));
        }
        let cell = 1.0 / cells;
        let corner = Mercator { x: number("First-column")? * cell, y: number("First-row")? * cell };
        #[expect(clippy::cast_possible_truncation, reason = "a small number")]
        let unit = number("Unit")? as f32;
        let pixels = |px: u32| usize::try_from(px).unwrap_or(0);
        let (columns, rows) = (pixels(info.width), pixels(info.height));
        let size = columns.checked_mul(rows).filter(|size| *size > 0 && *size <= MOST_POINTS);
        let size = size.ok_or(BasemapError::Relief("its size is impossible"))?;
        let mut stored = vec![0; size];
        reader.next_frame(&mut stored)?;
        let mut levels = vec![Level { columns, rows, stored }];
        while let Some(coarser) = levels.last().and_then(Level::halved) {
            levels.push(coarser);
        }
        Ok(Self { cell, corner, unit, levels })
    }

    /// Light within a box of unit Mercator at points that suit a zoom. Points stay where they are
    /// in the world whatever the box; `None` where nothing is known of it.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the box is cut to the grid before"
    )]
    pub fn grid(&self, zoom: f64, within: &MercatorExtent) -> Option<ReliefGrid> {
        let finest = self.levels.first()?;
        let end = Mercator {
            x: self.corner.x + finest.columns as f64 * self.cell,
            y: self.corner.y + finest.rows as f64 * self.cell,
        };
        let (from_x, to_x) = (within.min.x.max(self.corner.x), within.max.x.min(end.x));
        let (from_y, to_y) = (within.min.y.max(self.corner.y), within.max.y.min(end.y));
        if from_x >= to_x || from_y >= to_y || !zoom.is_finite() {
            return None;
        }
        // How often a cell is halved, or, below zero, how many make one.
        let cell_pt = 256.0 * zoom.exp2() * self.cell;
        let halvings = (cell_pt / CLOSEST_PT).log2().floor().clamp(-8.0, 8.0);
        let step = self.cell / halvings.exp2();
        let level = ((-halvings).max(0.0) as usize).min(self.levels.len() - 1);
        let index = |at: f64, corner: f64| (at - corner) / step;
        let first_column = index(from_x, self.corner.x).floor();
        let first_row = index(from_y, self.corner.y).floor();
        let columns = (index(to_x, self.corner.x).ceil() - first_column) as usize + 1;
        let rows = (index(to_y, self.corner.y).ceil() - first_row) as usize + 1;
        if columns.checked_mul(rows).is_none_or(|count| count > MOST_POINTS) {
            return None;
        }
        let first = Mercator {
            x: self.corner.x + first_column * step,
            y: self.corner.y + first_row * step,
        };
        let data = self.levels.get(level)?;
        let side = self.cell * (level as f64).exp2();
        // Which cells weigh how much is the same for all rows, and for all columns.
        let weights = |first: f64, corner: f64, count: usize, most: usize| -> Vec<Weights> {
            (0..count).map(|i| weights((first + i as f64 * step - corner) / side, most)).collect()
        };
        let across = weights(first.x, self.corner.x, columns, data.columns);
        let down = weights(first.y, self.corner.y, rows, data.rows);
        let width = FADE * (end.x - self.corner.x).min(end.y - self.corner.y);
        let shown =
            |at: f64, from: f64, to: f64| ((at - from).min(to - at) / width).clamp(0.0, 1.0) as f32;
        let mut light = Vec::with_capacity(columns * rows);
        for (j, (rows_of, row_weights)) in down.iter().enumerate() {
            let down = shown(first.y + j as f64 * step, self.corner.y, end.y);
            for (i, (columns_of, column_weights)) in across.iter().enumerate() {
                let share = down * shown(first.x + i as f64 * step, self.corner.x, end.x);
                let mut sum = 0.0;
                for (row, by_row) in rows_of.iter().zip(row_weights) {
                    let start = row * data.columns;
                    for (column, by_column) in columns_of.iter().zip(column_weights) {
                        let stored = data.stored.get(start + column).copied().unwrap_or(128);
                        sum += f32::from(stored) * by_row * by_column;
                    }
                }
                light.push((sum - LEVEL_GROUND) * self.unit * share);
            }
        }
        Some(ReliefGrid { first, step, columns, rows, light })
    }
}

/// Four neighbouring cells and what each counts.
type Weights = ([usize; 4], [f32; 4]);

/// The cubic B-spline around a place: smooth, so that no cell shows as a square.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the grid")]
fn weights(at: f64, most: usize) -> Weights {
    // Values belong to the middles of cells.
    let at = at - 0.5;
    let base = at.floor();
    let t = (at - base) as f32;
    let last = most.saturating_sub(1) as f64;
    let cell = |k: f64| (base + k).clamp(0.0, last) as usize;
    let s = 1.0 - t;
    let cubic = [
        s * s * s,
        3.0 * t * t * t - 6.0 * t * t + 4.0,
        3.0 * s * s * s - 6.0 * s * s + 4.0,
        t * t * t,
    ];
    ([-1.0, 0.0, 1.0, 2.0].map(cell), cubic.map(|w| w / 6.0))
}

impl Level {
    /// The mean of each two by two; `None` once there is too little left.
    fn halved(&self) -> Option<Self> {
        let (columns, rows) = (self.columns / 2, self.rows / 2);
        if columns < 16 || rows < 16 {
            return None;
        }
        let at = |row: usize, column: usize| {
            u16::from(self.stored.get(row * self.columns + column).copied().unwrap_or(128))
        };
        let mean = |row: usize, column: usize| {
            let sum = at(2 * row, 2 * column)
                + at(2 * row, 2 * column + 1)
                + at(2 * row + 1, 2 * column)
                + at(2 * row + 1, 2 * column + 1);
            u8::try_from((sum + 2) / 4).unwrap_or(u8::MAX)
        };
        let stored = (0..rows)
            .flat_map(|row| (0..columns).map(move |column| (row, column)))
            .collect::<Vec<_>>();
        let stored = stored.into_iter().map(|(row, column)| mean(row, column)).collect();
        Some(Self { columns, rows, stored })
    }
}

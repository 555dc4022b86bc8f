//! A scale bar that is true at the picture's centre.

use std::f64::consts::TAU;

use tiny_skia::PathBuilder;

use super::{
    fill::fill_path,
    furniture::{Corner, Surface},
    panel::Layout,
    text::{Align, TextStyle},
};
use crate::scene::draw::Viewport;

/// The words around the number, such as `约 `, ` km` and ` m`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScaleBar {
    pub prefix: String,
    pub kilometre: String,
    pub metre: String,
}

/// A round length and how long it is on the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScaleLength {
    pub length_m: f64,
    pub width_pt: f32,
}

/// The longest of 1, 2, 5 · 10ⁿ metres that fits into `max_width_pt` at the picture's centre.
/// `None` when the viewport shows nothing.
#[must_use]
pub fn scale_length(viewport: &Viewport, max_width_pt: f32) -> Option<ScaleLength> {
    let metres_per_point = metres_per_unit(viewport.center.y) / viewport.scale();
    let room_m = metres_per_point * f64::from(max_width_pt);
    if !room_m.is_finite() || room_m <= 0.0 {
        return None;
    }
    let power = 10_f64.powf(room_m.log10().floor());
    let step = [5.0, 2.0, 1.0].into_iter().find(|step| step * power <= room_m).unwrap_or(1.0);
    let length_m = step * power;
    #[expect(clippy::cast_possible_truncation, reason = "at most `max_width_pt`")]
    let width_pt = (length_m / metres_per_point) as f32;
    Some(ScaleLength { length_m, width_pt })
}

/// Ground metres per unit of Mercator x, at a Mercator y: along the parallel on the WGS-84
/// ellipsoid, of radius `N(φ) · cos φ`.
fn metres_per_unit(y: f64) -> f64 {
    const SEMI_MAJOR_M: f64 = 6_378_137.0;
    const ECCENTRICITY_SQUARED: f64 = 6.694_379_990_14e-3;
    let lat = (TAU * (0.5 - y)).sinh().atan();
    let normal_m = SEMI_MAJOR_M / (1.0 - ECCENTRICITY_SQUARED * lat.sin().powi(2)).sqrt();
    TAU * normal_m * lat.cos()
}

/// Paints the bar and its length.
pub fn paint_scale_bar(
    surface: &mut Surface,
    layout: &mut Layout,
    corner: Corner,
    bar: &ScaleBar,
    viewport: &Viewport,
) {
    const MAX_WIDTH_PT: f32 = 140.0;
    const TICK_PT: f32 = 5.0;
    const LINE_PT: f32 = 1.6;
    let Some(ScaleLength { length_m, width_pt }) = scale_length(viewport, MAX_WIDTH_PT) else {
        return;
    };
    let label = if length_m >= 1000.0 {
        format!("{}{}{}", bar.prefix, length_m / 1000.0, bar.kilometre)
    } else {
        format!("{}{}{}", bar.prefix, length_m, bar.metre)
    };
    let style = TextStyle::plain(12.0, surface.palette.ink);
    let label_width = surface.width_of(&label, &style);
    let panel = layout.place(corner, [width_pt + label_width + 34.0, 30.0]);
    panel.paint(surface);
    let (left, right, base) = (12.0, 12.0 + width_pt, 19.0);
    let half = LINE_PT / 2.0;
    let length = [left - half, base - half, width_pt + LINE_PT, LINE_PT];
    let ticks = [left, right].map(|x| [x - half, base - TICK_PT, LINE_PT, TICK_PT]);
    for bar in ticks.into_iter().chain([length]) {
        if let Some(rect) = panel.inner_rect(bar, surface) {
            fill_path(surface.pixmap, &PathBuilder::from_rect(rect), surface.palette.ink);
        }
    }
    surface.text(&label, panel.at(right + 10.0, 15.0), Align::Left, &style);
}

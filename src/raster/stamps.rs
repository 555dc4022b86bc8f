//! Many dots of one kind: painted once for each place within a pixel, then copied.

use tiny_skia::{FillRule, PathBuilder, Pixmap, PixmapRef, Transform};

use super::{clips::Window, paths::paint_of, pixmap::new_pixmap};
use crate::style::Rgba;

/// A dot stands on a quarter of a pixel.
const STEPS: usize = 4;
const LARGEST_PX: f32 = 256.0;

/// Discs over each other.
pub struct Stamps {
    discs: Vec<(f32, Rgba)>,
    side: u32,
    made: [Option<Pixmap>; STEPS * STEPS],
}

impl Stamps {
    /// `None` where nothing would be seen.
    pub fn new(discs: &[(f32, Rgba)], pixels_per_point: f32) -> Option<Self> {
        let discs: Vec<(f32, Rgba)> = discs
            .iter()
            .map(|(radius, color)| (radius * pixels_per_point, *color))
            .filter(|(radius, color)| *radius > 0.0 && *radius <= LARGEST_PX && color.3 > 0)
            .collect();
        let largest = discs.iter().map(|(radius, _)| *radius).fold(0.0, f32::max);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "bounded above"
        )]
        let side = (largest.ceil() as u32 + 1) * 2;
        (largest > 0.0).then_some(Self { discs, side, made: Default::default() })
    }

    /// The stamp for a centre in pixels and where its corner lies; `None` where it is not seen.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "near the picture, see below"
    )]
    pub fn at(&mut self, center: [f32; 2], shown: Window) -> Option<(PixmapRef<'_>, [i32; 2])> {
        let reach = self.side as f32;
        let near = center[0] > shown[0] as f32 - reach
            && center[1] > shown[1] as f32 - reach
            && center[0] < shown[2] as f32 + reach
            && center[1] < shown[3] as f32 + reach;
        if !near {
            return None;
        }
        let steps = STEPS as f32;
        let corner = center.map(|v| ((v - reach / 2.0) * steps).round() / steps);
        let whole = corner.map(f32::floor);
        let part = [0, 1].map(|i: usize| ((corner[i] - whole[i]) * steps) as usize % STEPS);
        let slot = self.made.get_mut(part[1] * STEPS + part[0])?;
        if slot.is_none() {
            let middle = part.map(|p| reach / 2.0 + p as f32 / steps);
            *slot = painted(&self.discs, self.side, middle);
        }
        Some((slot.as_ref()?.as_ref(), whole.map(|v| v as i32)))
    }
}

fn painted(discs: &[(f32, Rgba)], side: u32, [x, y]: [f32; 2]) -> Option<Pixmap> {
    let mut stamp = new_pixmap(side, side).ok()?;
    for (radius, color) in discs {
        if let Some(disc) = PathBuilder::from_circle(x, y, *radius) {
            let paint = paint_of(*color);
            stamp.fill_path(&disc, &paint, FillRule::Winding, Transform::identity(), None);
        }
    }
    Some(stamp)
}

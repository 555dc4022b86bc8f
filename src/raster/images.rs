//! Images on pixels.

use std::{collections::VecDeque, sync::Arc};

use tiny_skia::{
    FilterQuality, Mask, Paint, Pattern, Pixmap, PixmapMut, PremultipliedColorU8, Rect, SpreadMode,
    Transform,
};

use super::pixmap::new_pixmap;
use crate::paper::{BoxPt, ImageDrawing, Pixels};

/// Images that are kept as the rasteriser takes them: several parts of one tile follow each other.
const MOST_KEPT: usize = 8;

/// Images by their pixels.
#[derive(Default)]
pub struct Images {
    kept: VecDeque<(Arc<Pixels>, Pixmap)>,
}

impl Images {
    /// Paints an image; nothing where it has no place or no pixels.
    pub fn paint(
        &mut self,
        pixmap: &mut PixmapMut,
        image: &ImageDrawing,
        pixels_per_point: f32,
        mask: Option<&Mask>,
    ) {
        let part = BoxPt::new(image.part[0], image.part[1], image.part[2], image.part[3]);
        if !image.place.is_real() || !part.is_real() || !image.pixels.is_whole() {
            return;
        }
        let opacity = image.opacity.clamp(0.0, 1.0);
        let whole = image.whole_place();
        let Some(source) = self.pixmap(&image.pixels) else { return };
        let scale = [whole.width * pixels_per_point, whole.height * pixels_per_point];
        let scale = [scale[0] / source.width() as f32, scale[1] / source.height() as f32];
        let (halved, scale) = halved(source, scale);
        let source = halved.as_ref().unwrap_or(source);
        let place = Transform::from_row(
            scale[0],
            0.0,
            0.0,
            scale[1],
            whole.left * pixels_per_point,
            whole.top * pixels_per_point,
        );
        // Whole pixels: neighbours join without a seam.
        let edge = |v: f32| (v * pixels_per_point).round();
        let BoxPt { left, top, .. } = image.place;
        let (right, bottom) = (image.place.right(), image.place.bottom());
        let Some(rect) = Rect::from_ltrb(edge(left), edge(top), edge(right), edge(bottom)) else {
            return;
        };
        let pattern =
            Pattern::new(source.as_ref(), SpreadMode::Pad, FilterQuality::Bilinear, opacity, place);
        let paint = Paint { shader: pattern, anti_alias: false, ..Paint::default() };
        pixmap.fill_rect(rect, &paint, Transform::identity(), mask);
    }

    fn pixmap(&mut self, pixels: &Arc<Pixels>) -> Option<&Pixmap> {
        let known = self.kept.iter().position(|(kept, _)| Arc::ptr_eq(kept, pixels));
        let known = if let Some(known) = known {
            known
        } else {
            if self.kept.len() >= MOST_KEPT {
                self.kept.pop_front();
            }
            self.kept.push_back((pixels.clone(), premultiplied(pixels)?));
            self.kept.len() - 1
        };
        self.kept.get(known).map(|(_, pixmap)| pixmap)
    }
}

fn premultiplied(pixels: &Pixels) -> Option<Pixmap> {
    let mut pixmap = new_pixmap(pixels.width_px, pixels.height_px).ok()?;
    for (to, from) in pixmap.pixels_mut().iter_mut().zip(pixels.rgba.chunks_exact(4)) {
        if let [r, g, b, a] = *from {
            *to = tiny_skia::ColorU8::from_rgba(r, g, b, a).premultiply();
        }
    }
    Some(pixmap)
}

/// The image at half its size, and again, until it is shrunk to no less than a half: four
/// neighbours are all that is looked at for one pixel.
fn halved(source: &Pixmap, mut scale: [f32; 2]) -> (Option<Pixmap>, [f32; 2]) {
    let mut small: Option<Pixmap> = None;
    while scale.iter().all(|v| *v <= 0.5) {
        let Some(next) = half(small.as_ref().unwrap_or(source)) else { break };
        let from = small.as_ref().unwrap_or(source);
        scale[0] *= from.width() as f32 / next.width() as f32;
        scale[1] *= from.height() as f32 / next.height() as f32;
        small = Some(next);
    }
    (small, scale)
}

fn half(source: &Pixmap) -> Option<Pixmap> {
    let (width, height) = (source.width() / 2, source.height() / 2);
    let mut half = new_pixmap(width, height).ok()?;
    let mut to = half.pixels_mut().iter_mut();
    for y in 0..height {
        for x in 0..width {
            let four = [(0, 0), (1, 0), (0, 1), (1, 1)]
                .map(|(dx, dy)| source.pixel(2 * x + dx, 2 * y + dy));
            let mean = |channel: fn(PremultipliedColorU8) -> u8| {
                let sum: u16 = four.iter().flatten().map(|p| u16::from(channel(*p))).sum();
                u8::try_from((sum + 2) / 4).unwrap_or(u8::MAX)
            };
            let alpha = mean(PremultipliedColorU8::alpha);
            let [r, g, b] = [
                PremultipliedColorU8::red as fn(PremultipliedColorU8) -> u8,
                PremultipliedColorU8::green,
                PremultipliedColorU8::blue,
            ]
            .map(|channel| mean(channel).min(alpha));
            *to.next()? = PremultipliedColorU8::from_rgba(r, g, b, alpha)?;
        }
    }
    Some(half)
}

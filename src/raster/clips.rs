//! The boxes inside which something is seen.

use tiny_skia::{FillRule, Mask, PathBuilder, Rect, Transform};

/// Columns and rows of pixels: from left and top to before right and bottom.
pub type Window = [u32; 4];

/// Boxes within boxes, in whole pixels: the edge of a map is sharp.
pub struct Clips {
    size: [u32; 2],
    boxes: Vec<Clip>,
}

struct Clip {
    shown: Window,
    /// `None` where everything is shown.
    mask: Option<Mask>,
}

impl Clips {
    pub fn new(width: u32, height: u32) -> Self {
        Self { size: [width, height], boxes: Vec::new() }
    }

    /// Only what lies in a box, left, top, right, bottom, and in those around it; nothing for `None`.
    pub fn push(&mut self, place: Option<[f32; 4]>) {
        let around = self.shown();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "saturating is right here"
        )]
        let shown = place.map_or([0; 4], |[left, top, right, bottom]| {
            let [left, top, right, bottom] =
                [left, top, right, bottom].map(|v| v.round().max(0.0) as u32);
            let (left, top) = (left.max(around[0]), top.max(around[1]));
            [left, top, right.min(around[2]).max(left), bottom.min(around[3]).max(top)]
        });
        let mask = if shown == self.whole() { None } else { self.make_mask(shown) };
        self.boxes.push(Clip { shown, mask });
    }

    pub fn pop(&mut self) {
        self.boxes.pop();
    }

    /// What is seen.
    pub fn shown(&self) -> Window {
        self.boxes.last().map_or(self.whole(), |clip| clip.shown)
    }

    /// Whether nothing is seen.
    pub fn is_shut(&self) -> bool {
        let [left, top, right, bottom] = self.shown();
        left >= right || top >= bottom
    }

    pub fn mask(&self) -> Option<&Mask> {
        self.boxes.last()?.mask.as_ref()
    }

    fn whole(&self) -> Window {
        [0, 0, self.size[0], self.size[1]]
    }

    fn make_mask(&self, [left, top, right, bottom]: Window) -> Option<Mask> {
        let mut mask = Mask::new(self.size[0], self.size[1])?;
        let [left, top, right, bottom] = [left, top, right, bottom].map(|v| v as f32);
        if let Some(rect) = Rect::from_ltrb(left, top, right, bottom) {
            let path = PathBuilder::from_rect(rect);
            mask.fill_path(&path, FillRule::Winding, false, Transform::identity());
        }
        Some(mask)
    }
}

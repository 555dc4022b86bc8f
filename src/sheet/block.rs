//! A piece of furniture that is laid out but has no place yet.

use crate::{
    paper::{BoxPt, Item, Placing, RectDrawing, Subject},
    style::Rgba,
};

/// Items whose positions count from the block's own top left corner, and the room they take.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// What it is, as a [`Subject`] names it.
    pub name: &'static str,
    pub size_pt: [f32; 2],
    pub items: Vec<Item>,
}

impl Block {
    /// A block with nothing in it.
    pub const fn empty(name: &'static str) -> Self {
        Self { name, size_pt: [0.0, 0.0], items: Vec::new() }
    }

    /// Its place with its top left corner at a point.
    #[must_use]
    pub const fn place(&self, [left, top]: [f32; 2]) -> BoxPt {
        BoxPt::new(left, top, self.size_pt[0], self.size_pt[1])
    }

    /// Its items with its top left corner at a point, as one that stands for it.
    #[must_use]
    pub fn at(self, left_top: [f32; 2]) -> Item {
        Item::of(Subject::Furniture(self.name), Placing::moved(left_top).of(self.items))
    }

    /// The block with room around it: at its sides, and above and below.
    #[must_use]
    pub fn padded(self, [sides, ends]: [f32; 2]) -> Self {
        Self {
            name: self.name,
            size_pt: [self.size_pt[0] + 2.0 * sides, self.size_pt[1] + 2.0 * ends],
            items: Placing::moved([sides, ends]).of(self.items),
        }
    }

    /// The block on a ground of its own size.
    #[must_use]
    pub fn grounded(mut self, ground: &Ground) -> Self {
        let whole = self.place([0.0, 0.0]);
        let filled = |reach: f32, fill| -> Item {
            let place =
                BoxPt::new(-reach, -reach, whole.width + 2.0 * reach, whole.height + 2.0 * reach);
            RectDrawing::filled(place, fill).rounded(ground.corner_pt + reach).into()
        };
        let mut items = Vec::with_capacity(self.items.len() + 2);
        items.extend(ground.rim.map(|(color, reach_pt)| filled(reach_pt, color)));
        items.push(filled(0.0, ground.fill));
        items.append(&mut self.items);
        Self { items, ..self }
    }
}

/// What a block lies on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ground {
    pub fill: Rgba,
    pub corner_pt: f32,
    /// Colour of a hairline around it, and how far it reaches out.
    pub rim: Option<(Rgba, f32)>,
}

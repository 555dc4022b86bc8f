//! What is laid out once and painted in many frames: measuring words costs more than painting them.

use std::sync::Arc;

use egui::{Id, Painter, Pos2, Rect, Ui};

use super::paper_canvas::PaperCanvas;
use crate::{
    font::Fonts,
    paper::{Item, paint},
    sheet::Block,
};

/// Furniture ready to be painted.
#[derive(Debug)]
pub struct LaidOut {
    pub size_pt: [f32; 2],
    item: Item,
}

impl LaidOut {
    pub fn new(block: Block) -> Self {
        Self { size_pt: block.size_pt, item: block.at([0.0; 2]) }
    }

    /// Paints it with its top left corner at a point, and says where it stands.
    pub fn put(&self, painter: Painter, corner: Pos2, fonts: &Fonts) -> Rect {
        let mut canvas = PaperCanvas::new(painter, corner, fonts);
        paint(std::slice::from_ref(&self.item), &mut canvas);
        Rect::from_min_size(corner, self.size_pt.into())
    }
}

/// What was made for a key, made anew where that was another.
pub fn kept<K, T>(ui: &Ui, name: &str, key: K, lay_out: impl FnOnce(&K) -> T) -> Arc<(K, T)>
where
    K: PartialEq + Send + Sync + 'static,
    T: Send + Sync + 'static,
{
    let id = Id::unique(name);
    let known = ui.data(|d| d.get_temp::<Arc<(K, T)>>(id)).filter(|known| known.0 == key);
    known.unwrap_or_else(|| {
        let laid_out = lay_out(&key);
        let made = Arc::new((key, laid_out));
        ui.data_mut(|d| d.insert_temp(id, made.clone()));
        made
    })
}

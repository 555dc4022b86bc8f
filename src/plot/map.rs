//! A whole map.

use super::{FeatureLayer, Frame, basemap, feature_layer, ground, labels, shapes};
use crate::{
    basemap::{Basemap, BasemapError},
    font::Fonts,
    paper::{BoxPt, Drawing, ImageDrawing, Item, RectDrawing, Subject},
    scene::{DrawList, Viewport},
    style::MapPalette,
};

/// Everything that makes up a map.
#[derive(Debug, Clone, Copy)]
pub struct Map<'a> {
    pub viewport: Viewport,
    pub palette: &'a MapPalette,
    pub fonts: &'a Fonts,
    /// `None` leaves the plain ground.
    pub basemap: Option<&'a Basemap>,
    /// Tiles of a basemap from outside, over the embedded one; positions are points from the map's
    /// top left corner.
    pub tiles: &'a [ImageDrawing],
    /// Layers of the user's own, from the ground up.
    pub layers: &'a [FeatureLayer],
    pub draw_list: &'a DrawList,
}

impl Map<'_> {
    /// The map with its top left corner at a place of the paper, cut to its frame.
    ///
    /// # Errors
    /// When a tile of the basemap is damaged.
    pub fn items(&self, at_pt: [f32; 2]) -> Result<Item, BasemapError> {
        let place = BoxPt::new(at_pt[0], at_pt[1], self.viewport.width_pt, self.viewport.height_pt);
        let Some(frame) = Frame::new(&self.viewport, at_pt) else {
            // A view that shows nothing has its ground all the same.
            let ground = RectDrawing::filled(place, self.palette.ground);
            return Ok(Item::clip(place, vec![Item::of(Subject::Basemap("ground"), ground)]));
        };
        let mut items = vec![ground(&frame, self.palette)];
        if let Some(embedded) = self.basemap {
            let (layers, failed) = basemap(&frame, embedded, self.palette);
            if let Some(error) = failed {
                return Err(error);
            }
            items.extend(layers);
        }
        if !self.tiles.is_empty() {
            let tiles = self.tiles.iter().map(|tile| Item::from(moved(tile, at_pt))).collect();
            items.push(Item::of(Subject::Tiles, Drawing::Group(tiles)));
        }
        items.extend(self.layers.iter().map(|layer| feature_layer(layer, at_pt)));
        items.extend(shapes(&frame, &self.draw_list.shapes, self.fonts, self.palette));
        if !self.draw_list.labels.is_empty() {
            let labels = labels(&self.draw_list.labels, at_pt, self.fonts);
            items.push(Item::of(Subject::Labels, Drawing::Group(labels)));
        }
        Ok(Item::clip(place, items))
    }
}

fn moved(tile: &ImageDrawing, [x, y]: [f32; 2]) -> ImageDrawing {
    let place = BoxPt { left: tile.place.left + x, top: tile.place.top + y, ..tile.place };
    ImageDrawing { place, ..tile.clone() }
}

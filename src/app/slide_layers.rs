//! The user's layers on a slide: those that its view showed.

use super::{LayerKey, OpenLayer, State};
use crate::catalogue::{Filter, Slide};

impl State {
    /// The slide on the wall.
    pub fn slide_on_wall(&self) -> Option<&Slide> {
        self.tour.and_then(|tour| self.decks.shown.get(tour.slide))
    }

    /// Whether a layer is to be seen: as the user has it; on a slide that was made of a view as that
    /// had it. What the workbook does not keep is on every slide as at the desk.
    pub fn draws_layer(&self, key: LayerKey, layer: &OpenLayer) -> bool {
        let seen = self.slide_on_wall().and_then(|slide| slide.seen.as_ref());
        match seen.zip(self.layer_record(key)) {
            Some((seen, own)) => seen.layers.contains(&own.id),
            None => layer.visible,
        }
    }

    /// Ids of the workbook's layers that are to be seen, from the ground up.
    pub fn shown_layers(&self) -> Vec<String> {
        let layers = self.layers_from_ground().into_iter().filter(|(_, layer)| layer.visible);
        layers.filter_map(|(key, _)| Some(self.layer_record(key)?.id.clone())).collect()
    }

    /// What layers are asked for: by the filter; on a slide by its own.
    pub fn layer_question(&self) -> Filter {
        match self.slide_on_wall() {
            Some(slide) => {
                slide.seen.as_ref().map(|seen| seen.filter.of_features()).unwrap_or_default()
            }
            None => self.filter.of_features(),
        }
    }
}

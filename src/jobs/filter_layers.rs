//! What a filter lets pass of the user's layers.

use std::sync::Arc;

use super::Services;
use crate::{
    app::{
        Action, Cancel,
        job::LayerToFilter,
        open_layers::{Passed, Snapshot},
    },
    catalogue::{Filter, Outline, OutlineRing},
    geo::mercator,
    layer::{Bits, PreparedPolygon, select},
    units::Mercator,
};

impl Services {
    /// What the filter lets pass of layers; `None` when it was told to stop.
    pub fn filter_layers(
        &self,
        request: u64,
        layers: Vec<LayerToFilter>,
        filter: &Filter,
        cancel: &Cancel,
    ) -> Option<Action> {
        // Layer by layer it is asked whether anybody still waits.
        let mut passed = Vec::with_capacity(layers.len());
        for layer in layers {
            if cancel.is_stopped() {
                return None;
            }
            passed.extend(self.passed(vec![layer], filter));
        }
        (!cancel.is_stopped()).then_some(Action::LayersFiltered { request, passed })
    }

    /// The rows of each layer, by file and place in it.
    pub(super) fn passed(
        &self,
        layers: Vec<LayerToFilter>,
        filter: &Filter,
    ) -> Vec<(u64, usize, Passed)> {
        let codes: Vec<&str> = filter.counties.iter().map(String::as_str).collect();
        let boxed = filter.extent.map(Outline::from);
        let outlines: Vec<Vec<PreparedPolygon>> =
            filter.polygon.iter().chain(&boxed).map(prepared).collect();
        layers
            .into_iter()
            .map(|LayerToFilter { file, layer: i, data: Snapshot(layer), condition }| {
                let mut rows = select(&layer, &self.counties, &codes, None);
                for parts in &outlines {
                    let none = layer.chunks.iter().map(|chunk| Bits::none(chunk.shapes.len()));
                    let inside = parts.iter().fold(none.collect::<Vec<_>>(), |mut all, part| {
                        let own = select(&layer, &self.counties, &[], Some(part));
                        all.iter_mut().zip(&own).for_each(|(all, own)| all.unite(own));
                        all
                    });
                    rows.iter_mut().zip(&inside).for_each(|(rows, own)| rows.intersect(own));
                }
                if let Some(condition) = &condition {
                    let own = layer.rows_where(condition);
                    rows.iter_mut().zip(&own).for_each(|(rows, own)| rows.intersect(own));
                }
                let count = rows.iter().map(Bits::count).sum();
                (file, i, Passed { rows: Arc::new(rows), count })
            })
            .collect()
    }
}

/// The parts of an outline in the plane, each with its holes.
fn prepared(outline: &Outline) -> Vec<PreparedPolygon> {
    let in_plane = |ring: &OutlineRing| ring.iter().map(|p| mercator::from_lon_lat(*p)).collect();
    let parts = outline.parts.iter();
    parts
        .map(|part| {
            let rings: Vec<Vec<Mercator>> = part.iter().map(in_plane).collect();
            PreparedPolygon::new(rings.iter().map(Vec::as_slice))
        })
        .collect()
}

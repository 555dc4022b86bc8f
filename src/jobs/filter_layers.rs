//! What a filter lets pass of the user's layers.

use std::sync::Arc;

use super::Services;
use crate::{
    app::{
        Action,
        open_layers::{Passed, Snapshot},
    },
    catalogue::Filter,
    geo::mercator,
    layer::{Bits, PreparedPolygon, select},
    units::{Extent, Mercator},
};

impl Services {
    /// What the filter lets pass of layers.
    pub fn filter_layers(
        &self,
        request: u64,
        layers: Vec<(u64, usize, Snapshot)>,
        filter: &Filter,
    ) -> Action {
        Action::LayersFiltered { request, passed: self.passed(layers, filter) }
    }

    /// The rows of each layer, by file and place in it.
    pub(super) fn passed(
        &self,
        layers: Vec<(u64, usize, Snapshot)>,
        filter: &Filter,
    ) -> Vec<(u64, usize, Passed)> {
        let codes: Vec<&str> = filter.counties.iter().map(String::as_str).collect();
        let drawn = filter.polygon.clone().or_else(|| filter.extent.map(Extent::ring));
        let ring: Option<Vec<Mercator>> =
            drawn.map(|p| p.iter().map(|p| mercator::from_lon_lat(*p)).collect());
        let polygon = ring.as_ref().map(|ring| PreparedPolygon::new([ring.as_slice()]));
        layers
            .into_iter()
            .map(|(file, i, Snapshot(layer))| {
                let rows = select(&layer, &self.counties, &codes, polygon.as_ref());
                let count = rows.iter().map(Bits::count).sum();
                (file, i, Passed { rows: Arc::new(rows), count })
            })
            .collect()
    }
}

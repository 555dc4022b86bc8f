//! What of the user's layers lies under the pointer.

use crate::{
    app::{FeatureRef, State},
    layer::{Kind, pick::nearest},
    scene::Viewport,
};

/// Reach of the pointer beyond the symbol, in points.
const REACH_PT: f64 = 5.0;

/// The feature under a position of the map: of the uppermost layer that has one there.
pub fn under(state: &State, viewport: &Viewport, at_pt: [f32; 2]) -> Option<FeatureRef> {
    let at = viewport.to_mercator(at_pt);
    let reach = REACH_PT / viewport.scale();
    let mut area = None;
    for file in state.files.iter().rev() {
        for (i, layer) in file.layers.iter().enumerate().rev().filter(|(_, l)| l.visible) {
            let rows = layer.passed.as_ref().map(|passed| passed.rows.as_slice());
            let Some(near) = nearest(&layer.data.0, rows, at, reach) else { continue };
            let found = FeatureRef { file: file.id, layer: i, chunk: near.chunk, row: near.row };
            // A point or a line of a lower layer counts more than an area over it.
            if near.kind != Kind::Area {
                return Some(found);
            }
            area = area.or(Some(found));
        }
    }
    area
}

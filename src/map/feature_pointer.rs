//! What of the user's layers lies under the pointer.

use crate::{
    app::{FeatureRef, State},
    layer::{Kind, pick::all_near},
    scene::Viewport,
};

/// Reach of the pointer beyond the symbol, in points.
const REACH_PT: f64 = 5.0;
/// More than these are not listed; the list says so.
pub const MOST: usize = 10_000;

/// The features under a position of the map, those of upper layers first; areas come after points and
/// lines of lower layers.
pub fn under(state: &State, viewport: &Viewport, at_pt: [f32; 2]) -> Vec<FeatureRef> {
    let at = viewport.to_mercator(at_pt);
    let reach = REACH_PT / viewport.scale();
    let (mut found, mut areas) = (Vec::new(), Vec::new());
    // What lies on top first; what is not seen is not pointed at.
    let layers = state.layers_from_ground().into_iter().rev();
    for ((file, i), layer) in layers.filter(|(_, own)| own.visible && own.dress.is_seen(viewport)) {
        let rows = layer.passed.as_ref().map(|passed| passed.rows.as_slice());
        for near in all_near(&layer.data.0, rows, at, reach) {
            let is_area = matches!(near.kind, Kind::Area | Kind::Mixed);
            let into = if is_area { &mut areas } else { &mut found };
            into.push(FeatureRef { file, layer: i, chunk: near.chunk, row: near.row });
        }
    }
    found.append(&mut areas);
    found.truncate(MOST);
    found
}

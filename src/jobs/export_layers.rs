//! The user's layers as an exported picture shows them.

use crate::{
    app::{OpenLayer, State},
    layer::visible::{self, visible},
    raster::FeatureLayer,
    scene::Viewport,
    style::{MapPalette, layer_color},
};

/// What of the layers that are shown lies in a view, filtered as on the map.
pub fn in_picture(state: &State, view: &Viewport, pixels_per_point: f32) -> Vec<FeatureLayer> {
    let shown = state.files.iter().flat_map(|file| &file.layers).filter(|layer| layer.visible);
    shown
        .map(|layer| one(state, layer, view, pixels_per_point))
        .filter(|layer| {
            !(layer.points.is_empty() && layer.segments.is_empty() && layer.triangles.is_empty())
        })
        .collect()
}

fn one(state: &State, layer: &OpenLayer, view: &Viewport, pixels_per_point: f32) -> FeatureLayer {
    let sizes = visible::sizes(layer.data.0.len(), view.zoom);
    let frame = visible::Frame {
        center: view.center,
        scale: view.scale(),
        extent: view.extent(),
        datum: view.datum,
        pixels_per_point,
    };
    let rows = layer.passed.as_ref().map(|passed| passed.rows.as_slice());
    let chosen = visible(&layer.data.0, rows, &frame, sizes);
    let (x, y) = (view.width_pt / 2.0, view.height_pt / 2.0);
    FeatureLayer {
        name: layer.data.0.name.clone(),
        points: chosen.points.iter().map(|p| [p[0] + x, p[1] + y]).collect(),
        segments: chosen
            .segments
            .iter()
            .map(|s| [s[0] + x, s[1] + y, s[2] + x, s[3] + y])
            .collect(),
        triangles: chosen.triangles.iter().map(|p| [p[0] + x, p[1] + y]).collect(),
        color: layer_color(layer.color, state.settings.mode),
        casing: MapPalette::of(state.settings.mode).halo,
        point_radius_pt: sizes.point_radius_pt,
        line_width_pt: sizes.line_width_pt,
    }
}

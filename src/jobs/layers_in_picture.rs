//! The user's layers as a picture shows them.

use crate::{
    app::export::LayerOrder,
    layer::visible::{self, sizes, visible},
    plot::FeatureLayer,
    scene::Viewport,
    style::{MapPalette, Mode, layer_color},
};

/// What of the layers lies in a view, filtered as on the map. A layer without anything there is
/// left out.
pub fn layers_in_picture(
    layers: &[LayerOrder],
    mode: Mode,
    view: &Viewport,
    pixels_per_point: f32,
) -> Vec<FeatureLayer> {
    layers
        .iter()
        .map(|layer| one(layer, mode, view, pixels_per_point))
        .filter(|layer| {
            !(layer.points.is_empty() && layer.segments.is_empty() && layer.triangles.is_empty())
        })
        .collect()
}

fn one(layer: &LayerOrder, mode: Mode, view: &Viewport, pixels_per_point: f32) -> FeatureLayer {
    let data = &layer.data.0;
    let sizes = sizes(data.len(), view.zoom);
    let frame = visible::Frame {
        center: view.center,
        scale: view.scale(),
        extent: view.extent(),
        datum: view.datum,
        pixels_per_point,
    };
    let rows = layer.passed.as_ref().map(|passed| passed.rows.as_slice());
    let chosen = visible(data, rows, &frame, sizes);
    let (x, y) = (view.width_pt / 2.0, view.height_pt / 2.0);
    FeatureLayer {
        name: data.name.clone(),
        points: chosen.points.iter().map(|p| [p[0] + x, p[1] + y]).collect(),
        segments: chosen
            .segments
            .iter()
            .map(|s| [s[0] + x, s[1] + y, s[2] + x, s[3] + y])
            .collect(),
        triangles: chosen.triangles.iter().map(|p| [p[0] + x, p[1] + y]).collect(),
        color: layer_color(layer.color, mode),
        casing: MapPalette::of(mode).halo,
        point_radius_pt: sizes.point_radius_pt,
        line_width_pt: sizes.line_width_pt,
    }
}

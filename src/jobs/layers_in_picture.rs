//! The user's layers as a picture shows them.

use crate::{
    app::{Language, export::LayerOrder},
    layer::{
        spots::spots,
        visible::{self, Sizes},
    },
    plot::FeatureLayer,
    scene::{
        Viewport,
        layer_labels::{Named, layer_labels},
    },
    style::Mode,
};

/// What of the layers lies in a view, filtered and dressed as on the map. A layer without anything
/// there, or that is not seen at its scale, is left out.
pub fn layers_in_picture(
    layers: &[LayerOrder],
    mode: Mode,
    language: Language,
    view: &Viewport,
    pixels_per_point: f32,
) -> Vec<FeatureLayer> {
    layers
        .iter()
        .filter(|layer| layer.dress.is_seen(view))
        .map(|layer| one(layer, mode, language, view, pixels_per_point))
        .filter(|layer| !layer.is_empty())
        .collect()
}

fn one(
    layer: &LayerOrder,
    mode: Mode,
    language: Language,
    view: &Viewport,
    pixels_per_point: f32,
) -> FeatureLayer {
    let (data, dress) = (&layer.data.0, &layer.dress);
    let look = dress.look(data.len(), mode, view.zoom);
    let frame = visible::Frame {
        center: view.center,
        scale: view.scale(),
        extent: view.extent(),
        datum: view.datum,
        pixels_per_point,
    };
    let sizes = Sizes { point_radius_pt: look.point_radius_pt, line_width_pt: look.line_width_pt };
    let rows = layer.passed.as_ref().map(|passed| passed.rows.as_slice());
    let chosen = dress.told_apart().choose(data, rows, &frame, sizes);
    let (x, y) = (view.width_pt / 2.0, view.height_pt / 2.0);
    let template = dress.style.template(&data.fields);
    let spots = template.map(|template| spots(data, rows, &template, &frame)).unwrap_or_default();
    let named = spots.iter().map(|spot| Named {
        at_pt: [spot.at_pt[0] + x, spot.at_pt[1] + y],
        text: &spot.text,
        radius_pt: spot.is_point.then_some(look.point_radius_pt),
    });
    FeatureLayer {
        name: data.name.clone(),
        points: chosen.points.iter().map(|p| [p[0] + x, p[1] + y]).collect(),
        segments: chosen
            .segments
            .iter()
            .map(|s| [s[0] + x, s[1] + y, s[2] + x, s[3] + y])
            .collect(),
        triangles: chosen.triangles.iter().map(|p| [p[0] + x, p[1] + y]).collect(),
        point_classes: chosen.point_classes,
        segment_classes: chosen.segment_classes,
        triangle_classes: chosen.triangle_classes,
        classes: dress.legend(&look, language),
        names: layer_labels(named, dress.label_style(mode, 1.0)),
        look,
    }
}

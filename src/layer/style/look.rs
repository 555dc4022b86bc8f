//! A style resolved: which colours and sizes it has in a mode and at a zoom.

use super::{Classes, Hex, LayerStyle, Meaning, Rule};
use crate::{
    layer::frame::sizes,
    style::{
        MOST_CLASSES, MapPalette, Marker, Mode, Rgba, SymbolLook, category_color, layer_color,
        no_class,
    },
};

/// Sizes hardly depend on the zoom; a legend that is made before its map has those of this one.
pub const SEEN_FROM_AFAR: f64 = 10.0;

/// The look of a layer of so many features. `auto` is its place among the colours of layers;
/// without classes everything has the first colour.
pub fn look(
    style: &LayerStyle,
    classes: Option<&Classes>,
    auto: usize,
    features: usize,
    mode: Mode,
    zoom: f64,
) -> SymbolLook {
    let usual = sizes(features, zoom);
    let symbol = &style.symbol;
    let opacity = if style.opacity.is_finite() { style.opacity.clamp(0.0, 1.0) } else { 1.0 };
    let seen = |color: Rgba| color.faded(opacity);
    let own = |hex: Option<Hex>| hex.map(|Hex(color)| color);
    let within = |size: Option<f32>, range: std::ops::RangeInclusive<f32>| {
        size.filter(|size| size.is_finite()).map(|size| size.clamp(*range.start(), *range.end()))
    };
    let color = own(symbol.color).unwrap_or_else(|| layer_color(auto, mode));
    let colors = match (&style.rule, classes) {
        (Rule::One, _) | (_, None) => vec![color],
        (rule, Some(classes)) => class_colors(rule, classes, style, mode),
    };
    let outline = own(symbol.outline);
    let marker: Marker = symbol.marker;
    SymbolLook {
        colors: colors.into_iter().map(seen).collect(),
        fill_share: if symbol.fill_share.is_finite() {
            symbol.fill_share.clamp(0.0, 1.0)
        } else {
            SymbolLook::FILL_SHARE
        },
        outline: outline.map(seen),
        casing: seen(outline.unwrap_or_else(|| MapPalette::of(mode).halo)),
        casing_pt: SymbolLook::CASING_PT,
        marker,
        point_radius_pt: within(symbol.point_radius_pt, 0.8..=24.0)
            .unwrap_or(usual.point_radius_pt),
        line_width_pt: within(symbol.line_width_pt, 0.2..=16.0).unwrap_or(usual.line_width_pt),
    }
}

fn class_colors(rule: &Rule, classes: &Classes, style: &LayerStyle, mode: Mode) -> Vec<Rgba> {
    let ranges =
        classes.items.iter().filter(|item| matches!(item.meaning, Meaning::Range { .. })).count();
    let mut ramp = match rule {
        Rule::Graduated { ramp, .. } => ramp.colors(ranges, mode),
        _ => Vec::new(),
    };
    if matches!(rule, Rule::Graduated { reversed: true, .. }) {
        ramp.reverse();
    }
    let items = classes.items.iter().take(MOST_CLASSES).enumerate();
    items
        .map(|(i, item)| {
            if let Some(Hex(own)) = style.colors.get(&item.meaning.key(i)) {
                return *own;
            }
            match item.meaning {
                Meaning::Value(_) => category_color(i, mode),
                Meaning::Range { .. } => ramp.get(i).copied().unwrap_or_else(|| no_class(mode)),
                Meaning::Others(_) => no_class(mode),
                // Hardly there: what has no value says nothing.
                Meaning::Missing => no_class(mode).faded(0.6),
            }
        })
        .collect()
}

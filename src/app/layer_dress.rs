//! How a layer of the user's is dressed: its style with what was found out for it.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::{
    Language, text,
    told_apart::{SharedClasses, ToldApart},
};
use crate::{
    layer::{
        Layer,
        style::{Class, Classes, Hex, LayerStyle, Meaning, Rule, look},
    },
    scene::{LabelStyle, Viewport, legend::LayerLook},
    sheet::scale::{METRES_PER_POINT, metres_per_point},
    style::{MapPalette, Mode, Rgba, SymbolLook},
    tr,
};

/// A style with its classes, as far as they are known.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Dress {
    /// Position among the colours of layers.
    pub color: usize,
    pub style: Arc<LayerStyle>,
    /// `None` for one symbol, and until they are calculated.
    pub classes: Option<SharedClasses>,
}

impl Dress {
    /// The look of a layer of so many features.
    pub fn look(&self, features: usize, mode: Mode, zoom: f64) -> SymbolLook {
        look(&self.style, self.classes(), self.color, features, mode, zoom)
    }

    /// The look of what was chosen earlier, told apart otherwise perhaps: until its classes are drawn
    /// everything has the colour of the plain symbol, never that of the first class.
    pub fn look_of_drawn(
        &self,
        drawn: Option<&ToldApart>,
        features: usize,
        mode: Mode,
        zoom: f64,
    ) -> SymbolLook {
        let classes = match drawn {
            Some(ToldApart::Classes(own)) => Some(&*own.0),
            Some(_) => None,
            None => self.classes(),
        };
        look(&self.style, classes, self.color, features, mode, zoom)
    }

    pub fn classes(&self) -> Option<&Classes> {
        self.classes.as_ref().map(|shared| &*shared.0)
    }

    /// Whether the layer is seen at a view's scale.
    pub fn is_seen(&self, viewport: &Viewport) -> bool {
        let metres = metres_per_point(viewport);
        self.style.opacity > 0.0
            && metres.is_none_or(|metres| self.style.scales.hold(metres / METRES_PER_POINT))
    }

    /// The words of the classes that have any feature, each with its place among them; nothing for
    /// one symbol.
    pub fn class_words(&self, language: Language) -> Vec<(usize, String)> {
        let classes = self.classes().filter(|_| self.style.rule != Rule::One);
        let Some(classes) = classes else { return Vec::new() };
        let decimals = decimals(&classes.items);
        let shown = classes.items.iter().enumerate().filter(|(_, item)| item.count > 0);
        shown.map(|(i, item)| (i, words(&item.meaning, decimals, language))).collect()
    }

    /// What the legend says under the layer's name: the words of classes with their colours.
    pub fn legend(&self, look: &SymbolLook, language: Language) -> Vec<(String, Rgba)> {
        let words = self.class_words(language).into_iter();
        words.map(|(i, words)| (words, look.color(u8::try_from(i).unwrap_or_default()))).collect()
    }
}

/// The fewest and the most points of a name on the map.
const LABEL_PT: std::ops::RangeInclusive<f32> = 6.0..=48.0;

impl Dress {
    /// How the names of its features are written, `factor` times as large.
    pub fn label_style(&self, mode: Mode, factor: f32) -> LabelStyle {
        let (labels, palette) = (&self.style.labels, MapPalette::of(mode));
        let size = if labels.size_pt.is_finite() { labels.size_pt } else { 12.0 };
        LabelStyle {
            size_pt: size.clamp(*LABEL_PT.start(), *LABEL_PT.end()) * factor,
            color: labels.color.map_or(palette.ink, |Hex(own)| own).faded(self.style.opacity),
            halo: palette.halo.with_alpha(220).faded(self.style.opacity),
            bold: labels.bold,
            tracking_em: 0.0,
            plate: None,
        }
    }

    /// How its features are told apart; all look the same until its classes are calculated.
    pub fn told_apart(&self) -> ToldApart {
        match &self.classes {
            Some(classes) if self.style.rule != Rule::One => ToldApart::Classes(classes.clone()),
            _ if self.style.symbol.outline.is_some() => ToldApart::Edges,
            _ => ToldApart::No,
        }
    }

    /// What the legend tells of a layer; nothing of one without anything to draw.
    pub fn legend_look(
        &self,
        layer: &Layer,
        mode: Mode,
        zoom: f64,
        language: Language,
    ) -> Option<LayerLook> {
        let holds = layer.holds();
        let symbol = self.look(layer.len(), mode, zoom);
        let classes = self.legend(&symbol, language);
        let name = layer.name.clone();
        let (has_areas, has_lines) = (holds.areas, holds.lines);
        let look = LayerLook { name, has_areas, has_lines, symbol, classes };
        Some(look).filter(|_| holds.any())
    }
}

/// The words of a class.
fn words(meaning: &Meaning, decimals: usize, language: Language) -> String {
    match meaning {
        Meaning::Value(value) => value.clone(),
        Meaning::Others(n) => tr!(language, "style.others", n = n),
        Meaning::Range { from, to } => {
            let told = |end: &f64| text::grouped(&format!("{end:.decimals$}"));
            format!("{} – {}", told(from), told(to))
        }
        Meaning::Missing => tr!(language, "style.missing"),
    }
}

/// To how many decimals the ends of classes are told: so many that all differ and none is off by
/// more than a hundredth of its class.
fn decimals(items: &[Class]) -> usize {
    const MOST: usize = 6;
    let ends: Vec<(f64, f64)> = items
        .iter()
        .filter_map(|item| match item.meaning {
            Meaning::Range { from, to } => Some((from, to)),
            _ => None,
        })
        .collect();
    let narrowest = ends.iter().map(|(from, to)| to - from).filter(|width| *width > 0.0);
    let narrowest = narrowest.fold(f64::INFINITY, f64::min);
    (0..MOST)
        .find(|decimals| {
            let unit = 10_f64.powi(i32::try_from(*decimals).unwrap_or(0));
            ends.iter().flat_map(|(from, to)| [*from, *to]).all(|end| {
                let off = ((end * unit).round() / unit - end).abs();
                off <= end.abs() * 1e-12 || off <= narrowest * 0.01
            })
        })
        .unwrap_or(MOST)
}

/// The style of a layer of a file, as it is remembered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptStyle {
    pub path: PathBuf,
    /// The layer's name.
    pub layer: String,
    #[serde(default)]
    pub hidden: bool,
    /// As [`LayerStyle`] writes it: what a newer version wrote is kept as it is.
    pub style: serde_json::Value,
}

/// What is remembered of a layer; `None` for nothing that can be read.
pub fn kept_style(kept: &[KeptStyle], path: &Path, layer: &Layer) -> Option<(LayerStyle, bool)> {
    let own = kept.iter().find(|own| own.path == path && own.layer == layer.name)?;
    Some((LayerStyle::of_json(&own.style).ok()?, own.hidden))
}

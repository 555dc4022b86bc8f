//! `MapLibre` styles.

use std::collections::{HashMap, HashSet};

use serde_json::Value as Json;

use super::{
    default_style::{Kinds, Usual},
    layer::{Layer, LeftOut, Unread},
    reader::Reader,
    tile::Tile,
};

/// How the layers of vector tiles look, in painting order.
#[derive(Debug, Clone)]
pub struct Style {
    layers: Vec<Layer>,
    skipped: Vec<String>,
    faults: Vec<StyleFault>,
    source: Option<Source>,
    /// The program's own style stands in for unknown layers; one from outside does not.
    usual: Option<Usual>,
}

/// Where a style says its vector tiles come from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// As the layers name it.
    pub name: String,
    /// A `TileJSON` or `PMTiles` address; empty where the style lists `tiles`.
    pub url: String,
    /// Address templates with `{z}`, `{x}` and `{y}`; empty where the style has a `url`.
    pub tiles: Vec<String>,
    /// The least and greatest zoom level of the tiles, where the style says so.
    pub minzoom: Option<u8>,
    pub maxzoom: Option<u8>,
    /// Who made the data, possibly as HTML; empty where the style does not say.
    pub attribution: String,
}

/// What of a style is not understood. Nothing else of it suffers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StyleFault {
    /// The id of the layer.
    pub layer: String,
    /// Such as `filter` or `line-cap`.
    pub property: String,
    /// What is wrong, in words.
    pub reason: String,
    /// Whether the whole layer is left out; else the property has its default.
    pub leaves_out_layer: bool,
}

/// Why a style cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StyleError {
    #[error("the style is no JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("not a MapLibre style: {0}")]
    NoStyle(&'static str),
}

impl Style {
    /// Reads a `MapLibre` style, version 8.
    ///
    /// Layers that cannot be painted are left out, see [`Style::skipped`]; of a property that holds
    /// something unknown, see [`Style::faults`].
    ///
    /// # Errors
    /// When the text is no JSON (or nested too deep for any), has another version or no layers.
    pub fn parse(json: &str) -> Result<Self, StyleError> {
        let json: Json = serde_json::from_str(json)?;
        if json.get("version").and_then(Json::as_f64) != Some(8.0) {
            return Err(StyleError::NoStyle("its version is not 8"));
        }
        let layers = json.get("layers").and_then(Json::as_array);
        let layers = layers.ok_or(StyleError::NoStyle("it has no layers"))?;
        let mut style = Self::empty();
        let source = main_source(&json, layers);
        style.source =
            source.and_then(|name| Some(Source::read(name, json.get("sources")?.get(name)?)));
        let mut reader = Reader::new(&json);
        for layer in layers {
            if Layer::hidden(layer) {
                continue;
            }
            // Layers of different sources may well have the same names.
            let elsewhere = source.is_some()
                && layer.get("source").is_some()
                && layer.get("source").and_then(Json::as_str) != source;
            style.add(layer, elsewhere, &mut reader);
        }
        Ok(style)
    }

    fn add(&mut self, json: &Json, elsewhere: bool, reader: &mut Reader<'_>) {
        let id = json.get("id").and_then(Json::as_str).unwrap_or("?").to_owned();
        let fault = |unread: Unread, leaves_out_layer: bool| StyleFault {
            layer: id.clone(),
            property: unread.property,
            reason: unread.reason,
            leaves_out_layer,
        };
        let mut unread = Vec::new();
        match Layer::read(json, reader, &mut unread) {
            Ok(layer) if !elsewhere => {
                self.faults.extend(unread.into_iter().map(|unread| fault(unread, false)));
                self.layers.push(layer);
            }
            Err(LeftOut::Unread(unread)) if !elsewhere => {
                self.faults.push(fault(unread, true));
                self.skipped.push(id);
            }
            _ => self.skipped.push(id),
        }
    }

    fn empty() -> Self {
        Self {
            layers: Vec::new(),
            skipped: Vec::new(),
            faults: Vec::new(),
            source: None,
            usual: None,
        }
    }

    /// The program's own style for servers that bring none; `dark` for a dark map.
    pub fn usual(dark: bool) -> Self {
        Usual(dark).style()
    }

    /// The ids of the layers that are left out: rasters, patterns, symbols without a text, layers
    /// of other sources, and those whose filter, colour or text is not understood. Hidden ones do
    /// not count.
    pub fn skipped(&self) -> &[String] {
        &self.skipped
    }

    /// What is not understood, in the style's order.
    pub fn faults(&self) -> &[StyleFault] {
        &self.faults
    }

    /// The vector source that most of the layers use; the others are not painted.
    pub fn source(&self) -> Option<&Source> {
        self.source.as_ref()
    }

    /// How many layers can be painted.
    pub fn layer_count(&self) -> usize {
        self.layers.len()
    }

    pub(super) fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// A style by geometry alone, when this is the program's own one and knows less than half of
    /// the layers of a tile: a name may be the same by chance. Layers without features do not count.
    pub(super) fn stand_in(&self, tile: &Tile<'_>) -> Option<Self> {
        let usual = self.usual?;
        let own: HashSet<&str> = self.layers.iter().map(|layer| layer.source.as_str()).collect();
        let full = tile.layers.iter().filter(|layer| layer.features().next().is_some());
        // What is there twice is painted once.
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut layers: Vec<(&str, Kinds)> = Vec::new();
        for layer in full {
            let place = *places.entry(&layer.name).or_insert_with(|| {
                layers.push((&layer.name, Kinds::default()));
                layers.len() - 1
            });
            if let Some((_, kinds)) = layers.get_mut(place) {
                layer.features().for_each(|feature| kinds.add(feature.kind()));
            }
        }
        let known = layers.iter().filter(|(name, _)| own.contains(name)).count();
        (known * 2 < layers.len()).then(|| usual.plain(&layers))
    }

    /// Of a text of the program's own; without layers should that be wrong.
    pub(super) fn own(json: &str, usual: Usual) -> Self {
        let style = Self::parse(json).unwrap_or_else(|_| Self::empty());
        Self { usual: Some(usual), ..style }
    }
}

/// The vector source that most layers use, the first of equals.
fn main_source<'a>(style: &'a Json, layers: &'a [Json]) -> Option<&'a str> {
    let sources = style.get("sources")?.as_object()?;
    let used = |name: &str| {
        let of = |layer: &&Json| layer.get("source").and_then(Json::as_str) == Some(name);
        layers.iter().filter(of).count()
    };
    sources
        .iter()
        .filter(|(_, source)| source.get("type").and_then(Json::as_str) == Some("vector"))
        .map(|(name, _)| name.as_str())
        .rev()
        .max_by_key(|name| used(name))
}

impl Source {
    fn read(name: &str, json: &Json) -> Self {
        let text = |key: &str| json.get(key).and_then(Json::as_str).unwrap_or_default().to_owned();
        let zoom = |key: &str| u8::try_from(json.get(key)?.as_u64()?).ok();
        let tiles = json.get("tiles").and_then(Json::as_array).into_iter().flatten();
        Self {
            name: name.to_owned(),
            url: text("url"),
            tiles: tiles.filter_map(Json::as_str).map(str::to_owned).collect(),
            minzoom: zoom("minzoom"),
            maxzoom: zoom("maxzoom"),
            attribution: text("attribution"),
        }
    }
}

//! How a layer of the user's looks: what its colours mean, its symbol, its names, and when it is
//! seen. Saved as JSON; what a newer version wrote is kept, what cannot be read is as usual.

mod breaks;
mod classes;
mod look;
mod template;

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};

use crate::style::{Marker, Ramp, Rgba};

pub use breaks::{Method, breaks};
pub use classes::{Class, Classes, Meaning, classify};
pub use look::{SEEN_FROM_AFAR, look};
pub use template::Template;

/// The version that is written.
pub const VERSION: u32 = 1;

/// Everything about a layer's look.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LayerStyle {
    pub version: u32,
    /// What its colours mean.
    #[serde(deserialize_with = "as_usual")]
    pub rule: Rule,
    #[serde(deserialize_with = "as_usual")]
    pub symbol: Symbol,
    #[serde(deserialize_with = "as_usual")]
    pub labels: Labels,
    /// From 0, nothing, to 1.
    pub opacity: f32,
    #[serde(deserialize_with = "as_usual")]
    pub scales: Scales,
    /// Colours that the user gave to classes, by [`Meaning::key`].
    #[serde(deserialize_with = "as_usual")]
    pub colors: BTreeMap<String, Hex>,
    #[serde(flatten)]
    pub unknown: serde_json::Map<String, serde_json::Value>,
}

impl Default for LayerStyle {
    fn default() -> Self {
        Self {
            version: VERSION,
            rule: Rule::One,
            symbol: Symbol::default(),
            labels: Labels::default(),
            opacity: 1.0,
            scales: Scales::default(),
            colors: BTreeMap::new(),
            unknown: serde_json::Map::new(),
        }
    }
}

/// What the colours of a layer mean.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Rule {
    /// One symbol for all.
    #[default]
    One,
    /// A colour for each value of a field, the most frequent first.
    Category {
        field: String,
        /// How many values have a colour of their own.
        #[serde(default = "usual_categories")]
        most: u8,
    },
    /// A ramp over the numbers of a field.
    Graduated {
        field: String,
        #[serde(default = "usual_classes")]
        classes: u8,
        #[serde(default, deserialize_with = "as_usual")]
        method: Method,
        #[serde(default, deserialize_with = "as_usual")]
        ramp: Ramp,
        /// The greatest has the colour that the least would have.
        #[serde(default)]
        reversed: bool,
    },
}

const fn usual_categories() -> u8 {
    Rule::USUAL_CATEGORIES
}

const fn usual_classes() -> u8 {
    Rule::USUAL_CLASSES
}

impl Rule {
    pub const USUAL_CATEGORIES: u8 = 10;
    pub const USUAL_CLASSES: u8 = 5;
    /// Most values with a colour of their own.
    pub const MOST_CATEGORIES: u8 = 24;
    /// Most classes of a ramp: more are not told apart.
    pub const MOST_CLASSES: u8 = 12;

    /// The field that it looks at.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::One => None,
            Self::Category { field, .. } | Self::Graduated { field, .. } => Some(field),
        }
    }

    /// Whether another rule sorts the features differently: a ramp only colours them.
    pub fn sorts_as(&self, other: &Self) -> bool {
        let plain = |rule: &Self| match rule.clone() {
            Self::Graduated { field, classes, method, .. } => {
                let (ramp, reversed) = (Ramp::default(), false);
                Self::Graduated { field, classes, method, ramp, reversed }
            }
            other => other,
        };
        plain(self) == plain(other)
    }
}

/// A symbol; what is `None` is as usual.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Symbol {
    /// The usual one differs from layer to layer, and in the dark.
    pub color: Option<Hex>,
    /// How much of the colour the fill of areas has, from 0 to 1.
    pub fill_share: f32,
    /// Around areas and points.
    pub outline: Option<Hex>,
    pub line_width_pt: Option<f32>,
    pub point_radius_pt: Option<f32>,
    #[serde(deserialize_with = "as_usual")]
    pub marker: Marker,
}

impl Default for Symbol {
    fn default() -> Self {
        Self {
            color: None,
            fill_share: crate::style::SymbolLook::FILL_SHARE,
            outline: None,
            line_width_pt: None,
            point_radius_pt: None,
            marker: Marker::Circle,
        }
    }
}

/// The names of features on the map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Labels {
    pub on: bool,
    /// As [`Template::read`] reads it.
    pub text: String,
    pub size_pt: f32,
    pub bold: bool,
    /// `None` for the map's own ink.
    pub color: Option<Hex>,
}

impl Default for Labels {
    fn default() -> Self {
        Self { on: false, text: String::new(), size_pt: 12.0, bold: false, color: None }
    }
}

/// From which scale to which a layer is seen, by the denominators; `None` without an end.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Scales {
    /// Not nearer than 1:N.
    pub nearest: Option<f64>,
    /// Not from farther than 1:N.
    pub farthest: Option<f64>,
}

impl Scales {
    /// Whether a layer is seen at 1:`denominator`.
    pub fn hold(self, denominator: f64) -> bool {
        // A hair of a miss at a scale that was typed is none.
        self.nearest.is_none_or(|n| denominator >= n * (1.0 - 1e-6))
            && self.farthest.is_none_or(|n| denominator <= n * (1.0 + 1e-6))
    }
}

/// A colour that is saved as `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hex(pub Rgba);

impl Serialize for Hex {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.to_hex())
    }
}

impl<'de> Deserialize<'de> for Hex {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Rgba::of_hex(&text)
            .map(Self)
            .ok_or_else(|| serde::de::Error::custom(format!("“{text}” is no colour")))
    }
}

/// What a newer version wrote in a way that this one does not know is as usual: a saved look must
/// not keep the rest of the settings from being read.
fn as_usual<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(value).unwrap_or_default())
}

impl LayerStyle {
    /// From what was saved.
    ///
    /// # Errors
    /// It is no object, or one of its plain values is of another kind.
    pub fn of_json(value: &serde_json::Value) -> Result<Self, serde_json::Error> {
        Self::deserialize(value)
    }

    /// Whether features must be told apart to be drawn: by class, or edges from lines.
    pub fn needs_classes(&self) -> bool {
        self.rule != Rule::One || self.symbol.outline.is_some()
    }

    /// The template of the names, while they are shown and say anything.
    pub fn template(&self, fields: &[super::Field]) -> Option<Template> {
        let template = Template::read(&self.labels.text, fields);
        Some(template).filter(|template| self.labels.on && !template.is_empty())
    }
}

//! A vector tile, read in place: texts and geometry stay in its bytes.

use std::{borrow::Cow, collections::HashMap, ops::Range};

use super::{
    fields::{Broken, Field, Fields, varint, zigzag},
    value::Value,
};

/// More features, keys, values or tags than any real tile holds.
const MOST_PARTS: usize = 1_000_000;
/// More layers than any real tile holds: the largest schemas have some two hundred.
const MOST_LAYERS: usize = 1_024;
/// What all their names may be long, in bytes.
const LONGEST_NAMES: usize = 64 << 10;

/// Why a tile cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TileError {
    #[error("its bytes break off or are no vector tile")]
    Broken,
    #[error("a layer has no extent")]
    NoExtent,
    #[error("a layer is of a version other than 1 and 2")]
    Version,
    #[error("it holds more than any tile should")]
    TooLarge,
}

impl From<Broken> for TileError {
    fn from(_: Broken) -> Self {
        Self::Broken
    }
}

/// What kind of geometry a feature has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GeometryKind {
    Point,
    Line,
    Polygon,
}

impl GeometryKind {
    /// Its name in styles.
    pub fn name(self) -> &'static str {
        match self {
            Self::Point => "Point",
            Self::Line => "LineString",
            Self::Polygon => "Polygon",
        }
    }
}

/// All layers of a tile.
pub struct Tile<'a> {
    pub layers: Vec<TileLayer<'a>>,
}

/// One layer of a tile.
pub struct TileLayer<'a> {
    pub name: Cow<'a, str>,
    /// 1 or 2; only version 2 says which way round rings run.
    pub version: u64,
    /// Units across the tile, at least 1.
    pub extent: u32,
    keys: HashMap<Cow<'a, str>, u64>,
    values: Vec<Value<'a>>,
    tags: Vec<[u64; 2]>,
    features: Vec<Stored<'a>>,
}

struct Stored<'a> {
    id: Option<u64>,
    kind: GeometryKind,
    geometry: &'a [u8],
    tags: Range<usize>,
}

/// One feature of a layer.
#[derive(Clone, Copy)]
pub struct Feature<'a> {
    layer: &'a TileLayer<'a>,
    stored: &'a Stored<'a>,
}

impl<'a> Tile<'a> {
    /// # Errors
    /// When the bytes are no vector tile or hold too much.
    pub fn read(bytes: &'a [u8]) -> Result<Self, TileError> {
        let mut layers = Vec::new();
        let mut left = MOST_PARTS;
        let mut names_left = LONGEST_NAMES;
        for field in Fields(bytes) {
            if let (3, Field::Bytes(layer)) = field? {
                let layer = TileLayer::read(layer, &mut left)?;
                names_left = names_left.checked_sub(layer.name.len()).ok_or(TileError::TooLarge)?;
                if layers.len() == MOST_LAYERS {
                    return Err(TileError::TooLarge);
                }
                layers.push(layer);
            }
        }
        Ok(Self { layers })
    }
}

impl<'a> TileLayer<'a> {
    fn read(bytes: &'a [u8], left: &mut usize) -> Result<Self, TileError> {
        let mut layer = Self {
            name: Cow::Borrowed(""),
            version: 1,
            extent: 4096,
            keys: HashMap::new(),
            values: Vec::new(),
            tags: Vec::new(),
            features: Vec::new(),
        };
        let mut key_count = 0;
        spend(left)?;
        for field in Fields(bytes) {
            match field? {
                (1, Field::Bytes(name)) => layer.name = String::from_utf8_lossy(name),
                (2, Field::Bytes(feature)) => {
                    spend(left)?;
                    layer.add_feature(feature, left)?;
                }
                (3, Field::Bytes(key)) => {
                    spend(left)?;
                    layer.keys.entry(String::from_utf8_lossy(key)).or_insert(key_count);
                    key_count += 1;
                }
                (4, Field::Bytes(value)) => {
                    spend(left)?;
                    layer.values.push(read_value(value)?);
                }
                (5, Field::Varint(extent)) => {
                    layer.extent = u32::try_from(extent).map_err(|_| TileError::NoExtent)?;
                }
                (15, Field::Varint(version)) => layer.version = version,
                _ => {}
            }
        }
        match (layer.extent, layer.version) {
            (0, _) => Err(TileError::NoExtent),
            (_, 1 | 2) => Ok(layer),
            _ => Err(TileError::Version),
        }
    }

    fn add_feature(&mut self, bytes: &'a [u8], left: &mut usize) -> Result<(), TileError> {
        let start = self.tags.len();
        let (mut id, mut kind, mut geometry) = (None, None, [].as_slice());
        for field in Fields(bytes) {
            match field? {
                (1, Field::Varint(number)) => id = Some(number),
                (2, Field::Bytes(mut tags)) => {
                    while !tags.is_empty() {
                        spend(left)?;
                        let key = varint(&mut tags).ok_or(Broken)?;
                        let value = varint(&mut tags).ok_or(Broken)?;
                        self.tags.push([key, value]);
                    }
                }
                (3, Field::Varint(number)) => {
                    kind = match number {
                        1 => Some(GeometryKind::Point),
                        2 => Some(GeometryKind::Line),
                        3 => Some(GeometryKind::Polygon),
                        _ => None,
                    }
                }
                (4, Field::Bytes(commands)) => geometry = commands,
                _ => {}
            }
        }
        // A feature of unknown kind may be anything and is not painted.
        if let Some(kind) = kind {
            let tags = start..self.tags.len();
            self.features.push(Stored { id, kind, geometry, tags });
        }
        Ok(())
    }

    /// The features in their order.
    pub fn features(&'a self) -> impl Iterator<Item = Feature<'a>> {
        self.features.iter().map(|stored| Feature { layer: self, stored })
    }
}

impl<'a> Feature<'a> {
    pub fn kind(&self) -> GeometryKind {
        self.stored.kind
    }

    /// The number of the feature, where it has one.
    pub fn id(&self) -> Option<u64> {
        self.stored.id
    }

    /// The coded geometry.
    pub fn geometry(&self) -> &'a [u8] {
        self.stored.geometry
    }

    pub fn layer(&self) -> &'a TileLayer<'a> {
        self.layer
    }

    /// The value of a property; `None` where the feature does not have it.
    pub fn get(&self, key: &str) -> Option<Value<'a>> {
        let index = self.layer.keys.get(key)?;
        let tags = self.layer.tags.get(self.stored.tags.clone())?;
        let [_, value] = tags.iter().find(|[key, _]| key == index)?;
        self.layer.values.get(usize::try_from(*value).ok()?).map(Value::borrowed)
    }

    /// How many properties the feature has.
    pub fn property_count(&self) -> usize {
        self.stored.tags.len()
    }

    /// All properties; those without a key or a value are passed over.
    pub fn properties(&self) -> impl Iterator<Item = (&'a str, Value<'a>)> {
        let layer = self.layer;
        let names: HashMap<u64, &'a str> =
            layer.keys.iter().map(|(name, index)| (*index, &**name)).collect();
        let tags = layer.tags.get(self.stored.tags.clone()).unwrap_or_default();
        tags.iter().filter_map(move |[key, value]| {
            let value = layer.values.get(usize::try_from(*value).ok()?)?;
            Some((*names.get(key)?, value.borrowed()))
        })
    }

    /// A property as text; empty where the feature does not have it.
    pub fn text(&self, key: &str) -> String {
        self.get(key).map_or_else(String::new, |value| value.shown().into_owned())
    }
}

fn spend(left: &mut usize) -> Result<(), TileError> {
    *left = left.checked_sub(1).ok_or(TileError::TooLarge)?;
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "no style tells numbers beyond 2^53 apart")]
fn read_value(bytes: &[u8]) -> Result<Value<'_>, Broken> {
    let mut value = Value::Null;
    for field in Fields(bytes) {
        value = match field? {
            (1, Field::Bytes(text)) => Value::Text(String::from_utf8_lossy(text)),
            (2, Field::Fixed32(bits)) => Value::Number(f64::from(f32::from_le_bytes(bits))),
            (3, Field::Fixed64(bits)) => Value::Number(f64::from_le_bytes(bits)),
            (4, Field::Varint(number)) => Value::Number(number.cast_signed() as f64),
            (5, Field::Varint(number)) => Value::Number(number as f64),
            (6, Field::Varint(number)) => Value::Number(zigzag(number) as f64),
            (7, Field::Varint(number)) => Value::Bool(number != 0),
            _ => value,
        };
    }
    Ok(value)
}

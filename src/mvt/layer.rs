//! The layers of a style.

use serde_json::Value as Json;
use tiny_skia::{LineCap, LineJoin};

use super::{
    color::Color,
    context::Context,
    expression::Expr,
    fault::Fault,
    filter::read_filter,
    function::Outputs,
    property::{Property, Read},
    reader::Reader,
    value::Value,
};

/// One layer of a style that can be painted.
#[derive(Debug, Clone)]
pub struct Layer {
    /// The layer of the tile it shows; empty for the background.
    pub source: String,
    /// Seen from the first zoom level, and no more from the second.
    zooms: [f64; 2],
    filter: Option<Expr>,
    pub look: Look,
}

/// What a layer paints.
#[derive(Debug, Clone)]
pub enum Look {
    Background(Fill),
    Fill(Fill),
    Line(Box<Line>),
    Circle(Box<Circle>),
    Symbol(Box<Symbol>),
}

#[derive(Debug, Clone)]
pub struct Fill {
    pub color: Property<Color>,
    /// 0..=1.
    pub opacity: Property<f64>,
    /// A line one pixel wide around each polygon.
    pub outline: Property<Option<Color>>,
}

/// Widths are in points, dashes in line widths.
#[derive(Debug, Clone)]
pub struct Line {
    pub color: Property<Color>,
    pub opacity: Property<f64>,
    pub width: Property<f64>,
    pub gap: Property<f64>,
    pub dashes: Property<Vec<f64>>,
    pub cap: Property<Cap>,
    pub join: Property<Join>,
}

/// Sizes are in points; the stroke lies outside the radius.
#[derive(Debug, Clone)]
pub struct Circle {
    pub color: Property<Color>,
    pub opacity: Property<f64>,
    pub radius: Property<f64>,
    pub stroke_color: Property<Color>,
    pub stroke_opacity: Property<f64>,
    pub stroke_width: Property<f64>,
}

#[derive(Debug, Clone)]
pub struct Symbol {
    pub text: Property<String>,
    /// Points.
    pub size: Property<f64>,
    /// Lower comes first.
    pub sort: Property<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cap(pub LineCap);

impl Read for Cap {
    const OUTPUTS: Outputs = Outputs::Others;

    fn read(value: &Value<'_>) -> Option<Self> {
        match &*value.shown() {
            "butt" => Some(Self(LineCap::Butt)),
            "round" => Some(Self(LineCap::Round)),
            "square" => Some(Self(LineCap::Square)),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Join(pub LineJoin);

impl Read for Join {
    const OUTPUTS: Outputs = Outputs::Others;

    fn read(value: &Value<'_>) -> Option<Self> {
        match &*value.shown() {
            "miter" => Some(Self(LineJoin::Miter)),
            "round" => Some(Self(LineJoin::Round)),
            "bevel" => Some(Self(LineJoin::Bevel)),
            _ => None,
        }
    }
}

/// What of a layer cannot be used, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Such as `filter` or `line-cap`.
    pub property: String,
    pub reason: Fault,
}

/// Why a layer is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeftOut {
    /// It is of a kind that cannot be painted here.
    Kind,
    /// Its filter, its colour or its text is not understood: everything in its place, or in black,
    /// would be worse than nothing.
    Unread(Unread),
}

impl From<Unread> for LeftOut {
    fn from(unread: Unread) -> Self {
        Self::Unread(unread)
    }
}

impl Layer {
    /// Reads a layer. Properties that are not understood and that it can do without have their
    /// defaults and are added to `unread`.
    ///
    /// # Errors
    /// When it cannot be painted.
    pub fn read(
        json: &Json,
        reader: &mut Reader<'_>,
        unread: &mut Vec<Unread>,
    ) -> Result<Self, LeftOut> {
        let mut parts = Parts { json, reader, unread };
        let look = Look::read(&mut parts)?;
        let source = json.get("source-layer").and_then(Json::as_str).unwrap_or_default().to_owned();
        if source.is_empty() && !matches!(look, Look::Background(_)) {
            return Err(LeftOut::Kind);
        }
        let filter = match json.get("filter") {
            None | Some(Json::Null) => None,
            Some(filter) => Some(
                read_filter(filter, parts.reader)
                    .map_err(|reason| Unread { property: "filter".to_owned(), reason })?,
            ),
        };
        let zoom =
            |key: &str, default: f64| json.get(key).and_then(Json::as_f64).unwrap_or(default);
        Ok(Self {
            source,
            zooms: [zoom("minzoom", f64::NEG_INFINITY), zoom("maxzoom", f64::INFINITY)],
            filter,
            look,
        })
    }

    /// Whether the style hides the layer.
    pub fn hidden(json: &Json) -> bool {
        json.pointer("/layout/visibility").and_then(Json::as_str) == Some("none")
    }

    /// Whether the layer is seen at a zoom level.
    pub fn seen_at(&self, zoom: f64) -> bool {
        self.zooms[0] <= zoom && zoom < self.zooms[1]
    }

    /// Whether the layer shows a feature.
    pub fn shows(&self, context: &Context<'_>) -> bool {
        self.filter.as_ref().is_none_or(|filter| filter.passes(context))
    }
}

/// The properties of a layer being read.
struct Parts<'a, 'r, 'j> {
    json: &'a Json,
    reader: &'r mut Reader<'j>,
    unread: &'r mut Vec<Unread>,
}

impl Parts<'_, '_, '_> {
    /// A property that the layer cannot do without.
    fn needed<T: Read>(&mut self, path: &str, default: T) -> Result<Property<T>, Unread> {
        let value = self.json.pointer(path);
        Property::read(value, default, self.reader).map_err(|reason| {
            let property = path.rsplit('/').next().unwrap_or_default().to_owned();
            Unread { property, reason }
        })
    }

    /// A property that has its default where it is not understood.
    fn any<T: Read>(&mut self, path: &str, default: T) -> Property<T> {
        self.needed(path, default.clone()).unwrap_or_else(|unread| {
            self.unread.push(unread);
            Property::default(default)
        })
    }
}

impl Look {
    fn read(parts: &mut Parts<'_, '_, '_>) -> Result<Self, LeftOut> {
        let kind = parts.json.get("type").and_then(Json::as_str).ok_or(LeftOut::Kind)?;
        if parts.json.pointer(&format!("/paint/{kind}-pattern")).is_some() {
            return Err(LeftOut::Kind);
        }
        Ok(match kind {
            "background" => Self::Background(Fill::read(parts, kind)?),
            "fill" | "fill-extrusion" => Self::Fill(Fill::read(parts, kind)?),
            "line" => Self::Line(Box::new(Line {
                color: parts.needed("/paint/line-color", Color::BLACK)?,
                opacity: parts.any("/paint/line-opacity", 1.0),
                width: parts.any("/paint/line-width", 1.0),
                gap: parts.any("/paint/line-gap-width", 0.0),
                dashes: parts.any("/paint/line-dasharray", Vec::new()),
                cap: parts.any("/layout/line-cap", Cap(LineCap::Butt)),
                join: parts.any("/layout/line-join", Join(LineJoin::Miter)),
            })),
            "circle" => Self::Circle(Box::new(Circle {
                color: parts.needed("/paint/circle-color", Color::BLACK)?,
                opacity: parts.any("/paint/circle-opacity", 1.0),
                radius: parts.any("/paint/circle-radius", 5.0),
                stroke_color: parts.any("/paint/circle-stroke-color", Color::BLACK),
                stroke_opacity: parts.any("/paint/circle-stroke-opacity", 1.0),
                stroke_width: parts.any("/paint/circle-stroke-width", 0.0),
            })),
            "symbol" => {
                let text = parts.needed("/layout/text-field", String::new())?;
                text.formula().ok_or(LeftOut::Kind)?;
                Self::Symbol(Box::new(Symbol {
                    text,
                    size: parts.any("/layout/text-size", 16.0),
                    sort: parts.any("/layout/symbol-sort-key", 0.0),
                }))
            }
            _ => return Err(LeftOut::Kind),
        })
    }
}

impl Fill {
    fn read(parts: &mut Parts<'_, '_, '_>, kind: &str) -> Result<Self, Unread> {
        Ok(Self {
            color: parts.needed(&format!("/paint/{kind}-color"), Color::BLACK)?,
            opacity: parts.any(&format!("/paint/{kind}-opacity"), 1.0),
            outline: parts.any(&format!("/paint/{kind}-outline-color"), None),
        })
    }
}

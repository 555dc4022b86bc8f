//! The layers of a style.

use serde_json::Value as Json;
use tiny_skia::{LineCap, LineJoin};

use super::{
    color::Color,
    eval::Context,
    expression::Expr,
    filter::read_filter,
    function::Outputs,
    property::{Property, Read},
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
    const OUTPUTS: Outputs = Outputs::Stepped;

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
    const OUTPUTS: Outputs = Outputs::Stepped;

    fn read(value: &Value<'_>) -> Option<Self> {
        match &*value.shown() {
            "miter" => Some(Self(LineJoin::Miter)),
            "round" => Some(Self(LineJoin::Round)),
            "bevel" => Some(Self(LineJoin::Bevel)),
            _ => None,
        }
    }
}

impl Layer {
    /// Reads a layer; `None` when it is of a kind that cannot be painted here, or when its filter
    /// is not understood: everything in its place would be worse than nothing.
    pub fn read(json: &Json) -> Option<Self> {
        let look = Look::read(json)?;
        let source = json.get("source-layer").and_then(Json::as_str).unwrap_or_default().to_owned();
        if source.is_empty() && !matches!(look, Look::Background(_)) {
            return None;
        }
        let filter = match json.get("filter") {
            None | Some(Json::Null) => None,
            Some(filter) => Some(read_filter(filter)?),
        };
        let zoom =
            |key: &str, default: f64| json.get(key).and_then(Json::as_f64).unwrap_or(default);
        Some(Self {
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

impl Look {
    fn read(json: &Json) -> Option<Self> {
        let kind = json.get("type").and_then(Json::as_str)?;
        let (paint, layout) = (json.get("paint"), json.get("layout"));
        if paint.and_then(|paint| paint.get(format!("{kind}-pattern"))).is_some() {
            return None;
        }
        match kind {
            "background" => Some(Self::Background(Fill::read(paint, kind))),
            "fill" | "fill-extrusion" => Some(Self::Fill(Fill::read(paint, kind))),
            "line" => Some(Self::Line(Box::new(Line {
                color: Property::read(paint, "line-color", Color::BLACK),
                opacity: Property::read(paint, "line-opacity", 1.0),
                width: Property::read(paint, "line-width", 1.0),
                gap: Property::read(paint, "line-gap-width", 0.0),
                dashes: Property::read(paint, "line-dasharray", Vec::new()),
                cap: Property::read(layout, "line-cap", Cap(LineCap::Butt)),
                join: Property::read(layout, "line-join", Join(LineJoin::Miter)),
            }))),
            "circle" => Some(Self::Circle(Box::new(Circle {
                color: Property::read(paint, "circle-color", Color::BLACK),
                opacity: Property::read(paint, "circle-opacity", 1.0),
                radius: Property::read(paint, "circle-radius", 5.0),
                stroke_color: Property::read(paint, "circle-stroke-color", Color::BLACK),
                stroke_opacity: Property::read(paint, "circle-stroke-opacity", 1.0),
                stroke_width: Property::read(paint, "circle-stroke-width", 0.0),
            }))),
            "symbol" => {
                let text = Property::read(layout, "text-field", String::new());
                text.formula()?;
                Some(Self::Symbol(Box::new(Symbol {
                    text,
                    size: Property::read(layout, "text-size", 16.0),
                    sort: Property::read(layout, "symbol-sort-key", 0.0),
                })))
            }
            _ => None,
        }
    }
}

impl Fill {
    fn read(paint: Option<&Json>, kind: &str) -> Self {
        Self {
            color: Property::read(paint, &format!("{kind}-color"), Color::BLACK),
            opacity: Property::read(paint, &format!("{kind}-opacity"), 1.0),
            outline: Property::read(paint, &format!("{kind}-outline-color"), None),
        }
    }
}

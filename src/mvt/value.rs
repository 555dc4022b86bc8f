//! Values of styles and tiles.

use std::{borrow::Cow, sync::Arc};

use serde_json::Value as Json;

use super::color::Color;

/// What an expression can yield. Texts are borrowed from the style or the tile where they can be.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    Null,
    Bool(bool),
    Number(f64),
    Text(Cow<'a, str>),
    Color(Color),
    List(Arc<[Value<'static>]>),
}

impl Value<'_> {
    /// The same value without a copy of its text.
    pub fn borrowed(&self) -> Value<'_> {
        match self {
            Value::Null => Value::Null,
            Value::Bool(b) => Value::Bool(*b),
            Value::Number(n) => Value::Number(*n),
            Value::Text(text) => Value::Text(Cow::Borrowed(text)),
            Value::Color(color) => Value::Color(*color),
            Value::List(list) => Value::List(Arc::clone(list)),
        }
    }

    /// A number that can be drawn with.
    pub fn number(&self) -> Option<f64> {
        match self {
            Value::Number(n) if n.is_finite() => Some(*n),
            _ => None,
        }
    }

    /// A colour, also one written as text.
    pub fn color(&self) -> Option<Color> {
        match self {
            Value::Color(color) => Some(*color),
            Value::Text(text) => Color::parse(text),
            _ => None,
        }
    }

    /// The text shown for the value; nothing for null.
    pub fn shown(&self) -> Cow<'_, str> {
        match self {
            Value::Null | Value::List(_) => Cow::Borrowed(""),
            Value::Bool(b) => Cow::Borrowed(if *b { "true" } else { "false" }),
            Value::Number(n) => Cow::Owned(n.to_string()),
            Value::Text(text) => Cow::Borrowed(text),
            Value::Color(c) => Cow::Owned(format!(
                "rgba({},{},{},{})",
                (c.r * 255.0).round(),
                (c.g * 255.0).round(),
                (c.b * 255.0).round(),
                c.a
            )),
        }
    }

    /// A value of a style file; objects, which no property here takes, become null.
    pub fn from_json(json: &Json) -> Value<'static> {
        match json {
            Json::Null | Json::Object(_) => Value::Null,
            Json::Bool(b) => Value::Bool(*b),
            Json::Number(n) => n.as_f64().map_or(Value::Null, Value::Number),
            Json::String(text) => Value::Text(Cow::Owned(text.clone())),
            Json::Array(items) => Value::List(items.iter().map(Value::from_json).collect()),
        }
    }
}

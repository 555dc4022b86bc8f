//! Values of styles and tiles.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use serde_json::Value as Json;

use super::{collator::Collator, color::Color, json_text};

/// What an expression can yield. Texts are borrowed from the style or the tile where they can be.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    Null,
    Bool(bool),
    Number(f64),
    Text(Cow<'a, str>),
    Color(Color),
    List(Arc<[Value<'static>]>),
    Object(Arc<BTreeMap<String, Value<'static>>>),
    /// How texts are compared.
    Collator(Collator),
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
            Value::Object(fields) => Value::Object(Arc::clone(fields)),
            Value::Collator(collator) => Value::Collator(*collator),
        }
    }

    /// The same value with a text of its own.
    pub fn owned(self) -> Value<'static> {
        match self {
            Value::Null => Value::Null,
            Value::Bool(b) => Value::Bool(b),
            Value::Number(n) => Value::Number(n),
            Value::Text(text) => Value::Text(Cow::Owned(text.into_owned())),
            Value::Color(color) => Value::Color(color),
            Value::List(list) => Value::List(list),
            Value::Object(fields) => Value::Object(fields),
            Value::Collator(collator) => Value::Collator(collator),
        }
    }

    /// A number that can be drawn with.
    pub fn number(&self) -> Option<f64> {
        match self {
            Value::Number(n) if n.is_finite() => Some(*n),
            _ => None,
        }
    }

    /// A colour, also one written as text or as a list of red, green, blue (0..=255) and alpha.
    pub fn color(&self) -> Option<Color> {
        match self {
            Value::Color(color) => Some(*color),
            Value::Text(text) => Color::parse(text),
            Value::List(list) => {
                let parts: Vec<f64> = list.iter().map(Value::number).collect::<Option<_>>()?;
                Color::checked(&parts)
            }
            _ => None,
        }
    }

    /// The text shown for the value, as `to-string` makes it; nothing for null.
    pub fn shown(&self) -> Cow<'_, str> {
        match self {
            Value::Null | Value::Collator(_) => Cow::Borrowed(""),
            Value::List(_) | Value::Object(_) => {
                let mut out = String::new();
                write(self, &mut out);
                Cow::Owned(out)
            }
            Value::Bool(b) => Cow::Borrowed(if *b { "true" } else { "false" }),
            Value::Number(n) => Cow::Owned(json_text::number(*n)),
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

    /// A value of a style file.
    pub fn from_json(json: &Json) -> Value<'static> {
        match json {
            Json::Null => Value::Null,
            Json::Object(fields) => Value::Object(Arc::new(
                fields.iter().map(|(key, value)| (key.clone(), Value::from_json(value))).collect(),
            )),
            Json::Bool(b) => Value::Bool(*b),
            Json::Number(n) => n.as_f64().map_or(Value::Null, Value::Number),
            Json::String(text) => Value::Text(Cow::Owned(text.clone())),
            Json::Array(items) => Value::List(items.iter().map(Value::from_json).collect()),
        }
    }
}

/// A value as JSON; cut where it grows too long.
fn write(value: &Value<'_>, out: &mut String) {
    if out.len() > json_text::LONGEST {
        return;
    }
    match value {
        Value::Null | Value::Collator(_) => out.push_str("null"),
        Value::Bool(_) | Value::Number(_) => out.push_str(&value.shown()),
        Value::Text(text) => json_text::quoted(text, out),
        Value::Color(_) => json_text::quoted(&value.shown(), out),
        Value::List(list) => {
            out.push('[');
            for (at, item) in list.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(item, out);
                if out.len() > json_text::LONGEST {
                    return;
                }
            }
            out.push(']');
        }
        Value::Object(fields) => {
            out.push('{');
            for (at, (key, item)) in fields.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                json_text::quoted(key, out);
                out.push(':');
                write(item, out);
                if out.len() > json_text::LONGEST {
                    return;
                }
            }
            out.push('}');
        }
    }
}

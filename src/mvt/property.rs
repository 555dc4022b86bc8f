//! Properties of style layers: a value or a formula for it, with a default.

use serde_json::Value as Json;

use super::{
    color::Color,
    context::Context,
    expression::Expr,
    fault::Fault,
    function::{Outputs, read_value},
    reader::Reader,
    value::Value,
};

/// A type that a property can have.
pub trait Read: Clone {
    const OUTPUTS: Outputs;

    /// `None` for a value of another type.
    fn read(value: &Value<'_>) -> Option<Self>;
}

impl Read for f64 {
    const OUTPUTS: Outputs = Outputs::Numbers;

    fn read(value: &Value<'_>) -> Option<Self> {
        value.number()
    }
}

impl Read for Color {
    const OUTPUTS: Outputs = Outputs::Colors;

    fn read(value: &Value<'_>) -> Option<Self> {
        value.color()
    }
}

impl Read for String {
    const OUTPUTS: Outputs = Outputs::Texts;

    fn read(value: &Value<'_>) -> Option<Self> {
        Some(value.shown().into_owned())
    }
}

impl Read for Vec<f64> {
    const OUTPUTS: Outputs = Outputs::Others;

    fn read(value: &Value<'_>) -> Option<Self> {
        let Value::List(items) = value else { return None };
        items.iter().map(Value::number).collect()
    }
}

impl<T: Read> Read for Option<T> {
    const OUTPUTS: Outputs = T::OUTPUTS;

    fn read(value: &Value<'_>) -> Option<Self> {
        T::read(value).map(Some)
    }
}

/// One property of a layer.
#[derive(Debug, Clone)]
pub struct Property<T> {
    /// None where the style has nothing, or nothing that can be read.
    formula: Option<Expr>,
    varies: bool,
    default: T,
}

impl<T: Read> Property<T> {
    /// Reads the value of a property, where a layer has one.
    ///
    /// # Errors
    /// When it holds something unknown, or a value that is none of this type.
    pub fn read(json: Option<&Json>, default: T, reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let formula = match json {
            None | Some(Json::Null) => None,
            Some(json) => Some(read_value(json, T::OUTPUTS, reader)?),
        };
        if let Some(Expr::Literal(value)) = &formula
            && T::read(value).is_none()
        {
            return Err("a value of another kind".to_owned());
        }
        let varies = formula.as_ref().is_some_and(Expr::varies);
        Ok(Self { formula, varies, default })
    }

    /// The default alone.
    pub const fn default(default: T) -> Self {
        Self { formula: None, varies: false, default }
    }

    /// The formula, where there is one.
    pub fn formula(&self) -> Option<&Expr> {
        self.formula.as_ref()
    }

    /// The value at a zoom level and, where it depends on that, for a feature.
    pub fn at(&self, context: &Context<'_>) -> T {
        let value = self.formula.as_ref().and_then(|formula| formula.eval(context));
        value.and_then(|value| T::read(&value)).unwrap_or_else(|| self.default.clone())
    }

    /// Settles what does not depend on features; `context` has none.
    pub fn settled(&self, context: &Context<'_>) -> Settled<'_, T> {
        if self.varies { Settled::Varying(self) } else { Settled::Same(self.at(context)) }
    }
}

/// A property at one zoom level.
pub enum Settled<'s, T> {
    Same(T),
    Varying(&'s Property<T>),
}

impl<T: Read> Settled<'_, T> {
    /// The value for a feature.
    pub fn at(&self, context: &Context<'_>) -> T {
        match self {
            Self::Same(value) => value.clone(),
            Self::Varying(property) => property.at(context),
        }
    }
}

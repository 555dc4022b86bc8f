//! Expressions of `MapLibre` styles.

use super::{area::Area, curve::Curve, operator::Op, value::Value};

/// A formula over the zoom level and the properties of a feature.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    Literal(Value<'static>),
    Get(String),
    Has(String),
    /// All properties at once.
    Properties,
    Zoom,
    Id,
    GeometryKind,
    /// Whether the feature lies in the area.
    Within(Area),
    /// Names bound to values, and what is made of them.
    Let(Vec<Expr>, Box<Expr>),
    /// A bound value: how many `Let`s further out, and which of its values.
    Var(usize, usize),
    /// The first argument that is a list of such items and, where it is given, of that length.
    AsList(Items, Option<usize>, Vec<Expr>),
    Call(Op, Vec<Expr>),
    /// The labels of each arm with its output, and the output for all else.
    Match(Box<Expr>, Vec<(Vec<Value<'static>>, Expr)>, Box<Expr>),
    /// Conditions with their outputs, and the output when none holds.
    Case(Vec<(Expr, Expr)>, Box<Expr>),
    /// The output below the first stop, and the stops.
    Step(Box<Expr>, Box<Expr>, Vec<(f64, Expr)>),
    /// The curve, the input, and the stops.
    Interpolate(Curve, Box<Expr>, Vec<(f64, Expr)>),
}

/// What a list may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Items {
    Any,
    Texts,
    Numbers,
    Bools,
}

impl Expr {
    /// A text that stands for itself.
    pub fn text(text: &str) -> Self {
        Self::Literal(Value::Text(text.to_owned().into()))
    }

    /// Shows every part of the expression to `look`, itself first.
    pub fn walk(&self, look: &mut dyn FnMut(&Self)) {
        look(self);
        match self {
            Self::Call(_, args) | Self::AsList(.., args) => {
                for arg in args {
                    arg.walk(look);
                }
            }
            Self::Let(bound, body) => {
                for value in bound {
                    value.walk(look);
                }
                body.walk(look);
            }
            Self::Match(input, arms, other) => {
                input.walk(look);
                for (_, output) in arms {
                    output.walk(look);
                }
                other.walk(look);
            }
            Self::Case(arms, other) => {
                for (when, then) in arms {
                    when.walk(look);
                    then.walk(look);
                }
                other.walk(look);
            }
            Self::Step(input, first, stops) => {
                input.walk(look);
                first.walk(look);
                for (_, output) in stops {
                    output.walk(look);
                }
            }
            Self::Interpolate(_, input, stops) => {
                input.walk(look);
                for (_, output) in stops {
                    output.walk(look);
                }
            }
            Self::Literal(_)
            | Self::Get(_)
            | Self::Has(_)
            | Self::Properties
            | Self::Zoom
            | Self::Id
            | Self::GeometryKind
            | Self::Within(_)
            | Self::Var(..) => {}
        }
    }

    /// Whether the value can differ between the features of a layer.
    pub fn varies(&self) -> bool {
        let mut varies = false;
        self.walk(&mut |part| {
            varies |= matches!(
                part,
                Self::Get(_)
                    | Self::Has(_)
                    | Self::Properties
                    | Self::Id
                    | Self::GeometryKind
                    | Self::Within(_)
                    | Self::Call(Op::GetKey | Op::HasKey, _)
            );
        });
        varies
    }
}

//! Expressions of `MapLibre` styles, read from their JSON.

use std::borrow::Cow;

use serde_json::Value as Json;

use super::value::Value;

/// Nesting beyond this is no style anyone wrote.
pub const DEEPEST: usize = 64;

/// A formula over the zoom level and the properties of a feature.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    Literal(Value<'static>),
    Get(String),
    Has(String),
    Zoom,
    Id,
    GeometryKind,
    Call(Op, Vec<Expr>),
    /// The labels of each arm with its output, and the output for all else.
    Match(Box<Expr>, Vec<(Vec<Value<'static>>, Expr)>, Box<Expr>),
    /// Conditions with their outputs, and the output when none holds.
    Case(Vec<(Expr, Expr)>, Box<Expr>),
    /// The output below the first stop, and the stops.
    Step(Box<Expr>, Box<Expr>, Vec<(f64, Expr)>),
    /// The base of the curve (1 is a straight line), the input, and the stops.
    Interpolate(f64, Box<Expr>, Vec<(f64, Expr)>),
}

/// What an [`Expr::Call`] does with its arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    Equal,
    Unequal,
    Less,
    AtMost,
    More,
    AtLeast,
    All,
    Any,
    Not,
    In,
    Coalesce,
    ToNumber,
    ToText,
    ToBool,
    ToColor,
    Concat,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
    Min,
    Max,
    Abs,
    Floor,
    Ceil,
    Round,
    Root,
    Length,
    Rgb,
    Rgba,
    Upcase,
    Downcase,
}

impl Expr {
    /// Reads an expression; `None` when it holds something unknown or is nested too deep.
    pub fn read(json: &Json) -> Option<Self> {
        Self::read_at(json, 0)
    }

    /// A text that stands for itself.
    pub fn text(text: &str) -> Self {
        Self::Literal(Value::Text(Cow::Owned(text.to_owned())))
    }

    fn read_at(json: &Json, depth: usize) -> Option<Self> {
        if depth > DEEPEST {
            return None;
        }
        let items = match json {
            Json::Array(items) => items,
            Json::Object(_) => return None,
            plain => return Some(Self::Literal(Value::from_json(plain))),
        };
        let [Json::String(name), args @ ..] = items.as_slice() else {
            // A list of numbers, as dashes are.
            return Some(Self::Literal(Value::from_json(json)));
        };
        let read = |json: &Json| Self::read_at(json, depth + 1);
        match (name.as_str(), args) {
            ("literal", [value]) => Some(Self::Literal(Value::from_json(value))),
            ("get", [Json::String(key)]) => Some(Self::Get(key.clone())),
            ("has", [Json::String(key)]) => Some(Self::Has(key.clone())),
            ("!has", [Json::String(key)]) => {
                Some(Self::Call(Op::Not, vec![Self::Has(key.clone())]))
            }
            ("zoom", []) => Some(Self::Zoom),
            ("id", []) => Some(Self::Id),
            ("geometry-type", []) => Some(Self::GeometryKind),
            ("!in" | "none", _) => {
                let op = if name == "none" { Op::Any } else { Op::In };
                let inner = Self::call(op, args.iter().map(read).collect::<Option<_>>()?)?;
                Some(Self::Call(Op::Not, vec![inner]))
            }
            ("match", [input, arms @ .., other]) => Self::read_match(input, arms, other, &read),
            ("case", [arms @ .., other]) => {
                let arms = pairs(arms, |when, then| Some((read(when)?, read(then)?)))?;
                Some(Self::Case(arms, Box::new(read(other)?)))
            }
            ("step", [input, first, stops @ ..]) => {
                let stops = read_stops(stops, &read)?;
                Some(Self::Step(Box::new(read(input)?), Box::new(read(first)?), stops))
            }
            (
                "interpolate" | "interpolate-hcl" | "interpolate-lab",
                [Json::Array(curve), input, stops @ ..],
            ) => {
                let base = read_curve(curve)?;
                let stops = read_stops(stops, &read)?;
                (!stops.is_empty()).then_some(())?;
                Some(Self::Interpolate(base, Box::new(read(input)?), stops))
            }
            ("format", _) => {
                // The objects between the texts only say how each looks.
                let texts = args.iter().filter(|arg| !arg.is_object());
                Self::call(Op::Concat, texts.map(read).collect::<Option<_>>()?)
            }
            // Assertions of a type; what is not of it ends in the property's default anyway.
            ("string" | "number" | "boolean", [value]) => read(value),
            ("string" | "number" | "boolean", _) => {
                Self::call(Op::Coalesce, args.iter().map(read).collect::<Option<_>>()?)
            }
            _ => Self::call(op(name)?, args.iter().map(read).collect::<Option<_>>()?),
        }
    }

    /// `None` when `op` does not take so many arguments.
    fn call(op: Op, args: Vec<Self>) -> Option<Self> {
        use Op::{
            Abs, Add, All, Any, AtLeast, AtMost, Ceil, Coalesce, Concat, Divide, Downcase, Equal,
            Floor, In, Length, Less, Max, Min, More, Multiply, Not, Power, Remainder, Rgb, Rgba,
            Root, Round, Subtract, ToBool, ToColor, ToNumber, ToText, Unequal, Upcase,
        };
        let fits = match op {
            All | Any | Concat | Add | Multiply => true,
            Coalesce | ToNumber | ToColor | Min | Max => !args.is_empty(),
            Subtract => (1..=2).contains(&args.len()),
            Equal | Unequal | Less | AtMost | More | AtLeast | In | Divide | Remainder | Power => {
                args.len() == 2
            }
            Not | ToText | ToBool | Abs | Floor | Ceil | Round | Root | Length | Upcase
            | Downcase => args.len() == 1,
            Rgb => args.len() == 3,
            Rgba => args.len() == 4,
        };
        fits.then_some(Self::Call(op, args))
    }

    fn read_match(
        input: &Json,
        arms: &[Json],
        other: &Json,
        read: &dyn Fn(&Json) -> Option<Self>,
    ) -> Option<Self> {
        let arms = pairs(arms, |label, output| {
            let labels = match label {
                Json::Array(labels) => labels.iter().map(Value::from_json).collect(),
                one => vec![Value::from_json(one)],
            };
            Some((labels, read(output)?))
        })?;
        Some(Self::Match(Box::new(read(input)?), arms, Box::new(read(other)?)))
    }

    /// Shows every part of the expression to `look`, itself first.
    pub fn walk(&self, look: &mut dyn FnMut(&Self)) {
        look(self);
        match self {
            Self::Call(_, args) => args.iter().for_each(|arg| arg.walk(look)),
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
            _ => {}
        }
    }

    /// Whether the value can differ between the features of a layer.
    pub fn varies(&self) -> bool {
        let mut varies = false;
        self.walk(&mut |part| {
            varies |= matches!(part, Self::Get(_) | Self::Has(_) | Self::Id | Self::GeometryKind);
        });
        varies
    }
}

/// The operator of an ordinary call.
fn op(name: &str) -> Option<Op> {
    Some(match name {
        "==" => Op::Equal,
        "!=" => Op::Unequal,
        "<" => Op::Less,
        "<=" => Op::AtMost,
        ">" => Op::More,
        ">=" => Op::AtLeast,
        "all" => Op::All,
        "any" => Op::Any,
        "!" => Op::Not,
        "in" => Op::In,
        "coalesce" => Op::Coalesce,
        "to-number" => Op::ToNumber,
        "to-string" => Op::ToText,
        "to-boolean" => Op::ToBool,
        "to-color" => Op::ToColor,
        "concat" => Op::Concat,
        "+" => Op::Add,
        "-" => Op::Subtract,
        "*" => Op::Multiply,
        "/" => Op::Divide,
        "%" => Op::Remainder,
        "^" => Op::Power,
        "min" => Op::Min,
        "max" => Op::Max,
        "abs" => Op::Abs,
        "floor" => Op::Floor,
        "ceil" => Op::Ceil,
        "round" => Op::Round,
        "sqrt" => Op::Root,
        "length" => Op::Length,
        "rgb" => Op::Rgb,
        "rgba" => Op::Rgba,
        "upcase" => Op::Upcase,
        "downcase" => Op::Downcase,
        _ => return None,
    })
}

fn pairs<T>(items: &[Json], read: impl Fn(&Json, &Json) -> Option<T>) -> Option<Vec<T>> {
    let (pairs, []) = items.as_chunks::<2>() else { return None };
    pairs.iter().map(|[first, second]| read(first, second)).collect()
}

/// Stops in rising order with their outputs.
fn read_stops(items: &[Json], read: &dyn Fn(&Json) -> Option<Expr>) -> Option<Vec<(f64, Expr)>> {
    let stops = pairs(items, |at, output| Some((at.as_f64()?, read(output)?)))?;
    stops.is_sorted_by(|a, b| a.0 <= b.0).then_some(stops)
}

fn read_curve(curve: &[Json]) -> Option<f64> {
    match curve {
        [Json::String(name), ..] if name == "linear" || name == "cubic-bezier" => Some(1.0),
        [Json::String(name), base] if name == "exponential" => {
            base.as_f64().filter(|base| *base > 0.0)
        }
        _ => None,
    }
}

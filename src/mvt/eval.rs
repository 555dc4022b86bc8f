//! What an expression yields for a zoom level and a feature.

use std::{borrow::Cow, cmp::Ordering};

use super::{
    color::Color,
    expression::{Expr, Op},
    tile::Feature,
    value::Value,
};

/// What an expression is asked about.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub zoom: f64,
    /// None for what does not depend on features.
    pub feature: Option<Feature<'a>>,
}

impl Expr {
    /// The value; `None` where the expression does not fit the feature's properties.
    #[expect(clippy::cast_precision_loss, reason = "no style tells numbers beyond 2^53 apart")]
    pub fn eval<'a>(&'a self, at: &Context<'a>) -> Option<Value<'a>> {
        match self {
            Self::Literal(value) => Some(value.borrowed()),
            Self::Get(key) => {
                Some(at.feature.and_then(|feature| feature.get(key)).unwrap_or(Value::Null))
            }
            Self::Has(key) => {
                Some(Value::Bool(at.feature.is_some_and(|feature| feature.get(key).is_some())))
            }
            Self::Zoom => Some(Value::Number(at.zoom)),
            Self::Id => Some(
                at.feature
                    .and_then(|feature| feature.id())
                    .map_or(Value::Null, |id| Value::Number(id as f64)),
            ),
            Self::GeometryKind => {
                at.feature.map(|feature| Value::Text(Cow::Borrowed(feature.kind().name())))
            }
            Self::Call(op, args) => call(*op, args, at),
            Self::Match(input, arms, other) => {
                let input = input.eval(at)?;
                let arm = arms.iter().find(|(labels, _)| labels.contains(&input));
                arm.map_or(&**other, |(_, output)| output).eval(at)
            }
            Self::Case(arms, other) => {
                for (when, then) in arms {
                    if truth(&when.eval(at)?)? {
                        return then.eval(at);
                    }
                }
                other.eval(at)
            }
            Self::Step(input, first, stops) => {
                let input = input.eval(at)?.number()?;
                let reached = stops.iter().rev().find(|(stop, _)| *stop <= input);
                reached.map_or(&**first, |(_, output)| output).eval(at)
            }
            Self::Interpolate(base, input, stops) => {
                let input = input.eval(at)?.number()?;
                interpolate(*base, input, stops, at)
            }
        }
    }

    /// Whether a feature passes; what cannot be answered does not.
    pub fn passes(&self, at: &Context<'_>) -> bool {
        matches!(self.eval(at), Some(Value::Bool(true)))
    }
}

fn interpolate<'a>(
    base: f64,
    input: f64,
    stops: &'a [(f64, Expr)],
    at: &Context<'a>,
) -> Option<Value<'a>> {
    let next = stops.partition_point(|(stop, _)| *stop <= input);
    let before = next.checked_sub(1).and_then(|i| stops.get(i));
    match (before, stops.get(next)) {
        (Some((_, low)), None) => low.eval(at),
        (None, Some((_, high))) => high.eval(at),
        (Some((from, low)), Some((to, high))) => {
            blend(&low.eval(at)?, &high.eval(at)?, progress(base, input, *from, *to))
        }
        (None, None) => None,
    }
}

/// How far (0..=1) the curve has come at `input` between two stops.
fn progress(base: f64, input: f64, from: f64, to: f64) -> f64 {
    let (done, all) = (input - from, to - from);
    let t = if (base - 1.0).abs() < 1e-9 {
        done / all
    } else {
        (base.powf(done) - 1.0) / (base.powf(all) - 1.0)
    };
    // Steep curves over long stretches overflow; they reach the stop in a jump.
    if t.is_finite() { t.clamp(0.0, 1.0) } else { 0.0 }
}

fn blend(low: &Value<'_>, high: &Value<'_>, t: f64) -> Option<Value<'static>> {
    if let (Value::Number(low), Value::Number(high)) = (low, high) {
        return Some(Value::Number(low + (high - low) * t));
    }
    if let (Value::List(low), Value::List(high)) = (low, high) {
        let parts = low.iter().zip(high.iter()).map(|(low, high)| match (low, high) {
            (Value::Number(low), Value::Number(high)) => {
                Some(Value::Number(low + (high - low) * t))
            }
            _ => None,
        });
        return (low.len() == high.len())
            .then(|| parts.collect::<Option<_>>())
            .flatten()
            .map(Value::List);
    }
    Some(Value::Color(low.color()?.mix(high.color()?, t)))
}

fn call<'a>(op: Op, args: &'a [Expr], at: &Context<'a>) -> Option<Value<'a>> {
    match op {
        Op::All => all_or_any(args, false, at),
        Op::Any => all_or_any(args, true, at),
        Op::Coalesce => {
            let values = args.iter().filter_map(|arg| arg.eval(at));
            Some(values.into_iter().find(|v| *v != Value::Null).unwrap_or(Value::Null))
        }
        Op::ToNumber => args.iter().find_map(|arg| to_number(&arg.eval(at)?)).map(Value::Number),
        Op::ToColor => args.iter().find_map(|arg| arg.eval(at)?.color()).map(Value::Color),
        Op::Concat => {
            let mut joined = String::new();
            for arg in args {
                joined.push_str(&arg.eval(at)?.shown());
            }
            Some(Value::Text(Cow::Owned(joined)))
        }
        Op::Rgb | Op::Rgba => {
            let parts = numbers(args, at)?;
            match parts.as_slice() {
                [r, g, b] => Some(Value::Color(Color::new(*r, *g, *b, 1.0))),
                [r, g, b, a] => Some(Value::Color(Color::new(*r, *g, *b, *a))),
                _ => None,
            }
        }
        Op::Add
        | Op::Subtract
        | Op::Multiply
        | Op::Divide
        | Op::Remainder
        | Op::Power
        | Op::Min
        | Op::Max
        | Op::Abs
        | Op::Floor
        | Op::Ceil
        | Op::Round
        | Op::Root => arithmetic(op, &numbers(args, at)?).map(Value::Number),
        Op::Not | Op::ToText | Op::ToBool | Op::Length | Op::Upcase | Op::Downcase => {
            of_one(op, args.first()?.eval(at)?)
        }
        Op::Equal | Op::Unequal | Op::Less | Op::AtMost | Op::More | Op::AtLeast | Op::In => {
            let [a, b] = args else { return None };
            compare(op, &a.eval(at)?, &b.eval(at)?).map(Value::Bool)
        }
    }
}

/// Stops at the first argument that decides.
fn all_or_any<'a>(args: &'a [Expr], deciding: bool, at: &Context<'a>) -> Option<Value<'a>> {
    for arg in args {
        if truth(&arg.eval(at)?)? == deciding {
            return Some(Value::Bool(deciding));
        }
    }
    Some(Value::Bool(!deciding))
}

fn truth(value: &Value<'_>) -> Option<bool> {
    if let Value::Bool(b) = value { Some(*b) } else { None }
}

fn to_number(value: &Value<'_>) -> Option<f64> {
    match value {
        Value::Null => Some(0.0),
        Value::Bool(b) => Some(f64::from(u8::from(*b))),
        Value::Number(n) => Some(*n),
        Value::Text(text) => text.trim().parse().ok().filter(|n: &f64| n.is_finite()),
        Value::Color(_) | Value::List(_) => None,
    }
}

fn numbers<'a>(args: &'a [Expr], at: &Context<'a>) -> Option<Vec<f64>> {
    args.iter().map(|arg| arg.eval(at)?.number()).collect()
}

fn arithmetic(op: Op, numbers: &[f64]) -> Option<f64> {
    let result = match (op, numbers) {
        (Op::Add, all) => all.iter().sum(),
        (Op::Multiply, all) => all.iter().product(),
        (Op::Min, all) => all.iter().copied().reduce(f64::min)?,
        (Op::Max, all) => all.iter().copied().reduce(f64::max)?,
        (Op::Subtract, [a]) => -a,
        (Op::Subtract, [a, b]) => a - b,
        (Op::Divide, [a, b]) => a / b,
        (Op::Remainder, [a, b]) => a % b,
        (Op::Power, [a, b]) => a.powf(*b),
        (Op::Abs, [a]) => a.abs(),
        (Op::Floor, [a]) => a.floor(),
        (Op::Ceil, [a]) => a.ceil(),
        (Op::Round, [a]) => a.round(),
        (Op::Root, [a]) => a.sqrt(),
        _ => return None,
    };
    result.is_finite().then_some(result)
}

#[expect(clippy::cast_precision_loss, reason = "lengths are small")]
fn of_one(op: Op, value: Value<'_>) -> Option<Value<'_>> {
    match (op, value) {
        (Op::Not, value) => truth(&value).map(|b| Value::Bool(!b)),
        (Op::ToText, Value::Text(text)) => Some(Value::Text(text)),
        (Op::ToText, value) => Some(Value::Text(Cow::Owned(value.shown().into_owned()))),
        (Op::ToBool, value) => Some(Value::Bool(match value {
            Value::Null => false,
            Value::Bool(b) => b,
            Value::Number(n) => n != 0.0 && !n.is_nan(),
            Value::Text(text) => !text.is_empty(),
            Value::Color(_) | Value::List(_) => true,
        })),
        (Op::Length, Value::Text(text)) => Some(Value::Number(text.chars().count() as f64)),
        (Op::Length, Value::List(list)) => Some(Value::Number(list.len() as f64)),
        (Op::Upcase, Value::Text(text)) => Some(Value::Text(Cow::Owned(text.to_uppercase()))),
        (Op::Downcase, Value::Text(text)) => Some(Value::Text(Cow::Owned(text.to_lowercase()))),
        _ => None,
    }
}

fn compare(op: Op, a: &Value<'_>, b: &Value<'_>) -> Option<bool> {
    match op {
        Op::Equal => return Some(a == b),
        Op::Unequal => return Some(a != b),
        Op::In => {
            return match (a, b) {
                (item, Value::List(list)) => Some(list.contains(item)),
                (Value::Text(part), Value::Text(whole)) => Some(whole.contains(&**part)),
                (Value::Null, _) => Some(false),
                _ => None,
            };
        }
        _ => {}
    }
    let order = match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.partial_cmp(b)?,
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        _ => return None,
    };
    match op {
        Op::Less => Some(order == Ordering::Less),
        Op::AtMost => Some(order != Ordering::Greater),
        Op::More => Some(order == Ordering::Greater),
        Op::AtLeast => Some(order != Ordering::Less),
        _ => None,
    }
}

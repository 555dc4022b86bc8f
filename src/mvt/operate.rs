//! What operators make of their arguments' values.

use super::{
    collator::Collator, color::Color, context::Steps, lists, operator::Op, script::is_supported,
    value::Value,
};

/// Decimals that a number may be written with.
const MOST_DECIMALS: usize = 20;

/// The value; `None` where the arguments do not fit.
pub fn operate<'a>(op: Op, values: &[Value<'a>], steps: &Steps) -> Option<Value<'a>> {
    match op {
        Op::In | Op::IndexOf | Op::At | Op::Slice | Op::Split | Op::Join | Op::Length => {
            lists::operate(op, values, steps)
        }
        Op::List => Some(Value::List(values.iter().cloned().map(Value::owned).collect())),
        Op::Rgb | Op::Rgba => Color::checked(&numbers(values)?).map(Value::Color),
        Op::Collator => match values {
            [case, accents] => Some(Value::Collator(Collator {
                by_case: *case == Value::Bool(true),
                by_accents: *accents == Value::Bool(true),
            })),
            _ => None,
        },
        Op::NumberFormat => match values {
            [Value::Number(number), least, most] => {
                Some(Value::Text(written(*number, least, most).into()))
            }
            _ => None,
        },
        Op::Not
        | Op::ToText
        | Op::ToBool
        | Op::ToRgba
        | Op::TypeOf
        | Op::Upcase
        | Op::Downcase
        | Op::IsSupportedScript
        | Op::Locale => of_one(op, values.first()?),
        _ => arithmetic(op, &numbers(values)?).map(Value::Number),
    }
}

/// The number that a value is or writes; 0 for nothing.
pub fn number_of(value: &Value<'_>) -> Option<f64> {
    match value {
        Value::Null => Some(0.0),
        Value::Bool(b) => Some(f64::from(u8::from(*b))),
        Value::Number(n) => Some(*n),
        Value::Text(text) if text.trim().is_empty() => Some(0.0),
        Value::Text(text) => text.trim().parse().ok().filter(|n: &f64| n.is_finite()),
        _ => None,
    }
}

fn numbers(values: &[Value<'_>]) -> Option<Vec<f64>> {
    values.iter().map(Value::number).collect()
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
        (Op::Ln, [a]) => a.ln(),
        (Op::Log2, [a]) => a.log2(),
        (Op::Log10, [a]) => a.log10(),
        (Op::Sin, [a]) => a.sin(),
        (Op::Cos, [a]) => a.cos(),
        (Op::Tan, [a]) => a.tan(),
        (Op::Asin, [a]) => a.asin(),
        (Op::Acos, [a]) => a.acos(),
        (Op::Atan, [a]) => a.atan(),
        _ => return None,
    };
    result.is_finite().then_some(result)
}

fn of_one<'a>(op: Op, value: &Value<'a>) -> Option<Value<'a>> {
    let text = |text: String| Some(Value::Text(text.into()));
    match (op, value) {
        (Op::Not, Value::Bool(b)) => Some(Value::Bool(!b)),
        (Op::ToText, Value::Text(_)) => Some(value.clone()),
        (Op::ToText, value) => text(value.shown().into_owned()),
        (Op::ToBool, value) => Some(Value::Bool(match value {
            Value::Null => false,
            Value::Bool(b) => *b,
            Value::Number(n) => *n != 0.0 && !n.is_nan(),
            Value::Text(text) => !text.is_empty(),
            _ => true,
        })),
        (Op::ToRgba, value) => {
            let color = value.color()?;
            let [r, g, b] = [color.r, color.g, color.b].map(|v| (f64::from(v) * 255.0).round());
            let parts = [r, g, b, f64::from(color.a)];
            Some(Value::List(parts.into_iter().map(Value::Number).collect()))
        }
        (Op::TypeOf, value) => text(lists::type_name(value)),
        (Op::Upcase, Value::Text(own)) => text(own.to_uppercase()),
        (Op::Downcase, Value::Text(own)) => text(own.to_lowercase()),
        (Op::IsSupportedScript, Value::Text(text)) => Some(Value::Bool(is_supported(text))),
        // Texts are compared by the same rules in every language: those of English.
        (Op::Locale, Value::Collator(_)) => text("en".to_owned()),
        _ => None,
    }
}

/// A number with its thousands apart. Without bounds it has up to three decimals.
fn written(number: f64, least: &Value<'_>, most: &Value<'_>) -> String {
    let decimals = |value: &Value<'_>| {
        let bound = value.number().unwrap_or(-1.0);
        (0..=MOST_DECIMALS).rev().find(|count| *count as f64 <= bound)
    };
    let least = decimals(least);
    let most = decimals(most).unwrap_or(3).max(least.unwrap_or(0));
    let text = format!("{:.most$}", number.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut fraction = fraction.to_owned();
    while fraction.len() > least.unwrap_or(0) && fraction.ends_with('0') {
        fraction.pop();
    }
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(&fraction);
    }
    let is_zero = out.chars().all(|c| matches!(c, '0' | '.' | ','));
    if number < 0.0 && !is_zero { format!("-{out}") } else { out }
}

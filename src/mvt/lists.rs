//! Lists, and texts as lists of characters.

use std::sync::Arc;

use super::{context::Steps, json_text, operator::Op, value::Value};

/// Looking into lists and texts and taking them apart.
#[expect(clippy::cast_precision_loss, reason = "lengths are small")]
pub fn operate<'a>(op: Op, values: &[Value<'a>], steps: &Steps) -> Option<Value<'a>> {
    steps.take(values.iter().map(size).sum())?;
    match (op, values) {
        (Op::In, [_, Value::Null]) => Some(Value::Bool(false)),
        (Op::In, [needle, hay]) => {
            // In an empty text there is nothing, not even an empty one.
            let empty = matches!(hay, Value::Text(text) if text.is_empty());
            Some(Value::Bool(index_of(needle, hay, 0.0)? >= 0.0 && !empty))
        }
        (Op::IndexOf, [needle, hay, from @ ..]) => {
            let from = from.first().map_or(Some(0.0), Value::number)?;
            index_of(needle, hay, from).map(Value::Number)
        }
        (Op::At, [index, Value::List(list)]) => {
            let index = index.number()?;
            let at = (0..list.len()).nth(whole(index)?)?;
            list.get(at).cloned()
        }
        (Op::Slice, [Value::List(list), bounds @ ..]) => {
            let (from, to) = range(bounds, list.len())?;
            Some(Value::List(list.get(from..to).unwrap_or_default().iter().cloned().collect()))
        }
        (Op::Slice, [Value::Text(text), bounds @ ..]) => {
            let (from, to) = range(bounds, text.chars().count())?;
            let part: String = text.chars().take(to).skip(from).collect();
            Some(Value::Text(part.into()))
        }
        (Op::Split, [Value::Text(text), Value::Text(between)]) => {
            let part = |part: &str| Value::Text(part.to_owned().into());
            Some(Value::List(if between.is_empty() {
                text.chars().map(|c| part(c.encode_utf8(&mut [0; 4]))).collect()
            } else {
                text.split(&**between).map(part).collect()
            }))
        }
        (Op::Join, [Value::List(list), Value::Text(between)]) => {
            let mut joined = String::new();
            for (at, item) in list.iter().enumerate() {
                let Value::Text(item) = item else { return None };
                if at > 0 {
                    joined.push_str(between);
                }
                joined.push_str(item);
                if joined.len() > json_text::LONGEST {
                    return None;
                }
            }
            Some(Value::Text(joined.into()))
        }
        (Op::Length, [Value::Text(text)]) => Some(Value::Number(text.chars().count() as f64)),
        (Op::Length, [Value::List(list)]) => Some(Value::Number(list.len() as f64)),
        _ => None,
    }
}

/// What the type of a value is called.
pub fn type_name(value: &Value<'_>) -> String {
    match value {
        Value::List(list) => format!("array<{}, {}>", item_name(list), list.len()),
        plain => plain_name(plain).to_owned(),
    }
}

fn item_name(list: &Arc<[Value<'static>]>) -> &'static str {
    let mut names = list.iter().map(plain_name);
    let Some(first) = names.next() else { return "value" };
    if names.all(|name| name == first) { first } else { "value" }
}

fn plain_name(value: &Value<'_>) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::Text(_) => "string",
        Value::Color(_) => "color",
        Value::List(_) => "value",
        Value::Object(_) => "object",
        Value::Collator(_) => "collator",
    }
}

fn size(value: &Value<'_>) -> usize {
    match value {
        Value::Text(text) => text.len() / 16,
        Value::List(list) => list.len(),
        _ => 0,
    }
}

/// What is told of a needle that is not there.
const NOWHERE: f64 = -1.0;

/// Where the needle first stands from an index on; `None` where there is nothing to look for or
/// into.
#[expect(clippy::cast_precision_loss, reason = "lengths are small")]
fn index_of(needle: &Value<'_>, hay: &Value<'_>, from: f64) -> Option<f64> {
    if !matches!(needle, Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_)) {
        return None;
    }
    let told = |found: Option<usize>| found.map_or(NOWHERE, |at| at as f64);
    match hay {
        Value::List(list) => {
            let from = from_either_end(from, list.len());
            let rest = list.get(from..).unwrap_or_default();
            Some(told(rest.iter().position(|item| item == needle).map(|at| at + from)))
        }
        Value::Text(text) => {
            let needle = match needle {
                Value::Null => "null".into(),
                other => other.shown(),
            };
            let count = text.chars().count();
            let from = if from < 0.0 { 0 } else { from_either_end(from, count) };
            let start = text.char_indices().nth(from).map_or(text.len(), |(at, _)| at);
            let rest = text.get(start..)?;
            let before = rest.find(&*needle).and_then(|found| rest.get(..found));
            Some(told(before.map(|before| from + before.chars().count())))
        }
        _ => None,
    }
}

/// The bounds of a slice, each counted from the end where it is negative.
fn range(bounds: &[Value<'_>], length: usize) -> Option<(usize, usize)> {
    let from = from_either_end(bounds.first()?.number()?, length);
    let to = match bounds.get(1) {
        Some(to) => from_either_end(to.number()?, length),
        None => length,
    };
    Some((from, to.max(from)))
}

fn from_either_end(index: f64, length: usize) -> usize {
    let from_end = index < 0.0;
    let steps = index.abs().trunc();
    let steps = whole(steps).map_or(length, |steps| steps.min(length));
    if from_end { length - steps } else { steps }
}

/// A whole number that can count something.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and in range")]
fn whole(n: f64) -> Option<usize> {
    ((0.0..=f64::from(u32::MAX)).contains(&n) && n.fract() == 0.0).then_some(n as usize)
}

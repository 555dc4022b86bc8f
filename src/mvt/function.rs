//! The older form of a property's value: a function given by stops, and `{name}` in texts.

use serde_json::Value as Json;

use super::{
    expression::{Expr, Op},
    value::Value,
};

/// How the outputs of a property may change between stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outputs {
    /// Numbers and colours, which blend.
    Smooth,
    /// All else jumps.
    Stepped,
    /// Texts jump too, and `{name}` in them stands for a property of the feature.
    Texts,
}

/// Reads the value of a property in any of its forms; `None` when it holds something unknown.
pub fn read_value(json: &Json, outputs: Outputs) -> Option<Expr> {
    match json {
        Json::Object(_) => read_function(json, outputs),
        Json::Array(_) => Expr::read(json),
        plain => Some(output(plain, outputs)),
    }
}

fn read_function(json: &Json, outputs: Outputs) -> Option<Expr> {
    let property = json.get("property").map(|key| key.as_str().map(str::to_owned));
    let input = match property {
        Some(key) => Expr::Get(key?),
        None => Expr::Zoom,
    };
    let kind = json.get("type").and_then(Json::as_str);
    let value = if kind == Some("identity") {
        input
    } else {
        let stops = json.get("stops")?.as_array()?;
        if kind == Some("categorical") {
            categories(input, stops, json.get("default"), outputs)?
        } else {
            let stops = stops
                .iter()
                .map(|stop| match stop.as_array()?.as_slice() {
                    [at, value] => Some((at.as_f64()?, output(value, outputs))),
                    _ => None,
                })
                .collect::<Option<Vec<_>>>()?;
            stops.is_sorted_by(|a, b| a.0 <= b.0).then_some(())?;
            let (_, first) = stops.first()?;
            if outputs == Outputs::Smooth && kind != Some("interval") {
                let base = json.get("base").map_or(Some(1.0), Json::as_f64)?;
                (base > 0.0).then_some(())?;
                Expr::Interpolate(base, Box::new(input), stops)
            } else {
                Expr::Step(Box::new(input), Box::new(first.clone()), stops)
            }
        }
    };
    Some(match json.get("default") {
        Some(default) => Expr::Call(Op::Coalesce, vec![value, output(default, outputs)]),
        None => value,
    })
}

fn categories(
    input: Expr,
    stops: &[Json],
    default: Option<&Json>,
    outputs: Outputs,
) -> Option<Expr> {
    let arms = stops
        .iter()
        .map(|stop| match stop.as_array()?.as_slice() {
            [Json::Object(_), _] => None,
            [label, value] => Some((vec![Value::from_json(label)], output(value, outputs))),
            _ => None,
        })
        .collect::<Option<_>>()?;
    let other = default.map_or(Expr::Literal(Value::Null), |value| output(value, outputs));
    Some(Expr::Match(Box::new(input), arms, Box::new(other)))
}

fn output(json: &Json, outputs: Outputs) -> Expr {
    match json {
        Json::String(text) if outputs == Outputs::Texts => with_tokens(text),
        plain => Expr::Literal(Value::from_json(plain)),
    }
}

/// A text whose `{name}` parts stand for properties.
fn with_tokens(text: &str) -> Expr {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((key, after)) = after.split_once('}') else { break };
        if !before.is_empty() {
            parts.push(Expr::text(before));
        }
        parts.push(Expr::Get(key.to_owned()));
        rest = after;
    }
    if parts.is_empty() {
        return Expr::text(text);
    }
    if !rest.is_empty() {
        parts.push(Expr::text(rest));
    }
    Expr::Call(Op::Concat, parts)
}

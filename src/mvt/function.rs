//! The older form of a property's value: a function given by stops, and `{name}` in texts.

use serde_json::Value as Json;

use super::{
    curve::{Curve, Ease, Space},
    expression::Expr,
    fault::Fault,
    operator::Op,
    reader::Reader,
    value::Value,
};

/// What the values of a property are, and how they may change between stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outputs {
    /// They blend.
    Numbers,
    /// They blend too.
    Colors,
    /// They jump, as all else does, and `{name}` in them stands for a property of the feature.
    Texts,
    Others,
}

/// Reads the value of a property in any of its forms.
///
/// # Errors
/// When it holds something unknown.
pub fn read_value(json: &Json, outputs: Outputs, reader: &mut Reader<'_>) -> Result<Expr, Fault> {
    match json {
        Json::Object(_) => read_function(json, outputs),
        Json::Array(_) => reader.read(json),
        plain => Ok(output(plain, outputs, true)),
    }
}

fn read_function(json: &Json, outputs: Outputs) -> Result<Expr, Fault> {
    let unknown = || "a function that is none".to_owned();
    let property = json.get("property").map(|key| key.as_str().ok_or_else(unknown)).transpose()?;
    let input = || property.map_or(Expr::Zoom, |key| Expr::Get(key.to_owned()));
    let kind = json.get("type").and_then(Json::as_str);
    let default = json.get("default").map(|default| output(default, outputs, false));
    let value = if kind == Some("identity") {
        let op = match outputs {
            Outputs::Numbers => Op::AsNumber,
            Outputs::Colors => Op::ToColor,
            // Any value can be written, and others are judged by who asked.
            Outputs::Texts | Outputs::Others => Op::Coalesce,
        };
        let whatever = default.clone().filter(|_| op == Op::Coalesce);
        Expr::Call(op, std::iter::once(input()).chain(whatever).collect())
    } else {
        let stops = json.get("stops").and_then(Json::as_array).ok_or_else(unknown)?;
        // Names in braces stand for properties only where the zoom level alone decides.
        let read = |json: &Json| output(json, outputs, property.is_none());
        let stops = stops.iter().map(|stop| match stop.as_array().map(Vec::as_slice) {
            Some([at, value]) => Ok((at, read(value))),
            _ => Err(unknown()),
        });
        let stops = stops.collect::<Result<Vec<_>, Fault>>()?;
        let smooth = matches!(outputs, Outputs::Numbers | Outputs::Colors)
            && !matches!(kind, Some("interval" | "categorical"));
        let curve = if smooth { Some(curve(json).ok_or_else(unknown)?) } else { None };
        let zooms = || stops.iter().filter(|(at, _)| at.is_object()).count();
        match zooms() {
            0 if kind == Some("categorical") => categories(input(), stops, default.as_ref()),
            0 => {
                let stops = stops.into_iter().map(|(at, value)| Some((at.as_f64()?, value)));
                let stops = stops.collect::<Option<Vec<_>>>().ok_or_else(unknown)?;
                by_stops(input(), stops, curve).ok_or_else(unknown)?
            }
            all if all == stops.len() && property.is_some() => {
                by_zoom(&input(), stops, curve, kind, default.as_ref()).ok_or_else(unknown)?
            }
            _ => return Err(unknown()),
        }
    };
    Ok(match default {
        Some(default) => Expr::Call(Op::OrElse, vec![value, default]),
        None => value,
    })
}

fn curve(json: &Json) -> Option<Curve> {
    let base = json.get("base").map_or(Some(1.0), Json::as_f64).filter(|base| *base > 0.0)?;
    let space = match json.get("colorSpace").and_then(Json::as_str) {
        Some("lab") => Space::Lab,
        Some("hcl") => Space::Hcl,
        _ => Space::Rgb,
    };
    Some(Curve { ease: Ease::Exponential(base), space })
}

/// Steps, or a curve. `None` without stops or where they fall. Of several at one place the first
/// counts.
fn by_stops(input: Expr, mut stops: Vec<(f64, Expr)>, curve: Option<Curve>) -> Option<Expr> {
    stops.is_sorted_by(|a, b| a.0 <= b.0).then_some(())?;
    stops.dedup_by(|later, first| later.0.to_bits() == first.0.to_bits());
    let first = stops.first()?.1.clone();
    let input = Box::new(input);
    Some(if let Some(curve) = curve {
        Expr::Interpolate(curve, input, stops)
    } else {
        // A function jumps between numbers only.
        let number = Expr::Call(Op::AsNumber, vec![*input]);
        Expr::Step(Box::new(number), Box::new(first), stops)
    })
}

/// Stops by zoom level and property: a function of the property for each of the levels.
fn by_zoom(
    input: &Expr,
    stops: Vec<(&Json, Expr)>,
    curve: Option<Curve>,
    kind: Option<&str>,
    default: Option<&Expr>,
) -> Option<Expr> {
    let mut levels: Vec<(f64, Vec<(&Json, Expr)>)> = Vec::new();
    for (at, value) in stops {
        let (zoom, place) = (at.get("zoom")?.as_f64()?, at.get("value")?);
        match levels.last_mut() {
            Some((last, level)) if last.to_bits() == zoom.to_bits() => level.push((place, value)),
            _ => levels.push((zoom, vec![(place, value)])),
        }
    }
    let levels = levels.into_iter().map(|(zoom, level)| {
        let inner = if kind == Some("categorical") {
            categories(input.clone(), level, default)
        } else {
            let level = level.into_iter().map(|(at, value)| Some((at.as_f64()?, value)));
            by_stops(input.clone(), level.collect::<Option<_>>()?, curve)?
        };
        Some((zoom, inner))
    });
    // Between the levels numbers run straight, whatever the base.
    let over_zoom = curve.map(|curve| Curve { ease: Ease::Exponential(1.0), ..curve });
    by_stops(Expr::Zoom, levels.collect::<Option<_>>()?, over_zoom)
}

fn categories(input: Expr, stops: Vec<(&Json, Expr)>, default: Option<&Expr>) -> Expr {
    let arms = stops.into_iter().map(|(label, value)| (vec![Value::from_json(label)], value));
    let other = default.cloned().unwrap_or(Expr::Literal(Value::Null));
    Expr::Match(Box::new(input), arms.collect(), Box::new(other))
}

fn output(json: &Json, outputs: Outputs, tokens: bool) -> Expr {
    match json {
        Json::String(text) if tokens && outputs == Outputs::Texts => with_tokens(text),
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

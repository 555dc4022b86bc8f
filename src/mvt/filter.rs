//! Filters in both their forms: expressions, and the older lists of a key and values.

use serde_json::Value as Json;

use super::{
    expression::Expr,
    fault::Fault,
    operator::Op,
    reader::{DEEPEST, Reader},
    value::Value,
};

/// Reads a filter of either form.
///
/// # Errors
/// When it holds something unknown.
pub fn read_filter(json: &Json, reader: &mut Reader<'_>) -> Result<Expr, Fault> {
    read_at(json, 0, reader)
}

fn read_at(json: &Json, depth: usize, reader: &mut Reader<'_>) -> Result<Expr, Fault> {
    if depth > DEEPEST {
        return Err("nested too deep".to_owned());
    }
    if is_expression(json, depth) {
        return reader.read(json);
    }
    let none = || "a filter that is none".to_owned();
    let Json::Array(items) = json else { return Err(none()) };
    let [Json::String(name), args @ ..] = items.as_slice() else { return Err(none()) };
    let not = |expr: Expr| Expr::Call(Op::Not, vec![expr]);
    let mut many = |op: Op| {
        let parts = args.iter().map(|arg| read_at(arg, depth + 1, reader));
        Ok::<_, Fault>(Expr::Call(op, parts.collect::<Result<_, _>>()?))
    };
    match (name.as_str(), args) {
        ("all", _) => many(Op::All),
        ("any", _) => many(Op::Any),
        ("none", _) => many(Op::Any).map(not),
        ("has", [Json::String(key)]) => Ok(has(key)),
        ("!has", [Json::String(key)]) => Ok(not(has(key))),
        ("in", [Json::String(key), values @ ..]) => Ok(is_in(key, values)),
        ("!in", [Json::String(key), values @ ..]) => Ok(not(is_in(key, values))),
        (name, [Json::String(key), value]) => {
            let op = match name {
                "==" => Op::Equal,
                "!=" => Op::Unequal,
                "<" => Op::Less,
                "<=" => Op::AtMost,
                ">" => Op::More,
                ">=" => Op::AtLeast,
                _ => return Err(format!("unknown operator \"{name}\"")),
            };
            let compared =
                Expr::Call(op, vec![subject(key), Expr::Literal(Value::from_json(value))]);
            // What is missing or of another type has no order: in this form it does not pass,
            // while the conditions beside it still count.
            let fails = Expr::Literal(Value::Bool(false));
            Ok(match op {
                Op::Equal | Op::Unequal => compared,
                _ => Expr::Call(Op::OrElse, vec![compared, fails]),
            })
        }
        _ => Err(none()),
    }
}

/// The rules by which `MapLibre` tells the two forms apart.
fn is_expression(json: &Json, depth: usize) -> bool {
    let items = match json {
        Json::Bool(_) => return true,
        Json::Array(items) => items,
        _ => return false,
    };
    let [Json::String(name), args @ ..] = items.as_slice() else { return false };
    match (name.as_str(), args) {
        ("has", [key, ..]) => key != "$id" && key != "$type",
        ("in", [key, values, ..]) => !key.is_string() || values.is_array(),
        ("has" | "in" | "!in" | "!has" | "none", _) => false,
        ("==" | "!=" | ">" | ">=" | "<" | "<=", args) => match args {
            [a, b] => a.is_array() || b.is_array(),
            _ => true,
        },
        ("any" | "all", args) => {
            depth <= DEEPEST && args.iter().all(|arg| is_expression(arg, depth + 1))
        }
        _ => true,
    }
}

/// What the key of an old filter stands for.
fn subject(key: &str) -> Expr {
    match key {
        "$type" => Expr::GeometryKind,
        "$id" => Expr::Id,
        key => Expr::Get(key.to_owned()),
    }
}

fn has(key: &str) -> Expr {
    match key {
        "$type" => Expr::Literal(Value::Bool(true)),
        "$id" => Expr::Call(Op::Unequal, vec![Expr::Id, Expr::Literal(Value::Null)]),
        key => Expr::Has(key.to_owned()),
    }
}

fn is_in(key: &str, values: &[Json]) -> Expr {
    let list = Value::List(values.iter().map(Value::from_json).collect());
    Expr::Call(Op::In, vec![subject(key), Expr::Literal(list)])
}

//! Expressions read from their JSON.

use serde_json::Value as Json;

use super::{
    area::Area,
    curve::{Curve, Ease, Space},
    expression::{Expr, Items},
    fault::Fault,
    operator::Op,
    value::Value,
};

/// Nesting beyond this is no style anyone wrote.
pub const DEEPEST: usize = 64;

/// Reads the expressions of one style.
pub struct Reader<'j> {
    /// The `state` of the style: defaults of what a program may change while it shows the style.
    state: Option<&'j Json>,
    /// The names that each `let` around binds, from the outside in.
    scopes: Vec<Vec<String>>,
    depth: usize,
}

impl<'j> Reader<'j> {
    /// For expressions of `style`.
    pub fn new(style: &'j Json) -> Self {
        Self { state: style.get("state"), scopes: Vec::new(), depth: 0 }
    }

    /// Reads an expression.
    ///
    /// # Errors
    /// When it holds something unknown or is nested too deep.
    pub fn read(&mut self, json: &Json) -> Result<Expr, Fault> {
        if self.depth > DEEPEST {
            return Err("nested too deep".to_owned());
        }
        self.depth += 1;
        let read = self.read_here(json);
        self.depth -= 1;
        read
    }

    fn read_here(&mut self, json: &Json) -> Result<Expr, Fault> {
        let items = match json {
            Json::Array(items) => items,
            Json::Object(_) => return Err("an object where a value belongs".to_owned()),
            plain => return Ok(Expr::Literal(Value::from_json(plain))),
        };
        let [Json::String(name), args @ ..] = items.as_slice() else {
            // A list of numbers, as dashes are.
            return Ok(Expr::Literal(Value::from_json(json)));
        };
        match (name.as_str(), args) {
            ("get", [Json::String(key)]) => Ok(Expr::Get(key.clone())),
            ("has", [Json::String(key)]) => Ok(Expr::Has(key.clone())),
            ("!has", [Json::String(key)]) => Ok(Expr::Call(Op::Not, vec![Expr::Has(key.clone())])),
            ("!in" | "none", _) => {
                let op = if name == "none" { Op::Any } else { Op::In };
                Ok(Expr::Call(Op::Not, vec![Expr::Call(op, self.all(args)?)]))
            }
            ("match", [input, arms @ .., other]) => self.read_match(input, arms, other),
            ("case", [arms @ .., other]) if !arms.is_empty() => {
                let arms = pairs(arms)?
                    .map(|[when, then]| Ok((self.read(when)?, self.read(then)?)))
                    .collect::<Result<_, Fault>>()?;
                Ok(Expr::Case(arms, Box::new(self.read(other)?)))
            }
            ("step", [input, first, stops @ ..]) => {
                let stops = self.stops(stops)?;
                Ok(Expr::Step(Box::new(self.read(input)?), Box::new(self.read(first)?), stops))
            }
            (
                "interpolate" | "interpolate-hcl" | "interpolate-lab",
                [Json::Array(ease), input, stops @ ..],
            ) => {
                let space = match name.as_str() {
                    "interpolate-hcl" => Space::Hcl,
                    "interpolate-lab" => Space::Lab,
                    _ => Space::Rgb,
                };
                let curve = Curve { ease: read_ease(ease)?, space };
                let stops = self.stops(stops)?;
                if stops.is_empty() {
                    return Err("an interpolation without stops".to_owned());
                }
                Ok(Expr::Interpolate(curve, Box::new(self.read(input)?), stops))
            }
            ("let", [bindings @ .., body]) => self.read_let(bindings, body),
            ("array", [.., _]) => self.read_array(args),
            ("within", [area]) => Area::read(area).map(Expr::Within),
            _ => match self.constant(name, args)? {
                Some(constant) => Ok(constant),
                None => self.read_call(name, args),
            },
        }
    }

    /// What has no arguments that are evaluated; `None` for all else.
    fn constant(&self, name: &str, args: &[Json]) -> Result<Option<Expr>, Fault> {
        let number = |n: f64| Expr::Literal(Value::Number(n));
        let null = || Expr::Literal(Value::Null);
        Ok(Some(match (name, args) {
            ("literal", [value]) => Expr::Literal(Value::from_json(value)),
            ("zoom", []) => Expr::Zoom,
            ("id", []) => Expr::Id,
            ("geometry-type", []) => Expr::GeometryKind,
            ("properties", []) => Expr::Properties,
            ("e", []) => number(std::f64::consts::E),
            ("pi", []) => number(std::f64::consts::PI),
            ("ln2", []) => number(std::f64::consts::LN_2),
            ("var", [Json::String(name)]) => self.variable(name)?,
            // Nothing changes the state of a feature here, and no sprite is loaded.
            ("feature-state" | "image", [_]) => null(),
            ("global-state", [Json::String(key)]) => self
                .state
                .and_then(|state| state.get(key)?.get("default"))
                .map_or_else(null, |value| Expr::Literal(Value::from_json(value))),
            _ => return Ok(None),
        }))
    }

    fn read_call(&mut self, name: &str, args: &[Json]) -> Result<Expr, Fault> {
        match (name, args) {
            ("format", _) => {
                // The objects between the texts only say how each looks.
                let texts: Vec<&Json> = args.iter().filter(|arg| !arg.is_object()).collect();
                Ok(Expr::Call(Op::Concat, self.all(texts)?))
            }
            ("semiliteral", [Json::Array(items)]) => Ok(Expr::Call(Op::List, self.all(items)?)),
            ("semiliteral", [plain]) => Ok(Expr::Literal(Value::from_json(plain))),
            ("collator", [options @ Json::Object(_)]) => {
                let args = self.options(options, &["case-sensitive", "diacritic-sensitive"])?;
                Ok(Expr::Call(Op::Collator, args))
            }
            ("number-format", [number, options @ Json::Object(_)]) => {
                if options.get("currency").is_some() || options.get("unit").is_some() {
                    return Err("\"number-format\" with a currency or a unit".to_owned());
                }
                let mut args = vec![self.read(number)?];
                args.extend(
                    self.options(options, &["min-fraction-digits", "max-fraction-digits"])?,
                );
                Ok(Expr::Call(Op::NumberFormat, args))
            }
            _ => Ok(Expr::Call(Op::named(name, args.len())?, self.all(args)?)),
        }
    }

    fn all<'a>(&mut self, items: impl IntoIterator<Item = &'a Json>) -> Result<Vec<Expr>, Fault> {
        items.into_iter().map(|item| self.read(item)).collect()
    }

    /// The values of these keys; null for those that are missing.
    fn options(&mut self, options: &Json, keys: &[&str]) -> Result<Vec<Expr>, Fault> {
        self.all(keys.iter().map(|key| options.get(key).unwrap_or(&Json::Null)))
    }

    fn read_match(&mut self, input: &Json, arms: &[Json], other: &Json) -> Result<Expr, Fault> {
        let arms = pairs(arms)?
            .map(|[label, output]| {
                let labels = match label {
                    Json::Array(labels) => labels.iter().map(Value::from_json).collect(),
                    one => vec![Value::from_json(one)],
                };
                Ok((labels, self.read(output)?))
            })
            .collect::<Result<_, Fault>>()?;
        Ok(Expr::Match(Box::new(self.read(input)?), arms, Box::new(self.read(other)?)))
    }

    fn read_let(&mut self, bindings: &[Json], body: &Json) -> Result<Expr, Fault> {
        let mut names = Vec::new();
        let mut values = Vec::new();
        for [name, value] in pairs(bindings)? {
            let sound = |name: &&str| {
                !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            };
            let name = name.as_str().filter(sound).ok_or("a variable without a sound name")?;
            // The values do not see each other.
            values.push(self.read(value)?);
            names.push(name.to_owned());
        }
        self.scopes.push(names);
        let body = self.read(body);
        self.scopes.pop();
        Ok(Expr::Let(values, Box::new(body?)))
    }

    fn variable(&self, name: &str) -> Result<Expr, Fault> {
        for (out, scope) in self.scopes.iter().rev().enumerate() {
            if let Some(at) = scope.iter().rposition(|own| own == name) {
                return Ok(Expr::Var(out, at));
            }
        }
        Err(format!("the variable \"{name}\" has no value"))
    }

    /// `array`, with the type of its items and its length where they are given.
    fn read_array(&mut self, args: &[Json]) -> Result<Expr, Fault> {
        let (items, length, values) = match args {
            [value] => (Items::Any, None, std::slice::from_ref(value)),
            [items, rest @ ..] => {
                let items = match items.as_str() {
                    Some("string") => Items::Texts,
                    Some("number") => Items::Numbers,
                    Some("boolean") => Items::Bools,
                    _ => return Err("\"array\" of something unknown".to_owned()),
                };
                match rest {
                    [length, values @ ..] if !values.is_empty() => {
                        let known = length.as_u64().and_then(|n| usize::try_from(n).ok());
                        if known.is_none() && !length.is_null() {
                            return Err("\"array\" with a length that is none".to_owned());
                        }
                        (items, known, values)
                    }
                    values => (items, None, values),
                }
            }
            [] => return Err("\"array\" of nothing".to_owned()),
        };
        Ok(Expr::AsList(items, length, self.all(values)?))
    }

    /// Stops in rising order with their outputs.
    fn stops(&mut self, items: &[Json]) -> Result<Vec<(f64, Expr)>, Fault> {
        let stops = pairs(items)?
            .map(|[at, output]| {
                Ok((at.as_f64().ok_or("a stop that is no number")?, self.read(output)?))
            })
            .collect::<Result<Vec<_>, Fault>>()?;
        if stops.is_sorted_by(|a, b| a.0 <= b.0) {
            Ok(stops)
        } else {
            Err("stops that do not rise".to_owned())
        }
    }
}

fn pairs(items: &[Json]) -> Result<impl Iterator<Item = &[Json; 2]>, Fault> {
    match items.as_chunks::<2>() {
        (pairs, []) => Ok(pairs.iter()),
        _ => Err("a value without its partner".to_owned()),
    }
}

fn read_ease(ease: &[Json]) -> Result<Ease, Fault> {
    let unknown = || "an unknown kind of interpolation".to_owned();
    match ease {
        [Json::String(name), ..] if name == "linear" => Ok(Ease::Exponential(1.0)),
        [Json::String(name), base, ..] if name == "exponential" => {
            let base = base.as_f64().filter(|base| *base > 0.0);
            base.map(Ease::Exponential).ok_or_else(unknown)
        }
        [Json::String(name), controls @ ..] if name == "cubic-bezier" => {
            let controls: Vec<f64> = controls.iter().filter_map(Json::as_f64).collect();
            let sound = controls.iter().all(|v| (0.0..=1.0).contains(v));
            let controls = <[f64; 4]>::try_from(controls).ok().filter(|_| sound);
            controls.map(Ease::Bezier).ok_or_else(unknown)
        }
        _ => Err(unknown()),
    }
}

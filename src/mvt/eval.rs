//! What an expression yields for a zoom level and a feature.

use super::{
    compare::compare,
    context::Context,
    expression::{Expr, Items},
    json_text,
    operate::{number_of, operate},
    operator::Op,
    value::Value,
};

impl Expr {
    /// The value; `None` where the expression does not fit the feature's properties.
    pub fn eval<'a>(&'a self, at: &Context<'a>) -> Option<Value<'a>> {
        self.value(Scope { at, bound: &[], outer: None })
    }

    /// Whether a feature passes; what cannot be answered does not.
    pub fn passes(&self, at: &Context<'_>) -> bool {
        matches!(self.eval(at), Some(Value::Bool(true)))
    }

    #[expect(clippy::cast_precision_loss, reason = "no style tells numbers beyond 2^53 apart")]
    fn value<'a>(&'a self, scope: Scope<'_, 'a>) -> Option<Value<'a>> {
        let at = scope.at;
        at.steps.take(1)?;
        match self {
            Self::Literal(value) => Some(value.borrowed()),
            Self::Get(key) => {
                look_up(at)?;
                Some(property(at, key).unwrap_or(Value::Null))
            }
            Self::Has(key) => {
                look_up(at)?;
                Some(Value::Bool(property(at, key).is_some()))
            }
            Self::Properties => {
                let feature = at.feature?;
                at.steps.take(feature.property_count().saturating_mul(10))?;
                let owned =
                    feature.properties().map(|(key, value)| (key.to_owned(), value.owned()));
                Some(Value::Object(owned.collect::<std::collections::BTreeMap<_, _>>().into()))
            }
            Self::Zoom => Some(Value::Number(at.zoom)),
            Self::Id => Some(
                at.feature
                    .and_then(|feature| feature.id())
                    .map_or(Value::Null, |id| Value::Number(id as f64)),
            ),
            Self::GeometryKind => {
                at.feature.map(|feature| Value::Text(feature.kind().name().into()))
            }
            Self::Within(area) => area.holds(at).map(Value::Bool),
            Self::Let(values, body) => {
                let bound: Vec<_> = values.iter().map(|value| value.value(scope)).collect();
                body.value(Scope { at, bound: &bound, outer: Some(&scope) })
            }
            Self::Var(out, place) => scope.variable(*out, *place),
            Self::AsList(items, length, args) => args.iter().find_map(|arg| {
                let value = arg.value(scope)?;
                is_list(&value, *items, *length).then_some(value)
            }),
            Self::Call(op, args) => call(*op, args, scope),
            Self::Match(input, arms, other) => {
                let input = input.value(scope)?;
                let mut output = &**other;
                for (labels, found) in arms {
                    at.steps.take(labels.len())?;
                    if labels.contains(&input) {
                        output = found;
                        break;
                    }
                }
                output.value(scope)
            }
            Self::Case(arms, other) => {
                for (when, then) in arms {
                    if truth(&when.value(scope)?)? {
                        return then.value(scope);
                    }
                }
                other.value(scope)
            }
            Self::Step(input, first, stops) => {
                let input = input.value(scope)?.number()?;
                let reached = stops.partition_point(|(stop, _)| *stop <= input);
                let reached = reached.checked_sub(1).and_then(|last| stops.get(last));
                reached.map_or(&**first, |(_, output)| output).value(scope)
            }
            Self::Interpolate(curve, input, stops) => {
                let input = input.value(scope)?.number()?;
                let next = stops.partition_point(|(stop, _)| *stop <= input);
                let before = next.checked_sub(1).and_then(|i| stops.get(i));
                match (before, stops.get(next)) {
                    (Some((_, only)), None) | (None, Some((_, only))) => {
                        curve.at_stop(only.value(scope)?)
                    }
                    (Some((from, low)), Some((to, high))) => {
                        let (low, high) = (low.value(scope)?, high.value(scope)?);
                        curve.between((*from, &low), (*to, &high), input)
                    }
                    (None, None) => None,
                }
            }
        }
    }
}

/// What is asked about, and the variables around.
#[derive(Clone, Copy)]
struct Scope<'s, 'a> {
    at: &'s Context<'a>,
    /// Those of the nearest `let`; `None` for one that could not be evaluated.
    bound: &'s [Option<Value<'a>>],
    outer: Option<&'s Self>,
}

impl<'a> Scope<'_, 'a> {
    fn variable(&self, out: usize, place: usize) -> Option<Value<'a>> {
        match out.checked_sub(1) {
            None => self.bound.get(place)?.clone(),
            Some(out) => self.outer?.variable(out, place),
        }
    }
}

/// Counts looking among all properties of the feature.
fn look_up(at: &Context<'_>) -> Option<()> {
    at.steps.take(at.feature.map_or(0, |feature| feature.property_count()))
}

/// A property of the feature, if it has one of that name.
fn property<'a>(at: &Context<'a>, key: &str) -> Option<Value<'a>> {
    at.feature.and_then(|feature| feature.get(key))
}

fn call<'a>(op: Op, args: &'a [Expr], scope: Scope<'_, 'a>) -> Option<Value<'a>> {
    let is =
        |fits: fn(&Value<'a>) -> bool| args.iter().find_map(|arg| arg.value(scope).filter(fits));
    match op {
        Op::All => all_or_any(args, false, scope),
        Op::Any => all_or_any(args, true, scope),
        Op::Coalesce => {
            for arg in args {
                let value = arg.value(scope)?;
                if value != Value::Null {
                    return Some(value);
                }
            }
            Some(Value::Null)
        }
        Op::OrElse => args.iter().find_map(|arg| arg.value(scope)),
        Op::AsText => is(|value| matches!(value, Value::Text(_))),
        Op::AsNumber => is(|value| matches!(value, Value::Number(_))),
        Op::AsBool => is(|value| matches!(value, Value::Bool(_))),
        Op::AsObject => is(|value| matches!(value, Value::Object(_))),
        Op::ToNumber => {
            args.iter().find_map(|arg| number_of(&arg.value(scope)?)).map(Value::Number)
        }
        Op::ToColor => args.iter().find_map(|arg| arg.value(scope)?.color()).map(Value::Color),
        Op::Concat => {
            let mut joined = String::new();
            for arg in args {
                joined.push_str(&arg.value(scope)?.shown());
                if joined.len() > json_text::LONGEST {
                    return None;
                }
            }
            Some(Value::Text(joined.into()))
        }
        Op::Equal | Op::Unequal | Op::Less | Op::AtMost | Op::More | Op::AtLeast => {
            let [a, b, rest @ ..] = args else { return None };
            let (a, b) = (a.value(scope)?, b.value(scope)?);
            let collator = match rest.first() {
                Some(collator) => match collator.value(scope)? {
                    Value::Collator(collator) => Some(collator),
                    _ => return None,
                },
                None => None,
            };
            compare(op, &a, &b, collator).map(Value::Bool)
        }
        Op::GetKey | Op::HasKey => {
            let [key, rest @ ..] = args else { return None };
            let key = key.value(scope)?;
            let Value::Text(key) = &key else { return None };
            let found = match rest.first() {
                None => {
                    look_up(scope.at)?;
                    property(scope.at, key)
                }
                Some(object) => match object.value(scope)? {
                    Value::Object(fields) => fields.get(&**key).cloned(),
                    _ => return None,
                },
            };
            Some(match op {
                Op::HasKey => Value::Bool(found.is_some()),
                _ => found.unwrap_or(Value::Null),
            })
        }
        _ => {
            let values = args.iter().map(|arg| arg.value(scope)).collect::<Option<Vec<_>>>()?;
            operate(op, &values, scope.at.steps)
        }
    }
}

/// Stops at the first argument that decides.
fn all_or_any<'a>(args: &'a [Expr], deciding: bool, scope: Scope<'_, 'a>) -> Option<Value<'a>> {
    for arg in args {
        if truth(&arg.value(scope)?)? == deciding {
            return Some(Value::Bool(deciding));
        }
    }
    Some(Value::Bool(!deciding))
}

fn truth(value: &Value<'_>) -> Option<bool> {
    if let Value::Bool(b) = value { Some(*b) } else { None }
}

fn is_list(value: &Value<'_>, items: Items, length: Option<usize>) -> bool {
    let Value::List(list) = value else { return false };
    length.is_none_or(|length| list.len() == length)
        && list.iter().all(|item| match items {
            Items::Any => true,
            Items::Texts => matches!(item, Value::Text(_)),
            Items::Numbers => matches!(item, Value::Number(_)),
            Items::Bools => matches!(item, Value::Bool(_)),
        })
}

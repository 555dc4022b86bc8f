//! Simple conditions on the values of features: `长度 >= 10 and 名称 ~ 路`.

use super::{
    Layer, Value,
    day::{self, moment},
};

/// What a value must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    Equal,
    Unequal,
    Less,
    AtMost,
    More,
    AtLeast,
    /// The text is in it, whatever the case.
    Contains,
    Missing,
    Told,
}

/// Longer signs first: `<=` is not `<`.
const SIGNS: [(&str, Relation); 9] = [
    ("<=", Relation::AtMost),
    (">=", Relation::AtLeast),
    ("!=", Relation::Unequal),
    ("<>", Relation::Unequal),
    ("==", Relation::Equal),
    ("=", Relation::Equal),
    ("<", Relation::Less),
    (">", Relation::More),
    ("~", Relation::Contains),
];

/// Comparisons that must all hold.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Condition(Vec<Comparison>);

#[derive(Debug, Clone, PartialEq)]
struct Comparison {
    field: usize,
    relation: Relation,
    text: String,
    /// The text as a number, where it is one.
    number: Option<f64>,
    /// The text as a day or a moment, where it is one.
    moment: Option<day::Moment>,
    /// The text as a whole number, exact where a fraction would not be.
    whole: Option<i64>,
}

/// Why a condition says nothing about a layer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConditionError {
    #[error("no comparison in “{0}”")]
    NoComparison(String),
    #[error("“{0}”: nothing is neither more nor less; ask with is null, is not null")]
    NoOrder(String),
    #[error("“{0}”: comparisons are joined by “and” only")]
    NoOr(String),
    #[error("no field “{0}”")]
    NoField(String),
}

impl Condition {
    /// Reads `FIELD SIGN VALUE`, several joined by `and` or `且`. Signs are `= != < <= > >=`, `~` for
    /// “contains”, and `is null`, `is not null`, which `= null` and `!= null` say, too. Names and values may stand in quotes.
    ///
    /// # Errors
    /// A part without a sign, or a field that the layer has not.
    pub fn read(text: &str, layer: &Layer) -> Result<Self, ConditionError> {
        let parts = split(text);
        parts.into_iter().map(|part| comparison(part, layer)).collect::<Result<_, _>>().map(Self)
    }

    /// Whether a row of a chunk is as it says. Without values nothing is but what must be missing.
    pub fn holds(&self, layer: &Layer, chunk: usize, row: usize) -> bool {
        let table = layer.tables.get(chunk);
        self.0
            .iter()
            .all(|own| own.holds(table.map_or(Value::Missing, |table| table.value(row, own.field))))
    }
}

impl Comparison {
    fn holds(&self, value: Value<'_>) -> bool {
        if value == Value::Missing {
            return self.relation == Relation::Missing;
        }
        let text = || value.to_string();
        let order = || {
            let own = match value {
                Value::Integer(n) => Some(n as f64),
                Value::Number(n) => Some(n),
                Value::Text(text) => text.trim().parse().ok(),
                Value::Bool(_) | Value::Missing => None,
            };
            if let (Value::Integer(own), Some(wanted)) = (value, self.whole) {
                return Some(own.cmp(&wanted));
            }
            if let (Some(own), Some(wanted)) = (own, self.number) {
                return own.partial_cmp(&wanted);
            }
            // Days follow each other however they are written, codes as their letters do.
            let text = text();
            let days = moment(&text).zip(self.moment);
            let order = days.map(|(own, wanted)| own.cmp(&wanted));
            Some(order.unwrap_or_else(|| text.as_str().cmp(self.text.as_str())))
        };
        // Codes such as 014 are words: they are what they say, or they are not.
        let equal = || match value {
            Value::Text(text) => text == self.text,
            _ => order().is_some_and(std::cmp::Ordering::is_eq),
        };
        match self.relation {
            Relation::Equal => equal(),
            Relation::Unequal => !equal(),
            Relation::Less => order().is_some_and(std::cmp::Ordering::is_lt),
            Relation::AtMost => order().is_some_and(std::cmp::Ordering::is_le),
            Relation::More => order().is_some_and(std::cmp::Ordering::is_gt),
            Relation::AtLeast => order().is_some_and(std::cmp::Ordering::is_ge),
            Relation::Contains => text().to_lowercase().contains(&self.text.to_lowercase()),
            Relation::Missing => false,
            Relation::Told => true,
        }
    }
}

/// The parts between the joining words, outside quotes.
fn split(text: &str) -> Vec<&str> {
    let (mut parts, mut from, mut quote) = (Vec::new(), 0, None);
    for (at, c) in text.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None => {
                let rest = text.get(at..).unwrap_or_default();
                for word in [" and ", " AND ", " And ", "且"] {
                    if rest.starts_with(word) && at >= from {
                        parts.push(text.get(from..at).unwrap_or_default());
                        from = at + word.len();
                    }
                }
            }
        }
    }
    parts.push(text.get(from..).unwrap_or_default());
    parts
}

fn comparison(part: &str, layer: &Layer) -> Result<Comparison, ConditionError> {
    let part = part.trim();
    // Taken for a part of the value it would pass nothing, without a word.
    if is_joined_by_or(part) {
        return Err(ConditionError::NoOr(part.to_owned()));
    }
    let lower = part.to_lowercase();
    for (words, relation) in [(" is not null", Relation::Told), (" is null", Relation::Missing)] {
        if let Some(name) = lower.strip_suffix(words).and_then(|name| part.get(..name.len())) {
            let field = field(name, layer)?;
            return Ok(Comparison {
                field,
                relation,
                text: String::new(),
                number: None,
                moment: None,
                whole: None,
            });
        }
    }
    let none = || ConditionError::NoComparison(part.to_owned());
    let (at, sign, relation) = sign(part).ok_or_else(none)?;
    let (name, value) = part.split_at_checked(at).ok_or_else(none)?;
    let value = value.strip_prefix(sign).unwrap_or(value).trim();
    // An empty text is asked for in quotes: a sentence that breaks off asks for nothing.
    if value.is_empty() {
        return Err(none());
    }
    // As the databases have it: nothing is equal to nothing, so it is asked for what is missing.
    let relation = match (value.eq_ignore_ascii_case("null"), relation) {
        (false, relation) => relation,
        (true, Relation::Equal) => Relation::Missing,
        (true, Relation::Unequal) => Relation::Told,
        (true, _) => return Err(ConditionError::NoOrder(part.to_owned())),
    };
    let text = unquoted(value).to_owned();
    let whole = text.parse().ok();
    let number = text.parse().ok().filter(|n: &f64| n.is_finite());
    let moment = moment(&text);
    Ok(Comparison { field: field(name, layer)?, relation, text, number, moment, whole })
}

/// Whether “or” stands between two comparisons, outside quotes.
fn is_joined_by_or(part: &str) -> bool {
    let is_comparison = |text: &str| {
        let lower = text.trim_end().to_lowercase();
        sign(text).is_some() || lower.ends_with(" is null") || lower.ends_with(" is not null")
    };
    let mut quote = None;
    part.char_indices().any(|(at, c)| match quote {
        Some(open) => {
            quote = Some(open).filter(|open| *open != c);
            false
        }
        None if matches!(c, '"' | '\'') => {
            quote = Some(c);
            false
        }
        None => {
            let Some((before, rest)) = part.split_at_checked(at) else { return false };
            let word = [" or ", " OR ", " Or ", "或"].iter().find(|word| rest.starts_with(**word));
            let behind = word.and_then(|word| rest.strip_prefix(word));
            behind.is_some_and(|behind| is_comparison(before) && is_comparison(behind))
        }
    })
}

/// The first sign outside quotes.
fn sign(part: &str) -> Option<(usize, &'static str, Relation)> {
    let mut quote = None;
    for (at, c) in part.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None => {
                let rest = part.get(at..).unwrap_or_default();
                if let Some((sign, own)) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)) {
                    return Some((at, sign, *own));
                }
            }
        }
    }
    None
}

fn field(name: &str, layer: &Layer) -> Result<usize, ConditionError> {
    let name = unquoted(name);
    let exact = layer.fields.iter().position(|field| field.name == name);
    let any_case = || {
        let lower = name.to_lowercase();
        layer.fields.iter().position(|field| field.name.to_lowercase() == lower)
    };
    exact.or_else(any_case).ok_or_else(|| ConditionError::NoField(name.to_owned()))
}

fn unquoted(text: &str) -> &str {
    let text = text.trim();
    let within = |quote: char| text.strip_prefix(quote).and_then(|t| t.strip_suffix(quote));
    within('"').or_else(|| within('\'')).unwrap_or(text)
}

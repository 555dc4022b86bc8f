//! Names made of fields: `{名称} {长度:1} km`.

use crate::layer::{Field, Table, Value};

/// Words and fields in turn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Template {
    pieces: Vec<Piece>,
    /// What stands in braces and is no field.
    unknown: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Words(String),
    /// A field, and to how many decimals a number is told.
    Field {
        field: usize,
        decimals: Option<u8>,
    },
}

/// A name longer than this, in characters, is cut: it would lie over half the map.
const LONGEST: usize = 40;

impl Template {
    /// Reads `{FIELD}` and `{FIELD:DECIMALS}` among words; `{{` stands for a brace. A text without
    /// braces that is a field's name is that field.
    pub fn read(text: &str, fields: &[Field]) -> Self {
        let find = |name: &str| {
            let name = name.trim();
            let exact = fields.iter().position(|field| field.name == name);
            exact.or_else(|| {
                let lower = name.to_lowercase();
                fields.iter().position(|field| field.name.to_lowercase() == lower)
            })
        };
        let mut own = Self::default();
        if !text.contains('{') {
            match find(text) {
                Some(field) => own.pieces.push(Piece::Field { field, decimals: None }),
                None if text.trim().is_empty() => {}
                None => own.pieces.push(Piece::Words(text.to_owned())),
            }
            return own;
        }
        let mut words = String::new();
        let mut rest = text;
        while let Some(at) = rest.find('{') {
            let (before, from) = rest.split_at(at);
            words.push_str(before);
            let inside = from.get(1..).unwrap_or_default();
            if let Some(after) = inside.strip_prefix('{') {
                words.push('{');
                rest = after;
                continue;
            }
            let Some((name, after)) = inside.split_once('}') else {
                words.push_str(from);
                rest = "";
                break;
            };
            rest = after;
            // A name may hold a colon itself.
            let whole = find(name).map(|field| (field, None));
            let with_decimals = || {
                let (name, decimals) = name.rsplit_once(':')?;
                Some((find(name)?, decimals.trim().parse::<u8>().ok().map(|n| n.min(9))))
            };
            match whole.or_else(with_decimals) {
                Some((field, decimals)) => {
                    if !words.is_empty() {
                        own.pieces.push(Piece::Words(std::mem::take(&mut words)));
                    }
                    own.pieces.push(Piece::Field { field, decimals });
                }
                None => own.unknown.push(name.trim().to_owned()),
            }
        }
        words.push_str(rest);
        if !words.is_empty() {
            own.pieces.push(Piece::Words(words));
        }
        own
    }

    /// Names in braces that are no fields of the layer.
    pub fn unknown(&self) -> &[String] {
        &self.unknown
    }

    /// Whether it says nothing of any feature.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The name of a row; `None` where none of its fields says anything.
    pub fn of(&self, table: &Table, row: usize) -> Option<String> {
        let mut text = String::new();
        let (mut asked, mut said) = (false, false);
        for piece in &self.pieces {
            match piece {
                Piece::Words(words) => text.push_str(words),
                Piece::Field { field, decimals } => {
                    asked = true;
                    let value = table.value(row, *field);
                    let own = match (value, decimals) {
                        (Value::Missing, _) => continue,
                        (Value::Number(n), Some(decimals)) => {
                            format!("{n:.*}", usize::from(*decimals))
                        }
                        (value, _) => value.to_string(),
                    };
                    said |= !own.trim().is_empty();
                    text.push_str(&own);
                }
            }
        }
        // Lines of a value are one.
        let words: Vec<&str> = text.split_whitespace().collect();
        let text = words.join(" ");
        if text.is_empty() || asked && !said {
            return None;
        }
        match text.char_indices().nth(LONGEST) {
            Some((end, _)) => Some(format!("{}…", text.get(..end).unwrap_or_default())),
            None => Some(text),
        }
    }
}

//! A value of a feature, and what a cell of text says.

/// A value of a feature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    Missing,
    Bool(bool),
    Integer(i64),
    Number(f64),
    Text(&'a str),
}

impl<'a> Value<'a> {
    /// As it prints; a number of very many digits with an exponent, which says the same.
    pub fn shortest(&self) -> String {
        let plain = self.to_string();
        match self {
            Self::Number(n) if plain.len() > LONGEST_NUMBER && n.is_finite() => format!("{n:e}"),
            _ => plain,
        }
    }

    /// What a cell of a text file says: a number only where it prints back the same, so that codes,
    /// long digits and signs stay as they are.
    pub fn of_text(text: &'a str) -> Self {
        let digits = text.strip_prefix('-').unwrap_or(text);
        // Most cells are words: they cost one look.
        if !digits.starts_with(|c: char| c.is_ascii_digit()) {
            return if text.is_empty() { Self::Missing } else { Self::Text(text) };
        }
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        // No number prints a zero before others, behind a fraction, or with a sign.
        let is_plain = all(whole) && all(fraction) && (whole == "0" || !whole.starts_with('0'));
        if !is_plain {
            return Self::Text(text);
        }
        if whole.len() == digits.len() {
            let parsed = text.parse().ok().filter(|_| text != "-0");
            return parsed.map_or(Self::Text(text), Self::Integer);
        }
        if !matches!(fraction.as_bytes().last(), Some(b'1'..=b'9')) {
            return Self::Text(text);
        }
        match text.parse::<f64>() {
            // So few digits come back as they were; of more some are lost.
            Ok(n) if digits.len() <= MOST_DIGITS || n.to_string() == text => Self::Number(n),
            _ => Self::Text(text),
        }
    }
}

impl std::fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing => f.write_str("—"),
            Self::Bool(b) => write!(f, "{b}"),
            Self::Integer(n) => write!(f, "{n}"),
            Self::Number(n) => write!(f, "{n}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// With an exponent no number has more signs.
pub const LONGEST_NUMBER: usize = 24;

/// A number of no more digits, with its point, is told apart from every other by its nearest f64.
const MOST_DIGITS: usize = 16;

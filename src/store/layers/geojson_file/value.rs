//! Values of JSON as values of a field, exactly.

use super::scan::{Text, text};
use crate::layer::Value;

/// What a value is.
pub enum Read<'a> {
    Plain(Value<'static>),
    /// A text, a number that no number here is, or what is in brackets, as it stands.
    Text(Text<'a>),
}

/// Reads a value. A number stays one where it prints back the same with as many decimals.
pub fn read(raw: &[u8]) -> Read<'_> {
    match raw.first() {
        Some(b'"' | b'{' | b'[') => Read::Text(text(raw)),
        Some(b'-' | b'+' | b'.' | b'0'..=b'9') => number(raw),
        Some(b't') if raw == b"true" => Read::Plain(Value::Bool(true)),
        Some(b'f') if raw == b"false" => Read::Plain(Value::Bool(false)),
        // Null, and what some writers put for no number: NaN, Infinity, undefined, None.
        _ => Read::Plain(Value::Missing),
    }
}

/// Decimal digits that every number of 64 bits keeps.
const SURE_DIGITS: usize = 15;

fn number(raw: &[u8]) -> Read<'_> {
    let own = text(raw);
    let token = &*own.text;
    if matches!(token, "-Infinity" | "+Infinity" | "-NaN") {
        return Read::Plain(Value::Missing);
    }
    if let Ok(n) = token.parse::<i64>()
        && (raw.len() <= SURE_DIGITS && plain_whole(raw) || n.to_string() == token)
    {
        return Read::Plain(Value::Integer(n));
    }
    let Ok(n) = token.parse::<f64>() else { return Read::Text(own) };
    let digits = raw.iter().filter(|byte| byte.is_ascii_digit()).count();
    let has_exponent = token.contains(['e', 'E']);
    let is_decimal = token.contains('.');
    let starts_well = token.trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit());
    let is_same = match (is_decimal, has_exponent) {
        _ if !n.is_finite() || !starts_well => false,
        _ if (is_decimal || has_exponent) && digits <= SURE_DIGITS => n != 0.0 || digits_zero(raw),
        (true, false) => {
            let decimals = token.len() - token.find('.').unwrap_or(token.len()) - 1;
            format!("{n:.decimals$}") == token
        }
        (_, true) => format!("{n:e}") == token.to_lowercase(),
        (false, false) => format!("{n:.0}") == token && n == 0.0,
    };
    if is_same { Read::Plain(Value::Number(n)) } else { Read::Text(own) }
}

/// Whether it is written as whole numbers are printed.
fn plain_whole(raw: &[u8]) -> bool {
    let digits = raw.strip_prefix(b"-").unwrap_or(raw);
    digits == b"0" && raw.len() == 1 || matches!(digits.first(), Some(b'1'..=b'9'))
}

/// Whether a number that is read as zero is written as zero.
fn digits_zero(raw: &[u8]) -> bool {
    let mantissa = raw.split(|byte| matches!(byte, b'e' | b'E')).next().unwrap_or_default();
    !mantissa.iter().any(|byte| matches!(byte, b'1'..=b'9'))
}

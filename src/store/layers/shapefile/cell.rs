//! Cells of dBASE tables: what they say, exactly.

use std::fmt::Write as _;

use super::bytes::{f64_at, u32_at};
use crate::layer::Value;

/// The value of a cell that is no text. `room` takes what has to be written anew.
pub fn value<'a>(kind: u8, decimals: usize, raw: &'a [u8], room: &'a mut String) -> Value<'a> {
    let little = |at| u32_at(raw, at).map(u32::cast_signed);
    match kind {
        b'L' => match raw.first() {
            Some(b'T' | b't' | b'Y' | b'y') => Value::Bool(true),
            Some(b'F' | b'f' | b'N' | b'n') => Value::Bool(false),
            _ => Value::Missing,
        },
        b'D' => day(raw, room),
        b'I' | b'+' if raw.len() == 4 => {
            little(0).map_or(Value::Missing, |n| Value::Integer(i64::from(n)))
        }
        b'O' | b'B' => {
            f64_at(raw, 0).filter(|n| n.is_finite()).map_or(Value::Missing, Value::Number)
        }
        // Ten-thousandths.
        b'Y' => match raw.first_chunk().map(|raw| i64::from_le_bytes(*raw)) {
            Some(n) => Value::Number(n as f64 / 10_000.0),
            None => Value::Missing,
        },
        b'T' | b'@' => moment(little(0), little(4), room),
        _ => number(raw, decimals),
    }
}

/// Bytes without the blanks at their end.
pub fn trimmed_end(raw: &[u8]) -> &[u8] {
    let end = raw.iter().rposition(|byte| !matches!(byte, b' ' | 0)).map_or(0, |at| at + 1);
    raw.get(..end).unwrap_or_default()
}

/// Digits, right-aligned. A number where it says what the digits say, else the digits.
fn number(raw: &[u8], decimals: usize) -> Value<'_> {
    let raw = trimmed_end(raw).trim_ascii();
    // Stars stand for what did not fit.
    let Ok(text) = std::str::from_utf8(raw) else { return Value::Missing };
    if text.is_empty() || text.bytes().all(|byte| byte == b'*') {
        return Value::Missing;
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    if plain && decimals == 0 {
        return match text.parse::<i64>() {
            Ok(n) if digits.len() == 1 || !digits.starts_with('0') => Value::Integer(n),
            _ => Value::Text(text),
        };
    }
    // Zeros at the end fill the field, and cost time.
    let fixed = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let filled = fixed && digits.contains('.');
    let said = if filled { text.trim_end_matches('0') } else { text };
    let Ok(n) = said.parse::<f64>().or_else(|_| text.parse()) else { return Value::Text(text) };
    // Up to fifteen digits a number keeps every one.
    let short = fixed && said.bytes().filter(u8::is_ascii_digit).count() <= 15;
    if n.is_finite() && (short || written_alike(n, text)) {
        Value::Number(n)
    } else {
        Value::Text(text)
    }
}

/// Whether a program that writes the number with so many digits writes this text, or its shortest
/// writing has the same digits.
fn written_alike(n: f64, text: &str) -> bool {
    let text = text.strip_prefix('+').unwrap_or(text);
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else {
        let decimals = text.split_once('.').map_or(0, |(_, after)| after.len());
        let shortest = n.to_string();
        let plain = text.contains('.').then(|| text.trim_end_matches('0').trim_end_matches('.'));
        return format!("{n:.decimals$}") == text || plain.unwrap_or(text) == shortest;
    };
    let decimals = mantissa.split_once('.').map_or(0, |(_, after)| after.len());
    let written = format!("{n:.decimals$e}");
    let same = written.split_once('e').and_then(|(own, power)| {
        let power: i32 = power.parse().ok()?;
        Some(own == mantissa && exponent.parse::<i32>().ok()? == power)
    });
    same.unwrap_or(false)
}

/// `20260131` as `2026-01-31`; what is no day stays as it is.
fn day<'a>(raw: &'a [u8], room: &'a mut String) -> Value<'a> {
    let Ok(text) = std::str::from_utf8(trimmed_end(raw)) else { return Value::Missing };
    let text = text.trim_start();
    if text.is_empty() || text.bytes().all(|byte| byte == b'0') {
        return Value::Missing;
    }
    if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Value::Text(text);
    }
    room.clear();
    let [year, month, day] = [0..4, 4..6, 6..8].map(|range| text.get(range).unwrap_or_default());
    // Writing into a text cannot fail.
    let _ = write!(room, "{year}-{month}-{day}");
    Value::Text(room)
}

/// A day counted from 4713 BC and milliseconds of the day.
fn moment(days: Option<i32>, millis: Option<i32>, room: &mut String) -> Value<'_> {
    let (Some(days), Some(millis)) = (days, millis) else { return Value::Missing };
    if days <= 0 || !(0..86_400_000).contains(&millis) {
        return Value::Missing;
    }
    // H. F. Fliegel and T. C. van Flandern, Communications of the ACM 11 (1968), page 657.
    let days = i64::from(days) + 68_569;
    let n = 4 * days / 146_097;
    let days = days - (146_097 * n + 3) / 4;
    let i = 4_000 * (days + 1) / 1_461_001;
    let days = days - 1_461 * i / 4 + 31;
    let j = 80 * days / 2_447;
    let (year, month, day) =
        (100 * (n - 49) + i + j / 11, j + 2 - 12 * (j / 11), days - 2_447 * j / 80);
    let seconds = millis / 1_000;
    room.clear();
    let _ = write!(
        room,
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}",
        seconds / 3_600,
        seconds / 60 % 60,
        seconds % 60
    );
    Value::Text(room)
}

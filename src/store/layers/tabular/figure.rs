//! What a cell says of a coordinate: a number, degrees in any writing, nothing, or nonsense.

use std::borrow::Cow;

use crate::layer::Value;

/// Which of two coordinates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Axis {
    East,
    North,
}

/// A coordinate as a cell has it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Figure {
    /// Nothing, or a word that stands for nothing.
    Missing,
    /// A number; degrees where its marks or letters say so. The letters may name the axis.
    Number { value: f64, axis: Option<Axis> },
    /// Nothing that can be trusted: a coordinate is never made up of half of one.
    Unclear,
}

impl Figure {
    const fn plain(value: f64) -> Self {
        Self::Number { value, axis: None }
    }

    /// What a value says. In metres a comma before three digits parts thousands; else a single comma
    /// is a decimal one.
    pub fn of(value: Value<'_>, metres: bool) -> Self {
        match value {
            Value::Missing => Self::Missing,
            #[expect(clippy::cast_precision_loss, reason = "coordinates are below 2^53")]
            Value::Integer(n) => Self::plain(n as f64),
            Value::Number(n) if n.is_finite() => Self::plain(n),
            Value::Text(text) => Self::of_text(text, metres),
            Value::Number(_) | Value::Bool(_) => Self::Unclear,
        }
    }

    fn of_text(text: &str, metres: bool) -> Self {
        let text = text.trim();
        if text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-')
            && let Ok(value) = text.parse()
        {
            return Self::plain(value);
        }
        let text = plain(text);
        if NOTHING.contains(&&*text) {
            return Self::Missing;
        }
        if let Some(value) = number(&text, metres) {
            return Self::plain(value);
        }
        degrees(&text).map_or(Self::Unclear, |(value, axis)| Self::Number { value, axis })
    }
}

/// Whether a text stands for a coordinate that is not there.
pub fn is_nothing(text: &str) -> bool {
    NOTHING.contains(&&*plain(text))
}

/// Words that stand for a coordinate that is not there, as [`plain`] has them.
const NOTHING: [&str; 11] = ["", "-", "--", "/", "\\", "无", "null", "none", "n/a", "nan", "暂无"];

/// Half-width, lower case, one sign for each of the many minus signs and marks.
pub fn plain(text: &str) -> Cow<'_, str> {
    let is_plain = |b: u8| b.is_ascii() && !b.is_ascii_uppercase() && !matches!(b, b'\'' | b'"');
    if text.bytes().all(is_plain) {
        return Cow::Borrowed(text.trim());
    }
    let mut plain = String::with_capacity(text.len());
    for c in text.trim().chars() {
        let wide = u32::from(c).wrapping_sub(0xFEE0);
        let c = match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(wide).unwrap_or(c),
            '\u{3000}' | '\u{A0}' | '\u{2007}' | '\u{202F}' | '\u{2009}' => ' ',
            _ => c,
        };
        match c {
            '\u{2212}' | '\u{2010}'..='\u{2015}' | '\u{FE63}' => plain.push('-'),
            '度' | 'º' | '˚' | '∘' => plain.push('°'),
            '分' | '\'' | '’' | '‘' | '´' | 'ʹ' | '＇' => plain.push('′'),
            '秒' | '"' | '”' | '“' | '〃' | '＂' => plain.push('″'),
            _ => plain.extend(c.to_lowercase()),
        }
    }
    Cow::Owned(plain.replace("′′", "″"))
}

/// A plain number, with a decimal comma or with thousands parted.
fn number(text: &str, metres: bool) -> Option<f64> {
    let unit = ["米", "m", "°"].iter().find_map(|unit| text.strip_suffix(unit));
    let text = unit.unwrap_or(text).trim();
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let all = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let finite = |text: &str| text.parse::<f64>().ok().filter(|n| n.is_finite());
    let is_decimal = |text: &str| {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        all(whole) && (fraction.is_empty() || all(fraction))
    };
    if !digits.contains(',') {
        // A power of ten is how programs write numbers, too.
        let (mantissa, power) = digits.split_once('e').unwrap_or((digits, "0"));
        let power = power.strip_prefix(['-', '+']).unwrap_or(power);
        return (is_decimal(mantissa) && all(power)).then(|| finite(text)).flatten();
    }
    let groups: Vec<&str> = digits.split(',').collect();
    let (first, rest) = groups.split_first()?;
    let (last, inner) = rest.split_last()?;
    let whole = last.split('.').next()?;
    let are_thousands = all(first)
        && first.len() <= 3
        && inner.iter().all(|group| all(group) && group.len() == 3)
        && whole.len() == 3
        && is_decimal(last);
    if are_thousands && (metres || inner.len() + usize::from(last.contains('.')) > 0) {
        return finite(&text.replace(',', ""));
    }
    let is_comma = inner.is_empty() && all(first) && all(last);
    is_comma.then(|| finite(&text.replace(',', "."))).flatten()
}

/// Words and letters that name a half of the globe: the axis, and whether degrees count downwards.
const HALVES: [(&str, Axis, bool); 12] = [
    ("北纬", Axis::North, false),
    ("南纬", Axis::North, true),
    ("东经", Axis::East, false),
    ("西经", Axis::East, true),
    ("北", Axis::North, false),
    ("南", Axis::North, true),
    ("东", Axis::East, false),
    ("西", Axis::East, true),
    ("n", Axis::North, false),
    ("s", Axis::North, true),
    ("e", Axis::East, false),
    ("w", Axis::East, true),
];

/// Degrees with minutes and seconds, a letter or a word before or behind.
fn degrees(text: &str) -> Option<(f64, Option<Axis>)> {
    // d, m and s as marks; an s alone is the south.
    let has_letters = text.contains('d') && text.contains('m');
    let marked =
        if has_letters { text.replace('d', "°").replace('m', "′") } else { text.into() };
    let mut text = marked.as_str();
    if has_letters {
        text = text.strip_suffix('s').unwrap_or(text);
    }
    let before = HALVES.iter().find(|half| text.starts_with(half.0));
    text = before.and_then(|half| text.strip_prefix(half.0)).unwrap_or(text).trim();
    let behind = HALVES.iter().find(|half| text.ends_with(half.0));
    text = behind.and_then(|half| text.strip_suffix(half.0)).unwrap_or(text).trim();
    let half = match (before, behind) {
        (Some(_), Some(_)) => return None,
        (one, other) => one.or(other),
    };
    let unsigned = text.strip_prefix('-');
    // A sign and a letter for the same contradict each other.
    if unsigned.is_some() && half.is_some() {
        return None;
    }
    let value = parts(unsigned.unwrap_or(text), half.is_some())?;
    let is_negative = half.is_some_and(|half| half.2) || unsigned.is_some();
    let value = if is_negative { -value } else { value };
    (value.abs() <= 360.0).then_some((value, half.map(|half| half.1)))
}

/// Up to three numbers with their marks, or three with the same sign between them. Two numbers
/// without marks may be anything; so may one, unless a letter says that it is a coordinate.
fn parts(text: &str, is_named: bool) -> Option<f64> {
    let dots = text.split('.').count();
    let dotted = dots > 2;
    if dotted && !text.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    let mut figures: Vec<f64> = Vec::with_capacity(3);
    let mut is_marked = false;
    let mut rest = text;
    while !rest.is_empty() {
        let has_room = figures.len() < 3;
        let in_figure = |c: char| {
            c.is_ascii_digit() || (!dotted || figures.len() == 2) && matches!(c, '.' | ',')
        };
        let end = rest.find(|c| !in_figure(c)).unwrap_or(rest.len());
        let (figure, after) = rest.split_at(end);
        let broken = figures.iter().any(|figure| figure.fract() != 0.0);
        if figure.is_empty() || broken || !has_room {
            return None;
        }
        figures.push(figure.replace(',', ".").parse().ok().filter(|n: &f64| n.is_finite())?);
        rest = after.trim_start();
        let Some(mark) = rest.chars().next() else { break };
        let own = ['°', '′', '″'].get(figures.len() - 1);
        if Some(&mark) == own {
            is_marked |= mark == '°';
        } else if !matches!(mark, '-' | ':' | '.') {
            // A blank has been passed over.
            let had_blank = after.len() > rest.len();
            if had_blank && mark.is_ascii_digit() {
                continue;
            }
            return None;
        }
        rest = rest.get(mark.len_utf8()..)?.trim_start();
        if rest.is_empty() && !is_marked {
            return None;
        }
    }
    let value = |i: usize| figures.get(i).copied().unwrap_or(0.0);
    let is_clear = match figures.len() {
        0 => false,
        1 => is_marked || is_named,
        2 => is_marked,
        _ => true,
    };
    // Rounded seconds may be sixty.
    let are_parts = value(1) < 60.0 && value(2) <= 60.0;
    (is_clear && are_parts).then(|| value(0) + value(1) / 60.0 + value(2) / 3600.0)
}

/// Degrees, minutes and seconds written as one number, as `1123036.5`: more than any degrees, and
/// minutes and seconds below sixty.
pub fn compact(value: f64, axis: Axis) -> Option<f64> {
    let most = match axis {
        Axis::East => 180.0,
        Axis::North => 90.0,
    };
    let (degrees, rest) = ((value / 10_000.0).trunc(), value % 10_000.0);
    let (minutes, seconds) = ((rest / 100.0).trunc(), rest % 100.0);
    let is_compact =
        value > 10_000.0 && degrees <= most && minutes < 60.0 && (0.0..60.0).contains(&seconds);
    is_compact.then(|| degrees + minutes / 60.0 + seconds / 3600.0)
}

/// Two coordinates in one cell, as they stand: apart by a comma, a semicolon, a bar, a slash or
/// blanks. A cell with more or fewer holds no pair.
pub fn pair(text: &str, metres: bool) -> Option<[Figure; 2]> {
    let text = plain(text);
    let text = text.trim_matches(|c| matches!(c, '(' | ')' | '[' | ']' | '{' | '}')).trim();
    let signs = [',', ';', '|', '/', '、', '\t', ' '];
    let apart = signs.iter().find_map(|sign| {
        let halves: Vec<&str> = text.split(*sign).map(str::trim).collect();
        match halves.as_slice() {
            [a, b] if !a.is_empty() && !b.is_empty() => Some([*a, *b]),
            _ => None,
        }
    })?;
    let figures = apart.map(|half| Figure::of_text(half, metres));
    figures.iter().all(|figure| matches!(figure, Figure::Number { .. })).then_some(figures)
}

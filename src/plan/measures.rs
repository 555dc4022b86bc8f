//! A number with its unit as a plan writes it: `410亿元`, `6—8万平方米`, `200余张`, `15%以上`.

use super::unit_table::{Dimension, MULTIPLIERS, Unit, bare_unit, yuan};

/// A stated number with its unit; all places are bytes of the scanned text.
pub(super) struct Measure {
    pub number_start: usize,
    /// After the last digit.
    pub number_end: usize,
    /// After the unit.
    pub end: usize,
    pub value: f64,
    pub value_max: Option<f64>,
    pub dimension: Dimension,
    pub unit: String,
    pub stated_unit: String,
    /// 余 or 多 stands in it.
    pub and_more: bool,
    /// 几十, 千万吨级: an order of magnitude.
    pub rough: bool,
}

/// Finds the next measure at or after `from`.
pub(super) fn next(text: &str, from: usize) -> Option<Measure> {
    let mut at = from;
    loop {
        let rest = text.get(at..)?;
        let found = rest.find(|c: char| c.is_ascii_digit() || "十百千万".contains(c))?;
        at += found;
        let before = text.get(..at)?.chars().next_back();
        let measure = if text.get(at..)?.starts_with(|c: char| c.is_ascii_digit()) {
            counted(text, at, before)
        } else {
            tonnage(text, at, before)
        };
        if measure.is_some() {
            return measure;
        }
        at = skip(text, at);
    }
}

/// Past the digits, or the one character, at `at`.
fn skip(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    let first = rest.chars().next().map_or(1, char::len_utf8);
    at + digits.max(first)
}

/// A measure whose number is written in digits.
fn counted(text: &str, start: usize, before: Option<char>) -> Option<Measure> {
    // G208, 2+26, 第3 and their like are names, not numbers.
    if before.is_some_and(|c| {
        c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '#' | '-' | '第' | '—' | '/')
    }) {
        return None;
    }
    let (first, mut number_end) = digits(text, start)?;
    let mut last = None;
    let mut at = number_end;
    if let Some((second, end)) = range_end(text, at) {
        last = Some(second);
        number_end = end;
        at = end;
    }
    let mut and_more = more(text, &mut at);
    let unit_start = at;
    let (unit, factor, mut end) =
        unit(text, at, &mut and_more).or_else(|| multiplied_range(text, at))?;
    let mut stated_unit = text.get(unit_start..end)?.replace(['余', '多'], "");
    let mut normal = unit.normal.to_owned();
    // 2公里至3公里, 8亿～9亿元
    if last.is_none()
        && let Some((second, second_end)) = range_end(text, end)
        && let Some((again, again_factor, again_end)) = self::unit(text, second_end, &mut and_more)
        && again.normal == unit.normal
        && again_factor == factor
    {
        last = Some(second);
        number_end = second_end;
        end = again_end;
    }
    let rest = text.get(end..)?;
    if matches!(unit.dimension, Dimension::Output | Dimension::Machines | Dimension::Count)
        && let Some(per) = ["/年", "/日", "/天"].into_iter().find(|p| rest.starts_with(p))
    {
        end += per.len();
        stated_unit.push_str(per);
        normal.push_str(per);
    }
    if unit.dimension == Dimension::Money && text.get(end..)?.starts_with('/') {
        return None;
    }
    let exponent = factor + unit.exponent;
    Some(Measure {
        number_start: start,
        number_end,
        end,
        value: scaled(&first, exponent)?,
        value_max: last.and_then(|d| scaled(&d, exponent)),
        dimension: unit.dimension,
        unit: normal,
        stated_unit,
        and_more,
        rough: false,
    })
}

/// 千万吨级: a capacity given as an order of magnitude.
fn tonnage(text: &str, start: usize, before: Option<char>) -> Option<Measure> {
    if before.is_some_and(|c| c.is_ascii_digit() || "一二三四五六七八九十百千万几数".contains(c))
    {
        return None;
    }
    let rest = text.get(start..)?;
    let (word, factor) = MULTIPLIERS.iter().find(|(w, _)| rest.starts_with(w))?;
    let end = start + word.len();
    let after = text.get(end..)?.strip_prefix("吨")?;
    after.starts_with('级').then(|| Measure {
        number_start: start,
        number_end: end,
        end: end + "吨级".len(),
        value: scaled("1", *factor).unwrap_or(0.0),
        value_max: None,
        dimension: Dimension::Output,
        unit: "t".to_owned(),
        stated_unit: format!("{word}吨"),
        and_more: false,
        rough: true,
    })
}

/// Digits with thousands separators and a decimal fraction; answers them plain, and their end.
fn digits(text: &str, start: usize) -> Option<(String, usize)> {
    let bytes = text.as_bytes();
    let mut plain = String::new();
    let mut at = start;
    let mut fraction = false;
    while let Some(&byte) = bytes.get(at) {
        let next_digit = bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        match byte {
            b'0'..=b'9' => plain.push(char::from(byte)),
            b'.' if next_digit && !fraction && !plain.is_empty() => {
                fraction = true;
                plain.push('.');
            }
            b',' if !fraction && is_group(bytes, at) => {}
            _ => break,
        }
        at += 1;
    }
    (!plain.is_empty() && plain.len() <= 24).then_some((plain, at))
}

/// A comma with exactly three digits after it.
fn is_group(bytes: &[u8], comma: usize) -> bool {
    (1..=3).all(|i| bytes.get(comma + i).is_some_and(u8::is_ascii_digit))
        && !bytes.get(comma + 4).is_some_and(u8::is_ascii_digit)
}

/// The second number of a range: `至5000`, `—8`.
fn range_end(text: &str, at: usize) -> Option<(String, usize)> {
    let rest = text.get(at..)?;
    let sign =
        ["——", "—", "–", "-", "~", "～", "至", "到"].into_iter().find(|s| rest.starts_with(s))?;
    let (plain, end) = digits(text, at + sign.len())?;
    Some((plain, end))
}

fn more(text: &str, at: &mut usize) -> bool {
    match text.get(*at..).and_then(|rest| rest.chars().next()) {
        Some(c @ ('余' | '多')) => {
            *at += c.len_utf8();
            true
        }
        _ => false,
    }
}

/// 800万 before —1200万元: the unit stands behind the second number alone.
fn multiplied_range(text: &str, at: usize) -> Option<(&'static Unit, i32, usize)> {
    let rest = text.get(at..)?;
    let (word, factor) = MULTIPLIERS.iter().find(|(w, _)| rest.starts_with(w))?;
    let end = at + word.len();
    let (_, second_end) = range_end(text, end)?;
    let (unit, again, _) = unit(text, second_end, &mut false)?;
    (again == *factor).then_some((unit, again, end))
}

/// The unit at `at`, with the power of ten of the multiplier before it, and its end.
fn unit(text: &str, at: usize, and_more: &mut bool) -> Option<(&'static Unit, i32, usize)> {
    if let Some((unit, end)) = bare_unit(text, at) {
        return Some((unit, 0, end));
    }
    let rest = text.get(at..)?;
    let (word, factor) = MULTIPLIERS.iter().find(|(w, _)| rest.starts_with(w))?;
    let mut end = at + word.len();
    *and_more |= more(text, &mut end);
    if let Some((unit, end)) = bare_unit(text, end) {
        return Some((unit, *factor, end));
    }
    // 总投资15亿: money without its 元.
    let money = yuan()?;
    (*factor >= 8).then_some((money, *factor, end))
}

/// Decimal digits times a power of ten, rounded once.
fn scaled(plain: &str, exponent: i32) -> Option<f64> {
    let value: f64 = format!("{plain}e{exponent}").parse().ok()?;
    value.is_finite().then_some(value)
}

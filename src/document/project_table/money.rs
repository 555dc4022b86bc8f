//! Sums of money in cells.

use super::{
    money_unit::{MoneyUnit, TIMES, is_foreign},
    words::{is_nothing, narrow},
};

/// A sum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Money {
    /// In 亿元 (10⁸ yuan).
    pub yi: f64,
    /// The cell says 约 or the like, or a range.
    pub approx: bool,
    /// Which of the row's cells says it.
    pub cell: usize,
}

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sum {
    /// In 亿元 (10⁸ yuan); the lower end of a range, as in the text of plans.
    pub yi: f64,
    pub approx: bool,
    pub is_range: bool,
}

/// Why words are no sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyFault {
    /// Neither cell nor head nor sheet say the unit.
    NoUnit,
    /// No number, several, or one that is no investment.
    Figure,
}

/// More is a slip.
const MOST_YI: f64 = 1_000_000.0;

/// The sum that a cell says; `None` where it says nothing. What stands behind 其中 or in brackets
/// are parts of it.
///
/// # Errors
/// The words are no one sum.
pub fn read(words: &str, unit: Option<MoneyUnit>) -> Result<Option<Sum>, MoneyFault> {
    if is_nothing(words) {
        return Ok(None);
    }
    let own = joined(words).replace("人民币", "");
    let first = own.find(|c: char| c.is_ascii_digit()).ok_or(MoneyFault::Figure)?;
    let (before, rest) = own.split_at(first);
    if before.contains(['-', '=']) {
        return Err(MoneyFault::Figure);
    }
    let (low, behind) = amount(rest)?;
    let (high, behind) = match range_end(behind) {
        Some(rest) => amount(rest).map(|(high, behind)| (Some(high), behind))?,
        None => (None, behind),
    };
    let said = said(behind)?;
    if said.contains(|c: char| c.is_ascii_digit()) || is_foreign(before) || is_foreign(said) {
        return Err(MoneyFault::Figure);
    }
    // 3千 may be three thousand of anything.
    let is_open = said.starts_with(['十', '百', '千']);
    if is_open || ["%", "年"].iter().any(|other| said.contains(other)) {
        return Err(MoneyFault::Figure);
    }
    // 2.4-3.5亿元: the unit of the upper end is that of the lower one.
    let last = high.unwrap_or(low);
    let own_unit = last.unit.or_else(|| in_brackets(behind));
    if high.is_some() && own_unit.is_none() && low.unit.is_some() {
        return Err(MoneyFault::Figure);
    }
    let unit = own_unit.or(unit).ok_or(MoneyFault::NoUnit)?;
    let yi = low.in_yi(unit);
    if let Some(high) = high {
        let is_year = |value: f64| value.fract() == 0.0 && (1900.0..2100.0).contains(&value);
        let are_years = own_unit.is_none() && is_year(low.value) && is_year(high.value);
        if are_years || high.in_yi(unit) <= yi {
            return Err(MoneyFault::Figure);
        }
    }
    if !(0.0..=MOST_YI).contains(&yi) {
        return Err(MoneyFault::Figure);
    }
    let told = own.len() - behind.len() + said.len();
    let told = own.get(..told).unwrap_or_default();
    let signs =
        ["约", "近", "左右", "余", "多", "超", "预计", "不低于", "不少于", "以上", "≥", "≤"];
    let approx = high.is_some() || signs.iter().any(|sign| told.contains(sign));
    Ok(Some(Sum { yi, approx, is_range: high.is_some() }))
}

/// A number with the unit right behind it.
#[derive(Clone, Copy)]
struct Amount {
    value: f64,
    unit: Option<MoneyUnit>,
}

impl Amount {
    fn in_yi(&self, unit: MoneyUnit) -> f64 {
        let yi = self.value * self.unit.unwrap_or(unit).in_yuan / 1e8;
        // 12345 万元 is 1.2345, without the noise of binary fractions.
        (yi * 1e10).round() / 1e10
    }
}

/// The amount that words begin with, and what stands behind it: 1.2亿元, 1亿2000万元.
fn amount(words: &str) -> Result<(Amount, &str), MoneyFault> {
    let (value, behind) = figure(words)?;
    let (Some((unit, is_ended)), behind) = unit(behind) else {
        return Ok((Amount { value, unit: None }, behind));
    };
    if is_ended || !behind.starts_with(|c: char| c.is_ascii_digit()) {
        return Ok((Amount { value, unit: Some(unit) }, behind));
    }
    let (more, behind) = figure(behind)?;
    let (Some((small, _)), behind) = self::unit(behind) else { return Err(MoneyFault::Figure) };
    let more = more * small.in_yuan / unit.in_yuan;
    if more >= 1.0 {
        return Err(MoneyFault::Figure);
    }
    Ok((Amount { value: value + more, unit: Some(unit) }, behind))
}

/// The unit that words begin with, whether 元 ends it, and what stands behind it.
fn unit(words: &str) -> (Option<(MoneyUnit, bool)>, &str) {
    let own = words.trim_start_matches(['余', '多', '个']);
    let behind = own.trim_start_matches(TIMES);
    let times = own.get(..own.len() - behind.len()).unwrap_or_default();
    let ended = behind.strip_prefix('元');
    let is_unit = ended.is_some() || times.ends_with(['万', '亿']);
    match MoneyUnit::times(times).filter(|_| is_unit) {
        Some(unit) => (Some((unit, ended.is_some())), ended.unwrap_or(behind)),
        None => (None, words),
    }
}

/// The number that words begin with, and what stands behind it. Commas and blanks within it part
/// thousands, or they end it.
fn figure(words: &str) -> Result<(f64, &str), MoneyFault> {
    let mut digits = String::new();
    let mut is_parted = false;
    let mut end = words.len();
    for (at, c) in words.char_indices() {
        let behind = words.get(at + c.len_utf8()..).unwrap_or_default();
        let is_first_group = is_parted || digits.len() <= 3;
        match c {
            '0'..='9' | '.' => digits.push(c),
            ',' | ' ' if is_first_group && !digits.contains('.') && is_thousand(behind) => {
                is_parted = true;
            }
            _ => {
                end = at;
                break;
            }
        }
    }
    let value = digits.parse().map_err(|_| MoneyFault::Figure)?;
    Ok((value, words.get(end..).unwrap_or_default()))
}

/// Whether words begin with three digits and no more.
fn is_thousand(words: &str) -> bool {
    words.bytes().take_while(u8::is_ascii_digit).count() == 3
}

/// What stands behind the sign of a range.
fn range_end(words: &str) -> Option<&str> {
    let rest = words.strip_prefix(['-', '~', '—', '–', '―', '至', '到'])?;
    rest.starts_with(|c: char| c.is_ascii_digit()).then_some(rest)
}

/// What is said of the sum itself, up to its parts; an error where another number follows.
fn said(behind: &str) -> Result<&str, MoneyFault> {
    let cut = behind.find([',', ';', '(', '。', '、', ' ', '\n']).unwrap_or(behind.len());
    let cut = behind.find("其中").map_or(cut, |at| at.min(cut));
    let (said, rest) = behind.split_at(cut);
    let next = rest.trim_start_matches([',', ';', '。', '、', ' ', '\n']);
    if next.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(MoneyFault::Figure);
    }
    Ok(said)
}

/// The unit that brackets right behind a number hold: 5000（万元）.
fn in_brackets(behind: &str) -> Option<MoneyUnit> {
    let inside = behind.strip_prefix('(')?.split(')').next()?;
    MoneyUnit::alone(inside)
}

/// Half-width and without blanks, except where they stand between digits: these may be two numbers.
fn joined(words: &str) -> String {
    let mut joined = String::new();
    let mut gap = None;
    for c in words.chars().map(narrow) {
        if c.is_whitespace() {
            let is_break = gap == Some('\n') || matches!(c, '\n' | '\r');
            gap = Some(if is_break { '\n' } else { ' ' });
            continue;
        }
        if let Some(gap) = gap.take()
            && (c.is_ascii_digit() || matches!(c, '.' | ','))
            && (joined.ends_with(|c: char| c.is_ascii_digit())
                || gap == '\n' && joined.ends_with(['.', ',']))
        {
            joined.push(gap);
        }
        joined.push(c);
    }
    joined
}

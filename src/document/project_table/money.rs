//! Sums of money in cells.

use super::words::{is_nothing, plain};

/// In what money is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyUnit {
    /// 亿元, 10⁸ yuan.
    Yi,
    /// 万元, 10⁴ yuan.
    Wan,
    Yuan,
}

/// A sum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Money {
    /// In 亿元 (10⁸ yuan).
    pub yi: f64,
    /// The cell says 约 or the like.
    pub approx: bool,
    /// Which of the row's cells says it.
    pub cell: usize,
}

/// Why words are no sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyFault {
    /// Neither cell nor head nor sheet say the unit.
    NoUnit,
    /// No number, several, or one that is no investment.
    Figure,
}

impl MoneyUnit {
    /// The unit that words name, such as those of a head.
    pub fn named(words: &str) -> Option<Self> {
        let own = plain(words);
        if ["美元", "欧元", "港元", "日元"].iter().any(|other| own.contains(other)) {
            return None;
        }
        if own.contains("亿元") || own.contains("(亿)") {
            return Some(Self::Yi);
        }
        if own.contains("万元") || own.contains("(万)") {
            return Some(Self::Wan);
        }
        (own.contains("(元)") || own.ends_with(":元")).then_some(Self::Yuan)
    }

    /// The unit that a line over a table names, such as 单位：万元.
    pub fn of_line(words: &str) -> Option<Self> {
        let own = plain(words);
        let behind = own.split("单位").nth(1)?.trim_start_matches(':');
        Self::named(behind).or_else(|| behind.starts_with('元').then_some(Self::Yuan))
    }

    const fn in_yuan(self) -> f64 {
        match self {
            Self::Yi => 1e8,
            Self::Wan => 1e4,
            Self::Yuan => 1.0,
        }
    }
}

/// More is a slip.
const MOST_YI: f64 = 1_000_000.0;

/// The sum that a cell says; `None` where it says nothing. What stands behind 其中 or in brackets
/// are parts of it.
///
/// # Errors
/// The words are no one sum.
pub fn read(words: &str, unit: Option<MoneyUnit>) -> Result<Option<(f64, bool)>, MoneyFault> {
    if is_nothing(words) {
        return Ok(None);
    }
    let own = plain(words).replace("人民币", "");
    let first = own.find(|c: char| c.is_ascii_digit()).ok_or(MoneyFault::Figure)?;
    let (before, rest) = own.split_at(first);
    if before.contains('-') {
        return Err(MoneyFault::Figure);
    }
    // Commas within a number part thousands.
    let mut digits = String::new();
    let mut end = rest.len();
    for (at, c) in rest.char_indices() {
        let behind = rest.get(at + c.len_utf8()..).unwrap_or_default();
        match c {
            '0'..='9' | '.' => digits.push(c),
            ',' if behind.len() >= 3
                && behind.bytes().take(3).all(|b| b.is_ascii_digit())
                && !behind.as_bytes().get(3).is_some_and(u8::is_ascii_digit) => {}
            _ => {
                end = at;
                break;
            }
        }
    }
    let behind = rest.get(end..).unwrap_or_default();
    let cut = behind.find(['，', ',', '；', ';', '(', '。', '、']).unwrap_or(behind.len());
    let cut = behind.find("其中").map_or(cut, |at| at.min(cut));
    let said = behind.get(..cut).unwrap_or_default();
    if said.contains(|c: char| c.is_ascii_digit()) {
        return Err(MoneyFault::Figure);
    }
    if ["美元", "欧元", "港元", "日元", "%", "年"].iter().any(|other| said.contains(other))
    {
        return Err(MoneyFault::Figure);
    }
    let own_unit = if said.contains('亿') {
        Some(MoneyUnit::Yi)
    } else if said.contains('万') {
        Some(MoneyUnit::Wan)
    } else if said.contains('元') {
        Some(MoneyUnit::Yuan)
    } else {
        None
    };
    let unit = own_unit.or(unit).ok_or(MoneyFault::NoUnit)?;
    let value: f64 = digits.parse().map_err(|_| MoneyFault::Figure)?;
    let yi = value * unit.in_yuan() / 1e8;
    // 12345 万元 is 1.2345, without the noise of binary fractions.
    let yi = (yi * 1e10).round() / 1e10;
    if !(0.0..=MOST_YI).contains(&yi) {
        return Err(MoneyFault::Figure);
    }
    let signs = ["约", "近", "左右", "余", "超", "预计", "不低于", "以上"];
    let approx = signs.iter().any(|sign| before.contains(sign) || said.contains(sign));
    Ok(Some((yi, approx)))
}

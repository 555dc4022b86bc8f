//! In what money is counted: 万元, 亿元, 百万元.

use super::words::plain;

/// A unit of money.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MoneyUnit {
    /// How many yuan it is.
    pub(super) in_yuan: f64,
}

/// Signs that multiply what stands before them.
pub(super) const TIMES: [char; 5] = ['十', '百', '千', '万', '亿'];

impl MoneyUnit {
    pub(super) const YUAN: Self = Self { in_yuan: 1.0 };

    /// The unit that words name, such as those of a head; `None` where they name none, or several.
    pub fn named(words: &str) -> Option<Self> {
        let own = plain(words);
        if is_foreign(&own) {
            return None;
        }
        let mut found = None;
        for (at, c) in own.char_indices().filter(|(_, c)| matches!(c, '元' | ')')) {
            let before = own.get(..at).unwrap_or_default();
            let rest = before.trim_end_matches(TIMES);
            let times = before.get(rest.len()..).unwrap_or_default();
            let behind = own.get(at + c.len_utf8()..).unwrap_or_default();
            let is_one = match (c, times.is_empty()) {
                // (万), and not (约3万)
                (')', false) => rest.ends_with('('),
                (')', true) => false,
                // 500万元以上 is a sum.
                (_, false) => !rest.ends_with(is_figure),
                (_, true) => {
                    rest.ends_with('(') && behind.starts_with(')')
                        || rest.ends_with(':') && behind.is_empty()
                }
            };
            let Some(unit) = is_one.then(|| Self::times(times)).flatten() else { continue };
            if found.is_some_and(|other| other != unit) {
                return None;
            }
            found = Some(unit);
        }
        found
    }

    /// The unit that a line over a table names, such as 单位：万元.
    pub fn of_line(words: &str) -> Option<Self> {
        let own = plain(words).replace("人民币", "");
        let behind = own.split("单位").nth(1)?.trim_start_matches(':');
        Self::named(behind).or_else(|| behind.starts_with('元').then_some(Self::YUAN))
    }

    /// The unit that words are and nothing else: 万元, （亿元）.
    pub fn alone(words: &str) -> Option<Self> {
        let own = plain(words);
        let own = own.trim_start_matches('(').trim_end_matches(')');
        Self::times(own.strip_suffix('元')?)
    }

    /// The unit that such signs make: 百万 is 10⁶ yuan, none is a yuan.
    pub(super) fn times(signs: &str) -> Option<Self> {
        const MOST: f64 = 1e12;
        let mut in_yuan = 1.0;
        for sign in signs.chars() {
            in_yuan *= match sign {
                '十' => 1e1,
                '百' => 1e2,
                '千' => 1e3,
                '万' => 1e4,
                '亿' => 1e8,
                _ => return None,
            };
        }
        (in_yuan <= MOST).then_some(Self { in_yuan })
    }
}

/// Whether plain words speak of other money.
pub(super) fn is_foreign(words: &str) -> bool {
    ["美元", "欧元", "港元", "日元"].iter().any(|other| words.contains(other))
}

fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九两几数".contains(c)
}

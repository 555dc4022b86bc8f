//! Numbers before groups and projects: 一、 （一） 1. (1) ①.

use super::words::plain;

/// How a number is written; the outer ones come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// 一、 and 第一类, Ⅰ and A.
    Chinese,
    /// （一）
    ChineseInBrackets,
    /// 1 and 1.1
    Arabic,
    /// (1) and 1)
    ArabicInBrackets,
    /// ①
    Circled,
}

const CHINESE: &str = "一二三四五六七八九十百零〇";

/// The number that words begin with, and what stands behind it.
pub fn of(words: &str) -> Option<(Style, String)> {
    let own = plain(words);
    let first = own.chars().next()?;
    let rest = |from: usize| own.get(from..).unwrap_or_default().to_owned();
    let leading = |text: &str, is: fn(char) -> bool| -> usize {
        text.chars().take_while(|c| is(*c)).map(char::len_utf8).sum()
    };
    let is_chinese = |c: char| CHINESE.contains(c);
    let is_arabic = |c: char| c.is_ascii_digit();
    if let Some(inner) = own.strip_prefix('(') {
        for (style, count) in [
            (Style::ChineseInBrackets, leading(inner, is_chinese)),
            (Style::ArabicInBrackets, leading(inner, is_arabic)),
        ] {
            if count > 0
                && let Some(behind) = inner.get(count..).and_then(|text| text.strip_prefix(')'))
            {
                return Some((style, ended(behind)));
            }
        }
        return None;
    }
    if ('①'..='⑳').contains(&first) {
        return Some((Style::Circled, ended(&rest(first.len_utf8()))));
    }
    if ('Ⅰ'..='Ⅻ').contains(&first) {
        return Some((Style::Chinese, ended(&rest(first.len_utf8()))));
    }
    let chinese = leading(own.strip_prefix('第').unwrap_or(&own), is_chinese);
    if chinese > 0 {
        let is_named = own.starts_with('第');
        let start = if is_named { '第'.len_utf8() } else { 0 };
        let behind = rest(start + chinese);
        let is_end = behind.is_empty()
            || behind.starts_with(['、', '.', '，', ',', ':'])
            || is_named && behind.starts_with(['类', '部', '批']);
        // 一环路 is a name.
        return is_end.then(|| (Style::Chinese, ended(&behind)));
    }
    let arabic = leading(&own, |c| c.is_ascii_digit() || c == '.' || c == '-');
    if arabic > 0 && is_arabic(first) {
        let digits = own.get(..arabic).unwrap_or_default();
        let behind = rest(arabic);
        if let Some(behind) = behind.strip_prefix(')') {
            return Some((Style::ArabicInBrackets, ended(behind)));
        }
        let is_end = behind.is_empty() || behind.starts_with(['、', '，']) || digits.ends_with('.');
        // 108 国道 and 2024 年 are names.
        return is_end.then(|| (Style::Arabic, ended(&behind)));
    }
    let is_letter = own.len() == 1 && first.is_ascii_uppercase();
    is_letter.then(|| (Style::Chinese, String::new()))
}

/// What stands behind the sign that ends a number.
fn ended(words: &str) -> String {
    words.trim_start_matches(['、', '.', '，', ',', ':']).to_owned()
}

/// Whether a number goes on within another, such as 1.2 within 1.
pub fn is_within(number: &str, outer: &str) -> bool {
    let (number, outer) = (plain(number), plain(outer));
    let outer = outer.trim_end_matches('.');
    let behind = number.strip_prefix(outer).and_then(|rest| rest.strip_prefix(['.', '-']));
    behind.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a number stands below another: 1.2 or (1) below 1, ① below (1).
pub fn is_below(number: &str, outer: &str) -> bool {
    let style = |words: &str| of(words).filter(|(_, rest)| rest.is_empty()).map(|(style, _)| style);
    is_within(number, outer)
        || style(outer).zip(style(number)).is_some_and(|(outer, number)| {
            (Style::Arabic..=Style::ArabicInBrackets).contains(&outer) && number > outer
        })
}

//! The marks at the start of a paragraph: 一、 (一) 1. (1) 1) ① a. 专栏1 项目一： bullets and dashes.

use super::box_title;

/// A mark and the number it states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    /// 一、 or 第一章.
    Chapter(u32),
    /// (一) or 第一节.
    Section(u32),
    /// 1. or 1、.
    Item(u32),
    /// (1).
    Paren(u32),
    /// 1).
    Half(u32),
    /// ①.
    Circled(u32),
    /// a. or A、.
    Letter(u32),
    /// 项目一： 工程2： or 03号 before a space.
    Named(u32),
    /// 专栏1, 专栏3-1; the first is 0 where the box has no number, the second where it has no part.
    Box(u32, u32),
    /// ● ■ ◆ and their like.
    Bullet,
    /// —— before a name.
    Dash,
}

impl Marker {
    /// The number of a mark that lists things inside a paragraph's level.
    pub fn listed(self) -> Option<u32> {
        match self {
            Self::Paren(n)
            | Self::Half(n)
            | Self::Circled(n)
            | Self::Letter(n)
            | Self::Named(n) => Some(n),
            _ => None,
        }
    }
}

/// Finds the mark that a folded paragraph starts with, and its length in bytes. `gap` is where the
/// line first had a space that folding took out: `03号 大桥` is numbered, `3号线` is a name.
pub(super) fn marker(text: &str, gap: Option<usize>) -> Option<(Marker, usize)> {
    let first = text.chars().next()?;
    match first {
        '(' => bracketed(text),
        '0'..='9' => item(text).or_else(|| half(text)).or_else(|| numbered(text, gap)),
        '第' => ordinal(text),
        '专' | '续' | '【' | '〔' | '[' => box_title::boxed(text),
        '①'..='⑳' => {
            Some((Marker::Circled(u32::from(first) - u32::from('①') + 1), first.len_utf8()))
        }
        '●' | '■' | '◆' | '★' | '▲' | '•' | '◎' | '○' | '□' | '◇' | '☆' | '△' | '▶' | '►' | '▪'
        | '➢' | '✓' | '√' | '※' | '·' | '\u{F06C}' | '\u{F06E}' | '\u{F0B2}' | '\u{F0D8}'
        | '\u{F0FC}' => Some((Marker::Bullet, first.len_utf8())),
        '—' | '–' | '-' | '―' => dash(text),
        'a'..='z' | 'A'..='Z' => letter(text, first),
        '项' | '工' => named(text),
        _ => chapter(text, gap),
    }
}

fn chapter(text: &str, gap: Option<usize>) -> Option<(Marker, usize)> {
    if let Some((number, len)) = formal_number(text) {
        let sign = text.get(len..)?.starts_with('、');
        return (sign || gap == Some(len))
            .then_some((Marker::Chapter(number), len + if sign { '、'.len_utf8() } else { 0 }));
    }
    let (number, len) = chinese_number(text)?;
    text.get(len..)?.starts_with('、').then_some((Marker::Chapter(number), len + '、'.len_utf8()))
}

fn bracketed(text: &str) -> Option<(Marker, usize)> {
    let inner = text.get(1..)?;
    let (mark, len) = match arabic_number(inner) {
        Some((n, len)) => (Marker::Paren(n), len),
        None => chinese_number(inner).map(|(n, len)| (Marker::Section(n), len))?,
    };
    inner.get(len..)?.starts_with(')').then_some((mark, len + 2))
}

fn item(text: &str) -> Option<(Marker, usize)> {
    let (number, len) = arabic_number(text)?;
    let mut rest = text.get(len..)?.chars();
    let dot = rest.next()?;
    // A digit after the dot makes it a decimal fraction.
    let fraction = rest.next().is_some_and(|c| c.is_ascii_digit());
    match dot {
        '.' | '\u{FF0E}' if !fraction => Some((Marker::Item(number), len + dot.len_utf8())),
        '、' => Some((Marker::Item(number), len + dot.len_utf8())),
        _ => None,
    }
}

fn half(text: &str) -> Option<(Marker, usize)> {
    let (number, len) = arabic_number(text)?;
    text.get(len..)?.starts_with(')').then_some((Marker::Half(number), len + 1))
}

/// `03号 大桥`.
fn numbered(text: &str, gap: Option<usize>) -> Option<(Marker, usize)> {
    let (number, len) = arabic_number(text)?;
    let end = len + '号'.len_utf8();
    (text.get(len..)?.starts_with('号') && gap == Some(end)).then_some((Marker::Named(number), end))
}

/// 项目一： or 工程2、.
fn named(text: &str) -> Option<(Marker, usize)> {
    let word = ["项目", "工程"].into_iter().find(|w| text.starts_with(w))?;
    let rest = text.get(word.len()..)?;
    let (number, len) = arabic_number(rest).or_else(|| chinese_number(rest))?;
    let sign = rest.get(len..)?.chars().next()?;
    matches!(sign, ':' | '：' | '、' | '.' | '—')
        .then_some((Marker::Named(number), word.len() + len + sign.len_utf8()))
}

fn letter(text: &str, first: char) -> Option<(Marker, usize)> {
    let mut rest = text.chars().skip(1);
    let sign = rest.next().filter(|c| matches!(c, '.' | '、' | ')'))?;
    let after = rest.next()?;
    let number = u32::from(first.to_ascii_lowercase()) - u32::from('a') + 1;
    (!after.is_ascii()).then_some((Marker::Letter(number), 1 + sign.len_utf8()))
}

/// `——大桥`, but no range and no rule of dashes.
fn dash(text: &str) -> Option<(Marker, usize)> {
    let signs = |c: char| matches!(c, '—' | '–' | '-' | '―');
    let rest = text.trim_start_matches(signs);
    let first = rest.chars().next()?;
    (!first.is_ascii() && text.chars().take_while(|c| signs(*c)).count() <= 2)
        .then_some((Marker::Dash, text.len() - rest.len()))
}

fn ordinal(text: &str) -> Option<(Marker, usize)> {
    let skip = '第'.len_utf8();
    let inner = text.get(skip..)?;
    let (number, len) = arabic_number(inner).or_else(|| chinese_number(inner))?;
    let word = inner.get(len..)?;
    ["章", "篇", "部分", "节"].into_iter().find(|w| word.starts_with(w)).map(|w| {
        let mark = if w == "节" { Marker::Section(number) } else { Marker::Chapter(number) };
        (mark, skip + len + w.len())
    })
}

/// One to three ASCII digits.
pub(super) fn arabic_number(text: &str) -> Option<(u32, usize)> {
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&len) {
        return None;
    }
    Some((text.get(..len)?.parse().ok()?, len))
}

/// 一 to 九十九.
pub(super) fn chinese_number(text: &str) -> Option<(u32, usize)> {
    let mut tens = None;
    let mut ones = None;
    let mut len = 0;
    for ch in text.chars() {
        match "一二三四五六七八九".chars().position(|d| d == ch) {
            Some(digit) if ones.is_none() => ones = u32::try_from(digit + 1).ok(),
            None if ch == '十' && tens.is_none() => tens = Some(ones.take().unwrap_or(1)),
            _ => break,
        }
        len += ch.len_utf8();
    }
    let number = tens.unwrap_or(0) * 10 + ones.unwrap_or(0);
    (len > 0).then_some((number, len))
}

/// 壹 to 拾.
fn formal_number(text: &str) -> Option<(u32, usize)> {
    let first = text.chars().next()?;
    let digit = "壹贰叁肆伍陆柒捌玖拾".chars().position(|d| d == first)?;
    Some((u32::try_from(digit + 1).ok()?, first.len_utf8()))
}

/// Whether a folded text ends a sentence or announces a list.
pub(super) fn is_complete(text: &str) -> bool {
    let mut back = text.chars().rev().skip_while(|c| matches!(c, '”' | '’' | '》' | ')' | ']'));
    back.next().is_some_and(|c| matches!(c, '。' | '！' | '？' | '；' | ';' | '：' | ':' | '…'))
}

/// Most characters of a short phrase that opens a paragraph.
pub(super) const LEAD_CHARS: usize = 30;

/// The length in bytes of the short phrase that a paragraph opens with, its stop not counted:
/// up to the first 。, without a comma, at most [`LEAD_CHARS`] characters.
pub(super) fn lead_phrase(text: &str) -> Option<usize> {
    let mut chars = 0;
    for (at, ch) in text.char_indices() {
        match ch {
            '。' => return (chars >= 4).then_some(at),
            '，' | '；' | ',' | ';' | '：' | ':' | '！' | '？' | '\n' => return None,
            _ => chars += 1,
        }
        if chars > LEAD_CHARS {
            return None;
        }
    }
    None
}

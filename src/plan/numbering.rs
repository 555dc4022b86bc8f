//! The marks at the start of a paragraph: 一、 (一) 1. (1) ① 专栏1 and bullets.

/// A mark and the number it states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    /// 一、 or 第一章.
    Chapter(u32),
    /// (一) or 第一节.
    Section(u32),
    /// 1. or 1、.
    Item(u32),
    /// (1) or ①.
    Paren(u32),
    /// 专栏1; 0 where the box has no number.
    Box(u32),
    /// ● ■ ◆ and their like.
    Bullet,
}

/// Finds the mark that a folded paragraph starts with, and its length in bytes.
pub(super) fn marker(text: &str) -> Option<(Marker, usize)> {
    let first = text.chars().next()?;
    match first {
        '(' => bracketed(text),
        '0'..='9' => item(text),
        '第' => ordinal(text),
        '专' => boxed(text),
        '①'..='⑳' => {
            Some((Marker::Paren(u32::from(first) - u32::from('①') + 1), first.len_utf8()))
        }
        '●' | '■' | '◆' | '★' | '▲' | '•' | '◎' | '○' | '□' => {
            Some((Marker::Bullet, first.len_utf8()))
        }
        _ => {
            let (number, len) = chinese_number(text)?;
            text.get(len..)?
                .starts_with('、')
                .then_some((Marker::Chapter(number), len + '、'.len_utf8()))
        }
    }
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

fn boxed(text: &str) -> Option<(Marker, usize)> {
    const WORD: &str = "专栏";
    let rest = text.strip_prefix(WORD)?;
    let (number, len) = arabic_number(rest).or_else(|| chinese_number(rest)).unwrap_or((0, 0));
    let after = rest.get(len..)?;
    let sign = after
        .chars()
        .next()
        .filter(|c| matches!(c, ':' | '：' | '.' | '、' | '—' | '-'))
        .map_or(0, char::len_utf8);
    (number > 0 || sign > 0).then_some((Marker::Box(number), WORD.len() + len + sign))
}

/// One to three ASCII digits.
fn arabic_number(text: &str) -> Option<(u32, usize)> {
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

//! Running text cut into the parts that may each name a work.

use super::numbering::chinese_number;

/// Parts that end with 。 ； ！ ？ outside brackets, or before 一是, 二是 and 项目一：.
pub(super) fn segments(text: &str) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut depth = 0_u32;
    let mut previous = '。';
    for (at, ch) in text.char_indices() {
        match ch {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            // A bracket that stays open ends with its sentence.
            '。' | '！' | '？' => {
                depth = 0;
                push(&mut parts, &mut start, at + ch.len_utf8());
            }
            '；' if depth == 0 => push(&mut parts, &mut start, at + ch.len_utf8()),
            _ if depth == 0
                && matches!(previous, '，' | '：' | ':' | '、' | '。' | '；')
                && at > start
                && is_enumerator(text.get(at..).unwrap_or_default()) =>
            {
                push(&mut parts, &mut start, at);
            }
            _ => {}
        }
        previous = ch;
    }
    push(&mut parts, &mut start, text.len());
    parts
}

fn push(parts: &mut Vec<(usize, usize)>, start: &mut usize, end: usize) {
    if *start < end {
        parts.push((*start, end));
    }
    *start = end;
}

/// 一是, 项目三：.
fn is_enumerator(text: &str) -> bool {
    let named = text.strip_prefix("项目").or_else(|| text.strip_prefix("工程"));
    let Some((_, len)) = chinese_number(named.unwrap_or(text)) else { return false };
    let after = named.unwrap_or(text).get(len..).and_then(|rest| rest.chars().next());
    match named {
        Some(_) => matches!(after, Some('：' | ':')),
        None => after == Some('是'),
    }
}

/// The clauses of a segment: start, end, and whether a colon stands before it.
pub(super) fn clauses(segment: &str) -> Vec<(usize, usize, bool)> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut depth = 0_u32;
    let mut colon = false;
    for (at, ch) in segment.char_indices() {
        match ch {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '，' | '：' | ':' | '。' | '；' if depth == 0 => {
                if start < at {
                    parts.push((start, at, colon));
                }
                colon = matches!(ch, '：' | ':');
                start = at + ch.len_utf8();
            }
            _ => {}
        }
    }
    if start < segment.len() {
        parts.push((start, segment.len(), colon));
    }
    parts
}

/// The pieces of a list whose things have their figures in brackets, or are counted one by one:
/// `A（32公里）、B（46公里）和C（9公里）`, `A一个、B一个`. One piece where it is no such list.
pub(super) fn pieces(segment: &str) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut depth = 0_u32;
    for (at, ch) in segment.char_indices() {
        match ch {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '、' | '和' | '及' | '与' | '，' if depth == 0 => {
                let before = segment.get(start..at).unwrap_or_default();
                let counted = before.ends_with("一个") && matches!(ch, '、' | '和' | '，');
                let listed = before.ends_with(')') && ch != '，' && figures(before);
                if counted || listed {
                    parts.push((start, at));
                    start = at + ch.len_utf8();
                }
            }
            _ => {}
        }
    }
    if start < segment.len() {
        parts.push((start, segment.len()));
    }
    parts
}

/// Whether the bracket at the end states something counted.
fn figures(words: &str) -> bool {
    let open = words.rfind('(').unwrap_or(0);
    words.get(open..).is_some_and(|inner| inner.contains(|c: char| c.is_ascii_digit()))
}

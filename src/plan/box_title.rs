//! The title of a box: 专栏1, 专栏 3-1, 专栏五, 专栏 without a number, 【专栏一】, 〔项目包一〕.

use super::block::Block;
use super::numbering::{Marker, arabic_number, chinese_number, is_complete};

/// Most characters of a box's title.
const TITLE_CHARS: usize = 50;
const WORD: &str = "专栏";

/// The mark of a box and its length in bytes.
pub(super) fn boxed(text: &str) -> Option<(Marker, usize)> {
    if let Some(inner) = text.strip_prefix(['【', '〔', '[']) {
        return bracketed(text, inner);
    }
    let skip = if text.starts_with('续') { '续'.len_utf8() } else { 0 };
    let rest = text.get(skip..)?.strip_prefix(WORD)?;
    let (number, part, len) = numbers(rest);
    let after = rest.get(len..)?;
    let sign = after
        .chars()
        .next()
        .filter(|c| matches!(c, ':' | '：' | '.' | '、' | '—' | '-'))
        .map_or(0, char::len_utf8);
    Some((Marker::Box(number, part), skip + WORD.len() + len + sign))
}

/// 【专栏一】交通 or 〔项目包一〕新材料: what the brackets call is a list of works.
fn bracketed(text: &str, inner: &str) -> Option<(Marker, usize)> {
    let end = inner.find(['】', '〕', ']'])?;
    let name = inner.get(..end)?;
    let listed = [WORD, "项目", "工程"].iter().any(|w| name.contains(w));
    if !listed || name.chars().count() > 16 || name.contains(['，', '。', '：', ':']) {
        return None;
    }
    let close = inner.get(end..)?.chars().next()?;
    let open = text.len() - inner.len();
    let at = name.find(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let (number, part, len) = at.and_then(|at| name.get(at..)).map_or((0, 0, 0), numbers);
    // The number ends the name: 一体化项目 is none.
    let numbered = at.is_some_and(|at| at + len == name.len());
    let (number, part) = if numbered { (number, part) } else { (0, 0) };
    Some((Marker::Box(number, part), open + end + close.len_utf8()))
}

/// `3-1` or `五`: number, part and length in bytes, all 0 where there is none.
fn numbers(text: &str) -> (u32, u32, usize) {
    let Some((number, len)) = arabic_number(text).or_else(|| chinese_number(text)) else {
        return (0, 0, 0);
    };
    let rest = text.get(len..).unwrap_or_default();
    let part = rest.chars().next().filter(|c| matches!(c, '-' | '—' | '–' | '－' | '.')).and_then(
        |sign| {
            let (part, digits) = arabic_number(rest.get(sign.len_utf8()..)?)?;
            Some((part, sign.len_utf8() + digits))
        },
    );
    part.map_or((number, 0, len), |(part, more)| (number, part, len + more))
}

/// Whether a paragraph is the title of a box rather than a sentence that mentions one.
pub(super) fn is_title(block: &Block) -> bool {
    let Some(Marker::Box(number, _)) = block.marker else { return false };
    let rest = block.rest();
    // 专栏所列项目, 专栏中的工程: without number or sign only a name follows.
    let mentions = number == 0
        && block.text.starts_with(WORD)
        && ["所列", "中", "内", "以外", "外", "项目外", "及", "和"]
            .iter()
            .any(|w| rest.starts_with(w));
    block.text.chars().count() <= TITLE_CHARS
        && !mentions
        && !is_complete(block.text)
        && !block.text.contains(['，', '。', '；'])
}

/// Whether the title says that a box goes on from the page before.
pub(super) fn goes_on(block: &Block) -> bool {
    let rest = block.rest();
    matches!(block.marker, Some(Marker::Box(..)))
        && (block.text.starts_with('续')
            || ["(续)", "(续表)", "(接上页)", "续表", "续"].iter().any(|w| rest.ends_with(w)))
}

/// The words of the title after its mark; what the brackets call where nothing else stands there.
pub(super) fn words<'a>(block: &Block<'a>) -> &'a str {
    let after = block.text.get(block.marker_len..).unwrap_or_default();
    let after = after.trim_matches([':', '：', ' ', '.', '—']);
    if !after.is_empty() {
        return after;
    }
    let inner = block.text.strip_prefix(['【', '〔', '[']).unwrap_or_default();
    let inner = inner.split(['】', '〕', ']']).next().unwrap_or_default();
    if inner.contains(WORD) { "" } else { inner }
}

/// Whether a paragraph may be the title of a box whose mark stands on the line before.
pub(super) fn stands_below(block: &Block) -> bool {
    block.marker.is_none()
        && block.text.chars().count() <= TITLE_CHARS
        && !is_complete(block.text)
        && !block.text.contains(['，', '。', '；'])
        && !block.text.contains(|c: char| c.is_ascii_digit())
}

//! Whether a name in a Chinese text, which has no spaces, is only a part of a longer word.

use std::ops::Range;

/// Endings of organisations that carry a place's name without standing there.
const ORGANISATIONS: [&str; 14] = [
    "大学",
    "学院",
    "公司",
    "集团",
    "银行",
    "研究院",
    "研究所",
    "医院",
    "中学",
    "小学",
    "协会",
    "委员会",
    "政府",
    "日报",
];

/// How far behind a name such an ending is looked for, in characters.
const ORGANISATION_REACH: usize = 10;

/// Words after which a name begins.
const BEFORE_A_NAME: &str = "在至到与和及或从由经过于往向连接抵达沿省市县区镇乡的是为对将把以起自";

/// Directions and the like that make another word of a short name: 太原南|部, 黄河下|游.
const AFTER_NO_NAME: &str = "部侧游面方头端";

/// Things that carry a county's name and may stand in another: 迎泽西大街 is in 万柏林.
const NAMED_AFTER: [&str; 19] = [
    "山",
    "河",
    "川",
    "湖",
    "寺",
    "街",
    "路",
    "桥",
    "公园",
    "大街",
    "大道",
    "大桥",
    "西大街",
    "东大街",
    "南路",
    "北路",
    "西街",
    "东街",
    "水库",
];

/// What stands between the ends of a route.
const BETWEEN_ENDS: &str = "—–－-~～至到";

/// Words that say where something stands.
const STANDS_AT: [&str; 9] =
    ["位于", "选址", "地处", "坐落", "座落", "落户", "建于", "落地", "布局在"];

/// Whether what follows makes an organisation of the name.
pub fn names_an_organisation(text: &str, range: &Range<usize>) -> bool {
    let after: String = text
        .get(range.end..)
        .unwrap_or_default()
        .chars()
        .take(ORGANISATION_REACH)
        .take_while(|c| is_han(*c) && !"的至到与和及在从由".contains(*c))
        .collect();
    ORGANISATIONS.iter().any(|ending| after.contains(ending))
}

/// Whether the name ends where a word can: not before a character that continues it.
pub fn ends_a_word(text: &str, range: &Range<usize>) -> bool {
    next(text, range).is_none_or(|c| !AFTER_NO_NAME.contains(c))
}

/// Whether the name begins where a word can: after no Chinese character, or one that goes before
/// names.
pub fn begins_a_word(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).unwrap_or_default().chars().next_back();
    before.is_none_or(|c| !is_han(c) || BEFORE_A_NAME.contains(c))
}

/// Whether the name is that of a mountain, street and so on, called after a county.
pub fn names_a_feature(text: &str, range: &Range<usize>) -> bool {
    let after = text.get(range.end..).unwrap_or_default();
    NAMED_AFTER.iter().any(|ending| after.starts_with(ending))
}

/// Whether the name is an end of a route or one of a row: 太原—绥德, 太原至忻州.
pub fn is_end_of_a_line(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).unwrap_or_default().chars().next_back();
    let to = |c: Option<char>| c.is_some_and(|c| BETWEEN_ENDS.contains(c));
    to(before) || to(next(text, range))
}

/// Whether the text says that something stands here, just before the name.
pub fn is_said_to_be_the_site(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).unwrap_or_default();
    let clause = before.rsplit(['，', '。', '；', ',', ';', '、']).next().unwrap_or_default();
    STANDS_AT.iter().any(|word| clause.contains(word))
}

fn next(text: &str, range: &Range<usize>) -> Option<char> {
    text.get(range.end..)?.chars().next()
}

/// CJK unified ideographs of the basic block and extension A.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}')
}

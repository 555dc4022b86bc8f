//! Figures told by where they stand: parts of a sum, and bare figures in brackets behind a name.

use super::figure::Figure;
use super::measures::Measure;
use super::phrases::clause_start;
use super::quantities::Quantity;
use super::unit_table::Dimension;

/// Words of a clause that say that its money is a part: of a total, of one year, from one purse.
const PART: &[&str] = &[
    "其中",
    "一期",
    "二期",
    "三期",
    "首期",
    "已完成",
    "完成投资",
    "已投资",
    "年投资",
    "年度投资",
    "当年",
    "争取",
    "中央",
    "省级",
    "上级",
    "补助",
    "专项债",
    "自筹",
    "社会资本",
    "征地",
    "征迁",
    "拆迁",
    "土建",
    "设备投资",
    "含",
    "移民",
    "各投资",
    "每年投资",
    "累计",
];

/// No sentence states its total and the parts further apart, in bytes.
const FARTHEST: usize = 2_048;

/// The words that say so stand this near, in bytes.
const NEAR_BYTES: usize = 240;

/// Whether the money whose number starts at `at` is part of another: 其中 stands before it in its
/// part of the sentence, or its own clause says so.
pub(super) fn is_part(words: &str, at: usize) -> bool {
    let start = clause_start(words, at).max(at.saturating_sub(NEAR_BYTES));
    let clause = words.get(words.floor_char_boundary(start)..at).unwrap_or_default();
    // 其中 is looked for once, with the rules of its sentence.
    PART.iter().any(|w| *w != "其中" && clause.contains(w)) || after_of_which(words, at)
}

/// 其中 before, with no ； or 。 between.
fn after_of_which(words: &str, at: usize) -> bool {
    let head = words.get(..at).unwrap_or_default();
    let near = head.get(head.floor_char_boundary(head.len().saturating_sub(FARTHEST))..);
    let near = near.unwrap_or_default();
    let part = near.rfind(['；', '。']).map_or(0, |i| i);
    near.get(part..).is_some_and(|rest| {
        rest.rfind("其中").is_some_and(|of| {
            // 其中： at the start of a sentence opens a list of works, not of parts.
            let opens =
                rest.get(..of).is_some_and(|r| r.trim_start_matches(['；', '。']).is_empty());
            if opens
                && rest.get(of..).is_some_and(|r| r.starts_with("其中：") || r.starts_with("其中:"))
            {
                return false;
            }
            // A bracket that closed again took its parts with it; so did another total.
            let between = rest.get(of..).unwrap_or_default();
            let closed = between.matches(')').count() > between.matches('(').count();
            !closed && !between.contains("总投资")
        })
    })
}

/// What a figure without a label states: money among the parts of a total or in a bracket behind a
/// name, a length before a thing that has one.
pub(super) fn told_by_place(
    words: &str,
    at: usize,
    measure: &Measure,
    before: &[Figure],
) -> Option<Quantity> {
    let start = clause_start(words, at).max(at.saturating_sub(NEAR_BYTES));
    let clause = words.get(words.floor_char_boundary(start)..at)?;
    let bare = clause.trim_end_matches(['约', '近', '超', '共']).is_empty();
    let bracket = bare && in_bracket(words, at);
    match measure.dimension {
        Dimension::Money => {
            let total = before.iter().rev().take(6).any(|f| f.quantity == Quantity::Investment);
            let named = clause.contains("一期") || clause.starts_with('含');
            let part = total && (after_of_which(words, at) || named);
            (bracket || part).then_some(Quantity::Investment)
        }
        Dimension::Length => {
            let thing = LONG.iter().any(|w| clause.trim_end_matches(NEAR).ends_with(w));
            (bracket || thing).then_some(Quantity::Length)
        }
        _ => None,
    }
}

const NEAR: [char; 4] = ['约', '近', '超', '共'];

/// Things that are measured by their length.
const LONG: &[&str] = &[
    "公路",
    "道路",
    "大道",
    "路",
    "线",
    "隧道",
    "桥",
    "河道",
    "河段",
    "河长",
    "河堤",
    "堤防",
    "管道",
    "管网",
    "管线",
    "渠",
    "干渠",
    "支渠",
    "渠道",
    "渠系",
    "绿道",
    "步道",
    "栈道",
    "廊道",
    "匝道",
    "铁路",
    "轨道",
    "岸线",
    "路面",
    "河堤",
    "护岸",
    "里程",
    "两岸",
    "索道",
    "游步道",
    "新建",
    "改建",
    "扩建",
];

/// Whether the place stands in a bracket that opened not far before.
fn in_bracket(words: &str, at: usize) -> bool {
    let head = words.get(..at).unwrap_or_default();
    let near = head.get(head.floor_char_boundary(head.len().saturating_sub(400))..);
    let mut closed = 0_u32;
    for c in near.unwrap_or_default().chars().rev() {
        match c {
            ')' => closed += 1,
            '(' if closed == 0 => return true,
            '(' => closed -= 1,
            '。' | '；' => return false,
            _ => {}
        }
    }
    false
}

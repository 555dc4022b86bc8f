//! What tells rows that are no projects.

use super::{
    MoneyUnit, numbering,
    words::{self, bare, plain},
};
use crate::document::GridRow;

/// Whether a row is a sum: 合计, 小计（12项）, 交通类小计. 小计河治理 is a name.
pub fn is_total(number: &str, name: &str, first: &str) -> bool {
    const LONGEST: usize = 16;
    let is_sum = |words: &str| {
        let own = bare(&plain(words));
        let own = numbering::of(&own).map_or(own.clone(), |(_, rest)| rest);
        let sums = ["合计", "总计", "小计", "共计", "总和", "累计", "total", "subtotal"];
        let low = own.to_lowercase();
        // How many there are may stand behind it.
        let is_count = |rest: &str| {
            rest.chars().all(|c| c.is_ascii_digit() || ":,.个项类条件目共".contains(c))
        };
        let is_one = |sum: &str| low.ends_with(sum) || low.strip_prefix(sum).is_some_and(is_count);
        own.chars().count() <= LONGEST && sums.into_iter().any(is_one)
    };
    [number, name, first].into_iter().any(|words| !words.is_empty() && is_sum(words))
        || is_sum(&format!("{}{}", plain(number), plain(name)))
}

/// The unit that a row names and nothing else: 单位：万元, in one cell or in two.
pub fn unit_of(row: &GridRow) -> Option<MoneyUnit> {
    let words: Vec<&str> = row.filled().map(|(_, words)| words).collect();
    match words.as_slice() {
        [one] => MoneyUnit::of_line(one),
        [one, _] if plain(one).trim_end_matches(':').ends_with("单位") => {
            MoneyUnit::of_line(&words.concat())
        }
        _ => None,
    }
}

/// Whether words are for who fills the table in.
pub fn is_note(words: &str) -> bool {
    let own = plain(words);
    let signs =
        ["注:", "注1", "备注:", "说明:", "填表", "填报", "制表", "审核", "单位负责人", "联系人"];
    signs.iter().any(|sign| own.starts_with(sign))
}

/// Whether words end in how many there are: （12项）, 共 5 个.
pub fn is_count(words: &str) -> bool {
    let own = plain(words);
    let own = own.trim_end_matches(')');
    let Some(before) = own.strip_suffix(['个', '项', '类', '条', '件']) else { return false };
    let before = before.trim_end_matches("项目").trim_end_matches('个');
    before.ends_with(|c: char| c.is_ascii_digit())
        && (words.contains(['(', '（', '共', '计']) || before.chars().all(|c| c.is_ascii_digit()))
}

/// A row in one line.
pub fn line(row: &GridRow) -> String {
    const LONGEST: usize = 60;
    let all = row.filled().map(|(_, words)| words::name(words)).collect::<Vec<_>>().join(" ");
    if all.chars().count() <= LONGEST {
        return all;
    }
    all.chars().take(LONGEST - 1).chain(['…']).collect()
}

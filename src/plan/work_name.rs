//! The name of a work in a clause of running text.

use super::work_nouns::{ends_in_noun, is_specific};
use super::work_words::{is_elsewhere, without_filler, without_verbs};

/// Most characters of a name.
const NAME_CHARS: usize = 36;

/// A name in bytes of the clause, and whether a verb of building stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name {
    pub start: usize,
    pub end: usize,
    pub built: bool,
}

/// The name in a clause up to its first figure at `figure`; none where the clause names nothing
/// that is one thing of its own.
pub(super) fn name_in(clause: &str, figure: Option<usize>) -> Option<Name> {
    if is_elsewhere(clause) {
        return None;
    }
    let head_end = figure.unwrap_or(clause.len()).min(bracket(clause));
    let head = clause.get(..head_end)?;
    // 投资3亿元新建水厂: the figure stands before the name.
    let (body, built) = without_verbs(head);
    let offset = head.len() - body.len();
    let Some(name) = trimmed(body).filter(|name| is_fine(name)).or_else(|| said_of(body)) else {
        return backed_off(clause, head, offset, built);
    };
    // 五山茶园、紫金基地: the last of several is told by its caller.
    let start = offset + quote(name);
    Some(Name { start, end: offset + name.len(), built })
}

/// The name that a clause says something of: 九龙井景区二期要…, 湾潭河水库位于….
fn said_of(body: &str) -> Option<&str> {
    const SAYING: [&str; 9] = ["进行", "要", "将", "拟", "位于", "采用", "按", "分为", "以"];
    SAYING.iter().find_map(|word| {
        let at = body.find(word)?;
        let name = body.get(..at).filter(|name| is_fine(name))?;
        // 景区进行提档升级 says what is done to it.
        let done = body.get(at + word.len()..).filter(|_| *word == "进行");
        let whole = done.is_some_and(|done| ends_in_noun(&format!("{name}{done}")));
        Some(if whole { body } else { name })
    })
}

/// The place before the verb where the object alone says too little: 在凤凰山园区建设储能电站.
fn backed_off(clause: &str, head: &str, offset: usize, built: bool) -> Option<Name> {
    if offset == 0 || !built {
        return None;
    }
    // 在凤凰山园区建设共享储能电站: the place is part of what it is called.
    let after = head.strip_prefix('在')?;
    let name = trimmed(after)?;
    let start = '在'.len_utf8();
    (is_fine(name) && start + name.len() <= clause.len()).then_some(Name {
        start,
        end: start + name.len(),
        built,
    })
}

/// The name without fillers behind it, if it ends as names do.
fn trimmed(body: &str) -> Option<&str> {
    let mut name = body;
    loop {
        if let Some(shorter) =
            ["项目建设", "工程建设"].iter().find_map(|w| name.strip_suffix(w).map(str::len))
        {
            name = name.get(..shorter + "项目".len())?;
        }
        if ends_in_noun(name.trim_end_matches('”')) {
            return Some(name);
        }
        name = without_filler(name)?;
    }
}

/// Whether words are the name of one thing.
pub(super) fn is_fine(name: &str) -> bool {
    let bare = name.trim_matches(['“', '”']);
    let counted = bare.starts_with(|c: char| c.is_ascii_digit())
        && bare
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .starts_with(['个', '座', '条', '处', '家', '所', '项', '批', '大']);
    // “十百千”工程 is a programme.
    let programme =
        ["”工程", "”项目", "”行动", "”计划", "振兴工程", "提升工程", "培育工程", "行动"]
            .iter()
            .any(|w| name.ends_with(w));
    let chars = name.chars().count();
    let all = ["上述", "以上", "所列", "全部", "各类", "相关"].iter().any(|w| name.starts_with(w));
    let programme = programme || all;
    (3..=NAME_CHARS).contains(&chars)
        && !counted
        && !programme
        && is_specific(bare)
        && !name.contains(['，', '。', '；', '：'])
}

/// Where a bracket opens that is no part of a name.
fn bracket(clause: &str) -> usize {
    clause
        .match_indices('(')
        .map(|(at, _)| at)
        .find(|at| {
            let inner = clause.get(at + 1..).unwrap_or_default();
            !["一期", "二期", "三期", "四期", "小", "1", "2"].iter().any(|w| {
                inner.starts_with(w) && inner.get(w.len()..).is_some_and(|r| r.starts_with(')'))
            })
        })
        .unwrap_or(clause.len())
}

fn quote(name: &str) -> usize {
    if name.starts_with('“') && name.ends_with('”') { '“'.len_utf8() } else { 0 }
}

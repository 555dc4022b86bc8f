//! When something is built: 建设年限2021—2025年, 2022年开工，2026年建成.

/// Signs and words between two years.
const BETWEEN: &[&str] = &["——", "—", "–", "-", "~", "～", "至", "到"];
/// Most bytes between a first and a last year that words part.
const APART: usize = 60;

/// The years in which a project is built, as its words state them first: `2021—2025`, or `2025`
/// where one year stands behind 建设年限. `None` where they do not say.
pub fn building_years(words: &str) -> Option<String> {
    let mut opened: Option<(u16, usize)> = None;
    for (at, _) in words.match_indices(|c: char| c.is_ascii_digit()) {
        let Some((first, end)) = year(words, at) else { continue };
        let rest = words.get(end..)?;
        let range = rest.strip_prefix('年').unwrap_or(rest);
        let last = BETWEEN.iter().find_map(|sign| {
            let second = range.strip_prefix(sign)?;
            let (last, len) = year(second, 0)?;
            second.get(len..)?.starts_with('年').then_some(last)
        });
        if let Some(last) = last.filter(|last| *last >= first) {
            return Some(format!("{first}—{last}"));
        }
        let head = words.get(..at)?.trim_end_matches([':', '：']);
        let fields = ["建设年限", "建设期限", "建设时间", "建设期", "实施年限", "起止年限"];
        if fields.iter().any(|w| head.ends_with(w)) && (rest.starts_with('年') || rest.is_empty())
        {
            return Some(first.to_string());
        }
        let Some(after) = rest.strip_prefix('年') else { continue };
        if ["开工", "启动建设", "开建", "动工"].iter().any(|w| after.starts_with(w)) {
            opened = Some((first, end));
        } else if ["建成", "完工", "竣工", "投产", "投用", "通车", "底建成", "底完工", "底通车"]
            .iter()
            .any(|w| after.starts_with(w))
            && let Some((from, _)) =
                opened.filter(|(from, open)| *from <= first && at - open < APART)
        {
            return Some(format!("{from}—{first}"));
        }
    }
    None
}

/// A year of four digits that stands alone at a place, and its end.
fn year(text: &str, at: usize) -> Option<(u16, usize)> {
    let digits = text.get(at..at + 4)?;
    let alone = digits.bytes().all(|b| b.is_ascii_digit())
        && !text.get(..at)?.ends_with(|c: char| c.is_ascii_digit() || c == '.')
        && !text.get(at + 4..)?.starts_with(|c: char| c.is_ascii_digit());
    let year = digits.parse().ok().filter(|year| (1990..=2100).contains(year))?;
    alone.then_some((year, at + 4))
}

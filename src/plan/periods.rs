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

/// Whether a text says when something is built, as 建设年限 does in tables and on forms: years or months
/// alone or from one to another (`2024—2026`, `2025年6月—2027年底`, `2026年起`), or how long (`3年`,
/// `18个月`).
///
/// ```
/// use jintu::plan::is_period;
///
/// assert!(is_period("2024-2026年") && is_period("2024.3—2026.12") && is_period("18 个月"));
/// assert!(!is_period("很久") && !is_period("2026—2024") && !is_period("3024"));
/// ```
pub fn is_period(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if is_span_of_time(&text) {
        return true;
    }
    if moment(&text).is_some_and(|(_, rest)| rest.is_empty() || SINCE.contains(&rest)) {
        return true;
    }
    BETWEEN.iter().any(|sign| {
        let Some((first, last)) = text.split_once(sign) else { return false };
        let (Some((from, "")), Some((to, ""))) = (moment(first), moment(last)) else {
            // 2024— is open: it goes on.
            return last.is_empty() && moment(first).is_some_and(|(_, rest)| rest.is_empty());
        };
        // 2024年3月—2024 is all of that year.
        from.0 < to.0 || from.0 == to.0 && (from.1 <= to.1 || to.1 == 0)
    })
}

/// What may stand behind a single year.
const SINCE: [&str; 4] = ["起", "开工", "建成", "前"];

/// `3年`, `18个月`, `2 years`.
fn is_span_of_time(text: &str) -> bool {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = text.split_at(digits);
    let units = ["年", "个月", "月", "year", "years", "month", "months"];
    units.contains(&unit)
        && number.parse::<u16>().is_ok_and(|n| (1..=600).contains(&n) && digits < 4)
}

/// Year and month at the start of a text (the month is 0 where only a year stands), and what follows.
fn moment(text: &str) -> Option<((u16, u8), &str)> {
    let (year, end) = year(text, 0)?;
    let rest = text.get(end..)?;
    let after_sign = rest.strip_prefix('年').or_else(|| rest.strip_prefix(['.', '/']));
    let Some(after) = after_sign else { return Some(((year, 0), rest)) };
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let is_signed = rest.starts_with('年');
    let Some(month) = after.get(..digits).filter(|own| !own.is_empty()) else {
        let rest = ["底", "初", "末"].iter().find_map(|part| after.strip_prefix(part));
        return is_signed.then_some(((year, 0), rest.unwrap_or(after)));
    };
    let month: u8 = month.parse().ok().filter(|month| (1..=12).contains(month))?;
    let rest = after.get(digits..)?;
    let rest = match rest.strip_prefix('月') {
        Some(rest) => rest.strip_prefix(['底', '初', '末']).unwrap_or(rest),
        None if is_signed => return None,
        None => rest,
    };
    Some(((year, month), rest))
}

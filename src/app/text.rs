//! Words and numbers as the user reads them. Every sentence comes from the locale files.

pub use super::number_text::{exact_number, grouped, number, plain_number};

use super::{Language, table_words};
use crate::{
    catalogue::{
        Accuracy, Catalogue, CountyShare, Fact, Investment, OnLine, Project, Slide, Status, Totals,
    },
    geo::Chainage,
    language::Bilingual,
    plan::Quantity,
    tr,
};

/// `约 410` without its unit.
pub fn investment_bare(investment: Investment, language: Language) -> String {
    let value = number(in_own_unit(investment.yi, language));
    if investment.approx { tr!(language, "approx", value = value) } else { value }
}

/// The same with its unit beside it, as a figure has it.
pub fn investment_parts(investment: Investment, language: Language) -> (String, String) {
    let value = number(in_own_unit(investment.yi, language));
    let value = if language.is_english() {
        tr!(language, "unit.money_value", value = value)
    } else {
        value
    };
    let value = if investment.approx { tr!(language, "approx", value = value) } else { value };
    (value, tr!(language, "unit.money"))
}

/// An amount in the language's own unit: 亿 in Chinese, billions (10⁹) in English.
pub fn in_own_unit(yi: f64, language: Language) -> f64 {
    if language.is_english() { yi / 10.0 } else { yi }
}

/// Value and unit of a figure: in Chinese as the plan has them, in English in units that are
/// read there.
pub fn figure(fact: &Fact, language: Language) -> (String, String) {
    let money = fact.unit == "亿元";
    let (value, unit) = if !language.is_english() && !fact.stated_value.is_empty() {
        let range = fact.stated_value.replace(['—', '-', '~', '～', '至'], "–");
        // 时速350公里: without the words before it, 公里 would be a length.
        let unit = match fact.quantity {
            Quantity::Speed if !fact.stated_unit.contains('/') => tr!(language, "unit.km_per_hour"),
            _ => fact.stated_unit.clone(),
        };
        (grouped(&range), unit)
    } else {
        let own = |value: f64| number(if money { in_own_unit(value, language) } else { value });
        let value = match fact.value_max.filter(|max| own(*max) != own(fact.value)) {
            Some(max) => format!("{}–{}", own(fact.value), own(max)),
            None => own(fact.value),
        };
        if money {
            (tr!(language, "unit.money_value", value = value), tr!(language, "unit.money"))
        } else {
            (value, unit_word(&fact.unit, language))
        }
    };
    (if fact.approx { tr!(language, "approx", value = value) } else { value }, unit)
}

/// A unit in the language. What is merely counted needs none in English.
fn unit_word(unit: &str, language: Language) -> String {
    if !language.is_english() || unit.is_ascii() {
        return unit.to_owned();
    }
    let (unit, per_year) = unit.strip_suffix("/年").map_or((unit, false), |unit| (unit, true));
    let word = match unit {
        "亩" => tr!(language, "unit.mu"),
        "百分点" => tr!(language, "unit.points"),
        "倍" => tr!(language, "unit.times"),
        "小时" => tr!(language, "unit.hours"),
        "分钟" => tr!(language, "unit.minutes"),
        _ if unit.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) => String::new(),
        _ => unit.to_owned(),
    };
    if per_year { format!("{word}{}", tr!(language, "unit.per_year")) } else { word }
}

/// What a figure measures: by the sentence's words where another of the card measures the same
/// quantity, which alone would not tell them apart. A figure that stands without words, as 15亩
/// after an area, is of what the one before it is of.
pub fn fact_name(fact: &Fact, all: &[Fact], language: Language) -> String {
    let alike = all.iter().filter(|other| other.quantity == fact.quantity).count();
    let quantity = tr!(language, format!("quantity.{}", fact.quantity.as_str()));
    if alike <= 1 {
        return quantity;
    }
    if !fact.subject.is_empty() {
        return fact.subject.get(language).to_owned();
    }
    let before = all.iter().take_while(|other| other.range.start < fact.range.start);
    match before.filter(|other| !other.subject.is_empty()).last() {
        Some(other) => format!("{} · {quantity}", other.subject.get(language)),
        None => quantity,
    }
}

/// An amount of 亿元 with its unit; 约 where some of it is stated so.
pub fn amount(yi: f64, approx: bool, language: Language) -> String {
    let value = tr!(language, "unit.yi", value = number(in_own_unit(yi, language)));
    if approx { tr!(language, "approx", value = value) } else { value }
}

/// The short word for an accuracy class.
pub fn accuracy(accuracy: Accuracy, language: Language) -> String {
    tr!(language, format!("accuracy.{}", accuracy.key()))
}

/// A plain sentence on what the class means.
pub fn accuracy_sentence(accuracy: Accuracy, language: Language) -> String {
    tr!(language, format!("accuracy_sentence.{}", accuracy.key()))
}

/// County names in order, cut after `limit` with the number of the rest.
pub fn counties(
    catalogue: &Catalogue,
    project: &Project,
    language: Language,
    limit: usize,
) -> String {
    let names: Vec<&str> = project
        .counties
        .iter()
        .map(|share| county(catalogue, &share.code, &share.name, language))
        .collect();
    if names.is_empty() {
        return "—".to_owned();
    }
    let separator = if language.is_english() { ", " } else { " " };
    if names.len() <= limit {
        return names.join(separator);
    }
    let head = names[..limit.saturating_sub(1)].join(separator);
    tr!(language, "counties_more", head = head, more = names.len() + 1 - limit)
}

/// A county's name in the language.
pub fn county<'a>(
    catalogue: &'a Catalogue,
    code: &str,
    fallback: &'a str,
    language: Language,
) -> &'a str {
    catalogue.county(code).map_or(fallback, |c| c.name.get(language))
}

/// `K12+345 · 清徐县`.
pub fn stake(found: &OnLine<'_>, language: Language) -> String {
    let stake = Chainage::from_m(found.located.chainage_m);
    match found.county {
        Some(county) => format!("{stake} · {}", county.name.get(language)),
        None => stake.to_string(),
    }
}

/// 规划 or 已建成.
pub fn status(status: Status, language: Language) -> String {
    match status {
        Status::Planned => tr!(language, "status.planned"),
        Status::Done => tr!(language, "status.done"),
    }
}

/// One line that sums up a list.
pub fn totals(totals: &Totals, language: Language) -> String {
    let mut parts = vec![if totals.works == 1 && totals.entries == 1 {
        tr!(language, "totals.work")
    } else if totals.works == totals.entries {
        tr!(language, "totals.works", n = totals.works)
    } else {
        tr!(language, "totals.works_of", n = totals.works, entries = totals.entries)
    }];
    if totals.investment_yi > 0.0 {
        let sum = amount(totals.investment_yi, totals.approx, language);
        parts.push(tr!(language, "totals.investment", sum = sum));
    }
    if totals.without_investment > 0 {
        parts.push(tr!(language, "totals.without", n = totals.without_investment));
    }
    if totals.undivided > 0 {
        parts.push(tr!(language, "totals.undivided", n = totals.undivided));
    }
    if totals.unlocated > 0 {
        parts.push(tr!(language, "totals.unlocated", n = totals.unlocated));
    }
    parts.join(" · ")
}

/// A project as plain text, for a terminal.
pub fn card(catalogue: &Catalogue, project: &Project, language: Language) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    let mut line = |key: &str, value: &str| {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{}  {value}", tr!(language, format!("card.{key}")));
    };
    line("id", &project.id);
    line("name", project.name.get(language));
    line("status", &status(project.status, language));
    if let Some(stated) = project.investment {
        let sum = amount(stated.yi, stated.approx, language);
        // What the plan's words do not say has its own grounds.
        let set = project.set.iter().find(|own| own.field == "investment_yi");
        let ground = set.map(|own| if own.source.is_empty() { &own.who } else { &own.source });
        line("investment", &ground.map_or(sum.clone(), |own| format!("{sum} ({own})")));
    }
    if let Some(period) = &project.period {
        line("period", period);
    }
    if !project.organisations.is_empty() {
        line("organisations", &project.organisations.join("、"));
    }
    for fact in &project.facts {
        let span = format!("{} [{}..{}]", fact.text, fact.span.start, fact.span.end);
        line("fact", &span);
    }
    if let Some(km) = project.length_km {
        line("length", &tr!(language, "unit.km", value = format!("{km:.1}")));
    }
    for share in &project.counties {
        let name = county(catalogue, &share.code, &share.name, language);
        let km = county_km(share, language).map(|km| format!("  {km}")).unwrap_or_default();
        line("county", &format!("{} {name}{km}", share.code));
    }
    if let Some(km) = project.beyond_km {
        line("outside", &tr!(language, "unit.km", value = format!("{km:.1}")));
    }
    line("accuracy", &accuracy_sentence(project.accuracy, language));
    if let Some(why) = &project.unlocated {
        line("unlocated", why.reason.get(language));
    }
    for update in &project.updates {
        let text = update.text.get(language);
        let sources = sources(&update.sources, language);
        line("update", &format!("{} {text} ({sources})", update.date));
    }
    for change in then_and_now(catalogue, project, language) {
        let Comparison { subject, plan, stated, until, later } = change;
        line("change", &format!("{subject}: {plan} {stated} | {until} {later}"));
    }
    let words = catalogue.plan.text.slice(project.words);
    if !words.is_empty() {
        line("words", words);
    }
    for row in project.rows.iter() {
        let cells = row.cells.iter().filter(|cell| !cell.words.is_empty());
        let cells: Vec<String> =
            cells.map(|cell| format!("{} {}", cell.head.replace('\n', ""), cell.words)).collect();
        let place = table_words::place(&row.file, &row.sheet, row.row, language);
        line("row", &format!("{place}: {}", cells.join(" | ")));
    }
    out
}

/// Sources on one line.
pub fn sources(sources: &[Bilingual], language: Language) -> String {
    let between = language.pick("；", "; ");
    sources.iter().map(|line| line.get(language)).collect::<Vec<_>>().join(between)
}

/// Kilometres of a line in a county; where a river is its border, how much of it.
pub fn county_km(share: &CountyShare, language: Language) -> Option<String> {
    let km = format!("{:.1}", share.length_km?);
    Some(match share.border_km {
        Some(border) => {
            tr!(language, "unit.km_border", value = km, border = format!("{border:.1}"))
        }
        None => tr!(language, "unit.km", value = km),
    })
}

/// A statement of the plan beside what was reported later, each with its date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// What it is about, such as 总投资.
    pub subject: String,
    /// 规划（2022） or `Plan (2022)`.
    pub plan: String,
    pub stated: String,
    /// 后续（截至 2025-03-11） or `Later (as of 2025-03-11)`.
    pub until: String,
    pub later: String,
}

/// A comparison in one line: 总投资：规划（2022）410 亿元 → 后续（截至 2025-03-11）846 亿元.
pub fn change_words(change: &Comparison, language: Language) -> String {
    let Comparison { subject, plan, stated, until, later } = change;
    let colon = language.pick("：", ": ");
    let gap = language.pick("", " ");
    format!("{subject}{colon}{plan}{gap}{stated} → {until}{gap}{later}")
}

/// Every statement of the plan on this project that a later fact changes, for a card or a slide.
pub fn then_and_now(
    catalogue: &Catalogue,
    project: &Project,
    language: Language,
) -> Vec<Comparison> {
    let year = catalogue.made_public.as_deref().and_then(|date| date.get(..4)).unwrap_or_default();
    let plan = if year.is_empty() {
        tr!(language, "then.plan")
    } else {
        tr!(language, "then.plan_year", year = year)
    };
    project
        .changes()
        .into_iter()
        .map(|(update, change)| Comparison {
            subject: change.subject.get(language).to_owned(),
            plan: plan.clone(),
            stated: change.stated.get(language).to_owned(),
            until: tr!(language, "then.later", date = update.date),
            later: change.later.get(language).to_owned(),
        })
        .collect()
}

/// [`then_and_now`] of every project of a slide, in the slide's order.
pub fn slide_changes(catalogue: &Catalogue, slide: &Slide, language: Language) -> Vec<Comparison> {
    slide
        .project_ids
        .iter()
        .filter_map(|id| catalogue.project(id))
        .flat_map(|project| then_and_now(catalogue, project, language))
        .collect()
}

/// How many counties a corridor passes, and its length: the plan's where it states one, since two
/// lengths beside each other would contradict; else the drawn one, told as such.
pub fn passes(project: &Project, language: Language) -> Option<String> {
    let drawn = project.length_km?;
    let n = project.counties.iter().filter(|share| share.length_km.is_some()).count();
    Some(match project.stated_length_km {
        Some(stated) => tr!(language, "tour.passes_stated", n = n, km = number(stated)),
        None => tr!(language, "tour.passes", n = n, km = format!("{drawn:.0}")),
    })
}

/// A text cut with … where it is wider than so many Latin letters; a Chinese one counts two.
pub fn shortened(text: &str, letters: usize) -> String {
    let wide = |c: char| if c.is_ascii() { 1 } else { 2 };
    if text.chars().map(wide).sum::<usize>() <= letters {
        return text.to_owned();
    }
    let mut used = 0;
    let fits = |c: &char| {
        used += wide(*c);
        used < letters
    };
    let cut: String = text.chars().take_while(fits).collect();
    format!("{}…", cut.trim_end())
}

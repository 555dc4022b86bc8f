//! Words and numbers as the user reads them. Every sentence comes from the locale files.

use super::Language;
use crate::{
    catalogue::{Accuracy, Catalogue, Facet, Fact, Investment, Project, Status, Totals},
    tr,
};

/// A number with at most two decimals and no trailing zeros.
pub fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The same with its thousands apart, to be read: `1,438.7`.
pub fn grouped(value: f64) -> String {
    group(&number(value))
}

/// Puts a comma before every three digits of the whole part.
pub fn group(digits: &str) -> String {
    let (sign, rest) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    let (whole, fraction) =
        rest.split_once('.').map_or((rest, ""), |(whole, _)| (whole, &rest[whole.len()..]));
    let count = whole.chars().count();
    let mut out = sign.to_owned();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (count - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + fraction
}

/// `约 410` without its unit.
pub fn investment_bare(investment: Investment, language: Language) -> String {
    let value = group(&format!("{:.2}", in_own_unit(investment.yi, language)));
    if investment.approx { tr!(language, "approx", value = value) } else { value }
}

/// An amount in the language's own unit: 亿 in Chinese, billions (10⁹) in English.
pub fn in_own_unit(yi: f64, language: Language) -> f64 {
    if language.is_english() { yi / 10.0 } else { yi }
}

/// Value and unit of a figure as the language has them.
pub fn figure(fact: &Fact, language: Language) -> (String, String) {
    let money = fact.unit == "亿元";
    let own = |value: f64| number(if money { in_own_unit(value, language) } else { value });
    let value = match fact.value_max {
        Some(max) => format!("{}–{}", own(fact.value), own(max)),
        None => own(fact.value),
    };
    let value = if fact.approx { tr!(language, "approx", value = value) } else { value };
    let unit = if money { tr!(language, "unit.money") } else { fact.unit.clone() };
    (value, unit)
}

/// An amount of 亿元 with its unit; 约 where some of it is stated so.
pub fn amount(yi: f64, approx: bool, language: Language) -> String {
    let value = tr!(language, "unit.yi", value = grouped(in_own_unit(yi, language)));
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

/// 规划 or 已建成.
pub fn status(status: Status, language: Language) -> String {
    match status {
        Status::Planned => tr!(language, "status.planned"),
        Status::Done => tr!(language, "status.done"),
    }
}

/// One line that sums up a list.
pub fn totals(totals: &Totals, language: Language) -> String {
    let mut parts = vec![if totals.works == totals.entries {
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
        line("investment", &amount(stated.yi, stated.approx, language));
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
        let km = share.length_km.map(|km| format!("  {km:.1} km")).unwrap_or_default();
        line("county", &format!("{} {name}{km}", share.code));
    }
    line("accuracy", &accuracy_sentence(project.accuracy, language));
    if let Some(why) = &project.unlocated {
        line("unlocated", why.reason.get(language));
    }
    for update in &project.updates {
        let text = update.text.get(language);
        line("update", &format!("{} {text} ({})", update.date, update.source));
    }
    line("words", catalogue.plan.text.slice(project.words));
    out
}

/// The name of a value of a facet; the value itself where it has none.
pub fn facet_value(catalogue: &Catalogue, facet: Facet, value: &str, language: Language) -> String {
    let or_value = |name: Option<&str>| name.unwrap_or(value).to_owned();
    match facet {
        Facet::County => county(catalogue, value, value, language).to_owned(),
        Facet::Region => or_value(catalogue.region(value).map(|r| r.name.get(language))),
        Facet::Kind => or_value(catalogue.kind(value).map(|k| k.name.get(language))),
        Facet::Task => {
            let title = catalogue.task_title(value).unwrap_or_default();
            format!("{value}  {title}")
        }
        Facet::Status => {
            Status::from_key(value).map_or_else(|| or_value(None), |own| status(own, language))
        }
        Facet::Accuracy => {
            Accuracy::from_key(value).map_or_else(|| or_value(None), |own| accuracy(own, language))
        }
    }
}

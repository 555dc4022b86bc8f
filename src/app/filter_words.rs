//! A filter in words: what the chips over the map say, and the title of a picture.

use super::{Language, text};
use crate::{
    catalogue::{Accuracy, Catalogue, Facet, Filter, Status},
    tr,
};

/// Each condition's name and the filter without it.
pub fn conditions(
    catalogue: &Catalogue,
    filter: &Filter,
    language: Language,
) -> Vec<(String, Filter)> {
    let mut out: Vec<(String, Filter)> = Vec::new();
    let mut add = |name: String, change: &dyn Fn(&mut Filter)| {
        let mut without = filter.clone();
        change(&mut without);
        out.push((name, without));
    };
    for facet in Facet::ALL {
        for value in filter.wanted(facet) {
            let name = facet_value(catalogue, facet, value, language);
            add(short(facet, name), &|f| f.toggle(facet, value));
        }
    }
    if let Some(yi) = filter.min_investment_yi {
        add(tr!(language, "filter.min", yi = text::number(yi)), &|f| f.min_investment_yi = None);
    }
    if let Some(yi) = filter.max_investment_yi {
        add(tr!(language, "filter.max", yi = text::number(yi)), &|f| f.max_investment_yi = None);
    }
    if !filter.text.trim().is_empty() {
        add(tr!(language, "filter.text", text = filter.text.trim()), &|f| f.text.clear());
    }
    if filter.polygon.is_some() || filter.extent.is_some() {
        let is_outline = filter.polygon.as_ref().is_some_and(|outline| !outline.by_box);
        let key = if is_outline { "filter.outline" } else { "filter.drawn" };
        add(tr!(language, key), &|f| {
            f.polygon = None;
            f.extent = None;
        });
    }
    if let Some(near) = filter.near {
        add(tr!(language, "filter.near", km = text::number(near.km)), &|f| f.near = None);
    }
    if let Some(along) = &filter.along {
        let name = catalogue.project(&along.project).map_or("", |p| p.short_name.get(language));
        let km = text::number(along.km);
        add(tr!(language, "filter.along", name = name, km = km), &|f| f.along = None);
    }
    if filter.ends_only && !filter.counties.is_empty() {
        add(tr!(language, "regions.ends_only"), &|f| f.ends_only = false);
    }
    out
}

/// Each condition's name.
pub fn filter_words(catalogue: &Catalogue, filter: &Filter, language: Language) -> Vec<String> {
    conditions(catalogue, filter, language).into_iter().map(|(name, _)| name).collect()
}

/// Titles of tasks are sentences.
fn short(facet: Facet, name: String) -> String {
    const TITLE: usize = 8;
    match name.split_once("  ") {
        Some((id, title)) if facet == Facet::Task => {
            let more = if title.chars().count() > TITLE { "…" } else { "" };
            format!("{id} {}{more}", title.chars().take(TITLE).collect::<String>())
        }
        _ => name,
    }
}

/// The name of a value of a facet; the value itself where it has none.
pub fn facet_value(catalogue: &Catalogue, facet: Facet, value: &str, language: Language) -> String {
    let or_value = |name: Option<&str>| name.unwrap_or(value).to_owned();
    match facet {
        Facet::County => text::county(catalogue, value, value, language).to_owned(),
        Facet::Region => or_value(catalogue.region(value).map(|r| r.name.get(language))),
        Facet::Kind => or_value(catalogue.kind(value).map(|k| k.name.get(language))),
        Facet::Task => {
            let title = catalogue.task_title(value, language).unwrap_or_default();
            format!("{value}  {title}")
        }
        Facet::Status => Status::from_key(value)
            .map_or_else(|| or_value(None), |own| text::status(own, language)),
        Facet::Accuracy => Accuracy::from_key(value)
            .map_or_else(|| or_value(None), |own| text::accuracy(own, language)),
    }
}

/// The filter as a sentence, for a table that leaves the program.
pub fn filter_sentence(catalogue: &Catalogue, filter: &Filter, language: Language) -> String {
    let names = filter_words(catalogue, filter, language);
    if names.is_empty() {
        return tr!(language, "xlsx.no_filter");
    }
    tr!(language, "xlsx.filter", conditions = names.join(" · "))
}

//! The counts of the panels as a table: for a spreadsheet, or for the command line.

use super::{Language, filter_words, text};
use crate::{
    catalogue::{Catalogue, CountyMoney, Facet, FacetTotals},
    tr,
};

/// What of the facets has a name of its own in the locale files.
pub const fn heading(facet: Facet) -> &'static str {
    match facet {
        Facet::County => "counts.county",
        Facet::Region => "counts.region",
        Facet::Task => "counts.task",
        Facet::Kind => "counts.kind",
        Facet::Status => "counts.status",
        Facet::Accuracy => "counts.accuracy",
    }
}

/// Tab-separated, with a line of headings: facet, key, name, works, entries, investment in 亿元,
/// works without one, works that no length divides, drawn kilometres, and what a county's money is.
///
/// Every value that some project has stands there, those that the filter leaves nothing of too.
pub fn tsv(
    catalogue: &Catalogue,
    counted: &FacetTotals,
    facets: &[Facet],
    money: CountyMoney,
    language: Language,
) -> String {
    const COLUMNS: [&str; 10] = [
        "counts.facet",
        "counts.key",
        "counts.name",
        "counts.works",
        "counts.entries",
        "counts.investment_yi",
        "counts.without",
        "counts.undivided",
        "counts.length_km",
        "counts.money",
    ];
    let mut out = COLUMNS.map(|key| tr!(language, key)).join("\t");
    out.push('\n');
    for &facet in facets {
        for own in counted.values(facet).iter().filter(|own| own.held_by > 0) {
            let name = match facet {
                Facet::Task => {
                    catalogue.task_title(&own.value, language).unwrap_or_default().to_owned()
                }
                _ => filter_words::facet_value(catalogue, facet, &own.value, language),
            };
            let says = if facet == Facet::County { money } else { CountyMoney::Whole };
            let cells = [
                tr!(language, heading(facet)),
                own.value.clone(),
                // A title of the plan may hold anything but what would be another cell.
                name.split(['\t', '\n', '\r']).collect::<Vec<_>>().join(" "),
                own.left.works.to_string(),
                own.left.entries.to_string(),
                text::number(own.left.investment_yi),
                own.left.without_investment.to_string(),
                own.left.undivided.to_string(),
                text::number(own.left.length_km),
                county_money(says, language),
            ];
            out.push_str(&cells.join("\t"));
            out.push('\n');
        }
    }
    out
}

/// 整个项目 or 按县内里程.
pub fn county_money(money: CountyMoney, language: Language) -> String {
    match money {
        CountyMoney::Whole => tr!(language, "counts.whole"),
        CountyMoney::ByLength => tr!(language, "counts.by_length"),
    }
}

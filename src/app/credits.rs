//! Whom a map owes what, and whether it was reviewed.

use std::sync::Arc;

use super::Language;
use crate::{tile::TileSource, tr};

/// The owners of a basemap from outside, each once; its name where none is stated.
pub fn owners(sources: &[Arc<TileSource>], name: &str, language: Language) -> String {
    let mut owners: Vec<&str> = Vec::new();
    for source in sources {
        let owner = source.credit.get(language);
        if !owner.is_empty() && !owners.contains(&owner) {
            owners.push(owner);
        }
    }
    if owners.is_empty() { name.to_owned() } else { owners.join(" · ") }
}

/// Owners and review number of a basemap from outside, on one line.
pub fn of_sources(sources: &[Arc<TileSource>], name: &str, language: Language) -> String {
    let number = sources.iter().find_map(|source| source.review_number.as_deref());
    let review = number.map_or_else(
        || tr!(language, "credits.no_review"),
        |number| tr!(language, "credits.review", number = number),
    );
    format!("{} · {review}", owners(sources, name, language))
}

/// The same of a basemap over the embedded one, which shows wherever a tile is missing and has its due.
pub fn of_both(outside: &str, attribution: &str, relief: bool, language: Language) -> String {
    format!("{outside} · {}", embedded_owners(attribution, relief, language))
}

/// Owners of the embedded basemap, and of its relief where that is drawn. The archive credits its
/// sources in Chinese.
pub fn embedded_owners(attribution: &str, relief: bool, language: Language) -> String {
    let owners = if language.is_english() {
        tr!(language, "credits.embedded")
    } else {
        attribution.to_owned()
    };
    if relief { format!("{owners} · {}", tr!(language, "credits.relief")) } else { owners }
}

/// The same with the word on its review, on one line.
pub fn of_embedded(attribution: &str, relief: bool, language: Language) -> String {
    tr!(language, "credits.basemap", text = embedded_owners(attribution, relief, language))
}

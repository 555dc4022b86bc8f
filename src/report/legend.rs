//! The legend in words: one list for window, picture and sheet.

use crate::{
    app::Language,
    basemap::{layers::BaseLayer, tile::BorderLevel},
    catalogue::Catalogue,
    scene::{
        View,
        legend::{Entry, LayerLook, What, entries, layer_entries},
    },
    sheet::{EntrySample, Legend, LegendEntry, LegendGroup},
    tr,
};

/// What a view shows: lines, points, the user's layers.
pub fn legend_groups(
    catalogue: &Catalogue,
    view: View<'_>,
    layers: &[LayerLook],
    language: Language,
) -> [LegendGroup; 3] {
    let (lines, points): (Vec<Entry>, Vec<Entry>) = entries(catalogue, view)
        .into_iter()
        .partition(|entry| matches!(entry.what, What::Line { .. } | What::Built));
    let own = layers.iter().flat_map(layer_entries).collect();
    [("lines", lines), ("points", points), ("layers", own)]
        .map(|(key, entries)| group(key, entries, language))
}

/// What the user's layers mean alone, as a slide has it: its subject needs no legend.
pub fn layers_legend(layers: &[LayerLook], language: Language) -> Legend {
    let entries = layers.iter().flat_map(layer_entries).collect();
    let own = LegendGroup { heading: String::new(), ..group("layers", entries, language) };
    Legend { title: String::new(), groups: vec![own] }
}

fn group(key: &str, entries: Vec<Entry>, language: Language) -> LegendGroup {
    LegendGroup {
        heading: tr!(language, format!("legend.{key}")),
        entries: entries.into_iter().map(|entry| in_words(entry, language)).collect(),
    }
}

fn in_words(Entry { what, sample }: Entry, language: Language) -> LegendEntry {
    LegendEntry { label: label(&what, language), sample: sample.into() }
}

/// The words of an entry.
fn label(what: &What, language: Language) -> String {
    match what {
        What::Line { class, planned } => {
            let name = tr!(language, format!("class.{class}"));
            let key = if *planned { "legend.planned" } else { "legend.plain" };
            tr!(language, key, name = name)
        }
        What::Built => tr!(language, "legend.built"),
        What::Kind(name) => name.get(language).to_owned(),
        What::Unlocated => tr!(language, "legend.unlocated"),
        What::Layer(name) | What::Class(name) => name.clone(),
    }
}

/// The basemap's layers in the order of a legend: borders, water, ways.
const IN_LEGEND: [BaseLayer; 9] = [
    BaseLayer::City,
    BaseLayer::Border(BorderLevel::Province),
    BaseLayer::Border(BorderLevel::Prefecture),
    BaseLayer::Border(BorderLevel::County),
    BaseLayer::River(1),
    BaseLayer::WaterArea,
    BaseLayer::Rail,
    BaseLayer::Road,
    BaseLayer::Metro,
];

/// Those layers of the basemap that have one of the names.
pub fn basemap_group(names: &[&str], language: Language) -> LegendGroup {
    let entry = |layer: BaseLayer| LegendEntry {
        label: tr!(language, format!("base.{}", layer.name())),
        sample: EntrySample::Basemap(layer),
    };
    let wanted = IN_LEGEND.into_iter().filter(|layer| names.contains(&layer.name()));
    LegendGroup { heading: tr!(language, "legend.basemap"), entries: wanted.map(entry).collect() }
}

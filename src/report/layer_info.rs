//! What files of features hold, as JSON and as a table for a terminal.

use std::{collections::BTreeMap, fmt::Write, sync::Arc};

use serde_json::{Value, json};

use crate::{
    app::{Language, open_layers::finding_words},
    geo::mercator,
    layer::{Layer, geometry},
    tr,
};

/// A file that was read, or why it was not.
#[derive(Debug, Clone)]
pub struct FileInfo {
    /// As the user named it.
    pub file: String,
    /// The format's name; `None` where it is none that is known.
    pub format: Option<&'static str>,
    pub layers: Vec<Arc<Layer>>,
    /// A sentence in the user's language.
    pub error: Option<String>,
}

/// All files, in order.
pub fn json(files: &[FileInfo]) -> Value {
    files
        .iter()
        .map(|info| {
            json!({
                "file": info.file,
                "format": info.format,
                "layers": info.layers.iter().map(|layer| layer_json(layer)).collect::<Value>(),
                "error": info.error,
            })
        })
        .collect()
}

fn layer_json(layer: &Layer) -> Value {
    let fields = layer.fields.iter().enumerate();
    // A cause with several details, such as types that are not drawn, is one with their sum.
    let mut left_out: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &layer.findings {
        *left_out.entry(finding.cause.key()).or_default() += finding.count;
    }
    let left_out = left_out.iter().map(|(cause, count)| json!({ "cause": cause, "count": count }));
    json!({
        "name": layer.name,
        "geometry": geometry::of_layer(layer),
        "features": layer.len(),
        "fields": fields
            .map(|(i, field)| json!({ "name": field.name, "type": layer.kind_of(i).key() }))
            .collect::<Value>(),
        "crs": reference(layer),
        "crs_basis": layer.reference.basis.key(),
        "extent": extent(layer),
        "left_out": left_out.collect::<Value>(),
    })
}

/// The number under which everybody knows the system, else its name in arguments.
fn reference(layer: &Layer) -> String {
    let crs = layer.reference.crs;
    crs.epsg().map_or_else(|| crs.key(), |code| format!("EPSG:{code}"))
}

/// West, south, east, north of all positions, in degrees of WGS-84.
fn extent(layer: &Layer) -> Option<[f64; 4]> {
    let e = mercator::extent_from_mercator(layer.extent()?);
    // A tenth of a millimetre: what Mercator and back costs is not told.
    let round = |deg: f64| (deg * 1e9).round() / 1e9;
    Some([e.west_deg, e.south_deg, e.east_deg, e.north_deg].map(round))
}

/// All files for people.
pub fn terminal(files: &[FileInfo], language: Language) -> String {
    let mut text = String::new();
    for info in files {
        let format = info.format.unwrap_or("—");
        let _ = writeln!(text, "{}  {format}", info.file);
        if let Some(error) = &info.error {
            let _ = writeln!(text, "  {error}");
        }
        for layer in &info.layers {
            layer_text(layer, language, &mut text);
        }
    }
    text
}

fn layer_text(layer: &Layer, language: Language, text: &mut String) {
    let mut line = |key: &str, value: &str| {
        let name = tr!(language, key);
        let _ = writeln!(text, "    {name}  {value}");
    };
    line("info.layer", &layer.name);
    line("info.geometry", geometry::of_layer(layer).unwrap_or("—"));
    line("info.features", &layer.len().to_string());
    let reference = &layer.reference;
    let key = format!("basis.{}", reference.basis.key());
    let crs = format!("{} ({})", reference.crs.label(language), tr!(language, &key));
    line("info.crs", &crs);
    let place =
        extent(layer).map_or("—".to_owned(), |e| e.map(|deg| format!("{deg:.6}")).join(", "));
    line("info.extent", &place);
    let fields = layer.fields.iter().enumerate();
    let fields: Vec<String> =
        fields.map(|(i, field)| format!("{} {}", field.name, layer.kind_of(i).key())).collect();
    line("info.fields", if fields.is_empty() { "—" } else { "" });
    for field in fields {
        let _ = writeln!(text, "      {field}");
    }
    for finding in &layer.findings {
        let _ = writeln!(text, "    ! {}", finding_words(finding, language));
    }
}

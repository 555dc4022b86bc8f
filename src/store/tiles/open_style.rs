//! Basemaps by a `MapLibre` style: it names its vector tiles and says how they look.

use serde_json::{Value, json};

use super::{
    open::{BasemapOpenError, Place, Web, from_address},
    opened::{OpenNote, Opened},
};
use crate::{
    language::Bilingual,
    mvt::{self, Style},
    tile::{Content, JsonKind, json_kind, tilejson::without_markup},
};

/// A style is kept in the settings; larger ones are not made by hand.
const LARGEST_BYTES: usize = 2 << 20;

/// Whether a JSON document is a style, and not a description of tiles.
pub(super) fn is_style(json: &[u8]) -> bool {
    json_kind(json) == JsonKind::Style
}

/// The tiles of the style's main source, to be painted with it.
pub(super) fn open(body: &[u8], place: &Place, web: &Web) -> Result<Opened, BasemapOpenError> {
    let shown = || place.shown.to_owned();
    let text = String::from_utf8_lossy(body);
    let style =
        Style::parse(&text).map_err(|reason| BasemapOpenError::Style { place: shown(), reason })?;
    let none = || BasemapOpenError::StyleWithoutTiles(shown());
    let own = style.source().ok_or_else(none)?;
    let address = own.tiles.first().unwrap_or(&own.url);
    let address = address.strip_prefix("pmtiles://").unwrap_or(address);
    if !address.contains("://") {
        return Err(none());
    }
    let mut opened = from_address(address, web)?;
    let kept = kept(&text, own).filter(|kept| kept.len() <= LARGEST_BYTES).ok_or_else(none)?;
    let name = title(&text);
    for source in &mut opened.sources {
        source.id.clone_from(&place.id);
        (source.content, source.tile_px) = (Content::Vector, 512);
        source.style = Some(kept.clone());
        if !own.tiles.is_empty() {
            // A list of addresses says nothing else of its tiles.
            source.min_zoom = own.minzoom.unwrap_or(0);
            source.max_zoom = own.maxzoom.unwrap_or(14).max(source.min_zoom);
        }
        let credit = without_markup(&own.attribution);
        if !credit.is_empty() {
            source.credit = Bilingual::same(credit);
        }
        if !name.is_empty() {
            source.name = Bilingual::same(name.as_str());
        }
    }
    let faults = style.faults();
    let why = |id: &String| faults.iter().find(|f| f.leaves_out_layer && f.layer == *id);
    let named = |id: &String| match why(id) {
        Some(fault) => format!("{id} ({})", fault.property),
        None => id.clone(),
    };
    opened.left_out = style.skipped().iter().map(named).collect();
    let defaults: Vec<String> = faults
        .iter()
        .filter(|fault| !fault.leaves_out_layer)
        .map(|fault| format!("{} ({})", fault.layer, fault.property))
        .collect();
    if !defaults.is_empty() {
        opened.notes.push(OpenNote::Defaults(defaults));
    }
    Ok(opened)
}

fn title(text: &str) -> String {
    let json: Value = serde_json::from_str(text).unwrap_or_default();
    json.get("name").and_then(Value::as_str).unwrap_or_default().trim().to_owned()
}

/// What has to be kept of a style: the layers of its main source, and the values that their formulas
/// name. Its addresses may hold keys.
fn kept(text: &str, source: &mvt::Source) -> Option<String> {
    let json: Value = serde_json::from_str(text).ok()?;
    let layers = json.get("layers")?.as_array()?;
    let own = |layer: &&Value| {
        layer.get("source").and_then(Value::as_str).is_none_or(|name| name == source.name)
    };
    let bare = |layer: &Value| {
        let mut layer = layer.clone();
        if let Some(fields) = layer.as_object_mut() {
            fields.remove("source");
            fields.remove("metadata");
        }
        layer
    };
    let layers: Vec<Value> = layers.iter().filter(own).map(bare).collect();
    let mut kept = json!({ "version": 8, "layers": layers });
    if let (Some(kept), Some(state)) = (kept.as_object_mut(), json.get("state")) {
        kept.insert("state".to_owned(), state.clone());
    }
    Some(kept.to_string())
}

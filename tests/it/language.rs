//! Texts in two languages, and the keys under which files and outputs keep them.

use jintu::{
    app::Settings,
    diagnostics::{Diagnostic, Location, Severity},
    language::{Bilingual, Language},
    tile::{Scheme, TileSource},
};
use serde_json::json;

use crate::{real::catalogue, tile_template::source};

#[test]
fn english_falls_back_to_chinese_and_never_the_other_way() {
    let both = Bilingual::new("汾河", "Fen River");
    assert_eq!(Language::ALL.map(|language| both.get(language)), ["汾河", "Fen River"]);
    let chinese = Bilingual::new("家", "");
    assert_eq!(Language::ALL.map(|language| chinese.get(language)), ["家", "家"]);
    assert_eq!(Language::ALL.map(|language| chinese.only(language)), ["家", ""]);
    let foreign = Bilingual::new("", "Paris");
    assert_eq!(Language::ALL.map(|language| foreign.get(language)), ["", "Paris"]);
    assert_eq!(Bilingual::same("OSM"), Bilingual::new("OSM", "OSM"));
    assert!(Bilingual::default().is_empty() && !chinese.is_empty() && !foreign.is_empty());
}

/// A source as the settings have had it since there are any.
fn saved() -> serde_json::Value {
    json!({
        "id": "test",
        "name_zh": "路网",
        "name_en": "roads",
        "access": {"Template": {
            "url": "https://h/{z}/{x}/{y}", "subdomains": ["a"], "scheme": "Tms"
        }},
        "content": "Vector",
        "datum": "wgs84",
        "min_zoom": 3,
        "max_zoom": 17,
        "tile_px": 512,
        "extent": {
            "west_deg": 111.5, "south_deg": 37.25, "east_deg": 113.0, "north_deg": 38.5
        },
        "credit_zh": "某局",
        "credit_en": "some office",
        "review_number": "GS(2024)1",
        "cache": "SeenOnly",
        "key": "Custom"
    })
}

#[test]
fn the_settings_keep_their_keys() {
    let expected = TileSource {
        name: Bilingual::new("路网", "roads"),
        credit: Bilingual::new("某局", "some office"),
        ..source("https://h/{z}/{x}/{y}", Scheme::Tms, &["a"])
    };
    let settings: Settings =
        serde_json::from_value(json!({"language": "en", "basemaps": [[saved()]]})).unwrap();
    let read = &settings.basemaps[0][0];
    assert_eq!((&read.name, &read.credit), (&expected.name, &expected.credit));
    assert_eq!(read.access, expected.access);
    let written = serde_json::to_value(&settings).unwrap();
    assert_eq!(written["basemaps"][0][0], saved());
    for key in ["name_zh", "name_en", "credit_zh", "credit_en"] {
        let mut short = saved();
        short.as_object_mut().unwrap().remove(key);
        let refused = serde_json::from_value::<TileSource>(short).unwrap_err().to_string();
        assert!(refused.contains(key), "{refused}");
    }
}

#[test]
fn a_finding_is_written_with_two_messages() {
    let finding = Diagnostic::new(Severity::Note, "code", "中", "en", Location::Whole);
    let expected = json!({
        "severity": "note",
        "code": "code",
        "message_zh": "中",
        "message_en": "en",
        "location": {"in": "whole"}
    });
    assert_eq!(serde_json::to_value(finding).unwrap(), expected);
}

#[test]
fn counts_on_slides_have_no_unit_in_english() {
    let catalogue = catalogue();
    let figures: Vec<_> = catalogue.slides.iter().flat_map(|slide| &slide.figures).collect();
    assert!(figures.iter().any(|f| f.unit.zh == "家" && f.unit.only(Language::English).is_empty()));
    assert!(figures.iter().any(|f| f.value.zh == "257" && f.value.en == "25.7"));
}

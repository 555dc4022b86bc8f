//! Both languages say the same, and every key that the program asks for is there.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use jintu::{
    app::{Column, ExportFormat},
    basemap::layers::LAYERS,
    catalogue::{Accuracy, LineClass},
    gazetteer::PlaceKind,
    geo::{CoordinateForm, Datum},
    plan::Quantity,
    scene::legend::class_key,
    search::HitGroup,
    tile::{Failure, Refusal},
};

use crate::tidy::sources;

fn locale(tag: &str) -> BTreeMap<String, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("assets/locales/{tag}.json"));
    let all: BTreeMap<String, serde_json::Value> =
        serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let text = |v: &serde_json::Value| v.as_str().unwrap().to_owned();
    all.iter().filter(|(key, _)| *key != "_version").map(|(k, v)| (k.clone(), text(v))).collect()
}

/// The names inside `%{…}`.
fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split("%{").skip(1).filter_map(|rest| rest.split('}').next()).collect()
}

fn is_hanzi(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// What a call of `tr!` names: its literal key, and the names it fills in.
fn calls() -> Vec<(String, Option<String>, BTreeSet<String>)> {
    let mut calls = Vec::new();
    for (file, source) in sources() {
        for (at, _) in source.match_indices("tr!(") {
            let body = balanced(&source[at + 4..]);
            let parts = split_at_commas(body);
            let key = parts.get(1).map(|key| key.trim());
            let literal = key.and_then(|k| k.strip_prefix('"')?.strip_suffix('"'));
            let names = parts.iter().skip(2).filter_map(|part| part.split_once('='));
            let names = names.map(|(name, _)| name.trim().to_owned()).collect();
            calls.push((file.clone(), literal.map(str::to_owned), names));
        }
    }
    calls
}

/// The text up to the bracket that closes what was opened before it.
fn balanced(text: &str) -> &str {
    let mut depth = 1;
    let mut quoted = false;
    for (i, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    return &text[..i];
                }
            }
            _ => {}
        }
    }
    text
}

fn split_at_commas(text: &str) -> Vec<&str> {
    let (mut parts, mut from, mut depth, mut quoted) = (Vec::new(), 0, 0, false);
    for (i, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                parts.push(&text[from..i]);
                from = i + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[from..]);
    parts
}

#[test]
fn both_files_have_the_same_keys_and_placeholders() {
    let (zh, en) = (locale("zh-CN"), locale("en"));
    let only = |a: &BTreeMap<String, String>, b: &BTreeMap<String, String>| -> Vec<String> {
        a.keys().filter(|key| !b.contains_key(*key)).cloned().collect()
    };
    assert_eq!((only(&zh, &en), only(&en, &zh)), (vec![], vec![]));
    assert!(zh.len() > 150);
    for (key, text) in &zh {
        assert_eq!(placeholders(text), placeholders(&en[key]), "{key}");
    }
}

#[test]
fn every_key_that_is_asked_for_is_there_with_what_it_needs() {
    let zh = locale("zh-CN");
    let mut literal = 0;
    for (file, key, names) in calls() {
        let Some(key) = key else { continue };
        literal += 1;
        let text = zh.get(&key).unwrap_or_else(|| panic!("{file}: no text for {key}"));
        let needed: BTreeSet<String> = placeholders(text).into_iter().map(str::to_owned).collect();
        assert_eq!(names, needed, "{file}: {key}");
    }
    assert!(literal > 100, "{literal}");
}

#[test]
fn every_key_that_is_put_together_is_there() {
    let zh = locale("zh-CN");
    let has = |key: String| assert!(zh.contains_key(&key), "{key}");
    for class in Accuracy::ALL {
        has(format!("accuracy.{}", class.key()));
        has(format!("accuracy_sentence.{}", class.key()));
    }
    for column in Column::ALL {
        has(column.heading().to_owned());
    }
    for class in [
        LineClass::Expressway,
        LineClass::Road,
        LineClass::HighSpeedRail,
        LineClass::Metro,
        LineClass::River,
        LineClass::Tributary,
        LineClass::Runway,
    ] {
        has(format!("class.{}", class_key(class)));
        assert_eq!(LineClass::from_key(class_key(class)), Some(class));
    }
    for quantity in [
        Quantity::Investment,
        Quantity::OutputValue,
        Quantity::Tax,
        Quantity::Length,
        Quantity::Width,
        Quantity::Speed,
        Quantity::Area,
        Quantity::FloorArea,
        Quantity::Capacity,
        Quantity::Count,
        Quantity::Share,
        Quantity::Growth,
        Quantity::Multiple,
        Quantity::Duration,
        Quantity::Index,
        Quantity::Other,
    ] {
        has(format!("quantity.{}", quantity.as_str()));
    }
    for severity in ["note", "warning", "error"] {
        has(format!("severity.{severity}"));
    }
    for datum in Datum::ALL {
        has(format!("datum.{}", datum.key()));
    }
    for form in CoordinateForm::ALL {
        has(format!("coordinates.{}", form.key()));
    }
    for failure in [
        Failure::Timeout,
        Failure::Unreachable,
        Failure::Refused(403),
        Failure::KeyType,
        Failure::KeyInvalid,
        Failure::KeyMissing,
        Failure::Quota,
        Failure::SlowDown(None),
        Failure::Server(500),
        Failure::NotAPicture,
        Failure::Damaged,
        Failure::TooLarge,
        Failure::File,
        Failure::Address,
    ] {
        has(format!("failure.{}", failure.key()));
    }
    for refusal in [Refusal::Forbidden, Refusal::SeenOnly, Refusal::TooMany, Refusal::Empty] {
        has(format!("refusal.{}", refusal.key()));
    }
    for layer in LAYERS {
        has(format!("base.{}", layer.name()));
    }
    for group in ["lines", "points", "layers"] {
        has(format!("legend.{group}"));
    }
    for format in ExportFormat::ALL {
        has(format!("export.{}", format.extension()));
    }
    for line in [
        "id",
        "name",
        "status",
        "investment",
        "fact",
        "length",
        "county",
        "accuracy",
        "unlocated",
        "update",
        "words",
    ] {
        has(format!("card.{line}"));
    }
}

/// What the sheet of keys tells of the mouse.
#[test]
fn every_movement_of_the_mouse_is_told() {
    let zh = locale("zh-CN");
    for hand in [
        "drag",
        "wheel",
        "right_drag",
        "shift_drag",
        "click",
        "ctrl_click",
        "double_click",
        "right_click",
        "hover",
        "drawing",
        "drop",
    ] {
        assert!(zh.contains_key(&format!("mouse.{hand}")), "{hand}");
        assert!(zh.contains_key(&format!("mouse.{hand}_does")), "{hand}");
    }
}

#[test]
fn every_kind_of_thing_that_is_found_has_its_word() {
    let zh = locale("zh-CN");
    let has = |key: String| assert!(zh.contains_key(&key), "{key}");
    for group in HitGroup::ALL {
        has(format!("search.{}", group.key()));
    }
    for kind in [
        "city",
        "county",
        "district",
        "town",
        "township",
        "station",
        "interchange",
        "airport",
        "park",
        "site",
        "river",
        "other",
    ] {
        assert_eq!(PlaceKind::from_key(kind).key(), kind);
        has(format!("place.{kind}"));
    }
}

/// Endings by which a name in quotes is a file's.
const FILE_TYPES: [&str; 7] = ["json", "geojson", "txt", "png", "csv", "wgsl", "pmtiles"];

/// Also those that stand in tables and are looked up later.
#[test]
fn everything_that_looks_like_a_key_is_one() {
    let zh = locale("zh-CN");
    let groups: BTreeSet<&str> = zh.keys().filter_map(|key| Some(key.split_once('.')?.0)).collect();
    let mut found = 0;
    for (file, source) in sources() {
        for quoted in source.split('"').skip(1).step_by(2) {
            let Some((group, rest)) = quoted.split_once('.') else { continue };
            let plain =
                rest.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
            if groups.contains(group) && plain && !rest.is_empty() && !FILE_TYPES.contains(&rest) {
                found += 1;
                assert!(zh.contains_key(quoted), "{file}: {quoted}");
            }
        }
    }
    assert!(found > 150, "{found}");
}

/// Keys that stand in quotes anywhere in the source, or begin with what a `format!` puts together.
#[test]
fn no_text_is_left_over() {
    let all: String = sources().into_iter().map(|(_, source)| source).collect();
    let together = [
        "accuracy.",
        "accuracy_sentence.",
        "class.",
        "quantity.",
        "severity.",
        "csv.",
        "card.",
        "export.",
        "coordinates.",
        "datum.",
        "failure.",
        "refusal.",
        "counts.",
        "base.",
        "legend.",
        "mouse.",
        "cli.arg.",
        "cli.command.",
        "cli.value.",
        "place.",
        "search.",
        "basis.",
        "finding.",
        "refused.",
        "info.",
        "book.info.",
        "fault.",
        "style.",
        "paper.",
        "paper_finding.",
        "table_left.",
        "table_column.",
    ];
    let unused: Vec<String> = locale("zh-CN")
        .into_keys()
        .filter(|key| !together.iter().any(|start| key.starts_with(start)))
        .filter(|key| !all.contains(&format!("\"{key}\"")))
        .collect();
    assert!(unused.is_empty(), "used nowhere: {unused:?}");
}

#[test]
fn chinese_is_chinese_and_english_is_not() {
    let bare = ["app.language", "legend.plain", "tour.of", "table.row", "filter.text", "north"];
    let signs = ["filter.min", "filter.max", "column.length", "files.passed"];
    // Datums have no other names.
    let datums = ["datum.", "coordinates."];
    for (key, text) in locale("zh-CN") {
        let of_datum = datums.iter().any(|start| key.starts_with(start));
        if !bare.contains(&key.as_str()) && !signs.contains(&key.as_str()) && !of_datum {
            assert!(text.chars().any(is_hanzi), "{key}: {text}");
        }
        // Chinese sentences end with Chinese signs.
        assert!(!text.ends_with(['.', ',', ';']), "{key}: {text}");
    }
    for (key, text) in locale("en") {
        let allowed = key == "app.language" || key == "app.name";
        assert!(allowed || !text.chars().any(is_hanzi), "{key}: {text}");
    }
}

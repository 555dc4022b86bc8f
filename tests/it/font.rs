//! No machine shows boxes: the bundled fonts draw every character the program can say.

use std::collections::BTreeSet;

use jintu::store::{self, SEEDS};

use crate::{real::catalogue, tidy::sources};

fn missing(text: &str) -> Vec<(&'static str, char)> {
    let characters: BTreeSet<char> = text.chars().filter(|c| !c.is_control()).collect();
    let mut missing = Vec::new();
    let fonts = store::fonts().unwrap();
    for (name, font) in [("regular", &fonts.regular), ("bold", &fonts.bold)] {
        for &c in &characters {
            if font.glyph_id(c).is_none() {
                missing.push((name, c));
            }
        }
    }
    missing
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn the_plan_can_be_shown() {
    assert_eq!(missing(catalogue().plan.text.as_str()), []);
    // In the file as it lies on disk, some signs stand at places of the Yi script that a broken
    // conversion from GBK left; they are never shown as they are.
    let raw: String =
        text(SEEDS.plan).chars().filter(|c| !('\u{a000}'..='\u{a4cf}').contains(c)).collect();
    assert_eq!(missing(&raw), []);
}

#[test]
fn the_seeds_can_be_shown() {
    let files = [
        SEEDS.projects,
        SEEDS.kinds,
        SEEDS.regions,
        SEEDS.targets,
        SEEDS.gazetteer,
        SEEDS.tour,
        SEEDS.unlocated,
        SEEDS.counties,
        SEEDS.corridors,
        SEEDS.areas,
        SEEDS.sites,
    ];
    for file in files {
        // Escapes are read before they are shown.
        let value: serde_json::Value = serde_json::from_slice(file).unwrap();
        assert_eq!(missing(&value.to_string()), []);
    }
}

#[test]
fn the_interface_can_be_shown() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/locales/");
    for tag in ["zh-CN", "en"] {
        let words = std::fs::read_to_string(format!("{folder}{tag}.json")).unwrap();
        assert_eq!(missing(&words), []);
    }
    for (file, source) in sources() {
        let shown: String =
            source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        // Tables of readers and of the order of words name signs that no one is shown.
        let reads = [
            "src/plan/",
            "src/store/layers/",
            "src/store/papers/",
            "src/document/project_table/",
            "src/mvt/collator.rs",
        ];
        if !reads.iter().any(|start| file.starts_with(start)) {
            assert_eq!(missing(&shown), [], "{file}");
        }
    }
}

#[test]
fn another_plan_has_what_gb_2312_has() {
    let mut all = String::new();
    for row in (0xB0..=0xF7_u8).chain(0xA1..=0xA3) {
        for cell in 0xA1..=0xFE_u8 {
            let pair = [row, cell];
            let (character, _, broken) = encoding_rs::GB18030.decode(&pair);
            // Rows 1 to 3 of GBK hold more than GB 2312 has.
            let private = character.chars().any(|c| ('\u{e000}'..='\u{f8ff}').contains(&c));
            let small_roman = row == 0xA2 && cell < 0xB1;
            if !broken && !private && !small_roman && character.chars().count() == 1 {
                all.push_str(&character);
            }
        }
    }
    assert!(all.chars().count() > 6763);
    assert_eq!(missing(&all), []);
}

#[test]
fn a_missing_character_is_noticed() {
    assert_eq!(missing("太ꀀ"), [("regular", 'ꀀ'), ("bold", 'ꀀ')]);
}

//! Later facts, their sources, both banks of a river, and what lies beyond the map.

use std::collections::BTreeSet;

use jintu::{
    app::text,
    catalogue::{Filter, Role},
    language::Language,
};

use crate::real::catalogue;

fn codes(id: &str) -> BTreeSet<String> {
    let catalogue = catalogue();
    catalogue.project(id).unwrap().counties.iter().map(|share| share.code.clone()).collect()
}

fn set(codes: &[&str]) -> BTreeSet<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

#[test]
fn a_source_is_told_in_words_of_the_language() {
    let catalogue = catalogue();
    let updates = catalogue.projects.iter().flat_map(|project| &project.updates);
    let of_updates = updates.flat_map(|update| &update.sources);
    let of_features = catalogue.features.iter().flat_map(|feature| &feature.sources);
    let points = catalogue.features.iter().flat_map(|feature| &feature.control_points);
    let mut seen = 0;
    for line in of_updates.chain(of_features).chain(points.flat_map(|point| &point.sources)) {
        seen += 1;
        for words in [&line.zh, &line.en] {
            let is_address = ["http", "www.", ".com", ".cn", ".net", ".html"]
                .iter()
                .any(|part| words.contains(part));
            assert!(!is_address && !words.is_empty(), "{words}");
        }
        assert!(!line.en.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{}", line.en);
        assert!(!line.zh.contains("placed by hand"), "{}", line.zh);
    }
    assert!(seen > 500, "{seen}");
}

#[test]
fn a_later_fact_is_told_once_and_where_it_belongs() {
    let catalogue = catalogue();
    for project in &catalogue.projects {
        for (i, update) in project.updates.iter().enumerate() {
            assert!(!update.sources.is_empty(), "{}: {}", project.id, update.date);
            let again = project.updates[..i].iter().any(|other| {
                other.date == update.date || other.text.zh.trim_end_matches('。') == update.text.zh
            });
            assert!(!again, "{}: {} twice", project.id, update.date);
        }
    }
    // The opening of line 2 is no news of the plan's own lines.
    let metro = catalogue.project("B5-03").unwrap();
    assert!(metro.updates.iter().all(|update| update.date != "2020-12-26"));
    let line_2 = catalogue.features.iter().find(|feature| feature.id == "L5-2-1").unwrap();
    assert_eq!(line_2.role, Role::Context);
    assert_eq!(line_2.updates[0].date, "2020-12-26");
    // Entries of one work tell the same.
    let same = |a: &str, b: &str| {
        let of = |id: &str| catalogue.project(id).unwrap().updates.clone();
        assert_eq!(of(a), of(b), "{a} and {b}");
        assert!(!of(a).is_empty());
    };
    same("B5-01", "T-13");
    same("B1-16", "F-21");
}

#[test]
fn plan_and_later_stand_side_by_side_with_their_dates() {
    let catalogue = catalogue();
    let suide = catalogue.project("B1-02").unwrap();
    let rows = text::then_and_now(&catalogue, suide, Language::Chinese);
    let money = rows.iter().find(|row| row.subject == "总投资").unwrap();
    assert_eq!(money.plan, "规划（2022）");
    assert_eq!(money.stated, "约410亿元");
    assert_eq!(money.until, "后续（截至 2025-03-11）");
    assert!(money.later.contains("846"), "{}", money.later);
    let english = text::then_and_now(&catalogue, suide, Language::English);
    assert_eq!(english[0].plan, "Plan (2022)");
    assert_eq!(english[0].until, "Later (as of 2025-03-11)");
    for project in &catalogue.projects {
        for (_, change) in project.changes() {
            let words = catalogue.plan.text.slice(change.words);
            let numbers = |text: &str| -> BTreeSet<String> {
                text.split(|c: char| !c.is_ascii_digit() && c != '.')
                    .filter(|part| part.chars().any(|c| c.is_ascii_digit()))
                    .map(str::to_owned)
                    .collect()
            };
            let stated = numbers(&change.stated.zh);
            assert!(stated.is_subset(&numbers(words)), "{}: {words}", project.id);
        }
    }
    let told = |id: &str| {
        let shown = catalogue.slides.iter().find(|shown| shown.id == id).unwrap();
        text::slide_changes(&catalogue, shown, Language::Chinese).len()
    };
    assert_eq!((told("airport"), told("suide"), told("metro"), told("g108")), (2, 2, 1, 2));
}

#[test]
fn a_border_river_belongs_to_both_banks() {
    let catalogue = catalogue();
    let park = catalogue.project("F-24").unwrap();
    assert_eq!(codes("F-24"), set(&["140105", "140110"]));
    let [left, right] = park.counties.as_slice() else { panic!("two banks") };
    assert!((left.length_km.unwrap() - right.length_km.unwrap()).abs() < 1e-6);
    assert!((left.border_km.unwrap() - park.length_km.unwrap()).abs() < 1e-6);
    let jinyuan = Filter { counties: set(&["140110"]), ..Filter::default() };
    let found = jinyuan.apply(&catalogue);
    assert!(found.contains(&catalogue.position("F-24").unwrap()));
    // The plan names three sections, and all three are there.
    assert_eq!(codes("B4-02"), set(&["140105", "140110", "140121"]));
    // The whole stem: every unit of the city but none outside it.
    let stem = codes("B4-03");
    for code in ["140105", "140106", "140107", "140108", "140109", "140110", "140121", "140122"] {
        assert!(stem.contains(code), "{code}");
    }
    // Where the plan names the counties of the works, the far bank is none of them.
    assert_eq!(codes("B4-01"), set(&["140123", "140181"]));
    for project in &catalogue.projects {
        let Some(length_km) = project.length_km else { continue };
        let inside: f64 = project.counties.iter().filter_map(|share| share.length_km).sum();
        let sum = inside + project.beyond_km.unwrap_or(0.0);
        assert!((sum - length_km).abs() < 1e-6, "{}: {sum} of {length_km}", project.id);
    }
}

#[test]
fn a_known_county_is_the_projects_county_and_a_runway_no_length() {
    let catalogue = catalogue();
    assert_eq!(codes("B2-04"), set(&["140105"]));
    assert_eq!(codes("F-18"), set(&["140122"]));
    assert!(catalogue.project("F-18").unwrap().is_located());
    let airport = catalogue.project("B1-03").unwrap();
    assert_eq!((airport.length_km, airport.stated_length_km), (None, None));
    assert!(catalogue.project("T-02").unwrap().beyond_km.unwrap() > 50.0);
}

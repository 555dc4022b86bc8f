//! The catalogue of the city's own plan: every entry, figure, anchor, county and reason.

use std::collections::{BTreeMap, BTreeSet};

use jintu::{
    catalogue::{Accuracy, Role, Shape, SlideView, Totals},
    diagnostics::Severity,
    geo::geodesic,
    language::Language,
    store::SEEDS,
};
use serde_json::Value;

use crate::{
    plan::{FILE, folded_by_hand},
    plan_figures::INVESTMENTS,
    real::{catalogue, diagnostics, project},
};

/// The words of the file without what a page break or a line break put between them.
fn folded(text: &str) -> String {
    folded_by_hand(text).replace(['\r', '\t', '\u{c}'], "")
}

/// The seeds as they lie on disk, read without the code under test.
fn seeds() -> Vec<Value> {
    serde_json::from_slice(SEEDS.projects).unwrap()
}

fn outside_km(id: &str) -> f64 {
    let catalogue = catalogue();
    catalogue
        .features_of(project(&catalogue, id), Role::Main)
        .filter(|(_, feature)| feature.counts_length)
        .flat_map(|(i, _)| &catalogue.county_pieces[i])
        .filter(|piece| piece.code.is_none())
        .map(|piece| (piece.to_m - piece.from_m) / 1000.0)
        .sum()
}

#[test]
fn nothing_is_missing_and_nothing_is_wrong() {
    let catalogue = catalogue();
    let mut series: BTreeMap<char, Vec<&str>> = BTreeMap::new();
    for project in &catalogue.projects {
        let series = series.entry(project.id.chars().next().unwrap()).or_default();
        series.push(&project.id);
    }
    let counts: Vec<(char, usize)> = series.iter().map(|(c, ids)| (*c, ids.len())).collect();
    assert_eq!(counts, [('B', 38), ('F', 24), ('T', 76)]);
    let numbered = |letter: char, n: usize| -> Vec<String> {
        (1..=n).map(|i| format!("{letter}-{i:02}")).collect()
    };
    assert_eq!(series[&'T'], numbered('T', 76));
    assert_eq!(series[&'F'], numbered('F', 24));
    let boxes: Vec<String> = [(1, 18), (2, 6), (3, 1), (4, 3), (5, 10)]
        .into_iter()
        .flat_map(|(b, n)| (1..=n).map(move |i| format!("B{b}-{i:02}")))
        .collect();
    assert_eq!(series[&'B'], boxes);
    let errors: Vec<_> = diagnostics().iter().filter(|d| d.severity != Severity::Note).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn every_figure_leads_to_its_words_in_the_file() {
    let catalogue = catalogue();
    let mut seen = 0;
    for project in &catalogue.projects {
        for fact in &project.facts {
            let words = std::str::from_utf8(&FILE[fact.span.start..fact.span.end]).unwrap();
            assert_eq!(folded(words), fact.text.replace(' ', ""), "{}", project.id);
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen}");
    let metro = project(&catalogue, "B1-02");
    let fact = metro.facts.iter().find(|fact| fact.unit == "亿元").unwrap();
    let at = fact.span;
    let in_file = std::str::from_utf8(&FILE[at.start..at.end]).unwrap();
    assert_eq!(in_file.replace(' ', ""), "总投资约４１０亿元");
}

#[test]
fn investments_are_what_the_boxes_state() {
    let catalogue = catalogue();
    for project in &catalogue.projects {
        let stated = INVESTMENTS.iter().find(|(id, ..)| *id == project.id);
        let read = project.investment.map(|i| (i.yi, i.approx));
        assert_eq!(read, stated.map(|(_, yi, approx, _)| (*yi, *approx)), "{}", project.id);
    }
    let stated = INVESTMENTS.iter().filter(|(id, ..)| id.starts_with("B5")).count();
    assert!(stated >= 9);
}

#[test]
fn totals_count_each_work_once() {
    let catalogue = catalogue();
    let all: Totals = catalogue.totals(0..catalogue.projects.len());
    let by_hand: f64 = INVESTMENTS.iter().map(|(_, yi, ..)| yi).sum();
    assert!((all.investment_yi - by_hand).abs() < 1e-6);
    assert!((all.investment_yi - 3949.11).abs() < 1e-6);
    assert!(all.approx);
    assert_eq!(all.entries, 138);
    // Six works are named in a box and again in the text.
    assert_eq!(all.works, 132);
    assert_eq!(all.without_investment, 132 - INVESTMENTS.len());
    let located = catalogue.projects.iter().filter(|p| !p.features.is_empty()).count();
    assert_eq!(all.unlocated, 138 - located);
    // The same work by either of its entries, or both: never twice.
    let position = |id: &str| catalogue.position(id).unwrap();
    let both = catalogue.totals([position("T-13"), position("B5-01")]);
    assert_eq!((both.entries, both.works), (2, 1));
    assert!((both.investment_yi - 26.0).abs() < 1e-9 && both.without_investment == 0);
    let once = catalogue.totals([position("B5-01")]);
    assert!((both.length_km - once.length_km).abs() < 1e-9);
    let other = catalogue.totals([position("T-13")]);
    assert_eq!((other.works, other.without_investment), (1, 1));
}

#[test]
fn entries_of_one_work_name_each_other() {
    let catalogue = catalogue();
    for own in &catalogue.projects {
        for other in &own.same_as {
            assert!(project(&catalogue, other).same_as.contains(&own.id), "{} {other}", own.id);
        }
    }
}

#[test]
fn map_names_are_short_and_their_own() {
    let catalogue = catalogue();
    let mut seen = BTreeSet::new();
    let mut seen_en = BTreeSet::new();
    for project in &catalogue.projects {
        // Digits and letters are half as wide as a Hanzi.
        let halves: usize =
            project.short_name.zh.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        assert!((2..=16).contains(&halves), "{} {}", project.id, project.short_name.zh);
        assert!(seen.insert(&project.short_name.zh), "{} {}", project.id, project.short_name.zh);
        assert!(!project.short_name.en.is_empty(), "{}", project.id);
        assert!(seen_en.insert(&project.short_name.en), "{}", project.short_name.en);
        assert!(catalogue.kind(&project.kind).is_some(), "{} {}", project.id, project.kind);
    }
}

#[test]
fn works_of_the_text_stand_where_their_anchors_are() {
    let catalogue = catalogue();
    let mut anchored = 0;
    for seed in seeds() {
        let Some(anchor) = seed["anchor"].as_str() else { continue };
        let id = seed["id"].as_str().unwrap();
        anchored += 1;
        let words = project(&catalogue, id).words;
        let span = catalogue.plan.text.source_span(words);
        let in_file = std::str::from_utf8(&FILE[span.start..span.end]).unwrap();
        assert_eq!(folded(in_file), folded(anchor), "{id}");
        // The n-th place of the text, counted by hand.
        let nth = seed["occurrence"].as_u64().unwrap_or(1);
        let before = catalogue.plan.text.as_str()[..words.start].matches(anchor).count();
        assert_eq!(u64::try_from(before).unwrap() + 1, nth, "{id}");
    }
    assert_eq!(anchored, 100);
}

#[test]
fn every_entry_serves_a_task_and_names_real_regions() {
    let catalogue = catalogue();
    for project in &catalogue.projects {
        assert!(!project.tasks.is_empty(), "{}", project.id);
        for task in &project.tasks {
            assert!(
                catalogue.task_title(task, Language::Chinese).is_some(),
                "{} {task}",
                project.id
            );
        }
        for region in &project.regions {
            assert!(catalogue.region(region).is_some(), "{} {region}", project.id);
        }
    }
    let keys: Vec<&str> = catalogue.regions.iter().map(|r| r.key.as_str()).collect();
    assert_eq!(keys.len(), 6);
    for key in keys {
        assert!(catalogue.projects.iter().any(|p| p.regions.iter().any(|r| r == key)), "{key}");
    }
}

#[test]
fn counties_of_a_corridor_sum_to_its_length() {
    let catalogue = catalogue();
    let mut lines = 0;
    for project in &catalogue.projects {
        let Some(length_km) = project.length_km else { continue };
        lines += 1;
        let inside: f64 = project.counties.iter().filter_map(|share| share.length_km).sum();
        let outside = outside_km(&project.id);
        assert!(
            (inside + outside - length_km).abs() < 1e-6,
            "{}: {inside} + {outside} of {length_km}",
            project.id
        );
        assert!((project.beyond_km.unwrap_or(0.0) - outside).abs() < 1e-6, "{}", project.id);
        // Only the line to Xiong'an leaves the counties that are shipped.
        assert_eq!(outside > 0.0, project.id == "T-02", "{}: {outside}", project.id);
        let drawn: f64 = catalogue
            .features_of(project, Role::Main)
            .filter(|(_, feature)| feature.counts_length)
            .filter_map(|(_, feature)| match &feature.shape {
                Shape::Line(line) => Some(line),
                _ => None,
            })
            .flat_map(|line| line.0.windows(2))
            .map(|w| geodesic::distance_m(w[0].into(), w[1].into()))
            .sum();
        assert!((drawn / 1000.0 - length_km).abs() < 1e-3, "{}", project.id);
        let entered: Vec<f64> = project.counties.iter().map(|share| share.first_m).collect();
        assert!(entered.is_sorted(), "{}", project.id);
    }
    assert_eq!(lines, 18);
}

#[test]
fn drawn_lengths_meet_the_stated_ones() {
    let catalogue = catalogue();
    for (id, stated_km) in
        [("B1-01", 85.0), ("B4-02", 33.0), ("B5-01", 24.3), ("B5-02", 84.85), ("B5-04", 13.2)]
    {
        let project = project(&catalogue, id);
        assert_eq!(project.stated_length_km, Some(stated_km), "{id}");
        let drawn_km = project.length_km.unwrap();
        let noted = catalogue
            .features_of(project, Role::Main)
            .filter_map(|(_, f)| f.length_note.as_ref())
            .any(|note| !note.zh.is_empty() && !note.en.is_empty());
        let off = (drawn_km - stated_km).abs() / stated_km;
        assert!(off <= 0.08 || noted, "{id}: {drawn_km} km drawn, {stated_km} km stated");
    }
}

#[test]
fn what_is_not_on_the_map_says_why() {
    let catalogue = catalogue();
    for project in &catalogue.projects {
        assert_eq!(project.unlocated.is_none(), project.accuracy.is_located(), "{}", project.id);
        assert_eq!(project.is_located(), project.accuracy.is_located(), "{}", project.id);
        if let Some(why) = &project.unlocated {
            let hanzi = why.reason.zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            assert!(hanzi, "{}: {:?}", project.id, why.reason.zh);
            assert!(why.reason.en.contains(' '), "{}: {:?}", project.id, why.reason.en);
            let named = why.anchor_name.as_ref().is_some_and(|name| !name.zh.is_empty());
            assert_eq!(why.anchor.is_some(), named, "{}", project.id);
        }
        // A place that is only guessed at is never promised as more than that.
        let worst = catalogue.features_of(project, Role::Main).map(|(_, f)| f.accuracy).max();
        assert_eq!(worst.unwrap_or(project.accuracy), project.accuracy, "{}", project.id);
    }
    let unplaced = |a: Accuracy| catalogue.projects.iter().filter(|p| p.accuracy == a).count();
    assert!(unplaced(Accuracy::None) > 0 && unplaced(Accuracy::City) > 0);
}

#[test]
fn every_geometry_tells_its_basis_and_its_error() {
    for feature in &catalogue().features {
        assert!(!feature.basis.zh.is_empty() && !feature.basis.en.is_empty(), "{}", feature.id);
        if feature.role == Role::Main {
            assert!(
                !feature.sources.is_empty() || !feature.control_points.is_empty(),
                "{}",
                feature.id
            );
        }
        if let Some([least, most]) = feature.error_m {
            assert!(0.0 <= least && least <= most, "{}: {least} {most}", feature.id);
        }
    }
}

#[test]
fn the_city_has_its_ten_counties() {
    let catalogue = catalogue();
    let own: Vec<&str> =
        catalogue.counties.iter().filter(|c| c.in_city).map(|c| c.code.as_str()).collect();
    assert_eq!(
        own,
        [
            "140105", "140106", "140107", "140108", "140109", "140110", "140121", "140122",
            "140123", "140181"
        ]
    );
    for project in &catalogue.projects {
        for share in project.counties.iter().filter(|share| share.length_km.is_some()) {
            let county = catalogue.county(&share.code).unwrap();
            assert_eq!(county.name.zh, share.name);
        }
    }
}

#[test]
fn tasks_hold_what_lies_below_them() {
    let catalogue = catalogue();
    let tasks = catalogue.tasks();
    assert!(tasks.len() > 40);
    for task in &tasks {
        for (i, project) in catalogue.projects.iter().enumerate() {
            let below = project.tasks.iter().any(|own| {
                let (own, task): (Vec<&str>, Vec<&str>) =
                    (own.split('.').collect(), task.id.split('.').collect());
                own.starts_with(&task)
            });
            assert_eq!(task.projects.contains(&i), below, "{} {}", task.id, project.id);
        }
    }
}

#[test]
fn targets_and_slides_stand_on_words_of_the_plan() {
    let catalogue = catalogue();
    assert!(catalogue.targets.len() > 20);
    for target in &catalogue.targets {
        let words = std::str::from_utf8(&FILE[target.span.start..target.span.end]).unwrap();
        let text = catalogue.plan.text.slice(target.range);
        assert_eq!(folded(words), text.replace(' ', ""), "{}", target.id);
        let Some(value) = target.value else { continue };
        // 倍增 is a doubling without a digit.
        let written =
            if text.contains("倍增") { "倍增".to_owned() } else { format!("{value}") };
        assert!(text.contains(&written), "{}: {value} in {text}", target.id);
    }
    assert!(catalogue.slides.len() >= 5);
    for slide in &catalogue.slides {
        assert!(slide.words.is_some(), "{}", slide.id);
        assert!(slide.project_ids.iter().all(|id| catalogue.project(id).is_some()), "{}", slide.id);
        // What has no place cannot be fitted.
        if let SlideView::Projects(ids) = &slide.view {
            assert!(!ids.is_empty(), "{}", slide.id);
            assert!(ids.iter().all(|id| project(&catalogue, id).is_located()), "{}", slide.id);
        }
        for figure in &slide.figures {
            let words = catalogue.plan.text.slice(figure.words.unwrap());
            assert!(
                words.contains(&figure.value.zh),
                "{}: {:?} in {words}",
                slide.id,
                figure.value
            );
            if figure.approx {
                assert!(words.contains('约'), "{}: {words}", slide.id);
            }
        }
    }
}

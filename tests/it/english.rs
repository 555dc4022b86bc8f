//! The English window repeats no Chinese words of the plan where it could say them in English.

use jintu::{
    app::{Language, text},
    plan::{NodeKind, Quantity},
};

use crate::real::{catalogue, project};

fn has_hanzi(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

#[test]
fn every_task_is_named_in_english() {
    let catalogue = catalogue();
    let headings = catalogue.plan.outline.nodes().iter();
    let headings = headings.filter(|n| n.kind != NodeKind::Paragraph && !n.title.is_empty());
    let mut seen = 0;
    for node in headings {
        let (zh, en) = [Language::Chinese, Language::English]
            .map(|language| catalogue.task_title(&node.id, language).unwrap())
            .into();
        assert_eq!(zh, node.title);
        assert!(!en.is_empty() && !has_hanzi(en), "{} {en}", node.id);
        seen += 1;
    }
    assert_eq!(seen, catalogue.tasks().len());
    assert!(seen > 100, "{seen}");
}

#[test]
fn figures_of_a_card_are_told_apart_in_both_languages() {
    let catalogue = catalogue();
    for language in Language::ALL {
        for project in &catalogue.projects {
            let mut lines: Vec<(String, String)> = Vec::new();
            let facts = project.facts.iter().filter(|f| f.quantity != Quantity::Investment);
            for fact in facts {
                let name = text::fact_name(fact, &project.facts, language);
                let (_, unit) = text::figure(fact, language);
                assert!(!language.is_english() || !has_hanzi(&name), "{} {name}", project.id);
                assert!(!lines.contains(&(name.clone(), unit.clone())), "{} {name}", project.id);
                lines.push((name, unit));
            }
        }
    }
}

/// The plan writes 设计时速350公里: without the words before the number, 公里 would be a length.
#[test]
fn a_speed_has_the_unit_of_a_speed() {
    let catalogue = catalogue();
    let project = project(&catalogue, "B1-02");
    let speed = project.facts.iter().find(|fact| fact.quantity == Quantity::Speed).unwrap();
    let told = |language| text::figure(speed, language);
    assert_eq!(told(Language::Chinese), ("350".to_owned(), "公里/时".to_owned()));
    assert_eq!(told(Language::English), ("350".to_owned(), "km/h".to_owned()));
}

#[test]
fn a_long_title_is_cut_with_a_sign() {
    assert_eq!(text::shortened("加快太原晋中一体化发展", 22), "加快太原晋中一体化发展");
    assert_eq!(text::shortened("推动太忻协同联动发展和更多", 22), "推动太忻协同联动发展…");
    assert_eq!(text::shortened("Joint development of Taiyuan", 22), "Joint development of…");
    assert_eq!(text::shortened("", 22), "");
}

/// One of something is one of it.
#[test]
fn english_counts_have_their_form() {
    let catalogue = catalogue();
    for n in [1_usize, 2, 138] {
        let totals = catalogue.totals(0..n);
        let told = text::totals(&totals, Language::English);
        let form = if totals.works == 1 { "work" } else { "works" };
        assert!(told.starts_with(&format!("{} {form} ", totals.works)), "{told}");
    }
    // Only English has forms, and only after a number.
    let path = |tag: &str| format!("{}/assets/locales/{tag}.json", env!("CARGO_MANIFEST_DIR"));
    let file = |tag: &str| std::fs::read_to_string(path(tag)).unwrap();
    assert!(!file("zh-CN").contains('|') || !file("zh-CN").contains("{|"));
    let mut forms = 0;
    for line in file("en").lines() {
        for (at, _) in line.match_indices('{').filter(|(at, _)| !line[..*at].ends_with('%')) {
            let Some((one, many)) =
                line[at + 1..].split_once('}').and_then(|f| f.0.split_once('|'))
            else {
                continue;
            };
            assert!(line[..at].contains("%{"), "{line}");
            assert_ne!(one, many, "{line}");
            forms += 1;
        }
    }
    assert!(forms > 12, "{forms}");
}

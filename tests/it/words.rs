//! How figures are told: by the plan's words and units, with thousands apart.

use jintu::{
    app::text::{fact_name, figure, grouped, number, plain_number, totals},
    catalogue::{Fact, Totals},
    language::Language,
};

use crate::real::catalogue;

fn facts(id: &str) -> Vec<Fact> {
    catalogue().project(id).unwrap().facts.clone()
}

fn rows(id: &str, language: Language) -> Vec<String> {
    let facts = facts(id);
    let row = |fact: &Fact| {
        let (value, unit) = figure(fact, language);
        format!("{} {value} {unit}", fact_name(fact, &facts, language))
    };
    facts.iter().map(row).collect()
}

#[test]
fn repeated_figures_say_what_they_measure_in_the_plans_units() {
    let airport = rows("B1-03", Language::Chinese);
    for row in ["航站楼 40 万平方米", "综合交通中心 5 万平方米", "停车楼 13 万平方米"]
    {
        assert!(airport.iter().any(|own| own == row), "{row} in {airport:?}");
    }
    let ring = rows("B5-02", Language::Chinese);
    assert!(ring.iter().any(|row| row == "正线全长 84.85 公里"), "{ring:?}");
    let town = rows("B1-14", Language::Chinese);
    assert!(town.iter().any(|row| row == "总规划用地 8,000 亩"), "{town:?}");
    let school = rows("B1-17", Language::Chinese);
    assert!(school.iter().any(|row| row == "小学 6 轨"), "{school:?}");
    let english = rows("B1-03", Language::English);
    assert!(english.iter().any(|row| row.ends_with(" 400,000 m²")), "{english:?}");
    assert!(english.iter().any(|row| row.contains("CN¥ 25.7 bn")), "{english:?}");
}

/// No card has two rows that read the same before their figures, unless the words give no more.
#[test]
fn no_two_rows_of_a_card_have_the_same_name_where_words_tell_them_apart() {
    let catalogue = catalogue();
    for project in &catalogue.projects {
        let telling = project.facts.iter().filter(|fact| !fact.subject.is_empty());
        let mut names: Vec<(String, String)> = telling
            .map(|fact| (fact_name(fact, &project.facts, Language::Chinese), fact.text.clone()))
            .collect();
        names.sort();
        for pair in names.windows(2) {
            let same_words = pair[0].1.contains(&pair[1].0) && pair[1].1.contains(&pair[0].0);
            assert!(pair[0].0 != pair[1].0 || same_words, "{}: {pair:?}", project.id);
        }
    }
}

#[test]
fn thousands_stand_apart_and_decimals_do_not() {
    for (value, words) in [
        (0.0, "0"),
        (999.0, "999"),
        (1000.0, "1,000"),
        (2341.77, "2,341.77"),
        (1_234_567.5, "1,234,567.5"),
        (-4050.0, "-4,050"),
    ] {
        assert_eq!(number(value), words);
    }
    assert_eq!(plain_number(2341.77), "2341.77");
    let small = [0.003, 0.000_1, 0.0, 0.47, 0.001_25].map(plain_number);
    assert_eq!(small, ["0.003", "0.0001", "0", "0.47", "0.00125"]);
    assert_eq!(grouped("2000–5000"), "2,000–5,000");
    assert_eq!(grouped("0.12345"), "0.12345");
    assert_eq!(grouped("约 12000 人"), "约 12,000 人");
}

#[test]
fn one_entry_is_no_plural() {
    let one = Totals { entries: 1, works: 1, ..Totals::default() };
    assert_eq!(totals(&one, Language::English), "1 work");
    let two = Totals { entries: 2, works: 2, ..Totals::default() };
    assert_eq!(totals(&two, Language::English), "2 works");
}

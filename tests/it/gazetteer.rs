//! Names in texts: counties, and positions proposed.

use jintu::{
    gazetteer::{Candidate, CountyEvidence, Gazetteer, Place, PlaceKind},
    units::LonLat,
};
use proptest::prelude::*;

fn place(name: &str, aliases: &[&str], kind: PlaceKind, county: Option<&str>, at: f64) -> Place {
    Place {
        name: name.to_owned(),
        aliases: aliases.iter().map(|a| (*a).to_owned()).collect(),
        kind,
        lon_lat: LonLat::new(at, 37.8),
        county_code: county.map(str::to_owned),
        error_m: 500.0,
        source: "fixture".to_owned(),
    }
}

fn counties() -> Vec<(String, String)> {
    [
        ("140105", "小店区"),
        ("140106", "迎泽区"),
        ("140109", "万柏林区"),
        ("140121", "清徐县"),
        ("140122", "阳曲县"),
        ("140123", "娄烦县"),
        ("140181", "古交市"),
        ("140302", "城区"),
        ("140303", "矿区"),
        ("140321", "平定县"),
        ("140322", "盂县"),
        ("140923", "代县"),
        ("130107", "井陉矿区"),
        ("130121", "井陉县"),
        ("610621", "延长县"),
    ]
    .map(|(code, name)| (code.to_owned(), name.to_owned()))
    .into()
}

fn gazetteer() -> Gazetteer {
    let places = vec![
        place("太原市", &["太原"], PlaceKind::City, None, 112.55),
        place("太原科技大学", &[], PlaceKind::Site, Some("140109"), 112.49),
        place("太原南站", &["太原南"], PlaceKind::Station, Some("140105"), 112.605),
        place("清徐县", &["清徐"], PlaceKind::County, Some("140121"), 112.35),
        place("阳曲县", &["阳曲"], PlaceKind::County, Some("140122"), 112.67),
        place("平定县", &["平定"], PlaceKind::County, Some("140321"), 113.63),
        place("迎泽区", &["迎泽"], PlaceKind::District, Some("140106"), 112.55),
        place("城区", &[], PlaceKind::District, Some("140302"), 113.6),
        place("东关村", &[], PlaceKind::Township, Some("140121"), 112.36),
        place("东关村", &[], PlaceKind::Township, Some("140122"), 112.68),
        place("大盂镇", &["大盂", "阳曲大盂"], PlaceKind::Town, Some("140122"), 112.73),
        place("古交互通", &["河下"], PlaceKind::Interchange, Some("140181"), 112.238),
        place("汾河", &[], PlaceKind::River, None, 112.5),
        place("晋祠", &["晋祠博物馆"], PlaceKind::Site, Some("140110"), 112.43),
    ];
    Gazetteer::new(places, counties())
}

fn named(text: &str) -> Vec<(String, String)> {
    gazetteer()
        .counties_named(text)
        .into_iter()
        .map(|(code, range)| (code, text[range].to_owned()))
        .collect()
}

fn codes(text: &str) -> Vec<String> {
    named(text).into_iter().map(|(code, _)| code).collect()
}

fn names<'a>(candidates: &[Candidate<'a>]) -> Vec<&'a str> {
    candidates.iter().map(|c| c.place.name.as_str()).collect()
}

#[test]
fn counties_are_found_by_full_and_short_names() {
    let text = "途经阳曲、盂县，止于清徐县与古交；娄烦参加";
    let pairs = [
        ("140122", "阳曲"),
        ("140322", "盂县"),
        ("140121", "清徐县"),
        ("140181", "古交"),
        ("140123", "娄烦"),
    ]
    .map(|(code, name)| (code.to_owned(), name.to_owned()));
    assert_eq!(named(text), pairs);
}

#[test]
fn common_words_are_no_counties() {
    for text in [
        "主城区与老城区更新",
        "煤炭矿区治理",
        "延长产业链",
        "平定风波",
        "代表团",
        "迎泽西大街改造",
        "迎泽公园",
        "",
    ] {
        assert!(codes(text).is_empty(), "{text}: {:?}", codes(text));
    }
    // Their full names are, and generic ones behind their city.
    assert_eq!(codes("延长县与平定县"), ["610621", "140321"]);
    assert_eq!(codes("阳泉市城区、阳泉矿区"), ["140302", "140303"]);
}

#[test]
fn the_longer_county_name_wins() {
    assert_eq!(codes("井陉矿区"), ["130107"]);
    // Two counties share the stem 井陉 only in part: it means 井陉县.
    assert_eq!(codes("井陉"), ["130121"]);
}

#[test]
fn the_longest_place_name_counts() {
    let gazetteer = gazetteer();
    let found = gazetteer.geocode("太原科技大学新校区", None);
    assert_eq!(names(&found), ["太原科技大学"]);
    assert!(found[0].confidence > 0.5);
    assert_eq!(&"太原科技大学新校区"[found[0].matched.clone()], "太原科技大学");
    // The city alone places nothing, still less as part of an organisation's name.
    let city = &gazetteer.geocode("太原理工大学", None)[0];
    assert_eq!(city.place.name, "太原市");
    assert!(city.confidence < 0.2 && city.reason.organisation);
    assert!(gazetteer.geocode("太原市", None)[0].confidence < 0.5);
}

#[test]
fn a_county_named_alone_is_no_position() {
    let gazetteer = gazetteer();
    let found = gazetteer.geocode("山西(清徐)面食文化园项目", None);
    assert_eq!(names(&found), ["清徐县"]);
    assert!(found[0].confidence < 0.5);
}

#[test]
fn counties_in_the_text_decide_between_places_of_one_name() {
    let gazetteer = gazetteer();
    let county = |c: &Candidate<'_>| c.place.county_code.clone().expect("fixture");
    let found = gazetteer.geocode("清徐县东关村产业园", None);
    assert_eq!((names(&found)[0], county(&found[0]).as_str()), ("东关村", "140121"));
    assert_eq!(found[0].reason.county, CountyEvidence::Agrees);
    let other = found.iter().find(|c| county(c) == "140122" && c.place.name == "东关村");
    assert!(other.is_none_or(|c| c.confidence < found[0].confidence / 2.0));
    // A place in another county than the one named is less likely.
    let alone = gazetteer.geocode("晋祠", None)[0].confidence;
    let elsewhere = &gazetteer.geocode("晋祠", Some("140121"))[0];
    assert_eq!(elsewhere.reason.county, CountyEvidence::Differs);
    assert!(elsewhere.confidence < alone);
    // The same from a code, and undecided without either.
    let found = gazetteer.geocode("东关村产业园", Some("140122"));
    assert_eq!(county(&found[0]), "140122");
    let undecided = gazetteer.geocode("东关村产业园", None);
    assert_eq!(undecided.len(), 2);
    assert!(undecided.iter().all(|c| c.confidence < 0.5 && c.reason.same_name == 2));
    assert!(undecided[0].reason.zh().contains("2处同名"));
}

#[test]
fn names_within_other_words_count_for_little() {
    let gazetteer = gazetteer();
    // 汾河|下游 and 黄河|下游 hold 河下; in the first the river's name takes its place.
    assert_eq!(names(&gazetteer.geocode("汾河下游治理", None)), ["汾河"]);
    let found = gazetteer.geocode("黄河下游治理", None);
    assert!(found.iter().all(|c| c.confidence < 0.5 && c.reason.part_of_word));
    assert!(gazetteer.geocode("主城区提质", None).is_empty());
    // Neither are short forms of counties taken where they are no counties.
    for text in ["平定风波", "迎泽西大街改造"] {
        assert!(gazetteer.geocode(text, None).is_empty(), "{text}");
    }
    let south = gazetteer.geocode("太原南部新区", None);
    assert!(south.iter().all(|c| c.confidence < 0.5), "{south:?}");
    assert!(gazetteer.geocode("从河下至太原南站", None).len() == 2);
}

#[test]
fn of_several_places_none_is_the_site_unless_it_is_said() {
    let gazetteer = gazetteer();
    let found = gazetteer.geocode("太原南站至晋祠旅游专线", None);
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|c| c.confidence < 0.5 && c.reason.one_of_several));
    // A route stands at none of its ends, even when only one is known.
    let found = gazetteer.geocode("阳曲大盂—盂县(晋冀界)高速公路", None);
    assert!(found.iter().all(|c| c.confidence < 0.5), "{found:?}");
    assert!(found.iter().any(|c| c.reason.end_of_line && c.place.name == "大盂镇"));
    let found = gazetteer.geocode("服务太原南站，项目位于晋祠北侧", None);
    assert_eq!(found[0].place.name, "晋祠");
    assert!(found[0].confidence > 0.5 && !found[0].reason.one_of_several);
}

#[test]
fn a_place_named_twice_is_told_once_by_its_better_name() {
    let gazetteer = gazetteer();
    let text = "晋祠博物馆（晋祠）";
    let found = gazetteer.geocode(text, None);
    assert_eq!(names(&found), ["晋祠"]);
    assert_eq!(&text[found[0].matched.clone()], "晋祠");
    assert!(!found[0].reason.by_alias);
    assert!(!found[0].reason.to_string().is_empty());
}

#[test]
fn every_seed_place_is_found_by_its_names() {
    let text = include_str!("../../seeds/gazetteer.json");
    let seeds: Vec<serde_json::Value> = serde_json::from_str(text).expect("JSON");
    let places: Vec<Place> = seeds
        .iter()
        .map(|seed| Place {
            name: seed["name"].as_str().expect("name").to_owned(),
            aliases: seed["aliases"]
                .as_array()
                .expect("aliases")
                .iter()
                .map(|a| a.as_str().expect("alias").to_owned())
                .collect(),
            kind: PlaceKind::from_key(seed["kind"].as_str().expect("kind")),
            lon_lat: LonLat::new(
                seed["lon"].as_f64().expect("lon"),
                seed["lat"].as_f64().expect("lat"),
            ),
            county_code: seed["county_code"].as_str().map(str::to_owned),
            error_m: seed["error_m"].as_f64().expect("error"),
            source: String::new(),
        })
        .collect();
    assert!(places.iter().all(|p| p.kind != PlaceKind::Other));
    let counties: Vec<(String, String)> = places
        .iter()
        .filter(|p| matches!(p.kind, PlaceKind::County | PlaceKind::District))
        .filter_map(|p| Some((p.county_code.clone()?, p.name.clone())))
        .collect();
    let gazetteer = Gazetteer::new(places.clone(), counties);
    let mut missed: Vec<&str> = Vec::new();
    for place in &places {
        for name in std::iter::once(&place.name).chain(&place.aliases) {
            let found = gazetteer.geocode(name, None);
            if !found.iter().any(|c| c.place.name == place.name && c.matched == (0..name.len())) {
                missed.push(name);
            }
        }
    }
    // Only what alone means nothing: common nouns and short forms that are everyday words.
    let ambiguous = [
        "城区",
        "矿区",
        "郊区",
        "井陉矿",
        "平山",
        "沙河",
        "平定",
        "和顺",
        "永和",
        "石楼",
        "交口",
        "延长",
        "宝塔",
        "横山",
        "朔城",
    ];
    missed.retain(|name| !ambiguous.contains(name));
    assert!(missed.is_empty(), "{missed:?}");
}

proptest! {
    #[test]
    fn any_text_gives_ranges_of_it_in_order(text in "[太原科技大学南站清徐县东关村阳曲汾河下游城区位于至、，。a1]{0,30}") {
        let gazetteer = gazetteer();
        let found = gazetteer.geocode(&text, Some("140121"));
        for candidate in &found {
            let words = text.get(candidate.matched.clone()).expect("whole characters");
            let place = candidate.place;
            prop_assert!(place.name == words || place.aliases.iter().any(|a| a == words));
            prop_assert!((0.0..=1.0).contains(&candidate.confidence));
        }
        prop_assert!(found.is_sorted_by(|a, b| a.confidence >= b.confidence));
        prop_assert_eq!(&found, &gazetteer.geocode(&text, Some("140121")));
        let named = gazetteer.counties_named(&text);
        prop_assert!(named.is_sorted_by(|a, b| a.1.end <= b.1.start));
    }
}

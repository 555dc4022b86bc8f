//! Finding against what a person means who types it, against other programs' numbers and against plain
//! scans of the text.

use jintu::{
    catalogue::{Catalogue, Role},
    geo::{CoordinateForm, Crs, Datum, coordinate_words, geodesic},
    search::{Finder, Found, Hit, HitGroup, in_text, positions, stake},
    units::LonLat,
};
use proptest::prelude::*;

use crate::real::{catalogue, project};

const CITY: LonLat = LonLat::new(112.55, 37.87);

fn found(text: &str) -> Found {
    let catalogue = catalogue();
    Finder::new(&catalogue).find(&catalogue, None, text, &[], 50)
}

fn hits(found: &Found, group: HitGroup) -> Vec<Hit> {
    let own = found.groups.iter().find(|hits| hits.group == group);
    own.map(|hits| hits.hits.clone()).unwrap_or_default()
}

fn places(catalogue: &Catalogue, text: &str) -> Vec<String> {
    let names = hits(&found(text), HitGroup::Place).into_iter().map(|hit| match hit {
        Hit::Place(i) => catalogue.gazetteer.places()[i].name.clone(),
        other => panic!("{other:?}"),
    });
    names.collect()
}

/// One position, written in every way.
#[test]
fn a_position_is_read_in_any_order_and_notation() {
    for text in [
        "112.55,37.87",
        "37.87 112.55",
        "112.55，37.87",
        " 112.55   37.87 ",
        "112.55;37.87",
        "(112.55, 37.87)",
        "１１２．５５，３７．８７",
        "112.55E 37.87N",
        "E112.55 N37.87",
        "N37.87, E112.55",
        "37.87°N 112.55°E",
        "lat 37.87 lon 112.55",
        "lon=112.55, lat=37.87",
        "经度112.55 纬度37.87",
        "东经112.55°，北纬37.87°",
        "北纬37.87度 东经112.55度",
        "112°33′00″E 37°52′12″N",
        "37°52'12\"N, 112°33'0\"E",
        "37°52′12″ 112°33′00″",
        "37°52.2′N 112°33′E",
        "37°52.2' 112°33'",
        "东经112度33分0秒北纬37度52分12秒",
        "北纬37°52′12″，东经112°33′",
        "37 52 12 N 112 33 0 E",
        "112 33 0 37 52 12",
        "112 33 37 52.2",
        "WGS84 112.55,37.87",
        "CGCS2000 112.55,37.87",
        "112.55,37.87 (EPSG:4490)",
    ] {
        let read = positions(text, CITY);
        let [one] = &read[..] else { panic!("{text}: {read:?}") };
        let off = geodesic::distance_m(one.at, CITY);
        assert!(off < 0.01, "{text}: {:?}, {off} m", one.at);
    }
    // South and west of the lines from which degrees are counted.
    for text in ["33.5S 70.6W", "-33.5, -70.6", "南纬33.5° 西经70.6°", "33°30′S 70°36′W"]
    {
        let read = positions(text, CITY);
        // Without letters the first is the longitude.
        let (lon, lat) = if text.starts_with('-') { (-33.5, -70.6) } else { (-70.6, -33.5) };
        let at = read.first().unwrap_or_else(|| panic!("{text}")).at;
        assert!(
            (at.lon_deg - lon).abs() < 1e-9 && (at.lat_deg - lat).abs() < 1e-9,
            "{text}: {at:?}"
        );
    }
}

#[test]
fn what_is_no_position_is_none() {
    for text in [
        "",
        "2025",
        "2025 2035",
        "112.55",
        "晋祠",
        "30+100",
        "K12+345",
        "0351-1234567",
        "37.87N 38.00N",
        "112°75′E 37°52′N",
        "112.55,97.87,3",
        "200,100",
        "3.1 5",
        "B1-02",
        "G20",
    ] {
        assert_eq!(positions(text, CITY), [], "{text}");
    }
}

/// What the program tells is read back, each in its system.
#[test]
fn what_is_copied_is_read_back() {
    for (lon, lat) in [(112.5489, 37.8706), (111.9, 38.05), (113.2, 37.4), (109.0, 34.2)] {
        let p = LonLat::new(lon, lat);
        for form in CoordinateForm::ALL {
            let words = coordinate_words(form, p, None);
            let name = match form.crs(p, None) {
                Crs::Degrees(datum @ (Datum::Gcj02 | Datum::Bd09)) => format!("{} ", datum.key()),
                _ => String::new(),
            };
            let read = positions(&format!("{name}{words}"), CITY);
            let at = read.first().unwrap_or_else(|| panic!("{name}{words}")).at;
            let off = geodesic::distance_m(at, p);
            assert!(off < 2.0, "{name}{words}: {off} m");
        }
    }
}

/// PROJ, EPSG:4547 (CGCS2000, central meridian 114° E).
#[test]
fn metres_are_read_with_their_zone_or_the_nearest() {
    let expected = LonLat::new(112.5489, 37.8706);
    for text in [
        "38 E 372319.3 N 4194127.9",
        "gk3:38 372319.3,4194127.9",
        "38带 372319.3 4194127.9",
        "38372319.3, 4194127.9",
        "4194127.9 38372319.3",
        "高斯 38372319.3 4194127.9",
    ] {
        let read = positions(text, CITY);
        let at = read.first().unwrap_or_else(|| panic!("{text}")).at;
        assert!(geodesic::distance_m(at, expected) < 1.0, "{text}: {at:?}");
    }
    // Without a zone: the one whose place is nearest.
    let at = positions("372319.3 4194127.9", expected)[0].at;
    assert!(geodesic::distance_m(at, expected) < 1.0, "{at:?}");
}

#[test]
fn a_named_datum_is_taken_off() {
    let shifted = Datum::Gcj02.from_wgs84(CITY);
    let text = format!("高德 {:.7},{:.7}", shifted.lon_deg, shifted.lat_deg);
    assert!(geodesic::distance_m(positions(&text, CITY)[0].at, CITY) < 1.0);
    let shifted = Datum::Bd09.from_wgs84(CITY);
    let text = format!("{:.7} {:.7} BD-09", shifted.lat_deg, shifted.lon_deg);
    assert!(geodesic::distance_m(positions(&text, CITY)[0].at, CITY) < 1.0);
}

#[test]
fn stakes_are_read_with_and_without_a_line() {
    for (text, line, m) in [
        ("太绥 K45+200", "太绥", 45_200.0),
        ("太绥高铁 45+200", "太绥高铁", 45_200.0),
        ("太绥K45+200.5", "太绥", 45_200.5),
        ("K12+345", "", 12_345.0),
        ("k12", "", 12_000.0),
        ("12+345", "", 12_345.0),
        ("Ｋ１２＋３４５", "", 12_345.0),
        ("tysd k3+50", "tysd", 3_050.0),
    ] {
        let read = stake(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(read.line, line, "{text}");
        assert!((read.chainage.m - m).abs() < 1e-9, "{text}: {:?}", read.chainage);
    }
    for text in ["", "太绥", "G20", "2025", "112.55,37.87", "12+3456", "3.1.1"] {
        assert!(stake(text).is_none(), "{text}: {:?}", stake(text));
    }
}

#[test]
fn a_stake_is_offered_on_the_lines_that_have_it() {
    let catalogue = catalogue();
    let metro = project(&catalogue, "B1-02");
    for text in ["太绥 K45+200", "太绥高铁 45+200", "tysd K45+200", "B1-02 K45+200"] {
        let own = hits(&found(text), HitGroup::Stake);
        let Some(Hit::Stake { project, feature, chainage_m, at: Some(at), .. }) = own.first()
        else {
            panic!("{text}: {own:?}")
        };
        assert_eq!(catalogue.projects[*project].id, "B1-02", "{text}");
        let line = catalogue.alignments[*feature].as_ref().unwrap();
        let back = line.locate(*at);
        assert!((back.chainage_m - 45_200.0).abs() < 0.5 && back.offset_m < 0.5, "{text}");
        assert!((chainage_m - 45_200.0).abs() < 1e-9);
    }
    // Without a line: each that is long enough, the selected first.
    let finder = Finder::new(&catalogue);
    let all = finder.find(&catalogue, None, "K30+000", &["B1-02".to_owned()], 500);
    let lines = catalogue.projects.iter().flat_map(|p| catalogue.features_of(p, Role::Main));
    let long = lines
        .filter(|(i, f)| {
            let line = catalogue.alignments[*i].as_ref();
            f.counts_length && line.is_some_and(|line| line.length_m() >= 30_000.0)
        })
        .count();
    let own = hits(&all, HitGroup::Stake);
    assert_eq!(own.len(), long);
    let Some(Hit::Stake { project, .. }) = own.first() else { panic!("{own:?}") };
    assert_eq!(catalogue.projects[*project].id, metro.id);
    // A named line that ends before says so.
    let own = hits(&found("太绥 K9999+000"), HitGroup::Stake);
    assert!(matches!(own.first(), Some(Hit::Stake { at: None, .. })), "{own:?}");
}

#[test]
fn places_are_found_by_name_and_pinyin() {
    let catalogue = catalogue();
    // The town by its whole name, and not the temple that it has its name from.
    assert_eq!(places(&catalogue, "晋祠镇"), ["晋祠镇"]);
    assert_eq!(places(&catalogue, "清徐县").first().map(String::as_str), Some("清徐县"));
    assert!(places(&catalogue, "jinci").iter().any(|name| name.starts_with("晋祠")));
    assert!(places(&catalogue, "没有这个地方").is_empty());
    // An exact name comes before everything that only holds it.
    assert_eq!(found("晋祠").groups[0].group, HitGroup::Place);
    assert_eq!(found("112.55,37.87").groups[0].group, HitGroup::Position);
    assert_eq!(found("清徐县").groups[0].hits[0], Hit::County("140121".to_owned()));
    assert_eq!(found("b1-02").groups[0].group, HitGroup::Project);
    assert_eq!(found("").groups, []);
}

#[test]
fn every_project_and_county_is_found_by_its_name() {
    let catalogue = catalogue();
    for (i, project) in catalogue.projects.iter().enumerate() {
        let own = hits(&found(&project.name.zh), HitGroup::Project);
        assert!(own.contains(&Hit::Project(i)), "{}", project.id);
    }
    for county in catalogue.counties.iter() {
        let own = hits(&found(&county.name.zh), HitGroup::County);
        assert!(own.contains(&Hit::County(county.code.clone())), "{}", county.code);
    }
}

#[test]
fn sentences_hold_all_the_words() {
    let catalogue = catalogue();
    let plan = &catalogue.plan;
    for (text, words) in [("营商环境", vec!["营商环境"]), ("太原 机场", vec!["太原", "机场"])]
    {
        let expected: Vec<usize> = (0..plan.sentences.len())
            .filter(|&i| {
                let own = plan.text.slice(plan.sentences[i].range);
                words.iter().all(|word| own.contains(word))
            })
            .collect();
        let own: Vec<usize> =
            jintu::search::sentences(plan, text).iter().map(|(i, _)| *i).collect();
        assert_eq!(own, expected, "{text}");
        assert!(!own.is_empty());
    }
}

#[test]
fn words_are_found_whatever_their_case_and_width() {
    let plan = &catalogue().plan;
    let count = |words: &str| in_text(plan, words).len();
    for word in ["太原", "营商环境", "5G", "、"] {
        let expected = plan.text.as_str().matches(word).count();
        assert_eq!(count(word), expected, "{word}");
        assert!(expected > 0, "{word}");
    }
    assert_eq!(count("5g"), count("5G"));
    assert_eq!(count("５Ｇ"), count("5G"));
    assert_eq!(count("营商 环境"), count("营商环境"));
    assert_eq!(count(""), 0);
    assert_eq!(count("  "), 0);
    for place in in_text(plan, "太原") {
        assert_eq!(plan.text.slice(place), "太原");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_can_be_looked_for(text in "[ -~°′″东经北纬度分秒太绥Kk+.,0-9]{0,24}") {
        let catalogue = catalogue();
        for position in positions(&text, CITY) {
            prop_assert!(position.at.lat_deg.abs() <= 90.0 && position.at.lon_deg.is_finite());
        }
        let _ = (stake(&text), in_text(&catalogue.plan, &text));
    }

    #[test]
    fn degrees_are_read_as_they_are_told(lon in 73.0..135.0, lat in 4.0..53.0) {
        let p = LonLat::new(lon, lat);
        for form in [CoordinateForm::Decimal, CoordinateForm::Dms] {
            let words = coordinate_words(form, p, None);
            let read = positions(&words, CITY);
            prop_assert_eq!(read.len(), 1, "{}", words);
            prop_assert!(geodesic::distance_m(read[0].at, p) < 3.0, "{}", words);
        }
    }
}

/// A town of the basemap that no project is in.
#[test]
fn jinci_is_found_by_its_name_and_by_its_sound() {
    let catalogue = catalogue();
    for text in ["晋祠镇", "jinci", "jinciz"] {
        assert!(places(&catalogue, text).contains(&"晋祠镇".to_owned()), "{text}");
    }
    let town = catalogue.gazetteer.places().iter().find(|place| place.name == "晋祠镇").unwrap();
    let temple = catalogue.gazetteer.places().iter().find(|place| place.name == "晋祠").unwrap();
    // The town has its name from the temple; both stand where their error says.
    let apart = geodesic::distance_m(town.lon_lat, temple.lon_lat);
    assert!(apart < town.error_m + temple.error_m, "{apart}");
}

//! Broken seeds and other plans: findings that name file, feature and field, and never a panic.

use jintu::{
    catalogue::{
        lower::{Lowered, lower, lower_plan},
        seed::SeedFiles,
    },
    diagnostics::{Diagnostic, Location, Severity},
    plan::Quantity,
    store::SEEDS,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::plan::FILE;

fn errors(lowered: &Lowered) -> Vec<&Diagnostic> {
    lowered.diagnostics.iter().filter(|d| d.severity == Severity::Error).collect()
}

/// The errors that lie in a seed file, as file, feature and field.
fn places(lowered: &Lowered) -> Vec<(String, Option<String>, Option<String>)> {
    errors(lowered)
        .into_iter()
        .filter_map(|d| match &d.location {
            Location::Seed { file, feature, field } => {
                Some((file.clone(), feature.clone(), field.clone()))
            }
            _ => None,
        })
        .collect()
}

/// Damage to one value.
type Change = fn(&mut Value);

type Swap = for<'a> fn(&mut SeedFiles<'a>, &'a [u8]);

/// Every seed file but the plan, by name.
const FILES: [(&str, Swap); 12] = [
    ("projects.json", |s, b| s.projects = b),
    ("kinds.json", |s, b| s.kinds = b),
    ("regions.json", |s, b| s.regions = b),
    ("targets.json", |s, b| s.targets = b),
    ("gazetteer.json", |s, b| s.gazetteer = b),
    ("tour.json", |s, b| s.tour = b),
    ("unlocated.json", |s, b| s.unlocated = b),
    ("english.json", |s, b| s.translated = b),
    ("counties.geojson", |s, b| s.counties = b),
    ("corridors.geojson", |s, b| s.corridors = b),
    ("areas.geojson", |s, b| s.areas = b),
    ("sites.geojson", |s, b| s.sites = b),
];

fn with<'a>(name: &str, bytes: &'a [u8]) -> SeedFiles<'a> {
    let mut seeds: SeedFiles<'a> = SEEDS;
    let (_, swap) = FILES.iter().find(|(file, _)| *file == name).unwrap();
    swap(&mut seeds, bytes);
    seeds
}

fn original(name: &str) -> &'static [u8] {
    match name {
        "projects.json" => SEEDS.projects,
        "kinds.json" => SEEDS.kinds,
        "regions.json" => SEEDS.regions,
        "targets.json" => SEEDS.targets,
        "gazetteer.json" => SEEDS.gazetteer,
        "tour.json" => SEEDS.tour,
        "unlocated.json" => SEEDS.unlocated,
        "english.json" => SEEDS.translated,
        "counties.geojson" => SEEDS.counties,
        "corridors.geojson" => SEEDS.corridors,
        "areas.geojson" => SEEDS.areas,
        _ => SEEDS.sites,
    }
}

/// Lowers the seeds with one value of one file replaced.
fn changed(name: &str, change: impl FnOnce(&mut Value)) -> Lowered {
    let mut value: Value = serde_json::from_slice(original(name)).unwrap();
    change(&mut value);
    let bytes = serde_json::to_vec(&value).unwrap();
    lower(&with(name, &bytes))
}

#[test]
fn a_truncated_file_is_named() {
    for (name, _) in FILES {
        let bytes = original(name);
        for cut in [&bytes[..bytes.len() / 2], &bytes[..0]] {
            let lowered = lower(&with(name, cut));
            let named = places(&lowered).iter().any(|(file, ..)| file == name);
            assert!(named, "{name} cut to {}: {:#?}", cut.len(), errors(&lowered));
        }
    }
}

#[test]
fn bytes_of_the_wrong_form_are_named() {
    for (name, _) in FILES {
        for bytes in [&b"\xff\xfe\x00\x01"[..], b"42", b"{\"features\": 7}", b"null"] {
            let lowered = lower(&with(name, bytes));
            let named = places(&lowered).iter().any(|(file, ..)| file == name);
            assert!(named, "{name} as {bytes:?}");
        }
    }
}

#[test]
fn a_wrong_type_tells_the_field() {
    let cases: [(&str, Change, &str); 6] = [
        ("projects.json", |v| v[3]["name"] = json!(7), "[3].name"),
        ("kinds.json", |v| v[1]["glyph"] = json!([]), "[1].glyph"),
        ("targets.json", |v| v[0]["year"] = json!("soon"), "[0].year"),
        ("gazetteer.json", |v| v[5]["lon"] = json!("east"), "[5].lon"),
        ("unlocated.json", |v| v[0]["reason_zh"] = json!(null), "[0].reason_zh"),
        ("tour.json", |v| v[0]["title_zh"] = json!(1.5), "[0].title_zh"),
    ];
    for (name, change, field) in cases {
        let lowered = changed(name, change);
        let told = places(&lowered);
        assert!(
            told.iter().any(|(f, _, at)| f == name && at.as_deref() == Some(field)),
            "{name} {field}: {told:?}"
        );
    }
}

#[test]
fn a_broken_feature_is_named_and_the_others_are_kept() {
    let sound = lower(&SEEDS).catalogue.features.len();
    for name in ["corridors.geojson", "areas.geojson", "sites.geojson"] {
        let cases: [(&str, Change); 5] = [
            ("accuracy", |f| f["properties"]["accuracy"] = json!("perfect")),
            ("accuracy", |f| f["properties"]["accuracy"] = json!(3)),
            ("geometry", |f| {
                f["geometry"] = json!({"type": "Point", "coordinates": [1120.5, 37.8]});
            }),
            ("geometry", |f| f["geometry"] = json!({"type": "Blob", "coordinates": []})),
            ("role", |f| {
                f["properties"]["role"] = json!("hero");
                f["properties"]["anchor"] = json!(false);
            }),
        ];
        for (field, change) in cases {
            let mut id = String::new();
            let lowered = changed(name, |v| {
                let feature = &mut v["features"][0];
                id = feature["properties"]["id"].as_str().unwrap().to_owned();
                change(feature);
            });
            let told = places(&lowered);
            assert!(
                told.iter().any(|(file, feature, at)| {
                    file == name
                        && feature.as_deref() == Some(id.as_str())
                        && at.as_deref().is_some_and(|at| at.starts_with(field))
                }),
                "{name} {id} {field}: {told:?}"
            );
            assert!(lowered.catalogue.features.len() + 3 >= sound);
        }
    }
}

#[test]
fn a_county_has_to_be_a_polygon() {
    let lowered = changed("counties.geojson", |v| {
        v["features"][0]["geometry"] = json!({"type": "Point", "coordinates": [112.5, 37.8]});
    });
    let code = serde_json::from_slice::<Value>(SEEDS.counties).unwrap()["features"][0]["properties"]
        ["code"]
        .as_str()
        .unwrap()
        .to_owned();
    let expected = ("counties.geojson".to_owned(), Some(code), Some("geometry".to_owned()));
    assert!(places(&lowered).contains(&expected), "{:?}", places(&lowered));
}

#[test]
fn geometry_of_an_unknown_project_and_a_second_id_are_errors() {
    let lowered = changed("sites.geojson", |v| {
        v["features"][0]["properties"]["project_ids"] = json!(["B9-99"]);
        v["features"][0]["properties"]["anchor"] = json!(false);
    });
    assert!(errors(&lowered).iter().any(|d| d.message.en.contains("B9-99")));
    let lowered = changed("projects.json", |v| {
        let copy = v.as_array().unwrap().iter().find(|p| p["id"] == "T-01").unwrap().clone();
        v.as_array_mut().unwrap().push(copy);
    });
    assert!(
        errors(&lowered).iter().any(|d| d.code == "duplicate-id" && d.message.en.contains("T-01"))
    );
    assert_eq!(lowered.catalogue.projects.len(), 138);
}

#[test]
fn colours_that_are_none_are_named() {
    let lowered = changed("kinds.json", |v| v[0]["light"] = json!("reddish"));
    let key = lowered.catalogue.kinds[0].key.clone();
    assert!(places(&lowered).iter().any(|(f, k, _)| f == "kinds.json" && *k == Some(key.clone())));
}

#[test]
fn an_anchor_that_the_plan_lost_is_an_error() {
    let seeds: Vec<Value> = serde_json::from_slice(SEEDS.projects).unwrap();
    let text = std::str::from_utf8(FILE).unwrap();
    let mut tried = 0;
    for seed in &seeds {
        let (Some(anchor), Some(id)) = (seed["anchor"].as_str(), seed["id"].as_str()) else {
            continue;
        };
        // Those that stand in the file on one line, as they are written.
        if tried >= 5 || text.matches(anchor).count() != 1 {
            continue;
        }
        tried += 1;
        let without = text.replace(anchor, "另有安排");
        let lowered = lower_plan(without.as_bytes(), &SEEDS);
        let found = errors(&lowered).into_iter().any(|d| {
            d.code == "anchor-missing" && d.location == Location::Project { id: id.to_owned() }
        });
        assert!(found, "{id}: {anchor}");
        assert!(lowered.catalogue.project(id).is_none(), "{id}");
    }
    assert_eq!(tried, 5);
}

const OTHER_CITY: &str = "\
云溪市“十五五”区域协同发展规划
一、总体要求
坚持协同发展，建设现代化云溪。
二、重点任务
（一）深度融入京津冀协同发展
1.完善交通网络。新建云溪至清泉铁路，设计时速200公里。
专栏1 融入京津冀重点项目
1.云溪至清泉铁路。总投资约88.5亿元，全长约120公里，设计时速200公里。
2.云溪智能制造产业园。总投资12亿元，占地500亩，年产值30亿元。
3.太原南站铁路联络线。投资9亿元。
（二）推动黄河流域生态保护
专栏2 生态项目
（1）清溪河治理工程。总投资3亿元，治理河道15公里。
";

#[test]
fn another_city_gets_its_items_with_their_figures() {
    let lowered = lower_plan(OTHER_CITY.as_bytes(), &SEEDS);
    let catalogue = &lowered.catalogue;
    assert!(errors(&lowered).is_empty(), "{:#?}", errors(&lowered));
    let read: Vec<_> = catalogue
        .projects
        .iter()
        .map(|p| (p.id.as_str(), p.name.zh.as_str(), p.investment.map(|i| (i.yi, i.approx))))
        .collect();
    assert_eq!(
        read,
        [
            ("B1-01", "云溪至清泉铁路", Some((88.5, true))),
            ("B1-02", "云溪智能制造产业园", Some((12.0, false))),
            ("B1-03", "太原南站铁路联络线", Some((9.0, false))),
            ("B2-01", "清溪河治理工程", Some((3.0, false))),
        ]
    );
    let kinds: Vec<&str> = catalogue.projects.iter().map(|p| p.kind.as_str()).collect();
    assert_eq!(kinds, ["railway", "industry", "railway", "water"]);
    let regions: Vec<Vec<String>> = catalogue.projects.iter().map(|p| p.regions.clone()).collect();
    assert_eq!(regions, [vec!["jjj"], vec!["jjj"], vec!["jjj"], vec!["hh"]]);
    let railway = &catalogue.projects[0];
    let length = railway.facts.iter().find(|f| f.quantity == Quantity::Length).unwrap();
    assert!((length.value - 120.0).abs() < 1e-9 && length.approx);
    assert_eq!(&OTHER_CITY[length.span.start..length.span.end], length.text);
    // Nothing of the other city's plan is lent to this one.
    assert!(catalogue.targets.is_empty() && catalogue.slides.is_empty());
    for project in &catalogue.projects {
        let placed = catalogue.features.iter().any(|f| f.project_ids.contains(&project.id));
        assert_eq!(placed, project.id == "B1-03", "{}", project.id);
        assert_eq!(project.unlocated.is_none(), placed);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// A byte changed anywhere may be an error or not, but is never a panic.
    #[test]
    fn damaged_seeds_never_panic(which in 0..FILES.len(), at in 0.0..1.0_f64, byte in any::<u8>()) {
        let name = FILES[which].0;
        let mut bytes = original(name).to_vec();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index")]
        let at = (bytes.len() as f64 * at) as usize;
        bytes[at] = byte;
        let lowered = lower(&with(name, &bytes));
        prop_assert!(lowered.catalogue.projects.len() <= 138);
        for finding in &lowered.diagnostics {
            prop_assert!(!finding.message.zh.is_empty() && !finding.message.en.is_empty());
        }
    }
}

//! Workbooks from the command line: made, told, changed, undone; refused with a sentence.

use serde_json::Value;

use crate::cli::{Place, run, stderr};

fn out(args: &[&str]) -> String {
    let output = run(args);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", stderr(&output));
    String::from_utf8(output.stdout).unwrap()
}

fn json(args: &[&str]) -> Value {
    serde_json::from_str(&out(args)).unwrap()
}

fn refused(args: &[&str], code: i32) -> String {
    let output = run(args);
    assert_eq!(output.status.code(), Some(code), "{args:?}: {}", stderr(&output));
    assert!(output.stdout.is_empty());
    stderr(&output).to_owned()
}

fn plan() -> String {
    format!("{}/seeds/plan.txt", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_workbook_from_the_plan_lists_what_the_plan_lists() {
    let place = Place::new();
    let book = place.path("某市.jintu");
    out(&["new", &book, "--plan", &plan()]);
    assert_eq!(
        json(&["list", "--book", &book, "--format", "json"]),
        json(&["list", "--format", "json"])
    );
    assert_eq!(out(&["tasks", "--book", &book]), out(&["tasks"]));
    assert_eq!(out(&["regions", "--book", &book]), out(&["regions"]));
    let about = json(&["info", &book, "--format", "json"]);
    assert_eq!(about["projects"], 138);
    assert_eq!(about["by_source"]["plan"], 138);
    assert_eq!(about["integrity"], "ok");
    assert_eq!(about["schema_version"], 1);
    let located = about["by_accuracy"].as_object().unwrap().values();
    assert_eq!(located.map(|count| count.as_u64().unwrap()).sum::<u64>(), 138);
    assert!(out(&["info", &book]).contains("138"));
    assert!(refused(&["new", &book, "--plan", &plan()], 1).contains("已有同名文件"));
    let picture = place.path("a.png");
    out(&["render", "--book", &book, "-o", &picture, "--size", "320x240"]);
    assert!(std::fs::read(&picture).unwrap().starts_with(b"\x89PNG"));
}

#[test]
fn values_are_set_and_undone_and_stand_beside_the_plan() {
    let place = Place::new();
    let book = place.path("a.jintu");
    out(&["new", &book, "--plan", &plan()]);
    let show = || json(&["show", "B1-02", "--book", &book, "--format", "json"]);
    let before = show();
    assert!(before["set"].as_array().unwrap().is_empty());
    for (assignment, field, value) in [
        ("investment_yi=12.5", "investment_yi", Value::from(12.5)),
        ("note=已核对", "note", Value::from("已核对")),
        ("status=done", "status", Value::from("done")),
        ("kind=公路", "kind_key", Value::from("highway")),
        ("organisations=甲，乙", "organisations", serde_json::json!(["甲", "乙"])),
        ("organisations=[\"丙\",\"丁、戊\"]", "organisations", serde_json::json!(["丙", "丁、戊"])),
        ("note=", "note", Value::Null),
    ] {
        out(&["set", &book, "b1-02", assignment, "--source", "来函"]);
        assert_eq!(show()[field], value, "{assignment}");
    }
    let own = show();
    let set: Vec<&str> =
        own["set"].as_array().unwrap().iter().map(|own| own["field"].as_str().unwrap()).collect();
    assert_eq!(set, ["investment_yi", "kind", "note", "organisations", "status"]);
    assert_eq!(own["set"][0]["stated"], before["investment_yi"]);
    assert_eq!(own["set"][0]["source"], "来函");
    assert_eq!(own["facts"], before["facts"]);
    let at =
        ["place", &book, "B1-02", "--at", "112.5,37.8", "--accuracy", "site", "--source", "现场"];
    out(&at);
    assert_eq!(show()["accuracy"], "site");
    assert_eq!(show()["geometry_type"], "Point");
    let log = json(&["log", &book, "--format", "json"]);
    assert_eq!(log.as_array().unwrap().len(), 9);
    assert_eq!(log[8]["changes"][0]["table"], "jintu_places");
    assert!(log[1]["changes"][0]["before"]["fields"]["investment_yi"]["later"].is_null());
    for _ in 0..8 {
        assert!(out(&["undo", &book]).starts_with("已撤销"));
    }
    assert_eq!(show(), before);
    assert!(refused(&["undo", &book], 1).contains("没有可以撤销"));
    assert_eq!(out(&["log", &book]).lines().count(), 17);
}

#[test]
fn a_place_is_taken_from_a_file() {
    let place = Place::new();
    let book = place.path("a.jintu");
    out(&["new", &book, "--plan", &plan()]);
    let file = place.path("line.geojson");
    let line = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},
        "geometry":{"type":"LineString","coordinates":[[112.5,37.8],[112.6,37.8]]}}]}"#;
    std::fs::write(&file, line).unwrap();
    let class = ["--accuracy", "schematic", "--source", "示意图"];
    out(&[&["place", &book, "B1-02", "--geometry", &file][..], &class].concat());
    let own = json(&["show", "B1-02", "--book", &book, "--format", "json"]);
    assert_eq!(own["geometry_type"], "LineString");
    // A tenth of a degree along 37.8° N: 111.32 km × cos 37.8° × 0.1.
    let km = own["length_km"].as_f64().unwrap();
    assert!((km - 8.81).abs() < 0.02, "{km}");
    std::fs::write(&file, r#"{"type":"FeatureCollection","features":[]}"#).unwrap();
    refused(&[&["place", &book, "B1-02", "--geometry", &file][..], &class].concat(), 1);
}

#[test]
fn a_place_is_given_in_any_notation_and_what_lies_abroad_is_told() {
    let place = Place::new();
    let book = place.path("a.jintu");
    out(&["new", &book, "--plan", &plan()]);
    let at = |at: &str| {
        let all = ["place", &book, "B1-02", "--at", at, "--accuracy", "site", "--source", "x"];
        let done = run(&all);
        assert!(done.status.success());
        let own = json(&["show", "B1-02", "--book", &book, "--format", "json"]);
        (own["counties"].clone(), String::from_utf8_lossy(&done.stderr).into_owned())
    };
    let (plain, told) = at("112.55,37.87");
    assert_eq!(told, "");
    // Within the same second it is told that nothing changes.
    assert_eq!(at("北纬37°52′12″ 东经112°33′00″").0, plain);
    // Tokyo.
    assert!(at("139.69,35.69").1.contains("139.690000,35.690000"));
}

#[test]
fn what_is_refused_says_what_is_allowed() {
    let place = Place::new();
    let book = place.path("a.jintu");
    out(&["new", &book, "--plan", &plan()]);
    let before = std::fs::read(&book).unwrap();
    let set = |assignment: &str| refused(&["set", &book, "B1-02", assignment, "--source", "x"], 2);
    assert!(set("kind=船").contains("railway"));
    assert!(set("status=maybe").contains("planned"));
    assert!(set("length_km=3").contains("stated_length_km"));
    assert!(set("investment_yi=很多").contains("1000000"));
    assert!(set("name=").contains("不能为空"));
    assert!(set("name").contains("字段=值"));
    let nobody = ["set", &book, "B99-01", "note=x", "--source", "x"];
    assert!(refused(&nobody, 2).contains("B99-01"));
    assert!(refused(&["set", &book, "B1-02", "note=x", "--source", " "], 2).contains("--source"));
    let at = |at: &str, class: &str| {
        refused(&["place", &book, "B1-02", "--at", at, "--accuracy", class, "--source", "x"], 2)
    };
    assert!(at("500,1", "site").contains("112.55,37.87"));
    assert!(at("112,37", "exact").contains("schematic"));
    assert!(at("0,0", "site").contains("几内亚湾"));
    let nowhere = ["place", &book, "B1-02", "--accuracy", "site", "--source", "x"];
    let told = refused(&nowhere, 2);
    assert!(told.contains("--at") && told.contains("--geometry"), "{told}");
    let text = plan();
    assert!(refused(&["undo", &text], 1).contains("不是工作簿"));
    assert!(refused(&["list", "--book", &text], 1).contains("不是工作簿"));
    assert!(refused(&["new", &place.path("a.gpkg"), "--plan", &text], 2).contains(".jintu"));
    let code = ["new", &place.path("b.jintu"), "--plan", &text, "--city", "太原"];
    assert!(refused(&code, 2).contains("140100"));
    refused(&["list", "--book", &book, "--plan", &text], 2);
    assert!(std::fs::read(&book).unwrap() == before, "what is refused changes nothing");
}

/// The system says at some point that no more can be written: the workbook is as it was.
#[cfg(unix)]
#[test]
fn a_disk_that_takes_no_more_leaves_the_workbook_whole() {
    let place = Place::new();
    let book = place.path("a.jintu");
    out(&["new", &book, "--plan", &plan()]);
    let before = json(&["list", "--book", &book, "--format", "json"]);
    let size = std::fs::metadata(&book).unwrap().len();
    let mut failed = 0;
    // The limit of a file's size stands in for a disk that is full, at several places.
    for blocks in [1, 8, 24, size / 512, size / 512 + 2] {
        let program = env!("CARGO_BIN_EXE_jintu");
        let command = format!(
            "trap '' XFSZ; ulimit -f {blocks}; exec '{program}' set '{book}' B1-02 \
             note=满 --source x"
        );
        let output = std::process::Command::new("sh").args(["-c", &command]).output().unwrap();
        if !output.status.success() {
            failed += 1;
            assert!(!output.stderr.is_empty());
            let now = json(&["list", "--book", &book, "--format", "json"]);
            assert_eq!(now, before, "{blocks} blocks");
            let about = json(&["info", &book, "--format", "json"]);
            assert_eq!(about["integrity"], "ok");
        }
    }
    assert!(failed > 0);
}

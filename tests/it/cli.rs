//! The built program: formats, spans, exit codes, files, no display.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::atomic::{AtomicU32, Ordering},
};

use encoding_rs::GB18030;
use serde_json::Value;

use crate::plan::{FILE, folded_by_hand};

/// A folder of its own, gone at the end.
pub struct Place(pub PathBuf);

impl Place {
    pub fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("jintu-test-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.0.join(name);
        fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }

    pub fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // Left behind it would only take room.
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub fn run_in(home: &Path, args: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_jintu"));
    at_home(&mut program, home);
    program.args(args).output().unwrap()
}

/// Without a display, in Chinese, with its folders in one of the test's own.
#[cfg(unix)]
fn at_home(program: &mut Command, home: &Path) {
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        program.env_remove(name);
    }
    program.env("HOME", home);
    for (name, folder) in
        [("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data"), ("XDG_CACHE_HOME", "cache")]
    {
        program.env(name, home.join(folder));
    }
    program.env("LANG", "zh_CN.UTF-8").env("LC_ALL", "zh_CN.UTF-8");
}

/// Windows asks the system for its folders and the language, not the environment.
#[cfg(windows)]
const fn at_home(_program: &mut Command, _home: &Path) {}

pub fn run(args: &[&str]) -> Output {
    run_in(&Place::new().0, args)
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

pub fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn json(args: &[&str]) -> Value {
    let output = run(args);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", stderr(&output));
    assert!(output.stderr.is_empty());
    serde_json::from_slice(&output.stdout).unwrap()
}

fn at(value: &Value, key: &str) -> usize {
    usize::try_from(value[key].as_u64().unwrap()).unwrap()
}

#[test]
fn version_and_help() {
    let output = run(&["--version"]);
    let number = env!("CARGO_PKG_VERSION");
    let told = stdout(&output).trim().strip_prefix(&format!("jintu {number} (")).unwrap();
    // In the release profile commit and date; how they are found is a test of its own.
    let is_release = told.split(' ').nth(1).is_some_and(|date| date.starts_with("20"));
    assert!(told == "development build)" || is_release, "{told}");
    let output = run(&["--help"]);
    assert_eq!(output.status.code(), Some(0));
    for command in ["list", "show", "tasks", "regions", "check", "render"] {
        assert!(stdout(&output).contains(command), "{command}");
    }
}

#[test]
fn json_has_its_fields_and_leads_into_the_file() {
    let all = json(&["list", "--format", "json"]);
    let all = all.as_array().unwrap();
    assert_eq!(all.len(), 138);
    let fields = [
        "id",
        "name",
        "short_name",
        "kind",
        "planned",
        "regions",
        "tasks",
        "counties",
        "accuracy",
        "geometry_type",
        "length_km",
        "investment_yi",
        "investment_approx",
        "facts",
    ];
    let mut facts = 0;
    for project in all {
        let id = project["id"].as_str().unwrap();
        for field in fields {
            assert!(project.get(field).is_some(), "{id}: {field}");
        }
        for county in project["counties"].as_array().unwrap() {
            assert!(county["code"].is_string() && county["name"].is_string(), "{id}");
        }
        let line = project["geometry_type"].as_str().is_some_and(|t| t.ends_with("LineString"));
        assert!(!line || project["length_km"].is_f64(), "{id}");
        for fact in project["facts"].as_array().unwrap() {
            facts += 1;
            assert!(fact["quantity"].is_string() && fact["unit"].is_string(), "{id}: {fact}");
            assert!(fact["value"].is_f64() && fact["approx"].is_boolean(), "{id}: {fact}");
            let words = std::str::from_utf8(&FILE[at(fact, "start")..at(fact, "end")]).unwrap();
            let text = fact["text"].as_str().unwrap().replace(' ', "");
            assert_eq!(folded_by_hand(words).replace('\r', ""), text, "{id}");
        }
    }
    assert!(facts > 100);
    let ids: Vec<&str> = all.iter().map(|p| p["id"].as_str().unwrap()).collect();
    assert_eq!((ids[0], ids[37], ids[38], ids[137]), ("B1-01", "B5-10", "T-01", "F-24"));
    let railway = all.iter().find(|p| p["id"] == "B1-02").unwrap();
    assert_eq!(railway["investment_yi"], 410.0);
    assert_eq!(railway["investment_approx"], true);
    assert_eq!(railway["geometry_type"], "LineString");
}

#[test]
fn filters_narrow_the_list() {
    let found = |args: &[&str]| -> Vec<String> {
        let all = [&["list", "--format", "json"], args].concat();
        let value = json(&all);
        value.as_array().unwrap().iter().map(|p| p["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(found(&["--text", "tysd"]), ["B1-02"]);
    assert_eq!(found(&["--min-investment", "400", "--max-investment", "500"]), ["B1-02", "B2-02"]);
    assert_eq!(found(&["--county", "140121"]), found(&["--county", "清徐县"]));
    assert_eq!(found(&["--county", "清徐"]), found(&["--county", "140121"]));
    assert_eq!(found(&["--region", "京津冀"]), found(&["--region", "jjj"]));
    assert_eq!(found(&["--kind", "铁路"]), found(&["--kind", "railway"]));
    let union = found(&["--county", "清徐县", "--county", "阳曲县"]);
    assert!(union.len() > found(&["--county", "清徐县"]).len());
    assert_eq!(found(&["--done"]).len() + found(&["--planned"]).len(), 138);
    assert!(found(&["--done"]).iter().all(|id| id.starts_with('F')));
    assert!(found(&["--along", "B1-02,0"]).contains(&"B1-02".to_owned()));
    assert!(found(&["--near", "112.63,37.75,4"]).contains(&"B1-03".to_owned()));
    let boxed = found(&["--bbox", "112,37.3,112.5,37.7"]);
    assert!(boxed.contains(&"B1-02".to_owned()) && !boxed.contains(&"B1-01".to_owned()));
    assert!(found(&["--accuracy", "none"]).len() > 10);
    assert!(found(&["--task", "3.1"]).contains(&"B1-01".to_owned()));
    assert!(found(&["--text", "没有这样的项目"]).is_empty());
}

#[test]
fn geojson_is_a_collection() {
    let value = json(&["list", "--format", "geojson", "--kind", "railway"]);
    assert_eq!(value["type"], "FeatureCollection");
    let collection: geojson::FeatureCollection = serde_json::from_value(value).unwrap();
    assert!(collection.features.len() > 3);
    for feature in collection {
        let properties = feature.properties.unwrap();
        let kind = feature.geometry.map(|g| g.value.type_name().to_owned());
        assert_eq!(properties["geometry_type"].as_str(), kind.as_deref(), "{}", properties["id"]);
    }
}

#[test]
fn csv_is_for_excel() {
    let output = run(&["list", "--format", "csv"]);
    let bytes = &output.stdout;
    assert_eq!(&bytes[..3], b"\xEF\xBB\xBF");
    let text = std::str::from_utf8(&bytes[3..]).unwrap();
    assert!(text.ends_with("\r\n"));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 138);
    assert_eq!(text.matches("\r\n").count(), 139);
    assert_eq!((&rows[1][0], &rows[1][8], &rows[1][9]), ("B1-02", "410", "约"));
}

#[test]
fn a_table_ends_with_totals() {
    let output = run(&["list"]);
    let lines: Vec<&str> = stdout(&output).lines().collect();
    assert_eq!(lines.len(), 140);
    assert!(lines[0].starts_with("编号"), "{}", lines[0]);
    let totals = lines[139];
    for part in ["138 项", "132 个工程", "3,949.11 亿元", "未载投资", "未落图"] {
        assert!(totals.contains(part), "{part}: {totals}");
    }
    let english = run(&["list", "--lang", "en", "--text", "tysd"]);
    // 410 亿 is 41 billion.
    assert!(stdout(&english).contains("41 bn"), "{}", stdout(&english));
    assert!(stdout(&english).lines().next().unwrap().is_ascii());
}

#[test]
fn one_project_tasks_and_regions() {
    let shown = run(&["show", "b1-02"]);
    assert_eq!(shown.status.code(), Some(0));
    assert!(stdout(&shown).contains("总投资约410亿元 ["), "{}", stdout(&shown));
    assert_eq!(json(&["show", "T-01", "--format", "json"])["id"], "T-01");
    let tasks = run(&["tasks"]);
    assert!(stdout(&tasks).lines().any(|line| line.trim_start().starts_with("3.1.1  ")));
    let regions = run(&["regions"]);
    assert!(stdout(&regions).contains("jjj  ") && stdout(&regions).contains("140121  清徐县"));
}

#[test]
fn bad_arguments_are_told_in_a_sentence() {
    let cases: [&[&str]; 20] = [
        &["list", "--county", "亚特兰蒂斯"],
        &["list", "--region", "mars"],
        &["list", "--task", "99.9"],
        &["list", "--kind", "spaceport"],
        &["list", "--accuracy", "perfect"],
        &["list", "--bbox", "112,37"],
        &["list", "--bbox", "113,37,112,38"],
        &["list", "--bbox", "112,37,113,95"],
        &["list", "--bbox", "112,37,113,NaN"],
        &["list", "--near", "112.5,37.8"],
        &["list", "--near", "112.5,37.8,-1"],
        &["list", "--along", "B9-99,5"],
        &["list", "--along", "B1-02"],
        &["list", "--min-investment", "plenty"],
        &["list", "--max-investment", "inf"],
        &["list", "--format", "xml"],
        &["show", "B9-99"],
        &["frobnicate"],
        &["render", "--size", "big", "-o", "x.png"],
        &["render", "--scale", "0", "-o", "x.png"],
    ];
    for args in cases {
        let output = run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", stderr(&output));
        assert!(output.stdout.is_empty(), "{args:?}");
        assert!(stderr(&output).trim().chars().count() > 10, "{args:?}");
        assert!(!stderr(&output).contains("panicked"), "{args:?}");
    }
    let unknown = run(&["list", "--county", "亚特兰蒂斯"]);
    assert!(stderr(&unknown).contains("亚特兰蒂斯"), "{}", stderr(&unknown));
    assert_eq!(stderr(&unknown).lines().count(), 1);
}

#[test]
fn bad_data_is_told_in_a_sentence() {
    let place = Place::new();
    let missing = place.path("missing.txt");
    let folder = place.0.display().to_string();
    let empty = place.file("empty.txt", b"");
    let binary: Vec<u8> =
        (0..20_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24).to_le_bytes()[0]).collect();
    let binary = place.file("binary.bin", &binary);
    for (name, file) in
        [("missing", &missing), ("folder", &folder), ("empty", &empty), ("binary", &binary)]
    {
        for command in ["check", "list"] {
            let output = run(&[command, "--plan", file]);
            let said = format!("{}{}", stdout(&output), stderr(&output));
            assert_eq!(output.status.code(), Some(1), "{command} {name}: {said}");
            assert!(said.contains(file.as_str()), "{command} {name}: {said}");
            assert!(!said.contains("panicked"), "{command} {name}");
        }
    }
    let render = run(&["render", "--plan", &missing, "-o", &place.path("x.png")]);
    assert_eq!(render.status.code(), Some(1));
    assert!(!place.0.join("x.png").exists());
}

#[test]
fn the_own_plan_is_clean() {
    let output = run(&["check"]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    let last = stdout(&output).lines().last().unwrap();
    assert!(last.contains("138") && last.contains("错误 0") && last.contains("警告 0"), "{last}");
    let findings = json(&["check", "--json"]);
    for finding in findings.as_array().unwrap() {
        assert_eq!(finding["severity"], "note", "{finding}");
        assert!(finding["location"]["in"].is_string() && finding["code"].is_string());
    }
}

#[test]
fn a_copy_in_gbk_is_read_the_same() {
    let place = Place::new();
    let text = std::str::from_utf8(FILE).unwrap();
    let (bytes, _, lossy) = GB18030.encode(text);
    assert!(!lossy);
    assert_ne!(&*bytes, FILE);
    let file = place.file("plan-gbk.txt", &bytes);
    let mut other = json(&["list", "--format", "json", "--plan", &file]);
    let mut own = json(&["list", "--format", "json"]);
    for list in [&mut other, &mut own] {
        for project in list.as_array_mut().unwrap() {
            // Positions in the file differ, and nothing else.
            for key in ["start", "end"] {
                project[key] = Value::Null;
                for fact in project["facts"].as_array_mut().unwrap() {
                    fact[key] = Value::Null;
                }
            }
        }
    }
    assert_eq!(other, own);
}

#[test]
fn another_plan_is_listed_the_same_way() {
    let place = Place::new();
    let plan = "云溪市综合规划\n一、重点任务\n（一）完善路网\n专栏1 重点项目\n1.云溪大桥工程。总投资约8.5亿元，全长2.4公里。\n2.北站枢纽。总投资12亿元。\n";
    let file = place.file("other.txt", plan.as_bytes());
    let list = json(&["list", "--format", "json", "--plan", &file]);
    let ids: Vec<&str> =
        list.as_array().unwrap().iter().map(|p| p["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["B1-01", "B1-02"]);
    assert_eq!(list[0]["investment_yi"], 8.5);
    let fact = &list[0]["facts"][0];
    assert_eq!(&plan[at(fact, "start")..at(fact, "end")], "总投资约8.5亿元");
    let tasks = run(&["tasks", "--plan", &file]);
    assert!(stdout(&tasks).contains("完善路网"));
}

#[test]
fn a_picture_has_the_size_asked_for() {
    let place = Place::new();
    let file = place.path("map.png");
    let output = run(&["render", "--size", "480x300", "-o", &file]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(output.stdout.is_empty());
    let picture = image::open(&file).unwrap().to_rgb8();
    assert_eq!(picture.dimensions(), (480, 300));
    let colours: std::collections::BTreeSet<[u8; 3]> = picture.pixels().map(|p| p.0).collect();
    assert!(colours.len() > 200, "{}", colours.len());
    let dark = place.path("dark.png");
    run(&["render", "--dark", "--text", "tysd", "--size", "480x300", "-o", &dark]);
    let dark = image::open(&dark).unwrap().to_rgb8();
    let light_of = |p: &image::RgbImage| p.pixels().map(|p| u64::from(p.0[1])).sum::<u64>();
    assert!(light_of(&dark) * 2 < light_of(&picture));
    let nowhere = run(&["render", "--size", "64x64", "-o", &place.path("map.png/inside.png")]);
    assert_eq!(nowhere.status.code(), Some(1), "{}", stderr(&nowhere));
}

#[test]
fn without_a_display_the_window_points_to_render() {
    let output = run(&[]);
    assert!(output.status.code().is_some_and(|code| code != 0), "{:?}", output.status);
    let said = stderr(&output);
    assert!(said.contains("jintu render"), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    let ours = said.lines().filter(|line| line.starts_with("jintu: ")).count();
    assert_eq!(ours, 1, "{said}");
}

#[test]
fn broken_settings_are_told_and_left_alone() {
    let place = Place::new();
    let folder = place.0.join("config/jintu");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("settings.json"), b"{\"mode\": ").unwrap();
    let output = run_in(&place.0, &["list", "--text", "tysd"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stderr(&output).contains("settings.json"), "{}", stderr(&output));
    assert_eq!(fs::read(folder.join("settings.json")).unwrap(), b"{\"mode\": ");
    fs::write(folder.join("settings.json"), b"{\"language\": \"en\", \"future\": 1}").unwrap();
    let output = run_in(&place.0, &["list", "--text", "tysd"]);
    assert!(stdout(&output).lines().next().unwrap().is_ascii(), "the language is kept");
}

/// What a plan calls its projects is never run by a spreadsheet, and that is told.
#[test]
fn names_that_begin_like_formulas_stay_words() {
    let place = Place::new();
    let plan = "云溪市综合交通发展规划\n第一章 总则\n第一节 目标\n到2030年，建成“一环六射”路网。\n\
                第二章 重点任务\n（一）完善路网\n专栏一：重点道路项目\n\
                1.=HYPERLINK(\"http://127.0.0.1/x\",\"大桥工程\")。总投资不超过8亿元，桥长2公里至3公里。\n\
                2.+SUM(1,2)快速路。计划投资9000万元，全长12.5公里。\n3.普通大道。投资1亿元，长5公里。\n";
    let file = place.file("formulas.txt", plan.as_bytes());
    let output = run(&["list", "--plan", &file, "--format", "csv"]);
    assert!(output.status.success());
    let text = output.stdout.strip_prefix(b"\xEF\xBB\xBF").unwrap();
    let mut reader = csv::Reader::from_reader(text);
    let mut kept = 0;
    for cell in reader
        .records()
        .map(Result::unwrap)
        .flat_map(|row| row.iter().map(str::to_owned).collect::<Vec<_>>())
    {
        kept += usize::from(cell.starts_with("'=") || cell.starts_with("'+"));
        assert!(!cell.starts_with(['=', '+', '@', '\t', '\r']), "{cell}");
        assert!(!cell.starts_with('-') || cell.parse::<f64>().is_ok(), "{cell}");
    }
    assert!(kept >= 2, "{kept}");
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains(&kept.to_string()), "{told}");
}

#[test]
fn a_list_goes_into_files_with_exactly_its_rows() {
    use calamine::{Data, Reader, open_workbook_auto};
    let folder = Place::new();
    let rows = json(&["list", "--kind", "railway", "--format", "json"]).as_array().unwrap().len();
    assert!(rows > 3);
    for format in ["gpkg", "xlsx", "kml"] {
        let file = folder.path(&format!("铁路.{format}"));
        let list = ["list", "--kind", "railway", "--format", format, "-o", &file];
        let output = run(&list);
        assert_eq!(output.status.code(), Some(0), "{format}: {}", stderr(&output));
        // Another file of that name is never replaced unasked.
        assert_eq!(run(&list).status.code(), Some(2), "{format}");
    }
    let info = json(&["info", &folder.path("铁路.gpkg"), "--format", "json"]);
    let layer = &info[0]["layers"][0];
    assert_eq!((at(layer, "features"), layer["crs"].as_str()), (rows, Some("EPSG:4326")));
    // The workbook is told by another reader: a head under title, filter and totals.
    let mut book = open_workbook_auto(folder.path("铁路.xlsx")).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    assert_eq!(sheet.height(), rows + 4);
    assert!(sheet.get_value((1, 0)).unwrap().to_string().contains("铁路"));
    let is_number = |row: usize| {
        let row = u32::try_from(row).unwrap();
        matches!(sheet.get_value((row, 8)), Some(Data::Float(_)))
    };
    assert!((4..sheet.height()).any(is_number));
    let output = run(&["list", "--format", "xlsx"]);
    assert!(output.status.code() == Some(2) && stderr(&output).contains("-o"));
}

#[test]
fn files_of_features_go_from_format_to_format() {
    let folder = Place::new();
    let table = "名称,经度,纬度,代码\n甲,112.5492,37.8706,014\n乙,112.6,37.9,1E5\n";
    let csv = folder.file("a.csv", table.as_bytes());
    let shp = folder.path("b.shp");
    let done = run(&["convert", &csv, &shp, "--to-crs", "EPSG:4526", "--where", "代码 = 014"]);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    let back = folder.path("c.geojson");
    assert_eq!(run(&["convert", &shp, &back]).status.code(), Some(0));
    let json: Value = serde_json::from_slice(&fs::read(&back).unwrap()).unwrap();
    let feature = &json["features"][0];
    assert_eq!(json["features"].as_array().unwrap().len(), 1);
    assert_eq!(feature["properties"]["代码"], "014");
    let place: Vec<f64> =
        serde_json::from_value(feature["geometry"]["coordinates"].clone()).unwrap();
    assert!((place[0] - 112.5492).abs() < 1e-8 && (place[1] - 37.8706).abs() < 1e-8, "{place:?}");
    // What cannot be done is told, and nothing changes.
    for (args, code) in [
        (vec!["convert", &csv, &back], 2),
        (vec!["convert", &csv, "nowhere.xyz"], 2),
        (vec!["convert", &csv, &shp, "--overwrite", "--where", "高度 > 1"], 2),
        (vec!["convert", "none.gpkg", &folder.path("d.csv")], 1),
        (vec!["info", "none.gpkg"], 1),
    ] {
        let output = run(&args);
        assert_eq!(output.status.code(), Some(code), "{args:?}: {}", stderr(&output));
    }
}

//! Files that the command line is to write: looked at before anything is read, told in sentences.

use std::fs;

use crate::{
    cli::{Place, run, run_in, stderr},
    temp_folder::TempFolder,
    tile_server::{Answer, Server},
};

const TABLE: &str = "名称,经度,纬度,n\n甲,112.5,37.8,1\n乙,112.6,37.9,\n";

fn refused(args: &[&str], code: i32, words: &str) {
    let output = run(args);
    let told = stderr(&output);
    assert_eq!(output.status.code(), Some(code), "{args:?}: {told}");
    assert!(told.contains(words) && told.lines().count() == 1, "{args:?}: {told}");
}

#[test]
fn a_list_is_of_the_format_that_its_name_says() {
    let folder = TempFolder::new("cli-endings");
    let path = |name: &str| folder.path().join(name).display().to_string();
    for (name, begins) in [
        ("a.xlsx", b"PK\x03\x04".as_slice()),
        ("a.json", b"["),
        ("a.geojson", b"{"),
        ("a.csv", b"\xEF\xBB\xBF"),
        ("A.GPKG", b"SQLite format 3"),
        ("a.kml", b"<?xml"),
    ] {
        let output = run(&["list", "-o", &path(name)]);
        assert_eq!(output.status.code(), Some(0), "{name}: {}", stderr(&output));
        assert!(output.stdout.is_empty());
        assert!(fs::read(folder.path().join(name)).unwrap().starts_with(begins), "{name}");
    }
    let name = path("a.txt");
    assert_eq!(run(&["list", "-o", &name]).status.code(), Some(0));
    assert_eq!(fs::read(&name).unwrap(), run(&["list"]).stdout);
    refused(&["list", "-o", &path("a.abc")], 2, ".xlsx");
    refused(&["list", "-o", &path("b.csv"), "--format", "xlsx"], 2, ".xlsx");
    refused(&["list", "-o", &path("b.xlsx"), "--format", "table"], 2, ".txt");
    refused(&["show", "B1-02", "--format", "xlsx"], 2, "geojson");
    let left = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 7, "nothing of what was refused");
}

#[test]
fn a_place_that_cannot_be_written_is_told_before_anything_is_read() {
    let folder = TempFolder::new("cli-places");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let there = path("a.csv");
    fs::write(&there, TABLE).unwrap();
    fs::create_dir(folder.path().join("folder.shp")).unwrap();
    // What would be read is not there: the place is looked at first.
    let nothing = path("none.csv");
    for (name, code, words) in [
        ("a.csv", 2, "已有同名文件"),
        ("b.xyz", 2, "不是可写的格式"),
        ("none/b.shp", 1, "文件夹不存在"),
        ("a.csv/b.shp", 1, "不是文件夹"),
        ("folder.shp", 2, "设备或文件夹"),
        ("CON.geojson", 2, "CON"),
        ("com1.shp", 2, "Windows"),
        ("nul.kml", 2, "Windows"),
    ] {
        // Where the system says otherwise first is its own affair.
        if cfg!(windows) && name.contains('/') {
            continue;
        }
        refused(&["convert", &nothing, &path(name)], code, words);
    }
    refused(&["convert", &there, &there, "--overwrite"], 2, "正在读的文件");
    refused(&["list", "-o", &path("aux.csv")], 2, "Windows");
    refused(&["render", "-o", &path("LPT1.png")], 2, "Windows");
    assert_eq!(fs::read_to_string(&there).unwrap(), TABLE);
}

#[test]
fn wrong_arguments_are_told_with_the_right_advice() {
    let folder = TempFolder::new("cli-advice");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let table = path("a.csv");
    fs::write(&table, TABLE).unwrap();
    for option in ["--to-crs", "--crs"] {
        refused(&["convert", &table, &path("b.shp"), option, "foo"], 2, "EPSG:");
    }
    // GeoPackage holds many systems: this one has no name that others know.
    refused(
        &["convert", &table, &path("b.gpkg"), "--to-crs", "gcj02"],
        2,
        "没有其他程序认得的定义",
    );
    refused(&["convert", &table, &path("b.kml"), "--to-crs", "gcj02"], 2, "只用 WGS-84");
    refused(&["convert", &table, &path("b.csv"), "--where", "n > null"], 2, "is null");
    let package = path("b.gpkg");
    assert_eq!(run(&["convert", &table, &package]).status.code(), Some(0));
    refused(&["convert", &package, &path("c.shp"), "--layer", "Two"], 2, "有：a");
    let book = path("b.xlsx");
    assert_eq!(run(&["convert", &table, &book]).status.code(), Some(0));
    refused(&["convert", &book, &path("c.shp"), "--layer", "Two"], 2, "有：a");
    let info = run(&["info", &package, "--layer", "Two"]);
    assert_eq!(info.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&info.stdout).contains("有：a"));
    // Only tables are joined, whatever else can be read.
    let shapes = path("b.geojson");
    assert_eq!(run(&["convert", &table, &shapes]).status.code(), Some(0));
    refused(&["convert", &table, &path("c.shp"), "--join", &shapes], 2, "--join 只连接表格");
    let address = run(&["info", "https://example.org/a.geojson"]);
    assert!(String::from_utf8_lossy(&address.stdout).contains("这是网址"));
    refused(&["list", "--county"], 2, "<县区>");
    let points = path("c.txt");
    refused(&["convert", &table, &points], 2, "没有面");
    assert!(!folder.path().join("c.txt").exists());
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_a_circle_are_told_in_words() {
    let folder = TempFolder::new("cli-circle");
    let (one, other) = (folder.path().join("one.csv"), folder.path().join("other.csv"));
    std::os::unix::fs::symlink(&one, &other).unwrap();
    std::os::unix::fs::symlink(&other, &one).unwrap();
    let output = run(&["info", &one.display().to_string()]);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1));
    assert!(told.contains("绕成了圈") && !told.contains("系统错误"), "{told}");
}

/// A disk with room for a few kilobytes, as far as one program knows.
#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_full_is_told_whoever_writes() {
    let folder = TempFolder::new("cli-full");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let rows = |columns: usize, count: usize| {
        let mut text = String::from("经度,纬度");
        (0..columns).for_each(|i| text += &[",c", &i.to_string()].concat());
        for row in 0..count {
            text += &["\n112.", &row.to_string(), ",37.8"].concat();
            (0..columns).for_each(|i| text += &[",", &i.to_string()].concat());
        }
        text
    };
    let (long, wide) = (path("long.csv"), path("wide.csv"));
    fs::write(&long, rows(3, 20_000)).unwrap();
    // More cells than are kept in memory: the library writes a file in between.
    fs::write(&wide, rows(2_000, 1_001)).unwrap();
    let program = env!("CARGO_BIN_EXE_jintu");
    for (from, ending) in [(&long, "fgb"), (&long, "shp"), (&long, "kml"), (&wide, "xlsx")] {
        let script = "trap '' XFSZ; ulimit -f 64; exec \"$0\" --lang zh convert \"$1\" \"$2\"";
        let to = path(&format!("b.{ending}"));
        let done = std::process::Command::new("sh")
            .args(["-c", script, program, from.as_str(), &to])
            .output()
            .unwrap();
        let told = stderr(&done);
        assert_eq!(done.status.code(), Some(1), "{ending}: {told}");
        assert!(told.contains("没有保存") && told.lines().count() == 1, "{ending}: {told}");
        assert!(!std::path::Path::new(&to).exists(), "{ending}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is left behind");
}

#[test]
fn a_server_that_is_gone_is_not_waited_for_tile_by_tile() {
    let folder = TempFolder::new("cli-silent");
    let server = Server::start(|_| Answer::Reset);
    let basemap = server.url("/{z}/{x}/{y}.png");
    let to = folder.path().join("a.png").display().to_string();
    let output = run(&["render", "-o", &to, "--size", "1600x1000", "--basemap", &basemap]);
    let told = stderr(&output);
    assert_eq!(output.status.code(), Some(0), "{told}");
    let number: String = told.chars().filter(char::is_ascii_digit).collect();
    assert!(number.parse::<usize>().unwrap() > 10, "all that are missing are counted: {told}");
    // Two tiles were asked for; a connection that breaks may be tried once more.
    let asked = server.requests().len();
    assert!((1..=4).contains(&asked), "{asked}");
}

/// Each of several tables by its own key, and of a workbook the sheet that is named.
#[test]
fn several_tables_are_joined_one_after_the_other() {
    let folder = TempFolder::new("cli-joins");
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("a.csv"), TABLE).unwrap();
    fs::write(path("b.csv"), "名,村\n甲,东村\n乙,西村\n").unwrap();
    fs::write(path("c.csv"), "村,人口\n东村,120\n西村,80\n").unwrap();
    let (layer, to) = (path("a.csv"), path("to.geojson"));
    let (first, second) = (path("b.csv"), path("c.csv"));
    let asked =
        ["convert", &layer, &to, "--join", &first, "--join", &second, "--join-key", "名称=名"];
    let output = run(&asked);
    let told = stderr(&output);
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(told.contains("名称 = 名") && told.contains("村 = 村"), "{told}");
    let made = fs::read_to_string(&to).unwrap();
    let made: serde_json::Value = serde_json::from_str(&made).unwrap();
    let people = |i: usize| made["features"][i]["properties"]["人口"].as_i64();
    assert_eq!((people(0), people(1)), (Some(120), Some(80)));
    // The wrong order, and more keys than tables.
    let to = path("no.geojson");
    let asked =
        ["convert", &layer, &to, "--join", &second, "--join", &first, "--join-key", "名称=村"];
    assert_eq!(run(&asked).status.code(), Some(0), "nothing meets, and that is told");
    let asked =
        ["convert", &layer, &to, "--join", &first, "--join-key", "a=b", "--join-key", "c=d"];
    refused(&asked, 2, "--join-key 给了 2 次");
    refused(
        &["convert", &layer, &path("b.shp"), "--join", &layer, "--join-key", "x=y"],
        2,
        "图层有",
    );
}

/// The second table is joined by the layer's own fields, and where two keys may be meant none is taken.
#[test]
fn a_key_is_sought_among_the_fields_of_the_file_and_asked_for_where_it_is_unclear() {
    let folder = TempFolder::new("cli-join-keys");
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("a.csv"), TABLE).unwrap();
    fs::write(path("b.csv"), "名称,人口\n甲,1\n乙,2\n").unwrap();
    fs::write(path("c.csv"), "村,人口\n甲,2\n乙,1\n").unwrap();
    let (layer, to) = (path("a.csv"), path("to.geojson"));
    let (first, second) = (path("b.csv"), path("c.csv"));
    let output = run(&["convert", &layer, &to, "--join", &first, "--join", &second]);
    let told = stderr(&output);
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(told.contains("名称 = 村") && !told.contains("人口 = 人口"), "{told}");
    fs::write(path("d.csv"), "旧,新,经度,纬度\na1,b2,112.5,37.8\na2,b1,112.6,37.9\n").unwrap();
    fs::write(path("e.csv"), "原,现\na1,b1\na2,b2\n").unwrap();
    let (layer, table) = (path("d.csv"), path("e.csv"));
    refused(&["convert", &layer, &path("no.shp"), "--join", &table], 2, "旧=原, 新=现");
}

/// A picture joins as the window remembers, or as it is told; a table that belongs to nothing is no
/// table.
#[test]
fn pictures_join_as_the_window_remembers_or_as_they_are_told() {
    let place = Place::new();
    let layer = place.file("a.csv", TABLE.as_bytes());
    let table = place.file("b.csv", "名,类\n甲,水厂\n乙,泵站\n".as_bytes());
    let style = place.file("style.json", r#"{"rule":{"kind":"category","field":"类"}}"#.as_bytes());
    let to = place.path("a.svg");
    let render = |more: &[&str]| {
        let mut args = vec!["render", "-o", &to, "--bbox", "112.4,37.7,112.7,38", &layer];
        args.extend(["--layer-style", &style]);
        args.extend(more);
        let output = run_in(&place.0, &args);
        (output.status.code(), stderr(&output).to_owned(), fs::read_to_string(&to))
    };
    let (code, told, svg) = render(&[]);
    assert_eq!(code, Some(0), "{told}");
    assert!(!svg.unwrap().contains("水厂"));
    let (code, told, svg) = render(&["--join", &table]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("名称 = 名"), "{told}");
    let svg = svg.unwrap();
    assert!(svg.contains("水厂") && svg.contains("泵站"), "the legend has the classes");
    // As the window remembers it.
    let folder = place.0.join("config/jintu");
    fs::create_dir_all(&folder).unwrap();
    let kept = serde_json::json!({ "layer_joins": [
        { "path": layer, "layer": "a", "table": table, "field": "名称", "column": "名" }
    ]});
    fs::write(folder.join("settings.json"), kept.to_string()).unwrap();
    let (code, told, svg) = render(&[]);
    assert_eq!(code, Some(0), "{told}");
    assert!(svg.unwrap().contains("泵站"));
    // A table that belongs to no layer.
    let other = place.file("c.csv", b"x,y\nq,w\n");
    let (code, told, _) = render(&["--join", &other]);
    assert_eq!(code, Some(2), "{told}");
    assert!(told.contains("--join-key"), "{told}");
    // What is remembered and gone is told; the picture is there all the same.
    fs::remove_file(&table).unwrap();
    let (code, told, _) = render(&[]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("没有为图层“a”连接表格"), "{told}");
}

/// A number that is not known is answered with numbers that are.
#[test]
fn an_unknown_number_of_a_system_is_answered_with_known_ones() {
    let ask = |code: &str| {
        let output = run(&["coords", "112.5,37.8", "--from", code, "--to", "wgs84"]);
        assert_eq!(output.status.code(), Some(2));
        stderr(&output).to_owned()
    };
    let told = ask("EPSG:99999");
    assert!(told.contains("99999") && told.contains("4490") && told.contains("4534"), "{told}");
    assert!(!told.contains("相近"), "nothing is like it: {told}");
    let told = ask("epsg:5447");
    assert!(told.contains("EPSG:4547 = CGCS2000"), "{told}");
    assert!(ask("something").contains("gk3:"));
}

#[test]
fn a_style_with_a_slip_is_refused_and_a_layer_that_is_not_there_is_told() {
    let place = Place::new();
    let layer = place.file("a.csv", TABLE.as_bytes());
    let to = place.path("a.svg");
    let render = |style: &str| {
        let style = place.file("style.json", style.as_bytes());
        let args = ["render", "-o", &to, "--bbox", "112.4,37.7,112.7,38", &layer];
        let output = run_in(&place.0, &[&args[..], &["--layer-style", &style]].concat());
        (output.status.code(), stderr(&output).to_owned())
    };
    for (style, told) in [
        (r#"{"rule":{"kind":"categories","field":"名称"}}"#, "categories"),
        (r#"{"rule":{"kind":"category","field":"名称","classes":3}}"#, "rule.classes"),
        (r#"{"rule":{"kind":"graduated","field":"名称","method":"jenkz"}}"#, "jenkz"),
        (r##"{"symbol":{"colour":"#ff0000"}}"##, "symbol.colour"),
        (r#"{"symbol":{"marker":"star"}}"#, "star"),
        (r#"{"label":{"on":true}}"#, "labels"),
        (r#"{"layers":{"a":{"labels":{"size":12}}}}"#, "layers.a.labels.size"),
        (r#"{"layers":{},"opacity":0.5}"#, "opacity"),
    ] {
        let (code, said) = render(style);
        assert_eq!(code, Some(2), "{style}: {said}");
        assert!(said.contains(told), "{style}: {said}");
    }
    let (code, said) = render(r##"{"layers":{"b":{"symbol":{"color":"#ff0000"}},"a":{}}}"##);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("“b”") && !said.contains("“a”"), "{said}");
}

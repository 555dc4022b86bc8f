//! What workbooks refuse on the command line, and what they say then.

use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::cli::{Place, run, stderr};

fn out(args: &[&str]) -> String {
    let output = run(args);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", stderr(&output));
    String::from_utf8(output.stdout).unwrap()
}

fn refused(args: &[&str], code: i32) -> String {
    let output = run(args);
    assert_eq!(output.status.code(), Some(code), "{args:?}: {}", stderr(&output));
    stderr(&output).to_owned()
}

fn plan() -> String {
    format!("{}/seeds/plan.txt", env!("CARGO_MANIFEST_DIR"))
}

fn book(place: &Place) -> String {
    let book = place.path("a.jintu");
    out(&["new", &book, "--plan", &plan()]);
    book
}

fn set(book: &str, assignment: &str) -> String {
    refused(&["set", book, "B1-02", assignment, "--source", "来函"], 2)
}

fn names(place: &Place) -> Vec<String> {
    let all = std::fs::read_dir(place.path("")).unwrap();
    let mut names: Vec<String> =
        all.map(|own| own.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn what_holds_no_text_makes_no_workbook() {
    let place = Place::new();
    let book = book(&place);
    let mut x = 7_u32;
    let random: Vec<u8> = (0..4096)
        .map(|_| {
            x = x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            x.to_be_bytes()[0]
        })
        .collect();
    let wrong: [(&str, &[u8]); 3] =
        [("random.txt", &random), ("empty.txt", b""), ("blank.txt", b" \n")];
    let mut files: Vec<String> = wrong
        .iter()
        .map(|(name, bytes)| {
            std::fs::write(place.path(name), bytes).unwrap();
            place.path(name)
        })
        .collect();
    files.push(book);
    let before = names(&place);
    for file in files {
        let told = refused(&["new", &place.path("b.jintu"), "--plan", &file], 1);
        assert!(told.contains("不是规划"), "{file}: {told}");
    }
    assert_eq!(names(&place), before, "nothing is left behind");
    // Words without a project make a workbook, and that nothing was found is said.
    std::fs::write(place.path("words.txt"), "某市通知\n明天下午三点开会。\n").unwrap();
    let made = run(&["new", &place.path("c.jintu"), "--plan", &place.path("words.txt")]);
    assert_eq!(made.status.code(), Some(0));
    assert!(stderr(&made).contains("没有认出任何项目"), "{}", stderr(&made));
}

#[test]
fn an_unknown_city_is_refused_with_codes_near_it() {
    let place = Place::new();
    let new = |code: &str| {
        refused(&["new", &place.path("b.jintu"), "--plan", &plan(), "--city", code], 2)
    };
    assert!(new("999999").contains("没有这个代码"));
    // 140110 is 晋源区, 140100 the city above it.
    let told = new("140111");
    assert!(told.contains("140110 晋源区") && told.contains("140100 太原市"), "{told}");
    assert_eq!(names(&place), [] as [String; 0]);
    out(&["new", &place.path("c.jintu"), "--plan", &plan(), "--city", "330500"]);
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_refused_at_once() {
    let place = Place::new();
    let pipe = place.path("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let start = Instant::now();
    for file in [pipe.as_str(), "/dev/zero"] {
        let new = ["new", &place.path("b.jintu"), "--plan", file];
        for args in [&["list", "--plan", file][..], &["list", "--book", file], &new] {
            let told = refused(args, 1);
            assert!(told.contains("管道或设备"), "{args:?}: {told}");
        }
        refused(&["set", file, "B1-02", "note=x", "--source", "x"], 1);
    }
    assert!(start.elapsed() < Duration::from_mins(1));
}

/// Without anybody catching the signal for it, as a shell would.
#[cfg(unix)]
#[test]
fn a_file_that_may_not_grow_is_an_error_and_leaves_nothing() {
    let place = Place::new();
    let book = book(&place);
    let limited = |blocks: u64, args: &[&str]| {
        let program = env!("CARGO_BIN_EXE_jintu");
        let words: Vec<String> = args.iter().map(|arg| format!("'{arg}'")).collect();
        let command = format!("ulimit -f {blocks}; exec '{program}' {}", words.join(" "));
        Command::new("sh").args(["-c", &command]).stderr(Stdio::piped()).output().unwrap()
    };
    let before = names(&place);
    let other = place.path("b.jintu");
    let picture = place.path("b.csv");
    let new = ["new", &other, "--plan", &plan()];
    let list = ["list", "-o", &picture];
    let set = ["set", &book, "B1-02", "note=满", "--source", "x"];
    for (args, blocks) in [(&new[..], 64), (&list, 1), (&set, 1), (&set, 8)] {
        let output = limited(blocks, args);
        assert_eq!(output.status.code(), Some(1), "{args:?}: {output:?}");
        assert!(!output.stderr.is_empty(), "{args:?}");
        assert_eq!(names(&place), before, "{args:?}");
    }
    let about: Value = serde_json::from_str(&out(&["info", &book, "--format", "json"])).unwrap();
    assert_eq!((&about["integrity"], &about["log_entries"]), (&json!("ok"), &json!(1)));
}

#[test]
fn a_workbook_that_cannot_be_written_says_why() {
    let place = Place::new();
    let new = |path: &str| refused(&["new", path, "--plan", &plan()], 1);
    assert!(new(&place.path("keiner/b.jintu")).contains("文件夹不存在"));
    std::fs::write(place.path("datei"), "x").unwrap();
    let told = new(&place.path("datei/b.jintu"));
    assert!(told.contains("是文件而不是文件夹"), "{told}");
    // Even an administrator makes no file there.
    if cfg!(target_os = "linux") && std::path::Path::new("/sys/kernel").exists() {
        let told = new("/sys/kernel/b.jintu");
        assert!(told.contains("不允许写入") || told.contains("只读"), "{told}");
    }
}

#[test]
fn commands_at_once_are_all_done() {
    let place = Place::new();
    let (book, plan) = (place.path("a.jintu"), place.path("plan.txt"));
    std::fs::write(&plan, crate::book_file::PLAN).unwrap();
    out(&["new", &book, "--plan", &plan]);
    let program = env!("CARGO_BIN_EXE_jintu");
    let children: Vec<_> = (0..3)
        .map(|n| {
            let note = format!("note=第{n}次");
            Command::new(program)
                .args(["set", &book, &format!("B1-0{}", n + 1), &note, "--source", "x"])
                .env_remove("DISPLAY")
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(out(&["log", &book]).lines().count(), 4);
}

#[test]
fn a_period_is_when_or_how_long() {
    let place = Place::new();
    let book = book(&place);
    for wrong in ["很久", "2026—2024", "99", "20240-2025", "2024年13月", "x2024"] {
        let told = set(&book, &format!("period={wrong}"));
        assert!(told.contains("2024—2026") && told.contains("18个月"), "{wrong}: {told}");
    }
    let good = [
        "2024—2026",
        "2024-2026年",
        "2024年—2026年",
        "2025年6月—2027年底",
        "2024.3-2026.12",
        "2026",
        "2026年",
        "2026年起",
        "3年",
        "18 个月",
        "2025/3~2026/1",
        "2024—",
        "",
    ];
    for period in good {
        out(&["set", &book, "B1-02", &format!("period={period}"), "--source", "x"]);
    }
}

#[test]
fn names_are_lines_that_are_seen_whole() {
    let place = Place::new();
    let book = book(&place);
    for wrong in ["甲\n乙", "a\u{202e}fdp.exe", "甲\u{7}", "\u{feff}甲", &"长".repeat(501)] {
        for field in ["name", "short_name", "organisations"] {
            let told = set(&book, &format!("{field}={wrong}"));
            assert!(told.contains("一行文字"), "{told}");
            assert!(!told.contains(['\u{202e}', '\u{7}', '\u{feff}']), "{told:?}");
            assert!(told.lines().count() == 1 && told.chars().count() < 250, "{told}");
        }
    }
    assert!(set(&book, "note=甲\u{202e}乙").contains("U+202E"));
    // A note has lines.
    out(&["set", &book, "B1-02", "note=一\n二", "--source", "x"]);
    let source = ["set", &book, "B1-02", "note=x", "--source", "甲\u{202e}"];
    assert!(refused(&source, 2).contains("U+202E"));
    // Whatever is huge or unseen is not said back as it is.
    let huge = "x".repeat(50_000);
    for args in [
        ["set", &book, &huge, "note=x", "--source", "x"],
        ["set", &book, "B1-02", &format!("{huge}=x"), "--source", "x"],
        ["set", &book, "B1-02", &format!("kind={huge}\u{1b}[2J"), "--source", "x"],
    ] {
        let told = refused(&args, 2);
        assert!(told.chars().count() < 700 && !told.contains('\u{1b}'), "{}", told.len());
    }
}

#[test]
fn the_log_tells_money_with_its_unit() {
    let place = Place::new();
    let book = book(&place);
    out(&["set", &book, "B1-02", "investment_yi=1000", "--source", "x"]);
    out(&["set", &book, "B1-02", "stated_length_km=12.5", "--source", "x"]);
    let log = out(&["log", &book]);
    assert!(log.contains("1000 亿元") && log.contains("12.5 公里"), "{log}");
    assert!(!log.contains("1000.0"));
    let log = out(&["--lang", "en", "log", &book]);
    assert!(log.contains("1000 × 10⁸ yuan") && log.contains("12.5 km"), "{log}");
}

#[test]
fn a_refusal_lists_kinds_in_the_language_that_is_asked_for() {
    let place = Place::new();
    let book = book(&place);
    let set = |assignment| {
        refused(&["--lang", "en", "set", &book, "B1-02", assignment, "--source", "x"], 2)
    };
    for assignment in ["kind=ship", "regions=moon", "status=maybe"] {
        let told = set(assignment);
        assert!(!told.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}')), "{told}");
    }
    assert!(set("kind=ship").contains("railway (Railway"), "{}", set("kind=ship"));
}

#[test]
fn setting_the_same_again_is_told_and_logs_nothing() {
    let place = Place::new();
    let book = book(&place);
    let entries = || out(&["log", &book]).lines().count();
    let show: Value =
        serde_json::from_str(&out(&["show", "B1-02", "--book", &book, "--format", "json"]))
            .unwrap();
    let kind = format!("kind={}", show["kind_key"].as_str().unwrap());
    let status = format!("status={}", show["status"].as_str().unwrap());
    for assignment in [kind, status] {
        let output = run(&["set", &book, "B1-02", &assignment, "--source", "x"]);
        assert_eq!(output.status.code(), Some(0), "{assignment}");
        assert!(stderr(&output).contains("没有改动"), "{assignment}: {}", stderr(&output));
    }
    assert_eq!(entries(), 1);
    for _ in 0..2 {
        run(&["set", &book, "B1-02", "investment_yi=12", "--source", "x"]);
    }
    assert_eq!(entries(), 2);
}

#[test]
fn a_lock_of_another_machine_is_taken_over_and_told() {
    let place = Place::new();
    let book = book(&place);
    let lock = place.path(".~lock.a.jintu#");
    let words =
        r#"{"host":"buero-7","user":"李","process":4711,"since":"2026-11-20T09:00:00+08:00"}"#;
    std::fs::write(&lock, words).unwrap();
    let output = run(&["set", &book, "B1-02", "note=x", "--source", "x"]);
    assert_eq!(output.status.code(), Some(0));
    let told = stderr(&output);
    for word in ["李", "buero-7", "4711", "2026-11-20T09:00:00+08:00"] {
        assert!(told.contains(word), "{told}");
    }
    assert!(!std::path::Path::new(&lock).exists());
}

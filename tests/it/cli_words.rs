//! Help and errors of the command line in the language that is asked for.

use std::process::{Command, Output};

use crate::{cli::Place, temp_folder::TempFolder};

fn run(args: &[&str], lang: &str) -> Output {
    let home = TempFolder::new("cli-words");
    Command::new(env!("CARGO_BIN_EXE_jintu"))
        .args(args)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env("HOME", home.path())
        .env("XDG_CONFIG_HOME", home.path().join("config"))
        .env("LANG", lang)
        .env("LC_ALL", lang)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
        + &String::from_utf8(output.stderr.clone()).unwrap()
}

const fn is_hanzi(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

/// Two English words side by side, where no option, value, name or path is told.
pub fn english(line: &str) -> Option<String> {
    /// Names, values and what is typed.
    const KNOWN: [&str; 14] = [
        "jintu",
        "list",
        "show",
        "tasks",
        "regions",
        "check",
        "render",
        "coords",
        "completions",
        "lang",
        "zh",
        "en",
        "man",
        "csv",
    ];
    let words: Vec<&str> = line.split(' ').collect();
    let is_plain = |word: &&str| {
        word.len() > 1
            && word.chars().all(|c| c.is_ascii_alphabetic() || c == '\'')
            && word.chars().any(|c| c.is_ascii_lowercase())
            && word.chars().skip(1).all(|c| c.is_ascii_lowercase())
            && !KNOWN.contains(word)
    };
    words.windows(2).find(|pair| pair.iter().all(is_plain)).map(|pair| pair.join(" "))
}

const COMMANDS: [&str; 12] = [
    "list",
    "show",
    "tasks",
    "regions",
    "counts",
    "find",
    "info",
    "convert",
    "check",
    "render",
    "coords",
    "completions",
];

#[test]
fn the_finder_of_english_finds_it() {
    assert_eq!(english("  -h, --help  Print help").as_deref(), Some("Print help"));
    assert_eq!(english("  --text <TEXT>  词语、拼音或拼音首字母"), None);
    assert_eq!(english("用法：jintu list [OPTIONS]"), None);
}

#[test]
fn help_is_chinese_or_english_throughout() {
    let mut calls: Vec<Vec<&str>> = COMMANDS.iter().map(|sub| vec![*sub, "--help"]).collect();
    calls.push(vec!["--help"]);
    calls.push(vec!["-h"]);
    for call in calls {
        let zh = run(&[&call[..], &["--lang", "zh"]].concat(), "en_US.UTF-8");
        assert_eq!(zh.status.code(), Some(0), "{call:?}");
        let text = said(&zh);
        for line in text.lines() {
            assert_eq!(english(line), None, "{call:?}: {line}");
        }
        assert!(!text.contains("[OPTIONS]") && !text.contains("[FILE]"), "{call:?}: {text}");
        for words in ["用法：jintu", "选项:", "显示帮助"] {
            assert!(text.contains(words), "{call:?} lacks {words}: {text}");
        }
        // Each row of an option says something in Chinese.
        let rows = text.lines().filter(|line| line.trim_start().starts_with("--"));
        for row in rows {
            let (_, help) = row.trim_start().split_once("  ").unwrap_or((row, ""));
            assert!(help.trim().is_empty() || help.chars().any(is_hanzi), "{call:?}: {row}");
        }
        let en = said(&run(&[&call[..], &["--lang=en"]].concat(), "zh_CN.UTF-8"));
        assert!(en.contains("Usage: ") && en.contains("Options:"), "{call:?}: {en}");
        let allowed = ["京津冀", "铁路", "审图号", "太绥"];
        let rest = allowed.iter().fold(en.clone(), |text, word| text.replace(word, ""));
        assert!(!rest.chars().any(is_hanzi), "{call:?}: {rest}");
    }
}

#[test]
fn the_systems_language_decides_where_no_other_is_asked_for() {
    assert!(said(&run(&["--help"], "zh_CN.UTF-8")).contains("用法："));
    assert!(said(&run(&["--help"], "en_GB.UTF-8")).contains("Usage: "));
    assert!(said(&run(&["list", "--county", "x"], "en_GB.UTF-8")).contains("not known"));
}

#[test]
fn errors_keep_to_one_language() {
    let place = Place::new();
    let missing = place.path("没有.txt");
    let nowhere = place.path("没有/图.png");
    let calls: [&[&str]; 22] = [
        &["--nonsense"],
        &["list", "--nonsense"],
        &["list", "--format", "xml"],
        &["list", "--format"],
        &["list", "--county", "亚特兰蒂斯"],
        &["list", "--region", "x"],
        &["list", "--kind", "x"],
        &["list", "--task", "9.9"],
        &["list", "--accuracy", "x"],
        &["list", "--min-investment", "viel"],
        &["list", "--min-investment", "5", "--max-investment", "1"],
        &["list", "--min-investment", "inf"],
        &["list", "--bbox", "1,2"],
        &["list", "--near", "x"],
        &["list", "--along", "B9-99,2"],
        &["show", "X9"],
        &["show"],
        &["render"],
        &["render", "--landscape", "--portrait", "-o", "x.png"],
        &["coords", "112,37", "--from", "wgs84", "--to", "mars"],
        &["coords", "999,37", "--from", "wgs84", "--to", "gcj02"],
        &["--lang", "fr"],
    ];
    for call in calls {
        let whole = [call, &["--lang", "zh"]].concat();
        let call_zh: &[&str] = if call.contains(&"--lang") { call } else { &whole };
        let output = run(call_zh, "zh_CN.UTF-8");
        assert_eq!(output.status.code(), Some(2), "{call:?}: {}", said(&output));
        let text = said(&output);
        assert!(text.chars().any(is_hanzi), "{call:?}: {text}");
        assert_eq!(english(&text), None, "{call:?}: {text}");
        assert_eq!(text.trim_end().lines().count(), 1, "{call:?}: {text}");
        if call.contains(&"亚特兰蒂斯") || call.contains(&"--lang") {
            continue;
        }
        let text = said(&run(&[call, &["--lang", "en"]].concat(), "zh_CN.UTF-8"));
        assert!(!text.chars().any(is_hanzi), "{call:?}: {text}");
    }
    // What the system says is told in words, too.
    for call in [&["list", "--plan", &missing][..], &["render", "-o", &nowhere][..]] {
        let text = said(&run(&[call, &["--lang", "zh"]].concat(), "en_US.UTF-8"));
        assert!(!text.contains("os error") && text.chars().any(is_hanzi), "{text}");
        assert_eq!(english(&text), None, "{text}");
    }
}

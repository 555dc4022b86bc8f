//! The manual pages say what the help says, in both languages. Whether they can be set is tried where
//! there is a `man`: by the test of the packages.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use crate::{cli::run, cli_words::english, temp_folder::TempFolder};

fn help(command: Option<&str>, lang: &str) -> String {
    let mut args: Vec<&str> = command.into_iter().collect();
    args.extend(["--help", "--lang", lang]);
    let output = run(&args);
    assert_eq!(output.status.code(), Some(0), "{args:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The commands that the help of the program names.
fn commands() -> BTreeSet<String> {
    let help = help(None, "en");
    let (_, rows) = help.split_once("Commands:\n").unwrap();
    let rows = rows.lines().take_while(|row| row.starts_with("  "));
    rows.map(|row| row.split_whitespace().next().unwrap().to_owned()).collect()
}

/// The files below a folder, by their path in it.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (under, at) in [("man1", "man1"), ("zh_CN/man1", "zh_CN/man1")] {
        for entry in fs::read_dir(folder.join(at)).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{under}/{}", entry.file_name().into_string().unwrap());
            found.insert(name, fs::read_to_string(entry.path()).unwrap());
        }
    }
    found
}

fn written() -> BTreeMap<String, String> {
    let folder = TempFolder::new("manual");
    let output = run(&["man", folder.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    files(folder.path())
}

/// What a reader sees of a line: groff(7) names the escapes.
fn seen(line: &str) -> String {
    let marks = [("\\:", ""), ("\\&", ""), ("\\fB", ""), ("\\fI", ""), ("\\fR", ""), ("\\-", "-")];
    let signs = [("\\(aq", "'"), ("\\(dq", "\""), ("\\(ga", "`"), ("\\(ha", "^"), ("\\(ti", "~")];
    let all = marks.iter().chain(&signs);
    let seen = all.fold(line.to_owned(), |line, (from, to)| line.replace(from, to));
    seen.replace("\\e", "\\")
}

/// The tagged items of a page: what is typed, and what it does.
fn items(page: &str) -> Vec<(String, String)> {
    let lines: Vec<&str> = page.lines().collect();
    let tagged = lines.windows(3).filter(|three| three[0] == ".TP");
    tagged.map(|three| (seen(three[1]), seen(three[2]))).collect()
}

/// Words and nothing between them: help is set in columns.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The long options of what is told: a row of the help, or a tag of a page.
fn options(tags: impl Iterator<Item = String>) -> BTreeSet<String> {
    let starts_well = |tag: &String| tag.starts_with('-');
    let long = |tag: String| {
        let mut words = tag.split([' ', ',']).map(str::to_owned).collect::<Vec<_>>().into_iter();
        words.find(|word| word.starts_with("--"))
    };
    tags.filter(starts_well).filter_map(long).collect()
}

#[test]
fn there_is_a_page_of_each_command_in_both_languages() {
    let pages = written();
    let mut expected = BTreeSet::new();
    for folder in ["man1", "zh_CN/man1"] {
        expected.insert(format!("{folder}/jintu.1"));
        expected.extend(commands().iter().map(|name| format!("{folder}/jintu-{name}.1")));
    }
    assert!(expected.len() > 20, "{expected:?}");
    assert_eq!(pages.keys().cloned().collect::<BTreeSet<_>>(), expected);
}

#[test]
fn a_page_tells_the_options_of_the_help_and_no_others() {
    let pages = written();
    for (folder, lang) in [("man1", "en"), ("zh_CN/man1", "zh")] {
        let names = commands().into_iter().map(Some).chain([None]);
        for name in names {
            let help = help(name.as_deref(), lang);
            let file = name.map_or("jintu.1".to_owned(), |name| format!("jintu-{name}.1"));
            let page = &pages[&format!("{folder}/{file}")];
            let rows = help.lines().map(|row| row.trim_start().to_owned());
            let tags = items(page).into_iter().map(|(tag, _)| tag);
            assert_eq!(options(tags), options(rows), "{folder}/{file}");
            let help = squeezed(&help);
            let own = ["~/", "0", "1", "2", "jintu-"];
            for (tag, text) in items(page) {
                let is_of_help = !own.iter().any(|start| tag.starts_with(start));
                assert!(!text.is_empty(), "{folder}/{file}: {tag} says nothing");
                let told = !is_of_help || help.contains(&squeezed(&text));
                assert!(told, "{folder}/{file}: {tag}: {text} is not in {help}");
            }
        }
    }
}

#[test]
fn the_chinese_pages_are_chinese_and_name_the_commit() {
    let version = String::from_utf8(run(&["--version"]).stdout).unwrap();
    for (name, page) in written() {
        assert!(seen(&page).contains(version.trim()), "{name} does not name {version}");
        assert_eq!(page.lines().next(), Some("'\\\" -*- coding: UTF-8 -*-"), "{name}");
        if !name.starts_with("zh_CN") {
            assert!(seen(&page).contains("\n.SH \"EXIT STATUS\"\n"), "{name}");
            continue;
        }
        assert!(page.contains("\n.SH \"名称\"\n"), "{name}");
        for line in page.lines().map(seen).filter(|line| !line.starts_with('.')) {
            assert_eq!(english(&line), None, "{name}: {line}");
        }
    }
}

/// `whatis` shows the second line of a page as it is, escapes too, and roff breaks it at blanks only.
#[test]
fn the_line_of_whatis_is_short_and_bare() {
    for (name, page) in written() {
        let heading =
            page.lines().position(|line| [".SH \"NAME\"", ".SH \"名称\""].contains(&line));
        let line = page.lines().nth(heading.unwrap() + 1).unwrap().replace("\\-", "-");
        let own = name.rsplit('/').next().unwrap().trim_end_matches(".1");
        let told = line.strip_prefix(&format!("{own} - ")).unwrap();
        assert!(!told.is_empty() && !told.contains("\\:"), "{name}: {line}");
        // As wide as a terminal without the margin of the page; Chinese is set twice as wide.
        let columns: usize = line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        assert!(columns <= 71 || !name.starts_with("zh_CN"), "{name}: {line}");
    }
}

/// roff takes a line that begins with a point or an apostrophe for an order, and a backslash for the
/// start of one.
#[test]
fn only_orders_that_are_meant_stand_in_a_page() {
    const ORDERS: [&str; 7] = [".ds AD l", ".TH ", ".SH ", ".TP", ".br", ".ad l", ".nh"];
    const ESCAPES: [&str; 12] =
        [":", "&", "-", "e", "fB", "fI", "fR", "(aq", "(dq", "(ga", "(ha", "(ti"];
    for (name, page) in written() {
        for line in page.lines().skip(1) {
            let order = line.starts_with(['.', '\'']);
            assert!(!order || ORDERS.iter().any(|o| line.starts_with(o)), "{name}: {line}");
            for rest in line.split('\\').skip(1) {
                assert!(ESCAPES.iter().any(|e| rest.starts_with(e)), "{name}: {line}");
            }
        }
    }
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let folder = TempFolder::new("manual-none");
    let output = run(&["man", folder.path().join("no").to_str().unwrap(), "--lang", "en"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        String::from_utf8(output.stderr).unwrap().contains("/no"),
        "it does not name the folder"
    );
    assert!(!folder.path().join("no").exists());
}

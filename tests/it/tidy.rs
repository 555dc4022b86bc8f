//! The rules of the house, read from the sources.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What each module may name besides itself. A module is known only to those that need it: the
/// window's layers are nobody's, and the command line only the window's.
const MAY_USE: [(&str, &[&str]); 32] = [
    ("units", &[]),
    ("language", &[]),
    ("diagnostics", &["units", "language"]),
    ("style", &[]),
    ("geo", &["units", "language"]),
    ("plan", &["units", "language", "diagnostics"]),
    ("document", &[]),
    ("gazetteer", &["units", "geo"]),
    ("areas", &["units", "language", "geo", "gazetteer"]),
    ("book", &["units", "language"]),
    (
        "catalogue",
        &[
            "units",
            "language",
            "diagnostics",
            "style",
            "geo",
            "plan",
            "document",
            "gazetteer",
            "areas",
            "book",
        ],
    ),
    ("search", &["units", "language", "geo", "plan", "gazetteer", "areas", "catalogue"]),
    ("tile", &["units", "language", "geo"]),
    ("layer", &["units", "style", "geo"]),
    ("mvt", &["language", "tile"]),
    ("scene", &["units", "language", "style", "geo", "catalogue"]),
    ("basemap", &["units", "language", "style", "geo", "tile", "mvt", "scene"]),
    ("paper", &["style"]),
    ("font", &["style", "paper"]),
    ("plot", &["units", "style", "geo", "scene", "basemap", "paper", "font"]),
    ("svg", &["style", "paper", "font"]),
    ("pdf", &["style", "paper", "font"]),
    ("sheet", &["units", "style", "geo", "scene", "basemap", "paper", "font", "plot"]),
    ("raster", &["units", "style", "geo", "scene", "basemap", "paper", "font", "plot"]),
    (
        "app",
        &[
            "units",
            "language",
            "diagnostics",
            "style",
            "geo",
            "plan",
            "document",
            "gazetteer",
            "book",
            "catalogue",
            "tile",
            "layer",
            "search",
            "scene",
            "sheet",
        ],
    ),
    (
        "report",
        &[
            "units",
            "style",
            "geo",
            "plan",
            "catalogue",
            "layer",
            "scene",
            "raster",
            "basemap",
            "app",
            "paper",
            "font",
            "plot",
            "sheet",
            "svg",
            "pdf",
        ],
    ),
    (
        "store",
        &[
            "units",
            "document",
            "language",
            "diagnostics",
            "style",
            "geo",
            "plan",
            "book",
            "catalogue",
            "tile",
            "layer",
            "mvt",
            "basemap",
            "raster",
            "app",
            "font",
        ],
    ),
    (
        "jobs",
        &[
            "units",
            "document",
            "language",
            "diagnostics",
            "style",
            "geo",
            "areas",
            "search",
            "book",
            "catalogue",
            "tile",
            "layer",
            "mvt",
            "scene",
            "basemap",
            "raster",
            "app",
            "report",
            "store",
            "font",
            "plot",
            "paper",
            "sheet",
            "svg",
            "pdf",
        ],
    ),
    (
        "cli",
        &[
            "units",
            "language",
            "diagnostics",
            "style",
            "geo",
            "areas",
            "plan",
            "book",
            "catalogue",
            "layer",
            "search",
            "scene",
            "basemap",
            "raster",
            "app",
            "report",
            "store",
            "jobs",
            "sheet",
        ],
    ),
    ("theme", &["style", "font", "store"]),
    (
        "map",
        &[
            "units",
            "language",
            "style",
            "geo",
            "catalogue",
            "tile",
            "layer",
            "scene",
            "basemap",
            "raster",
            "app",
            "report",
            "theme",
            "plot",
            "paper",
            "font",
            "sheet",
        ],
    ),
    (
        "ui",
        &[
            "units",
            "language",
            "diagnostics",
            "style",
            "geo",
            "plan",
            "document",
            "book",
            "catalogue",
            "search",
            "tile",
            "layer",
            "paper",
            "scene",
            "report",
            "basemap",
            "app",
            "store",
            "jobs",
            "cli",
            "theme",
            "map",
            "sheet",
        ],
    ),
];

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub fn files_under(folder: &Path, into: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let skipped = ["target", ".git", "shared", "node_modules", "__pycache__"];
        // In a second work tree of a repository `.git` is a file that tells where the first one lies.
        if skipped.contains(&name.as_str()) {
            continue;
        }
        if path.is_dir() {
            files_under(&path, into);
        } else {
            into.push(path);
        }
    }
}

/// What belongs to the repository: editors, virtual environments and other builds leave files of
/// their own beside it. Every file where git does not tell.
fn tracked() -> Vec<PathBuf> {
    let listed = Command::new("git").current_dir(root()).args(["ls-files", "-z"]).output();
    let mut paths = Vec::new();
    match listed {
        Ok(output) if output.status.success() && !output.stdout.is_empty() => {
            let names = String::from_utf8(output.stdout).unwrap();
            paths.extend(names.split_terminator('\0').map(|name| root().join(name)));
        }
        _ => files_under(&root(), &mut paths),
    }
    paths
}

/// Name relative to the repository, and text, of those files that are text.
fn texts(paths: &[PathBuf]) -> Vec<(String, String)> {
    let name = |path: &Path| {
        let parts = path.strip_prefix(root()).unwrap().components();
        parts.map(|c| c.as_os_str().to_string_lossy().into_owned()).collect::<Vec<_>>().join("/")
    };
    paths.iter().filter_map(|p| Some((name(p), fs::read_to_string(p).ok()?))).collect()
}

/// Every Rust file of the program.
pub fn sources() -> Vec<(String, String)> {
    let mut paths = Vec::new();
    files_under(&root().join("src"), &mut paths);
    texts(&paths)
        .into_iter()
        .filter(|(name, _)| Path::new(name).extension().is_some_and(|e| e == "rs"))
        .collect()
}

/// What is compiled into the program: no comments, no tests at the end of a file.
pub fn code(source: &str) -> String {
    let program = source.split("#[cfg(test)]").next().unwrap_or_default();
    let bare = |line: &str| {
        let trimmed = line.trim_start();
        if trimmed.starts_with("//") {
            return String::new();
        }
        line.split(" // ").next().unwrap_or_default().to_owned()
    };
    program.lines().map(bare).collect::<Vec<_>>().join("\n")
}

/// The module at the top that a file belongs to.
fn module(file: &str) -> &str {
    let path = file.strip_prefix("src/").unwrap();
    path.split('/').next().unwrap().trim_end_matches(".rs")
}

fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    &text[..end.unwrap_or(text.len())]
}

/// First names of every path below `crate::`.
fn used(code: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + 7..];
        let Some(group) = rest.strip_prefix('{') else {
            used.insert(word(rest).to_owned());
            continue;
        };
        let (mut depth, mut from) = (0, 0);
        for (i, c) in group.char_indices() {
            let ends = depth == 0 && (c == ',' || c == '}');
            if ends {
                used.insert(word(group[from..i].trim_start()).to_owned());
                from = i + 1;
            }
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                _ => {}
            }
        }
    }
    used.remove("");
    // A macro lies at the root wherever it is written.
    used.remove("tr");
    used
}

/// Whether a name stands in the code, not as a part of a longer one.
fn names(code: &str, name: &str) -> bool {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    code.match_indices(name).any(|(at, _)| {
        !part(code[..at].chars().next_back()) && !part(code[at + name.len()..].chars().next())
    })
}

#[test]
fn modules_use_only_what_lies_below_them() {
    let rules: BTreeMap<&str, &[&str]> = MAY_USE.into_iter().collect();
    let mut wrong = Vec::new();
    let mut edges = 0;
    for (file, source) in sources() {
        let own = module(&file);
        if ["main", "lib"].contains(&own) {
            continue;
        }
        let allowed = rules.get(own).unwrap_or_else(|| panic!("{own} has no rule"));
        for other in used(&code(&source)) {
            edges += 1;
            if other != own && !allowed.contains(&other.as_str()) {
                wrong.push(format!("{file} uses {other}"));
            }
        }
    }
    assert!(edges > 100, "{edges}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_reader_of_imports_reads_them() {
    let code = "use crate::{\n  app::{Action, State},\n  units::LonLat,\n};\ncrate::plan::x(); crate::tr!(a)";
    let read: Vec<String> = used(code).into_iter().collect();
    assert_eq!(read, ["app", "plan", "units"]);
    assert!(names("use std::{fs, io};", "fs") && !names("offset", "fs"));
}

#[test]
fn only_the_window_names_its_toolkit() {
    for (file, source) in sources() {
        let own = module(&file);
        if ["theme", "map", "ui", "main"].contains(&own) {
            continue;
        }
        for toolkit in ["egui", "eframe", "walkers", "wgpu"] {
            assert!(!names(&code(&source), toolkit), "{file} names {toolkit}");
        }
    }
}

#[test]
fn only_the_outside_reads_files_and_starts_threads() {
    for (file, source) in sources() {
        let own = module(&file);
        // The window waits for its data on a second thread.
        // Before, it may have to wait for the window system.
        let window = ["src/ui/run.rs", "src/ui/display.rs"].contains(&&*file);
        let outside = ["store", "jobs", "cli", "main"].contains(&own) || window;
        let code = code(&source);
        for forbidden in ["fs", "net", "thread"] {
            let named = code.contains(&format!("std::{forbidden}"))
                || code.contains(&format!(" {forbidden}::"))
                || code
                    .split("use std::{")
                    .skip(1)
                    .any(|list| names(list.split(';').next().unwrap_or_default(), forbidden));
            assert!(outside || !named, "{file} names std::{forbidden}");
        }
        for clock in ["Instant", "SystemTime"] {
            let timeless = ["theme", "map", "ui", "store"].contains(&own);
            assert!(timeless || !names(&code, clock), "{file} reads a clock");
        }
    }
}

#[test]
fn files_are_short() {
    let mut long = Vec::new();
    for (file, source) in sources() {
        let lines = source.lines().count();
        if lines > 400 {
            long.push(format!("{file}: {lines} lines"));
        }
    }
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn nothing_in_the_program_gives_up() {
    let mut wrong = Vec::new();
    for (file, source) in sources() {
        let code = code(&source);
        for word in [
            ".unwrap()",
            ".expect(",
            "panic!(",
            "todo!(",
            "unimplemented!(",
            "unreachable!(",
            "dbg!(",
            "println!(",
            "eprintln!(",
            "unsafe ",
            "process::exit",
        ] {
            if code.contains(word) {
                wrong.push(format!("{file}: {word}"));
            }
        }
        for mark in ["TODO", "FIXME", "XXX", "HACK"] {
            if names(&source, mark) {
                wrong.push(format!("{file}: {mark}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn colours_of_the_window_are_made_in_one_place() {
    for (file, source) in sources() {
        if module(&file) == "theme" {
            continue;
        }
        let code = code(&source);
        for (at, _) in code.match_indices("Color32::") {
            let made = &code[at + 9..];
            let no_colour = made.starts_with("TRANSPARENT") || made.starts_with("PLACEHOLDER");
            assert!(no_colour, "{file}: Color32::{}", word(made));
        }
        assert!(!code.contains("hex_color!"), "{file}");
    }
}

/// Everything that a key does is a row of the table of commands; one file hears the keys.
#[test]
fn one_file_reads_the_keyboard() {
    let mut wrong = Vec::new();
    let mut hears = false;
    for (file, source) in sources() {
        let code = code(&source);
        let imported = code
            .split("use egui::")
            .skip(1)
            .any(|list| names(list.split(';').next().unwrap_or_default(), "Key"));
        let asked = [
            "key_pressed",
            "key_down",
            "key_released",
            "keys_down",
            "consume_key",
            "consume_shortcut",
            "count_and_consume_key",
            "KeyboardShortcut",
        ];
        let reads = imported
            || code.contains("egui::Key")
            || code.contains("Event::Key")
            || asked.iter().any(|name| names(&code, name));
        if file == "src/ui/keys.rs" {
            hears = reads;
        } else if reads {
            wrong.push(file);
        }
    }
    assert!(hears && wrong.is_empty(), "{wrong:#?}");
}

/// What must not stand in the repository, put together so that it does not stand here.
fn forbidden() -> Vec<String> {
    let machine = ["root", "home", "work", "Users"].map(|folder| format!("/{folder}/"));
    let hosts = [
        ["pypi", "org"],
        ["pythonhosted", "org"],
        ["npmjs", "org"],
        ["crates", "io"],
        ["npmjs", "com"],
        ["rsproxy", "cn"],
        ["deb.debian", "org"],
        ["tuna.tsinghua", "edu"],
    ];
    machine.into_iter().chain(hosts.map(|[host, end]| format!("{host}.{end}"))).collect()
}

#[test]
fn nothing_tells_of_this_machine_or_of_a_registry() {
    let mut read = 0;
    let mut wrong = Vec::new();
    for (file, text) in texts(&tracked()) {
        // Cargo writes the lock file, and names its index in it.
        if file == "Cargo.lock" {
            continue;
        }
        read += 1;
        for word in forbidden() {
            // A web address may have a folder of any name.
            let local = text.match_indices(&word).any(|(at, _)| {
                let before = text[..at].chars().next_back();
                !word.starts_with('/')
                    || !before.is_some_and(|c| c.is_ascii_alphanumeric() || ".-_})".contains(c))
            });
            if local {
                wrong.push(format!("{file}: {word}"));
            }
        }
    }
    assert!(read > 150, "{read}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_dependency_comes_from_the_public_index() {
    let Ok(lock) = fs::read_to_string(root().join("Cargo.lock")) else { return };
    let sources: BTreeSet<&str> =
        lock.lines().filter_map(|line| line.strip_prefix("source = ")).collect();
    assert_eq!(sources.len(), 1, "{sources:?}");
}

//! The program is built for Windows too: what only a Unix or Linux has is named only where its `cfg`
//! stands.

use std::{collections::BTreeSet, fs, path::Path};

use crate::tidy::{code, files_under, root};

/// Paths, variables and crates that Windows does not have.
fn only_there() -> Vec<String> {
    let folders = ["proc", "sys", "dev", "tmp", "usr", "etc", "var", "run"];
    let variables = ["HOME", "LANG", "LC_ALL", "DISPLAY", "WAYLAND_DISPLAY", "XDG_"];
    let crates = ["os::unix", "os::linux", "x11rb", "zbus"];
    let ends = ["/", "\""];
    let folders = folders.iter().flat_map(|f| ends.iter().map(move |end| format!("\"/{f}{end}")));
    let inside = ["=/tmp", " /tmp"].map(str::to_owned);
    let variables = variables.iter().map(|v| format!("\"{v}"));
    folders.chain(inside).chain(variables).chain(crates.map(str::to_owned)).collect()
}

/// Whether a condition holds on a Unix only.
fn is_gate(condition: &str) -> bool {
    let condition: String = condition.chars().filter(|c| !c.is_whitespace()).collect();
    let positive = !condition.starts_with("not(") && !condition.starts_with("any(");
    let names = ["unix", "target_os=\"linux\""].iter().any(|name| {
        condition == **name
            || condition.starts_with(&format!("all({name}"))
            || condition.contains(&format!(",{name}"))
    });
    positive && names
}

/// The text with what stands in strings and characters replaced by blanks, byte for byte, so that
/// brackets can be counted.
fn without_strings(code: &str) -> Vec<u8> {
    let bytes = code.as_bytes();
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let raw = raw_string(&bytes[at..]);
        let end = match bytes[at] {
            _ if raw.is_some() => at + raw.unwrap_or(1),
            b'"' => at + quoted(&bytes[at..], b'"'),
            // A lifetime has no second quote so near.
            b'\'' if bytes.get(at + 1) == Some(&b'\\') => at + quoted(&bytes[at..], b'\''),
            b'\'' if bytes[at + 1..].iter().take(5).skip(1).any(|b| *b == b'\'') => {
                at + quoted(&bytes[at..], b'\'')
            }
            _ => {
                at += 1;
                continue;
            }
        };
        let end = end.min(bytes.len());
        out[at..end].fill(b' ');
        at = end;
    }
    out
}

fn quoted(bytes: &[u8], mark: u8) -> usize {
    let mut at = 1;
    while at < bytes.len() && bytes[at] != mark {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at + 1
}

/// The length of a raw string that begins here.
fn raw_string(bytes: &[u8]) -> Option<usize> {
    let rest = bytes.strip_prefix(b"r")?;
    let marks = rest.iter().take_while(|b| **b == b'#').count();
    if rest.get(marks) != Some(&b'"') {
        return None;
    }
    let end = [b"\"".as_slice(), &b"#".repeat(marks)].concat();
    let from = 2 + marks;
    let found = bytes[from..].windows(end.len()).position(|w| w == end)?;
    Some(from + found + end.len())
}

/// The parts of a file that stand behind a Unix `cfg`: the attribute's item, to its end.
fn gated(code: &str) -> Vec<std::ops::Range<usize>> {
    let bare = without_strings(code);
    let mut parts = Vec::new();
    for (at, _) in code.match_indices("#[cfg(") {
        let from = at + "#[cfg(".len();
        let Some(length) = code[from..].find(")]") else { continue };
        if is_gate(&code[from..from + length]) {
            parts.push(at..item_end(&bare, from + length + 2));
        }
    }
    parts
}

/// Where the item ends that begins here: a `;` or `,` outside brackets, or the end of its braces.
fn item_end(bare: &[u8], from: usize) -> usize {
    let mut depth = 0_i32;
    for (i, byte) in bare.iter().enumerate().skip(from) {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' => depth -= 1,
            b'}' => {
                depth -= 1;
                if depth <= 0 {
                    return i + 1;
                }
            }
            b';' | b',' if depth == 0 => return i + 1,
            _ => {}
        }
        if depth < 0 {
            return i;
        }
    }
    bare.len()
}

/// The files of modules that are declared behind a Unix `cfg`.
fn gated_modules(file: &str, code: &str) -> BTreeSet<String> {
    let folder = match file.rsplit_once('/') {
        Some((folder, "mod.rs" | "main.rs" | "lib.rs")) => folder.to_owned(),
        _ => file.trim_end_matches(".rs").to_owned(),
    };
    let mut names = BTreeSet::new();
    for part in gated(code) {
        let item = &code[part];
        for (at, _) in item.match_indices("mod ") {
            if let Some((name, _)) = item[at + 4..].split_once(';') {
                names.insert(format!("{folder}/{name}.rs"));
                names.insert(format!("{folder}/{name}/mod.rs"));
            }
        }
    }
    names
}

/// What stands in a file outside every Unix `cfg`.
fn found(code: &str) -> Vec<String> {
    let parts = gated(code);
    let mut wrong = Vec::new();
    for word in only_there() {
        for (at, _) in code.match_indices(&word) {
            if !parts.iter().any(|part| part.contains(&at)) {
                let line = code[..at].matches('\n').count() + 1;
                wrong.push(format!("line {line}: {word}"));
            }
        }
    }
    wrong
}

#[test]
fn what_only_unix_has_stands_behind_its_cfg() {
    let mut files = Vec::new();
    for folder in ["src", "build", "tests", "examples", "benches"] {
        let mut paths = Vec::new();
        files_under(&root().join(folder), &mut paths);
        for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "rs")) {
            let name = path.strip_prefix(root()).unwrap().components();
            let name: Vec<_> = name.map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
            files.push((name.join("/"), code_of(path)));
        }
    }
    assert!(files.len() > 300, "{}", files.len());
    let whole: BTreeSet<String> =
        files.iter().flat_map(|(name, code)| gated_modules(name, code)).collect();
    assert!(whole.contains("src/ui/focus.rs"), "{whole:?}");
    let mut wrong = Vec::new();
    for (name, code) in &files {
        // This file names them all; the others set them for a program that reads them everywhere.
        let names_them =
            ["tests/it/platform.rs", "tests/it/cli_words.rs", "tests/it/book_refused.rs"]
                .contains(&&**name);
        if !whole.contains(name) && !names_them {
            wrong.extend(found(code).into_iter().map(|what| format!("{name}, {what}")));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn code_of(path: &Path) -> String {
    code(&fs::read_to_string(path).unwrap())
}

#[test]
fn the_reader_of_cfg_reads_it() {
    let named = |code: &str| !found(code).is_empty();
    let path = "\"/proc/self\"";
    assert!(named(&format!("fn a() {{ read({path}) }}")));
    assert!(!named(&format!("#[cfg(unix)]\nfn a() {{ b('}}'); c(\"}}\"); read({path}) }}")));
    assert!(named(&format!("#[cfg(unix)]\nfn a() {{ b() }}\nfn c() {{ read({path}) }}")));
    assert!(!named(&format!("let a = [\n#[cfg(target_os = \"linux\")]\n{path},\nb];")));
    assert!(named(&format!("let a = [\n#[cfg(target_os = \"linux\")]\nb,\n{path}];")));
    for gate in ["not(unix)", "any(unix, windows)", "windows", "feature = \"unix\""] {
        assert!(named(&format!("#[cfg({gate})]\nfn a() {{ read({path}) }}")), "{gate}");
    }
    for gate in ["all(unix, not(target_os = \"macos\"))", "all(feature = \"gui\", unix)"] {
        assert!(!named(&format!("#[cfg({gate})]\nfn a() {{ read({path}) }}")), "{gate}");
    }
    let modules = gated_modules("src/ui/mod.rs", "mod a;\n#[cfg(unix)]\nmod b;\nmod c;");
    assert_eq!(modules, ["src/ui/b.rs", "src/ui/b/mod.rs"].map(str::to_owned).into());
}

//! A rule of the house, read from the sources: a text in two languages is one value.

use std::collections::BTreeSet;

use crate::tidy::{code, sources};

/// Files whose fields are the keys of a saved form, two for each text. What goes out as JSON names
/// its keys in strings.
const PAIRS_OF_KEYS: [(&str, &str); 3] = [
    ("src/catalogue/seed.rs", "the seed files as they lie on disk"),
    ("src/catalogue/seed_later.rs", "later facts and sources as they lie on disk"),
    ("src/catalogue/seed_texts.rs", "joins the keys of the seed files, two by two"),
];

/// Code with nothing in its strings and characters.
fn without_strings(code: &str) -> String {
    let mut bare = String::new();
    let mut rest = code;
    while let Some(at) = rest.find(['"', '\'']) {
        let (before, from) = rest.split_at(at);
        bare.push_str(before);
        let hashes = "#".repeat(before.len() - before.trim_end_matches('#').len());
        let raw = before.trim_end_matches('#').ends_with('r');
        let quoted = if from.starts_with('\'') {
            // A lifetime has no second quote after its first letter.
            let character = from.starts_with("'\\") || from.chars().nth(2) == Some('\'');
            let escaped = usize::from(from.starts_with("'\\")) * 2;
            if character {
                from[1 + escaped..].find('\'').map(|end| end + 2 + escaped)
            } else {
                Some(1)
            }
        } else if raw {
            let end = format!("\"{hashes}");
            from[1..].find(&end).map(|start| start + 1 + end.len())
        } else {
            let mut escaped = false;
            let is_end = |(_, c): &(usize, char)| {
                let ends = *c == '"' && !escaped;
                escaped = *c == '\\' && !escaped;
                ends
            };
            from[1..].char_indices().find(is_end).map(|(end, _)| end + 2)
        };
        rest = &from[quoted.unwrap_or(from.len())..];
        bare.push(' ');
    }
    bare + rest
}

/// A text in two languages is one `Bilingual`, and which of them is shown is a `Language`.
#[test]
fn no_text_is_a_pair_of_fields() {
    let mut wrong = Vec::new();
    let mut pairs = BTreeSet::new();
    for (file, source) in sources() {
        let bare = without_strings(&code(&source));
        for name in bare.split(|c: char| !c.is_ascii_alphanumeric() && c != '_') {
            let of_pair = name.ends_with("_zh") || name.ends_with("_en");
            if of_pair && PAIRS_OF_KEYS.iter().any(|(own, _)| *own == file) {
                pairs.insert(file.clone());
            } else if of_pair || name == "english" {
                wrong.push(format!("{file}: {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(pairs.len(), PAIRS_OF_KEYS.len(), "a file needs no exception: {pairs:?}");
}

#[test]
fn the_reader_of_names_skips_strings() {
    let code = r##"let a_zh: &'static str = "b_en \" c_en"; json!({"d_zh": x}); '"'; '\''; e_en; r#"f_zh "g_zh"#; h_en"##;
    let bare = without_strings(code);
    let found: Vec<&str> = bare
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|name| name.ends_with("_zh") || name.ends_with("_en"))
        .collect();
    assert_eq!(found, ["a_zh", "e_en", "h_en"]);
}

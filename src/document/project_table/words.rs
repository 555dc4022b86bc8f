//! Words of cells as they are compared.

/// Without blanks and breaks, with half-width signs for full-width ones.
pub fn plain(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).map(narrow).collect()
}

/// The half-width sign for a full-width one.
pub fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '【' | '〔' => '(',
        '】' | '〕' => ')',
        other => other,
    }
}

/// Whether a cell holds a formula whose value its file does not keep.
pub fn is_formula(words: &str) -> bool {
    words.starts_with('=')
}

/// Without what stands in brackets; of plain words.
pub fn bare(plain: &str) -> String {
    let mut depth = 0_usize;
    let mut bare = String::new();
    for c in plain.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    bare
}

/// A name in one line: breaks between Chinese words are only where the cell ended.
pub fn name(words: &str) -> String {
    let mut name = String::new();
    for part in words.split_whitespace() {
        let joins = |c: char| c.is_ascii_alphanumeric();
        if name.ends_with(joins) && part.starts_with(joins) {
            name.push(' ');
        }
        name.push_str(part);
    }
    name
}

/// Whether words are a number and nothing else.
pub fn is_number(words: &str) -> bool {
    let own = plain(words);
    let digits = own.trim_start_matches('-').replace([',', '%'], "");
    !digits.is_empty()
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
        && digits.contains(|c: char| c.is_ascii_digit())
}

/// Whether a cell says that there is nothing.
pub fn is_nothing(words: &str) -> bool {
    let own = plain(words);
    own.chars().all(|c| matches!(c, '-' | '—' | '–' | '/' | '\\' | '－' | '―'))
        || matches!(own.as_str(), "无" | "待定" | "暂无")
}

//! Numbers as they are read and as machines read them.

/// A number with two decimals, below 1 with three figures that say something; no trailing zeros, its
/// thousands apart.
pub fn number(value: f64) -> String {
    grouped(&plain_number(value))
}

/// The same for machines: no thousands apart.
pub fn plain_number(value: f64) -> String {
    // 30 万元 are 0.003 亿元, not nothing.
    let decimals = match value.abs() {
        v if !(1e-9..1.0).contains(&v) => 2,
        v if v >= 0.1 => 3,
        v if v >= 0.01 => 4,
        v if v >= 0.001 => 5,
        _ => 6,
    };
    trimmed(&format!("{value:.decimals$}"))
}

/// A number as exact as it is known, for machines.
pub fn exact_number(value: f64) -> String {
    trimmed(&format!("{value:.9}"))
}

/// Without zeros at its end.
fn trimmed(text: &str) -> String {
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Words with commas between the thousands of their whole numbers.
pub fn grouped(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 4);
    let mut decimals = false;
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        if digits == 0 {
            decimals = c == '.';
            out.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let (run, after) = rest.split_at(digits);
        for (i, digit) in run.chars().enumerate() {
            if i > 0 && (run.len() - i).is_multiple_of(3) && !decimals {
                out.push(',');
            }
            out.push(digit);
        }
        decimals = false;
        rest = after;
    }
    out
}

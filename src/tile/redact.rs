//! Keys taken out of whatever is shown or written.

use std::ops::Range;

use super::coded::{Coded, Unit};

/// What stands where a key was.
const HIDDEN: &str = "…";

/// The text without what is secret in it: values of parameters, headers and fields whose names tell
/// of a key, and users and passwords in front of a host.
///
/// Names count in any case, and both names and signs may be percent-encoded any number of times, as
/// in an address that is a parameter of another. Hides too much rather than too little.
pub fn redact(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for secret in secrets(text) {
        out.push_str(text.get(from..secret.start).unwrap_or_default());
        out.push_str(HIDDEN);
        from = secret.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// Where the secrets of a text are, in bytes, in order, apart from each other.
pub(super) fn secrets(text: &str) -> Vec<Range<usize>> {
    let units = Coded::new(text).units();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(unit) = units.get(at) {
        let value = match unit.c {
            '=' | ':' => user_info(&units, at).or_else(|| value(&units, at)),
            _ => None,
        };
        at += 1;
        let Some(value) = value else { continue };
        if let (Some(first), Some(last)) = (units.get(value.start), units.get(value.end - 1)) {
            let bytes = first.start..last.end;
            // A placeholder of a template is no key, and telling so helps to see which is meant.
            if text.get(bytes.clone()) != Some("{key}") {
                found.push(bytes);
            }
            at = value.end;
        }
    }
    found
}

/// Whether a parameter of this name holds a key.
fn is_secret(name: &str) -> bool {
    const WHOLE: [&str; 10] =
        ["tk", "ak", "sk", "sig", "sign", "auth", "pass", "pwd", "passwd", "jwt"];
    const ENDS: [&str; 6] = ["key", "token", "secret", "password", "signature", "credential"];
    let name = name.to_ascii_lowercase().replace('-', "_");
    name != "quadkey" && (WHOLE.contains(&name.as_str()) || ENDS.iter().any(|e| name.ends_with(e)))
}

/// Headers whose whole line is secret.
fn is_secret_header(name: &str) -> bool {
    ["authorization", "cookie", "set-cookie", "proxy-authorization"]
        .contains(&name.to_ascii_lowercase().as_str())
}

/// The secret behind the sign at `at`: `name=value`, `"name": "value"`, `Header: value`.
fn value(units: &[Unit], at: usize) -> Option<Range<usize>> {
    let sign = units.get(at)?;
    let (before, after) = (units.get(..at)?, units.get(at + 1..)?);
    let quoted = before.iter().rev().take_while(|u| is_quote(u.c) || u.c == ' ').count();
    let named = before.get(..at - quoted)?;
    let length = named.iter().rev().take_while(|u| is_name(u.c)).count();
    let name: String = named.get(named.len() - length..)?.iter().map(|u| u.c).collect();
    let spaces = after.iter().take_while(|u| u.c == ' ').count();
    let start = at + 1 + spaces;
    if sign.c == ':' && is_secret_header(&name) {
        let end = after.iter().take_while(|u| !is_line_end(u.c)).count();
        return range(start, at + 1 + end);
    }
    let opening = units.get(start).filter(|u| is_quote(u.c));
    // A colon also stands in sentences, times and addresses: there the value must be quoted.
    if !is_secret(&name) || sign.c == ':' && opening.is_none() {
        return None;
    }
    let Some(quote) = opening else {
        // A parameter of a step of a path (RFC 3986, 3.3) ends with the step.
        let in_path = is_in_path(named.get(..named.len() - length)?);
        let ends = |u: &&Unit| {
            u.depth <= sign.depth
                && (is_end(u.c) || in_path && matches!(u.c, '/' | ';' | '?' | '#'))
        };
        let length = units.get(start..)?.iter().take_while(|u| !ends(u)).count();
        return range(start, start + length);
    };
    let inside = units.get(start + 1..)?;
    let mut escaped = false;
    let closes = |u: &Unit| {
        let closing = u.c == quote.c && u.depth <= quote.depth && !escaped;
        escaped = u.c == '\\' && !escaped;
        closing || is_line_end(u.c)
    };
    let length = inside.iter().position(closes).unwrap_or(inside.len());
    range(start + 1, start + 1 + length)
}

/// Whether what stands before a parameter's name is a path, with the sign that parts the parameter
/// from it: `https://host/maps;`.
fn is_in_path(before: &[Unit]) -> bool {
    let parts = before.last().is_some_and(|u| matches!(u.c, ';' | '/'));
    let word = before.iter().rev().take_while(|u| !is_end(u.c) && u.c != '?' && u.c != '#');
    let word: Vec<char> = word.map(|u| u.c).collect();
    // Backwards: only a path and no query lies between the scheme and the parameter.
    let whole = before.len() == word.len()
        || before.get(before.len() - word.len() - 1).is_some_and(|u| !matches!(u.c, '?' | '#'));
    parts && whole && word.windows(3).any(|signs| *signs == ['/', '/', ':'])
}

/// `user:password` of `scheme://user:password@host`, when `at` is the colon of the scheme.
fn user_info(units: &[Unit], at: usize) -> Option<Range<usize>> {
    let (colon, slashes) = (units.get(at)?, units.get(at + 1..at + 3)?);
    let scheme = at > 0 && units.get(at - 1).is_some_and(|u| u.c.is_ascii_alphanumeric());
    if colon.c != ':' || !scheme || slashes.iter().any(|u| u.c != '/') {
        return None;
    }
    let start = at + 3;
    let rest = units.get(start..)?;
    // An ampersand may stand in a password; in an address within another it ends the inner one.
    let ends_word = |u: &Unit| match u.c {
        '&' => u.depth < colon.depth,
        c => u.depth <= colon.depth && is_end(c),
    };
    let ends_host =
        |u: &Unit| ends_word(u) || u.depth <= colon.depth && matches!(u.c, '/' | '?' | '#');
    let host = rest.iter().position(ends_host).unwrap_or(rest.len());
    let last_at = |within: usize| rest.get(..within)?.iter().rposition(|u| u.c == '@');
    let end = last_at(host).or_else(|| {
        // A password with a raw slash looks like a port that is no number.
        let port = rest.get(..host)?.iter().rposition(|u| u.c == ':')?;
        let is_port = rest.get(port + 1..host)?.iter().all(|u| u.c.is_ascii_digit());
        let bracket = rest.first().is_some_and(|u| u.c == '[');
        let word = rest.iter().position(ends_word).unwrap_or(rest.len());
        if is_port || bracket { None } else { last_at(word) }
    })?;
    range(start, start + end)
}

fn range(start: usize, end: usize) -> Option<Range<usize>> {
    (start < end).then_some(start..end)
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '-'
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`')
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r')
}

/// What ends an unquoted value. Brackets and single quotes do not: an address may hold them.
fn is_end(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "&\"<>，。；、）」》”".contains(c)
}

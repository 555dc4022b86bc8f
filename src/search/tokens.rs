//! The pieces of a text that may be a position.

use super::letters::alike;
use crate::geo::{Crs, Datum};

/// Which coordinate a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Axis {
    Longitude,
    Latitude,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Token {
    Number(f64),
    /// °, 度
    Degrees,
    /// ′, 分
    Minutes,
    /// ″, 秒
    Seconds,
    /// A name of an axis, and whether it makes the number negative: W, S, 西经, 南纬.
    Axis(Axis, bool),
    /// 带, zone: the number beside it is a zone's.
    Zone,
    /// What parts two coordinates.
    Comma,
}

/// A text cut to tokens, and the system that it names.
#[derive(Debug)]
pub(super) struct Tokens {
    pub(super) tokens: Vec<Token>,
    pub(super) named: Option<Named>,
}

/// A reference system by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    Crs(Crs),
    /// 高斯, in a zone that is yet to be found.
    GaussKruger,
}

/// Longer names first: each is looked for where a word begins.
const SYSTEMS: [(&str, Named); 24] = [
    ("cgcs2000", Named::Crs(Crs::Degrees(Datum::Cgcs2000))),
    ("cgcs-2000", Named::Crs(Crs::Degrees(Datum::Cgcs2000))),
    ("国家2000", Named::Crs(Crs::Degrees(Datum::Cgcs2000))),
    ("epsg:4326", Named::Crs(Crs::WGS84)),
    ("epsg:4490", Named::Crs(Crs::Degrees(Datum::Cgcs2000))),
    ("epsg:3857", Named::Crs(Crs::WebMercator)),
    ("wgs-84", Named::Crs(Crs::WGS84)),
    ("wgs84", Named::Crs(Crs::WGS84)),
    ("gcj-02", Named::Crs(Crs::Degrees(Datum::Gcj02))),
    ("gcj02", Named::Crs(Crs::Degrees(Datum::Gcj02))),
    ("火星坐标", Named::Crs(Crs::Degrees(Datum::Gcj02))),
    ("火星", Named::Crs(Crs::Degrees(Datum::Gcj02))),
    ("高德", Named::Crs(Crs::Degrees(Datum::Gcj02))),
    ("bd-09", Named::Crs(Crs::Degrees(Datum::Bd09))),
    ("bd09", Named::Crs(Crs::Degrees(Datum::Bd09))),
    ("百度", Named::Crs(Crs::Degrees(Datum::Bd09))),
    ("webmercator", Named::Crs(Crs::WebMercator)),
    ("web墨卡托", Named::Crs(Crs::WebMercator)),
    ("gauss-kruger", Named::GaussKruger),
    ("gauss–krüger", Named::GaussKruger),
    ("高斯-克吕格", Named::GaussKruger),
    ("高斯", Named::GaussKruger),
    ("3°带", Named::GaussKruger),
    ("gk3:", Named::GaussKruger),
];

/// What stands for one token, longest first.
const WORDS: [(&str, Token); 29] = [
    ("longitude", Token::Axis(Axis::Longitude, false)),
    ("latitude", Token::Axis(Axis::Latitude, false)),
    ("lon", Token::Axis(Axis::Longitude, false)),
    ("lng", Token::Axis(Axis::Longitude, false)),
    ("lat", Token::Axis(Axis::Latitude, false)),
    ("zone", Token::Zone),
    ("东经", Token::Axis(Axis::Longitude, false)),
    ("西经", Token::Axis(Axis::Longitude, true)),
    ("北纬", Token::Axis(Axis::Latitude, false)),
    ("南纬", Token::Axis(Axis::Latitude, true)),
    ("经度", Token::Axis(Axis::Longitude, false)),
    ("纬度", Token::Axis(Axis::Latitude, false)),
    ("带", Token::Zone),
    ("e", Token::Axis(Axis::Longitude, false)),
    ("w", Token::Axis(Axis::Longitude, true)),
    ("n", Token::Axis(Axis::Latitude, false)),
    ("s", Token::Axis(Axis::Latitude, true)),
    ("°", Token::Degrees),
    ("º", Token::Degrees),
    ("度", Token::Degrees),
    ("''", Token::Seconds),
    ("″", Token::Seconds),
    ("”", Token::Seconds),
    ("\"", Token::Seconds),
    ("秒", Token::Seconds),
    ("′", Token::Minutes),
    ("’", Token::Minutes),
    ("'", Token::Minutes),
    ("分", Token::Minutes),
];

/// Cuts a text; `None` where anything stands in it that no position has.
pub(super) fn tokens(text: &str) -> Option<Tokens> {
    let plain: String = text.trim().chars().map(alike).collect();
    let mut rest = plain.as_str();
    let mut out = Tokens { tokens: Vec::new(), named: None };
    // 30+100 is a stake and 0351-123 a telephone: a sign begins a number.
    let mut after_digit = false;
    while let Some(c) = rest.chars().next() {
        let glued = after_digit && matches!(c, '-' | '+' | '−');
        after_digit = c.is_ascii_digit();
        if let Some((name, system)) = SYSTEMS.iter().find(|(name, _)| rest.starts_with(name)) {
            out.named = Some(*system);
            rest = rest.get(name.len()..)?;
        } else if let Some((word, token)) = WORDS.iter().find(|(word, _)| rest.starts_with(word)) {
            out.tokens.push(*token);
            rest = rest.get(word.len()..)?;
        } else if !glued && (c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | '−')) {
            let (number, length) = number(rest)?;
            after_digit = true;
            out.tokens.push(Token::Number(number));
            rest = rest.get(length..)?;
        } else if c.is_whitespace() || "():=[]".contains(c) {
            rest = rest.get(c.len_utf8()..)?;
        } else if matches!(c, ',' | ';' | '/' | '|' | '、') {
            out.tokens.push(Token::Comma);
            rest = rest.get(c.len_utf8()..)?;
        } else {
            return None;
        }
    }
    Some(out)
}

/// The number that a text begins with, and its bytes.
fn number(text: &str) -> Option<(f64, usize)> {
    let sign = text.chars().next().filter(|c| matches!(c, '-' | '+' | '−'));
    let after = sign.map_or(0, char::len_utf8);
    let digits = text.get(after..)?;
    let length = digits.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(digits.len());
    // A comma that was a stop, or a stop at the end of a sentence, is no part of it.
    let body = digits.get(..length)?.trim_end_matches('.');
    let value: f64 = body.parse().ok()?;
    let negative = sign.is_some_and(|c| c != '+');
    Some((if negative { -value } else { value }, after + length))
}

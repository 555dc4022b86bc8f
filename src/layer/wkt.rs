//! Well-known text (OGC 06-103r4) into a chunk, with or without Z and M, in upper or lower case.

use super::{ChunkBuilder, Part, wkb::open};
use crate::units::LonLat;

/// The geometry cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken;

/// Whether a text begins as well-known text does, with or without `SRID=…;`.
pub fn is_wkt(text: &str) -> bool {
    let (_, text) = srid(text);
    let word = text.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let rest = text.get(word.len()..).unwrap_or_default();
    let opens = rest.contains('(') || rest.trim().eq_ignore_ascii_case("empty");
    opens && Type::of(word).is_some()
}

/// The EPSG number before the text, as `PostGIS` writes it, and the text.
pub fn srid(text: &str) -> (Option<i64>, &str) {
    let text = text.trim();
    let number = |rest: &str| rest.strip_prefix('=')?.trim().parse().ok();
    match text.get(..4).filter(|word| word.eq_ignore_ascii_case("srid")).and(text.split_once(';')) {
        Some((before, after)) => (before.get(4..).and_then(number), after.trim_start()),
        None => (None, text),
    }
}

/// Adds the parts of a geometry to the builder; `place` turns the text's coordinates into degrees.
/// The feature has still to be ended. Nothing of it is drawn where it cannot be read whole.
///
/// # Errors
/// What is no geometry, or one of an unknown type.
pub fn read(
    text: &str,
    place: &dyn Fn(f64, f64) -> LonLat,
    into: &mut ChunkBuilder,
) -> Result<(), Broken> {
    let (_, text) = srid(text);
    let mut words = Words { rest: text, has_measures: false, highest: 0.0 };
    let mut parts = Vec::new();
    geometry(&mut words, place, &mut parts, 0)?;
    words.rest.trim().is_empty().then_some(()).ok_or(Broken)?;
    into.height(words.highest);
    for (part, path) in parts {
        into.part(part, path);
    }
    Ok(())
}

/// Collections within collections go no deeper than this.
const DEEPEST: u8 = 8;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    Point,
    Line,
    /// Rings: an outer one and its holes.
    Area,
    /// Things of one type, without or with its name.
    Many(Element),
    Collection,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Element {
    Point,
    Line,
    Area,
}

impl Type {
    fn of(word: &str) -> Option<Self> {
        let word = word.to_ascii_uppercase();
        // Z and M may be written on: POINTZ.
        let plain = ["ZM", "Z", "M"].iter().find_map(|end| word.strip_suffix(end));
        let of = |word: &str| match word {
            "POINT" => Some(Self::Point),
            "LINESTRING" | "LINEARRING" => Some(Self::Line),
            "POLYGON" | "TRIANGLE" => Some(Self::Area),
            "MULTIPOINT" => Some(Self::Many(Element::Point)),
            "MULTILINESTRING" => Some(Self::Many(Element::Line)),
            "MULTIPOLYGON" | "TIN" | "POLYHEDRALSURFACE" => Some(Self::Many(Element::Area)),
            "GEOMETRYCOLLECTION" => Some(Self::Collection),
            _ => None,
        };
        of(&word).or_else(|| plain.and_then(of))
    }
}

struct Words<'a> {
    rest: &'a str,
    /// The third number of a position is a measure.
    has_measures: bool,
    /// The height that is farthest from zero.
    highest: f64,
}

impl<'a> Words<'a> {
    fn word(&mut self) -> &'a str {
        self.rest = self.rest.trim_start();
        let end = self.rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    fn takes(&mut self, sign: char) -> bool {
        let rest = self.rest.trim_start();
        let after = rest.strip_prefix(sign);
        self.rest = after.unwrap_or(rest);
        after.is_some()
    }

    fn needs(&mut self, sign: char) -> Result<(), Broken> {
        self.takes(sign).then_some(()).ok_or(Broken)
    }

    /// Whether nothing follows, in words.
    fn is_empty_geometry(&mut self) -> bool {
        let before = self.rest;
        if self.word().eq_ignore_ascii_case("empty") {
            return true;
        }
        self.rest = before;
        false
    }

    fn position(&mut self) -> Result<(f64, f64), Broken> {
        let mut figures = [f64::NAN, f64::NAN, 0.0];
        let mut count = 0;
        loop {
            self.rest = self.rest.trim_start();
            let ends = |c: char| c.is_whitespace() || matches!(c, ',' | ')' | '(');
            let end = self.rest.find(ends).unwrap_or(self.rest.len());
            let (figure, rest) = self.rest.split_at(end);
            if figure.is_empty() {
                break;
            }
            let value = figure.parse().map_err(|_| Broken)?;
            if let Some(place) = figures.get_mut(count) {
                *place = value;
            }
            count += 1;
            self.rest = rest;
        }
        let height = if self.has_measures { 0.0 } else { figures[2] };
        if height.abs() > self.highest.abs() {
            self.highest = height;
        }
        if (2..=4).contains(&count) { Ok((figures[0], figures[1])) } else { Err(Broken) }
    }
}

type Place<'a> = &'a dyn Fn(f64, f64) -> LonLat;
type Parts = Vec<(Part, Vec<LonLat>)>;

fn geometry(
    words: &mut Words<'_>,
    place: Place<'_>,
    to: &mut Parts,
    depth: u8,
) -> Result<(), Broken> {
    let name = words.word();
    let of = Type::of(name).ok_or(Broken)?;
    let before = words.rest;
    let behind = words.word().to_ascii_uppercase();
    let is_behind = ["Z", "M", "ZM"].contains(&behind.as_str());
    if !is_behind {
        words.rest = before;
    }
    let name = name.to_ascii_uppercase();
    words.has_measures = behind == "M" && is_behind || name.ends_with('M') && !name.ends_with("ZM");
    if words.is_empty_geometry() {
        return Ok(());
    }
    match of {
        Type::Point => element(words, Element::Point, place, to),
        Type::Line => element(words, Element::Line, place, to),
        Type::Area => element(words, Element::Area, place, to),
        Type::Many(kind) => each(words, &mut |words| {
            if words.is_empty_geometry() {
                return Ok(());
            }
            // Points of many need no brackets of their own.
            if kind == Element::Point && !words.rest.trim_start().starts_with('(') {
                let (x, y) = words.position()?;
                to.push((Part::Point, vec![place(x, y)]));
                return Ok(());
            }
            element(words, kind, place, to)
        }),
        Type::Collection if depth < DEEPEST => {
            each(words, &mut |words| geometry(words, place, to, depth + 1))
        }
        Type::Collection => Err(Broken),
    }
}

/// Things in brackets, with commas between.
fn each<'a>(
    words: &mut Words<'a>,
    one: &mut dyn FnMut(&mut Words<'a>) -> Result<(), Broken>,
) -> Result<(), Broken> {
    words.needs('(')?;
    loop {
        one(words)?;
        if !words.takes(',') {
            return words.needs(')');
        }
    }
}

fn element(
    words: &mut Words<'_>,
    kind: Element,
    place: Place<'_>,
    to: &mut Parts,
) -> Result<(), Broken> {
    match kind {
        Element::Point => {
            words.needs('(')?;
            let (x, y) = words.position()?;
            to.push((Part::Point, vec![place(x, y)]));
            words.needs(')')
        }
        Element::Line => {
            let path = path(words, place)?;
            to.push((Part::Line, path));
            Ok(())
        }
        Element::Area => {
            let mut part = Part::Ring;
            each(words, &mut |words| {
                let ring = open(path(words, place)?);
                to.push((part, ring));
                part = Part::Hole;
                Ok(())
            })
        }
    }
}

fn path(words: &mut Words<'_>, place: Place<'_>) -> Result<Vec<LonLat>, Broken> {
    let mut path = Vec::new();
    each(words, &mut |words| {
        let (x, y) = words.position()?;
        path.push(place(x, y));
        Ok(())
    })?;
    Ok(path)
}

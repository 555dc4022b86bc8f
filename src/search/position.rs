//! A position as people write it, in any order, notation and system.

use super::tokens::{Axis, Named, Token, Tokens, tokens};
use crate::{
    geo::{Crs, gauss_kruger::Zone, geodesic},
    units::LonLat,
};

/// A position that a text may mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// WGS-84.
    pub at: LonLat,
    /// The system that it was given in.
    pub crs: Crs,
}

/// Reads longitude and latitude in either order, as decimals or degrees, minutes and seconds, with
/// letters (N, E), marks (° ′ ″) or Chinese words (东经, 北纬, 度分秒), and eastings and northings in
/// metres with or without their zone; in the system that the text names, else WGS-84 degrees or
/// CGCS2000 metres. Empty where the text is anything else.
///
/// Metres without a zone may lie in any: the one that brings them nearest to `near` counts.
///
/// ```
/// use jintu::{search::positions, units::LonLat};
///
/// let city = LonLat::new(112.55, 37.87);
/// for text in ["112.55,37.87", "37.87 112.55", "37°52′12″N 112°33′00″E", "东经112.55° 北纬37.87°"] {
///     let at = positions(text, city).first().unwrap().at;
///     assert!((at.lon_deg - 112.55).abs() < 1e-9 && (at.lat_deg - 37.87).abs() < 1e-9, "{text}");
/// }
/// assert!(positions("2025", city).is_empty() && positions("晋祠", city).is_empty());
/// ```
pub fn positions(text: &str, near: LonLat) -> Vec<Position> {
    let Some(Tokens { tokens, named }) = tokens(text) else { return Vec::new() };
    let found = match named {
        Some(Named::GaussKruger) => plane(&tokens, near),
        Some(Named::Crs(crs)) if crs.is_plane() => mercator(&tokens, crs),
        Some(Named::Crs(crs)) => degrees(&tokens, crs, true).or_else(|| plane(&tokens, near)),
        None => degrees(&tokens, Crs::WGS84, false).or_else(|| plane(&tokens, near)),
    };
    found.into_iter().collect()
}

/// Reads a position in a system that somebody chose, whatever the text names; `None` where it cannot
/// be one of it.
///
/// ```
/// use jintu::{geo::Crs, search::position_in};
///
/// let at = position_in("119.5563, 30.6256", Crs::GCJ02).unwrap().at;
/// assert!((at.lon_deg - 119.5563).abs() > 0.001, "the datum is shifted");
/// assert!(position_in("119.5563, 30.6256", Crs::WebMercator).is_some());
/// assert!(position_in("3392312 521345", Crs::WGS84).is_none());
/// ```
pub fn position_in(text: &str, crs: Crs) -> Option<Position> {
    let Tokens { tokens, .. } = tokens(text)?;
    match crs.zone() {
        Some(zone) => in_zone(&tokens, zone),
        None if crs.is_plane() => mercator(&tokens, crs),
        None => degrees(&tokens, crs, true),
    }
}

/// The zones of 3° that metres without their zone may lie in, as they lie in China.
pub fn zones_of(text: &str) -> Vec<Crs> {
    let Some(Tokens { tokens, named }) = tokens(text) else { return Vec::new() };
    let is_open = matches!(named, None | Some(Named::GaussKruger));
    if !is_open || numbers(&tokens).len() != 2 || degrees(&tokens, Crs::WGS84, false).is_some() {
        return Vec::new();
    }
    let zones = (Zone::FIRST..=Zone::LAST).filter_map(Zone::new);
    let found = zones.filter_map(|zone| in_zone(&tokens, zone));
    found.filter(|own| in_china(own.at.lon_deg, own.at.lat_deg)).map(|own| own.crs).collect()
}

/// An easting and a northing in a zone; one that stands before the easting has to be the same.
fn in_zone(tokens: &[Token], zone: Zone) -> Option<Position> {
    let middle = Crs::gauss_kruger(zone).to_wgs84([500_000.0, 4_000_000.0]);
    plane(tokens, middle).filter(|own| own.crs.zone() == Some(zone))
}

/// An angle, or a number that is yet to be judged.
#[derive(Debug, Clone, Copy, Default)]
struct Angle {
    /// Without its sign.
    size_deg: f64,
    negative: bool,
    axis: Option<Axis>,
}

impl Angle {
    fn deg(self) -> f64 {
        if self.negative { -self.size_deg } else { self.size_deg }
    }
}

fn degrees(tokens: &[Token], crs: Crs, is_named: bool) -> Option<Position> {
    let [a, b] = marked(tokens).or_else(|| bare(tokens))?;
    let [lon_deg, lat_deg] = ordered(a, b)?;
    // Two numbers with nothing but a space between them may be anything: years, figures.
    let is_told = is_named || tokens.iter().any(|token| !matches!(token, Token::Number(_)));
    let sound = lon_deg.abs() <= 180.0 && lat_deg.abs() <= 90.0;
    let means_it = is_told || in_china(lon_deg, lat_deg);
    (sound && means_it).then(|| Position { at: crs.to_wgs84([lon_deg, lat_deg]), crs })
}

fn in_china(lon_deg: f64, lat_deg: f64) -> bool {
    (73.0..=136.0).contains(&lon_deg) && (3.0..=54.0).contains(&lat_deg)
}

/// Longitude and latitude of two angles. Without a letter the order is told by what can be: the
/// usual one, unless that is no position, or only the other lies in China.
fn ordered(a: Angle, b: Angle) -> Option<[f64; 2]> {
    use Axis::{Latitude, Longitude};
    let (first, second) = (a.deg(), b.deg());
    match (a.axis, b.axis) {
        (Some(Longitude), Some(Longitude)) | (Some(Latitude), Some(Latitude)) => None,
        (Some(Longitude), _) | (None, Some(Latitude)) => Some([first, second]),
        (Some(Latitude), _) | (None, Some(Longitude)) => Some([second, first]),
        (None, None) => {
            let swapped =
                second.abs() > 90.0 || in_china(second, first) && !in_china(first, second);
            Some(if swapped { [second, first] } else { [first, second] })
        }
    }
}

/// What the next number of an angle is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Degrees,
    Minutes,
    Seconds,
}

/// Two angles whose parts are told by marks or letters, or that are single numbers.
fn marked(tokens: &[Token]) -> Option<[Angle; 2]> {
    // Letters stand before all numbers, or behind all.
    let is_axis = |token: &Token| matches!(token, Token::Axis(..));
    let first = tokens.iter().find(|t| is_axis(t) || matches!(t, Token::Number(_)));
    let leads = first.is_some_and(is_axis);
    let mut angles: Vec<Angle> = Vec::new();
    let mut next = Part::Degrees;
    let mut held: Option<(Axis, bool)> = None;
    let mut tokens = tokens.iter().copied().peekable();
    while let Some(token) = tokens.next() {
        match token {
            Token::Number(value) => {
                let mark = tokens.peek().copied();
                let part = match (next, mark) {
                    (Part::Minutes | Part::Seconds, Some(Token::Seconds)) => Part::Seconds,
                    // Also 112°33 and 112°33′12 without the last mark.
                    (next, mark) if mark != Some(Token::Degrees) => next,
                    _ => Part::Degrees,
                };
                next = match part {
                    Part::Degrees => {
                        let (axis, opposite) = held.take().unzip();
                        let negative = (value < 0.0) != opposite.unwrap_or(false);
                        angles.push(Angle { size_deg: value.abs(), negative, axis });
                        let has_parts = mark == Some(Token::Degrees);
                        if has_parts { Part::Minutes } else { Part::Degrees }
                    }
                    Part::Minutes | Part::Seconds => {
                        (0.0..60.0).contains(&value).then_some(())?;
                        let per = if part == Part::Minutes { 60.0 } else { 3600.0 };
                        angles.last_mut()?.size_deg += value / per;
                        if part == Part::Minutes { Part::Seconds } else { Part::Degrees }
                    }
                };
            }
            Token::Axis(axis, opposite) if leads => {
                held = Some((axis, opposite));
                next = Part::Degrees;
            }
            Token::Axis(axis, opposite) => {
                let angle = angles.last_mut().filter(|angle| angle.axis.is_none())?;
                angle.axis = Some(axis);
                angle.negative ^= opposite;
                next = Part::Degrees;
            }
            Token::Comma => next = Part::Degrees,
            Token::Degrees | Token::Minutes | Token::Seconds => {}
            Token::Zone => return None,
        }
    }
    let whole = held.is_none().then_some(angles)?;
    <[Angle; 2]>::try_from(whole).ok()
}

/// Four or six numbers without marks are degrees, minutes and seconds of two angles.
fn bare(tokens: &[Token]) -> Option<[Angle; 2]> {
    let mut letters = Vec::new();
    for token in tokens {
        match token {
            Token::Axis(axis, opposite) => letters.push((*axis, *opposite)),
            Token::Number(_) | Token::Comma => {}
            _ => return None,
        }
    }
    let numbers = numbers(tokens);
    if !matches!(numbers.len(), 4 | 6) || !matches!(letters.len(), 0 | 2) {
        return None;
    }
    let angle = |numbers: &[f64], axis: Option<&(Axis, bool)>| {
        let (deg, parts) = numbers.split_first()?;
        let mut size_deg = deg.abs();
        for (part, per) in parts.iter().zip([60.0, 3600.0]) {
            (0.0..60.0).contains(part).then_some(())?;
            size_deg += part / per;
        }
        let negative = (*deg < 0.0) != axis.is_some_and(|(_, opposite)| *opposite);
        Some(Angle { size_deg, negative, axis: axis.map(|(axis, _)| *axis) })
    };
    let (first, second) = numbers.split_at_checked(numbers.len() / 2)?;
    Some([angle(first, letters.first())?, angle(second, letters.get(1))?])
}

fn mercator(tokens: &[Token], crs: Crs) -> Option<Position> {
    let [x, y] = <[f64; 2]>::try_from(numbers(tokens)).ok()?;
    let at = crs.to_wgs84([x, y]);
    (at.lat_deg.is_finite() && at.lon_deg.abs() <= 180.0).then_some(Position { at, crs })
}

fn numbers(tokens: &[Token]) -> Vec<f64> {
    let number = |token: &Token| match token {
        Token::Number(value) => Some(*value),
        _ => None,
    };
    tokens.iter().filter_map(number).collect()
}

/// An easting and a northing, with a zone in front of both, in front of the easting, or none.
fn plane(tokens: &[Token], near: LonLat) -> Option<Position> {
    if tokens.iter().any(|t| matches!(t, Token::Degrees | Token::Minutes | Token::Seconds)) {
        return None;
    }
    let all = numbers(tokens);
    let (zone, pair) = match all.as_slice() {
        [number, a, b] => (Some(zone(*number)?), [*a, *b]),
        [a, b] => (None, [*a, *b]),
        _ => return None,
    };
    // China reaches from 400 to 6,000 km north; eastings lie around 500 km or begin with their zone.
    let is_northing = |m: f64| (300_000.0..6_200_000.0).contains(&m);
    let is_easting = |m: f64| (100_000.0..900_000.0).contains(&m) || zone_before(m).is_some();
    let letters: Vec<Axis> = tokens
        .iter()
        .filter_map(|t| if let Token::Axis(axis, _) = t { Some(*axis) } else { None })
        .collect();
    let [easting_m, northing_m] = match letters.as_slice() {
        [Axis::Longitude, Axis::Latitude] => pair,
        [Axis::Latitude, Axis::Longitude] => [pair[1], pair[0]],
        _ if is_easting(pair[0]) && pair[1] > pair[0].min(900_000.0) && is_northing(pair[1]) => {
            pair
        }
        _ => [pair[1], pair[0]],
    };
    if !is_easting(easting_m) || !is_northing(northing_m) {
        return None;
    }
    let position = |zone: Zone| {
        let crs = Crs::gauss_kruger(zone);
        let at = crs.to_wgs84([easting_m, northing_m]);
        (crs.reaches(at) && at.lat_deg.abs() <= 90.0).then_some(Position { at, crs })
    };
    match zone.or_else(|| zone_before(easting_m)) {
        Some(zone) => position(zone),
        None => {
            (Zone::FIRST..=Zone::LAST).filter_map(Zone::new).filter_map(position).min_by(|a, b| {
                geodesic::distance_m(a.at, near).total_cmp(&geodesic::distance_m(b.at, near))
            })
        }
    }
}

/// A whole number that is a zone's.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 25 to 45")]
fn zone(number: f64) -> Option<Zone> {
    let whole = number.fract() == 0.0 && (25.0..=45.0).contains(&number);
    whole.then_some(number as u8).and_then(Zone::new)
}

/// The zone in front of an easting of eight digits.
fn zone_before(easting_m: f64) -> Option<Zone> {
    zone((easting_m / 1_000_000.0).floor())
}

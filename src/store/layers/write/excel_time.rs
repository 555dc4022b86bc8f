//! Days and moments as Excel counts them: from March 1900, to the millisecond, without a zone.

use rust_xlsxwriter::ExcelDateTime;

use super::Outgoing;
use crate::layer::{FieldKind, Value};

/// A day or a moment that Excel counts rightly.
pub struct Moment<'a> {
    pub date: ExcelDateTime,
    pub is_day: bool,
    pub has_fraction: bool,
    /// What stands behind it, as `Z` or `+08:00`; empty where nothing does.
    pub zone: &'a str,
}

/// Reads `2026-11-26` and `2026-11-26T08:00:00`, with a blank instead of the T, with a fraction, with
/// a zone. What it cannot hold whole is none.
pub fn read(text: &str) -> Option<Moment<'_>> {
    let shaped = |text: &str, shape: &str| {
        text.len() == shape.len()
            && text.bytes().zip(shape.bytes()).all(|(own, sign)| match sign {
                b'0' => own.is_ascii_digit(),
                sign => own == sign,
            })
    };
    let number = |text: &str| text.parse::<u8>().ok();
    let (day, rest) = text.split_at_checked(10)?;
    if !shaped(day, "0000-00-00") || day < "1900-03-01" {
        return None;
    }
    let year = day.get(..4)?.parse().ok()?;
    let date = ExcelDateTime::from_ymd(year, number(day.get(5..7)?)?, number(day.get(8..)?)?);
    let date = date.ok()?;
    if rest.is_empty() {
        return Some(Moment { date, is_day: true, has_fraction: false, zone: "" });
    }
    let clock = rest.strip_prefix(['T', ' '])?;
    let zone_at = clock.find(['Z', '+', '-']).unwrap_or(clock.len());
    let (clock, zone) = clock.split_at_checked(zone_at)?;
    let is_zone = ["", "Z"].contains(&zone)
        || zone
            .strip_prefix(['+', '-'])
            .is_some_and(|own| ["00", "00:00", "0000"].iter().any(|shape| shaped(own, shape)));
    let (whole, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let fraction = fraction.trim_end_matches('0');
    let is_fraction = fraction.len() <= 3 && fraction.bytes().all(|b| b.is_ascii_digit());
    let has_seconds = shaped(whole, "00:00:00");
    if !is_zone || !is_fraction || !has_seconds && !shaped(whole, "00:00") {
        return None;
    }
    let seconds = if has_seconds { whole.get(6..)? } else { "00" };
    let seconds: f64 = format!("{seconds}.{fraction}0").parse().ok()?;
    let (hour, minute) = (number(whole.get(..2)?)?, number(whole.get(3..5)?)?);
    let date = date.and_hms(u16::from(hour), minute, seconds).ok()?;
    Some(Moment { date, is_day: false, has_fraction: !fraction.is_empty(), zone })
}

/// The zone that all moments of a field have; `None` where they have several: without them their
/// order would be another one.
pub fn zone_of<'a>(own: &'a Outgoing<'_>, field: usize) -> Option<&'a str> {
    if own.layer.kind_of(field) != FieldKind::DateTime {
        return Some("");
    }
    let mut all: Option<&str> = None;
    for at in own.unwatched() {
        if let Value::Text(text) = own.value(at, field)
            && let Some(Moment { zone, is_day: false, .. }) = read(text)
            && *all.get_or_insert(zone) != zone
        {
            return None;
        }
    }
    Some(all.unwrap_or(""))
}

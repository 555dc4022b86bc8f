//! What the first section says of the coordinates.

use crate::{
    geo::Crs,
    store::layers::{Stated, tabular::Named},
};

/// The attributes of the file.
#[derive(Debug, Default)]
pub struct Header {
    system: String,
    /// Degrees of a zone, 3 or 6.
    width_deg: Option<u8>,
    zone: Option<u8>,
    projection: String,
    parameters: String,
}

impl Header {
    /// Takes a line of `key=value`; false where it is none.
    pub fn take(&mut self, line: &str) -> bool {
        let Some((key, value)) = line.split_once(['=', ':']) else { return false };
        let value = value.trim();
        let digits: String = value.chars().filter(char::is_ascii_digit).take(3).collect();
        match key.trim() {
            "坐标系" | "坐标系统" => value.clone_into(&mut self.system),
            "几度分带" => {
                self.width_deg = match value {
                    "三" | "三度" | "三度带" => Some(3),
                    "六" | "六度" | "六度带" => Some(6),
                    _ => digits.parse().ok(),
                };
            }
            "带号" => self.zone = digits.parse().ok(),
            "投影类型" => value.clone_into(&mut self.projection),
            "转换参数" => value.clone_into(&mut self.parameters),
            _ => {}
        }
        true
    }

    /// Parameters of a transform that are none of the many empty ones.
    pub fn parameters(&self) -> Option<&str> {
        let is_set = |part: &str| part.trim().parse::<f64>().is_ok_and(|n| n != 0.0);
        let parts: Vec<&str> = self.parameters.split(',').collect();
        // A scale of one beside zeros changes nothing.
        let (last, others) = parts.split_last()?;
        let changes = others.iter().any(|part| is_set(part)) || is_set(last) && last.trim() != "1";
        changes.then_some(self.parameters.as_str())
    }

    /// What it says of the system, with the coordinates of the first parcel (west, south, east,
    /// north): whether they are degrees, and whether the zone stands before the easting.
    pub fn stated(&self, raw_extent: Option<[f64; 4]>) -> Stated {
        let named = Named::in_text(&self.system);
        let Some([west, ..]) = raw_extent else { return Stated::Nothing };
        if west.abs() <= 360.0 {
            return match named.degrees() {
                Ok(Some(crs)) => Stated::Crs(crs),
                Ok(None) => Stated::Nothing,
                Err(name) => Stated::Unknown(name.to_owned()),
            };
        }
        let is_prefixed = west >= 10_000_000.0;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below 100")]
        let prefix = is_prefixed.then(|| (west / 1e6) as u8);
        // Where both are told, the figures are right.
        let Some(zone) = prefix.or(self.zone) else { return Stated::Nothing };
        let width_deg = self.width_deg.unwrap_or(if zone >= 25 { 3 } else { 6 });
        match plane(named, width_deg, zone, is_prefixed).and_then(Crs::from_epsg) {
            Some(crs) => Stated::Crs(crs),
            None if self.system.is_empty() => Stated::Nothing,
            None => Stated::Unknown(format!("{} {width_deg}° {zone}", self.system)),
        }
    }
}

/// The EPSG number of a plane: those of a datum's zones follow each other, with and without the zone
/// before the easting. China has the zones 25 to 45 of 3° and 13 to 23 of 6°.
fn plane(named: Named, width_deg: u8, zone: u8, is_prefixed: bool) -> Option<i64> {
    let (first, last) = match width_deg {
        3 => (25, 45),
        6 => (13, 23),
        _ => return None,
    };
    let base = match (named, width_deg, is_prefixed) {
        (Named::Nothing | Named::Cgcs2000, 3, true) => 4513,
        (Named::Nothing | Named::Cgcs2000, 3, false) => 4534,
        (Named::Nothing | Named::Cgcs2000, 6, true) => 4491,
        (Named::Nothing | Named::Cgcs2000, 6, false) => 4502,
        (Named::Xian1980, 3, true) => 2349,
        (Named::Xian1980, 3, false) => 2370,
        (Named::Xian1980, 6, true) => 2327,
        (Named::Xian1980, 6, false) => 2338,
        (Named::Beijing1954, 3, true) => 2401,
        (Named::Beijing1954, 3, false) => 2422,
        (Named::Beijing1954, 6, true) => 21413,
        (Named::Beijing1954, 6, false) => 21453,
        _ => return None,
    };
    let from = i64::from(zone) - first;
    let step = if base == 21453 { 10 } else { 1 };
    (from >= 0 && i64::from(zone) <= last).then_some(base + from * step)
}

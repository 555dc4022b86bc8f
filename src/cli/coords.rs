//! `jintu coords`: a position from one reference system to another.

use std::io::Write;

use super::{CliError, values::numbers};
use crate::geo::{Crs, gauss_kruger::Zone};

/// The system that an argument names.
///
/// # Errors
/// What would do, in words.
pub fn crs(text: &str) -> Result<Crs, String> {
    Crs::from_key(text).ok_or_else(|| {
        let (first, last) = (Zone::FIRST, Zone::LAST);
        format!("give {} with a zone from {first} to {last}", Crs::KEYS)
    })
}

/// Transforms the pair and prints it: degrees with 8 decimals, metres with 3.
///
/// # Errors
/// No pair of numbers, degrees that are none, or a plane position far from its zone.
pub fn coords(pair: &str, from: Crs, to: Crs, out: &mut impl Write) -> Result<(), CliError> {
    let form = if from.is_plane() {
        "easting,northing in metres, such as 460000,4193000"
    } else {
        "longitude,latitude in degrees, such as 112.55,37.87"
    };
    let given = numbers("coords", pair, form)?;
    let [x, y] = given;
    if !from.is_plane() && (x.abs() > 180.0 || y.abs() > 90.0) {
        return Err(CliError::Usage(format!("coords {pair}: give {form}")));
    }
    let p = from.to_wgs84(given);
    if !from.reaches(p) || !p.lat_deg.is_finite() || p.lat_deg.abs() > 90.0 {
        return Err(CliError::Usage(match from {
            Crs::GaussKruger(zone) => {
                format!("coords {pair}: too far from zone {}; give {form}", zone.number())
            }
            Crs::Degrees(_) | Crs::WebMercator => format!("coords {pair}: give {form}"),
        }));
    }
    if let (Crs::GaussKruger(zone), false) = (to, to.reaches(p)) {
        let right = Zone::of(p.lon_deg).number();
        return Err(CliError::Usage(format!(
            "coords {pair}: too far from zone {}; it lies nearest to zone {right}",
            zone.number()
        )));
    }
    let [x, y] = to.from_wgs84(p);
    if to.is_plane() {
        writeln!(out, "{x:.3},{y:.3}")?;
    } else {
        writeln!(out, "{x:.8},{y:.8}")?;
    }
    Ok(())
}

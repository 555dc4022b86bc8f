//! `jintu coords`: a position from one reference system to another.

use std::io::Write;

use super::{
    CliError,
    values::{numbers, wrong},
};
use crate::{
    app::Language,
    geo::{Crs, gauss_kruger::Zone},
    tr,
};

/// The system that an argument names.
///
/// # Errors
/// What would do, in words.
pub fn crs(text: &str) -> Result<Crs, String> {
    Crs::from_key(text).ok_or_else(|| format!("give {}", Crs::KEYS))
}

/// Transforms the pair and prints it: degrees with 8 decimals, metres with 3.
///
/// # Errors
/// No pair of numbers, degrees that are none, or a plane position far from its zone.
pub fn coords(
    pair: &str,
    from: Crs,
    to: Crs,
    language: Language,
    out: &mut impl Write,
) -> Result<(), CliError> {
    let key = if from.is_plane() { "cli.form_plane" } else { "cli.form_degrees" };
    let far = |crs: Crs| {
        let crs = crs.label(language);
        CliError::Usage(tr!(language, "cli.far_from_zone", pair = pair, crs = crs))
    };
    let wrong = || wrong("coords", pair, &tr!(language, key), language);
    let given: [f64; 2] = numbers(pair).ok_or_else(wrong)?;
    let [x, y] = given;
    if !from.is_plane() && (x.abs() > 180.0 || y.abs() > 90.0) {
        return Err(wrong());
    }
    let p = from.to_wgs84(given);
    if !from.reaches(p) || !p.lat_deg.is_finite() || p.lat_deg.abs() > 90.0 {
        return Err(match from {
            Crs::TransverseMercator(_) => far(from),
            Crs::Degrees(_) | Crs::WebMercator | Crs::Conic(_) => wrong(),
        });
    }
    if !to.reaches(p) {
        let Some(zone) = to.zone() else { return Err(far(to)) };
        let (zone, right) = (zone.number(), Zone::of(p.lon_deg).number());
        let sentence = tr!(language, "cli.other_zone", pair = pair, zone = zone, right = right);
        return Err(CliError::Usage(sentence));
    }
    let [x, y] = to.from_wgs84(p);
    if to.is_plane() {
        writeln!(out, "{x:.3},{y:.3}")?;
    } else {
        writeln!(out, "{x:.8},{y:.8}")?;
    }
    Ok(())
}

/// What has to be told of the two systems: nothing where both count on the same datum.
pub fn warnings(from: Crs, to: Crs, language: Language) -> Vec<String> {
    if from.datum() == to.datum() {
        return Vec::new();
    }
    [from, to].iter().filter_map(|crs| crs.warning()).map(|w| w.words(language)).collect()
}

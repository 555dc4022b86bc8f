//! `jintu coords`: a position from one datum or plane to another.

use std::io::Write;

use super::{CliError, args::numbers};
use crate::{
    geo::{
        Datum,
        gauss_kruger::{PlanePosition, Zone},
    },
    units::LonLat,
};

/// A datum of degrees, or the plane of a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    Degrees(Datum),
    Plane(Zone),
}

impl std::str::FromStr for Frame {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(datum) = Datum::from_key(text) {
            return Ok(Self::Degrees(datum));
        }
        let zone = text
            .to_lowercase()
            .strip_prefix("gk3:")
            .and_then(|number| number.parse().ok())
            .and_then(Zone::new);
        zone.map(Self::Plane).ok_or_else(|| {
            let (first, last) = (Zone::FIRST, Zone::LAST);
            format!(
                "give wgs84, cgcs2000, gcj02, bd09 or gk3:ZONE with a zone from {first} to {last}"
            )
        })
    }
}

/// Transforms the pair and prints it: degrees with 8 decimals, metres with 3.
///
/// # Errors
/// No pair of numbers, degrees that are none, or a plane position far from its zone.
pub fn coords(pair: &str, from: Frame, to: Frame, out: &mut impl Write) -> Result<(), CliError> {
    let true_position = match from {
        Frame::Degrees(datum) => {
            let form = "longitude,latitude in degrees, such as 112.55,37.87";
            let [lon, lat] = numbers("coords", pair, form)?;
            if lon.abs() > 180.0 || lat.abs() > 90.0 {
                return Err(CliError::Usage(format!("coords {pair}: give {form}")));
            }
            datum.to_wgs84(LonLat::new(lon, lat))
        }
        Frame::Plane(zone) => {
            let form = "easting,northing in metres, such as 460000,4193000";
            let [easting_m, northing_m] = numbers("coords", pair, form)?;
            let p = zone.unproject(PlanePosition { easting_m, northing_m });
            let near = (p.lon_deg - zone.central_meridian_deg()).abs() < FARTHEST_DEG;
            if !near || !p.lat_deg.is_finite() || p.lat_deg.abs() > 90.0 {
                return Err(CliError::Usage(format!(
                    "coords {pair}: too far from zone {}; give {form}",
                    zone.number()
                )));
            }
            p
        }
    };
    match to {
        Frame::Degrees(datum) => {
            let p = datum.from_wgs84(true_position);
            writeln!(out, "{:.8},{:.8}", p.lon_deg, p.lat_deg)?;
        }
        Frame::Plane(zone) => {
            if (true_position.lon_deg - zone.central_meridian_deg()).abs() > FARTHEST_DEG {
                let right = Zone::of(true_position.lon_deg).number();
                return Err(CliError::Usage(format!(
                    "coords {pair}: too far from zone {}; it lies nearest to zone {right}",
                    zone.number()
                )));
            }
            let p = zone.project(true_position);
            writeln!(out, "{:.3},{:.3}", p.easting_m, p.northing_m)?;
        }
    }
    Ok(())
}

/// Up to here from its central meridian the plane is exact to a millimetre; a zone reaches 1.5°.
const FARTHEST_DEG: f64 = 6.0;

//! Values inside arguments: numbers, boxes, distances.

use super::CliError;
use crate::{
    catalogue::{Along, Catalogue, Near},
    units::{Extent, LonLat},
};

pub fn finite(option: &str, value: Option<f64>) -> Result<Option<f64>, CliError> {
    match value {
        Some(v) if !v.is_finite() => {
            Err(CliError::Usage(format!("{option} {v}: give a number of 亿元, such as 10")))
        }
        other => Ok(other),
    }
}

/// Numbers between commas.
pub fn numbers<const N: usize>(option: &str, text: &str, form: &str) -> Result<[f64; N], CliError> {
    let parts: Vec<f64> = text
        .split([',', '，'])
        .map_while(|part| part.trim().parse().ok().filter(|v: &f64| v.is_finite()))
        .collect();
    let complete = text.split([',', '，']).count() == N;
    match <[f64; N]>::try_from(parts) {
        Ok(values) if complete => Ok(values),
        _ => Err(CliError::Usage(format!("{option} {text}: give {form}"))),
    }
}

pub fn extent(text: &str) -> Result<Extent, CliError> {
    let form = "west,south,east,north in degrees, such as 112,37.5,113,38.2";
    let [w, s, e, n] = numbers("--bbox", text, form)?;
    let sound = w < e && s < n && w >= -180.0 && e <= 180.0 && s >= -90.0 && n <= 90.0;
    if !sound {
        return Err(CliError::Usage(format!("--bbox {text}: give {form}")));
    }
    Ok(Extent { west_deg: w, south_deg: s, east_deg: e, north_deg: n })
}

pub fn near(text: &str) -> Result<Near, CliError> {
    let form = "longitude,latitude,kilometres, such as 112.55,37.87,5";
    let [lon, lat, km] = numbers("--near", text, form)?;
    if lon.abs() > 180.0 || lat.abs() > 90.0 || km < 0.0 {
        return Err(CliError::Usage(format!("--near {text}: give {form}")));
    }
    Ok(Near { at: LonLat::new(lon, lat), km })
}

pub fn along(catalogue: &Catalogue, text: &str) -> Result<Along, CliError> {
    let form = "a project and kilometres, such as B1-02,5";
    let wrong = || CliError::Usage(format!("--along {text}: give {form}"));
    let (id, km) = text.split_once([',', '，']).ok_or_else(wrong)?;
    let km: f64 = km.trim().parse().map_err(|_| wrong())?;
    let project = catalogue.project(id.trim()).ok_or_else(wrong)?;
    if !km.is_finite() || km < 0.0 {
        return Err(wrong());
    }
    if !project.is_located() {
        let id = &project.id;
        return Err(CliError::Usage(format!(
            "--along {id}: this project has no place on the map (未落图)"
        )));
    }
    Ok(Along { project: project.id.clone(), km })
}

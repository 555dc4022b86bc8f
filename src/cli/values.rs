//! Values inside arguments: numbers, boxes, distances.

use super::CliError;
use crate::{
    app::Language,
    catalogue::{Along, Catalogue, Near},
    tr,
    units::{Extent, LonLat},
};

/// What an option should say instead.
pub fn wrong(option: &str, text: &str, form: &str, language: Language) -> CliError {
    CliError::Usage(tr!(language, "cli.give", option = option, text = text, form = form))
}

pub fn finite(
    option: &str,
    value: Option<f64>,
    language: Language,
) -> Result<Option<f64>, CliError> {
    match value {
        Some(v) if !v.is_finite() => {
            let form = tr!(language, "cli.form_yi");
            Err(wrong(option, &v.to_string(), &form, language))
        }
        other => Ok(other),
    }
}

/// Numbers between commas, or between blanks where there is no comma; `None` where they are not that.
pub fn numbers<const N: usize>(text: &str) -> Option<[f64; N]> {
    let commas = [',', '，'];
    let parts: Vec<&str> = if text.contains(commas) {
        text.split(commas).map(str::trim).collect()
    } else {
        text.split_whitespace().collect()
    };
    let finite = |part: &&str| part.parse().ok().filter(|v: &f64| v.is_finite());
    let numbers: Option<Vec<f64>> = parts.iter().map(finite).collect();
    <[f64; N]>::try_from(numbers?).ok()
}

pub fn extent(text: &str, language: Language) -> Result<Extent, CliError> {
    let sound = |[w, s, e, n]: &[f64; 4]| {
        w < e && s < n && *w >= -180.0 && *e <= 180.0 && *s >= -90.0 && *n <= 90.0
    };
    let [w, s, e, n] = numbers(text)
        .filter(sound)
        .ok_or_else(|| wrong("--bbox", text, &tr!(language, "cli.form_bbox"), language))?;
    Ok(Extent { west_deg: w, south_deg: s, east_deg: e, north_deg: n })
}

pub fn near(text: &str, language: Language) -> Result<Near, CliError> {
    let sound = |[lon, lat, km]: &[f64; 3]| lon.abs() <= 180.0 && lat.abs() <= 90.0 && *km >= 0.0;
    let [lon, lat, km] = numbers(text)
        .filter(sound)
        .ok_or_else(|| wrong("--near", text, &tr!(language, "cli.form_near"), language))?;
    Ok(Near { at: LonLat::new(lon, lat), km })
}

pub fn along(catalogue: &Catalogue, text: &str, language: Language) -> Result<Along, CliError> {
    let wrong = || wrong("--along", text, &tr!(language, "cli.form_along"), language);
    let (id, km) = text.split_once([',', '，']).ok_or_else(wrong)?;
    let km: f64 = km.trim().parse().map_err(|_| wrong())?;
    let project = catalogue.project(id.trim()).ok_or_else(wrong)?;
    if !km.is_finite() || km < 0.0 {
        return Err(wrong());
    }
    if !project.is_located() {
        return Err(CliError::Usage(tr!(language, "cli.along_unlocated", id = project.id)));
    }
    Ok(Along { project: project.id.clone(), km })
}

//! The seed files as they lie on disk, and the errors of reading them.
//!
//! Saved form only: [`super::lower`] turns it into the valid model.

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{SlideView, seed_later::UpdateSeed};

/// The bytes of every seed file.
#[derive(Debug, Clone, Copy)]
pub struct SeedFiles<'a> {
    pub plan: &'a [u8],
    pub projects: &'a [u8],
    pub sources: &'a [u8],
    pub kinds: &'a [u8],
    pub regions: &'a [u8],
    pub targets: &'a [u8],
    pub gazetteer: &'a [u8],
    pub tour: &'a [u8],
    pub unlocated: &'a [u8],
    pub translated: &'a [u8],
    pub counties: &'a [u8],
    pub corridors: &'a [u8],
    pub areas: &'a [u8],
    pub sites: &'a [u8],
    /// The country's counties and towns, packed: what a plan of another city stands on.
    pub country: &'a [u8],
}

/// Why a seed file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {feature}{field}{reason}", feature = within(feature.as_deref()), field = within(field.as_deref()))]
pub struct SeedError {
    pub file: String,
    pub feature: Option<String>,
    pub field: Option<String>,
    pub reason: String,
}

fn within(part: Option<&str>) -> String {
    part.map(|p| format!("{p}: ")).unwrap_or_default()
}

/// Reads a JSON seed file.
///
/// # Errors
/// Names the file and the field that does not fit.
pub fn read_json<T: DeserializeOwned>(file: &str, bytes: &[u8]) -> Result<T, SeedError> {
    let reader = &mut serde_json::Deserializer::from_slice(bytes);
    serde_path_to_error::deserialize(reader).map_err(|e| SeedError {
        file: file.to_owned(),
        feature: None,
        field: Some(e.path().to_string()),
        reason: e.inner().to_string(),
    })
}

/// A `GeoJSON` feature before lowering.
#[derive(Debug, Clone)]
pub struct RawFeature<P> {
    pub id: String,
    pub properties: P,
    pub geometry: geo::Geometry<f64>,
}

/// Reads a `GeoJSON` seed file. Features that do not fit are reported, the others are kept.
pub fn read_features<P: DeserializeOwned>(
    file: &str,
    bytes: &[u8],
) -> (Vec<RawFeature<P>>, Vec<SeedError>) {
    let fail = |feature: Option<String>, field: Option<String>, reason: String| SeedError {
        file: file.to_owned(),
        feature,
        field,
        reason,
    };
    let collection: Value = match serde_json::from_slice(bytes) {
        Ok(value) => value,
        Err(e) => return (Vec::new(), vec![fail(None, None, e.to_string())]),
    };
    let Some(features) = collection.get("features").and_then(Value::as_array) else {
        let reason = "is not a GeoJSON FeatureCollection".to_owned();
        return (Vec::new(), vec![fail(None, Some("features".to_owned()), reason)]);
    };
    let mut good = Vec::new();
    let mut bad = Vec::new();
    for (i, feature) in features.iter().enumerate() {
        let properties = feature.get("properties").cloned().unwrap_or_default();
        let id = ["id", "code"]
            .into_iter()
            .find_map(|key| properties.get(key).and_then(Value::as_str))
            .map_or_else(|| format!("#{i}"), str::to_owned);
        match read_feature(feature, properties) {
            Ok((properties, geometry)) => good.push(RawFeature { id, properties, geometry }),
            Err((field, reason)) => bad.push(fail(Some(id), Some(field), reason)),
        }
    }
    (good, bad)
}

fn read_feature<P: DeserializeOwned>(
    feature: &Value,
    properties: Value,
) -> Result<(P, geo::Geometry<f64>), (String, String)> {
    let parsed = serde_path_to_error::deserialize(properties)
        .map_err(|e| (e.path().to_string(), e.inner().to_string()))?;
    let in_geometry = |reason: String| ("geometry".to_owned(), reason);
    let value = feature.get("geometry").cloned().unwrap_or_default();
    let geometry: geojson::Geometry =
        serde_json::from_value(value).map_err(|e| in_geometry(e.to_string()))?;
    let geometry =
        geo::Geometry::<f64>::try_from(geometry).map_err(|e| in_geometry(e.to_string()))?;
    let on_earth = geo::CoordsIter::coords_iter(&geometry)
        .all(|c| c.x.is_finite() && c.y.is_finite() && c.x.abs() <= 180.0 && c.y.abs() <= 90.0);
    if on_earth {
        Ok((parsed, geometry))
    } else {
        Err(in_geometry("holds a coordinate outside the globe".to_owned()))
    }
}

#[derive(Debug, Clone, Deserialize)]
pub struct AnchorSeed {
    pub phrase: String,
    #[serde(default)]
    pub occurrence: Option<usize>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum AlsoSeed {
    Phrase(String),
    Anchor(AnchorSeed),
}

#[derive(Debug, Clone, Deserialize)]
pub struct ProjectSeed {
    pub id: String,
    pub name: String,
    pub name_en: String,
    pub short_name: String,
    pub short_name_en: String,
    pub kind: String,
    pub planned: bool,
    #[serde(default)]
    pub regions: Vec<String>,
    #[serde(default)]
    pub anchor: Option<String>,
    #[serde(default)]
    pub occurrence: Option<usize>,
    #[serde(default)]
    pub also: Vec<AlsoSeed>,
    #[serde(default)]
    pub same_as: Vec<String>,
    #[serde(default)]
    pub stated_counties: Vec<String>,
    #[serde(default)]
    pub organisations: Vec<String>,
    #[serde(default)]
    pub notes_zh: Option<String>,
    #[serde(default)]
    pub notes_en: Option<String>,
    #[serde(default)]
    pub updates: Vec<UpdateSeed>,
    #[serde(default)]
    pub task_hint: Option<String>,
    #[serde(default)]
    pub flagship: bool,
}

#[derive(Debug, Clone, Deserialize)]
pub struct KindSeed {
    pub key: String,
    pub zh: String,
    pub en: String,
    pub glyph: String,
    pub light: String,
    pub dark: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct UnlocatedSeed {
    pub project_id: String,
    pub accuracy: String,
    pub reason_zh: String,
    pub reason_en: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct CountySeed {
    pub code: String,
    pub name: String,
    pub name_en: String,
    #[serde(default)]
    pub city: String,
    #[serde(default)]
    pub province: String,
    #[serde(default)]
    pub in_city: bool,
    pub label_lon_lat: [f64; 2],
}

#[derive(Debug, Clone, Deserialize)]
pub struct ControlPointSeed {
    pub name: String,
    pub lon: f64,
    pub lat: f64,
    #[serde(default)]
    pub error_m: Option<f64>,
    #[serde(default)]
    pub sources: Vec<String>,
}

/// Properties shared by corridors, areas and sites.
#[derive(Debug, Clone, Deserialize)]
pub struct FeatureSeed {
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub name_en: Option<String>,
    #[serde(default)]
    pub project_ids: Vec<String>,
    /// What it is called on the map, where that is shorter than its name.
    #[serde(default)]
    pub map_name: Option<String>,
    #[serde(default)]
    pub map_name_en: Option<String>,
    #[serde(default)]
    pub role: Option<String>,
    #[serde(default)]
    pub class: Option<String>,
    /// How far it is by now: `planned`, `in_progress` or `done`.
    #[serde(default)]
    pub status: Option<String>,
    pub accuracy: String,
    #[serde(default)]
    pub error_m: Value,
    #[serde(default)]
    pub counts_length: Option<bool>,
    #[serde(default)]
    pub stated_length_km: Option<f64>,
    #[serde(default)]
    pub length_note_zh: Option<String>,
    #[serde(default)]
    pub length_note_en: Option<String>,
    #[serde(default)]
    pub basis_zh: Option<String>,
    #[serde(default)]
    pub basis_en: Option<String>,
    #[serde(default)]
    pub control_points: Vec<ControlPointSeed>,
    #[serde(default)]
    pub sources: Vec<String>,
    /// River reaches only: the counties that the works are in, where the plan names them; the whole
    /// reach then counts for them alone, also where it is a border.
    #[serde(default)]
    pub works_in: Vec<String>,
    /// Sites only: the county of the point or, for an anchor, the county it stands for.
    #[serde(default)]
    pub county_code: Option<String>,
    /// Sites only: a placeholder, never a position.
    #[serde(default)]
    pub anchor: bool,
    #[serde(default)]
    pub anchor_name_zh: Option<String>,
    #[serde(default)]
    pub anchor_name_en: Option<String>,
    #[serde(default)]
    pub reason_zh: Option<String>,
    #[serde(default)]
    pub reason_en: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub struct RegionsSeed {
    #[serde(default)]
    pub city: CitySeed,
    pub cooperation: Vec<CooperationSeed>,
    /// Counties that projects lie in and whose polygons do not belong to the map.
    #[serde(default)]
    pub elsewhere: Vec<CountySeed>,
}

/// The city of the plan.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct CitySeed {
    #[serde(default)]
    pub plan_title: String,
    /// The same translated.
    #[serde(default)]
    pub plan_title_en: String,
    #[serde(default)]
    pub made_public: Option<MadePublic>,
}

/// When the plan was made public.
#[derive(Debug, Clone, Deserialize)]
pub struct MadePublic {
    /// `2022-05-11`.
    pub date: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct CooperationSeed {
    pub key: String,
    pub name: String,
    pub name_en: String,
    pub verb_zh: String,
    pub verb_en: String,
    pub section: String,
    #[serde(default)]
    pub cities: Vec<PartnerCitySeed>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct PartnerCitySeed {
    pub name: String,
    #[serde(default)]
    pub name_en: String,
    pub lon: f64,
    pub lat: f64,
}

#[derive(Debug, Clone, Deserialize)]
pub struct TargetSeed {
    pub id: String,
    pub group: String,
    #[serde(default)]
    pub year: Option<u16>,
    pub indicator_zh: String,
    pub indicator_en: String,
    #[serde(default)]
    pub value: Option<f64>,
    #[serde(default)]
    pub unit: Option<String>,
    pub anchor: String,
    #[serde(default)]
    pub occurrence: Option<usize>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct SlideSeed {
    pub id: String,
    #[serde(default)]
    pub project_ids: Vec<String>,
    pub view: SlideView,
    pub kicker_zh: String,
    pub kicker_en: String,
    pub title_zh: String,
    pub title_en: String,
    pub caption_zh: String,
    pub caption_en: String,
    #[serde(default)]
    pub figures: Vec<SlideFigureSeed>,
    #[serde(default)]
    pub anchor: Option<String>,
    #[serde(default = "super::seed_later::first")]
    pub occurrence: usize,
}

#[derive(Debug, Clone, Deserialize)]
pub struct SlideFigureSeed {
    pub label_zh: String,
    pub label_en: String,
    pub phrase: String,
    #[serde(default = "super::seed_later::first")]
    pub occurrence: usize,
    pub value: Value,
    #[serde(default)]
    pub value_en: Value,
    #[serde(default)]
    pub unit_zh: String,
    #[serde(default)]
    pub unit_en: String,
    #[serde(default)]
    pub approx: bool,
}

/// A place of the gazetteer.
#[derive(Debug, Clone, Deserialize)]
pub struct PlaceSeed {
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub kind: String,
    pub lon: f64,
    pub lat: f64,
    #[serde(default)]
    pub county_code: Option<String>,
    #[serde(default)]
    pub error_m: Option<f64>,
    #[serde(default)]
    pub source: Option<String>,
}

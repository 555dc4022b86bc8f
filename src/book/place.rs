//! A place of a project: a geometry and how it is known.

use serde::{Deserialize, Serialize};

use super::{Kept, Mark, Table, UpdateRecord, Words};

/// One geometry. Several projects may share it; a project may have several.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceRecord {
    pub id: String,
    /// Places are listed by it, then by id.
    pub order: u32,
    pub name: Words,
    /// What this part is called on the map, where that is another name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub map_name: Option<Words>,
    pub project_ids: Vec<String>,
    /// `main` (also where it is missing), `update` or `context`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The key of a class of lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// In degrees, longitude first, WGS-84.
    pub geometry: geojson::Geometry,
    /// The key of a class of accuracy.
    pub accuracy: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_built: bool,
    /// Smallest and largest estimated error of its points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_m: Option<[f64; 2]>,
    /// Whether its length belongs to its project's.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub counts_length: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated_length_km: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length_note: Option<Words>,
    /// How the geometry is known.
    #[serde(default)]
    pub basis: Words,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub control_points: Vec<ControlPointRecord>,
    /// Publisher, title and date of each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Words>,
    /// Later public facts that tell of this part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub updates: Vec<UpdateRecord>,
    /// Codes of the counties that river works are in, where the plan names them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub works_in: Vec<String>,
    /// Who set it by hand. It then stands in place of all that was proposed for the project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_hand: Option<Mark>,
}

/// A named point that a schematic line was drawn through.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ControlPointRecord {
    pub name: String,
    pub lon: f64,
    pub lat: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_m: Option<f64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Words>,
}

impl PlaceRecord {
    /// Whether it shows the project as the plan states it.
    pub fn is_main(&self) -> bool {
        self.role.as_deref().is_none_or(|role| role == "main")
    }
}

impl Kept for PlaceRecord {
    const TABLE: Table = Table::Places;

    fn key(&self) -> &str {
        &self.id
    }
}

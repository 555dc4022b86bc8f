//! Geometry of projects, with how it is known.

use geo::{LineString, Polygon};

use super::{accuracy::Accuracy, project::Update};
use crate::{
    language::Bilingual,
    units::{Extent, LonLat},
};

/// What a feature is for its project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The project as the plan states it.
    Main,
    /// A later public alignment, drawn beside the plan's.
    Update,
    /// Something that is there already and helps to read the map.
    Context,
}

/// How a line is drawn and how sharply such a thing can turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineClass {
    Expressway,
    Road,
    HighSpeedRail,
    Metro,
    River,
    Tributary,
    Runway,
}

impl LineClass {
    /// The name used in the seeds and in workbooks.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Expressway => "expressway",
            Self::Road => "road",
            Self::HighSpeedRail => "high_speed_rail",
            Self::Metro => "metro",
            Self::River => "river",
            Self::Tributary => "tributary",
            Self::Runway => "runway",
        }
    }

    /// The class with the name used in the seeds.
    pub fn from_key(key: &str) -> Option<Self> {
        Some(match key {
            "expressway" => Self::Expressway,
            "road" => Self::Road,
            "high_speed_rail" | "railway" => Self::HighSpeedRail,
            "metro" => Self::Metro,
            "river" => Self::River,
            "tributary" => Self::Tributary,
            "runway" => Self::Runway,
            _ => return None,
        })
    }
}

/// A shape in degrees, longitude first.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    Point(LonLat),
    Line(LineString<f64>),
    Area(Polygon<f64>),
}

impl Shape {
    /// The extent around it; `None` for an empty line.
    pub fn extent(&self) -> Option<Extent> {
        match self {
            Self::Point(p) => Extent::around([*p]),
            Self::Line(line) => Extent::around(line.coords().map(|c| LonLat::from(*c))),
            Self::Area(area) => Extent::around(area.exterior().coords().map(|c| LonLat::from(*c))),
        }
    }

    /// The `GeoJSON` name of its type.
    pub const fn type_name(&self) -> &'static str {
        match self {
            Self::Point(_) => "Point",
            Self::Line(_) => "LineString",
            Self::Area(_) => "Polygon",
        }
    }
}

/// A named point that a schematic line was drawn through.
#[derive(Debug, Clone, PartialEq)]
pub struct ControlPoint {
    pub name: String,
    pub lon_lat: LonLat,
    pub error_m: Option<f64>,
    pub sources: Vec<Bilingual>,
}

/// One geometry of the seeds.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    /// Id in the seed file, such as `L1` or `S-B1-03`.
    pub id: String,
    pub name: Bilingual,
    /// What this part is called on the map, where its project has several lines of their own names.
    pub map_name: Option<Bilingual>,
    pub project_ids: Vec<String>,
    pub role: Role,
    /// For lines.
    pub class: Option<LineClass>,
    pub shape: Shape,
    pub accuracy: Accuracy,
    /// Whether it is there by now, by a public fact that may be later than the plan.
    pub is_built: bool,
    /// Smallest and largest estimated error of its points.
    pub error_m: Option<[f64; 2]>,
    /// Whether its length belongs to its project's. Parts drawn over a whole do not count.
    pub counts_length: bool,
    pub stated_length_km: Option<f64>,
    /// Why drawn and stated length differ.
    pub length_note: Option<Bilingual>,
    /// How the geometry is known.
    pub basis: Bilingual,
    pub control_points: Vec<ControlPoint>,
    /// Publisher, title and date of each.
    pub sources: Vec<Bilingual>,
    /// Later public facts that tell of this part.
    pub updates: Vec<Update>,
    /// Codes of the counties that river works are in, where the plan names them.
    pub works_in: Vec<String>,
}

//! What one was looking at, as it comes back when the same plan is opened again.
//!
//! It is kept in the settings, by the workbook's path, and not in the workbook: looking around is no
//! change of the workbook, which may lie on a share, be read only or be read by others meanwhile; its
//! log and its undo know edits only, and what is mailed says nothing of where somebody looked last.
//! What is meant to travel is saved as a view. It is written when the map has been still for a while,
//! when another workbook is opened and when the window closes, like every setting: whole or not at
//! all, and never an older one over a newer.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::State;
use crate::{
    geo::mercator,
    units::{Extent, LonLat},
};

/// What is kept of one workbook.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptView {
    /// The workbook; `None` for the plan that comes with the program.
    pub book: Option<PathBuf>,
    /// West, south, east, north in degrees: what no panel covers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extent: Option<[f64; 4]>,
    /// As [`crate::catalogue::Filter::to_json`] has it.
    #[serde(skip_serializing_if = "Value::is_null")]
    pub filter: Value,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub selected: Vec<String>,
    /// The one in the card.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub focus: Option<String>,
    /// From the ground up.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub layers: Vec<KeptLayer>,
}

/// A layer of a file that was on the map.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptLayer {
    pub path: PathBuf,
    /// The layer's name in its file.
    pub name: String,
    pub hidden: bool,
    /// The id of the workbook's record of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
}

/// How many workbooks' views are kept.
const MOST_KEPT: usize = 40;

impl KeptView {
    /// What is looked at now.
    pub fn of(state: &State) -> Self {
        let layers = state.layers_from_ground().into_iter();
        let layers = layers.filter_map(|(key, layer)| {
            let (own, _) = state.open_layer(key)?;
            let (path, name) = (own.path.clone(), layer.data.0.name.clone());
            let record = state.layer_record(key).map(|own| own.id.clone());
            Some(KeptLayer { path, name, hidden: !layer.visible, record })
        });
        Self {
            book: state.workbook.path.clone(),
            extent: seen_extent(state),
            filter: state.filter.to_json(),
            selected: state.selected.clone(),
            focus: state.focus.clone(),
            layers: layers.collect(),
        }
    }
}

/// What no panel covers of the map, as records have extents: west, south, east, north.
pub fn seen_extent(state: &State) -> Option<[f64; 4]> {
    let seen = mercator::extent_from_mercator(state.clear_view()?.extent());
    Some([seen.west_deg, seen.south_deg, seen.east_deg, seen.north_deg])
}

/// The extent of a record; `None` where it is none of the globe.
pub fn extent_of([west_deg, south_deg, east_deg, north_deg]: [f64; 4]) -> Option<Extent> {
    let extent = Extent { west_deg, south_deg, east_deg, north_deg };
    let is_on_globe = |p: LonLat| p.lon_deg.abs() <= 180.0 && p.lat_deg.abs() <= 90.0;
    let corners = [LonLat::new(west_deg, south_deg), LonLat::new(east_deg, north_deg)];
    let is_good = corners.into_iter().all(is_on_globe) && west_deg < east_deg;
    (is_good && south_deg < north_deg).then_some(extent)
}

/// What is kept of a workbook.
pub fn kept_view<'a>(kept: &'a [KeptView], book: Option<&Path>) -> Option<&'a KeptView> {
    kept.iter().find(|own| own.book.as_deref() == book)
}

/// Keeps a view in the place of what was kept of its workbook, the newest first; says whether that is
/// something else.
pub fn keep_view(kept: &mut Vec<KeptView>, view: KeptView) -> bool {
    if kept.first() == Some(&view) {
        return false;
    }
    kept.retain(|own| own.book != view.book);
    kept.insert(0, view);
    kept.truncate(MOST_KEPT);
    true
}

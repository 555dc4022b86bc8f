//! What the user chose and finds again at the next start.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use serde::{Deserialize, Serialize};

use super::{
    crs_question::CrsAnswer, export::ExportFormat, field_columns::LayerColumns,
    kept_view::KeptView, layer_dress::KeptStyle, layer_join::KeptJoin, table::Column,
};
use crate::{
    catalogue::CountyMoney,
    geo::{CoordinateForm, gauss_kruger::Zone},
    language::Language,
    layer::ChosenColumns,
    style::Mode,
    tile::TileSource,
};

/// Settings as saved. Fields that a newer version wrote are kept.
#[expect(clippy::struct_excessive_bools, reason = "switches, each of its own")]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub language: Language,
    pub mode: Mode,
    /// 减少动画: the camera jumps instead of flying.
    pub reduce_motion: bool,
    /// A click on a slide does nothing, instead of leading to the next.
    pub still_click: bool,
    pub table_open: bool,
    /// Key of the basemap; empty for the embedded one.
    pub basemap: String,
    /// Tiles at half their size on dense screens: sharp, with small letters.
    pub fine_tiles: bool,
    pub graticule: bool,
    /// The ground without its shaded relief.
    pub flat_ground: bool,
    /// How the position under the pointer is told.
    pub coordinates: CoordinateForm,
    /// What of a corridor's money counts for a county.
    pub county_money: CountyMoney,
    /// The Gauss–Krüger zone that positions are told in; zero for the one around each position.
    pub plane_zone: u8,
    /// Columns of the table, in the order of the list; none for the usual ones.
    pub columns: BTreeSet<Column>,
    /// Shares of the width that the user gave to columns.
    pub column_shares: BTreeMap<Column, f32>,
    /// Ids of the commands that were chosen last in the palette, the newest first.
    pub recent_commands: Vec<String>,
    /// Files of layers that were opened last, the newest first.
    pub recent_files: Vec<PathBuf>,
    /// The workbook that comes back at the next start; `None` for the plan that comes with the
    /// program.
    pub last_book: Option<PathBuf>,
    /// Workbooks that were opened last, the newest first.
    pub recent_books: Vec<PathBuf>,
    /// How the fields of layers are arranged in their tables, the newest first.
    pub layer_columns: Vec<LayerColumns>,
    /// What the coordinates of files refer to that do not say it themselves, the newest first.
    pub file_systems: Vec<(PathBuf, CrsAnswer)>,
    /// Which columns of tables hold their coordinates, as the user said, the newest first.
    pub file_columns: Vec<(PathBuf, ChosenColumns)>,
    /// How layers of files look, the one that was changed last first.
    pub layer_styles: Vec<KeptStyle>,
    /// In which order layers of files lie, from the ground up, once the user has changed it.
    pub layer_order: Vec<(PathBuf, String)>,
    /// Tables that are joined to layers of files, the newest first.
    pub layer_joins: Vec<KeptJoin>,
    /// What was looked at of workbooks, the one that was open last first.
    pub views: Vec<KeptView>,
    /// Where the last export went, and its format.
    pub export_folder: Option<PathBuf>,
    pub export_format: Option<ExportFormat>,
    /// Basemaps that the user opened.
    pub basemaps: Vec<Vec<TileSource>>,
    #[serde(flatten)]
    pub unknown: serde_json::Map<String, serde_json::Value>,
}

impl Settings {
    /// The Gauss–Krüger zone that the user fixed.
    pub fn zone(&self) -> Option<Zone> {
        Zone::new(self.plane_zone)
    }

    /// Columns of the table with their shares of its width. The distance stands there by itself while
    /// the filter looks around something.
    pub fn shown_columns(&self, with_distance: bool) -> Vec<(Column, f32)> {
        let is_shown = |column: Column| {
            let chosen = if self.columns.is_empty() {
                Column::USUAL.contains(&column)
            } else {
                self.columns.contains(&column)
            };
            if column == Column::Distance { with_distance } else { chosen }
        };
        let share = |column: Column| {
            let own = self.column_shares.get(&column).copied().filter(|own| own.is_finite());
            own.unwrap_or_else(|| column.usual_share()).clamp(0.03, 1.0)
        };
        let shown = Column::ALL.into_iter().filter(|column| is_shown(*column));
        let shown: Vec<(Column, f32)> = shown.map(|column| (column, share(column))).collect();
        let all: f32 = shown.iter().map(|(_, own)| own).sum();
        shown.into_iter().map(|(column, own)| (column, own / all)).collect()
    }
}

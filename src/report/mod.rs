//! What leaves the program: tables, `GeoJSON`, JSON and pictures. Bytes in memory; `store` saves them.

pub mod drawing;
pub mod geojson;
pub mod json;
pub mod layer_info;
pub mod legend;
pub mod map_content;
pub mod map_sheet;
pub mod picture;
pub mod project_layer;
pub mod slide;
pub mod table;
pub mod xlsx;

use crate::{
    app::{ExportFormat, Language},
    catalogue::{Catalogue, Project},
};

/// Why a table could not be made.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    #[error("the table cannot be written: {0}")]
    Csv(#[from] csv::Error),
    #[error("the GeoJSON cannot be written: {0}")]
    Json(#[from] serde_json::Error),
    #[error("the XLSX cannot be written: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    #[error("a picture is no table")]
    Picture,
}

/// A file of projects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    pub bytes: Vec<u8>,
    /// Texts that were changed so that no spreadsheet runs them as formulas.
    pub neutralised: usize,
}

/// The projects as a table or as `GeoJSON`, in the order given.
///
/// # Errors
/// Drawings are made by [`drawing`], workbooks by [`xlsx`], layers by their writers; asking for one
/// here is an error.
pub fn export(
    catalogue: &Catalogue,
    ids: &[String],
    format: ExportFormat,
    language: Language,
) -> Result<Exported, TableError> {
    let projects: Vec<&Project> = ids.iter().filter_map(|id| catalogue.project(id)).collect();
    match format {
        ExportFormat::Csv => {
            let table::CsvTable { bytes, neutralised } =
                table::csv(catalogue, &projects, language)?;
            Ok(Exported { bytes, neutralised })
        }
        ExportFormat::GeoJson => {
            let bytes = serde_json::to_vec(&geojson::collection(catalogue, projects))?;
            Ok(Exported { bytes, neutralised: 0 })
        }
        _ => Err(TableError::Picture),
    }
}

//! What leaves the program: tables, `GeoJSON`, JSON and pictures. Bytes in memory; `store` saves them.

pub mod geojson;
pub mod json;
pub mod picture;
pub mod table;

use crate::{
    app::{ExportFormat, Language},
    catalogue::{Catalogue, Project},
};

/// The projects as a table or as `GeoJSON`, in the order given.
///
/// # Errors
/// The picture is made by [`picture::png`]; asking for it here is an error.
pub fn export(
    catalogue: &Catalogue,
    ids: &[String],
    format: ExportFormat,
    language: Language,
) -> Result<Vec<u8>, String> {
    let projects: Vec<&Project> = ids.iter().filter_map(|id| catalogue.project(id)).collect();
    match format {
        ExportFormat::Csv => table::csv(catalogue, &projects, language).map_err(|e| e.to_string()),
        ExportFormat::GeoJson => {
            serde_json::to_vec(&geojson::collection(catalogue, projects)).map_err(|e| e.to_string())
        }
        ExportFormat::Png => Err("a picture is no table".to_owned()),
    }
}

//! What an export needs, so that it is made without the state.

use std::{path::PathBuf, sync::Arc};

use super::{Language, open_layers::Passed, open_layers::Snapshot};
use crate::{
    catalogue::{Catalogue, Filter},
    scene::Viewport,
    style::Mode,
};

/// File formats of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExportFormat {
    Csv,
    GeoJson,
    Png,
}

impl ExportFormat {
    pub const ALL: [Self; 3] = [Self::Csv, Self::GeoJson, Self::Png];

    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::GeoJson => "geojson",
            Self::Png => "png",
        }
    }
}

/// A file to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportOrder {
    pub path: PathBuf,
    pub format: ExportFormat,
    pub catalogue: SharedCatalogue,
    pub language: Language,
    /// Projects of a table, by id, in the order of its rows.
    pub projects: Vec<String>,
    pub picture: PictureOrder,
}

/// What a picture shows.
#[derive(Debug, Clone, PartialEq)]
pub struct PictureOrder {
    /// Positions in the catalogue.
    pub shown: Vec<usize>,
    pub selected: Vec<String>,
    pub filter: Filter,
    pub mode: Mode,
    /// What the window shows; `None` before its first frame.
    pub view: Option<Viewport>,
    pub layers: Vec<LayerOrder>,
}

/// A layer of the user's in a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerOrder {
    pub data: Snapshot,
    /// What the filter lets pass; `None` for all.
    pub passed: Option<Passed>,
    /// Position among the colours of layers.
    pub color: usize,
}

/// A catalogue that many hold. Two are equal when they are the same one.
#[derive(Debug, Clone)]
pub struct SharedCatalogue(pub Arc<Catalogue>);

impl PartialEq for SharedCatalogue {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

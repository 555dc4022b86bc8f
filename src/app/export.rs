//! What an export needs, so that it is made without the state.

use std::{path::PathBuf, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{
    Language,
    layer_dress::Dress,
    open_layers::{Passed, Snapshot},
};
use crate::{
    catalogue::{Catalogue, Filter},
    scene::{Viewport, figure::Figure},
    sheet::{Orientation, Paper},
    style::Mode,
    tile::TileSource,
    units::Extent,
};

/// File formats of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ExportFormat {
    Csv,
    Xlsx,
    GeoJson,
    Gpkg,
    Shp,
    Kml,
    Png,
    Svg,
    Pdf,
}

impl ExportFormat {
    pub const ALL: [Self; 9] = [
        Self::Csv,
        Self::Xlsx,
        Self::GeoJson,
        Self::Gpkg,
        Self::Shp,
        Self::Kml,
        Self::Png,
        Self::Svg,
        Self::Pdf,
    ];

    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::GeoJson => "geojson",
            Self::Gpkg => "gpkg",
            Self::Shp => "shp",
            Self::Kml => "kml",
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
        }
    }

    /// The one of a file's extension.
    pub fn of_extension(extension: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.extension().eq_ignore_ascii_case(extension))
    }

    /// Whether the writer of layers makes it.
    pub const fn is_of_layers(self) -> bool {
        matches!(self, Self::Gpkg | Self::Shp | Self::Kml)
    }

    /// Whether it draws the map; else it tells of the projects.
    pub const fn is_drawing(self) -> bool {
        matches!(self, Self::Png | Self::Svg | Self::Pdf)
    }
}

/// A file to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportOrder {
    pub path: PathBuf,
    /// Whether a file of that name is replaced; else the user is asked.
    pub replace: bool,
    pub format: ExportFormat,
    pub catalogue: SharedCatalogue,
    pub language: Language,
    /// Projects of a table, by id, in the order of its rows.
    pub projects: Vec<String>,
    pub drawing: DrawingOrder,
}

/// What a drawing of the map shows, and how it is put on paper.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawingOrder {
    /// Positions in the catalogue.
    pub shown: Vec<usize>,
    pub selected: Vec<String>,
    pub filter: Filter,
    pub mode: Mode,
    /// Whether the ground is shaded.
    pub relief: bool,
    /// `None` before the window's first frame.
    pub part: Option<MapPart>,
    pub layers: Vec<LayerOrder>,
    /// What was measured.
    pub figure: Option<Figure>,
    /// Sources of a basemap from outside, from the ground up, and its name.
    pub sources: Vec<Arc<TileSource>>,
    pub basemap_name: String,
    pub form: DrawingForm,
}

/// Which part of the world.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum MapPart {
    Extent(Extent),
    /// As the window shows it, fitted to the picture.
    Viewport(Viewport),
}

/// How a drawing is put on paper.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DrawingForm {
    /// `None` for a picture with its furniture over the map.
    pub paper: Option<Paper>,
    /// `None` leaves it to the part of the world.
    pub orientation: Option<Orientation>,
    /// N of 1:N at the centre; `None` fits the part.
    pub denominator: Option<f64>,
    /// `None` for the plan's title.
    pub title: Option<String>,
    /// The number under which the map was reviewed (审图号).
    pub review_number: Option<String>,
    pub size: DrawingSize,
}

/// How large a drawing is in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct DrawingSize {
    /// Of a picture; a sheet is fitted into it.
    pub size_px: Option<[u32; 2]>,
    pub pixels_per_point: Option<f32>,
}

impl DrawingSize {
    /// The size of pictures that nobody gave one.
    pub const USUAL_PX: [u32; 2] = [1920, 1080];
    /// A sheet's: 300 dots per inch.
    pub const PRINTED: f32 = 300.0 / 96.0;

    /// Of a picture of a view: its shape, as large as a wall of 4K holds, at two pixels a point.
    pub fn of_view(view: Viewport) -> Self {
        const WALL_PX: [f32; 2] = [3840.0, 2160.0];
        let factor = (WALL_PX[0] / view.width_pt).min(WALL_PX[1] / view.height_pt);
        // At most the wall's, and a view has a size.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size")]
        let pixels = |side: f32| ((side * factor).round() as u32).max(16);
        let size_px = [view.width_pt, view.height_pt].map(pixels);
        Self { size_px: Some(size_px), pixels_per_point: Some(2.0) }
    }

    /// A picture's size in points, and the pixels of each.
    pub fn of_picture(self) -> ([f32; 2], f32) {
        let scale = self.pixels_per_point.unwrap_or(1.0);
        (self.size_px.unwrap_or(Self::USUAL_PX).map(|px| px as f32 / scale), scale)
    }

    /// The pixels per point of a sheet of a size in points.
    pub fn of_sheet(self, [width_pt, height_pt]: [f32; 2]) -> f32 {
        match self.size_px {
            Some([width, height]) => (width as f32 / width_pt).min(height as f32 / height_pt),
            None => self.pixels_per_point.unwrap_or(Self::PRINTED),
        }
    }
}

/// A layer of the user's in a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerOrder {
    pub data: Snapshot,
    /// What the filter lets pass; `None` for all.
    pub passed: Option<Passed>,
    pub dress: Dress,
}

/// A catalogue that many hold. Two are equal when they are the same one.
#[derive(Debug, Clone)]
pub struct SharedCatalogue(pub Arc<Catalogue>);

impl PartialEq for SharedCatalogue {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

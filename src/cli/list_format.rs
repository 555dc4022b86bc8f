//! The formats of lists of projects, in one table: how their files are called follows from it.

use std::path::Path;

use clap::ValueEnum;

use super::CliError;
use crate::{app::Language, tr};

/// A format of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Table,
    Json,
    Geojson,
    Csv,
    Xlsx,
    Gpkg,
    Fgb,
    Shp,
    Kml,
    Kmz,
    Dxf,
}

/// What makes a file of a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Made {
    /// Text, which can be printed, too.
    Printed,
    Workbook,
    /// The writer of layers for the ending.
    Layers,
}

/// Every format, the endings of its files, and who makes them. A name that ends so is of the first
/// format that has the ending.
const FORMATS: [(Format, &[&str], Made); 11] = [
    (Format::Table, &["txt"], Made::Printed),
    (Format::Json, &["json"], Made::Printed),
    (Format::Geojson, &["geojson", "json"], Made::Printed),
    (Format::Csv, &["csv"], Made::Printed),
    (Format::Xlsx, &["xlsx"], Made::Workbook),
    (Format::Gpkg, &["gpkg"], Made::Layers),
    (Format::Fgb, &["fgb"], Made::Layers),
    (Format::Shp, &["shp"], Made::Layers),
    (Format::Kml, &["kml"], Made::Layers),
    (Format::Kmz, &["kmz"], Made::Layers),
    (Format::Dxf, &["dxf"], Made::Layers),
];

impl Format {
    fn row(self) -> (&'static [&'static str], Made) {
        let row = FORMATS.iter().find(|(own, ..)| *own == self);
        row.map_or((&[], Made::Printed), |(_, endings, made)| (endings, *made))
    }

    /// Whether it can be printed.
    pub fn is_printed(self) -> bool {
        self.row().1 == Made::Printed
    }

    /// Whether it is one of those that layers are written in.
    pub fn is_of_layers(self) -> bool {
        self.row().1 == Made::Layers
    }

    /// The format of a file: the one asked for, else what its name says.
    ///
    /// # Errors
    /// A name that says another format than the one asked for, or none.
    pub fn of_file(asked: Option<Self>, path: &Path, language: Language) -> Result<Self, CliError> {
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        let said = FORMATS.iter().find(|(_, endings, _)| endings.contains(&ending.as_str()));
        let Some(format) = asked else {
            return said.map(|(format, ..)| *format).ok_or_else(|| {
                let all = FORMATS.iter().filter_map(|(_, endings, _)| endings.first());
                let all: Vec<String> = all.map(|ending| format!(".{ending}")).collect();
                let endings = all.join(", ");
                CliError::Usage(tr!(language, "cli.name_says", endings = endings))
            });
        };
        let (endings, _) = format.row();
        // A table for people may be called anything but what is something else.
        let fits = endings.contains(&ending.as_str()) || format == Self::Table && said.is_none();
        if fits {
            return Ok(format);
        }
        let ending = endings.first().copied().unwrap_or_default();
        Err(CliError::Usage(tr!(language, "cli.name_ends", ending = ending)))
    }
}

/// The formats that are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PrintedFormat {
    Table,
    Json,
    Geojson,
    Csv,
}

impl From<PrintedFormat> for Format {
    fn from(format: PrintedFormat) -> Self {
        match format {
            PrintedFormat::Table => Self::Table,
            PrintedFormat::Json => Self::Json,
            PrintedFormat::Geojson => Self::Geojson,
            PrintedFormat::Csv => Self::Csv,
        }
    }
}

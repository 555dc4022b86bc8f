//! The arguments of commands that read and write files of features.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::coords::crs;
use crate::{
    geo::Crs,
    layer::{ChosenColumns, ChosenHead, ChosenPlace},
    store::layers::{Columns, write::Encoding},
};

/// What `jintu convert` is asked for.
#[derive(Debug, Clone, Args)]
pub struct ConvertArgs {
    #[arg(value_name = "IN")]
    pub from_file: PathBuf,
    #[arg(value_name = "OUT")]
    pub to_file: PathBuf,
    /// Only the layer of this name
    #[arg(long, value_name = "NAME")]
    pub layer: Option<String>,
    /// What the coordinates refer to, over what the files say
    #[arg(long, value_name = "CRS", value_parser = crs)]
    pub crs: Option<Crs>,
    #[command(flatten)]
    pub columns: ColumnArgs,
    /// What the coordinates of the new file refer to; without it WGS-84
    #[arg(long, value_name = "CRS", value_parser = crs)]
    pub to_crs: Option<Crs>,
    /// Only features like this, such as 'length >= 10 and name ~ road'
    #[arg(long = "where", value_name = "CONDITION")]
    pub condition: Option<String>,
    /// Replace a file of that name
    #[arg(long)]
    pub overwrite: bool,
    #[command(flatten)]
    pub joins: JoinArgs,
    /// Encoding of text (Shapefile and such)
    #[arg(long, value_enum, default_value = "utf8")]
    pub encoding: TextEncoding,
}

/// Tables to join to layers, one after the other.
#[derive(Debug, Clone, Default, Args)]
pub struct JoinArgs {
    /// Table to join (CSV, XLSX, XLS, ODS), by --join-key; given again, one more
    #[arg(long, value_name = "TABLE")]
    pub join: Vec<PathBuf>,
    /// Field of the layer = column of the table, of each table in their order; without it, or empty,
    /// found by names and values
    #[arg(long, value_name = "FIELD=COLUMN", requires = "join")]
    pub join_key: Vec<String>,
    /// Sheet of the workbook that is joined, of each table in their order; without it, or empty, the
    /// first with a table
    #[arg(long, value_name = "NAME", requires = "join")]
    pub join_sheet: Vec<String>,
}

/// Which columns of a table hold the coordinates, by name or as `#N`.
#[derive(Debug, Clone, Default, Args)]
pub struct ColumnArgs {
    /// The column of the longitude or easting in a table, by its name or as #N
    #[arg(long, value_name = "COLUMN", requires = "y", conflicts_with = "wkt")]
    x: Option<String>,
    /// The column of the latitude or northing in a table, by its name or as #N
    #[arg(long, value_name = "COLUMN", requires = "x", conflicts_with = "wkt")]
    y: Option<String>,
    /// The column with geometries in words (WKT) in a table, by its name or as #N
    #[arg(long, value_name = "COLUMN")]
    wkt: Option<String>,
}

impl ColumnArgs {
    /// What is said of columns.
    pub fn columns(&self) -> Columns {
        let own = |name: &Option<String>| name.clone();
        let place = match (own(&self.x), own(&self.y), own(&self.wkt)) {
            (Some(east), Some(north), _) => ChosenPlace::Two { east, north },
            (_, _, Some(column)) => ChosenPlace::Shape(column),
            _ => return Columns::Found,
        };
        Columns::Chosen(ChosenColumns { place, head: ChosenHead::Found })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TextEncoding {
    Utf8,
    Gbk,
}

impl From<TextEncoding> for Encoding {
    fn from(encoding: TextEncoding) -> Self {
        match encoding {
            TextEncoding::Utf8 => Self::Utf8,
            TextEncoding::Gbk => Self::Gbk,
        }
    }
}

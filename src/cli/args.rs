//! The arguments of every command.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::{coords::crs, filter_args::FilterArgs};
use crate::{
    app::Language,
    catalogue::Facet,
    geo::{Crs, Datum},
    layer::{ChosenColumns, ChosenHead, ChosenPlace},
    store::layers::{Columns, write::Encoding},
};

/// 锦图: the projects of a city's plan on a map. Without a command the window opens.
#[derive(Debug, Parser)]
#[command(
    name = "jintu",
    version = env!("JINTU_VERSION"),
    about,
    disable_help_subcommand = true,
    args_conflicts_with_subcommands = false
)]
pub struct Args {
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Language of the window and of the tables
    #[arg(long, global = true, value_enum)]
    pub lang: Option<Lang>,
    /// Open in the dark look
    #[arg(long)]
    pub dark: bool,
    /// Show another plan's text in the window
    #[arg(long, value_name = "FILE")]
    pub plan: Option<PathBuf>,
    /// Basemap of the window: a name such as offline, none, tianditu-vec, osm or amap, an address
    /// with {z}/{x}/{y}, or a file
    #[arg(long, value_name = "NAME|URL|FILE")]
    pub basemap: Option<String>,
    /// Datum of the basemap's tiles where it does not say: wgs84, gcj02 or bd09
    #[arg(long, value_name = "DATUM", value_parser = datum)]
    pub datum: Option<Datum>,
    /// Write what the basemap does into a file; keys are left out
    #[arg(long, value_name = "FILE")]
    pub log: Option<PathBuf>,
    #[expect(clippy::doc_markdown, reason = "told to the user as it stands")]
    /// Layers to open: GeoJSON, GeoPackage, FlatGeobuf, CSV
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

fn datum(text: &str) -> Result<Datum, String> {
    let of_tiles = |datum: &Datum| Datum::OF_TILES.contains(datum);
    Datum::from_key(text)
        .filter(of_tiles)
        .ok_or_else(|| "give wgs84, cgcs2000, gcj02 or bd09".to_owned())
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Lang {
    Zh,
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Zh => Self::Chinese,
            Lang::En => Self::English,
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// List projects
    List {
        #[command(flatten)]
        filter: Box<FilterArgs>,
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
        /// File to write instead of printing; xlsx, gpkg, fgb, shp, kml, kmz and dxf need one
        #[arg(short = 'o', long = "output", value_name = "FILE")]
        list_output: Option<PathBuf>,
        /// Replace a file of that name
        #[arg(long)]
        overwrite: bool,
    },
    /// Show one project, such as B1-02
    Show {
        id: String,
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// List the plan's tasks with the number of their projects
    Tasks {
        #[arg(long, value_name = "FILE")]
        plan: Option<PathBuf>,
    },
    /// List cooperation regions and counties
    Regions {
        #[arg(long, value_name = "FILE")]
        plan: Option<PathBuf>,
    },
    /// Count works and money by value of a facet, as the panels do: a facet's own conditions do not
    /// count for it
    Counts {
        #[command(flatten)]
        filter: Box<FilterArgs>,
        /// Facets: county, region, task, kind, status, accuracy (without one all)
        #[arg(long, value_enum)]
        facet: Vec<FacetName>,
        /// Of a corridor's money a county gets the share of the length inside it
        #[arg(long)]
        by_length: bool,
    },
    /// Find projects, counties, places, sentences of the plan, coordinates in any notation and stakes
    /// such as 'taisui K45+200', as the search box does
    Find {
        #[arg(value_name = "TEXT", allow_hyphen_values = true)]
        text: String,
        #[arg(long, value_name = "FILE")]
        plan: Option<PathBuf>,
        /// Print what is found as JSON
        #[arg(long)]
        json: bool,
    },
    /// Print everything found wrong in the plan and the data; exit code 1 on an error
    Check {
        #[arg(long, value_name = "FILE")]
        plan: Option<PathBuf>,
        /// Print the findings as JSON
        #[arg(long)]
        json: bool,
    },
    /// Tell what files of features hold: layers, fields, reference system, extent, what was left out
    /// and why; exit code 1 if one cannot be used
    Info {
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        #[arg(long, value_enum, default_value = "table")]
        format: InfoFormat,
        /// What the coordinates refer to, over what the files say
        #[arg(long, value_name = "CRS", value_parser = crs)]
        crs: Option<Crs>,
        #[command(flatten)]
        columns: ColumnArgs,
        /// Only the layer of this name
        #[arg(long, value_name = "NAME")]
        layer: Option<String>,
    },
    /// Write a file of features in another format or reference system; the name says the format
    Convert {
        #[arg(value_name = "IN")]
        from_file: PathBuf,
        #[arg(value_name = "OUT")]
        to_file: PathBuf,
        /// Only the layer of this name
        #[arg(long, value_name = "NAME")]
        layer: Option<String>,
        /// What the coordinates refer to, over what the files say
        #[arg(long, value_name = "CRS", value_parser = crs)]
        crs: Option<Crs>,
        #[command(flatten)]
        columns: ColumnArgs,
        /// What the coordinates of the new file refer to; without it WGS-84
        #[arg(long, value_name = "CRS", value_parser = crs)]
        to_crs: Option<Crs>,
        /// Only features like this, such as 'length >= 10 and name ~ road'
        #[arg(long = "where", value_name = "CONDITION")]
        condition: Option<String>,
        /// Replace a file of that name
        #[arg(long)]
        overwrite: bool,
        /// Table to join (CSV, XLSX, XLS, ODS), by --join-key
        #[arg(long, value_name = "TABLE")]
        join: Option<PathBuf>,
        /// Field of the layer = column of the table; without it found by names and values
        #[arg(long, value_name = "FIELD=COLUMN", requires = "join")]
        join_key: Option<String>,
        /// Encoding of text (Shapefile and such)
        #[arg(long, value_enum, default_value = "utf8")]
        encoding: TextEncoding,
    },
    /// Draw the map into a PNG, SVG or PDF file, without a display
    Render(Box<RenderArgs>),
    /// Transform a position: wgs84, cgcs2000, gcj02, bd09, gk3:ZONE, gk6:ZONE, tmerc:LON0, utm:ZONE,
    /// EPSG:N, webmercator
    Coords {
        /// Longitude and latitude in degrees, or easting and northing in metres
        #[arg(value_name = "LON,LAT", allow_hyphen_values = true)]
        pair: String,
        #[arg(long, value_name = "CRS", value_parser = crs)]
        from: Crs,
        #[arg(long, value_name = "CRS", value_parser = crs)]
        to: Crs,
    },
    /// Print the completions of a shell, to be kept where it looks for them
    Completions { shell: Shell },
    /// Write manual pages into a folder; for who packs the program
    #[command(hide = true)]
    Man {
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
    },
}

impl Command {
    /// Whether it says nothing unless something is wrong.
    pub const fn is_silent(&self) -> bool {
        matches!(self, Self::Render(_) | Self::Convert { .. } | Self::Man { .. })
    }
}

/// Which columns of a table hold the coordinates, by name or as `#N`.
#[derive(Debug, Clone, Default, clap::Args)]
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
    pub fn columns(self) -> Columns {
        let place = match (self.x, self.y, self.wkt) {
            (Some(east), Some(north), _) => ChosenPlace::Two { east, north },
            (_, _, Some(column)) => ChosenPlace::Shape(column),
            _ => return Columns::Found,
        };
        Columns::Chosen(ChosenColumns { place, head: ChosenHead::Found })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FacetName {
    County,
    Region,
    Task,
    Kind,
    Status,
    Accuracy,
}

impl From<FacetName> for Facet {
    fn from(name: FacetName) -> Self {
        match name {
            FacetName::County => Self::County,
            FacetName::Region => Self::Region,
            FacetName::Task => Self::Task,
            FacetName::Kind => Self::Kind,
            FacetName::Status => Self::Status,
            FacetName::Accuracy => Self::Accuracy,
        }
    }
}

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

impl Format {
    /// How the names of its files end where it is one of those that layers are written in.
    pub const fn of_layers(self) -> Option<&'static str> {
        match self {
            Self::Gpkg => Some("gpkg"),
            Self::Fgb => Some("fgb"),
            Self::Shp => Some("shp"),
            Self::Kml => Some("kml"),
            Self::Kmz => Some("kmz"),
            Self::Dxf => Some("dxf"),
            Self::Table | Self::Json | Self::Geojson | Self::Csv | Self::Xlsx => None,
        }
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum InfoFormat {
    Table,
    Json,
}

#[derive(Debug, ClapArgs)]
pub struct RenderArgs {
    #[command(flatten)]
    pub filter: FilterArgs,
    /// File to write: .png, .svg or .pdf
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// A map sheet with frame, legend, scale and sources on this paper; without it PNG and SVG are
    /// pictures, and a PDF is A4
    #[arg(long, value_name = "A4|A3|A2|A1|A0|WxHmm")]
    pub paper: Option<String>,
    /// Turn the paper (without either as suits what is shown)
    #[arg(long, conflicts_with = "portrait")]
    pub landscape: bool,
    #[arg(long)]
    pub portrait: bool,
    /// Scale at the centre of the map, such as 1:250000; without it what is shown is fitted, on a
    /// sheet at a usual scale
    #[arg(long, value_name = "1:N")]
    pub map_scale: Option<String>,
    /// Title instead of the plan's
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Number under which the map was reviewed (审图号), for a sheet
    #[arg(long, value_name = "NUMBER")]
    pub review_number: Option<String>,
    /// Size in pixels: of a picture (1920x1080), or that a sheet's PNG is fitted into
    #[arg(long, value_name = "WxH")]
    pub size: Option<String>,
    /// Pixels per point of 1/96 inch: 1 for a picture, 3.125 (300 dpi) for a sheet's PNG
    #[arg(long)]
    pub scale: Option<f32>,
    /// What the coordinates of the layers refer to, over what the files say
    #[arg(long, value_name = "CRS", value_parser = crs)]
    pub crs: Option<Crs>,
    /// How the layers look: a style as JSON, or {"layers": {NAME: STYLE}}; without it as the window
    /// remembers each
    #[arg(long, value_name = "FILE")]
    pub layer_style: Option<PathBuf>,
    /// Draw in the dark look
    #[arg(long)]
    pub dark: bool,
    /// Basemap: a name such as osm or amap, an address with {z}/{x}/{y}, or a file
    #[arg(long, value_name = "NAME|URL|FILE")]
    pub basemap: Option<String>,
    /// Datum of the basemap's tiles where it does not say: wgs84, gcj02 or bd09
    #[arg(long, value_name = "DATUM", value_parser = datum)]
    pub datum: Option<Datum>,
    #[expect(clippy::doc_markdown, reason = "told to the user as it stands")]
    /// Layers to paint: GeoJSON, GeoPackage, FlatGeobuf, CSV
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

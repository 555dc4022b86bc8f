//! The arguments of every command.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::{
    book_args::{BookCommand, SourceArgs},
    coords::crs,
    filter_args::FilterArgs,
    layer_args::{ColumnArgs, ConvertArgs, JoinArgs},
    list_format::{Format, PrintedFormat},
};
use crate::{
    app::Language,
    catalogue::Facet,
    geo::{Crs, Datum},
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
        /// Format of the output; of a file it follows from the name
        #[arg(id = "list_format", long = "format", value_name = "FORMAT", value_enum)]
        format: Option<Format>,
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
        #[command(flatten)]
        of: SourceArgs,
        #[arg(long, value_enum, default_value = "table")]
        format: PrintedFormat,
    },
    /// List the plan's tasks with the number of their projects
    Tasks {
        #[command(flatten)]
        of: SourceArgs,
    },
    /// List cooperation regions and counties
    Regions {
        #[command(flatten)]
        of: SourceArgs,
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
        #[command(flatten)]
        of: SourceArgs,
        /// Print what is found as JSON
        #[arg(long)]
        json: bool,
    },
    /// Print everything found wrong in the plan and the data; exit code 1 on an error
    Check {
        #[command(flatten)]
        of: SourceArgs,
        /// Print the findings as JSON
        #[arg(long)]
        json: bool,
    },
    #[command(flatten)]
    Book(BookCommand),
    /// Tell what files of features hold: layers, fields, reference system, extent, what was left out
    /// and why; of a workbook its title, counts and state; exit code 1 if one cannot be used
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
    Convert(Box<ConvertArgs>),
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
        matches!(self, Self::Render(_) | Self::Convert(_) | Self::Man { .. })
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
    #[arg(long, allow_negative_numbers = true)]
    pub scale: Option<f32>,
    /// What the coordinates of the layers refer to, over what the files say
    #[arg(long, value_name = "CRS", value_parser = crs)]
    pub crs: Option<Crs>,
    /// How the layers look: a style as JSON, or {"layers": {NAME: STYLE}}; without it as the window
    /// remembers each
    #[arg(long, value_name = "FILE")]
    pub layer_style: Option<PathBuf>,
    #[command(flatten)]
    pub joins: JoinArgs,
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

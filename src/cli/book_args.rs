//! Arguments about workbooks.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

use super::args::InfoFormat;

/// Where projects come from: the plan of the program, another one, or a workbook.
#[derive(Debug, Clone, Default, ClapArgs)]
pub struct SourceArgs {
    /// Read another plan's text
    #[arg(long, value_name = "FILE", conflicts_with = "book")]
    pub plan: Option<PathBuf>,
    /// Read a workbook
    #[arg(long, value_name = "FILE.jintu")]
    pub book: Option<PathBuf>,
}

/// What is done with workbooks.
#[derive(Debug, Subcommand)]
pub enum BookCommand {
    /// Make a workbook (.jintu) of a plan: its projects are written down once and can then be changed
    New {
        #[arg(value_name = "OUT.jintu")]
        out: PathBuf,
        /// The plan's text, in any encoding
        #[arg(long = "plan", value_name = "FILE")]
        from_plan: PathBuf,
        /// City of the plan by its GB/T 2260 code
        #[arg(long, value_name = "CODE")]
        city: Option<String>,
        /// Replace a file of that name
        #[arg(long)]
        overwrite: bool,
    },
    /// Set a value of a project in a workbook; what the plan states stays beside it
    Set {
        #[arg(value_name = "BOOK")]
        workbook: PathBuf,
        id: String,
        /// A field of the JSON and its value, such as `investment_yi=12.5`; nothing after = says that
        /// there is none
        #[arg(value_name = "FIELD=VALUE")]
        assignment: String,
        /// What the value rests on
        #[arg(long, value_name = "TEXT")]
        source: String,
    },
    /// Give a project in a workbook a place
    Place {
        #[arg(value_name = "BOOK")]
        workbook: PathBuf,
        id: String,
        /// Longitude and latitude in degrees, WGS-84, or a position in another notation and system
        #[arg(long, value_name = "LON,LAT", allow_hyphen_values = true)]
        at: Option<String>,
        /// A file of features; its shapes become the place
        #[arg(long, value_name = "FILE", conflicts_with = "at")]
        geometry: Option<PathBuf>,
        /// surveyed, site, block, park, schematic, county, zone or city
        #[arg(long = "accuracy", value_name = "CLASS")]
        class: String,
        /// What the place rests on
        #[arg(long, value_name = "TEXT")]
        source: String,
    },
    /// Take back what was done last in a workbook
    Undo {
        #[arg(value_name = "BOOK")]
        workbook: PathBuf,
    },
    /// List what was done in a workbook
    Log {
        #[arg(value_name = "BOOK")]
        workbook: PathBuf,
        #[arg(long, value_enum, default_value = "table")]
        format: InfoFormat,
    },
}

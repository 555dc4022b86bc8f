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

/// A newer text of a plan, and what of it is taken over.
#[derive(Debug, ClapArgs)]
pub struct ReviseArgs {
    #[arg(value_name = "BOOK")]
    pub workbook: PathBuf,
    /// The newer text of the plan
    #[arg(long = "plan", value_name = "FILE")]
    pub newer: PathBuf,
    /// Take over a difference by its key; again for more
    #[arg(long, value_name = "KEY")]
    pub take: Vec<String>,
    /// Take over everything that nothing was decided of
    #[arg(long)]
    pub take_all: bool,
    /// Leave a difference as it is by its key; again for more
    #[arg(long, value_name = "KEY")]
    pub leave: Vec<String>,
    /// What it rests on, besides the newer text
    #[arg(long, value_name = "TEXT")]
    pub source: Option<String>,
    #[arg(long, value_enum, default_value = "table")]
    pub format: InfoFormat,
}

impl ReviseArgs {
    /// Whether anything is decided: without it nothing on disk changes.
    pub const fn changes(&self) -> bool {
        self.take_all || !self.take.is_empty() || !self.leave.is_empty()
    }
}

/// What is done with workbooks.
#[derive(Debug, Subcommand)]
pub enum BookCommand {
    /// Make a workbook (.jintu) of a plan, of a table of projects, or of both: the projects are written
    /// down once and can then be changed
    New {
        #[arg(value_name = "OUT.jintu")]
        out: PathBuf,
        /// The plan's text, in any encoding
        #[arg(long = "plan", value_name = "FILE")]
        from_plan: Option<PathBuf>,
        /// A table of projects: XLSX, XLS, ODS, CSV or DOCX; with a plan, rows that tell of its works
        /// stand beside what it says
        #[arg(long, value_name = "FILE")]
        table: Option<PathBuf>,
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
    /// Attach files to a project in a workbook: photos, documents
    Attach {
        #[arg(value_name = "BOOK")]
        workbook: PathBuf,
        id: String,
        /// Files to attach, up to 64 MB each
        #[arg(value_name = "FILE", required = true)]
        attached: Vec<PathBuf>,
        /// Where they come from
        #[arg(long = "source", value_name = "TEXT")]
        attached_source: Option<String>,
    },
    /// Compare a workbook with a newer text of its plan: what is new, gone or said otherwise
    Revise(ReviseArgs),
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

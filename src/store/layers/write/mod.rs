//! Writing layers into files that other programs open.
//!
//! A writer fills a folder of its own beside the place that was asked for; only what is whole is
//! moved there. A format that is written has its writer in its row of [`super::FORMATS`].

pub(super) mod csv_file;
pub(super) mod dxf_file;
mod excel_time;
pub(super) mod flatgeobuf_file;
mod gbk;
pub(super) mod geojson_file;
pub(super) mod geopackage;
pub(super) mod kml_file;
pub(super) mod kmz_file;
mod outgoing;
pub(super) mod parcel_file;
mod place_columns;
pub(super) mod shapefile;
pub(super) mod staging;
mod wkb;
pub(super) mod xlsx_file;

use std::path::{Path, PathBuf};

pub use outgoing::{Outgoing, Watch};

use crate::{
    geo::Crs,
    layer::{Cause, Finding},
    store::StoreError,
};

/// How layers are to be written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WriteOptions {
    /// What the coordinates of the file refer to; `None` for the format's own.
    pub crs: Option<Crs>,
    /// Whether a file of that name may be replaced.
    pub overwrite: bool,
    /// How text is written where the format has a choice.
    pub encoding: Encoding,
}

/// How text is written where a format has a choice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Encoding {
    #[default]
    Utf8,
    /// For programs of before.
    Gbk,
}

/// Why layers cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error("cannot write the file ({reason}): {path}", path = path.display())]
    Write { path: PathBuf, reason: std::io::Error },
    /// The place is none for a file.
    #[error("{0}")]
    Place(StoreError),
    #[error("there is a file of that name: {path}", path = .0.display())]
    Exists(PathBuf),
    #[error("not a format that can be written: {path}", path = .0.display())]
    Unknown(PathBuf),
    #[error("{format} cannot hold coordinates in {crs}", crs = crs.key())]
    OtherCrs { format: &'static str, crs: Crs },
    #[error("{format} holds zones of Gauss–Krüger only, not {crs}", crs = crs.key())]
    NoZone { format: &'static str, crs: Crs },
    #[error("{format} holds one layer; choose one of: {names}", names = .names.join(", "))]
    OneLayer { format: &'static str, names: Vec<String> },
    /// Nothing of the layer is of the only kind of shape that the format holds.
    #[error("{format} holds areas only, and there is none")]
    NoAreas { format: &'static str },
    #[error("stopped; nothing was written")]
    Stopped,
    /// A library's own words.
    #[error("the {format} file cannot be written ({reason}): {path}", path = path.display())]
    Failed { path: PathBuf, format: &'static str, reason: String },
}

/// What a writer is asked for.
pub struct Job<'a> {
    pub layers: &'a [Outgoing<'a>],
    pub options: &'a WriteOptions,
    pub format: &'static str,
    /// Where it will lie in the end, for errors.
    pub path: &'a Path,
}

/// Writes into the path that it is given; files beside it of the same stem are moved along.
pub type Writer = fn(&Job<'_>, &Path) -> Result<Vec<Finding>, WriteError>;

impl Job<'_> {
    /// # Errors
    /// There are several layers, and the format holds one.
    pub fn only_layer(&self) -> Result<&Outgoing<'_>, WriteError> {
        match self.layers {
            [only] => Ok(only),
            several => Err(WriteError::OneLayer {
                format: self.format,
                names: several.iter().map(|own| own.layer.name.clone()).collect(),
            }),
        }
    }

    /// The system to write in, where the format holds any.
    pub fn crs(&self) -> Crs {
        self.options.crs.unwrap_or(Crs::WGS84)
    }

    /// # Errors
    /// Another system than WGS-84 was asked for, and the format holds no other.
    pub fn only_wgs84(&self) -> Result<(), WriteError> {
        match self.options.crs {
            Some(crs) if crs != Crs::WGS84 => {
                Err(WriteError::OtherCrs { format: self.format, crs })
            }
            _ => Ok(()),
        }
    }

    /// The error of a file that the system does not let be written.
    pub fn unwritable(&self, reason: std::io::Error) -> WriteError {
        WriteError::Write { path: self.path.to_owned(), reason }
    }

    /// The error of a library; where it only passes on what the system refuses, that.
    pub fn failed(&self, reason: impl std::fmt::Display) -> WriteError {
        let reason = reason.to_string();
        match system_code(&reason) {
            Some(code) => self.unwritable(std::io::Error::from_raw_os_error(code)),
            None => WriteError::Failed { path: self.path.to_owned(), format: self.format, reason },
        }
    }
}

/// The system's number of an error in a text with one, as the standard library writes them.
fn system_code(text: &str) -> Option<i32> {
    ["(os error ", "Os { code: "].iter().find_map(|mark| {
        let (_, rest) = text.split_once(mark)?;
        rest.split([')', ',']).next()?.parse().ok()
    })
}

/// What a format could not hold, counted.
#[derive(Debug, Default)]
pub(super) struct Left(Vec<Finding>);

impl Left {
    pub fn count(&mut self, cause: Cause, detail: &str) {
        self.count_more(cause, detail, 1);
    }

    pub fn count_more(&mut self, cause: Cause, detail: &str, count: usize) {
        match self.0.iter_mut().find(|own| own.cause == cause && own.detail == detail) {
            Some(own) => own.count += count,
            None => self.0.push(Finding { cause, count, detail: detail.to_owned() }),
        }
    }

    /// Adds a name to those of a cause: one sentence tells all.
    pub fn name(&mut self, cause: Cause, name: &str) {
        /// More names than this are but counted.
        const MOST_NAMES: usize = 20;
        let Some(own) = self.0.iter_mut().find(|own| own.cause == cause) else {
            return self.count(cause, name);
        };
        // Fields of several layers may be called the same.
        if own.detail.split(", ").any(|told| told == name) {
            return;
        }
        own.count += 1;
        match own.count {
            n if n <= MOST_NAMES => own.detail.extend([", ", name]),
            n if n == MOST_NAMES + 1 => own.detail.push_str(", …"),
            _ => {}
        }
    }

    pub fn told(self) -> Vec<Finding> {
        self.0
    }
}

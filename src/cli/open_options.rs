//! How the command line opens files of features.

use super::{CliError, book_args::SourceArgs, commands::load_usable};
use crate::{app::Language, geo::Crs, store::layers::OpenOptions};

/// How files of features are opened: where figures leave several places open, the one near the
/// embedded plan is likely.
pub fn open_options(crs: Option<Crs>, language: Language) -> Result<OpenOptions, CliError> {
    let near = load_usable(&SourceArgs::default(), language)?.city_extent();
    let usual = OpenOptions::default();
    Ok(OpenOptions { crs, near: near.unwrap_or(usual.near), ..usual })
}

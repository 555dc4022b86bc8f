//! `jintu list -o FILE`: exactly the filtered rows, in the format asked for.

use std::{path::Path, process::ExitCode};

use super::{
    CliError,
    commands::{load_usable, print},
    complain,
    filter_args::FilterArgs,
    list_format::Format,
    target,
};
use crate::{
    app::{Language, Tell, filter_sentence, open_layers::finding_words},
    catalogue::Project,
    report::{project_layer::project_layer, xlsx::xlsx},
    store::{
        self,
        layers::{
            write::{Outgoing, WriteOptions},
            write_layers,
        },
    },
    tr,
};

/// Writes the file; it is whole or not there, and no other is replaced unasked.
///
/// # Errors
/// Arguments that do not fit, a plan that cannot be used, a file that cannot be written.
pub fn write(
    args: &FilterArgs,
    asked: Option<Format>,
    path: &Path,
    overwrite: bool,
    language: Language,
) -> Result<ExitCode, CliError> {
    let format = Format::of_file(asked, path, language)?;
    let read = [args.of.plan.as_deref(), args.of.book.as_deref(), args.within.as_deref()];
    target::check(path, overwrite, &read, language)?;
    let catalogue = load_usable(&args.of, language)?;
    let filter = args.filter(&catalogue, language)?;
    let shown = filter.apply(&catalogue);
    let projects: Vec<&Project> = shown.iter().filter_map(|&i| catalogue.project_at(i)).collect();
    if format.is_of_layers() {
        let layer = project_layer(&catalogue, &projects, language);
        let options = WriteOptions { overwrite, ..WriteOptions::default() };
        let left = write_layers(&[Outgoing::all(&layer)], path, &options)
            .map_err(|e| CliError::Data(e.tell(language)))?;
        for finding in left {
            complain(&finding_words(&finding, language));
        }
        return Ok(ExitCode::SUCCESS);
    }
    let bytes = if format == Format::Xlsx {
        let words = filter_sentence(&catalogue, &filter, language);
        let totals = catalogue.totals(shown.iter().copied());
        xlsx(&catalogue, &projects, &words, &totals, language)
            .map_err(|e| CliError::Data(tr!(language, "xlsx.failed", reason = e)))?
    } else {
        let mut bytes = Vec::new();
        print(&catalogue, &filter, &shown, format, language, &mut bytes)?;
        bytes
    };
    store::files::write_atomic(path, &bytes).map_err(|e| CliError::Data(e.tell(language)))?;
    Ok(ExitCode::SUCCESS)
}

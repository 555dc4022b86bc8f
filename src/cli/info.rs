//! `jintu info`: what files hold.

use std::{io::Write, path::PathBuf, process::ExitCode};

use super::{CliError, args::InfoFormat, book_info, convert::no_layer};
use crate::{
    app::{Language, Tell},
    jobs::read_file,
    layer::CountyCodes,
    report::layer_info::{self, FileInfo},
    store::layers::OpenOptions,
};

/// Reads every file to its end and prints what it holds, of all or of the layer that the options name.
/// The exit code is 1 if a file cannot be used, or has no such layer.
///
/// # Errors
/// The output is gone.
pub fn info(
    files: &[PathBuf],
    options: &OpenOptions,
    format: InfoFormat,
    language: Language,
    out: &mut impl Write,
) -> Result<ExitCode, CliError> {
    let (books, files): (Vec<&PathBuf>, Vec<&PathBuf>) =
        files.iter().partition(|path| book_info::is_book(path));
    let mut failed = false;
    for book in &books {
        failed |= !book_info::info(book, format, language, out)?;
    }
    if files.is_empty() {
        return Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS });
    }
    // Where the features lie among counties is not told.
    let counties = CountyCodes::new(Vec::new());
    let about: Vec<FileInfo> = files
        .iter()
        .map(|path| {
            let file = path.display().to_string();
            match read_file(path, options, &counties) {
                Ok((format, mut layers)) => {
                    let mut error = None;
                    if let Some(name) = &options.layer {
                        let names: Vec<String> =
                            layers.iter().map(|own| own.name.clone()).collect();
                        layers.retain(|layer| layer.name == *name);
                        let none = layers.is_empty().then(|| no_layer(name, &names, language));
                        error = none;
                    }
                    FileInfo { file, format: Some(format.name), layers, error }
                }
                Err(e) => {
                    let error = Some(e.tell(language));
                    FileInfo { file, format: None, layers: Vec::new(), error }
                }
            }
        })
        .collect();
    match format {
        InfoFormat::Json => {
            let text = serde_json::to_string_pretty(&layer_info::json(&about));
            writeln!(out, "{}", text.map_err(|e| CliError::Output(e.into()))?)?;
        }
        InfoFormat::Table => write!(out, "{}", layer_info::terminal(&about, language))?,
    }
    failed |= about.iter().any(|info| info.error.is_some());
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

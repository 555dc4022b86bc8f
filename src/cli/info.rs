//! `jintu info`: what files hold.

use std::{io::Write, path::PathBuf, process::ExitCode};

use super::{CliError, args::InfoFormat};
use crate::{
    app::{Language, Tell},
    jobs::read_file,
    layer::CountyCodes,
    report::layer_info::{self, FileInfo},
    store::layers::OpenOptions,
};

/// Reads every file to its end and prints what it holds. The exit code is 1 if one cannot be used.
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
    // Where the features lie among counties is not told.
    let counties = CountyCodes::new(Vec::new());
    let about: Vec<FileInfo> = files
        .iter()
        .map(|path| {
            let file = path.display().to_string();
            match read_file(path, options, &counties) {
                Ok((format, layers)) => {
                    FileInfo { file, format: Some(format.name), layers, error: None }
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
    let failed = about.iter().any(|info| info.error.is_some());
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

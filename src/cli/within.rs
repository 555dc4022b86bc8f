//! `--within FILE`: the outline of a filter from a file.

use std::path::Path;

use super::CliError;
use crate::{
    app::Language,
    catalogue::Outline,
    jobs::tell::system,
    store::outline_file::{LARGEST_MB, OutlineError, read},
    tr,
};

/// Reads it. What is wrong with the file is told with its path.
pub fn within(path: &Path, language: Language) -> Result<Outline, CliError> {
    read(path).map_err(|e| CliError::Usage(words(&e, path, language)))
}

fn words(error: &OutlineError, path: &Path, language: Language) -> String {
    let path = path.display();
    match error {
        OutlineError::Read(reason) => {
            tr!(language, "within.read", reason = system(reason, language), path = path)
        }
        OutlineError::TooLarge => tr!(language, "within.large", mb = LARGEST_MB, path = path),
        OutlineError::Json { line, column } => {
            tr!(language, "within.json", line = line, column = column, path = path)
        }
        OutlineError::Kind(found) => tr!(language, "within.kind", found = found, path = path),
        OutlineError::Nothing => tr!(language, "within.nothing", path = path),
        OutlineError::Ring => tr!(language, "within.ring", path = path),
        OutlineError::Position { x, y } => {
            tr!(language, "within.position", x = x, y = y, path = path)
        }
        OutlineError::Broken => tr!(language, "within.broken", path = path),
        OutlineError::Crs(name) => tr!(language, "within.crs", name = name, path = path),
    }
}

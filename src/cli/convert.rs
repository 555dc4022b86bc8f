//! `jintu convert`: from one format to another.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use super::{CliError, complain, join::joined, open_options::open_options};
use crate::{
    app::{Language, Tell, open_layers::finding_words},
    geo::Crs,
    jobs::read_file,
    layer::{Condition, CountyCodes, Finding},
    store::layers::{
        Columns, OpenOptions,
        write::{Encoding, Outgoing, WriteError, WriteOptions},
        write_layers,
    },
    tr,
};

/// What is asked for besides the two files.
#[derive(Debug, Default)]
pub struct Convert {
    /// Only the layer of this name.
    pub layer: Option<String>,
    pub crs: Option<Crs>,
    /// Which columns of a table hold the coordinates.
    pub columns: Columns,
    pub to_crs: Option<Crs>,
    /// Only features like this.
    pub condition: Option<String>,
    pub overwrite: bool,
    /// A table to join, and by which keys.
    pub join: Option<PathBuf>,
    pub join_key: Option<String>,
    pub encoding: Encoding,
}

/// Reads one file to its end and writes another. What was left out on the way is told on stderr.
///
/// # Errors
/// A file that cannot be read or written, a layer or a field that is not there.
pub fn convert(
    from: &Path,
    to: &Path,
    asked: &Convert,
    language: Language,
) -> Result<ExitCode, CliError> {
    let options = open_options(asked.crs, language)?;
    let options =
        OpenOptions { layer: asked.layer.clone(), columns: asked.columns.clone(), ..options };
    let counties = CountyCodes::new(Vec::new());
    let (_, mut layers) =
        read_file(from, &options, &counties).map_err(|e| CliError::Data(e.tell(language)))?;
    if let Some(name) = &asked.layer {
        let names: Vec<String> = layers.iter().map(|layer| layer.name.clone()).collect();
        layers.retain(|layer| layer.name == *name);
        if layers.is_empty() {
            return Err(CliError::Usage(no_layer(name, &names, language)));
        }
    }
    if let Some(table) = &asked.join {
        layers = joined(&layers, table, asked.join_key.as_deref(), language)?;
    }
    let tell = |layer: &str, finding: &Finding| {
        complain(&format!("{layer}: {}", finding_words(finding, language)));
    };
    for layer in &layers {
        layer.findings.iter().for_each(|finding| tell(&layer.name, finding));
    }
    let text = asked.condition.as_deref();
    let outgoing = layers.iter().map(|layer| {
        let condition = text.map_or(Ok(Condition::default()), |text| Condition::read(text, layer));
        Ok(Outgoing { condition: condition?, ..Outgoing::all(layer) })
    });
    let outgoing: Vec<Outgoing<'_>> = outgoing
        .collect::<Result<_, crate::layer::ConditionError>>()
        .map_err(|e| CliError::Usage(e.tell(language)))?;
    let options =
        WriteOptions { crs: asked.to_crs, overwrite: asked.overwrite, encoding: asked.encoding };
    let left = write_layers(&outgoing, to, &options).map_err(|e| match e {
        WriteError::Write { .. } | WriteError::Failed { .. } => CliError::Data(e.tell(language)),
        asked_wrong => CliError::Usage(asked_wrong.tell(language)),
    })?;
    for finding in left {
        tell(&to.display().to_string(), &finding);
    }
    Ok(ExitCode::SUCCESS)
}

/// That a file has no layer of a name, and which it has.
pub fn no_layer(name: &str, names: &[String], language: Language) -> String {
    let names = names.join(", ");
    tr!(language, "cli.no_layer", name = name, names = names)
}

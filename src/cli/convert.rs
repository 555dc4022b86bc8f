//! `jintu convert`: from one format to another.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use super::{
    CliError, complain, join::Joins, layer_args::ConvertArgs, open_options::open_options, target,
};
use crate::{
    app::{Language, Tell, open_layers::finding_words},
    jobs::read_file,
    layer::{Cause, Condition, CountyCodes, Finding},
    store::layers::{
        LayerError, OpenOptions,
        write::{Outgoing, WriteError, WriteOptions},
        write_layers, writer_of,
    },
    tr,
};

/// Reads one file to its end and writes another. What was left out on the way is told on stderr.
///
/// # Errors
/// A file that cannot be read or written, a layer or a field that is not there.
pub fn convert(asked: &ConvertArgs, language: Language) -> Result<ExitCode, CliError> {
    let (from, to) = (asked.from_file.as_path(), asked.to_file.as_path());
    // What cannot be written need not be read.
    if writer_of(to).is_none() {
        return Err(CliError::Usage(WriteError::Unknown(to.to_owned()).tell(language)));
    }
    Joins::check(&asked.joins, language)?;
    let read: Vec<Option<&Path>> = std::iter::once(from)
        .chain(asked.joins.join.iter().map(PathBuf::as_path))
        .map(Some)
        .collect();
    target::check(to, asked.overwrite, &read, language)?;
    let options = open_options(asked.crs, language)?;
    let (layer, columns) = (asked.layer.clone(), asked.columns.columns());
    let options = OpenOptions { layer, columns, ..options };
    let counties = CountyCodes::new(Vec::new());
    let (_, mut layers) = read_file(from, &options, &counties).map_err(|e| match e {
        LayerError::NoLayer { .. } => CliError::Usage(e.tell(language)),
        other => CliError::Data(other.tell(language)),
    })?;
    if let Some(name) = &asked.layer {
        let names: Vec<String> = layers.iter().map(|layer| layer.name.clone()).collect();
        layers.retain(|layer| layer.name == *name);
        if layers.is_empty() {
            return Err(CliError::Usage(no_layer(name, &names, language)));
        }
    }
    if !asked.joins.join.is_empty() {
        layers = Joins::read(&asked.joins, language)?.onto_all(&layers)?;
    }
    let tell = |layer: &str, finding: &Finding| {
        complain(&format!("{layer}: {}", finding_words(finding, language)));
    };
    // How tables met the layers was told with their keys when they were joined.
    let is_of_join = |finding: &&Finding| {
        matches!(finding.cause, Cause::JoinMissing | Cause::JoinUnused | Cause::JoinDoubled)
    };
    for layer in &layers {
        let findings = layer.findings.iter().filter(|finding| !is_of_join(finding));
        findings.for_each(|finding| tell(&layer.name, finding));
    }
    let text = asked.condition.as_deref();
    let outgoing = layers.iter().map(|layer| {
        let condition = text.map_or(Ok(Condition::default()), |text| Condition::read(text, layer));
        Ok(Outgoing { condition: condition?, ..Outgoing::all(layer) })
    });
    let outgoing: Vec<Outgoing<'_>> = outgoing
        .collect::<Result<_, crate::layer::ConditionError>>()
        .map_err(|e| CliError::Usage(e.tell(language)))?;
    let (overwrite, encoding) = (asked.overwrite, asked.encoding.into());
    let options = WriteOptions { crs: asked.to_crs, overwrite, encoding };
    let left = write_layers(&outgoing, to, &options).map_err(|e| match e {
        WriteError::Write { .. } | WriteError::Failed { .. } => CliError::Data(e.tell(language)),
        asked_wrong => CliError::Usage(asked_wrong.tell(language)),
    })?;
    for own in outgoing.iter().filter(|own| !own.has_rows()) {
        let key = if text.is_some() { "cli.none_passed" } else { "cli.no_features" };
        complain(&format!("{}: {}", own.layer.name, tr!(language, key)));
    }
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

//! `--join`: a table beside the layers of a file.

use std::{path::Path, sync::Arc};

use super::{CliError, complain};
use crate::{
    app::{Cancel, Language, Tell, open_layers::finding_words},
    layer::{
        Layer,
        join::{self, Keys, PlainTable},
    },
    store::layers::plain_table::read_table,
    tr,
};

/// The layers with the columns of a table. How they met is told on stderr.
///
/// # Errors
/// A table that cannot be read, keys that are not there.
pub fn joined(
    layers: &[Arc<Layer>],
    path: &Path,
    keys: Option<&str>,
    language: Language,
) -> Result<Vec<Arc<Layer>>, CliError> {
    let table = read_table(path, None, &Cancel::default().0)
        .map_err(|e| CliError::Data(e.tell(language)))?;
    for finding in &table.findings {
        complain(&format!("{}: {}", path.display(), finding_words(finding, language)));
    }
    layers
        .iter()
        .map(|layer| {
            let keys = match keys {
                Some(text) => named(layer, &table, text),
                None => join::propose(layer, &table, &|| false),
            };
            let keys = keys.ok_or_else(|| no_key(layer, &table, language))?;
            let name = |fields: &[crate::layer::Field], at: usize| {
                fields.get(at).map_or_else(String::new, |field| field.name.clone())
            };
            let Some(meeting) = join::meet(layer, &table, keys, &|| false) else {
                return Ok(layer.clone());
            };
            let (field, column) =
                (name(&layer.fields, keys.field), name(&table.fields, keys.column));
            let sentence =
                tr!(language, "cli.joined", n = meeting.matched, field = field, column = column);
            complain(&format!("{}: {sentence}", layer.name));
            for (words, keys) in [
                ("cli.join_missing", &meeting.missing),
                ("cli.join_unused", &meeting.unused),
                ("cli.join_doubled", &meeting.doubled),
            ] {
                list(words, keys, &layer.name, language);
            }
            // Nobody stops it, so there is one.
            let joined = join::join(layer, &table, keys, &|| false);
            Ok(joined.map_or_else(|| layer.clone(), Arc::new))
        })
        .collect()
}

/// Tells keys that stay alone: how many, the first of them, and how many more.
fn list(words: &str, keys: &[String], layer: &str, language: Language) {
    /// So many are named.
    const NAMED: usize = 20;
    if keys.is_empty() {
        return;
    }
    let comma = if language == Language::Chinese { "、" } else { ", " };
    let one = |key: &String| -> String {
        key.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect()
    };
    let named: Vec<String> = keys.iter().take(NAMED).map(one).collect();
    let mut told = named.join(comma);
    if let Some(more) = keys.len().checked_sub(NAMED).filter(|more| *more > 0) {
        told.push_str(&tr!(language, "cli.join_more", n = more));
    }
    let sentence = tr!(language, words, n = keys.len(), keys = told);
    complain(&format!("{layer}: {sentence}"));
}

/// The keys that `FIELD=COLUMN` names; names may hold the sign themselves.
fn named(layer: &Layer, table: &PlainTable, text: &str) -> Option<Keys> {
    text.match_indices('=').find_map(|(at, sign)| {
        let (field, column) = (text.get(..at)?.trim(), text.get(at + sign.len()..)?.trim());
        let field = layer.fields.iter().position(|own| own.name == field)?;
        let column = table.fields.iter().position(|own| own.name == column)?;
        Some(Keys { field, column })
    })
}

fn no_key(layer: &Layer, table: &PlainTable, language: Language) -> CliError {
    let names = |fields: &[crate::layer::Field]| {
        fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>().join(", ")
    };
    let (fields, columns) = (names(&layer.fields), names(&table.fields));
    CliError::Usage(tr!(language, "cli.no_join_key", fields = fields, columns = columns))
}

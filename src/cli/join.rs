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
                None => join::propose(layer, &table),
            };
            let keys = keys.ok_or_else(|| no_key(layer, &table, language))?;
            let name = |fields: &[crate::layer::Field], at: usize| {
                fields.get(at).map_or_else(String::new, |field| field.name.clone())
            };
            let matched = join::meet(layer, &table, keys).matched;
            let (field, column) =
                (name(&layer.fields, keys.field), name(&table.fields, keys.column));
            let sentence = tr!(language, "cli.joined", n = matched, field = field, column = column);
            complain(&format!("{}: {sentence}", layer.name));
            Ok(Arc::new(join::join(layer, &table, keys)))
        })
        .collect()
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

//! `--join`: tables beside the layers of files.

use std::{
    cell::Cell,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{CliError, complain, layer_args::JoinArgs};
use crate::{
    app::{
        Action, Cancel, Language, Tell,
        layer_join::{KeptJoin, kept_joins},
        open_layers::{Snapshot, finding_words},
    },
    jobs::layers_with_kept,
    layer::{
        Field, Layer,
        join::{self, Keys, PlainTable},
        join_keys::propose,
    },
    store::layers::{plain_table, plain_table::read_table},
    tr,
};

/// A table that was asked for.
struct Asked {
    table: PlainTable,
    /// `FIELD=COLUMN`, where it was said.
    keys: Option<String>,
    /// Layers that have got it.
    joined: Cell<usize>,
}

/// Why a layer does not get a table.
enum NotJoined {
    NoKey,
    /// Several keys are about as likely.
    Unclear(Vec<Keys>),
}

/// The tables that were asked for, read.
pub struct Joins {
    asked: Vec<Asked>,
    language: Language,
}

impl Joins {
    /// Whether the arguments can be meant: as many keys as tables at most, and tables alone.
    ///
    /// # Errors
    /// Which cannot.
    pub fn check(args: &JoinArgs, language: Language) -> Result<(), CliError> {
        if let Some(table) = args.join.iter().find(|table| !is_table(table)) {
            let sentence = tr!(language, "cli.no_table", path = table.display());
            return Err(CliError::Usage(sentence));
        }
        for (option, count) in
            [("--join-key", args.join_key.len()), ("--join-sheet", args.join_sheet.len())]
        {
            if count > args.join.len() {
                let (n, tables) = (count, args.join.len());
                let sentence =
                    tr!(language, "cli.more_than_tables", option = option, n = n, tables = tables);
                return Err(CliError::Usage(sentence));
            }
        }
        Ok(())
    }

    /// Reads the tables. What was met in them is told on stderr.
    ///
    /// # Errors
    /// A table that cannot be read.
    pub fn read(args: &JoinArgs, language: Language) -> Result<Self, CliError> {
        Self::check(args, language)?;
        let said = |all: &[String], at: usize| all.get(at).filter(|own| !own.is_empty()).cloned();
        let one = |(at, path): (usize, &PathBuf)| {
            let sheet = said(&args.join_sheet, at);
            let table = read_table(path, sheet.as_deref(), &Cancel::default().0)
                .map_err(|e| CliError::Data(e.tell(language)))?;
            for finding in &table.findings {
                complain(&format!("{}: {}", path.display(), finding_words(finding, language)));
            }
            Ok(Asked { table, keys: said(&args.join_key, at), joined: Cell::new(0) })
        };
        let asked = args.join.iter().enumerate().map(one).collect::<Result<_, CliError>>()?;
        Ok(Self { asked, language })
    }

    pub const fn is_empty(&self) -> bool {
        self.asked.is_empty()
    }

    /// The layers with the columns of every table. How they met is told on stderr.
    ///
    /// # Errors
    /// Keys that are not there, or of which several may be meant.
    pub fn onto_all(&self, layers: &[Arc<Layer>]) -> Result<Vec<Arc<Layer>>, CliError> {
        let onto = |layer: &Arc<Layer>| {
            let (mut layer, own) = (layer.clone(), layer.fields.len());
            for asked in &self.asked {
                layer = asked
                    .onto(&layer, own, self.language)
                    .map_err(|reason| not_joined(&reason, &layer, &asked.table, self.language))?;
            }
            Ok(layer)
        };
        layers.iter().map(onto).collect()
    }

    /// A layer with the columns of the tables that belong to it.
    pub fn onto(&self, layer: &Arc<Layer>) -> Arc<Layer> {
        let own = layer.fields.len();
        let next = |layer: Arc<Layer>, asked: &Asked| {
            asked.onto(&layer, own, self.language).unwrap_or(layer)
        };
        self.asked.iter().fold(layer.clone(), next)
    }

    /// Whether every table has found a layer; `layer` is one that some have not.
    ///
    /// # Errors
    /// The first that has not.
    pub fn are_joined(&self, layer: Option<&Layer>) -> Result<(), CliError> {
        let nothing = Layer::default();
        let Some(asked) = self.asked.iter().find(|asked| asked.joined.get() == 0) else {
            return Ok(());
        };
        let layer = layer.unwrap_or(&nothing);
        let reason = asked.keys_of(layer, layer.fields.len()).err().unwrap_or(NotJoined::NoKey);
        Err(not_joined(&reason, layer, &asked.table, self.language))
    }
}

impl Asked {
    /// The keys that were said, else those that most likely belong together: among the first `own`
    /// fields, those of the file, and where none of them meets also among what earlier tables brought.
    fn keys_of(&self, layer: &Layer, own: usize) -> Result<Keys, NotJoined> {
        if let Some(text) = &self.keys {
            return named(layer, &self.table, text).ok_or(NotJoined::NoKey);
        }
        let of = |fields: usize| propose(layer, fields, &self.table, &|| false);
        let found = of(own).or_else(|| of(layer.fields.len())).ok_or(NotJoined::NoKey)?;
        if found.rivals.is_empty() {
            return Ok(found.keys);
        }
        let all = [found.keys].into_iter().chain(found.rivals);
        Err(NotJoined::Unclear(all.collect()))
    }

    /// The layer, of whose file are the first `own` fields, with the columns of the table.
    fn onto(
        &self,
        layer: &Arc<Layer>,
        own: usize,
        language: Language,
    ) -> Result<Arc<Layer>, NotJoined> {
        let table = &self.table;
        let keys = self.keys_of(layer, own)?;
        self.joined.set(self.joined.get() + 1);
        // Nobody stops it, so there is one.
        let meeting = join::meet(layer, table, keys, &|| false).unwrap_or_default();
        let (field, column) = (name(&layer.fields, keys.field), name(&table.fields, keys.column));
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
        let joined = join::join(layer, table, keys, &|| false);
        Ok(joined.map_or_else(|| layer.clone(), Arc::new))
    }
}

/// A layer with the tables that the window remembers of it. What cannot be joined, or has changed, is
/// told on stderr.
pub fn remembered(
    all: &[KeptJoin],
    path: &Path,
    layer: Arc<Layer>,
    language: Language,
) -> Arc<Layer> {
    let whole = std::path::absolute(path).unwrap_or_default();
    // The window may have been given the file from another folder.
    let kept: Vec<KeptJoin> = [path, &whole]
        .into_iter()
        .map(|path| kept_joins(all, path, &layer.name).cloned().collect())
        .find(|kept: &Vec<KeptJoin>| !kept.is_empty())
        .unwrap_or_default();
    if kept.is_empty() {
        return layer;
    }
    let told = move |action: Action| {
        if let Action::Notify(_, message) = action {
            complain(&message.tell(language));
        }
    };
    let own = Snapshot(layer.clone());
    layers_with_kept(own, kept, &Cancel::default(), &told).map_or(layer, |joined| joined.0)
}

/// Whether a file is called as tables are, which alone can be joined.
fn is_table(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    plain_table::EXTENSIONS.contains(&ending.as_str())
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

fn name(fields: &[Field], at: usize) -> &str {
    fields.get(at).map_or("", |field| field.name.as_str())
}

fn not_joined(
    reason: &NotJoined,
    layer: &Layer,
    table: &PlainTable,
    language: Language,
) -> CliError {
    CliError::Usage(match reason {
        NotJoined::NoKey => {
            let names = |fields: &[Field]| {
                fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>().join(", ")
            };
            let (fields, columns) = (names(&layer.fields), names(&table.fields));
            tr!(language, "cli.no_join_key", fields = fields, columns = columns)
        }
        NotJoined::Unclear(all) => {
            let one = |keys: &Keys| {
                let field = name(&layer.fields, keys.field);
                format!("{field}={}", name(&table.fields, keys.column))
            };
            let pairs = all.iter().map(one).collect::<Vec<_>>().join(", ");
            tr!(language, "cli.several_join_keys", layer = layer.name, pairs = pairs)
        }
    })
}

//! `jintu info` of a workbook: title, counts, version, integrity.

use std::{collections::BTreeMap, io::Write, path::Path};

use serde_json::{Value, json};

use super::{CliError, args::InfoFormat, book::set_by_hand, commands::print_json};
use crate::{
    app::{Language, Tell},
    book::{AttachmentRecord, ProjectRecord},
    catalogue::{Accuracy, Catalogue},
    jobs::book::base,
    store::book::{Access, BookError, Integrity, Workbook, look},
    tr,
};

/// Whether a file is a workbook, or calls itself one.
pub fn is_book(path: &Path) -> bool {
    let named = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("jintu"));
    named || look(path).is_ok()
}

/// Prints what a workbook is; `false` where it cannot be used.
pub fn info(
    path: &Path,
    format: InfoFormat,
    language: Language,
    out: &mut impl Write,
) -> Result<bool, CliError> {
    let about = match about(path, language) {
        Ok(about) => about,
        Err(e) => {
            let reason = e.tell(language);
            match format {
                InfoFormat::Json => {
                    print_json(
                        &json!({ "file": path.display().to_string(), "error": reason }),
                        out,
                    )?;
                }
                InfoFormat::Table => writeln!(out, "{}\n  {reason}", path.display())?,
            }
            return Ok(false);
        }
    };
    match format {
        InfoFormat::Json => print_json(&about.json(path), out)?,
        InfoFormat::Table => about.table(path, language, out)?,
    }
    Ok(about.broken.is_empty())
}

struct About {
    title: String,
    plan: Option<String>,
    city: Option<String>,
    version: u32,
    listed: usize,
    removed: usize,
    merged: usize,
    set: usize,
    attachments: usize,
    attached_bytes: u64,
    by_source: BTreeMap<&'static str, usize>,
    by_accuracy: Vec<(Accuracy, usize)>,
    entries: u64,
    /// In the words of the database; empty where it is sound.
    broken: Vec<String>,
    /// Why it could not be written here.
    state: Option<String>,
}

fn about(path: &Path, language: Language) -> Result<About, BookError> {
    let (workbook, lowered) = Workbook::open(path, &Access::Read, &base())?;
    let catalogue: &Catalogue = &lowered.catalogue;
    let mut broken = match workbook.integrity()? {
        Integrity::Sound => Vec::new(),
        Integrity::Broken(told) => told,
    };
    let book = workbook.book();
    let (projects, unreadable) = book.all::<ProjectRecord>();
    broken.extend(unreadable.iter().map(ToString::to_string));
    let mut by_source: BTreeMap<&'static str, usize> =
        ["plan", "table", "hand"].into_iter().map(|key| (key, 0)).collect();
    for own in projects.iter().filter(|own| own.is_listed()) {
        *by_source.entry(own.origin.key()).or_default() += 1;
    }
    let of_class = |class: Accuracy| {
        catalogue.projects.iter().filter(|project| project.accuracy == class).count()
    };
    let attached = book.all::<AttachmentRecord>().0;
    let record = book.about()?;
    let version = workbook.version()?;
    let newer = version > crate::book::VERSION;
    Ok(About {
        title: record.as_ref().map(|own| own.title.zh.clone()).unwrap_or_default(),
        plan: record.as_ref().and_then(|own| own.plan.as_ref().map(|plan| plan.name.clone())),
        city: record.and_then(|own| own.city),
        version,
        listed: catalogue.projects.len(),
        removed: projects.iter().filter(|own| own.removed.is_some()).count(),
        merged: projects.iter().filter(|own| own.merged.is_some()).count(),
        set: set_by_hand(book),
        attachments: attached.len(),
        attached_bytes: attached.iter().map(|own| own.bytes).sum(),
        by_source,
        by_accuracy: Accuracy::ALL.map(|class| (class, of_class(class))).to_vec(),
        entries: workbook.history().last(),
        broken,
        state: newer.then(|| crate::store::book::ReadOnly::Newer { version }.tell(language)),
    })
}

impl About {
    fn json(&self, path: &Path) -> Value {
        let by_accuracy: serde_json::Map<String, Value> = self
            .by_accuracy
            .iter()
            .map(|(class, count)| (class.key().to_owned(), (*count).into()))
            .collect();
        let integrity =
            if self.broken.is_empty() { json!("ok") } else { json!(self.broken.join("; ")) };
        json!({
            "file": path.display().to_string(),
            "title": self.title,
            "plan": self.plan,
            "city": self.city,
            "schema_version": self.version,
            "projects": self.listed,
            "removed": self.removed,
            "merged": self.merged,
            "set_by_hand": self.set,
            "attachments": self.attachments,
            "attached_bytes": self.attached_bytes,
            "by_source": self.by_source,
            "by_accuracy": by_accuracy,
            "log_entries": self.entries,
            "integrity": integrity,
            "read_only": self.state,
        })
    }

    fn table(&self, path: &Path, language: Language, out: &mut impl Write) -> Result<(), CliError> {
        let counts = |all: Vec<(String, usize)>| {
            let some = all.into_iter().filter(|(_, count)| *count > 0);
            some.map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join(", ")
        };
        let by_source = self
            .by_source
            .iter()
            .map(|(key, count)| (tr!(language, format!("book.info.from.{key}")), *count));
        let by_accuracy =
            self.by_accuracy.iter().map(|(class, count)| (class.key().to_owned(), *count));
        let sound = tr!(language, "book.info.sound");
        let integrity = if self.broken.is_empty() { sound } else { self.broken.join("; ") };
        let attached = (self.attachments > 0)
            .then(|| format!("{} ({:.1} MB)", self.attachments, self.attached_bytes as f64 / 1e6));
        let rows = [
            ("title", Some(self.title.clone())),
            ("plan", self.plan.clone()),
            ("city", self.city.clone()),
            ("projects", Some(self.listed.to_string())),
            ("by_source", Some(counts(by_source.collect()))),
            ("by_accuracy", Some(counts(by_accuracy.collect()))),
            ("set", Some(self.set.to_string())),
            ("attachments", attached),
            ("removed", Some(self.removed.to_string())),
            ("merged", Some(self.merged.to_string())),
            ("log", Some(self.entries.to_string())),
            ("version", Some(self.version.to_string())),
            ("integrity", Some(integrity)),
            ("state", self.state.clone()),
        ];
        writeln!(out, "{}", path.display())?;
        for (key, value) in rows {
            if let Some(value) = value {
                writeln!(out, "  {}: {value}", tr!(language, format!("book.info.{key}")))?;
            }
        }
        Ok(())
    }
}

//! All records of a workbook in memory.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Serialize, de::DeserializeOwned};

use super::{BOOK_KEY, BookRecord, Change, Conflict, TABLES, Table};

/// A type of records: it says in which table they are and by what key.
pub trait Kept: Serialize + DeserializeOwned {
    const TABLE: Table;

    fn key(&self) -> &str;
}

/// A record that is there and is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} {key}: {reason}", table.name())]
pub struct Unreadable {
    pub table: Table,
    pub key: String,
    pub reason: String,
}

/// The records, as JSON text by table and key. Cloning shares the texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Book {
    tables: [BTreeMap<String, Arc<str>>; TABLES.len()],
}

impl Book {
    /// A record; `None` where there is none of that key.
    ///
    /// # Errors
    /// It is there and does not fit its type.
    pub fn get<R: Kept>(&self, key: &str) -> Result<Option<R>, Unreadable> {
        self.text(R::TABLE, key).map(|text| read(key, text)).transpose()
    }

    /// The records of a type in the order of their keys, and those that cannot be read.
    pub fn all<R: Kept>(&self) -> (Vec<R>, Vec<Unreadable>) {
        let mut good = Vec::with_capacity(self.count(R::TABLE));
        let mut bad = Vec::new();
        for (key, text) in self.texts(R::TABLE) {
            match read(key, text) {
                Ok(record) => good.push(record),
                Err(reason) => bad.push(reason),
            }
        }
        (good, bad)
    }

    /// What the workbook says of itself.
    ///
    /// # Errors
    /// The record does not fit.
    pub fn about(&self) -> Result<Option<BookRecord>, Unreadable> {
        self.get(BOOK_KEY)
    }

    /// A record as it is kept.
    pub fn text(&self, table: Table, key: &str) -> Option<&Arc<str>> {
        self.of(table).get(key)
    }

    /// The records of a table as they are kept.
    pub fn texts(&self, table: Table) -> impl Iterator<Item = (&str, &Arc<str>)> {
        self.of(table).iter().map(|(key, text)| (key.as_str(), text))
    }

    /// How many records a table has.
    pub fn count(&self, table: Table) -> usize {
        self.of(table).len()
    }

    /// Takes in a record as it is kept: for who reads a file.
    pub fn insert(&mut self, table: Table, key: String, text: Arc<str>) {
        if let Some(own) = self.tables.get_mut(table as usize) {
            own.insert(key, text);
        }
    }

    /// Whether changes begin with what is here.
    ///
    /// # Errors
    /// Names the first that does not.
    pub fn check(&self, changes: &[Change]) -> Result<(), Conflict> {
        let fits = |change: &&Change| {
            self.text(change.table, &change.key).map(|text| &**text) == change.before.as_deref()
        };
        match changes.iter().find(|change| !fits(change)) {
            Some(other) => Err(Conflict { table: other.table, key: other.key.clone() }),
            None => Ok(()),
        }
    }

    /// Makes changes, all or none.
    ///
    /// # Errors
    /// One of them begins with something else than what is here; then nothing changes.
    pub fn apply(&mut self, changes: &[Change]) -> Result<(), Conflict> {
        self.check(changes)?;
        for change in changes {
            match &change.after {
                Some(text) => self.insert(change.table, change.key.clone(), text.clone()),
                None => {
                    if let Some(own) = self.tables.get_mut(change.table as usize) {
                        own.remove(&change.key);
                    }
                }
            }
        }
        Ok(())
    }

    /// Takes in a record.
    ///
    /// # Errors
    /// It cannot be written as JSON, such as a number that is none.
    pub fn put<R: Kept>(&mut self, record: &R) -> Result<(), Unreadable> {
        let text = write(record)?;
        self.insert(R::TABLE, record.key().to_owned(), text.into());
        Ok(())
    }

    fn of(&self, table: Table) -> &BTreeMap<String, Arc<str>> {
        // As many as there are variants.
        &self.tables[table as usize]
    }
}

fn read<R: Kept>(key: &str, text: &str) -> Result<R, Unreadable> {
    let unreadable = |reason| Unreadable { table: R::TABLE, key: key.to_owned(), reason };
    let record: R = serde_json::from_str(text).map_err(|e| unreadable(e.to_string()))?;
    if record.key() == key {
        Ok(record)
    } else {
        Err(unreadable(format!("it calls itself {:?}", record.key())))
    }
}

/// A record as it is kept.
pub(super) fn write<R: Kept>(record: &R) -> Result<String, Unreadable> {
    serde_json::to_string(record).map_err(|e| Unreadable {
        table: R::TABLE,
        key: record.key().to_owned(),
        reason: e.to_string(),
    })
}

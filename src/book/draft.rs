//! An action while it is put together.

use std::{collections::BTreeMap, sync::Arc};

use serde_json::{Map, Value};

use super::{Action, Blob, Book, Change, Kept, Table, Unreadable, Words, value};

/// Changes of a book that are not made yet. It reads as the book will be.
#[derive(Debug)]
pub struct Draft<'a> {
    book: &'a Book,
    changed: BTreeMap<(Table, String), Option<Arc<str>>>,
    blobs: Vec<Blob>,
}

impl<'a> Draft<'a> {
    /// Nothing changed yet.
    pub const fn new(book: &'a Book) -> Self {
        Self { book, changed: BTreeMap::new(), blobs: Vec::new() }
    }

    /// A record as it will be.
    ///
    /// # Errors
    /// It does not fit its type.
    pub fn get<R: Kept>(&self, key: &str) -> Result<Option<R>, Unreadable> {
        match self.changed.get(&(R::TABLE, key.to_owned())) {
            None => self.book.get(key),
            Some(None) => Ok(None),
            Some(Some(text)) => {
                let mut one = Book::default();
                one.insert(R::TABLE, key.to_owned(), text.clone());
                one.get(key)
            }
        }
    }

    /// Writes a record, new or in place of the one with its key. What a newer version of the program
    /// wrote into the old one, and this does not know, stays in it.
    ///
    /// # Errors
    /// It cannot be written as JSON.
    pub fn put<R: Kept>(&mut self, record: &R) -> Result<(), Unreadable> {
        let key = (R::TABLE, record.key().to_owned());
        let mut text = value::write(record)?;
        let old = match self.changed.get(&key) {
            Some(changed) => changed.as_ref(),
            None => self.book.text(R::TABLE, &key.1),
        };
        if let Some(unknown) = old.and_then(|old| unknown::<R>(old)) {
            let both = serde_json::from_str::<Map<String, Value>>(&text).map(|mut own| {
                for (name, value) in unknown {
                    own.entry(name).or_insert(value);
                }
                Value::Object(own).to_string()
            });
            if let Ok(both) = both {
                text = both;
            }
        }
        self.changed.insert(key, Some(text.into()));
        Ok(())
    }

    /// Takes a record away. The log keeps it.
    pub fn remove<R: Kept>(&mut self, key: &str) {
        self.changed.insert((R::TABLE, key.to_owned()), None);
    }

    /// Adds large bytes; records name them by the hash that comes back.
    pub fn add_blob(&mut self, bytes: impl Into<Arc<[u8]>>) -> String {
        let blob = Blob::new(bytes);
        let hash = blob.hash.clone();
        self.blobs.push(blob);
        hash
    }

    /// The action; `None` where nothing is other than before.
    pub fn finish(self, words: Words) -> Option<Action> {
        let change = |((table, key), after): ((Table, String), Option<Arc<str>>)| {
            let before = self.book.text(table, &key).cloned();
            (before != after).then_some(Change { table, key, before, after })
        };
        let changes: Vec<Change> = self.changed.into_iter().filter_map(change).collect();
        (!changes.is_empty()).then_some(Action { words, changes, blobs: self.blobs })
    }
}

/// What a record has at its top that its type does not know.
fn unknown<R: Kept>(text: &str) -> Option<Map<String, Value>> {
    let own: Map<String, Value> = serde_json::from_str(text).ok()?;
    let known = serde_json::from_str::<R>(text).ok()?;
    let known = serde_json::to_value(known).ok()?;
    let rest: Map<String, Value> =
        own.into_iter().filter(|(name, _)| known.get(name).is_none()).collect();
    (!rest.is_empty()).then_some(rest)
}

//! The files of a workbook's layers: looked for, taken in, put out again.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{Report, Services, workbook::Failure};
use crate::{
    app::{
        Action, LayerEdit, Message,
        layer_paths::{for_book, from_book},
        saved::{FoundAt, FoundFile},
    },
    book::{self, LayerRecord},
    catalogue::edit::{self, LayerFile},
    store::{self, book::Workbook},
};

/// More than a workbook that is mailed may hold.
const MOST_EMBEDDED_BYTES: u64 = 200 << 20;

/// Why a layer is not to be had, or not to be taken in.
#[derive(Debug)]
pub enum LayerTrouble {
    /// Its file is gone, and its bytes are not in the workbook.
    Missing {
        name: String,
        path: PathBuf,
    },
    /// The workbook says that its bytes are there, and they are not.
    NoBytes {
        name: String,
    },
    TooLarge {
        path: PathBuf,
        bytes: u64,
        most: u64,
    },
    /// A folder of many files.
    Folder {
        path: PathBuf,
    },
}

/// An action on the layers of a workbook.
pub fn action(own: &Workbook, wanted: LayerEdit) -> Result<book::Action, Failure> {
    let book = own.book();
    Ok(match wanted {
        LayerEdit::Add { path, layers, reading } => {
            edit::add_layers(book, &file(own.path(), &path, reading)?, &layers)?
        }
        LayerEdit::Remove { ids } => edit::remove_layers(book, &ids)?,
        LayerEdit::Style { id, style } => edit::style_layer(book, &id, style)?,
        LayerEdit::Hide { id, hidden } => edit::hide_layer(book, &id, hidden)?,
        LayerEdit::Order { ids } => edit::order_layers(book, &ids)?,
        LayerEdit::Find { ids, path } => {
            edit::find_layers(book, &ids, &file(own.path(), &path, Value::Null)?)?
        }
        LayerEdit::Embed { ids, path } => edit::embed_layers(book, &ids, bytes(&path)?)?,
    })
}

/// A file as records name it.
fn file(book: &Path, path: &Path, reading: Value) -> Result<LayerFile, Failure> {
    let hash = store::files::sha256(path).map_err(|reason| Failure::Told(Message::new(reason)))?;
    Ok(LayerFile { path: for_book(book, path), hash, reading })
}

/// The bytes of a file and of those that belong to it, by name.
fn bytes(path: &Path) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let told = |trouble: LayerTrouble| Failure::Told(Message::new(trouble));
    if store::files::is_folder(path) {
        return Err(told(LayerTrouble::Folder { path: path.to_owned() }));
    }
    let files = store::layers::files_of(path);
    let all: u64 =
        files.iter().filter_map(|own| store::files::stamp(own)).map(|own| own.bytes).sum();
    if all > MOST_EMBEDDED_BYTES {
        let (path, most) = (path.to_owned(), MOST_EMBEDDED_BYTES);
        return Err(told(LayerTrouble::TooLarge { path, bytes: all, most }));
    }
    let mut read = Vec::new();
    for own in files {
        let name = own.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = store::files::read(&own);
        read.push((name, bytes.map_err(|reason| Failure::Told(Message::new(reason)))?));
    }
    Ok(read)
}

/// Paths of layers as a copy of the workbook names them; `None` where they stay what they are.
pub fn moved(own: &Workbook, from: &Path) -> Result<Option<book::Action>, Failure> {
    let to = own.path();
    if own.read_only().is_some() || to.parent() == from.parent() {
        return Ok(None);
    }
    let action = edit::move_layers(own.book(), |kept| for_book(to, &from_book(from, kept)))?;
    Ok(Some(action).filter(|action| !action.changes.is_empty()))
}

impl Services {
    /// Looks for the files of a workbook's layers, one after the other; of what is not there any more
    /// the bytes in the workbook are put out.
    pub(super) fn find_layers(&self, book: &Path, records: &[LayerRecord], report: &Report) {
        let mut groups: Vec<(&LayerRecord, Vec<String>)> = Vec::new();
        for own in records {
            let same = |other: &LayerRecord| {
                other.path == own.path && other.hash == own.hash && other.files == own.files
            };
            match groups.iter_mut().find(|(other, _)| same(other)) {
                Some((_, ids)) => ids.push(own.id.clone()),
                None => groups.push((own, vec![own.id.clone()])),
            }
        }
        for (own, ids) in groups {
            let kept = own.path.as_deref().map(|path| from_book(book, path));
            let path = kept.clone().unwrap_or_else(|| PathBuf::from(&own.name));
            let found = self.find_layer(book, own, kept);
            report(Action::LayersFound(vec![FoundFile { ids, path, found }]));
        }
    }

    fn find_layer(
        &self,
        book: &Path,
        own: &LayerRecord,
        kept: Option<PathBuf>,
    ) -> Result<FoundAt, Message> {
        let name = own.name.clone();
        if let Some(path) = kept.clone().filter(|path| store::files::exists(path)) {
            let now = store::files::sha256(&path).map_err(Message::new)?;
            return Ok(FoundAt { path, is_changed: now != own.hash });
        }
        if !own.embedded {
            let path = kept.unwrap_or_default();
            return Err(Message::new(LayerTrouble::Missing { name, path }));
        }
        let mut files = Vec::new();
        for file in &own.files {
            let bytes = self.blob(book, &file.hash).map_err(Message::new)?;
            let bytes =
                bytes.ok_or_else(|| Message::new(LayerTrouble::NoBytes { name: name.clone() }))?;
            files.push((file.name.clone(), bytes));
        }
        let put_out = self.put_out(&files).map_err(Message::new)?;
        let path = put_out.ok_or_else(|| Message::new(LayerTrouble::NoBytes { name }))?;
        Ok(FoundAt { path, is_changed: false })
    }
}

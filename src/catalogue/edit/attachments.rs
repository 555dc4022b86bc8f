//! Files that belong to projects: photos, documents.

use std::sync::Arc;

use super::{Refusal, finish, record, words};
use crate::book::{Action, AttachmentRecord, Book, Draft, Mark, Table, is_unseen};

/// A file to be attached.
#[derive(Debug, Clone)]
pub struct AttachedFile {
    /// Without its folder.
    pub name: String,
    pub bytes: Arc<[u8]>,
    /// A small picture of it, as PNG or JPEG.
    pub thumbnail: Option<Arc<[u8]>>,
}

/// Attaches files to a project. Bytes that the workbook has already are not kept twice; a file that
/// the project has already, by name and bytes, is left out.
///
/// # Errors
/// There is no such project.
pub fn attach(
    book: &Book,
    id: &str,
    files: &[AttachedFile],
    mark: &Mark,
) -> Result<Action, Refusal> {
    let mut draft = Draft::new(book);
    record(&draft, id)?;
    let there = of_project(book, id);
    let mut number = last_number(book);
    let mut names = Vec::new();
    for file in files {
        // What turns the direction of writing hides what a file is.
        let name: String = file.name.chars().map(|c| if is_unseen(c) { '_' } else { c }).collect();
        let hash = draft.add_blob(file.bytes.clone());
        if there.iter().any(|own| own.hash == hash && own.name == name) {
            continue;
        }
        number += 1;
        let thumbnail = file.thumbnail.clone().map(|picture| draft.add_blob(picture));
        draft.put(&AttachmentRecord {
            id: format!("A-{number}"),
            project: Some(id.to_owned()),
            name: name.clone(),
            hash,
            bytes: file.bytes.len() as u64,
            thumbnail,
            mark: mark.clone(),
        })?;
        names.push(name);
    }
    let names = shown(&names);
    Ok(finish(draft, words(format!("{id}：附上{names}"), format!("{id}: {names} attached"))))
}

/// Takes an attachment away. Its bytes stay in the workbook, so that it can come back.
///
/// # Errors
/// There is no such attachment.
pub fn detach(book: &Book, attachment: &str) -> Result<Action, Refusal> {
    let mut draft = Draft::new(book);
    let own: AttachmentRecord =
        draft.get(attachment)?.ok_or_else(|| Refusal::NoAttachment(attachment.to_owned()))?;
    draft.remove::<AttachmentRecord>(attachment);
    let (of, name) = (own.project.unwrap_or_default(), shown(&[own.name]));
    Ok(finish(draft, words(format!("{of}：移除附件{name}"), format!("{of}: {name} removed"))))
}

/// The attachments of a project, in the order in which they came.
pub fn of_project(book: &Book, id: &str) -> Vec<AttachmentRecord> {
    // The texts are searched before they are read: most name another.
    let named = serde_json::Value::from(id).to_string();
    let mut all: Vec<AttachmentRecord> = book
        .texts(Table::Attachments)
        .filter(|(_, text)| text.contains(&named))
        .filter_map(|(key, _)| book.get::<AttachmentRecord>(key).ok().flatten())
        .filter(|own| own.project.as_deref() == Some(id))
        .collect();
    all.sort_by_key(|own| number(&own.id));
    all
}

fn number(id: &str) -> Option<u64> {
    id.strip_prefix("A-")?.parse().ok()
}

fn last_number(book: &Book) -> u64 {
    book.texts(Table::Attachments).filter_map(|(key, _)| number(key)).max().unwrap_or(0)
}

/// Names in the words of the log.
fn shown(names: &[String]) -> String {
    const MOST: usize = 40;
    let first = names.first().map(String::as_str).unwrap_or_default();
    let mut short: String = first.chars().take(MOST).collect();
    if short.len() < first.len() {
        short.push('…');
    }
    match names.len() {
        0 | 1 => format!("“{short}”"),
        n => format!("“{short}” … ({n})"),
    }
}

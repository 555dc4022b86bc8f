//! The user's layers as a workbook keeps them: a record for each layer of a file.

use serde_json::Value;

use super::{Refusal, finish, saved::quoted, words};
use crate::book::{Action, Book, Draft, EmbeddedFile, Kept as _, LayerRecord};

/// A layer of a file to be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct NewLayer {
    pub name: String,
    pub hidden: bool,
    pub style: Value,
}

/// The file of layers.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerFile {
    /// As a path beside the workbook or from the root.
    pub path: String,
    /// SHA-256 of its bytes.
    pub hash: String,
    /// What the user said so that it could be read.
    pub reading: Value,
}

/// The layers of a workbook from the ground up.
pub fn layers(book: &Book) -> Vec<LayerRecord> {
    let mut all = book.all::<LayerRecord>().0;
    all.sort_by_key(|record| record.order);
    all
}

/// Keeps the layers of a file; those that are kept already stay as they are.
///
/// # Errors
/// A record cannot be written.
pub fn add_layers(book: &Book, file: &LayerFile, new: &[NewLayer]) -> Result<Action, Refusal> {
    let known = layers(book);
    let numbers = known.iter().filter_map(|own| own.id.strip_prefix("L-"));
    let most = numbers.filter_map(|number| number.parse::<u32>().ok()).max().unwrap_or(0);
    let order = known.iter().map(|own| own.order).max().map_or(0, |last| last.saturating_add(1));
    let is_known = |layer: &&NewLayer| {
        let path = Some(&file.path);
        known.iter().any(|own| own.path.as_ref() == path && own.name == layer.name)
    };
    let mut draft = Draft::new(book);
    let mut names = Vec::new();
    for (i, layer) in (0u32..).zip(new.iter().filter(|layer| !is_known(layer))) {
        names.push(layer.name.as_str());
        draft.put(&LayerRecord {
            id: format!("L-{}", most.saturating_add(1).saturating_add(i)),
            order: order.saturating_add(i),
            name: layer.name.clone(),
            path: Some(file.path.clone()),
            hash: file.hash.clone(),
            embedded: false,
            hidden: layer.hidden,
            style: layer.style.clone(),
            reading: file.reading.clone(),
            files: Vec::new(),
        })?;
    }
    let told = quoted(&names);
    let told = words(format!("加入图层{}", told.zh), format!("layer {} added", told.en));
    Ok(finish(draft, told))
}

/// Takes layers out of the workbook; their file stays where it is.
///
/// # Errors
/// There is no such layer.
pub fn remove_layers(book: &Book, ids: &[String]) -> Result<Action, Refusal> {
    let mut draft = Draft::new(book);
    let names = named(&draft, ids)?;
    for id in ids {
        draft.remove::<LayerRecord>(id);
    }
    let told = quoted(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let told = words(format!("移除图层{}", told.zh), format!("layer {} removed", told.en));
    Ok(finish(draft, told))
}

/// Gives a layer another style.
///
/// # Errors
/// There is no such layer.
pub fn style_layer(book: &Book, id: &str, style: Value) -> Result<Action, Refusal> {
    let mut draft = Draft::new(book);
    let mut own = layer(&draft, id)?;
    own.style = style;
    draft.put(&own)?;
    let name = &own.name;
    let told = words(format!("图层“{name}”改样式"), format!("layer “{name}” styled"));
    Ok(finish(draft, told))
}

/// Hides a layer, or shows it again.
///
/// # Errors
/// There is no such layer.
pub fn hide_layer(book: &Book, id: &str, hidden: bool) -> Result<Action, Refusal> {
    let mut draft = Draft::new(book);
    let mut own = layer(&draft, id)?;
    own.hidden = hidden;
    draft.put(&own)?;
    let name = &own.name;
    let told = if hidden {
        words(format!("隐藏图层“{name}”"), format!("layer “{name}” hidden"))
    } else {
        words(format!("显示图层“{name}”"), format!("layer “{name}” shown"))
    };
    Ok(finish(draft, told))
}

/// Lays layers in this order, from the ground up; others stay where they are among them.
///
/// # Errors
/// There is no such layer.
pub fn order_layers(book: &Book, ids: &[String]) -> Result<Action, Refusal> {
    let mut draft = Draft::new(book);
    named(&draft, ids)?;
    let mut all: Vec<LayerRecord> = layers(book);
    let mut wanted = ids.iter();
    for place in 0..all.len() {
        let is_meant = all.get(place).is_some_and(|own| ids.iter().any(|id| id == own.key()));
        let Some(id) = is_meant.then(|| wanted.next()).flatten() else { continue };
        let from = all.iter().position(|own| own.key() == id);
        if let Some(from) = from.filter(|from| *from != place) {
            all.swap(place, from);
        }
    }
    for (order, own) in (0..).zip(&mut all) {
        own.order = order;
        draft.put(own)?;
    }
    Ok(finish(draft, words("调整图层次序".to_owned(), "layers laid in another order".to_owned())))
}

/// Says where the file of layers is now, or that what it is now is what is meant.
///
/// # Errors
/// There is no such layer.
pub fn find_layers(book: &Book, ids: &[String], file: &LayerFile) -> Result<Action, Refusal> {
    let mut draft = Draft::new(book);
    let names = named(&draft, ids)?;
    for id in ids {
        let mut own = layer(&draft, id)?;
        own.path = Some(file.path.clone());
        // What is embedded is what it was.
        if !own.embedded {
            own.hash.clone_from(&file.hash);
        }
        draft.put(&own)?;
    }
    let told = quoted(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let told = words(
        format!("重新指定图层{}的文件", told.zh),
        format!("the file of layer {} found again", told.en),
    );
    Ok(finish(draft, told))
}

/// Puts the files of layers into the workbook, the one that is opened first.
///
/// # Errors
/// There is no such layer, or no file.
pub fn embed_layers(
    book: &Book,
    ids: &[String],
    files: Vec<(String, Vec<u8>)>,
) -> Result<Action, Refusal> {
    let mut draft = Draft::new(book);
    let names = named(&draft, ids)?;
    let mut kept = Vec::new();
    for (name, bytes) in files {
        kept.push(EmbeddedFile { name, hash: draft.add_blob(bytes) });
    }
    let Some(first) = kept.first() else { return Err(Refusal::Empty { field: "files" }) };
    for id in ids {
        let mut own = layer(&draft, id)?;
        own.embedded = true;
        own.hash.clone_from(&first.hash);
        own.files.clone_from(&kept);
        draft.put(&own)?;
    }
    let told = quoted(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let told = words(
        format!("图层{}嵌入工作簿", told.zh),
        format!("layer {} embedded in the workbook", told.en),
    );
    Ok(finish(draft, told))
}

/// Writes the paths of layers anew, as for a copy in another folder.
///
/// # Errors
/// A record cannot be written.
pub fn move_layers(book: &Book, path_of: impl Fn(&str) -> String) -> Result<Action, Refusal> {
    let mut draft = Draft::new(book);
    for mut own in layers(book) {
        if let Some(path) = &own.path {
            own.path = Some(path_of(path));
            draft.put(&own)?;
        }
    }
    let told = "图层路径随副本改写".to_owned();
    Ok(finish(draft, words(told, "paths of layers follow the copy".to_owned())))
}

fn layer(draft: &Draft<'_>, id: &str) -> Result<LayerRecord, Refusal> {
    draft.get(id)?.ok_or_else(|| Refusal::NoRecord(id.to_owned()))
}

fn named(draft: &Draft<'_>, ids: &[String]) -> Result<Vec<String>, Refusal> {
    ids.iter().map(|id| layer(draft, id).map(|own| own.name)).collect()
}

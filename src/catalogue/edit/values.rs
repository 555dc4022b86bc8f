//! Setting a field, and going back to what is stated.

use serde_json::Value;

use super::{Allowed, Field, FieldKind, Refusal, field, finish, line, record, words};
use crate::{
    book::{Action, Book, Draft, FieldRecord, HeadingRecord, Mark, is_unseen},
    catalogue::{Status, lower::Base},
    language::Bilingual,
    plan::is_period,
};

/// Investments and lengths beyond it are slips.
const MOST: f64 = 1_000_000.0;

/// Characters of a note.
const LONGEST: usize = 4000;

/// Sets a field by its text; an empty text says that there is nothing.
///
/// # Errors
/// There is no such project or field, or the field does not take it.
pub fn set(
    book: &Book,
    base: &Base,
    id: &str,
    name: &str,
    text: &str,
    mark: &Mark,
) -> Result<Action, Refusal> {
    set_many(book, base, &[id.to_owned()], name, text, mark)
}

/// Sets a field of several projects to the same.
///
/// # Errors
/// As [`set`]; then none is set.
pub fn set_many(
    book: &Book,
    base: &Base,
    ids: &[String],
    name: &str,
    text: &str,
    mark: &Mark,
) -> Result<Action, Refusal> {
    let own = field(name).ok_or_else(|| Refusal::NoField(name.to_owned()))?;
    let value = value(own, text.trim(), book, base)?;
    let mut draft = Draft::new(book);
    for id in ids {
        let mut project = record(&draft, id)?;
        if is_known(project.fields.get(own.name), &value, mark) {
            continue;
        }
        project.set(own.name, value.clone(), mark.clone());
        draft.put(&project)?;
    }
    let (zh, en) = shown(own, &value);
    let which = which(ids);
    Ok(finish(
        draft,
        words(format!("{which}：{}改为{zh}", own.zh), format!("{which}: {} set to {en}", own.en)),
    ))
}

/// Goes back to what is stated (恢复原文).
///
/// # Errors
/// There is no such project or field, or nothing was set.
pub fn restore(book: &Book, id: &str, name: &str) -> Result<Action, Refusal> {
    let own = field(name).ok_or_else(|| Refusal::NoField(name.to_owned()))?;
    let mut draft = Draft::new(book);
    let mut project = record(&draft, id)?;
    if !project.restore(own.name) {
        return Err(Refusal::NothingSet(own.name.to_owned()));
    }
    draft.put(&project)?;
    Ok(finish(
        draft,
        words(format!("{id}：{}恢复原文", own.zh), format!("{id}: {} as stated", own.en)),
    ))
}

/// Whether a value is in effect already: the same that was set on the same grounds, or what is stated
/// and nobody has set otherwise.
fn is_known(own: Option<&FieldRecord>, value: &Value, mark: &Mark) -> bool {
    let later = own.and_then(|own| own.later.as_ref());
    let stated = own.and_then(|own| own.stated.as_ref()).map(|stated| &stated.value);
    match later {
        Some(now) => is_same(&now.value, value) && now.mark.source == mark.source,
        None => is_same(stated.unwrap_or(&Value::Null), value),
    }
}

/// 12 and 12.0 are one number; no list and an empty one say the same.
fn is_same(one: &Value, other: &Value) -> bool {
    let is_nothing = |value: &Value| match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(items) => items.is_empty(),
        _ => false,
    };
    match (one.as_f64(), other.as_f64()) {
        (Some(one), Some(other)) => one.to_bits() == other.to_bits(),
        _ => one == other || is_nothing(one) && is_nothing(other),
    }
}

fn which(ids: &[String]) -> String {
    match ids {
        [only] => only.clone(),
        [first, ..] => format!("{first} … ({})", ids.len()),
        [] => String::new(),
    }
}

/// A value in the words of the log.
fn shown(own: &Field, value: &Value) -> (String, String) {
    const MOST: usize = 40;
    if let Some(number) = value.as_f64() {
        let Bilingual { zh, en } = own.unit().unwrap_or_default();
        // 1000, not 1000.0.
        return (
            format!("{number} {zh}").trim_end().into(),
            format!("{number} {en}").trim_end().into(),
        );
    }
    let text = match value {
        Value::Null => return ("空".to_owned(), "nothing".to_owned()),
        Value::Bool(true) => return ("是".to_owned(), "yes".to_owned()),
        Value::Bool(false) => return ("否".to_owned(), "no".to_owned()),
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("、")
        }
        other => other.to_string(),
    };
    let mut short: String = text.chars().take(MOST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    (format!("“{short}”"), format!("“{short}”"))
}

/// Whether a field takes a text, as far as the text alone tells: while it is being typed.
///
/// # Errors
/// What it takes instead.
pub fn takes(own: &Field, text: &str) -> Result<(), Refusal> {
    match text.trim() {
        "" => Ok(()),
        text => plain(own, text).map_or(Ok(()), |read| read.map(drop)),
    }
}

/// The value of a text that needs nothing else to be read; `None` for keys and names.
fn plain(own: &Field, text: &str) -> Option<Result<Value, Refusal>> {
    let refused =
        |allowed| Err(Refusal::NotAllowed { field: own.name, value: text.to_owned(), allowed });
    Some(match own.kind {
        FieldKind::Words { .. } => line(own.name, text).map(Value::from),
        FieldKind::Text => {
            let text = text.replace("\r\n", "\n");
            sound_words(own.name, &text).map(|()| text.into())
        }
        FieldKind::Period => match line(own.name, text) {
            Ok(text) if is_period(text) => Ok(text.into()),
            Ok(_) => refused(Allowed::Period),
            Err(reason) => Err(reason),
        },
        FieldKind::Number => match text.parse::<f64>() {
            Ok(number) if (0.0..=MOST).contains(&number) => Ok(number.into()),
            _ => refused(Allowed::Number { least: 0.0, most: MOST }),
        },
        _ => return None,
    })
}

fn value(own: &Field, text: &str, book: &Book, base: &Base) -> Result<Value, Refusal> {
    let refused =
        |allowed| Refusal::NotAllowed { field: own.name, value: text.to_owned(), allowed };
    if text.is_empty() {
        return match own.kind {
            FieldKind::Words { needed: true } | FieldKind::Kind | FieldKind::Status => {
                Err(Refusal::Empty { field: own.name })
            }
            FieldKind::Flag => Err(refused(Allowed::Flag)),
            FieldKind::Regions | FieldKind::Counties | FieldKind::Tasks | FieldKind::Names => {
                Ok(Value::Array(Vec::new()))
            }
            FieldKind::Words { .. } | FieldKind::Text | FieldKind::Period | FieldKind::Number => {
                Ok(Value::Null)
            }
        };
    }
    if let Some(read) = plain(own, text) {
        return read;
    }
    Ok(match own.kind {
        FieldKind::Words { .. } | FieldKind::Text | FieldKind::Period | FieldKind::Number => {
            text.into()
        }
        FieldKind::Flag => match text {
            "true" | "yes" | "是" | "1" => true.into(),
            "false" | "no" | "否" | "0" => false.into(),
            _ => return Err(refused(Allowed::Flag)),
        },
        FieldKind::Kind => {
            let kinds = base.kinds().iter();
            let known = kinds.clone().find(|kind| {
                kind.key == text || kind.name.zh == text || kind.name.en.eq_ignore_ascii_case(text)
            });
            let names = || kinds.map(|kind| with_name(&kind.key, &kind.name)).collect();
            known.ok_or_else(|| refused(Allowed::OneOf(names())))?.key.as_str().into()
        }
        FieldKind::Status => {
            let keys = Status::ALL.map(Status::key);
            let names = || keys.map(|key| Bilingual::new(key, key)).to_vec();
            Status::from_key(text).ok_or_else(|| refused(Allowed::OneOf(names())))?.key().into()
        }
        FieldKind::Regions => list(text, |part| {
            let known = base.regions().iter().find(|region| {
                region.key == part
                    || region.name.zh == part
                    || region.name.en.eq_ignore_ascii_case(part)
            });
            let names = || base.regions().iter().map(|own| with_name(&own.key, &own.name));
            known
                .map(|region| vec![region.key.clone()])
                .ok_or_else(|| refused(Allowed::OneOf(names().collect())))
        })?,
        FieldKind::Counties => list(text, |part| {
            let codes: Vec<String> = base
                .counties()
                .iter()
                .filter(|county| county.code == part || county.name.zh == part)
                .map(|county| county.code.clone())
                .collect();
            if codes.is_empty() { Err(refused(Allowed::Counties)) } else { Ok(codes) }
        })?,
        FieldKind::Tasks => list(text, |part| match book.get::<HeadingRecord>(part)? {
            Some(heading) => Ok(vec![heading.id]),
            None => Err(refused(Allowed::Tasks)),
        })?,
        FieldKind::Names => list(text, |part| Ok(vec![line(own.name, part)?.to_owned()]))?,
    })
}

/// A key as it is told to be given, with what it means.
fn with_name(key: &str, name: &Bilingual) -> Bilingual {
    let en = if name.en.is_empty() { key.to_owned() } else { format!("{key} ({})", name.en) };
    Bilingual::new(format!("{key}（{}）", name.zh), en)
}

/// Words that can be kept and shown, in several lines.
pub(super) fn sound_words(field: &'static str, text: &str) -> Result<(), Refusal> {
    let unseen = |c: char| is_unseen(c) && c != '\n' && c != '\t';
    if text.chars().count() > LONGEST || text.contains(unseen) {
        let (value, allowed) = (text.to_owned(), Allowed::Words(LONGEST));
        return Err(Refusal::NotAllowed { field, value, allowed });
    }
    Ok(())
}

/// The parts of a text between commas or 、, or of a list as JSON has it, each as what it means.
fn list(
    text: &str,
    mut means: impl FnMut(&str) -> Result<Vec<String>, Refusal>,
) -> Result<Value, Refusal> {
    let mut all: Vec<String> = Vec::new();
    let split = || text.split([',', '，', '、', ';', '；']).map(str::to_owned).collect();
    let as_json = text.starts_with('[').then(|| serde_json::from_str::<Vec<String>>(text));
    let parts: Vec<String> = as_json.and_then(Result::ok).unwrap_or_else(split);
    for part in parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()) {
        for own in means(part)? {
            if !all.contains(&own) {
                all.push(own);
            }
        }
    }
    Ok(all.into())
}

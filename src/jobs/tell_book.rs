//! What cannot be done with a workbook, in the user's language.

use super::tell::{at, foreign, system};
use crate::{
    app::{Language, Tell, echo},
    catalogue::{
        FilterFault,
        edit::{Allowed, FIELDS, GeometryFault, Refusal, field},
    },
    store::book::{BookError, Holder, PATIENCE_S, ReadOnly},
    tr,
};

/// Who had a workbook on another machine and did not let it go; it is held here now.
#[derive(Debug, Clone)]
pub struct TakenOver(pub Holder);

impl Tell for BookError {
    fn tell(&self, language: Language) -> String {
        match self {
            Self::Read { path, reason } => {
                tr!(language, "problem.read", reason = system(reason, language), path = at(path))
            }
            Self::Directory { path } => tr!(language, "book.folder", path = at(path)),
            Self::NoRegularFile { path } => {
                tr!(language, "problem.no_regular_file", path = at(path))
            }
            Self::NotABook { path } => tr!(language, "book.none", path = at(path)),
            Self::Foreign { path } => tr!(language, "book.foreign", path = at(path)),
            Self::Damaged { path, reason } => {
                let reason = foreign(reason, language);
                tr!(language, "book.damaged", reason = reason, path = at(path))
            }
            Self::Unfinished { path } => tr!(language, "book.unfinished", path = at(path)),
            Self::Exists { path } => tr!(language, "book.exists", path = at(path)),
            Self::ReadOnly(why) => tr!(language, "book.not_changed", why = why.tell(language)),
            Self::Busy { path } => tr!(language, "book.busy", path = at(path)),
            Self::Full { path } => tr!(language, "book.full", path = at(path)),
            Self::Write { path, reason } => {
                let reason = match language {
                    Language::Chinese => tr!(language, "book.refused_by_system"),
                    Language::English => reason.clone(),
                };
                tr!(language, "book.write", reason = reason, path = at(path))
            }
            Self::Place(reason) => reason.tell(language),
            Self::NoPlan { path, why } => {
                let why = why.get(language).trim_end_matches(['。', '.']);
                tr!(language, "book.no_plan", why = why, path = at(path))
            }
            Self::Gone { path } => tr!(language, "book.gone", path = at(path)),
            Self::ChangedElsewhere { path } => tr!(language, "book.elsewhere", path = at(path)),
            Self::NothingToUndo => tr!(language, "book.nothing_to_undo"),
            Self::NothingToRedo => tr!(language, "book.nothing_to_redo"),
            Self::NoSuchEntry(seq) => tr!(language, "book.no_entry", seq = seq),
            Self::Conflict(conflict) => tr!(language, "book.conflict", key = conflict.key),
            Self::Record(record) => tr!(language, "book.record", key = record.key),
        }
    }
}

impl Tell for ReadOnly {
    fn tell(&self, language: Language) -> String {
        match self {
            Self::Asked => tr!(language, "book.read_only.asked"),
            Self::Newer { version } => tr!(language, "book.read_only.newer", version = version),
            Self::Held(holder) => {
                let key = if holder.is_brief {
                    "book.read_only.held_brief"
                } else {
                    "book.read_only.held"
                };
                held(key, holder, language)
            }
            Self::Full => tr!(language, "book.read_only.full"),
            Self::NotWritable => tr!(language, "book.read_only.not_writable"),
            Self::NoRoomToMigrate => tr!(language, "book.read_only.no_room"),
        }
    }
}

/// A sentence about who has a workbook.
fn held(key: &str, holder: &Holder, language: Language) -> String {
    let Holder { host, user, process, since, is_brief: _ } = holder;
    let known = |text: &String| {
        if text.is_empty() { tr!(language, "book.unknown") } else { echo(text) }
    };
    tr!(
        language,
        key,
        user = known(user),
        host = known(host),
        process = process,
        since = known(since),
        n = PATIENCE_S
    )
}

impl Tell for TakenOver {
    fn tell(&self, language: Language) -> String {
        held("book.taken_over", &self.0, language)
    }
}

impl Tell for FilterFault {
    fn tell(&self, language: Language) -> String {
        match self {
            Self::Unknown(name) => tr!(language, "view.filter_newer", name = name),
            Self::Broken(reason) => {
                tr!(language, "view.filter_broken", reason = foreign(reason, language))
            }
        }
    }
}

/// A field by what the card calls it, and by its name on the command line.
fn called(name: &str, language: Language) -> String {
    match field(name) {
        Some(own) => format!("{} ({name})", language.pick(own.zh, own.en)),
        None => name.to_owned(),
    }
}

impl Tell for Refusal {
    fn tell(&self, language: Language) -> String {
        match self {
            Self::NoProject(id) => tr!(language, "book.no_project", id = echo(id)),
            Self::NoField(name) => {
                let fields = FIELDS.map(|field| field.name).join(", ");
                tr!(language, "book.no_field", name = echo(name), fields = fields)
            }
            Self::NotAllowed { field, value, allowed } => {
                let allowed = allowed.tell(language);
                let (field, value) = (called(field, language), echo(value));
                tr!(language, "book.not_allowed", field = field, value = value, allowed = allowed)
            }
            Self::Empty { field } => {
                tr!(language, "book.empty", field = called(field, language))
            }
            Self::NothingSet(id) => tr!(language, "book.nothing_set", id = echo(id)),
            Self::NoAccuracy(class) => tr!(language, "book.no_accuracy", class = echo(class)),
            Self::Geometry(fault) => match fault {
                GeometryFault::Empty => tr!(language, "book.geometry.empty"),
                GeometryFault::OutsideTheGlobe => tr!(language, "book.geometry.outside"),
                GeometryFault::Kind => tr!(language, "book.geometry.kind"),
            },
            Self::NoAttachment(id) => tr!(language, "attachment.none", id = echo(id)),
            Self::NoRecord(id) => tr!(language, "book.no_record", id = id),
            Self::NameTaken(name) => tr!(language, "book.name_taken", name = name),
            Self::NoDeck(id) => tr!(language, "book.no_deck", id = id),
            Self::NoSlide(id) => tr!(language, "book.no_slide", id = id),
            Self::NoPlan => tr!(language, "revise.no_plan"),
            Self::NewerIsNoPlan(why) => {
                tr!(language, "revise.newer_no_plan", why = why.get(language))
            }
            Self::NoDifference(key) => tr!(language, "revise.no_difference", key = key),
            Self::Itself => tr!(language, "book.itself"),
            Self::NoWords => tr!(language, "book.no_words"),
            Self::HasWords(id) => tr!(language, "book.has_words", id = id),
            Self::Record(record) => tr!(language, "book.record", key = record.key),
        }
    }
}

impl Tell for Allowed {
    fn tell(&self, language: Language) -> String {
        match self {
            Self::OneOf(names) => {
                let names: Vec<&str> = names.iter().map(|own| own.get(language)).collect();
                tr!(language, "book.allowed.one_of", names = names.join(", "))
            }
            Self::Number { least, most } => {
                tr!(language, "book.allowed.number", least = least, most = most)
            }
            Self::Flag => tr!(language, "book.allowed.flag"),
            Self::Counties => tr!(language, "book.allowed.counties"),
            Self::Tasks => tr!(language, "book.allowed.tasks"),
            Self::Line(most) => tr!(language, "book.allowed.line", most = most),
            Self::Period => tr!(language, "book.allowed.period"),
            Self::Words(most) => tr!(language, "book.allowed.words", most = most),
        }
    }
}

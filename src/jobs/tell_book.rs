//! What cannot be done with a workbook, in the user's language.

use super::tell::{at, foreign, system};
use crate::{
    app::{Language, Tell},
    catalogue::edit::{Allowed, FIELDS, GeometryFault, Refusal},
    store::book::{BookError, Holder, ReadOnly},
    tr,
};

impl Tell for BookError {
    fn tell(&self, language: Language) -> String {
        match self {
            Self::Read { path, reason } => {
                tr!(language, "problem.read", reason = system(reason, language), path = at(path))
            }
            Self::Directory { path } => tr!(language, "book.folder", path = at(path)),
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
                let reason = foreign(reason, language);
                tr!(language, "book.write", reason = reason, path = at(path))
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
            Self::Held(Holder { host, user, process, since }) => {
                let unknown = || tr!(language, "book.unknown");
                let or_unknown =
                    |text: &String| if text.is_empty() { unknown() } else { text.clone() };
                tr!(
                    language,
                    "book.read_only.held",
                    user = or_unknown(user),
                    host = or_unknown(host),
                    process = process,
                    since = or_unknown(since)
                )
            }
            Self::NotWritable => tr!(language, "book.read_only.not_writable"),
            Self::NoRoomToMigrate => tr!(language, "book.read_only.no_room"),
        }
    }
}

impl Tell for Refusal {
    fn tell(&self, language: Language) -> String {
        match self {
            Self::NoProject(id) => tr!(language, "book.no_project", id = id),
            Self::NoField(name) => {
                let fields = FIELDS.map(|field| field.name).join(", ");
                tr!(language, "book.no_field", name = name, fields = fields)
            }
            Self::NotAllowed { field, value, allowed } => {
                let allowed = allowed.tell(language);
                tr!(language, "book.not_allowed", field = field, value = value, allowed = allowed)
            }
            Self::Empty { field } => tr!(language, "book.empty", field = field),
            Self::NothingSet(id) => tr!(language, "book.nothing_set", id = id),
            Self::NoAccuracy(class) => tr!(language, "book.no_accuracy", class = class),
            Self::Geometry(fault) => match fault {
                GeometryFault::Empty => tr!(language, "book.geometry.empty"),
                GeometryFault::OutsideTheGlobe => tr!(language, "book.geometry.outside"),
                GeometryFault::Kind => tr!(language, "book.geometry.kind"),
            },
            Self::NoPlan => tr!(language, "book.no_plan"),
            Self::NoDifference(key) => tr!(language, "book.no_difference", key = key),
            Self::Itself => tr!(language, "book.itself"),
            Self::Record(record) => tr!(language, "book.record", key = record.key),
        }
    }
}

impl Tell for Allowed {
    fn tell(&self, language: Language) -> String {
        match self {
            Self::OneOf(names) => tr!(language, "book.allowed.one_of", names = names.join(", ")),
            Self::Number { least, most } => {
                tr!(language, "book.allowed.number", least = least, most = most)
            }
            Self::Flag => tr!(language, "book.allowed.flag"),
            Self::Counties => tr!(language, "book.allowed.counties"),
            Self::Tasks => tr!(language, "book.allowed.tasks"),
            Self::Words(most) => tr!(language, "book.allowed.words", most = most),
        }
    }
}

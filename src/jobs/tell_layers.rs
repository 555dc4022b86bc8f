//! Errors of reading and writing layers in the user's language.

use super::{
    book_layers::LayerTrouble,
    tell::{at, foreign, not_written, system},
};
use crate::{
    app::{Language, Tell},
    geo::crs_guess::Candidate,
    layer::ConditionError,
    store::layers::{FORMATS, Format, LayerError, Systems, write::WriteError},
    tr,
};

impl Tell for LayerTrouble {
    fn tell(&self, language: Language) -> String {
        match self {
            Self::Missing { name, path } => {
                tr!(language, "files.missing", name = name, path = at(path))
            }
            Self::NoBytes { name } => tr!(language, "files.no_bytes", name = name),
            Self::TooLarge { path, bytes, most } => {
                let mib = |bytes: u64| bytes.div_ceil(1 << 20);
                let (size, most) = (mib(*bytes), mib(*most));
                tr!(language, "files.too_large", size = size, most = most, path = at(path))
            }
            Self::Folder { path } => tr!(language, "files.folder", path = at(path)),
        }
    }
}

impl Tell for LayerError {
    fn tell(&self, language: Language) -> String {
        match self {
            Self::Read { path, reason } => {
                tr!(language, "problem.read", reason = system(reason, language), path = at(path))
            }
            Self::Empty(path) => tr!(language, "problem.empty_layer", path = at(path)),
            Self::Unknown(path) => {
                let formats = format_names(language);
                tr!(language, "problem.unknown_layer", formats = formats, path = at(path))
            }
            Self::Refused { path, what } => {
                let key = format!("refused.{what}");
                let what = tr!(language, &key);
                tr!(language, "problem.refused", what = what, path = at(path))
            }
            Self::Damaged { path, format, fault } => {
                let key = format!("fault.{}", fault.key());
                let fault = tr!(language, &key, detail = fault.detail());
                let path = at(path);
                tr!(language, "problem.damaged_layer", format = format, fault = fault, path = path)
            }
            Self::NoFeatures { path, format } => {
                tr!(language, "problem.no_features", format = format, path = at(path))
            }
            Self::NoLayer { path, name, names } => {
                let names = names.join(comma(language));
                tr!(language, "problem.no_such_layer", name = name, names = names, path = at(path))
            }
            Self::NotThere { path, chosen, columns, .. } => {
                let columns = columns.join(comma(language));
                let chosen = chosen.names().join(comma(language));
                tr!(
                    language,
                    "problem.columns_not_there",
                    chosen = chosen,
                    columns = columns,
                    path = at(path)
                )
            }
            Self::NoCoordinates { path, columns, .. } => {
                let columns = columns.join(comma(language));
                tr!(language, "problem.no_coordinates", columns = columns, path = at(path))
            }
            Self::AskCrs { path, candidates } => {
                let told = |one: &Candidate| {
                    let (key, label) = (one.crs.key(), one.crs.label(language));
                    format!("{key} ({label}; {})", one.reason_words(language))
                };
                let choices: Vec<String> =
                    candidates.iter().take(Candidate::MOST_TOLD).map(told).collect();
                let choices = choices.join(comma(language));
                let key =
                    if choices.is_empty() { "problem.ask_crs_none" } else { "problem.ask_crs" };
                tr!(language, key, choices = choices, path = at(path))
            }
            Self::Broke(path) => tr!(language, "problem.reader_broke", path = at(path)),
            Self::Cancelled => tr!(language, "problem.cancelled"),
        }
    }
}

impl Tell for ConditionError {
    fn tell(&self, language: Language) -> String {
        match self {
            Self::NoComparison(part) => tr!(language, "problem.no_comparison", part = part),
            Self::NoOrder(part) => tr!(language, "problem.no_order", part = part),
            Self::NoOr(part) => tr!(language, "problem.no_or", part = part),
            Self::NoField(name) => tr!(language, "problem.no_field", name = name),
        }
    }
}

impl Tell for WriteError {
    fn tell(&self, language: Language) -> String {
        match self {
            Self::Write { path, reason } => not_written(path, reason, language),
            Self::Place(reason) => reason.tell(language),
            Self::Exists(path) => tr!(language, "problem.exists", path = at(path)),
            Self::Unknown(path) => {
                let formats = written_names(language);
                tr!(language, "problem.unwritten", formats = formats, path = at(path))
            }
            Self::OtherCrs { format, crs } => {
                let crs = crs.label(language);
                let own = FORMATS.iter().find(|own| own.name == *format);
                let key = match own.map(Format::systems) {
                    Some(Systems::Wgs84) => "problem.other_crs",
                    _ => "problem.unnamed_crs",
                };
                tr!(language, key, format = format, crs = crs)
            }
            Self::NoZone { format, crs } => {
                let crs = crs.label(language);
                let format = format_label(format, language);
                tr!(language, "problem.no_zone", format = format, crs = crs)
            }
            Self::NoAreas { format } => {
                tr!(language, "problem.no_areas", format = format_label(format, language))
            }
            Self::Stopped => tr!(language, "problem.write_stopped"),
            Self::OneLayer { format, names } => {
                let names = names.join(comma(language));
                let format = format_label(format, language);
                tr!(language, "problem.one_layer", format = format, names = names)
            }
            Self::Failed { path, format, reason } => tr!(
                language,
                "problem.not_written",
                format = format,
                reason = foreign(reason, language),
                path = at(path)
            ),
        }
    }
}

/// The name of a format for people.
fn format_label(name: &'static str, language: Language) -> &'static str {
    FORMATS.iter().find(|own| own.name == name).map_or(name, |own| own.label(language))
}

const fn comma(language: Language) -> &'static str {
    match language {
        Language::Chinese => "、",
        Language::English => ", ",
    }
}

/// The formats that can be written, in a row, each with the ending that its name needs.
fn written_names(language: Language) -> String {
    let written = FORMATS.iter().filter(|format| format.is_written());
    let names =
        written.map(|format| format!("{} (.{})", format.label(language), format.extension()));
    names.collect::<Vec<_>>().join(comma(language))
}

/// The formats of layers that can be read, in a row.
pub fn format_names(language: Language) -> String {
    FORMATS.iter().map(|format| format.label(language)).collect::<Vec<_>>().join(comma(language))
}

//! Why a file gives no projects, in the user's language.

use super::tell::{at, paper};
use crate::{
    app::{Language, Tell},
    store::{StoreError, tables::TableError},
    tr,
};

impl Tell for TableError {
    fn tell(&self, language: Language) -> String {
        match self {
            Self::File(StoreError::Paper { path, fault }) => {
                tr!(language, "table.unread", reason = paper(fault, language), path = at(path))
            }
            Self::File(reason) => reason.tell(language),
            Self::Layer(reason) => reason.tell(language),
            Self::NoProjects { path, sheets } => {
                let sheets: Vec<&str> =
                    sheets.iter().map(String::as_str).filter(|own| !own.is_empty()).collect();
                let sheets = sheets.join(language.pick("、", ", "));
                let key = if sheets.is_empty() { "table.none" } else { "table.none_among" };
                tr!(language, key, sheets = sheets, path = at(path))
            }
        }
    }
}

//! What the user said of files so that they could be read: in the settings of this program, and in the
//! workbook, where somebody else opens it.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    app::{crs_question::CrsAnswer, state::State},
    layer::ChosenColumns,
};

/// What the user said of a file so that it could be read.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system: Option<CrsAnswer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub columns: Option<ChosenColumns>,
}

/// What the settings have of a file, as the workbook keeps it.
pub fn answers_json(state: &State, path: &Path) -> Value {
    let known = said(state, path);
    if known.system.is_none() && known.columns.is_none() {
        return Value::Null;
    }
    // Plain data: it has nothing that JSON has not.
    serde_json::to_value(known).unwrap_or_default()
}

fn said(state: &State, path: &Path) -> Answers {
    let system = state.settings.file_systems.iter().find(|(own, _)| *own == path);
    let columns = state.settings.file_columns.iter().find(|(own, _)| *own == path);
    Answers {
        system: system.map(|(_, answer)| *answer),
        columns: columns.map(|(_, chosen)| chosen.clone()),
    }
}

/// What was said of a file, here or else in the workbook.
pub fn of_file(state: &State, file: u64, path: &Path) -> Answers {
    let said = said(state, path);
    let own = state.files.iter().find(|own| own.id == file);
    let mut records = state.workbook.shown.layers.iter();
    let record = records.find(|record| own.is_some_and(|own| own.records.contains(&record.id)));
    // Answers of a newer version are asked for anew.
    let kept = record.and_then(|own| serde_json::from_value::<Answers>(own.reading.clone()).ok());
    let kept = kept.unwrap_or_default();
    Answers { system: said.system.or(kept.system), columns: said.columns.or(kept.columns) }
}

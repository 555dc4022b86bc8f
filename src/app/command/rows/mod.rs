//! The rows of the table, by group.

pub mod draw;
pub mod features;
pub mod files;
pub mod find;
pub mod list;
pub mod map;
pub mod panels;
pub mod present;
pub mod review;
pub mod slide;
pub mod views;
pub mod window;

use super::{Choice, Outcome};
use crate::{
    app::{Action, Language, Settings, State},
    language::Bilingual,
    tr,
};

/// The settings with one of them changed.
fn set(state: &State, change: impl FnOnce(&mut Settings)) -> Outcome {
    let mut settings = state.settings.clone();
    change(&mut settings);
    Action::SetSettings(Box::new(settings)).into()
}

/// A choice whose name stands in the locale files.
fn in_both(key: &str, name: &str, is_on: bool) -> Choice {
    Choice {
        key: key.to_owned(),
        name: Bilingual::new(tr!(Language::Chinese, name), tr!(Language::English, name)),
        is_on,
    }
}

//! How a project was told and what of it is by hand, as the card says it.

use egui::{Label, Ui};

use super::workbook::moment;
use crate::{
    app::{
        Language, State,
        review::{Told, why},
    },
    book::Mark,
    catalogue::{Project, SetValue, edit::field},
    theme::{self, Theme, size},
    tr,
};

/// Draws a line for each; nothing for what comes with the program.
pub fn show(ui: &mut Ui, state: &State, project: &Project, theme: Theme) {
    let language = state.settings.language;
    let quiet = |words: String| theme::text(words, size::SMALL, false).color(theme.muted());
    let told = Told::of(project, &state.catalogue.plan);
    if matches!(told, Told::Proposed(_) | Told::Hand | Told::Table) {
        let words = tr!(language, told.name());
        let line = ui.add(Label::new(quiet(words)).wrap());
        line.on_hover_text(why(told, project.ground, language));
    }
    let by = |key: &str, mark: &Mark| tr!(language, key, who = mark.who, at = moment(&mark.at));
    if let Some(mark) = &project.marked {
        ui.add(Label::new(quiet(by("card.marked", mark))).wrap());
    }
    if let Some(mark) = &project.reviewed {
        ui.add(Label::new(quiet(by("card.reviewed", mark))).wrap());
    }
    let set = [set_by_hand(project, language), set_by_rows(project, language)];
    for words in set.into_iter().flatten() {
        ui.add(Label::new(quiet(words)).wrap());
    }
}

/// The fields that were set by hand, and by whom the latest.
fn set_by_hand(project: &Project, language: Language) -> Option<String> {
    let by_hand: Vec<&SetValue> = project.set.iter().filter(|own| !own.is_of_row).collect();
    let latest = by_hand.iter().max_by(|a, b| a.at.cmp(&b.at))?;
    let fields = names(&by_hand, language);
    let (who, at) = (&latest.who, moment(&latest.at));
    Some(tr!(language, "card.set_by_hand", fields = fields, who = who, at = at))
}

/// The fields that a row of a table tells beside what is stated.
fn set_by_rows(project: &Project, language: Language) -> Option<String> {
    let of_rows: Vec<&SetValue> = project.set.iter().filter(|own| own.is_of_row).collect();
    let source = &of_rows.first()?.source;
    let fields = names(&of_rows, language);
    Some(tr!(language, "card.set_by_rows", fields = fields, source = source))
}

fn names(set: &[&SetValue], language: Language) -> String {
    let name = |own: &&SetValue| {
        let own = field(&own.field)?;
        Some(if language.is_english() { own.en } else { own.zh })
    };
    let names: Vec<&str> = set.iter().filter_map(name).collect();
    names.join(if language.is_english() { ", " } else { "、" })
}

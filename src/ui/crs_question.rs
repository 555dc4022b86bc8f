//! The sheet that asks what the coordinates of a file refer to.

use egui::{TextEdit, Ui};

use super::{
    question_foot,
    sheet::{Part, Place, Sheet},
    widgets::{self, Row},
};
use crate::{
    app::{Action, CrsQuestion, State},
    geo::{Crs, UnknownCrs, geodesic},
    theme::{self, Theme, size},
    tr,
    units::{Extent, LonLat},
};

/// Draws the sheet; the map behind it shows where the file would lie.
pub fn show(
    ui: &Ui,
    state: &State,
    question: &CrsQuestion,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let title = tr!(language, "ask_crs.title");
    let place = Place::TopRight;
    let sheet = Sheet { id: "ask-crs", title: &title, width: 420.0, place, is_modal: false };
    let closed = sheet.show(ui, language, theme, |ui, part| match part {
        Part::Body => body(ui, state, question, theme, actions),
        Part::Foot => {
            let is_open = layer_of(state, question).is_some();
            let key = if is_open { "ask_columns.keep" } else { "ask_crs.cancel" };
            let how = (question.answer().is_some(), key);
            let steps = (Action::AnswerCrs, Action::DropQuestion(question.file));
            question_foot::show(ui, language, theme, how, steps, actions);
        }
    });
    if closed {
        actions.push(Action::DropQuestion(question.file));
    }
}

fn body(
    ui: &mut Ui,
    state: &State,
    question: &CrsQuestion,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let name = question.path.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    let lead = match layer_of(state, question) {
        Some(crs) => tr!(language, "ask_crs.revise", name = name, crs = crs.label(language)),
        None => tr!(language, "ask_crs.lead", name = name),
    };
    ui.add(egui::Label::new(theme::text(lead, size::BODY, false)).wrap());
    ui.add_space(6.0);
    for (i, one) in question.candidates.iter().enumerate() {
        let label = one.crs.label(language);
        let row = Row { name: &label, active: question.row == Some(i), ..Row::default() };
        if row.show(ui, theme).clicked() {
            actions.push(Action::LookAtCrs(i));
        }
        ui.horizontal(|ui| {
            ui.add_space(12.0);
            let away = distance_words(state, one.lands);
            let words = format!("{} · {away}", one.reason_words(language));
            let words = theme::text(words, size::SMALL, false).color(theme.muted());
            ui.add(egui::Label::new(words).wrap());
        });
    }
    ui.add_space(6.0);
    let mut typed = question.typed.clone();
    let hint = theme::text(tr!(language, "ask_crs.hint"), size::SMALL, false);
    let field = TextEdit::singleline(&mut typed).hint_text(hint).desired_width(f32::INFINITY);
    let field = ui.add(field);
    widgets::named(&field, &tr!(language, "ask_crs.other"));
    if field.changed() {
        actions.push(Action::TypeCrs(typed.clone()));
    }
    if question.row.is_none() && !typed.trim().is_empty() {
        let words = match Crs::from_key(typed.trim()) {
            Some(crs) => crs.label(language),
            None => match UnknownCrs::of_key(&typed) {
                UnknownCrs::NotReadable => tr!(language, "ask_crs.unknown"),
                number => number.words(language),
            },
        };
        let words = theme::text(words, size::SMALL, false).color(theme.muted());
        ui.add(egui::Label::new(words).wrap());
    }
}

/// What the file is read in, where it is open.
fn layer_of(state: &State, question: &CrsQuestion) -> Option<Crs> {
    let file = state.files.iter().find(|own| own.id == question.file)?;
    file.layers.first().map(|layer| layer.data.0.reference.crs)
}

/// How far from the middle of the plan's city the file would lie.
pub fn distance_words(state: &State, lands: Extent) -> String {
    let language = state.settings.language;
    let middle = |e: Extent| {
        LonLat::new(f64::midpoint(e.west_deg, e.east_deg), f64::midpoint(e.south_deg, e.north_deg))
    };
    let Some(city) = state.catalogue.city_extent() else { return String::new() };
    let km = geodesic::distance_m(middle(city), middle(lands)) / 1000.0;
    tr!(language, "ask_crs.away", km = format!("{km:.0}"))
}

//! Where a project is: the places that its words name, coordinates, drawing, a feature of a layer or a
//! file; then how exact it is and what it rests on.

use egui::{Button, ComboBox, Label, Role, TextEdit, Ui, WidgetInfo};

use super::{
    keys,
    sheet::{Part, Place, Sheet},
    widgets::{self, Row},
};
use crate::{
    app::{
        Action, PlaceStep, Placing, State, coordinate_words,
        placing::{self, MOST_FEATURES},
        search_box, text,
    },
    catalogue::{Accuracy, PlaceCandidate},
    geo::{CoordinateForm, Crs},
    search::zones_of,
    theme::{self, Theme, size},
    tr,
};

/// Draws the sheet, unless a figure is being drawn or something else lies over the map.
pub fn show(ui: &Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let Some(placing) = state.placing.as_ref().filter(|_| state.tour.is_none()) else { return };
    if state.sketch.as_ref().is_some_and(|own| !own.is_changed()) {
        return;
    }
    let language = state.settings.language;
    let title = tr!(language, "place.title");
    let place = Place::TopRight;
    let sheet = Sheet { id: "place", title: &title, width: 380.0, place, is_modal: false };
    let geometry = placing::geometry(placing, state.sketch.as_ref());
    let closed = sheet.show(ui, language, theme, |ui, part| match part {
        Part::Body => {
            let name = state.catalogue.project(&placing.id).map(|own| own.name.get(language));
            let name = format!("{} {}", placing.id, name.unwrap_or_default());
            ui.add(Label::new(theme::text(name, size::BODY, true)).wrap());
            if geometry.is_none() {
                candidates(ui, state, placing, theme, actions);
            }
            coordinates(ui, state, placing, theme, actions);
            ways(ui, state, placing, theme, actions);
            if let Some(geometry) = &geometry {
                how_known(ui, state, placing, geometry, theme, actions);
            }
        }
        Part::Foot => foot(ui, state, placing, geometry.is_some(), theme, actions),
    });
    if closed {
        actions.push(Action::Place(PlaceStep::Leave));
    }
}

/// The places that the project's words name, each taken by one click.
fn candidates(
    ui: &mut Ui,
    state: &State,
    placing: &Placing,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    small(ui, &tr!(language, "placing.candidates"), theme);
    if placing.candidates.is_empty() {
        small(ui, &tr!(language, "placing.no_candidates"), theme);
    }
    let mut looked_at = None;
    for (i, own) in placing.candidates.iter().enumerate() {
        let response = candidate(ui, state, placing.row == Some(i), own, theme);
        if response.hovered() || response.gained_focus() {
            looked_at = Some(i);
        }
        if response.clicked() {
            actions.push(Action::Place(PlaceStep::Take(i)));
        }
    }
    if looked_at.is_some() && looked_at != placing.row {
        actions.push(Action::Place(PlaceStep::Look(looked_at)));
    }
}

fn candidate(
    ui: &mut Ui,
    state: &State,
    active: bool,
    own: &PlaceCandidate,
    theme: Theme,
) -> egui::Response {
    let language = state.settings.language;
    let name = placing::candidate_words(state, own, language);
    let value = text::accuracy(own.accuracy, language);
    let response = Row { name: &name, value: &value, active, ..Row::default() }.show(ui, theme);
    let sure = format!("{:.0}", f64::from(own.confidence) * 100.0);
    let reason = own.reason.get(language);
    let mut words =
        tr!(language, "placing.reason", words = own.words, percent = sure, reason = reason);
    if let Some(m) = own.error_m {
        let km = format!("{:.1}", m / 1000.0);
        words = format!("{words} · {}", tr!(language, "placing.error", km = km));
    }
    ui.horizontal(|ui| {
        ui.add_space(12.0);
        ui.add(Label::new(theme::text(words, size::SMALL, false).color(theme.muted())).wrap());
    });
    response
}

/// Coordinates in any notation, and the system that they are in.
fn coordinates(
    ui: &mut Ui,
    state: &State,
    placing: &Placing,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let picked = state.sketch.as_ref().and_then(|own| own.picked);
    let head = match picked {
        Some(i) => tr!(language, "placing.vertex", n = i + 1),
        None => tr!(language, "placing.coordinates"),
    };
    small(ui, &head, theme);
    let mut typed = placing.typed.clone();
    let hint = tr!(language, "placing.coordinates_hint");
    let field = TextEdit::singleline(&mut typed).hint_text(&hint).desired_width(f32::INFINITY);
    let field = ui.add(field);
    widgets::named(&field, &tr!(language, "placing.coordinates"));
    if field.changed() {
        actions.push(Action::Place(PlaceStep::Type(typed)));
    }
    let enters = keys::entered(ui, &field);
    if placing.typed.trim().is_empty() {
        return;
    }
    system(ui, placing, state, theme, actions);
    let found = placing.read(placing::middle(state));
    let Some(first) = found.first() else {
        small(ui, &tr!(language, "placing.unread"), theme);
        return;
    };
    let at = coordinate_words(CoordinateForm::Decimal, first.at, None);
    let crs = first.crs.label(language);
    let county = search_box::county_at(&state.catalogue, first.at);
    let lies_in = match county {
        Some(county) => county.name.get(language).to_owned(),
        None => tr!(language, "placing.beyond"),
    };
    small(ui, &format!("{at} · {crs} · {lies_in}"), theme);
    let put = ui.button(tr!(language, "placing.put"));
    if enters || put.clicked() {
        actions.push(Action::Place(PlaceStep::TakeTyped));
    }
}

/// Which system the coordinates are in: as the text says, else to be chosen.
fn system(ui: &mut Ui, placing: &Placing, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let zones = zones_of(&placing.typed);
    let degrees = [Crs::WGS84, Crs::CGCS2000, Crs::GCJ02, Crs::BD09];
    let all = if zones.is_empty() { degrees.to_vec() } else { zones };
    let name = |crs: Option<Crs>| {
        crs.map_or_else(|| tr!(language, "placing.as_written"), |crs| crs.label(language))
    };
    ui.horizontal(|ui| {
        let label = tr!(language, "placing.system");
        ui.label(theme::text(&label, size::SMALL, false).color(theme.muted()));
        let shown = name(placing.system);
        let combo = ComboBox::from_id_salt("place-system").selected_text(&shown).width(200.0);
        let combo = combo.show_ui(ui, |ui| {
            for crs in std::iter::once(None).chain(all.into_iter().map(Some)) {
                if ui.selectable_label(placing.system == crs, name(crs)).clicked() {
                    actions.push(Action::Place(PlaceStep::SetSystem(crs)));
                }
            }
        });
        combo.response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::ComboBox, true, &label);
            info.current_text_value = Some(shown.clone());
            info
        });
    });
}

/// The other ways: drawing, what is there, a feature, a file.
fn ways(ui: &mut Ui, state: &State, placing: &Placing, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    ui.horizontal_wrapped(|ui| {
        let mut step = |ui: &mut Ui, words: String, step: PlaceStep| {
            if ui.button(words).clicked() {
                actions.push(Action::Place(step));
            }
        };
        step(ui, tr!(language, "placing.draw"), PlaceStep::Draw);
        if state.sketch.is_none() && placing::only_shape(state, &placing.id).is_some() {
            step(ui, tr!(language, "placing.adjust"), PlaceStep::Adjust(placing.id.clone()));
        }
        step(ui, tr!(language, "placing.from_file"), PlaceStep::AskFile);
    });
    let has_layers = state.files.iter().any(|file| !file.layers.is_empty());
    if has_layers && state.sketch.is_none() {
        small(ui, &tr!(language, "placing.feature_hint"), theme);
    }
    let (rows, count) = placing::features(state, placing);
    if count < 2 {
        return;
    }
    small(ui, &tr!(language, "placing.features", n = count), theme);
    for feature in rows {
        let Some((name, layer)) = state.feature_name(feature) else { continue };
        let row = Row { name: &name, value: &layer, ..Row::default() };
        if row.show(ui, theme).clicked() {
            actions.push(Action::Place(PlaceStep::Feature(feature)));
        }
    }
    if count > MOST_FEATURES {
        small(ui, &tr!(language, "placing.more_features", n = MOST_FEATURES), theme);
    }
}

/// How exact the place is, and what it rests on.
fn how_known(
    ui: &mut Ui,
    state: &State,
    placing: &Placing,
    geometry: &geo::Geometry<f64>,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    if placing::is_elsewhere(state, geometry) {
        let words = tr!(language, "placing.elsewhere");
        ui.add(Label::new(theme::text(words, size::SMALL, true).color(theme.accent())).wrap());
    }
    small(ui, &tr!(language, "place.accuracy"), theme);
    for accuracy in Accuracy::ALL.into_iter().filter(|own| *own != Accuracy::None) {
        let words = text::accuracy_sentence(accuracy, language);
        if ui.radio(placing.accuracy == accuracy, words).clicked() {
            actions.push(Action::Place(PlaceStep::SetAccuracy(accuracy)));
        }
    }
    small(ui, &tr!(language, "form.grounds"), theme);
    let mut source = placing.source.clone();
    let hint = tr!(language, "form.grounds_hint");
    let edit = TextEdit::multiline(&mut source).hint_text(&hint).desired_rows(2);
    let response = ui.add(edit.desired_width(f32::INFINITY));
    widgets::named(&response, &tr!(language, "form.grounds"));
    if response.changed() {
        actions.push(Action::Place(PlaceStep::SetSource(source)));
    }
}

fn foot(
    ui: &mut Ui,
    state: &State,
    placing: &Placing,
    has_geometry: bool,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    ui.add_space(8.0);
    ui.horizontal_wrapped(|ui| {
        if has_geometry {
            let words = theme::text(tr!(language, "place.set"), size::BODY, true);
            let words = words.color(theme.on_accent());
            if ui.add(Button::new(words).fill(theme.accent())).clicked() {
                actions.push(Action::Place(PlaceStep::Set));
            }
        }
        if let Some(next) = placing::next_unplaced(state, &placing.id)
            && ui.button(tr!(language, "placing.next")).clicked()
        {
            actions.push(Action::Place(PlaceStep::Ask(next)));
        }
        if ui.button(tr!(language, "export.cancel")).clicked() {
            actions.push(Action::Place(PlaceStep::Leave));
        }
    });
}

fn small(ui: &mut Ui, words: &str, theme: Theme) {
    ui.add(Label::new(theme::text(words, size::SMALL, false).color(theme.muted())).wrap());
}

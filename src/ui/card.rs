//! The project card: what it is, its figures with their words, where it runs, how it is known.

use egui::{
    Label, PopupCloseBehavior, Sense, Ui,
    containers::menu::{MenuButton, MenuConfig},
    text::LayoutJob,
    vec2,
};

use super::{attachments, card_form, card_rows, facts, keys, parts, recognised, widgets};
use crate::{
    app::{Action, BookStep, FitTarget, Language, PlaceStep, State, text},
    catalogue::{Facet, Project, Role},
    language::Bilingual,
    scene::view::kind_color,
    theme::{self, Theme, color, size},
    tr,
    units::read_distance_m,
};

/// Room for a task's title on its chip, in the width of Latin letters.
const TASK_LETTERS: usize = 22;
/// Lines of the name.
const TITLE_LINES: usize = 4;
/// Distances of “what lies near it” to choose from, in kilometres.
const NEARBY_KM: [f64; 6] = [0.5, 1.0, 2.0, 5.0, 10.0, 20.0];

/// Draws the card of the focused project, or says how to get one.
pub fn show(ui: &mut Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    ui.spacing_mut().item_spacing.y = 6.0;
    let Some(project) = state.focused() else {
        ui.add_space(24.0);
        ui.label(theme::text(tr!(language, "card.none_title"), size::HEADING, true));
        let hint = tr!(language, "card.none_hint");
        ui.label(theme::text(hint, size::BODY, false).color(theme.muted()));
        return;
    };
    several(ui, state, theme, actions);
    if state.workbook.editing && state.workbook.is_writable() {
        card_form::show(ui, state, project, theme, actions);
        return card_rows::show(ui, state, project, theme);
    }
    head(ui, state, project, theme, actions);
    recognised::show(ui, state, project, theme);
    ui.add_space(6.0);
    widgets::rule(ui, theme);
    facts::show(ui, state, project, theme, actions);
    then_and_now(ui, state, project, theme, actions);
    if project.words.start < project.words.end {
        quote(ui, state, project, theme, actions);
    }
    card_rows::show(ui, state, project, theme);
    if let Some(note) = note(project, language) {
        ui.label(theme::text(note, size::SMALL, false).color(theme.muted()));
    }
    let pointed = [
        parts::lines(ui, state, project, theme, actions),
        parts::counties(ui, state, project, theme, actions),
    ];
    parts::point(ui, state, pointed, actions);
    attachments::show(ui, state, project, false, theme, actions);
    since(ui, project, language, theme);
    known(ui, state, project, theme, actions);
}

fn note(project: &Project, language: Language) -> Option<&str> {
    project.note.as_ref().map(|note| note.get(language)).filter(|note| !note.is_empty())
}

/// When several are selected: the others, one click away.
fn several(ui: &mut Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    if state.selected.len() < 2 {
        return;
    }
    let language = state.settings.language;
    let n = state.selected.len();
    ui.label(
        theme::text(tr!(language, "card.several", n = n), size::SMALL, true).color(theme.muted()),
    );
    ui.horizontal_wrapped(|ui| {
        for id in &state.selected {
            let Some(project) = state.catalogue.project(id) else { continue };
            let active = state.focus.as_ref() == Some(id);
            let name = text::shortened(project.short_name.get(language), 2 * TASK_LETTERS);
            if widgets::chip(ui, &name, active, theme).clicked() {
                actions.push(Action::Select(vec![id.clone()]));
            }
        }
    });
    ui.add_space(4.0);
}

fn head(ui: &mut Ui, state: &State, project: &Project, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let catalogue = &state.catalogue;
    let kind = catalogue.kind(&project.kind);
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(18.0, 18.0), Sense::hover());
        let fill = color(kind_color(catalogue, &project.kind, state.settings.mode));
        ui.painter().circle_filled(rect.center(), 9.0, fill);
        if let Some(kind) = kind {
            let font = theme::font(11.0, true);
            let middle = egui::Align2::CENTER_CENTER;
            ui.painter().text(rect.center(), middle, kind.glyph, font, theme.panel());
        }
        let kind = kind.map_or("", |k| k.name.get(language));
        let line = format!("{} · {kind} · {}", project.id, text::status(project.status, language));
        ui.label(theme::text(line, size::SMALL, false).color(theme.muted()));
    });
    title(ui, project.name.get(language), theme);
    if let Some(line) = state.picked_line() {
        let words = tr!(language, "card.picked", name = line.name.get(language));
        if widgets::chip(ui, &words, true, theme).clicked() {
            actions.push(Action::PickPart(None));
        }
    }
    ui.horizontal_wrapped(|ui| {
        for key in &project.regions {
            let Some(region) = catalogue.region(key) else { continue };
            let active = state.filter.regions.contains(key);
            let name = region.name.get(language);
            if widgets::chip(ui, name, active, theme).clicked() {
                actions.push(Action::Toggle(Facet::Region, key.clone()));
            }
        }
        for task in &project.tasks {
            let active = state.filter.tasks.contains(task);
            let title = catalogue.task_title(task, language).unwrap_or_default();
            let name = format!("{task} {}", text::shortened(title, TASK_LETTERS));
            if widgets::chip(ui, &name, active, theme).on_hover_text(title).clicked() {
                actions.push(Action::Toggle(Facet::Task, task.clone()));
            }
        }
    });
    ui.horizontal_wrapped(|ui| {
        if project.is_located() {
            if project.accuracy.is_indicative() {
                badge(ui, &tr!(language, "card.schematic_badge"), theme);
            }
            if ui.button(tr!(language, "card.fit")).clicked() {
                actions.push(Action::Fit(FitTarget::Projects(vec![project.id.clone()])));
            }
            // A field is clicked into: only a choice and a click elsewhere close the menu.
            let elsewhere = PopupCloseBehavior::CloseOnClickOutside;
            MenuButton::new(tr!(language, "card.nearby"))
                .config(MenuConfig::new().close_behavior(elsewhere))
                .ui(ui, |ui| nearby(ui, &project.id, language, actions));
        } else {
            badge(ui, &tr!(language, "card.unlocated_badge"), theme);
            if state.workbook.is_writable() && ui.button(tr!(language, "form.place")).clicked() {
                actions.push(Action::Place(PlaceStep::Ask(project.id.clone())));
            }
        }
        if state.workbook.shown.read_only.is_none()
            && ui.button(tr!(language, "card.edit")).clicked()
        {
            actions.push(Action::Workbook(BookStep::SetEditing(true)));
        }
        let hidden = catalogue.position(&project.id).is_some_and(|i| !state.is_shown(i));
        if hidden {
            badge(ui, &tr!(language, "card.hidden"), theme);
            if widgets::link(ui, &tr!(language, "card.show"), theme).clicked() {
                actions.push(Action::ClearFilter);
            }
        }
    });
}

/// A name over as many lines as leave what can be done with the project in sight; whole where it is
/// pointed at.
fn title(ui: &mut Ui, name: &str, theme: Theme) {
    let font = theme::font(size::TITLE, true);
    let mut job = LayoutJob::simple(name.to_owned(), font, theme.ink(), ui.available_width());
    job.wrap.max_rows = TITLE_LINES;
    let galley = ui.painter().layout_job(job);
    let is_cut = galley.elided;
    let label = ui.add(Label::new(galley));
    let whole = name.to_owned();
    label.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &whole));
    if is_cut {
        label.on_hover_text(name);
    }
}

/// A word that is no button.
fn badge(ui: &mut Ui, words: &str, theme: Theme) {
    egui::Frame::new()
        .fill(theme.selection())
        .corner_radius(egui::CornerRadius::same(10))
        .inner_margin(egui::Margin::symmetric(9, 3))
        .show(ui, |ui| ui.label(theme::text(words, size::SMALL, false)));
}

/// The plan's own words, whole.
fn quote(ui: &mut Ui, state: &State, project: &Project, theme: Theme, actions: &mut Vec<Action>) {
    let words = state.catalogue.plan.text.slice(project.words);
    ui.add_space(4.0);
    let frame = egui::Frame::new()
        .fill(theme.chip())
        .corner_radius(egui::CornerRadius::same(6))
        .inner_margin(egui::Margin::symmetric(12, 10));
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add(Label::new(theme::text(words, size::BODY, false).line_height(Some(22.0))).wrap());
        if widgets::link(ui, &tr!(state.settings.language, "card.see_words"), theme).clicked() {
            actions.push(Action::ShowWords(project.words));
        }
    });
    let rect = shown.response.rect;
    let bar = egui::Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
    ui.painter().rect_filled(bar, egui::CornerRadius::same(1), theme.accent());
}

/// What the plan states beside what was reported later, each with its date.
fn then_and_now(
    ui: &mut Ui,
    state: &State,
    project: &Project,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let changes = project.changes();
    let words = text::then_and_now(&state.catalogue, project, language);
    for ((_, change), compared) in changes.iter().zip(&words) {
        section(ui, &compared.subject, theme);
        ui.columns(2, |columns| {
            let sides = [(&compared.plan, &compared.stated), (&compared.until, &compared.later)];
            for (side, (head, value)) in columns.iter_mut().zip(sides) {
                side.spacing_mut().item_spacing.y = 1.0;
                // Columns justify, which would pull the letters of a wrapped line apart.
                side.with_layout(egui::Layout::top_down(egui::Align::Min), |side| {
                    let head = theme::text(head, size::SMALL, false).color(theme.muted());
                    side.add(Label::new(head).wrap());
                    side.add(Label::new(theme::text(value, size::BODY, true)).wrap());
                });
            }
            if let Some(plan) = columns.first_mut() {
                let link = widgets::link(plan, &tr!(language, "card.see_words"), theme);
                let phrase = state.catalogue.plan.text.slice(change.words);
                if link.on_hover_text(phrase).clicked() {
                    actions.push(Action::ShowWords(change.words));
                }
            }
        });
    }
}

fn since(ui: &mut Ui, project: &Project, language: Language, theme: Theme) {
    if project.updates.is_empty() {
        return;
    }
    section(ui, &tr!(language, "card.update"), theme);
    for update in &project.updates {
        ui.horizontal_top(|ui| {
            let date = theme::text(&update.date, size::SMALL, true).color(theme.muted());
            ui.allocate_ui(vec2(78.0, 18.0), |ui| {
                ui.set_min_width(78.0);
                ui.add(Label::new(date));
            });
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 1.0;
                let words = update.text.get(language);
                ui.add(Label::new(theme::text(words, size::BODY, false)).wrap());
                source(ui, &text::sources(&update.sources, language), theme);
            });
        });
    }
}

fn known(ui: &mut Ui, state: &State, project: &Project, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    section(ui, &tr!(language, "card.accuracy"), theme);
    let sentence = text::accuracy_sentence(project.accuracy, language);
    ui.add(Label::new(theme::text(sentence, size::BODY, false)).wrap());
    if let Some(why) = &project.unlocated {
        let reason = why.reason.get(language);
        ui.add(Label::new(theme::text(reason, size::BODY, false)).wrap());
    }
    let mut sources: Vec<&Bilingual> = Vec::new();
    for (_, feature) in state.catalogue.features_of(project, Role::Main) {
        if let Some([min, max]) = feature.error_m.filter(|e| e[1].is_finite() && e[1] > 0.0) {
            let (least, most) = (text::number(min.round()), text::number(max.round()));
            let key = if least == most {
                tr!(language, "card.error_one", most = most)
            } else {
                tr!(language, "card.error", min = least, max = most)
            };
            let line = format!("{}：{key}", feature.name.get(language));
            ui.add(Label::new(theme::text(line, size::SMALL, false).color(theme.muted())).wrap());
        }
        for note in std::iter::once(&feature.basis).chain(&feature.length_note) {
            let note = note.get(language);
            if !note.is_empty() {
                ui.add(
                    Label::new(theme::text(note, size::SMALL, false).color(theme.muted())).wrap(),
                );
            }
        }
        for source in &feature.sources {
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
    }
    if !project.same_as.is_empty() {
        ui.horizontal_wrapped(|ui| {
            let label = tr!(language, "card.same_as");
            ui.label(theme::text(label, size::SMALL, false).color(theme.muted()));
            for id in &project.same_as {
                if widgets::link(ui, id, theme).clicked() {
                    actions.push(Action::Select(vec![id.clone()]));
                }
            }
        });
    }
    if !sources.is_empty() {
        section(ui, &tr!(language, "card.sources"), theme);
        for line in sources {
            source(ui, line.get(language), theme);
        }
    }
}

fn source(ui: &mut Ui, line: &str, theme: Theme) {
    if !line.is_empty() {
        ui.add(Label::new(theme::text(line, size::SMALL, false).color(theme.muted())).wrap());
    }
}

/// A small heading inside the card.
pub fn section(ui: &mut Ui, words: &str, theme: Theme) {
    ui.add_space(10.0);
    ui.label(theme::text(words, size::SMALL, true).color(theme.muted()));
}

/// Distances to choose from, and one to type.
fn nearby(ui: &mut Ui, id: &str, language: Language, actions: &mut Vec<Action>) {
    let kept = egui::Id::unique("nearby-distance");
    let mut text = ui.data(|d| d.get_temp::<String>(kept)).unwrap_or_default();
    let mut ask = |ui: &Ui, m: f64| {
        actions.push(Action::SetNear { id: id.to_owned(), km: m / 1000.0 });
        ui.close();
    };
    let hint = tr!(language, "card.nearby_hint");
    let edit = egui::TextEdit::singleline(&mut text).hint_text(&hint).desired_width(140.0);
    let field = ui.add(edit);
    widgets::named(&field, &tr!(language, "card.nearby_own"));
    let entered = keys::entered(ui, &field);
    if !entered {
        widgets::focus_on_opening(ui, &field);
    }
    match read_distance_m(&text) {
        Some(m) if entered => ask(ui, m),
        None if !text.trim().is_empty() => {
            ui.label(theme::text(tr!(language, "card.nearby_bad"), size::SMALL, false));
        }
        _ => {}
    }
    ui.data_mut(|d| d.insert_temp(kept, text));
    for km in NEARBY_KM {
        if ui.button(tr!(language, "unit.km", value = text::number(km))).clicked() {
            ask(ui, km * 1000.0);
        }
    }
}

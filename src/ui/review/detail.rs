//! The one that is looked at: why it was recognised, what is known of it, and what can be decided.

use egui::{
    Label, PopupCloseBehavior, ScrollArea, TextEdit, Ui,
    containers::menu::{MenuButton, MenuConfig},
};

use super::{
    super::{card::section, card_form, facts, widgets, workbook::moment},
    list::{button, stage},
};
use crate::{
    app::{
        Action, BookEdit, BookStep, Language, PlaceStep, ReviewStep, State,
        review::{Review, ReviewRow, Stage, listed, why},
        text,
    },
    book::Mark,
    catalogue::{Project, Role, edit::field},
    theme::{self, Theme, size},
    tr,
};

/// Draws it: what can be decided stays in sight where there is room for it, the rest scrolls.
pub fn show(
    ui: &mut Ui,
    (state, review): (&State, &Review),
    row: &ReviewRow,
    is_low: bool,
    actions: &mut Vec<Action>,
) {
    let theme = Theme::of(state.settings.mode);
    let whole = ui.available_rect_before_wrap();
    if is_low {
        scrolled(ui, row, |ui| {
            ui.horizontal_wrapped(|ui| decide(ui, state, review, row, theme, actions));
            about(ui, state, review, row, theme, actions);
        });
        return;
    }
    let kept = ui.scope_id().with("foot");
    let foot = ui.data(|d| d.get_temp::<f32>(kept)).unwrap_or(40.0);
    let (body, foot) = whole.split_top_bottom_at_y(whole.bottom() - foot);
    super::fill(ui, "body", body, |ui| {
        scrolled(ui, row, |ui| about(ui, state, review, row, theme, actions));
    });
    super::fill(ui, "foot", foot, |ui| {
        let used = egui::Frame::new().inner_margin(egui::Margin::symmetric(12, 5)).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            ui.horizontal_wrapped(|ui| decide(ui, state, review, row, theme, actions));
        });
        let height = used.response.rect.height();
        if (height - foot.height()).abs() > 0.5 {
            ui.data_mut(|d| d.insert_temp(kept, height));
            ui.ctx().request_repaint();
        }
    });
}

fn scrolled(ui: &mut Ui, row: &ReviewRow, content: impl FnOnce(&mut Ui)) {
    ScrollArea::vertical().id_salt(("review-one", &row.id)).auto_shrink(false).show(ui, |ui| {
        egui::Frame::new().inner_margin(egui::Margin::symmetric(14, 6)).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            content(ui);
        });
    });
}

fn about(
    ui: &mut Ui,
    state: &State,
    review: &Review,
    row: &ReviewRow,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let project = state.catalogue.project(&row.id);
    let quiet = |ui: &mut Ui, words: &str| {
        ui.add(Label::new(theme::text(words, size::SMALL, false).color(theme.muted())).wrap());
    };
    match project {
        Some(_) => form(ui, state, row, theme, actions),
        None => {
            ui.add(Label::new(theme::text(&row.name, size::BODY, true)).wrap());
        }
    }
    let decided = stage(&row.stage, language);
    match mark(&row.stage) {
        None => quiet(ui, &decided),
        Some(Mark { who, at, .. }) => {
            let at = moment(at);
            quiet(ui, &tr!(language, "review.decided", what = decided, who = who, at = at));
        }
    }
    section(ui, &tr!(language, "review.why"), theme);
    let told = tr!(language, row.told.name());
    ui.add(Label::new(theme::text(told, size::BODY, true).color(theme.ink())).wrap());
    quiet(ui, &why(row.told, row.ground, language));
    let plan = &state.catalogue.plan;
    if let Some(item) = row.words.and_then(|words| listed(plan, words, language)) {
        quiet(ui, &item);
    }
    if let Some(words) = row.words
        && widgets::link(ui, &tr!(language, "card.see_words"), theme).clicked()
    {
        actions.push(Action::Review(ReviewStep::LookAt(words)));
    }
    if let Some(project) = project {
        section(ui, &tr!(language, "review.figures"), theme);
        facts::show(ui, state, project, theme, actions);
        counties(ui, state, project, theme);
        place(ui, state, project, theme, actions);
    }
    parts(ui, review, row, language, theme, actions);
}

/// Name and kind, as in the card's form.
fn form(ui: &mut Ui, state: &State, row: &ReviewRow, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let Some(record) = state.workbook.record(&row.id) else { return };
    let set = |field: &str, text: String| {
        let (ids, field) = (vec![row.id.clone()], field.to_owned());
        Action::Workbook(BookStep::Edit(BookEdit::Set { ids, field, text }))
    };
    if let Some(own) = field("name") {
        let words = card_form::name(own, language);
        let typed = card_form::typed(ui, state, &record, own, words, theme);
        actions.extend(typed.map(|text| set("name", text)));
    }
    ui.horizontal_wrapped(|ui| {
        if let Some(own) = field("kind") {
            let kinds = state.catalogue.kinds.iter();
            let kinds = kinds.map(|kind| (kind.key.clone(), kind.name.get(language).to_owned()));
            let words = card_form::name(own, language);
            let all: Vec<_> = kinds.collect();
            let chosen = card_form::choice(ui, words, record.value("kind"), &all);
            actions.extend(chosen.map(|key| set("kind", key)));
        }
        if ui.button(tr!(language, "review.whole_card")).clicked() {
            actions.push(Action::Workbook(BookStep::SetEditing(true)));
        }
    });
}

fn counties(ui: &mut Ui, state: &State, project: &Project, theme: Theme) {
    let language = state.settings.language;
    let words = if project.counties.is_empty() {
        tr!(language, "review.no_county")
    } else {
        text::counties(&state.catalogue, project, language, usize::MAX)
    };
    section(ui, &tr!(language, "card.counties"), theme);
    ui.add(Label::new(theme::text(words, size::BODY, false)).wrap());
}

/// Where it is proposed to be, why, and how exact that is.
fn place(ui: &mut Ui, state: &State, project: &Project, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    section(ui, &tr!(language, "review.place"), theme);
    let sentence = text::accuracy_sentence(project.accuracy, language);
    ui.add(Label::new(theme::text(sentence, size::BODY, false)).wrap());
    let quiet = |ui: &mut Ui, words: &str| {
        if !words.is_empty() {
            let words = theme::text(words, size::SMALL, false).color(theme.muted());
            ui.add(Label::new(words).wrap());
        }
    };
    if let Some(why) = &project.unlocated {
        quiet(ui, why.reason.get(language));
    }
    for (_, feature) in state.catalogue.features_of(project, Role::Main) {
        quiet(ui, feature.basis.get(language));
        for source in &feature.sources {
            quiet(ui, source.get(language));
        }
    }
    if ui.button(tr!(language, "form.place")).clicked() {
        actions.push(Action::Place(PlaceStep::Ask(project.id.clone())));
    }
}

/// What was merged into it, each with the way out.
fn parts(
    ui: &mut Ui,
    review: &Review,
    row: &ReviewRow,
    language: Language,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let is_part =
        |own: &&ReviewRow| matches!(&own.stage, Stage::Merged { into, .. } if *into == row.id);
    let mut parts = review.rows.iter().filter(is_part).peekable();
    if parts.peek().is_some() {
        section(ui, &tr!(language, "review.parts"), theme);
    }
    for part in parts {
        ui.horizontal_wrapped(|ui| {
            ui.label(theme::text(format!("{} {}", part.id, part.name), size::BODY, false));
            if widgets::link(ui, &tr!(language, "review.split", id = part.id), theme).clicked() {
                let edit = BookEdit::Split { id: part.id.clone() };
                actions.push(Action::Workbook(BookStep::Edit(edit)));
            }
        });
    }
    let hint = tr!(language, "review.split_hint");
    ui.add_space(6.0);
    ui.add(Label::new(theme::text(hint, size::SMALL, false).color(theme.muted())).wrap());
}

const fn mark(stage: &Stage) -> Option<&Mark> {
    match stage {
        Stage::Waiting => None,
        Stage::Accepted(mark)
        | Stage::Skipped(mark)
        | Stage::Merged { mark, .. }
        | Stage::ByHand(mark) => Some(mark),
    }
}

/// What can be decided now.
fn decide(
    ui: &mut Ui,
    state: &State,
    review: &Review,
    row: &ReviewRow,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let id = || row.id.clone();
    let edit = |edit| Action::Workbook(BookStep::Edit(edit));
    match &row.stage {
        Stage::Waiting => {
            if button(ui, "review-accept", state, theme, true) {
                actions.push(Action::Review(ReviewStep::Accept));
            }
        }
        Stage::Accepted(_) => {
            if ui.button(tr!(language, "review.leave_open")).clicked() {
                actions.push(edit(BookEdit::LeaveOpen { id: id() }));
            }
        }
        Stage::Skipped(_) => {
            if ui.button(tr!(language, "review.bring_back")).clicked() {
                actions.push(edit(BookEdit::BringBack { id: id() }));
            }
        }
        Stage::Merged { .. } => {
            if ui.button(tr!(language, "review.split", id = row.id)).clicked() {
                actions.push(edit(BookEdit::Split { id: id() }));
            }
        }
        Stage::ByHand(_) => {}
    }
    if state.catalogue.project(&row.id).is_some() {
        if button(ui, "review-skip", state, theme, false) {
            actions.push(Action::Review(ReviewStep::Skip));
        }
        // A field is clicked into: only a choice and a click elsewhere close the menu.
        let elsewhere = PopupCloseBehavior::CloseOnClickOutside;
        MenuButton::new(tr!(language, "review.merge"))
            .config(MenuConfig::new().close_behavior(elsewhere))
            .ui(ui, |ui| merge(ui, state, review, row, actions));
    }
}

/// The others, to be merged into: those near it in the text first, found by their words.
fn merge(ui: &mut Ui, state: &State, review: &Review, row: &ReviewRow, actions: &mut Vec<Action>) {
    const MOST: usize = 40;
    let language = state.settings.language;
    let kept = egui::Id::unique(("merge-into", row.id.as_str()));
    let mut text: String = ui.data(|d| d.get_temp(kept)).unwrap_or_default();
    let hint = tr!(language, "review.merge_hint");
    let edit = TextEdit::singleline(&mut text).hint_text(&hint).desired_width(300.0);
    widgets::named(&ui.add(edit), &hint);
    let place = review.rows.iter().position(|own| own.id == row.id).unwrap_or_default();
    let mut others: Vec<(usize, &ReviewRow)> = review
        .rows
        .iter()
        .enumerate()
        .filter(|(_, own)| own.id != row.id && state.catalogue.project(&own.id).is_some())
        .filter(|(_, own)| own.name.contains(text.trim()) || own.id.contains(text.trim()))
        .collect();
    others.sort_by_key(|(i, _)| i.abs_diff(place));
    ScrollArea::vertical().max_height(260.0).show(ui, |ui| {
        for (_, other) in others.into_iter().take(MOST) {
            let face = format!("{} {}", other.id, text::shortened(&other.name, 36));
            if ui.button(face).on_hover_text(&other.name).clicked() {
                let edit = BookEdit::Merge { id: row.id.clone(), into: other.id.clone() };
                actions.push(Action::Workbook(BookStep::Edit(edit)));
                ui.close();
            }
        }
    });
    ui.data_mut(|d| d.insert_temp(kept, text));
}

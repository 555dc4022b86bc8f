//! The slides of a deck: chosen by a click, put in order by a drag, by buttons or by keys.

use egui::{Id, Rect, Response, ScrollArea, Sense, Ui};

use super::edit;
use crate::{
    app::{Action, DeckStep, State, command},
    book::SlideRecord,
    catalogue::edit::{DeckEdit, SlideEdit},
    theme::{Theme, size},
    tr,
    ui::widgets::Row,
};

/// What of the panel the list takes at most, where a slide is open.
const SHARE: f32 = 0.34;
/// Rows that are seen at least.
const LEAST: f32 = 3.0;

/// Draws the list, and what is done with the slide that is open.
pub fn show(ui: &mut Ui, state: &State, can_edit: bool, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let slides: Vec<&SlideRecord> = state.decks.of_open().collect();
    if slides.is_empty() {
        super::small(ui, &tr!(language, "deck.no_slides"), theme);
        return;
    }
    let has_form = state.decks.slide().is_some();
    let share = if has_form { SHARE } else { 1.0 };
    let most = (ui.available_height() * share).max(LEAST * size::ROW);
    let height = (slides.len() as f32 * size::ROW).min(most);
    let is_elsewhere = follows(ui, state, slides.len());
    let list = ScrollArea::vertical().id_salt("slides").max_height(height);
    list.min_scrolled_height(height).auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut rows: Vec<Rect> = Vec::new();
        let mut dragged: Option<(usize, Response)> = None;
        for (i, slide) in slides.iter().enumerate() {
            let mut response = row(ui, state, i, slide, theme);
            rows.push(response.rect);
            if is_elsewhere && state.decks.slide.as_ref() == Some(&slide.id) {
                response.scroll_to_me(None);
            }
            let can_move = can_edit && slides.len() > 1;
            if can_move {
                // One thing hears both: another over it would keep clicks from the row.
                response = response.interact(Sense::click_and_drag());
            }
            if response.clicked() {
                actions.push(Action::Deck(DeckStep::Select(slide.id.clone())));
            }
            if can_move && (response.dragged() || response.drag_stopped()) {
                dragged = Some((i, response));
            }
        }
        if let Some((from, drag)) = dragged {
            drop_at(ui, &slides, &rows, from, &drag, theme, actions);
        }
    });
    if !has_form {
        super::small(ui, &tr!(language, "deck.open_hint"), theme);
        return;
    }
    ui.add_enabled_ui(can_edit, |ui| of_open(ui, state, actions));
}

/// Whether the slide that is open is another than before, or stands elsewhere: then the list follows
/// it, also where the slide is new.
fn follows(ui: &Ui, state: &State, count: usize) -> bool {
    let now = (state.decks.slide.clone(), state.decks.place(), count);
    let id = Id::unique("slides-followed");
    let before = ui.data(|data| data.get_temp::<(Option<String>, Option<usize>, usize)>(id));
    let is_other = before.as_ref() != Some(&now);
    if is_other {
        ui.data_mut(|data| data.insert_temp(id, now));
    }
    is_other
}

fn row(ui: &mut Ui, state: &State, i: usize, slide: &SlideRecord, theme: Theme) -> Response {
    let language = state.settings.language;
    let title = title(state, slide);
    let hidden = if slide.hidden { tr!(language, "deck.hidden") } else { String::new() };
    let line = Row {
        name: &format!("{} {title}", i + 1),
        value: &hidden,
        active: state.decks.slide.as_ref() == Some(&slide.id),
        quiet: slide.hidden,
        ..Row::default()
    };
    ui.push_id(&slide.id, |ui| line.show(ui, theme)).inner
}

/// The title on one line; a slide without one is told by what else it says.
fn title(state: &State, slide: &SlideRecord) -> String {
    let language = state.settings.language;
    let gap = language.pick("", " ");
    let one_line = |text: &str| text.lines().collect::<Vec<_>>().join(gap);
    let texts = [&slide.title, &slide.kicker, &slide.caption];
    let said = texts.into_iter().map(|own| one_line(language.pick(&own.zh, &own.en)));
    let mut said = said.filter(|text| !text.trim().is_empty());
    said.next().unwrap_or_else(|| tr!(language, "deck.untitled"))
}

/// A line where the slide would go, and the order once it is let go.
fn drop_at(
    ui: &Ui,
    slides: &[&SlideRecord],
    rows: &[Rect],
    from: usize,
    drag: &Response,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let Some(at) = ui.input(|i| i.pointer.interact_pos()) else { return };
    // Between which rows: counted as if it still stood where it was.
    let gap = rows.iter().filter(|row| row.center().y < at.y).count();
    if drag.drag_stopped() {
        let to = if gap > from { gap - 1 } else { gap };
        if let Some(slide) = slides.get(from).filter(|_| to != from) {
            let (id, edit) = (slide.id.clone(), SlideEdit::MoveTo(to));
            super::edit(actions, DeckEdit::Slide { id, edit });
        }
        return;
    }
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return };
    let y = rows.get(gap).map_or(last.bottom(), Rect::top);
    ui.painter().hline(first.x_range(), y, egui::Stroke::new(2.0, theme.accent()));
}

/// What is done with the slide that is open.
fn of_open(ui: &mut Ui, state: &State, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let (Some(slide), Some(place)) = (state.decks.slide(), state.decks.place()) else { return };
    let last = state.decks.of_open().count().saturating_sub(1);
    let own = |edit: SlideEdit| DeckEdit::Slide { id: slide.id.clone(), edit };
    ui.horizontal_wrapped(|ui| {
        for (id, words, by, can) in [
            ("slide-up", tr!(language, "deck.up"), -1, place > 0),
            ("slide-down", tr!(language, "deck.down"), 1, place < last),
        ] {
            let button = ui.add_enabled(can, egui::Button::new(words));
            if button.on_hover_text(command::hint(id, language)).clicked() {
                actions.push(Action::Deck(DeckStep::MoveSlide(by)));
            }
        }
        let words =
            if slide.hidden { tr!(language, "deck.show") } else { tr!(language, "deck.hide") };
        if ui.button(words).clicked() {
            edit(actions, own(SlideEdit::SetHidden(!slide.hidden)));
        }
        if ui.button(tr!(language, "deck.duplicate")).clicked() {
            edit(actions, own(SlideEdit::Duplicate));
        }
        if ui.button(tr!(language, "deck.remove_slide")).clicked() {
            edit(actions, own(SlideEdit::Remove));
        }
    });
}

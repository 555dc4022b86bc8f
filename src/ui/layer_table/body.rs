//! The rows that are seen.

use egui::{CornerRadius, Id, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2};

use super::{Subject, head, rows_id, scroll::Place};
use crate::{
    app::{
        Action, FeatureRef, State, TableStep,
        feature_rows::cell,
        feature_selection::Pick,
        layer_table::{joined, only_this},
    },
    layer::Value,
    theme::{Theme, size},
    tr,
    ui::widgets,
};

/// The longest value that a tooltip tells, in characters.
const MOST_TOLD: usize = 2_000;

/// Draws them, and says what was done with them.
pub fn show(
    ui: &mut Ui,
    rect: Rect,
    state: &State,
    subject: &Subject<'_>,
    place: Place,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let all = ui.interact(rect, rows_id(), Sense::click());
    let name = tr!(language, "layer_table.rows", name = subject.data().name);
    all.widget_info(|| WidgetInfo::labeled(Role::Table, true, name.clone()));
    // The arrows go through the rows as long as they have the keyboard.
    let arrows = egui::EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..egui::EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(rows_id(), arrows));
    let (seen, above) = place.seen();
    let clip = ui.clip_rect().intersect(rect);
    let mut ui = ui.new_child(egui::UiBuilder::new().id_salt("rows").max_rect(rect));
    ui.set_clip_rect(clip);
    for (i, position) in seen.enumerate() {
        let Some(row) = subject.layer.table_row(position) else { continue };
        let top = rect.top() - above + i as f32 * size::ROW;
        let own = Rect::from_min_max(
            pos2(clip.left(), top),
            pos2(clip.right().min(rect.right()), top + size::ROW),
        );
        let line = Line { position, row, rect: own, left: rect.left() };
        line.show(&ui, state, subject, theme, actions);
    }
    if place.rows == 0 {
        let words = tr!(language, "layer_table.no_rows");
        let at = pos2(clip.left() + 12.0, clip.top() + size::ROW / 2.0);
        let font = crate::theme::font(size::BODY, false);
        ui.painter().text(at, egui::Align2::LEFT_CENTER, words, font, theme.muted());
    }
}

/// A row of the table.
struct Line {
    /// Its place in the table, and which of the layer it is.
    position: usize,
    row: u32,
    rect: Rect,
    /// Where the first column begins.
    left: f32,
}

impl Line {
    fn show(
        &self,
        ui: &Ui,
        state: &State,
        subject: &Subject<'_>,
        theme: Theme,
        actions: &mut Vec<Action>,
    ) {
        let Some((chunk, at)) = subject.data().place_of(self.row) else { return };
        let selected = subject.layer.table.selection.contains(chunk, at);
        let id = ui.scope_id().with(("row", self.position));
        let response = ui.interact(self.rect, id, Sense::CLICK);
        let name = || self.name(state, subject);
        response.widget_info(|| WidgetInfo::labeled(Role::Row, true, name()));
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_selected(selected));
        let painter = ui.painter();
        if selected {
            painter.rect_filled(self.rect, CornerRadius::same(4), theme.selection());
            let bar = Rect::from_min_size(self.rect.min, egui::vec2(3.0, size::ROW));
            painter.rect_filled(bar, CornerRadius::same(1), theme.accent());
        } else if response.hovered() {
            painter.rect_filled(self.rect, CornerRadius::same(4), theme.chip());
        }
        let hover_x = ui.input(|i| i.pointer.hover_pos()).map(|pos| pos.x - self.left);
        let mut pointed = None;
        for (_, column, left, right) in subject.shown() {
            let cell =
                Rect::from_x_y_ranges(self.left + left..=self.left + right, self.rect.y_range());
            if !ui.clip_rect().intersects(cell) {
                continue;
            }
            let value = subject.data().value(self.row, column.field);
            let words = shown(value);
            let ink = if value == Value::Missing { theme.muted() } else { theme.ink() };
            let room = column.width_pt - 2.0 * head::AIR;
            let galley = widgets::elided(painter, &words, room, false, theme);
            let (anchor, place) = head::aligned(column, cell);
            let place = anchor.anchor_size(place, galley.size());
            if hover_x.is_some_and(|x| x >= left && x < right) {
                pointed = Some((column.field, galley.elided));
            }
            painter.galley_with_override_text_color(place.min, galley, ink);
        }
        self.act(ui, &response, subject, selected, pointed.map(|(field, _)| field), actions);
        self.menu(ui, &response, state, subject, actions);
        if let Some((field, true)) = pointed {
            let value = subject.data().value(self.row, field).to_string();
            let told: String = value.chars().take(MOST_TOLD).collect();
            response.on_hover_text_at_pointer(told);
        }
    }

    /// What a screen reader says: its place, and its first values.
    fn name(&self, state: &State, subject: &Subject<'_>) -> String {
        const FIRST: usize = 4;
        let values = subject.shown().take(FIRST).map(|(_, column, _, _)| {
            let value = subject.data().value(self.row, column.field).to_string();
            value.chars().take(40).collect::<String>()
        });
        let values = values.collect::<Vec<_>>().join(" ");
        tr!(state.settings.language, "layer_table.row", n = self.position + 1, values = values)
    }

    fn act(
        &self,
        ui: &Ui,
        response: &Response,
        subject: &Subject<'_>,
        selected: bool,
        pointed: Option<usize>,
        actions: &mut Vec<Action>,
    ) {
        if response.double_clicked() {
            actions.extend(self.feature(subject).map(Action::ZoomToFeature));
        } else if response.clicked() {
            let held = ui.input(|i| i.modifiers);
            let how = match (held.shift, held.command) {
                (true, _) => Pick::Through,
                (false, true) => Pick::Toggle,
                (false, false) => Pick::Only,
            };
            actions.push(subject.step(TableStep::Pick(self.row, how)));
        }
        if response.secondary_clicked() {
            // The menu is about the cell on which it was asked for.
            ui.data_mut(|d| d.insert_temp(menu_id(), pointed));
            if !selected {
                actions.push(subject.step(TableStep::Pick(self.row, Pick::Only)));
            }
        }
        if response.clicked() || response.secondary_clicked() {
            ui.memory_mut(|memory| memory.request_focus(rows_id()));
        }
    }

    fn menu(
        &self,
        ui: &Ui,
        response: &Response,
        state: &State,
        subject: &Subject<'_>,
        actions: &mut Vec<Action>,
    ) {
        let language = state.settings.language;
        let field = ui.data(|d| d.get_temp::<Option<usize>>(menu_id())).flatten();
        response.context_menu(|ui| {
            let data = subject.data();
            let value = field.map(|field| (field, data.value(self.row, field)));
            let only = value.and_then(|(field, value)| only_this(&data.fields, field, value));
            let condition = &subject.layer.table.condition;
            let only = only.map(|only| TableStep::SetCondition(joined(condition, &only)));
            let feature = self.feature(subject);
            let entries = [
                ("layer_table.only_this", only.map(|step| subject.step(step))),
                ("layer_table.zoom_one", feature.map(Action::ZoomToFeature)),
                ("layer_table.look", feature.map(Action::OpenFeature)),
            ];
            for (words, action) in entries {
                let button = egui::Button::new(tr!(language, words));
                if ui.add_enabled(action.is_some(), button).clicked() {
                    actions.extend(action);
                    ui.close();
                }
            }
            let button = egui::Button::new(tr!(language, "layer_table.copy_cell"));
            if ui.add_enabled(value.is_some(), button).clicked() {
                ui.copy_text(value.map(|(_, value)| cell(value)).unwrap_or_default());
                ui.close();
            }
            if ui.button(tr!(language, "layer_table.copy")).clicked() {
                actions.push(subject.step(TableStep::Copy));
                ui.close();
            }
        });
    }

    fn feature(&self, subject: &Subject<'_>) -> Option<FeatureRef> {
        let (chunk, row) = subject.data().place_of(self.row)?;
        let (file, layer) = subject.key;
        Some(FeatureRef { file, layer, chunk, row })
    }
}

fn menu_id() -> Id {
    Id::unique("layer-table-cell")
}

/// A value in one line.
fn shown(value: Value<'_>) -> String {
    /// Longer ones are cut before they are laid out.
    const MOST: usize = 300;
    match value {
        Value::Text(text) => {
            let one = |c: char| if c.is_control() { ' ' } else { c };
            text.chars().take(MOST).map(one).collect()
        }
        other => other.to_string(),
    }
}

//! The attribute table of a layer: as many rows as there is room for, whatever the layer's size.

mod body;
mod condition;
mod fields;
mod head;
mod scroll;

use egui::{
    Context, PopupCloseBehavior, Rect, ScrollArea, Ui, UiBuilder,
    containers::menu::{MenuButton, MenuConfig},
    pos2, vec2,
};

use super::{drawer, sheet, widgets};
use crate::{
    app::{
        Action, Language, LayerKey, OpenLayer, State, TableStep,
        field_columns::{TableColumn, columns},
        text,
    },
    layer::Layer,
    theme::{Theme, size},
    tr,
};

pub use condition::Typed;

/// A layer whose table is drawn, and its columns in their order, the hidden ones too.
struct Subject<'a> {
    key: LayerKey,
    layer: &'a OpenLayer,
    columns: Vec<TableColumn>,
}

impl Subject<'_> {
    fn data(&self) -> &Layer {
        &self.layer.data.0
    }

    fn step(&self, step: TableStep) -> Action {
        Action::LayerTable { of: self.key, step }
    }

    /// Those that are seen, each with its place among all and its left and right edge.
    fn shown(&self) -> impl Iterator<Item = (usize, &TableColumn, f32, f32)> {
        let mut x = 0.0;
        let seen = self.columns.iter().enumerate().filter(|(_, column)| !column.hidden);
        seen.map(move |(at, column)| {
            let left = x;
            x += column.width_pt;
            (at, column, left, x)
        })
    }
}

/// What the rows are to egui: it has the keyboard once a row was clicked.
fn rows_id() -> egui::Id {
    egui::Id::unique("layer-table-rows")
}

fn above_id() -> egui::Id {
    egui::Id::unique("above-layer-rows")
}

/// Whether the rows have the keyboard.
pub fn has_keyboard(ctx: &Context) -> bool {
    ctx.memory(|memory| memory.has_focus(rows_id()))
}

/// How high the table is with all of its rows, as far as it was drawn already.
pub fn whole_height(ctx: &Context, layer: &OpenLayer) -> f32 {
    /// Title, condition and heads, before they were measured.
    const ABOVE: f32 = 112.0;
    let above = ctx.data(|d| d.get_temp::<f32>(above_id())).unwrap_or(ABOVE);
    let rows = layer.table_rows().max(2) as f32 * size::ROW;
    above + rows + 12.0
}

/// Draws the table.
pub fn show(ui: &mut Ui, state: &State, typed: &mut Typed, actions: &mut Vec<Action>) {
    let Some((key, file, layer)) = state.table_layer() else { return };
    let language = state.settings.language;
    let theme = Theme::of(state.settings.mode);
    let mut columns = columns(&state.settings, &file.path, &layer.data.0);
    for column in &mut columns {
        column.is_number |= layer.table.figures.get(column.field).copied().unwrap_or(false);
    }
    let subject = Subject { key, layer, columns };
    let top = ui.cursor().top();
    ui.add_space(6.0);
    title(ui, state, &subject, theme, actions);
    typed.show(ui, &subject, language, theme, actions);
    grid(ui, state, &subject, theme, top, actions);
}

fn title(
    ui: &mut Ui,
    state: &State,
    subject: &Subject<'_>,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    ui.horizontal(|ui| {
        ui.add_space(16.0);
        drawer::name(ui, state, widgets::end_width(ui, "layer-buttons"), actions);
        let room = ui.available_width() - widgets::end_width(ui, "layer-buttons") - 8.0;
        drawer::counts(ui, &counted(subject.layer, language), room, theme);
        widgets::at_end(ui, "layer-buttons", |ui| {
            let has_any = !subject.layer.table.selection.is_empty();
            ui.menu_button(tr!(language, "layer_table.selected"), |ui| {
                let mut entry = |words: &str, step: TableStep, can: bool| {
                    let button = egui::Button::new(tr!(language, words));
                    if ui.add_enabled(can, button).clicked() {
                        actions.push(subject.step(step));
                        ui.close();
                    }
                };
                entry("layer_table.zoom", TableStep::ZoomToSelection, has_any);
                entry("layer_table.copy", TableStep::Copy, has_any);
                entry("layer_table.all", TableStep::SelectAll, true);
                entry("layer_table.none", TableStep::ClearSelection, has_any);
            });
            // Several fields are hidden or moved one after another.
            let stays = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
            let button = MenuButton::new(tr!(language, "layer_table.fields")).config(stays);
            button.ui(ui, |ui| fields::menu(ui, subject, language, actions));
            if sheet::close(ui, &tr!(language, "table.close")) {
                actions.push(Action::ToggleTable);
            }
            ui.add_space(12.0);
        });
    });
}

/// `1,204 / 10,000 个要素，选中 3`.
fn counted(layer: &OpenLayer, language: Language) -> String {
    let grouped = |n: usize| text::grouped(&n.to_string());
    let (all, passed) = (layer.data.0.len(), layer.count_passed());
    let mut words = tr!(language, "layer_table.count", n = grouped(passed), all = grouped(all));
    let selected = layer.table.selection.count();
    if selected > 0 {
        words += &tr!(language, "layer_table.count_selected", n = grouped(selected));
    }
    if layer.table.is_waiting() {
        words += &tr!(language, "layer_table.sorting");
    }
    words
}

/// Heads and rows, which move sideways together, and the bar beside them.
fn grid(
    ui: &mut Ui,
    state: &State,
    subject: &Subject<'_>,
    theme: Theme,
    top: f32,
    actions: &mut Vec<Action>,
) {
    let whole = ui.available_rect_before_wrap();
    let room = Rect::from_min_max(
        pos2(whole.left() + 12.0, whole.top()),
        pos2(whole.right() - scroll::WIDTH - 2.0, whole.bottom()),
    );
    if room.width() < 40.0 || room.height() < 2.0 * head::HEIGHT {
        return;
    }
    let mut inner = ui.new_child(UiBuilder::new().id_salt("grid").max_rect(room));
    let mut rows = None;
    let area = ScrollArea::horizontal().id_salt(("layer-table", subject.key)).auto_shrink(false);
    area.show(&mut inner, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let content: f32 = subject.shown().map(|(_, _, _, right)| right).last().unwrap_or_default();
        let width = content.max(room.width());
        let (heads, _) = ui.allocate_exact_size(vec2(width, head::HEIGHT), egui::Sense::hover());
        head::show(ui, heads, state, subject, theme, actions);
        let rule = ui.allocate_exact_size(vec2(width, 1.0), egui::Sense::hover()).0;
        ui.painter().hline(rule.x_range(), rule.top(), egui::Stroke::new(1.0, theme.hairline()));
        let height = room.bottom() - rule.bottom();
        let rect = ui.allocate_exact_size(vec2(width, height), egui::Sense::hover()).0;
        let seen = Rect::from_x_y_ranges(room.x_range(), rect.y_range());
        rows = Some(seen);
        let place = scroll::Place::of(ui, subject, seen);
        body::show(ui, rect, state, subject, place, theme, actions);
        let page = place.whole_rows();
        if page != state.table_page {
            actions.push(Action::SetTablePage(page));
        }
    });
    let Some(rows) = rows else { return };
    ui.data_mut(|d| d.insert_temp(above_id(), rows.top() - top));
    let track = Rect::from_min_max(
        pos2(rows.right() + 1.0, rows.top()),
        pos2(rows.right() + 1.0 + scroll::WIDTH, rows.bottom()),
    );
    scroll::bar(ui, track, subject, state.settings.language, theme);
}

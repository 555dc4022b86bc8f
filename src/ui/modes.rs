//! The right end of the top bar: panels, table, help, presenting, look and language. What finds no
//! room in a narrow window stands in a menu.

use egui::{Button, Role, Ui, WidgetInfo};

use super::widgets;
use crate::{
    app::{Action, Language, State, command},
    style::Mode,
    theme::{self, Theme, size},
    tr,
};

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item {
    Left,
    Table,
    Right,
    Help,
    Present,
    Look,
    Language,
}

/// In the order of the bar.
const ALL: [Item; 7] =
    [Item::Left, Item::Table, Item::Right, Item::Help, Item::Present, Item::Look, Item::Language];
/// Those that go first where there is no room for all.
const DISPENSABLE: [Item; 5] = [Item::Language, Item::Look, Item::Help, Item::Present, Item::Right];

/// Which of them find room.
#[derive(Debug, Clone)]
pub struct Modes {
    shown: Vec<Item>,
    hidden: Vec<Item>,
    /// Width of those that are shown, and of the menu of the others.
    pub width: f32,
}

/// Chooses those that find room in a width.
pub fn fitting(ui: &Ui, state: &State, room: f32) -> Modes {
    let mut shown = ALL.to_vec();
    let of_all = |items: &[Item]| {
        let own: f32 = items.iter().map(|item| item.width(ui, state)).sum();
        let menu = if items.len() < ALL.len() { button_width(ui, MENU, false) } else { 0.0 };
        own + menu
    };
    for item in DISPENSABLE {
        if of_all(&shown) > room {
            shown.retain(|own| *own != item);
        }
    }
    let hidden = ALL.into_iter().filter(|item| !shown.contains(item)).collect();
    Modes { width: of_all(&shown), shown, hidden }
}

/// What opens the menu.
const MENU: &str = "…";

impl Modes {
    /// Draws them from left to right.
    pub fn show(&self, ui: &mut Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
        let language = state.settings.language;
        let mut pressed = None;
        for item in &self.shown {
            if item.show(ui, state, theme).clicked() {
                pressed = Some(*item);
            }
        }
        if !self.hidden.is_empty() {
            let menu = ui.menu_button(MENU, |ui| {
                for item in &self.hidden {
                    if ui.button(item.words(language, state)).clicked() {
                        pressed = Some(*item);
                        ui.close();
                    }
                }
            });
            let name = tr!(language, "app.more");
            menu.response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        }
        if let Some(item) = pressed {
            actions.extend(command::press(item.command(), state).actions);
        }
    }
}

impl Item {
    const fn command(self) -> &'static str {
        match self {
            Self::Left => "toggle-left",
            Self::Table => "toggle-table",
            Self::Right => "toggle-right",
            Self::Help => "help",
            Self::Present => "present",
            Self::Look => "toggle-dark",
            Self::Language => "toggle-language",
        }
    }

    /// What it says in the bar.
    fn face(self, language: Language, state: &State) -> String {
        match self {
            Self::Left => tr!(language, "app.panels"),
            Self::Table => tr!(language, "app.table"),
            Self::Right => tr!(language, "app.card"),
            Self::Help => "?".to_owned(),
            Self::Present => command::with_key("present", language),
            Self::Look if state.settings.mode == Mode::Dark => tr!(language, "app.to_light"),
            Self::Look => tr!(language, "app.to_dark"),
            Self::Language => tr!(language, "app.language"),
        }
    }

    /// What it says where there is room for words.
    fn words(self, language: Language, state: &State) -> String {
        match self {
            Self::Help => command::name("help", language),
            Self::Language => tr!(language, "app.language_name"),
            _ => self.face(language, state),
        }
    }

    const fn is_on(self, state: &State) -> bool {
        match self {
            Self::Left => state.left_seen(),
            Self::Table => state.settings.table_open,
            Self::Right => state.right_seen(),
            _ => false,
        }
    }

    const fn is_bold(self, state: &State) -> bool {
        matches!(self, Self::Present) || self.is_on(state)
    }

    fn width(self, ui: &Ui, state: &State) -> f32 {
        let face = self.face(state.settings.language, state);
        button_width(ui, &face, self.is_bold(state))
    }

    fn show(self, ui: &mut Ui, state: &State, theme: Theme) -> egui::Response {
        let language = state.settings.language;
        let face = self.face(language, state);
        let response = match self {
            Self::Left | Self::Table | Self::Right => {
                widgets::switch(ui, &face, self.is_on(state), theme)
            }
            Self::Present => {
                let words = theme::text(face, size::BODY, true).color(theme.on_accent());
                ui.add(Button::new(words).fill(theme.accent()))
            }
            Self::Help | Self::Look | Self::Language => ui.button(face),
        };
        if self == Self::Language {
            let name = self.words(language, state);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            return response.on_hover_text(name);
        }
        response.on_hover_text(command::hint(self.command(), language))
    }
}

/// Of a button with these words, and the air after it.
fn button_width(ui: &Ui, words: &str, bold: bool) -> f32 {
    let font = theme::font(size::BODY, bold);
    let text = ui.painter().layout_no_wrap(words.to_owned(), font, egui::Color32::PLACEHOLDER);
    let spacing = ui.spacing();
    let own = text.size().x + 2.0 * spacing.button_padding.x;
    own.max(spacing.interact_size.x) + spacing.item_spacing.x
}

//! Everything a user can do, in one table: what it is called, which keys it has and where they hold,
//! when it can be done, and what it asks for.
//!
//! From the table come the keys, the tooltips, the menus, the sheet of keys, the tables in the
//! READMEs and the palette. Nothing else reads a key or names one.

mod chord;
mod keys;
pub mod palette;
mod rows;
mod scope;
pub mod sheet;

pub use chord::{Chord, Key};
pub use keys::pressed;
pub use scope::{Binding, Keyboard, Scope, is_typed, scopes};

use super::{Action, Language, State};
use crate::{language::Bilingual, tr};

/// What belongs together in lists of commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    Find,
    Map,
    Views,
    Draw,
    Panels,
    /// The attribute tables of layers.
    Features,
    Files,
    Review,
    Present,
    Window,
    Slide,
    List,
}

impl Group {
    /// The key of its heading in the locale files.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Find => "group.find",
            Self::Map => "group.map",
            Self::Views => "group.views",
            Self::Draw => "group.draw",
            Self::Panels => "group.panels",
            Self::Features => "group.features",
            Self::Files => "group.files",
            Self::Review => "group.review",
            Self::Present => "group.present",
            Self::Window => "group.window",
            Self::Slide => "group.slide",
            Self::List => "group.list",
        }
    }
}

/// The whole table, in the order of lists.
pub const TABLE: [(Group, &[Command]); 12] = [
    (Group::Find, rows::find::ROWS),
    (Group::Map, rows::map::ROWS),
    (Group::Views, rows::views::ROWS),
    (Group::Draw, rows::draw::ROWS),
    (Group::Panels, rows::panels::ROWS),
    (Group::Features, rows::features::ROWS),
    (Group::Files, rows::files::ROWS),
    (Group::Review, rows::review::ROWS),
    (Group::Present, rows::present::ROWS),
    (Group::Window, rows::window::ROWS),
    (Group::Slide, rows::slide::ROWS),
    (Group::List, rows::list::ROWS),
];

/// One thing a user can do, or several alike: one for each of its choices.
#[derive(Debug, Clone, Copy)]
pub struct Command {
    /// Stable: settings remember it.
    pub id: &'static str,
    /// The key of its name in the locale files.
    pub label: &'static str,
    /// Of a command with choices the first binding is the first choice's, and so on.
    pub bindings: &'static [Binding],
    /// A key that is held down goes on.
    pub repeats: bool,
    /// Whether the palette offers it: not what only has a sense as a key.
    pub is_offered: bool,
    pub choices: Option<Choices>,
    enabled: fn(&State) -> bool,
    is_on: Option<fn(&State) -> bool>,
    run: fn(&State, Call<'_>) -> Outcome,
}

/// What a command can be done with.
#[derive(Debug, Clone, Copy)]
pub struct Choices {
    /// The key of a choice's name in the locale files, with `%{name}`.
    pub label: &'static str,
    pub list: fn(&State) -> Vec<Choice>,
}

/// One of a command's choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Stable within its command.
    pub key: String,
    pub name: Bilingual,
    pub is_on: bool,
}

/// With what a command is run.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// The window's clock.
    pub now_s: f64,
    /// Key of the choice; empty where there is none.
    pub choice: &'a str,
}

/// What a command asks the state and the window for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outcome {
    pub actions: Vec<Action>,
    pub effects: Vec<Effect>,
}

/// What only the window can do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Gives the keyboard to a field.
    Focus(Field),
    /// Moves the map's picture by shares of its width and height.
    Pan([f32; 2]),
    /// Zooms around the middle of the map, in levels.
    Zoom(f64),
    ToggleLegend,
    /// Puts a text on the clipboard.
    Copy(String),
    FullScreen,
    /// Sizes everything, up or down a step, or back to what the screen asks for.
    Scale(ScaleStep),
    Quit,
}

/// Fields that a command can give the keyboard to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Search,
    /// The words that are looked for in the plan's text.
    PlanText,
    /// The path of a file to open.
    File,
    /// The address of a basemap.
    Basemap,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScaleStep {
    Up,
    Down,
    Back,
}

impl From<Action> for Outcome {
    fn from(action: Action) -> Self {
        Self { actions: vec![action], effects: Vec::new() }
    }
}

impl From<Effect> for Outcome {
    fn from(effect: Effect) -> Self {
        Self { actions: Vec::new(), effects: vec![effect] }
    }
}

impl<const N: usize> From<[Action; N]> for Outcome {
    fn from(actions: [Action; N]) -> Self {
        Self { actions: actions.into(), effects: Vec::new() }
    }
}

impl Command {
    const fn new(
        id: &'static str,
        label: &'static str,
        run: fn(&State, Call<'_>) -> Outcome,
    ) -> Self {
        Self {
            id,
            label,
            bindings: &[],
            repeats: false,
            is_offered: true,
            choices: None,
            enabled: |_| true,
            is_on: None,
            run,
        }
    }

    const fn keys(self, bindings: &'static [Binding]) -> Self {
        Self { bindings, ..self }
    }

    const fn repeating(self) -> Self {
        Self { repeats: true, ..self }
    }

    /// For what only has a sense as a key.
    const fn only_by_key(self) -> Self {
        Self { is_offered: false, ..self }
    }

    const fn when(self, enabled: fn(&State) -> bool) -> Self {
        Self { enabled, ..self }
    }

    /// For switches: whether it is on.
    const fn switch(self, is_on: fn(&State) -> bool) -> Self {
        Self { is_on: Some(is_on), ..self }
    }

    const fn each(self, label: &'static str, list: fn(&State) -> Vec<Choice>) -> Self {
        Self { choices: Some(Choices { label, list }), ..self }
    }

    /// Whether it can be done now.
    pub fn is_enabled(&self, state: &State) -> bool {
        (self.enabled)(state)
    }

    /// Of a switch whether it is on.
    pub fn is_on(&self, state: &State) -> bool {
        self.is_on.is_some_and(|is_on| is_on(state))
    }

    /// What it asks for; nothing where it cannot be done now.
    pub fn run(&self, state: &State, call: Call<'_>) -> Outcome {
        if self.is_enabled(state) { (self.run)(state, call) } else { Outcome::default() }
    }

    /// Its name without a choice.
    pub fn name(&self, language: Language) -> String {
        tr!(language, self.label)
    }

    /// Its chords as they are told, in its order and each once.
    pub fn chords(&self) -> Vec<Chord> {
        let mut chords: Vec<Chord> = Vec::new();
        for binding in self.bindings.iter().filter(|binding| !binding.is_alias) {
            if !chords.contains(&binding.chord) {
                chords.push(binding.chord);
            }
        }
        chords
    }
}

/// Every command, in the order of lists.
pub fn all() -> impl Iterator<Item = &'static Command> {
    TABLE.iter().flat_map(|(_, rows)| rows.iter())
}

/// The command of an id.
pub fn named(id: &str) -> Option<&'static Command> {
    all().find(|command| command.id == id)
}

/// The name of a command.
pub fn name(id: &str, language: Language) -> String {
    named(id).map(|command| command.name(language)).unwrap_or_default()
}

/// What a button's tooltip says of its command: its name and its keys, `项目表 (T)`.
pub fn hint(id: &str, language: Language) -> String {
    let Some(command) = named(id) else { return String::new() };
    let (name, keys) = (command.name(language), sheet::keys_of(&command.chords()));
    if keys.is_empty() { name } else { format!("{name} ({keys})") }
}

/// What a button with room for it says: the name and the first of its keys, `演示 F5`.
pub fn with_key(id: &str, language: Language) -> String {
    format!("{} {}", name(id, language), first_key(id)).trim_end().to_owned()
}

/// The first key of a command, as it is told.
pub fn first_key(id: &str) -> String {
    let chords = named(id).map(Command::chords).unwrap_or_default();
    chords.first().map(ToString::to_string).unwrap_or_default()
}

/// Whether a command can be done now.
pub fn is_possible(id: &str, state: &State) -> bool {
    named(id).is_some_and(|command| command.is_enabled(state))
}

/// What a button or a menu of a command asks for.
pub fn press(id: &str, state: &State) -> Outcome {
    let call = Call { now_s: 0.0, choice: "" };
    named(id).map(|command| command.run(state, call)).unwrap_or_default()
}

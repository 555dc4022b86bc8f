//! The keys as they are told: the sheet in the window and the tables in the READMEs.

use super::{Chord, Command, Group, Key, TABLE};
use crate::{app::Language, tr};

/// A group's commands that have keys.
#[derive(Debug)]
pub struct Section {
    pub group: Group,
    pub commands: Vec<&'static Command>,
}

/// Every command that has a key, by group.
pub fn sections() -> Vec<Section> {
    let with_keys = |rows: &'static [Command]| {
        rows.iter().filter(|command| !command.chords().is_empty()).collect()
    };
    TABLE.into_iter().map(|(group, rows)| Section { group, commands: with_keys(rows) }).collect()
}

/// Chords side by side: `Ctrl+F  /`; the digits as a range.
pub fn keys_of(chords: &[Chord]) -> String {
    words_of(chords).join("  ")
}

fn words_of(chords: &[Chord]) -> Vec<String> {
    let digit = |chord: &Chord| match chord.key {
        Key::Char(c) if c.is_ascii_digit() => Some(c),
        _ => None,
    };
    let one = chords.first().map(|chord| chord.with(Key::Home));
    let alike = chords.iter().all(|chord| Some(chord.with(Key::Home)) == one);
    match (chords, chords.first().and_then(digit), chords.last().and_then(digit)) {
        // `1–9`, `Alt+1–9`.
        ([one, _, ..], Some(_), Some(last)) if alike => vec![format!("{one}–{last}")],
        _ => chords.iter().map(Chord::to_string).collect(),
    }
}

/// The table of keys for a README.
pub fn markdown(language: Language) -> String {
    let (key, does) = (tr!(language, "help.key"), tr!(language, "help.does"));
    let cells = |command: &&Command| {
        let words = words_of(&command.chords());
        let keys: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        format!("{} | {}", keys.join(" "), command.name(language))
    };
    let head = format!("| {key} | {does} | {key} | {does} |\n|---|---|---|---|\n");
    let mut rows = Vec::new();
    for Section { group, commands } in sections() {
        rows.push(format!("**{}** | | |", tr!(language, group.heading())));
        for pair in commands.chunks(2) {
            let mut row: Vec<String> = pair.iter().map(cells).collect();
            row.resize(2, "|".to_owned());
            rows.push(row.join(" | "));
        }
    }
    format!("{head}| {} |\n", rows.join(" |\n| "))
}

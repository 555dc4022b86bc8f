//! The manual pages, in both languages, from the same table of arguments as the help.

use std::{collections::BTreeMap, fs, io, path::Path};

use clap::{Arg, ArgAction, Command};

use super::words;
use crate::{app::Language, tr};

/// Every page by its place below a folder of manuals: `man1/…` in English, `zh_CN/man1/…` in Chinese;
/// one of the program, and one of each command that the help names.
pub fn pages() -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    for (language, folder) in [(Language::English, "man1"), (Language::Chinese, "zh_CN/man1")] {
        let mut program = words::command(language);
        // Hands the options that hold everywhere down to each command.
        program.build();
        let mut add = |name: &str, text| pages.insert(format!("{folder}/{name}.1"), text);
        add(words::NAME, page(&program, words::NAME, language));
        for command in told_commands(&program) {
            let name = format!("{}-{}", words::NAME, command.get_name());
            let text = page(command, &name, language);
            add(&name, text);
        }
    }
    pages
}

/// Writes every page below a folder that is there, and the folders between.
///
/// # Errors
/// What the system says when a folder or a file cannot be written.
pub fn write(folder: &Path) -> io::Result<()> {
    // A name that was misspelt is told and not made.
    fs::read_dir(folder)?;
    for (place, text) in pages() {
        let file = folder.join(place);
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(file, text)?;
    }
    Ok(())
}

fn told_commands(command: &Command) -> impl Iterator<Item = &Command> {
    command.get_subcommands().filter(|sub| !sub.is_hide_set())
}

fn page(command: &Command, name: &str, language: Language) -> String {
    let is_program = name == words::NAME;
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let mut roff = Roff::titled(name, &tr!(language, "manual.title"));
    roff.section(&tr!(language, "manual.name"));
    let whatis = if is_program { tr!(language, "manual.whatis") } else { about.clone() };
    roff.line(&format!("{} \\- {}", escaped(name), escaped(clause(&whatis))));
    roff.section(&tr!(language, "manual.synopsis"));
    for line in usage(command) {
        roff.line(&plain(&line));
        roff.line(".br");
    }
    roff.section(&tr!(language, "manual.description"));
    roff.line(&plain(&about));
    let (places, options): (Vec<&Arg>, Vec<&Arg>) =
        command.get_arguments().filter(|arg| !arg.is_hide_set()).partition(|a| a.is_positional());
    for (heading, args) in [("cli.arguments", places), ("cli.options", options)] {
        if args.is_empty() {
            continue;
        }
        roff.section(&tr!(language, heading).to_uppercase());
        for arg in args {
            roff.item(&called(arg), &arg.get_help().map(ToString::to_string).unwrap_or_default());
        }
    }
    if is_program {
        roff.section(&tr!(language, "cli.commands").to_uppercase());
        for sub in told_commands(command) {
            let about = sub.get_about().map(ToString::to_string).unwrap_or_default();
            roff.item(
                &format!("\\fB{}\\fR(1)", plain(&format!("{name}-{}", sub.get_name()))),
                &about,
            );
        }
        roff.section(&tr!(language, "manual.files"));
        roff.item(&italic("~/.config/jintu/settings.json"), &tr!(language, "manual.settings"));
        roff.item(&italic("~/.cache/jintu"), &tr!(language, "manual.cache"));
    }
    roff.section(&tr!(language, "manual.exit"));
    for (code, told) in [
        ("0", tr!(language, "manual.exit_done")),
        ("1", tr!(language, "manual.exit_data")),
        ("2", tr!(language, "manual.exit_usage")),
    ] {
        roff.item(&bold(code), &told);
    }
    if !is_program {
        roff.section(&tr!(language, "manual.see_also"));
        roff.line(&format!("{}(1)", bold(words::NAME)));
    }
    roff.text
}

/// How a command is called, without the word before it.
fn usage(command: &Command) -> Vec<String> {
    let told = command.clone().render_usage().to_string();
    let told = told.split_once(": ").map_or(told.as_str(), |(_, rest)| rest);
    told.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// An argument as it is typed: names in bold, what the user puts there in italics.
fn called(arg: &Arg) -> String {
    let short = arg.get_short().map(|c| bold(&format!("-{c}")));
    let long = arg.get_long().map(|name| bold(&format!("--{name}")));
    let names: Vec<String> = short.into_iter().chain(long).collect();
    let takes_value = arg.is_positional() || arg.get_action().takes_values();
    let values = arg.get_value_names().unwrap_or_default().iter().filter(|_| takes_value);
    let mut parts = vec![names.join(", ")];
    parts.extend(values.map(|value| italic(value)));
    parts.retain(|part| !part.is_empty());
    let again = if matches!(arg.get_action(), ArgAction::Append) { " ..." } else { "" };
    format!("{}{again}", parts.join(" "))
}

/// A page as it grows.
struct Roff {
    text: String,
}

impl Roff {
    /// The head: the name in capitals, and at the foot the program with its commit and date.
    fn titled(name: &str, title: &str) -> Self {
        let source = format!("{} {}", words::NAME, env!("JINTU_VERSION"));
        let [name, source, title] = [name.to_uppercase().as_str(), &source, title].map(escaped);
        // man-db takes a page for UTF-8 at once; it is set at the left, since nothing can be put
        // between two characters of Chinese: `AD` says so from groff 1.23 on, `.ad` before.
        let text = format!(
            "'\\\" -*- coding: UTF-8 -*-\n.ds AD l\n.TH \"{name}\" 1 \"\" \"{source}\" \"{title}\"\n\
             .ad l\n.nh\n"
        );
        Self { text }
    }

    /// A line as it is.
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// `whatis` looks for the heading of the name as it is: nothing may stand in it.
    fn section(&mut self, title: &str) {
        self.line(&format!(".SH \"{title}\""));
    }

    /// A tag, and what it means.
    fn item(&mut self, tag: &str, text: &str) {
        self.line(".TP");
        self.line(tag);
        self.line(&plain(text));
    }
}

fn bold(text: &str) -> String {
    format!("\\fB{}\\fR", plain(text))
}

fn italic(text: &str) -> String {
    format!("\\fI{}\\fR", plain(text))
}

/// The first clause of what a command does, for the line that `whatis` shows.
fn clause(text: &str) -> &str {
    text.split(['：', '；', '，', '（', ':', ';']).next().unwrap_or(text).trim_end()
}

/// Text of which no character means anything to roff, in one line.
fn escaped(text: &str) -> String {
    let start = if text.starts_with('.') { "\\&" } else { "" };
    let escape = |escaped: &mut String, c: char| match c {
        '\\' => escaped.push_str("\\e"),
        '-' => escaped.push_str("\\-"),
        '\'' => escaped.push_str("\\(aq"),
        '"' => escaped.push_str("\\(dq"),
        '`' => escaped.push_str("\\(ga"),
        '^' => escaped.push_str("\\(ha"),
        '~' => escaped.push_str("\\(ti"),
        '\n' | '\r' | '\t' => escaped.push(' '),
        _ => escaped.push(c),
    };
    text.chars().fold(start.to_owned(), |mut all, c| {
        escape(&mut all, c);
        all
    })
}

/// The same, with places between characters of Chinese where a line may end: roff by itself breaks
/// at blanks only. `whatis` would show them.
fn plain(text: &str) -> String {
    let mut pieces = vec![String::new()];
    let mut before = ' ';
    for c in text.chars() {
        if may_break(before, c) {
            pieces.push(String::new());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
        before = c;
    }
    pieces.iter().map(|piece| escaped(piece)).collect::<Vec<_>>().join("\\:")
}

/// Whether a line may end between two characters: at one of Chinese, but not before what closes nor
/// after what opens.
fn may_break(before: char, after: char) -> bool {
    /// Chinese characters and signs, and their full-width forms (Unicode's blocks).
    const fn is_wide(c: char) -> bool {
        matches!(c, '\u{3000}'..='\u{303F}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}')
    }
    const CLOSING: &str = "，。、；：？！）》」』】”’…,.;:?!)]}";
    const OPENING: &str = "（《「『【“‘([{";
    let beside_wide = is_wide(before) || is_wide(after);
    beside_wide
        && ![before, after].contains(&' ')
        && !CLOSING.contains(after)
        && !OPENING.contains(before)
}

//! The numbers that paragraphs show (ECMA-376 part 1, 17.9): a list, its levels, and how far each
//! has counted.

use std::collections::{HashMap, HashSet};

use super::{number_format::shown_number, styles::Styles};
use crate::store::layers::markup::{Mark, Markup};

/// Levels of a list.
const LEVELS: usize = 9;
/// Lists of a document; Word copies them without need.
const MOST_LISTS: usize = 50_000;

/// A level of a list as it is defined.
#[derive(Debug, Clone)]
struct Level {
    start: u32,
    format: String,
    /// `%1、`, `(%2)`, `%1.%2`.
    text: String,
    /// What parts the number from the words.
    suffix: Suffix,
    /// Numbers of higher levels are shown in digits.
    is_legal: bool,
    /// The level after which it starts again, counted from 1; 0 for never.
    restart: Option<usize>,
    /// The style that stands for this level.
    style: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Suffix {
    Gap,
    Nothing,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 1,
            format: "decimal".to_owned(),
            text: String::new(),
            suffix: Suffix::Gap,
            is_legal: false,
            restart: None,
            style: None,
        }
    }
}

#[derive(Debug, Default)]
struct Definition {
    levels: [Option<Level>; LEVELS],
    /// It is defined by the list of a style.
    style_link: Option<String>,
}

/// A list that paragraphs name.
#[derive(Debug, Default)]
struct List {
    definition: String,
    starts: [Option<u32>; LEVELS],
    levels: [Option<Level>; LEVELS],
}

/// Lists, and how far they have counted.
#[derive(Debug, Default)]
pub struct Numbering {
    definitions: HashMap<String, Definition>,
    lists: HashMap<String, List>,
    /// By definition: lists of one definition count on together.
    counts: HashMap<String, [Option<u32>; LEVELS]>,
    /// Lists whose own starts have been used.
    started: HashSet<(String, usize)>,
}

impl Numbering {
    /// Reads `numbering.xml`; what is damaged in it is as if it were not there.
    pub fn read(bytes: &[u8], styles: &Styles) -> Self {
        let mut own = Self::default();
        let mut text = Markup::new(bytes, bytes);
        let mut definition: Option<(String, Definition)> = None;
        let mut list: Option<(String, List)> = None;
        let mut level: Option<(usize, Level)> = None;
        let mut at_override = 0;
        while let Ok(mark) = text.next() {
            match mark {
                Mark::Open(name) => {
                    let value = text.attribute("val").unwrap_or_default();
                    let own_level = || text.attribute("ilvl").and_then(|v| v.parse().ok());
                    match name.as_str() {
                        "abstractNum" => {
                            let id = text.attribute("abstractNumId").unwrap_or_default();
                            definition = Some((id.to_owned(), Definition::default()));
                        }
                        "numStyleLink" => {
                            if let Some((_, open)) = &mut definition {
                                open.style_link = Some(value.to_owned());
                            }
                        }
                        "num" => {
                            let id = text.attribute("numId").unwrap_or_default();
                            list = Some((id.to_owned(), List::default()));
                        }
                        "abstractNumId" => {
                            if let Some((_, open)) = &mut list {
                                value.clone_into(&mut open.definition);
                            }
                        }
                        "lvlOverride" => at_override = own_level().unwrap_or(LEVELS),
                        "startOverride" => {
                            let start = value.parse().ok();
                            if let Some((_, open)) = &mut list
                                && let Some(place) = open.starts.get_mut(at_override)
                            {
                                *place = start;
                            }
                        }
                        "lvl" => level = own_level().map(|n| (n, Level::default())),
                        other => {
                            if let Some((_, open)) = &mut level {
                                open.take(other, value);
                            }
                        }
                    }
                }
                Mark::Close(name) => match name.as_str() {
                    "lvl" => {
                        let levels = match (&mut list, &mut definition) {
                            (Some((_, open)), _) => Some(&mut open.levels),
                            (None, Some((_, open))) => Some(&mut open.levels),
                            (None, None) => None,
                        };
                        if let (Some((n, done)), Some(levels)) = (level.take(), levels)
                            && let Some(place) = levels.get_mut(n)
                        {
                            *place = Some(done);
                        }
                    }
                    "abstractNum" if own.definitions.len() < MOST_LISTS => {
                        own.definitions.extend(definition.take());
                    }
                    "num" if own.lists.len() < MOST_LISTS => own.lists.extend(list.take()),
                    _ => {}
                },
                Mark::End => break,
            }
        }
        own.follow_links(styles);
        own
    }

    /// A definition that only names a style is that of the style's list.
    fn follow_links(&mut self, styles: &Styles) {
        let linked: Vec<(String, String)> = self
            .definitions
            .iter()
            .filter_map(|(id, own)| {
                let (list, _) = styles.list(Some(own.style_link.as_deref()?))?;
                let definition = &self.lists.get(list)?.definition;
                (definition != id).then(|| (id.clone(), definition.clone()))
            })
            .collect();
        for list in self.lists.values_mut() {
            if let Some((_, other)) = linked.iter().find(|(id, _)| *id == list.definition) {
                list.definition.clone_from(other);
            }
        }
    }

    /// Counts a paragraph of a list and answers the number that it shows, with what parts it from
    /// the words; empty for a list that is not defined.
    pub fn next(&mut self, list: &str, level: Option<usize>, style: Option<&str>) -> String {
        let Some(own) = self.lists.get(list) else { return String::new() };
        let definition = self.definitions.get(&own.definition);
        let level_of = |n: usize| {
            let overridden = own.levels.get(n).and_then(Option::as_ref);
            overridden.or_else(|| definition?.levels.get(n)?.as_ref())
        };
        // A style may stand for a level without saying which.
        let by_style = || {
            let style = style?;
            (0..LEVELS).find(|n| level_of(*n).is_some_and(|l| l.style.as_deref() == Some(style)))
        };
        let at = level.or_else(by_style).unwrap_or(0).min(LEVELS - 1);
        let Some(shown) = level_of(at) else { return String::new() };

        let counts = self.counts.entry(own.definition.clone()).or_default();
        let start_of = |n: usize| level_of(n).map_or(1, |l| l.start);
        let own_start = own.starts.get(at).copied().flatten();
        let is_first = self.started.insert((list.to_owned(), at));
        if let Some(place) = counts.get_mut(at) {
            *place = Some(match (own_start, *place) {
                (Some(start), _) if is_first => start,
                (_, Some(count)) => count.saturating_add(1),
                (start, None) => start.unwrap_or_else(|| start_of(at)),
            });
        }
        for (n, place) in counts.iter_mut().enumerate().skip(at + 1) {
            let restarts = level_of(n).and_then(|l| l.restart).is_none_or(|r| r > at);
            if restarts {
                *place = None;
            }
        }
        let number = |n: usize| counts.get(n).copied().flatten().unwrap_or_else(|| start_of(n));
        let format = |n: usize| match level_of(n) {
            Some(_) if shown.is_legal => "decimal",
            Some(own) => own.format.as_str(),
            None => "decimal",
        };
        shown.words(&number, &format)
    }
}

impl Level {
    fn take(&mut self, name: &str, value: &str) {
        match name {
            "start" => self.start = value.parse().unwrap_or(1),
            "numFmt" => value.clone_into(&mut self.format),
            "lvlText" => value.clone_into(&mut self.text),
            "suff" => {
                self.suffix = if value == "nothing" { Suffix::Nothing } else { Suffix::Gap };
            }
            "isLgl" => self.is_legal = !matches!(value, "0" | "false" | "off"),
            "lvlRestart" => self.restart = value.parse().ok(),
            "pStyle" => self.style = Some(value.to_owned()),
            _ => {}
        }
    }

    fn words<'f>(
        &self,
        number: &impl Fn(usize) -> u32,
        format: &impl Fn(usize) -> &'f str,
    ) -> String {
        if self.format == "bullet" {
            // What symbol fonts show has no meaning as a character.
            return if self.text.trim().is_empty() { String::new() } else { "● ".to_owned() };
        }
        let mut words = String::new();
        let mut signs = self.text.chars().peekable();
        while let Some(sign) = signs.next() {
            let level = (sign == '%').then(|| signs.peek()?.to_digit(10)).flatten();
            match level.and_then(|n| (n as usize).checked_sub(1)) {
                Some(level) if level < LEVELS => {
                    signs.next();
                    words.push_str(&shown_number(number(level), format(level)));
                }
                _ => words.push(sign),
            }
        }
        let is_closed = words.ends_with(['、', ')', '）', '.', '．', '。', '：', ':']);
        if !words.is_empty() && self.suffix == Suffix::Gap && !is_closed {
            words.push(' ');
        }
        words
    }
}

//! Styles of paragraphs (ECMA-376 part 1, 17.7), as far as numbers and contents hang on them.

use std::collections::HashMap;

use crate::store::layers::markup::{Mark, Markup};

/// What is used of a style.
#[derive(Debug, Clone, Default)]
struct Style {
    based_on: Option<String>,
    name: String,
    list: Option<String>,
    level: Option<usize>,
}

#[derive(Debug, Default)]
pub struct Styles {
    by_id: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Option<String>,
}

/// Styles that build on each other.
const MOST_DEEP: usize = 32;
/// A document has a few hundred.
const MOST: usize = 20_000;

impl Styles {
    /// Reads `styles.xml`; what is damaged in it is as if it were not there.
    pub fn read(bytes: &[u8]) -> Self {
        let mut own = Self::default();
        let mut text = Markup::new(bytes, bytes);
        let mut open: Option<(String, Style)> = None;
        while let Ok(mark) = text.next() {
            let value = |text: &Markup<&[u8]>| text.attribute("val").map(str::to_owned);
            match mark {
                Mark::Open(name) => match (name.as_str(), &mut open) {
                    ("style", _) => {
                        let id = text.attribute("styleId").unwrap_or_default().to_owned();
                        let is_on = |v: &str| matches!(v, "1" | "true" | "on");
                        let is_default = text.attribute("default").is_some_and(is_on);
                        if is_default && text.attribute("type") == Some("paragraph") {
                            own.default = Some(id.clone());
                        }
                        open = Some((id, Style::default()));
                    }
                    ("name", Some((_, style))) => {
                        style.name = value(&text).unwrap_or_default().to_lowercase();
                    }
                    ("basedOn", Some((_, style))) => style.based_on = value(&text),
                    ("numId", Some((_, style))) => style.list = value(&text),
                    ("ilvl", Some((_, style))) => {
                        style.level = value(&text).and_then(|v| v.parse().ok());
                    }
                    _ => {}
                },
                Mark::Close(name) if name == "style" => {
                    if own.by_id.len() < MOST
                        && let Some((id, style)) = open.take()
                    {
                        own.by_id.insert(id, style);
                    }
                }
                Mark::Close(_) => {}
                Mark::End => break,
            }
        }
        own
    }

    /// The list and the level that a style gives to its paragraphs. `None` as a style stands for
    /// paragraphs that name none.
    pub fn list(&self, style: Option<&str>) -> Option<(&str, Option<usize>)> {
        let mut level = None;
        for own in self.line(style) {
            level = level.or(own.level);
            if let Some(list) = &own.list {
                return Some((list, level));
            }
        }
        None
    }

    /// Whether a style is one of a table of contents.
    pub fn is_contents(&self, style: Option<&str>) -> bool {
        self.line(style).any(|own| {
            let words = own.name.trim();
            let rest = words.strip_prefix("toc").unwrap_or("-").trim();
            !words.is_empty()
                && rest.bytes().all(|b| b.is_ascii_digit())
                && words.starts_with("toc")
        })
    }

    /// A style and those that it builds on.
    fn line(&self, style: Option<&str>) -> impl Iterator<Item = &Style> {
        let first = style.or(self.default.as_deref()).and_then(|id| self.by_id.get(id));
        std::iter::successors(first, |own| self.by_id.get(own.based_on.as_deref()?)).take(MOST_DEEP)
    }
}

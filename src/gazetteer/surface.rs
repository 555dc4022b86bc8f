//! Names as they stand in a text: every place where one of many occurs.

use std::{collections::BTreeMap, ops::Range};

/// Many names, each with the numbers of what it may mean.
#[derive(Debug, Default)]
pub struct SurfaceIndex {
    /// By first character; longest first, then in order of the characters.
    by_first: BTreeMap<char, Vec<Surface>>,
}

/// One way of writing.
#[derive(Debug)]
pub struct Surface {
    pub text: String,
    /// Sorted, each once.
    pub meanings: Vec<usize>,
}

/// A name found in a text.
#[derive(Debug, Clone)]
pub struct Found<'a> {
    /// Bytes of the text.
    pub range: Range<usize>,
    pub surface: &'a Surface,
}

impl SurfaceIndex {
    /// Names with the number of what they mean. Empty names are left out.
    pub fn new(names: impl IntoIterator<Item = (String, usize)>) -> Self {
        let mut meanings: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (name, meaning) in names {
            meanings.entry(name).or_default().push(meaning);
        }
        let mut by_first: BTreeMap<char, Vec<Surface>> = BTreeMap::new();
        for (text, mut meanings) in meanings {
            meanings.sort_unstable();
            meanings.dedup();
            if let Some(first) = text.chars().next() {
                by_first.entry(first).or_default().push(Surface { text, meanings });
            }
        }
        for surfaces in by_first.values_mut() {
            surfaces.sort_by_key(|surface| std::cmp::Reverse(surface.text.len()));
        }
        Self { by_first }
    }

    /// Names in the text that pass, none overlapping another, in order. Of overlapping ones the
    /// longer wins, then the earlier.
    pub fn longest(&self, text: &str, accept: impl Fn(&Found<'_>) -> bool) -> Vec<Found<'_>> {
        let mut all: Vec<Found<'_>> = text
            .char_indices()
            .flat_map(|(at, first)| self.at(text, at, first))
            .filter(accept)
            .collect();
        all.sort_by_key(|found| (std::cmp::Reverse(found.range.len()), found.range.start));
        let mut kept: Vec<Found<'_>> = Vec::new();
        for found in all {
            let free = |other: &Found<'_>| {
                found.range.end <= other.range.start || other.range.end <= found.range.start
            };
            if kept.iter().all(free) {
                kept.push(found);
            }
        }
        kept.sort_by_key(|found| found.range.start);
        kept
    }

    fn at<'a>(&'a self, text: &str, at: usize, first: char) -> Vec<Found<'a>> {
        let rest = text.get(at..).unwrap_or_default();
        self.by_first
            .get(&first)
            .into_iter()
            .flatten()
            .filter(|surface| rest.starts_with(&surface.text))
            .map(|surface| Found { range: at..at + surface.text.len(), surface })
            .collect()
    }
}

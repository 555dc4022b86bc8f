//! What was recognised, as it is marked in the plan's text and beside its scroll bar.

use egui::Color32;

use crate::{
    app::review::{ReviewRow, Stage, Told},
    plan::Certainty,
    theme::{Theme, Tone},
    units::TextRange,
};

/// The words of one project.
#[derive(Debug, Clone, Copy)]
pub struct Item {
    pub words: TextRange,
    pub name: Option<TextRange>,
    pub tone: Tone,
    /// It is no longer in the list.
    pub is_out: bool,
}

/// What is marked; nothing outside the review.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    /// By their starts.
    items: Vec<Item>,
    figures: Vec<TextRange>,
}

/// The colour that tells how one was told.
pub const fn tone(row: &ReviewRow) -> Tone {
    match (&row.stage, row.told) {
        (Stage::Skipped(_) | Stage::Merged { .. }, _) => Tone::Out,
        (_, Told::Listed | Told::Table) => Tone::Listed,
        (_, Told::Text | Told::Proposed(Certainty::High)) => Tone::Sure,
        (_, Told::Proposed(Certainty::Middle)) => Tone::Likely,
        (_, Told::Proposed(Certainty::Low)) => Tone::Doubtful,
        (_, Told::Hand) => Tone::ByHand,
    }
}

impl Marks {
    /// Of the rows of the review, which stand in the order of the text.
    pub fn of(rows: &[ReviewRow]) -> Self {
        let item = |row: &ReviewRow| {
            let (tone, is_out) = (tone(row), tone(row) == Tone::Out);
            Some(Item { words: row.words?, name: row.name_at, tone, is_out })
        };
        let mut figures: Vec<TextRange> =
            rows.iter().flat_map(|row| row.figures.iter().copied()).collect();
        figures.sort_unstable_by_key(|range| (range.start, range.end));
        figures.dedup();
        Self { items: rows.iter().filter_map(item).collect(), figures }
    }

    pub const fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Those that reach into a range of the text.
    pub fn items_in(&self, range: TextRange) -> Vec<Item> {
        let before = self.items.partition_point(|item| item.words.start < range.end);
        let early = self.items.get(..before).unwrap_or_default();
        early.iter().filter(|item| item.words.end > range.start).copied().collect()
    }

    /// Figures in a range of the text.
    pub fn figures_in(&self, range: TextRange) -> Vec<TextRange> {
        let first = self.figures.partition_point(|figure| figure.start < range.start);
        let rest = self.figures.get(first..).unwrap_or_default().iter();
        rest.take_while(|figure| figure.start < range.end).copied().collect()
    }

    /// The shortest of some whose words hold a piece.
    pub fn innermost(items: &[Item], piece: TextRange) -> Option<Item> {
        let holding = items.iter().filter(|item| item.words.contains(piece));
        holding.min_by_key(|item| item.words.end - item.words.start).copied()
    }

    /// The ground of a piece; `None` where nothing is marked.
    pub fn ground(
        items: &[Item],
        figures: &[TextRange],
        piece: TextRange,
        theme: Theme,
    ) -> Option<Color32> {
        let item = Self::innermost(items, piece)?;
        let in_figure = figures.iter().any(|range| range.contains(piece));
        let strength = if in_figure { 0.26 } else { 0.11 };
        Some(theme.tone(item.tone).gamma_multiply(strength))
    }
}

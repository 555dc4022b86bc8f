//! Paragraphs of the plan's text with what is marked in them.

use egui::{
    Color32,
    text::{LayoutJob, TextFormat},
};

use super::{
    paragraph::{Set, gap, measure},
    plan_marks::Marks,
};
use crate::{
    app::State,
    catalogue::Project,
    plan::{NodeKind, Plan},
    theme::{self, Theme},
    units::TextRange,
};

/// A paragraph of the text.
pub struct Block {
    pub range: TextRange,
    pub set: Set,
    /// The words that head it, where it goes on after them.
    head: Option<TextRange>,
    /// Positions in the plan's sentences.
    sentences: Vec<usize>,
}

/// Splits a plan's text.
pub fn blocks(plan: &Plan) -> Vec<Block> {
    plan.text
        .paragraphs()
        .iter()
        .map(|range| {
            let in_box = plan.boxes.iter().any(|b| b.range.contains(*range));
            let node = plan
                .outline
                .nodes()
                .iter()
                .find(|node| node.kind != NodeKind::Paragraph && range.contains(node.heading));
            // A heading may be a paragraph of its own or the first words of one.
            let alone = node.is_some_and(|node| {
                range.end - range.start <= node.heading.end - node.heading.start + 4
            });
            let set = match node.map(|node| node.kind) {
                _ if in_box => Set::Box,
                Some(NodeKind::Chapter) => Set::Chapter,
                Some(NodeKind::Section | NodeKind::Item) if alone => Set::Heading,
                _ => Set::Body,
            };
            let head = node.filter(|_| set == Set::Body).map(|node| node.heading);
            let sentences = sentences_in(plan, *range).collect();
            Block { range: *range, set, head, sentences }
        })
        .collect()
}

/// Whether each sentence names a project.
pub fn named(state: &State) -> Vec<bool> {
    let plan = &state.catalogue.plan;
    let mut named = vec![false; plan.sentences.len()];
    for words in state.catalogue.each_project().flat_map(Project::mentions) {
        for i in sentences_in(plan, words) {
            if let Some(flag) = named.get_mut(i) {
                *flag = true;
            }
        }
    }
    named
}

/// Positions of the sentences that reach into a range.
fn sentences_in(plan: &Plan, range: TextRange) -> impl Iterator<Item = usize> {
    let first = plan.sentences.partition_point(|sentence| sentence.range.end <= range.start);
    let rest = plan.sentences.iter().enumerate().skip(first);
    let inside = rest.take_while(move |(_, sentence)| sentence.range.start < range.end);
    inside.filter(move |(_, sentence)| sentence.range.overlaps(range)).map(|(i, _)| i)
}

/// What is marked in the text besides what is selected.
pub struct Marked<'a> {
    /// Whether each sentence names a project.
    pub named: &'a [bool],
    /// The place that was found and is shown, and all of them.
    pub found: (Option<TextRange>, &'a [TextRange]),
    /// Words that are being chosen.
    pub chosen: Option<TextRange>,
    /// What was recognised, in the review.
    pub marks: &'a Marks,
}

/// The paragraph with its marks; for each sentence its range of characters.
pub fn lay_out(
    block: &Block,
    state: &State,
    marked: &Marked<'_>,
    width: f32,
) -> (LayoutJob, Vec<(usize, std::ops::Range<usize>)>) {
    let plan = &state.catalogue.plan;
    let theme = Theme::of(state.settings.mode);
    let (points, line) = measure(block.set);
    let bold = matches!(block.set, Set::Chapter | Set::Heading);
    let selected: Vec<TextRange> = state
        .selected
        .iter()
        .filter_map(|id| state.catalogue.project(id))
        .flat_map(Project::mentions)
        .collect();
    let asked = state.words.map(|words| words.range);
    let (found_here, found) = marked.found;
    let copied = marked.chosen;
    let items = marked.marks.items_in(block.range);
    let figures = marked.marks.figures_in(block.range);
    // Places are sorted: those of the paragraph are a slice.
    let first = found.partition_point(|place| place.end <= block.range.start);
    let found: Vec<TextRange> = found
        .get(first..)
        .unwrap_or_default()
        .iter()
        .take_while(|place| place.start < block.range.end)
        .copied()
        .collect();
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    let mut spans = Vec::new();
    let mut characters = 0;
    let names = items.iter().flat_map(|item| item.name.iter().chain([&item.words]));
    let ranges = selected.iter().chain(&asked).chain(&block.head).chain(&found).chain(&copied);
    let cuts = cuts(block, plan, ranges.chain(names).chain(&figures));
    for pair in cuts.windows(2) {
        let [start, end] = *pair else { continue };
        let piece = TextRange { start, end };
        let words = plan.text.slice(piece);
        let sentence = block
            .sentences
            .iter()
            .copied()
            .find(|&i| plan.sentences.get(i).is_some_and(|s| s.range.contains(piece)));
        let is_named = sentence.is_some_and(|s| marked.named.get(s).copied().unwrap_or(false));
        let is_selected = selected.iter().any(|range| range.contains(piece));
        let is_asked = asked.is_some_and(|range| range.contains(piece));
        // In the review the words keep the look of how they were told.
        let stands_out = is_asked && marked.marks.is_empty();
        let in_head = block.head.is_some_and(|head| head.contains(piece));
        let is_found = found.iter().any(|range| range.contains(piece));
        let is_here = found_here.is_some_and(|range| range.contains(piece));
        let ground = if copied.is_some_and(|range| range.contains(piece)) {
            theme.accent().gamma_multiply(0.45)
        } else if is_here {
            theme.accent().gamma_multiply(0.7)
        } else if is_found {
            theme.accent().gamma_multiply(0.3)
        } else if is_selected || is_asked {
            theme.selection()
        } else {
            Marks::ground(&items, &figures, piece, theme).unwrap_or(Color32::TRANSPARENT)
        };
        let in_name = items.iter().any(|item| item.name.is_some_and(|own| own.contains(piece)));
        let in_figure = figures.iter().any(|range| range.contains(piece));
        let item = Marks::innermost(&items, piece);
        let underline = match item {
            Some(item) if in_figure || in_name => {
                egui::Stroke::new(if in_figure { 2.0 } else { 1.0 }, theme.tone(item.tone))
            }
            None if is_named && marked.marks.is_empty() => {
                egui::Stroke::new(1.0, theme.accent().gamma_multiply(0.35))
            }
            _ => egui::Stroke::NONE,
        };
        let strikethrough = match item {
            Some(item) if item.is_out => egui::Stroke::new(1.0, theme.muted()),
            _ => egui::Stroke::NONE,
        };
        let ink = match () {
            () if is_here => theme.on_accent(),
            () if stands_out => theme.accent(),
            () => theme.ink(),
        };
        job.append(
            words,
            0.0,
            TextFormat {
                font_id: theme::font(points, bold || stands_out || in_head || in_name),
                color: ink,
                background: ground,
                underline,
                strikethrough,
                line_height: Some(line),
                ..TextFormat::default()
            },
        );
        let end = characters + words.chars().count();
        spans.extend(sentence.map(|sentence| (sentence, characters..end)));
        characters = end;
    }
    (job, spans)
}

/// Where a paragraph is cut into pieces that look the same: at the ends of sentences and ranges.
fn cuts<'a>(
    block: &'a Block,
    plan: &'a Plan,
    ranges: impl Iterator<Item = &'a TextRange>,
) -> Vec<usize> {
    let mut cuts: Vec<usize> = vec![block.range.start, block.range.end];
    let own = block.sentences.iter().filter_map(|&i| plan.sentences.get(i));
    for range in own.map(|sentence| &sentence.range).chain(ranges) {
        cuts.extend([range.start, range.end]);
    }
    cuts.retain(|cut| (block.range.start..=block.range.end).contains(cut));
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}

/// A height from the number of characters, replaced by the real one once it is seen.
pub fn estimate(state: &State, block: &Block, width: f32) -> f32 {
    let characters = state.catalogue.plan.text.slice(block.range).chars().count() as f32;
    let (points, line) = measure(block.set);
    (characters * points / width).ceil().max(1.0) * line + gap(block.set)
}

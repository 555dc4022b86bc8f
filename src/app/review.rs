//! What was recognised in a plan, looked at one by one: the list, how each was told, what is left.

use std::sync::Arc;

use super::{Language, message::Message, tell_review, workbook::OpenWorkbook};
use crate::{
    book::{Mark, Origin, ProjectRecord},
    catalogue::{Catalogue, Project, ProjectOrigin, id_order},
    diagnostics::{Diagnostic, Location},
    plan::{Certainty, Ground, Plan},
    units::TextRange,
};

/// The review, while it is open.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Review {
    pub showing: Showing,
    /// The id of the one that is looked at.
    pub at: Option<String>,
    /// In the order of the text. Made anew when the workbook changes.
    pub rows: Arc<[ReviewRow]>,
    /// What the reader of the plan did not understand.
    pub findings: Arc<[Finding]>,
}

/// Which of the list are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Showing {
    #[default]
    All,
    Waiting,
    Unsure,
    NotUnderstood,
}

impl Showing {
    pub const ALL: [Self; 4] = [Self::All, Self::Waiting, Self::Unsure, Self::NotUnderstood];

    /// The key of its name in the locale files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "review.all",
            Self::Waiting => "review.waiting",
            Self::Unsure => "review.unsure",
            Self::NotUnderstood => "review.not_understood",
        }
    }
}

/// What was decided of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Nobody has looked at it.
    Waiting,
    Accepted(Mark),
    Skipped(Mark),
    /// It is the same work as another.
    Merged {
        into: String,
        mark: Mark,
    },
    /// Somebody set it down.
    ByHand(Mark),
}

/// How one was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// An item of a box.
    Listed,
    /// In the running text, curated with the program.
    Text,
    /// Proposed from the running text.
    Proposed(Certainty),
    /// A row of a table.
    Table,
    /// Somebody marked its words, or set it down.
    Hand,
}

impl Told {
    /// Of a project of a plan.
    pub fn of(project: &Project, plan: &Plan) -> Self {
        let by_hand = project.marked.is_some() || project.origin == ProjectOrigin::Hand;
        match (project.origin, project.certainty) {
            _ if by_hand => Self::Hand,
            (ProjectOrigin::Table, _) => Self::Table,
            (_, Some(certainty)) => Self::Proposed(certainty),
            _ => Self::of_place(plan, project.words),
        }
    }

    fn of_record(record: &ProjectRecord, plan: &Plan, words: Option<TextRange>) -> Self {
        let certainty = record.text("certainty").and_then(Certainty::from_key);
        match (&record.origin, certainty) {
            _ if record.marked.is_some() => Self::Hand,
            (Origin::Hand(_), _) => Self::Hand,
            (Origin::Table { .. }, _) => Self::Table,
            (Origin::Plan { .. }, Some(certainty)) => Self::Proposed(certainty),
            (Origin::Plan { .. }, None) => {
                words.map_or(Self::Text, |words| Self::of_place(plan, words))
            }
        }
    }

    fn of_place(plan: &Plan, words: TextRange) -> Self {
        let in_box = plan.boxes.iter().any(|own| own.range.contains(words));
        if in_box { Self::Listed } else { Self::Text }
    }

    /// Whether it is not sure that there is such a project.
    pub const fn is_unsure(self) -> bool {
        matches!(self, Self::Proposed(Certainty::Low | Certainty::Middle))
    }

    /// The key of its name in the locale files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Listed => "told.listed",
            Self::Text => "told.text",
            Self::Proposed(Certainty::High) => "told.high",
            Self::Proposed(Certainty::Middle) => "told.middle",
            Self::Proposed(Certainty::Low) => "told.low",
            Self::Table => "told.table",
            Self::Hand => "told.hand",
        }
    }
}

/// One of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewRow {
    pub id: String,
    pub name: String,
    pub stage: Stage,
    pub told: Told,
    pub ground: Option<Ground>,
    /// Its words in the text; `None` where it has none there.
    pub words: Option<TextRange>,
    /// Its name among them, where they have it.
    pub name_at: Option<TextRange>,
    /// Where its figures stand.
    pub figures: Vec<TextRange>,
}

/// Something of the plan that was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub what: crate::language::Bilingual,
    /// Where in the text, and on which line of the file; `None` for what is about the whole.
    pub at: Option<(TextRange, usize)>,
}

impl Review {
    /// Of the workbook as it is.
    pub(super) fn follow(
        &mut self,
        workbook: &OpenWorkbook,
        catalogue: &Catalogue,
        diagnostics: &[Diagnostic],
    ) {
        self.rows = rows(workbook, &catalogue.plan).into();
        self.findings = findings(diagnostics, &catalogue.plan).into();
        let is_there = |id: &String| self.rows.iter().any(|row| row.id == *id);
        self.at = self.at.take().filter(is_there);
    }

    /// How many somebody has looked at.
    pub fn reviewed(&self) -> usize {
        self.rows.iter().filter(|row| row.stage != Stage::Waiting).count()
    }

    /// Positions of the rows that are shown.
    pub fn shown(&self) -> Vec<usize> {
        let is_shown = |row: &ReviewRow| match self.showing {
            Showing::All => true,
            Showing::Waiting => row.stage == Stage::Waiting,
            Showing::Unsure => row.stage == Stage::Waiting && row.told.is_unsure(),
            Showing::NotUnderstood => false,
        };
        (0..self.rows.len()).filter(|i| self.rows.get(*i).is_some_and(is_shown)).collect()
    }

    /// How many a choice would show.
    pub fn count(&self, showing: Showing) -> usize {
        if showing == Showing::NotUnderstood {
            return self.findings.len();
        }
        let rows = self.rows.clone();
        Self { showing, rows, ..Self::default() }.shown().len()
    }

    /// What of the findings is shown, after the rows.
    pub fn findings_shown(&self) -> &[Finding] {
        match self.showing {
            Showing::All | Showing::NotUnderstood => &self.findings,
            Showing::Waiting | Showing::Unsure => &[],
        }
    }

    /// The row that is looked at.
    pub fn row(&self) -> Option<&ReviewRow> {
        let at = self.at.as_ref()?;
        self.rows.iter().find(|row| row.id == *at)
    }

    /// The row whose words hold a byte of the text: the shortest, where several do.
    pub fn row_at(&self, byte: usize) -> Option<&ReviewRow> {
        let holds = |row: &&ReviewRow| {
            row.words.is_some_and(|words| words.start <= byte && byte < words.end)
        };
        let length = |row: &&ReviewRow| row.words.map_or(0, |words| words.end - words.start);
        self.rows.iter().filter(holds).min_by_key(length)
    }

    /// So many rows further, among those that are shown.
    pub(super) fn further(&self, by: isize) -> Option<String> {
        let shown = self.shown();
        let place = |id: &String| {
            shown.iter().position(|i| self.rows.get(*i).is_some_and(|row| row.id == *id))
        };
        let to = match self.at.as_ref().and_then(place) {
            Some(now) => now.saturating_add_signed(by).min(shown.len().saturating_sub(1)),
            None if by < 0 => shown.len().saturating_sub(1),
            None => 0,
        };
        shown.get(to).and_then(|i| self.rows.get(*i)).map(|row| row.id.clone())
    }

    /// The next that nobody has looked at, from the one after this on and around; where there is
    /// none, the next of those that are shown.
    pub(super) fn next(&self) -> Option<String> {
        let shown = self.shown();
        let is_at = |i: &usize| self.rows.get(*i).map(|row| &row.id) == self.at.as_ref();
        let now = shown.iter().position(is_at).map_or(0, |now| now + 1);
        let around = shown.iter().cycle().skip(now).take(shown.len().saturating_sub(1));
        let waits = |row: &&ReviewRow| row.stage == Stage::Waiting;
        let next = around.filter_map(|i| self.rows.get(*i)).find(waits);
        next.map(|row| row.id.clone()).or_else(|| self.further(1))
    }
}

fn rows(workbook: &OpenWorkbook, plan: &Plan) -> Vec<ReviewRow> {
    let records = workbook.shown.records.all::<ProjectRecord>().0;
    let mut rows: Vec<ReviewRow> = records.iter().map(|record| row(record, plan)).collect();
    rows.sort_by_cached_key(|row| {
        (row.words.map_or(usize::MAX, |words| words.start), id_order(&row.id), row.id.clone())
    });
    rows
}

fn row(record: &ProjectRecord, plan: &Plan) -> ReviewRow {
    let at = |span| plan.text.text_range(span);
    let words = record.origin.span().and_then(at);
    let name = record.text("name").unwrap_or_default().to_owned();
    let stated = record.fields.get("name").and_then(|own| own.stated.as_ref());
    let stated = stated.and_then(|stated| stated.value.as_str()).unwrap_or_default();
    let name_at = words.filter(|_| !stated.is_empty()).and_then(|words| {
        let start = words.start + plan.text.slice(words).find(stated)?;
        Some(TextRange { start, end: start + stated.len() })
    });
    ReviewRow {
        id: record.id.clone(),
        name,
        stage: stage(record),
        told: Told::of_record(record, plan, words),
        ground: record.text("ground").and_then(Ground::from_key),
        words,
        name_at,
        figures: record.facts.iter().filter_map(|fact| at(fact.span)).collect(),
    }
}

fn stage(record: &ProjectRecord) -> Stage {
    if let Some(mark) = &record.removed {
        return Stage::Skipped(mark.clone());
    }
    if let Some(merged) = &record.merged {
        return Stage::Merged { into: merged.into.clone(), mark: merged.mark.clone() };
    }
    match (&record.marked, &record.reviewed, &record.origin) {
        (Some(mark), ..) | (_, _, Origin::Hand(mark)) => Stage::ByHand(mark.clone()),
        (_, Some(mark), _) => Stage::Accepted(mark.clone()),
        _ => Stage::Waiting,
    }
}

/// What the reader of the plan could not place, in the order of the file; how many more there are of
/// a kind comes last.
fn findings(diagnostics: &[Diagnostic], plan: &Plan) -> Vec<Finding> {
    let in_plan = |own: &&Diagnostic| matches!(own.location, Location::Plan { .. });
    let codes: Vec<&str> = diagnostics.iter().filter(in_plan).map(|own| own.code).collect();
    let finding = |own: &Diagnostic| {
        let at = match &own.location {
            Location::Plan { span, line, .. } => {
                plan.text.text_range(*span).map(|range| (range, *line))
            }
            Location::Whole if codes.contains(&own.code) => None,
            _ => return None,
        };
        Some(Finding { what: own.message.clone(), at })
    };
    diagnostics.iter().filter_map(finding).collect()
}

/// That a workbook was made of a plan, and what there is to be looked at.
pub(super) fn offer(workbook: &OpenWorkbook) -> Option<Message> {
    // Nothing was done yet but making it.
    if !workbook.is_writable() || workbook.shown.log.len() != 1 {
        return None;
    }
    let records = workbook.shown.records.all::<ProjectRecord>().0;
    let waiting: Vec<&ProjectRecord> = records.iter().filter(|own| own.awaits_review()).collect();
    let certainty = |own: &&&ProjectRecord| own.text("certainty").is_some_and(|key| key != "high");
    let unsure = waiting.iter().filter(certainty).count();
    (!waiting.is_empty())
        .then(|| Message::new(tell_review::Recognised { projects: waiting.len(), unsure }))
}

/// Which item of which box some words are; `None` where they are in none.
pub fn listed(plan: &Plan, words: TextRange, language: Language) -> Option<String> {
    tell_review::listed(plan, words, language)
}

/// Why a project is taken for one, as a sentence.
pub fn why(told: Told, ground: Option<Ground>, language: Language) -> String {
    tell_review::why(told, ground, language)
}

//! The project table: rows, columns and their order.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::{Language, text};
use crate::{
    catalogue::{Catalogue, Filter, Project, id_order},
    gazetteer::SortKey,
};

/// A column that can be sorted by.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    #[default]
    Id,
    Name,
    Kind,
    Counties,
    Investment,
    Length,
    Accuracy,
    Status,
    Regions,
    Tasks,
    /// Why it has no place on the map.
    Reason,
    /// From where the filter looks.
    Distance,
}

impl Column {
    pub const ALL: [Self; 12] = [
        Self::Id,
        Self::Name,
        Self::Kind,
        Self::Counties,
        Self::Investment,
        Self::Length,
        Self::Accuracy,
        Self::Status,
        Self::Regions,
        Self::Tasks,
        Self::Reason,
        Self::Distance,
    ];

    /// Those that are shown until the user chooses others.
    pub const USUAL: [Self; 7] = [
        Self::Id,
        Self::Name,
        Self::Kind,
        Self::Counties,
        Self::Investment,
        Self::Length,
        Self::Accuracy,
    ];

    /// The share of the width that it has until the user drags it.
    pub const fn usual_share(self) -> f32 {
        match self {
            Self::Id | Self::Length | Self::Accuracy | Self::Status | Self::Distance => 0.08,
            Self::Name => 0.33,
            Self::Counties | Self::Regions | Self::Reason => 0.22,
            Self::Kind | Self::Tasks => 0.10,
            Self::Investment => 0.11,
        }
    }

    /// The key of its heading in the locale files.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Id => "column.id",
            Self::Name => "column.name",
            Self::Kind => "column.kind",
            Self::Counties => "column.counties",
            Self::Investment => "column.investment",
            Self::Length => "column.length",
            Self::Accuracy => "column.accuracy",
            Self::Status => "column.status",
            Self::Regions => "column.regions",
            Self::Tasks => "column.tasks",
            Self::Reason => "column.reason",
            Self::Distance => "column.distance",
        }
    }

    /// Whether it is ordered as words are.
    const fn is_by_words(self) -> bool {
        matches!(
            self,
            Self::Name | Self::Kind | Self::Counties | Self::Regions | Self::Tasks | Self::Reason
        )
    }

    /// Numbers stand at the right.
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Investment | Self::Length | Self::Distance)
    }
}

/// How the table is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sort {
    pub column: Column,
    pub descending: bool,
}

/// One row, ready to show.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Position in the catalogue.
    pub project: usize,
    /// By column, in the order of [`Column::ALL`].
    pub cells: [String; 12],
}

impl Row {
    /// What stands in a column.
    pub fn cell(&self, column: Column) -> &str {
        let at = Column::ALL.iter().position(|own| *own == column);
        at.and_then(|at| self.cells.get(at)).map_or("", String::as_str)
    }
}

/// A project's id as it is ordered by.
type IdOrder = (u8, u32, u32);

/// Rows for these projects in the order asked for. Missing numbers come last either way; Chinese names
/// stand by pinyin, equals by id. Distances are those from where the filter looks.
pub fn rows(
    catalogue: &Catalogue,
    shown: &[usize],
    filter: &Filter,
    sort: Sort,
    language: Language,
) -> Vec<Row> {
    let projects = || shown.iter().filter_map(|&i| Some((i, catalogue.project_at(i)?)));
    let is_by_words = sort.column.is_by_words();
    let mut rows: Vec<(&Project, Option<f64>, SortKey, IdOrder, Row)> = projects()
        .map(|(i, project)| {
            let km = catalogue.distance_km(filter, project);
            let row = Row { project: i, cells: cells(catalogue, project, km, language) };
            let key = SortKey::of(if is_by_words { row.cell(sort.column) } else { "" });
            (project, km, key, id_order(&project.id), row)
        })
        .collect();
    rows.sort_by(|(a, a_km, a_key, a_id, _), (b, b_km, b_key, b_id, _)| {
        let directed = |own: Ordering| if sort.descending { own.reverse() } else { own };
        let by_number = |of: fn(&Project) -> Option<f64>| numbers(of(a), of(b), sort.descending);
        let ordering = match sort.column {
            Column::Id => directed(a_id.cmp(b_id)),
            Column::Name
            | Column::Kind
            | Column::Counties
            | Column::Regions
            | Column::Tasks
            | Column::Reason => directed(a_key.cmp(b_key)),
            Column::Status => directed(a.status.cmp(&b.status)),
            Column::Accuracy => directed(a.accuracy.cmp(&b.accuracy)),
            Column::Investment => by_number(|p| p.investment.map(|i| i.yi)),
            Column::Length => by_number(|p| p.length_km),
            Column::Distance => numbers(*a_km, *b_km, sort.descending),
        };
        ordering.then_with(|| a_id.cmp(b_id))
    });
    rows.into_iter().map(|(.., row)| row).collect()
}

fn numbers(a: Option<f64>, b: Option<f64>, descending: bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if descending => b.total_cmp(&a),
        (Some(a), Some(b)) => a.total_cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

fn cells(
    catalogue: &Catalogue,
    project: &Project,
    km: Option<f64>,
    language: Language,
) -> [String; 12] {
    let none = || "—".to_owned();
    let kind = catalogue.kind(&project.kind);
    let in_km = |km: Option<f64>| km.map_or_else(none, |km| text::grouped(&format!("{km:.1}")));
    let joined = |names: Vec<&str>| {
        if names.is_empty() {
            none()
        } else {
            names.join(if language.is_english() { ", " } else { " " })
        }
    };
    let regions = project.regions.iter().filter_map(|key| catalogue.region(key));
    [
        project.id.clone(),
        project.name.get(language).to_owned(),
        kind.map_or_else(|| project.kind.clone(), |k| k.name.get(language).to_owned()),
        text::counties(catalogue, project, language, 4),
        project.investment.map_or_else(none, |i| text::investment_bare(i, language)),
        in_km(project.length_km),
        text::accuracy(project.accuracy, language),
        text::status(project.status, language),
        joined(regions.map(|region| region.name.get(language)).collect()),
        joined(project.tasks.iter().map(String::as_str).collect()),
        project.unlocated.as_ref().map_or_else(none, |why| why.reason.get(language).to_owned()),
        in_km(km),
    ]
}

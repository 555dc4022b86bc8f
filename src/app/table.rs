//! The project table: rows, columns and their order.

use std::cmp::Ordering;

use super::{Language, text};
use crate::catalogue::{Catalogue, Project, id_order};

/// A column that can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Column {
    #[default]
    Id,
    Name,
    Kind,
    Counties,
    Investment,
    Length,
    Accuracy,
}

impl Column {
    pub const ALL: [Self; 7] = [
        Self::Id,
        Self::Name,
        Self::Kind,
        Self::Counties,
        Self::Investment,
        Self::Length,
        Self::Accuracy,
    ];

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
        }
    }

    /// Numbers stand at the right.
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Investment | Self::Length)
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
    pub cells: [String; 7],
}

/// Rows for these projects in the order asked for. Missing numbers come last either way.
pub fn rows(catalogue: &Catalogue, shown: &[usize], sort: Sort, language: Language) -> Vec<Row> {
    let mut order: Vec<usize> = shown.to_vec();
    let projects = &catalogue.projects;
    order.sort_by(|&a, &b| {
        let (Some(a), Some(b)) = (projects.get(a), projects.get(b)) else {
            return Ordering::Equal;
        };
        compare(a, b, sort, language).then_with(|| id_order(&a.id).cmp(&id_order(&b.id)))
    });
    order
        .into_iter()
        .filter_map(|i| {
            projects.get(i).map(|p| Row { project: i, cells: cells(catalogue, p, language) })
        })
        .collect()
}

fn compare(a: &Project, b: &Project, sort: Sort, language: Language) -> Ordering {
    let directed = |ordering: Ordering| if sort.descending { ordering.reverse() } else { ordering };
    match sort.column {
        Column::Id => directed(id_order(&a.id).cmp(&id_order(&b.id))),
        Column::Name => directed(a.name.get(language).cmp(b.name.get(language))),
        Column::Kind => directed(a.kind.cmp(&b.kind)),
        Column::Counties => {
            directed(a.counties.first().map(|c| &c.code).cmp(&b.counties.first().map(|c| &c.code)))
        }
        Column::Investment => {
            numbers(a.investment.map(|i| i.yi), b.investment.map(|i| i.yi), sort.descending)
        }
        Column::Length => numbers(a.length_km, b.length_km, sort.descending),
        Column::Accuracy => directed(a.accuracy.cmp(&b.accuracy)),
    }
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

fn cells(catalogue: &Catalogue, project: &Project, language: Language) -> [String; 7] {
    let kind = catalogue.kind(&project.kind);
    [
        project.id.clone(),
        project.name.get(language).to_owned(),
        kind.map_or_else(|| project.kind.clone(), |k| k.name.get(language).to_owned()),
        text::counties(catalogue, project, language, 4),
        project.investment.map_or_else(|| "—".to_owned(), |i| text::investment_bare(i, language)),
        project.length_km.map_or_else(|| "—".to_owned(), |km| format!("{km:.1}")),
        text::accuracy(project.accuracy, language),
    ]
}

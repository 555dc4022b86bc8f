//! Tables of projects: which columns they have, which rows are projects, groups of projects, or
//! sums; nothing is taken for what it is not, and what is left out is named by its row.
//!
//! ```text
//! Grid ──head──▶ columns by their heads ──rows──▶ projects with groups, and what is left out
//! ```

mod columns;
mod head;
mod money;
mod money_unit;
mod numbering;
mod row_parts;
mod rows;
mod signs;
mod sub_rows;
mod words;

pub use columns::Meaning;
pub use money::{Money, MoneyFault};
pub use money_unit::MoneyUnit;

use std::sync::Arc;

use super::{Grid, cell_name};

/// What tables of projects say.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProjectTable {
    /// Those that have projects.
    pub sheets: Vec<SheetOfProjects>,
    /// Rows and sheets that are no projects, and values that were not understood, in their order.
    pub left_out: Vec<LeftOut>,
}

/// A file with tables of projects.
#[derive(Debug, Clone, PartialEq)]
pub struct TableFile {
    /// Its name, without the folder.
    pub name: String,
    pub bytes: Arc<[u8]>,
    /// SHA-256 of the bytes, in hexadecimal.
    pub hash: String,
    pub table: ProjectTable,
}

/// A sheet with projects.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SheetOfProjects {
    pub name: String,
    /// What stands over its head; empty where nothing does.
    pub title: String,
    pub columns: Vec<FoundColumn>,
    /// How many rows name a group of projects.
    pub groups: usize,
    pub projects: Vec<ProjectRow>,
}

/// A column with its head.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundColumn {
    /// From 0.
    pub column: usize,
    /// Its words, those of several rows one after the other.
    pub head: String,
    /// `None` where it is none that is known: its cells are kept as words.
    pub meaning: Option<Meaning>,
    /// In what money is counted, as far as head or sheet say it.
    pub unit: Option<MoneyUnit>,
}

/// A project of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectRow {
    /// Its first row, from 1.
    pub row: u32,
    /// The groups it stands in, the outermost first.
    pub groups: Vec<String>,
    pub name: String,
    /// Everything that stands in its rows, in the order of the columns.
    pub cells: Vec<TableCell>,
    pub investment: Option<Money>,
}

/// A cell of a project's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableCell {
    /// The words of its column's head.
    pub head: String,
    pub meaning: Option<Meaning>,
    /// Its own words.
    pub words: String,
    /// Where the words stand: the row from 1, the column from 0. A cell that was made one with those
    /// above it stands in the first of them.
    pub row: u32,
    pub column: usize,
}

impl TableCell {
    /// Its place as spreadsheets name it.
    pub fn name(&self) -> String {
        cell_name(self.row, self.column)
    }
}

impl ProjectRow {
    /// The cells that have a meaning.
    pub fn cells(&self, meaning: Meaning) -> impl Iterator<Item = &TableCell> {
        self.cells.iter().filter(move |cell| cell.meaning == Some(meaning))
    }

    /// The first of them.
    pub fn cell(&self, meaning: Meaning) -> Option<&TableCell> {
        self.cells(meaning).next()
    }
}

/// Something that did not become a project, or a value that was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    pub cause: LeftOutCause,
    pub sheet: String,
    /// From 1; `None` where it is about the whole sheet.
    pub row: Option<u32>,
    /// The words it is about.
    pub words: String,
}

/// Why. Each has its words under `table_left.KEY` in the locale files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOutCause {
    /// 合计, 小计, 总计.
    Total,
    /// A head that comes again, or the numbers of columns.
    Head,
    /// What stands under or between tables for who fills them in.
    Note,
    /// A part of the project above, such as 其中.
    Part,
    /// A row below a numbered project that goes on within its number: its money is in that one's.
    SubRow,
    /// A numbered row that became a group: its money is that of the rows below it.
    GroupSum,
    /// A numbered row that became a group, and the rows below it come to other money.
    GroupOther,
    /// Neither project nor group nor sum.
    NotUnderstood,
    /// Money whose unit nobody says.
    NoUnit,
    /// Money that is no one sum.
    Figure,
    /// Money from one sum to another: the lower one is taken.
    Range,
    /// One sum for several projects: the first has it, and all are named.
    SharedSum,
    /// A formula whose value the file does not keep.
    Formula,
    /// A date that lost that it is one: 45197.
    DayNumber,
    /// A sheet without the head of such a table.
    NoHead,
    /// A sheet that is hidden.
    Hidden,
    /// A sheet that was read up to its damage.
    Broken,
}

impl LeftOutCause {
    pub const ALL: [Self; 17] = [
        Self::Total,
        Self::Head,
        Self::Note,
        Self::Part,
        Self::SubRow,
        Self::GroupSum,
        Self::GroupOther,
        Self::NotUnderstood,
        Self::NoUnit,
        Self::Figure,
        Self::Range,
        Self::SharedSum,
        Self::Formula,
        Self::DayNumber,
        Self::NoHead,
        Self::Hidden,
        Self::Broken,
    ];

    /// Where its words stand, below `table_left.`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::Head => "head",
            Self::Note => "note",
            Self::Part => "part",
            Self::SubRow => "sub_row",
            Self::GroupSum => "group_sum",
            Self::GroupOther => "group_other",
            Self::NotUnderstood => "not_understood",
            Self::NoUnit => "no_unit",
            Self::Figure => "figure",
            Self::Range => "range",
            Self::SharedSum => "shared_sum",
            Self::Formula => "formula",
            Self::DayNumber => "day_number",
            Self::NoHead => "no_head",
            Self::Hidden => "hidden",
            Self::Broken => "broken",
        }
    }

    /// Whether something that may have been meant is missing: sums and heads are not.
    pub const fn is_loss(self) -> bool {
        !matches!(self, Self::Total | Self::Head | Self::Note | Self::GroupSum)
    }
}

impl ProjectTable {
    /// Understands the tables of a file.
    pub fn read(grids: &[Grid]) -> Self {
        let mut table = Self::default();
        for grid in grids {
            rows::read(grid, &mut table);
        }
        table
    }

    /// All projects with their sheets, in their order.
    pub fn projects(&self) -> impl Iterator<Item = (&SheetOfProjects, &ProjectRow)> {
        let sheets = self.sheets.iter();
        sheets.flat_map(|sheet| sheet.projects.iter().map(move |project| (sheet, project)))
    }

    /// How many projects there are.
    pub fn len(&self) -> usize {
        self.sheets.iter().map(|sheet| sheet.projects.len()).sum()
    }

    /// Whether there is no project.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether a column says what only projects have, such as their money: a list of names and
    /// addresses may be of anything.
    pub fn is_certain(&self) -> bool {
        let tells = |own: Meaning| {
            matches!(
                own,
                Meaning::Investment
                    | Meaning::YearInvestment
                    | Meaning::Content
                    | Meaning::Character
                    | Meaning::Period
                    | Meaning::Funding
                    | Meaning::Code
            )
        };
        let mut columns = self.sheets.iter().flat_map(|sheet| &sheet.columns);
        columns.any(|column| column.meaning.is_some_and(tells))
    }

    /// How many rows name a group.
    pub fn groups(&self) -> usize {
        self.sheets.iter().map(|sheet| sheet.groups).sum()
    }

    /// The title of the first sheet that has one.
    pub fn title(&self) -> Option<&str> {
        let mut titles = self.sheets.iter().map(|sheet| sheet.title.as_str());
        titles.find(|title| !title.is_empty())
    }

    /// How often something was left out for each cause.
    pub fn counts(&self) -> Vec<(LeftOutCause, usize)> {
        let count = |cause| self.left_out.iter().filter(|own| own.cause == cause).count();
        let all = LeftOutCause::ALL.into_iter().map(|cause| (cause, count(cause)));
        all.filter(|(_, count)| *count > 0).collect()
    }
}

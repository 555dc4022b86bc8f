//! Rows under a head: projects, groups of projects, sums, notes.

use super::{
    FoundColumn, LeftOut, LeftOutCause, Meaning, Money, MoneyFault, MoneyUnit, ProjectRow,
    ProjectTable, SheetOfProjects, TableCell,
    columns::has_content,
    head::{self, Head},
    money,
    numbering::{self, Style},
    signs::{is_count, is_note, is_total, line},
    words::{self, is_number, plain},
};
use crate::document::{Grid, GridRow, grid::Covered};

/// Reads a grid into a table.
pub fn read(grid: &Grid, table: &mut ProjectTable) {
    let covered = grid.covered();
    let mut own = Reading {
        grid,
        covered: &covered,
        head: None,
        unit: None,
        groups: Vec::new(),
        sheet: SheetOfProjects { name: grid.name.clone(), ..SheetOfProjects::default() },
        left_out: Vec::new(),
    };
    let mut index = 0;
    while index < grid.rows.len() {
        index += own.take(index);
    }
    let Reading { sheet, mut left_out, head, .. } = own;
    if head.is_none() {
        // Nothing in it was looked at as a row of a table.
        let words = grid.rows.first().map(line).unwrap_or_default();
        let sheet = grid.name.clone();
        left_out = vec![LeftOut { cause: LeftOutCause::NoHead, sheet, row: None, words }];
    }
    if !sheet.projects.is_empty() {
        table.sheets.push(sheet);
    }
    table.left_out.extend(left_out);
}

struct Reading<'g> {
    grid: &'g Grid,
    covered: &'g Covered,
    head: Option<Head>,
    /// What a line over the table says of the unit.
    unit: Option<MoneyUnit>,
    /// The groups that are open: how deep each lies, and its words.
    groups: Vec<(u8, String)>,
    sheet: SheetOfProjects,
    left_out: Vec<LeftOut>,
}

impl Reading<'_> {
    /// Takes the row at an index; answers how many rows that were.
    fn take(&mut self, index: usize) -> usize {
        let Some(row) = self.grid.rows.get(index) else { return 1 };
        if let Some(head) = &self.head
            && head.is_repeated_in(row)
        {
            self.leave(LeftOutCause::Head, row, line(row));
            return 1;
        }
        if let Some(found) = head::at(self.grid, self.covered, index, self.unit) {
            if self.head.is_some() {
                self.leave(LeftOutCause::Head, row, line(row));
            } else {
                self.sheet.columns.clone_from(&found.columns);
            }
            let next = found.first + found.rows - index;
            self.head = Some(found);
            self.groups.clear();
            return next;
        }
        let Some(head) = self.head.clone() else {
            // The upper row of a head that begins here.
            let below = head::at(self.grid, self.covered, index + 1, self.unit);
            if below.is_none_or(|below| below.first > index) {
                self.above(row);
            }
            return 1;
        };
        self.row(row, self.grid.rows.get(index + 1), &head);
        1
    }

    /// A line over the head: a title, or the unit of the table.
    fn above(&mut self, row: &GridRow) {
        for (_, words) in row.filled() {
            if let Some(unit) = MoneyUnit::of_line(words) {
                self.unit = Some(unit);
                continue;
            }
            let is_title = row.filled().count() <= 2 && !plain(words).starts_with("附");
            if is_title && words.chars().count() > self.sheet.title.chars().count() {
                self.sheet.title = words::name(words);
            }
        }
    }

    fn row(&mut self, row: &GridRow, next: Option<&GridRow>, head: &Head) {
        let parts = Parts::of(row, head, self.covered);
        if parts.count == 0 {
            return;
        }
        let first = row.filled().next().map_or("", |(_, words)| words);
        if parts.count == 1
            && let Some(unit) = MoneyUnit::of_line(first)
        {
            self.unit = Some(unit);
            return self.leave(LeftOutCause::Note, row, line(row));
        }
        if is_total(parts.number, parts.name, first) {
            return self.leave(LeftOutCause::Total, row, line(row));
        }
        if is_note(first) && parts.count <= 4 && parts.details <= 1 {
            return self.leave(LeftOutCause::Note, row, line(row));
        }
        if parts.is_column_numbers(row) && self.sheet.projects.is_empty() {
            return self.leave(LeftOutCause::Head, row, line(row));
        }
        if parts.name.is_empty() && parts.number.is_empty() && self.continues(row, &parts, head) {
            return;
        }
        if let Some((level, words)) = self.group(&parts, row, next, head) {
            self.groups.retain(|(own, _)| *own < level);
            self.groups.push((level, words));
            self.sheet.groups += 1;
            return;
        }
        if plain(parts.name).starts_with("其中") || plain(parts.number).starts_with("其中") {
            return self.leave(LeftOutCause::Part, row, line(row));
        }
        let name = project_name(parts.name, head);
        if name.is_empty() || is_number(&name) || parts.count < 2 {
            return self.leave(LeftOutCause::NotUnderstood, row, line(row));
        }
        self.project(row, name, head);
    }

    /// The second row of a project: neither number nor name, or those of the row above.
    fn continues(&mut self, row: &GridRow, parts: &Parts<'_>, head: &Head) -> bool {
        let Some(last) = self.sheet.projects.last_mut() else { return false };
        let name = head.column(Meaning::Name);
        let anchor = name.and_then(|name| self.covered.get(&(row.number, name)));
        let is_same = anchor.is_some_and(|(from, _)| *from == last.row);
        let lasts = last.cells.iter().map(|cell| cell.row).max().unwrap_or(last.row);
        // Without spans only the row right below can go on.
        if !is_same && (anchor.is_some() || row.number > lasts + 1 || parts.count == 0) {
            return false;
        }
        let sum = last.investment.and_then(|sum| last.cells.get(sum.cell)).cloned();
        for (column, words) in row.filled() {
            let Some(own) = head.columns.iter().find(|own| own.column == column) else { continue };
            last.cells.push(cell(own, words, row.number));
        }
        last.cells.sort_by_key(|cell| (cell.column, cell.row));
        if let (Some(investment), Some(sum)) = (&mut last.investment, sum) {
            investment.cell = last.cells.iter().position(|own| *own == sum).unwrap_or_default();
        }
        true
    }

    /// The group that a row names, and how deep it lies.
    fn group(
        &self,
        parts: &Parts<'_>,
        row: &GridRow,
        next: Option<&GridRow>,
        head: &Head,
    ) -> Option<(u8, String)> {
        let numbered = numbering::of(parts.number).or_else(|| {
            let is_bare = parts.number.is_empty();
            numbering::of(parts.name).filter(|_| is_bare)
        });
        // Words in the column of numbers that are no number are those of a group.
        let in_numbers = !parts.number.is_empty()
            && numbering::of(parts.number).is_none_or(|(_, rest)| !rest.is_empty());
        let said = match (parts.number, parts.name) {
            (number, "") => words::name(number),
            ("", name) => words::name(name),
            (number, name) if in_numbers => words::name(&format!("{number} {name}")),
            (number, name) => {
                let joined = if number.ends_with([')', '）', '、', '.']) { "" } else { "、" };
                words::name(&format!("{}{joined}{}", number.trim(), name))
            }
        };
        let counted = is_count(&said);
        let has_details = parts.details >= if head.details() <= 2 { 1 } else { 2 };
        if said.is_empty() || has_details {
            return None;
        }
        let level = if let Some((style, rest)) = numbered {
            let outer = style <= Style::ChineseInBrackets;
            let inner = next.is_some_and(|next| {
                let number = head.column(Meaning::Number).map_or("", |c| next.cell(c));
                numbering::is_within(number, parts.number)
            });
            let is_named = !rest.is_empty() || !parts.name.is_empty();
            if !(is_named && (outer || inner || counted && parts.details == 0)) {
                return None;
            }
            1 + style as u8
        } else {
            let is_alone = parts.count == 1 || counted && parts.details == 0;
            let is_short = said.chars().count() <= 40;
            let is_first = row.filled().next().is_some_and(|(column, _)| {
                head.column(Meaning::Name).is_none_or(|name| column <= name)
            });
            if !(is_alone && is_short && is_first) {
                return None;
            }
            // Outermost where no numbered group is open, or where another such one is.
            match self.groups.first() {
                None | Some((0, _)) => 0,
                Some(_) => 9,
            }
        };
        Some((level, said))
    }

    fn project(&mut self, row: &GridRow, name: String, head: &Head) {
        let mut cells = Vec::new();
        for own in &head.columns {
            let words = row.cell(own.column);
            if !words.is_empty() {
                cells.push(cell(own, words, row.number));
                continue;
            }
            // A cell that was made one with those above it says the same for each of its rows; money
            // is not said twice.
            let anchor = self.covered.get(&(row.number, own.column));
            let is_money = matches!(
                own.meaning,
                Some(Meaning::Investment | Meaning::YearInvestment | Meaning::DoneInvestment)
            );
            if let Some((from, column)) = anchor.filter(|(_, column)| *column == own.column)
                && !is_money
                && own.meaning.is_some()
            {
                let words = self.grid.words(*from, *column);
                if !words.is_empty() {
                    cells.push(cell(own, words, *from));
                }
            }
        }
        let investment = self.investment(row, &cells, head);
        let groups = self.groups.iter().map(|(_, words)| words.clone()).collect();
        self.sheet.projects.push(ProjectRow { row: row.number, groups, name, cells, investment });
    }

    fn investment(&mut self, row: &GridRow, cells: &[TableCell], head: &Head) -> Option<Money> {
        let at = cells.iter().position(|own| own.meaning == Some(Meaning::Investment))?;
        let own = cells.get(at)?;
        let column = head.columns.iter().find(|column| column.column == own.column)?;
        match money::read(&own.words, column.unit) {
            Ok(read) => read.map(|(yi, approx)| Money { yi, approx, cell: at }),
            Err(fault) => {
                let cause = match fault {
                    MoneyFault::NoUnit => LeftOutCause::NoUnit,
                    MoneyFault::Figure => LeftOutCause::Figure,
                };
                self.leave(cause, row, own.words.clone());
                None
            }
        }
    }

    fn leave(&mut self, cause: LeftOutCause, row: &GridRow, words: String) {
        let sheet = self.sheet.name.clone();
        self.left_out.push(LeftOut { cause, sheet, row: Some(row.number), words });
    }
}

impl Head {
    /// How many columns say what only projects have.
    fn details(&self) -> usize {
        self.columns.iter().filter(|own| own.meaning.is_some_and(Meaning::is_detail)).count()
    }
}

/// What of a row tells what it is.
struct Parts<'r> {
    number: &'r str,
    name: &'r str,
    /// Cells of what only projects have.
    details: usize,
    /// Cells that hold something.
    count: usize,
}

impl<'r> Parts<'r> {
    fn of(row: &'r GridRow, head: &Head, covered: &Covered) -> Self {
        let at = |meaning| head.column(meaning).map_or("", |column| row.cell(column));
        let is_detail = |(column, words): &(usize, &str)| {
            let own = head.columns.iter().find(|own| own.column == *column);
            let is_own = own.and_then(|own| own.meaning).is_some_and(Meaning::is_detail);
            is_own && !is_count(words) && !words::is_nothing(words)
        };
        let details = row.filled().filter(is_detail).count();
        let mut own =
            Self { number: at(Meaning::Number), name: at(Meaning::Name), details, count: 0 };
        own.count = row.filled().count();
        // Words over the whole width stand in the first cell, whatever its column is for.
        let first = row.filled().next();
        if let Some((column, words)) = first.filter(|_| own.count == 1)
            && own.name.is_empty()
            && own.number.is_empty()
            && covered.get(&(row.number, column + 1)) == Some(&(row.number, column))
        {
            own.name = words;
            own.details = 0;
        }
        own
    }

    /// Whether a row counts the columns: 1 2 3, or 甲 乙 1 2.
    fn is_column_numbers(&self, row: &GridRow) -> bool {
        let signs = ["甲", "乙", "丙", "丁", "栏次"];
        let is_one = |words: &str| {
            signs.contains(&words) || words.len() <= 2 && words.bytes().all(|b| b.is_ascii_digit())
        };
        self.count >= 3 && row.filled().all(|(_, words)| is_one(words))
    }
}

fn cell(own: &FoundColumn, words: &str, row: u32) -> TableCell {
    let head = own.head.split_whitespace().collect::<Vec<_>>().join(" ");
    TableCell { head, meaning: own.meaning, words: words.to_owned(), row, column: own.column }
}

/// The name of a project, without its number, and without the content that may stand behind it.
fn project_name(words: &str, head: &Head) -> String {
    let column = head.columns.iter().find(|own| own.meaning == Some(Meaning::Name));
    let mut own = words;
    if column.is_some_and(|column| has_content(&column.head)) {
        let end = own.find(['：', ':', '。', '\n']).filter(|end| *end > 0);
        own = own.get(..end.unwrap_or(own.len())).unwrap_or(own);
    }
    let name = words::name(own);
    if head.column(Meaning::Number).is_some() {
        return name;
    }
    match numbering::of(&name) {
        Some((_, rest)) if !rest.is_empty() => {
            // The words as they are, from where the rest begins.
            let kept = rest.chars().count();
            let all = name.chars().filter(|c| !c.is_whitespace()).count();
            name.chars().skip(all.saturating_sub(kept)).collect::<String>().trim().to_owned()
        }
        _ => name,
    }
}

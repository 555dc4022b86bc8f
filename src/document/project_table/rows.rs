//! Rows under a head: projects, groups of projects, sums, notes.

use super::{
    LeftOut, LeftOutCause, Meaning, Money, MoneyFault, MoneyUnit, ProjectRow, ProjectTable,
    SheetOfProjects, TableCell,
    columns::has_content,
    head::{self, Head},
    money,
    numbering::{self, Style},
    row_parts::{Parts, cell, is_day_number, project_name},
    signs::{is_count, is_note, is_total, line, unit_of},
    sub_rows::{self, Outer, OuterSum},
    words::{self, is_formula, is_number, plain},
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
        shared: None,
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
    /// The groups that are open, the outermost first.
    groups: Vec<Group>,
    /// The row whose money was told last as that of several.
    shared: Option<u32>,
    sheet: SheetOfProjects,
    left_out: Vec<LeftOut>,
}

/// A group of projects.
struct Group {
    /// How deep it lies: 0 for the outermost.
    level: u8,
    words: String,
    /// The number that its projects go on within; `None` where theirs say nothing of it.
    number: Option<String>,
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
        let outer = sub_rows::outer(self.grid, self.covered, &head, index);
        self.row(row, outer, &head)
    }

    /// A line over the head: a title, or the unit of the table.
    fn above(&mut self, row: &GridRow) {
        if let Some(unit) = unit_of(row) {
            self.unit = Some(unit);
            return;
        }
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

    /// Takes a row below the head; answers how many rows that were.
    fn row(&mut self, row: &GridRow, outer: Option<Outer>, head: &Head) -> usize {
        let parts = Parts::of(row, head, self.covered);
        if parts.count == 0 || self.takes_unit(row) {
            return 1;
        }
        let first = row.filled().next().map_or("", |(_, words)| words);
        let is_part = [parts.name, parts.number].iter().any(|own| plain(own).starts_with("其中"));
        let cause = if is_total(parts.number, parts.name, first) {
            Some(LeftOutCause::Total)
        } else if is_note(first) && parts.count <= 4 && parts.details <= 1 {
            Some(LeftOutCause::Note)
        } else if parts.is_column_numbers(row) && self.sheet.projects.is_empty() {
            Some(LeftOutCause::Head)
        } else {
            None
        };
        if let Some(cause) = cause {
            self.leave(cause, row, line(row));
            return 1;
        }
        if !is_part && self.continues(row, &parts, head) {
            return 1;
        }
        self.close_groups(parts.number);
        if let Some(group) = self.group(&parts, row, outer, head) {
            if let Some(Outer::Group(sum @ (OuterSum::Same | OuterSum::Other))) = outer {
                let is_same = sum == OuterSum::Same;
                let cause = if is_same { LeftOutCause::GroupSum } else { LeftOutCause::GroupOther };
                self.leave(cause, row, line(row));
            }
            self.groups.retain(|own| own.level < group.level);
            self.groups.push(group);
            self.sheet.groups += 1;
            return 1;
        }
        if is_part {
            self.leave(LeftOutCause::Part, row, line(row));
            return 1;
        }
        let name = project_name(parts.name, head);
        if name.is_empty() || is_number(&name) || parts.count < 2 {
            self.leave(LeftOutCause::NotUnderstood, row, line(row));
            return 1;
        }
        self.project(row, name, head);
        let Some(Outer::Project { rows }) = outer else { return 1 };
        let from = self.grid.rows.partition_point(|own| own.number <= row.number);
        for own in self.grid.rows.iter().skip(from).take(rows) {
            self.leave(LeftOutCause::SubRow, own, line(own));
        }
        1 + rows
    }

    /// Whether a row only names the unit of the table, or of its columns.
    fn takes_unit(&mut self, row: &GridRow) -> bool {
        let Some(head) = &mut self.head else { return false };
        if let Some(unit) = unit_of(row) {
            self.unit = Some(unit);
            head.set_unit(unit);
        } else if !head.take_units(row) {
            return false;
        }
        if self.sheet.projects.is_empty() {
            self.sheet.columns.clone_from(&head.columns);
        }
        self.leave(LeftOutCause::Note, row, line(row));
        true
    }

    /// A number that goes on within none of them closes the groups that are told by numbers.
    fn close_groups(&mut self, number: &str) {
        if numbering::of(number).is_none() {
            return;
        }
        let is_open = |outer: &String| numbering::is_below(number, outer);
        self.groups.retain(|own| own.number.as_ref().is_none_or(is_open));
    }

    /// The second row of a project: neither number nor name, or those of the row above, or a second
    /// line of its name.
    fn continues(&mut self, row: &GridRow, parts: &Parts<'_>, head: &Head) -> bool {
        let is_named = !parts.name.is_empty();
        if !parts.number.is_empty() || is_named && !self.is_second_line(row, head) {
            return false;
        }
        let Some(last) = self.sheet.projects.last_mut() else { return false };
        let name = head.column(Meaning::Name);
        let anchor = name.and_then(|name| self.covered.get(&(row.number, name)));
        let is_same = is_named || anchor.is_some_and(|(from, _)| *from == last.row);
        let lasts = last.cells.iter().map(|cell| cell.row).max().unwrap_or(last.row);
        // Without spans only the row right below can go on.
        if !is_same && (anchor.is_some() || row.number > lasts + 1 || parts.count == 0) {
            return false;
        }
        let has_more = name.and_then(|name| head.columns.iter().find(|own| own.column == name));
        if is_named && has_more.is_some_and(|own| !has_content(&own.head)) {
            last.name = words::name(&format!("{} {}", last.name, parts.name));
        }
        let sum = last.investment.and_then(|sum| last.cells.get(sum.cell)).cloned();
        let mut has_formula = false;
        for (column, words) in row.filled() {
            if is_formula(words) {
                has_formula = true;
                continue;
            }
            let Some(own) = head.columns.iter().find(|own| own.column == column) else { continue };
            last.cells.push(cell(own, words, row.number));
        }
        last.cells.sort_by_key(|cell| (cell.column, cell.row));
        if let (Some(investment), Some(sum)) = (&mut last.investment, sum) {
            investment.cell = last.cells.iter().position(|own| *own == sum).unwrap_or_default();
        }
        if has_formula {
            self.leave(LeftOutCause::Formula, row, line(row));
        }
        true
    }

    /// Whether a row without a number stands in the cells of the project above that only one project
    /// has: its number, its code, or its years or money where projects are numbered.
    fn is_second_line(&self, row: &GridRow, head: &Head) -> bool {
        let Some(last) = self.sheet.projects.last() else { return false };
        let is_one = |meaning: Meaning| {
            let column = head.column(meaning);
            let anchor = column.and_then(|column| self.covered.get(&(row.number, column)));
            anchor.is_some_and(|(from, own)| *from == last.row && Some(*own) == column)
        };
        let is_numbered = head.column(Meaning::Number).is_some();
        [Meaning::Number, Meaning::Code].into_iter().any(is_one)
            || is_numbered
                && [Meaning::Investment, Meaning::Period, Meaning::Start].into_iter().any(is_one)
    }

    /// The group that a row names.
    fn group(
        &self,
        parts: &Parts<'_>,
        row: &GridRow,
        outer: Option<Outer>,
        head: &Head,
    ) -> Option<Group> {
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
        if said.is_empty() || parts.has_details || matches!(outer, Some(Outer::Project { .. })) {
            return None;
        }
        let level = if let Some((style, rest)) = numbered {
            let is_outer = style <= Style::ChineseInBrackets;
            let is_named = !rest.is_empty() || !parts.name.is_empty();
            let is_counted = counted && parts.details == 0;
            if !(is_named && (is_outer || outer.is_some() || is_counted)) {
                return None;
            }
            let dots = plain(parts.number).matches(['.', '-']).count().min(9);
            10 * (1 + style as u8) + u8::try_from(dots).unwrap_or_default()
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
                None | Some(Group { level: 0, .. }) => 0,
                Some(_) => 99,
            }
        };
        let number = outer.map(|_| parts.number.to_owned());
        Some(Group { level, words: said, number })
    }

    fn project(&mut self, row: &GridRow, name: String, head: &Head) {
        let mut cells = Vec::new();
        let mut has_formula = false;
        for own in &head.columns {
            let words = row.cell(own.column);
            let is_money = own.meaning.is_some_and(Meaning::is_money);
            if is_formula(words) {
                has_formula = true;
                // Its words are no place and no name.
                cells.extend(is_money.then(|| cell(own, words, row.number)));
                continue;
            }
            if !words.is_empty() {
                cells.push(cell(own, words, row.number));
                continue;
            }
            // A cell that was made one with those above it says the same for each of its rows; money
            // is not said twice.
            let anchor = self.covered.get(&(row.number, own.column));
            let Some((from, column)) = anchor.filter(|(_, column)| *column == own.column) else {
                continue;
            };
            let words = self.grid.words(*from, *column);
            if words.is_empty() || own.meaning.is_none() {
                continue;
            }
            if !is_money {
                cells.push(cell(own, words, *from));
            } else if own.meaning == Some(Meaning::Investment) {
                self.shares(*from, row, words);
            }
        }
        if has_formula {
            self.leave(LeftOutCause::Formula, row, line(row));
        }
        if cells.iter().any(is_day_number) {
            self.leave(LeftOutCause::DayNumber, row, line(row));
        }
        let investment = self.investment(row, &cells, head);
        let groups = self.groups.iter().map(|own| own.words.clone()).collect();
        self.sheet.projects.push(ProjectRow { row: row.number, groups, name, cells, investment });
    }

    /// A project whose money is in the cell of one above it.
    fn shares(&mut self, from: u32, row: &GridRow, words: &str) {
        if self.shared != Some(from)
            && let Ok(at) = self.grid.rows.binary_search_by_key(&from, |own| own.number)
            && let Some(first) = self.grid.rows.get(at)
        {
            self.leave(LeftOutCause::SharedSum, first, words.to_owned());
        }
        self.shared = Some(from);
        self.leave(LeftOutCause::SharedSum, row, words.to_owned());
    }

    fn investment(&mut self, row: &GridRow, cells: &[TableCell], head: &Head) -> Option<Money> {
        let at = cells.iter().position(|own| own.meaning == Some(Meaning::Investment))?;
        let own = cells.get(at)?;
        if is_formula(&own.words) {
            return None;
        }
        let column = head.columns.iter().find(|column| column.column == own.column)?;
        let cause = match money::read(&own.words, column.unit) {
            Ok(read) => {
                let sum = read?;
                if sum.is_range {
                    self.leave(LeftOutCause::Range, row, own.words.clone());
                }
                return Some(Money { yi: sum.yi, approx: sum.approx, cell: at });
            }
            Err(MoneyFault::NoUnit) => LeftOutCause::NoUnit,
            Err(MoneyFault::Figure) => LeftOutCause::Figure,
        };
        self.leave(cause, row, own.words.clone());
        None
    }

    fn leave(&mut self, cause: LeftOutCause, row: &GridRow, words: String) {
        let sheet = self.sheet.name.clone();
        self.left_out.push(LeftOut { cause, sheet, row: Some(row.number), words });
    }
}

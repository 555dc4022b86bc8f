//! New workbooks: of a plan, of a table of projects, of whatever of both a file is.

use std::{
    path::Path,
    sync::{Arc, atomic::AtomicBool},
};

use super::{lists_projects, workbook::Failure};
use crate::{
    app::{Message, TablePreview, browse::is_table, workbook::PlanFrom},
    book::{By, Mark, Table},
    catalogue::{edit, lower::Base},
    layer::TableStart,
    store::{
        self,
        book::{Making, Plan, Workbook},
        tables::TableError,
    },
};

impl From<TableError> for Failure {
    fn from(reason: TableError) -> Self {
        Self::Told(Message::new(reason))
    }
}

/// Makes a workbook of a plan, or of the table of projects that a file is or holds.
pub(super) fn create(
    plan: &PlanFrom,
    making: &Making<'_>,
    base: &Arc<Base>,
) -> Result<(), Failure> {
    let PlanFrom::File(path) = plan else {
        let plan = Plan { bytes: store::SEEDS.plan, name: "plan.txt" };
        Workbook::create(making, plan, &store::SEEDS, base)?;
        return Ok(());
    };
    if is_table(path) {
        return of_table(path, making, base);
    }
    let read = store::papers::read(path, &AtomicBool::new(false));
    let paper = read.map_err(|reason| Failure::Told(Message::new(reason)))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let plan = Plan { bytes: &paper.text, name: &name };
    if lists_projects(&paper) {
        // What it lists in tables is read as such, beside its text if it has any.
        let file = store::tables::read(path, &AtomicBool::new(false))?;
        let plan = Some(plan).filter(|plan| !plan.bytes.is_empty());
        Workbook::create_of_table(making, plan, &file, &store::SEEDS, base)?;
        return Ok(());
    }
    let made = Workbook::create(making, plan, &store::SEEDS, base)?;
    let is_empty = made.book.count(Table::Projects) == 0;
    // A document that is a table of projects, and says nothing else.
    if is_empty && store::tables::read(path, &AtomicBool::new(false)).is_ok() {
        return of_table(path, &Making { overwrite: true, ..making.clone() }, base);
    }
    Ok(())
}

fn of_table(path: &Path, making: &Making<'_>, base: &Arc<Base>) -> Result<(), Failure> {
    let file = store::tables::read(path, &AtomicBool::new(false))?;
    Workbook::create_of_table(making, None, &file, &store::SEEDS, base)?;
    Ok(())
}

/// Reads a table, and tells what would come of it in the workbook that is open.
pub(super) fn look_at_table(
    path: &Path,
    layer: Option<(u64, Box<TableStart>)>,
    open: Option<&Workbook>,
    by: &By,
) -> Result<TablePreview, Failure> {
    let file = store::tables::read(path, &AtomicBool::new(false))?;
    let mark = Mark { who: by.who.clone(), at: by.at.clone(), ..Mark::default() };
    let writable = open.filter(|own| own.read_only().is_none());
    let taken = writable.map(|own| edit::add_table(own.book(), own.base(), &file, &mark));
    let taken = taken.transpose()?.map(Arc::new);
    Ok(TablePreview { path: path.to_owned(), file: Arc::new(file), taken, layer })
}

//! Workbooks for the command line and the window.

use std::{
    path::Path,
    sync::{Arc, LazyLock},
};

use crate::{
    catalogue::lower::{Base, Lowered},
    store::{
        self,
        book::{Access, BookError, Workbook},
    },
};

/// What is the same for every plan and every workbook, read when it is first asked for. What is wrong
/// with the seeds is told by reading their own plan.
pub fn base() -> Arc<Base> {
    static BASE: LazyLock<Arc<Base>> =
        LazyLock::new(|| Arc::new(Base::new(&store::SEEDS, &mut Vec::new())));
    BASE.clone()
}

/// Reads a workbook without changing anything on disk.
///
/// # Errors
/// It cannot be read, or is none.
pub fn read_book(path: &Path) -> Result<Lowered, BookError> {
    Workbook::open(path, &Access::Read, &base()).map(|(_, lowered)| lowered)
}

//! What the window shows first, read while the window system wakes up.

use std::path::Path;

use crate::{
    app::{Message, ShownBook},
    basemap::{Basemap, BasemapError},
    catalogue::lower::{Lowered, lower},
    jobs,
    store::{
        self,
        book::{BookError, Workbook},
    },
};

/// Everything that the window shows first.
pub struct Loaded {
    pub lowered: Lowered,
    /// The workbook it is of, and what the window shows of it.
    pub workbook: Option<(Workbook, ShownBook)>,
    /// Why it is not the workbook that was meant.
    pub problem: Option<Message>,
    pub basemap: Result<Basemap, BasemapError>,
    /// What is looked at is not kept.
    pub is_passing: bool,
}

/// Reads what the window shows first. A workbook that cannot be opened is told, and the plan that
/// comes with the program stands there instead.
pub fn load(plan: Option<Box<Lowered>>, book: Option<&Path>) -> Loaded {
    let basemap = store::basemap();
    let opened = book.filter(|_| plan.is_none()).map(|book| {
        let (workbook, lowered) = jobs::open_workbook(book, &jobs::book::base())?;
        let shown = jobs::shown(&workbook)?;
        Ok((workbook, shown, lowered))
    });
    let usual = || plan.map_or_else(|| lower(&store::SEEDS), |plan| *plan);
    match opened {
        Some(Ok((workbook, shown, lowered))) => {
            let workbook = Some((workbook, shown));
            Loaded { lowered, workbook, problem: None, basemap, is_passing: false }
        }
        Some(Err::<_, BookError>(reason)) => Loaded {
            lowered: usual(),
            workbook: None,
            problem: Some(Message::new(reason)),
            basemap,
            is_passing: false,
        },
        None => {
            let lowered = usual();
            Loaded { lowered, workbook: None, problem: None, basemap, is_passing: false }
        }
    }
}

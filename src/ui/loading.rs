//! What the window shows first, read while the window system wakes up.

use std::path::Path;

use crate::{
    app::{Message, NoticeLevel},
    basemap::{Basemap, BasemapError},
    catalogue::lower::{Lowered, lower},
    jobs::{self, OpenBook},
    store,
};

/// Everything that the window shows first.
pub struct Loaded {
    pub shows: Shows,
    /// What is to be said of it, such as why it is not the workbook that was meant.
    pub told: Vec<(NoticeLevel, Message)>,
    pub basemap: Result<Basemap, BasemapError>,
    /// What is looked at is not kept.
    pub is_passing: bool,
}

/// Whose projects are shown first.
pub enum Shows {
    Plan(Box<Lowered>),
    Book(Box<OpenBook>),
}

/// Reads what the window shows first. A workbook that cannot be opened is told, and the plan that
/// comes with the program stands there instead.
pub fn load(plan: Option<Box<Lowered>>, book: Option<&Path>) -> Loaded {
    let basemap = store::basemap();
    let opened =
        book.filter(|_| plan.is_none()).map(|book| OpenBook::open(book, &jobs::book::base()));
    match opened {
        Some(Ok(book)) => Loaded {
            told: book.told(),
            shows: Shows::Book(Box::new(book)),
            basemap,
            is_passing: false,
        },
        Some(Err(reason)) => {
            let shows = Shows::Plan(Box::new(lower(&store::SEEDS)));
            Loaded {
                shows,
                told: vec![(NoticeLevel::Problem, Message::new(reason))],
                basemap,
                is_passing: false,
            }
        }
        None => {
            let shows = Shows::Plan(plan.unwrap_or_else(|| Box::new(lower(&store::SEEDS))));
            Loaded { shows, told: Vec::new(), basemap, is_passing: false }
        }
    }
}

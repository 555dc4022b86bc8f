//! What the user is told, worded only when it is shown.

use std::{fmt, path::PathBuf, sync::Arc};

use crate::{language::Language, tile::Failure, tr};

/// Something that can be said in every language.
pub trait Tell: fmt::Debug + Send + Sync {
    /// What happened, why, what to do; paths last.
    fn tell(&self, language: Language) -> String;
}

/// What happened, as a value: it is worded in the language of the moment.
#[derive(Debug, Clone)]
pub struct Message(Arc<dyn Tell>);

impl Message {
    pub fn new(what: impl Tell + 'static) -> Self {
        Self(Arc::new(what))
    }

    /// The sentence in a language.
    pub fn tell(&self, language: Language) -> String {
        self.0.tell(language)
    }
}

impl<T: Tell + 'static> From<T> for Message {
    fn from(what: T) -> Self {
        Self::new(what)
    }
}

/// Two are equal when they say the same.
impl PartialEq for Message {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || Language::ALL.iter().all(|language| self.tell(*language) == other.tell(*language))
    }
}

/// What went well, or was not to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    Exported(PathBuf),
    WorkbookOpened(PathBuf),
    /// A workbook without projects.
    NoProjects,
    /// Rows of a table are on the clipboard.
    CopiedRows(usize),
    /// More rows than a clipboard takes.
    TooManyRows,
    /// What was to be looked at lies nowhere.
    NoPlace,
    KeyWorks,
    /// What was measured is on the clipboard.
    CopiedMeasure,
    /// To the clipboard.
    Copied(String),
    /// Layers of a style that cannot be painted, by id.
    LeftOut(Vec<String>),
    /// Properties of a style that are not understood: layer and property.
    StyleDefaults(Vec<String>),
    /// A file of tiles counts its rows the other way round.
    RowsFromNorth,
    /// So many of so many tiles of a file that were tried are none.
    StrangeTiles {
        strange: usize,
        tried: usize,
    },
    /// A job ended by a fault of the program's own.
    Broke,
    /// The system gives no thread.
    NoThread(String),
    NoBasemap,
    /// The deck that is presented has no slides, or only hidden ones.
    NoSlides,
    NoView,
    /// The text of a view is on the clipboard.
    CopiedView,
    /// A view's text is of another plan.
    ViewOfOther {
        plan: String,
        own: String,
    },
    /// Layers that a view shows and that are not here.
    ViewLacksLayers(Vec<String>),
    /// A file of a layer is not what it was when it was kept.
    LayerChanged(PathBuf),
    /// The graphics card refused something.
    CardRefused,
    /// A screen has more pixels along an edge than the card draws.
    ScreenTooLarge {
        px: u32,
        most_px: u32,
    },
    /// Texts of a table that a spreadsheet would have run as formulas.
    FormulasKeptOut(usize),
    /// A drawing lacks tiles, and why the last one could not be had.
    TilesMissing {
        count: usize,
        failure: Failure,
        /// A server was silent for so long that the rest was not asked of it.
        gave_up: bool,
    },
}

impl Tell for News {
    fn tell(&self, language: Language) -> String {
        match self {
            Self::Exported(path) => tr!(language, "export.done", path = path.display()),
            Self::WorkbookOpened(path) => {
                tr!(language, "workbook.opened", path = path.display())
            }
            Self::NoProjects => tr!(language, "book.nothing_found"),
            Self::CopiedRows(n) => tr!(language, "counts.copied", n = n),
            Self::TooManyRows => tr!(language, "layer_table.too_many"),
            Self::NoPlace => tr!(language, "layer_table.no_place"),
            Self::Copied(words) => tr!(language, "copied", words = words),
            Self::CopiedMeasure => tr!(language, "measure.copied"),
            Self::KeyWorks => tr!(language, "key.good"),
            Self::LeftOut(ids) => {
                tr!(language, "basemap.left_out", n = ids.len(), some = some_of(ids))
            }
            Self::StyleDefaults(names) => {
                tr!(language, "basemap.style_defaults", n = names.len(), some = some_of(names))
            }
            Self::RowsFromNorth => tr!(language, "basemap.rows_from_north"),
            Self::StrangeTiles { strange, tried } => {
                tr!(language, "basemap.strange_tiles", n = strange, tried = tried)
            }
            Self::Broke => tr!(language, "job.broke"),
            Self::NoThread(reason) => tr!(language, "job.no_thread", reason = reason),
            Self::NoBasemap => tr!(language, "export.no_basemap"),
            Self::NoSlides => tr!(language, "tour.no_slides"),
            Self::NoView => tr!(language, "export.no_view"),
            Self::CopiedView => tr!(language, "view.copied"),
            Self::ViewOfOther { plan, own } => {
                tr!(language, "view.of_other", plan = plan, own = own)
            }
            Self::ViewLacksLayers(names) => {
                tr!(language, "view.lacks_layers", n = names.len(), some = some_of(names))
            }
            Self::LayerChanged(path) => tr!(language, "files.changed", path = path.display()),
            Self::CardRefused => tr!(language, "graphics.refused"),
            Self::ScreenTooLarge { px, most_px } => {
                tr!(language, "graphics.too_large", px = px, most = most_px)
            }
            Self::FormulasKeptOut(n) => tr!(language, "export.formulas_kept_out", n = n),
            Self::TilesMissing { count, failure, gave_up } => {
                let reason = tr!(language, format!("failure.{}", failure.key()));
                let words = if *gave_up { "export.tiles_given_up" } else { "export.tiles_missing" };
                tr!(language, words, n = count, reason = reason)
            }
        }
    }
}

/// The first of a list of names.
fn some_of(names: &[String]) -> String {
    const NAMED: usize = 5;
    names.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ")
}

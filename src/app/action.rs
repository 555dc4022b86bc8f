//! Everything that can happen, and everything the outside is asked to do.

use std::path::PathBuf;

use super::{settings::Settings, table::Column};
use crate::{
    catalogue::{Accuracy, Filter, Status},
    scene::Viewport,
    units::{Extent, LonLat, TextRange},
};

/// Tabs of the two side panels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tab {
    Regions,
    Tasks,
    Targets,
    Layers,
    Card,
    Text,
}

/// What the camera should show.
#[derive(Debug, Clone, PartialEq)]
pub enum FitTarget {
    City,
    /// Everything that the filter lets pass.
    Shown,
    Selection,
    Projects(Vec<String>),
    County(String),
    Extent(Extent),
}

/// File formats of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExportFormat {
    Csv,
    GeoJson,
    Png,
}

impl ExportFormat {
    pub const ALL: [Self; 3] = [Self::Csv, Self::GeoJson, Self::Png];

    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::GeoJson => "geojson",
            Self::Png => "png",
        }
    }
}

/// What the user, the map or a finished job asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// A click on the map or in a list: select only these and show the first in the card.
    Select(Vec<String>),
    /// Ctrl-click: add or remove one.
    ToggleSelected(String),
    Hover(Option<String>),
    ClearSelection,
    /// One step back: popover, tool, selection, focus.
    Escape,

    SetFilter(Box<Filter>),
    ToggleCounty(String),
    ToggleRegion(String),
    ToggleTask(String),
    ToggleKind(String),
    ToggleStatus(Status),
    ToggleAccuracy(Accuracy),
    SetEndsOnly(bool),
    SetText(String),
    SetInvestment {
        min_yi: Option<f64>,
        max_yi: Option<f64>,
    },
    SetPolygon(Option<Vec<LonLat>>),
    SetNear {
        id: String,
        km: f64,
    },
    ClearFilter,
    Undo,
    Redo,

    /// A sentence of the plan, by position.
    ClickSentence(usize),
    /// Show these words in the text panel.
    ShowWords(TextRange),
    OpenTab(Tab),
    ToggleLeft,
    ToggleRight,
    ToggleTable,
    SortBy(Column),

    Fit(FitTarget),
    /// The camera came to rest.
    CameraSettled(Viewport),

    OpenPickList {
        ids: Vec<String>,
        at_pt: [f32; 2],
    },
    OpenHelp,
    OpenExport,
    CloseOverlay,

    StartTour {
        slide: usize,
    },
    TourNext {
        now_s: f64,
    },
    TourPrevious {
        now_s: f64,
    },
    TourGo(usize),
    /// Esc or F5 while presenting: the first asks, the second within two seconds leaves.
    TourLeave {
        now_s: f64,
    },
    TourBlank {
        white: bool,
    },
    /// The presenter moved the map by hand.
    TourDetach,
    TourReturn,

    SetSettings(Box<Settings>),
    Export {
        format: ExportFormat,
        path: PathBuf,
    },
    JobDone {
        message: String,
    },
    JobFailed {
        message: String,
    },
    DismissNotice(u64),
}

/// Work for the outside. Its end comes back as an action.
#[derive(Debug, Clone, PartialEq)]
pub enum Job {
    SaveSettings(Box<Settings>),
    Export {
        format: ExportFormat,
        path: PathBuf,
        projects: Vec<String>,
        viewport: Option<Viewport>,
    },
}

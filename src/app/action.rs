//! Everything that can happen, and everything the outside is asked to do.

use std::{collections::BTreeSet, path::PathBuf};

use super::{
    basemaps::Secret,
    open_layers::{Cancel, FeatureRef, Passed, Reading, Snapshot},
    package::{PackageOrder, PackageProgress},
    settings::Settings,
    table::Column,
};
use crate::{
    catalogue::{Accuracy, Filter, Status},
    geo::Datum,
    scene::Viewport,
    tile::{KeyKind, TileSource},
    units::{Extent, LonLat, TextRange},
};

/// Tabs of the two side panels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tab {
    Regions,
    Tasks,
    Targets,
    Layers,
    Basemap,
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
    /// A view that was left, with the window's size of now.
    View(Viewport),
    /// This position in the middle, at the zoom there is.
    Center(LonLat),
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
    /// To the view before, or to the one that was left again.
    ViewBack,
    ViewForward,

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

    /// Shows a basemap, by key.
    ChooseBasemap(String),
    /// The same for this once: it is not saved.
    ShowBasemap(String),
    /// An address, a template or a file of a basemap.
    OpenBasemap {
        text: String,
        datum: Option<Datum>,
    },
    BasemapOpened(Vec<TileSource>),
    ForgetBasemap(String),
    SaveKey {
        kind: KeyKind,
        key: Secret,
    },
    RemoveKey(KeyKind),
    /// Looks which keys there are.
    ReadKeys,
    /// Which kinds of key are there now.
    KeysKnown(BTreeSet<KeyKind>),
    /// Asks the chosen basemap's server for one tile.
    TestKey,
    /// Tries failed tiles at once.
    RetryTiles,

    /// Files of features, or of a basemap.
    OpenFiles(Vec<PathBuf>),
    FileRead {
        file: u64,
        layers: Vec<Snapshot>,
        reading: Reading,
    },
    CancelFile(u64),
    CloseFile(u64),
    ToggleLayer {
        file: u64,
        layer: usize,
    },
    /// What the filter lets pass of a layer, as of a request.
    LayersFiltered {
        request: u64,
        passed: Vec<(u64, usize, Passed)>,
    },

    /// Shows what the file says of a feature.
    OpenFeature(FeatureRef),
    OpenPackage,
    StartPackage(Box<PackageOrder>),
    PausePackage,
    PackageWent(PackageProgress),

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
    OpenBasemap {
        text: String,
        datum: Option<Datum>,
    },
    SaveKey {
        kind: KeyKind,
        key: Secret,
    },
    RemoveKey(KeyKind),
    ReadKeys,
    TestKey,
    RetryTiles,
    OpenFile {
        file: u64,
        path: PathBuf,
        cancel: Cancel,
    },
    FilterLayers {
        request: u64,
        layers: Vec<(u64, usize, Snapshot)>,
        filter: Box<Filter>,
    },
    Package(Box<PackageOrder>, Cancel),
    Export {
        format: ExportFormat,
        path: PathBuf,
        projects: Vec<String>,
        viewport: Option<Viewport>,
    },
}

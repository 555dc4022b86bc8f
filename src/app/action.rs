//! Everything that can happen.

use std::{collections::BTreeSet, path::PathBuf};

use super::{
    basemaps::Secret,
    browse::{FileQuestion, FolderEntry, Purpose},
    column_question::Landing,
    decks::DeckStep,
    export::{DrawingForm, ExportFormat, ExportOrder},
    feature_selection::Pick,
    fit_target::FitTarget,
    layer_export::{LayerExport, LayerExportForm},
    layer_join::JoinStep,
    layer_key::LayerKey,
    layer_table::TableStep,
    message::Message,
    notice::{Moment, NoticeLevel},
    open_layers::{FeatureRef, Passed, Reading, Snapshot},
    package::{PackageOrder, PackageProgress},
    part::Part,
    placing::PlaceStep,
    review_step::ReviewStep,
    saved::{FileStep, FoundFile, ViewStep},
    search_box::SharedCountry,
    settings::Settings,
    sketch::SketchStep,
    tab::Tab,
    table::Column,
    told_apart::SharedClasses,
    workbook::{BookNews, BookOrder, BookStep},
};
use crate::{
    catalogue::{Facet, Filter},
    geo::{Datum, crs_guess::Candidate},
    layer::{ChosenColumns, TableStart, style::LayerStyle},
    scene::{Padding, Viewport},
    tile::{KeyKind, TileSource},
    units::{Extent, LonLat, TextRange},
};

/// What the user, the map or a finished job asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// A click on the map or in a list: select only these and show the first in the card.
    Select(Vec<String>),
    /// Ctrl-click: add or remove one.
    ToggleSelected(String),
    Hover(Option<String>),
    /// Picks a part of the project in the card, or none.
    PickPart(Option<Part>),
    /// The pointer is on a part of the project in the card, or on none.
    HoverPart(Option<Part>),
    ClearSelection,
    /// Marks a place on the map, or none.
    Pin(Option<LonLat>),
    /// One step back: popover, tool, selection, focus.
    Escape,

    SetFilter(Box<Filter>),
    /// Wants a value of a facet, or no longer.
    Toggle(Facet, String),
    /// Wants this value of a facet only; none, where it was the only one.
    Isolate(Facet, String),
    SetEndsOnly(bool),
    /// Filters by words; what is searched for is another matter.
    SetText(String),
    /// Lists what answers to the text in the search box.
    SetSearchText(String),
    /// Places of the whole country can be searched for.
    CountryRead(SharedCountry),
    SetInvestment {
        min_yi: Option<f64>,
        max_yi: Option<f64>,
    },
    /// Only what lies within a box that was dragged; `None` for anywhere.
    SetBox(Option<Extent>),
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
    /// Closes the left panel where it is seen, else shows it.
    ToggleLeft,
    ToggleRight,
    /// Whether the window has room for both side panels at once.
    SetSideBySide(bool),
    ToggleTable,
    /// Shows the table of a layer in the drawer; `None` for that of the projects.
    OpenTable(Option<LayerKey>),
    /// A step in the table of a layer.
    LayerTable {
        of: LayerKey,
        step: TableStep,
    },
    /// As many rows as the table has room for.
    SetTablePage(usize),
    /// A text of so many rows for the clipboard.
    CopyText {
        text: String,
        rows: usize,
    },
    /// It is on the clipboard.
    TextTaken,
    SortBy(Column),

    Fit(FitTarget),
    /// The camera came to rest.
    CameraSettled(Viewport),
    /// What panels and chips cover of the map now.
    SetCovered(Padding),
    /// Measures, or draws the outline of a filter.
    Sketch(SketchStep),
    /// To the view before, or to the one that was left again.
    ViewBack,
    ViewForward,

    OpenPickList {
        ids: Vec<String>,
        /// Of the user's layers, after the projects.
        features: Vec<FeatureRef>,
        at_pt: [f32; 2],
    },
    OpenHelp,
    OpenExport,
    OpenMessages,
    OpenPalette,
    SetPaletteText(String),
    /// A command was chosen in the palette, by its id there.
    CommandUsed(String),
    /// Marks a row of the open list, so many further down.
    MoveInList(isize),
    CloseOverlay,

    /// A step in the deck editor.
    Deck(DeckStep),
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
    /// A digit of a slide's number.
    TourDigit {
        digit: u8,
        now_s: f64,
    },
    /// To the slide whose number was typed, else on.
    TourEnter {
        now_s: f64,
    },
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

    /// A step in the review of what was recognised.
    Review(ReviewStep),
    /// A step with the workbook.
    Workbook(BookStep),
    /// Saved views and filters, and what was looked at last.
    Views(ViewStep),
    /// The files of the workbook's layers were looked for.
    LayersFound(Vec<FoundFile>),
    /// Something with a file of the workbook's layers.
    BookFile(u64, FileStep),
    /// Something about where a project is.
    Place(PlaceStep),
    /// What came of an order to the workbook.
    WorkbookNews(Box<BookNews>),
    /// An order to the workbook came to nothing.
    WorkbookFailed,
    /// A file of that name is there: the user is asked.
    AskReplaceBook(Box<BookOrder>),
    /// Asks where a copy of the workbook goes.
    AskBookCopy,

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

    /// Asks the user which files to open, in the desktop's dialog or our own.
    AskOpen,
    AskFile(Box<FileQuestion>),
    /// The desktop has no dialog.
    BrowseHere(Box<FileQuestion>),
    /// To a folder of the dialog.
    BrowseTo(PathBuf),
    FolderRead {
        folder: PathBuf,
        entries: Result<Vec<FolderEntry>, Message>,
    },
    SetBrowseText(String),
    SetBrowseAll(bool),
    /// A row of the dialog, or what is typed.
    ChooseInBrowse(Option<usize>),
    FilesChosen {
        purpose: Purpose,
        paths: Vec<PathBuf>,
    },
    /// Files of features, or of a basemap.
    OpenFiles(Vec<PathBuf>),
    FileRead {
        file: u64,
        layers: Vec<Snapshot>,
        reading: Reading,
    },
    /// A file's figures leave open what they refer to.
    AskCrs {
        file: u64,
        candidates: Vec<Candidate>,
    },
    /// A candidate of the question is looked at.
    LookAtCrs(usize),
    TypeCrs(String),
    AnswerCrs,
    /// Asks anew what the coordinates of an open file refer to.
    ReviseCrs(u64),
    /// The names of a table's columns do not tell which hold its coordinates.
    AskColumns {
        file: u64,
        start: Box<TableStart>,
    },
    /// Other columns, or another head, are looked at.
    ChooseColumns(Box<ChosenColumns>),
    /// Another sheet of the workbook is looked at.
    LookAtSheet(usize),
    /// Where the table would lie, as of a request.
    ColumnsTried {
        request: u64,
        landing: Landing,
    },
    AnswerColumns,
    /// Asks for the columns of a file that is open.
    ReviseColumns(u64),
    /// The question of a file is not answered: it is not opened, or stays as it is.
    DropQuestion(u64),
    /// Asks again what a file waits for.
    AskAgain(u64),
    CancelFile(u64),
    CloseFile(u64),
    ToggleLayer {
        file: u64,
        layer: usize,
    },
    /// Raises or lowers a layer by one.
    ShiftLayer {
        key: LayerKey,
        up: bool,
    },
    /// Opens the sheet of a layer's style.
    OpenLayerStyle(LayerKey),
    SetLayerStyle {
        key: LayerKey,
        style: Box<LayerStyle>,
        /// Not in the middle of a movement of the hand: it is remembered.
        settled: bool,
    },
    LayerClassed {
        key: LayerKey,
        request: u64,
        classes: Option<SharedClasses>,
    },
    /// What the filter lets pass of a layer, as of a request.
    LayersFiltered {
        request: u64,
        passed: Vec<(u64, usize, Passed)>,
    },

    /// Shows what the file says of a feature.
    OpenFeature(FeatureRef),
    /// To another of the features found at its place.
    StepFeature(isize),
    ZoomToFeature(FeatureRef),
    /// Shows a feature in the table of its layer.
    FindInTable(FeatureRef),
    /// Picks a feature on the map in the table of its layer, where that is shown.
    PickFeature(FeatureRef, Pick),
    OpenPackage,
    StartPackage(Box<PackageOrder>),
    PausePackage,
    PackageWent(PackageProgress),

    Export {
        format: ExportFormat,
        path: PathBuf,
        /// How a drawing is put on paper.
        form: Box<DrawingForm>,
    },
    /// Opens the sheet that joins a table to a layer.
    OpenJoin(LayerKey),
    Join(JoinStep),
    /// Opens the sheet that exports a layer.
    OpenLayerExport(LayerKey),
    ExportLayer {
        key: LayerKey,
        form: Box<LayerExportForm>,
    },
    /// A file of that name is there: the user is asked.
    AskReplaceLayer(Box<LayerExport>),
    /// A file of an export's name is there: the user is asked.
    AskReplace(Box<ExportOrder>),
    /// Writes what was asked about.
    ReplaceFile,
    /// Stops a job that shows in the window.
    StopJob(u64),
    /// A job has ended; `broke` when by a fault of the program's own.
    JobEnded {
        job: u64,
        broke: bool,
    },
    /// Tells the user something.
    Notify(NoticeLevel, Message),
    /// The user's clock, for the messages that were told since it was read last.
    SetMessageTime(Moment),
    DismissNotice(u64),
}

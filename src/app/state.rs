//! State of the application, by lifetime: what is loaded, what the user asked for, what is derived.

use std::sync::{Arc, OnceLock};

pub use super::overlay::Overlay;
use super::{
    basemaps::Basemaps,
    browse::ChosenPlace,
    decks::Decks,
    fit_target::FitTarget,
    history::{History, Question},
    job::RunningJob,
    layer_key::LayerKey,
    notice::{MessageLog, Notice},
    open_layers::OpenFile,
    package::PackageJob,
    part::Part,
    placing::Placing,
    review::Review,
    search_box::SharedCountry,
    settings::Settings,
    sketch::Sketch,
    tab::Tab,
    table::{Row, Sort, rows},
    tour::Tour,
    views::Views,
    workbook::OpenWorkbook,
};
use crate::{
    catalogue::{Catalogue, FacetTotals, Feature, Filter, Project, Task, Totals},
    diagnostics::Diagnostic,
    scene::{Padding, Viewport, free_part},
    search::Finder,
    units::{LonLat, TextRange},
};

/// A movement that the map has not made yet.
#[derive(Debug, Clone, PartialEq)]
pub struct CameraRequest {
    /// Grows by one with each request.
    pub number: u64,
    pub target: FitTarget,
    /// Jump, do not fly.
    pub instant: bool,
}

/// Words of the plan to scroll to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordsRequest {
    pub number: u64,
    pub range: TextRange,
}

/// Everything the window shows.
#[expect(clippy::struct_excessive_bools, reason = "panels, each open or not by itself")]
#[derive(Debug, Clone)]
pub struct State {
    // Loaded once.
    pub catalogue: Arc<Catalogue>,
    pub diagnostics: Arc<[Diagnostic]>,
    pub tasks: Arc<[Task]>,
    /// What can be searched for: prepared when something is searched for first.
    pub(super) finder: Arc<OnceLock<Finder>>,
    /// Places of the whole country, once somebody has searched.
    pub country: Option<SharedCountry>,
    pub(super) country_asked: bool,
    pub workbook: OpenWorkbook,
    pub decks: Decks,
    // Asked for by the user.
    pub settings: Settings,
    pub filter: Filter,
    pub selected: Vec<String>,
    /// The one in the card.
    pub focus: Option<String>,
    pub hover: Option<String>,
    /// A part of the one in the card that is picked, and one that is pointed at.
    pub part: Option<Part>,
    pub part_hover: Option<Part>,
    /// A place that was gone to, marked on the map.
    pub pin: Option<LonLat>,
    /// What is being drawn on the map.
    pub sketch: Option<Sketch>,
    /// The review of what was recognised, which takes the room of the panels.
    pub review: Option<Review>,
    /// Where a project is, while that is asked.
    pub placing: Option<Box<Placing>>,
    /// The sentence whose projects are shown.
    pub sentence: Option<usize>,
    pub left_tab: Tab,
    pub right_tab: Tab,
    pub left_open: bool,
    pub right_open: bool,
    /// Which of two open panels is seen where there is room for one: the one asked for last.
    pub left_in_front: bool,
    /// Whether the window has room for both side panels at once.
    pub side_by_side: bool,
    pub sort: Sort,
    /// The layer whose table is in the drawer; `None` for that of the projects.
    pub table_of: Option<LayerKey>,
    /// Rows that the table has room for.
    pub table_page: usize,
    /// A text that waits to be put on the clipboard.
    pub to_copy: Option<Arc<str>>,
    pub overlay: Overlay,
    /// What the palette was opened over; it comes back when that closes.
    pub(super) under: Overlay,
    pub tour: Option<Tour>,
    pub history: History,
    pub views: Views,
    pub basemaps: Basemaps,
    pub files: Vec<OpenFile>,
    /// Where the export was asked to be saved last.
    pub chosen_place: Option<ChosenPlace>,
    /// The latest request to filter layers, and what it asked.
    pub(super) layer_filter: u64,
    pub(super) layers_asked: Filter,
    pub package: Option<PackageJob>,
    /// Jobs that have not ended.
    pub running: Vec<RunningJob>,
    /// Every position of the catalogue: what a slide may show.
    pub all: Arc<[usize]>,
    // Derived by `refresh`.
    pub shown: Vec<usize>,
    pub rows: Vec<Row>,
    pub totals: Totals,
    /// What each value of each facet would leave.
    pub facets: FacetTotals,
    // On the way to or from the map.
    pub camera: Option<CameraRequest>,
    pub words: Option<WordsRequest>,
    pub viewport: Option<Viewport>,
    /// What panels and chips cover of it.
    pub covered: Padding,
    /// What is told and not closed, the newest last.
    pub notices: Vec<Notice>,
    /// What was told since the start.
    pub log: MessageLog,
    pub(super) counter: u64,
    /// Counts changes of what is looked at and kept.
    pub looked: u64,
    /// Counts changes of what the map draws, so that meshes are rebuilt only then.
    pub revision: u64,
}

impl State {
    /// The state at the start: nothing filtered, nothing selected, the whole city in view.
    pub fn new(
        catalogue: Arc<Catalogue>,
        diagnostics: Vec<Diagnostic>,
        settings: Settings,
    ) -> Self {
        let tasks = catalogue.tasks().into();
        let all = (0..catalogue.projects.len()).collect();
        let decks = Decks::read(&catalogue, None);
        let basemaps = Basemaps::new(&settings.basemap, &settings.basemaps);
        let mut state = Self {
            catalogue,
            diagnostics: diagnostics.into(),
            tasks,
            finder: Arc::default(),
            country: None,
            country_asked: false,
            workbook: OpenWorkbook::default(),
            decks,
            settings,
            filter: Filter::default(),
            selected: Vec::new(),
            focus: None,
            hover: None,
            part: None,
            part_hover: None,
            pin: None,
            sketch: None,
            review: None,
            placing: None,
            sentence: None,
            left_tab: Tab::Regions,
            right_tab: Tab::Card,
            left_open: true,
            right_open: false,
            left_in_front: true,
            side_by_side: true,
            sort: Sort::default(),
            table_of: None,
            table_page: 1,
            to_copy: None,
            overlay: Overlay::None,
            under: Overlay::None,
            tour: None,
            history: History::default(),
            views: Views::default(),
            basemaps,
            files: Vec::new(),
            chosen_place: None,
            layer_filter: 0,
            layers_asked: Filter::default(),
            package: None,
            running: Vec::new(),
            all,
            shown: Vec::new(),
            rows: Vec::new(),
            totals: Totals::default(),
            facets: FacetTotals::default(),
            camera: None,
            words: None,
            viewport: None,
            covered: Padding::default(),
            notices: Vec::new(),
            log: MessageLog::default(),
            counter: 0,
            looked: 0,
            revision: 0,
        };
        state.refresh();
        state.request_camera(FitTarget::City, true);
        state
    }

    /// The part of the map that nothing lies over.
    pub fn clear_view(&self) -> Option<Viewport> {
        self.viewport.map(|view| free_part(view, self.covered))
    }

    /// The project in the card.
    pub fn focused(&self) -> Option<&Project> {
        self.catalogue.project(self.focus.as_deref()?)
    }

    pub fn is_selected(&self, id: &str) -> bool {
        self.selected.iter().any(|s| s == id)
    }

    /// The parts of the project in the card that stand out: the one picked, then the one pointed at.
    pub fn marked_parts(&self) -> impl Iterator<Item = &Part> {
        // Where the card is not seen, nothing in it is pointed at.
        let has_card = self.right_seen() && self.right_tab == Tab::Card;
        let pointed = self.part_hover.as_ref().filter(|_| has_card);
        let pointed = pointed.filter(|part| self.part.as_ref() != Some(*part));
        self.part.iter().chain(pointed)
    }

    /// The line of its own that is picked.
    pub fn picked_line(&self) -> Option<&Feature> {
        let Some(Part::Line(id)) = &self.part else { return None };
        let project = self.focused()?;
        let own = project.features.iter().filter_map(|&i| self.catalogue.features.get(i));
        own.into_iter().find(|feature| feature.id == *id)
    }

    /// Whether the filter lets the project pass.
    pub fn is_shown(&self, position: usize) -> bool {
        self.shown.binary_search(&position).is_ok()
    }

    /// Whether the card is seen as a form.
    pub fn shows_form(&self) -> bool {
        let is_form = self.workbook.editing && self.workbook.is_writable();
        is_form && self.right_seen() && self.right_tab == Tab::Card && self.focused().is_some()
    }

    /// Whether the left panel is to be seen: open, and not behind the right one.
    pub const fn left_seen(&self) -> bool {
        self.review.is_none()
            && self.left_open
            && (self.side_by_side || !self.right_open || self.left_in_front)
    }

    /// Whether the right panel is to be seen: open, and not behind the left one.
    pub const fn right_seen(&self) -> bool {
        self.review.is_none()
            && self.right_open
            && (self.side_by_side || !self.left_open || !self.left_in_front)
    }

    /// Recomputes what follows from filter, order and language.
    pub(super) fn refresh(&mut self) {
        self.shown = self.filter.apply(&self.catalogue);
        let language = self.settings.language;
        self.rows = rows(&self.catalogue, &self.shown, &self.filter, self.sort, language);
        self.totals = self.catalogue.totals(self.shown.iter().copied());
        self.facets = FacetTotals::of(&self.catalogue, &self.filter, self.settings.county_money);
        self.revision += 1;
    }

    pub(super) fn open_left(&mut self, is_open: bool) {
        self.left_open = is_open;
        self.left_in_front = is_open;
    }

    pub(super) fn open_right(&mut self, is_open: bool) {
        self.right_open = is_open;
        self.left_in_front = !is_open;
    }

    pub(super) fn next_number(&mut self) -> u64 {
        self.counter += 1;
        self.counter
    }

    pub(super) fn request_camera(&mut self, target: FitTarget, instant: bool) {
        let number = self.next_number();
        self.camera = Some(CameraRequest { number, target, instant });
    }

    pub(super) fn request_words(&mut self, range: TextRange) {
        let number = self.next_number();
        self.words = Some(WordsRequest { number, range });
    }

    /// What is asked for now.
    pub(super) fn question(&self) -> Question {
        Question {
            filter: self.filter.clone(),
            selected: self.selected.clone(),
            focus: self.focus.clone(),
            sentence: self.sentence,
        }
    }

    /// Asks that instead.
    pub(super) fn ask(&mut self, question: Question) {
        let Question { filter, selected, focus, sentence } = question;
        self.filter = filter;
        self.selected = selected;
        self.focus = focus;
        self.sentence = sentence;
        self.part = None;
    }
}

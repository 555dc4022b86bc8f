//! The table of commands: its chords, its words, and that each row does something.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, LazyLock},
};

use jintu::{
    app::{
        Action, BookNews, DeckStep, ExportFormat, FitTarget, Job, Language, Order, Overlay,
        Purpose, ReviewStep, Settings, ShownBook, Sketch, SketchStep, State, Tab, TableStep,
        command::{
            self, Call, Chord, Command, Effect, Field, Group, Key, Keyboard, Outcome, ScaleStep,
            Scope, TABLE, palette, pressed, scopes, sheet,
        },
        feature_selection::Pick,
        update,
    },
    book::{Book, FilterRecord, Mark, PlanRef, RevisionRecord, ViewRecord},
    catalogue::{Facet, lower::book_of_plan},
    geo::Datum,
    jobs::book::base,
    scene::Viewport,
    store::SEEDS,
    units::{LonLat, Mercator},
};

use crate::{
    real::{catalogue, diagnostics},
    tidy::sources,
};

fn desk() -> State {
    State::new(catalogue(), diagnostics().to_vec(), Settings::default())
}

fn view(x: f64) -> Viewport {
    Viewport {
        center: Mercator { x, y: 0.4 },
        zoom: 9.0,
        width_pt: 1200.0,
        height_pt: 800.0,
        datum: Datum::Wgs84,
    }
}

fn after(mut state: State, actions: impl IntoIterator<Item = Action>) -> State {
    for action in actions {
        update(&mut state, action);
    }
    state
}

/// A desk at which everything can be done: steps and views behind and ahead, something selected and
/// filtered, a basemap from outside.
fn busy() -> State {
    let settings =
        Settings { recent_files: vec!["a.csv".into(), "b.csv".into()], ..Settings::default() };
    let ids = catalogue().projects.iter().map(|p| p.id.clone()).take(9).collect::<Vec<_>>();
    after(
        desk(),
        [
            Action::SetSettings(Box::new(settings)),
            Action::CameraSettled(view(0.80)),
            Action::CameraSettled(view(0.81)),
            Action::CameraSettled(view(0.82)),
            Action::ViewBack,
            Action::ShowBasemap("osm".into()),
            Action::Select(vec![ids[0].clone()]),
            Action::SetEndsOnly(true),
            Action::Toggle(Facet::Kind, catalogue().kinds[0].key.clone()),
            Action::SetText("太".into()),
            Action::Undo,
        ],
    )
}

fn with_pick_list() -> State {
    let ids: Vec<String> = catalogue().projects.iter().map(|p| p.id.clone()).take(30).collect();
    let open = Action::OpenPickList { ids, features: Vec::new(), at_pt: [0.0, 0.0] };
    after(desk(), [open, Action::MoveInList(10)])
}

fn with_palette() -> State {
    after(desk(), [Action::OpenPalette])
}

fn on_a_slide() -> State {
    after(desk(), [Action::StartTour { slide: 4 }, Action::TourDetach])
}

/// Two vertices of a line, and one taken back.
fn drawing() -> State {
    let points = [112.4, 112.5, 112.6].map(|lon| SketchStep::Add(LonLat::new(lon, 37.8)));
    let mut steps = vec![SketchStep::Begin(Purpose::Measure)];
    steps.extend(points);
    steps.push(SketchStep::TakeBack);
    after(busy(), steps.into_iter().map(Action::Sketch))
}

/// The records of a workbook of the plan that comes with the program.
pub fn records() -> Arc<Book> {
    static RECORDS: LazyLock<Arc<Book>> = LazyLock::new(|| {
        let made = book_of_plan(SEEDS.plan, "plan.txt", None, &Mark::default(), &SEEDS, &base());
        Arc::new(made.unwrap().book)
    });
    RECORDS.clone()
}

/// The review of such a workbook, one of the first being looked at.
fn reviewing() -> State {
    let mut state = desk();
    state.workbook.path = Some("a.jintu".into());
    state.workbook.shown.records = records();
    after(state, [Action::Review(ReviewStep::Open), Action::Review(ReviewStep::Move(9))])
}

/// A slide in the middle of a workbook's deck, open in the editor.
fn with_slide() -> State {
    let mut state = busy();
    state.viewport = Some(view(0.8));
    let shown = ShownBook { records: records(), ..ShownBook::default() };
    let path = Some("a.jintu".into());
    let news = BookNews { path, shown, is_other: true, ..BookNews::default() };
    let state = after(state, [Action::WorkbookNews(Box::new(news))]);
    let id = state.decks.of_open().nth(2).unwrap().id.clone();
    after(state, [Action::OpenTab(Tab::Slides), Action::Deck(DeckStep::Select(id))])
}

/// A line that was drawn for a project, one of its vertices picked.
fn placing() -> State {
    let mut state = busy();
    let points = [112.4, 112.5, 112.6].map(|lon| LonLat::new(lon, 37.8));
    let mut sketch = Sketch::of_place(points.to_vec(), false);
    sketch.picked = Some(1);
    state.sketch = Some(sketch);
    state
}

/// The table of a layer, some of its rows selected.
/// A workbook that can be written is open.
fn with_workbook() -> State {
    let mut state = busy();
    state.workbook.path = Some("a.jintu".into());
    state.selected = catalogue().projects.iter().take(2).map(|own| own.id.clone()).collect();
    state.settings.recent_books = vec!["b.jintu".into()];
    let (order, name) = (0, "铁路".to_owned());
    let (id, filter) = ("V-1".to_owned(), serde_json::json!({ "text": "铁路" }));
    let (extent, layers, selection) = ([112.0, 37.0, 113.0, 38.0], Vec::new(), None);
    let view = ViewRecord { id, order, name, extent, filter, layers, selection };
    let (id, name, filter) = ("F-1".to_owned(), view.name.clone(), view.filter.clone());
    state.workbook.shown.filters = [FilterRecord { id, order, name, filter }].into();
    state.workbook.shown.views = [view].into();
    let plan = PlanRef { hash: "0".to_owned(), name: "新.txt".to_owned(), document: None };
    let revision = RevisionRecord {
        id: "R-1".to_owned(),
        plan,
        compared_with: "1".to_owned(),
        decided: serde_json::Value::Null,
        mark: Mark::default(),
    };
    let mut records = Book::clone(&state.workbook.shown.records);
    records.put(&revision).unwrap();
    state.workbook.shown.records = Arc::new(records);
    state
}

fn with_layer_table() -> State {
    let state = crate::layer_table::opened(&crate::layer_table::layer(40));
    let of = (state.files[0].id, 0);
    let pick = |row, how| Action::LayerTable { of, step: TableStep::Pick(row, how) };
    after(state, [pick(20, Pick::Only), pick(22, Pick::Toggle), Action::SetTablePage(5)])
}

/// What can be told of a layer's table.
fn told(layer: &jintu::app::OpenLayer) -> String {
    let table = &layer.table;
    format!("{:?}", (table.selection.rows(), table.selection.cursor(), table.sort))
}

/// What a user could tell apart.
fn visible(state: &State) -> String {
    format!(
        "{:?}",
        (
            (&state.settings, &state.filter, &state.selected, &state.focus, &state.overlay),
            (state.left_tab, state.right_tab, state.left_open, state.right_open, state.sort),
            (&state.tour, &state.camera, &state.basemaps.chosen.key, &state.hover),
            (state.files.len(), &state.sketch, state.table_of, state.workbook.editing),
            state.files.iter().flat_map(|file| &file.layers).map(told).collect::<Vec<_>>(),
            state.review.as_ref().map(|review| (&review.at, review.showing)),
        )
    )
}

#[test]
fn ids_are_stable_names_and_stand_once() {
    let mut ids = BTreeSet::new();
    for command in command::all() {
        assert!(ids.insert(command.id), "{} stands twice", command.id);
        let plain = command.id.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        assert!(plain && !command.id.starts_with('-'), "{}", command.id);
        assert_eq!(command::named(command.id).map(|c| c.label), Some(command.label));
    }
    assert!(ids.len() > 50, "{}", ids.len());
    let state = busy();
    let mut entries = BTreeSet::new();
    for entry in palette::entries(&state) {
        assert!(entries.insert(entry.id()), "{} stands twice", entry.id());
    }
    assert!(entries.len() > ids.len(), "choices are rows of their own");
}

#[test]
fn every_command_has_a_name_in_both_languages() {
    let is_hanzi = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for command in command::all() {
        let (zh, en) = (command.name(Language::Chinese), command.name(Language::English));
        assert!(zh.chars().any(is_hanzi), "{}: {zh}", command.id);
        assert!(!en.chars().any(is_hanzi) && en != command.label, "{}: {en}", command.id);
    }
    for (group, _) in TABLE {
        assert!(command::TABLE.iter().filter(|(own, _)| *own == group).count() == 1);
    }
    let mut names = BTreeMap::new();
    for entry in palette::entries(&busy()) {
        for language in [Language::Chinese, Language::English] {
            let name = entry.name(language);
            assert!(!name.contains("%{") && !name.contains("command."), "{name}");
            let twin = names.insert((language.tag(), name.clone()), entry.id());
            assert_eq!(twin, None, "{name} could be either");
        }
    }
}

#[test]
fn no_chord_means_two_things() {
    let mut owners: BTreeMap<(Scope, Chord), &str> = BTreeMap::new();
    for command in command::all() {
        for binding in command.bindings {
            let twin = owners.insert((binding.scope, binding.chord), command.id);
            assert_eq!(twin, None, "{:?} is also {}", binding, command.id);
        }
    }
    // Where scopes hold together the first of them is meant. That may hide a command only where it
    // is said here.
    let mut hidden = BTreeSet::new();
    let states: [fn() -> State; 7] =
        [desk, with_pick_list, with_palette, drawing, placing, on_a_slide, reviewing];
    for state in states {
        let state = state();
        for (in_text, on_map, on_table) in [
            (false, false, false),
            (true, false, false),
            (false, true, false),
            (false, false, true),
        ] {
            let scopes = scopes(&state, Keyboard { in_text, on_map, on_table, on_widget: false });
            for (i, first) in scopes.iter().enumerate() {
                for second in &scopes[i + 1..] {
                    let of = |scope| owners.iter().filter(move |((s, _), _)| *s == scope);
                    for ((_, chord), own) in of(*first) {
                        if let Some(other) = owners.get(&(*second, *chord))
                            && own != other
                        {
                            hidden.insert(format!("{own} before {other}"));
                        }
                    }
                }
            }
        }
    }
    let said = [
        "end-sketch before zoom-to-features",
        "list-move before pan",
        "pan before review-move",
        "table-move before fit-city",
        "vertex-again before redo",
        "vertex-back before undo",
        "vertex-back before view-back",
        "zoom-to-features before fit-selection",
    ];
    assert_eq!(hidden, said.into_iter().map(str::to_owned).collect());
}

#[test]
#[expect(clippy::large_stack_arrays, reason = "states of a test")]
fn every_command_does_something() {
    let states = [
        busy(),
        desk(),
        with_pick_list(),
        with_palette(),
        drawing(),
        placing(),
        on_a_slide(),
        with_layer_table(),
        with_workbook(),
        with_slide(),
        reviewing(),
        after(with_layer_table(), [Action::OpenTable(None)]),
    ];
    for command in command::all() {
        if command.id == "enter-text" {
            // The field that hears it does it.
            assert!(command.bindings.iter().all(|binding| binding.scope == Scope::Field));
            continue;
        }
        let did = states.iter().filter(|state| command.is_enabled(state)).any(|state| {
            let choices = command.choices.map_or_else(Vec::new, |choices| (choices.list)(state));
            let keys: Vec<&str> = match command.choices {
                None => vec![""],
                // What is chosen already need not do anything.
                Some(_) => choices.iter().filter(|c| !c.is_on).map(|c| c.key.as_str()).collect(),
            };
            !keys.is_empty() && keys.into_iter().all(|choice| does(command, state, choice))
        });
        assert!(did, "{} does nothing", command.id);
    }
}

fn does(command: &Command, state: &State, choice: &str) -> bool {
    let Outcome { actions, effects } = command.run(state, Call { now_s: 100.0, choice });
    let before = visible(state);
    let mut state = state.clone();
    let jobs: Vec<Job> =
        actions.into_iter().flat_map(|action| update(&mut state, action)).collect();
    !effects.is_empty() || !jobs.is_empty() || visible(&state) != before
}

#[test]
fn what_cannot_be_done_asks_for_nothing() {
    let state = desk();
    let barred = [
        "fit-selection",
        "clear-selection",
        "clear-filter",
        "undo",
        "redo",
        "view-back",
        "view-forward",
        "retry-tiles",
        "package",
        "return-to-slide",
        "end-sketch",
        "vertex-back",
        "vertex-again",
        "copy-measure",
        "review-move",
        "review-accept",
        "review-skip",
        "review-accept-all",
    ];
    for id in barred {
        let command = command::named(id).unwrap();
        assert!(!command.is_enabled(&state), "{id}");
        assert_eq!(
            command.run(&state, Call { now_s: 0.0, choice: "" }),
            Outcome::default(),
            "{id}"
        );
    }
    let enabled = command::all().filter(|command| command.is_enabled(&state)).count();
    assert!(enabled > 40, "{enabled}");
}

/// What a chord asks for; nothing where it means nothing.
fn asked(state: &State, keyboard: Keyboard, chord: Chord, is_repeat: bool) -> Outcome {
    match pressed(chord, is_repeat, &scopes(state, keyboard), state) {
        Some((command, choice)) => command.run(state, Call { now_s: 7.0, choice: &choice }),
        None => Outcome::default(),
    }
}

const NOBODY: Keyboard =
    Keyboard { in_text: false, on_map: false, on_table: false, on_widget: false };
const TEXT: Keyboard = Keyboard { in_text: true, on_map: false, on_table: false, on_widget: false };
const MAP: Keyboard = Keyboard { in_text: false, on_map: true, on_table: false, on_widget: false };

fn letter(c: char) -> Chord {
    Chord::plain(Key::Char(c))
}

#[test]
fn the_keys_of_the_desk() {
    let state = busy();
    let search = Outcome::from(Effect::Focus(Field::Search));
    let expected: Vec<(Chord, Outcome)> = vec![
        (Chord::plain(Key::Function(5)), Action::StartTour { slide: 0 }.into()),
        (Chord::ctrl(Key::Char('L')), search.clone()),
        (letter('/'), search),
        (Chord::ctrl(Key::Char('E')), Action::OpenExport.into()),
        (Chord::ctrl(Key::Char('K')), Action::OpenPalette.into()),
        (Chord::alt(Key::Left), Action::ViewBack.into()),
        (Chord::alt(Key::Right), Action::ViewForward.into()),
        (Chord::plain(Key::Backspace), Action::ViewBack.into()),
        (Chord::ctrl(Key::Char('Z')), Action::Undo.into()),
        (Chord::ctrl(Key::Char('Y')), Action::Redo.into()),
        (Chord::ctrl_shift(Key::Char('Z')), Action::Redo.into()),
        (letter('?'), Action::OpenHelp.into()),
        (Chord::shift(Key::Char('?')), Action::OpenHelp.into()),
        (Chord::shift(Key::Char('/')), Action::OpenHelp.into()),
        (Chord::plain(Key::Escape), Action::Escape.into()),
        (Chord::plain(Key::Home), Action::Fit(FitTarget::City).into()),
        (letter('F'), Action::Fit(FitTarget::Selection).into()),
        (letter('T'), Action::ToggleTable.into()),
        (letter('H'), [Action::ToggleLeft, Action::ToggleRight].into()),
        (letter('L'), Effect::ToggleLegend.into()),
        (Chord::plain(Key::Function(11)), Effect::FullScreen.into()),
        (Chord::ctrl(Key::Char('+')), Effect::Scale(ScaleStep::Up).into()),
        (Chord::ctrl(Key::Char('=')), Effect::Scale(ScaleStep::Up).into()),
        (Chord::ctrl(Key::Char('-')), Effect::Scale(ScaleStep::Down).into()),
        (Chord::ctrl(Key::Char('0')), Effect::Scale(ScaleStep::Back).into()),
        (Chord::ctrl(Key::Char('Q')), Effect::Quit.into()),
    ];
    for (chord, outcome) in expected {
        assert_eq!(asked(&state, NOBODY, chord, false), outcome, "{chord}");
    }
    for (digit, kind) in ('1'..='9').zip(&catalogue().kinds) {
        let toggled = Action::Toggle(Facet::Kind, kind.key.clone());
        assert_eq!(asked(&state, NOBODY, letter(digit), false), toggled.into(), "{digit}");
    }
    // Present from the selected project: the first slide that shows it.
    let slides = &catalogue().slides;
    let (slide, id) = slides
        .iter()
        .enumerate()
        .skip(1)
        .find_map(|(i, slide)| {
            let id = slide.project_ids.first()?;
            let first = slides.iter().position(|s| s.project_ids.contains(id))?;
            (first == i).then(|| (i, id.clone()))
        })
        .unwrap();
    let state = after(state, [Action::Select(vec![id])]);
    let here = asked(&state, NOBODY, Chord::shift(Key::Function(5)), false);
    assert_eq!(here, Action::StartTour { slide }.into());
    let help = after(state, [Action::OpenHelp]);
    assert_eq!(asked(&help, NOBODY, letter('?'), false), Action::CloseOverlay.into());
}

#[test]
fn letters_belong_to_the_text_that_is_typed() {
    let state = busy();
    let nothing = Outcome::default();
    for c in ('A'..='Z').chain('0'..='9').chain("/?.+-=".chars()) {
        assert_eq!(asked(&state, TEXT, letter(c), false), nothing, "{c}");
        assert_eq!(asked(&state, TEXT, Chord::shift(Key::Char(c)), false), nothing, "{c}");
    }
    for key in [Key::Backspace, Key::Home, Key::End, Key::Left, Key::Up, Key::Enter, Key::Space] {
        assert_eq!(asked(&state, TEXT, Chord::plain(key), false), nothing, "{key}");
    }
    // A text field has these for itself.
    for c in ['A', 'C', 'V', 'X', 'Y', 'Z'] {
        assert_eq!(asked(&state, TEXT, Chord::ctrl(Key::Char(c)), false), nothing, "{c}");
    }
    for chord in [
        Chord::plain(Key::Function(5)),
        Chord::plain(Key::Function(11)),
        Chord::plain(Key::Escape),
        Chord::ctrl(Key::Char('F')),
        Chord::ctrl(Key::Char('E')),
        Chord::ctrl(Key::Char('K')),
        Chord::ctrl(Key::Char('+')),
        Chord::alt(Key::Left),
    ] {
        assert_ne!(asked(&state, TEXT, chord, false), nothing, "{chord}");
    }
}

#[test]
fn the_keys_of_a_drawing() {
    let state = drawing();
    let step = |step| Outcome::from(Action::Sketch(step));
    for (chord, outcome) in [
        (letter('M'), step(SketchStep::Leave)),
        (letter('P'), step(SketchStep::Begin(Purpose::Filter))),
        (Chord::plain(Key::Enter), step(SketchStep::End)),
        (Chord::plain(Key::Backspace), step(SketchStep::TakeBack)),
        (Chord::ctrl(Key::Char('Z')), step(SketchStep::TakeBack)),
        (Chord::ctrl(Key::Char('Y')), step(SketchStep::SetAgain)),
        (Chord::ctrl_shift(Key::Char('Z')), step(SketchStep::SetAgain)),
        (Chord::plain(Key::Escape), Action::Escape.into()),
    ] {
        for keyboard in [NOBODY, MAP] {
            assert_eq!(asked(&state, keyboard, chord, false), outcome, "{chord}");
        }
    }
    // A button that has the keyboard has Enter, and the desk its undo.
    let on_widget = Keyboard { on_widget: true, ..NOBODY };
    assert_eq!(asked(&state, on_widget, Chord::plain(Key::Enter), false), Outcome::default());
    assert_eq!(asked(&state, on_widget, Chord::ctrl(Key::Char('Z')), false), Action::Undo.into());
    // Before the first vertex nothing behind it is taken back instead.
    let begun = after(busy(), [Action::Sketch(SketchStep::Begin(Purpose::Measure))]);
    for chord in [Chord::ctrl(Key::Char('Z')), Chord::plain(Key::Backspace)] {
        assert_eq!(asked(&begun, MAP, chord, false), Outcome::default(), "{chord}");
    }
    // A sheet that lies over the map has the keys.
    let help = after(drawing(), [Action::OpenHelp]);
    assert_eq!(asked(&help, NOBODY, Chord::plain(Key::Enter), false), Outcome::default());
}

#[test]
fn the_keys_of_the_map() {
    let state = desk();
    for (chord, effect) in [
        (Chord::plain(Key::Left), Effect::Pan([0.25, 0.0])),
        (Chord::plain(Key::Right), Effect::Pan([-0.25, 0.0])),
        (Chord::plain(Key::Up), Effect::Pan([0.0, 0.25])),
        (Chord::plain(Key::Down), Effect::Pan([0.0, -0.25])),
        (letter('+'), Effect::Zoom(1.0)),
        (letter('='), Effect::Zoom(1.0)),
        (Chord::shift(Key::Char('+')), Effect::Zoom(1.0)),
        (letter('-'), Effect::Zoom(-1.0)),
    ] {
        assert_eq!(asked(&state, MAP, chord, false), effect.clone().into(), "{chord}");
        assert_eq!(asked(&state, MAP, chord, true), effect.clone().into(), "{chord} held down");
        assert_eq!(asked(&state, NOBODY, chord, false), Outcome::default(), "{chord}");
        // Zooming a slide's map is exploring; arrows turn the page there.
        let on_slide = asked(&on_a_slide(), MAP, chord, false);
        let zooms = matches!(effect, Effect::Zoom(_));
        let expected = if zooms { vec![effect.clone()] } else { Vec::new() };
        assert_eq!(on_slide.effects, expected, "{chord}");
        assert_eq!(on_slide.actions.contains(&Action::TourDetach), zooms, "{chord}");
    }
}

#[test]
fn a_key_held_down_counts_once() {
    let state = busy();
    for chord in [
        Chord::plain(Key::Function(5)),
        Chord::plain(Key::Function(11)),
        Chord::plain(Key::Escape),
        letter('T'),
        letter('1'),
        Chord::ctrl(Key::Char('Z')),
    ] {
        assert_ne!(asked(&state, NOBODY, chord, false), Outcome::default(), "{chord}");
        assert_eq!(asked(&state, NOBODY, chord, true), Outcome::default(), "{chord}");
    }
    let slide = on_a_slide();
    for key in [Key::PageDown, Key::PageUp, Key::Escape, Key::Char('.')] {
        assert_ne!(asked(&slide, NOBODY, Chord::plain(key), false), Outcome::default(), "{key}");
        assert_eq!(asked(&slide, NOBODY, Chord::plain(key), true), Outcome::default(), "{key}");
    }
}

#[test]
fn the_keys_of_a_slide() {
    let state = on_a_slide();
    let last = catalogue().slides.len() - 1;
    let now_s = 7.0;
    let groups: [(&[Key], Action); 11] = [
        (
            &[Key::PageDown, Key::Right, Key::Down, Key::Space, Key::Char('N')],
            Action::TourNext { now_s },
        ),
        (
            &[Key::PageUp, Key::Left, Key::Up, Key::Backspace, Key::Char('P')],
            Action::TourPrevious { now_s },
        ),
        (&[Key::Home], Action::TourGo(0)),
        (&[Key::End], Action::TourGo(last)),
        (&[Key::Char('.'), Key::Char('B')], Action::TourBlank { white: false }),
        (&[Key::Char('W')], Action::TourBlank { white: true }),
        (&[Key::Char('R')], Action::TourReturn),
        (&[Key::Enter], Action::TourEnter { now_s }),
        (&[Key::Char('0')], Action::TourDigit { digit: 0, now_s }),
        (&[Key::Char('7')], Action::TourDigit { digit: 7, now_s }),
        (&[Key::Escape, Key::Function(5)], Action::TourLeave { now_s }),
    ];
    let mut meant = BTreeSet::new();
    for (keys, action) in groups {
        for key in keys {
            meant.insert(*key);
            for keyboard in [NOBODY, MAP, TEXT] {
                let asked = asked(&state, keyboard, Chord::plain(*key), false);
                assert_eq!(asked, action.clone().into(), "{key}");
            }
        }
    }
    // Nothing else, least of all what belongs to the desk: no palette, no export, no way out.
    for c in ('A'..='Z').chain("/?".chars()) {
        let key = Key::Char(c);
        if !meant.contains(&key) {
            assert_eq!(asked(&state, MAP, letter(c), false), Outcome::default(), "{c}");
        }
    }
    for c in ('A'..='Z').chain('0'..='9').chain("/?+-=".chars()) {
        let chord = Chord::ctrl(Key::Char(c));
        let scales = ['+', '-', '=', '0'].contains(&c);
        assert_eq!(asked(&state, MAP, chord, false) != Outcome::default(), scales, "{chord}");
    }
    let full = asked(&state, NOBODY, Chord::plain(Key::Function(11)), false);
    assert_eq!(full, Effect::FullScreen.into());
    // On a slide that was not left there is nothing to return to.
    let still = after(desk(), [Action::StartTour { slide: 4 }]);
    assert_eq!(asked(&still, NOBODY, letter('R'), false), Outcome::default());
}

#[test]
fn the_keys_of_a_list() {
    let state = with_pick_list();
    let Overlay::PickList { ids, row, .. } = state.overlay.clone() else { panic!("no list") };
    assert_eq!((row, state.hover.as_ref()), (10, ids.get(10)));
    for keyboard in [NOBODY, MAP] {
        let up = asked(&state, keyboard, Chord::plain(Key::Up), true);
        assert_eq!(up, Action::MoveInList(-1).into());
        let chosen = asked(&state, keyboard, Chord::plain(Key::Enter), false);
        let select = Action::Select(vec![ids[10].clone()]);
        assert_eq!(chosen, [Action::CloseOverlay, select].into());
    }
    // The ends hold.
    for (by, row) in [(-100, 0), (100, ids.len() - 1)] {
        let state = after(state.clone(), [Action::MoveInList(by)]);
        assert_eq!(state.hover, Some(ids[row].clone()));
    }
    // Without a list the keys are nobody's.
    assert_eq!(asked(&desk(), NOBODY, Chord::plain(Key::Enter), false), Outcome::default());
}

fn best(state: &State, text: &str) -> String {
    palette::find(state, text).first().map(palette::Entry::id).unwrap_or_default()
}

#[test]
fn commands_are_found_by_any_of_their_names() {
    let state = busy();
    for (id, texts) in [
        ("export", &["导出", "daochu", "dc", "export", "EXPORT", "Exp"][..]),
        ("quit", &["退出锦图", "tc", "tuichu", "tuichujintu", "quit"]),
        ("full-screen", &["全屏", "quanping", "qp", "full screen", "full-screen", "fullscreen"]),
        ("toggle-table", &["项目表", "xiangmubiao", "toggle-table"]),
        ("toggle-graticule", &["经纬网", "jingweiwang", "jww", "graticule", "grat"]),
        ("package", &["离线包", "lixianbao", "lxb", "offline package"]),
        ("choose-basemap:osm", &["底图 openstreetmap", "OpenStreetMap", "basemap openstreet"]),
        ("choose-basemap:tianditu-img", &["天地图 影像", "tianditu yingxiang", "tdtyx"]),
        ("open-tab:tab.tasks", &["页签：任务", "任务", "renwu", "tab tasks"]),
        ("undo", &["撤销", "chexiao", "undo"]),
        ("toggle-county:140121", &["清徐县", "qingxu", "qingxuxian", "Qingxu"]),
        ("toggle-kind:railway", &["铁路", "tielu", "railway"]),
        ("toggle-region:jjj", &["京津冀", "jjj"]),
        ("toggle-language", &["英文", "yingwen", "切换", "english"]),
    ] {
        for text in texts {
            assert_eq!(best(&state, text), id, "{text}");
        }
    }
    assert!(palette::find(&state, "qqqq").is_empty());
    let kinds = palette::find(&state, "类别");
    assert!(kinds.len() >= catalogue().kinds.len(), "{}", kinds.len());
}

#[test]
fn the_best_match_comes_first_and_what_cannot_be_done_last() {
    let state = desk();
    for text in ["定位", "撤销", "f", "d", "图", "a"] {
        let found = palette::find(&state, text);
        assert!(!found.is_empty(), "{text}");
    }
    // With nothing typed everything is listed once; first what can be done.
    let all = palette::find(&state, "");
    assert_eq!(all.len(), palette::entries(&state).len());
    let enabled: Vec<bool> = all.iter().map(|entry| entry.is_enabled(&state)).collect();
    assert!(enabled.is_sorted_by_key(|enabled| !enabled), "{enabled:?}");
    // A command that cannot be done is found and does nothing.
    let undo = palette::find(&state, "undo").remove(0);
    assert_eq!((undo.id().as_str(), undo.is_enabled(&state)), ("undo", false));
    assert_eq!(undo.choose(&state, 0.0), Outcome::default());
}

#[test]
fn what_was_used_last_comes_first_and_is_remembered() {
    let mut state = desk();
    let use_it = |state: &mut State, text: &str| -> Vec<Job> {
        let entry = palette::find(state, text).remove(0);
        let actions = entry.choose(state, 0.0).actions;
        actions.into_iter().flat_map(|action| update(state, action)).collect()
    };
    for text in ["全市", "经纬网", "离线底图", "全市"] {
        update(&mut state, Action::OpenPalette);
        let jobs = use_it(&mut state, text);
        assert_eq!(state.overlay, Overlay::None, "{text}");
        let saved = jobs.iter().any(|job| {
            matches!(&job.order, Order::SaveSettings(saved)
                if saved.recent_commands == state.settings.recent_commands)
        });
        assert!(saved, "{text}: {jobs:?}");
    }
    let recent = ["fit-city", "choose-basemap:offline", "toggle-graticule"];
    assert_eq!(state.settings.recent_commands, recent);
    let listed: Vec<String> =
        palette::find(&state, "").iter().take(3).map(palette::Entry::id).collect();
    assert_eq!(listed, recent);
    // Of two that match as well the one used last is meant.
    let both = |state: &State| -> Vec<String> {
        palette::find(state, "界面").iter().map(palette::Entry::id).collect()
    };
    let last = both(&state).pop().unwrap();
    update(&mut state, Action::CommandUsed(last.clone()));
    assert!(both(&state).contains(&last));
    // It is a short list, and what a newer version wrote there does no harm.
    for i in 0..40 {
        update(&mut state, Action::CommandUsed(format!("of-a-later-version-{i}")));
    }
    assert_eq!(state.settings.recent_commands.len(), palette::MOST_RECENT);
    assert_eq!(palette::find(&state, "").len(), palette::entries(&state).len());
    let text = serde_json::to_string(&state.settings).unwrap();
    let read: Settings = serde_json::from_str(&text).unwrap();
    assert_eq!(read.recent_commands, state.settings.recent_commands);
    assert!(serde_json::from_str::<Settings>("{}").unwrap().recent_commands.is_empty());
}

/// What can be done by hand has a row: an action that no command and no place of the window names
/// would be missing here.
#[test]
fn what_users_do_can_be_found() {
    let state = busy();
    let offered: BTreeSet<String> =
        palette::entries(&state).iter().map(palette::Entry::id).collect();
    for choice in &state.basemaps.choices {
        assert!(offered.contains(&format!("choose-basemap:{}", choice.key)), "{}", choice.key);
    }
    for tab in jintu::app::Tab::ALL {
        assert!(offered.contains(&format!("open-tab:{}", tab.name())), "{tab:?}");
    }
    for facet in Facet::ALL {
        for own in state.facets.values(facet).iter().filter(|own| own.held_by > 0) {
            let end = format!(":{}", own.value);
            assert!(offered.iter().any(|id| id.ends_with(&end)), "{facet:?} {}", own.value);
        }
    }
    for column in jintu::app::Column::ALL {
        assert!(offered.contains(&format!("sort-by:{}", column.heading())), "{column:?}");
    }
    for id in ["export", "open-file", "add-basemap", "package", "present", "undo", "redo"] {
        assert!(offered.contains(id), "{id}");
    }
    // What only makes sense as a key is not offered.
    for id in ["palette", "escape", "list-move", "enter-text", "next-slide", "leave-tour"] {
        assert!(!offered.contains(id), "{id}");
    }
    assert_eq!(ExportFormat::ALL.len(), 9);
}

#[test]
fn the_sheet_of_keys_tells_every_key() {
    let told: Vec<(Group, &str)> = sheet::sections()
        .iter()
        .flat_map(|section| section.commands.iter().map(|command| (section.group, command.id)))
        .collect();
    let with_keys = command::all().filter(|command| !command.bindings.is_empty()).count();
    assert_eq!(told.len(), with_keys);
    let words = |id: &str| sheet::keys_of(&command::named(id).unwrap().chords());
    assert_eq!(words("toggle-kind"), "1–9");
    assert_eq!(words("go-view"), "Alt+1–9");
    assert_eq!(words("search"), "/  Ctrl+L");
    assert_eq!(words("pan"), "←  ↑  →  ↓");
    assert_eq!(words("redo"), "Ctrl+Y", "another keyboard's way is not told");
    assert_eq!(command::hint("toggle-table", Language::Chinese), "项目表 (T)");
    assert_eq!(command::hint("toggle-left", Language::English), "Left panel");
    assert_eq!(command::with_key("present", Language::English), "Present F5");
}

/// The tables of keys in the READMEs. `UPDATE_SNAPSHOTS=1` writes them, as it does for pictures.
#[test]
fn the_readmes_have_the_keys_of_the_table() {
    for (file, language) in
        [("README.md", Language::English), ("README.zh-CN.md", Language::Chinese)]
    {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        let (start, end) = ("<!-- keys -->\n", "<!-- /keys -->");
        let from = text.find(start).unwrap() + start.len();
        let to = from + text[from..].find(end).unwrap();
        let wanted = sheet::markdown(language);
        if std::env::var_os("UPDATE_SNAPSHOTS").is_some() && text[from..to] != wanted {
            let new = format!("{}{wanted}{}", &text[..from], &text[to..]);
            std::fs::write(&path, new).unwrap();
            continue;
        }
        assert_eq!(&text[from..to], wanted, "{file}");
    }
}

/// Commands are named in the window by their ids: each is there.
#[test]
fn every_id_that_is_named_is_there() {
    let mut named = 0;
    let window = |file: &str| file.starts_with("src/ui/") || file.starts_with("src/map/");
    for (file, source) in sources().into_iter().filter(|(file, _)| window(file)) {
        for call in ["hint(\"", "_key(\"", "press(\"", "named(\""] {
            for (at, _) in source.match_indices(call) {
                let id = source[at + call.len()..].split('"').next().unwrap();
                assert!(command::named(id).is_some(), "{file}: {id}");
                named += 1;
            }
        }
    }
    assert!(named > 7, "{named}");
}

#[test]
fn the_keys_of_the_review() {
    let state = reviewing();
    let step = |step| Outcome::from(Action::Review(step));
    let plain = |key| Chord::plain(key);
    assert_eq!(asked(&state, NOBODY, plain(Key::Enter), false), step(ReviewStep::Accept));
    assert_eq!(asked(&state, NOBODY, plain(Key::Delete), false), step(ReviewStep::Skip));
    assert_eq!(asked(&state, NOBODY, plain(Key::Down), true), step(ReviewStep::Move(1)));
    // A key that is held down decides about one only.
    assert_eq!(asked(&state, NOBODY, plain(Key::Enter), true), Outcome::default());
    // In a field, and on a button, they are the field's and the button's.
    let widget = Keyboard { on_widget: true, ..NOBODY };
    for key in [Key::Enter, Key::Delete, Key::Down] {
        assert_eq!(asked(&state, TEXT, plain(key), false), Outcome::default());
        assert_eq!(asked(&state, widget, plain(key), false), Outcome::default());
    }
    assert_eq!(asked(&state, NOBODY, plain(Key::Function(4)), false), step(ReviewStep::Close));
}

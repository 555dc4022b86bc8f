//! The one function that changes state, action by action.

use jintu::{
    app::{
        Action, CameraRequest, Column, Entry, ExportFormat, FitTarget, Job, Language, Message,
        News, NoticeLevel, Order, Overlay, Reading, Settings, State, Tab, Tell, update,
    },
    catalogue::{Facet, Filter, Status},
    gazetteer::SortKey,
    style::Mode,
    units::Extent,
};

use crate::real::{catalogue, ids, state};

fn act(state: &mut State, actions: impl IntoIterator<Item = Action>) -> Vec<Job> {
    actions.into_iter().flat_map(|action| update(state, action)).collect()
}

fn select(ids: &[&str]) -> Action {
    Action::Select(ids.iter().map(|id| (*id).to_owned()).collect())
}

fn target(state: &State) -> &FitTarget {
    let Some(CameraRequest { target, .. }) = &state.camera else { panic!("no camera request") };
    target
}

#[test]
fn it_opens_on_everything_and_on_the_city() {
    let state = state();
    assert_eq!(state.shown.len(), 138);
    assert_eq!(state.rows.len(), 138);
    assert_eq!(*target(&state), FitTarget::City);
    assert!(state.selected.is_empty() && state.focus.is_none() && state.tour.is_none());
    assert!(!state.history.can_undo() && !state.history.can_redo());
}

#[test]
fn a_selection_opens_the_card_and_asks_for_its_words() {
    let mut state = state();
    act(&mut state, [select(&["B1-02", "B1-03"])]);
    assert_eq!(state.focused().unwrap().id, "B1-02");
    assert!(state.right_open && state.is_selected("B1-03"));
    assert_eq!(state.words.unwrap().range, state.focused().unwrap().words);
    act(&mut state, [Action::ToggleSelected("B1-02".to_owned())]);
    assert_eq!(state.selected, ["B1-03"]);
    act(&mut state, [Action::ToggleSelected("B5-01".to_owned())]);
    assert_eq!(state.selected, ["B5-01", "B1-03"]);
    assert_eq!(state.focus.as_deref(), Some("B5-01"));
    act(&mut state, [Action::ClearSelection]);
    assert!(state.selected.is_empty() && state.focus.is_none());
    // What names nothing is selected harmlessly.
    act(&mut state, [select(&["B9-99"])]);
    assert!(state.focused().is_none());
}

#[test]
fn undo_and_redo_walk_filter_and_selection() {
    let mut state = state();
    let mut seen = vec![(state.filter.clone(), state.selected.clone(), state.shown.clone())];
    let actions = [
        Action::Toggle(Facet::County, "140121".to_owned()),
        select(&["B1-02"]),
        Action::SetText("高速".to_owned()),
        Action::Toggle(Facet::Status, Status::Done.key().to_owned()),
        Action::ClearFilter,
    ];
    for action in actions {
        act(&mut state, [action]);
        seen.push((state.filter.clone(), state.selected.clone(), state.shown.clone()));
    }
    for expected in seen.iter().rev().skip(1) {
        act(&mut state, [Action::Undo]);
        assert_eq!(
            (&state.filter, &state.selected, &state.shown),
            (&expected.0, &expected.1, &expected.2)
        );
    }
    assert!(!state.history.can_undo());
    act(&mut state, [Action::Undo]);
    assert_eq!(state.filter, seen[0].0);
    for expected in seen.iter().skip(1) {
        act(&mut state, [Action::Redo]);
        assert_eq!(
            (&state.filter, &state.selected, &state.shown),
            (&expected.0, &expected.1, &expected.2)
        );
    }
    assert!(!state.history.can_redo());
    // A new step after undoing forgets what lay ahead.
    act(&mut state, [Action::Undo, Action::SetText("汾河".to_owned())]);
    assert!(!state.history.can_redo());
}

#[test]
fn an_action_that_changes_nothing_is_no_step() {
    let mut state = state();
    let revision = state.revision;
    act(&mut state, [Action::ClearFilter, Action::ClearSelection, Action::SetText(String::new())]);
    assert!(!state.history.can_undo());
    assert_eq!(state.revision, revision);
    act(&mut state, [Action::Hover(Some("B1-02".to_owned())), Action::Hover(None)]);
    assert!(!state.history.can_undo());
}

#[test]
fn rows_and_totals_follow_the_filter() {
    let mut state = state();
    let before = state.totals;
    act(&mut state, [Action::Toggle(Facet::County, "140121".to_owned())]);
    let expected = Filter { counties: ["140121".to_owned()].into(), ..Filter::default() };
    let catalogue = catalogue();
    assert_eq!(state.shown, expected.apply(&catalogue));
    assert!(!state.shown.is_empty() && state.shown.len() < 138);
    assert_eq!(state.totals, catalogue.totals(state.shown.iter().copied()));
    assert_ne!(state.totals, before);
    let mut in_rows: Vec<usize> = state.rows.iter().map(|row| row.project).collect();
    in_rows.sort_unstable();
    assert_eq!(in_rows, state.shown);
    assert_eq!(*target(&state), FitTarget::County("140121".to_owned()));
    act(&mut state, [Action::Toggle(Facet::County, "140121".to_owned())]);
    assert_eq!((state.totals, target(&state)), (before, &FitTarget::City));
}

#[test]
fn every_condition_can_be_set_and_taken_back() {
    let toggles = [
        Action::Toggle(Facet::Region, "jjj".to_owned()),
        Action::Toggle(Facet::Task, "3.1".to_owned()),
        Action::Toggle(Facet::Kind, "highway".to_owned()),
        Action::Toggle(Facet::Status, Status::Done.key().to_owned()),
        Action::Toggle(Facet::Accuracy, "schematic".to_owned()),
    ];
    for action in toggles {
        let mut state = state();
        act(&mut state, [action.clone()]);
        assert!(
            !state.filter.is_empty() && state.shown.len() < 138 && !state.shown.is_empty(),
            "{action:?}"
        );
        act(&mut state, [action.clone()]);
        assert!(state.filter.is_empty() && state.shown.len() == 138, "{action:?}");
    }
    let mut state = state();
    act(&mut state, [Action::SetInvestment { min_yi: Some(400.0), max_yi: Some(500.0) }]);
    assert_eq!(ids(&state.catalogue, &state.shown), ["B1-02", "B2-02"]);
    let extent = Extent { west_deg: 112.0, south_deg: 37.5, east_deg: 112.2, north_deg: 37.7 };
    act(&mut state, [Action::ClearFilter, Action::SetBox(Some(extent))]);
    let boxed = Filter { extent: Some(extent), ..Filter::default() };
    assert_eq!(state.shown, boxed.apply(&state.catalogue));
    assert!(!state.shown.is_empty());
}

#[test]
fn what_lies_near_a_project_includes_it() {
    for id in ["B1-02", "B2-01", "B1-03"] {
        let mut state = state();
        act(&mut state, [Action::SetNear { id: id.to_owned(), km: 2.0 }]);
        let at = state.catalogue.position(id).unwrap();
        assert!(state.is_shown(at), "{id}");
        assert!(state.shown.len() < 138);
    }
    let mut state = state();
    act(&mut state, [Action::SetNear { id: "B9-99".to_owned(), km: 2.0 }]);
    assert!(state.filter.is_empty());
}

#[test]
fn columns_sort_both_ways_and_missing_numbers_come_last() {
    let mut state = state();
    for column in Column::ALL {
        if column == Column::Id {
            continue;
        }
        act(&mut state, [Action::SortBy(column)]);
        assert_eq!(state.sort.column, column);
        assert_eq!(state.sort.descending, column.is_number());
        for _ in 0..2 {
            if column == Column::Investment || column == Column::Length {
                let values: Vec<Option<f64>> = state
                    .rows
                    .iter()
                    .map(|row| &state.catalogue.projects[row.project])
                    .map(|p| {
                        if column == Column::Length {
                            p.length_km
                        } else {
                            p.investment.map(|i| i.yi)
                        }
                    })
                    .collect();
                let known: Vec<f64> = values.iter().map_while(|v| *v).collect();
                assert!(values[known.len()..].iter().all(Option::is_none), "{column:?}");
                assert!(known.len() > 10);
                let ordered = known
                    .windows(2)
                    .all(|w| if state.sort.descending { w[0] >= w[1] } else { w[0] <= w[1] });
                assert!(ordered, "{column:?} {known:?}");
            }
            act(&mut state, [Action::SortBy(column)]);
        }
    }
    act(&mut state, [Action::SortBy(Column::Id)]);
    let order: Vec<&str> = state.rows.iter().map(|row| row.cells[0].as_str()).collect();
    assert_eq!((order[0], order[37], order[38], order[137]), ("B1-01", "B5-10", "T-01", "F-24"));
}

#[test]
fn a_sentence_selects_the_projects_it_names() {
    let mut state = state();
    let catalogue = catalogue();
    let plan = &catalogue.plan;
    let words = catalogue.project("T-02").unwrap().words;
    let sentence = plan.sentence_at(words.start).unwrap();
    act(&mut state, [Action::ClickSentence(sentence)]);
    let text = plan.text.slice(plan.sentences[sentence].range);
    assert!(text.contains("雄忻高铁"), "{text}");
    assert!(state.is_selected("T-02"));
    for id in &state.selected {
        let project = catalogue.project(id).unwrap();
        let named = std::iter::once(project.words).chain(project.also.iter().copied());
        assert!(named.into_iter().any(|r| r.overlaps(plan.sentences[sentence].range)), "{id}");
    }
    assert_eq!(*target(&state), FitTarget::Projects(state.selected.clone()));
    assert_eq!(state.sentence, Some(sentence));
    act(&mut state, [Action::Undo]);
    assert!(state.selected.is_empty() && state.sentence.is_none());
    // A sentence that names none leaves everything as it is.
    let quiet = (0..plan.sentences.len()).find(|&i| catalogue.projects_in_sentence(i).is_empty());
    let before = state.revision;
    act(&mut state, [Action::ClickSentence(quiet.unwrap()), Action::ClickSentence(usize::MAX)]);
    assert_eq!((state.revision, state.selected.len()), (before, 0));
}

#[test]
fn words_and_tabs_open_their_panels() {
    let mut state = state();
    state.left_open = false;
    let words = catalogue().project("B1-03").unwrap().words;
    act(&mut state, [Action::ShowWords(words)]);
    assert_eq!((state.right_tab, state.right_open), (Tab::Text, true));
    let first = state.words.unwrap();
    assert_eq!(first.range, words);
    act(&mut state, [Action::ShowWords(words)]);
    assert!(state.words.unwrap().number > first.number, "asking again scrolls again");
    act(&mut state, [Action::OpenTab(Tab::Tasks)]);
    assert!(state.left_open && state.left_tab == Tab::Tasks);
}

#[test]
fn escape_goes_back_one_step_at_a_time() {
    let mut state = state();
    act(
        &mut state,
        [Action::Toggle(Facet::Kind, "highway".to_owned()), select(&["B1-01"]), Action::OpenHelp],
    );
    act(&mut state, [Action::Escape]);
    assert_eq!((&state.overlay, state.selected.len()), (&Overlay::None, 1));
    act(&mut state, [Action::Escape]);
    assert!(state.selected.is_empty());
    act(&mut state, [Action::Escape]);
    assert!(!state.filter.is_empty(), "Escape is not the key that clears a filter");
}

fn orders(jobs: Vec<Job>) -> Vec<Order> {
    jobs.into_iter().map(|job| job.order).collect()
}

#[test]
fn settings_and_exports_become_jobs() {
    let mut state = state();
    let wanted = Settings { language: Language::English, mode: Mode::Dark, ..Settings::default() };
    let jobs = act(&mut state, [Action::SetSettings(Box::new(wanted.clone()))]);
    assert_eq!(orders(jobs), [Order::SaveSettings(Box::new(wanted))]);
    assert!(state.rows[0].cells[1].contains("Expressway"), "rows follow the language");
    act(&mut state, [Action::Toggle(Facet::Kind, "railway".to_owned()), Action::OpenExport]);
    let path = std::path::PathBuf::from("out.csv");
    let jobs = act(
        &mut state,
        [Action::Export { format: ExportFormat::Csv, path: path.clone(), form: Box::default() }],
    );
    let orders_made = orders(jobs);
    // Folder and format are kept for the next one.
    let [Order::SaveSettings(kept), Order::Export(order)] = orders_made.as_slice() else {
        panic!("{orders_made:?}")
    };
    assert_eq!((&order.projects, &order.path), (&ids(&state.catalogue, &state.shown), &path));
    assert_eq!(kept.export_format, Some(ExportFormat::Csv));
    assert_eq!(order.drawing.shown, state.shown);
    assert_eq!(state.overlay, Overlay::None);
    let jobs = orders(act(&mut state, [Action::ToggleTable]));
    assert!(matches!(&jobs[..], [Order::SaveSettings(s)] if s.table_open));
}

/// Says which language it was asked for.
#[derive(Debug)]
struct Twice;

impl Tell for Twice {
    fn tell(&self, language: Language) -> String {
        language.pick("磁盘已满", "disk full").to_owned()
    }
}

#[test]
fn notices_stay_until_they_are_closed() {
    let mut state = state();
    act(
        &mut state,
        [
            Action::Notify(NoticeLevel::Done, News::KeyWorks.into()),
            Action::Notify(NoticeLevel::Problem, Message::new(Twice)),
        ],
    );
    let levels: Vec<NoticeLevel> = state.notices.iter().map(|n| n.level).collect();
    assert_eq!(levels, [NoticeLevel::Done, NoticeLevel::Problem]);
    let first = state.notices[0].id;
    act(&mut state, [Action::DismissNotice(first)]);
    assert_eq!(state.notices.len(), 1);
    // Worded when it is shown: in the language of then.
    assert_eq!(state.notices[0].message.tell(Language::Chinese), "磁盘已满");
    assert_eq!(state.notices[0].message.tell(Language::English), "disk full");
}

#[test]
fn typing_is_one_step_and_something_else_ends_it() {
    let mut state = state();
    let typed = |text: &str| Action::SetText(text.to_owned());
    act(&mut state, [typed("g"), typed("ga"), typed("gao")]);
    act(&mut state, [select(&["B1-02"]), typed("gaot"), typed("gaoti")]);
    act(&mut state, [Action::Undo]);
    assert_eq!((state.filter.text.as_str(), state.selected.len()), ("gao", 1));
    act(&mut state, [Action::Undo]);
    assert_eq!((state.filter.text.as_str(), state.selected.len()), ("gao", 0));
    act(&mut state, [Action::Undo]);
    assert!(state.filter.text.is_empty() && !state.history.can_undo());
    act(&mut state, [Action::Redo]);
    assert_eq!(state.filter.text, "gao");
    // After a step back, typing begins a step of its own.
    act(&mut state, [typed("gaos"), Action::Undo]);
    assert_eq!(state.filter.text, "gao");
    // What was typed and taken back by hand is no step.
    let mut state = self::state();
    act(&mut state, [typed("g"), typed("")]);
    assert!(!state.history.can_undo());
    // Escape takes no filter away: that is seen as a chip.
    act(&mut state, [typed("gao"), Action::Escape]);
    assert_eq!(state.filter.text, "gao");
}

/// Opens a file in the state as if half of it had been read.
fn half_read(state: &mut State) -> (u64, Job) {
    let jobs = act(state, [Action::OpenFiles(vec!["a.csv".into()])]);
    let job = jobs.into_iter().next().unwrap();
    let Order::OpenFile { file, .. } = job.order else { panic!("{job:?}") };
    (file, job)
}

#[test]
fn the_files_of_a_set_open_once() {
    let mut state = state();
    let names = ["a.dbf", "a.SHP", "a.shx", "a.shp.xml", "b.dbf", "notes.xml", "a.csv"];
    let jobs = act(&mut state, [Action::OpenFiles(names.map(Into::into).to_vec())]);
    assert_eq!(jobs.len(), 4, "the set, and what belongs to none");
    let paths: Vec<_> = state.files.iter().map(|file| file.path.display().to_string()).collect();
    assert_eq!(paths, ["a.SHP", "b.dbf", "notes.xml", "a.csv"]);
}

#[test]
fn a_job_that_breaks_closes_its_entry_and_says_so() {
    let mut state = state();
    let (file, job) = half_read(&mut state);
    assert_eq!(state.running.len(), 1);
    assert_eq!(state.running[0].entry, Entry::File(file));
    act(&mut state, [Action::JobEnded { job: job.id, broke: true }]);
    assert!(state.running.is_empty() && state.files.is_empty());
    assert_eq!(state.notices[0].message, News::Broke.into());
    // What had been read stays, and says why there is no more.
    let (file, job) = half_read(&mut state);
    let layers = vec![jintu::app::open_layers::Snapshot(std::sync::Arc::default())];
    let reading = Reading::Under(0.5);
    act(
        &mut state,
        [Action::FileRead { file, layers, reading }, Action::JobEnded { job: job.id, broke: true }],
    );
    assert_eq!(state.files[0].reading, Reading::Stopped(News::Broke.into()));
    // The file is remembered as opened lately, which is saved.
    let saved: Vec<u64> = state.running.iter().map(|job| job.id).collect();
    act(&mut state, saved.into_iter().map(|job| Action::JobEnded { job, broke: false }));
    // A job that ends well closes its entry in silence.
    let notices = state.notices.len();
    let jobs = act(&mut state, [Action::ToggleTable]);
    assert_eq!(state.running.len(), 1);
    act(&mut state, [Action::JobEnded { job: jobs[0].id, broke: false }]);
    assert_eq!((state.running.len(), state.notices.len()), (0, notices));
}

#[test]
fn every_job_can_be_stopped() {
    let mut state = state();
    let (file, reading) = half_read(&mut state);
    let open = Action::OpenBasemap { text: "https://host/{z}/{x}/{y}.png".into(), datum: None };
    let export =
        Action::Export { format: ExportFormat::Png, path: "out.png".into(), form: Box::default() };
    let jobs = act(&mut state, [open, export, Action::TestKey]);
    assert_eq!((jobs.len(), state.running.len()), (4, 5));
    for job in &jobs {
        act(&mut state, [Action::StopJob(job.id)]);
        assert!(job.cancel.is_stopped(), "{job:?}");
    }
    assert_eq!(state.running.len(), 1, "nobody waits for their end");
    act(&mut state, [Action::CancelFile(file)]);
    assert!(reading.cancel.is_stopped());
    assert_eq!(state.running.len(), 1, "its entry closes when it has stopped");
}

#[test]
fn layers_are_filtered_whichever_action_changed_the_filter() {
    let jobs_of = |action: Action| {
        let mut state = state();
        let (file, _) = half_read(&mut state);
        let layers = vec![jintu::app::open_layers::Snapshot(std::sync::Arc::default())];
        act(&mut state, [Action::FileRead { file, layers, reading: Reading::Done }]);
        let before = state.filter.clone();
        let jobs = orders(act(&mut state, [action]));
        let filters = jobs.iter().filter(|o| matches!(o, Order::FilterLayers { .. })).count();
        let concerns = state.filter.counties != before.counties
            || state.filter.polygon != before.polygon
            || state.filter.extent != before.extent;
        (filters, concerns)
    };
    let extent = Extent { west_deg: 112.0, south_deg: 37.5, east_deg: 112.2, north_deg: 37.7 };
    let by_extent = Filter { extent: Some(extent), ..Filter::default() };
    for (action, asked) in [
        (Action::Toggle(Facet::County, "140121".to_owned()), true),
        (Action::SetFilter(Box::new(by_extent)), true),
        (Action::SetBox(Some(extent)), true),
        (Action::Toggle(Facet::Kind, "highway".to_owned()), false),
        (Action::SetText("高速".to_owned()), false),
    ] {
        let (filters, concerns) = jobs_of(action.clone());
        assert_eq!((filters > 0, concerns), (asked, asked), "{action:?}");
    }
}

#[test]
fn a_table_of_counts_has_the_numbers_of_the_panel() {
    let mut state = state();
    act(&mut state, [Action::Toggle(Facet::Kind, "railway".to_owned())]);
    let table = jintu::app::counts::tsv(
        &state.catalogue,
        &state.facets,
        &Facet::ALL,
        state.settings.county_money,
        Language::English,
    );
    for facet in Facet::ALL {
        for own in state.facets.values(facet).iter().filter(|own| own.held_by > 0) {
            // A kind and an accuracy may have the same key.
            let head = match facet {
                Facet::County => "County",
                Facet::Region => "Cooperation region",
                Facet::Task => "Task",
                Facet::Kind => "Kind",
                Facet::Status => "Status",
                Facet::Accuracy => "Accuracy",
            };
            let start = format!("{head}\t{}\t", own.value);
            let row = table.lines().find(|line| line.starts_with(&start));
            let cells: Vec<&str> = row.expect(&start).split('\t').collect();
            assert_eq!(cells[3], own.left.works.to_string(), "{}", own.value);
            let yi: f64 = cells[5].parse().unwrap();
            assert!((yi - own.left.investment_yi).abs() < 0.005 + 1e-9, "{}", own.value);
        }
    }
}

/// A number that is typed digit by digit is one step, and words typed before it another.
#[test]
fn a_typed_number_is_taken_back_in_one_step() {
    let mut state = state();
    let least = |yi: f64| Action::SetInvestment { min_yi: Some(yi), max_yi: None };
    act(&mut state, [Action::SetText("g".into()), Action::SetText("ga".into())]);
    act(&mut state, [least(1.0), least(10.0), least(100.0)]);
    act(&mut state, [Action::Undo]);
    assert_eq!((state.filter.min_investment_yi, state.filter.text.as_str()), (None, "ga"));
    act(&mut state, [Action::Redo]);
    assert_eq!(state.filter.min_investment_yi, Some(100.0));
    act(&mut state, [Action::Undo, Action::Undo]);
    assert!(state.filter.is_empty() && !state.history.can_undo());
}

#[test]
fn searching_filters_nothing_and_escape_brings_the_map_back() {
    let mut state = state();
    let home = jintu::scene::Viewport {
        center: jintu::geo::mercator::from_lon_lat(jintu::units::LonLat::new(112.5, 37.9)),
        zoom: 9.0,
        width_pt: 800.0,
        height_pt: 600.0,
        datum: jintu::geo::Datum::Wgs84,
    };
    act(&mut state, [Action::CameraSettled(home), Action::SetSearchText("晋祠".to_owned())]);
    let shown = state.shown.len();
    let Overlay::Search(own) = &state.overlay else { panic!("{:?}", state.overlay) };
    assert!(own.found.hits().count() > 0 && !own.previews);
    assert_eq!((shown, state.filter.is_empty()), (138, true));
    let before = state.camera.clone();
    act(&mut state, [Action::MoveInList(1), Action::MoveInList(-1)]);
    assert_ne!(state.camera, before, "a row is looked at on the map");
    act(&mut state, [Action::Escape]);
    assert_eq!(state.overlay, Overlay::None);
    assert_eq!(state.camera.clone().unwrap().target, FitTarget::View(home));
    assert!(state.pin.is_none() && state.hover.is_none());
    assert!(!state.history.can_undo(), "nothing was edited");
    // Nothing typed lists nothing.
    act(&mut state, [Action::SetSearchText("  ".to_owned())]);
    assert_eq!(state.overlay, Overlay::None);
}

#[test]
fn chinese_names_stand_by_pinyin() {
    let mut state = state();
    act(&mut state, [Action::SortBy(Column::Kind)]);
    let kinds: Vec<&str> = state.rows.iter().map(|row| row.cell(Column::Kind)).collect();
    // As in a dictionary: chan, chuang, gong, gui, hang, jiao, neng, ping, sheng, shui, tie, wen, wu, yuan.
    let order = [
        "产业",
        "创新",
        "公路",
        "轨道交通",
        "航空",
        "教育医疗",
        "能源",
        "平台",
        "生态",
        "水利",
        "铁路",
        "文旅",
        "物流",
        "园区",
    ];
    let mut seen = kinds.clone();
    seen.dedup();
    let expected: Vec<&str> = order.into_iter().filter(|kind| kinds.contains(kind)).collect();
    assert_eq!(seen, expected);
    let keys: Vec<SortKey> = kinds.iter().map(|kind| SortKey::of(kind)).collect();
    assert!(keys.is_sorted());
    // Digits and letters first, what has no reading last.
    let mut names = ["々", "阳曲", "5G", "安徽", "B1"];
    names.sort_by_key(|name| SortKey::of(name));
    assert_eq!(names, ["5G", "B1", "安徽", "阳曲", "々"]);
}

#[test]
fn columns_are_chosen_and_share_the_width() {
    let mut settings = Settings::default();
    let usual = settings.shown_columns(false);
    assert_eq!(usual.iter().map(|(column, _)| *column).collect::<Vec<_>>(), Column::USUAL);
    settings.columns = [Column::Id, Column::Name, Column::Reason].into();
    settings.column_shares = [(Column::Name, 0.9), (Column::Reason, f32::NAN)].into();
    let shown = settings.shown_columns(true);
    let columns: Vec<Column> = shown.iter().map(|(column, _)| *column).collect();
    assert_eq!(columns, [Column::Id, Column::Name, Column::Reason, Column::Distance]);
    assert!((shown.iter().map(|(_, share)| share).sum::<f32>() - 1.0).abs() < 1e-5);
    let saved = serde_json::to_string(&settings.columns).unwrap();
    assert_eq!(saved, r#"["id","name","reason"]"#);
}

#[test]
fn a_typed_sum_is_one_step_and_another_field_is_another() {
    let mut state = state();
    let least = |yi: f64| Action::SetInvestment { min_yi: Some(yi), max_yi: None };
    act(&mut state, [least(1.0), least(10.0), least(100.0)]);
    act(&mut state, [Action::SetText("高速".to_owned())]);
    act(&mut state, [Action::Undo]);
    assert_eq!(state.filter.min_investment_yi, Some(100.0));
    act(&mut state, [Action::Undo]);
    assert!(state.filter.is_empty() && !state.history.can_undo());
}

//! Every panel and every sheet at every size, measured from what egui laid out and from the tree that
//! screen readers get: no button lies on another, none leaves the window or the room that it can be
//! scrolled into.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock, atomic::AtomicBool},
};

use egui::{LayerId, Order, Rect, accesskit::Role, pos2, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use jintu::{
    app::{
        Action, BookNews, BookStep, Column, DeckStep, ExportFormat, Landing, Language, Message,
        NoticeLevel, Order as JobOrder, Overlay, PlaceStep, ProjectTableStep, Purpose, Reading,
        ReviewStep, Settings, ShownBook, SketchStep, State, Tab, TablePreview, TableStep, Tell,
        ViewStep, browse::FileQuestion, open_layers::Snapshot,
    },
    book::PlanRef,
    catalogue::{
        Facet,
        edit::{self, AttachedFile},
        revise::{Comparison, Difference, What},
    },
    document::{
        Grid, GridRow,
        project_table::{ProjectTable, TableFile},
    },
    jobs::{OpenBook, book::base},
    layer::{CountyCodes, SheetStart, TableStart},
    store::{
        folders,
        layers::{OpenOptions, open_layers},
    },
    theme,
    ui::Shell,
    units::LonLat,
};

use crate::{
    attachments::picture,
    real::{catalogue, diagnostics},
    temp_folder::TempFolder,
};

/// Windows in pixels.
const WINDOWS: [[f32; 2]; 6] = [
    [900.0, 600.0],
    [1280.0, 800.0],
    [1366.0, 768.0],
    [1440.0, 900.0],
    [1920.0, 1080.0],
    [3840.0, 2160.0],
];
/// Scales of the interface.
const SCALES: [f32; 4] = [1.0, 1.25, 1.5, 2.0];

/// What is looked at: a name, and how it comes about.
type Scene = (&'static str, fn(&mut Harness<'_, Shell>));

const SCENES: [Scene; 34] = [
    ("desk", |_| ()),
    ("card", |h| act(h, Action::Select(vec!["B1-02".into()]))),
    ("form with attachments", form),
    ("text", |h| act(h, Action::OpenTab(Tab::Text))),
    ("review", |h| {
        reviewed(h);
        act(h, Action::Review(ReviewStep::Move(3)));
    }),
    ("review with words found", |h| {
        reviewed(h);
        act(h, Action::Review(ReviewStep::Accept));
        h.run_steps(3);
        h.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::F);
        h.run_steps(3);
        h.get_by(|node| {
            node.role() == Role::TextInput && label(node).contains('原')
                || node.role() == Role::TextInput && label(node).starts_with("Find in")
        })
        .type_text("总投资");
    }),
    ("both panels", |h| {
        act(h, Action::Select(vec!["B1-02".into()]));
        act(h, Action::OpenTab(Tab::Tasks));
    }),
    ("slides", |h| act(h, Action::OpenTab(Tab::Slides))),
    ("a slide and its texts", |h| {
        act(h, Action::OpenTab(Tab::Slides));
        let slide = h.state().state().decks.slides[0].id.clone();
        act(h, Action::Deck(DeckStep::Select(slide)));
    }),
    ("targets", |h| act(h, Action::OpenTab(Tab::Targets))),
    ("kinds", |h| act(h, Action::OpenTab(Tab::Layers))),
    ("basemap and layers", |h| {
        act(h, Action::ChooseBasemap("tianditu-img".into()));
        act(h, Action::OpenTab(Tab::Basemap));
    }),
    ("table and card", |h| {
        act(h, Action::Select(vec!["B1-02".into()]));
        act(h, Action::ToggleTable);
        act(h, Action::SortBy(Column::Investment));
    }),
    ("chips and legend", |h| {
        act(h, Action::Toggle(Facet::County, "140121".into()));
        act(h, Action::Toggle(Facet::Kind, "railway".into()));
        h.state_mut().map.legend_open = Some(true);
    }),
    ("measuring", |h| {
        act(h, Action::Select(vec!["B1-02".into()]));
        draw(h, Purpose::Measure);
        h.state_mut().map.legend_open = Some(true);
    }),
    ("outlining under chips", |h| {
        act(h, Action::Toggle(Facet::County, "140121".into()));
        draw(h, Purpose::Filter);
    }),
    ("notices", |h| {
        for n in 0..4 {
            let words = Said(format!("文件读不出（没有权限）：{}", "规划数据".repeat(10 * n)));
            act(h, Action::Notify(NoticeLevel::Problem, Message::new(words)));
        }
    }),
    ("help", |h| act(h, Action::OpenHelp)),
    ("export", |h| {
        act(h, Action::OpenExport);
        h.run_steps(3);
        h.get_by(|node| node.role() == Role::RadioButton && label(node).starts_with("PDF")).click();
    }),
    ("messages", |h| {
        for n in 0..40 {
            let words = Said(format!("第 {n} 条：{}", "很长的消息".repeat(n)));
            act(h, Action::Notify(NoticeLevel::Done, Message::new(words)));
        }
        act(h, Action::OpenMessages);
    }),
    ("package", |h| {
        act(h, Action::ChooseBasemap("tianditu-img".into()));
        act(h, Action::OpenPackage);
    }),
    ("palette", |h| act(h, Action::OpenPalette)),
    ("views", |h| {
        act(h, Action::SetText("铁路".into()));
        act(h, Action::Views(ViewStep::ToggleList));
    }),
    ("pick list", |h| {
        let ids = catalogue().projects.iter().take(14).map(|p| p.id.clone()).collect();
        act(h, Action::OpenPickList { ids, features: Vec::new(), at_pt: [400.0, 250.0] });
    }),
    ("feature", feature),
    ("candidates of a place", |h| place(h, PlaceStep::Type("112.55, 37.87".to_owned()))),
    ("a place to be set", |h| {
        place(h, PlaceStep::Type("3392312 521345".to_owned()));
        act(h, Action::Place(PlaceStep::Draw));
        for p in [(112.4, 37.8), (112.6, 37.8), (112.6, 37.9)] {
            act(h, Action::Sketch(SketchStep::Add(LonLat::new(p.0, p.1))));
        }
        act(h, Action::Sketch(SketchStep::Close));
    }),
    ("columns", columns),
    ("table of projects", project_table),
    ("several projects", |h| {
        let ids = catalogue().projects.iter().map(|p| p.id.clone()).collect();
        act(h, Action::Select(ids));
        act(h, Action::ToggleTable);
        act(h, Action::Workbook(BookStep::AskSetMany));
    }),
    ("table of a layer", |h| {
        let file = wide_layer(h);
        let of = (file, 0);
        act(h, Action::OpenTable(Some(of)));
        act(h, Action::LayerTable { of, step: TableStep::SelectAll });
        act(h, Action::LayerTable { of, step: TableStep::SetCondition("没有的列 > 3".into()) });
    }),
    ("files", |h| {
        let folder = TempFolder::new("layout-files");
        for n in 0..30 {
            std::fs::write(folder.path().join(format!("很长的文件名{n}-of-a-layer.csv")), "")
                .unwrap();
        }
        let path = folder.path().to_owned();
        let entries = folders::list(&path).map_err(Message::new);
        act(h, Action::BrowseHere(Box::new(FileQuestion::open(path.clone(), Language::Chinese))));
        act(h, Action::FolderRead { folder: path, entries });
    }),
    ("newer text", newer_text),
    ("replace", |h| {
        let path = std::path::PathBuf::from("规划".repeat(60));
        let form = Box::default();
        act(h, Action::Export { format: ExportFormat::Csv, path, form });
        let jobs = h.state_mut().take_jobs();
        let order = jobs.into_iter().find_map(|job| match job.order {
            JobOrder::Export(order) => Some(order),
            _ => None,
        });
        act(h, Action::AskReplace(order.unwrap()));
    }),
];

#[derive(Debug)]
struct Said(String);

impl Tell for Said {
    fn tell(&self, _: Language) -> String {
        self.0.clone()
    }
}

fn act(harness: &mut Harness<'_, Shell>, action: Action) {
    harness.state_mut().begin(action);
}

/// The card as a form, with long names and files attached.
fn form(harness: &mut Harness<'_, Shell>) {
    static NEWS: LazyLock<BookNews> = LazyLock::new(attached);
    act(harness, Action::WorkbookNews(Box::new(NEWS.clone())));
    act(harness, Action::Select(vec!["B1-02".into()]));
    act(harness, Action::Workbook(BookStep::SetEditing(true)));
}

/// A workbook with two files at a project.
fn attached() -> BookNews {
    let folder = TempFolder::new("layout-form");
    let path = folder.path().join("a.jintu");
    crate::book_file::make(&path, jintu::store::SEEDS.plan);
    let mut own = OpenBook::open(&path, &base()).unwrap();
    let mark = crate::book_file::mark();
    let file = |name: &str, picture: Option<Vec<u8>>| AttachedFile {
        name: name.to_owned(),
        bytes: name.as_bytes().into(),
        thumbnail: picture.map(Into::into),
    };
    let files = [
        file("现场照片-a-long-name-of-a-picture-taken-at-the-site.png", Some(picture(160, 90))),
        file(&format!("{}.pdf", "关于项目可行性研究报告的批复".repeat(6)), None),
    ];
    let action = edit::attach(own.workbook().book(), "B1-02", &files, &mark).unwrap();
    let content = own.act(|book| book.act(&action, &crate::book_file::by(1))).unwrap();
    BookNews {
        path: Some(path),
        shown: own.shown(),
        content,
        is_other: true,
        ..BookNews::default()
    }
}

/// Three vertices.
fn draw(harness: &mut Harness<'_, Shell>, purpose: Purpose) {
    let points = [(112.4, 37.8), (112.6, 37.8), (112.6, 37.9)];
    let set = points.map(|(lon, lat)| SketchStep::Add(LonLat::new(lon, lat)));
    act(harness, Action::Sketch(SketchStep::Begin(purpose)));
    for step in set {
        act(harness, Action::Sketch(step));
    }
}

/// The sheet that asks where a project of a workbook is.
fn place(harness: &mut Harness<'_, Shell>, step: PlaceStep) {
    let news =
        BookNews { path: Some("某市.jintu".into()), is_other: true, ..BookNews::default() };
    act(harness, Action::WorkbookNews(Box::new(news)));
    let told: Vec<u64> = harness.state().state().notices.iter().map(|own| own.id).collect();
    for id in told {
        act(harness, Action::DismissNotice(id));
    }
    act(harness, Action::Select(vec!["B1-12".into()]));
    act(harness, Action::Place(PlaceStep::Ask("B1-12".into())));
    act(harness, Action::Place(step));
}

/// A feature of a layer with many columns.
fn feature(harness: &mut Harness<'_, Shell>) {
    let file = wide_layer(harness);
    let of = jintu::app::FeatureRef { file, layer: 0, chunk: 0, row: 0 };
    act(harness, Action::OpenFeature(of));
}

/// A layer of a file with many columns.
fn wide_layer(harness: &mut Harness<'_, Shell>) -> u64 {
    let folder = TempFolder::new("layout");
    let path = folder.path().join("很长的文件名-a-long-name-of-a-file-with-many-columns.csv");
    let columns: Vec<String> = (0..30).map(|n| format!("列{n}")).collect();
    let head = format!("经度,纬度,{}\n", columns.join(","));
    let row = format!("112.5,37.8,{}\n", columns.join(","));
    std::fs::write(&path, head + &row).unwrap();
    act(harness, Action::OpenFiles(vec![path.clone()]));
    let jobs = harness.state_mut().take_jobs();
    let file = jobs.iter().find_map(|job| match &job.order {
        JobOrder::OpenFile { file, .. } => Some(*file),
        _ => None,
    });
    let file = file.expect("a file is read");
    let mut layers = Vec::new();
    open_layers(
        &path,
        &OpenOptions::default(),
        &CountyCodes::new(Vec::new()),
        &AtomicBool::new(false),
        &mut |progress| {
            layers = progress.layers.into_iter().map(Snapshot).collect();
        },
    )
    .unwrap();
    act(harness, Action::FileRead { file, layers, reading: Reading::Done });
    file
}

/// A table of projects with many columns, before it is taken.
fn project_table(harness: &mut Harness<'_, Shell>) {
    let mut grid = Grid { name: "一张名字很长的工作表".repeat(4), ..Grid::default() };
    let head = ["序号", "项目名称", "总投资"].map(str::to_owned).into_iter();
    let other = (0..30).map(|n| format!("很长的其他列{n}"));
    grid.rows.push(GridRow { number: 1, cells: head.chain(other).collect() });
    for number in 2..60 {
        let name = "很长的项目名称".repeat(9);
        let cells = vec![number.to_string(), name, "5000".to_owned(), "甲".to_owned()];
        grid.rows.push(GridRow { number, cells });
    }
    let table = ProjectTable::read(&[grid.clone(), grid]);
    let name = "很长的文件名-a-long-name-of-a-table.xlsx".to_owned();
    let file = TableFile { name, bytes: Arc::default(), hash: String::new(), table };
    let path = "a.xlsx".into();
    let preview = TablePreview { path, file: Arc::new(file), taken: None, layer: None };
    let step = ProjectTableStep::Show(Box::new(preview));
    act(harness, Action::Workbook(BookStep::ProjectTable(step)));
}

/// The question which columns of a wide table of several sheets hold its coordinates.
fn columns(harness: &mut Harness<'_, Shell>) {
    act(harness, Action::OpenFiles(vec!["很长的文件名-a-long-name-of-a-table.xlsx".into()]));
    let file = harness.state().state().files[0].id;
    let row = |n: usize| (0..30).map(|column| format!("很长的单元格{n}.{column}")).collect();
    let sheet = |n: usize| SheetStart {
        name: format!("第{n}张工作表，名称很长"),
        rows: (0..SheetStart::ROWS).map(row).collect(),
        head: Some(0),
    };
    let start = Box::new(TableStart { sheets: (0..3).map(sheet).collect() });
    act(harness, Action::AskColumns { file, start });
    let Overlay::AskColumns(question) = harness.state().state().overlay.clone() else {
        panic!("{:?}", harness.state().state().overlay)
    };
    let landing = Landing::Nowhere;
    act(harness, Action::ColumnsTried { request: question.request, landing });
}

/// The review of a workbook of the plan that comes with the program.
fn reviewed(harness: &mut Harness<'_, Shell>) {
    let records = crate::commands::records();
    let shown = ShownBook { records, ..ShownBook::default() };
    let news =
        BookNews { path: Some("a.jintu".into()), shown, is_other: true, ..BookNews::default() };
    act(harness, Action::WorkbookNews(Box::new(news)));
    // The news that it is open.
    act(harness, Action::Escape);
    act(harness, Action::Review(ReviewStep::Open));
}

/// Differences of a newer text: long names, long words.
fn newer_text(harness: &mut Harness<'_, Shell>) {
    let one = |n: usize| Difference {
        key: format!("B1-{n:02}"),
        name: "很长的项目名称".repeat(n),
        what: What::Gone { words: "很长的原文，".repeat(8 * n) },
    };
    let plan =
        PlanRef { hash: String::new(), name: "很长的文件名".repeat(6), document: None };
    let comparison = Comparison {
        revision: "R-1".to_owned(),
        plan,
        title: String::new(),
        differences: (1..12).map(one).collect(),
        same: 3,
    };
    let news = BookNews { revision: Some(Arc::new(comparison)), ..BookNews::default() };
    act(harness, Action::WorkbookNews(Box::new(news)));
}

/// A window without a picture under it: what stands on the map is laid out all the same.
fn window(size: [f32; 2], scale: f32, language: Language) -> Harness<'static, Shell> {
    let settings = Settings { language, reduce_motion: true, ..Settings::default() };
    let shell = Shell::new(State::new(catalogue(), diagnostics().to_vec(), settings), None);
    let points = vec2(size[0], size[1]) / scale;
    Harness::builder()
        .with_size(points)
        .with_pixels_per_point(scale)
        .with_render_cursor(false)
        .with_context_setup(theme::install_fonts)
        .build_ui_state(
            |ui, shell: &mut Shell| {
                let whole = ui.ctx().content_rect();
                ui.scope_builder(egui::UiBuilder::new().max_rect(whole), |ui| {
                    ui.set_clip_rect(whole);
                    shell.show(ui);
                });
            },
            shell,
        )
}

fn label(node: &egui_kittest::kittest::AccessKitNode<'_>) -> String {
    node.label().or_else(|| node.value()).unwrap_or_default()
}

/// Something that can be pressed or typed into.
#[derive(Debug, Clone)]
struct Widget {
    name: String,
    role: Role,
    id: u64,
    layer: LayerId,
    whole: Rect,
    /// What its clip leaves of it.
    seen: Rect,
}

fn widgets(harness: &Harness<'_, Shell>) -> Vec<Widget> {
    const PRESSED: [Role; 12] = [
        Role::Button,
        Role::Tab,
        Role::TextInput,
        Role::CheckBox,
        Role::RadioButton,
        Role::ComboBox,
        Role::SpinButton,
        Role::Slider,
        Role::ListBoxOption,
        Role::Link,
        Role::MenuItem,
        Role::Switch,
    ];
    let mut named = BTreeMap::new();
    for node in harness.query_all_by(|_| true) {
        let node = node.accesskit_node();
        if PRESSED.contains(&node.role()) {
            named.insert(node.locate().0.0, (label(&node), node.role()));
        }
    }
    let mut found = Vec::new();
    harness.ctx.viewport(|viewport| {
        for (layer, rects) in viewport.prev_pass.widgets.layers() {
            for rect in rects {
                let id = rect.id.accesskit_id().0;
                let Some((name, role)) = named.get(&id) else { continue };
                found.push(Widget {
                    name: name.clone(),
                    role: *role,
                    id,
                    layer: *layer,
                    whole: rect.rect,
                    seen: rect.interact_rect,
                });
            }
        }
    });
    found
}

/// Whatever can be clicked and says neither its name nor what it is: who does not see the window would
/// not know of it (W27). The grounds that keep clicks from what lies under them hold other things, and
/// bars only scroll.
fn nameless(harness: &Harness<'_, Shell>) -> Vec<String> {
    const SAY_NOTHING: [Role; 2] = [Role::Unknown, Role::GenericContainer];
    let told: BTreeMap<u64, (Role, String)> = harness
        .query_all_by(|_| true)
        .map(|node| {
            let node = node.accesskit_node();
            (node.locate().0.0, (node.role(), label(&node)))
        })
        .collect();
    let clicked: Vec<(u64, Rect)> = harness.ctx.viewport(|viewport| {
        let all = viewport.prev_pass.widgets.layers().flat_map(|(_, rects)| rects);
        let seen = all.filter(|r| r.sense.senses_click() && r.interact_rect.is_positive());
        seen.map(|r| (r.id.accesskit_id().0, r.rect)).collect()
    });
    let holds = |(own, ground): (u64, Rect)| {
        clicked.iter().any(|(id, rect)| *id != own && ground.contains_rect(*rect))
    };
    let is_told = |own: (u64, Rect)| match told.get(&own.0) {
        Some((Role::ScrollBar, _)) => true,
        Some((role, name)) => !SAY_NOTHING.contains(role) && !name.trim().is_empty(),
        None => holds(own),
    };
    let left = clicked.iter().filter(|own| !is_told(**own));
    left.map(|(id, rect)| format!("nameless: {:?} at {rect:?}", told.get(id))).collect()
}

/// What a scene shows that can be pressed: of a sheet that lies over the window only its own.
fn of_scene(harness: &Harness<'_, Shell>) -> Vec<Widget> {
    let state = harness.state().state();
    // The sheet that asks for a place is no overlay: the map behind it is used while it is open.
    let over = !matches!(state.overlay, Overlay::None) || state.placing.is_some();
    let mut all = widgets(harness);
    all.retain(|widget| !over || widget.layer.order == Order::Foreground);
    all
}

/// What is wrong with a scene.
fn faults(harness: &mut Harness<'_, Shell>, screen: Rect) -> Vec<String> {
    let mut faults = Vec::new();
    let all = of_scene(harness);
    if all.is_empty() {
        return vec!["nothing to press".into()];
    }
    faults.extend(nameless(harness));
    let told = |w: &Widget| format!("{:?} {:?} {:?}", w.role, w.name, w.seen);
    for (i, one) in all.iter().enumerate() {
        let inside = screen.expand(0.5);
        if one.seen.left() - one.whole.left() > 1.0 || one.whole.right() - one.seen.right() > 1.0 {
            faults.push(format!("cut at a side: {} of {:?}", told(one), one.whole));
        }
        if one.seen.is_positive() && !inside.contains_rect(one.seen) {
            faults.push(format!("outside: {}", told(one)));
        }
        for other in &all[i + 1..] {
            let common = one.seen.intersect(other.seen);
            let nested = one.id == other.id;
            if !nested && common.width() > 1.0 && common.height() > 1.0 {
                faults.push(format!("on each other: {} and {}", told(one), told(other)));
            }
        }
    }
    // What is cut above or below is scrolled to.
    let cut =
        |w: &Widget| w.whole.bottom() - w.seen.bottom() > 1.0 || w.seen.top() - w.whole.top() > 1.0;
    if let Some(last) = all.iter().rfind(|w| cut(w)).cloned() {
        let request = egui::accesskit::ActionRequest {
            action: egui::accesskit::Action::ScrollIntoView,
            target_tree: egui::accesskit::TreeId::ROOT,
            target_node: egui::accesskit::NodeId(last.id),
            data: None,
        };
        harness.event(egui::Event::AccessKitActionRequest(request));
        harness.run_steps(4);
        match widgets(harness).iter().find(|w| w.id == last.id) {
            Some(now) if !cut(now) && screen.expand(0.5).contains_rect(now.whole) => {}
            now => faults.push(format!("out of reach: {} {now:?}", told(&last))),
        }
    }
    faults
}

fn all_fit(language: Language) {
    let mut wrong = Vec::new();
    let mut looked_at = std::collections::BTreeSet::new();
    for size in WINDOWS {
        for scale in SCALES {
            // The interface grows no further than the window has room for.
            let [least_x, least_y] = theme::size::LEAST_WINDOW;
            let most = ((size[0] / least_x).min(size[1] / least_y) * 10.0).floor() / 10.0;
            let scale = scale.min(most);
            let points = [size[0] / scale, size[1] / scale].map(f32::round);
            // The same in points is the same layout.
            if !looked_at.insert(points.map(|side| format!("{side}"))) {
                continue;
            }
            // In the smallest windows both languages show everything, in the others each a half.
            let is_small = points[0] < 730.0;
            let half = usize::from(language == Language::English) + looked_at.len();
            for (i, (name, begin)) in SCENES.into_iter().enumerate() {
                if !is_small && (i + half).is_multiple_of(2) {
                    continue;
                }
                let mut harness = window(size, scale, language);
                begin(&mut harness);
                harness.run_steps(3);
                let screen = Rect::from_min_size(pos2(0.0, 0.0), vec2(points[0], points[1]));
                for fault in faults(&mut harness, screen) {
                    wrong.push(format!("{name} {size:?} × {scale} {language:?}: {fault}"));
                }
            }
        }
    }
    assert!(looked_at.len() > 18, "{looked_at:?}");
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn everything_has_room_in_chinese() {
    all_fit(Language::Chinese);
}

#[test]
fn everything_has_room_in_english() {
    all_fit(Language::English);
}

/// A button opens what it is named for, however narrow the window (W1).
#[test]
fn a_panel_behind_another_comes_to_the_front() {
    let harness = &mut window([1280.0, 800.0], 1.0, Language::Chinese);
    harness.run_steps(3);
    act(harness, Action::Select(vec!["B1-02".into()]));
    harness.run_steps(3);
    let is_on = |harness: &Harness<'_, Shell>, name: &str| {
        let named = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
            node.role() == Role::Button && label(node) == name
        };
        harness.get_by(named).accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
    };
    let tab = |harness: &Harness<'_, Shell>| harness.query_by_label("区域").is_some();
    assert!(!tab(harness) && !is_on(harness, "范围") && is_on(harness, "详情"));
    harness.get_by_label("范围").click();
    harness.run_steps(3);
    assert!(tab(harness) && is_on(harness, "范围") && !is_on(harness, "详情"));
    // Both are open again where there is room for both.
    harness.set_size(vec2(1440.0, 800.0));
    harness.run_steps(3);
    assert!(tab(harness) && is_on(harness, "范围"));
    assert!(harness.state().state().right_seen());
}

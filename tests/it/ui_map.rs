//! Basemaps, layers and views through the window: no network, tiles come from the test.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, atomic::AtomicBool},
};

use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use jintu::{
    app::{
        Action, FitTarget, Language, Order, Reading, Secret, Settings, Tell, open_layers::Snapshot,
    },
    geo::Datum,
    language::Bilingual,
    layer::CountyCodes,
    store::{
        layers::{OpenOptions, open_layers},
        tiles::{Web, is_basemap_file, open_basemap},
    },
    tile::{
        Access, CacheTerms, Content, Failure, KeyKind, Scheme, Seen, SupplyStatus, TileId,
        TileLook, TilePicture, TileSource, TileSupply,
    },
    ui::Shell,
    units::Extent,
};

use crate::{temp_folder::TempFolder, ui::window};

pub fn source(datum: Datum) -> TileSource {
    TileSource {
        id: "own-test".into(),
        name: Bilingual::new("试验底图", "Test map"),
        access: Access::Template {
            url: "https://test.invalid/{z}/{x}/{y}".into(),
            subdomains: Vec::new(),
            scheme: Scheme::Xyz,
        },
        content: Content::Raster,
        datum,
        min_zoom: 0,
        max_zoom: 11,
        tile_px: 256,
        extent: None,
        credit: Bilingual::new("试验者", "Tester"),
        review_number: None,
        cache: CacheTerms::SeenOnly,
        key: KeyKind::None,
        style: None,
    }
}

/// Has every tile that was asked for, and counts the asking.
#[derive(Default)]
pub struct Tiles {
    wished: Mutex<Vec<TileId>>,
    wishes: Mutex<usize>,
    ever: Mutex<BTreeSet<TileId>>,
}

impl TileSupply for Tiles {
    fn want(&self, _: &str, tiles: &[TileId]) {
        *self.wished.lock().unwrap() = tiles.to_vec();
        *self.wishes.lock().unwrap() += 1;
        self.ever.lock().unwrap().extend(tiles);
    }

    fn prefetch(&self, _: &str, _: &[TileId]) {}

    fn seen(&self, _: &str, tile: TileId) -> Seen {
        if self.ever.lock().unwrap().contains(&tile) {
            let rgba = [200, 210, 190, 255].repeat(16 * 16);
            return Seen::Ready(Arc::new(TilePicture {
                width_px: 16,
                height_px: 16,
                rgba,
                names: Vec::new(),
            }));
        }
        Seen::Pending
    }

    fn status(&self, _: &str) -> SupplyStatus {
        SupplyStatus { ready: self.wished.lock().unwrap().len(), ..SupplyStatus::default() }
    }

    fn arrivals(&self) -> u64 {
        *self.wishes.lock().unwrap() as u64
    }

    fn set_look(&self, _: TileLook) {}

    fn retry(&self) {}
}

fn act(harness: &mut Harness<'_, Shell>, action: Action) {
    harness.state_mut().begin(action);
    harness.run_steps(6);
}

fn click(harness: &mut Harness<'_, Shell>, start: &str) {
    let start = start.to_owned();
    let named = move |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        node.label().is_some_and(|label| label.starts_with(&start))
    };
    harness.get_by(named).click();
    harness.run_steps(3);
}

fn seen(harness: &Harness<'_, Shell>, words: &str) -> bool {
    let said = |text: Option<String>| text.is_some_and(|text| text.contains(words));
    harness.query_all_by(|_| true).any(|node| {
        let node = node.accesskit_node();
        said(node.label()) || said(node.value())
    })
}

#[test]
fn a_wall_of_4k_asks_for_each_tile_once() {
    let mut harness = window([3840.0, 2160.0], Settings::default());
    let tiles = Arc::new(Tiles::default());
    harness.state_mut().map.set_supply(tiles.clone());
    act(&mut harness, Action::BasemapOpened(vec![source(Datum::Wgs84)]));
    harness.run_steps(20);
    let wishes = *tiles.wishes.lock().unwrap();
    let tiles_wanted = tiles.wished.lock().unwrap().clone();
    // 15 × 9 and a cut one on each side; nothing is left out between.
    assert!((100..=200).contains(&tiles_wanted.len()), "{}", tiles_wanted.len());
    let mut rows: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for tile in &tiles_wanted {
        rows.entry(tile.y).or_default().push(tile.x);
    }
    for columns in rows.values_mut() {
        columns.sort_unstable();
        assert!(columns.windows(2).all(|pair| pair[1] == pair[0] + 1), "{columns:?}");
    }
    harness.run_steps(30);
    assert_eq!(*tiles.wishes.lock().unwrap(), wishes, "a view at rest asks for nothing more");
    // Beyond the source's last zoom its tiles are enlarged.
    let close = Extent { west_deg: 112.5, south_deg: 37.8, east_deg: 112.51, north_deg: 37.81 };
    act(&mut harness, Action::Fit(FitTarget::Extent(close)));
    harness.run_steps(6);
    assert!(tiles.wished.lock().unwrap().iter().all(|tile| tile.z == 11));
    assert_eq!(harness.state().map.enlarged_from(), Some(11));
}

#[test]
fn the_view_takes_the_datum_of_its_basemap_and_says_so() {
    let mut harness = window([1600.0, 900.0], Settings::default());
    harness.state_mut().map.set_supply(Arc::new(Tiles::default()));
    let before = harness.state().map.camera.viewport.center;
    act(&mut harness, Action::BasemapOpened(vec![source(Datum::Gcj02)]));
    let camera = harness.state().map.camera;
    assert_eq!((camera.viewport.datum, camera.viewport.center), (Datum::Gcj02, before));
    assert!(seen(&harness, "GCJ-02") && seen(&harness, "试验底图"));
    click(&mut harness, "底图");
    click(&mut harness, "离线底图");
    assert_eq!(harness.state().map.camera.viewport.datum, Datum::Wgs84);
}

#[test]
fn a_key_is_asked_for_and_never_shown() {
    let mut harness = window([1600.0, 900.0], Settings::default());
    click(&mut harness, "底图");
    click(&mut harness, "天地图 影像");
    assert!(seen(&harness, "密钥 tk") && seen(&harness, "需密钥"));
    let key = Secret("very-secret-42".into());
    let action = Action::SaveKey { kind: KeyKind::Tianditu, key };
    assert!(!format!("{action:?}").contains("very-secret"));
    act(&mut harness, action);
    let jobs = harness.state_mut().take_jobs();
    assert!(jobs.iter().any(|job| matches!(job.order, Order::SaveKey { .. })));
    assert!(!format!("{jobs:?} {:?}", harness.state().state()).contains("very-secret"));
    act(&mut harness, Action::KeysKnown(BTreeSet::from([KeyKind::Tianditu])));
    assert!(seen(&harness, "密钥已保存") && seen(&harness, "测试密钥"));
    assert!(!seen(&harness, "需密钥"));
}

#[test]
fn a_job_on_its_way_shows_in_the_status_bar_and_can_be_stopped() {
    let mut harness = window([1600.0, 900.0], Settings::default());
    let text = "https://host/{z}/{x}/{y}.png?tk=very-secret-42".to_owned();
    act(&mut harness, Action::OpenBasemap { text, datum: None });
    assert!(seen(&harness, "正在打开底图 https://host"));
    assert!(!seen(&harness, "very-secret"), "an address may hold a key");
    let jobs = harness.state_mut().take_jobs();
    click(&mut harness, "停止 正在打开底图");
    assert!(jobs.iter().any(|job| job.cancel.is_stopped()));
    assert!(!seen(&harness, "正在打开底图"));
}

#[test]
fn a_file_becomes_a_layer_and_can_be_closed() {
    let path = std::env::temp_dir().join(format!("jintu-ui-{}.csv", std::process::id()));
    std::fs::write(&path, "名称,经度,纬度\n甲,112.5,37.8\n乙,112.6,37.9\n丙,,\n").unwrap();
    let mut harness = window([1600.0, 900.0], Settings::default());
    click(&mut harness, "底图");
    act(&mut harness, Action::OpenFiles(vec![path.clone()]));
    let jobs = harness.state_mut().take_jobs();
    let Some(Order::OpenFile { file, .. }) = jobs.into_iter().next_back().map(|job| job.order)
    else {
        panic!("no job")
    };
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
    act(&mut harness, Action::FileRead { file, layers, reading: Reading::Done });
    assert!(seen(&harness, "3 个要素") && seen(&harness, "1 个要素没有可用的坐标"));
    // The legend has it as long as it is shown.
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    let in_legend = |harness: &Harness<'_, Shell>| {
        harness
            .query_all_by(|node| {
                node.role() == egui::accesskit::Role::Label
                    && [node.label(), node.value()].into_iter().flatten().any(|said| said == name)
            })
            .count()
    };
    let before = in_legend(&harness);
    click(&mut harness, "图例");
    let open = in_legend(&harness);
    assert_eq!(open.abs_diff(before), 1, "one row of the legend, open or closed");
    if open < before {
        click(&mut harness, "图例");
    }
    click(&mut harness, &format!("图层“{name}”的菜单"));
    click(&mut harness, "隐藏图层");
    assert_eq!(in_legend(&harness), open.min(before));
    act(&mut harness, Action::ToggleLayer { file, layer: 0 });
    click(&mut harness, "关闭");
    assert!(harness.state().state().files.is_empty() && !seen(&harness, "3 个要素"));
    std::fs::remove_file(path).unwrap();
}

#[test]
fn views_go_back_and_forward() {
    let mut harness = window([1600.0, 900.0], Settings::default());
    let first = harness.state().map.camera.viewport;
    act(&mut harness, Action::Fit(FitTarget::County("140121".into())));
    let second = harness.state().map.camera.viewport;
    assert!((first.zoom - second.zoom).abs() > 0.5);
    let near = |a: jintu::scene::Viewport, b: jintu::scene::Viewport| {
        (a.zoom - b.zoom).abs() < 1e-6 && (a.center.x - b.center.x).abs() < 1e-9
    };
    act(&mut harness, Action::ViewBack);
    assert!(near(harness.state().map.camera.viewport, first));
    act(&mut harness, Action::ViewForward);
    assert!(near(harness.state().map.camera.viewport, second));
}

/// What a bad file is told as: a Chinese sentence in a Chinese window, the path last.
#[test]
fn bad_files_are_told_in_the_users_language() {
    let folder = TempFolder::new("bad-files");
    let counties = CountyCodes::new(std::iter::empty::<(String, Vec<Vec<_>>)>());
    let none = |_: &str| Err(Failure::Unreachable);
    let range = |_: &str, _, _| Err(Failure::Unreachable);
    let web = Web { get: &none, range: &range };
    let files: [(&str, &[u8]); 6] = [
        ("empty.geojson", b""),
        ("cut.geojson", br#"{"type": "FeatureCollection", "features": [{"type": "Fea"#),
        ("cut.gpkg", b"SQLite format 3\0 and no more"),
        ("plain.csv", b"name,size\na,1\n"),
        ("cut.pmtiles", b"PMTiles\x03 and no more"),
        ("old.json", br#"{"version": 7, "sources": {}, "layers": []}"#),
    ];
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let shown = path.display().to_string();
        for language in [Language::Chinese, Language::English] {
            let words = if is_basemap_file(&path) {
                let e = open_basemap(&shown, None, &web).unwrap_err();
                e.tell(language)
            } else {
                let e = open_layers(
                    &path,
                    &OpenOptions::default(),
                    &counties,
                    &AtomicBool::new(false),
                    &mut |_| (),
                )
                .unwrap_err();
                e.tell(language)
            };
            let (says, at) = words.split_at(words.find(&shown).unwrap());
            assert_eq!(at, shown, "{words}");
            let chinese = says.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            assert_eq!(chinese, language == Language::Chinese, "{words}");
        }
    }
}

/// A light that stays behind would seem to say something; what is selected stays lit.
#[test]
fn a_pin_is_lit_as_long_as_the_pointer_is_on_it_or_on_its_row() {
    let settings = Settings { table_open: true, ..Settings::default() };
    let mut harness = window([1600.0, 900.0], settings);
    let state = harness.state().state();
    let catalogue = state.catalogue.clone();
    let viewport = state.viewport.unwrap();
    let is_map = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        node.role() == egui::accesskit::Role::Application
    };
    let map = harness.get_by(is_map).rect();
    // The pins in the clear part of the map, from its middle outwards.
    let clear = state.covered;
    let mut pins: Vec<egui::Pos2> = catalogue
        .features
        .iter()
        .filter_map(|feature| match feature.shape {
            jintu::catalogue::Shape::Point(at) => {
                let [x, y] = viewport.to_pt(jintu::geo::mercator::from_lon_lat(at));
                let inside = (clear.left + 40.0..viewport.width_pt - clear.right - 40.0)
                    .contains(&x)
                    && (clear.top + 60.0..viewport.height_pt - clear.bottom - 60.0).contains(&y);
                inside.then_some(map.min + egui::vec2(x, y - 6.0))
            }
            _ => None,
        })
        .collect();
    pins.sort_by(|a, b| a.distance(map.center()).total_cmp(&b.distance(map.center())));
    let lit = |harness: &Harness<'_, Shell>| harness.state().state().hover.clone();
    let point = |harness: &mut Harness<'_, Shell>, at: egui::Pos2| {
        harness.event(egui::Event::PointerMoved(at));
        harness.run_steps(4);
    };
    let found = pins.into_iter().find(|at| {
        point(&mut harness, *at);
        lit(&harness).is_some()
    });
    let pin = found.expect("a pin that can be pointed at");
    let own = lit(&harness).unwrap();
    // Onto the table's title, which is no row and no map.
    let title = harness.get_by_label("收起表格").rect().center();
    point(&mut harness, title);
    assert_eq!(lit(&harness), None, "the pointer is on a button");
    point(&mut harness, pin);
    assert_eq!(lit(&harness), Some(own.clone()));
    // Out of the window.
    harness.event(egui::Event::PointerGone);
    harness.run_steps(4);
    assert_eq!(lit(&harness), None, "the pointer is gone");
    // A row lights its project, and gives way to what is pointed at next.
    let row = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        node.label().is_some_and(|label| label.starts_with("B1-02 "))
    };
    let at = harness.query_all_by(row).next().expect("its row").rect().center();
    point(&mut harness, at);
    assert_eq!(lit(&harness).as_deref(), Some("B1-02"));
    harness.run_steps(10);
    assert_eq!(lit(&harness).as_deref(), Some("B1-02"), "the map lets it be");
    point(&mut harness, title);
    assert_eq!(lit(&harness), None);
    // What is selected is lit all the same.
    act(&mut harness, Action::Select(vec![own.clone()]));
    point(&mut harness, pin);
    point(&mut harness, title);
    let state = harness.state().state();
    assert_eq!((state.hover.clone(), state.selected.clone()), (None, vec![own]));
}

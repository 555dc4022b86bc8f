//! Features that lie on each other, rows at 0,0, and layers with nothing to show.

use std::{
    path::Path,
    sync::{Arc, atomic::AtomicBool},
};

use jintu::{
    geo::mercator,
    layer::{Cause, CountyCodes, Finding, Kind, Layer, pick::all_near},
    store::layers::{OpenOptions, open_layers},
    units::LonLat,
};

use crate::temp_folder::TempFolder;

pub fn read(path: &Path) -> Vec<Arc<Layer>> {
    let mut layers = Vec::new();
    open_layers(
        path,
        &OpenOptions::default(),
        &CountyCodes::new(Vec::new()),
        &AtomicBool::new(false),
        &mut |progress| {
            layers = progress.layers;
        },
    )
    .unwrap();
    layers
}

pub fn written(folder: &TempFolder, name: &str, text: &str) -> std::path::PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

#[test]
fn everything_under_the_pointer_is_found_in_its_order() {
    let folder = TempFolder::new("stack");
    let same = "同处,112.5,37.8\n".repeat(7);
    let text = format!("名称,经度,纬度\n{same}一旁,112.5001,37.8\n远处,112.6,37.9\n");
    let layer = read(&written(&folder, "stack.csv", &text)).remove(0);
    let at = mercator::from_lon_lat(LonLat::new(112.5, 37.8));
    let reach = 0.0002 / 360.0;
    let near = all_near(&layer, None, at, reach);
    // By hand: seven at the place in the order of the file, then the one beside it.
    let rows: Vec<usize> = near.iter().map(|near| near.row).collect();
    assert_eq!(rows, [0, 1, 2, 3, 4, 5, 6, 7]);
    assert!(near.iter().all(|near| near.kind == Kind::Point && near.distance <= reach));
    assert!(
        all_near(&layer, None, mercator::from_lon_lat(LonLat::new(112.0, 37.0)), reach).is_empty()
    );
}

#[test]
fn rows_at_zero_are_left_out_and_counted() {
    let folder = TempFolder::new("zeros");
    let csv = "名称,经度,纬度\n甲,112.5,37.8\n乙,0,0\n丙,0.0,0.0\n丁,,\n戊,112.6,37.9\n";
    let point = |x: f64, y: f64| {
        format!(
            r#"{{"type":"Feature","properties":{{}},"geometry":{{"type":"Point","coordinates":[{x},{y}]}}}}"#
        )
    };
    let geojson = format!(
        r#"{{"type":"FeatureCollection","features":[{},{},{},{}]}}"#,
        point(112.5, 37.8),
        point(0.0, 0.0),
        point(0.0, 0.0),
        point(112.6, 37.9)
    );
    let csv = read(&written(&folder, "zeros.csv", csv)).remove(0);
    let geojson = read(&written(&folder, "zeros.geojson", &geojson)).remove(0);
    for layer in [&csv, &geojson] {
        assert!(layer.findings.contains(&Finding::of(Cause::AtZero, 2)), "{:?}", layer.findings);
        let extent = mercator::extent_from_mercator(layer.extent().unwrap());
        assert!((extent.west_deg - 112.5).abs() < 1e-9 && (extent.east_deg - 112.6).abs() < 1e-9);
        assert!((extent.south_deg - 37.8).abs() < 1e-9 && (extent.north_deg - 37.9).abs() < 1e-9);
    }
    assert_eq!(csv.len(), 5, "every row has its values");
    assert!(csv.findings.contains(&Finding::of(Cause::WithoutPlace, 1)), "{:?}", csv.findings);
    // A point on the equator or on the meridian of Greenwich is one.
    let near = "名称,经度,纬度\n甲,0,37.8\n乙,112.5,0\n";
    let layer = read(&written(&folder, "near.csv", near)).remove(0);
    assert!(layer.findings.is_empty() && layer.extent().is_some(), "{:?}", layer.findings);
}

#[cfg(feature = "gui")]
mod window {
    use egui::{Key, Modifiers, Shape as Painted};
    use egui_kittest::{
        Harness,
        kittest::{AccessKitNode, Queryable},
    };
    use jintu::{
        app::{Action, FitTarget, Order, Overlay, Reading, Settings, Tab, open_layers::Snapshot},
        style::{MapPalette, Mode},
        theme,
        ui::Shell,
        units::{Extent, LonLat},
    };

    use super::{read, written};
    use crate::{
        temp_folder::TempFolder,
        ui::{click, press, seen, settle, window},
    };

    /// Opens a file in a window, as its job would.
    fn open(harness: &mut Harness<'_, Shell>, path: &std::path::Path) -> u64 {
        harness.state_mut().begin(Action::OpenFiles(vec![path.to_owned()]));
        let jobs = harness.state_mut().take_jobs();
        let file = jobs.iter().find_map(|job| match &job.order {
            Order::OpenFile { file, .. } => Some(*file),
            _ => None,
        });
        let file = file.unwrap();
        let layers = read(path).into_iter().map(Snapshot).collect();
        harness.state_mut().begin(Action::FileRead { file, layers, reading: Reading::Done });
        settle(harness);
        file
    }

    fn look_at(harness: &mut Harness<'_, Shell>, lon: f64, lat: f64) -> egui::Pos2 {
        let around = Extent {
            west_deg: lon - 0.02,
            south_deg: lat - 0.02,
            east_deg: lon + 0.02,
            north_deg: lat + 0.02,
        };
        harness.state_mut().begin(Action::Fit(FitTarget::Extent(around)));
        harness.run_steps(6);
        let viewport = harness.state().state().viewport.unwrap();
        let at = jintu::geo::mercator::from_lon_lat(LonLat::new(lon, lat));
        let [x, y] = viewport.to_pt(at);
        let corner =
            harness.ctx.data(|d| d.get_temp::<egui::Pos2>(jintu::map::corner_id())).unwrap();
        corner + egui::vec2(x, y)
    }

    fn click_at(harness: &mut Harness<'_, Shell>, at: egui::Pos2) {
        harness.event(egui::Event::PointerMoved(at));
        harness.run_steps(2);
        for pressed in [true, false] {
            harness.event(egui::Event::PointerButton {
                pos: at,
                button: egui::PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            });
        }
        harness.run_steps(4);
    }

    #[test]
    fn a_click_on_a_stack_lists_its_features_with_their_layer() {
        let folder = TempFolder::new("stack-window");
        let text = "名称,经度,纬度\n水塔,112.31,37.62\n泵站,112.31,37.62\n阀井,112.31,37.62\n";
        let path = written(&folder, "设施.csv", text);
        let mut harness = window([1440.0, 900.0], Settings::default());
        open(&mut harness, &path);
        let at = look_at(&mut harness, 112.31, 37.62);
        click_at(&mut harness, at);
        let Overlay::PickList { ids, features, .. } = &harness.state().state().overlay else {
            panic!("{:?}", harness.state().state().overlay)
        };
        assert_eq!((ids.len(), features.len()), (0, 3));
        for words in ["此处有 3 项", "水塔 设施", "泵站 设施", "阀井 设施"] {
            assert!(seen(&harness, words), "{words}");
        }
        press(&mut harness, Modifiers::NONE, Key::ArrowDown);
        press(&mut harness, Modifiers::NONE, Key::Enter);
        assert!(matches!(harness.state().state().overlay, Overlay::Feature(_)));
        assert!(seen(&harness, "泵站") && !seen(&harness, "水塔"));
    }

    #[test]
    fn the_line_whose_values_are_told_is_marked() {
        let folder = TempFolder::new("marked");
        let line = r#"{"type":"Feature","properties":{"名称":"管线"},"geometry":
            {"type":"LineString","coordinates":[[112.30,37.62],[112.33,37.62]]}}"#;
        let path = written(&folder, "line.geojson", line);
        let mut harness = window([1440.0, 900.0], Settings::default());
        open(&mut harness, &path);
        let at = look_at(&mut harness, 112.315, 37.62);
        let accent = theme::color(MapPalette::of(Mode::Light).accent);
        let is_accent =
            |color: &egui::epaint::ColorMode| *color == egui::epaint::ColorMode::Solid(accent);
        let marks = |harness: &Harness<'_, Shell>| {
            let is_mark = |painted: &egui::epaint::ClippedShape| match &painted.shape {
                Painted::LineSegment { stroke, .. } => {
                    stroke.color == accent && stroke.width >= 4.0
                }
                Painted::Path(path) => is_accent(&path.stroke.color) && path.stroke.width >= 4.0,
                _ => false,
            };
            harness.output().shapes.iter().filter(|painted| is_mark(painted)).count()
        };
        assert_eq!(marks(&harness), 0);
        click_at(&mut harness, at);
        assert!(matches!(harness.state().state().overlay, Overlay::Feature(_)));
        assert_eq!(marks(&harness), 1);
        press(&mut harness, Modifiers::NONE, Key::Escape);
        assert_eq!(marks(&harness), 0);
    }

    #[test]
    fn a_layer_with_nothing_on_the_map_says_why() {
        let folder = TempFolder::new("nothing");
        let path = written(&folder, "无坐标.csv", "名称,经度,纬度\n甲,0,0\n乙,,\n丙,x,y\n");
        let mut harness = window([1440.0, 900.0], Settings::default());
        harness.state_mut().begin(Action::OpenTab(Tab::Basemap));
        open(&mut harness, &path);
        for words in [
            "“无坐标”的 3 个要素都没有可用的位置",
            "1 个要素的坐标是 0,0，按缺失处理，未上图",
            "1 个要素没有可用的坐标，未上图",
            "1 行的坐标读不准（如 x, y），未上图",
        ] {
            assert!(seen(&harness, words), "{words}");
        }
        // It has no row in the legend either.
        harness.state_mut().map.legend_open = Some(true);
        settle(&mut harness);
        let in_legend = |node: &AccessKitNode<'_>| {
            node.role() == egui::accesskit::Role::Label
                && [node.label(), node.value()].into_iter().flatten().any(|said| said == "无坐标")
        };
        assert_eq!(harness.query_all_by(in_legend).count(), 0);
        click(&mut harness, "关闭");
        let path = written(&folder, "空.csv", "名称,经度,纬度\n");
        open(&mut harness, &path);
        assert!(seen(&harness, "“空”没有要素（0）：文件中没有记录"));
    }
}

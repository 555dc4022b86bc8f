//! A table is dropped on the window, its columns are chosen in the sheet, its system in the next:
//! each with the place in sight on the map.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use egui::accesskit::Role;
use egui_kittest::{Harness, kittest::Queryable};
use jintu::{
    app::{Action, Landing, Order, Overlay, Reading, Settings},
    geo::mercator,
    jobs::{Report, Services, run},
    ui::Shell,
    units::{Extent, LonLat},
};

use crate::{
    real::catalogue,
    temp_folder::TempFolder,
    ui::{at_peace, click, click_exactly, seen, settle, window},
};

#[derive(Debug)]
pub struct Dropped(pub PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|e| e.to_string())
    }
}

/// Does the jobs that the window has given out, until there are none.
pub fn work(harness: &mut Harness<'_, Shell>, services: &Services) {
    settle(harness);
    loop {
        let jobs = harness.state_mut().take_jobs();
        if jobs.is_empty() {
            break;
        }
        for job in jobs {
            if matches!(job.order, Order::SaveSettings(_)) {
                continue;
            }
            let heard = Arc::new(Mutex::new(Vec::<Action>::new()));
            let own = heard.clone();
            let report: Box<Report> = Box::new(move |action| own.lock().unwrap().push(action));
            run(job, services, &*report);
            drop(report);
            for action in Arc::into_inner(heard).unwrap().into_inner().unwrap() {
                harness.state_mut().begin(action);
            }
        }
        settle(harness);
    }
    harness.run_steps(6);
}

fn services() -> Services {
    Services::new(&catalogue(), None, None, Arc::new(|| ()))
}

/// Left, top, right and bottom of a place in the window, in points of the map.
fn on_screen(harness: &Harness<'_, Shell>, place: Extent) -> [f32; 4] {
    let view = harness.state().state().viewport.unwrap();
    let at = |lon, lat| view.to_pt(mercator::from_lon_lat(LonLat::new(lon, lat)));
    let [left, top] = at(place.west_deg, place.north_deg);
    let [right, bottom] = at(place.east_deg, place.south_deg);
    [left, top, right, bottom]
}

/// Whether it is between the panel at the left and the sheet at the right.
fn is_in_sight(harness: &Harness<'_, Shell>, place: Extent, title: &str) -> bool {
    let sheet = harness.get_by(|node| {
        node.role() == Role::Dialog && node.label().is_some_and(|label| label == title)
    });
    // A dialog has no place of its own: its leftmost widget has.
    let edge = sheet
        .query_all_by(|node| node.role() == Role::Button)
        .map(|node| node.rect().left())
        .fold(f32::INFINITY, f32::min);
    let [left, top, right, bottom] = on_screen(harness, place);
    let view = harness.state().state().viewport.unwrap();
    left >= harness.state().state().covered.left
        && right <= edge
        && top >= 0.0
        && bottom <= view.height_pt
}

#[test]
fn a_dropped_table_is_asked_about_and_opens() {
    let folder = TempFolder::new("ui-columns");
    let path = folder.path().join("清单.csv");
    std::fs::write(&path, "编号,甲,乙,丙\n1,372319.3,4194127.9,5.5\n2,372400,4194200,6.5\n")
        .unwrap();
    let services = services();
    let mut harness = window([1280.0, 800.0], Settings::default());
    harness.input_mut().dropped_files.push(Arc::new(Dropped(path.clone())));
    work(&mut harness, &services);
    assert!(seen(&harness, "表格的坐标列"), "the sheet asks");
    assert!(seen(&harness, "清单.csv"), "the list of files is in sight behind it");
    let chosen = |harness: &Harness<'_, Shell>| match &harness.state().state().overlay {
        Overlay::AskColumns(question) => (**question).clone(),
        other => panic!("{other:?}"),
    };
    // The columns with fractions are proposed; the right one is chosen from the list by its name.
    click_exactly(&mut harness, "经度或东");
    settle(&mut harness);
    click(&mut harness, "甲 · 372319.3");
    work(&mut harness, &services);
    click_exactly(&mut harness, "纬度或北");
    settle(&mut harness);
    click(&mut harness, "乙 · 4194127.9");
    work(&mut harness, &services);
    let question = chosen(&harness);
    assert_eq!(question.chosen.names(), ["甲", "乙"]);
    let Landing::Perhaps(lands) = question.landing else { panic!("{question:?}") };
    assert!(is_in_sight(&harness, lands, "表格的坐标列"));
    assert!(seen(&harness, "这些数是米"));
    click_exactly(&mut harness, "按此打开");
    work(&mut harness, &services);
    // The next question: which system. Every place that is looked at is in sight.
    let Overlay::AskCrs(question) = harness.state().state().overlay.clone() else {
        panic!("{:?}", harness.state().state().overlay)
    };
    assert!(question.candidates.len() > 1);
    for (row, one) in question.candidates.iter().enumerate() {
        harness.state_mut().begin(Action::LookAtCrs(row));
        harness.run_steps(8);
        assert!(is_in_sight(&harness, one.lands, "文件的坐标系"), "{one:?}");
    }
    harness.state_mut().begin(Action::LookAtCrs(0));
    harness.run_steps(8);
    click_exactly(&mut harness, "按此打开");
    work(&mut harness, &services);
    let state = harness.state().state();
    assert_eq!((&state.overlay, &state.files[0].reading), (&Overlay::None, &Reading::Done));
    assert_eq!(state.files[0].layers[0].data.0.len(), 2);
    assert_eq!(state.settings.file_columns[0].0, path);
    // The way to change it is in the list.
    click_exactly(&mut harness, "坐标列…");
    work(&mut harness, &services);
    assert!(seen(&harness, "保持原样"));
    click_exactly(&mut harness, "保持原样");
    settle(&mut harness);
    assert_eq!(harness.state().state().files[0].layers.len(), 1);
    at_peace(&harness);
}

#[test]
fn a_file_far_away_is_gone_to() {
    let folder = TempFolder::new("ui-far");
    let path = folder.path().join("far.csv");
    std::fs::write(&path, "名称,经度,纬度\n三亚,109.51,18.25\n海口,110.2,20.04\n").unwrap();
    let services = services();
    let mut harness = window([1280.0, 800.0], Settings::default());
    harness.input_mut().dropped_files.push(Arc::new(Dropped(path)));
    work(&mut harness, &services);
    let place = Extent { west_deg: 109.51, south_deg: 18.25, east_deg: 110.2, north_deg: 20.04 };
    let [left, top, right, bottom] = on_screen(&harness, place);
    let view = harness.state().state().viewport.unwrap();
    assert!(left >= 304.0 && right <= view.width_pt && top >= 0.0 && bottom <= view.height_pt);
}

/// A Shapefile in GBK in zone 38 with the number before the easting (by GDAL 3.6.2), a 奥维 placemark in
/// GCJ-02 (by the formula as it is published) and a 界址点 TXT of the same parcel lie on each other,
/// however they are dropped, and nobody asks.
#[test]
fn one_parcel_in_three_formats_lies_in_one_place_when_it_is_dropped() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/layers/near");
    let services = services();
    let mut harness = window([1280.0, 800.0], Settings::default());
    for name in ["parcel.shp", "parcel.ovkml", "parcel.txt"] {
        harness.input_mut().dropped_files.push(Arc::new(Dropped(folder.join(name))));
    }
    work(&mut harness, &services);
    let state = harness.state().state();
    assert_eq!(state.overlay, Overlay::None, "nothing is asked");
    assert_eq!(state.files.len(), 3);
    let [west, south, east, north] = [112.5489, 37.8706, 112.5589, 37.8766];
    for file in &state.files {
        assert_eq!(file.reading, Reading::Done, "{:?}", file.path);
        let layer = &file.layers[0].data.0;
        let place = mercator::extent_from_mercator(layer.extent().unwrap());
        // A metre is 1.14e-5 degrees of longitude and 0.9e-5 of latitude here; the datum of 奥维 costs
        // most of it.
        let off = [
            (place.west_deg - west) * 88_000.0,
            (place.east_deg - east) * 88_000.0,
            (place.south_deg - south) * 111_000.0,
            (place.north_deg - north) * 111_000.0,
        ];
        assert!(off.iter().all(|metres| metres.abs() < 1.0), "{:?}: {off:?}", file.path);
        let values: Vec<String> =
            (0..layer.fields.len()).map(|field| layer.value(0, field).to_string()).collect();
        assert!(values.iter().any(|value| value == "滨河地块"), "{values:?}");
    }
}

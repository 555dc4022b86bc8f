//! Pictures: the window through a graphics adapter where there is one, and the off-screen map.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test --test it snapshots` takes new ones.

use std::panic::{AssertUnwindSafe, catch_unwind};

use egui_kittest::{Harness, OsThreshold, SnapshotOptions, wgpu::WgpuTestRenderer};
use jintu::{
    app::{Action, FitTarget, Language, Settings, export::MapPart},
    basemap::Basemap,
    catalogue::Filter,
    raster::{encode_png, render},
    report::{
        map_content::{MapContent, MapExtras},
        picture::PictureRequest,
    },
    store,
    style::Mode,
    ui::Shell,
};

use crate::{real::catalogue, ui::window};

/// Software adapters of two versions smooth edges differently.
fn options() -> SnapshotOptions {
    SnapshotOptions::new()
        .threshold(1.2)
        .max_failed_pixels(OsThreshold::new(400))
        .output_path("tests/it/snapshots")
}

/// Whether a picture can be taken here; asking for a renderer without an adapter panics.
fn has_adapter() -> bool {
    let found = catch_unwind(AssertUnwindSafe(WgpuTestRenderer::new)).is_ok();
    if !found {
        #[expect(clippy::print_stderr, reason = "the reason for passing without a check")]
        {
            eprintln!("skipped: no graphics adapter, not even lavapipe");
        }
    }
    found
}

fn take(harness: &mut Harness<'_, Shell>, name: &str) {
    harness.run_steps(4);
    if let Err(e) = harness.try_snapshot_options(name, &options()) {
        panic!("{e}");
    }
}

#[test]
fn the_desk_in_light_and_dark() {
    if !has_adapter() {
        return;
    }
    for mode in [Mode::Light, Mode::Dark] {
        let mut harness = window([900.0, 600.0], Settings { mode, ..Settings::default() });
        let chosen = Action::Select(vec!["B1-02".to_owned()]);
        for action in [chosen, Action::Fit(FitTarget::Selection)] {
            harness.state_mut().begin(action);
        }
        take(&mut harness, if mode == Mode::Dark { "desk-dark" } else { "desk-light" });
    }
}

#[test]
fn a_slide() {
    if !has_adapter() {
        return;
    }
    let mut harness = window([960.0, 540.0], Settings::default());
    harness.state_mut().begin(Action::StartTour { slide: 2 });
    take(&mut harness, "slide");
}

const COLUMNS: u32 = 16;
const ROWS: u32 = 10;

/// Mean colours of a coarse grid, row by row.
fn grid(picture: &image::RgbImage) -> Vec<[i32; 3]> {
    let (width, height) = picture.dimensions();
    let mut cells = Vec::new();
    for row in 0..ROWS {
        for column in 0..COLUMNS {
            let xs = column * width / COLUMNS..(column + 1) * width / COLUMNS;
            let ys = row * height / ROWS..(row + 1) * height / ROWS;
            let pixels = || ys.clone().flat_map(|y| xs.clone().map(move |x| (x, y)));
            let count = i32::try_from(pixels().count()).unwrap();
            cells.push([0, 1, 2].map(|channel: usize| {
                let sum: i32 = pixels().map(|(x, y)| i32::from(picture[(x, y)].0[channel])).sum();
                sum / count
            }));
        }
    }
    cells
}

fn off_screen(mode: Mode) -> image::RgbImage {
    let catalogue = catalogue();
    let basemap = Basemap::open(store::BASEMAP).unwrap();
    let shown: Vec<usize> = (0..catalogue.projects.len()).collect();
    let fonts = store::fonts().unwrap();
    let content = MapContent {
        catalogue: &catalogue,
        basemap: &basemap,
        fonts: &fonts,
        shown: &shown,
        selected: &[],
        filter: &Filter::default(),
        language: Language::Chinese,
        mode,
        outside: None,
        drawn_on: None,
    };
    let size_pt = [960.0, 600.0];
    let part = MapPart::Extent(catalogue.city_extent().unwrap());
    let request = PictureRequest { content, size_pt, part, denominator: None, title: None };
    let items = request.items(MapExtras::default()).unwrap();
    let picture = encode_png(&render(&items, size_pt, 1.0, &fonts).unwrap(), None);
    image::load_from_memory(&picture.unwrap()).unwrap().to_rgb8()
}

#[test]
fn the_off_screen_map_has_its_colours() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/snapshots/off-screen.json");
    let taken = [Mode::Light, Mode::Dark].map(|mode| grid(&off_screen(mode)));
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(path, serde_json::to_vec(&taken).unwrap()).unwrap();
    }
    let kept: [Vec<[i32; 3]>; 2] = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    for (taken, kept) in taken.iter().zip(&kept) {
        assert_eq!(taken.len(), kept.len());
        for (i, (a, b)) in taken.iter().zip(kept).enumerate() {
            let off = a.iter().zip(b).map(|(a, b)| (a - b).abs()).max().unwrap();
            let (column, row) = (i % COLUMNS as usize, i / COLUMNS as usize);
            assert!(off <= 10, "column {column}, row {row}: {a:?} instead of {b:?}");
        }
    }
}

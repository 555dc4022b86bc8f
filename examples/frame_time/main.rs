//! Drives the real window's content off-screen and prints how long its frames take.
//!
//! `cargo run --release --example frame_time -- [--points N] [--lines N] [--areas N] [--size WxH]
//! [--tiles] [--table] [--json] [--rivals] [--tour]`
//!
//! `--table` opens the attribute table of the first layer, too; `--tiles` lays a basemap of 256-pixel
//! tiles below. `--tour` times the flights between slides, beside a window of that size with nothing
//! in it, and nothing else.
//!
//! `ui_ms` is what the UI thread does in a frame. `frame_ms` also waits until the machine's adapter
//! has drawn the last pixel; on a machine without a graphics card that is lavapipe.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "what it measures is its output")]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "sizes and shares"
)]
#![allow(clippy::expect_used, reason = "what cannot be measured ends the run")]

mod layers;
mod rivals;
mod stage;
mod table;
mod tiles;
mod tour;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicBool},
    time::Instant,
};

use egui::vec2;
use jintu::{
    app::{Action, Reading, Settings, State, open_layers::Snapshot},
    basemap::Basemap,
    catalogue::lower::lower,
    geo::mercator,
    jobs::{DrawWorker, Services},
    layer::{Bits, CountyCodes, PreparedPolygon, select},
    store::{
        self,
        layers::{OpenOptions, open_layers},
    },
    ui::Shell,
    units::LonLat,
};
use layers::Holds;
use stage::{Spent, Stage, ms};

#[expect(clippy::struct_excessive_bools, reason = "switches of the command line")]
struct Wanted {
    size: egui::Vec2,
    layers: Vec<(Holds, usize)>,
    tiles: bool,
    json: bool,
    rivals: bool,
    table: bool,
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let after = |name: &str| {
        args.iter().position(|a| a == name).and_then(|i| args.get(i + 1)).map(String::as_str)
    };
    let size = after("--size")
        .and_then(|s| s.split_once('x'))
        .and_then(|(w, h)| Some(vec2(w.parse().ok()?, h.parse().ok()?)));
    let kinds = [("--points", Holds::Points), ("--lines", Holds::Lines), ("--areas", Holds::Areas)];
    let wanted = Wanted {
        size: size.unwrap_or(vec2(1280.0, 800.0)),
        layers: kinds
            .into_iter()
            .filter_map(|(name, holds)| Some((holds, after(name)?.parse().ok()?)))
            .collect(),
        tiles: args.iter().any(|a| a == "--tiles"),
        json: args.iter().any(|a| a == "--json"),
        rivals: args.iter().any(|a| a == "--rivals"),
        table: args.iter().any(|a| a == "--table"),
    };
    if args.iter().any(|a| a == "--tour") {
        tour::print(wanted.size);
        return;
    }
    measure(&wanted);
}

/// A layer's file, gone at the end.
struct Made(PathBuf);

impl Drop for Made {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn measure(wanted: &Wanted) {
    let files: Vec<Made> = wanted
        .layers
        .iter()
        .enumerate()
        .map(|(i, (holds, count))| {
            let name = format!("jintu-measure-{}-{i}.gpkg", std::process::id());
            let path = std::env::temp_dir().join(name);
            layers::write(&path, *holds, *count).expect("the layer is written");
            Made(path)
        })
        .collect();

    let start = Instant::now();
    let lowered = lower(&store::SEEDS);
    let basemap = Basemap::open(store::BASEMAP).ok().map(Arc::new);
    let window_ms = ms(start);
    let catalogue = Arc::new(lowered.catalogue);
    let outside = Services::new(&catalogue, basemap.clone(), None, Arc::new(|| ()));
    let settings = Settings { reduce_motion: true, ..Settings::default() };
    let state = State::new(catalogue.clone(), lowered.diagnostics, settings);
    let mut window = Stage::new(Shell::new(state, basemap), wanted.size);
    let worker = DrawWorker::start(Arc::new(|| ()), Arc::new(|_| ())).expect("a thread");
    window.shell.map.layers.set_queue(Arc::new(worker));
    if wanted.tiles {
        window.shell.map.set_supply(Arc::new(tiles::Ready::new()));
        window.shell.begin(Action::BasemapOpened(vec![tiles::source()]));
    }
    let shown = Instant::now();
    window.rest();
    let window_first_ms = window_ms + ms(shown);
    let empty_mb = memory_mb("VmRSS:");

    let mut opened = Opened { load_ms: window_ms, first_picture_ms: window_first_ms, part_ms: 0.0 };
    if !files.is_empty() {
        let count = wanted.layers.iter().map(|(_, count)| count).sum();
        opened = open(&mut window, &files, count, outside.counties());
    }
    let filters = filter(&window, outside.counties());
    let loaded_mb = memory_mb("VmRSS:");
    window.rest();
    let pan = window.pan(300);
    let zoom = window.zoom(120);
    window.rest();
    let idle = window.settles();
    let report = Report {
        pan,
        zoom,
        idle,
        opened,
        filters,
        layers_mb: loaded_mb - empty_mb,
        peak_mb: memory_mb("VmHWM:"),
    };
    report.print(wanted, &window);
    if wanted.table {
        table::measure(&mut window, &outside);
    }
    if wanted.rivals {
        let files: Vec<PathBuf> = files.iter().map(|file| file.0.clone()).collect();
        rivals::print(wanted.size, &wanted.layers, &files);
    }
}

#[allow(clippy::struct_field_names, reason = "the names of what is printed")]
struct Opened {
    load_ms: f64,
    first_picture_ms: f64,
    /// Until the first part of the layer is on the picture.
    part_ms: f64,
}

/// Opens the files as the window does, frame by frame, until the picture is full.
fn open(window: &mut Stage, files: &[Made], count: usize, counties: &CountyCodes) -> Opened {
    let start = Instant::now();
    let (send, receive) = std::sync::mpsc::channel();
    let paths: Vec<PathBuf> = files.iter().map(|file| file.0.clone()).collect();
    window.shell.begin(Action::OpenFiles(paths.clone()));
    let ids: Vec<u64> = window.shell.state().files.iter().map(|file| file.id).collect();
    let mut opened = Opened { load_ms: 0.0, first_picture_ms: 0.0, part_ms: 0.0 };
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let cancel = AtomicBool::new(false);
            for (path, file) in paths.iter().zip(ids) {
                read(path, file, counties, &cancel, &send);
            }
        });
        let wanted: usize = files.len();
        let mut done = 0;
        while done < wanted || opened.first_picture_ms == 0.0 {
            let mut actions: Vec<Action> = receive.try_iter().collect();
            done += actions
                .iter()
                .filter(|a| matches!(a, Action::FileRead { reading: Reading::Done, .. }))
                .count();
            for action in actions.drain(..) {
                window.shell.begin(action);
            }
            if done == wanted && opened.load_ms == 0.0 {
                opened.load_ms = ms(start);
            }
            window.frame(Vec::new());
            let (_, drawn) = window.shell.map.layers.counts();
            if drawn > 0 && opened.part_ms == 0.0 {
                opened.part_ms = ms(start);
            }
            let files = &window.shell.state().files;
            let read: usize =
                files.iter().flat_map(|file| &file.layers).map(|layer| layer.data.0.len()).sum();
            let is_full = read == count && !window.shell.map.layers.is_waiting();
            if is_full && opened.first_picture_ms == 0.0 {
                opened.first_picture_ms = ms(start);
            }
        }
    });
    opened
}

fn read(
    path: &Path,
    file: u64,
    counties: &CountyCodes,
    cancel: &AtomicBool,
    send: &std::sync::mpsc::Sender<Action>,
) {
    let mut latest = Vec::new();
    let read = open_layers(path, &OpenOptions::default(), counties, cancel, &mut |progress| {
        latest = progress.layers.into_iter().map(Snapshot).collect();
        let reading = Reading::Under(progress.share);
        let _ = send.send(Action::FileRead { file, layers: latest.clone(), reading });
    });
    read.expect("the layer can be read");
    let _ = send.send(Action::FileRead { file, layers: latest, reading: Reading::Done });
}

struct Filters {
    county_ms: f64,
    polygon_ms: f64,
    found: [usize; 2],
}

/// Ten counties, and a drawn polygon of two hundred corners, on all layers.
fn filter(window: &Stage, counties: &CountyCodes) -> Filters {
    let codes: Vec<&str> = counties.codes.iter().take(10).map(String::as_str).collect();
    let ring: Vec<_> = (0..200)
        .map(|i| {
            let angle = f64::from(i) / 200.0 * std::f64::consts::TAU;
            let far = 0.3 + 0.08 * (angle * 9.0).sin();
            mercator::from_lon_lat(LonLat::new(112.4 + far * angle.cos(), 37.9 + far * angle.sin()))
        })
        .collect();
    let polygon = PreparedPolygon::new([ring.as_slice()]);
    let layers: Vec<_> =
        window.shell.state().files.iter().flat_map(|f| &f.layers).map(|l| l.data.clone()).collect();
    let run = |codes: &[&str], polygon: Option<&PreparedPolygon>| {
        let mut best = f64::INFINITY;
        let mut found = 0;
        for _ in 0..5 {
            let start = Instant::now();
            let rows: Vec<Vec<Bits>> =
                layers.iter().map(|layer| select(&layer.0, counties, codes, polygon)).collect();
            best = best.min(ms(start));
            found = rows.iter().flatten().map(Bits::count).sum();
        }
        (best, found)
    };
    let (county_ms, in_counties) = run(&codes, None);
    let (polygon_ms, in_polygon) = run(&[], Some(&polygon));
    Filters { county_ms, polygon_ms, found: [in_counties, in_polygon] }
}

struct Report {
    pan: Vec<Spent>,
    zoom: Vec<Spent>,
    idle: bool,
    opened: Opened,
    filters: Filters,
    layers_mb: f64,
    peak_mb: f64,
}

impl Report {
    fn print(&self, wanted: &Wanted, window: &Stage) {
        let ui = quantiles(self.pan.iter().map(|s| s.ui));
        let frame = quantiles(self.pan.iter().map(|s| s.frame));
        let zoom_ui = quantiles(self.zoom.iter().map(|s| s.ui));
        let zoom_frame = quantiles(self.zoom.iter().map(|s| s.frame));
        let (seen, drawn) = window.shell.map.layers.counts();
        let Opened { load_ms, first_picture_ms, part_ms } = self.opened;
        let Filters { county_ms, polygon_ms, found } = self.filters;
        if wanted.json {
            println!(
                "{{\"ui_ms_median\":{:.3},\"ui_ms_p99\":{:.3},\"frame_ms_median\":{:.3},\
                 \"frame_ms_p99\":{:.3},\"load_ms\":{load_ms:.1},\
                 \"first_picture_ms\":{first_picture_ms:.1},\"filter_county_ms\":{county_ms:.3},\
                 \"filter_polygon_ms\":{polygon_ms:.3},\"peak_mb\":{:.0},\
                 \"first_part_ms\":{part_ms:.1},\"layers_mb\":{:.0},\"zoom_ui_ms_median\":{:.3},\
                 \"zoom_frame_ms_median\":{:.3},\"zoom_frame_ms_p99\":{:.3},\
                 \"features_in_view\":{seen},\"features_drawn\":{drawn},\"adapter\":\"{}\"}}",
                ui.0,
                ui.1,
                frame.0,
                frame.1,
                self.peak_mb,
                self.layers_mb,
                zoom_ui.0,
                zoom_frame.0,
                zoom_frame.1,
                window.adapter()
            );
            return;
        }
        println!(
            "window            {} × {}, drawn by {}",
            wanted.size.x,
            wanted.size.y,
            window.adapter()
        );
        println!("load              {load_ms:.1} ms");
        println!("full picture      {first_picture_ms:.1} ms, first part {part_ms:.1} ms");
        println!("pan, UI thread    median {:.2} ms, p99 {:.2} ms", ui.0, ui.1);
        println!("pan, whole frame  median {:.2} ms, p99 {:.2} ms", frame.0, frame.1);
        println!("zoom, UI thread   median {:.2} ms, p99 {:.2} ms", zoom_ui.0, zoom_ui.1);
        println!("zoom, whole frame median {:.2} ms, p99 {:.2} ms", zoom_frame.0, zoom_frame.1);
        println!("features          {seen} in view, {drawn} drawn");
        println!("ten counties      {county_ms:.2} ms, {} features", found[0]);
        println!("drawn polygon     {polygon_ms:.2} ms, {} features", found[1]);
        println!("a frame           {} vertices of egui's", window.vertices);
        println!("at rest           {}", if self.idle { "no repaint" } else { "repaints" });
        println!(
            "memory            layers {:.0} MB, peak {:.0} MB in all",
            self.layers_mb, self.peak_mb
        );
    }
}

fn quantiles(times: impl Iterator<Item = f64>) -> (f64, f64) {
    let mut sorted: Vec<f64> = times.collect();
    sorted.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let i = ((sorted.len().saturating_sub(1)) as f64 * share).round() as usize;
        sorted.get(i).copied().unwrap_or(f64::NAN)
    };
    (at(0.5), at(0.99))
}

/// Resident memory by the kernel.
#[cfg(target_os = "linux")]
fn memory_mb(name: &str) -> f64 {
    std::fs::read_to_string("/proc/self/status")
        .ok()
        .and_then(|status| {
            let line = status.lines().find(|line| line.starts_with(name))?;
            line.split_whitespace().nth(1)?.parse::<f64>().ok()
        })
        .map_or(f64::NAN, |kb| kb / 1024.0)
}

/// Not measured elsewhere.
#[cfg(not(target_os = "linux"))]
const fn memory_mb(_name: &str) -> f64 {
    f64::NAN
}

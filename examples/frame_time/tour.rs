//! Flights from slide to slide, beside a window with nothing in it.

use std::sync::Arc;

use jintu::{
    app::{Action, Settings, State},
    basemap::Basemap,
    catalogue::lower::lower,
    store,
    ui::Shell,
};

use crate::{
    quantiles,
    stage::{Spent, Stage},
};

/// So many slides are flown to.
const SLIDES: usize = 6;
/// A flight lasts no longer than this many frames of a sixtieth of a second.
const MOST_FRAMES: usize = 600;

/// Measures and prints.
pub fn print(size: egui::Vec2) {
    let lowered = lower(&store::SEEDS);
    let basemap = Basemap::open(store::BASEMAP).ok().map(Arc::new);
    let settings = Settings { reduce_motion: false, ..Settings::default() };
    let state = State::new(Arc::new(lowered.catalogue), lowered.diagnostics, settings);
    let mut window = Stage::new(Shell::new(state, basemap), size);
    window.rest();
    let bare: Vec<Spent> = (0..60).map(|_| window.bare()).collect();
    window.shell.begin(Action::StartTour { slide: 0 });
    window.rest();
    let mut flown = Vec::new();
    for slide in 1..=SLIDES {
        window.shell.begin(Action::TourGo(slide));
        // Frames as they pass on this machine: who is slow sees fewer of them.
        for _ in 0..MOST_FRAMES {
            flown.push(window.frame_in_time());
            if !window.shell.map.camera.is_moving() {
                break;
            }
        }
        window.rest();
    }
    let of = |frames: &[Spent]| quantiles(frames.iter().map(|s| s.frame));
    let ((bare, bare_p99), (flight, flight_p99)) = (of(&bare), of(&flown));
    let ui = quantiles(flown.iter().map(|s| s.ui));
    println!("window            {} × {}, drawn by {}", size.x, size.y, window.adapter());
    println!("bare              median {bare:.1} ms, p99 {bare_p99:.1} ms");
    println!(
        "flight            median {flight:.1} ms, p99 {flight_p99:.1} ms, {} frames",
        flown.len()
    );
    println!("flight, UI thread median {:.1} ms, p99 {:.1} ms", ui.0, ui.1);
    println!("flight / bare     {:.2}", flight / bare);
}

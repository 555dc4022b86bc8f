//! Drives the real window's content off-screen and prints how long its frames take.
//!
//! `cargo run --release --example frame_time -- [--size WxH] [--json]`
//!
//! `ui_ms` is what the UI thread does in a frame: layout, drawing and turning shapes into
//! triangles. Drawing the triangles is the graphics card's work and not counted.

#![allow(clippy::print_stdout, reason = "what it measures is its output")]

use std::{sync::Arc, time::Instant};

use egui::{Event, Modifiers, PointerButton, Pos2, RawInput, Rect, pos2, vec2};
use jintu::{
    app::{Settings, State},
    catalogue::lower::lower,
    raster::Basemap,
    store, theme,
    ui::Shell,
};

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let size = args
        .iter()
        .position(|a| a == "--size")
        .and_then(|i| args.get(i + 1))
        .and_then(|s| s.split_once('x'))
        .and_then(|(w, h)| Some(vec2(w.parse().ok()?, h.parse().ok()?)))
        .unwrap_or(vec2(1280.0, 800.0));

    let start = Instant::now();
    let lowered = lower(&store::SEEDS);
    let basemap = Basemap::open(store::BASEMAP).ok().map(Arc::new);
    let load_ms = ms(start);
    let settings = Settings { reduce_motion: true, ..Settings::default() };
    let state = State::new(Arc::new(lowered.catalogue), lowered.diagnostics, settings);
    let mut window = Stage::new(Shell::new(state, basemap), size);
    window.frame(Vec::new());
    let first_picture_ms = ms(start);
    for _ in 0..10 {
        window.frame(Vec::new());
    }
    let pan = window.pan(300);
    let zoom = window.zoom(120);
    let idle = window.settle();

    let (median, p99) = quantiles(&pan);
    let (zoom_median, zoom_p99) = quantiles(&zoom);
    let peak_mb = peak_mb();
    if args.iter().any(|a| a == "--json") {
        println!(
            "{{\"ui_ms_median\":{median:.3},\"ui_ms_p99\":{p99:.3},\"zoom_ui_ms_median\":{zoom_median:.3},\
             \"zoom_ui_ms_p99\":{zoom_p99:.3},\"load_ms\":{load_ms:.1},\"first_picture_ms\":{first_picture_ms:.1},\
             \"repaints_at_rest\":{},\"peak_mb\":{peak_mb:.0}}}",
            !idle
        );
    } else {
        println!("window            {} × {}", size.x, size.y);
        println!("load              {load_ms:.1} ms (plan, catalogue, index, basemap)");
        println!("first picture     {first_picture_ms:.1} ms (without window and graphics card)");
        println!("pan, UI thread    median {median:.2} ms, p99 {p99:.2} ms");
        println!("zoom, UI thread   median {zoom_median:.2} ms, p99 {zoom_p99:.2} ms");
        println!("a frame           {} vertices", window.vertices);
        println!("at rest           {}", if idle { "no repaint" } else { "repaints" });
        println!("peak memory       {peak_mb:.0} MB (without window and graphics card)");
    }
}

/// The window's content without a window.
struct Stage {
    ctx: egui::Context,
    shell: Shell,
    rect: Rect,
    time_s: f64,
    asks_repaint: bool,
    vertices: usize,
}

impl Stage {
    fn new(shell: Shell, size: egui::Vec2) -> Self {
        let ctx = egui::Context::default();
        theme::install_fonts(&ctx);
        let rect = Rect::from_min_size(Pos2::ZERO, size);
        Self { ctx, shell, rect, time_s: 0.0, asks_repaint: true, vertices: 0 }
    }

    /// One frame; returns what the UI thread spent on it, in milliseconds.
    fn frame(&mut self, events: Vec<Event>) -> f64 {
        self.time_s += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(self.rect),
            time: Some(self.time_s),
            events,
            ..RawInput::default()
        };
        let start = Instant::now();
        let shell = &mut self.shell;
        let output = self.ctx.run_ui(input, |ui| shell.show(ui));
        let triangles = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        let spent = ms(start);
        self.vertices = triangles
            .iter()
            .map(|clipped| match &clipped.primitive {
                egui::epaint::Primitive::Mesh(mesh) => mesh.vertices.len(),
                egui::epaint::Primitive::Callback(_) => 0,
            })
            .sum();
        let root = output.viewport_output.get(&egui::ViewportId::ROOT);
        self.asks_repaint =
            root.is_some_and(|v| v.repaint_delay < std::time::Duration::from_secs(1));
        spent
    }

    /// Drags the map to and fro.
    fn pan(&mut self, frames: u32) -> Vec<f64> {
        let center = self.rect.center() + vec2(60.0, 0.0);
        let button = |pressed, pos| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        self.frame(vec![Event::PointerMoved(center)]);
        self.frame(vec![button(true, center)]);
        let mut times = Vec::new();
        let mut at = center;
        for i in 0..frames {
            let t = f64::from(i) / 24.0;
            #[allow(clippy::cast_possible_truncation)] // a few hundred points
            let offset = vec2((t.sin() * 240.0) as f32, ((t * 0.7).sin() * 150.0) as f32);
            at = center + offset;
            times.push(self.frame(vec![Event::PointerMoved(at)]));
        }
        self.frame(vec![button(false, at)]);
        times
    }

    /// Turns the wheel in and out.
    fn zoom(&mut self, frames: u32) -> Vec<f64> {
        let at = pos2(self.rect.center().x + 60.0, self.rect.center().y);
        self.frame(vec![Event::PointerMoved(at)]);
        (0..frames)
            .map(|i| {
                let up = (i / 30) % 2 == 0;
                let notch = Event::MouseWheel {
                    unit: egui::MouseWheelUnit::Line,
                    delta: vec2(0.0, if up { 1.0 } else { -1.0 }),
                    phase: egui::TouchPhase::Move,
                    modifiers: Modifiers::NONE,
                    source: egui::MouseWheelSource::Unknown,
                };
                self.frame(if i % 6 == 0 { vec![notch] } else { Vec::new() })
            })
            .collect()
    }

    /// Whether the window stops asking for frames once nothing moves.
    fn settle(&mut self) -> bool {
        for _ in 0..240 {
            self.frame(Vec::new());
        }
        !self.asks_repaint
    }
}

fn ms(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

fn quantiles(times: &[f64]) -> (f64, f64) {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |share: f64| {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // an index
        let i = ((sorted.len().saturating_sub(1)) as f64 * share).round() as usize;
        sorted.get(i).copied().unwrap_or(f64::NAN)
    };
    (at(0.5), at(0.99))
}

/// High-water mark of resident memory, from the kernel; not a number elsewhere than on Linux.
fn peak_mb() -> f64 {
    std::fs::read_to_string("/proc/self/status")
        .ok()
        .and_then(|status| {
            let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
            line.split_whitespace().nth(1)?.parse::<f64>().ok()
        })
        .map_or(f64::NAN, |kb| kb / 1024.0)
}

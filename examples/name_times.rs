//! What finding the places of names costs in a frame, step by step, and how much of it is keeping clear
//! of the ground's lines. It needs no window.
//!
//! `cargo run --release --no-default-features --example name_times -- [WxH]`

#![allow(clippy::print_stdout, reason = "what it measures is its output")]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "shares"
)]

use std::{collections::BTreeSet, time::Instant};

use jintu::{
    basemap::Basemap,
    catalogue::{Catalogue, lower::lower},
    language::Language,
    scene::{
        self, LabelStyle, NO_COUNTIES, Padding, Prepared, View, Viewport,
        base_labels::{base_labels, occupied_by_dots},
        county_labels::county_labels,
        labels::{LabelRequest, Obstacles, place},
        line_grid::{LineGrid, ground_lines, project_lines},
        network_labels::network_labels,
        project_labels::{occupied_by_marks, project_labels},
    },
    store,
    style::Mode,
};

const ROUNDS: usize = 60;

/// For the whole city and nearer to it.
fn main() {
    let asked = std::env::args().nth(1);
    let size: Option<[f32; 2]> = asked.as_deref().and_then(|text| {
        let (w, h) = text.split_once('x')?;
        Some([w.parse().ok()?, h.parse().ok()?])
    });
    let size = size.unwrap_or([1920.0, 1080.0]);
    let catalogue = lower(&store::SEEDS).catalogue;
    let Ok(basemap) = Basemap::open(store::BASEMAP) else { return };
    let prepared = Prepared::new(&catalogue);
    let Some(city) = catalogue.city_extent() else { return };
    let whole = scene::fit(city, size, Padding::even(40.0));
    println!("names             {} × {}, median (p99) of {ROUNDS} rounds, in ms", size[0], size[1]);
    println!(
        "level   asked          lines          ground         place          without ground  names"
    );
    for nearer in [-1.0, 0.0, 1.0, 2.0, 3.0, 5.0] {
        let viewport = Viewport { zoom: whole.zoom + nearer, ..whole };
        round(&catalogue, &prepared, &basemap, viewport);
    }
}

/// Width of text as if every letter were square: what fonts say is kept from frame to frame.
fn width(line: &str, style: &LabelStyle) -> f32 {
    line.chars().map(|c| if c.is_ascii() { 0.55 } else { 1.0 }).sum::<f32>() * style.size_pt
}

fn round(catalogue: &Catalogue, prepared: &Prepared, basemap: &Basemap, viewport: Viewport) {
    let all: Vec<usize> = (0..catalogue.projects.len()).collect();
    let view = View {
        shown: &all,
        selected: &[],
        hover: None,
        counties: &NO_COUNTIES,
        mode: Mode::Light,
        zoom: viewport.zoom,
        language: Language::Chinese,
        with_anchors: true,
        subject_only: false,
    };
    let shapes = scene::compose(catalogue, prepared, view);
    let size = [viewport.width_pt, viewport.height_pt];
    let mut spent: [Vec<f64>; 5] = Default::default();
    let mut seen = BTreeSet::new();
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let named = basemap.names(&viewport);
        let mut requests: Vec<LabelRequest> =
            project_labels(catalogue, prepared, view, &viewport, 1.0);
        requests.extend(county_labels(catalogue, prepared, view, &viewport, 1.0));
        requests.extend(network_labels(&named.lines, view, &viewport, 1.0));
        requests.extend(base_labels(&named.places, &catalogue.counties, view, &viewport, 1.0));
        let mut boxes = occupied_by_marks(&shapes, view, &viewport);
        boxes.extend(occupied_by_dots(&named.places, viewport.zoom, &viewport));
        spent[0].push(ms(start));
        let start = Instant::now();
        let lines = project_lines(catalogue, prepared, view, &viewport, &[]);
        spent[1].push(ms(start));
        let start = Instant::now();
        let ground = ground_lines(&named.courses, &viewport);
        spent[2].push(ms(start));
        let on =
            |ground: LineGrid| Obstacles { boxes: boxes.clone(), lines: lines.clone(), ground };
        for (step, obstacles) in [(3, on(ground)), (4, on(LineGrid::default()))] {
            let requests = requests.clone();
            let start = Instant::now();
            let placed = place(requests, obstacles, size, &width);
            spent[step].push(ms(start));
            if step == 3 {
                seen.insert(placed.len());
            }
        }
    }
    let told = spent.map(|of| {
        let (median, p99) = quantiles(of);
        format!("{median:6.2} ({p99:5.2})")
    });
    println!("{:5.2}  {}  {seen:?}", viewport.zoom, told.join(" "));
}

fn ms(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

fn quantiles(mut times: Vec<f64>) -> (f64, f64) {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let i = ((times.len().saturating_sub(1)) as f64 * share).round() as usize;
        times.get(i).copied().unwrap_or(f64::NAN)
    };
    (at(0.5), at(0.99))
}

//! What the usual ways cost for the same data in the same run.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use egui::{Color32, Pos2, RawInput, Rect, Shape, Stroke, pos2};
use geo::{Contains, Point};
use jintu::{
    layer::{ChunkBuilder, Grid, Kind},
    store,
    units::LonLat,
};
use rstar::{AABB, RTree};

use crate::{
    layers::{Holds, Random},
    stage::ms,
};

/// Prints a line per rival; `files` are those that the window has opened.
pub fn print(size: egui::Vec2, layers: &[(Holds, usize)], files: &[PathBuf]) {
    for file in files {
        qgis(file, size);
    }
    for (holds, count) in layers {
        match holds {
            Holds::Points => points(*count, size),
            Holds::Lines => lines(*count, size),
            Holds::Areas => {}
        }
    }
}

/// QGIS with the same file, where its library is installed.
fn qgis(file: &Path, size: egui::Vec2) {
    let [width, height] = [size.x, size.y].map(|side| side.to_string());
    // Debian installs it for its own Python, which need not be the first on the path.
    let pythons = [
        #[cfg(unix)]
        "/usr/bin/python3",
        "python3",
    ];
    let run = pythons.iter().find_map(|python| {
        let mut command = Command::new(python);
        command.args(["-c", include_str!("qgis.py")]).arg(file).args([&width, &height]);
        command.output().ok().filter(|run| run.status.success())
    });
    match run {
        Some(run) => print!("{}", String::from_utf8_lossy(&run.stdout)),
        None => println!("rival: QGIS is not here (Debian: apt install python3-qgis)"),
    }
}

/// The city on the window.
fn place(p: LonLat, size: egui::Vec2) -> Pos2 {
    let x = (p.lon_deg - 111.5) / 1.7 * f64::from(size.x);
    let y = (38.4 - p.lat_deg) * f64::from(size.y);
    pos2(x as f32, y as f32)
}

fn somewhere(random: &mut Random) -> LonLat {
    LonLat::new(111.5 + random.share() * 1.7, 37.4 + random.share())
}

/// A plugin that hands every feature to egui in every frame.
fn naive(name: &str, size: egui::Vec2, shape: &dyn Fn() -> Vec<Shape>) {
    let ctx = egui::Context::default();
    let mut best = f64::INFINITY;
    for _ in 0..3 {
        let start = Instant::now();
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size)),
            ..RawInput::default()
        };
        let output = ctx.run_ui(input, |ui| {
            ui.painter().extend(shape());
        });
        let triangles = ctx.tessellate(output.shapes, 1.0);
        let mut unused = output.textures_delta;
        unused.clear();
        best = best.min(ms(start));
        assert!(!triangles.is_empty());
    }
    println!("rival: {name}, UI thread {best:.1} ms a frame");
}

fn points(count: usize, size: egui::Vec2) {
    let mut random = Random::new(7);
    let all: Vec<LonLat> = (0..count).map(|_| somewhere(&mut random)).collect();
    naive(&format!("{count} circles rebuilt each frame"), size, &|| {
        all.iter().map(|p| Shape::circle_filled(place(*p, size), 2.0, Color32::BLUE)).collect()
    });

    let start = Instant::now();
    let tree = RTree::bulk_load(all.iter().map(|p| [p.lon_deg, p.lat_deg]).collect());
    println!("rival: rstar bulk load of {count}, {:.1} ms", ms(start));
    let mut chunks = Vec::new();
    for part in all.chunks(65_536) {
        let mut builder = ChunkBuilder::default();
        for p in part {
            builder.point(*p);
        }
        chunks.push(builder.finish());
    }
    let start = Instant::now();
    let grids: Vec<Option<Grid>> = chunks.iter().map(|chunk| Grid::build(&chunk.shapes)).collect();
    println!("own: index of {count} in {} chunks, {:.1} ms", grids.len(), ms(start));
    assert!(chunks.iter().all(|chunk| chunk.shapes.kind(0) == Kind::Point));

    let lowered = jintu::catalogue::lower::lower(&store::SEEDS);
    let start = Instant::now();
    let mut found = 0;
    for county in lowered.catalogue.counties.iter().take(10) {
        let Some(extent) = lowered.catalogue.county_extent(&county.code) else { continue };
        let around = AABB::from_corners(
            [extent.west_deg, extent.south_deg],
            [extent.east_deg, extent.north_deg],
        );
        found += tree
            .locate_in_envelope(around)
            .filter(|p| county.polygon.contains(&Point::new(p[0], p[1])))
            .count();
    }
    println!("rival: rstar and contains, ten counties, {:.1} ms, {found} features", ms(start));
}

fn lines(count: usize, size: egui::Vec2) {
    /// More do not finish in reasonable time.
    const MOST: usize = 10_000;
    let count = count.min(MOST);
    let mut random = Random::new(7);
    let all: Vec<Vec<Pos2>> = (0..count)
        .map(|_| {
            let mut p = somewhere(&mut random);
            (0..10)
                .map(|_| {
                    p.lon_deg += (random.share() - 0.5) * 0.004;
                    p.lat_deg += (random.share() - 0.5) * 0.004;
                    place(p, size)
                })
                .collect()
        })
        .collect();
    naive(&format!("{count} lines rebuilt each frame"), size, &|| {
        all.iter().map(|line| Shape::line(line.clone(), Stroke::new(1.0, Color32::BLUE))).collect()
    });
}

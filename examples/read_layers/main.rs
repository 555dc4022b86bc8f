//! Reads large files of features in each of the usual formats, and prints how long that takes and
//! how much memory it takes at its peak.
//!
//! `cargo run --release --example read_layers -- [--points N] [--rows N] [--entities N] [--runs N]
//! [--only FORMAT] [--folder PATH] [--rivals]`
//!
//! Each reading is a process of its own, to the complete layer: positions, attributes, index and
//! counties, as the window has it. Of the runs the median is told; the files are warm. What the
//! processor did counts all threads, and tells more than the clock where others use the machine.
//! The files stay in `--folder`, where one is named. With `--rivals` the crates that others read such files with and GDAL (by pyogrio, where the first
//! `python3` has it, or the one that `PYTHON` names) read the same files in the same run.

#![allow(clippy::print_stdout, reason = "what it measures is its output")]
#![allow(clippy::expect_used, reason = "what cannot be measured ends the run")]

mod made;
mod rivals;

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::atomic::AtomicBool,
    time::Instant,
};

use jintu::{
    catalogue::lower::lower,
    geo::mercator,
    layer::CountyCodes,
    store::{
        SEEDS,
        layers::{OpenOptions, open_layers},
    },
};

/// What was measured of a reading.
#[derive(Clone, Copy)]
pub struct Measured {
    seconds: f64,
    /// What the processor did for it, in all threads; unknown where the system does not tell it.
    busy_seconds: Option<f64>,
    /// Features, or what a rival counts as one.
    features: usize,
    /// The most memory above that before the reading; unknown where the system does not tell it.
    peak_bytes: Option<u64>,
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let after = |name: &str| {
        args.iter().position(|a| a == name).and_then(|i| args.get(i + 1)).map(String::as_str)
    };
    if let Some(path) = after("--read") {
        print_one(read(Path::new(path)));
        return;
    }
    if let Some(path) = after("--rival") {
        if let Some(measured) = rivals::read(Path::new(path)) {
            print_one(measured);
        }
        return;
    }
    let number =
        |name, usual: usize| after(name).and_then(|n| n.parse().ok()).unwrap_or(usual).max(1);
    let own = std::env::temp_dir().join(format!("jintu-read-layers-{}", std::process::id()));
    let folder = after("--folder").map_or_else(|| own.clone(), PathBuf::from);
    std::fs::create_dir_all(&folder).expect("a folder for the files");
    let counts = made::Counts {
        points: number("--points", 1_000_000),
        rows: number("--rows", 100_000),
        entities: number("--entities", 100_000),
    };
    println!(
        "format       features     MB   median s  (least, busy)   bytes a feature at the peak   rivals: median s, times ours"
    );
    for format in made::FORMATS {
        if after("--only").is_some_and(|only| only != format.extension) {
            continue;
        }
        let path = folder.join(format!("t.{}", format.extension));
        // What an earlier run left is not appended to.
        for file in made::files_of(&path) {
            drop(std::fs::remove_file(file));
        }
        let made = (format.write)(&path, &counts).expect("a file that can be written");
        print_line(&path, made, number("--runs", 5), args.iter().any(|a| a == "--rivals"));
    }
    if folder == own {
        std::fs::remove_dir_all(&folder).expect("the folder can be removed");
    }
}

fn print_line(path: &Path, made: usize, runs: usize, with_rivals: bool) {
    let mut own = Vec::new();
    let mut theirs: Vec<(&str, Vec<Measured>)> =
        vec![(rivals::name(path), Vec::new()), ("GDAL", Vec::new())];
    // In turn, so that a busy while meets all alike.
    for _ in 0..runs {
        own.extend(child("--read", path));
        if with_rivals {
            theirs[0].1.extend(child("--rival", path));
            theirs[1].1.extend(rivals::gdal(path));
        }
    }
    let Some((median, least)) = medians(&own) else {
        println!("{}: not read", path.display());
        return;
    };
    assert_eq!(median.features, made, "every feature is there");
    let bytes: u64 =
        made::files_of(path).iter().filter_map(|f| f.metadata().ok()).map(|m| m.len()).sum();
    let mut busy: Vec<f64> = own.iter().filter_map(|m| m.busy_seconds).collect();
    busy.sort_by(f64::total_cmp);
    let busy = busy.get(busy.len() / 2).map_or("—".to_owned(), |busy| format!("{busy:.2}"));
    let peak = own.iter().filter_map(|m| m.peak_bytes).max();
    let peak = peak.map_or("—".to_owned(), |peak| format!("{:.0}", peak as f64 / made as f64));
    print!(
        "{:<10} {made:>10} {:>6.1}   {:>8.3}  ({least:.3}, {busy})   {peak:>10}   ",
        path.extension().unwrap_or_default().to_string_lossy(),
        bytes as f64 / 1e6,
        median.seconds,
    );
    for (name, all) in theirs {
        if let Some((other, _)) = medians(&all) {
            let times = other.seconds / median.seconds;
            let busy = other.busy_seconds.unwrap_or(f64::NAN);
            print!("  {name} {:.3}, busy {busy:.2} ({times:.2}×)", other.seconds);
        }
    }
    println!();
}

fn medians(all: &[Measured]) -> Option<(Measured, f64)> {
    let mut all = all.to_vec();
    all.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
    Some((*all.get(all.len() / 2)?, all.first()?.seconds))
}

/// Measures in a process of its own, whose memory holds nothing else.
fn child(what: &str, path: &Path) -> Option<Measured> {
    let own = std::env::current_exe().expect("the program's own path");
    let run = Command::new(own).arg(what).arg(path).output().expect("a process");
    parsed(&String::from_utf8_lossy(&run.stdout))
}

fn print_one(measured: Measured) {
    let Measured { seconds, busy_seconds, features, peak_bytes } = measured;
    let busy = busy_seconds.map_or("-".to_owned(), |n| n.to_string());
    println!(
        "{seconds} {busy} {features} {}",
        peak_bytes.map_or("-".to_owned(), |n| n.to_string())
    );
}

/// What [`print_one`] prints.
pub fn parsed(line: &str) -> Option<Measured> {
    let mut words = line.split_whitespace();
    Some(Measured {
        seconds: words.next()?.parse().ok()?,
        busy_seconds: words.next()?.parse().ok(),
        features: words.next()?.parse().ok()?,
        peak_bytes: words.next().and_then(|n| n.parse().ok()),
    })
}

fn read(path: &Path) -> Measured {
    let catalogue = lower(&SEEDS).catalogue;
    let counties = CountyCodes::new(catalogue.counties.iter().map(|county| {
        let rings = county.polygon.0.iter().map(|polygon| {
            let mut path = mercator::path_from_line(polygon.exterior());
            path.pop();
            path
        });
        (county.code.clone(), rings.collect())
    }));
    let (options, never) = (OpenOptions::default(), AtomicBool::new(false));
    measured(|| {
        let mut layers = Vec::new();
        open_layers(path, &options, &counties, &never, &mut |progress| layers = progress.layers)
            .expect("a file that can be read");
        for layer in &layers {
            assert_eq!(layer.chunks.len(), layer.tables.len(), "attributes of every chunk");
            assert_eq!(layer.chunks.len(), layer.counties.len(), "counties of every chunk");
        }
        let features = layers.iter().map(|layer| layer.len()).sum();
        // Dropped in the measured time by nobody: the window keeps them.
        std::mem::forget(layers);
        features
    })
}

/// Time and memory of something that says how many features it has read.
pub fn measured(work: impl FnOnce() -> usize) -> Measured {
    let before = resident_bytes("VmRSS:");
    let (start, busy) = (Instant::now(), busy_seconds());
    let features = work();
    let seconds = start.elapsed().as_secs_f64();
    let busy_seconds = busy_seconds().zip(busy).map(|(after, before)| after - before);
    let peak = resident_bytes("VmHWM:");
    let peak_bytes = peak.zip(before).map(|(peak, before)| peak.saturating_sub(before));
    Measured { seconds, busy_seconds, features, peak_bytes }
}

/// Seconds that processors did for this process, as Linux counts them, in hundredths.
fn busy_seconds() -> Option<f64> {
    let stat = told_by_linux("stat")?;
    // Behind the name in brackets; user and system time are fields 14 and 15 of all.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|n| n.parse::<f64>().ok());
    Some((ticks(11)? + ticks(12)?) / 100.0)
}

/// A figure of this process, as Linux tells it.
fn resident_bytes(name: &str) -> Option<u64> {
    let status = told_by_linux("status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}

/// What Linux tells of this process under a name; other systems have no such place.
fn told_by_linux(name: &str) -> Option<String> {
    #[cfg(target_os = "linux")]
    return std::fs::read_to_string(format!("/proc/self/{name}")).ok();
    #[cfg(not(target_os = "linux"))]
    {
        let _ = name;
        None
    }
}

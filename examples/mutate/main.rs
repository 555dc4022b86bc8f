//! Feeds every reader damaged files and looks that none panics, hangs or eats the memory.
//!
//! `cargo run --release --no-default-features --example mutate -- [--seconds N] [--inputs N]
//! [--from N] [--reader NAME]… [--replay READER N] [--keep FOLDER] [--list]`
//!
//! Inputs are made out of seeds (`seeds/`, written by the program's own writers and by code) and a
//! number: the same number makes the same input. `--seconds` and `--inputs` are shared out among
//! the readers. Each reader runs in a process of its own, so that one that dies is told with the
//! number that killed it. Exits with 1 after a panic, an input that takes more than two seconds
//! three times, or more than 512 MB of memory.

#![allow(clippy::print_stdout, reason = "what it finds is its output")]

mod case;
mod mutation;
mod readers;
mod seeds;
mod tokens;
mod watch;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    time::{Duration, Instant},
};

use readers::{READERS, Reader};
use watch::{Cost, MOST_BYTES, MOST_TIME, measure};

/// The exit status of a process that had to be stopped.
pub const STOPPED: i32 = 3;
/// After so many deaths of one reader the rest is not worth the time.
const MOST_DEATHS: usize = 5;

struct Wanted {
    seconds: Option<f64>,
    inputs: Option<u64>,
    from: u64,
    readers: Vec<&'static Reader>,
    replay: bool,
    keep: Option<PathBuf>,
    worker: bool,
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if args.iter().any(|arg| arg == "--list") {
        for reader in &READERS {
            println!("{}", reader.name);
        }
        return ExitCode::SUCCESS;
    }
    let wanted = match read(&args) {
        Ok(wanted) => wanted,
        Err(reason) => {
            println!("{reason}");
            return ExitCode::from(2);
        }
    };
    if wanted.replay {
        replay(&wanted)
    } else if wanted.worker {
        work(&wanted)
    } else {
        lead(&wanted)
    }
}

fn read(args: &[String]) -> Result<Wanted, String> {
    let mut wanted = Wanted {
        seconds: None,
        inputs: None,
        from: 0,
        readers: Vec::new(),
        replay: false,
        keep: None,
        worker: false,
    };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut next = || args.next().ok_or_else(|| format!("{arg} needs a value"));
        let number = |text: &String| text.parse().map_err(|_| format!("not a number: {text}"));
        let reader = |name: &String| {
            let known = READERS.iter().find(|reader| reader.name == name);
            known.ok_or_else(|| format!("no reader {name}; see --list"))
        };
        match arg.as_str() {
            "--seconds" => {
                let text = next()?;
                wanted.seconds = Some(text.parse().map_err(|_| format!("not a number: {text}"))?);
            }
            "--inputs" => wanted.inputs = Some(number(next()?)?),
            "--from" => wanted.from = number(next()?)?,
            "--reader" => wanted.readers.push(reader(next()?)?),
            "--keep" => wanted.keep = Some(PathBuf::from(next()?)),
            "--worker" => wanted.worker = true,
            "--replay" => {
                wanted.replay = true;
                wanted.readers.push(reader(next()?)?);
                wanted.from = number(next()?)?;
            }
            other => return Err(format!("unknown argument {other}")),
        }
    }
    if wanted.readers.is_empty() {
        wanted.readers = READERS.iter().collect();
    }
    Ok(wanted)
}

/// Runs each reader in a process of its own, and tells.
fn lead(wanted: &Wanted) -> ExitCode {
    let Ok(own) = std::env::current_exe() else { return ExitCode::from(2) };
    let each = wanted.readers.len().max(1);
    let inputs = wanted.inputs.map(|inputs| inputs.div_ceil(each as u64));
    let seconds = match (wanted.seconds, inputs) {
        (None, None) => Some(1.0),
        (seconds, _) => seconds.map(|seconds| seconds / each as f64),
    };
    println!("inputs from {} on", wanted.from);
    println!(
        "{:<14}{:>10}{:>9}{:>10}{:>10}{:>10}{:>9}",
        "reader", "inputs", "in 1 s", "accepted", "slowest", "most MB", "RSS MB"
    );
    let mut failed = false;
    for reader in &wanted.readers {
        let mut from = wanted.from;
        let note = memory().join(format!("jintu-mutate-{}-note", std::process::id()));
        for _ in 0..MOST_DEATHS {
            let mut command = Command::new(&own);
            command.args(["--worker", "--reader", reader.name, "--from", &from.to_string()]);
            command.arg("--keep").arg(&note);
            if let Some(inputs) = inputs {
                let left = (wanted.from + inputs).saturating_sub(from);
                command.args(["--inputs", &left.to_string()]);
            }
            if let Some(seconds) = seconds {
                command.args(["--seconds", &seconds.to_string()]);
            }
            let code = command.status().map(|status| status.code());
            match code {
                Ok(Some(0)) => break,
                Ok(Some(1)) => {
                    failed = true;
                    break;
                }
                other => {
                    failed = true;
                    let at = fs::read_to_string(&note).ok().and_then(|text| text.parse().ok());
                    let at: u64 = at.unwrap_or(from);
                    println!("FOUND {} {at}: its process died ({other:?})", reader.name);
                    from = at + 1;
                }
            }
        }
        // It is small, and of the system's temporary folder.
        let _ = fs::remove_file(note);
    }
    println!("{}", if failed { "something was found" } else { "nothing was found" });
    ExitCode::from(u8::from(failed))
}

/// Runs one reader on one input after the other.
fn work(wanted: &Wanted) -> ExitCode {
    let (Some(reader), Some(note)) = (wanted.readers.first(), &wanted.keep) else {
        return ExitCode::from(2);
    };
    watch::begin(reader.name);
    let folder = Folder::new();
    let seeds = (reader.seeds)();
    let start = Instant::now();
    let most_time = wanted.seconds.map_or(Duration::MAX, Duration::from_secs_f64);
    let (mut done, mut accepted, mut found) = (0, 0, 0);
    let (mut slowest, mut most) = ((Duration::ZERO, 0), (0, 0));
    for seed in seeds.iter().enumerate() {
        let cost = measure(&|| (reader.read)(seed.1, &folder.0));
        if !cost.accepted {
            println!("FOUND {}: its seed {} is refused: {cost:?}", reader.name, seed.0);
            found += 1;
        }
    }
    let mut number = wanted.from;
    while done < wanted.inputs.unwrap_or(u64::MAX) && start.elapsed() < most_time {
        if fs::write(note, number.to_string()).is_err() {
            return ExitCode::from(2);
        }
        let case = mutation::case(number, reader.name, &seeds, reader.tokens);
        let read = || {
            folder.clear();
            (reader.read)(&case, &folder.0)
        };
        let mut cost = measure(&read);
        for _ in 0..2 {
            if cost.time > MOST_TIME {
                // Another program may have had the processor.
                cost.time = cost.time.min(watch::again(&read));
            }
        }
        done += 1;
        accepted += u64::from(cost.accepted);
        slowest = slowest.max((cost.time, number));
        most = most.max((cost.bytes, number));
        if let Some(fault) = fault(&cost) {
            println!("FOUND {} {number}: {fault}", reader.name);
            found += 1;
        }
        number += 1;
    }
    let rate = done as f64 / start.elapsed().as_secs_f64();
    println!(
        "{:<14}{done:>10}{rate:>9.0}{:>9.1}%{:>7.0} ms{:>10.1}{:>9}   (slowest {}, largest {})",
        reader.name,
        100.0 * accepted as f64 / (done as f64).max(1.0),
        slowest.0.as_secs_f64() * 1e3,
        most.0 as f64 / f64::from(1 << 20),
        watch::peak_of_process_mb().unwrap_or(0),
        slowest.1,
        most.1,
    );
    ExitCode::from(u8::from(found > 0))
}

fn fault(cost: &Cost) -> Option<String> {
    // Only debug builds look for overflow; in those that are used a library's number goes round,
    // and what it is wrong about is as wrong as the file.
    let is_checked = |panic: &str| panic.contains("/registry/") && panic.ends_with("with overflow");
    if let Some(panic) = cost.panics.iter().find(|panic| !is_checked(panic)) {
        Some(format!("panic at {panic}"))
    } else if cost.time > MOST_TIME {
        Some(format!("{:.1?}", cost.time))
    } else if cost.bytes > MOST_BYTES {
        Some(format!("{} MB", cost.bytes >> 20))
    } else {
        None
    }
}

/// Reads one input once more, and keeps it.
fn replay(wanted: &Wanted) -> ExitCode {
    let Some(reader) = wanted.readers.first() else { return ExitCode::from(2) };
    watch::begin(reader.name);
    let folder = Folder::new();
    let seeds = (reader.seeds)();
    let case = mutation::case(wanted.from, reader.name, &seeds, reader.tokens);
    if let Some(keep) = &wanted.keep {
        let laid = fs::create_dir_all(keep).and_then(|()| case.lay(keep));
        println!("{laid:?}");
    }
    let cost = measure(&|| (reader.read)(&case, &folder.0));
    println!("{cost:#?}");
    ExitCode::from(u8::from(fault(&cost).is_some()))
}

/// A place in memory where the system has one: a disk takes longer than most readers.
fn memory() -> PathBuf {
    #[cfg(target_os = "linux")]
    if Path::new("/dev/shm").is_dir() {
        return PathBuf::from("/dev/shm");
    }
    std::env::temp_dir()
}

/// A folder for the files of an input.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let path = memory().join(format!("jintu-mutate-{}", std::process::id()));
        // Whether it is there is seen with the first seed.
        let _ = fs::create_dir_all(&path);
        Self(path)
    }

    fn clear(&self) {
        for entry in fs::read_dir(&self.0).into_iter().flatten().flatten() {
            let _ = fs::remove_file(entry.path());
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

//! What an input costs, and what must not happen.

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use peak_alloc::PeakAlloc;

/// Where a file has to be refused or read after the first.
pub const MOST_TIME: Duration = Duration::from_secs(2);
/// What an input may take, beside what the seeds take.
pub const MOST_BYTES: usize = 512 << 20;
/// What does not end, or eats the machine, ends the run.
const DEADLY_TIME: Duration = Duration::from_mins(1);
const DEADLY_BYTES: usize = 3 << 30;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// The panics of the input that is being read: where and why.
static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());
/// When the input that is being read was begun, milliseconds from the start; 0 for none.
static BEGUN: AtomicU64 = AtomicU64::new(0);

/// What reading an input has cost.
#[derive(Debug)]
pub struct Cost {
    pub time: Duration,
    pub bytes: usize,
    /// The reader took something of it.
    pub accepted: bool,
    pub panics: Vec<String>,
}

/// Begins to watch: panics are noted, and what eats the machine ends the process with a sentence.
pub fn begin(name: &'static str) {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let words = info.payload_as_str().unwrap_or("?");
        if let Ok(mut panics) = PANICS.lock() {
            panics.push(format!("{place}: {words}"));
        }
    }));
    let start = Instant::now();
    let clock = move || u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
    CLOCK.get_or_init(|| start);
    thread::spawn(move || {
        loop {
            thread::sleep(Duration::from_millis(10));
            let begun = BEGUN.load(Ordering::Relaxed);
            let spent = Duration::from_millis(clock().saturating_sub(begun));
            let bytes = MEMORY.current_usage();
            if begun > 0 && (spent > DEADLY_TIME || bytes > DEADLY_BYTES) {
                println!("{name}: stopped after {spent:.1?} with {} MB", bytes >> 20);
                std::process::exit(crate::STOPPED);
            }
        }
    });
}

static CLOCK: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();

/// Reads an input and measures.
pub fn measure(read: &dyn Fn() -> bool) -> Cost {
    let now = CLOCK.get_or_init(Instant::now).elapsed().as_millis();
    BEGUN.store(u64::try_from(now).unwrap_or(0).max(1), Ordering::Relaxed);
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let start = Instant::now();
    let accepted = catch_unwind(AssertUnwindSafe(read)).unwrap_or(false);
    let time = start.elapsed();
    BEGUN.store(0, Ordering::Relaxed);
    let bytes = MEMORY.peak_usage().saturating_sub(before);
    let panics = PANICS.lock().map(|mut own| std::mem::take(&mut *own)).unwrap_or_default();
    Cost { time, bytes, accepted, panics }
}

/// Time of the processor that the process has had, where the system says so: on a machine that is
/// shared a clock tells what others do.
fn processor_time() -> Option<Duration> {
    let line = told_by_linux("stat")?;
    // Behind the name, in hundredths of a second: of the program and of the system for it.
    let mut fields = line.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    Some(Duration::from_millis(10 * (ticks()? + ticks()?)))
}

/// Reads an input again, and says how long it takes: by the processor where something was done.
pub fn again(read: &dyn Fn() -> bool) -> Duration {
    let before = processor_time();
    let cost = measure(read);
    let spent = before.and_then(|before| Some(processor_time()?.saturating_sub(before)));
    // What waits needs no processor.
    spent.filter(|spent| *spent * 20 > cost.time).unwrap_or(cost.time)
}

/// The most memory that the process has held, with that of `SQLite`, where the system says so.
pub fn peak_of_process_mb() -> Option<u64> {
    let status = told_by_linux("status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().split(' ').next()?.parse::<u64>().ok()? / 1024)
}

/// What Linux tells of this process under a name; other systems have no such place.
fn told_by_linux(name: &str) -> Option<String> {
    #[cfg(target_os = "linux")]
    return fs::read_to_string(format!("/proc/self/{name}")).ok();
    #[cfg(not(target_os = "linux"))]
    {
        let _ = name;
        None
    }
}

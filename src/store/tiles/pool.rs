//! The workers of one source. Each source has its own, so that a slow one holds up no other.

use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use super::{fetch::Fetcher, service::Common};
use crate::tile::{
    Failure, Outcome, Schedule, Seen, SupplyStatus, TileId, TilePicture, TileSource,
};

/// A source being fetched.
pub struct Pool {
    shared: Arc<Shared>,
}

struct Shared {
    id: Arc<str>,
    common: Arc<Common>,
    plan: Mutex<Plan>,
    changed: Condvar,
    begun: Instant,
}

struct Plan {
    schedule: Schedule,
    stopped: bool,
}

impl Pool {
    /// Starts the workers. A thread that the system does not give is one worker less.
    pub fn start(source: &Arc<TileSource>, key: Option<&str>, common: Arc<Common>) -> Self {
        let id: Arc<str> = source.id.as_str().into();
        let seed = id.bytes().fold(0x9E37_79B9_7F4A_7C15, |a: u64, b| {
            (a ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3)
        });
        let local = Fetcher::is_local(source);
        let workers = if local { 2 } else { 6 };
        let shared = Arc::new(Shared {
            id,
            common,
            plan: Mutex::new(Plan { schedule: Schedule::new(workers, seed), stopped: false }),
            changed: Condvar::new(),
            begun: Instant::now(),
        });
        let log = shared.common.log.clone();
        for _ in 0..workers {
            let (shared, source) = (shared.clone(), source.clone());
            let key = key.map(str::to_owned);
            let work = move || {
                let mut fetcher = Fetcher::new(source, key, shared.common.clone());
                shared.work(&mut fetcher);
            };
            if let Err(e) = thread::Builder::new().name("tiles".to_owned()).spawn(work) {
                (log)(&format!("a worker could not be started: {e}"));
            }
        }
        Self { shared }
    }

    pub fn want(&self, tiles: &[TileId]) {
        self.shared.lock().schedule.want(tiles);
        self.shared.changed.notify_all();
    }

    pub fn prefetch(&self, tiles: &[TileId]) {
        self.shared.lock().schedule.want_ahead(tiles);
        self.shared.changed.notify_all();
    }

    pub fn retry(&self) {
        self.shared.lock().schedule.retry();
        self.shared.changed.notify_all();
    }

    pub fn seen(&self, tile: TileId) -> Seen {
        if let Some(picture) = self.shared.common.memory().get(&self.shared.id, tile) {
            return Seen::Ready(picture);
        }
        let plan = self.shared.lock();
        match plan.schedule.failure(tile) {
            Some(failure) => Seen::Failed(failure.clone()),
            None if plan.schedule.is_absent(tile) => Seen::Absent,
            None => Seen::Pending,
        }
    }

    pub fn status(&self) -> SupplyStatus {
        let plan = self.shared.lock();
        let memory = self.shared.common.memory();
        let mut status = SupplyStatus::default();
        for tile in plan.schedule.wanted() {
            if memory.has(&self.shared.id, *tile) || plan.schedule.is_absent(*tile) {
                status.ready += 1;
            } else if plan.schedule.failure(*tile).is_some() {
                status.failed += 1;
            } else {
                status.pending += 1;
            }
        }
        if status.failed > 0 {
            status.last_failure = plan.schedule.last_failure().cloned();
        }
        status
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.shared.lock().stopped = true;
        self.shared.changed.notify_all();
        self.shared.common.memory().forget(&self.shared.id);
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Plan> {
        // The plan holds whole steps only, so that a panic elsewhere cannot have left it half done.
        self.plan.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn work(&self, fetcher: &mut Fetcher) {
        while let Some(tile) = self.next() {
            let (outcome, picture) = match fetcher.fetch(tile) {
                Ok(Some(picture)) => (Outcome::Ready, Some(picture)),
                Ok(None) => (Outcome::Absent, None),
                Err(failure) => {
                    self.log_failure(tile, &failure);
                    (Outcome::Failed(failure), None)
                }
            };
            self.finish(tile, outcome, picture);
        }
    }

    /// The next tile; waits for one, `None` when the pool is gone.
    fn next(&self) -> Option<TileId> {
        let has = |tile| self.common.memory().has(&self.id, tile);
        let mut plan = self.lock();
        loop {
            if plan.stopped {
                return None;
            }
            let now = self.now_ms();
            if let Some(tile) = plan.schedule.next(now, &has) {
                return Some(tile);
            }
            // Rounded up, so that it is due when the worker wakes.
            let wait = plan.schedule.wake_at_ms(&has).map(|at| at.saturating_sub(now) + 1);
            plan = match wait {
                Some(ms) => {
                    let wait = Duration::from_millis(ms.clamp(5, 60_000));
                    let woken = self.changed.wait_timeout(plan, wait);
                    woken.unwrap_or_else(PoisonError::into_inner).0
                }
                None => self.changed.wait(plan).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }

    fn finish(&self, tile: TileId, outcome: Outcome, picture: Option<Arc<TilePicture>>) {
        if let Some(picture) = picture {
            self.common.memory().put(&self.id, tile, picture);
        }
        self.lock().schedule.done(tile, outcome, self.now_ms());
        self.changed.notify_all();
        (self.common.wake)();
    }

    fn log_failure(&self, TileId { z, x, y }: TileId, failure: &Failure) {
        (self.common.log)(&format!("{} {z}/{x}/{y}: {failure}", self.id));
    }
}

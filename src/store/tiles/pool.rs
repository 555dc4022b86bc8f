//! The workers of one source. Each source has its own, so that a slow one holds up no other; and
//! the disk has its own, so that what is kept never waits for the network.

use std::{
    mem,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, atomic::Ordering},
    thread,
    time::{Duration, Instant},
};

use super::{common::Common, fetch::Fetcher};
use crate::tile::{
    Failure, Found, Lookups, Outcome, Schedule, Seen, SupplyStatus, Ticket, TileId, TilePicture,
    TileSource,
};

/// Requests to one source at once.
const ROOM: usize = 6;
/// And more while those get no answer: one in 2.5 s as long as a request may take, so that there
/// is always one to find out that the source is back.
const SPARE: usize = 9;
/// Readers of a file, or of the disk cache.
const READERS: usize = 2;
/// More tiles than any screen shows: 15 360 × 8 640 pixels are 2 040.
const MOST_WANTED: usize = 4096;

/// A source being fetched.
pub struct Pool {
    shared: Arc<Shared>,
}

struct Shared {
    id: Arc<str>,
    source: Arc<TileSource>,
    key: Option<String>,
    common: Arc<Common>,
    plan: Mutex<Plan>,
    /// Something may have to be fetched. One worker is woken, and wakes the next if it takes it.
    to_fetch: Condvar,
    /// Something may have to be looked up.
    to_look_up: Condvar,
    begun: Instant,
}

struct Plan {
    schedule: Schedule,
    lookups: Lookups,
    stopped: bool,
    /// What a worker frees at the end: the window must not wait for that.
    freed: Vec<Arc<TilePicture>>,
}

impl Pool {
    /// Starts the workers. A thread that the system does not give is one worker less.
    pub fn start(source: &Arc<TileSource>, key: Option<&str>, common: Arc<Common>) -> Self {
        let id: Arc<str> = source.id.as_str().into();
        let seed = id.bytes().fold(0x9E37_79B9_7F4A_7C15, |a: u64, b| {
            (a ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3)
        });
        let (room, spare) = if Fetcher::is_local(source) { (READERS, 0) } else { (ROOM, SPARE) };
        let mut shared = Shared {
            id,
            source: source.clone(),
            key: key.map(str::to_owned),
            common,
            plan: Mutex::new(Plan {
                schedule: Schedule::new(room, spare, seed),
                lookups: Lookups::new(false),
                stopped: false,
                freed: Vec::new(),
            }),
            to_fetch: Condvar::new(),
            to_look_up: Condvar::new(),
            begun: Instant::now(),
        };
        let has_disk = shared.fetcher().has_disk();
        if has_disk {
            let plan = shared.plan.get_mut().unwrap_or_else(PoisonError::into_inner);
            plan.lookups = Lookups::new(true);
        }
        let shared = Arc::new(shared);
        for _ in 0..room + spare {
            Shared::spawn(&shared, Shared::fetch_all);
        }
        for _ in 0..if has_disk { READERS } else { 0 } {
            Shared::spawn(&shared, Shared::look_up_all);
        }
        Self { shared }
    }

    /// The same source from the beginning.
    #[must_use]
    pub fn renewed(&self) -> Self {
        let Shared { source, key, common, .. } = &*self.shared;
        // First, or it would take the new one's pictures with it when it is dropped.
        self.stop();
        Self::start(source, key.as_deref(), common.clone())
    }

    /// Ends the work, once.
    fn stop(&self) {
        let mut plan = self.shared.lock();
        if !plan.stopped {
            plan.stopped = true;
            plan.freed = self.shared.common.memory().forget(&self.shared.id);
        }
        drop(plan);
        self.shared.to_fetch.notify_all();
        self.shared.to_look_up.notify_all();
    }

    pub fn want(&self, tiles: &[TileId]) {
        let tiles = tiles.get(..MOST_WANTED).unwrap_or(tiles);
        self.shared.common.memory().want(&self.shared.id, tiles);
        self.shared.lock().schedule.want(tiles);
        self.shared.wake_workers();
    }

    pub fn prefetch(&self, tiles: &[TileId]) {
        self.shared.lock().schedule.want_ahead(tiles);
        self.shared.wake_workers();
    }

    pub fn retry(&self) {
        self.shared.lock().schedule.retry();
        self.shared.wake_workers();
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
        self.stop();
    }
}

impl Shared {
    fn spawn(shared: &Arc<Self>, work: impl FnOnce(&Self) + Send + 'static) {
        let own = shared.clone();
        if let Err(e) = thread::Builder::new().name("tiles".to_owned()).spawn(move || work(&own)) {
            (shared.common.log)(&format!("a worker could not be started: {e}"));
        }
    }

    fn wake_workers(&self) {
        self.to_fetch.notify_one();
        self.to_look_up.notify_one();
    }

    fn fetcher(&self) -> Fetcher {
        Fetcher::new(self.source.clone(), self.key.clone(), self.common.clone())
    }

    /// The plan is locked before the memory, never after it.
    fn lock(&self) -> MutexGuard<'_, Plan> {
        // The plan holds whole steps only, so that a panic elsewhere cannot have left it half done.
        self.plan.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn fetch_all(&self) {
        let mut fetcher = self.fetcher();
        while let Some(ticket) = self.next_fetch() {
            // A decoder that stumbles over foreign bytes costs its tile, not the worker.
            let end = catch_unwind(AssertUnwindSafe(|| fetcher.fetch(ticket.tile)));
            let end = end.unwrap_or_else(|_| {
                fetcher = self.fetcher();
                Err(Failure::Damaged)
            });
            self.finish(ticket, end);
        }
    }

    fn look_up_all(&self) {
        let fetcher = self.fetcher();
        while let Some(tile) = self.next_lookup() {
            let kept = catch_unwind(AssertUnwindSafe(|| fetcher.kept(tile)));
            let (found, picture) = kept.unwrap_or((Found::Nothing, None));
            self.take(picture.map(|picture| (tile, picture)), |plan| {
                plan.lookups.done(tile, found);
            });
            if found != Found::Nothing {
                (self.common.wake)();
            }
        }
    }

    /// The next tile to fetch; waits for one, `None` when the pool is gone.
    fn next_fetch(&self) -> Option<Ticket> {
        let mut plan = self.lock();
        loop {
            if plan.stopped {
                let freed = mem::take(&mut plan.freed);
                drop(plan);
                drop(freed);
                return None;
            }
            let now = self.now_ms();
            let wait = {
                let Plan { schedule, lookups, .. } = &mut *plan;
                let memory = self.common.memory();
                let is_full = memory.is_full();
                let has = |tile| memory.has(&self.id, tile);
                let is_done = |tile| is_full || !lookups.needs_network(tile, &has);
                if let Some(ticket) = schedule.next(now, &is_done) {
                    self.to_fetch.notify_one();
                    return Some(ticket);
                }
                // Rounded up, so that it is due when the worker wakes.
                schedule.wake_at_ms(&is_done).map(|at| at.saturating_sub(now) + 1)
            };
            plan = match wait {
                Some(ms) => {
                    let wait = Duration::from_millis(ms.clamp(5, 60_000));
                    let woken = self.to_fetch.wait_timeout(plan, wait);
                    woken.unwrap_or_else(PoisonError::into_inner).0
                }
                None => self.to_fetch.wait(plan).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }

    /// The next tile to look up on disk; waits for one, `None` when the pool is gone.
    fn next_lookup(&self) -> Option<TileId> {
        let mut plan = self.lock();
        loop {
            if plan.stopped {
                return None;
            }
            let next = {
                let Plan { schedule, lookups, .. } = &mut *plan;
                let memory = self.common.memory();
                let is_full = memory.is_full();
                let has = |tile| is_full || memory.has(&self.id, tile);
                lookups.next(schedule.wanted_and_ahead(), &has)
            };
            if next.is_some() {
                self.to_look_up.notify_one();
                return next;
            }
            plan = self.to_look_up.wait(plan).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn finish(&self, ticket: Ticket, end: Result<Option<Arc<TilePicture>>, Failure>) {
        let tile = ticket.tile;
        let (outcome, picture) = match end {
            Ok(Some(picture)) => (Outcome::Ready, Some(picture)),
            Ok(None) => (Outcome::Absent, None),
            Err(failure) => {
                self.log_failure(tile, &failure);
                (Outcome::Failed(failure), None)
            }
        };
        let now = self.now_ms();
        self.take(picture.map(|picture| (tile, picture)), |plan| {
            match outcome {
                Outcome::Ready => plan.lookups.delivered(tile),
                Outcome::Absent => plan.lookups.absent(tile),
                Outcome::Failed(_) => {}
            }
            plan.schedule.done(ticket, outcome, now);
        });
        (self.common.wake)();
    }

    /// Puts a picture into memory and tells the plan, in one step.
    fn take(&self, picture: Option<(TileId, Arc<TilePicture>)>, tell: impl FnOnce(&mut Plan)) {
        let mut freed = Vec::new();
        let mut plan = self.lock();
        if !plan.stopped {
            if let Some((tile, picture)) = picture {
                freed = self.common.memory().put(&self.id, tile, picture);
                self.common.arrivals.fetch_add(1, Ordering::Release);
            }
            tell(&mut plan);
        }
        drop(plan);
        self.wake_workers();
        // Giving back memory takes time that the window must not wait for.
        drop(freed);
    }

    fn log_failure(&self, TileId { z, x, y }: TileId, failure: &Failure) {
        (self.common.log)(&format!("{} {z}/{x}/{y}: {failure}", self.id));
    }
}

//! Which tile of a source is fetched next, and when a failed one is tried again.
//!
//! Time comes from outside, in milliseconds from any start. A tile that fails waits 1 s, then
//! twice as long each time, up to a minute. When failures follow each other without a success, the
//! source is down: then single probes go out, seconds apart, and the first success makes
//! everything that failed meanwhile due again. So a source that recovers is whole within seconds,
//! and one that is down is asked less than once a second.

use std::collections::HashMap;

use super::{Failure, TileId};

const FIRST_WAIT_MS: u64 = 1_000;
const LONGEST_WAIT_MS: u64 = 60_000;
/// Failures in a row that mean that the source is down.
const DOWN_AFTER: u32 = 4;
/// Between two probes of a source that is down, at most: it is to be whole 5 s after it recovers.
const LONGEST_PROBE_MS: u64 = 3_000;
/// What needs the user, such as a key, does not mend itself.
const HELPLESS_PROBE_MS: u64 = 60_000;
/// A source may get tiles that it did not have.
const ABSENT_MS: u64 = 10 * 60_000;

/// Stands in `until_ms` for a tile that failed before and is on its way again.
const IN_FLIGHT: u64 = u64::MAX;

/// The end of a fetch.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    Ready,
    Absent,
    Failed(Failure),
}

/// The plan for one source.
#[derive(Debug)]
pub struct Schedule {
    wanted: Vec<TileId>,
    ahead: Vec<TileId>,
    known: HashMap<TileId, Known>,
    in_flight: usize,
    most_in_flight: usize,
    failures_in_row: u32,
    /// While the source is down: when the next probe may go out.
    probe_at_ms: Option<u64>,
    down_since_ms: u64,
    last_failure: Option<Failure>,
    random: u64,
}

#[derive(Debug, Clone)]
enum Known {
    InFlight,
    Failed { until_ms: u64, at_ms: u64, tries: u32, failure: Failure },
    Absent { until_ms: u64 },
}

impl Schedule {
    /// `seed` makes the jitter differ between programs and the same in tests.
    pub fn new(most_in_flight: usize, seed: u64) -> Self {
        Self {
            wanted: Vec::new(),
            ahead: Vec::new(),
            known: HashMap::new(),
            in_flight: 0,
            most_in_flight,
            failures_in_row: 0,
            probe_at_ms: None,
            down_since_ms: 0,
            last_failure: None,
            random: seed | 1,
        }
    }

    /// Takes the tiles that are wanted now, nearest first; others are no longer.
    pub fn want(&mut self, tiles: &[TileId]) {
        self.wanted = tiles.to_vec();
        self.ahead.clear();
    }

    /// Takes tiles to fetch when nothing that is wanted is left.
    pub fn want_ahead(&mut self, tiles: &[TileId]) {
        self.ahead = tiles.to_vec();
    }

    /// The tiles wanted now.
    pub fn wanted(&self) -> &[TileId] {
        &self.wanted
    }

    /// The next tile to fetch, which is then in flight; `has` tells which are there.
    pub fn next(&mut self, now_ms: u64, has: &dyn Fn(TileId) -> bool) -> Option<TileId> {
        let room = if self.probe_at_ms.is_some() { 1 } else { self.most_in_flight };
        if self.in_flight >= room || self.probe_at_ms.is_some_and(|at| now_ms < at) {
            return None;
        }
        let down = self.probe_at_ms.is_some();
        let due = |tile: &TileId| {
            let free = match self.known.get(tile) {
                None => true,
                Some(Known::InFlight) => false,
                // While the source is down, the probe's own wait is what counts.
                Some(Known::Failed { until_ms, .. }) => {
                    *until_ms <= now_ms || down && *until_ms != IN_FLIGHT
                }
                Some(Known::Absent { until_ms }) => *until_ms <= now_ms,
            };
            free && !has(*tile)
        };
        let mut open = self.wanted.iter().filter(|tile| due(tile)).copied();
        // A tile that is bad by itself must not be the probe for ever.
        let wanted = if down { open.min_by_key(|tile| self.tries(*tile)) } else { open.next() };
        let ahead = || self.ahead.iter().find(|tile| due(tile)).copied();
        let tile = wanted.or_else(|| if down || self.in_flight > 0 { None } else { ahead() })?;
        self.in_flight += 1;
        // The count of tries lives on in `done` through the entry that is replaced there.
        if let Some(Known::Failed { until_ms, .. }) = self.known.get_mut(&tile) {
            *until_ms = IN_FLIGHT;
        } else {
            self.known.insert(tile, Known::InFlight);
        }
        Some(tile)
    }

    /// Says how a fetch ended.
    pub fn done(&mut self, tile: TileId, outcome: Outcome, now_ms: u64) {
        self.in_flight = self.in_flight.saturating_sub(1);
        let tries = match self.known.remove(&tile) {
            Some(Known::Failed { tries, .. }) => tries,
            _ => 0,
        };
        match outcome {
            Outcome::Ready | Outcome::Absent => {
                if outcome == Outcome::Absent {
                    self.known.insert(tile, Known::Absent { until_ms: now_ms + ABSENT_MS });
                }
                self.recover();
            }
            Outcome::Failed(failure) => {
                // One bad tile, however often tried, does not make a bad source.
                let of_line = matches!(failure, Failure::Timeout | Failure::Unreachable);
                self.failures_in_row += u32::from(tries == 0 || of_line);
                self.fail_source(&failure, now_ms);
                let wait = FIRST_WAIT_MS << tries.min(6);
                let wait = self.jittered(wait.min(LONGEST_WAIT_MS));
                let asked = retry_after_ms(&failure).unwrap_or(0);
                let until_ms = now_ms + wait.max(asked);
                self.last_failure = Some(failure.clone());
                let failed = Known::Failed { until_ms, at_ms: now_ms, tries: tries + 1, failure };
                self.known.insert(tile, failed);
            }
        }
        self.forget_old();
    }

    fn fail_source(&mut self, failure: &Failure, now_ms: u64) {
        let at_once = matches!(
            failure,
            Failure::SlowDown(_)
                | Failure::KeyMissing
                | Failure::KeyInvalid
                | Failure::KeyType
                | Failure::Quota
                | Failure::Address
        );
        if !at_once && self.failures_in_row < DOWN_AFTER && self.probe_at_ms.is_none() {
            return;
        }
        if self.probe_at_ms.is_none() {
            self.down_since_ms = now_ms.saturating_sub(LONGEST_WAIT_MS);
        }
        let usual = (FIRST_WAIT_MS << self.failures_in_row.saturating_sub(DOWN_AFTER).min(4))
            .min(LONGEST_PROBE_MS);
        let wait = match failure {
            Failure::SlowDown(_) => {
                retry_after_ms(failure).unwrap_or(LONGEST_PROBE_MS).max(FIRST_WAIT_MS)
            }
            _ if at_once => HELPLESS_PROBE_MS,
            _ => self.jittered(usual),
        };
        self.probe_at_ms = Some(now_ms + wait);
    }

    fn recover(&mut self) {
        self.failures_in_row = 0;
        if self.probe_at_ms.take().is_none() {
            return;
        }
        let since = self.down_since_ms;
        for known in self.known.values_mut() {
            if let Known::Failed { until_ms, at_ms, tries, .. } = known
                && *until_ms != IN_FLIGHT
                && *at_ms >= since
            {
                // It was the source's fault: as soon as after a first failure.
                *until_ms = (*until_ms).min(*at_ms + FIRST_WAIT_MS);
                *tries = 0;
            }
        }
    }

    /// Tries everything that failed at once.
    pub fn retry(&mut self) {
        self.failures_in_row = 0;
        self.probe_at_ms = None;
        self.last_failure = None;
        self.known.retain(|_, known| match known {
            Known::InFlight => true,
            Known::Failed { until_ms, .. } => *until_ms == IN_FLIGHT,
            Known::Absent { .. } => false,
        });
    }

    /// When something may be due; `None` when only new wishes can change that.
    pub fn wake_at_ms(&self, has: &dyn Fn(TileId) -> bool) -> Option<u64> {
        if self.in_flight > 0 && self.probe_at_ms.is_some() {
            return None;
        }
        let open = |tile: &&TileId| !has(**tile);
        let due = self.wanted.iter().filter(open).filter_map(|tile| match self.known.get(tile) {
            Some(Known::Failed { until_ms, .. }) if *until_ms != IN_FLIGHT => Some(*until_ms),
            Some(Known::Absent { until_ms }) => Some(*until_ms),
            Some(_) => None,
            None => Some(0),
        });
        let earliest = due.min()?;
        Some(self.probe_at_ms.unwrap_or(earliest))
    }

    /// Why the tile is not there; `None` when it may still come.
    pub fn failure(&self, tile: TileId) -> Option<&Failure> {
        match self.known.get(&tile)? {
            Known::Failed { failure, .. } => Some(failure),
            Known::InFlight | Known::Absent { .. } => None,
        }
    }

    /// Whether the source has said that it holds none.
    pub fn is_absent(&self, tile: TileId) -> bool {
        matches!(self.known.get(&tile), Some(Known::Absent { .. }))
    }

    fn tries(&self, tile: TileId) -> u32 {
        match self.known.get(&tile) {
            Some(Known::Failed { tries, .. }) => *tries,
            _ => 0,
        }
    }

    /// The latest failure, while any wanted tile is failed.
    pub fn last_failure(&self) -> Option<&Failure> {
        self.last_failure.as_ref()
    }

    /// Between 80 and 120 per cent (xorshift, Marsaglia 2003).
    fn jittered(&mut self, ms: u64) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        (ms * 4 / 5 + self.random % (ms * 2 / 5 + 1)).max(FIRST_WAIT_MS * 4 / 5)
    }

    /// What was seen long ago and far away need not be remembered.
    fn forget_old(&mut self) {
        const MOST: usize = 20_000;
        if self.known.len() > MOST {
            let wanted: std::collections::HashSet<TileId> = self.wanted.iter().copied().collect();
            self.known.retain(|tile, known| {
                let flying = match known {
                    Known::InFlight => true,
                    Known::Failed { until_ms, .. } => *until_ms == IN_FLIGHT,
                    Known::Absent { .. } => false,
                };
                flying || wanted.contains(tile)
            });
        }
    }
}

fn retry_after_ms(failure: &Failure) -> Option<u64> {
    let Failure::SlowDown(Some(wait)) = failure else { return None };
    u64::try_from(wait.as_millis()).ok().map(|ms| ms.min(10 * 60_000))
}

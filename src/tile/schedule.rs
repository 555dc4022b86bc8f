//! Which tile of a source is fetched next, and when a failed one is tried again.
//!
//! Time comes from outside, in milliseconds from any start. A tile that fails waits 1 s, then
//! twice as long each time, up to a minute. When failures follow each other without a success, or
//! nothing is answered at all, the source is down: then single probes go out, seconds apart, and
//! the first success makes everything that failed meanwhile due again. So a source that recovers
//! is whole within seconds, and one that is down is asked less than once a second.

use std::collections::{HashMap, HashSet};

use super::{
    Failure, TileId,
    health::{FIRST_WAIT_MS, Health, LONGEST_WAIT_MS, STALL_MS},
};

/// A source may get tiles that it did not have.
const ABSENT_MS: u64 = 10 * 60_000;
/// Two requests for one tile are never closer than the shortest first wait.
const CLOSEST_MS: u64 = FIRST_WAIT_MS * 4 / 5;

/// The end of a fetch.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    Ready,
    Absent,
    Failed(Failure),
}

/// A tile to be fetched now. It is given back with its outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticket {
    pub tile: TileId,
    number: u64,
}

/// The plan for one source.
#[derive(Debug)]
pub struct Schedule {
    wanted: Vec<TileId>,
    ahead: Vec<TileId>,
    known: HashMap<TileId, Known>,
    flights: Vec<Flight>,
    tickets: u64,
    most_flights: usize,
    health: Health,
    last_failure: Option<Failure>,
}

#[derive(Debug, Clone)]
enum Known {
    Failed { until_ms: u64, at_ms: u64, first_ms: u64, tries: u32, failure: Failure },
    Absent { until_ms: u64 },
}

#[derive(Debug)]
struct Flight {
    ticket: Ticket,
    start_ms: u64,
    /// Others were answered while this one was not: its tile may be asked for again.
    is_given_up: bool,
}

impl Flight {
    const fn stalls_at_ms(&self) -> u64 {
        self.start_ms + STALL_MS
    }
}

impl Schedule {
    /// `room` requests may run at once, and `spare` more while others get no answer. `seed` makes
    /// the jitter differ between sources and the same in tests.
    pub fn new(room: usize, spare: usize, seed: u64) -> Self {
        Self {
            wanted: Vec::new(),
            ahead: Vec::new(),
            known: HashMap::new(),
            flights: Vec::new(),
            tickets: 0,
            most_flights: room + spare,
            health: Health::new(room, seed),
            last_failure: None,
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

    /// The tiles wanted now, then those that may be wanted next.
    pub fn wanted_and_ahead(&self) -> impl Iterator<Item = TileId> {
        self.wanted.iter().chain(&self.ahead).copied()
    }

    /// The next tile to fetch, which is then in flight; `has` tells which need no fetching.
    pub fn next(&mut self, now_ms: u64, has: &dyn Fn(TileId) -> bool) -> Option<Ticket> {
        if now_ms < self.health.quiet_until_ms() || self.flights.len() >= self.most_flights {
            return None;
        }
        let new = |tile| has(tile) || self.known.contains_key(&tile);
        let tile = if !self.is_silent(now_ms) {
            self.due(now_ms, has)?
        } else if let Some(tile) = self.due(now_ms, &new).filter(|_| self.lets_new_through()) {
            tile
        } else {
            if self.health.probe_at_ms().is_some_and(|at| now_ms < at) {
                return None;
            }
            let tile = self.probe(now_ms, has)?;
            self.health.probed(now_ms);
            tile
        };
        self.tickets += 1;
        let ticket = Ticket { tile, number: self.tickets };
        self.flights.push(Flight { ticket, start_ms: now_ms, is_given_up: false });
        Some(ticket)
    }

    /// Says how a fetch ended.
    pub fn done(&mut self, ticket: Ticket, outcome: Outcome, now_ms: u64) {
        let Some(at) = self.flights.iter().position(|flight| flight.ticket == ticket) else {
            return;
        };
        let flight = self.flights.swap_remove(at);
        match outcome {
            Outcome::Ready => {
                self.known.remove(&ticket.tile);
                self.answered(&flight, now_ms);
            }
            Outcome::Absent => {
                let until_ms = now_ms + ABSENT_MS;
                self.known.insert(ticket.tile, Known::Absent { until_ms });
                self.answered(&flight, now_ms);
            }
            // It tells of a time that is over.
            Outcome::Failed(_) if flight.is_given_up => {}
            Outcome::Failed(failure) => self.failed(ticket.tile, failure, now_ms),
        }
        self.forget_old();
    }

    /// Tries everything that failed at once.
    pub fn retry(&mut self) {
        self.health.retry();
        self.last_failure = None;
        self.known.clear();
        for flight in &mut self.flights {
            // One that waits for a dead connection must not hold up its tile.
            flight.is_given_up = true;
        }
    }

    /// When something may be due; `None` when only new wishes or the end of a fetch change that.
    pub fn wake_at_ms(&self, has: &dyn Fn(TileId) -> bool) -> Option<u64> {
        if self.flights.len() >= self.most_flights {
            return None;
        }
        let open = || self.wanted.iter().copied().filter(|tile| !has(*tile));
        // The time of a probe, if all that fly stay without an answer.
        let first = open().map(|tile| self.opens_at_ms(tile)).min()?;
        let silent_at = self.awaited().map(Flight::stalls_at_ms).max();
        let has_room = self.awaited().count() < self.health.room();
        let is_new = |tile: TileId| !self.known.contains_key(&tile) && !self.is_flying(tile);
        let at = if has_room && self.lets_new_through() && open().any(is_new) {
            0
        } else if let Some(probe_at) = self.health.probe_at_ms() {
            probe_at.max(first).max(silent_at.unwrap_or(0))
        } else {
            let due = open().filter(|tile| has_room && !self.is_flying(*tile));
            let due = due.map(|tile| self.until_ms(tile)).min();
            due.into_iter().chain(silent_at.map(|at| at.max(first))).min()?
        };
        Some(at.max(self.health.quiet_until_ms()))
    }

    /// Why the tile is not there; `None` when it may still come.
    pub fn failure(&self, tile: TileId) -> Option<&Failure> {
        match self.known.get(&tile)? {
            Known::Failed { failure, .. } => Some(failure),
            Known::Absent { .. } => None,
        }
    }

    /// Whether the source has said that it holds none.
    pub fn is_absent(&self, tile: TileId) -> bool {
        matches!(self.known.get(&tile), Some(Known::Absent { .. }))
    }

    /// The latest failure.
    pub fn last_failure(&self) -> Option<&Failure> {
        self.last_failure.as_ref()
    }

    /// Requests whose answer is still worth waiting for.
    fn awaited(&self) -> impl Iterator<Item = &Flight> {
        self.flights.iter().filter(|flight| !flight.is_given_up)
    }

    fn is_flying(&self, tile: TileId) -> bool {
        self.awaited().any(|flight| flight.ticket.tile == tile)
    }

    /// Whether one request at a time is enough: the source is down, or answers nothing.
    fn is_silent(&self, now_ms: u64) -> bool {
        let stalled = self.awaited().all(|flight| flight.stalls_at_ms() <= now_ms);
        let is_waiting = self.awaited().next().is_some();
        self.health.probe_at_ms().is_some() || is_waiting && stalled
    }

    /// Whether a source that is down gets tiles that have not failed yet.
    fn lets_new_through(&self) -> bool {
        self.health.probe_at_ms().is_some() && self.health.lets_new_through()
    }

    fn until_ms(&self, tile: TileId) -> u64 {
        match self.known.get(&tile) {
            Some(Known::Failed { until_ms, .. } | Known::Absent { until_ms }) => *until_ms,
            None => 0,
        }
    }

    fn due(&self, now_ms: u64, has: &dyn Fn(TileId) -> bool) -> Option<TileId> {
        let flying = self.awaited().count();
        if flying >= self.health.room() {
            return None;
        }
        let is_due =
            |tile: &TileId| self.until_ms(*tile) <= now_ms && !self.is_flying(*tile) && !has(*tile);
        let wanted = self.wanted.iter().copied().find(is_due);
        let idle = flying == 0;
        wanted.or_else(|| self.ahead.iter().copied().filter(|_| idle).find(is_due))
    }

    /// The tile to try a silent source with: while it is down its own wait counts, not the tile's.
    fn probe(&self, now_ms: u64, has: &dyn Fn(TileId) -> bool) -> Option<TileId> {
        let is_live = |flight: &Flight| flight.stalls_at_ms() > now_ms;
        if self.awaited().any(is_live) {
            return None;
        }
        let is_open = |tile: &TileId| self.opens_at_ms(*tile) <= now_ms && !has(*tile);
        let open = || self.wanted.iter().copied().filter(is_open);
        // A tile that is bad by itself must not be the probe for ever.
        let fresh = open().filter(|tile| !self.is_flying(*tile)).min_by_key(|t| self.tries(*t));
        // When all are on their way already, the one that has been longest.
        let again = || {
            let lost = self.awaited().filter(|flight| open().any(|t| t == flight.ticket.tile));
            lost.min_by_key(|flight| flight.start_ms).map(|flight| flight.ticket.tile)
        };
        fresh.or_else(again)
    }

    /// When a tile may be a probe.
    fn opens_at_ms(&self, tile: TileId) -> u64 {
        match self.known.get(&tile) {
            None => 0,
            Some(Known::Failed { at_ms, .. }) => at_ms + CLOSEST_MS,
            Some(Known::Absent { until_ms }) => *until_ms,
        }
    }

    fn tries(&self, tile: TileId) -> u32 {
        match self.known.get(&tile) {
            Some(Known::Failed { tries, .. }) => *tries,
            _ => 0,
        }
    }

    fn answered(&mut self, flight: &Flight, now_ms: u64) {
        // It was a probe among others without an answer: those will hardly get one.
        let was_silent = self.awaited().all(|other| other.stalls_at_ms() <= flight.start_ms);
        let down_since = self.health.answered(flight.start_ms);
        if was_silent || down_since.is_some() {
            for other in &mut self.flights {
                other.is_given_up |= other.stalls_at_ms() <= now_ms;
            }
        }
        let Some(since) = down_since else { return };
        for known in self.known.values_mut() {
            if let Known::Failed { until_ms, at_ms, tries, .. } = known
                && *at_ms >= since
            {
                // It was the source's fault: soon, and as if for the first time.
                *until_ms = (*until_ms).min(now_ms.max(*at_ms + CLOSEST_MS));
                *tries = 0;
            }
        }
    }

    fn failed(&mut self, tile: TileId, failure: Failure, now_ms: u64) {
        let (first_ms, tries) = match self.known.get(&tile) {
            Some(Known::Failed { first_ms, tries, .. }) => (*first_ms, *tries),
            _ => (now_ms, 0),
        };
        // One bad tile, however often tried, does not make a bad source: not if others came
        // meanwhile. A page instead of a picture is how some networks ask to log in.
        let may_be_source = failure.is_of_source() || failure == Failure::NotAPicture;
        let is_first = first_ms == now_ms && tries == 0;
        let counts = is_first || may_be_source && !self.health.was_good_after(first_ms);
        self.health.failed(&failure, counts, now_ms);
        let wait = (FIRST_WAIT_MS << tries.min(6)).min(LONGEST_WAIT_MS);
        let until_ms = now_ms + self.health.jittered(wait);
        self.last_failure = Some(failure.clone());
        let failed = Known::Failed { until_ms, at_ms: now_ms, first_ms, tries: tries + 1, failure };
        self.known.insert(tile, failed);
    }

    /// What was seen long ago and far away need not be remembered.
    fn forget_old(&mut self) {
        const MOST: usize = 20_000;
        if self.known.len() > MOST {
            let wanted: HashSet<TileId> = self.wanted.iter().copied().collect();
            self.known.retain(|tile, _| wanted.contains(tile));
        }
    }
}

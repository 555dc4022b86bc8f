//! Whether a source is up, and how gently it has to be asked.

use super::Failure;

/// The first wait after a failure.
pub const FIRST_WAIT_MS: u64 = 1_000;
/// The longest wait of one tile.
pub const LONGEST_WAIT_MS: u64 = 60_000;
/// A request without an answer for so long counts as lost until it ends.
pub const STALL_MS: u64 = 2_500;
/// Failures in a row that mean that the source is down.
const DOWN_AFTER: u32 = 4;
/// Between two probes of a source that is down, before the jitter: with it, and the time of the
/// tiles themselves, the map is whole 5 s after the source recovers.
const LONGEST_PROBE_MS: u64 = 3_000;
/// A refused key or a used-up quota is probed like an outage for a minute, then this seldom: it
/// mostly needs the user.
const REFUSED_PROBE_MS: u64 = 60_000;
const QUICK_REFUSED_PROBES: u32 = 20;
/// What no request can change.
const HELPLESS_PROBE_MS: u64 = 60_000;
/// The longest `Retry-After` that is believed, a day.
const LONGEST_QUIET_MS: u64 = 86_400_000;
/// Answers after which a source that asked to slow down gets one more request at a time.
const ANSWERS_PER_STEP: u32 = 8;

/// What is known of the source as a whole.
#[derive(Debug)]
pub struct Health {
    failures_in_row: u32,
    /// While the source is down: when the next probe may go out.
    probe_at_ms: Option<u64>,
    down_since_ms: u64,
    /// Of the failures in a row, all came as answers about single tiles.
    all_of_tiles: bool,
    /// Nothing at all goes out before: the server has asked for it.
    quiet_until_ms: u64,
    /// When the latest request that was answered well went out.
    good_start_ms: Option<u64>,
    room: usize,
    most_room: usize,
    answers: u32,
    refused: u32,
    random: u64,
}

impl Health {
    pub const fn new(most_room: usize, seed: u64) -> Self {
        Self {
            failures_in_row: 0,
            probe_at_ms: None,
            down_since_ms: 0,
            all_of_tiles: true,
            quiet_until_ms: 0,
            good_start_ms: None,
            room: most_room,
            most_room,
            answers: 0,
            refused: 0,
            random: seed | 1,
        }
    }

    /// Requests that may run at once while the source is up.
    pub const fn room(&self) -> usize {
        self.room
    }

    /// When the next probe may go out; `None` while the source is up.
    pub const fn probe_at_ms(&self) -> Option<u64> {
        self.probe_at_ms
    }

    /// Whether tiles that have not failed yet go out even so: the source answers, only with bad
    /// tiles, and the others may be good.
    pub const fn lets_new_through(&self) -> bool {
        self.all_of_tiles
    }

    pub const fn quiet_until_ms(&self) -> u64 {
        self.quiet_until_ms
    }

    /// Whether a request that went out after `since_ms` was answered well.
    pub fn was_good_after(&self, since_ms: u64) -> bool {
        self.good_start_ms.is_some_and(|start| start > since_ms)
    }

    /// A probe goes out now; if nothing comes of it, another may follow then.
    pub fn probed(&mut self, now_ms: u64) {
        if self.probe_at_ms.is_some() {
            self.probe_at_ms = Some(now_ms + self.jittered(LONGEST_PROBE_MS));
        }
    }

    /// A request that went out at `start_ms` was answered well. If the source was down, says since
    /// when: what failed after that was the source's fault.
    pub fn answered(&mut self, start_ms: u64) -> Option<u64> {
        self.failures_in_row = 0;
        self.all_of_tiles = true;
        self.refused = 0;
        self.good_start_ms = self.good_start_ms.max(Some(start_ms));
        self.answers += 1;
        if self.answers.is_multiple_of(ANSWERS_PER_STEP) {
            self.room = (self.room + 1).min(self.most_room);
        }
        self.probe_at_ms.take().map(|_| self.down_since_ms)
    }

    /// A request failed; `counts` tells whether it may be the source's fault.
    pub fn failed(&mut self, failure: &Failure, counts: bool, now_ms: u64) {
        self.failures_in_row += u32::from(counts);
        self.all_of_tiles &= !failure.is_of_source();
        if let Failure::SlowDown(wait) = failure {
            self.room = (self.room / 2).max(1);
            let asked = wait.map_or(0, |w| u64::try_from(w.as_millis()).unwrap_or(u64::MAX));
            let until_ms = now_ms + asked.min(LONGEST_QUIET_MS);
            self.quiet_until_ms = self.quiet_until_ms.max(until_ms);
        }
        let wait_ms = match failure {
            Failure::KeyMissing | Failure::Address => HELPLESS_PROBE_MS,
            Failure::KeyInvalid | Failure::KeyType | Failure::Quota => {
                self.refused += 1;
                let quick = self.refused <= QUICK_REFUSED_PROBES;
                if quick { self.jittered(LONGEST_PROBE_MS) } else { REFUSED_PROBE_MS }
            }
            Failure::SlowDown(_) => self.jittered(LONGEST_PROBE_MS),
            _ if self.failures_in_row < DOWN_AFTER && self.probe_at_ms.is_none() => return,
            _ => {
                let doubled = self.failures_in_row.saturating_sub(DOWN_AFTER).min(4);
                let wait = self.jittered((FIRST_WAIT_MS << doubled).min(LONGEST_PROBE_MS));
                // The late end of a lost request must not put off the probe that is planned.
                let planned = self.probe_at_ms.map(|at| at.saturating_sub(now_ms));
                planned.map_or(wait, |planned| planned.min(wait))
            }
        };
        if self.probe_at_ms.is_none() {
            // The failures that led here began before.
            self.down_since_ms = now_ms.saturating_sub(LONGEST_WAIT_MS);
        }
        self.probe_at_ms = Some(now_ms + wait_ms);
    }

    /// The user asks to try again at once.
    pub const fn retry(&mut self) {
        self.failures_in_row = 0;
        self.all_of_tiles = true;
        self.refused = 0;
        self.probe_at_ms = None;
        self.quiet_until_ms = 0;
    }

    /// Between 80 and 120 per cent (xorshift, Marsaglia 2003).
    pub const fn jittered(&mut self, ms: u64) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        ms * 4 / 5 + self.random % (ms * 2 / 5 + 1)
    }
}

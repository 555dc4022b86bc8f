//! The plan of fetching against sources in trouble, on a clock of the test's own.

use std::collections::{BTreeMap, BTreeSet};

use jintu::tile::{Failure, Found, Lookups, Outcome, Schedule, Ticket, TileId};
use proptest::prelude::*;

const ROOM: usize = 6;
const SPARE: usize = 9;

/// What becomes of a request that goes out at a time: its end and how long it takes, ms.
type World<'a> = dyn Fn(TileId, u64) -> (Outcome, u64) + 'a;

/// A view before a source.
struct Run {
    schedule: Schedule,
    ready: BTreeSet<TileId>,
    flying: Vec<(u64, Ticket, Outcome)>,
    /// When each tile was asked for.
    asked: BTreeMap<TileId, Vec<u64>>,
    now: u64,
}

fn tiles(count: u32) -> Vec<TileId> {
    (0..count).map(|x| TileId { z: 10, x, y: 7 }).collect()
}

impl Run {
    fn new(wanted: &[TileId], seed: u64) -> Self {
        let mut schedule = Schedule::new(ROOM, SPARE, seed);
        schedule.want(wanted);
        let (ready, asked) = (BTreeSet::new(), BTreeMap::new());
        Self { schedule, ready, flying: Vec::new(), asked, now: 0 }
    }

    /// Lives until a time as the workers do: they sleep until the plan says.
    fn to(&mut self, end: u64, world: &World) {
        while self.now < end {
            for (_, ticket, outcome) in self.flying.extract_if(.., |(at, ..)| *at <= self.now) {
                if outcome == Outcome::Ready {
                    self.ready.insert(ticket.tile);
                }
                self.schedule.done(ticket, outcome, self.now);
            }
            let ready = &self.ready;
            let has = |tile| ready.contains(&tile);
            while let Some(ticket) = self.schedule.next(self.now, &has) {
                let (outcome, ms) = world(ticket.tile, self.now);
                self.flying.push((self.now + ms.max(1), ticket, outcome));
                self.asked.entry(ticket.tile).or_default().push(self.now);
                assert!(self.flying.len() <= ROOM + SPARE);
            }
            let wake = self.schedule.wake_at_ms(&has);
            assert!(wake.is_none_or(|at| at > self.now), "a worker would spin at {}", self.now);
            let next = self.flying.iter().map(|(at, ..)| *at).chain(wake).min();
            self.now = next.unwrap_or(end).min(end);
        }
    }

    fn requests(&self) -> usize {
        self.asked.values().map(Vec::len).sum()
    }
}

fn kinds() -> impl Strategy<Value = Option<Failure>> {
    prop::sample::select(vec![
        // No answer at all, until the request is given up after 20 s.
        None,
        Some(Failure::Timeout),
        Some(Failure::Unreachable),
        Some(Failure::Server(500)),
        Some(Failure::Refused(403)),
        Some(Failure::Refused(418)),
        Some(Failure::SlowDown(None)),
        Some(Failure::NotAPicture),
    ])
}

proptest! {
    /// However many tiles, however it fails, for however long: whole 5 s after it is over.
    #[test]
    fn a_source_that_recovers_is_whole_within_five_seconds(
        count in prop::sample::select(vec![1_u32, 2, 3, 5, 8, 40, 160]),
        kind in kinds(),
        begins in 0..400_u64,
        lasts in 100..900_000_u64,
        seed in any::<u64>(),
    ) {
        let over = begins + lasts;
        let world = |_: TileId, at: u64| match (&kind, (begins..over).contains(&at)) {
            (_, false) => (Outcome::Ready, 30),
            (None, true) => (Outcome::Failed(Failure::Timeout), 20_000),
            (Some(failure), true) => (Outcome::Failed(failure.clone()), 30),
        };
        let wanted = tiles(count);
        let mut run = Run::new(&wanted, seed);
        run.to(over, &world);
        // Not asked more than once in half a second, after the first of each.
        let most = wanted.len() as u64 * 2 + 12 + lasts / 500;
        prop_assert!(run.requests() as u64 <= most, "{} requests", run.requests());
        run.to(over + 5_000, &world);
        prop_assert_eq!(run.ready.len(), wanted.len());
        // And then nothing more is asked for.
        let before = run.requests();
        run.to(over + 600_000, &world);
        prop_assert_eq!(run.requests(), before);
    }

    /// A refused key is not asked about every few seconds for ever.
    #[test]
    fn what_needs_the_user_is_asked_for_seldom(
        kind in prop::sample::select(vec![Failure::KeyType, Failure::KeyInvalid, Failure::Quota]),
        seed in any::<u64>(),
    ) {
        let world = |_: TileId, _: u64| (Outcome::Failed(kind.clone()), 30);
        let mut run = Run::new(&tiles(100), seed);
        run.to(3_600_000, &world);
        prop_assert!(run.requests() <= 100, "{} requests in an hour", run.requests());
    }

    /// A tile that is bad by itself waits longer and longer, and no other waits for it.
    #[test]
    fn one_bad_tile_holds_up_no_other(
        kind in prop::sample::select(vec![
            Failure::Damaged, Failure::TooLarge, Failure::NotAPicture, Failure::Server(500), Failure::Refused(403),
        ]),
        at in 0..40_u32,
        seed in any::<u64>(),
    ) {
        let wanted = tiles(40);
        let bad = wanted[at as usize];
        let world = |tile: TileId, _: u64| {
            let outcome =
                if tile == bad { Outcome::Failed(kind.clone()) } else { Outcome::Ready };
            (outcome, 30)
        };
        let mut run = Run::new(&wanted, seed);
        run.to(2_000, &world);
        prop_assert_eq!(run.ready.len(), 39);
        run.to(120_000, &world);
        // The view moves on now and then, so that others are answered.
        for step in 1..30 {
            let mut more = wanted.clone();
            more.push(TileId { z: 10, x: 1000 + step, y: 0 });
            run.schedule.want(&more);
            run.to(120_000 + u64::from(step) * 60_000, &world);
        }
        // Half an hour of waits of up to 72 s, after at most two minutes of probes.
        let asked = &run.asked[&bad];
        prop_assert!(asked.len() <= 50 + 60, "{}", asked.len());
        prop_assert!(asked.windows(2).all(|t| t[1] - t[0] >= 800));
    }

    /// Some bad tiles among good ones do not keep the good ones waiting.
    #[test]
    fn good_tiles_come_at_once_among_many_bad_ones(
        bad in prop::collection::btree_set(0..60_u32, 1..50),
        seed in any::<u64>(),
    ) {
        let world = |tile: TileId, _: u64| {
            let outcome = if bad.contains(&tile.x) {
                Outcome::Failed(Failure::Damaged)
            } else {
                Outcome::Ready
            };
            (outcome, 30)
        };
        let mut run = Run::new(&tiles(60), seed);
        run.to(1_500, &world);
        prop_assert_eq!(run.ready.len() + bad.len(), 60);
    }

    /// Nothing goes out before the time that the server has asked for, whatever else succeeds.
    #[test]
    fn retry_after_is_kept(
        told in prop::collection::btree_map(0..60_u32, 1..40_u64, 1..6),
        seed in any::<u64>(),
    ) {
        let wanted = tiles(60);
        // Each told tile answers so once; the request counts as told 30 ms after it goes out.
        let once = std::cell::RefCell::new(told.clone());
        let quiet = std::cell::RefCell::new(Vec::new());
        let world = |tile: TileId, at: u64| match once.borrow_mut().remove(&tile.x) {
            Some(seconds) => {
                quiet.borrow_mut().push((at + 30, at + 30 + seconds * 1000));
                let wait = std::time::Duration::from_secs(seconds);
                (Outcome::Failed(Failure::SlowDown(Some(wait))), 30)
            }
            None => (Outcome::Ready, 10 + u64::from(tile.x) % 50),
        };
        let mut run = Run::new(&wanted, seed);
        run.to(600_000, &world);
        prop_assert_eq!(run.ready.len(), wanted.len());
        for (from, to) in quiet.borrow().iter() {
            let early = run.asked.values().flatten().filter(|at| (from + 1..*to).contains(at));
            prop_assert_eq!(early.count(), 0);
        }
        prop_assert_eq!(run.requests(), wanted.len() + told.len());
    }

    /// Wheels and pans in any order: at 4K every tile that is still wanted comes, once.
    #[test]
    fn requests_reach_a_fixed_point_whatever_the_camera_does(
        steps in prop::collection::vec((0..40_u32, 0..40_u32, 1..300_u64), 1..40),
        seed in any::<u64>(),
    ) {
        let world = |tile: TileId, _: u64| (Outcome::Ready, 20 + u64::from(tile.x * 7 % 60));
        let view = |x: u32, y: u32| -> Vec<TileId> {
            (x..x + 16).flat_map(|x| (y..y + 10).map(move |y| TileId { z: 10, x, y })).collect()
        };
        let mut run = Run::new(&[], seed);
        let mut last = Vec::new();
        for (x, y, ms) in steps {
            last = view(x, y);
            run.schedule.want(&last);
            run.to(run.now + ms, &world);
        }
        run.to(run.now + 10_000, &world);
        prop_assert!(last.iter().all(|tile| run.ready.contains(tile)));
        prop_assert!(run.asked.values().all(|times| times.len() == 1));
        let before = run.requests();
        for _ in 0..50 {
            run.schedule.want(&last);
            run.to(run.now + 16, &world);
        }
        prop_assert_eq!(run.requests(), before);
    }

    /// A random world: never more at once than there is room, never closer than the first wait.
    #[test]
    fn no_tile_is_asked_for_before_its_wait(
        faults in prop::collection::vec((0..7_u8, 1..9_000_u64), 1..60),
        count in 1..50_u32,
        seed in any::<u64>(),
    ) {
        let world = |tile: TileId, at: u64| {
            let i = usize::try_from(u64::from(tile.x) * 31 + at / 700).unwrap() % faults.len();
            let (kind, ms) = faults[i];
            let outcome = match kind {
                _ if at > 100_000 => return (Outcome::Ready, 30),
                0 => Outcome::Failed(Failure::Damaged),
                1 => Outcome::Failed(Failure::Server(503)),
                2 => Outcome::Failed(Failure::Timeout),
                3 => Outcome::Failed(Failure::NotAPicture),
                4 => Outcome::Absent,
                _ => Outcome::Ready,
            };
            (outcome, ms)
        };
        let wanted = tiles(count);
        let mut run = Run::new(&wanted, seed);
        run.to(1_000_000, &world);
        prop_assert_eq!(run.ready.len(), wanted.len());
        for times in run.asked.values() {
            prop_assert!(times.windows(2).all(|t| t[1] - t[0] >= 800), "{times:?}");
        }
    }
}

#[test]
fn the_waits_of_one_tile_double_up_to_a_minute() {
    // Others are answered all the time, so that the source is up.
    let bad = TileId { z: 10, x: 0, y: 7 };
    let world = |tile: TileId, _: u64| {
        if tile == bad { (Outcome::Failed(Failure::Damaged), 1) } else { (Outcome::Ready, 1) }
    };
    let mut run = Run::new(&[bad], 5);
    run.to(400_000, &world);
    let waits: Vec<u64> = run.asked[&bad].windows(2).map(|t| t[1] - t[0]).collect();
    for (i, wait) in waits.iter().enumerate() {
        let middle = (1000_u64 << i.min(6)).min(60_000);
        assert!((middle * 4 / 5..=middle * 6 / 5 + 2).contains(wait), "wait {i}: {wait} ms");
    }
    assert!(waits.len() >= 9, "{waits:?}");
}

#[test]
fn a_source_that_asks_to_slow_down_gets_fewer_requests_at_once() {
    let mut schedule = Schedule::new(ROOM, SPARE, 3);
    schedule.want(&tiles(100));
    let none = |_: TileId| false;
    let mut now = 0;
    let mut most_at_once = |schedule: &mut Schedule, outcome: Outcome| {
        now += 10_000;
        let flying: Vec<Ticket> = std::iter::from_fn(|| schedule.next(now, &none)).collect();
        for ticket in &flying {
            schedule.done(*ticket, outcome.clone(), now + 1);
        }
        flying.len()
    };
    assert_eq!(most_at_once(&mut schedule, Outcome::Ready), ROOM);
    assert_eq!(most_at_once(&mut schedule, Outcome::Failed(Failure::SlowDown(None))), ROOM);
    assert_eq!(most_at_once(&mut schedule, Outcome::Ready), 1);
    let after: Vec<usize> = (0..40).map(|_| most_at_once(&mut schedule, Outcome::Ready)).collect();
    assert!(after.is_sorted() && after[0] == 1 && after[39] == ROOM, "{after:?}");
}

#[test]
fn the_disk_is_asked_before_the_network_and_once() {
    let mut lookups = Lookups::new(true);
    let all = tiles(4);
    let none = |_: TileId| false;
    assert!(all.iter().all(|tile| !lookups.needs_network(*tile, &none)));
    let mut asked = Vec::new();
    while let Some(tile) = lookups.next(all.iter().copied(), &none) {
        asked.push(tile);
    }
    assert_eq!(asked, all);
    lookups.done(all[0], Found::Nothing);
    lookups.done(all[1], Found::Stale);
    lookups.done(all[2], Found::Fresh);
    let has = |tile: TileId| tile == all[1] || tile == all[2];
    let needs: Vec<bool> = all.iter().map(|tile| lookups.needs_network(*tile, &has)).collect();
    // Missing, old, fresh, not looked up yet.
    assert_eq!(needs, [true, true, false, false]);
    lookups.delivered(all[0]);
    lookups.absent(all[1]);
    assert!(!lookups.needs_network(all[0], &|_| true) && !lookups.needs_network(all[1], &has));
    // A picture that fell out of memory is looked for on disk again.
    assert_eq!(lookups.next(all.iter().copied(), &|tile| tile != all[0]), Some(all[0]));
    // Without a disk everything is for the network.
    let mut no_disk = Lookups::new(false);
    assert_eq!(no_disk.next(all.iter().copied(), &none), None);
    assert!(no_disk.needs_network(all[0], &none) && !no_disk.needs_network(all[0], &|_| true));
}

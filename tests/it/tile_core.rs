//! The plan of fetching and the memory of pictures: without a network.

#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small numbers")]

use std::collections::BTreeSet;

use jintu::tile::{Failure, Memory, Outcome, Schedule, Ticket, TileId, TilePicture};
use proptest::prelude::*;

proptest! {
    /// Whatever fails and whenever: no tile is asked for before its time, and never twice at once.
    #[test]
    fn the_plan_keeps_its_waits(
        faults in prop::collection::vec(0..4_u8, 40..200),
        seed in any::<u64>(),
    ) {
        let mut schedule = Schedule::new(6, 6, seed);
        let wanted: Vec<TileId> = (0..30).map(|x| TileId { z: 5, x, y: 1 }).collect();
        schedule.want(&wanted);
        let mut ready = BTreeSet::new();
        let mut last_failed = std::collections::BTreeMap::new();
        let mut flying: Vec<(u64, Ticket)> = Vec::new();
        let mut faults = faults.into_iter();
        let (mut now, mut asked) = (0_u64, 0);
        // The faults end after a minute; the longest wait is 72 s.
        while now < 140_000 {
            while let Some(ticket) = schedule.next(now, &|t| ready.contains(&t)) {
                let tile = ticket.tile;
                asked += 1;
                prop_assert!(!flying.iter().any(|(_, t)| t.tile == tile), "twice at once");
                if let Some(at) = last_failed.get(&tile) {
                    prop_assert!(now - at >= 700, "{tile:?} after {} ms", now - at);
                }
                flying.push((now + 50, ticket));
                prop_assert!(flying.len() <= 6);
            }
            now += 25;
            for (_, ticket) in flying.extract_if(.., |(at, _)| *at <= now) {
                let tile = ticket.tile;
                let outcome = match faults.next().filter(|_| now < 60_000) {
                    Some(0) => Outcome::Failed(Failure::Damaged),
                    Some(1) => Outcome::Failed(Failure::Server(500)),
                    Some(2) => Outcome::Failed(Failure::Timeout),
                    _ => Outcome::Ready,
                };
                match outcome {
                    Outcome::Ready => { ready.insert(tile); }
                    _ => { last_failed.insert(tile, now); }
                }
                schedule.done(ticket, outcome, now);
            }
        }
        // Then all is there, and nothing more is asked for.
        prop_assert_eq!(ready.len(), wanted.len());
        prop_assert!(asked <= 30 + 200);
        prop_assert!(schedule.next(now, &|t| ready.contains(&t)).is_none());
        prop_assert_eq!(schedule.wake_at_ms(&|t| ready.contains(&t)), None);
    }
}

#[test]
fn memory_keeps_its_bound_and_the_latest() {
    let mut memory = Memory::new(100 * 64);
    let source: std::sync::Arc<str> = "s".into();
    let picture = || {
        std::sync::Arc::new(TilePicture {
            width_px: 4,
            height_px: 4,
            rgba: vec![0; 64],
            names: Vec::new(),
        })
    };
    for x in 0..1000 {
        memory.put(&source, TileId { z: 9, x, y: 0 }, picture());
        assert!(memory.bytes() <= 100 * 64);
        assert!(memory.has(&source, TileId { z: 9, x, y: 0 }));
    }
    assert!(memory.get(&source, TileId { z: 9, x: 999, y: 0 }).is_some());
    assert!(memory.get(&source, TileId { z: 9, x: 1, y: 0 }).is_none());
    memory.forget(&source);
    assert_eq!(memory.bytes(), 0);
}

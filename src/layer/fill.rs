//! Whether an area can be filled in a time that its size explains.

use crate::units::Mercator;

/// Areas of fewer corners are filled whatever they look like: the worst of them takes milliseconds.
const ALWAYS: usize = 512;
/// The most edges across a line through a corner, on the average, and a sixteenth of the holes.
const MOST_ACROSS: usize = 512;
/// The most of that times the corners of an area.
const MOST_WORK: usize = 100_000_000;

/// Whether the area of a ring and its holes is filled; else it is drawn as its outline.
///
/// Cutting ears looks at every corner within the box of an ear, and at every corner for every hole:
/// for a border that is next to nothing, for a star of 60,000 spikes it is a minute. How many edges
/// pass above or beside a corner, on the average, tells the one from the other whatever its size or
/// its scale, and is found by sorting.
pub fn can_fill<'a>(rings: impl Iterator<Item = &'a [Mercator]>) -> bool {
    let rings: Vec<&[Mercator]> = rings.collect();
    let corners: usize = rings.iter().map(|ring| ring.len()).sum();
    if corners < ALWAYS {
        return true;
    }
    let across = (across(&rings, corners, |p| p.x) + across(&rings, corners, |p| p.y)) / corners;
    let effort = across + rings.len() / 16;
    effort <= MOST_ACROSS && effort.saturating_mul(corners) <= MOST_WORK
}

/// How many edges pass each corner, in all.
fn across(rings: &[&[Mercator]], corners: usize, side: impl Fn(&Mercator) -> f64) -> usize {
    let mut order: Vec<(f64, usize)> = Vec::with_capacity(corners);
    order.extend(rings.iter().flat_map(|ring| ring.iter()).map(&side).zip(0..));
    order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let mut ranks = vec![0_usize; corners];
    let mut rank = 0;
    for (i, (value, corner)) in order.iter().enumerate() {
        // Corners beside each other are at the same place in the order.
        let before = i.checked_sub(1).and_then(|i| order.get(i));
        if before.is_some_and(|(other, _)| other < value) {
            rank = i;
        }
        if let Some(own) = ranks.get_mut(*corner) {
            *own = rank;
        }
    }
    let mut total = 0;
    let mut rest = ranks.as_slice();
    for ring in rings {
        let Some((own, others)) = rest.split_at_checked(ring.len()) else { break };
        rest = others;
        let next = own.iter().cycle().skip(1);
        total += own.iter().zip(next).map(|(a, b)| a.abs_diff(*b)).sum::<usize>();
    }
    total
}

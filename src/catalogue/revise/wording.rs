//! Which words of two wordings differ.

use std::ops::Range;

/// Longer wordings are compared from both ends only: the table would take too much room.
const MOST_CELLS: usize = 4_000_000;
/// What is the same between two differences, and shorter than this, belongs to the difference: single
/// characters in common tell nobody anything.
const SHORTEST: usize = 2;

/// The bytes of each text that the other does not have, in order, at the borders of characters.
pub fn differing(older: &str, newer: &str) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let (a, b): (Vec<char>, Vec<char>) = (older.chars().collect(), newer.chars().collect());
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let rest = a.len().min(b.len()) - head;
    let tail = a.iter().rev().zip(b.iter().rev()).take(rest).take_while(|(x, y)| x == y).count();
    let inner_a = a.get(head..a.len() - tail).unwrap_or_default();
    let inner_b = b.get(head..b.len() - tail).unwrap_or_default();
    let (mut kept_a, mut kept_b) = common(inner_a, inner_b);
    drop_short(&mut kept_a, &mut kept_b);
    (ranges(older, &a, head, &kept_a), ranges(newer, &b, head, &kept_b))
}

/// Which characters belong to the longest common subsequence.
fn common(a: &[char], b: &[char]) -> (Vec<bool>, Vec<bool>) {
    let (mut kept_a, mut kept_b) = (vec![false; a.len()], vec![false; b.len()]);
    let width = b.len() + 1;
    if (a.len() + 1).saturating_mul(width) > MOST_CELLS {
        return (kept_a, kept_b);
    }
    let mut longest = vec![0_u32; (a.len() + 1) * width];
    let cell = |longest: &[u32], i: usize, j: usize| longest.get(i * width + j).copied();
    for (i, x) in a.iter().enumerate().rev() {
        for (j, y) in b.iter().enumerate().rev() {
            let best = if x == y {
                cell(&longest, i + 1, j + 1).unwrap_or(0) + 1
            } else {
                cell(&longest, i + 1, j).max(cell(&longest, i, j + 1)).unwrap_or(0)
            };
            if let Some(own) = longest.get_mut(i * width + j) {
                *own = best;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        if x == y {
            if let (Some(own), Some(other)) = (kept_a.get_mut(i), kept_b.get_mut(j)) {
                (*own, *other) = (true, true);
            }
            (i, j) = (i + 1, j + 1);
        } else if cell(&longest, i + 1, j) >= cell(&longest, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    (kept_a, kept_b)
}

/// Lets go of common pieces that are too short in either text.
fn drop_short(kept_a: &mut [bool], kept_b: &mut [bool]) {
    let places = |kept: &[bool]| -> Vec<usize> {
        kept.iter().enumerate().filter(|(_, own)| **own).map(|(i, _)| i).collect()
    };
    let pairs: Vec<(usize, usize)> = places(kept_a).into_iter().zip(places(kept_b)).collect();
    let is_next =
        |one: &(usize, usize), two: &(usize, usize)| one.0 + 1 == two.0 && one.1 + 1 == two.1;
    for piece in pairs.chunk_by(is_next).filter(|piece| piece.len() < SHORTEST) {
        for (i, j) in piece {
            if let (Some(own), Some(other)) = (kept_a.get_mut(*i), kept_b.get_mut(*j)) {
                (*own, *other) = (false, false);
            }
        }
    }
}

fn ranges(text: &str, letters: &[char], head: usize, kept: &[bool]) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    for (n, _) in kept.iter().enumerate().filter(|(_, kept)| !**kept) {
        let (Some(&start), Some(letter)) = (starts.get(head + n), letters.get(head + n)) else {
            continue;
        };
        let end = start + letter.len_utf8();
        match all.last_mut() {
            Some(last) if last.end == start => last.end = end,
            _ => all.push(start..end),
        }
    }
    all
}

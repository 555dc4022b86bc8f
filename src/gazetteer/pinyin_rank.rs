//! Characters numbered in the order of an alphabetic list, for lists of a million names.

use std::{cmp::Ordering, sync::OnceLock};

use pinyin::ToPinyin;

use super::pinyin::half_width;

/// Where the numbers of characters without a reading begin: above all others.
const WITHOUT_READING: u32 = 1 << 22;
/// Where those of characters with one begin: above letters and digits.
const WITH_READING: u32 = 1 << 8;

/// The place of each character among those with a reading, plus one; zero for the others.
static PLACES: OnceLock<Vec<u32>> = OnceLock::new();

/// Appends the numbers of a name's characters: two names stand to each other as their numbers do, and
/// that is as [`super::SortKey`] has it.
///
/// ```
/// use jintu::gazetteer::{SortKey, push_ranks};
///
/// let ranks = |name: &str| {
///     let mut ranks = Vec::new();
///     push_ranks(name, &mut ranks);
///     ranks
/// };
/// assert!(ranks("晋源区") < ranks("清徐县"));
/// assert!(SortKey::of("晋源区") < SortKey::of("清徐县"));
/// ```
pub fn push_ranks(name: &str, into: &mut Vec<u32>) {
    let places = PLACES.get_or_init(places);
    let counted = name.chars().map(half_width).filter(|c| c.is_alphanumeric());
    into.extend(counted.map(|c| rank(c, places)));
}

fn rank(c: char, places: &[u32]) -> u32 {
    let code = u32::from(c);
    match usize::try_from(code).ok().and_then(|code| places.get(code)) {
        Some(place) if *place > 0 => WITH_READING + place,
        _ if c.is_ascii() => u32::from(c.to_ascii_lowercase()),
        _ => WITHOUT_READING + code,
    }
}

fn places() -> Vec<u32> {
    let all = ('\0'..=char::MAX).filter_map(|c| Some((c.to_pinyin()?.plain(), c)));
    let mut known: Vec<(&'static str, char)> = all.collect();
    known.sort_by(|a, b| match a.0.cmp(b.0) {
        Ordering::Equal => a.1.cmp(&b.1),
        other => other,
    });
    let last = known.iter().map(|(_, c)| u32::from(*c)).max().unwrap_or_default();
    let mut places = vec![0; last as usize + 1];
    for (place, (_, c)) in (1..).zip(&known) {
        if let Some(own) = places.get_mut(u32::from(*c) as usize) {
            *own = place;
        }
    }
    places
}

//! Which project of the newer text is which of the older one.

use std::collections::{BTreeSet, HashMap};

/// From so much in common on, two are taken for the same.
const ENOUGH: f64 = 0.6;
/// Names with less in common are not looked at further.
const SLIGHT: f64 = 0.3;

/// A project as both texts have it.
#[derive(Debug)]
pub struct Said<'a> {
    pub id: &'a str,
    /// Name and words without white space and marks.
    pub name: String,
    pub words: String,
}

/// Letters, Hanzi and digits of a text, and what parts digits.
pub fn plain(text: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, '.' | '-' | '~' | '～' | '—' | '%');
    text.chars().filter(kept).collect()
}

/// Pairs of positions, older and newer. First what has the same words, then the same name, then what
/// is most alike; nothing is paired twice.
pub fn pairs(older: &[Said<'_>], newer: &[Said<'_>]) -> Vec<(usize, usize)> {
    let mut left: BTreeSet<usize> = (0..older.len()).collect();
    let mut right: BTreeSet<usize> = (0..newer.len()).collect();
    let mut found = Vec::new();
    same(&mut left, &mut right, &mut found, older, newer, |said| &said.words);
    same(&mut left, &mut right, &mut found, older, newer, |said| &said.name);
    let grams = |said: &Said<'_>| (bigrams(&said.name), bigrams(&said.words));
    let other: Vec<_> = right.iter().filter_map(|n| Some((*n, grams(newer.get(*n)?)))).collect();
    let mut likely = Vec::new();
    for o in &left {
        let Some(said) = older.get(*o) else { continue };
        let (name, words) = grams(said);
        for (n, (other_name, other_words)) in &other {
            let by_name = common(&name, other_name);
            if by_name >= SLIGHT {
                let score = by_name.max(common(&words, other_words));
                likely.push((score, *o, *n));
            }
        }
    }
    likely.retain(|(score, ..)| *score >= ENOUGH);
    likely.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (_, o, n) in likely {
        if left.contains(&o) && right.contains(&n) {
            left.remove(&o);
            right.remove(&n);
            found.push((o, n));
        }
    }
    found.sort_unstable();
    found
}

/// Pairs what says the same; of several the one with the same id, else the first.
fn same<'a>(
    left: &mut BTreeSet<usize>,
    right: &mut BTreeSet<usize>,
    found: &mut Vec<(usize, usize)>,
    older: &'a [Said<'a>],
    newer: &'a [Said<'a>],
    of: impl Fn(&'a Said<'a>) -> &'a String,
) {
    let mut there: HashMap<&String, Vec<usize>> = HashMap::new();
    for n in right.iter() {
        if let Some(said) = newer.get(*n) {
            there.entry(of(said)).or_default().push(*n);
        }
    }
    let (mut taken, mut done) = (Vec::new(), BTreeSet::new());
    for by_id in [true, false] {
        for o in left.iter() {
            if done.contains(o) {
                continue;
            }
            let Some(said) = older.get(*o).filter(|said| !of(said).is_empty()) else { continue };
            let Some(those) = there.get_mut(of(said)) else { continue };
            let same_id = |n: &usize| newer.get(*n).is_some_and(|other| other.id == said.id);
            let at = if by_id { those.iter().position(same_id) } else { Some(0) };
            if let Some(at) = at.filter(|at| *at < those.len()) {
                taken.push((*o, those.remove(at)));
                done.insert(*o);
            }
        }
    }
    for (o, n) in &taken {
        left.remove(o);
        right.remove(n);
    }
    found.extend(taken);
}

/// Pairs of neighbouring characters, sorted.
fn bigrams(text: &str) -> Vec<(char, char)> {
    let letters: Vec<char> = text.chars().collect();
    let mut all: Vec<(char, char)> =
        letters.windows(2).filter_map(|two| Some((*two.first()?, *two.last()?))).collect();
    all.sort_unstable();
    all
}

/// How much two have in common, from 0 to 1 (Dice).
fn common(a: &[(char, char)], b: &[(char, char)]) -> f64 {
    let (mut i, mut j, mut both) = (0, 0, 0_usize);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                both += 1;
                i += 1;
                j += 1;
            }
        }
    }
    let sum = a.len() + b.len();
    if sum == 0 { 0.0 } else { 2.0 * both as f64 / sum as f64 }
}

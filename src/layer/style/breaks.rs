//! Where the classes of a ramp begin and end.

use serde::{Deserialize, Serialize};

/// How numbers are put into classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Classes of the same width.
    Equal,
    /// Classes of about as many features each.
    Quantile,
    /// Fisher's classes, known as Jenks natural breaks: the values of each lie as close together as
    /// they can.
    #[default]
    Jenks,
}

impl Method {
    pub const ALL: [Self; 3] = [Self::Jenks, Self::Quantile, Self::Equal];

    /// Its name in the locale files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Quantile => "quantile",
            Self::Jenks => "jenks",
        }
    }
}

/// More different values than this are looked at by a sample of them.
const MOST_VALUES: usize = 20_000;

/// The ends of the classes of some numbers, from the least to the greatest: `classes + 1` of them,
/// or fewer where there are not so many different numbers. A number belongs to the first class
/// whose upper end is not below it; a first class that only has the least number ends where it
/// begins. Nothing without numbers; numbers that are not finite are left out.
pub fn breaks(mut values: Vec<f64>, classes: usize, method: Method) -> Vec<f64> {
    values.retain(|value| value.is_finite());
    values.sort_by(f64::total_cmp);
    let (Some(least), Some(greatest)) = (values.first().copied(), values.last().copied()) else {
        return Vec::new();
    };
    let classes = classes.max(1);
    let mut uppers = Vec::with_capacity(classes);
    match method {
        Method::Equal => {
            let step = (greatest - least) / classes as f64;
            uppers.extend((1..classes).map(|i| least + step * i as f64));
            uppers.push(greatest);
        }
        Method::Quantile => {
            let ranks = (1..=classes).map(|i| (values.len() * i).div_ceil(classes));
            uppers.extend(ranks.filter_map(|rank| values.get(rank.saturating_sub(1)).copied()));
        }
        Method::Jenks => uppers = natural(&weighted(&values), classes),
    }
    // Nothing lies between equal ends.
    uppers.dedup_by(|b, a| *b <= *a);
    let mut ends = vec![least];
    ends.extend(uppers);
    ends
}

/// Different values with how often each is there; where they are too many, those at even ranks.
fn weighted(sorted: &[f64]) -> Vec<(f64, f64)> {
    let mut all: Vec<(f64, f64)> = Vec::new();
    for value in sorted {
        match all.last_mut() {
            Some((last, count)) if last.total_cmp(value).is_eq() => *count += 1.0,
            _ => all.push((*value, 1.0)),
        }
    }
    if all.len() <= MOST_VALUES {
        return all;
    }
    let last = sorted.len() - 1;
    let sample: Vec<f64> = (0..MOST_VALUES)
        .filter_map(|i| sorted.get(last * i / (MOST_VALUES - 1)).copied())
        .collect();
    weighted(&sample)
}

/// The upper ends of the classes whose squared deviations are least in all (Fisher 1958), by
/// dynamic programming. The best first value of a last class never moves back as more values come,
/// so that each step halves its search: n log n for each class instead of n².
fn natural(values: &[(f64, f64)], classes: usize) -> Vec<f64> {
    let count = values.len();
    let classes = classes.min(count);
    // From the middle of the range, so that squares keep their digits.
    let middle = values
        .first()
        .zip(values.last())
        .map_or(0.0, |(first, last)| f64::midpoint(first.0, last.0));
    let mut sums = vec![[0.0; 3]; count + 1];
    for (i, (value, weight)) in values.iter().enumerate() {
        let off = value - middle;
        let before = sums.get(i).copied().unwrap_or_default();
        if let Some(slot) = sums.get_mut(i + 1) {
            *slot = [before[0] + weight, before[1] + weight * off, before[2] + weight * off * off];
        }
    }
    let spread = |from: usize, to: usize| {
        let (Some(lower), Some(upper)) = (sums.get(from), sums.get(to)) else {
            return f64::INFINITY;
        };
        let [weight, sum, squares] = [0, 1, 2].map(|i: usize| upper[i] - lower[i]);
        if weight > 0.0 { (squares - sum * sum / weight).max(0.0) } else { 0.0 }
    };
    // cost[end]: of the first end values in as many classes as there are rows of `starts`.
    let mut cost: Vec<f64> = (0..=count).map(|end| spread(0, end)).collect();
    let mut starts: Vec<Vec<usize>> = Vec::new();
    for class in 1..classes {
        let mut next = vec![f64::INFINITY; count + 1];
        let mut start = vec![class; count + 1];
        // Ranges of end with the ranges of the first value that can be theirs.
        let mut todo = vec![(class + 1, count + 1, class, count)];
        while let Some((from, to, low, high)) = todo.pop() {
            if from >= to {
                continue;
            }
            let end = usize::midpoint(from, to - 1);
            let mut best = (f64::INFINITY, low);
            for i in low..=high.min(end - 1) {
                let own = cost.get(i).copied().unwrap_or(f64::INFINITY) + spread(i, end);
                if own < best.0 {
                    best = (own, i);
                }
            }
            if let (Some(cost), Some(own)) = (next.get_mut(end), start.get_mut(end)) {
                (*cost, *own) = best;
            }
            todo.push((from, end, low, best.1));
            todo.push((end + 1, to, best.1, high));
        }
        cost = next;
        starts.push(start);
    }
    let mut ends = Vec::with_capacity(classes);
    let mut end = count;
    for start in starts.iter().rev() {
        ends.extend(end.checked_sub(1).and_then(|last| values.get(last)).map(|(value, _)| *value));
        end = start.get(end).copied().unwrap_or(0);
    }
    ends.extend(end.checked_sub(1).and_then(|last| values.get(last)).map(|(value, _)| *value));
    ends.reverse();
    ends
}

//! Names along lines, letter by letter: upright always, from the top or from the left.
//!
//! Chinese maps set the names of rivers and steep lines so; Hanzi are not turned.

/// From here on, 35°, a name is read from the top down: on a line that rises to the right the other
/// order would put its end above its beginning.
const DOWNWARDS: f32 = 0.7;
/// From here on, 60°, a name beside the line takes less room letter by letter than in one piece.
const STEEP: f32 = 1.732;

/// Text in units that stand for themselves: a Hanzi, or a run of letters and digits.
pub fn units(text: &str) -> Vec<String> {
    let mut units: Vec<String> = Vec::new();
    let mut in_run = false;
    for c in text.chars() {
        let latin = c.is_ascii_graphic();
        match units.last_mut() {
            Some(run) if latin && in_run => run.push(c),
            _ if c.is_whitespace() => {}
            _ => units.push(c.to_string()),
        }
        in_run = latin;
    }
    units
}

/// How letters stand along a path.
#[derive(Debug, Clone, Copy)]
pub struct Spread {
    pub count: usize,
    /// Between the centres of two letters.
    pub step_pt: f32,
    /// Edge of a letter's box.
    pub letter_pt: f32,
    /// How far beside the path; positive is right of it, or below.
    pub aside_pt: f32,
}

/// Whether a path runs from top to bottom rather than across, between two lengths along it.
pub fn is_steep(path: &[[f32; 2]], from_pt: f32, to_pt: f32) -> bool {
    let (Some(a), Some(b)) = (at(path, from_pt), at(path, to_pt)) else { return false };
    rises(a, b, STEEP)
}

fn rises(a: [f32; 2], b: [f32; 2], times: f32) -> bool {
    (b[1] - a[1]).abs() > (b[0] - a[0]).abs() * times
}

/// How wide the widest unit of a text is, in ems: a letter or digit takes a little over half.
pub fn widest_em(text: &str) -> f32 {
    let em =
        |unit: &String| unit.chars().map(|c| if c.is_ascii() { 0.58 } else { 1.0 }).sum::<f32>();
    units(text).iter().map(em).fold(0.0, f32::max)
}

/// Centres of letters around the point `middle_pt` along a path, in reading order. `None` where the
/// path is too short, or winds so that letters would touch.
pub fn along(path: &[[f32; 2]], middle_pt: f32, spread: Spread) -> Option<Vec<[f32; 2]>> {
    let Spread { count, step_pt, letter_pt, aside_pt } = spread;
    if count == 0 || step_pt <= 0.0 {
        return None;
    }
    let span = step_pt * count.saturating_sub(1) as f32;
    let (from, to) = (middle_pt - span / 2.0, middle_pt + span / 2.0);
    if from < 0.0 || to > length(path) {
        return None;
    }
    let mut centers: Vec<[f32; 2]> =
        (0..count).map(|i| at(path, from + step_pt * i as f32)).collect::<Option<_>>()?;
    let (first, last) = (*centers.first()?, *centers.last()?);
    let steep = rises(first, last, DOWNWARDS);
    let backwards = if steep { last[1] < first[1] } else { last[0] < first[0] };
    if backwards {
        centers.reverse();
    }
    for center in &mut centers {
        center[usize::from(!steep)] += aside_pt;
    }
    let touch = |pair: &[[f32; 2]]| match pair {
        [a, b] => (a[0] - b[0]).abs() < letter_pt && (a[1] - b[1]).abs() < letter_pt,
        _ => false,
    };
    // Each after the one before, or the name could not be read.
    let in_order = |pair: &[[f32; 2]]| match pair {
        [a, b] => {
            let along = usize::from(steep);
            b[along] > a[along]
        }
        _ => true,
    };
    let readable = centers.windows(2).all(|pair| !touch(pair) && in_order(pair));
    readable.then_some(centers)
}

/// Length of a path in points.
pub fn length(path: &[[f32; 2]]) -> f32 {
    path.windows(2)
        .map(|pair| match pair {
            [a, b] => (b[0] - a[0]).hypot(b[1] - a[1]),
            _ => 0.0,
        })
        .sum()
}

fn at(path: &[[f32; 2]], far_pt: f32) -> Option<[f32; 2]> {
    let mut left = far_pt;
    for pair in path.windows(2) {
        let [a, b] = pair else { continue };
        let step = (b[0] - a[0]).hypot(b[1] - a[1]);
        if step > 0.0 && left <= step {
            let t = left / step;
            return Some([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]);
        }
        left -= step;
    }
    // Rounding may leave the very end a little beyond it.
    path.last().copied().filter(|_| left < 0.5)
}

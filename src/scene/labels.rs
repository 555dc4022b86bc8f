//! Where labels go: by priority, without touching each other, Chinese lines balanced.

use std::sync::Arc;

use super::{
    LabelStyle, PlacedLabel, Plate,
    letters::units,
    line_grid::{LineGrid, Occupied},
};

/// A label that wants a place. Several positions are tried in order.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelRequest {
    pub text: String,
    pub style: LabelStyle,
    /// Larger goes first.
    pub priority: f32,
    /// Centres of the text block to try, in points.
    pub candidates: Vec<Candidate>,
    /// Tried before: the centres of the letters one by one, along a line. The text's units are
    /// those of [`units`].
    pub letters: Vec<Vec<[f32; 2]>>,
    /// Break into two balanced lines from this many characters on; 0 never breaks.
    pub break_from: usize,
    /// Where no place is clear of lines, it stands over them in its halo; else it is left out.
    pub over_lines: bool,
}

/// One place to try.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    pub at_pt: [f32; 2],
    pub align: Align,
}

/// Which part of the text block lies at the candidate's point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Center,
    /// The block begins right of the point.
    Left,
    /// The block ends left of the point.
    Right,
    /// The block hangs below the point.
    Top,
    /// The block stands on the point.
    Bottom,
}

/// Width of a line of text in points.
pub type Measure<'a> = dyn Fn(&str, &LabelStyle) -> f32 + 'a;

/// What names keep clear of.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Obstacles {
    /// Pins, and what lies over the map.
    pub boxes: Vec<Occupied>,
    pub lines: LineGrid,
    /// The ground's own: a name stands beside them where it has the choice, else over them.
    pub ground: LineGrid,
}

impl From<Vec<Occupied>> for Obstacles {
    fn from(boxes: Vec<Occupied>) -> Self {
        Self { boxes, ..Self::default() }
    }
}

const LINE_HEIGHT: f32 = 1.22;
/// Air kept beside each label, in points.
const MARGIN_PT: f32 = 2.5;
/// Air between a name and the edge of the picture.
const EDGE_PT: f32 = 4.0;
/// Air between two names in one row, in ems of the smaller: nearer they would read as one.
const APART_EM: f32 = 0.5;

/// Spread letters of two names must not read as one.
const AIR_PT: f32 = 6.0;

/// Places what fits.
pub fn place(
    mut requests: Vec<LabelRequest>,
    obstacles: impl Into<Obstacles>,
    size_pt: [f32; 2],
    measure: &Measure<'_>,
) -> Vec<PlacedLabel> {
    let Obstacles { boxes: mut occupied, lines, ground } = obstacles.into();
    // A stable sort: equals keep the order of the catalogue, so nothing flickers.
    requests.sort_by(|a, b| b.priority.total_cmp(&a.priority));
    let mut placed = Vec::new();
    // Names that stand in one piece, with their size.
    let mut names: Vec<(Occupied, f32)> = Vec::new();
    for request in requests {
        let spread = request.letters.iter().find_map(|centers| {
            let letters = letter_boxes(&request, centers, &occupied, size_pt, measure)?;
            let clear = letters.iter().all(|(_, _, bounds)| !lines.touches(bounds));
            clear.then_some(letters)
        });
        if let Some(letters) = spread {
            occupied.extend(letters.iter().map(|(_, _, bounds)| *bounds));
            let whole: Arc<str> = request.text.as_str().into();
            placed.extend(letters.into_iter().map(|(unit, center_pt, _)| PlacedLabel {
                lines: vec![unit],
                center_pt,
                style: request.style,
                letter_of: Some(whole.clone()),
            }));
            continue;
        }
        let rows = broken(&request.text, request.break_from);
        let [ends, sides] = request.style.plate.map_or([0.0; 2], |_| Plate::PADDING_PT);
        let width =
            rows.iter().map(|row| measure(row, &request.style)).fold(0.0, f32::max) + 2.0 * ends;
        let height = rows.len() as f32 * request.style.size_pt * LINE_HEIGHT + 2.0 * sides;
        let free = || {
            let boxes = request.candidates.iter().map(|c| bounds(*c, width, height));
            boxes.filter(|bounds| {
                is_free(bounds, &occupied, size_pt)
                    && !names.iter().any(|name| reads_on(bounds, request.style.size_pt, name))
            })
        };
        // A plate hides what it lies on.
        let hides = request.style.plate.is_some();
        let on_ground = |at: &Occupied| if hides { 0.0 } else { ground.ink_pt(at) };
        let clear = least(free().filter(|bounds| !lines.touches(bounds)), on_ground);
        // Where none is clear, the one that lines cover least.
        let over = || least(free().filter(|_| request.over_lines), |at| lines.ink_pt(at));
        if let Some(bounds) = clear.or_else(over) {
            occupied.push(bounds);
            names.push((bounds, request.style.size_pt));
            placed.push(PlacedLabel {
                lines: rows,
                center_pt: [
                    f32::midpoint(bounds[0], bounds[2]),
                    f32::midpoint(bounds[1], bounds[3]),
                ],
                style: request.style,
                letter_of: None,
            });
        }
    }
    placed
}

/// The box with the least ink; of equals the first.
fn least(
    boxes: impl Iterator<Item = Occupied>,
    ink_pt: impl Fn(&Occupied) -> f32,
) -> Option<Occupied> {
    let mut best: Option<(f32, Occupied)> = None;
    for bounds in boxes {
        let ink = ink_pt(&bounds);
        if best.is_none_or(|(least, _)| ink < least) {
            best = Some((ink, bounds));
        }
        if ink <= 0.0 {
            break;
        }
    }
    best.map(|(_, bounds)| bounds)
}

/// Whether a box is all in view and touches nothing: half a name at the edge says less than none.
fn is_free(bounds: &Occupied, occupied: &[Occupied], size_pt: [f32; 2]) -> bool {
    let [left, top, right, bottom] = *bounds;
    let [width, height] = size_pt.map(|side| side - EDGE_PT);
    let visible = left >= EDGE_PT && top >= EDGE_PT && right <= width && bottom <= height;
    visible && !occupied.iter().any(|other| overlaps(bounds, other))
}

/// The letters of a name with their boxes, if all have room.
fn letter_boxes(
    request: &LabelRequest,
    centers: &[[f32; 2]],
    occupied: &[Occupied],
    size_pt: [f32; 2],
    measure: &Measure<'_>,
) -> Option<Vec<(String, [f32; 2], Occupied)>> {
    let units = units(&request.text);
    if units.len() != centers.len() || units.is_empty() {
        return None;
    }
    let letters = units.into_iter().zip(centers).map(|(unit, center)| {
        let width = measure(&unit, &request.style);
        let height = request.style.size_pt * LINE_HEIGHT;
        let bounds = bounds(Candidate { at_pt: *center, align: Align::Center }, width, height);
        let [left, top, right, bottom] = bounds;
        let around = [left - AIR_PT, top - AIR_PT, right + AIR_PT, bottom + AIR_PT];
        is_free(&around, occupied, size_pt).then_some((unit, *center, bounds))
    });
    letters.collect()
}

fn bounds(candidate: Candidate, width: f32, height: f32) -> Occupied {
    let [x, y] = candidate.at_pt;
    let (left, top) = match candidate.align {
        Align::Center => (x - width / 2.0, y - height / 2.0),
        Align::Left => (x, y - height / 2.0),
        Align::Right => (x - width, y - height / 2.0),
        Align::Top => (x - width / 2.0, y),
        Align::Bottom => (x - width / 2.0, y - height),
    };
    [left, top, left + width, top + height]
}

/// Whether a name would read as the beginning or the end of another: in its row, hardly apart.
fn reads_on(own: &Occupied, size_pt: f32, (other, other_pt): &(Occupied, f32)) -> bool {
    let air = APART_EM * size_pt.min(*other_pt);
    let beside = own[0] - air < other[2] && other[0] - air < own[2];
    let shared = own[3].min(other[3]) - own[1].max(other[1]);
    beside && shared > 0.5 * size_pt.min(*other_pt)
}

fn overlaps(a: &Occupied, b: &Occupied) -> bool {
    a[0] - MARGIN_PT < b[2] && b[0] - MARGIN_PT < a[2] && a[1] < b[3] && b[1] < a[3]
}

/// Characters that must not begin a line.
const NOT_FIRST: &str = "、，。；：）)》”’…—·²³";
/// Characters after which a break reads well.
const GOOD_AFTER: &str = "至—、·";
/// Characters that must not end a line.
const NOT_LAST: &str = "（(《“‘";

/// Whether two characters belong to one number, or to one word of letters: a break would tear it.
fn is_one_word(last: char, first: char) -> bool {
    let of_number = |c: char| c.is_ascii_digit() || ".,%°′″".contains(c);
    let both = |is: &dyn Fn(char) -> bool| is(last) && is(first);
    let has_digit = last.is_ascii_digit() || first.is_ascii_digit();
    both(&|c| c.is_ascii_alphanumeric())
        || both(&of_number) && has_digit
        || last == '-' && has_digit
}

/// One line, or two of nearly equal length broken where a reader would; a blank at the break is
/// dropped.
pub fn broken(text: &str, break_from: usize) -> Vec<String> {
    if text.contains('\n') {
        return text.split('\n').map(str::to_owned).collect();
    }
    if text.is_ascii() {
        return broken_at_space(text, break_from);
    }
    let chars: Vec<char> = text.trim().chars().collect();
    if break_from == 0 || chars.len() < break_from {
        return vec![text.to_owned()];
    }
    let half = chars.len().div_ceil(2);
    let has_blank = text.trim().contains(' ');
    let cost = |at: usize| -> usize {
        let off = at.abs_diff(half) * 2;
        let first = chars.get(at).copied().unwrap_or(' ');
        let last = chars.get(at.wrapping_sub(1)).copied().unwrap_or(' ');
        // A figure and its unit are parted only where nothing else can be.
        let is_unit = first == ' ' && last.is_ascii_digit();
        // Beside a blank the break is at the blank.
        let beside = last == ' ';
        let forbidden = NOT_FIRST.contains(first)
            || NOT_LAST.contains(last)
            || is_one_word(last, first)
            || beside;
        let is_good = first == ' ' || GOOD_AFTER.contains(last);
        let misses_blank = has_blank && first != ' ';
        off + usize::from(!is_good) * 2
            + usize::from(misses_blank) * 5
            + usize::from(is_unit) * 8
            + usize::from(forbidden) * 1000
    };
    let at = (1..chars.len()).min_by_key(|&at| cost(at)).unwrap_or(chars.len());
    if cost(at) >= 1000 {
        return vec![text.to_owned()];
    }
    let (head, tail) = chars.split_at(at);
    let line = |chars: &[char]| chars.iter().collect::<String>().trim().to_owned();
    vec![line(head), line(tail)]
}

/// Latin text breaks at the space nearest its middle; a Hanzi is about two letters wide.
fn broken_at_space(text: &str, break_from: usize) -> Vec<String> {
    if break_from == 0 || text.len() < break_from * 2 {
        return vec![text.to_owned()];
    }
    let half = text.len() / 2;
    let space = text.match_indices(' ').map(|(at, _)| at).min_by_key(|at| at.abs_diff(half));
    match space {
        Some(at) => vec![text[..at].to_owned(), text[at + 1..].to_owned()],
        None => vec![text.to_owned()],
    }
}

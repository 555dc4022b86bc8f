//! Running heads and page numbers: what stands at the edge of page after page.

use std::collections::HashMap;

use super::lines::Line;

/// Takes running heads and page numbers out of the pages; answers how many lines that were.
pub fn take_out(pages: &mut [Vec<Line>], heights: &[f32]) -> usize {
    let mut counts: HashMap<(String, i32), usize> = HashMap::new();
    for lines in pages.iter() {
        for at in edges(lines) {
            if let Some(line) = lines.get(at) {
                *counts.entry(key(line)).or_default() += 1;
            }
        }
    }
    let least = if pages.len() < 3 { 2 } else { (pages.len() / 4).clamp(2, 3) };
    let mut taken = 0;
    for (lines, height) in pages.iter_mut().zip(heights) {
        let at_edge = edges(lines);
        let mut at = 0;
        lines.retain(|line| {
            let is_edge = at_edge.contains(&at);
            at += 1;
            let repeats = counts.get(&key(line)).is_some_and(|n| *n >= least);
            let is_far = line.baseline < 0.15 * height || line.baseline > 0.85 * height;
            let gone = is_edge && is_far && (repeats || is_page_number(&line.text()));
            taken += usize::from(gone);
            !gone
        });
    }
    taken
}

/// The two uppermost and the two lowest lines.
fn edges(lines: &[Line]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    let baseline = |i: &usize| lines.get(*i).map_or(0.0, |l| l.baseline);
    order.sort_by(|a, b| baseline(a).total_cmp(&baseline(b)));
    if order.len() > 4 {
        order.drain(2..order.len() - 2);
    }
    order
}

/// The words with all numbers alike, and about how high they stand.
#[expect(clippy::cast_possible_truncation, reason = "within a page")]
fn key(line: &Line) -> (String, i32) {
    let mut words = String::new();
    for sign in line.text().chars().filter(|c| !c.is_whitespace()) {
        if !sign.is_numeric() {
            words.push(sign);
        } else if !words.ends_with('#') {
            words.push('#');
        }
    }
    (words, (line.baseline / 3.0).round() as i32)
}

/// A number with nothing but dashes or 第 … 页 around it.
fn is_page_number(text: &str) -> bool {
    let bare: String =
        text.chars().filter(|c| !c.is_whitespace() && !"-—–·―─－_第共页/|".contains(*c)).collect();
    let is_roman = bare.chars().all(|c| "ivxlcIVXLCⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ".contains(c));
    let is_digits = bare.chars().all(char::is_numeric);
    !bare.is_empty() && bare.chars().count() <= 8 && (is_digits || is_roman)
}

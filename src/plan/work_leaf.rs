//! The works that one paragraph names.

use super::block::Block;
use super::figure::Figure;
use super::headings::item_heading;
use super::numbering::{Marker, marker};
use super::quantities::Quantity;
use super::work::{Ground, measures_a_work};
use super::work_clause::{clauses, pieces, segments};
use super::work_name::{Name, is_fine, name_in};
use super::work_words::{opens_with_verb, without_verbs};
use crate::units::TextRange;

/// A name and the words about it.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub name: TextRange,
    pub scope: TextRange,
    pub ground: Ground,
    /// Where the numbers of its figures start, where not all in its scope are its own.
    pub figures: Option<Vec<usize>>,
}

/// A paragraph with its figures.
pub(super) struct Leaf<'a> {
    text: &'a str,
    start: usize,
    figures: &'a [Figure],
}

impl<'a> Leaf<'a> {
    pub fn new(text: &'a str, start: usize, (figures, _): (&'a [Figure], usize)) -> Self {
        Self { text, start, figures }
    }

    /// The works in order; their scopes do not overlap.
    pub fn works(&self) -> Vec<Found> {
        if !self.figures.iter().any(measures_a_work) && !self.text.contains("一个、") {
            return Vec::new();
        }
        if let Some(listed) = self.listed() {
            return vec![listed];
        }
        let mut found: Vec<Found> = Vec::new();
        // Words from here on belong to no work that was named before.
        let mut barriers: Vec<usize> = Vec::new();
        for (from, to) in segments(self.text) {
            let segment = self.text.get(from..to).unwrap_or_default();
            let before = found.len();
            self.segment(segment, from, &mut found);
            if found.len() == before && opens_with_verb(own_words(segment)) {
                barriers.push(self.start + from);
            }
        }
        self.bound(&mut found, &barriers);
        self.part_totals(&mut found);
        found
    }

    /// A paragraph that opens with a list's mark and a name.
    fn listed(&self) -> Option<Found> {
        let (mark, marker_len) = marker(self.text, None)?;
        if matches!(mark, Marker::Chapter(_) | Marker::Section(_) | Marker::Box(..)) {
            return None;
        }
        let range = TextRange { start: self.start, end: self.start + self.text.len() };
        let block = Block { text: self.text, range, marker: Some(mark), marker_len, gap: None };
        let split = item_heading(&block);
        let title = self.text.get(split.start..split.end)?;
        let (body, built) = without_verbs(title);
        // (石花镇) behind the name is where it stands.
        let bare = body.find('(').filter(|_| body.ends_with(')')).map_or(body, |at| {
            let inner = body.get(at..).unwrap_or_default();
            if inner.contains('期') { body } else { body.get(..at).unwrap_or_default() }
        });
        let money = self.figures.iter().any(|f| f.quantity == Quantity::Investment);
        let chars = bare.chars().count();
        let plain = money
            && !built
            && (4..=25).contains(&chars)
            && split.whole_sentence
            && !bare.contains(['，', '。', '；', '、'])
            && !bare.contains(|c: char| c.is_ascii_digit());
        if !is_fine(bare) && !plain {
            return None;
        }
        let start = self.start + split.start + title.len() - body.len();
        let name = TextRange { start, end: start + bare.len() };
        Some(Found { name, scope: range, ground: Ground::Listed, figures: None })
    }

    fn segment(&self, segment: &str, from: usize, found: &mut Vec<Found>) {
        let list = pieces(segment);
        if list.len() > 1 {
            let mut built = false;
            for (piece, to) in list {
                let words = segment.get(piece..to).unwrap_or_default();
                built |= opens_with_verb(words);
                let Some(name) = name_in(words, self.figure_in(from + piece, from + to)) else {
                    continue;
                };
                let mut own = self.found(name, from + piece, from + to, built);
                if words.ends_with("一个") {
                    own.figures = Some(Vec::new());
                }
                found.push(own);
            }
            return;
        }
        if self.shared(segment, from, found) {
            return;
        }
        let mut first = true;
        for (at, end, after_colon) in clauses(segment) {
            let clause = segment.get(at..end).unwrap_or_default();
            let words = own_words(clause);
            let offset = at + clause.len() - words.len();
            let figure = self.figure_in(from + offset, from + end);
            let named = name_in(words, figure)
                .map(|name| (name, offset))
                .or_else(|| self.after_figure(segment, from, offset, end));
            if let Some((name, offset)) = named
                && (name.built || first || after_colon)
            {
                let mut own = self.found(name, from + offset, from + end, name.built);
                own.scope.start = self.start + from + at;
                found.push(own);
            }
            first = false;
        }
    }

    /// 投资3亿元新建水厂, 总投资12亿元的产业园: the money stands before the name.
    fn after_figure(
        &self,
        segment: &str,
        from: usize,
        at: usize,
        end: usize,
    ) -> Option<(Name, usize)> {
        let figure = self
            .figures_between(from + at, from + end)
            .first()
            .filter(|f| f.quantity == Quantity::Investment)?;
        let value_end = figure.value_range.end.checked_sub(self.start + from)?;
        let rest = segment.get(value_end..end)?;
        let unit = rest.find("元").map_or(0, |at| at + "元".len());
        let words = rest.get(unit..).filter(|_| (1..=12).contains(&unit))?;
        let bare = words.trim_start_matches('的');
        let offset = end - bare.len();
        let mut name = name_in(bare, self.figure_in(from + offset, from + end))?;
        let of = words.len() > bare.len();
        name.built |= of;
        name.built.then_some((name, offset))
    }

    /// 新建A站、B站，占地分别为12亩和18亩: each name has the figure of its place.
    fn shared(&self, segment: &str, from: usize, found: &mut Vec<Found>) -> bool {
        let Some(apart) = segment.find("分别") else { return false };
        let head = segment.get(..apart).unwrap_or_default();
        let names = head.split(['，', ',']).next().unwrap_or_default();
        let (list, built) = without_verbs(own_words(names));
        let offset = names.len() - list.len();
        let mut at = offset;
        let mut each = Vec::new();
        for part in list.split(['、', '和', '与']) {
            if let Some(name) = name_in(part, None) {
                each.push((at + name.start, at + name.end));
            }
            at += part.len() + '、'.len_utf8();
        }
        let own: Vec<usize> = self
            .figures_between(from + apart, from + segment.len())
            .iter()
            .map(|f| f.value_range.start)
            .collect();
        if each.len() < 2 || each.len() != own.len() {
            return false;
        }
        for ((start, end), figure) in each.into_iter().zip(own) {
            let base = self.start + from;
            found.push(Found {
                name: TextRange { start: base + start, end: base + end },
                scope: TextRange { start: base + start, end: base + segment.len() },
                ground: if built { Ground::Built } else { Ground::Named },
                figures: Some(vec![figure]),
            });
        }
        true
    }

    fn found(&self, name: Name, from: usize, to: usize, built: bool) -> Found {
        let base = self.start + from;
        Found {
            name: TextRange { start: base + name.start, end: base + name.end },
            scope: TextRange { start: base, end: self.start + to },
            ground: if built { Ground::Built } else { Ground::Named },
            figures: None,
        }
    }

    /// The figures whose numbers start between two places of the paragraph.
    fn figures_between(&self, from: usize, to: usize) -> &'a [Figure] {
        let before =
            |at: usize| self.figures.partition_point(|f| f.value_range.start < self.start + at);
        self.figures.get(before(from)..before(to)).unwrap_or_default()
    }

    /// Where, in bytes from `from`, the words of the first figure before `to` start to be a number.
    fn figure_in(&self, from: usize, to: usize) -> Option<usize> {
        let at = self.figures.partition_point(|f| f.value_range.start < self.start + from);
        let start = self.figures.get(at)?.value_range.start.checked_sub(self.start)?;
        (start < to).then_some(start - from)
    }

    /// A second total in a later sentence belongs to something that the words did not name well.
    fn part_totals(&self, found: &mut [Found]) {
        for own in found.iter_mut().filter(|own| own.figures.is_none()) {
            let mut totals = self
                .figures
                .iter()
                .skip(self.figures.partition_point(|f| f.value_range.start < own.scope.start))
                .take_while(|f| f.value_range.start < own.scope.end)
                .filter(|f| f.quantity == Quantity::Investment && !f.part)
                .map(|f| f.value_range.start - self.start);
            if let (Some(first), Some(second)) = (totals.next(), totals.next())
                && let Some(stop) = self.text.get(first..second).and_then(|t| t.rfind('。'))
            {
                own.scope.end = self.start + first + stop + '。'.len_utf8();
            }
        }
    }

    /// Lets each work reach to the next one, to a barrier or to the end of the paragraph.
    fn bound(&self, found: &mut [Found], barriers: &[usize]) {
        let end = self.start + self.text.len();
        let starts: Vec<usize> = found.iter().map(|own| own.scope.start).collect();
        for (i, own) in found.iter_mut().enumerate() {
            if own.figures.is_some() {
                continue;
            }
            let next = starts.get(i + 1).copied().unwrap_or(end);
            let after = barriers.partition_point(|at| *at <= own.scope.start);
            let stop = barriers.get(after).copied().unwrap_or(end);
            // 名称（…）、名称（…）: a piece of a list ends with its bracket.
            let listed = self.text.as_bytes().get(own.scope.end - self.start - 1) == Some(&b')')
                && own.scope.end < next;
            if !listed {
                own.scope.end = next.min(stop).max(own.scope.start);
            }
        }
    }
}

/// A clause without the number it opens with: 一是, 项目一：, 其中.
fn own_words(clause: &str) -> &str {
    let mut words = clause;
    if let Some((_, len)) = marker(words, None) {
        words = words.get(len..).unwrap_or_default();
    }
    for lead in ["一是", "二是", "三是", "四是", "五是", "六是", "其中", "一", "二", "三", "四"]
    {
        if lead.chars().count() > 1
            && let Some(rest) = words.strip_prefix(lead)
        {
            words = rest;
        }
    }
    words.trim_start_matches([':', '：'])
}

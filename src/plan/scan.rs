//! Finds the figures of one sentence.

use super::figure::{Bound, Figure};
use super::findings::Findings;
use super::measures::{self, Measure};
use super::numbering::{Marker, marker};
use super::parts;
use super::phrases::{self, Before};
use super::quantities::{Quantity, classify, investment_label, made_per_year};
use super::unit_table::Dimension;
use super::years::years_for;
use crate::diagnostics::Severity;
use crate::units::TextRange;

/// One sentence being scanned.
pub(super) struct Scan<'a> {
    pub words: &'a str,
    /// Where the sentence starts in the text.
    pub start: usize,
    pub paragraph: &'a str,
    pub paragraph_start: usize,
    pub item: Option<&'a str>,
    pub sentence: usize,
}

impl Scan<'_> {
    /// The figures of the sentence, in order.
    pub fn figures(&self) -> Vec<Figure> {
        let mut figures = self.measures();
        figures.extend(self.doublings());
        figures.extend(self.indices());
        figures.sort_by_key(|f| f.value_range);
        figures
    }

    fn measures(&self) -> Vec<Figure> {
        let mut figures: Vec<Figure> = Vec::new();
        let mut at = self.mark_len();
        let mut before = Before { phrase_start: at, end: at };
        let mut yearly = false;
        while let Some(measure) = measures::next(self.words, at) {
            at = measure.end;
            let clause = phrases::clause_start(self.words, measure.number_start);
            let whole_left = self.words.get(clause..measure.number_start).unwrap_or_default();
            let left =
                self.words.get(clause.max(before.end)..measure.number_start).unwrap_or_default();
            // 年产 holds for all that its clause lists.
            yearly = made_per_year(whole_left) || (yearly && clause <= before.end);
            let classified = classify(&measure, if yearly { whole_left } else { left });
            let mut quantity = classified.quantity;
            if quantity == Quantity::Other && classified.label_len == 0 {
                quantity =
                    parts::told_by_place(self.words, measure.number_start, &measure, &figures)
                        .unwrap_or(quantity);
            }
            if yearly && quantity == Quantity::FloorArea && classified.label_len == 0 {
                quantity = Quantity::Capacity;
            }
            // 1000吨级泊位 tells the class of ships, not what is moved.
            let classed = self.words.get(measure.end..).is_some_and(|r| r.starts_with('级'));
            if classed && quantity == Quantity::Capacity && !measure.rough {
                quantity = Quantity::Other;
            }
            let (start, end) = phrases::extent(self.words, &measure, &classified, before);
            before = Before { phrase_start: start, end: measure.end };
            let mut figure = self.figure(quantity, &measure, left, start, end);
            if quantity == Quantity::Capacity && yearly && !figure.unit.contains('/') {
                figure.unit.push_str("/年");
            }
            if quantity == Quantity::Speed {
                "km/h".clone_into(&mut figure.unit);
            }
            if left.ends_with("每日") && measure.dimension == Dimension::Count {
                figure.unit.push_str("/日");
            }
            figures.push(figure);
        }
        figures
    }

    /// The length of the number that the paragraph starts with, if the sentence starts there.
    fn mark_len(&self) -> usize {
        if self.start != self.paragraph_start {
            return 0;
        }
        match marker(self.words, None) {
            // The words of a box's title are no statement.
            Some((Marker::Box(..), _)) => self.words.len(),
            Some((_, len)) => len,
            None => 0,
        }
    }

    fn figure(
        &self,
        quantity: Quantity,
        measure: &Measure,
        left: &str,
        start: usize,
        end: usize,
    ) -> Figure {
        let after = self.words.get(measure.end..).unwrap_or_default();
        let bound = bound(left, after, measure.and_more);
        let about = ["约", "近", "大约", "接近", "左右"].iter().any(|w| left.ends_with(w))
            || ["左右", "上下"].iter().any(|w| after.starts_with(w));
        let years = years_for(
            self.paragraph,
            self.start - self.paragraph_start,
            self.start + measure.number_start - self.paragraph_start,
        );
        Figure {
            quantity,
            value: measure.value,
            value_max: measure.value_max,
            unit: measure.unit.clone(),
            stated_unit: measure.stated_unit.clone(),
            approx: about || measure.and_more || measure.rough,
            bound,
            part: measure.dimension == Dimension::Money
                && parts::is_part(self.words, measure.number_start),
            year: years.year,
            target: years.target,
            baseline_year: years.baseline,
            range: self.range(start, end),
            value_range: self.range(measure.number_start, measure.number_end),
            item: self.item.map(str::to_owned),
            sentence: self.sentence,
        }
    }

    /// 倍增, 翻一番: multiples written without digits.
    fn doublings(&self) -> Vec<Figure> {
        [("倍增", 2.0), ("翻一番", 2.0), ("翻番", 2.0), ("翻两番", 4.0)]
            .into_iter()
            .flat_map(|(word, value)| {
                self.words
                    .match_indices(word)
                    .filter(|(at, _)| {
                        // 倍增计划 and 倍增工程 are names.
                        !self.words.get(at + word.len()..).is_some_and(|rest| {
                            ["计划", "工程", "行动"].iter().any(|w| rest.starts_with(w))
                        })
                    })
                    .map(move |(at, found)| {
                        self.bare(Quantity::Multiple, value, "倍", word, at, at + found.len())
                    })
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    /// 由2015年的7.13下降至2020年的5.91: an index without a unit.
    fn indices(&self) -> Vec<Figure> {
        if !self.words.contains("指数") {
            return Vec::new();
        }
        self.words
            .match_indices("年的")
            .filter_map(|(at, found)| {
                let start = at + found.len();
                let rest = self.words.get(start..)?;
                let len =
                    rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
                let digits = rest.get(..len)?.trim_end_matches('.');
                let value: f64 = digits.parse().ok()?;
                let ends = rest.get(digits.len()..)?.chars().next().is_none_or(|c| {
                    matches!(c, '，' | '。' | '；' | '下' | '上' | '提' | '降' | '升')
                });
                ends.then(|| {
                    let end = start + digits.len();
                    self.bare(Quantity::Index, value, "", "", start, end)
                })
            })
            .collect()
    }

    /// A figure without a written unit.
    fn bare(
        &self,
        quantity: Quantity,
        value: f64,
        unit: &str,
        stated_unit: &str,
        at: usize,
        end: usize,
    ) -> Figure {
        let years = years_for(
            self.paragraph,
            self.start - self.paragraph_start,
            self.start + at - self.paragraph_start,
        );
        Figure {
            quantity,
            value,
            value_max: None,
            unit: unit.to_owned(),
            stated_unit: stated_unit.to_owned(),
            approx: false,
            bound: None,
            part: false,
            year: years.year,
            target: years.target,
            baseline_year: years.baseline,
            range: self.range(phrases::clause_start(self.words, at), end),
            value_range: self.range(at, end),
            item: self.item.map(str::to_owned),
            sentence: self.sentence,
        }
    }

    /// Reports 总投资 followed by a number that no unit of money follows.
    pub fn check_units(&self, figures: &[Figure], findings: &mut Findings) {
        let mut at = 0;
        while let Some(found) =
            self.words.get(at..).and_then(|rest| rest.find(|c: char| c.is_ascii_digit()))
        {
            let start = at + found;
            let rest = self.words.get(start..).unwrap_or_default();
            let len = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
            at = start + len;
            let range = self.range(start, at);
            let clause = phrases::clause_start(self.words, start);
            let left = self.words.get(clause..start).unwrap_or_default();
            let year = self.words.get(at..).is_some_and(|r| r.starts_with('年'));
            // They are in order, and none lies in another.
            let before = figures.partition_point(|f| f.value_range.start <= range.start);
            let nearest = figures.get(before.saturating_sub(2)..before).unwrap_or_default();
            let known = nearest.iter().any(|f| f.value_range.contains(range));
            if !known && !year && investment_label(left).is_some() {
                findings.at_text(
                    Severity::Warning,
                    "figure-unit",
                    range,
                    "投资额后面没有可识别的单位。",
                    "No known unit follows this investment.",
                );
            }
        }
    }

    fn range(&self, start: usize, end: usize) -> TextRange {
        TextRange { start: self.start + start, end: self.start + end }
    }
}

fn bound(left: &str, after: &str, and_more: bool) -> Option<Bound> {
    let ends = |words: &[&str]| words.iter().any(|w| left.ends_with(w));
    let starts = |words: &[&str]| words.iter().any(|w| after.starts_with(w));
    if and_more
        || starts(&["以上", "余", "多"])
        || ends(&["不少于", "不低于", "至少", "突破", "逾"])
        || (ends(&["超过", "超"]) && !ends(&["不超过", "不超"]))
    {
        Some(Bound::AtLeast)
    } else if starts(&["以下", "以内", "之内"])
        || ends(&["不超过", "不超", "不高于", "控制在", "最多"])
    {
        Some(Bound::AtMost)
    } else {
        None
    }
}

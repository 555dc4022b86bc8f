//! Features in a row that look the same are painted at once.

use super::canvas::Outlines;

/// Collected outlines are painted at this size, since larger ones take more than their share.
const BATCH: usize = 40_000;

/// Outlines of features in a row that look the same.
pub struct Batch<L> {
    /// What is collected now.
    pub outlines: Outlines,
    look: Option<L>,
}

impl<L> Default for Batch<L> {
    fn default() -> Self {
        Self { outlines: Outlines::default(), look: None }
    }
}

impl<L: PartialEq> Batch<L> {
    /// Goes on with another look; hands out what was collected before if that cannot join it.
    pub fn switch(&mut self, look: L, joins: bool) -> Option<(Outlines, L)> {
        if joins && self.look.as_ref() == Some(&look) && self.outlines.len() < BATCH {
            return None;
        }
        let outlines = std::mem::take(&mut self.outlines);
        self.look.replace(look).map(|look| (outlines, look))
    }

    /// Hands out the last ones.
    pub fn finish(self) -> Option<(Outlines, L)> {
        let outlines = self.outlines;
        self.look.map(|look| (outlines, look))
    }
}

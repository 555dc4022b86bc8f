//! Undo and redo of filter and selection.

use crate::catalogue::Filter;

/// What one step brings back.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Step {
    pub filter: Filter,
    pub selected: Vec<String>,
    pub focus: Option<String>,
    pub sentence: Option<usize>,
}

/// Steps behind and ahead of the present one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct History {
    behind: Vec<Step>,
    ahead: Vec<Step>,
}

/// Older steps are forgotten.
const DEPTH: usize = 200;

impl History {
    /// Remembers the state before a change.
    pub fn push(&mut self, before: Step) {
        if self.behind.last() == Some(&before) {
            return;
        }
        self.behind.push(before);
        if self.behind.len() > DEPTH {
            self.behind.remove(0);
        }
        self.ahead.clear();
    }

    /// Steps back from `now`; `None` at the beginning.
    pub fn undo(&mut self, now: Step) -> Option<Step> {
        let step = self.behind.pop()?;
        self.ahead.push(now);
        Some(step)
    }

    /// Steps forward from `now`; `None` at the end.
    pub fn redo(&mut self, now: Step) -> Option<Step> {
        let step = self.ahead.pop()?;
        self.behind.push(now);
        Some(step)
    }

    pub fn can_undo(&self) -> bool {
        !self.behind.is_empty()
    }

    pub fn can_redo(&self) -> bool {
        !self.ahead.is_empty()
    }
}

//! Undo and redo: edits with what was before and after.

use std::sync::Arc;

use super::{layer_join::JoinedTable, layer_key::LayerKey};
use crate::{catalogue::Filter, layer::style::LayerStyle};

/// One edit that can be taken back. What the user makes later brings its own variants.
#[expect(clippy::large_enum_variant, reason = "two hundred at most are kept")]
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// What was asked for: filter and selection.
    Question { before: Question, after: Question, typed: Option<Typed> },
    /// Something in the workbook, whose own log says what.
    Workbook,
    /// Which features of a layer are wanted.
    Condition { key: LayerKey, before: String, after: String },
    /// The look of a layer of the user's.
    Style { key: LayerKey, before: Arc<LayerStyle>, after: Arc<LayerStyle> },
    /// The tables that a layer has.
    Joins { key: LayerKey, before: Vec<JoinedTable>, after: Vec<JoinedTable> },
}

/// Where something is being typed: what goes on in one place is one edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    Words,
    Investment,
}

/// Filter and selection.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Question {
    pub filter: Filter,
    pub selected: Vec<String>,
    pub focus: Option<String>,
    pub sentence: Option<usize>,
}

/// Edits behind and ahead of the present.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct History {
    behind: Vec<Edit>,
    ahead: Vec<Edit>,
}

/// Older edits are forgotten.
const DEPTH: usize = 200;

impl History {
    /// Remembers an edit. Typing that goes on becomes one edit with what was typed before it.
    pub fn push(&mut self, edit: Edit) {
        let goes_on = self.ahead.is_empty();
        self.ahead.clear();
        if let Edit::Style { .. } = &edit {
            return self.push_style(edit, goes_on);
        }
        if edit == Edit::Workbook {
            return self.add(edit);
        }
        let Edit::Question { before: earlier, after: until, typed: into @ Some(_) } = &edit else {
            return self.add(edit);
        };
        match self.behind.last_mut() {
            Some(Edit::Question { before, after, typed })
                if goes_on && *typed == *into && *after == *earlier =>
            {
                after.clone_from(until);
                // Typed and taken back by hand: nothing was edited.
                if *before == *after {
                    self.behind.pop();
                }
            }
            _ => self.add(edit),
        }
    }

    /// One part of a style that goes on being changed is one edit.
    fn push_style(&mut self, edit: Edit, goes_on: bool) {
        match (self.behind.last_mut(), &edit) {
            (
                Some(Edit::Style { key, before, after }),
                Edit::Style { key: same, before: earlier, after: until },
            ) if goes_on
                && key == same
                && **after == **earlier
                && parts(before, after) == parts(earlier, until) =>
            {
                *after = until.clone();
                if **before == **until {
                    self.behind.pop();
                }
            }
            _ => self.add(edit),
        }
    }

    fn add(&mut self, edit: Edit) {
        self.behind.push(edit);
        if self.behind.len() > DEPTH {
            self.behind.remove(0);
        }
    }

    /// Forgets the styles of a layer: the workbook's log has them.
    pub fn forget_styles(&mut self, of: LayerKey) {
        let is_other = |edit: &Edit| !matches!(edit, Edit::Style { key, .. } if *key == of);
        self.behind.retain(is_other);
        self.ahead.retain(is_other);
    }

    /// The edit to take back; `None` at the beginning.
    pub fn undo(&mut self) -> Option<Edit> {
        let edit = self.behind.pop()?;
        self.ahead.push(edit.clone());
        Some(edit)
    }

    /// The edit to make again; `None` at the end.
    pub fn redo(&mut self) -> Option<Edit> {
        let edit = self.ahead.pop()?;
        self.behind.push(edit.clone());
        Some(edit)
    }

    pub fn can_undo(&self) -> bool {
        !self.behind.is_empty()
    }

    pub fn can_redo(&self) -> bool {
        !self.ahead.is_empty()
    }
}

/// Which parts of two styles differ.
fn parts(a: &LayerStyle, b: &LayerStyle) -> [bool; 6] {
    [
        a.rule != b.rule,
        a.symbol != b.symbol,
        a.labels != b.labels,
        a.opacity.to_bits() != b.opacity.to_bits(),
        a.scales != b.scales,
        a.colors != b.colors,
    ]
}

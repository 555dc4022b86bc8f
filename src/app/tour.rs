//! Presenting: which slide, and the way out.

/// A tour in progress.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Tour {
    pub slide: usize,
    /// Until when a second Esc or F5 leaves.
    pub leave_until_s: Option<f64>,
    /// Black (`false`) or white (`true`) screen.
    pub blank: Option<bool>,
    /// The map was moved by hand.
    pub detached: bool,
    /// When the slide changed last, for the debounce.
    pub changed_at_s: f64,
    /// The number of a slide, as far as it was typed.
    pub typed: Option<TypedNumber>,
}

/// Digits on their way to a slide.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TypedNumber {
    pub number: usize,
    /// After this they are forgotten.
    pub until_s: f64,
}

/// A clicker's double contact must not skip a slide.
pub const DEBOUNCE_S: f64 = 0.25;
/// How long a number waits for its next digit or for Enter.
pub const TYPING_WINDOW_S: f64 = 3.0;
/// How long the question whether to leave stands.
pub const LEAVE_WINDOW_S: f64 = 2.0;

impl Tour {
    /// Moves by `step` within `count` slides. A blank screen or a question is ended first.
    pub fn step(&mut self, step: isize, count: usize, now_s: f64) -> bool {
        if now_s - self.changed_at_s < DEBOUNCE_S {
            return false;
        }
        self.changed_at_s = now_s;
        self.leave_until_s = None;
        self.typed = None;
        if self.blank.take().is_some() {
            return false;
        }
        let last = count.saturating_sub(1);
        let next = self.slide.saturating_add_signed(step).min(last);
        let moved = next != self.slide || self.detached;
        self.slide = next;
        self.detached = false;
        moved
    }

    /// Takes a digit of a slide's number.
    pub fn digit(&mut self, digit: u8, now_s: f64) {
        // More digits than any tour has slides mean no slide.
        const MOST: usize = 9999;
        let before = self.typed(now_s).unwrap_or(0);
        let number = (before * 10 + usize::from(digit)).min(MOST);
        self.typed = Some(TypedNumber { number, until_s: now_s + TYPING_WINDOW_S });
    }

    /// The number that is being typed, unless it was forgotten.
    pub fn typed(&self, now_s: f64) -> Option<usize> {
        self.typed.filter(|typed| now_s <= typed.until_s).map(|typed| typed.number)
    }

    /// Asks first; a second time within the window says to leave.
    pub fn leave(&mut self, now_s: f64) -> bool {
        if self.leave_until_s.is_some_and(|until| now_s <= until) {
            return true;
        }
        self.leave_until_s = Some(now_s + LEAVE_WINDOW_S);
        false
    }
}

//! What the user is told, and the log of it.

use std::{collections::VecDeque, fmt};

use super::message::Message;
use crate::language::Language;

/// How loud a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeLevel {
    Done,
    Problem,
}

/// What the user is told, until it is closed.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    pub id: u64,
    pub level: NoticeLevel,
    pub message: Message,
    /// The id of a command that it offers, with a button of its own.
    pub offers: Option<&'static str>,
}

/// A moment of the user's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    pub year: i16,
    pub month: u8,
    pub day: u8,
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
}

impl Moment {
    /// `2026-11-26`
    pub fn day_words(&self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// `14:03:07`
    pub fn time(&self) -> String {
        format!("{:02}:{:02}:{:02}", self.hour, self.minute, self.second)
    }
}

/// `2026-11-26 14:03:07`
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.day_words(), self.time())
    }
}

/// A notice that was given, and when.
#[derive(Debug, Clone, PartialEq)]
pub struct Logged {
    pub notice: Notice,
    /// `None` until the window has looked at the clock, right after the notice.
    pub at: Option<Moment>,
}

/// Everything that the user was told since the start, the oldest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MessageLog(VecDeque<Logged>);

/// Older messages are forgotten.
pub const MOST_LOGGED: usize = 500;

impl MessageLog {
    pub(super) fn push(&mut self, notice: Notice) {
        if self.0.len() == MOST_LOGGED {
            self.0.pop_front();
        }
        self.0.push_back(Logged { notice, at: None });
    }

    /// Whether a message has no time yet.
    pub fn lacks_time(&self) -> bool {
        self.0.back().is_some_and(|last| last.at.is_none())
    }

    /// Gives the messages that have no time yet this one.
    pub(super) fn set_time(&mut self, now: Moment) {
        for logged in self.0.iter_mut().rev().take_while(|logged| logged.at.is_none()) {
            logged.at = Some(now);
        }
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Logged> {
        self.0.iter()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The whole log as text, a message a line, worded in a language.
    pub fn text(&self, language: Language) -> String {
        let line = |logged: &Logged| {
            let at = logged.at.map(|at| format!("{at}  ")).unwrap_or_default();
            // A message of several lines stays together.
            format!("{at}{}\n", logged.notice.message.tell(language).replace('\n', " "))
        };
        self.iter().map(line).collect()
    }
}

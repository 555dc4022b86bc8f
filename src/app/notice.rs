//! What the user is told.

use super::message::Message;

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
}

//! What the user is told.

use crate::app::{
    message::Message,
    notice::{Notice, NoticeLevel},
    state::{Overlay, State},
};

/// Tells the user something, and keeps it in the log.
pub fn notify(state: &mut State, level: NoticeLevel, message: Message) {
    tell(state, level, message, None);
}

/// The same with a command that is offered. It stays until it is closed.
pub fn offer(state: &mut State, message: Message, command: &'static str) {
    tell(state, NoticeLevel::Done, message, Some(command));
}

fn tell(state: &mut State, level: NoticeLevel, message: Message, offers: Option<&'static str>) {
    let notice = Notice { id: state.next_number(), level, message, offers };
    state.log.push(notice.clone());
    state.notices.push(notice);
}

/// Opens the log, in which all that is told can be read.
pub fn open_log(state: &mut State) {
    state.notices.clear();
    state.overlay = Overlay::Messages;
}

/// Closes the newest notice; says whether there was one.
pub fn close_newest(state: &mut State) -> bool {
    state.notices.pop().is_some()
}

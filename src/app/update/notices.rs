//! What the user is told.

use crate::app::{
    message::Message,
    notice::{Notice, NoticeLevel},
    state::{Overlay, State},
};

/// Tells the user something, and keeps it in the log.
pub fn notify(state: &mut State, level: NoticeLevel, message: Message) {
    let notice = Notice { id: state.next_number(), level, message };
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

//! The keyboard on a bare X server, as on an exhibition kiosk: with no window manager nobody gives
//! a new window the focus, and neither winit nor egui can ask for it.

use raw_window_handle::{HasWindowHandle, RawWindowHandle};
use x11rb::{
    connection::Connection,
    errors::ReplyError,
    protocol::xproto::{AtomEnum, ConnectionExt, InputFocus},
};

/// Takes the focus if the window is one of X11 and no window manager runs; elsewhere it does
/// nothing. Returns whether there is nothing left to do: a window that is not shown yet is refused.
pub fn take(window: &impl HasWindowHandle) -> bool {
    let Ok(handle) = window.window_handle() else { return true };
    let id = match handle.as_raw() {
        RawWindowHandle::Xlib(xlib) => u32::try_from(xlib.window).ok(),
        RawWindowHandle::Xcb(xcb) => Some(xcb.window.get()),
        _ => None,
    };
    let Some(id) = id else { return true };
    match x11rb::connect(None) {
        Ok((connection, screen)) => focus(&connection, screen, id).is_ok(),
        Err(_) => true,
    }
}

fn focus(connection: &impl Connection, screen: usize, window: u32) -> Result<(), ReplyError> {
    let Some(root) = connection.setup().roots.get(screen).map(|s| s.root) else { return Ok(()) };
    // Every window manager after the EWMH says so here.
    let atom = connection.intern_atom(true, b"_NET_SUPPORTING_WM_CHECK")?.reply()?.atom;
    if atom != x11rb::NONE {
        let managed =
            connection.get_property(false, root, atom, AtomEnum::WINDOW, 0, 1)?.reply()?;
        if managed.value_len > 0 {
            return Ok(());
        }
    }
    connection.set_input_focus(InputFocus::PARENT, window, x11rb::CURRENT_TIME)?.check()
}

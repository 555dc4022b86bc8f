//! Waiting for an X server that does not answer yet.
//!
//! winit asks once in a process and remembers the answer. A server that is just starting, that is
//! busy, or that begins anew because its last client has left, refuses for a moment: a kiosk that
//! starts both at once would show nothing. So the server is asked here first, again and again, and
//! the connection is held until the window has one of its own: a server with a client does not
//! begin anew.

use std::{
    thread,
    time::{Duration, Instant},
};

use x11rb::rust_connection::RustConnection;

/// How long a server is waited for that refuses.
const PATIENCE: Duration = Duration::from_secs(4);
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(60);

/// A connection to the X server, as soon as it answers. `None` where there is no X server to wait for
/// or it has not answered in a fair time; winit then says why.
pub fn answering() -> Option<RustConnection> {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    // Wayland comes first, as winit has it.
    if set("WAYLAND_DISPLAY") || set("WAYLAND_SOCKET") || !set("DISPLAY") {
        return None;
    }
    let until = Instant::now() + PATIENCE;
    loop {
        match x11rb::connect(None) {
            Ok((connection, _)) => return Some(connection),
            Err(_) if Instant::now() < until => thread::sleep(PAUSE),
            Err(_) => return None,
        }
    }
}

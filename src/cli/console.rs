//! Where the program's own sentences go. The desk's file for Windows has no console: there they
//! show in a box, since a start that fails without a word is the worst kind.

/// Whether what is printed reaches anybody, be it a console, a pipe or a file.
#[cfg(not(windows))]
pub const fn is_there() -> bool {
    true
}

/// Whether what is printed reaches anybody, be it a console, a pipe or a file.
#[cfg(windows)]
pub fn is_there() -> bool {
    use std::{io, os::windows::io::AsRawHandle};
    let is_open =
        |handle: std::os::windows::io::RawHandle| !handle.is_null() && handle.addr() != usize::MAX;
    is_open(io::stdout().as_raw_handle()) || is_open(io::stderr().as_raw_handle())
}

/// Shows a text in a box and waits until it is closed.
#[cfg(all(windows, feature = "gui"))]
pub fn show(text: &str) {
    rfd::MessageDialog::new()
        .set_title("锦图 Jintu")
        .set_level(rfd::MessageLevel::Info)
        .set_description(text)
        .show();
}

/// A program without the window always has a console.
#[cfg(not(all(windows, feature = "gui")))]
pub const fn show(_text: &str) {}

//! What the system does to a program that writes more than it may.

/// A file that grows beyond the size that the system allows this process (`ulimit -f`) is from now on
/// an error of who writes it, as a full disk is; by itself the system would end the program there and
/// leave half of a file. Asked for once, at the start.
#[cfg(unix)]
pub fn let_writing_fail() {
    use std::sync::{Arc, atomic::AtomicBool};
    // That a signal is heard is all there is to it; whoever writes is told by its own error. Should
    // it not be heard the program ends as programs do.
    let heard = Arc::new(AtomicBool::new(false));
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, heard);
}

/// Elsewhere there is no such signal.
#[cfg(not(unix))]
pub const fn let_writing_fail() {}

//! Turns at the processor: unpacking pictures must leave the window a core to draw with, and must
//! not crowd out who holds a lock that the window waits for.

use std::{
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    thread,
};

/// So many may work at once.
#[derive(Debug)]
pub struct Turns {
    free: Mutex<usize>,
    given_back: Condvar,
}

/// A turn, given back when it is dropped.
pub struct Turn<'a>(&'a Turns);

impl Turns {
    /// One for each core but one.
    pub fn new() -> Self {
        let cores = thread::available_parallelism().map_or(2, usize::from);
        Self { free: Mutex::new(cores.saturating_sub(1).max(1)), given_back: Condvar::new() }
    }

    /// Waits for a turn.
    pub fn take(&self) -> Turn<'_> {
        let mut free = self.lock();
        while *free == 0 {
            free = self.given_back.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        *free -= 1;
        Turn(self)
    }

    fn lock(&self) -> MutexGuard<'_, usize> {
        // A number is whole at any time.
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        *self.0.lock() += 1;
        self.0.given_back.notify_one();
    }
}

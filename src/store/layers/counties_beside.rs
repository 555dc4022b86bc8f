//! The counties of a file's chunks, found beside its reading.

use std::{
    sync::{
        Weak,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread::{self, Scope, ScopedJoinHandle},
};

use crate::layer::{Chunk, Codes, CountyCodes};

/// The codes of a chunk that may have been taken back since.
pub type Found = (Weak<Chunk>, Codes);

/// A thread that finds the counties of what is read.
pub struct Beside<'scope> {
    chunks: Sender<Weak<Chunk>>,
    finder: ScopedJoinHandle<'scope, Vec<Found>>,
}

impl<'scope> Beside<'scope> {
    /// Begins; `None` where there is nothing to be found, or no thread to be had: then it is done
    /// at the end.
    pub fn begin<'env>(
        scope: &'scope Scope<'scope, 'env>,
        counties: &'env CountyCodes,
        cancel: &'env AtomicBool,
    ) -> Option<Self> {
        if counties.codes.is_empty() {
            return None;
        }
        let (chunks, told) = channel();
        let name = "counties".to_owned();
        let find = move || found(counties, cancel, &told);
        let finder = thread::Builder::new().name(name).spawn_scoped(scope, find).ok()?;
        Some(Self { chunks, finder })
    }

    /// Where chunks are told, as soon as they are complete.
    pub fn chunks(&self) -> Sender<Weak<Chunk>> {
        self.chunks.clone()
    }

    /// What was found, in the order of telling; less where the user stopped it. No other end of
    /// [`Self::chunks`] may be left.
    pub fn end(self) -> Vec<Found> {
        drop(self.chunks);
        self.finder.join().unwrap_or_default()
    }
}

fn found(counties: &CountyCodes, cancel: &AtomicBool, told: &Receiver<Weak<Chunk>>) -> Vec<Found> {
    let mut found = Vec::new();
    for weak in told {
        if cancel.load(Ordering::Relaxed) {
            break;
        }
        // A layer that is read anew is gone.
        if let Some(chunk) = weak.upgrade() {
            found.push((weak, counties.of(&chunk)));
        }
    }
    found
}

//! The thread that chooses what of the user's layers is drawn.

use std::{
    collections::VecDeque,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
};

use super::Report;
use crate::app::{Action, DrawQueue, DrawRequest, Drawn, News, NoticeLevel};

/// One thread, and what waits for it.
pub struct DrawWorker {
    shared: Arc<Shared>,
}

struct Shared {
    queue: Mutex<Queue>,
    changed: Condvar,
    wake: Arc<dyn Fn() + Send + Sync>,
    report: Arc<Report>,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<DrawRequest>,
    done: Vec<Drawn>,
    stopped: bool,
}

impl DrawWorker {
    /// Starts the thread; `wake` is called when something was chosen, `report` when it could not be.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(wake: Arc<dyn Fn() + Send + Sync>, report: Arc<Report>) -> std::io::Result<Self> {
        let queue = Mutex::new(Queue::default());
        let shared = Arc::new(Shared { queue, changed: Condvar::new(), wake, report });
        let own = shared.clone();
        thread::Builder::new().name("layers".to_owned()).spawn(move || own.work())?;
        Ok(Self { shared })
    }
}

impl Drop for DrawWorker {
    fn drop(&mut self) {
        self.shared.lock().stopped = true;
        self.shared.changed.notify_all();
    }
}

impl DrawQueue for DrawWorker {
    fn submit(&self, request: DrawRequest) {
        let mut queue = self.shared.lock();
        queue.waiting.retain(|waiting| waiting.key != request.key);
        queue.waiting.push_back(request);
        drop(queue);
        self.shared.changed.notify_one();
    }

    fn take(&self) -> Vec<Drawn> {
        std::mem::take(&mut self.shared.lock().done)
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        // Whole entries only, so that a panic elsewhere cannot have left it half done.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self) {
        loop {
            let mut queue = self.lock();
            let request = loop {
                if queue.stopped {
                    return;
                }
                if let Some(request) = queue.waiting.pop_front() {
                    break request;
                }
                queue = self.changed.wait(queue).unwrap_or_else(PoisonError::into_inner);
            };
            drop(queue);
            let kept = request.clone();
            // One layer that cannot be drawn must not take the others along.
            let chosen = catch_unwind(AssertUnwindSafe(|| Drawn::of(request)));
            let chosen = chosen.unwrap_or_else(|_| {
                (self.report)(Action::Notify(NoticeLevel::Problem, News::Broke.into()));
                Drawn::nothing(kept)
            });
            self.lock().done.push(chosen);
            (self.wake)();
        }
    }
}

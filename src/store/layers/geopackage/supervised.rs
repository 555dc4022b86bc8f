//! SQL is a program, and that of a file is somebody else's: it runs beside, and can be stopped.

use std::{
    sync::{
        atomic::{AtomicU64, Ordering},
        mpsc::{RecvTimeoutError, SyncSender, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

use rusqlite::Connection;

use super::super::{LayerError, Sink};

/// How often the user's wish to stop is looked at while nothing comes.
const LOOK: Duration = Duration::from_millis(50);
/// A statement that gives no row for so long does not end: the slowest stick gives some a second.
const SILENCE: Duration = Duration::from_secs(10);

/// Something to be done with the sink, in order.
pub type Step<'w> = Box<dyn FnOnce(&mut Sink<'_>) + Send + 'w>;

/// What the work speaks through.
pub struct Teller<'w, 't> {
    send: SyncSender<Step<'w>>,
    beats: &'t AtomicU64,
}

impl<'w> Teller<'w, '_> {
    /// Hands over a step; waits while several are waiting.
    pub fn tell(&self, step: Step<'w>) {
        // The other side is gone only when the reading is stopped.
        drop(self.send.send(step));
    }

    /// Says that the work goes on.
    pub fn beat(&self) {
        self.beats.fetch_add(1, Ordering::Relaxed);
    }
}

/// Lets `work` go on with the connection beside this thread, which takes its steps. The inner
/// error is the work's, or that it was ended because it gave nothing.
///
/// # Errors
/// The user has stopped the reading.
pub fn supervised<'w, T: Send>(
    connection: &mut Connection,
    sink: &mut Sink<'_>,
    work: impl FnOnce(&Connection, &Teller<'w, '_>) -> Result<T, String> + Send,
) -> Result<Result<T, String>, LayerError> {
    let interrupt = connection.get_interrupt_handle();
    let (send, receive) = sync_channel::<Step<'w>>(4);
    let beats = AtomicU64::new(0);
    let mut ended = false;
    thread::scope(|scope| {
        let teller = Teller { send, beats: &beats };
        let worker = scope.spawn(move || work(connection, &teller));
        let (mut heard, mut last) = (Instant::now(), 0);
        loop {
            match receive.recv_timeout(LOOK) {
                Ok(step) => {
                    step(sink);
                    heard = Instant::now();
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            let now = beats.load(Ordering::Relaxed);
            if std::mem::replace(&mut last, now) != now {
                heard = Instant::now();
            }
            ended |= heard.elapsed() > SILENCE;
            if ended || sink.is_cancelled() {
                interrupt.interrupt();
            }
        }
        let done = worker.join().unwrap_or_else(|_| Err("its reader failed".to_owned()));
        sink.check()?;
        Ok(match done {
            Err(_) if ended => Err(format!("a statement without a row in {} s", SILENCE.as_secs())),
            done => done,
        })
    })
}

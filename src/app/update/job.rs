//! Jobs on their way, and what they leave open in the window.

use super::notices::notify;
use crate::app::{
    job::{Cancel, Entry, Job, Order, RunningJob},
    message::{Message, News},
    notice::NoticeLevel,
    open_layers::Reading,
    package::PackageState,
    state::State,
};

/// Sends an order on its way.
pub fn begin(state: &mut State, order: Order) -> Job {
    let job = Job { id: state.next_number(), order, cancel: Cancel::default() };
    let (entry, cancel) = (job.order.entry(), job.cancel.clone());
    state.running.push(RunningJob { id: job.id, entry, cancel });
    job
}

/// Tells a job to stop. What has an entry of its own closes it when it has stopped; of the others
/// nobody waits for the end.
pub fn stop(state: &mut State, id: u64) {
    state.running.retain(|job| {
        if job.id != id {
            return true;
        }
        job.cancel.stop();
        matches!(job.entry, Entry::File(_) | Entry::Package)
    });
}

/// Stops reading a file.
pub fn stop_file(state: &State, file: u64) {
    stop_entry(state, &Entry::File(file));
}

/// Pauses the package.
pub fn stop_package(state: &State) {
    stop_entry(state, &Entry::Package);
}

/// Stops what shows as this.
pub fn stop_entry(state: &State, entry: &Entry) {
    for job in state.running.iter().filter(|job| job.entry == *entry) {
        job.cancel.stop();
    }
}

/// A job has ended. One that broke could not say so itself.
pub fn ended(state: &mut State, id: u64, broke: bool) {
    let job = state.running.iter().position(|job| job.id == id).map(|at| state.running.remove(at));
    if !broke {
        return;
    }
    notify(state, NoticeLevel::Problem, News::Broke.into());
    match job.map(|job| job.entry) {
        Some(Entry::File(file)) => {
            for own in state.files.iter_mut().filter(|own| own.id == file) {
                own.reading = Reading::Stopped(Message::new(News::Broke));
            }
            state.files.retain(|own| own.id != file || !own.layers.is_empty());
        }
        Some(Entry::Package) => {
            if let Some(package) = &mut state.package {
                package.progress.state = PackageState::Paused;
            }
        }
        _ => {}
    }
}

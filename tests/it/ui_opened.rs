//! What tests of the window share about layers: a file is open, as the job that reads it would have it.

use std::{path::Path, sync::Arc};

use egui_kittest::Harness;
use jintu::{
    app::{Action, Order, Reading, open_layers::Snapshot},
    layer::Layer,
    ui::Shell,
};

use crate::ui::settle;

/// Opens layers in a window; the number of their file.
pub fn open(harness: &mut Harness<'_, Shell>, path: &Path, layers: Vec<Arc<Layer>>) -> u64 {
    harness.state_mut().begin(Action::OpenFiles(vec![path.to_owned()]));
    settle(harness);
    let jobs = harness.state_mut().take_jobs();
    let file = jobs.iter().find_map(|job| match &job.order {
        Order::OpenFile { file, .. } => Some(*file),
        _ => None,
    });
    let file = file.unwrap();
    let layers = layers.into_iter().map(Snapshot).collect();
    harness.state_mut().begin(Action::FileRead { file, layers, reading: Reading::Done });
    settle(harness);
    file
}

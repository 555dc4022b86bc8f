//! What of a layer is to be drawn, chosen outside the UI thread.

use std::sync::Arc;

use super::open_layers::{Passed, Snapshot};
use crate::layer::visible::{Frame, Sizes, Visible};

/// A layer by its file and its place in it.
pub type LayerKey = (u64, usize);

/// What is to be chosen.
#[derive(Debug, Clone)]
pub struct DrawRequest {
    pub key: LayerKey,
    pub stamp: u64,
    pub layer: Snapshot,
    pub passed: Option<Passed>,
    pub frame: Frame,
    pub sizes: Sizes,
}

/// What was chosen for a request.
#[derive(Debug, Clone)]
pub struct Drawn {
    pub request: DrawRequest,
    pub visible: Arc<Visible>,
}

/// Chooses outside the UI thread. A newer request for a layer replaces one that waits.
pub trait DrawQueue: Send + Sync {
    fn submit(&self, request: DrawRequest);
    /// What has been done since the last call.
    fn take(&self) -> Vec<Drawn>;
}

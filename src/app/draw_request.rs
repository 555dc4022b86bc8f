//! What of a layer is to be drawn, chosen outside the UI thread.

use std::sync::Arc;

use super::{
    layer_key::LayerKey,
    open_layers::{Passed, Snapshot},
    told_apart::ToldApart,
};
use crate::layer::{
    spots::{Spot, spots},
    style::Template,
    visible::{Frame, Sizes, Visible},
};

/// What is to be chosen.
#[derive(Debug, Clone)]
pub struct DrawRequest {
    pub key: LayerKey,
    pub stamp: u64,
    pub layer: Snapshot,
    pub passed: Option<Passed>,
    pub frame: Frame,
    pub sizes: Sizes,
    pub told_apart: ToldApart,
    /// What its features are called on the map.
    pub names: Option<Arc<Template>>,
}

/// What was chosen for a request.
#[derive(Debug, Clone)]
pub struct Drawn {
    pub request: DrawRequest,
    pub visible: Arc<Visible>,
    pub names: Arc<[Spot]>,
}

impl Drawn {
    /// Chooses.
    pub fn of(request: DrawRequest) -> Self {
        let rows = request.passed.as_ref().map(|passed| passed.rows.as_slice());
        let layer = &request.layer.0;
        let chosen = request.told_apart.choose(layer, rows, &request.frame, request.sizes);
        let names = request.names.as_ref();
        let names = names.map(|template| spots(layer, rows, template, &request.frame));
        Self { visible: Arc::new(chosen), names: names.unwrap_or_default().into(), request }
    }

    /// Nothing.
    pub fn nothing(request: DrawRequest) -> Self {
        Self { request, visible: Arc::default(), names: Arc::default() }
    }
}

/// Chooses outside the UI thread. A newer request for a layer replaces one that waits.
pub trait DrawQueue: Send + Sync {
    fn submit(&self, request: DrawRequest);
    /// What has been done since the last call.
    fn take(&self) -> Vec<Drawn>;
}

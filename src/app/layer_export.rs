//! What the export of a layer needs, so that it is made without the state.

use std::path::PathBuf;

use super::{
    layer_key::LayerKey,
    open_layers::{Passed, Snapshot},
};
use crate::geo::Crs;

/// A layer to be written. The ending of the path says the format.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerExport {
    pub path: PathBuf,
    /// Whether a file of that name is replaced; else the user is asked.
    pub replace: bool,
    /// Where the layer stands in the list.
    pub key: LayerKey,
    pub data: Snapshot,
    /// What the filter lets pass; `None` for all.
    pub passed: Option<Passed>,
    /// What the coordinates of the file refer to; `None` for the format's own.
    pub crs: Option<Crs>,
    /// Text in GBK where the format has a choice; else in UTF-8.
    pub gbk: bool,
}

/// How the user wants a layer written.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerExportForm {
    pub path: PathBuf,
    /// Only what the filter lets pass.
    pub only_passed: bool,
    pub crs: Option<Crs>,
    pub gbk: bool,
}

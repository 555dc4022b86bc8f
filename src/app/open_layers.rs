//! Files that the user opened as layers.

use std::{path::PathBuf, sync::Arc};

use super::{
    Language, layer_dress::Dress, layer_join::LayerJoin, layer_key::LayerKey,
    layer_table::LayerTable, message::Message,
};
use crate::{
    geo::crs_guess::Candidate,
    layer::{Cause, Finding, Layer, Selected, TableStart},
    tr,
};

/// How far a file has been read.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// A share between 0 and 1.
    Under(f32),
    Done,
    /// The user is asked what its coordinates refer to.
    Asks,
    /// Stopped by the user or by a fault; what was read is there. It says why.
    Stopped(Message),
}

/// A file and its layers.
#[derive(Debug, Clone)]
pub struct OpenFile {
    pub id: u64,
    pub path: PathBuf,
    pub reading: Reading,
    /// What has to be said of it before it can be read, or is said anew.
    pub asks: Option<Asks>,
    /// The question has been on the screen.
    pub was_asked: bool,
    pub layers: Vec<OpenLayer>,
    /// Ids of the workbook's records of its layers.
    pub records: Vec<String>,
    /// It comes back with the workbook: nobody waits to see it.
    pub is_recalled: bool,
    /// It is not what it was when the workbook took it in.
    pub is_changed: bool,
}

/// What the user is asked about a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Asks {
    /// What its coordinates refer to: the places where it may lie.
    Crs(Vec<Candidate>),
    /// Which columns hold them: how its tables begin.
    Columns(TableStart),
}

impl OpenFile {
    /// Whether its name is one of tables, of which columns can be chosen.
    pub fn is_table(&self) -> bool {
        const TABLES: [&str; 9] = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "et", "ods", "dat"];
        let ending = self.path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        TABLES.contains(&ending.as_str())
    }
}

/// A layer on the map.
#[derive(Debug, Clone)]
pub struct OpenLayer {
    pub data: Snapshot,
    pub visible: bool,
    pub dress: Dress,
    /// The larger, the higher it lies; those of one level as they were opened.
    pub level: usize,
    /// The latest request for its classes.
    pub(super) classing: u64,
    /// What the filter lets pass; `None` for all.
    pub passed: Option<Passed>,
    /// Counts changes of what is drawn of it.
    pub revision: u64,
    /// Its attribute table.
    pub table: LayerTable,
    /// The table that is joined to it: then `data` has its columns.
    pub join: Option<LayerJoin>,
    /// The latest request for a join.
    pub(super) joining: u64,
}

/// A layer as far as it has been read. Two are equal when they are the same one.
#[derive(Debug, Clone)]
pub struct Snapshot(pub Arc<Layer>);

impl Snapshot {
    /// The first chunk alone; `None` where there is no more than that.
    pub fn first_part(&self) -> Option<Self> {
        let layer = &self.0;
        let chunks = layer.chunks.get(..1).filter(|_| layer.chunks.len() > 1)?.to_vec();
        Some(Self(Arc::new(Layer { chunks, ..Layer::default() })))
    }
}

impl PartialEq for Snapshot {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// The rows that a filter lets pass, and how many they are.
#[derive(Debug, Clone)]
pub struct Passed {
    pub rows: Arc<Selected>,
    pub count: usize,
}

impl PartialEq for Passed {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.rows, &other.rows)
    }
}

/// A feature of a layer. It is good as long as the file is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeatureRef {
    pub file: u64,
    pub layer: usize,
    pub chunk: usize,
    pub row: usize,
}

/// Features found at a place, and which of them is told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FoundFeatures {
    pub features: Vec<FeatureRef>,
    pub at: usize,
}

impl FoundFeatures {
    pub fn shown(&self) -> Option<FeatureRef> {
        self.features.get(self.at).copied()
    }
}

/// What was wrong with a file, as a sentence.
pub fn finding_words(finding: &Finding, language: Language) -> String {
    let Finding { cause, count, detail } = finding;
    let key = format!("finding.{}", cause.key());
    // Every reader's library spells it in another way.
    let is_gb = *cause == Cause::EncodingGuessed && detail.eq_ignore_ascii_case("gb18030");
    let detail = if is_gb { "GB 18030" } else { detail };
    tr!(language, &key, n = count, detail = detail)
}

/// Layers with their keys, from the ground up.
pub fn from_ground(files: &[OpenFile]) -> Vec<(LayerKey, &OpenLayer)> {
    let mut layers: Vec<(LayerKey, &OpenLayer)> = files
        .iter()
        .flat_map(|file| file.layers.iter().enumerate().map(|(i, own)| ((file.id, i), own)))
        .collect();
    layers.sort_by_key(|(_, layer)| layer.level);
    layers
}

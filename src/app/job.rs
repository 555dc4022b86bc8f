//! Work for the outside: each order carries what it needs, and each can be stopped.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use super::{
    basemaps::Secret,
    browse::FileQuestion,
    crs_question::CrsAnswer,
    export::ExportOrder,
    feature_selection::RowOrder,
    layer_export::LayerExport,
    layer_join::{JoinOrder, KeptJoin, SharedTable},
    layer_key::LayerKey,
    layer_table::FieldSort,
    open_layers::{Passed, Snapshot},
    package::PackageOrder,
    settings::Settings,
    workbook::BookOrder,
};
use crate::{
    book::LayerRecord,
    catalogue::Filter,
    geo::Datum,
    layer::{ChosenColumns, Condition, Selected, join::Keys, style::Rule},
    tile::{KeyKind, TileSource, redact},
    units::Extent,
};

/// An order on its way. Its end comes back as [`super::Action::JobEnded`].
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    pub id: u64,
    pub order: Order,
    pub cancel: Cancel,
}

/// The sources of the basemap that is shown.
pub type Sources = Vec<Arc<TileSource>>;

/// What is to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Order {
    SaveSettings(Box<Settings>),
    OpenBasemap {
        text: String,
        datum: Option<Datum>,
    },
    SaveKey {
        kind: KeyKind,
        key: Secret,
        sources: Sources,
    },
    RemoveKey {
        kind: KeyKind,
        sources: Sources,
    },
    ReadKeys(Sources),
    TestKey(Sources),
    RetryTiles,
    /// Which file, in the desktop's dialog.
    AskFile(Box<FileQuestion>),
    /// What is in a folder.
    ReadFolder(PathBuf),
    OpenFile {
        file: u64,
        path: PathBuf,
        /// What the user said that its coordinates refer to.
        system: Option<CrsAnswer>,
        /// Which columns the user said hold them.
        columns: Option<ChosenColumns>,
        /// Where the plan lies.
        near: Option<Extent>,
    },
    /// Where a table would lie with such columns.
    TryColumns {
        request: u64,
        path: PathBuf,
        /// Only this sheet.
        sheet: Option<String>,
        columns: ChosenColumns,
        system: Option<CrsAnswer>,
        near: Option<Extent>,
    },
    /// How a table begins.
    ShowTable {
        file: u64,
        path: PathBuf,
    },
    /// Where the files of a workbook's layers are.
    FindLayers {
        book: PathBuf,
        records: Vec<LayerRecord>,
    },
    FilterLayers {
        request: u64,
        layers: Vec<LayerToFilter>,
        filter: Box<Filter>,
    },
    /// Which class each feature of a layer belongs to.
    ClassLayer {
        request: u64,
        key: LayerKey,
        data: Snapshot,
        rule: Rule,
    },
    /// The rows of a layer that pass, as its table shows them.
    OrderRows {
        of: LayerKey,
        request: u64,
        data: Snapshot,
        passed: Option<Passed>,
        sort: Option<FieldSort>,
    },
    /// The view of these rows of a layer.
    ZoomToRows {
        data: Snapshot,
        rows: Arc<Selected>,
    },
    /// These rows of a layer as text, in the order of its table.
    CopyRows {
        data: Snapshot,
        fields: Vec<usize>,
        order: RowOrder,
        selected: Arc<Selected>,
    },
    /// A table that may be joined to a layer; the keys of a join that is remembered hold again.
    ReadTable {
        request: u64,
        own: Snapshot,
        /// So many fields of the layer may be its key, of which these are its file's own.
        fields: usize,
        own_fields: usize,
        path: PathBuf,
        sheet: Option<String>,
        kept: Option<KeptJoin>,
    },
    /// How a table and a layer would meet.
    MeetTable {
        request: u64,
        own: Snapshot,
        table: SharedTable,
        keys: Keys,
    },
    /// A layer with the columns of its tables.
    JoinTable(Box<JoinOrder>),
    /// Places of the whole country, to be searched for.
    ReadCountry,
    /// Something done with the workbook: one after the other.
    Workbook(Box<BookOrder>),
    Package(Box<PackageOrder>),
    Export(Box<ExportOrder>),
    ExportLayer(Box<LayerExport>),
}

/// A layer to be filtered: what of it has been read, and which of its features are wanted at all.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerToFilter {
    pub file: u64,
    pub layer: usize,
    pub data: Snapshot,
    pub condition: Option<Condition>,
}

/// A job that has not ended, and what it leaves open in the window.
#[derive(Debug, Clone)]
pub struct RunningJob {
    pub id: u64,
    pub entry: Entry,
    pub(super) cancel: Cancel,
}

/// What a running job shows in the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A file among the layers, by id.
    File(u64),
    Package,
    Export(PathBuf),
    /// By what was typed, without its key.
    Basemap(String),
    KeyTest,
    /// The desktop's dialog is open.
    FileQuestion,
    /// Something is done with the workbook; the next waits for it.
    Workbook,
    /// The table of a layer waits for its order, and says so.
    LayerOrder(LayerKey),
    /// What layers let pass is being looked at.
    Filter,
    /// A layer is joined with a table.
    Join(LayerKey, PathBuf),
    /// The sheet of a join waits for its preview, and says so.
    JoinQuestion,
    /// Nothing: it takes no time that anybody would notice.
    None,
}

impl Order {
    /// What it shows while it runs.
    pub fn entry(&self) -> Entry {
        match self {
            Self::OpenFile { file, .. } => Entry::File(*file),
            Self::Package(_) => Entry::Package,
            Self::Export(order) => Entry::Export(order.path.clone()),
            Self::ExportLayer(order) => Entry::Export(order.path.clone()),
            // An address may hold a key.
            Self::OpenBasemap { text, .. } => Entry::Basemap(redact(text)),
            Self::TestKey(_) => Entry::KeyTest,
            Self::AskFile(_) => Entry::FileQuestion,
            Self::JoinTable(order) => Entry::Join(order.of, order.table()),
            Self::ReadTable { .. } | Self::MeetTable { .. } => Entry::JoinQuestion,
            Self::Workbook(_) => Entry::Workbook,
            Self::FilterLayers { .. } => Entry::Filter,
            Self::OrderRows { of, .. } => Entry::LayerOrder(*of),
            Self::ReadFolder(_)
            | Self::ReadCountry
            | Self::SaveSettings(_)
            | Self::SaveKey { .. }
            | Self::RemoveKey { .. }
            | Self::ReadKeys(_)
            | Self::RetryTiles
            | Self::TryColumns { .. }
            | Self::ShowTable { .. }
            | Self::FindLayers { .. }
            | Self::ClassLayer { .. }
            | Self::ZoomToRows { .. }
            | Self::CopyRows { .. } => Entry::None,
        }
    }
}

/// Tells work outside to stop.
#[derive(Debug, Clone, Default)]
pub struct Cancel(pub Arc<AtomicBool>);

impl Cancel {
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl PartialEq for Cancel {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

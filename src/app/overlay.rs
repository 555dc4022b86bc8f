//! What lies over the window.

use super::{
    browse::Browse,
    column_question::ColumnQuestion,
    command::palette::Palette,
    crs_question::CrsQuestion,
    export::ExportOrder,
    layer_export::LayerExport,
    layer_join::JoinQuestion,
    open_layers::{FeatureRef, FoundFeatures},
    search_box::SearchBox,
    table_preview::TablePreview,
    workbook::BookOrder,
};

/// What lies over the window.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Overlay {
    #[default]
    None,
    /// Several things lie under the pointer.
    PickList {
        ids: Vec<String>,
        /// Of the user's layers, after the projects.
        features: Vec<FeatureRef>,
        at_pt: [f32; 2],
        /// The one that Enter means.
        row: usize,
    },
    Palette(Palette),
    /// What answers to the text in the search box.
    Search(SearchBox),
    Help,
    Export,
    /// The dialog of files, where the desktop offers none.
    Browse(Box<Browse>),
    /// A file of the name of an export is there.
    Replace(Box<ExportOrder>),
    /// The plan that comes with the program is only read: a copy is offered.
    KeepCopy,
    /// A project is added by its name.
    AddProject,
    /// A field is set for all projects that are selected.
    SetMany,
    /// A table of projects is looked at before it is taken.
    TablePreview(Box<TablePreview>),
    /// Everything that was done to the workbook.
    BookLog,
    /// What a newer text of the plan says otherwise.
    Revision,
    /// The saved views and filters.
    Views,
    /// A file of the name of a workbook is there.
    ReplaceBook(Box<BookOrder>),
    /// A layer is exported, by its file and its place in it.
    ExportLayer(u64, usize),
    /// A file of the name of a layer's export is there.
    ReplaceLayer(Box<LayerExport>),
    Package,
    /// The log of messages.
    Messages,
    Feature(FoundFeatures),
    /// What the coordinates of a file refer to.
    AskCrs(Box<CrsQuestion>),
    /// Which columns of a table hold its coordinates.
    AskColumns(Box<ColumnQuestion>),
    /// Which table is joined to a layer.
    Join(Box<JoinQuestion>),
    /// The style of a layer, by its file and its place in it.
    LayerStyle(u64, usize),
}

impl Overlay {
    /// Whether the window behind waits until it is closed.
    pub const fn is_modal(&self) -> bool {
        matches!(
            self,
            Self::Help
                | Self::Export
                | Self::ExportLayer(..)
                | Self::Join(_)
                | Self::Browse(_)
                | Self::Replace(_)
                | Self::ReplaceLayer(_)
                | Self::ReplaceBook(_)
                | Self::KeepCopy
                | Self::BookLog
                | Self::Revision
                | Self::AddProject
                | Self::SetMany
                | Self::TablePreview(_)
                | Self::Messages
        )
    }
}

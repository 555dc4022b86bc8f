//! The application without a window: state, actions, and the one function that changes state.
//!
//! It does no I/O and reads no clock: what has to be done outside comes back as [`Job`]s, and
//! actions that depend on time carry it.

pub mod action;
pub mod basemaps;
pub mod browse;
mod column_question;
pub mod command;
pub mod counts;
pub mod credits;
mod crs_question;
mod draw_request;
pub mod export;
pub mod feature_rows;
pub mod feature_selection;
pub mod field_columns;
mod filter_words;
mod fit_target;
pub mod history;
pub mod job;
mod layer_dress;
pub mod layer_export;
pub mod layer_join;
mod layer_key;
mod layer_lookup;
pub mod layer_order;
pub mod layer_table;
pub mod measure;
pub mod message;
mod notice;
pub mod open_layers;
pub mod package;
pub mod part;
pub mod placing;
pub mod search_box;
pub mod settings;
pub mod sketch;
pub mod sketch_figure;
pub mod sketch_words;
pub mod snap;
pub mod state;
mod tab;
pub mod table;
pub mod text;
mod told_apart;
pub mod tour;
pub mod update;
pub mod views;
pub mod workbook;

pub use crate::{
    geo::{CoordinateForm, coordinate_words},
    language::Language,
};
pub use action::Action;
pub use basemaps::{Basemaps, Secret};
pub use column_question::{ColumnQuestion, Landing};
pub use crs_question::{CrsAnswer, CrsQuestion};
pub use draw_request::{DrawQueue, DrawRequest, Drawn};
pub use export::{DrawingForm, ExportFormat};
pub use filter_words::{conditions, facet_value, filter_words};
pub use fit_target::FitTarget;
pub use job::{Cancel, Entry, Job, Order, RunningJob};
pub use layer_dress::{Dress, KeptStyle, kept_style};
pub use layer_key::LayerKey;
pub use layer_table::{FieldSort, TableStep};
pub use message::{Message, News, Tell};
pub use notice::{Logged, MOST_LOGGED, MessageLog, Moment, Notice, NoticeLevel};
pub use open_layers::{Asks, FeatureRef, FoundFeatures, OpenFile, OpenLayer, Reading};
pub use part::{Counts, Part};
pub use placing::{PlaceStep, Placing};
pub use settings::Settings;
pub use sketch::{Purpose, Sketch, SketchStep, Stage};
pub use state::{CameraRequest, Overlay, State};
pub use tab::Tab;
pub use table::{Column, Row, Sort};
pub use told_apart::{SharedClasses, ToldApart};
pub use update::update;
pub use workbook::{BookEdit, BookNews, BookOrder, BookStep, OpenWorkbook, ShownBook};

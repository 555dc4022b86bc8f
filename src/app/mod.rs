//! The application without a window: state, actions, and the one function that changes state.
//!
//! It does no I/O and reads no clock: what has to be done outside comes back as [`Job`]s, and
//! actions that depend on time carry it.

pub mod action;
pub mod basemaps;
mod draw_request;
pub mod history;
mod map_update;
pub mod open_layers;
pub mod package;
pub mod settings;
pub mod state;
pub mod table;
pub mod text;
pub mod tour;
pub mod update;
pub mod views;

pub use crate::geo::{CoordinateForm, coordinate_words};
pub use crate::language::Language;
pub use action::{Action, ExportFormat, FitTarget, Job, Tab};
pub use basemaps::{Basemaps, Secret};
pub use draw_request::{DrawQueue, DrawRequest, Drawn, LayerKey};
pub use open_layers::{Cancel, FeatureRef, OpenFile, OpenLayer, Reading};
pub use settings::Settings;
pub use state::{CameraRequest, Notice, NoticeLevel, Overlay, State};
pub use table::{Column, Row, Sort};
pub use update::update;

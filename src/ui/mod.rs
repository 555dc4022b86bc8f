//! The window: a shell around the map, panels that read the state, keys that name actions.

mod basemaps;
mod card;
mod chips;
mod draw_worker;
pub mod error_words;
mod export;
mod export_layers;
mod facts;
mod feature;
mod files;
#[cfg(target_os = "linux")]
mod focus;
mod help;
mod keys;
mod layers;
mod left;
mod outside;
mod overlay;
mod package;
mod plan_text;
mod present;
mod regions;
mod right;
mod run;
mod shell;
mod status;
mod table;
mod tasks;
mod top;
pub mod widgets;

pub use draw_worker::DrawWorker;
pub use outside::Outside;
pub use run::run;
pub use shell::Shell;

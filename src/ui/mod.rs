//! The window: a shell around the map, panels that read the state, keys that name actions.

mod card;
mod chips;
mod export;
mod facts;
#[cfg(target_os = "linux")]
mod focus;
mod help;
mod keys;
mod layers;
mod left;
mod overlay;
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

pub use run::run;
pub use shell::Shell;

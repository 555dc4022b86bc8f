//! The window: a shell around the map, panels that read the state, keys that name actions.

mod basemaps;
mod browse;
mod card;
mod chips;
mod color_field;
mod column_question;
mod counted;
mod crs_question;
#[cfg(target_os = "linux")]
mod display;
mod drawer;
mod dropped;
mod effects;
mod export;
mod facets;
mod facts;
mod feature;
#[cfg(target_os = "linux")]
mod focus;
mod focus_ring;
mod help;
mod keys;
mod layer_export;
mod layer_join;
mod layer_menu;
mod layer_style;
mod layer_style_parts;
mod layer_style_rule;
mod layer_table;
mod left;
mod messages;
mod modes;
mod notices;
mod option_row;
mod overlay;
mod package;
mod palette;
mod paragraph;
mod parts;
mod pick_list;
mod plan_find;
mod plan_text;
mod present;
mod question_foot;
mod regions;
mod replace;
mod right;
mod run;
mod running;
mod save_place;
mod search;
mod sheet;
mod shell;
mod status;
mod table;
mod tasks;
mod top;
mod user_layers;
pub mod widgets;
#[cfg(target_os = "linux")]
pub mod x_wheel;

pub use run::run;
pub use shell::Shell;

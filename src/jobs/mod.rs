//! What is done outside the UI thread: window and command line call the same functions.
//!
//! Knows no widget. A job gets an order with everything it needs and answers with actions; it can
//! be stopped, and a panic in it ends only that job.

pub mod book;
mod book_action;
mod book_layers;
mod browse;
mod draw_worker;
pub mod drawing;
mod export;
mod filter_layers;
mod keys;
mod layer_export;
mod layer_join;
mod layer_table;
pub mod layers_in_picture;
mod new_workbook;
mod open;
mod open_book;
mod opening;
mod package;
mod picture_tiles;
mod plan;
mod read_layers;
pub mod revise;
mod run;
mod services;
pub mod tell;
mod tell_book;
pub mod tell_layers;
mod tell_tables;
mod try_columns;
mod workbook;

pub use book::read_book;
pub use draw_worker::DrawWorker;
pub use layer_join::with_kept as layers_with_kept;
pub use open_book::OpenBook;
pub use opening::Opening;
pub use picture_tiles::{PictureTiles, PlacedPicture};
pub use plan::{lists_projects, paper_words, read_plan};
pub use read_layers::read_file;
pub use run::{run, start};
pub use services::{Report, Services};
pub use tell_book::TakenOver;
pub use workbook::Kept;

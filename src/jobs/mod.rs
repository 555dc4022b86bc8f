//! What is done outside the UI thread: window and command line call the same functions.
//!
//! Knows no widget. A job gets an order with everything it needs and answers with actions.

pub mod draw_worker;
pub mod error_words;
pub mod export_layers;
mod perform;
mod services;

pub use draw_worker::DrawWorker;
pub use perform::perform;
pub use services::{Report, Services};

//! Every integration test in one binary: one link, shared oracles.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is not as it must be"
)]

mod app;
mod app_tour;
mod catalogue;
mod catalogue_broken;
mod cli;
mod filter;
mod font;
mod gazetteer;
mod geo;
mod geo_county;
mod geo_drawing;
mod geo_index;
mod locale;
mod plan;
mod plan_broken;
mod plan_figures;
mod plan_other;
mod raster;
mod real;
mod report;
mod scene;
mod search_pinyin;
#[cfg(feature = "gui")]
mod snapshots;
mod tidy;
#[cfg(feature = "gui")]
mod ui;
mod whole_plane;

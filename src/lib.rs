//! 锦图 Jintu: the projects of a city's plan on a map.
//!
//! Layers, from the ground up; each may use only those above it in this list:
//! `units` `language` `diagnostics` `style` · `geo` `plan` `document` `gazetteer` `areas` `book` `catalogue` · `search`
//! · `tile` `layer` `mvt` · `paper` `font` · `scene` `basemap` · `plot` `sheet` · `raster` `svg` `pdf` · `app`
//! · `report` `store` · `jobs` · `cli`, and behind the feature `gui`: `theme` `map` `ui`.
//! ARCHITECTURE.md tells what each must not know.

rust_i18n::i18n!("assets/locales", fallback = "zh-CN");

pub mod app;
pub mod areas;
pub mod basemap;
pub mod book;
pub mod catalogue;
pub mod cli;
pub mod diagnostics;
pub mod document;
pub mod font;
pub mod gazetteer;
pub mod geo;
pub mod jobs;
pub mod language;
pub mod layer;
pub mod mvt;
pub mod paper;
pub mod pdf;
pub mod plan;
pub mod plot;
pub mod raster;
pub mod report;
pub mod scene;
pub mod search;
pub mod sheet;
pub mod store;
pub mod style;
pub mod svg;
pub mod tile;
pub mod units;

#[cfg(feature = "gui")]
pub mod map;
#[cfg(feature = "gui")]
pub mod theme;
#[cfg(feature = "gui")]
pub mod ui;

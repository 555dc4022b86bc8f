//! Every integration test in one binary: one link, shared oracles.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is not as it must be"
)]

mod app;
mod app_tour;
mod areas;
mod attachments;
#[cfg(all(target_os = "linux", feature = "gui"))]
mod awake;
mod basemap_edge;
mod book_broken;
mod book_file;
mod book_follow;
mod book_kill;
mod book_property;
mod book_records;
mod book_refused;
mod browse;
#[cfg(all(target_os = "linux", feature = "keyring"))]
mod bus;
mod catalogue;
mod catalogue_broken;
mod cli;
mod cli_book;
mod cli_coords;
mod cli_files;
mod cli_within;
mod cli_words;
mod column_question;
mod commands;
mod commit;
#[cfg(all(windows, feature = "keyring"))]
mod credential_manager;
mod crs;
mod crs_guess;
mod crs_question;
mod crs_wkt;
mod datum;
mod decks;
mod decks_desk;
mod english;
mod files;
mod filter;
mod font;
mod font_setting;
mod gazetteer;
mod geo;
mod geo_county;
mod geo_drawing;
mod geo_index;
#[cfg(feature = "gui")]
mod gpu;
mod jobs;
mod join;
#[cfg(all(target_os = "linux", feature = "keyring"))]
mod keyring;
mod keys;
mod language;
mod later_facts;
mod layer_faults;
mod layer_files;
mod layer_steps;
mod layer_style;
mod layer_table;
mod layers;
mod layers_columns;
mod layers_convert;
mod layers_days;
mod layers_dxf;
mod layers_flatgeobuf;
mod layers_gdal;
mod layers_geojson;
mod layers_geopackage;
mod layers_gpx;
mod layers_heights;
mod layers_kml;
mod layers_parcels;
mod layers_refused;
mod layers_round_trip;
mod layers_shapefile;
mod layers_sheet;
mod layers_stack;
mod layers_table;
mod layers_text;
mod layers_writers;
mod layers_written;
mod layers_xls;
mod locale;
mod manual;
mod measure;
mod mvt;
mod notices;
mod outline;
mod packages;
mod paper;
mod paper_pdf;
mod paper_pixels;
mod paper_svg;
mod papers;
mod papers_pdf;
mod parts;
mod picture_furniture;
mod picture_tiles;
mod placing;
mod plan;
mod plan_broken;
mod plan_figures;
mod plan_measure;
mod plan_other;
mod plan_styles;
mod platform;
mod plot;
mod project_table_rows;
mod project_tables;
mod project_tables_book;
mod project_tables_told;
mod raster;
mod real;
mod relief;
mod report;
mod review;
mod revise;
mod saved_layers;
mod saved_views;
mod scene;
mod scene_ground;
mod scene_names;
mod scene_places;
mod search;
mod search_pinyin;
mod sheet;
mod sheet_files;
mod slide;
#[cfg(feature = "gui")]
mod snapshots;
mod temp_folder;
mod tidy;
mod tidy_texts;
mod tile_cache;
mod tile_core;
mod tile_faults;
mod tile_open;
mod tile_outage;
mod tile_package;
mod tile_package_file;
mod tile_picture;
mod tile_preset;
mod tile_recognise;
mod tile_recovery;
mod tile_redact;
mod tile_rig;
mod tile_server;
mod tile_template;
mod tile_vector;
mod tile_wmts;
#[cfg(feature = "gui")]
mod ui;
#[cfg(feature = "gui")]
mod ui_card;
#[cfg(feature = "gui")]
mod ui_columns;
#[cfg(feature = "gui")]
mod ui_commands;
#[cfg(feature = "gui")]
mod ui_decks;
#[cfg(feature = "gui")]
mod ui_dialogs;
#[cfg(feature = "gui")]
mod ui_draw;
#[cfg(feature = "gui")]
mod ui_export;
#[cfg(feature = "gui")]
mod ui_focus;
#[cfg(feature = "gui")]
mod ui_form;
#[cfg(feature = "gui")]
mod ui_layer_export;
#[cfg(feature = "gui")]
mod ui_layer_join;
#[cfg(feature = "gui")]
mod ui_layer_style;
#[cfg(feature = "gui")]
mod ui_layer_table;
#[cfg(feature = "gui")]
mod ui_layout;
#[cfg(feature = "gui")]
mod ui_map;
#[cfg(feature = "gui")]
mod ui_notices;
#[cfg(feature = "gui")]
mod ui_opened;
#[cfg(feature = "gui")]
mod ui_panels;
#[cfg(feature = "gui")]
mod ui_place;
#[cfg(feature = "gui")]
mod ui_project_tables;
#[cfg(feature = "gui")]
mod ui_reach;
#[cfg(feature = "gui")]
mod ui_review;
#[cfg(feature = "gui")]
mod ui_views;
mod view_text;
mod whole_plane;
mod words;
mod workbook;

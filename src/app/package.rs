//! Offline packages: what is ordered, and how far it has come.

use std::path::PathBuf;

use crate::tile::{PackageArea, TileSource};

/// What to fetch and where to put it.
#[derive(Debug, Clone, PartialEq)]
pub struct PackageOrder {
    pub source: TileSource,
    pub area: PackageArea,
    pub min_zoom: u8,
    pub max_zoom: u8,
    pub path: PathBuf,
}

/// How far a package has come.
#[derive(Debug, Clone, PartialEq)]
pub struct PackageProgress {
    pub wanted: u64,
    pub stored: u64,
    /// The source has none there.
    pub absent: u64,
    pub failed: u64,
    pub state: PackageState,
    pub path: PathBuf,
}

/// Whether it goes on.
#[derive(Debug, Clone, PartialEq)]
pub enum PackageState {
    Running,
    /// Stopped by the user or by a fault; ordering it again goes on from there.
    Paused,
    Done,
}

/// The package in the window.
#[derive(Debug, Clone)]
pub struct PackageJob {
    pub order: PackageOrder,
    pub progress: PackageProgress,
}

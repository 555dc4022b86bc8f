//! Data that travels inside the program, so that it opens with no file and no network.

use crate::catalogue::seed::SeedFiles;

macro_rules! seed {
    ($name:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/", $name))
    };
}

macro_rules! asset {
    ($name:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/", $name))
    };
}

/// The plan and everything curated for it.
pub static SEEDS: SeedFiles<'static> = SeedFiles {
    plan: seed!("plan.txt"),
    projects: seed!("projects.json"),
    sources: seed!("sources.json"),
    kinds: seed!("kinds.json"),
    regions: seed!("regions.json"),
    targets: seed!("targets.json"),
    gazetteer: seed!("gazetteer.json"),
    tour: seed!("tour.json"),
    unlocated: seed!("unlocated.json"),
    translated: seed!("english.json"),
    counties: seed!("counties.geojson"),
    corridors: seed!("corridors.geojson"),
    areas: seed!("areas.geojson"),
    sites: seed!("sites.geojson"),
    country: AREAS,
};

/// The country's counties and towns, packed (`areas::Areas::read`).
pub static AREAS: &[u8] = asset!("areas.bin");
/// The offline basemap.
pub static BASEMAP: &[u8] = asset!("basemap.pmtiles");
/// Shaded relief under it.
pub static RELIEF: &[u8] = asset!("relief.png");
/// The text font.
pub static FONT_REGULAR: &[u8] = asset!("fonts/JintuSans-Regular.otf");
/// Its bold weight.
pub static FONT_BOLD: &[u8] = asset!("fonts/JintuSans-Bold.otf");
/// The window's icon, PNG.
pub static ICON: &[u8] = asset!("icon.png");

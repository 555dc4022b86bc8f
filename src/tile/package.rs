//! Offline packages: which tiles an area needs, and whether the source's owner allows it.

use super::{CacheTerms, PackageArea, Refusal, TileId, TileSource, cover::Cover};

pub use super::cover::Row;

/// The largest package: some hours of a polite download.
pub const MOST_TILES: u64 = 200_000;
/// Of a raster tile over land, for the estimate before anything is known.
pub const USUAL_TILE_BYTES: u64 = 18_000;
/// Deeper zooms are in no service.
const DEEPEST_ZOOM: u8 = 24;

/// Whether a source's owner allows packages at all.
///
/// # Errors
/// [`Refusal::Forbidden`] or [`Refusal::SeenOnly`].
pub const fn allowed(cache: CacheTerms) -> Result<(), Refusal> {
    match cache {
        CacheTerms::Forbidden => Err(Refusal::Forbidden),
        CacheTerms::SeenOnly => Err(Refusal::SeenOnly),
        CacheTerms::Packages => Ok(()),
    }
}

/// The tiles of an area at some zooms, lowest zoom first, row by row.
///
/// # Errors
/// Terms that forbid it, and more tiles than anybody should fetch.
pub fn plan(
    source: &TileSource,
    area: &PackageArea,
    min_zoom: u8,
    max_zoom: u8,
) -> Result<Vec<TileId>, Refusal> {
    allowed(source.cache)?;
    tiles(source, area, min_zoom, max_zoom)
}

/// As [`plan`], without asking for the terms.
///
/// # Errors
/// Nothing, or more than anybody should fetch.
pub fn tiles(
    source: &TileSource,
    area: &PackageArea,
    min_zoom: u8,
    max_zoom: u8,
) -> Result<Vec<TileId>, Refusal> {
    let mut out = Vec::new();
    let mut left = MOST_TILES;
    for (z, rows) in coverage(source, area, min_zoom, max_zoom)? {
        left = left.checked_sub(rows.iter().map(Row::count).sum()).ok_or(Refusal::TooMany)?;
        for row in rows {
            let columns = row.spans.iter().flat_map(|(first, last)| *first..=*last);
            out.extend(columns.map(|x| TileId { z, x, y: row.y }));
        }
    }
    if out.is_empty() { Err(Refusal::Empty) } else { Ok(out) }
}

/// How many tiles each zoom needs, without a list of them; also where they are too many to fetch.
///
/// # Errors
/// Nothing, or so many that they are not even counted.
pub fn counts(
    source: &TileSource,
    area: &PackageArea,
    min_zoom: u8,
    max_zoom: u8,
) -> Result<Vec<(u8, u64)>, Refusal> {
    let cover = coverage(source, area, min_zoom, max_zoom)?;
    let counts: Vec<(u8, u64)> =
        cover.iter().map(|(z, rows)| (*z, rows.iter().map(Row::count).sum())).collect();
    if counts.iter().all(|(_, count)| *count == 0) { Err(Refusal::Empty) } else { Ok(counts) }
}

/// The rows of tiles of each zoom that the source has, to be counted or shown.
///
/// # Errors
/// [`Refusal::TooMany`] where even looking would take too long.
pub fn coverage(
    source: &TileSource,
    area: &PackageArea,
    min_zoom: u8,
    max_zoom: u8,
) -> Result<Vec<(u8, Vec<Row>)>, Refusal> {
    let cover = Cover::new(source, area);
    let last = max_zoom.min(source.max_zoom).min(DEEPEST_ZOOM);
    (min_zoom.max(source.min_zoom)..=last).map(|z| Ok((z, cover.rows(z)?))).collect()
}

/// What so many tiles will take, in bytes: by the mean of those that are there, if any are.
pub const fn estimate_bytes(tiles: u64, stored: u64, stored_bytes: u64) -> u64 {
    let Some(mean) = stored_bytes.checked_div(stored) else {
        return tiles.saturating_mul(USUAL_TILE_BYTES);
    };
    tiles.saturating_mul(mean)
}

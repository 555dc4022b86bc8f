//! `MBTiles` files (github.com/mapbox/mbtiles-spec, 1.3).

use std::path::Path;

use rusqlite::{Connection, OpenFlags, OptionalExtension, params};

use super::archives::Archive;
use crate::{
    geo::mercator,
    tile::{Failure, TileId, template::flipped, tilejson::extent},
    units::Extent,
};

/// A zoom beyond this is in no map.
const DEEPEST_ZOOM: u8 = 24;
/// Tiles of each zoom that are tried.
const TRIED: u32 = 16;
/// What of a tile is looked at: more than any head.
const HEAD_BYTES: u32 = 64 << 10;
/// Tiles that are enough to tell which way rows run.
const TELLING: u32 = 20;

/// An `MBTiles` file.
pub struct Mbtiles {
    connection: Connection,
    from_north: bool,
}

impl Mbtiles {
    /// # Errors
    /// No database with tiles.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(|_| Failure::File)?;
        connection.prepare("SELECT tile_data FROM tiles LIMIT 1").map_err(|_| Failure::File)?;
        let mut file = Self { connection, from_north: false };
        file.from_north = file.counts_from_north();
        Ok(file)
    }

    /// Whether rows are counted from the north, against the specification.
    pub const fn is_from_north(&self) -> bool {
        self.from_north
    }

    /// Whether the database is a `GeoPackage` too: that may hold features.
    pub fn is_geopackage(&self) -> bool {
        self.connection.prepare("SELECT 1 FROM gpkg_contents LIMIT 1").is_ok()
    }

    /// What the file says of itself; empty where it does not.
    pub fn metadata(&self, name: &str) -> String {
        self.connection
            .query_row("SELECT value FROM metadata WHERE name = ?1", [name], |row| row.get(0))
            .unwrap_or_default()
    }

    /// The zooms that there are tiles of.
    pub fn zooms(&self) -> Option<(u8, u8)> {
        self.connection
            .query_row("SELECT min(zoom_level), max(zoom_level) FROM tiles", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .ok()
    }

    /// How some tiles of each zoom begin, to see what they are: the first need not be like the rest.
    pub fn samples(&self) -> Vec<Vec<u8>> {
        let Some((min, max)) = self.zooms() else { return Vec::new() };
        let sql = "SELECT substr(tile_data, 1, ?1) FROM tiles WHERE zoom_level = ?2 AND \
                   length(tile_data) > 0 LIMIT ?3";
        let Ok(mut ask) = self.connection.prepare(sql) else { return Vec::new() };
        let mut samples = Vec::new();
        for zoom in min..=max.min(DEEPEST_ZOOM) {
            let found = ask.query_map(params![HEAD_BYTES, zoom, TRIED], |row| {
                Ok(row.get_ref(0)?.as_bytes().unwrap_or_default().to_vec())
            });
            samples.extend(found.into_iter().flatten().flatten());
        }
        samples
    }

    /// What the tiles cover: as the file says, else as far as those of the lowest zoom reach.
    pub fn extent(&self) -> Option<Extent> {
        let said = self.said_bounds();
        if said.is_some() {
            return said;
        }
        let (zoom, _) = self.zooms()?;
        let sql = "SELECT min(tile_column), max(tile_column), min(tile_row), max(tile_row) FROM \
                   tiles WHERE zoom_level = ?1";
        let [west, east, low, high]: [u32; 4] = self
            .connection
            .query_row(sql, [zoom], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))
            .ok()?;
        let row = |y: u32| {
            if self.from_north { y } else { flipped(TileId { z: zoom, x: 0, y }) }
        };
        let (north, south) = (row(low).min(row(high)), row(low).max(row(high)));
        let corner = |x: u32, y: u32| TileId { z: zoom, x, y }.corner();
        let (from, to) = (
            mercator::to_lon_lat(corner(west, north)),
            mercator::to_lon_lat(corner(east.saturating_add(1), south.saturating_add(1))),
        );
        extent(&[from.lon_deg, to.lat_deg, to.lon_deg, from.lat_deg])
    }

    /// The bounds in the metadata, where they are a piece of the globe.
    fn said_bounds(&self) -> Option<Extent> {
        let bounds = self.metadata("bounds");
        let sides: Vec<f64> = bounds.split(',').filter_map(|v| v.trim().parse().ok()).collect();
        extent(&sides)
    }

    /// Some programs count rows from the north. The bounds tell: at the lowest zoom at which both
    /// ways cannot mean the same place, tiles lie where only one of them puts the bounds. Without
    /// bounds the metadata may say it.
    fn counts_from_north(&self) -> bool {
        let said = self.metadata("scheme").eq_ignore_ascii_case("xyz");
        let (Some(bounds), Some((min, max))) = (self.said_bounds(), self.zooms()) else {
            return said;
        };
        for zoom in min..=max.min(DEEPEST_ZOOM) {
            let (from, to) = tiles_of(bounds, zoom);
            let (top, bottom) = (flipped(to), flipped(from));
            if from.y <= bottom && top <= to.y {
                continue;
            }
            let north = self.count(zoom, [from.x, to.x], [from.y, to.y]);
            let south = self.count(zoom, [from.x, to.x], [top, bottom]);
            if north != south {
                return north > south;
            }
        }
        said
    }

    /// How many tiles lie in these columns and rows, as far as that tells.
    fn count(&self, zoom: u8, columns: [u32; 2], rows: [u32; 2]) -> u32 {
        let sql = "SELECT count(*) FROM (SELECT 1 FROM tiles WHERE zoom_level = ?1 AND tile_column \
                   BETWEEN ?2 AND ?3 AND tile_row BETWEEN ?4 AND ?5 LIMIT ?6)";
        let [from, to] = columns;
        let [low, high] = rows;
        self.connection
            .query_row(sql, params![zoom, from, to, low, high, TELLING], |row| row.get(0))
            .unwrap_or(0)
    }
}

impl Archive for Mbtiles {
    fn tile(&mut self, tile: TileId) -> Result<Option<Vec<u8>>, Failure> {
        let row = if self.from_north { tile.y } else { flipped(tile) };
        let mut ask = self
            .connection
            .prepare_cached(
                "SELECT tile_data FROM tiles WHERE zoom_level = ?1 AND tile_column = ?2 AND \
                 tile_row = ?3",
            )
            .map_err(|_| Failure::File)?;
        let found = ask
            .query_row((tile.z, tile.x, row), |row| {
                Ok(row.get_ref(0)?.as_bytes().unwrap_or_default().to_vec())
            })
            .optional();
        found.map_err(|_| Failure::File)
    }
}

/// The tiles at the north-western and the south-eastern corner of bounds.
fn tiles_of(bounds: Extent, zoom: u8) -> (TileId, TileId) {
    let place = mercator::extent_to_mercator(bounds);
    (TileId::at(zoom, place.min), TileId::at(zoom, place.max))
}

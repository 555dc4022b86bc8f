//! The file of a package while it is written (`MBTiles` 1.3, github.com/mapbox/mbtiles-spec), with
//! what became of each tile beside the tiles.

use std::{collections::HashMap, path::Path};

use rusqlite::{Connection, Result, params};

use crate::{
    geo::{MercatorExtent, mercator::extent_from_mercator},
    tile::{Failure, TileId, TileSource, template::flipped},
    units::Mercator,
};

/// How far it has come. What failed is counted as failed until it is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub wanted: u64,
    pub stored: u64,
    pub absent: u64,
    pub failed: u64,
    /// Of the tiles that are stored.
    pub bytes: u64,
}

impl Counts {
    /// Whether nothing is left to fetch.
    pub const fn is_complete(self) -> bool {
        self.stored + self.absent == self.wanted
    }

    /// How many were not tried yet.
    pub const fn untried(self) -> u64 {
        self.wanted.saturating_sub(self.stored + self.absent + self.failed)
    }
}

/// A power cut costs at most so many tiles.
const TILES_A_COMMIT: u32 = 32;

/// What became of a tile.
const STORED: u8 = 0;
const ABSENT: u8 = 1;
const FAILED: u8 = 2;

/// An unfinished package.
pub struct Part {
    connection: Connection,
    /// Tiles since the last commit; a transaction is open while there are some.
    open: u32,
}

impl Part {
    /// Begins a package, or takes one up. `None` where the file is of another source.
    ///
    /// # Errors
    /// A file that cannot be written, or is no database.
    pub fn open(path: &Path, source: &TileSource) -> Result<Option<Self>> {
        let connection = Connection::open(path)?;
        // One file: no log beside it that a copy would leave behind.
        connection.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))?;
        connection.execute_batch(
            "CREATE TABLE IF NOT EXISTS metadata (name TEXT PRIMARY KEY, value TEXT);
             CREATE TABLE IF NOT EXISTS tiles (zoom_level INTEGER, tile_column INTEGER, \
             tile_row INTEGER, tile_data BLOB, PRIMARY KEY (zoom_level, tile_column, tile_row));
             CREATE TABLE IF NOT EXISTS progress (zoom_level INTEGER, tile_column INTEGER, \
             tile_row INTEGER, state INTEGER, bytes INTEGER, reason TEXT, \
             PRIMARY KEY (zoom_level, tile_column, tile_row));",
        )?;
        let part = Self { connection, open: 0 };
        let before = part.told("jintu_source")?;
        if before.is_some_and(|id| id != source.id) {
            return Ok(None);
        }
        for (name, value) in [
            ("jintu_source", source.id.as_str()),
            ("name", source.name.zh.as_str()),
            ("attribution", source.credit.zh.as_str()),
            ("type", "baselayer"),
            ("version", "1.3"),
            ("jintu_datum", source.datum.key()),
            ("jintu_review_number", source.review_number.as_deref().unwrap_or_default()),
        ] {
            part.tell(name, value)?;
        }
        Ok(Some(part))
    }

    /// What is there of some tiles, and what is left to do, with whether it failed before.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn compare(&self, tiles: &[TileId]) -> Result<(Counts, Vec<(TileId, bool)>)> {
        let mut ask = self
            .connection
            .prepare("SELECT zoom_level, tile_column, tile_row, state, bytes FROM progress")?;
        let rows = ask.query_map([], |row| {
            let place: (u8, u32, u32) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok((place, (row.get::<_, u8>(3)?, row.get::<_, i64>(4)?)))
        })?;
        let known: HashMap<(u8, u32, u32), (u8, i64)> = rows.collect::<Result<_>>()?;
        let mut counts = Counts { wanted: tiles.len() as u64, ..Counts::default() };
        let (mut untried, mut again) = (Vec::new(), Vec::new());
        for tile in tiles {
            match known.get(&(tile.z, tile.x, flipped(*tile))) {
                Some((STORED, bytes)) => {
                    counts.stored += 1;
                    counts.bytes += u64::try_from(*bytes).unwrap_or(0);
                }
                Some((ABSENT, _)) => counts.absent += 1,
                Some(_) => {
                    counts.failed += 1;
                    again.push((*tile, true));
                }
                None => untried.push((*tile, false)),
            }
        }
        untried.append(&mut again);
        Ok((counts, untried))
    }

    /// Keeps a tile, or that there is none.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn put(&mut self, tile: TileId, bytes: Option<&[u8]>) -> Result<()> {
        self.begin()?;
        if let Some(bytes) = bytes {
            self.connection
                .prepare_cached("REPLACE INTO tiles VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![tile.z, tile.x, flipped(tile), bytes])?;
        }
        let state = if bytes.is_some() { STORED } else { ABSENT };
        self.note(tile, state, bytes.map_or(0, <[u8]>::len), None)
    }

    /// Keeps that a tile failed, and why.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn failed(&mut self, tile: TileId, why: &Failure) -> Result<()> {
        self.begin()?;
        self.note(tile, FAILED, 0, Some(why.key()))
    }

    /// Commits what is not committed yet.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn save(&mut self) -> Result<()> {
        if self.open > 0 {
            self.connection.execute_batch("COMMIT")?;
            self.open = 0;
        }
        Ok(())
    }

    /// Writes what is known only at the end, and closes.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn finish(mut self, tiles: &[TileId]) -> Result<()> {
        self.save()?;
        let first: Vec<u8> = self
            .connection
            .query_row("SELECT tile_data FROM tiles LIMIT 1", [], |row| row.get(0))
            .unwrap_or_default();
        let format = match image::guess_format(&first) {
            Ok(image::ImageFormat::Jpeg) => "jpg",
            Ok(image::ImageFormat::WebP) => "webp",
            Err(_) if !first.is_empty() => "pbf",
            _ => "png",
        };
        self.tell("format", format)?;
        let zooms = || tiles.iter().map(|tile| tile.z);
        if let Some((min, max)) = zooms().min().zip(zooms().max()) {
            self.tell("minzoom", &min.to_string())?;
            self.tell("maxzoom", &max.to_string())?;
            self.tell("bounds", &bounds(tiles, max))?;
        }
        self.connection.execute_batch("DROP TABLE progress")?;
        self.connection.close().map_err(|(_, reason)| reason)
    }

    fn begin(&mut self) -> Result<()> {
        if self.open >= TILES_A_COMMIT {
            self.save()?;
        }
        if self.open == 0 {
            self.connection.execute_batch("BEGIN IMMEDIATE")?;
        }
        self.open += 1;
        Ok(())
    }

    fn note(&self, tile: TileId, state: u8, bytes: usize, why: Option<&str>) -> Result<()> {
        self.connection
            .prepare_cached("REPLACE INTO progress VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
            .execute(params![
                tile.z,
                tile.x,
                flipped(tile),
                state,
                i64::try_from(bytes).unwrap_or(i64::MAX),
                why
            ])
            .map(|_| ())
    }

    fn tell(&self, name: &str, value: &str) -> Result<()> {
        self.connection.execute("REPLACE INTO metadata VALUES (?1, ?2)", [name, value]).map(|_| ())
    }

    fn told(&self, name: &str) -> Result<Option<String>> {
        let mut ask = self.connection.prepare("SELECT value FROM metadata WHERE name = ?1")?;
        let mut rows = ask.query([name])?;
        rows.next()?.map(|row| row.get(0)).transpose()
    }
}

/// West, south, east and north of the tiles of the deepest zoom, in degrees of the tiles' datum.
fn bounds(tiles: &[TileId], zoom: u8) -> String {
    let count = f64::from(zoom).exp2();
    let corner = |x: u32, y: u32| Mercator { x: f64::from(x) / count, y: f64::from(y) / count };
    let deepest = tiles.iter().filter(|tile| tile.z == zoom);
    let corners = deepest
        .flat_map(|t| [corner(t.x, t.y), corner(t.x.saturating_add(1), t.y.saturating_add(1))]);
    let Some(all) = MercatorExtent::around(corners) else { return String::new() };
    let e = extent_from_mercator(all);
    format!("{:.6},{:.6},{:.6},{:.6}", e.west_deg, e.south_deg, e.east_deg, e.north_deg)
}

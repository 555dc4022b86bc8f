//! The offline basemap: an archive of vector tiles, decoded when they are needed.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use super::{
    archive::{Archive, ArchiveBytes},
    error::BasemapError,
    relief::Relief,
    tile::VectorTile,
};
use crate::{
    geo::{MercatorExtent, mercator},
    scene::{BaseNames, Place, draw::Viewport},
    units::{Extent, LonLat, Mercator},
};

/// A tile to draw, and the part of it that is wanted.
pub struct Cover {
    pub tile: Arc<VectorTile>,
    /// Zoom, column and row of `tile`.
    pub key: (u8, u32, u32),
    /// Zoom, column and row of the part: those of `tile`, or of a descendant.
    pub part: (u8, u32, u32),
}

/// North-west and south-east corner of a tile in unit Mercator.
pub fn corners((z, x, y): (u8, u32, u32)) -> (Mercator, Mercator) {
    let tiles = f64::from(z).exp2();
    let corner = |x: f64, y: f64| Mercator { x: x / tiles, y: y / tiles };
    let (x, y) = (f64::from(x), f64::from(y));
    (corner(x, y), corner(x + 1.0, y + 1.0))
}

/// An opened basemap. Safe to share between threads; decoded tiles are kept, up to a bound.
#[derive(Clone)]
pub struct Basemap {
    archive: Arc<Archive>,
    cache: Arc<Mutex<TileCache>>,
    relief: Option<Arc<Relief>>,
}

impl std::fmt::Debug for Basemap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Basemap").field("extent", &self.extent()).finish_non_exhaustive()
    }
}

impl Basemap {
    /// Opens a `PMTiles` archive that lies in memory.
    ///
    /// # Errors
    /// When the bytes are no archive of gzipped vector tiles, are cut off or contradict themselves.
    pub fn open(bytes: impl Into<ArchiveBytes>) -> Result<Self, BasemapError> {
        let archive = Arc::new(Archive::open(bytes.into())?);
        Ok(Self { archive, cache: Arc::default(), relief: None })
    }

    /// The same with shaded relief under its lines, or without.
    #[must_use]
    pub fn with_relief(&self, relief: Option<Arc<Relief>>) -> Self {
        Self { relief, ..self.clone() }
    }

    /// The relief that is drawn with it.
    pub fn relief(&self) -> Option<&Arc<Relief>> {
        self.relief.as_ref()
    }

    /// Lowest zoom with tiles.
    pub fn min_zoom(&self) -> u8 {
        self.archive.zooms().0
    }

    /// Highest zoom with tiles. Higher ones are painted from these.
    pub fn max_zoom(&self) -> u8 {
        self.archive.zooms().1
    }

    /// What the archive covers.
    pub fn extent(&self) -> Extent {
        self.archive.extent()
    }

    /// Who is to be credited; empty where the archive does not tell.
    pub fn attribution(&self) -> &str {
        &self.archive.attribution
    }

    /// The decoded tile; `None` where the archive holds none, above `max_zoom` too.
    ///
    /// # Errors
    /// When the tile's bytes are damaged.
    pub fn tile(&self, z: u8, x: u32, y: u32) -> Result<Option<Arc<VectorTile>>, BasemapError> {
        let key = (z, x, y);
        if let Some(found) = self.lock().get(key) {
            return Ok(found);
        }
        // Decoded without the lock: two threads may do the same work, none has to wait.
        let tile = match self.archive.tile(z, x, y)? {
            Some(bytes) => Some(Arc::new(VectorTile::decode(&bytes, z, x, y)?)),
            None => None,
        };
        self.lock().put(key, tile.clone());
        Ok(tile)
    }

    /// The tiles that hold something of a box in unit Mercator, at the archive's zoom nearest to
    /// `zoom`, row by row.
    pub fn tiles_in(&self, zoom: f64, from: Mercator, to: Mercator) -> Vec<(u8, u32, u32)> {
        let z = self.data_zoom(zoom);
        let extent = self.extent();
        let north_west = mercator::from_lon_lat(LonLat::new(extent.west_deg, extent.north_deg));
        let south_east = mercator::from_lon_lat(LonLat::new(extent.east_deg, extent.south_deg));
        let columns = tile_range(z, from.x.max(north_west.x), to.x.min(south_east.x));
        let rows = tile_range(z, from.y.max(north_west.y), to.y.min(south_east.y));
        rows.flat_map(|y| columns.clone().map(move |x| (z, x, y))).collect()
    }

    /// What is drawn for each tile of [`Self::tiles_in`]: the tile, or the part that its nearest
    /// ancestor has of it. An archive may reach farther at low zooms than at high ones.
    pub fn cover(
        &self,
        zoom: f64,
        from: Mercator,
        to: Mercator,
    ) -> impl Iterator<Item = Result<Cover, BasemapError>> {
        let lowest = self.min_zoom();
        self.tiles_in(zoom, from, to).into_iter().filter_map(move |part| {
            let (z, x, y) = part;
            (lowest..=z).rev().find_map(|up| {
                let key = (up, x >> (z - up), y >> (z - up));
                match self.tile(key.0, key.1, key.2) {
                    Ok(Some(tile)) => Some(Ok(Cover { tile, key, part })),
                    Ok(None) => None,
                    Err(error) => Some(Err(error)),
                }
            })
        })
    }

    /// What the map may name in view: places in it, the most important first, and names of lines
    /// of the tiles that show. Tiles that cannot be read are left out.
    pub fn names(&self, viewport: &Viewport) -> BaseNames {
        let MercatorExtent { min: from, max: to } = viewport.extent();
        let mut places: Vec<Place> = Vec::new();
        let mut tiles = BTreeMap::new();
        for cover in self.cover(viewport.zoom, from, to).flatten() {
            let (min, max) = corners(cover.part);
            let inside = |p: &&Place| {
                (from.x.max(min.x)..=to.x.min(max.x)).contains(&p.at.x)
                    && (from.y.max(min.y)..=to.y.min(max.y)).contains(&p.at.y)
            };
            places.extend(cover.tile.places.iter().filter(inside).cloned());
            // Several parts may come from one ancestor, which has its lines once.
            tiles.insert(cover.key, cover.tile);
        }
        places.sort_by(|a, b| a.rank.cmp(&b.rank).then_with(|| a.name.cmp(&b.name)));
        let lines = tiles.values().flat_map(|tile| tile.names.iter().cloned()).collect();
        let courses = tiles.values().map(|tile| tile.courses.clone()).collect();
        BaseNames { places, lines, courses }
    }

    /// The archive's zoom whose tiles suit a view's zoom best.
    // In range by the clamp.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn data_zoom(&self, zoom: f64) -> u8 {
        let (min, max) = self.archive.zooms();
        zoom.round().clamp(f64::from(min), f64::from(max)) as u8
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, TileCache> {
        // The cache holds whole values only, so a panic elsewhere cannot have left it half done.
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tiles across a range of unit Mercator; empty when the range is.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturating is right here"
)]
fn tile_range(z: u8, from: f64, to: f64) -> std::ops::Range<u32> {
    if from.is_nan() || to.is_nan() || from > to {
        return 0..0;
    }
    let tiles = f64::from(z).exp2();
    let first = (from.clamp(0.0, 1.0) * tiles).floor();
    let last = (to.clamp(0.0, 1.0) * tiles).floor().min(tiles - 1.0);
    first as u32..last as u32 + 1
}

type TileKey = (u8, u32, u32);

/// Decoded tiles; when full, the one not asked for the longest is given up.
#[derive(Default)]
struct TileCache {
    tiles: HashMap<TileKey, (u64, Option<Arc<VectorTile>>)>,
    clock: u64,
}

impl TileCache {
    /// Some 4K screens of tiles: 20 × 12 and their neighbours.
    const CAPACITY: usize = 400;

    /// `None` for tiles never asked for, `Some(None)` for those the archive does not hold.
    #[allow(clippy::option_option)]
    fn get(&mut self, key: TileKey) -> Option<Option<Arc<VectorTile>>> {
        self.clock += 1;
        let (used, tile) = self.tiles.get_mut(&key)?;
        *used = self.clock;
        Some(tile.clone())
    }

    fn put(&mut self, key: TileKey, tile: Option<Arc<VectorTile>>) {
        self.clock += 1;
        if self.tiles.len() >= Self::CAPACITY {
            let oldest = self.tiles.iter().min_by_key(|(_, (used, _))| *used);
            if let Some(oldest) = oldest.map(|(key, _)| *key) {
                self.tiles.remove(&oldest);
            }
        }
        self.tiles.insert(key, (self.clock, tile));
    }
}

//! Tiles from outside as a picture shows them, fetched one after the other.

use std::sync::Arc;

use super::Services;
use crate::{
    app::Cancel,
    basemap::tile_names,
    scene::{BaseNames, Viewport},
    tile::{
        Content, Failure, TileId, TilePicture, TileSource,
        grid::{GridView, part_of, place_of, visible_tiles},
    },
};

/// A part of a tile and where it lies.
#[derive(Debug, Clone)]
pub struct PlacedPicture {
    pub picture: Arc<TilePicture>,
    /// Left, top, right and bottom in points from the view's top left corner.
    pub place_pt: [f32; 4],
    /// Left, top, width and height in shares of the tile.
    pub part: [f32; 4],
}

/// What the sources of a basemap show in a view, from the ground up.
#[derive(Debug, Clone, Default)]
pub struct PictureTiles {
    pub pieces: Vec<PlacedPicture>,
    /// Names in vector tiles; `None` where all sources are pictures, which have theirs in their
    /// pixels.
    pub names: Option<BaseNames>,
    /// Tiles that could not be had, and why the last one could not.
    pub failed: usize,
    pub failure: Option<Failure>,
}

/// A server that is silent so many times in a row is not waited for again: each time takes seconds,
/// and a large sheet has hundreds of tiles.
const MOST_SILENCES: usize = 2;

/// How far up a stand-in is looked for, as on the map.
const ANCESTORS: u8 = 6;

impl Services {
    /// Fetches the tiles of a view. A server that is silent is given up soon. What is missing is replaced by a part of a tile above, else the
    /// embedded basemap shows there; it is counted. A stopped job gets what has come so far.
    pub fn picture_tiles(
        &self,
        sources: &[Arc<TileSource>],
        viewport: &Viewport,
        cancel: &Cancel,
    ) -> PictureTiles {
        let Viewport { zoom, width_pt, height_pt, .. } = *viewport;
        let view = GridView { center: viewport.plane_center(), zoom, width_pt, height_pt };
        let mut all = PictureTiles::default();
        let mut named: Vec<(TileId, Arc<TilePicture>)> = Vec::new();
        for source in sources {
            let mut fetcher = self.tiles.fetcher(source, self.key(source));
            let mut silences = 0;
            for tile in visible_tiles(source, source.tile_px.max(64), &view) {
                if cancel.is_stopped() {
                    return all;
                }
                let mut found = None;
                for up in 0..=ANCESTORS.min(tile.z.saturating_sub(source.min_zoom)) {
                    let from = TileId { z: tile.z - up, x: tile.x >> up, y: tile.y >> up };
                    // What was kept from before is shown all the same.
                    let kept = || fetcher.kept(from).1.ok_or(Failure::Timeout).map(Some);
                    let is_given_up = silences >= MOST_SILENCES;
                    match if is_given_up { kept() } else { fetcher.fetch(from) } {
                        Ok(Some(picture)) => {
                            silences = 0;
                            found = Some((from, up, picture));
                            break;
                        }
                        Ok(None) => silences = 0,
                        Err(failure) => {
                            all.failed += usize::from(up == 0);
                            if matches!(failure, Failure::Timeout | Failure::Unreachable) {
                                silences += 1;
                            }
                            if !is_given_up {
                                all.failure = Some(failure);
                            }
                            // What is down for one tile is down for those above it.
                            break;
                        }
                    }
                }
                let Some((from, up, picture)) = found else { continue };
                let [left, top, edge] = part_of(tile, up);
                let place_pt = place_of(tile, &view);
                named.push((from, picture.clone()));
                all.pieces.push(PlacedPicture { picture, place_pt, part: [left, top, edge, edge] });
            }
        }
        if sources.iter().any(|source| source.content == Content::Vector) {
            all.names = Some(tile_names(named.iter().map(|(tile, picture)| (*tile, picture))));
        }
        all
    }
}

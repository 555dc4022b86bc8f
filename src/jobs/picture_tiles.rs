//! Tiles from outside as a picture shows them, of each source one after the other.

use std::{sync::Arc, thread, time::Duration};

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
    /// A server was silent for so long that the rest was not asked of it.
    pub gave_up: bool,
}

/// A server that is silent so many times in a row is not waited for again: each time takes seconds,
/// and a large sheet has hundreds of tiles.
const MOST_SILENCES: usize = 2;
/// Nor one that answers now and then, after so much silence altogether. All sources are asked at the
/// same time, so that this bounds a picture, however many there are.
const MOST_SILENCE: Duration = Duration::from_secs(20);

/// How far up a stand-in is looked for, as on the map.
const ANCESTORS: u8 = 6;

/// What one source shows.
#[derive(Default)]
struct OfSource {
    /// Each with the tile that it was cut from.
    pieces: Vec<(TileId, PlacedPicture)>,
    failed: usize,
    failure: Option<Failure>,
    gave_up: bool,
}

impl Services {
    /// Fetches the tiles of a view, from all sources at the same time. A server that is silent is given
    /// up soon. What is missing is replaced by a part of a tile above, else the embedded basemap shows
    /// there; it is counted. A stopped job gets what has come so far.
    pub fn picture_tiles(
        &self,
        sources: &[Arc<TileSource>],
        viewport: &Viewport,
        cancel: &Cancel,
    ) -> PictureTiles {
        let Viewport { zoom, width_pt, height_pt, .. } = *viewport;
        let view = GridView { center: viewport.plane_center(), zoom, width_pt, height_pt };
        let found: Vec<OfSource> = thread::scope(|scope| {
            let of = |source| move || self.tiles_of(source, &view, cancel);
            let begun: Vec<_> = sources.iter().map(|source| scope.spawn(of(source))).collect();
            // A decoder that stumbles over foreign bytes costs its source, not the picture.
            let broken =
                |_| OfSource { failed: 1, failure: Some(Failure::Damaged), ..OfSource::default() };
            begun.into_iter().map(|own| own.join().unwrap_or_else(broken)).collect()
        });
        let mut all = PictureTiles::default();
        let mut named: Vec<(TileId, Arc<TilePicture>)> = Vec::new();
        for own in found {
            all.failed += own.failed;
            all.failure = own.failure.or(all.failure);
            all.gave_up |= own.gave_up;
            for (from, piece) in own.pieces {
                named.push((from, piece.picture.clone()));
                all.pieces.push(piece);
            }
        }
        if sources.iter().any(|source| source.content == Content::Vector) {
            all.names = Some(tile_names(named.iter().map(|(tile, picture)| (*tile, picture))));
        }
        all
    }

    fn tiles_of(&self, source: &Arc<TileSource>, view: &GridView, cancel: &Cancel) -> OfSource {
        let mut own = OfSource::default();
        let mut fetcher = self.tiles.fetcher(source, self.key(source));
        let mut silences = 0;
        for tile in visible_tiles(source, source.tile_px.max(64), view) {
            if cancel.is_stopped() {
                return own;
            }
            for up in 0..=ANCESTORS.min(tile.z.saturating_sub(source.min_zoom)) {
                let from = TileId { z: tile.z - up, x: tile.x >> up, y: tile.y >> up };
                own.gave_up |= silences >= MOST_SILENCES || fetcher.silence() >= MOST_SILENCE;
                // What was kept from before is shown all the same.
                let kept = || fetcher.kept(from).1.ok_or(Failure::Timeout).map(Some);
                match if own.gave_up { kept() } else { fetcher.fetch(from) } {
                    Ok(Some(picture)) => {
                        silences = 0;
                        let [left, top, edge] = part_of(tile, up);
                        let (place_pt, part) = (place_of(tile, view), [left, top, edge, edge]);
                        own.pieces.push((from, PlacedPicture { picture, place_pt, part }));
                        break;
                    }
                    Ok(None) => silences = 0,
                    Err(failure) => {
                        own.failed += usize::from(up == 0);
                        if !own.gave_up {
                            let is_silent =
                                matches!(failure, Failure::Timeout | Failure::Unreachable);
                            silences += usize::from(is_silent);
                            own.failure = Some(failure);
                        }
                        // What is down for one tile is down for those above it.
                        break;
                    }
                }
            }
        }
        own
    }
}

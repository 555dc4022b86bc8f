//! What of the tiles goes into the map's picture: each tile, or what stands in for it.

use std::{collections::HashSet, sync::Arc};

use egui::{Rect, Vec2};

use super::{
    layer::TileLayer,
    place::{ANCESTORS, WHOLE, part, place},
};
use crate::{
    map::gpu::TilePiece,
    scene::Viewport,
    tile::{Seen, TileId},
};

/// Pixels new to the graphics card in one picture: more would be felt as a stutter.
const NEW_BYTES: usize = 16 << 20;

/// The pieces of all sources, from the ground up.
#[derive(Default)]
pub struct TilePieces {
    pub pieces: Vec<TilePiece>,
    /// Something that is there has to wait for the next picture.
    pub unfinished: bool,
}

impl TilePieces {
    /// What tells these pieces from others.
    pub fn look(&self) -> Vec<(usize, TileId, usize)> {
        let of = |p: &TilePiece| (p.source, p.tile, Arc::as_ptr(&p.picture) as usize);
        self.pieces.iter().map(of).collect()
    }

    /// Adds what a view shows of a source; `known` are the tiles on the graphics card.
    pub fn add(
        &mut self,
        source: usize,
        layer: &TileLayer,
        viewport: &Viewport,
        known: &HashSet<(usize, TileId)>,
    ) {
        let mut left = NEW_BYTES;
        let mut get = |tile: TileId| {
            let Seen::Ready(picture) = layer.seen(tile) else { return None };
            let is_known = known.contains(&(source, tile));
            let bytes = if is_known { 0 } else { picture.rgba.len() };
            // At least one each time, however large.
            if bytes > left && left < NEW_BYTES {
                self.unfinished = true;
                return None;
            }
            left = left.saturating_sub(bytes);
            Some(picture)
        };
        let map =
            Rect::from_min_size(egui::Pos2::ZERO, Vec2::new(viewport.width_pt, viewport.height_pt));
        let mut found = Vec::new();
        for wanted in layer.visible(viewport) {
            let whole = |tile, picture| TilePiece {
                source,
                tile,
                picture,
                place_pt: place(tile, viewport, map),
                part: WHOLE,
            };
            if let Some(picture) = get(wanted) {
                found.push(whole(wanted, picture));
                continue;
            }
            let below: Option<Vec<TilePiece>> = wanted
                .children()
                .into_iter()
                .map(|child| get(child).map(|picture| whole(child, picture)))
                .collect();
            if let Some(below) = below {
                found.extend(below);
                continue;
            }
            let above = (1..=ANCESTORS.min(wanted.z)).find_map(|up| {
                let tile = TileId { z: wanted.z - up, x: wanted.x >> up, y: wanted.y >> up };
                let picture = get(tile)?;
                let part = part(wanted, up);
                Some(TilePiece { tile, part, ..whole(wanted, picture) })
            });
            found.extend(above);
        }
        self.pieces.extend(found);
    }
}

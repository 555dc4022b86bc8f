//! Tiles on the graphics card: uploaded a few per frame, given up when not seen for long.

use std::{collections::HashMap, sync::Arc};

use egui::{ColorImage, Context, TextureHandle, TextureOptions};

use crate::tile::{TileId, TilePicture};

/// Bytes turned into textures in one frame: more would be felt as a stutter.
const UPLOAD_BYTES: usize = 3 << 20;
/// Bytes kept besides what is on screen, for the way back.
const SPARE_BYTES: usize = 96 << 20;

/// The textures of one source.
#[derive(Default)]
pub struct Textures {
    kept: HashMap<TileId, Kept>,
    frame: u64,
    bytes: usize,
    left_bytes: usize,
    /// Something was ready and had to wait for the next frame.
    pub unfinished: bool,
}

struct Kept {
    texture: TextureHandle,
    bytes: usize,
    used: u64,
}

impl Textures {
    /// Begins a frame.
    pub fn begin(&mut self) {
        self.frame += 1;
        self.left_bytes = UPLOAD_BYTES;
        self.unfinished = false;
    }

    /// The texture of a tile, made from what `picture` gives if there is none yet.
    pub fn get(
        &mut self,
        ctx: &Context,
        tile: TileId,
        picture: impl FnOnce() -> Option<Arc<TilePicture>>,
    ) -> Option<TextureHandle> {
        if let Some(kept) = self.kept.get_mut(&tile) {
            kept.used = self.frame;
            return Some(kept.texture.clone());
        }
        let picture = picture()?;
        let bytes = picture.rgba.len();
        // At least one each frame, however large.
        if bytes > self.left_bytes && self.left_bytes < UPLOAD_BYTES {
            self.unfinished = true;
            return None;
        }
        let size = [picture.width_px as usize, picture.height_px as usize];
        if size[0] * size[1] * 4 != bytes || bytes == 0 {
            return None;
        }
        self.left_bytes = self.left_bytes.saturating_sub(bytes);
        let image = ColorImage::from_rgba_unmultiplied(size, &picture.rgba);
        let texture = ctx.load_texture("tile", image, TextureOptions::LINEAR);
        self.bytes += bytes;
        self.kept.insert(tile, Kept { texture: texture.clone(), bytes, used: self.frame });
        Some(texture)
    }

    /// Whether the tile is on the card already.
    pub fn has(&self, tile: TileId) -> bool {
        self.kept.contains_key(&tile)
    }

    /// Ends a frame: what is not on screen is kept up to a bound, the latest first.
    pub fn finish(&mut self) {
        let on_screen: usize =
            self.kept.values().filter(|k| k.used == self.frame).map(|k| k.bytes).sum();
        if self.bytes - on_screen <= SPARE_BYTES {
            return;
        }
        let mut others: Vec<(u64, TileId)> = self
            .kept
            .iter()
            .filter(|(_, k)| k.used != self.frame)
            .map(|(tile, k)| (k.used, *tile))
            .collect();
        others.sort_unstable();
        for (_, tile) in others {
            // Some more than needed, so that this is not done each frame.
            if self.bytes - on_screen <= SPARE_BYTES / 4 * 3 {
                break;
            }
            if let Some(kept) = self.kept.remove(&tile) {
                self.bytes -= kept.bytes;
            }
        }
    }
}

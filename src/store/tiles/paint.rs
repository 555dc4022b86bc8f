//! Vector tiles of sources from outside, painted for the window's look.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use crate::{
    mvt::{self, NameKind, PaintError, Request, Style},
    tile::{Failure, TileId, TileLook, TileName, TileNameKind, TilePicture, TileSource},
    units::Mercator,
};

/// Turns vector tiles into pictures. Shared by all workers.
pub trait Paint: Send + Sync {
    /// Paints for this look from now on. Says whether it is another than before.
    fn set_look(&self, look: TileLook) -> bool;

    /// A tile, or the part of it that lies in `shown`, from the bytes of `data`.
    ///
    /// # Errors
    /// Bytes that are no vector tile, or too many.
    fn paint(
        &self,
        source: &TileSource,
        shown: TileId,
        data: TileId,
        bytes: &[u8],
    ) -> Result<TilePicture, Failure>;
}

/// With the style that a source brings, else with the program's own.
#[derive(Default)]
pub struct TilePaint {
    look: Mutex<TileLook>,
    /// By the source's id: the style's text, and what it says.
    styles: Mutex<HashMap<String, (String, Arc<Style>)>>,
}

impl Paint for TilePaint {
    fn set_look(&self, look: TileLook) -> bool {
        let mut own = self.look.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *own, look) != look
    }

    fn paint(
        &self,
        source: &TileSource,
        shown: TileId,
        data: TileId,
        bytes: &[u8],
    ) -> Result<TilePicture, Failure> {
        let look = *self.look.lock().unwrap_or_else(PoisonError::into_inner);
        let side = if look.dense { 2 } else { 1 };
        let key = |tile: TileId| (tile.z, tile.x, tile.y);
        let edge = u32::from(source.tile_px).max(256);
        let request = Request {
            data: key(data),
            shown: key(shown),
            size_px: edge * side,
            // Styles count zooms for tiles of 512 points.
            zoom: f64::from(shown.z) + (f64::from(edge) / 512.0).log2(),
            px_per_pt: side as f32,
        };
        let painted =
            mvt::paint(bytes, &request, &self.style(source, look.dark)).map_err(|e| match e {
                PaintError::TooLarge => Failure::TooLarge,
                PaintError::Damaged(_) | PaintError::Request(_) => Failure::Damaged,
            })?;
        let name = |name: mvt::Name| TileName {
            text: name.text,
            at: Mercator { x: name.at[0], y: name.at[1] },
            rank: name.rank,
            kind: match name.kind {
                NameKind::Place => TileNameKind::Place,
                NameKind::Water => TileNameKind::Water,
                NameKind::Road => TileNameKind::Road,
                NameKind::Other => TileNameKind::Other,
            },
        };
        Ok(TilePicture {
            width_px: painted.width_px,
            height_px: painted.height_px,
            rgba: painted.rgba,
            names: painted.names.into_iter().map(name).collect(),
        })
    }
}

impl TilePaint {
    fn style(&self, source: &TileSource, dark: bool) -> Arc<Style> {
        let mut styles = self.styles.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(text) = &source.style else {
            // Two at most: one for each mode.
            let id = if dark { " dark" } else { " light" };
            let usual = || (String::new(), Arc::new(Style::usual(dark)));
            return styles.entry(id.to_owned()).or_insert_with(usual).1.clone();
        };
        if let Some((_, style)) = styles.get(&source.id).filter(|(own, _)| own == text) {
            return style.clone();
        }
        // It could be read when the basemap was opened.
        let style = Arc::new(Style::parse(text).unwrap_or_else(|_| Style::usual(dark)));
        styles.insert(source.id.clone(), (text.clone(), style.clone()));
        style
    }
}

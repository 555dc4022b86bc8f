//! A basemap of 256-pixel tiles that are there at once: what drawing them costs, without a network.

use std::sync::Arc;

use jintu::{
    geo::Datum,
    language::Bilingual,
    tile::{
        Access, CacheTerms, Content, KeyKind, Scheme, Seen, SupplyStatus, TileId, TileLook,
        TilePicture, TileSource, TileSupply,
    },
};

/// The source whose tiles [`Ready`] has.
pub fn source() -> TileSource {
    TileSource {
        id: "measure".into(),
        name: Bilingual::new("试验底图", "Test map"),
        access: Access::Template {
            url: "https://tiles.invalid/{z}/{x}/{y}".into(),
            subdomains: Vec::new(),
            scheme: Scheme::Xyz,
        },
        content: Content::Raster,
        datum: Datum::Wgs84,
        min_zoom: 0,
        max_zoom: 18,
        tile_px: 256,
        extent: None,
        credit: Bilingual::new("试验", "Test"),
        review_number: None,
        cache: CacheTerms::SeenOnly,
        key: KeyKind::None,
        style: None,
    }
}

/// A chequerboard.
pub struct Ready([Arc<TilePicture>; 2]);

impl Ready {
    pub fn new() -> Self {
        let plain = |color: [u8; 4]| {
            Arc::new(TilePicture {
                width_px: 256,
                height_px: 256,
                rgba: color.repeat(256 * 256),
                names: Vec::new(),
            })
        };
        Self([plain([215, 228, 205, 255]), plain([228, 236, 220, 255])])
    }
}

impl TileSupply for Ready {
    fn want(&self, _: &str, _: &[TileId]) {}

    fn prefetch(&self, _: &str, _: &[TileId]) {}

    fn seen(&self, _: &str, tile: TileId) -> Seen {
        Seen::Ready(self.0[usize::from((tile.x + tile.y).is_multiple_of(2))].clone())
    }

    fn arrivals(&self) -> u64 {
        1
    }

    fn status(&self, _: &str) -> SupplyStatus {
        SupplyStatus::default()
    }

    fn set_look(&self, _: TileLook) {}

    fn retry(&self) {}
}

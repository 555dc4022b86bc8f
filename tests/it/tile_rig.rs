//! A tile service with short patience, and what tests ask of it.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use jintu::{
    geo::Datum,
    language::Bilingual,
    store::tiles::{Options, TileService, http::Patience},
    tile::{
        Access, CacheTerms, Content, Failure, KeyKind, Scheme, Seen, TileId, TileSource, TileSupply,
    },
};

pub const KEY: &str = "s3cret-KEY-42";
pub const PATH: &str = "/{z}/{x}/{y}.png?tk={key}";

pub struct Rig {
    pub service: TileService,
    pub source: Arc<TileSource>,
    pub log: Arc<Mutex<Vec<String>>>,
}

pub fn picture(side: u32) -> Vec<u8> {
    let image = image::RgbaImage::from_pixel(side, side, image::Rgba([10, 20, 30, 255]));
    let mut bytes = Vec::new();
    image.write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
    bytes
}

pub fn png() -> Vec<u8> {
    picture(4)
}

pub fn source(url: String) -> TileSource {
    TileSource {
        id: "test".into(),
        name: Bilingual::new("试", "test"),
        access: Access::Template { url, subdomains: Vec::new(), scheme: Scheme::Xyz },
        content: Content::Raster,
        datum: Datum::Wgs84,
        min_zoom: 0,
        max_zoom: 19,
        tile_px: 256,
        extent: None,
        credit: Bilingual::default(),
        review_number: None,
        cache: CacheTerms::Packages,
        key: KeyKind::Custom,
        style: None,
    }
}

/// A service that waits 1.5 s for an answer.
pub fn rig(url: String, cache: Option<PathBuf>) -> Rig {
    rig_of(source(url), cache, |_| ())
}

pub fn rig_of(source: TileSource, cache: Option<PathBuf>, change: impl Fn(&mut Options)) -> Rig {
    let log: Arc<Mutex<Vec<String>>> = Arc::default();
    let own = log.clone();
    let mut options = Options::usual(cache, Arc::new(|| ()));
    options.patience = Patience {
        connect: Duration::from_millis(1200),
        whole: Duration::from_millis(1500),
        ..Patience::default()
    };
    options.log = Arc::new(move |line| own.lock().unwrap().push(line.to_owned()));
    change(&mut options);
    let service = TileService::new(options);
    let source = Arc::new(source);
    service.set_sources(&[(source.clone(), Some(KEY.to_owned()))], false);
    Rig { service, source, log }
}

pub fn tile(x: u32) -> TileId {
    TileId { z: 10, x, y: 400 }
}

/// Waits for something; says whether it came.
pub fn until(seconds: f64, mut what: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + Duration::from_secs_f64(seconds);
    while Instant::now() < end {
        if what() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    what()
}

impl Rig {
    pub fn seen(&self, x: u32) -> Seen {
        self.service.seen(&self.source.id, tile(x))
    }

    pub fn is_ready(&self, x: u32) -> bool {
        matches!(self.seen(x), Seen::Ready(_))
    }

    pub fn failure(&self, x: u32) -> Option<Failure> {
        match self.seen(x) {
            Seen::Failed(failure) => Some(failure),
            _ => None,
        }
    }

    pub fn want(&self, tiles: &[u32]) {
        let tiles: Vec<TileId> = tiles.iter().map(|x| tile(*x)).collect();
        self.service.want(&self.source.id, &tiles);
    }
}

//! One tile: from an archive, from the disk cache, or from the network.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use super::{
    archives::{Archive, FileRange, Folder, HttpRange, Pmtiles},
    common::Common,
    http::{Client, Mark, Reply},
    mbtiles::Mbtiles,
};
use crate::tile::{
    Access, Failure, Found, TemplateError, TileBody, TileId, TilePicture, TileSource, judge,
    template::{expand, with_key},
};

/// A worker's way to the tiles of one source.
pub struct Fetcher {
    source: Arc<TileSource>,
    key: Option<String>,
    common: Arc<Common>,
    archive: Option<Box<dyn Archive>>,
    silence: Duration,
}

impl Fetcher {
    pub fn new(source: Arc<TileSource>, key: Option<String>, common: Arc<Common>) -> Self {
        Self { source, key, common, archive: None, silence: Duration::ZERO }
    }

    /// Whether the tiles lie on this machine.
    pub const fn is_local(source: &TileSource) -> bool {
        matches!(source.access, Access::Mbtiles(_) | Access::Pmtiles(_) | Access::Folder(..))
    }

    /// Whether there is a disk cache to look into.
    pub fn has_disk(&self) -> bool {
        matches!(self.source.access, Access::Template { .. })
            && self.common.disk(&self.source).is_some()
    }

    /// The tile as it was kept. One that was damaged on disk counts as not there.
    pub fn kept(&self, tile: TileId) -> (Found, Option<Arc<TilePicture>>) {
        let data = self.source.data_tile(tile);
        let kept = self.common.disk(&self.source).and_then(|d| d.get(&self.source.id, data));
        let picture =
            kept.and_then(|kept| Some((self.picture(tile, data, &kept.body).ok()?, kept)));
        match picture {
            Some((picture, kept)) if kept.is_fresh => (Found::Fresh, Some(picture)),
            Some((picture, _)) => (Found::Stale, Some(picture)),
            None => (Found::Nothing, None),
        }
    }

    /// The tile as a picture, from where it comes; `None` where the source has none.
    ///
    /// # Errors
    /// See [`Failure`].
    pub fn fetch(&mut self, tile: TileId) -> Result<Option<Arc<TilePicture>>, Failure> {
        let began = Instant::now();
        let end = self.fetched(tile);
        if matches!(end, Err(Failure::Timeout | Failure::Unreachable)) {
            self.silence += began.elapsed();
        }
        end
    }

    /// For how long it has been waited for what did not come.
    pub const fn silence(&self) -> Duration {
        self.silence
    }

    fn fetched(&mut self, tile: TileId) -> Result<Option<Arc<TilePicture>>, Failure> {
        let data = self.source.data_tile(tile);
        if !matches!(self.source.access, Access::Template { .. }) {
            let bytes = self.archived(data)?;
            return bytes.map(|bytes| self.picture(tile, data, &bytes)).transpose();
        }
        let kept = self.common.disk(&self.source).and_then(|d| d.get(&self.source.id, data));
        // What cannot be shown must not be confirmed.
        let kept = kept.and_then(|kept| Some((self.picture(tile, data, &kept.body).ok()?, kept)));
        match self.request(data, kept.as_ref().map(|(_, kept)| &kept.mark))? {
            Reply::Fresh(answer) => {
                let picture = self.picture(tile, data, &answer.body)?;
                if !answer.no_store {
                    let mark =
                        Mark { etag: answer.etag.clone(), last_modified: answer.last_modified };
                    self.keep(data, &answer.body, &mark, answer.max_age);
                }
                Ok(Some(picture))
            }
            Reply::NotModified(max_age) => Ok(kept.map(|(picture, kept)| {
                self.keep(data, &kept.body, &kept.mark, max_age);
                picture
            })),
            Reply::Absent => Ok(None),
        }
    }

    /// The tile's bytes as they are, past every cache: for packages and tests of a key.
    ///
    /// # Errors
    /// See [`Failure`].
    pub fn bytes(&mut self, tile: TileId) -> Result<Option<Vec<u8>>, Failure> {
        if !matches!(self.source.access, Access::Template { .. }) {
            return self.archived(tile);
        }
        match self.request(tile, None)? {
            Reply::Fresh(answer) => {
                judge(&answer.body, self.source.content)?;
                Ok(Some(answer.body))
            }
            Reply::NotModified(_) | Reply::Absent => Ok(None),
        }
    }

    fn request(&self, tile: TileId, mark: Option<&Mark>) -> Result<Reply, Failure> {
        let url = expand(&self.source, tile, self.key.as_deref()).map_err(|e| match e {
            TemplateError::NoKey => Failure::KeyMissing,
            _ => Failure::Address,
        })?;
        (self.common.log)(&format!("GET {url}"));
        self.common.client.get(url.secret_url(), mark)
    }

    fn keep(&self, tile: TileId, body: &[u8], mark: &Mark, max_age: Option<Duration>) {
        let Some(disk) = self.common.disk(&self.source) else { return };
        if let Err(e) = disk.put(&self.source.id, tile, body, mark, max_age) {
            let told = format!("the tile cache cannot be written ({e}); the map goes on without");
            (self.common.log)(&told);
        }
    }

    /// The picture of a tile from the bytes of the tile that holds its data.
    fn picture(
        &self,
        tile: TileId,
        data: TileId,
        bytes: &[u8],
    ) -> Result<Arc<TilePicture>, Failure> {
        let _turn = self.common.turns.take();
        let picture = match judge(bytes, self.source.content)? {
            // A picture among vector tiles is shown where it lies, but not enlarged.
            TileBody::Picture(_) if tile != data => return Err(Failure::NotAPicture),
            TileBody::Picture(picture) => picture,
            TileBody::Vector(bytes) => self.common.paint.paint(&self.source, tile, data, &bytes)?,
        };
        // Twice the edge is right for the densest screens.
        Ok(Arc::new(picture.at_most(u32::from(self.source.tile_px).max(256) * 2)))
    }

    fn archived(&mut self, tile: TileId) -> Result<Option<Vec<u8>>, Failure> {
        if self.archive.is_none() {
            self.archive = Some(open(&self.source, self.key.as_deref(), &self.common.client)?);
        }
        let found = self.archive.as_mut().ok_or(Failure::File)?.tile(tile);
        if found.is_err() {
            // The file may have been replaced: it is opened anew.
            self.archive = None;
        }
        found
    }
}

fn open(
    source: &TileSource,
    key: Option<&str>,
    client: &Client,
) -> Result<Box<dyn Archive>, Failure> {
    Ok(match &source.access {
        Access::Mbtiles(path) => Box::new(Mbtiles::open(path)?),
        Access::Pmtiles(path) => Box::new(Pmtiles::open(FileRange::open(path)?)?),
        Access::PmtilesHttp(url) => {
            let url = with_key(url, key).map_err(|_| Failure::KeyMissing)?;
            let range = HttpRange { client: client.clone(), url: url.secret_url().to_owned() };
            Box::new(Pmtiles::open(range)?)
        }
        Access::Folder(path, scheme) => Box::new(Folder { path: path.clone(), scheme: *scheme }),
        Access::Template { .. } => return Err(Failure::Address),
    })
}

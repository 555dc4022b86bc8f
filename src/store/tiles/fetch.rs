//! One tile, by the chain: kept and fresh, network, kept and stale.

use std::sync::Arc;

use super::{
    archives::{Archive, FileRange, Folder, HttpRange, Mbtiles, Pmtiles},
    http::{Answer, Client, Mark, Reply},
    service::Common,
};
use crate::tile::{
    Access, CacheTerms, Failure, TemplateError, TileBody, TileId, TilePicture, TileSource, judge,
    template::{expand, with_key},
};

/// A worker's way to the tiles of one source.
pub struct Fetcher {
    source: Arc<TileSource>,
    key: Option<String>,
    common: Arc<Common>,
    archive: Option<Box<dyn Archive>>,
}

impl Fetcher {
    pub fn new(source: Arc<TileSource>, key: Option<String>, common: Arc<Common>) -> Self {
        Self { source, key, common, archive: None }
    }

    /// Whether the tiles lie on this machine.
    pub const fn is_local(source: &TileSource) -> bool {
        matches!(source.access, Access::Mbtiles(_) | Access::Pmtiles(_) | Access::Folder(..))
    }

    /// The tile as a picture; `None` where the source has none.
    ///
    /// # Errors
    /// See [`Failure`].
    pub fn fetch(&mut self, tile: TileId) -> Result<Option<Arc<TilePicture>>, Failure> {
        if !matches!(self.source.access, Access::Template { .. }) {
            let bytes = self.archive()?.tile(tile)?;
            return bytes.map(|bytes| self.picture(tile, &bytes)).transpose();
        }
        let kept = self.common.disk(&self.source).and_then(|d| d.get(&self.source.id, tile));
        let mark = kept.as_ref().map(|kept| kept.mark.clone());
        // A file that was damaged on disk is fetched again.
        let kept = kept.and_then(|kept| Some((self.picture(tile, &kept.body).ok()?, kept)));
        if let Some((picture, kept)) = &kept
            && kept.is_fresh
        {
            return Ok(Some(picture.clone()));
        }
        let mark = mark.filter(|_| kept.is_some());
        match self.request(tile, mark.as_ref()) {
            Ok(Reply::Fresh(answer)) => {
                let picture = match self.picture(tile, &answer.body) {
                    Ok(picture) => picture,
                    Err(failure) => return kept.map(|(old, _)| Some(old)).ok_or(failure),
                };
                self.keep(tile, &answer);
                Ok(Some(picture))
            }
            Ok(Reply::NotModified(max_age)) => Ok(kept.map(|(picture, kept)| {
                if let Some(disk) = self.common.disk(&self.source) {
                    disk.put(&self.source.id, tile, &kept.body, &kept.mark, max_age);
                }
                picture
            })),
            Ok(Reply::Absent) => Ok(None),
            // Old is better than none.
            Err(failure) => kept.map(|(picture, _)| Some(picture)).ok_or(failure),
        }
    }

    /// The tile's bytes as they are, past every cache: for packages and tests of a key.
    ///
    /// # Errors
    /// See [`Failure`].
    pub fn bytes(&mut self, tile: TileId) -> Result<Option<Vec<u8>>, Failure> {
        if !matches!(self.source.access, Access::Template { .. }) {
            return self.archive()?.tile(tile);
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

    fn keep(&self, tile: TileId, answer: &Answer) {
        if answer.no_store {
            return;
        }
        let Some(disk) = self.common.disk(&self.source) else { return };
        let mark = Mark { etag: answer.etag.clone(), last_modified: answer.last_modified.clone() };
        let was_broken = disk.is_broken();
        let kept = disk.put(&self.source.id, tile, &answer.body, &mark, answer.max_age);
        if !kept && !was_broken {
            (self.common.log)("the tile cache cannot be written; the map goes on without it");
        }
    }

    fn picture(&self, tile: TileId, bytes: &[u8]) -> Result<Arc<TilePicture>, Failure> {
        match judge(bytes, self.source.content)? {
            TileBody::Picture(picture) => Ok(Arc::new(picture)),
            TileBody::Vector(bytes) => {
                (self.common.paint)(&self.source, tile, &bytes).map(Arc::new)
            }
        }
    }

    fn archive(&mut self) -> Result<&mut Box<dyn Archive>, Failure> {
        if self.archive.is_none() {
            self.archive = Some(open(&self.source, self.key.as_deref(), &self.common.client)?);
        }
        self.archive.as_mut().ok_or(Failure::File)
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

/// What may be kept of a source.
pub const fn may_keep(source: &TileSource) -> bool {
    !matches!(source.cache, CacheTerms::Forbidden)
}

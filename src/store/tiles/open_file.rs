//! Basemaps in files and folders.

use std::{
    ffi::OsStr,
    fs,
    io::{Cursor, Read},
    path::{Path, PathBuf},
};

use super::{
    archives::{FileRange, RangeRead},
    mbtiles::Mbtiles,
    open::{
        BasemapOpenError, LARGEST_METADATA_BYTES, Place, Web, about_archive, about_words, document,
        id_of, usual,
    },
    opened::{OpenNote, Opened},
};
use crate::{
    geo::Datum,
    language::Bilingual,
    tile::{
        Access, Content, Failure, KeyKind, Scheme, content_of,
        pmtiles::{HEADER_BYTES, Header, directory},
        tilejson::without_markup,
    },
};

/// Descriptions of tiles are small; some services' capabilities have megabytes.
const LARGEST_DESCRIPTION_BYTES: u64 = 16 << 20;
/// A zoom beyond this is in no map.
const DEEPEST_ZOOM: u8 = 24;

/// Opens a file, told by what is in it, or a folder.
pub(super) fn open(path: &Path, web: &Web) -> Result<Opened, BasemapOpenError> {
    if !path.exists() {
        return Err(BasemapOpenError::Unknown(path.display().to_string()));
    }
    let full = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let text = full.display().to_string();
    let id = id_of(&text);
    if full.is_dir() {
        return folder(full, id, name);
    }
    let start = beginning(path).map_err(|reason| read_error(path, reason))?;
    if start.starts_with(b"PMTiles") {
        return pmtiles(full, id, name);
    }
    if start.starts_with(b"SQLite format 3\0") {
        return mbtiles(full, id, name);
    }
    let opens = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&start).trim_ascii_start().first();
    if !matches!(opens, Some(b'{' | b'<')) {
        return Err(BasemapOpenError::File(path.to_owned()));
    }
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(LARGEST_DESCRIPTION_BYTES + 1).read_to_end(&mut bytes))
        .map_err(|reason| read_error(path, reason))?;
    if bytes.len() as u64 > LARGEST_DESCRIPTION_BYTES {
        return Err(BasemapOpenError::File(path.to_owned()));
    }
    document(&bytes, &Place { id, base: "", shown: &text, layer: "" }, None, web)
}

fn pmtiles(full: PathBuf, id: String, name: String) -> Result<Opened, BasemapOpenError> {
    let broken = |_: Failure| BasemapOpenError::File(full.clone());
    let start = beginning(&full).map_err(|reason| read_error(&full, reason))?;
    let header = Header::read(start.get(..HEADER_BYTES).unwrap_or(&start)).map_err(|reason| {
        BasemapOpenError::Archive { place: full.display().to_string(), reason }
    })?;
    let mut file = FileRange::open(&full).map_err(broken)?;
    let root = file.read(header.root.0, header.root.1).map_err(broken)?;
    directory(&root, header.directories_gzipped).map_err(|damage| broken(damage.into()))?;
    let (offset, length) = header.metadata;
    // Damaged words cost the words, not the map.
    let sound = (1..=LARGEST_METADATA_BYTES).contains(&length);
    let words = sound.then(|| file.read(offset, length).ok()).flatten().unwrap_or_default();
    let mut source = usual(id, name, Access::Pmtiles(full));
    about_archive(&mut source, &header);
    about_words(&mut source, &words, &header);
    Ok(Opened::one(source))
}

fn mbtiles(full: PathBuf, id: String, name: String) -> Result<Opened, BasemapOpenError> {
    let file = Mbtiles::open(&full).map_err(|_| BasemapOpenError::File(full.clone()))?;
    let zooms = file.zooms().filter(|(_, max)| *max <= DEEPEST_ZOOM);
    let samples = file.samples();
    let Some(seen) = looks_like(&samples) else {
        let none = zooms.is_some() || samples.is_empty();
        let reason = if none { BasemapOpenError::Empty } else { BasemapOpenError::File };
        return Err(reason(full));
    };
    // What is in the file counts, not what it says.
    let zooms = zooms.ok_or_else(|| BasemapOpenError::File(full.clone()))?;
    let mut source = usual(id, name, Access::Mbtiles(full));
    (source.min_zoom, source.max_zoom) = zooms;
    (source.content, source.tile_px) = (seen.content, seen.tile_px);
    let told = file.metadata("name");
    if !told.trim().is_empty() {
        source.name = Bilingual::same(told);
    }
    source.extent = file.extent();
    source.credit = Bilingual::same(without_markup(&file.metadata("attribution")));
    if let Some(datum) = Datum::from_key(&file.metadata("jintu_datum")) {
        source.datum = datum;
    }
    source.key = KeyKind::None;
    let mut opened = Opened::one(source);
    if file.is_from_north() {
        opened.notes.push(OpenNote::RowsFromNorth);
    }
    if seen.strange > 0 {
        let tried = samples.len();
        opened.notes.push(OpenNote::NoTiles { strange: seen.strange, tried });
    }
    Ok(opened)
}

fn folder(full: PathBuf, id: String, name: String) -> Result<Opened, BasemapOpenError> {
    let found: Vec<u8> = zooms(&full).collect();
    let sample = zooms(&full).find_map(|z| tile_under(&full.join(z.to_string())));
    let (Some(min), Some(max), Some(sample)) =
        (found.iter().min().copied(), found.iter().max().copied(), sample)
    else {
        return Err(BasemapOpenError::Folder(full));
    };
    // gdal2tiles leaves this file where it counts rows from the south.
    let from_south = full.join("tilemapresource.xml").exists();
    let scheme = if from_south { Scheme::Tms } else { Scheme::Xyz };
    let is_vector = sample.extension().is_some_and(|e| is_one_of(e, &["pbf", "mvt"]));
    let px = read_head(&sample).ok().and_then(|head| edge_px(&head)).unwrap_or(256);
    let mut source = usual(id, name, Access::Folder(full, scheme));
    (source.min_zoom, source.max_zoom) = (min, max);
    (source.content, source.tile_px) =
        if is_vector { (Content::Vector, 512) } else { (Content::Raster, px) };
    Ok(Opened::one(source))
}

/// The zooms that a folder has folders for.
pub(super) fn zooms(folder: &Path) -> impl Iterator<Item = u8> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|z| *z <= DEEPEST_ZOOM)
}

/// Any `x/y.png` below a zoom.
fn tile_under(zoom: &Path) -> Option<PathBuf> {
    let is_number = |text: Option<&OsStr>| text?.to_str()?.parse::<u32>().ok();
    let columns = fs::read_dir(zoom).ok()?.flatten().map(|entry| entry.path());
    columns.filter(|path| is_number(path.file_name()).is_some()).take(8).find_map(|column| {
        let tiles = fs::read_dir(column).ok()?.flatten().map(|entry| entry.path());
        let mut tiles = tiles.filter(|path| is_number(path.file_stem()).is_some());
        tiles.find(|path| {
            let known = ["png", "jpg", "jpeg", "webp", "pbf", "mvt"];
            path.extension().is_some_and(|e| is_one_of(e, &known))
        })
    })
}

fn is_one_of(extension: &OsStr, known: &[&str]) -> bool {
    known.iter().any(|k| extension.eq_ignore_ascii_case(k))
}

/// What the tiles of a file are.
struct Seen {
    content: Content,
    /// How large they are meant to be.
    tile_px: u16,
    /// How many are none.
    strange: usize,
}

/// What most of some tiles are, each told by its bytes; `None` where there is none.
fn looks_like(samples: &[Vec<u8>]) -> Option<Seen> {
    let of =
        |content: Content| samples.iter().filter(move |sample| content_of(sample) == Some(content));
    let (pictures, vectors) = (of(Content::Raster).count(), of(Content::Vector).count());
    let strange = samples.len() - pictures - vectors;
    if pictures >= vectors && pictures > 0 {
        let tile_px = of(Content::Raster).find_map(|sample| edge_px(sample)).unwrap_or(256);
        return Some(Seen { content: Content::Raster, tile_px, strange });
    }
    (vectors > 0).then_some(Seen { content: Content::Vector, tile_px: 512, strange })
}

/// 512 for pictures as wide as that, else 256; `None` where the head is damaged.
fn edge_px(picture: &[u8]) -> Option<u16> {
    let reader = image::ImageReader::new(Cursor::new(picture)).with_guessed_format().ok()?;
    let (width, _) = reader.into_dimensions().ok()?;
    Some(if width == 512 { 512 } else { 256 })
}

/// Enough of a picture to know its size.
fn read_head(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    fs::File::open(path)?.take(64 << 10).read_to_end(&mut head)?;
    Ok(head)
}

fn beginning(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut start = Vec::new();
    fs::File::open(path)?.take(4096).read_to_end(&mut start)?;
    Ok(start)
}

fn read_error(path: &Path, reason: std::io::Error) -> BasemapOpenError {
    BasemapOpenError::Read { path: path.to_owned(), reason }
}

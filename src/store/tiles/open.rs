//! What a user gives for a basemap: a name, an address, a file or a folder.

use std::path::{Path, PathBuf};

use super::{open_file, open_style, opened::Opened};
use crate::{
    geo::Datum,
    language::Bilingual,
    mvt::StyleError,
    tile::{
        Access, CacheTerms, Content, Failure, KeyKind, Scheme, TemplateError, TileSource, known,
        pmtiles::{HEADER_BYTES, Header, PmtilesError, unpacked},
        preset, redact,
        template::{Template, asks_for_tile, names_file, split_key, with_braces, with_key},
        tilejson::{self, TileJsonError},
        wmts::{self, WmtsError},
    },
};

/// What an archive says of itself is some kilobytes.
pub(super) const LARGEST_METADATA_BYTES: u64 = 4 << 20;

/// The bytes that came, or why none did.
type Answer = Result<Vec<u8>, Failure>;

/// How documents are fetched. The functions get addresses with keys in them.
pub struct Web<'a> {
    pub get: &'a dyn Fn(&str) -> Answer,
    /// So many bytes from an offset on: address, offset, length.
    pub range: &'a dyn Fn(&str, u64, u64) -> Answer,
}

/// Why it cannot be a basemap.
#[derive(Debug, thiserror::Error)]
pub enum BasemapOpenError {
    #[error("neither a basemap's name, an address nor a file: {0}")]
    Unknown(String),
    #[error("{reason}; give an address such as https://host/{{z}}/{{x}}/{{y}}.png: {url}")]
    Address { url: String, reason: TemplateError },
    #[error("the description of the basemap cannot be fetched: {reason}: {url}")]
    Fetch { url: String, reason: Failure },
    #[error("the description of the basemap cannot be used: {reason}: {place}")]
    TileJson { place: String, reason: TileJsonError },
    #[error("the capabilities of the service cannot be used: {reason}: {place}")]
    Wmts { place: String, reason: WmtsError },
    #[error("the map style cannot be used: {reason}: {place}")]
    Style { place: String, reason: StyleError },
    #[error("the map style names no vector tiles that can be fetched: {0}")]
    StyleWithoutTiles(String),
    #[error("the service has no layer {layer}; it has {known}: {place}")]
    NoLayer { place: String, layer: String, known: String },
    #[error("what is at this address is neither tiles nor a description of them: {0}")]
    Strange(String),
    #[error("the archive cannot be used: {reason}: {place}")]
    Archive { place: String, reason: PmtilesError },
    #[error("the file cannot be read ({reason}); check that it may be read: {path}", path = path.display())]
    Read { path: PathBuf, reason: std::io::Error },
    #[error("this file cannot be read as a basemap; it may be damaged: {path}", path = .0.display())]
    File(PathBuf),
    #[error("there is not one tile in this file: {path}", path = .0.display())]
    Empty(PathBuf),
    #[error("the folder has no tiles named z/x/y.png: {path}", path = .0.display())]
    Folder(PathBuf),
}

/// The sources that a text means. `datum` says what a source does not, and overrides what it says.
///
/// Of a WMTS service the first layer in Web Mercator is taken, or the one named behind a `#`.
///
/// # Errors
/// A name nobody knows, an address that is none, a file that is damaged.
pub fn open_basemap(
    text: &str,
    datum: Option<Datum>,
    web: &Web,
) -> Result<Opened, BasemapOpenError> {
    let text = text.trim();
    if let Some(preset) = preset(text) {
        return Ok(Opened::of(preset.layers, None));
    }
    let mut opened = match local(text) {
        Some(path) => open_file::open(&path, web)?,
        None if text.contains("://") || text.contains('{') => from_address(text, web)?,
        None => open_file::open(Path::new(text), web)?,
    };
    for source in &mut opened.sources {
        known::settle(source);
        source.datum = datum.unwrap_or(source.datum);
    }
    Ok(opened)
}

/// The path of a `file://` address, as file managers hand it over.
fn local(text: &str) -> Option<PathBuf> {
    let rest = text.get(..7).filter(|s| s.eq_ignore_ascii_case("file://")).and(text.get(7..))?;
    let rest = rest.strip_prefix("localhost").unwrap_or(rest);
    let path = crate::tile::template::decoded(rest);
    // On Windows the drive follows the slash: file:///C:/maps.
    let drive = path.strip_prefix('/').filter(|p| p.as_bytes().get(1) == Some(&b':'));
    Some(PathBuf::from(drive.unwrap_or(&path)))
}

pub(super) fn from_address(text: &str, web: &Web) -> Result<Opened, BasemapOpenError> {
    let text = &with_braces(text);
    let shown = redact(text);
    let wrong = |reason| BasemapOpenError::Address { url: shown.clone(), reason };
    let (url, key) = split_key(text).map_err(wrong)?;
    let plain = url.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    if plain.contains('{') || asks_for_tile(&url) {
        return template(&url, key).map_err(wrong);
    }
    if !plain.starts_with("http://") && !plain.starts_with("https://") {
        return Err(wrong(TemplateError::NotHttp));
    }
    let (address, layer) = url.split_once('#').unwrap_or((&url, ""));
    let full = with_key(address, key.as_deref()).map_err(wrong)?;
    if names_file(address, &["pmtiles"]) {
        return pmtiles(address, full.secret_url(), key, web);
    }
    let failed = |reason| BasemapOpenError::Fetch { url: shown.clone(), reason };
    let body = (web.get)(full.secret_url()).map_err(failed)?;
    document(&body, &Place { id: id_of(address), base: address, shown: &shown, layer }, key, web)
}

/// Where a description was found.
pub(super) struct Place<'a> {
    pub id: String,
    /// Its address without the key; empty for a file.
    pub base: &'a str,
    pub shown: &'a str,
    /// The layer that is wanted; empty for the first.
    pub layer: &'a str,
}

/// A description of tiles, told by what it begins with: JSON or XML.
pub(super) fn document(
    body: &[u8],
    place: &Place,
    key: Option<String>,
    web: &Web,
) -> Result<Opened, BasemapOpenError> {
    let start = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body).trim_ascii_start();
    let shown = || place.shown.to_owned();
    match start.first() {
        Some(b'{') if open_style::is_style(start) => open_style::open(start, place, web),
        Some(b'{') => {
            let (source, own) = tilejson::read(start, &place.id, place.base)
                .map_err(|reason| BasemapOpenError::TileJson { place: shown(), reason })?;
            let key = own.or(key).filter(|_| source.key != KeyKind::None);
            Ok(Opened::of(vec![source], key))
        }
        Some(b'<') => {
            let layers = wmts::read(start, &place.id, place.base)
                .map_err(|reason| BasemapOpenError::Wmts { place: shown(), reason })?;
            let known: Vec<&str> = layers.iter().map(|l| l.identifier.as_str()).take(20).collect();
            let known = known.join(", ");
            let wanted =
                |l: &wmts::WmtsLayer| place.layer.is_empty() || l.identifier == place.layer;
            let layer = layers.into_iter().find(wanted).ok_or_else(|| {
                BasemapOpenError::NoLayer { place: shown(), layer: place.layer.to_owned(), known }
            })?;
            let key = layer.key.or(key).filter(|_| layer.source.key != KeyKind::None);
            Ok(Opened::of(vec![layer.source], key))
        }
        _ => Err(BasemapOpenError::Strange(shown())),
    }
}

fn template(url: &str, key: Option<String>) -> Result<Opened, TemplateError> {
    let template = Template::read(url)?;
    let is_vector = names_file(&template.url, &["pbf", "mvt"]);
    let subdomains = match template.subdomains {
        // The usual names, where nothing else is said.
        none if none.is_empty() && template.url.contains("{s}") => {
            ["a", "b", "c"].map(str::to_owned).to_vec()
        }
        said => said,
    };
    let (id, name) = (id_of(&template.url), known::host(url).replace("{s}.", ""));
    let access = Access::Template { url: template.url, subdomains, scheme: Scheme::Xyz };
    let mut source = usual(id, name, access);
    if is_vector {
        (source.content, source.tile_px, source.max_zoom) = (Content::Vector, 512, 14);
    }
    if template.needs_key {
        source.key = KeyKind::Custom;
    }
    Ok(Opened::of(vec![source], key))
}

fn pmtiles(
    url: &str,
    secret_url: &str,
    key: Option<String>,
    web: &Web,
) -> Result<Opened, BasemapOpenError> {
    let failed = |reason| BasemapOpenError::Fetch { url: redact(url), reason };
    let head = (web.range)(secret_url, 0, HEADER_BYTES as u64).map_err(failed)?;
    let header = Header::read(&head)
        .map_err(|reason| BasemapOpenError::Archive { place: redact(url), reason })?;
    let access = Access::PmtilesHttp(url.to_owned());
    let mut source = usual(id_of(url), known::host(url).to_owned(), access);
    source.key = if url.contains("{key}") { KeyKind::Custom } else { KeyKind::None };
    about_archive(&mut source, &header);
    let (offset, length) = header.metadata;
    if (1..=LARGEST_METADATA_BYTES).contains(&length)
        && let Ok(raw) = (web.range)(secret_url, offset, length)
    {
        about_words(&mut source, &raw, &header);
    }
    Ok(Opened::of(vec![source], key))
}

/// Takes over what an archive's header says.
pub(super) fn about_archive(source: &mut TileSource, header: &Header) {
    source.content = header.content;
    (source.min_zoom, source.max_zoom) = (header.min_zoom, header.max_zoom);
    source.extent = header.extent;
    source.tile_px = if header.content == Content::Vector { 512 } else { 256 };
}

/// Takes over what an archive says of itself in words. It is none the worse for saying nothing.
pub(super) fn about_words(source: &mut TileSource, raw: &[u8], header: &Header) {
    let Ok(plain) = unpacked(raw, header.directories_gzipped) else { return };
    let Ok(words) = serde_json::from_slice::<serde_json::Value>(&plain) else { return };
    let text = |key: &str| words.get(key).and_then(serde_json::Value::as_str).unwrap_or_default();
    if !text("name").is_empty() {
        source.name = Bilingual::same(text("name"));
    }
    source.credit = Bilingual::same(tilejson::without_markup(text("attribution")));
}

/// A source of the user's own: what one may do with it is theirs to know.
pub(super) fn usual(id: String, name: String, access: Access) -> TileSource {
    TileSource {
        id,
        name: Bilingual::same(name),
        access,
        content: Content::Raster,
        datum: Datum::Wgs84,
        min_zoom: 0,
        max_zoom: 19,
        tile_px: 256,
        extent: None,
        credit: Bilingual::default(),
        review_number: None,
        cache: CacheTerms::Packages,
        key: KeyKind::None,
        style: None,
    }
}

/// Fit for a file's name, the same in every version of the program, and without what may be a key:
/// FNV-1a of 64 bits (draft-eastlake-fnv) of the redacted place.
pub(super) fn id_of(place: &str) -> String {
    let hash = redact(place).bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("own-{hash:016x}")
}

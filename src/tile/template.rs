//! Addresses of tiles.

use std::fmt;

use super::{
    Access, Scheme, TileId, TileSource,
    coded::Coded,
    placeholder::{Part, is_known, parts},
    redact::{redact, secrets},
};

pub use super::placeholder::TemplateError;

/// No placeholder is longer, its list of servers included.
const LONGEST_NAME: usize = 200;

/// The address of one tile. It is printed without its key, wherever in it the key stands.
#[derive(Clone, PartialEq, Eq)]
pub struct TileUrl {
    secret: String,
    shown: String,
}

impl TileUrl {
    /// The address with everything in it, for the request alone.
    pub fn secret_url(&self) -> &str {
        &self.secret
    }
}

impl fmt::Display for TileUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl fmt::Debug for TileUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TileUrl({self})")
    }
}

/// A template in this program's words: see [`Access::Template`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pub url: String,
    /// What `{s}` stands for in turn, where the template says it.
    pub subdomains: Vec<String>,
    /// Whether it asks for a key.
    pub needs_key: bool,
}

impl Template {
    /// Reads a template of any of the usual kinds: XYZ, TMS, quadkeys, and WMTS, as KVP or REST
    /// (OGC 07-057r7, 8.2 and 10). The style is the default one; the set of matrices is the one
    /// that `GoogleMapsCompatible` names.
    ///
    /// # Errors
    /// An address that is none of a tile.
    pub fn read(text: &str) -> Result<Self, TemplateError> {
        let text = &with_braces(text.trim());
        let lower = text.to_ascii_lowercase();
        let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
        if rest.is_none_or(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#'])) {
            return Err(TemplateError::NotHttp);
        }
        let mut subdomains = Vec::new();
        let mut url = String::with_capacity(text.len());
        let (mut zoom, mut column, mut row, mut quadkey, mut needs_key) = <_>::default();
        for part in parts(text) {
            let part = part?;
            match &part {
                Part::Zoom => zoom = true,
                Part::Column => column = true,
                Part::Row | Part::RowFromSouth => row = true,
                Part::Quadkey => quadkey = true,
                Part::Key => needs_key = true,
                Part::Servers(names) => subdomains.clone_from(names),
                Part::Server | Part::Text(_) => {}
            }
            url.push_str(part.written());
        }
        if !(zoom && column && row || quadkey) {
            return Err(TemplateError::NoPlace);
        }
        Ok(Self { url, subdomains, needs_key })
    }
}

/// The address with the braces of its placeholders as they are meant: browsers and other programs
/// encode them (`%7Bz%7D`), some of them twice. Other encoded braces are left alone.
pub fn with_braces(text: &str) -> String {
    let units = Coded::new(text).units();
    let mut out = String::with_capacity(text.len());
    let (mut from, mut at) = (0, 0);
    while let Some(unit) = units.get(at) {
        at += 1;
        if unit.c != '{' || unit.depth == 0 {
            continue;
        }
        let rest = units.get(at..).unwrap_or_default();
        let name: String = rest.iter().take(LONGEST_NAME).map(|unit| unit.c).collect();
        let Some((name, _)) = name.split_once('}').filter(|(name, _)| is_known(name)) else {
            continue;
        };
        let length = name.chars().count();
        let Some(end) = rest.get(length) else { break };
        out.push_str(text.get(from..unit.start).unwrap_or_default());
        out.extend(["{", name, "}"]);
        (from, at) = (end.end, at + length + 1);
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// Whether an address asks for a tile by any of the known placeholders, wherever they stand in it.
pub fn asks_for_tile(url: &str) -> bool {
    parts(url).any(|part| {
        matches!(
            part,
            Ok(Part::Zoom | Part::Column | Part::Row | Part::RowFromSouth | Part::Quadkey)
        )
    })
}

/// The address in a template's own words: [`Template::read`] without the rest.
///
/// # Errors
/// An address that is none of a tile.
pub fn normalized(template: &str) -> Result<String, TemplateError> {
    Template::read(template).map(|template| template.url)
}

/// The address with `{key}` where a key of the user's stood, and the key, so that the address may be
/// saved and shown.
///
/// # Errors
/// Two keys that are not the same: a source has one.
pub fn split_key(url: &str) -> Result<(String, Option<String>), TemplateError> {
    let mut key: Option<&str> = None;
    let mut out = String::with_capacity(url.len());
    let mut from = 0;
    for secret in secrets(url) {
        let value = url.get(secret.clone()).unwrap_or_default();
        if ["{tk}", "{token}", "{apikey}"].contains(&value) {
            continue;
        }
        if key.is_some_and(|key| key != value) {
            return Err(TemplateError::ManyKeys);
        }
        key = Some(value);
        out.push_str(url.get(from..secret.start).unwrap_or_default());
        out.push_str("{key}");
        from = secret.end;
    }
    out.push_str(url.get(from..).unwrap_or_default());
    Ok((out, key.map(decoded)))
}

/// Whether the path of an address ends as files of one of these kinds do.
pub fn names_file(url: &str, kinds: &[&str]) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let kind = path.rsplit('/').next().and_then(|name| name.rsplit_once('.'));
    kind.is_some_and(|(_, kind)| kinds.iter().any(|known| kind.eq_ignore_ascii_case(known)))
}

/// The address of a tile. A tile always has the same one, whatever the number of servers.
///
/// # Errors
/// A source that is no template, or whose key is missing.
pub fn expand(
    source: &TileSource,
    tile: TileId,
    key: Option<&str>,
) -> Result<TileUrl, TemplateError> {
    let Access::Template { url, subdomains, scheme } = &source.access else {
        return Err(TemplateError::NotHttp);
    };
    let template = Template::read(url)?;
    let flipped = flipped(tile);
    let row = match scheme {
        Scheme::Xyz => tile.y,
        Scheme::Tms => flipped,
    };
    let servers = if subdomains.is_empty() { &template.subdomains } else { subdomains };
    let turn = u64::from(tile.x) + u64::from(tile.y);
    let turn = turn.checked_rem(servers.len() as u64).and_then(|turn| usize::try_from(turn).ok());
    let server = turn.and_then(|turn| servers.get(turn)).map_or("", String::as_str);
    written(&template.url, key, |part| match part {
        Part::Text(text) => (*text).to_owned(),
        Part::Zoom => tile.z.to_string(),
        Part::Column => tile.x.to_string(),
        Part::Row => row.to_string(),
        Part::RowFromSouth => flipped.to_string(),
        Part::Quadkey => quadkey(tile),
        Part::Server | Part::Servers(_) => server.to_owned(),
        Part::Key => String::new(),
    })
}

/// An address that is not one of tiles, with the key in its place.
///
/// # Errors
/// A key that is missing.
pub fn with_key(url: &str, key: Option<&str>) -> Result<TileUrl, TemplateError> {
    if !url.contains("{key}") {
        return Ok(TileUrl { secret: url.to_owned(), shown: redact(url) });
    }
    written(url, key, |part| part.written().to_owned())
}

/// The pieces put together, once with the key and once without.
fn written(
    url: &str,
    key: Option<&str>,
    value: impl Fn(&Part) -> String,
) -> Result<TileUrl, TemplateError> {
    let mut secret = String::with_capacity(url.len() + 32);
    let mut shown = String::with_capacity(url.len() + 16);
    let mut before_key = None;
    for part in parts(url) {
        let part = part?;
        if part == Part::Key {
            let key = key.filter(|key| !key.is_empty()).ok_or(TemplateError::NoKey)?;
            before_key = Some(secret.len());
            secret.push_str(&encoded(key));
            shown.push('…');
            continue;
        }
        let value = value(&part);
        // In front of a host the key is a name and a password, and the colon between them stays.
        if let Some(at) = before_key.take()
            && value.starts_with('@')
            && secret.get(..at).is_some_and(|before| before.ends_with("://"))
        {
            let key = secret.split_off(at).replacen("%3A", ":", 1);
            secret.push_str(&key);
        }
        secret.push_str(&value);
        shown.push_str(&value);
    }
    Ok(TileUrl { secret, shown: redact(&shown) })
}

/// The row counted from the south.
pub fn flipped(tile: TileId) -> u32 {
    let rows = 1_u64 << tile.z.min(32);
    u32::try_from((rows - 1).saturating_sub(u64::from(tile.y))).unwrap_or(0)
}

/// One digit per zoom, each a quarter of the tile above (“Bing Maps Tile System”, Microsoft).
fn quadkey(TileId { z, x, y }: TileId) -> String {
    let bit = |v: u32, at: u8| v.checked_shr(u32::from(at)).unwrap_or(0) & 1;
    (0..z).rev().map(|at| char::from_digit(bit(x, at) + 2 * bit(y, at), 4).unwrap_or('0')).collect()
}

/// Percent-encoded but for what an address may hold as it is (RFC 3986, 2.3).
fn encoded(key: &str) -> String {
    key.bytes().fold(String::with_capacity(key.len()), |mut out, b| {
        if b.is_ascii_alphanumeric() || b"-._~".contains(&b) {
            out.push(char::from(b));
        } else {
            let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
            out.extend(['%', digit(b >> 4), digit(b & 15)].map(|c| c.to_ascii_uppercase()));
        }
        out
    })
}

/// The inverse of [`encoded`]; what is no encoding stays.
pub(crate) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let code = code.filter(|digits| digits.bytes().all(|d| d.is_ascii_hexdigit()));
        match code.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

//! What a document says of its reference system, before its features or after them.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
};

use super::scan::{Cursor, text};
use crate::{geo::Crs, store::layers::Stated};

/// Web Mercator in Esri's numbering.
const ESRI_WEB_MERCATOR: [i64; 2] = [102_100, 102_113];

/// The member of the older specification: `{"type":"name","properties":{"name":"…"}}`.
pub fn of_crs(value: &[u8]) -> Option<Stated> {
    let name = find(value, "properties")
        .and_then(|of| find(of, "name").or_else(|| find(of, "code")).or_else(|| find(of, "href")));
    let name = text(name.or_else(|| value.starts_with(b"\"").then_some(value))?).text;
    // What the format says anyway.
    if name.is_empty() || name.ends_with("CRS84") || name.ends_with("CRS84h") {
        return None;
    }
    let code = name.rsplit([':', '/', '#']).next().and_then(|code| code.parse().ok());
    let unknown = || Stated::Unknown(name.clone().into_owned());
    Some(code.and_then(Crs::from_epsg).map_or_else(unknown, Stated::Crs))
}

/// Esri's: `{"wkid":102100,"latestWkid":3857}`, or `{"wkt":"…"}`.
pub fn of_spatial_reference(value: &[u8]) -> Option<Stated> {
    let number = |key| find(value, key).and_then(|raw| text(raw).text.trim().parse::<i64>().ok());
    let codes = [number("latestWkid"), number("wkid")];
    let plain = |code| if ESRI_WEB_MERCATOR.contains(&code) { 3857 } else { code };
    let known = codes.into_iter().flatten().find_map(|code| Crs::from_epsg(plain(code)));
    let by_wkt = || find(value, "wkt").map(|wkt| Stated::of_wkt(&text(wkt).text));
    let by_name =
        || codes.into_iter().flatten().next().map(|n| Stated::Unknown(format!("wkid {n}")));
    known.map(Stated::Crs).or_else(by_wkt).or_else(by_name)
}

/// The value of a key.
pub fn find<'a>(object: &'a [u8], key: &str) -> Option<&'a [u8]> {
    let mut cursor = Cursor::within(object);
    while let Some((own, value)) = cursor.member() {
        if own.text == key {
            return Some(value);
        }
    }
    None
}

/// What the end of a file may say: many writers put the system after the features, and so nothing
/// is shown in the wrong place first. It is confirmed by the reading.
pub fn at_end(mut file: File) -> Option<Stated> {
    const END: u64 = 8 * 1024;
    let bytes = file.metadata().ok()?.len();
    file.seek(SeekFrom::Start(bytes.saturating_sub(END))).ok()?;
    let mut end = Vec::new();
    file.take(END).read_to_end(&mut end).ok()?;
    let after = |key: &[u8]| {
        let at = end.windows(key.len()).rposition(|own| own == key)?;
        let mut cursor = Cursor::within(end.get(at + key.len()..)?);
        cursor.peek()?;
        cursor.value()
    };
    after(b"\"crs\"")
        .and_then(of_crs)
        .or_else(|| after(b"\"spatialReference\"").and_then(of_spatial_reference))
}

//! Files that are known for what they are and not read: each is told with the way out.

use std::fs;

use super::{LayerError, Source};

/// Why a source is not read: `refused.WHAT` in the locale files tells what to do.
///
/// # Errors
/// [`LayerError::Refused`] where it is one of those.
pub fn check(source: &Source<'_>) -> Result<(), LayerError> {
    match of(source) {
        Some(what) => Err(LayerError::Refused { path: source.path.to_owned(), what }),
        None => Ok(()),
    }
}

/// The locale keys of everything that is refused, below `refused.`.
pub const WHATS: [&str; 15] = [
    "address",
    "folder",
    "no_file",
    "markup_table",
    "ovobj",
    "file_geodatabase",
    "access",
    "mapinfo",
    "dwg",
    "dgn",
    "dxf_binary",
    "hintcad",
    "shapefile_part",
    "zip_encrypted",
    "zip_other",
];

fn of(source: &Source<'_>) -> Option<&'static str> {
    if source.is_folder {
        return Some(if is_geodatabase(source) { "file_geodatabase" } else { "folder" });
    }
    let begins = |magic: &[u8]| source.starts_with(magic);
    if source.is_markup_table() {
        return Some("markup_table");
    }
    if begins(b"OviO") {
        return Some("ovobj");
    }
    // Versions are told as `AC1015`; the oldest ones as `AC1.40` or `AC2.10`.
    if begins(b"AC10") || begins(b"AC1.") || begins(b"AC2.") {
        return Some("dwg");
    }
    if begins(b"AutoCAD Binary DXF") {
        return Some("dxf_binary");
    }
    // Jet and ACE, of which personal geodatabases and a file of HintCAD's are.
    if begins(b"\0\x01\0\0Standard Jet DB") || begins(b"\0\x01\0\0Standard ACE DB") {
        return Some(if source.ends_in(&["tsf"]) { "hintcad" } else { "access" });
    }
    if begins(b"!table") || source.ends_in(&["mif"]) && source.names("version ") {
        return Some("mapinfo");
    }
    // Design files of MicroStation, in two and three dimensions.
    if source.ends_in(&["dgn"]) {
        return Some("dgn");
    }
    if source.ends_in(&["gtm", "dtm", "bdm"]) && !source.is_text() {
        return Some("hintcad");
    }
    if source.ends_in(&["gdbtable", "gdbtablx", "gdbindexes"]) {
        return Some("file_geodatabase");
    }
    let set = ["shx", "dbf", "prj", "cpg", "sbn", "sbx"];
    if source.ends_in(&set) && source.sibling("shp").is_none() {
        return Some("shapefile_part");
    }
    if source.ends_in(&["map", "id", "dat", "tab"]) && source.sibling("tab").is_some() {
        return Some("mapinfo");
    }
    // The first file of a ZIP file is encrypted: the first bit of its flags.
    let encrypted = source.start.get(6).is_some_and(|flags| flags & 1 != 0);
    match begins(b"PK\x03\x04") {
        true if encrypted => Some("zip_encrypted"),
        true if source.ends_in(&["zip"]) => Some("zip_other"),
        _ => None,
    }
}

/// A folder of tables of Esri's file geodatabase.
fn is_geodatabase(source: &Source<'_>) -> bool {
    /// Names that are looked at.
    const MOST: usize = 1_000;
    let Ok(entries) = fs::read_dir(source.path) else { return false };
    source.ends_in(&["gdb"])
        || entries.flatten().take(MOST).any(|entry| {
            let path = entry.path();
            path.extension().is_some_and(|own| own.eq_ignore_ascii_case("gdbtable"))
        })
}

//! What the packages offer to open is what the program reads, on both systems.

use std::collections::BTreeSet;

use jintu::store::layers::FORMATS;

const DESKTOP: &str = include_str!("../../packaging/linux/jintu.desktop");
const TYPES: &str = include_str!("../../packaging/linux/jintu.xml");
const INSTALLER: &str = include_str!("../../packaging/windows/jintu.nsi");

/// Endings of other programs' files too: there Jintu would only stand in the way.
const OTHERS: [&str; 11] =
    ["zip", "json", "ndjson", "jsonl", "xlsx", "xlsm", "xls", "et", "ods", "txt", "tsv"];
/// Basemaps, which are no features.
const TILES: [&str; 2] = ["mbtiles", "pmtiles"];
/// Types that shared-mime-info 2.0 (Debian 11) has; the test of the packages asks the system for them.
const KNOWN: [(&str, &str); 5] = [
    ("application/vnd.google-earth.kml+xml", "kml"),
    ("application/vnd.google-earth.kmz", "kmz"),
    ("application/gpx+xml", "gpx"),
    ("image/vnd.dxf", "dxf"),
    ("text/csv", "csv"),
];

/// The texts between two marks.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    text.split(open).skip(1).filter_map(|rest| rest.split(close).next()).collect()
}

fn read_and_offered() -> BTreeSet<&'static str> {
    let read = FORMATS.iter().flat_map(|format| format.extensions.iter().copied()).chain(TILES);
    read.filter(|ending| !OTHERS.contains(ending)).collect()
}

#[test]
fn the_installer_offers_what_is_read() {
    let (_, each) = INSTALLER.split_once("!macro Each WHAT").unwrap();
    let (each, _) = each.split_once("!macroend").unwrap();
    let offered: BTreeSet<&str> = between(each, "${WHAT} \"", "\"").into_iter().collect();
    assert_eq!(offered, read_and_offered());
}

#[test]
fn the_desktop_entry_offers_what_is_read() {
    let named = DESKTOP.lines().find_map(|line| line.strip_prefix("MimeType=")).unwrap();
    let named: BTreeSet<&str> = named.split(';').filter(|name| !name.is_empty()).collect();
    let own = between(TYPES, "<mime-type ", "</mime-type>");
    let mut offered = BTreeSet::new();
    let mut told = BTreeSet::new();
    for of_type in own {
        told.extend(between(of_type, "type=\"", "\"").first().copied());
        offered.extend(between(of_type, "<glob pattern=\"*.", "\""));
    }
    told.extend(KNOWN.map(|(name, _)| name));
    offered.extend(KNOWN.map(|(_, ending)| ending));
    assert_eq!(named, told);
    assert_eq!(offered, read_and_offered());
}

#[test]
fn the_oracle_sees_what_is_missing() {
    assert!(read_and_offered().is_superset(&BTreeSet::from(["shp", "ovkml", "dxf", "csv"])));
    assert!(!read_and_offered().contains("txt"));
    assert_eq!(between("a<b>c<d>", "<", ">"), ["b", "d"]);
}

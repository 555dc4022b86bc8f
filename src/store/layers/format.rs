//! The formats of files of features: one table that opening, naming and asking derive from.

use super::{LayerError, Sink, Source, csv_file, flatgeobuf_file, geojson_file, geopackage};

/// A format.
#[derive(Debug)]
pub struct Format {
    /// Its name for people, the same in every language.
    pub name: &'static str,
    /// How the names of such files end, in lower case, the usual one first.
    pub extensions: &'static [&'static str],
    /// Whether a file is one, by what it begins with; its name may decide what that leaves open.
    sniff: fn(&Source<'_>) -> bool,
    pub(super) read: fn(&Source<'_>, &mut Sink<'_>) -> Result<(), LayerError>,
}

/// Every format, those that their content gives away first.
pub static FORMATS: [Format; 4] = [
    Format {
        name: "GeoPackage",
        extensions: &["gpkg"],
        sniff: |source| source.starts_with(b"SQLite format 3\0"),
        read: geopackage::read,
    },
    Format {
        name: "FlatGeobuf",
        extensions: &["fgb"],
        sniff: |source| source.starts_with(b"fgb\x03"),
        read: flatgeobuf_file::read,
    },
    Format {
        name: "GeoJSON",
        extensions: &["geojson", "json", "geojsonl"],
        sniff: |source| source.first_sign() == Some(b'{'),
        read: geojson_file::read,
    },
    Format {
        name: "CSV",
        extensions: &["csv", "tsv", "txt"],
        sniff: |source| source.is_text() && source.ends_in(&["csv", "tsv", "txt"]),
        read: csv_file::read,
    },
];

/// The format of a file.
pub fn format_of(source: &Source<'_>) -> Option<&'static Format> {
    FORMATS.iter().find(|format| (format.sniff)(source))
}

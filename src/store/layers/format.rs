//! The formats of files of features: one table that opening, naming and asking derive from.

use super::{
    LayerError, Sink, Source, csv_file, dxf_file, flatgeobuf_file, geojson_file, geopackage,
    gpx_file, kml_file, ovjsn_file, parcels, shapefile, sheet_file,
    write::{self, Writer},
};

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
    /// `None` where it is only read.
    pub(super) write: Option<Writer>,
}

impl Format {
    /// The usual ending of its names.
    pub fn extension(&self) -> &'static str {
        self.extensions.first().copied().unwrap_or_default()
    }

    pub const fn is_written(&self) -> bool {
        self.write.is_some()
    }
}

/// Every format, those that their content gives away first.
pub static FORMATS: [Format; 18] = [
    Format {
        name: "GeoPackage",
        extensions: &["gpkg"],
        sniff: |source| source.starts_with(b"SQLite format 3\0"),
        read: geopackage::read,
        write: Some(write::geopackage::write),
    },
    Format {
        name: "FlatGeobuf",
        extensions: &["fgb"],
        sniff: |source| source.starts_with(b"fgb\x03"),
        read: flatgeobuf_file::read,
        write: Some(write::flatgeobuf_file::write),
    },
    Format {
        name: "Shapefile",
        extensions: &["shp"],
        sniff: shapefile::is_one,
        read: shapefile::read,
        write: Some(write::shapefile::write),
    },
    Format {
        name: "Shapefile (ZIP)",
        extensions: &["zip"],
        sniff: shapefile::is_packed,
        read: shapefile::read,
        write: None,
    },
    // Never written: what other programs make of 奥维's endings is not what it reads.
    Format {
        name: "OVKML",
        extensions: &["ovkml", "ovkmz"],
        sniff: |source| source.ends_in(&["ovkml", "ovkmz"]) && kml_file::is_one(source),
        read: kml_file::read,
        write: None,
    },
    Format {
        name: "KML",
        extensions: &["kml"],
        sniff: |source| !source.starts_with(b"PK") && kml_file::is_one(source),
        read: kml_file::read,
        write: Some(write::kml_file::write),
    },
    Format {
        name: "KMZ",
        extensions: &["kmz"],
        sniff: kml_file::is_one,
        read: kml_file::read,
        write: None,
    },
    Format {
        name: "GPX",
        extensions: &["gpx"],
        sniff: gpx_file::is_one,
        read: gpx_file::read,
        write: None,
    },
    Format {
        name: "OVJSN",
        extensions: &["ovjsn"],
        sniff: ovjsn_file::is_one,
        read: ovjsn_file::read,
        write: None,
    },
    Format {
        name: "DXF",
        extensions: &["dxf"],
        sniff: dxf_file::is_one,
        read: dxf_file::read,
        write: Some(write::dxf_file::write),
    },
    Format {
        name: "TopoJSON",
        extensions: &["topojson"],
        sniff: |source| source.first_sign() == Some(b'{') && source.start_has("\"Topology\""),
        read: geojson_file::read,
        write: None,
    },
    Format {
        name: "Esri JSON",
        extensions: &["esrijson"],
        sniff: |source| {
            source.first_sign() == Some(b'{')
                && (source.start_has("\"esriGeometry") || source.start_has("\"esriFieldType"))
        },
        read: geojson_file::read,
        write: None,
    },
    Format {
        name: "GeoJSON",
        extensions: JSON,
        sniff: |source| match source.first_sign() {
            Some(b'{') => true,
            // A list of features, or a comment before them.
            Some(b'[' | b'/') => source.ends_in(JSON),
            _ => false,
        },
        read: geojson_file::read,
        write: Some(write::geojson_file::write),
    },
    Format {
        name: "XLSX",
        extensions: &["xlsx", "xlsm"],
        sniff: |source| source.is_zip_of(&["xlsx", "xlsm"], b"xl/workbook.xml"),
        read: sheet_file::read_xlsx,
        write: None,
    },
    Format {
        name: "ODS",
        extensions: &["ods"],
        sniff: |source| source.is_zip_of(&["ods"], b"opendocument.spreadsheet"),
        read: sheet_file::read_ods,
        write: None,
    },
    Format {
        name: "XLS",
        extensions: &["xls", "et"],
        sniff: |source| {
            source.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
                && source.ends_in(&["xls", "et", "xlsx"])
        },
        read: sheet_file::read_xls,
        write: None,
    },
    Format {
        name: "界址点 TXT",
        extensions: &["txt"],
        sniff: parcels::is_one,
        read: parcels::read,
        write: None,
    },
    Format {
        name: "CSV",
        extensions: &["csv", "tsv", "txt"],
        sniff: |source| source.is_text() && source.ends_in(&["csv", "tsv", "txt"]),
        read: csv_file::read,
        write: Some(write::csv_file::write),
    },
];

const JSON: &[&str] = &["geojson", "json", "geojsonl", "geojsons", "ndjson", "jsonl"];

/// The format of a file.
pub fn format_of(source: &Source<'_>) -> Option<&'static Format> {
    FORMATS.iter().find(|format| (format.sniff)(source))
}

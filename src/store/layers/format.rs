//! The formats of files of features: one table that opening, naming and asking derive from.

use super::{
    LayerError, Sink, Source, csv_file, dxf_file, flatgeobuf_file, geojson_file, geopackage,
    gpx_file, kml_file, ods_file, ovjsn_file, parcels, shapefile, sheet_file,
    write::{self, Writer},
    xls_file,
};
use crate::language::Language;

/// A format.
#[derive(Debug)]
pub struct Format {
    /// Its name for people, in English and in JSON.
    pub name: &'static str,
    /// Its name in Chinese where that is another one.
    chinese: Option<&'static str>,
    /// How the names of such files end, in lower case, the usual one first.
    pub extensions: &'static [&'static str],
    /// Whether a file is one, by what it begins with; its name may decide what that leaves open.
    sniff: fn(&Source<'_>) -> bool,
    pub(super) read: fn(&Source<'_>, &mut Sink<'_>) -> Result<(), LayerError>,
    /// `None` where it is only read.
    pub(super) write: Option<Writer>,
}

impl Format {
    /// Its name for people.
    pub fn label(&self, language: Language) -> &'static str {
        match language {
            Language::Chinese => self.chinese.unwrap_or(self.name),
            Language::English => self.name,
        }
    }

    /// The usual ending of its names.
    pub fn extension(&self) -> &'static str {
        self.extensions.first().copied().unwrap_or_default()
    }

    /// In which systems it is written.
    pub fn systems(&self) -> Systems {
        match self.name {
            "KML" | "KMZ" => Systems::Wgs84,
            "parcel TXT" => Systems::Zones,
            _ => Systems::Any,
        }
    }

    /// Whether its text is written in either encoding.
    pub fn has_encodings(&self) -> bool {
        matches!(self.name, "Shapefile" | "parcel TXT")
    }

    pub const fn is_written(&self) -> bool {
        self.write.is_some()
    }
}

/// In which systems a format is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Systems {
    Any,
    /// In WGS-84 alone.
    Wgs84,
    /// In zones of Gauss–Krüger alone.
    Zones,
}

/// Every format, those that their content gives away first.
pub static FORMATS: [Format; 18] = [
    Format {
        name: "GeoPackage",
        chinese: None,
        extensions: &["gpkg"],
        sniff: |source| source.starts_with(b"SQLite format 3\0"),
        read: geopackage::read,
        write: Some(write::geopackage::write),
    },
    Format {
        name: "FlatGeobuf",
        chinese: None,
        extensions: &["fgb"],
        sniff: flatgeobuf_file::is_one,
        read: flatgeobuf_file::read,
        write: Some(write::flatgeobuf_file::write),
    },
    Format {
        name: "Shapefile",
        chinese: None,
        extensions: &["shp"],
        sniff: shapefile::is_one,
        read: shapefile::read,
        write: Some(write::shapefile::write),
    },
    Format {
        name: "Shapefile (ZIP)",
        chinese: None,
        extensions: &["zip"],
        sniff: shapefile::is_packed,
        read: shapefile::read,
        write: None,
    },
    // Never written: what other programs make of 奥维's endings is not what it reads.
    Format {
        name: "OVKML",
        chinese: None,
        extensions: &["ovkml", "ovkmz"],
        sniff: |source| source.ends_in(&["ovkml", "ovkmz"]) && kml_file::is_one(source),
        read: kml_file::read,
        write: None,
    },
    Format {
        name: "KML",
        chinese: None,
        extensions: &["kml"],
        sniff: |source| !source.starts_with(b"PK") && kml_file::is_one(source),
        read: kml_file::read,
        write: Some(write::kml_file::write),
    },
    Format {
        name: "KMZ",
        chinese: None,
        extensions: &["kmz"],
        sniff: kml_file::is_one,
        read: kml_file::read,
        write: Some(write::kmz_file::write),
    },
    Format {
        name: "GPX",
        chinese: None,
        extensions: &["gpx"],
        sniff: gpx_file::is_one,
        read: gpx_file::read,
        write: None,
    },
    Format {
        name: "OVJSN",
        chinese: None,
        extensions: &["ovjsn"],
        sniff: ovjsn_file::is_one,
        read: ovjsn_file::read,
        write: None,
    },
    Format {
        name: "DXF",
        chinese: None,
        extensions: &["dxf"],
        sniff: dxf_file::is_one,
        read: dxf_file::read,
        write: Some(write::dxf_file::write),
    },
    Format {
        name: "TopoJSON",
        chinese: None,
        extensions: &["topojson"],
        sniff: |source| source.first_sign() == Some(b'{') && source.start_has("\"Topology\""),
        read: geojson_file::read,
        write: None,
    },
    Format {
        name: "Esri JSON",
        chinese: None,
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
        chinese: None,
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
        chinese: None,
        extensions: &["xlsx", "xlsm"],
        sniff: |source| source.is_zip_of(&["xlsx", "xlsm"], b"xl/workbook.xml"),
        read: sheet_file::read_xlsx,
        write: Some(write::xlsx_file::write),
    },
    Format {
        name: "ODS",
        chinese: None,
        extensions: &["ods"],
        sniff: |source| source.is_zip_of(&["ods"], b"opendocument.spreadsheet"),
        read: ods_file::read,
        write: None,
    },
    Format {
        name: "XLS",
        chinese: None,
        extensions: &["xls", "et"],
        sniff: |source| {
            source.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
                && source.ends_in(&["xls", "et", "xlsx"])
        },
        read: xls_file::read,
        write: None,
    },
    Format {
        name: "parcel TXT",
        chinese: Some("界址点 TXT"),
        extensions: &["txt"],
        sniff: parcels::is_one,
        read: parcels::read,
        write: Some(write::parcel_file::write),
    },
    Format {
        name: "CSV",
        chinese: None,
        extensions: &["csv", "tsv", "txt"],
        sniff: csv_file::is_one,
        read: csv_file::read,
        write: Some(write::csv_file::write),
    },
];

const JSON: &[&str] = &["geojson", "json", "geojsonl", "geojsons", "ndjson", "jsonl"];

/// The format of a file.
pub fn format_of(source: &Source<'_>) -> Option<&'static Format> {
    FORMATS.iter().find(|format| (format.sniff)(source))
}

/// The format that the ending of a file's name promises. Many are named `.json` or `.txt`.
pub fn of_ending(source: &Source<'_>) -> Option<&'static Format> {
    let plain = ["json", "jsonl", "txt", "zip"];
    let promised = |format: &&Format| source.ends_in(format.extensions);
    (!source.is_folder && !source.ends_in(&plain)).then(|| FORMATS.iter().find(promised)).flatten()
}

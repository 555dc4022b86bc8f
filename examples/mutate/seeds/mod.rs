//! Small whole files of every format, each made here.

mod database;
mod papers;
mod text;
mod tile;
mod workbook;
mod written;

pub use database::{geopackage, mbtiles};
pub use papers::{docx, pdf};
pub use text::{
    csv, dxf, esri, geojson, gpx, kml, kmz, ovjsn, ovkml, parcels, plan, style, systems,
    tile_documents, topology, wkt,
};
pub use tile::{pmtiles, vector_tiles};
pub use workbook::{ods, xls, xlsx};
pub use written::{flatgeobuf, shapefile, shapefile_zip, wkb};

//! Geometry of the map: projections, geodesics, chainage, county split, spatial index, level of detail.
//!
//! Knows nothing of projects, files or drawing. Coordinates are WGS-84 degrees, longitude first, or
//! unit Web Mercator. Everything here takes any finite or broken input without a panic; features
//! that cross the 180° meridian or lie beyond 85.05° of latitude are outside its domain.

mod alignment;
mod borders;
mod conic;
mod county_split;
mod crs;
mod crs_epsg;
mod crs_evidence;
mod crs_key;
mod crs_like;
mod crs_names;
mod crs_parameters;
mod crs_proj_string;
mod crs_wkt_write;
mod crs_words;
mod ellipsoid;
mod feature;
mod finite;
mod index;
mod local_scale;
mod lod;
mod shift;
mod transverse_mercator;
mod unknown_crs;
mod wkt_tree;

pub mod chainage;
pub mod clip;
pub mod coordinates;
pub mod crs_guess;
pub mod crs_wkt;
pub mod datum;
pub mod gauss_kruger;
pub mod geodesic;
pub mod graticule;
pub mod mercator;
pub mod nearest;
pub mod plane;
pub mod polygon;
pub mod ring_nesting;
pub mod triangulate;

pub use alignment::{Alignment, Located};
pub use chainage::{Chainage, ChainageError};
pub use conic::{Conic, ConicKind, ConicParameters};
pub use coordinates::{CoordinateForm, coordinate_words};
pub use county_split::{BankPiece, CountyArea, CountyIndex, CountyPiece, SLIVER_M, split, totals};
pub use crs::Crs;
pub use datum::{Datum, DatumWarning};
pub use ellipsoid::Ellipsoid;
pub use feature::{FeatureId, Geometry};
pub use index::{FeatureIndex, Hit};
pub use lod::Levels;
pub use mercator::MercatorExtent;
pub use shift::Shift;
pub use transverse_mercator::{PlaneParameters, TransverseMercator, ZoneWidth};
pub use triangulate::Mesh2;
pub use unknown_crs::UnknownCrs;

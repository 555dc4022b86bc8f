//! The plane of a basemap: Web Mercator of its own datum.

use walkers::{MercatorProjection, Position, Projection, lon_lat};

use crate::{geo::Datum, units::LonLat};

/// True positions in the plane of tiles that are cut in another datum. The tiles stay where they
/// are; what lies over them moves.
pub struct DatumProjection(pub Datum);

impl Projection for DatumProjection {
    fn project(&self, position: Position, zoom: f64) -> walkers::Pixels {
        let p = self.0.from_wgs84(LonLat::new(position.x(), position.y()));
        MercatorProjection.project(lon_lat(p.lon_deg, p.lat_deg), zoom)
    }

    fn unproject(&self, pixels: walkers::Pixels, zoom: f64) -> Position {
        let p = MercatorProjection.unproject(pixels, zoom);
        let p = self.0.to_wgs84(LonLat::new(p.x(), p.y()));
        lon_lat(p.lon_deg, p.lat_deg)
    }

    fn scale_pixel_per_meter(&self, position: Position, zoom: f64) -> f64 {
        MercatorProjection.scale_pixel_per_meter(position, zoom)
    }
}

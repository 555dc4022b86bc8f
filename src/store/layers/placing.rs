//! From a file's coordinates to true positions.

use super::Sink;
use crate::{
    geo::Crs,
    layer::{Basis, Cause, Finding, Reference},
    units::LonLat,
};

/// What a file says of its reference system.
#[derive(Debug, Clone, PartialEq)]
pub enum Stated {
    /// By the file.
    Crs(Crs),
    /// By the format, whatever the file.
    Format(Crs),
    /// In words that nobody knows.
    Unknown(String),
    /// Nothing.
    Nothing,
}

/// How the coordinates of a layer are read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed(pub Reference);

impl Placed {
    /// The true position of a pair as it stands in the file.
    pub fn at(&self, x: f64, y: f64) -> LonLat {
        let Reference { crs, swapped, .. } = self.0;
        crs.to_wgs84(if swapped { [y, x] } else { [x, y] })
    }
}

impl Sink<'_> {
    /// Decides how the coordinates of the layer that is being read are taken, and keeps it with
    /// the layer: what the user says goes before what the file says.
    pub fn place(&mut self, stated: Stated) -> Placed {
        let swapped = self.options.swapped;
        let (crs, basis) = match (self.options.crs, stated) {
            (Some(crs), _) => (crs, Basis::Given),
            (None, Stated::Crs(crs)) => (crs, Basis::Stated),
            (None, Stated::Format(crs)) => (crs, Basis::Format),
            (None, Stated::Unknown(name)) => {
                self.find(Finding { cause: Cause::UnknownDatum, count: 0, detail: name });
                (Crs::WGS84, Basis::Assumed)
            }
            (None, Stated::Nothing) => (Crs::WGS84, Basis::Assumed),
        };
        let placed = Placed(Reference { crs, basis, swapped });
        self.set_reference(placed.0);
        placed
    }
}

//! From a file's coordinates to true positions.

use super::{LayerError, Sink, Source};
use crate::{
    geo::{Crs, crs_guess, crs_wkt},
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

impl Stated {
    /// The system of a text in well-known form.
    pub fn of_wkt(wkt: &str) -> Self {
        let name = wkt.split('"').nth(1).filter(|name| !name.is_empty()).unwrap_or("WKT");
        crs_wkt::read(wkt).map_or_else(|_| Self::Unknown(name.to_owned()), Self::Crs)
    }
}

/// Whether pairs of degrees look like latitude before longitude: in China a latitude is below 54
/// and a longitude above 73.
#[derive(Debug, Clone, Copy, Default)]
pub struct Axes {
    swapped: usize,
    seen: usize,
}

impl Axes {
    /// By west, south, east and north of all.
    pub fn of_extent(extent: Option<[f64; 4]>) -> Self {
        let mut axes = Self::default();
        if let Some([west, south, east, north]) = extent {
            axes.see(west, south);
            axes.see(east, north);
        }
        axes
    }

    /// Looks at a pair as it stands in the file.
    pub fn see(&mut self, x: f64, y: f64) {
        self.seen += 1;
        self.swapped += usize::from((3.0..54.0).contains(&x) && (73.0..136.0).contains(&y));
    }

    /// Adds what another has seen.
    pub const fn add(&mut self, other: Self) {
        self.seen += other.seen;
        self.swapped += other.swapped;
    }

    pub const fn are_swapped(self) -> bool {
        self.swapped * 2 > self.seen
    }

    /// How many pairs look swapped.
    pub const fn swapped(self) -> usize {
        self.swapped
    }
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
    /// The same for a file that may say nothing: then its figures decide, told by an extent
    /// `[min_x, min_y, max_x, max_y]` as they stand in the file. Degrees are those of WGS-84; a zone
    /// before the eastings is the zone.
    ///
    /// # Errors
    /// Metres without a zone lie in several places alike: the user has to say which is meant.
    pub fn place_by(
        &mut self,
        source: &Source<'_>,
        stated: Stated,
        raw_extent: Option<[f64; 4]>,
    ) -> Result<Placed, LayerError> {
        let (None, Stated::Nothing, Some(extent)) = (self.options.crs, &stated, raw_extent) else {
            return Ok(self.place(stated));
        };
        let candidates = crs_guess::candidates(&[extent], &[], self.options.near);
        let [west, south, east, north] = extent;
        let degrees = west >= -360.0 && east <= 360.0 && south >= -180.0 && north <= 180.0;
        let first = candidates.first();
        if degrees {
            if first.is_some_and(|first| first.swapped_axes) && !self.options.swapped {
                self.find(Finding::of(Cause::Swapped, 0));
            }
            return Ok(self.place(Stated::Nothing));
        }
        let Some(sure) = crs_guess::certain(&candidates).copied() else {
            let path = source.path.to_owned();
            return Err(LayerError::AskCrs { path, candidates });
        };
        self.find(Finding { cause: Cause::DatumAssumed, count: 0, detail: sure.crs.key() });
        if sure.swapped_axes {
            self.find(Finding { cause: Cause::AxesSwapped, count: 0, detail: sure.crs.key() });
        }
        self.warn(sure.crs);
        let swapped = sure.swapped_axes != self.options.swapped;
        let placed = Placed(Reference { crs: sure.crs, basis: Basis::Inferred, swapped });
        self.set_reference(placed.0);
        Ok(placed)
    }

    /// What has to be told with some systems.
    fn warn(&mut self, crs: Crs) {
        if crs.warning().is_some() {
            let detail = crs.key();
            self.find(Finding { cause: Cause::NoExactTransform, count: 0, detail });
        }
    }

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
        self.warn(crs);
        let placed = Placed(Reference { crs, basis, swapped });
        self.set_reference(placed.0);
        placed
    }
}

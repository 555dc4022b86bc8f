//! The unit of a drawing. Its head may name one; but most templates say millimetres, whatever is
//! drawn, so that the figures have the last word.

use crate::{
    geo::{Crs, crs_guess},
    store::layers::OpenOptions,
    units::Extent,
};

/// A unit of `$INSUNITS` (DXF Reference, header variables).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    pub metres: f64,
    pub name: &'static str,
}

/// What is done about it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Taken {
    /// Metres, or nothing is said.
    AsMetres,
    Applied(Unit),
    /// The figures make sense in metres and in nothing else.
    Ignored(Unit),
}

impl Unit {
    /// The unit of a number; `None` for metres, for none and for those that nobody maps in.
    pub fn of(code: i64) -> Option<Self> {
        let (metres, name) = match code {
            1 => (0.0254, "in"),
            2 => (0.3048, "ft"),
            3 => (1609.344, "mi"),
            4 => (0.001, "mm"),
            5 => (0.01, "cm"),
            7 => (1000.0, "km"),
            10 => (0.9144, "yd"),
            14 => (0.1, "dm"),
            15 => (10.0, "dam"),
            16 => (100.0, "hm"),
            21 => (1200.0 / 3937.0, "US ft"),
            _ => return None,
        };
        Some(Self { metres, name })
    }
}

impl Taken {
    /// By the stated unit and what encloses the drawing, as it stands in the file.
    pub fn of(unit: Option<Unit>, extent: Option<[f64; 4]>, options: &OpenOptions) -> Self {
        let Some(extent) = extent else { return Self::AsMetres };
        // Degrees have no unit of length.
        if options.crs.is_some_and(|crs| !crs.is_plane()) {
            return Self::AsMetres;
        }
        let Some(unit) = unit else { return Self::unsaid(extent, options) };
        let as_stated = extent.map(|v| v * unit.metres);
        if fits(extent, options) && !fits(as_stated, options) {
            Self::Ignored(unit)
        } else {
            Self::Applied(unit)
        }
    }

    /// A drawing that names no unit is in metres if it may be, else in the unit in which it lies
    /// somewhere. What is small in metres is a drawing of its own, not one in millimetres.
    fn unsaid(extent: [f64; 4], options: &OpenOptions) -> Self {
        const LEAST_M: f64 = 1e3;
        if fits(extent, options) {
            return Self::AsMetres;
        }
        let lies = |unit: &Unit| {
            let scaled = extent.map(|v| v * unit.metres);
            scaled.iter().any(|v| v.abs() >= LEAST_M) && fits(scaled, options)
        };
        let units = [4, 5].into_iter().filter_map(Unit::of);
        units.into_iter().find(lies).map_or(Self::AsMetres, Self::Applied)
    }

    /// What the figures are multiplied by.
    pub const fn factor(self) -> f64 {
        match self {
            Self::Applied(unit) => unit.metres,
            Self::AsMetres | Self::Ignored(_) => 1.0,
        }
    }
}

/// Whether figures lie in China, by the system that the user names or by any.
fn fits(extent: [f64; 4], options: &OpenOptions) -> bool {
    let Some(crs) = options.crs else {
        let candidates = crs_guess::candidates(&[extent], &[], options.near);
        return candidates.iter().any(|own| {
            let Extent { west_deg, south_deg, east_deg, north_deg } = own.lands;
            is_china(west_deg, south_deg) && is_china(east_deg, north_deg)
        });
    };
    let [west, south, east, north] = extent;
    let swapped = |[x, y]: [f64; 2]| if options.swapped { [y, x] } else { [x, y] };
    [[west, south], [east, north]].into_iter().all(|corner| in_china(crs, swapped(corner)))
}

fn in_china(crs: Crs, at: [f64; 2]) -> bool {
    let p = crs.to_wgs84(at);
    is_china(p.lon_deg, p.lat_deg) && crs.reaches(p)
}

fn is_china(lon_deg: f64, lat_deg: f64) -> bool {
    (73.0..136.0).contains(&lon_deg) && (3.0..54.0).contains(&lat_deg)
}

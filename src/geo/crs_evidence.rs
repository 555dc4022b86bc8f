//! What is known of numbers without a reference system, and where they land in one.

use super::{Crs, geodesic, transverse_mercator::TransverseMercator};
use crate::units::{Extent, LonLat};

/// Positions of a file as it has them, and where they are expected.
pub(super) struct Evidence {
    /// The points, else corners and middles of the boxes.
    points: Vec<[f64; 2]>,
    plan: Extent,
}

/// So many points tell as much as all.
const MOST_POINTS: usize = 256;
/// Of so many of them at least the system has to make sense.
const SHARE: f64 = 0.8;
/// The box around the land and the seas of China.
pub(super) const CHINA: Extent =
    Extent { west_deg: 73.0, south_deg: 3.0, east_deg: 136.0, north_deg: 54.0 };
/// At this distance from the plan a candidate is half as plausible.
const HALF_M: f64 = 100_000.0;

impl Evidence {
    pub fn new(extents: &[[f64; 4]], points: &[[f64; 2]], plan: Extent) -> Self {
        let is_finite = |p: &[f64; 2]| p.iter().all(|v| v.is_finite());
        let step = points.len().div_ceil(MOST_POINTS).max(1);
        let mut own: Vec<[f64; 2]> =
            points.iter().copied().filter(is_finite).step_by(step).collect();
        if own.is_empty() {
            own = extents
                .iter()
                .take(MOST_POINTS)
                .flat_map(|[west, south, east, north]| {
                    let middle = [f64::midpoint(*west, *east), f64::midpoint(*south, *north)];
                    [[*west, *south], [*east, *north], [*west, *north], [*east, *south], middle]
                })
                .filter(is_finite)
                .collect();
        }
        // Points at 0, 0 are places that nobody filled in.
        if own.iter().any(|p| *p != [0.0, 0.0]) {
            own.retain(|p| *p != [0.0, 0.0]);
        }
        Self { points: own, plan }
    }

    /// The median of each axis, easting or longitude first.
    pub fn middle(&self, swapped: bool) -> Option<[f64; 2]> {
        let [x, y] = [self.median(0)?, self.median(1)?];
        Some(if swapped { [y, x] } else { [x, y] })
    }

    fn median(&self, axis: usize) -> Option<f64> {
        let mut values: Vec<f64> = self.points.iter().map(|p| p[axis]).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied()
    }

    /// How far in degrees the middle lies from the meridian of a plane.
    pub fn off_meridian_deg(&self, plane: TransverseMercator, swapped: bool) -> Option<f64> {
        let p = plane.unproject(self.middle(swapped)?);
        let off = (p.lon_deg - plane.parameters().central_meridian_deg).abs();
        off.is_finite().then_some(off)
    }

    /// Where the data would lie; `None` where most positions make no sense in the system or lie too
    /// far from where it serves.
    pub fn lands(&self, crs: Crs, swapped_axes: bool) -> Option<Extent> {
        let given = self.points.iter().map(|[x, y]| if swapped_axes { [*y, *x] } else { [*x, *y] });
        let is_sound = |given: &[f64; 2], p: &LonLat| {
            let degrees = crs.is_plane() || given[0].abs() <= 180.0 && given[1].abs() <= 90.0;
            degrees && p.lat_deg.abs() <= 90.0 && p.lon_deg.abs() <= 180.0 && crs.reaches(*p)
        };
        let places: Vec<LonLat> = given
            .map(|given| (given, crs.to_wgs84(given)))
            .filter(|(given, p)| is_sound(given, p))
            .map(|(_, p)| p)
            .collect();
        if (places.len() as f64) < SHARE * self.points.len() as f64 {
            return None;
        }
        let at = |p: &LonLat| Extent {
            west_deg: p.lon_deg,
            south_deg: p.lat_deg,
            east_deg: p.lon_deg,
            north_deg: p.lat_deg,
        };
        places.iter().map(at).reduce(Extent::union)
    }

    pub fn is_at_plan(&self, lands: Extent) -> bool {
        self.plan.contains(middle_of(lands))
    }

    /// From 1 where the middle lies within the plan to little where it lies far away; never less in
    /// China than what lies abroad.
    pub fn nearness(&self, lands: Extent) -> f64 {
        let middle = middle_of(lands);
        let nearest = LonLat::new(
            middle.lon_deg.clamp(self.plan.west_deg, self.plan.east_deg.max(self.plan.west_deg)),
            middle.lat_deg.clamp(self.plan.south_deg, self.plan.north_deg.max(self.plan.south_deg)),
        );
        let apart = geodesic::distance_m(middle, nearest) / HALF_M;
        let near = 1.0 / (1.0 + apart * apart);
        if !near.is_finite() {
            0.0
        } else if is_in_china(lands) {
            near.max(0.02)
        } else {
            near.min(0.005)
        }
    }
}

pub(super) fn is_in_china(lands: Extent) -> bool {
    CHINA.contains(middle_of(lands))
}

fn middle_of(extent: Extent) -> LonLat {
    LonLat::new(
        f64::midpoint(extent.west_deg, extent.east_deg),
        f64::midpoint(extent.south_deg, extent.north_deg),
    )
}

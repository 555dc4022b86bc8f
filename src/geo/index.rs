//! The spatial index: which features are in an extent, in a polygon, near a position or a line.
//!
//! An R-tree over the boxes of features in Mercator picks candidates, an exact test on the shape
//! decides. Extents and drawn polygons are judged in the plane, where their edges are straight on
//! screen; distances in metres are geodesic, and the box searched is widened so that it holds
//! whatever can be near enough. Answers equal those of a scan over all features.
//! Every list is sorted by id without repetition.

use ::geo::{LineString, Polygon};
use rstar::{AABB, RTree, RTreeObject};

use super::{
    feature::{self, Feature, FeatureId, Geometry},
    geodesic,
    mercator::{self, MercatorExtent},
};
use crate::units::{Extent, LonLat, Mercator};

/// Radius of curvature of WGS-84 in the meridian at the equator, the least there is:
/// `a (1 − e²)` = 6 335 439.3 m, rounded down.
const LEAST_RADIUS_M: f64 = 6_335_000.0;

/// A feature found near a position on screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    pub id: FeatureId,
    /// In units of Mercator; zero inside an area.
    pub distance_units: f64,
}

/// An R-tree over features.
///
/// ```
/// use jintu::{
///     geo::{FeatureId, FeatureIndex, Geometry},
///     units::{Extent, LonLat},
/// };
///
/// let metro = geo::LineString::from(vec![(112.5, 37.8), (112.6, 37.9)]);
/// let index = FeatureIndex::build([
///     (FeatureId(1), Geometry::Point(LonLat::new(112.55, 37.87))),
///     (FeatureId(2), Geometry::Line(metro)),
/// ]);
/// // The line passes the box with no vertex in it.
/// let extent = Extent { west_deg: 112.54, south_deg: 37.84, east_deg: 112.56, north_deg: 37.86 };
/// assert_eq!(index.in_extent(&extent), [FeatureId(2)]);
/// // The station lies on the line and 1.76 km east of the point.
/// let station = LonLat::new(112.57, 37.87);
/// assert_eq!(index.within_m_of_point(station, 1_000.0), [FeatureId(2)]);
/// assert_eq!(index.within_m_of_point(station, 2_000.0), [FeatureId(1), FeatureId(2)]);
/// ```
#[derive(Debug, Clone)]
pub struct FeatureIndex {
    tree: RTree<Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    feature: Feature,
}

impl RTreeObject for Entry {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        envelope(&self.feature.extent)
    }
}

impl FeatureIndex {
    /// Indexes shapes. What is not finite is left out, position by position.
    pub fn build(items: impl IntoIterator<Item = (FeatureId, Geometry)>) -> Self {
        let entries = items
            .into_iter()
            .filter_map(|(id, geometry)| Feature::new(id, geometry))
            .map(|feature| Entry { feature })
            .collect();
        Self { tree: RTree::bulk_load(entries) }
    }

    /// Number of shapes that can be found.
    pub fn len(&self) -> usize {
        self.tree.size()
    }

    /// Whether nothing can be found.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Features of which any part lies in the extent or on its edge.
    pub fn in_extent(&self, extent: &Extent) -> Vec<FeatureId> {
        self.in_mercator_extent(&mercator::extent_to_mercator(*extent))
    }

    /// [`Self::in_extent`] for a box in the plane, such as the view.
    pub fn in_mercator_extent(&self, extent: &MercatorExtent) -> Vec<FeatureId> {
        self.ids(extent, |feature| feature.meets_extent(extent))
    }

    /// Features of which any part lies in a polygon drawn on the map or on its edge. Its edges are
    /// straight on the map; where it crosses itself the even-odd rule decides.
    pub fn in_polygon(&self, drawn: &Polygon<f64>) -> Vec<FeatureId> {
        let plane = feature::polygon_to_plane(drawn);
        let corners = plane.exterior().coords().map(|c| Mercator { x: c.x, y: c.y });
        match MercatorExtent::around(corners) {
            Some(extent) => self.ids(&extent, |feature| feature.meets_polygon(&plane)),
            None => Vec::new(),
        }
    }

    /// Features within so many metres of a position, along the ground.
    pub fn within_m_of_point(&self, p: LonLat, metres: f64) -> Vec<FeatureId> {
        self.within_m_of_path(&[p], metres, |feature| feature.distance_to_point_m(p))
    }

    /// Features within so many metres of a line, along the ground. What crosses it is at zero.
    pub fn within_m_of_line(&self, line: &LineString<f64>, metres: f64) -> Vec<FeatureId> {
        let path = geodesic::finite_positions(line);
        self.within_m_of_path(&path, metres, |feature| feature.distance_to_path_m(&path))
    }

    /// Features within a radius in the plane, nearest first, then by id; each id once.
    pub fn near(&self, at: Mercator, radius_units: f64) -> Vec<Hit> {
        let Some(around) = MercatorExtent::around([at]).map(|e| e.grown(radius_units)) else {
            return Vec::new();
        };
        let mut hits: Vec<Hit> = self
            .candidates(&around)
            .map(|feature| Hit { id: feature.id, distance_units: feature.distance_units(at) })
            .filter(|hit| hit.distance_units <= radius_units)
            .collect();
        hits.sort_by(|a, b| a.id.cmp(&b.id).then(a.distance_units.total_cmp(&b.distance_units)));
        hits.dedup_by_key(|hit| hit.id);
        hits.sort_by(|a, b| a.distance_units.total_cmp(&b.distance_units).then(a.id.cmp(&b.id)));
        hits
    }

    fn within_m_of_path(
        &self,
        path: &[LonLat],
        metres: f64,
        distance_m: impl Fn(&Feature) -> f64,
    ) -> Vec<FeatureId> {
        let on_earth = path.iter().copied().filter(|p| geodesic::is_on_earth(*p));
        let Some(extent) = Extent::around(on_earth).filter(|_| metres >= 0.0) else {
            return Vec::new();
        };
        let searched = mercator::extent_to_mercator(widened(extent, metres));
        self.ids(&searched, |feature| distance_m(feature) <= metres)
    }

    fn ids(&self, extent: &MercatorExtent, test: impl Fn(&Feature) -> bool) -> Vec<FeatureId> {
        let mut ids: Vec<FeatureId> =
            self.candidates(extent).filter(|feature| test(feature)).map(|f| f.id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    fn candidates(&self, extent: &MercatorExtent) -> impl Iterator<Item = &Feature> {
        let proper = extent.min.x <= extent.max.x && extent.min.y <= extent.max.y;
        proper
            .then(|| self.tree.locate_in_envelope_intersecting(envelope(extent)))
            .into_iter()
            .flatten()
            .map(|entry| &entry.feature)
    }
}

/// An extent that holds every position within so many metres of the given one.
///
/// A way of `metres` changes latitude by no more than `metres` over the least radius of curvature.
/// It never leaves the latitudes so reached, where a step east covers at least the highest one's
/// share of a degree; that bounds its change of longitude.
fn widened(extent: Extent, metres: f64) -> Extent {
    let angle_deg = (metres / LEAST_RADIUS_M).to_degrees();
    let south_deg = (extent.south_deg - angle_deg).max(-90.0);
    let north_deg = (extent.north_deg + angle_deg).min(90.0);
    let highest = south_deg.abs().max(north_deg.abs());
    let shrink = highest.to_radians().cos();
    let lon_deg = if shrink > 1e-6 { (angle_deg / shrink).min(360.0) } else { 360.0 };
    Extent {
        west_deg: extent.west_deg - lon_deg,
        south_deg,
        east_deg: extent.east_deg + lon_deg,
        north_deg,
    }
}

fn envelope(extent: &MercatorExtent) -> AABB<[f64; 2]> {
    AABB::from_corners([extent.min.x, extent.min.y], [extent.max.x, extent.max.y])
}

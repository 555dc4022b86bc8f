//! An area that was drawn on the map, or came from a file: what lies in it passes a filter.

use geo::{Coord, LineString, Polygon};
use serde::{Deserialize, Serialize};

use crate::units::{Extent, LonLat};

/// Positions one after another around an area, not closed.
pub type OutlineRing = Vec<LonLat>;

/// One or more areas, each its outer ring and then its holes. Edges are straight on the map, as they
/// were drawn there; where a ring crosses itself the even-odd rule decides.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Outline {
    pub parts: Vec<Vec<OutlineRing>>,
    /// Drawn as a box, by a drag. Four clicks on the corners of one are an outline all the same, so
    /// the ring alone cannot tell.
    #[serde(default)]
    pub by_box: bool,
}

impl From<OutlineRing> for Outline {
    fn from(ring: OutlineRing) -> Self {
        Self { parts: vec![vec![ring]], by_box: false }
    }
}

impl From<Extent> for Outline {
    fn from(extent: Extent) -> Self {
        Self { by_box: true, ..Self::from(extent.ring()) }
    }
}

impl Outline {
    /// Every ring, outer ones and holes.
    pub fn rings(&self) -> impl Iterator<Item = &OutlineRing> {
        self.parts.iter().flatten()
    }

    /// What it reaches over; `None` for nothing.
    pub fn extent(&self) -> Option<Extent> {
        Extent::around(self.rings().flatten().copied())
    }

    /// The areas in degrees, longitude as x.
    pub fn polygons(&self) -> impl Iterator<Item = Polygon<f64>> + '_ {
        self.parts.iter().filter_map(|part| {
            let mut rings = part.iter().map(|ring| {
                let coords: Vec<Coord<f64>> = ring.iter().map(|p| (*p).into()).collect();
                LineString::new(coords)
            });
            Some(Polygon::new(rings.next()?, rings.collect()))
        })
    }
}

//! Which county a position is in.

use super::{
    Area, Areas,
    read::{Arc, Bounds, STEPS, Territory},
};
use crate::units::LonLat;

impl Areas {
    /// The county of a position; `None` outside the country's land.
    ///
    /// Every position belongs to at most one, on borders too: each arc is judged alike for both of its
    /// sides.
    pub fn county_at(&self, p: LonLat) -> Option<&Area> {
        let (x, y) = (p.lon_deg * STEPS, p.lat_deg * STEPS);
        let code = self.territories.iter().find(|(_, t)| self.contains(t, x, y));
        code.and_then(|(code, _)| self.units.get(code))
    }

    #[expect(clippy::many_single_char_names, reason = "the four sides of a box")]
    fn contains(&self, territory: &Territory, x: f64, y: f64) -> bool {
        let Bounds([w, s, e, n]) = territory.bounds;
        let in_box =
            f64::from(w) <= x && x <= f64::from(e) && f64::from(s) <= y && y <= f64::from(n);
        in_box
            && territory
                .polygons
                .iter()
                .flatten()
                .flatten()
                .filter_map(|(number, _)| self.arcs.get(*number))
                .fold(false, |inside, arc| inside ^ crosses(arc, x, y))
    }
}

/// Whether a ray to the east crosses the arc an odd number of times.
#[expect(clippy::many_single_char_names, reason = "the four sides of a box")]
fn crosses(arc: &Arc, x: f64, y: f64) -> bool {
    let Bounds([_, s, e, n]) = arc.bounds;
    if y < f64::from(s) || y > f64::from(n) || x > f64::from(e) {
        return false;
    }
    arc.points.windows(2).fold(false, |odd, pair| {
        let [[ax, ay], [bx, by]] = [pair[0], pair[1]].map(|point| point.map(f64::from));
        let crossed = (ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax;
        odd ^ crossed
    })
}

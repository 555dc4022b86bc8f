//! The basemap ends softly: no straight cut where its archive ends.

use jintu::{
    basemap::{Basemap, edge::edge},
    geo::{MercatorExtent, mercator},
    store,
    units::Mercator,
};

fn covered(strips: &[(MercatorExtent, f32)], p: Mercator) -> Vec<f32> {
    let holds =
        |e: &MercatorExtent| (e.min.x..e.max.x).contains(&p.x) && (e.min.y..e.max.y).contains(&p.y);
    strips.iter().filter(|(part, _)| holds(part)).map(|(_, firm)| *firm).collect()
}

#[test]
fn the_ground_comes_over_the_map_in_steps_that_cannot_be_seen() {
    let archive = Basemap::open(store::BASEMAP).unwrap().extent();
    let whole = mercator::extent_to_mercator(archive);
    let strips = edge(archive, &whole);
    let middle = Mercator {
        x: f64::midpoint(whole.min.x, whole.max.x),
        y: f64::midpoint(whole.min.y, whole.max.y),
    };
    assert!(covered(&strips, middle).is_empty());
    // From the middle over each edge, and towards each corner.
    for (dx, dy) in
        [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0), (1.0, 1.0), (-1.0, 1.0), (1.0, -1.0)]
    {
        let mut before = 0.0_f32;
        for i in 0..=1000 {
            let t = f64::from(i) / 1000.0 * 0.5;
            let at = Mercator {
                x: middle.x + dx * t * (whole.max.x - whole.min.x),
                y: middle.y + dy * t * (whole.max.y - whole.min.y),
            };
            let here = covered(&strips, at);
            assert!(here.len() <= 1, "strips lie on each other: {here:?}");
            let firm = here.first().copied().unwrap_or(0.0);
            assert!(firm >= before - 1e-6, "{dx} {dy} {t}");
            assert!(firm - before <= 0.05, "a step of {} at {t}", firm - before);
            before = firm;
        }
        assert!(before > 0.95, "{before} at the edge");
    }
    // What lies in the middle of the map pays nothing for it.
    let near = MercatorExtent {
        min: Mercator { x: middle.x - 1e-3, y: middle.y - 1e-3 },
        max: Mercator { x: middle.x + 1e-3, y: middle.y + 1e-3 },
    };
    assert!(edge(archive, &near).is_empty());
}

/// No project and no county of the city lies in the fade.
#[test]
fn nothing_of_the_plan_fades() {
    let archive = Basemap::open(store::BASEMAP).unwrap().extent();
    let strips = edge(archive, &mercator::extent_to_mercator(archive));
    let catalogue = crate::real::catalogue();
    for county in catalogue.counties.iter().filter(|county| county.in_city) {
        for c in county.polygon.iter().flat_map(|area| area.exterior().coords()) {
            let at = mercator::from_lon_lat((*c).into());
            assert!(covered(&strips, at).is_empty(), "{}", county.name.zh);
        }
    }
}

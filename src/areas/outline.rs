//! Borders as polygons, and the counties along a line.

use std::collections::{BTreeMap, BTreeSet};

use geo::{LineString, MultiPolygon, Polygon};

use super::{
    Areas,
    read::{Arc, Bounds, STEPS, Walk},
};
use crate::{
    geo::{Alignment, CountyArea, CountyIndex, CountyPiece, ring_nesting},
    units::Extent,
};

impl Areas {
    /// The polygon of a county, or of all counties of a prefecture or province in one; empty for a code
    /// that nothing has. Neighbours have the same vertices along their border.
    pub fn polygon(&self, code: &str) -> MultiPolygon<f64> {
        if let Some(territory) = self.territories.get(code) {
            let polygons = territory.polygons.iter().map(|rings| {
                let mut rings = rings.iter().map(|ring| self.ring(ring));
                let outer = rings.next().unwrap_or_else(|| LineString::new(Vec::new()));
                Polygon::new(outer, rings.collect())
            });
            return MultiPolygon::new(polygons.collect());
        }
        self.joined(&self.counties_of(code).map(|area| area.code.as_str()).collect())
    }

    /// What a unit lies in; `None` for a code that nothing has.
    pub fn extent(&self, code: &str) -> Option<Extent> {
        let bounds = self.counties_of(code).filter_map(|own| self.territories.get(&own.code));
        let Bounds(sides) = bounds.map(|own| own.bounds).reduce(Bounds::joined)?;
        let [west_deg, south_deg, east_deg, north_deg] = sides.map(|own| f64::from(own) / STEPS);
        Some(Extent { west_deg, south_deg, east_deg, north_deg })
    }

    /// Counties with their polygons, by code; codes that are no county are left out.
    pub fn county_areas<'a>(
        &'a self,
        codes: impl IntoIterator<Item = &'a str> + 'a,
    ) -> impl Iterator<Item = CountyArea> + 'a {
        codes.into_iter().filter(|code| self.territories.contains_key(*code)).filter_map(|code| {
            let area = self.units.get(code)?;
            let (code, name) = (area.code.clone(), area.name.zh.clone());
            Some(CountyArea { polygon: self.polygon(&code), code, name })
        })
    }

    /// The counties along a line, in order, as [`CountyIndex::split`] tells them.
    pub fn along(&self, line: &Alignment) -> Vec<CountyPiece> {
        let corners = line.positions().iter().copied();
        let codes = Extent::around(corners).map_or_else(BTreeSet::new, |e| self.within(e));
        let areas = self.county_areas(codes.iter().map(String::as_str)).collect();
        CountyIndex::new(areas).split(line)
    }

    /// Codes of the counties whose box meets an extent.
    pub fn within(&self, extent: Extent) -> BTreeSet<String> {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "steps of degrees fit, others saturate"
        )]
        let steps = |deg: f64| (deg * STEPS) as i32;
        let bounds = Bounds([
            steps(extent.west_deg).saturating_sub(1),
            steps(extent.south_deg).saturating_sub(1),
            steps(extent.east_deg).saturating_add(1),
            steps(extent.north_deg).saturating_add(1),
        ]);
        let met = self.territories.iter().filter(|(_, t)| t.bounds.touches(bounds));
        met.map(|(code, _)| code.clone()).collect()
    }

    /// Codes of the counties that have a stretch of border with one of these and are none of them.
    pub fn beside(&self, codes: &BTreeSet<&str>) -> BTreeSet<String> {
        let arcs: BTreeSet<usize> = self.arcs_of(codes).map(|(number, _)| number).collect();
        let others = self.territories.iter().filter(|(code, _)| !codes.contains(code.as_str()));
        others
            .filter(|(_, territory)| {
                territory.polygons.iter().flatten().flatten().any(|(n, _)| arcs.contains(n))
            })
            .map(|(code, _)| code.clone())
            .collect()
    }

    fn arcs_of<'a>(&'a self, codes: &'a BTreeSet<&str>) -> impl Iterator<Item = Walk> + 'a {
        codes
            .iter()
            .filter_map(|code| self.territories.get(*code))
            .flat_map(|t| t.polygons.iter().flatten().flatten().copied())
    }

    fn points(&self, (number, back): Walk) -> impl Iterator<Item = [f64; 2]> + '_ {
        let points = self.arcs.get(number).map_or(&[][..], |arc: &Arc| &arc.points);
        let last = points.len().saturating_sub(1);
        (0..points.len())
            .filter_map(move |i| points.get(if back { last - i } else { i }))
            .map(|[x, y]| [f64::from(*x) / STEPS, f64::from(*y) / STEPS])
    }

    /// Arcs one behind the other; the last position is the first.
    fn ring(&self, walks: &[Walk]) -> LineString<f64> {
        let mut points: Vec<(f64, f64)> = Vec::new();
        for walk in walks {
            let repeats = usize::from(!points.is_empty());
            points.extend(self.points(*walk).skip(repeats).map(|[x, y]| (x, y)));
        }
        LineString::from(points)
    }

    /// Counties in one: arcs that two of them share fall away.
    fn joined(&self, codes: &BTreeSet<&str>) -> MultiPolygon<f64> {
        let mut outer: BTreeMap<usize, Walk> = BTreeMap::new();
        for walk in self.arcs_of(codes) {
            if outer.remove(&walk.0).is_none() {
                outer.insert(walk.0, walk);
            }
        }
        // What is left of each ring goes on where the arc before ends.
        let mut from: BTreeMap<[i32; 2], Vec<Walk>> = BTreeMap::new();
        for walk in outer.into_values() {
            if let Some((start, _)) = self.ends(walk) {
                from.entry(start).or_default().push(walk);
            }
        }
        let mut rings: Vec<Vec<[f64; 2]>> = Vec::new();
        while let Some((&start, _)) = from.iter().find(|(_, walks)| !walks.is_empty()) {
            let mut walks = Vec::new();
            let mut at = start;
            while let Some(walk) = from.get_mut(&at).and_then(Vec::pop) {
                walks.push(walk);
                at = self.ends(walk).map_or(start, |(_, end)| end);
                if at == start {
                    break;
                }
            }
            rings.push(self.ring(&walks).0.iter().map(|c| [c.x, c.y]).collect());
        }
        let line = |i: usize| {
            let points = rings.get(i).map_or(&[][..], Vec::as_slice);
            LineString::from(points.iter().map(|[x, y]| (*x, *y)).collect::<Vec<_>>())
        };
        let nested = ring_nesting::nest(&rings);
        let polygons = nested
            .into_iter()
            .map(|ring| Polygon::new(line(ring.outer), ring.holes.into_iter().map(line).collect()));
        MultiPolygon::new(polygons.collect())
    }

    fn ends(&self, (number, back): Walk) -> Option<([i32; 2], [i32; 2])> {
        let points = &self.arcs.get(number)?.points;
        let (first, last) = (*points.first()?, *points.last()?);
        Some(if back { (last, first) } else { (first, last) })
    }
}

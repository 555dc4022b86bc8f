//! Names of rivers, lakes and roads in one tile, each along the longest line that bears it.

use std::{collections::HashMap, sync::Arc};

use super::tile::{NamedLines, TileLine, TilePoint, VectorTile};
use crate::{
    language::Bilingual,
    scene::{LineName, NameOf, letters},
    units::Mercator,
};

/// The names of a tile at its place.
pub fn line_names(tile: &VectorTile, (z, x, y): (u8, u32, u32)) -> Vec<Arc<LineName>> {
    let tiles = f64::from(z).exp2();
    let place = |p: &TilePoint| Mercator {
        x: (f64::from(x) + f64::from(p[0])) / tiles,
        y: (f64::from(y) + f64::from(p[1])) / tiles,
    };
    let preferred = (x + y).is_multiple_of(2);
    let mut longest: HashMap<(NameOf, &str), (&str, f32, &[TilePoint])> = HashMap::new();
    let mut take = |of, zh, en, line| {
        for run in inside(line) {
            let long = letters::length(run);
            let best = longest.entry((of, zh)).or_insert((en, 0.0, &[]));
            if long > best.1 {
                *best = (en, long, run);
            }
        }
    };
    for river in &tile.water_lines {
        // Drawn through its ends only, its course is not known.
        if !river.name.is_empty() && !river.schematic {
            let Bilingual { zh, en } = &river.name;
            each(river, |line| take(NameOf::River(river.rank), zh, en, line));
        }
    }
    for road in tile.roads.iter().filter(|road| !road.number.is_empty()) {
        // Several numbers share a road: the first is its main one.
        let number = road.number.split([';', '/', '，', ',']).next().unwrap_or_default();
        each(road, |line| take(NameOf::Road, number, "", line));
    }
    let mut names: Vec<Arc<LineName>> = longest
        .into_iter()
        .filter(|(_, (_, long, _))| *long > 0.0)
        .map(|((of, zh), (en, _, run))| {
            Arc::new(LineName {
                of,
                name: Bilingual::new(zh, en),
                path: run.iter().map(place).collect(),
                preferred,
            })
        })
        .collect();
    for water in tile.water_areas.iter().filter(|water| !water.name.is_empty()) {
        let outer = water.areas.iter().filter_map(|area| area.rings.first());
        let largest = outer.max_by(|a, b| size(a).total_cmp(&size(b)));
        // A lake that is cut by the tile's edge has its middle in another.
        let middle = largest.filter(|ring| is_whole(ring)).map(middle);
        if let Some(middle) = middle {
            names.push(Arc::new(LineName {
                of: NameOf::Lake,
                name: water.name.clone(),
                path: vec![place(&middle)],
                preferred,
            }));
        }
    }
    names.sort_by(|a, b| a.name.cmp(&b.name));
    names
}

/// Where the lines run that no name should be struck through by.
pub fn courses(tile: &VectorTile, (z, x, y): (u8, u32, u32)) -> Arc<[Vec<Mercator>]> {
    let tiles = f64::from(z).exp2();
    let place = |p: &TilePoint| Mercator {
        x: (f64::from(x) + f64::from(p[0])) / tiles,
        y: (f64::from(y) + f64::from(p[1])) / tiles,
    };
    let lines = [&tile.water_lines, &tile.roads, &tile.rails, &tile.metros].into_iter().flatten();
    lines.flat_map(|of| &of.lines).map(|line| line.points.iter().map(place).collect()).collect()
}

fn each<'a>(lines: &'a NamedLines, take: impl FnMut(&'a TileLine)) {
    lines.lines.iter().for_each(take);
}

/// The runs of a line inside the tile, without its buffer.
fn inside(line: &TileLine) -> impl Iterator<Item = &[TilePoint]> {
    let is_in = |p: &TilePoint| p.iter().all(|v| (0.0..=1.0).contains(v));
    line.points.split(move |p| !is_in(p)).filter(|run| run.len() > 1)
}

fn size(ring: &TileLine) -> f32 {
    let [low, high] = ring.bounds;
    (high[0] - low[0]) * (high[1] - low[1])
}

fn middle(ring: &TileLine) -> TilePoint {
    let [low, high] = ring.bounds;
    [f32::midpoint(low[0], high[0]), f32::midpoint(low[1], high[1])]
}

fn is_whole(ring: &TileLine) -> bool {
    let [low, high] = ring.bounds;
    low.iter().all(|v| *v >= 0.0) && high.iter().all(|v| *v <= 1.0)
}

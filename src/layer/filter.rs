//! Which features a county or a drawn polygon lets pass. Exact on the full data.

use super::{
    Bits, Chunk, CountyCodes, Kind, Layer, PreparedPolygon, grid::Boxes, prepared_polygon::Share,
};
use crate::units::Mercator;

/// The rows that pass, one set per chunk.
pub type Selected = Vec<Bits>;

/// The features that lie in one of the counties (all, where none is given) and have anything in the
/// polygon. A layer whose counties are not known yet has none.
pub fn select(
    layer: &Layer,
    counties: &CountyCodes,
    codes: &[&str],
    polygon: Option<&PreparedPolygon>,
) -> Selected {
    let wanted: Vec<bool> =
        counties.codes.iter().map(|own| codes.contains(&own.as_str())).collect();
    layer
        .chunks
        .iter()
        .enumerate()
        .map(|(i, chunk)| {
            let in_counties = (!codes.is_empty()).then(|| {
                layer
                    .counties
                    .get(i)
                    .map_or_else(|| Bits::none(chunk.shapes.len()), |own| own.rows_in(&wanted))
            });
            let in_polygon = polygon.map(|polygon| in_polygon(chunk, polygon));
            match (in_counties, in_polygon) {
                (Some(mut a), Some(b)) => {
                    a.intersect(&b);
                    a
                }
                (Some(rows), None) | (None, Some(rows)) => rows,
                (None, None) => Bits::all(chunk.shapes.len()),
            }
        })
        .collect()
}

/// The rows that have anything inside.
fn in_polygon(chunk: &Chunk, polygon: &PreparedPolygon) -> Bits {
    let shapes = &chunk.shapes;
    let mut found = Bits::none(shapes.len());
    let (Some(grid), Some(extent)) = (&chunk.grid, polygon.extent()) else { return found };
    if !shapes.only_points() {
        grid.in_extent(shapes, &extent, &mut |row| {
            if touches(chunk, row, polygon) {
                found.insert(row);
            }
        });
        return found;
    }
    // A cell that lies wholly inside or outside decides for all its points.
    grid.cells(&extent, &mut |cell, rows| match polygon.share_of(cell) {
        Share::None => {}
        Share::All => rows.iter().for_each(|row| found.insert(usize::from(*row))),
        Share::Some => {
            for row in rows.iter().map(|row| usize::from(*row)) {
                if shapes.positions.get(row).is_some_and(|p| polygon.contains(*p)) {
                    found.insert(row);
                }
            }
        }
    });
    found
}

fn touches(chunk: &Chunk, row: usize, polygon: &PreparedPolygon) -> bool {
    let shapes = &chunk.shapes;
    let has_areas = matches!(shapes.kind(row), Kind::Area | Kind::Mixed);
    match Boxes(shapes).of(row).map(|own| polygon.share_of(&own)) {
        None | Some(Share::None) => {
            // The polygon may lie wholly inside an area whose box it does not cut.
            return has_areas && holds(chunk, row, polygon);
        }
        Some(Share::All) => return true,
        Some(Share::Some) => {}
    }
    for part in shapes.parts_of(row) {
        let path = shapes.part(part);
        if path.iter().any(|p| polygon.contains(*p)) {
            return true;
        }
        if shapes.edges(row, part).any(|(a, b)| polygon.crosses(a, b)) {
            return true;
        }
    }
    has_areas && holds(chunk, row, polygon)
}

/// Whether an area holds all of the polygon.
fn holds(chunk: &Chunk, row: usize, polygon: &PreparedPolygon) -> bool {
    polygon.any_position().is_some_and(|p| contains(chunk, row, p))
}

/// Whether a position lies in an area: the even-odd rule over its rings.
pub(super) fn contains(chunk: &Chunk, row: usize, p: Mercator) -> bool {
    let shapes = &chunk.shapes;
    let closed = |part: &usize| shapes.role(row, *part).is_closed();
    let rings: Vec<&[Mercator]> =
        shapes.parts_of(row).filter(closed).map(|part| shapes.part(part)).collect();
    PreparedPolygon::new(rings).contains(p)
}

//! A place from the command line: a position, or the shapes of a file.

use std::path::Path;

use geo::{Coord, CoordsIter as _, Geometry, Point};

use super::{CliError, open_options};
use crate::{
    app::{Language, Tell, echo},
    areas::Areas,
    jobs::read_file,
    layer::{CountyCodes, feature_geometry},
    search::positions,
    store, tr,
    units::LonLat,
};

/// A position, as the search box reads it.
pub fn at(text: &str, language: Language) -> Result<Geometry<f64>, CliError> {
    /// Metres without a zone lie nearest to the middle of the country.
    const MIDDLE: LonLat = LonLat { lon_deg: 104.0, lat_deg: 35.0 };
    let found = positions(text, MIDDLE).into_iter().next();
    let at = found.ok_or_else(|| CliError::Usage(tr!(language, "book.at", text = echo(text))))?.at;
    Ok(Point(Coord::from(at)).into())
}

/// Refuses what stands for no position, and tells of what lies in no county of the country.
pub fn judge(geometry: &Geometry<f64>, language: Language) -> Result<(), CliError> {
    if geometry.coords_iter().any(|c| c.x == 0.0 && c.y == 0.0) {
        return Err(CliError::Usage(tr!(language, "book.null_island")));
    }
    let Ok(areas) = Areas::read(store::AREAS) else { return Ok(()) };
    let outside = geometry.coords_iter().find(|c| areas.county_at((*c).into()).is_none());
    if let Some(c) = outside {
        let at = format!("{:.6},{:.6}", c.x, c.y);
        super::complain(&tr!(language, "book.abroad", at = at));
    }
    Ok(())
}

/// All shapes of all features of a file.
pub fn of_file(path: &Path, language: Language) -> Result<Geometry<f64>, CliError> {
    let options = open_options::open_options(None, language)?;
    let counties = CountyCodes::new(Vec::new());
    let (_, layers) =
        read_file(path, &options, &counties).map_err(|e| CliError::Data(e.tell(language)))?;
    let chunks = layers.iter().flat_map(|layer| &layer.chunks);
    let shapes = chunks.flat_map(|chunk| {
        (0..chunk.shapes.len()).flat_map(|row| feature_geometry::shapes_of(&chunk.shapes, row))
    });
    feature_geometry::joined(shapes.collect())
        .ok_or_else(|| CliError::Data(tr!(language, "book.no_features", path = path.display())))
}

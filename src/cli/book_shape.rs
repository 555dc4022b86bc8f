//! A place from the command line: a position, or the shapes of a file.

use std::path::Path;

use geo::{Geometry, GeometryCollection, LineString, Point, Polygon};

use super::{CliError, open_options, values::numbers};
use crate::{
    app::{Language, Tell, echo},
    geo::mercator,
    jobs::read_file,
    layer::{CountyCodes, Layer, Part},
    tr,
    units::Mercator,
};

/// A position in degrees.
pub fn at(text: &str, language: Language) -> Result<Geometry<f64>, CliError> {
    let sound = |[lon, lat]: &[f64; 2]| lon.abs() <= 180.0 && lat.abs() <= 90.0;
    let [lon, lat] = numbers(text)
        .filter(sound)
        .ok_or_else(|| CliError::Usage(tr!(language, "book.at", text = echo(text))))?;
    Ok(Point::new(lon, lat).into())
}

/// All shapes of all features of a file.
pub fn of_file(path: &Path, language: Language) -> Result<Geometry<f64>, CliError> {
    let options = open_options::open_options(None, language)?;
    let counties = CountyCodes::new(Vec::new());
    let (_, layers) =
        read_file(path, &options, &counties).map_err(|e| CliError::Data(e.tell(language)))?;
    let mut shapes: Vec<Geometry<f64>> = layers.iter().flat_map(|layer| shapes(layer)).collect();
    match shapes.len() {
        0 => Err(CliError::Data(tr!(language, "book.no_features", path = path.display()))),
        1 => Ok(shapes.remove(0)),
        _ => Ok(Geometry::GeometryCollection(GeometryCollection::from(shapes))),
    }
}

fn shapes(layer: &Layer) -> Vec<Geometry<f64>> {
    let mut found: Vec<Geometry<f64>> = Vec::new();
    for chunk in &layer.chunks {
        for feature in 0..chunk.shapes.len() {
            for part in chunk.shapes.parts_of(feature) {
                let path: Vec<_> = chunk.shapes.part(part).iter().map(position).collect();
                match chunk.shapes.role(feature, part) {
                    Part::Point => found.extend(path.into_iter().map(|at| Point(at).into())),
                    Part::Line => found.push(LineString(path).into()),
                    Part::Ring => found.push(Polygon::new(LineString(path), Vec::new()).into()),
                    Part::Hole => {
                        if let Some(Geometry::Polygon(area)) = found.last_mut() {
                            area.interiors_push(LineString(path));
                        }
                    }
                }
            }
        }
    }
    found
}

/// To the tenth of a millimetre, as Mercator in memory keeps it.
fn position(at: &Mercator) -> geo::Coord<f64> {
    let at = mercator::to_lon_lat(*at);
    let rounded = |deg: f64| (deg * 1e9).round() / 1e9;
    geo::Coord { x: rounded(at.lon_deg), y: rounded(at.lat_deg) }
}

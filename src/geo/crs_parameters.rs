//! A plane of its projection and parameters, whatever file tells them.

use super::{
    Crs, Datum,
    conic::{Conic, ConicKind, ConicParameters},
    crs_names::Projection,
    transverse_mercator::{PlaneParameters, TransverseMercator},
    unknown_crs::UnknownCrs,
};

// Names as `crs_names::plain` has them: WKT 1, Esri's, WKT 2, PROJ's.
const MERIDIAN: [&str; 6] = [
    "centralmeridian",
    "longitudeofcenter",
    "longitudeoforigin",
    "longitudeofnaturalorigin",
    "longitudeoffalseorigin",
    "lon0",
];
const ORIGIN: [&str; 5] = [
    "latitudeoforigin",
    "latitudeofcenter",
    "latitudeofnaturalorigin",
    "latitudeoffalseorigin",
    "lat0",
];
const SCALE: [&str; 4] = ["scalefactor", "scalefactoratnaturalorigin", "k0", "k"];
const FALSE_EASTING: [&str; 3] = ["falseeasting", "eastingatfalseorigin", "x0"];
const FALSE_NORTHING: [&str; 3] = ["falsenorthing", "northingatfalseorigin", "y0"];
const FIRST_PARALLEL: [&str; 3] = ["standardparallel1", "latitudeof1ststandardparallel", "lat1"];
const SECOND_PARALLEL: [&str; 3] = ["standardparallel2", "latitudeof2ndstandardparallel", "lat2"];

/// The value of the first parameter of one of these names; none where there is none.
pub(super) type Parameter<'a> = &'a dyn Fn(&[&str]) -> Result<Option<f64>, UnknownCrs>;

/// The system of a projection and whatever tells its parameters, by their plain names.
pub(super) fn plane(
    datum: Datum,
    projection: Projection,
    parameter: Parameter<'_>,
) -> Result<Crs, UnknownCrs> {
    let central_meridian_deg = parameter(&MERIDIAN)?.unwrap_or(0.0);
    let origin_lat_deg = parameter(&ORIGIN)?.unwrap_or(0.0);
    let scale = parameter(&SCALE)?.unwrap_or(1.0);
    let false_easting_m = parameter(&FALSE_EASTING)?.unwrap_or(0.0);
    let false_northing_m = parameter(&FALSE_NORTHING)?.unwrap_or(0.0);
    let kind = match projection {
        Projection::WebMercator => return Ok(Crs::WebMercator),
        Projection::Mercator => return Err(UnknownCrs::Projection("Mercator".to_owned())),
        Projection::TransverseMercator => {
            let parameters = PlaneParameters {
                central_meridian_deg,
                origin_lat_deg,
                scale,
                false_easting_m,
                false_northing_m,
                height_m: 0.0,
            };
            return TransverseMercator::new(datum, parameters)
                .map(Crs::TransverseMercator)
                .ok_or(UnknownCrs::Parameter("central_meridian"));
        }
        Projection::Albers => ConicKind::Albers,
        Projection::Lambert => ConicKind::Lambert,
    };
    let first = parameter(&FIRST_PARALLEL)?;
    let second = parameter(&SECOND_PARALLEL)?;
    // With one parallel the cone touches there, and there its origin lies.
    let first = first.or_else(|| (kind == ConicKind::Lambert).then_some(origin_lat_deg));
    let first = first.ok_or(UnknownCrs::Parameter("standard_parallel_1"))?;
    let parameters = ConicParameters {
        central_meridian_deg,
        origin_lat_deg,
        parallels_deg: [first, second.unwrap_or(first)],
        scale,
        false_easting_m,
        false_northing_m,
    };
    Conic::new(datum, kind, parameters)
        .map(Crs::Conic)
        .ok_or(UnknownCrs::Parameter("standard_parallel_1"))
}

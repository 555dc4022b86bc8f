//! Reference systems as well-known text, for `.prj` files, `GeoPackage` and `FlatGeobuf`.

use std::fmt::Write;

use super::{
    Crs, Datum,
    conic::{Conic, ConicKind},
    ellipsoid::Ellipsoid,
    transverse_mercator::{TransverseMercator, ZoneWidth},
};

/// WKT 1 as Esri has it, on one line: what stands in a `.prj`. `None` for GCJ-02 and BD-09, which no
/// such text can say: what is written has to be brought to another system first.
///
/// ```
/// use jintu::geo::{Crs, crs_wkt};
///
/// let wkt = crs_wkt::to_esri(Crs::from_epsg(4526).unwrap()).unwrap();
/// assert!(wkt.starts_with("PROJCS[\"CGCS2000_3_Degree_GK_Zone_38\",GEOGCS["));
/// assert!(wkt.contains("PARAMETER[\"False_Easting\",38500000.0]"));
/// assert_eq!(crs_wkt::to_esri(Crs::GCJ02), None);
/// ```
pub fn to_esri(crs: Crs) -> Option<String> {
    written(crs, Flavour::Esri)
}

/// WKT 1 as OGC has it, with EPSG's numbers: what stands in a `GeoPackage`. `None` as for [`to_esri`].
pub fn to_ogc(crs: Crs) -> Option<String> {
    written(crs, Flavour::Ogc)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Flavour {
    Esri,
    Ogc,
}

fn written(crs: Crs, flavour: Flavour) -> Option<String> {
    let base = geographic(crs.datum(), flavour)?;
    if let Crs::Degrees(_) = crs {
        return Some(base);
    }
    let (projection, parameters) = projected(crs, flavour);
    let name = name(crs, flavour);
    let mut wkt = format!("PROJCS[\"{name}\",{base},PROJECTION[\"{projection}\"]");
    for (key, value) in parameters {
        // Writing into a string never fails.
        let _ = match flavour {
            Flavour::Esri => write!(wkt, ",PARAMETER[\"{}\",{value:?}]", titled(key)),
            Flavour::Ogc => write!(wkt, ",PARAMETER[\"{key}\",{value}]"),
        };
    }
    if flavour == Flavour::Esri {
        return Some(wkt + ",UNIT[\"Meter\",1.0]]");
    }
    wkt += ",UNIT[\"metre\",1,AUTHORITY[\"EPSG\",\"9001\"]]";
    if !is_zone(crs) {
        // The register has the northing of Gauss–Krüger first, files have not: so nothing is said.
        wkt += ",AXIS[\"Easting\",EAST],AXIS[\"Northing\",NORTH]";
    }
    if crs == Crs::WebMercator {
        // WKT 1 has no other way to say that the ellipsoid is meant as a sphere.
        wkt += ",EXTENSION[\"PROJ4\",\"+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 \
                +y_0=0 +k=1 +units=m +nadgrids=@null +wktext +no_defs\"]";
    }
    wkt += &crs.epsg().map(authority).unwrap_or_default();
    Some(wkt + "]")
}

fn is_zone(crs: Crs) -> bool {
    matches!(crs, Crs::TransverseMercator(plane) if plane.gauss_kruger().is_some())
}

fn authority(code: u32) -> String {
    format!(",AUTHORITY[\"EPSG\",\"{code}\"]")
}

fn geographic(datum: Datum, flavour: Flavour) -> Option<String> {
    // Esri's and EPSG's names of system, datum and ellipsoid, and the datum's number.
    let (esri, epsg, code) = match datum {
        Datum::Wgs84 => {
            (["GCS_WGS_1984", "D_WGS_1984", "WGS_1984"], ["WGS 84", "WGS_1984", "WGS 84"], 6326)
        }
        Datum::Cgcs2000 => (
            ["GCS_China_Geodetic_Coordinate_System_2000", "D_China_2000", "CGCS2000"],
            ["China Geodetic Coordinate System 2000", "China_2000", "CGCS2000"],
            1043,
        ),
        Datum::Xian1980 => (
            ["GCS_Xian_1980", "D_Xian_1980", "Xian_1980"],
            ["Xian 1980", "Xian_1980", "IAG 1975"],
            6610,
        ),
        Datum::Beijing1954 => (
            ["GCS_Beijing_1954", "D_Beijing_1954", "Krasovsky_1940"],
            ["Beijing 1954", "Beijing_1954", "Krassowsky 1940"],
            6214,
        ),
        Datum::NewBeijing => (
            ["GCS_New_Beijing", "D_New_Beijing", "Krasovsky_1940"],
            ["New Beijing", "New_Beijing", "Krassowsky 1940"],
            1045,
        ),
        Datum::Gcj02 | Datum::Bd09 => return None,
    };
    let ellipsoid = datum.ellipsoid();
    let (a, inverse) = (ellipsoid.semi_major_m(), ellipsoid.inverse_flattening());
    Some(match flavour {
        Flavour::Esri => {
            let [system, datum, spheroid] = esri;
            format!(
                "GEOGCS[\"{system}\",DATUM[\"{datum}\",SPHEROID[\"{spheroid}\",{a:?},{inverse:?}]],\
                 PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]"
            )
        }
        Flavour::Ogc => {
            let [system, datum_name, spheroid] = epsg;
            let of_spheroid = authority(match ellipsoid {
                Ellipsoid::Wgs84 => 7030,
                Ellipsoid::Cgcs2000 => 1024,
                Ellipsoid::Iag1975 => 7049,
                Ellipsoid::Krasovsky => 7024,
            });
            let of_datum = authority(code);
            let own = Crs::Degrees(datum).epsg().map(authority).unwrap_or_default();
            format!(
                "GEOGCS[\"{system}\",DATUM[\"{datum_name}\",\
                 SPHEROID[\"{spheroid}\",{a},{inverse}{of_spheroid}]{of_datum}],\
                 PRIMEM[\"Greenwich\",0,AUTHORITY[\"EPSG\",\"8901\"]],\
                 UNIT[\"degree\",0.0174532925199433,AUTHORITY[\"EPSG\",\"9122\"]]{own}]"
            )
        }
    })
}

/// Name of the projection and its parameters by OGC's names, in the order of each list.
fn projected(crs: Crs, flavour: Flavour) -> (&'static str, Vec<(&'static str, f64)>) {
    let is_esri = flavour == Flavour::Esri;
    let (projection, origin, own, falses) = match crs {
        Crs::Degrees(_) => ("", None, Vec::new(), [0.0; 2]),
        Crs::WebMercator if is_esri => {
            let own = vec![
                ("central_meridian", 0.0),
                ("standard_parallel_1", 0.0),
                ("auxiliary_sphere_type", 0.0),
            ];
            ("Mercator_Auxiliary_Sphere", None, own, [0.0; 2])
        }
        Crs::WebMercator => {
            let own = vec![("central_meridian", 0.0), ("scale_factor", 1.0)];
            ("Mercator_1SP", None, own, [0.0; 2])
        }
        Crs::TransverseMercator(plane) => {
            let p = plane.parameters();
            let by_esri = is_esri && is_zone(crs);
            let own = vec![
                ("central_meridian", p.central_meridian_deg),
                // The height of the plane has no other word.
                ("scale_factor", plane.length_factor()),
            ];
            (
                if by_esri { "Gauss_Kruger" } else { "Transverse_Mercator" },
                Some(("latitude_of_origin", p.origin_lat_deg)),
                own,
                [p.false_easting_m, p.false_northing_m],
            )
        }
        Crs::Conic(plane) => conic(plane, is_esri),
    };
    let [east, north] = falses;
    let falses = [("false_easting", east), ("false_northing", north)];
    let parameters = if is_esri {
        falses.into_iter().chain(own).chain(origin).collect()
    } else {
        origin.into_iter().chain(own).chain(falses).collect()
    };
    (projection, parameters)
}

/// Name, origin, own parameters, false easting and northing.
type Projected = (&'static str, Option<(&'static str, f64)>, Vec<(&'static str, f64)>, [f64; 2]);

#[expect(clippy::float_cmp, reason = "figures as they were given")]
fn conic(plane: Conic, is_esri: bool) -> Projected {
    let p = plane.parameters();
    let [first, second] = p.parallels_deg;
    let is_albers = plane.kind() == ConicKind::Albers;
    // A cone that touches where its origin lies has a form of its own.
    let touches = !is_albers && first == second && first == p.origin_lat_deg;
    let name = match (is_albers, is_esri) {
        (true, true) => "Albers",
        (true, false) => "Albers_Conic_Equal_Area",
        (false, true) => "Lambert_Conformal_Conic",
        (false, false) if touches => "Lambert_Conformal_Conic_1SP",
        (false, false) => "Lambert_Conformal_Conic_2SP",
    };
    let [origin, meridian] = if is_albers && !is_esri {
        ["latitude_of_center", "longitude_of_center"]
    } else {
        ["latitude_of_origin", "central_meridian"]
    };
    let mut own = vec![(meridian, p.central_meridian_deg)];
    if is_esri || !touches {
        own.push(("standard_parallel_1", first));
    }
    if !touches {
        own.push(("standard_parallel_2", second));
    }
    if p.scale != 1.0 || touches && !is_esri {
        own.push(("scale_factor", p.scale));
    }
    (name, Some((origin, p.origin_lat_deg)), own, [p.false_easting_m, p.false_northing_m])
}

/// `false_easting` as Esri writes it.
fn titled(key: &str) -> String {
    let word = |word: &str| {
        let mut chars = word.chars();
        chars.next().map(|c| c.to_ascii_uppercase().to_string() + chars.as_str())
    };
    key.split('_').filter_map(word).collect::<Vec<_>>().join("_")
}

/// What the register, or Esri's list, calls the plane; for others a name that tells what it is.
fn name(crs: Crs, flavour: Flavour) -> String {
    let is_esri = flavour == Flavour::Esri;
    let datum = match crs.datum() {
        Datum::Wgs84 | Datum::Gcj02 | Datum::Bd09 => "WGS 84",
        Datum::Cgcs2000 => "CGCS2000",
        Datum::Beijing1954 => "Beijing 1954",
        Datum::Xian1980 => "Xian 1980",
        Datum::NewBeijing => "New Beijing",
    };
    let told = match crs {
        Crs::Degrees(_) => datum.to_owned(),
        Crs::WebMercator if is_esri => "WGS_1984_Web_Mercator_Auxiliary_Sphere".to_owned(),
        Crs::WebMercator => "WGS 84 / Pseudo-Mercator".to_owned(),
        Crs::TransverseMercator(plane) => format!("{datum} / {}", plane_name(plane, is_esri)),
        Crs::Conic(plane) => {
            let kind = match plane.kind() {
                ConicKind::Albers => "Albers",
                ConicKind::Lambert => "Lambert Conformal Conic",
            };
            format!("{datum} / {kind} {}E", plane.parameters().central_meridian_deg)
        }
    };
    if !is_esri {
        return told;
    }
    let told = told.replace("WGS 84 /", "WGS 1984 /").replace(" / ", " ");
    told.replace([' ', '-', '.'], "_")
}

fn plane_name(plane: TransverseMercator, is_esri: bool) -> String {
    let p = plane.parameters();
    if let Some((zone, is_south)) = plane.utm_zone() {
        return format!("UTM zone {zone}{}", if is_south { 'S' } else { 'N' })
            .replace("zone", if is_esri { "Zone" } else { "zone" });
    }
    let meridian = p.central_meridian_deg;
    // A plane at a height shares the zone, not its name.
    let usual = plane.gauss_kruger().filter(|(width, zone)| {
        TransverseMercator::zone(plane.datum(), *width, *zone, plane.is_prefixed()) == Some(plane)
    });
    let Some((width, zone)) = usual else { return format!("Transverse Mercator {meridian}E") };
    // Esri's list writes some names out.
    let is_long = match plane.datum() {
        Datum::NewBeijing => true,
        Datum::Beijing1954 => width == ZoneWidth::Six && !plane.is_prefixed(),
        _ => false,
    };
    let short = is_esri && !is_long;
    let kind = match (width, short) {
        (ZoneWidth::Three, false) => "3-degree Gauss-Kruger",
        (ZoneWidth::Six, false) => "Gauss-Kruger",
        (ZoneWidth::Three, true) => "3-Degree GK",
        (ZoneWidth::Six, true) => "GK",
    };
    let kind = if is_esri { kind.replace("3-degree", "3-Degree") } else { kind.to_owned() };
    match (plane.is_prefixed(), is_esri) {
        (true, true) => format!("{kind} Zone {zone}"),
        (true, false) => format!("{kind} zone {zone}"),
        (false, _) => format!("{kind} CM {meridian}E"),
    }
}

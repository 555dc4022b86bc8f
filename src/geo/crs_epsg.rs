//! The numbers of EPSG's register (version 11.022) that Chinese data uses.

use super::{
    Crs, Datum,
    transverse_mercator::{TransverseMercator, ZoneWidth},
};

/// Consecutive numbers of consecutive zones.
struct Run {
    first: u32,
    last: u32,
    datum: Datum,
    width: ZoneWidth,
    /// Whether eastings begin with the number of the zone.
    prefixed: bool,
    /// Zone of the first number.
    zone: u8,
}

const fn run(codes: [u32; 2], datum: Datum, width: ZoneWidth, prefixed: bool, zone: u8) -> Run {
    Run { first: codes[0], last: codes[1], datum, width, prefixed, zone }
}

use Datum::{Beijing1954, Cgcs2000, NewBeijing, Xian1980};
use ZoneWidth::{Six, Three};

/// “zone N” has the number before the easting, “CM nE” has not. Of two numbers for one plane the one
/// that is in use comes first.
const RUNS: [Run; 20] = [
    run([4491, 4501], Cgcs2000, Six, true, 13),
    run([4502, 4512], Cgcs2000, Six, false, 13),
    run([4513, 4533], Cgcs2000, Three, true, 25),
    run([4534, 4554], Cgcs2000, Three, false, 25),
    run([2327, 2337], Xian1980, Six, true, 13),
    run([2338, 2348], Xian1980, Six, false, 13),
    run([2349, 2369], Xian1980, Three, true, 25),
    run([2370, 2390], Xian1980, Three, false, 25),
    run([2401, 2421], Beijing1954, Three, true, 25),
    run([2422, 2442], Beijing1954, Three, false, 25),
    run([21_413, 21_423], Beijing1954, Six, true, 13),
    run([21_453, 21_463], Beijing1954, Six, false, 13),
    // Withdrawn: “Gauss-Kruger 13N”.
    run([21_473, 21_483], Beijing1954, Six, false, 13),
    run([4568, 4578], NewBeijing, Six, true, 13),
    run([4579, 4589], NewBeijing, Six, false, 13),
    run([4652, 4656], NewBeijing, Three, true, 25),
    run([4766, 4781], NewBeijing, Three, true, 30),
    run([4782, 4800], NewBeijing, Three, false, 25),
    run([4812, 4812], NewBeijing, Three, false, 44),
    run([4822, 4822], NewBeijing, Three, false, 45),
];

impl Crs {
    /// The system of an EPSG number, or of the numbers that Esri and OGC use beside it; `None` for
    /// those that are not known here.
    ///
    /// ```
    /// use jintu::geo::{Crs, Datum, gauss_kruger::Zone};
    ///
    /// assert_eq!(Crs::from_epsg(4490), Some(Crs::Degrees(Datum::Cgcs2000)));
    /// assert_eq!(Crs::from_epsg(4547), Zone::new(38).map(Crs::gauss_kruger));
    /// // WGS 84 / UTM zone 49N.
    /// assert_eq!(Crs::from_epsg(32649), Crs::from_key("utm:49"));
    /// assert_eq!(Crs::from_epsg(25832), None, "a European system");
    /// ```
    pub fn from_epsg(code: i64) -> Option<Self> {
        let code = match code {
            0 | -1 => return Some(Self::WGS84),
            code => u32::try_from(code).ok()?,
        };
        match code {
            4326 | 4979 | 84 => Some(Self::WGS84),
            4490 | 4480 => Some(Self::CGCS2000),
            4214 => Some(Self::Degrees(Beijing1954)),
            4610 => Some(Self::Degrees(Xian1980)),
            4555 => Some(Self::Degrees(NewBeijing)),
            3857 | 900_913 | 3785 | 102_100 | 102_113 => Some(Self::WebMercator),
            32_601..=32_660 => utm(code - 32_600, false),
            32_701..=32_760 => utm(code - 32_700, true),
            _ => {
                let run = RUNS.iter().find(|run| (run.first..=run.last).contains(&code))?;
                let zone = run.zone + u8::try_from(code - run.first).ok()?;
                TransverseMercator::zone(run.datum, run.width, zone, run.prefixed)
                    .map(Self::TransverseMercator)
            }
        }
    }

    /// Its number in EPSG's register; `None` for what has none, such as GCJ-02 or a plane of a city.
    ///
    /// ```
    /// use jintu::geo::Crs;
    ///
    /// assert_eq!(Crs::from_key("gk3:38").unwrap().epsg(), Some(4547));
    /// assert_eq!(Crs::GCJ02.epsg(), None);
    /// ```
    pub fn epsg(self) -> Option<u32> {
        match self {
            Self::Degrees(Datum::Wgs84) => Some(4326),
            Self::Degrees(Cgcs2000) => Some(4490),
            Self::Degrees(Beijing1954) => Some(4214),
            Self::Degrees(Xian1980) => Some(4610),
            Self::Degrees(NewBeijing) => Some(4555),
            Self::Degrees(Datum::Gcj02 | Datum::Bd09) | Self::Conic(_) => None,
            Self::WebMercator => Some(3857),
            Self::TransverseMercator(plane) => zone_code(plane).or_else(|| utm_code(plane)),
        }
    }
}

fn utm(zone: u32, is_south: bool) -> Option<Crs> {
    TransverseMercator::utm(u8::try_from(zone).ok()?, is_south).map(Crs::TransverseMercator)
}

fn utm_code(plane: TransverseMercator) -> Option<u32> {
    let (zone, is_south) = plane.utm_zone()?;
    Some(if is_south { 32_700 } else { 32_600 } + u32::from(zone))
}

fn zone_code(plane: TransverseMercator) -> Option<u32> {
    let (width, zone) = plane.gauss_kruger()?;
    let prefixed = plane.is_prefixed();
    if TransverseMercator::zone(plane.datum(), width, zone, prefixed) != Some(plane) {
        return None;
    }
    let is_own = |run: &&Run| {
        (run.datum, run.width, run.prefixed) == (plane.datum(), width, prefixed)
            && zone >= run.zone
            && u32::from(zone - run.zone) <= run.last - run.first
    };
    RUNS.iter().find(is_own).map(|run| run.first + u32::from(zone - run.zone))
}

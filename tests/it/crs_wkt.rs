//! Definitions of reference systems out of files: what PROJ writes (`tools/geo/golden_crs.py`), what
//! Chinese programs write, and what is broken.

use jintu::{
    geo::{Crs, UnknownCrs, crs_wkt},
    language::Language,
};
use proptest::prelude::*;

use crate::crs::{read, rows};

const TEXTS: &str = include_str!("crs_golden/texts.tsv");

#[test]
fn definitions_of_proj_are_read_whatever_their_kind() {
    let mut seen = 0;
    for row in rows(TEXTS) {
        let (system, wkt) = (row[0], row[2]);
        let expected = match system.parse() {
            Ok(code) => Crs::from_epsg(code).unwrap(),
            Err(_) => read(system),
        };
        assert_eq!(read(wkt), expected, "{wkt}");
        // Without the register's number the parameters tell the same; only a 6° and a 3° zone of one
        // meridian, which are one plane, have then nothing but their names.
        let bare = wkt
            .replace("AUTHORITY[\"EPSG\"", "AUTHORITY[\"NOBODY\"")
            .replace("ID[\"EPSG\"", "ID[\"NOBODY\"");
        assert_eq!(read(&bare), expected, "{bare}");
        seen += 1;
    }
    assert!(seen > 80, "{seen}");
}

#[test]
fn what_is_written_is_what_proj_writes() {
    let mut compared = 0;
    for row in rows(TEXTS) {
        let Ok(code) = row[0].parse::<i64>() else { continue };
        let crs = Crs::from_epsg(code).unwrap();
        let own = match row[1] {
            "WKT1_ESRI" => crs_wkt::to_esri(crs),
            "WKT1_GDAL" => crs_wkt::to_ogc(crs),
            _ => continue,
        };
        // PROJ tells the order of degrees, which files do not follow.
        let theirs = row[2].replace(",AXIS[\"Latitude\",NORTH],AXIS[\"Longitude\",EAST]", "");
        assert_eq!(own.unwrap(), theirs, "{code}");
        compared += 1;
    }
    assert!(compared >= 40, "{compared}");
}

/// As they stand in `.prj` files of Chinese makers, shortened or odd.
#[test]
fn odd_definitions_are_understood() {
    let gk = |name: &str, base: &str, east: &str| {
        format!(
            "PROJCS[\"{name}\",{base},PROJECTION[\"Gauss_Kruger\"],PARAMETER[\"False_Easting\",{east}],\
             PARAMETER[\"False_Northing\",0],PARAMETER[\"Central_Meridian\",114],\
             PARAMETER[\"Scale_Factor\",1],PARAMETER[\"Latitude_Of_Origin\",0],UNIT[\"Meter\",1]]"
        )
    };
    let base = |system: &str, datum: &str, figures: &str| {
        format!(
            "GEOGCS[\"{system}\",DATUM[\"{datum}\",SPHEROID[\"S\",{figures}]],PRIMEM[\"Greenwich\",0],\
             UNIT[\"Degree\",0.017453292519943295]]"
        )
    };
    let cgcs = "6378137,298.257222101";
    let cases = [
        (gk("anything", &base("GCS_China_2000", "D_China_2000", cgcs), "500000"), 4547),
        (gk("CGCS2000_3_Degree_GK_CM_114E", &base("CGCS2000", "China_2000", cgcs), "500000"), 4547),
        (gk("x", &base("GCS_unknown", "D_Unknown", cgcs), "38500000"), 4526),
        (gk("x", &base("GCS_CGCS2000", "D_unknown", "6378137,298.257223563"), "38500000"), 4526),
        (gk("x", &base("unnamed ellipse", "unknown", "6378140,298.257"), "500000"), 2383),
        (gk("x", &base("国家2000", "国家大地坐标系2000", cgcs), "500000"), 4547),
        (gk("x", &base("GCS_Xian_1980", "Xian_1980", "6378140,298.257"), "38500000"), 2362),
        (gk("x", &base("西安80", "D_Xian_1980", "6378140,298.257"), "500000"), 2383),
        (
            gk("Beijing54", &base("GCS_Beijing_1954", "D_Beijing_1954", "6378245,298.3"), "500000"),
            2435,
        ),
    ];
    for (wkt, code) in cases {
        assert_eq!(read(&wkt), Crs::from_epsg(code).unwrap(), "{wkt}");
        // Brackets of the other kind, line breaks, small letters, a mark of the byte order.
        let other = wkt.replace('[', " (\n").replace(']', " )\r\n").to_lowercase();
        assert_eq!(read(&format!("\u{feff}{other}\0")), Crs::from_epsg(code).unwrap(), "{other}");
    }
    for (name, code) in [
        ("CGCS2000_3_Degree_GK_CM_114E", 4547),
        ("CGCS2000_3_Degree_GK_Zone_38", 4526),
        ("CGCS2000 / 3-degree Gauss-Kruger zone 38", 4526),
        ("CGCS2000_GK_CM_111E", 4508),
        ("Xian_1980_GK_Zone_19", 2333),
        ("WGS_1984_UTM_Zone_49N", 32_649),
        ("GCS_China_Geodetic_Coordinate_System_2000", 4490),
        ("China_2000", 4490),
        ("GCS_WGS_1984", 4326),
        ("2000国家大地坐标系", 4490),
        ("西安80", 4610),
    ] {
        assert_eq!(read(name), Crs::from_epsg(code).unwrap(), "{name}");
    }
    // Heights beside the plane change nothing.
    let plane = gk("x", &base("GCS_China_2000", "D_China_2000", cgcs), "500000");
    let compound =
        format!("COMPD_CS[\"with heights\",{plane},VERT_CS[\"1985\",VERT_DATUM[\"h\",2005]]]");
    assert_eq!(read(&compound), Crs::from_epsg(4547).unwrap());
}

#[test]
fn what_is_not_known_says_why() {
    let geographic = "GEOGCS[\"NAD83\",DATUM[\"North_American_Datum_1983\",\
                      SPHEROID[\"GRS 1980\",6378137,298.257222101]],PRIMEM[\"Greenwich\",0],\
                      UNIT[\"degree\",0.0174532925199433]]";
    let china =
        "GEOGCS[\"GCS_China_2000\",DATUM[\"D_China_2000\",SPHEROID[\"S\",6378137,298.257222101]]]";
    let cases = [
        (geographic.to_owned(), UnknownCrs::Datum("North_American_Datum_1983".to_owned())),
        // The name of the whole does not outweigh the datum.
        (
            format!(
                "PROJCS[\"WGS_1984_UTM_Zone_49N\",{geographic},PROJECTION[\"Transverse_Mercator\"]]"
            ),
            UnknownCrs::Datum("North_American_Datum_1983".to_owned()),
        ),
        (
            format!("PROJCS[\"x\",{china},PROJECTION[\"Polyconic\"],UNIT[\"Meter\",1]]"),
            UnknownCrs::Projection("Polyconic".to_owned()),
        ),
        (
            format!(
                "PROJCS[\"x\",{china},PROJECTION[\"Gauss_Kruger\"],UNIT[\"Foot_US\",0.3048006]]"
            ),
            UnknownCrs::Unit("Foot_US".to_owned()),
        ),
        (
            format!("PROJCS[\"x\",{china},PROJECTION[\"Albers\"],UNIT[\"Meter\",1]]"),
            UnknownCrs::Parameter("standard_parallel_1"),
        ),
        (
            china.replace("]]]", "]],PRIMEM[\"Paris\",2.337]]"),
            UnknownCrs::PrimeMeridian("Paris".to_owned()),
        ),
        ("LOCAL_CS[\"city\"]".to_owned(), UnknownCrs::Local("city".to_owned())),
        ("EPSG:25832".to_owned(), UnknownCrs::Code("EPSG:25832".to_owned())),
        (
            "+proj=stere +lat_0=90 +datum=WGS84".to_owned(),
            UnknownCrs::Projection("stere".to_owned()),
        ),
        ("+proj=utm +zone=49 +datum=NAD83".to_owned(), UnknownCrs::Datum("NAD83".to_owned())),
        ("nothing of the kind".to_owned(), UnknownCrs::NotReadable),
        ("China_2000_Albers".to_owned(), UnknownCrs::NotReadable),
        (String::new(), UnknownCrs::NotReadable),
    ];
    for (text, why) in cases {
        let found = crs_wkt::read(&text);
        for language in [Language::Chinese, Language::English] {
            assert!(!why.words(language).contains("crs."), "{why:?}");
        }
        assert_eq!(found, Err(why), "{text}");
    }
}

#[test]
fn a_definition_may_be_broken_anywhere() {
    for row in rows(TEXTS) {
        let text = row[2];
        for cut in (0..text.len()).filter(|cut| text.is_char_boundary(*cut)).step_by(7) {
            let _ = crs_wkt::read(&text[..cut]);
            let _ = crs_wkt::read(&text[cut..]);
        }
    }
    let deep = "PROJCS[".repeat(5000);
    assert!(crs_wkt::read(&deep).is_err());
    assert!(crs_wkt::read(&"GEOGCS[\"a\",".repeat(9)).is_err());
    assert!(crs_wkt::read(&"x".repeat(1 << 20)).is_err());
}

proptest! {
    #[test]
    fn anything_is_read_without_a_panic(text in "[A-Z\\[\\](),\"0-9.+=_: a-z国-家]{0,200}") {
        let _ = crs_wkt::read(&text);
        let _ = Crs::from_key(&text);
    }
}

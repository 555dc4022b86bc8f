//! `jintu coords` in every system of the grammar.

use crate::cli::{run, stderr};

/// Taiyuan, and what PROJ 9.5.1 has for it (EPSG:4547 without, 4526 with the number of the zone; 4508,
/// 32649; 3857).
const TAIYUAN: &str = "112.5489,37.8706";
const PLANES: [(&str, &str); 8] = [
    ("gk3:38", "372319.291,4194127.906"),
    ("EPSG:4547", "372319.291,4194127.906"),
    ("tmerc:114", "372319.291,4194127.906"),
    ("EPSG:4526", "38372319.291,4194127.906"),
    ("tmerc:114,38500000", "38372319.291,4194127.906"),
    ("gk6:19", "636286.530,4194266.245"),
    ("utm:49", "636232.015,4192588.539"),
    ("EPSG:3857", "12528886.237,4561162.026"),
];

fn coords(pair: &str, from: &str, to: &str) -> (String, String) {
    let output = run(&["coords", pair, "--from", from, "--to", to]);
    assert_eq!(output.status.code(), Some(0), "{from} {to}: {}", stderr(&output));
    (
        String::from_utf8(output.stdout.clone()).unwrap().trim().to_owned(),
        stderr(&output).to_owned(),
    )
}

#[test]
fn planes_are_those_of_proj_there_and_back() {
    for (key, plane) in PLANES {
        let (there, said) = coords(TAIYUAN, "cgcs2000", key);
        assert_eq!((there.as_str(), said.as_str()), (plane, ""), "{key}");
        let (back, _) = coords(plane, key, "wgs84");
        assert_eq!(back, "112.54890000,37.87060000", "{key}");
    }
}

#[test]
fn old_systems_are_told_where_they_are_left() {
    for (key, words) in [("EPSG:2383", "1980西安坐标系"), ("EPSG:2435", "EPSG:15918")] {
        for (from, to, pair) in [("wgs84", key, TAIYUAN), (key, "wgs84", "372300,4194100")] {
            let (_, said) = coords(pair, from, to);
            assert!(said.contains(words) && said.lines().count() == 1, "{said}");
        }
    }
    // Within one datum nothing is lost.
    let (_, said) = coords("112.5489,37.8706", "EPSG:4610", "EPSG:2383");
    assert_eq!(said, "");
}

#[test]
fn what_lies_too_far_is_refused_by_name() {
    for (pair, from, to, words) in [
        (TAIYUAN, "wgs84", "gk3:45", "38"),
        (TAIYUAN, "wgs84", "utm:60", "UTM"),
        ("9000000,4194100", "tmerc:112.5", "wgs84", "112.5"),
    ] {
        let output = run(&["coords", pair, "--from", from, "--to", to]);
        assert_eq!(output.status.code(), Some(2), "{to}");
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
    }
}

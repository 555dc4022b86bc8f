//! Splitting lines by county: against squares that can be reckoned by hand, and on real borders.

use std::collections::BTreeMap;

use geo::{Coord, LineString, MultiPolygon, Polygon, Rect, coord, line_string};
use jintu::{
    geo::{Alignment, CountyArea, CountyIndex, CountyPiece, SLIVER_M, geodesic, split, totals},
    units::LonLat,
};
use proptest::prelude::*;

/// Squares of 0.2° in rows, with codes such as `23` for column 2, row 3.
fn squares(columns: u8, rows: u8) -> Vec<CountyArea> {
    let side = |i: u8| f64::from(i) / 5.0;
    let mut counties = Vec::new();
    for column in 0..columns {
        for row in 0..rows {
            let corner = coord! { x: 112.0 + side(column), y: 37.0 + side(row) };
            let opposite = coord! { x: 112.0 + side(column + 1), y: 37.0 + side(row + 1) };
            counties.push(CountyArea {
                code: format!("{column}{row}"),
                name: format!("县{column}{row}"),
                polygon: MultiPolygon::new(vec![Rect::new(corner, opposite).to_polygon()]),
            });
        }
    }
    counties
}

/// The square of a position, reckoned without polygons.
fn square_of(p: LonLat, columns: u8, rows: u8) -> Option<String> {
    let (x, y) = ((p.lon_deg - 112.0) * 5.0, (p.lat_deg - 37.0) * 5.0);
    let inside = (0.0..f64::from(columns)).contains(&x) && (0.0..f64::from(rows)).contains(&y);
    inside.then(|| format!("{}{}", x.floor(), y.floor()))
}

fn codes(pieces: &[CountyPiece]) -> Vec<&str> {
    pieces.iter().map(|piece| piece.code.as_deref().unwrap_or("-")).collect()
}

/// What holds for every split.
fn assert_covers(pieces: &[CountyPiece], length_m: f64) {
    assert!(!pieces.is_empty());
    assert!(pieces[0].from_m.abs() < f64::EPSILON);
    assert!((pieces[pieces.len() - 1].to_m - length_m).abs() < f64::EPSILON);
    for pair in pieces.windows(2) {
        assert!((pair[0].to_m - pair[1].from_m).abs() < f64::EPSILON, "a gap: {pair:?}");
        assert_ne!(pair[0].code, pair[1].code);
    }
    assert!(pieces.len() == 1 || pieces.iter().all(|piece| piece.length_m() >= SLIVER_M));
    let sum: f64 = totals(pieces).iter().map(|(_, m)| m).sum();
    assert!((sum / length_m - 1.0).abs() < 1e-9);
}

fn real_counties() -> Vec<CountyArea> {
    let text = include_str!("../../seeds/counties.geojson");
    let collection: serde_json::Value = serde_json::from_str(text).expect("GeoJSON");
    let ring = |value: &serde_json::Value| -> LineString<f64> {
        let positions = value.as_array().expect("a ring");
        positions
            .iter()
            .map(|p| Coord { x: p[0].as_f64().expect("lon"), y: p[1].as_f64().expect("lat") })
            .collect()
    };
    let part = |value: &serde_json::Value| {
        let rings: Vec<LineString<f64>> =
            value.as_array().expect("rings").iter().map(ring).collect();
        Polygon::new(rings[0].clone(), rings[1..].to_vec())
    };
    collection["features"]
        .as_array()
        .expect("features")
        .iter()
        .map(|feature| {
            let coordinates = &feature["geometry"]["coordinates"];
            let parts = match feature["geometry"]["type"].as_str() {
                Some("MultiPolygon") => {
                    coordinates.as_array().expect("parts").iter().map(part).collect()
                }
                _ => vec![part(coordinates)],
            };
            CountyArea {
                code: feature["properties"]["code"].as_str().expect("code").to_owned(),
                name: feature["properties"]["name"].as_str().expect("name").to_owned(),
                polygon: MultiPolygon::new(parts),
            }
        })
        .collect()
}

#[test]
fn a_straight_line_is_cut_where_it_crosses() {
    let line = Alignment::new(&line_string![(x: 111.9, y: 37.1), (x: 112.7, y: 37.1)]);
    let pieces = split(&line, &squares(3, 1));
    assert_eq!(codes(&pieces), ["-", "00", "10", "20", "-"]);
    assert_covers(&pieces, line.length_m());
    // Along a parallel, equal degrees are equal lengths but for the bow of the geodesic.
    let shares: Vec<f64> = pieces.iter().map(|p| p.length_m() / line.length_m()).collect();
    for (share, expected) in shares.iter().zip([0.125, 0.25, 0.25, 0.25, 0.125]) {
        assert!((share - expected).abs() < 1e-4, "{shares:?}");
    }
}

#[test]
fn a_line_that_leaves_and_comes_back_gives_two_pieces_and_one_total() {
    let line = Alignment::new(&line_string![
        (x: 112.1, y: 37.05), (x: 112.3, y: 37.05), (x: 112.3, y: 37.15), (x: 112.1, y: 37.15)
    ]);
    let pieces = split(&line, &squares(2, 1));
    assert_eq!(codes(&pieces), ["00", "10", "00"]);
    let totals = totals(&pieces);
    let codes: Vec<_> = totals.iter().map(|(code, _)| code.as_deref()).collect();
    assert_eq!(codes, [Some("00"), Some("10")]);
    assert!((totals[0].1 - pieces[0].length_m() - pieces[2].length_m()).abs() < 1e-9);
}

#[test]
fn lines_of_several_parts_are_totalled_together() {
    let index = CountyIndex::new(squares(2, 1));
    let parts = [
        Alignment::new(&line_string![(x: 112.05, y: 37.1), (x: 112.35, y: 37.1)]),
        Alignment::new(&line_string![(x: 112.35, y: 37.15), (x: 112.25, y: 37.15)]),
    ];
    let pieces: Vec<CountyPiece> = parts.iter().flat_map(|part| index.split(part)).collect();
    let sum: f64 = totals(&pieces).iter().map(|(_, m)| m).sum();
    let lengths: f64 = parts.iter().map(Alignment::length_m).sum();
    assert!((sum - lengths).abs() < 1e-6);
    assert_eq!(totals(&pieces).len(), 2);
}

#[test]
fn a_line_along_a_border_stays_on_one_side() {
    let index = CountyIndex::new(squares(2, 1));
    // On the border, a hair to either side, then clearly into the eastern square.
    let wavering: LineString<f64> = (0..40)
        .map(|i| {
            let aside = if i % 2 == 0 { 1e-5 } else { -1e-5 };
            (112.2 + aside, 37.01 + f64::from(i) * 0.004)
        })
        .chain([(112.3, 37.18)])
        .collect();
    let line = Alignment::new(&wavering);
    let pieces = index.split(&line);
    assert_eq!(codes(&pieces), ["10"]);
    assert_covers(&pieces, line.length_m());
    // Coming from the west it stays there until it leaves for good.
    let from_west: LineString<f64> =
        std::iter::once(Coord { x: 112.1, y: 37.01 }).chain(wavering.0.iter().copied()).collect();
    let line = Alignment::new(&from_west);
    let pieces = index.split(&line);
    assert_eq!(codes(&pieces), ["00", "10"]);
    assert_covers(&pieces, line.length_m());
}

#[test]
fn a_line_beside_a_border_belongs_to_where_it_goes() {
    // Half a metre east of the border, never across it, then off to the east; and its mirror image.
    for (aside, away, code) in [(6e-6, 0.1, "10"), (-6e-6, -0.1, "00")] {
        let line = Alignment::new(&line_string![
            (x: 112.2 + aside, y: 37.02), (x: 112.2 + aside, y: 37.17), (x: 112.2 + away, y: 37.17)
        ]);
        assert_eq!(codes(&split(&line, &squares(2, 1))), [code]);
    }
}

#[test]
fn slivers_go_to_the_longer_neighbour() {
    let index = CountyIndex::new(squares(2, 1));
    // 0.0002° of longitude are 18 m, in and out 36 m.
    let nosing = Alignment::new(&line_string![
        (x: 112.1, y: 37.1), (x: 112.2002, y: 37.1), (x: 112.1, y: 37.11)
    ]);
    assert_eq!(codes(&index.split(&nosing)), ["00"]);
    let entering = Alignment::new(&line_string![(x: 112.1997, y: 37.1), (x: 112.3, y: 37.1)]);
    let pieces = index.split(&entering);
    assert_eq!(codes(&pieces), ["10"]);
    assert_covers(&pieces, entering.length_m());
    // 0.001° are 89 m, no sliver.
    let real = Alignment::new(&line_string![(x: 112.199, y: 37.1), (x: 112.3, y: 37.1)]);
    assert_eq!(codes(&index.split(&real)), ["00", "10"]);
}

#[test]
fn broken_lines_and_counties_do_no_harm() {
    let nothing = Alignment::new(&LineString::new(vec![]));
    assert!(split(&nothing, &squares(2, 2)).is_empty());
    let line = Alignment::new(&line_string![(x: 112.1, y: 37.1), (x: 112.3, y: 37.1)]);
    assert_eq!(codes(&split(&line, &[])), ["-"]);
    let mut broken = squares(1, 1);
    for ring in [
        line_string![],
        line_string![(x: 112.15, y: 37.1)],
        line_string![(x: f64::NAN, y: 37.0), (x: 112.2, y: f64::INFINITY), (x: 112.0, y: 37.0)],
    ] {
        broken.push(CountyArea {
            code: "bad".to_owned(),
            name: String::new(),
            polygon: MultiPolygon::new(vec![Polygon::new(ring, vec![])]),
        });
    }
    assert_eq!(codes(&split(&line, &broken)), ["00", "-"]);
    let index = CountyIndex::new(broken);
    assert_eq!(index.county_at(LonLat::new(f64::NAN, 37.0)), None);
    assert_eq!(index.county_at(LonLat::new(112.1, 37.1)), Some("00"));
}

#[test]
fn a_hole_is_outside() {
    let outer = Rect::new(coord! { x: 112.0, y: 37.0 }, coord! { x: 112.6, y: 37.6 });
    let inner = Rect::new(coord! { x: 112.2, y: 37.2 }, coord! { x: 112.4, y: 37.4 });
    let hole = inner.to_polygon().exterior().clone();
    let county = CountyArea {
        code: "ring".to_owned(),
        name: String::new(),
        polygon: MultiPolygon::new(vec![Polygon::new(
            outer.to_polygon().exterior().clone(),
            vec![hole],
        )]),
    };
    let line = Alignment::new(&line_string![(x: 112.1, y: 37.3), (x: 112.5, y: 37.3)]);
    assert_eq!(codes(&split(&line, &[county])), ["ring", "-", "ring"]);
}

#[test]
fn real_counties_have_their_published_areas() {
    // The areas of 天地图's polygons as measured with pyproj (square kilometres), before the seeds
    // were simplified.
    let counties = real_counties();
    for (code, km2) in [
        ("140105", 289.4),
        ("140106", 105.1),
        ("140107", 146.2),
        ("140108", 295.1),
        ("140109", 288.3),
        ("140110", 291.3),
        ("140121", 607.3),
        ("140122", 2080.7),
        ("140123", 1287.8),
        ("140181", 1511.8),
    ] {
        let county = counties.iter().find(|c| c.code == code).expect(code);
        let area = geodesic::multi_area_m2(&county.polygon) / 1e6;
        assert!((area / km2 - 1.0).abs() < 0.01, "{code}: {area} for {km2}");
    }
}

#[test]
fn a_railway_to_the_west_passes_the_counties_in_order() {
    let index = CountyIndex::new(real_counties());
    // Taiyuan South, Qingxu, Wenshui, Fenyang, Lishi, Liulin, Wubu and Suide by their seats.
    let line = Alignment::new(&line_string![
        (x: 112.605, y: 37.791), (x: 112.358, y: 37.607), (x: 112.029, y: 37.438),
        (x: 111.77, y: 37.262), (x: 111.15, y: 37.518), (x: 110.889, y: 37.43),
        (x: 110.74, y: 37.452), (x: 110.263, y: 37.503)
    ]);
    let pieces = index.split(&line);
    assert_covers(&pieces, line.length_m());
    let mut order: Vec<&str> = codes(&pieces);
    order.dedup();
    let wanted = ["140105", "140121", "141121", "141182", "141102", "141125", "610829", "610826"];
    let mut found = order.iter();
    for code in wanted {
        assert!(found.any(|c| *c == code), "{code} in {order:?}");
    }
    for piece in &pieces {
        let middle = line.point_at(f64::midpoint(piece.from_m, piece.to_m));
        assert_eq!(index.county_at(middle), piece.code.as_deref());
    }
}

#[test]
fn a_line_drawn_on_a_real_border_is_not_shredded() {
    let counties = real_counties();
    let index = CountyIndex::new(counties.clone());
    // The Fen between 迎泽 and 万柏林 is their border: every vertex the two share, from north to south.
    let vertices = |code: &str| -> Vec<Coord<f64>> {
        let county = counties.iter().find(|c| c.code == code).expect(code);
        county.polygon.0[0].exterior().0.clone()
    };
    let east = vertices("140106");
    let mut shared: Vec<Coord<f64>> =
        vertices("140109").into_iter().filter(|p| east.contains(p)).collect();
    shared.sort_by(|a, b| b.y.total_cmp(&a.y));
    shared.dedup();
    assert!(shared.len() >= 3, "the two share {} vertices", shared.len());
    let line = Alignment::new(&LineString::new(shared));
    let pieces = index.split(&line);
    assert_covers(&pieces, line.length_m());
    assert_eq!(pieces.len(), 1, "{pieces:?}");
    assert!(["140106", "140109"].contains(&codes(&pieces)[0]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_position_is_in_the_square_reckoned(x in -1_i32..16, y in -1_i32..16) {
        // Twentieths of a degree: every fourth is on a border, and belongs to exactly one square.
        let p = LonLat::new(112.0 + f64::from(x) / 20.0, 37.0 + f64::from(y) / 20.0);
        let index = CountyIndex::new(squares(3, 3));
        let on_border = x % 4 == 0 || y % 4 == 0;
        let found = index.county_at(p);
        if on_border {
            let inside = (1..12).contains(&x) && (1..12).contains(&y);
            prop_assert!(found.is_some() || !inside, "({x}, {y}) is in no square");
            let owners = squares(3, 3)
                .into_iter()
                .filter(|c| CountyIndex::new(vec![c.clone()]).county_at(p).is_some())
                .count();
            prop_assert!(owners <= 1, "({x}, {y}) is in {owners} squares");
        } else {
            prop_assert_eq!(found.map(str::to_owned), square_of(p, 3, 3));
        }
    }

    /// The oracle walks the line and asks for the square of every position by arithmetic.
    #[test]
    fn lengths_agree_with_a_walk(
        corners in proptest::collection::vec((111.9..113.1, 36.9..38.1), 2..8),
    ) {
        let line: LineString<f64> = corners.into_iter().collect();
        let line = Alignment::new(&line);
        prop_assume!(line.length_m() > 1000.0);
        let pieces = CountyIndex::new(squares(5, 5)).split(&line);
        assert_covers(&pieces, line.length_m());
        let steps = 4000;
        let step_m = line.length_m() / f64::from(steps);
        let mut walked: BTreeMap<Option<String>, f64> = BTreeMap::new();
        for i in 0..steps {
            let p = line.point_at((f64::from(i) + 0.5) * step_m);
            *walked.entry(square_of(p, 5, 5)).or_default() += step_m;
        }
        let slack = (2.0 * SLIVER_M + step_m) * (pieces.len() + 4) as f64;
        for (code, total) in totals(&pieces) {
            let expected = walked.remove(&code).unwrap_or(0.0);
            prop_assert!((total - expected).abs() < slack, "{code:?}: {total} for {expected}");
        }
        for (code, left) in walked {
            prop_assert!(left < slack, "{code:?} was left out with {left}");
        }
    }
}

//! Parcels by the points of their borders, as counties write them.

use std::sync::{Arc, atomic::AtomicBool};

use jintu::{
    geo::{Crs, mercator},
    layer::{Basis, Cause, CountyCodes, Kind, Layer, Part, Value},
    store::layers::{LayerError, OpenOptions, open_layers},
};

use crate::temp_folder::TempFolder;

fn open(bytes: impl AsRef<[u8]>) -> Result<(Arc<Layer>, &'static str), LayerError> {
    let folder = TempFolder::new("parcels");
    let path = folder.path().join("a.txt");
    std::fs::write(&path, bytes).unwrap();
    let mut layers = Vec::new();
    let (counties, never) = (CountyCodes::new(Vec::new()), AtomicBool::new(false));
    let format = open_layers(&path, &OpenOptions::default(), &counties, &never, &mut |progress| {
        layers = progress.layers;
    })?;
    Ok((layers.remove(0), format.name))
}

fn parcels(bytes: impl AsRef<[u8]>) -> Arc<Layer> {
    let (layer, format) = open(bytes).unwrap();
    assert_eq!(format, "parcel TXT");
    layer
}

fn found(layer: &Layer, cause: Cause) -> Option<(usize, &str)> {
    let own = layer.findings.iter().find(|finding| finding.cause == cause);
    own.map(|finding| (finding.count, finding.detail.as_str()))
}

/// A square of 200 m with a hole of 100 m and an island of 20 m in it, and a triangle. Its corner is
/// the point that PROJ puts at 112.5489, 37.8706 in EPSG:4547.
fn text(east: f64) -> String {
    let square = |name: usize, ring: usize, from: f64, size: f64| {
        let (x, y) = (4_194_127.906_3 + from, east + from);
        let corners = [(x, y), (x + size, y), (x + size, y + size), (x, y + size), (x, y)];
        let line =
            |(i, (x, y)): (usize, &(f64, f64))| format!("J{},{ring},{x:.4},{y:.4}\n", name + i % 4);
        corners.iter().enumerate().map(line).collect::<String>()
    };
    let (a, b, c) = (square(1, 1, 0.0, 200.0), square(5, 2, 50.0, 100.0), square(9, 3, 90.0, 20.0));
    format!(
        "[属性描述]\n格式版本号=1.01版本\n坐标系=2000国家大地坐标系\n几度分带=3\n投影类型=高斯克吕格\n\
         计量单位=米\n带号=38\n精度=0.001\n转换参数=,,,,,,\n[地块坐标]\n\
         15,3.04,001,甲地块,面,,建设用地,0701,@\n{a}{b}{c}\
         4,0.5,002,乙地块,面,,,,@\nJ1,1,4194327.9,{0}\nJ2,1,4194427.9,{0}\nJ3,1,4194427.9,{1}\nJ1,1,4194327.9,{0}\n",
        east,
        east + 100.0
    )
}

fn check(layer: &Layer) {
    let shapes = &layer.chunks[0].shapes;
    assert_eq!((layer.len(), shapes.kind(0), shapes.kind(1)), (2, Kind::Area, Kind::Area));
    let roles: Vec<Part> = shapes.parts_of(0).map(|part| shapes.role(0, part)).collect();
    assert_eq!(roles, [Part::Ring, Part::Hole, Part::Ring]);
    assert_eq!(shapes.part(0).len(), 4);
    let at = mercator::to_lon_lat(shapes.part(0)[0]);
    assert!((at.lon_deg - 112.5489).abs() < 1e-6 && (at.lat_deg - 37.8706).abs() < 1e-6, "{at:?}");
    let table = &layer.tables[0];
    assert_eq!(table.value(0, 3), Value::Text("甲地块"));
    assert_eq!(table.value(0, 2), Value::Text("001"));
    assert_eq!((table.value(0, 1), table.value(1, 7)), (Value::Number(3.04), Value::Missing));
}

#[test]
fn parcels_have_holes_islands_and_their_place() {
    let layer = parcels(text(372_319.290_8));
    check(&layer);
    assert_eq!(layer.findings, []);
    assert_eq!(layer.reference.basis, Basis::Stated);
    assert_eq!(Some(layer.reference.crs), Crs::from_epsg(4547));
    // The zone before the easting says the same, with or without the header's.
    let layer = parcels(text(38_372_319.290_8));
    check(&layer);
    assert_eq!(Some(layer.reference.crs), Crs::from_epsg(4526));
    let layer =
        parcels(text(38_372_319.290_8).replace("带号=38\n", "").replace("几度分带=3\n", ""));
    check(&layer);
}

#[test]
fn every_county_writes_it_differently() {
    let plain = text(372_319.290_8);
    let swapped: String = plain
        .lines()
        .map(|line| match line.split(',').collect::<Vec<_>>().as_slice() {
            [j, ring, x, y] if j.starts_with('J') => format!("{j},{ring},{y},{x}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    let one_ring: String = plain
        .lines()
        .map(|line| match line.split(',').collect::<Vec<_>>().as_slice() {
            [j, _, x, y] if j.starts_with('J') => format!("{j},1,{x},{y}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    let variants = [
        encoding_rs::GB18030.encode(&plain).0.into_owned(),
        [b"\xEF\xBB\xBF", plain.as_bytes()].concat(),
        plain.replace('\n', "\r\n").into_bytes(),
        plain.replace('[', "【").replace(']', "】").into_bytes(),
        plain.replace("[属性描述]", " [属性描述]").into_bytes(),
        format!("[扩展信息]\n备注=无\n{plain}").into_bytes(),
        plain.replace(',', "，").into_bytes(),
        plain.replace(",@", ",@,").into_bytes(),
        plain.replace("几度分带=3", "几度分带=三度带").into_bytes(),
        // X and Y the other way round; every ring numbered 1, told by its closing point.
        swapped.into_bytes(),
        one_ring.into_bytes(),
    ];
    for (i, bytes) in variants.into_iter().enumerate() {
        let (layer, _) = open(&bytes).unwrap_or_else(|e| panic!("{i}: {e}"));
        check(&layer);
    }
    // Fields of its own.
    let layer = parcels(plain.replace("0701,@", "0701,有效,2025,@"));
    check(&layer);
    let names: Vec<&str> = layer.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names[8..], ["#9", "#10"]);
    assert_eq!(layer.tables[0].value(0, 9), Value::Integer(2025));
}

#[test]
fn what_does_not_agree_is_told() {
    let plain = text(372_319.290_8);
    let layer = parcels(plain.replace("15,3.04", "99,3.04"));
    check(&layer);
    assert_eq!(found(&layer, Cause::CountDiffers), Some((1, "001 99 / 15")));
    // With the closing points counted or not.
    for count in ["12,3.04", "15,3.04"] {
        assert_eq!(parcels(plain.replace("15,3.04", count)).findings, []);
    }
    // Closing points may be absent.
    let open: String = plain
        .lines()
        .enumerate()
        .filter(|(i, _)| ![15, 20, 25].contains(i))
        .flat_map(|(_, line)| [line, "\n"])
        .collect();
    check(&parcels(open));
    let layer = parcels(plain.replace("J2,1,", "J2,1,x"));
    assert_eq!(found(&layer, Cause::BrokenRows), Some((2, "")));
    let layer = parcels(plain.replace("转换参数=,,,,,,", "转换参数=1.5,2,3,0,0,0,1"));
    assert_eq!(found(&layer, Cause::TransformLeftOut), Some((0, "1.5,2,3,0,0,0,1")));
    check(&layer);
}

#[test]
fn degrees_without_a_header() {
    let layer = parcels(
        "4,1,A,甲,面,,,,@\nJ1,1,37.80,112.50\nJ2,1,37.81,112.50\nJ3,1,37.81,112.51\nJ1,1,37.80,112.50\n",
    );
    let at = mercator::to_lon_lat(layer.chunks[0].shapes.part(0)[0]);
    assert!((at.lon_deg - 112.5).abs() < 1e-9 && (at.lat_deg - 37.8).abs() < 1e-9);
    let line = parcels(
        "[地块坐标]\n3,0,B,线,线,,,,@\nJ1,1,37.80,112.50\nJ2,1,37.81,112.50\nJ3,1,37.81,112.51\n",
    );
    assert_eq!(line.chunks[0].shapes.kind(0), Kind::Line);
}

#[test]
fn many_parcels_and_broken_ones() {
    let plain = text(372_319.290_8);
    let (head, body) = plain.split_once("[地块坐标]\n").unwrap();
    let layer = parcels(format!("{head}[地块坐标]\n{}", body.repeat(5_000)));
    assert_eq!((layer.len(), layer.findings.len()), (10_000, 0));
    let bytes = plain.as_bytes();
    for cut in 0..50 {
        let _ = open(&bytes[..bytes.len() * cut / 50]);
    }
    let mut state = 11_u64;
    for _ in 0..500 {
        let mut bytes = bytes.to_vec();
        for _ in 0..4 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let at = usize::try_from(state >> 33).unwrap() % bytes.len();
            bytes[at] ^= 1 << ((state >> 20) % 8);
        }
        if let Err(error) = open(&bytes) {
            assert!(!matches!(error, LayerError::Broke(_)), "{error}");
        }
    }
}

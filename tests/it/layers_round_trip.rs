//! Every format that is written and read gives back what went in: features, shapes and values that
//! are awkward; what it cannot hold stands in a list here.

use std::{
    fs,
    path::Path,
    sync::{Arc, atomic::AtomicBool},
};

use jintu::{
    geo::Crs,
    layer::{
        ChunkBuilder, CountyCodes, Field, FieldKind, Finding, Layer, Part, TableBuilder, Value,
    },
    store::layers::{
        FORMATS, OpenOptions, open_layers,
        write::{Encoding, Outgoing, Watch, WriteError, WriteOptions},
        write_layers,
    },
    units::LonLat,
};

use super::temp_folder::TempFolder;

fn read(path: &Path, crs: Option<Crs>) -> Vec<Arc<Layer>> {
    let mut layers = Vec::new();
    let options = OpenOptions { crs, ..OpenOptions::default() };
    let counties = CountyCodes::new(Vec::new());
    open_layers(path, &options, &counties, &AtomicBool::new(false), &mut |p| layers = p.layers)
        .unwrap_or_else(|e| panic!("{e}"));
    layers
}

/// The fields of [`layer`].
fn fields() -> Vec<Field> {
    vec![
        Field::named("代码"),
        Field::named("名称"),
        Field::named("长度"),
        Field::declared("整数", FieldKind::Integer),
        Field::declared("有", FieldKind::Bool),
        Field::declared("日期", FieldKind::Date),
        Field::declared("时刻", FieldKind::DateTime),
        Field::named("空"),
    ]
}

const TEXT: fn(&'static str) -> Value<'static> = Value::Text;

/// Values of four rows.
fn rows() -> [Vec<Value<'static>>; 4] {
    let (whole, number) = (Value::Integer, Value::Number);
    [
        vec![
            TEXT("014"),
            TEXT("=HYPERLINK(\"a\")"),
            number(12.5),
            whole(i64::MAX),
            Value::Bool(true),
            TEXT("2026-11-26"),
            TEXT("2026-11-26T08:05:09"),
        ],
        vec![
            TEXT("140105001001000001234"),
            TEXT("第一行\n第二行 🚄"),
            number(-0.1),
            whole(i64::MIN),
            Value::Bool(false),
            TEXT("1949-10-01"),
            TEXT("1999-12-31T23:59:59"),
        ],
        vec![TEXT("00"), TEXT("甲, \"乙\"; <丙> & '丁'"), number(1e-7), whole(0), Value::Missing],
        vec![Value::Missing, TEXT("_x0041_"), number(112.548_912_345), whole(-1), Value::Missing],
    ]
}

/// Four features: of points, of lines or of areas with a hole and of several parts.
fn layer(kind: Part) -> Layer {
    let at = |x: f64, y: f64| LonLat::new(112.5 + x * 0.01, 37.5 + y * 0.01);
    let square = |x: f64, y: f64, side: f64| {
        vec![at(x, y), at(x, y + side), at(x + side, y + side), at(x + side, y)]
    };
    let (mut shapes, mut table) = (ChunkBuilder::default(), TableBuilder::new(8));
    for (row, values) in (0_u8..).zip(rows()) {
        let shift = f64::from(row) * 5.0;
        match kind {
            Part::Point => shapes.part(Part::Point, [at(shift, 1.0)]),
            Part::Line => {
                shapes.part(Part::Line, [at(shift, 0.0), at(shift + 1.0, 1.0), at(shift, 2.0)]);
                if row == 1 {
                    shapes.part(Part::Line, [at(shift, 3.0), at(shift, 4.0)]);
                }
            }
            Part::Ring | Part::Hole => {
                shapes.part(Part::Ring, square(shift, 0.0, 3.0));
                shapes.part(Part::Hole, square(shift + 1.0, 1.0, 1.0).into_iter().rev());
                if row == 1 {
                    shapes.part(Part::Ring, square(shift, 4.0, 0.5));
                }
            }
        }
        assert!(shapes.end());
        for (field, value) in values.into_iter().enumerate() {
            table.push(field, value);
        }
        table.end_row();
    }
    Layer {
        name: "图层 1".to_owned(),
        fields: fields(),
        chunks: vec![Arc::new(shapes.finish())],
        tables: vec![Arc::new(table.finish())],
        ..Layer::default()
    }
}

/// A value as it prints, by the name of its field.
fn told(layer: &Layer, row: usize, name: &str) -> Option<String> {
    let field = layer.fields.iter().position(|field| field.name == name)?;
    let own = Outgoing::all(layer);
    let at = own.rows().nth(row)?;
    match own.value(at, field) {
        Value::Missing => None,
        value => Some(value.to_string()),
    }
}

/// Shapes in the figures of a millimetre; rings begin anywhere and turn either way.
fn shapes(layer: &Layer) -> Vec<Vec<(Part, Vec<[i64; 2]>)>> {
    let own = Outgoing::all(layer);
    own.rows()
        .map(|at| {
            let parts = own.parts(at, Crs::from_epsg(4547).unwrap()).into_iter();
            parts
                .map(|(part, path)| {
                    #[expect(clippy::cast_possible_truncation, reason = "millimetres")]
                    let mut path: Vec<[i64; 2]> =
                        path.iter().map(|at| at.map(|v| (v * 1e3).round() as i64)).collect();
                    if part.is_closed() {
                        path.sort_unstable();
                    }
                    (part, path)
                })
                .collect()
        })
        .collect()
}

/// The parts of a feature, each with its positions.
type Feature = Vec<(Part, Vec<[i64; 2]>)>;

fn near(a: &[Feature], b: &[Feature]) -> bool {
    let close = |a: &[i64; 2], b: &[i64; 2]| a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 1);
    let path = |(part, a): &(Part, Vec<[i64; 2]>), (other, b): &(Part, Vec<[i64; 2]>)| {
        part == other && a.len() == b.len() && a.iter().zip(b).all(|(a, b)| close(a, b))
    };
    let feature = |a: &Vec<_>, b: &Vec<_>| {
        a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| path(a, b))
    };
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| feature(a, b))
}

/// Fields whose values a format does not bring back, and why.
fn lost(format: &str, name: &str) -> bool {
    match format {
        // No attributes but the name: `text`.
        "DXF" => true,
        // Its own fields; a name between commas.
        "parcel TXT" => !matches!(name, "名称"),
        _ => false,
    }
}

fn keys(found: &[Finding]) -> Vec<&'static str> {
    let mut keys: Vec<&str> = found.iter().map(|finding| finding.cause.key()).collect();
    keys.dedup();
    keys
}

#[test]
fn every_format_that_is_written_and_read_gives_back_what_went_in() {
    let folder = TempFolder::new("round-trip");
    let mut formats = 0;
    for format in FORMATS.iter().filter(|format| format.is_written()) {
        for kind in [Part::Point, Part::Line, Part::Ring] {
            let is_parcels = format.name == "parcel TXT";
            if is_parcels && kind != Part::Ring {
                continue;
            }
            let before = layer(kind);
            let path = folder.path().join(format!("{formats}-{kind:?}.{}", format.extension()));
            let left =
                write_layers(&[Outgoing::all(&before)], &path, &WriteOptions::default()).unwrap();
            let given = (format.name == "DXF").then_some(Crs::WGS84);
            let layers = read(&path, given);
            assert_eq!(layers.len(), 1, "{}", format.name);
            let after = &layers[0];
            assert_eq!(after.len(), 4, "{} {kind:?}", format.name);
            assert!(near(&shapes(after), &shapes(&before)), "{} {kind:?}", format.name);
            for field in before.fields.iter().filter(|field| !lost(format.name, &field.name)) {
                for row in 0..4 {
                    let was = told(&before, row, &field.name);
                    let was = match (format.name, field.name.as_str(), row) {
                        // Told: an apostrophe keeps it from being run.
                        ("CSV", "名称", 0) => was.map(|was| format!("'{was}")),
                        // Told: commas part its cells, and its lines are lines.
                        ("parcel TXT", "名称", _) => {
                            was.map(|was| was.replace(',', "、").replace('\n', " "))
                        }
                        _ => was,
                    };
                    let is = told(after, row, &field.name);
                    assert_eq!(is, was, "{} {kind:?} {} {row}", format.name, field.name);
                }
            }
            if format.name == "DXF" {
                let names = told(&before, 1, "名称").map(|name| name.replace('\n', " "));
                assert_eq!(told(after, 1, "text"), names);
            }
            match format.name {
                "XLSX" | "Shapefile" => assert_eq!(keys(&left), ["number_as_text"]),
                "CSV" => assert_eq!(keys(&left), ["formula_neutralised"]),
                "DXF" => assert_eq!(keys(&left), ["values_left_out"]),
                "parcel TXT" => {
                    assert_eq!(keys(&left), ["zone_chosen", "values_left_out", "signs_replaced"]);
                }
                _ => assert!(left.is_empty(), "{} {left:?}", format.name),
            }
        }
        formats += 1;
    }
    assert!(formats >= 10, "{formats}");
}

#[test]
fn cells_of_a_workbook_have_their_types() {
    let folder = TempFolder::new("xlsx-types");
    let before = layer(Part::Point);
    let path = folder.path().join("a.xlsx");
    let crs = Crs::from_epsg(4526);
    let options = WriteOptions { crs, ..WriteOptions::default() };
    let twice = [Outgoing::all(&before), Outgoing::all(&before)];
    write_layers(&twice, &path, &options).unwrap();
    let layers = read(&path, None);
    let names: Vec<&str> = layers.iter().map(|layer| layer.name.as_str()).collect();
    assert_eq!(names, ["图层 1", "图层 1 (2)"], "a sheet each");
    let after = &layers[0];
    let own = Outgoing::all(after);
    let value = |row: usize, name: &str| {
        let field = after.fields.iter().position(|field| field.name == name).unwrap();
        own.value(own.rows().nth(row).unwrap(), field)
    };
    assert_eq!(value(0, "代码"), Value::Text("014"));
    assert_eq!(value(0, "整数"), Value::Text("9223372036854775807"), "told: too long for a number");
    assert_eq!(value(3, "整数"), Value::Text("-1"), "of one kind with those beside it");
    assert_eq!(value(0, "长度"), Value::Number(12.5));
    assert_eq!(value(0, "有"), Value::Bool(true));
    assert_eq!(after.reference.crs, crs.unwrap(), "told by the figures");
    let date = after.fields.iter().find(|field| field.name == "日期").unwrap();
    assert_eq!(date.declared, Some(FieldKind::Date));
    assert!(after.fields.iter().any(|field| field.name == "东坐标"));
    // The head stays: the pane of the first sheet is frozen under its first row.
    let mut archive = zip::ZipArchive::new(fs::File::open(&path).unwrap()).unwrap();
    let mut sheet = String::new();
    let mut file = archive.by_name("xl/worksheets/sheet1.xml").unwrap();
    std::io::Read::read_to_string(&mut file, &mut sheet).unwrap();
    assert!(sheet.contains("state=\"frozen\"") && sheet.contains("ySplit=\"1\""), "{sheet}");
}

#[test]
fn tables_of_coordinates_keep_their_columns() {
    let folder = TempFolder::new("own-columns");
    let first = folder.path().join("a.csv");
    fs::write(&first, "编号,经度,纬度\n007,112.5489,37.8706\n008,112.6,37.9\n").unwrap();
    for ending in ["csv", "tsv", "xlsx"] {
        let path = folder.path().join(format!("b.{ending}"));
        let layer = read(&first, None).remove(0);
        write_layers(&[Outgoing::all(&layer)], &path, &WriteOptions::default()).unwrap();
        let again = read(&path, None).remove(0);
        let names: Vec<&str> = again.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["编号", "经度", "纬度"], "{ending}: not twice");
        assert_eq!(told(&again, 0, "编号").as_deref(), Some("007"));
        // In another datum the columns that readers look at hold what is written; the others say so.
        let layer = read(&first, Some(Crs::GCJ02)).remove(0);
        let options = WriteOptions { overwrite: true, ..WriteOptions::default() };
        let left = write_layers(&[Outgoing::all(&layer)], &path, &options).unwrap();
        assert_eq!(keys(&left), ["field_renamed"]);
        let again = read(&path, None).remove(0);
        let names: Vec<&str> = again.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["编号", "经度_2", "纬度_2", "经度", "纬度"], "{ending}");
        assert!(near(&shapes(&again), &shapes(&layer)), "{ending}");
    }
}

#[test]
fn parcels_are_written_in_a_zone() {
    let folder = TempFolder::new("parcels-written");
    let before = layer(Part::Ring);
    let path = folder.path().join("a.txt");
    let write = |layer: &Layer, options: &WriteOptions| {
        write_layers(&[Outgoing::all(layer)], &path, options)
    };
    let options = WriteOptions { overwrite: true, ..WriteOptions::default() };
    let left = write(&before, &options).unwrap();
    assert_eq!(
        left.iter().find(|own| own.cause.key() == "zone_chosen").unwrap().detail,
        "EPSG:4526"
    );
    let text = fs::read_to_string(&path).unwrap();
    for line in ["坐标系=2000国家大地坐标系", "几度分带=3", "带号=38", "[地块坐标]"]
    {
        assert!(text.lines().any(|own| own == line), "{line} in {text}");
    }
    // Ring of five lines, hole of five; north before east, with the zone; 3 × 3 less 1 × 1 hundredths
    // of a degree are some 7.8 km².
    let parcel = text.lines().find(|line| line.ends_with(",@")).unwrap();
    let cells: Vec<&str> = parcel.split(',').collect();
    assert_eq!((cells[0], cells[4]), ("10", "面"));
    let hectares: f64 = cells[1].parse().unwrap();
    assert!((hectares - 784.0).abs() < 5.0, "{hectares}");
    let points: Vec<&str> = text.lines().filter(|line| line.starts_with('J')).take(5).collect();
    assert!(points[0].starts_with("J1,1,41") && points[0].contains(",383"), "{points:?}");
    assert_eq!(points[0], points[4], "closed by its first point");
    // A zone that is asked for, in the letters of before.
    let crs = Crs::from_key("gk3:37");
    let options = WriteOptions { crs, encoding: Encoding::Gbk, ..options };
    write(&before, &options).unwrap();
    assert!(fs::read(&path).unwrap().windows(4).any(|own| own == b"\xD7\xF8\xB1\xEA"), "坐标");
    let after = read(&path, None).remove(0);
    assert_eq!(after.reference.crs, crs.unwrap());
    assert!(near(&shapes(&after), &shapes(&before)));
    // Degrees are refused, and so is the plane of a city: the head has no word for it.
    for key in ["wgs84", "tmerc:112.5", "utm:49", "webmercator"] {
        let options = WriteOptions { crs: Crs::from_key(key), ..options.clone() };
        assert!(matches!(write(&before, &options), Err(WriteError::NoZone { .. })), "{key}");
    }
    // What is no area is counted beside one.
    let mut both = layer(Part::Line);
    both.chunks.extend(before.chunks);
    both.tables.extend(before.tables);
    let left = write(&both, &WriteOptions { crs, ..options }).unwrap();
    let lines: Vec<(&str, usize)> = left
        .iter()
        .filter(|own| own.cause.key() == "type_not_written")
        .map(|own| (own.detail.as_str(), own.count))
        .collect();
    assert_eq!(lines, [("LineString", 3), ("MultiLineString", 1)]);
}

#[test]
fn a_drawing_without_marks_keeps_its_pieces_apart() {
    let folder = TempFolder::new("dxf-marks");
    let path = folder.path().join("a.dxf");
    write_layers(&[Outgoing::all(&layer(Part::Ring))], &path, &WriteOptions::default()).unwrap();
    let text = encoding_rs::GBK.decode(&fs::read(&path).unwrap()).0.into_owned();
    // Another program has dropped the outer ring of the first feature: its hole is a thing of its own.
    let first = text.find("POLYLINE").unwrap();
    let second = first + text[first + 1..].find("\r\n0\r\nPOLYLINE").unwrap() + 1;
    let cut = format!("{}{}", &text[..first - 3], &text[second + 2..]);
    fs::write(&path, encoding_rs::GBK.encode(&cut).0).unwrap();
    let after = read(&path, Some(Crs::WGS84)).remove(0);
    let parts = shapes(&after);
    assert_eq!(parts[0].len(), 1);
    assert_eq!(parts[0][0].0, Part::Ring);
    assert_eq!(after.len(), 4, "and keeps the name");
    assert_eq!(told(&after, 0, "text"), told(&layer(Part::Ring), 0, "名称"));
}

#[test]
fn the_unit_of_a_drawing_is_applied_where_its_figures_allow() {
    let folder = TempFolder::new("dxf-units");
    let path = folder.path().join("a.dxf");
    let drawing = |unit: u8, scale: f64| {
        let line = |x: f64, y: f64| format!("10\n{}\n20\n{}\n", x * scale, y * scale);
        let end = format!("11\n{}\n21\n{}\n", 38_372_400.0 * scale, 4_193_100.0 * scale);
        let head = format!("0\nSECTION\n2\nHEADER\n9\n$INSUNITS\n70\n{unit}\n0\nENDSEC\n");
        let start = line(38_372_319.0, 4_193_000.0);
        format!("{head}0\nSECTION\n2\nENTITIES\n0\nLINE\n8\n0\n{start}{end}0\nENDSEC\n0\nEOF\n")
    };
    let place = |unit: u8, scale: f64, crs: Option<Crs>| {
        fs::write(&path, drawing(unit, scale)).unwrap();
        let layer = read(&path, crs).remove(0);
        let found: Vec<String> = layer
            .findings
            .iter()
            .filter(|own| own.cause.key().starts_with("unit_"))
            .map(|own| format!("{} {}", own.cause.key(), own.detail))
            .collect();
        (shapes(&layer)[0][0].1.clone(), found.concat())
    };
    let (metres, none) = place(6, 1.0, None);
    assert_eq!(none, "");
    for (unit, scale, said) in [
        (4, 1e3, "unit_applied mm"),
        (5, 1e2, "unit_applied cm"),
        (7, 1e-3, "unit_applied km"),
        // Templates say millimetres; what was drawn is metres.
        (4, 1.0, "unit_ignored mm"),
        (0, 1.0, ""),
    ] {
        for crs in [None, Crs::from_epsg(4526)] {
            let (own, found) = place(unit, scale, crs);
            let near = own
                .iter()
                .zip(&metres)
                .all(|(a, b)| a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 1));
            assert!(near && found == said, "{unit} {scale} {crs:?}: {own:?} {metres:?} {found}");
        }
    }
}

#[test]
fn writing_is_followed_and_stopped() {
    let folder = TempFolder::new("write-stopped");
    let mut shapes = ChunkBuilder::default();
    for row in 0_u16..3_000 {
        assert!(shapes.point(LonLat::new(112.0 + f64::from(row) * 1e-4, 37.0)));
    }
    let chunks = vec![Arc::new(shapes.finish())];
    let layer = Layer { name: "点".to_owned(), chunks, ..Layer::default() };
    for format in FORMATS.iter().filter(|format| format.is_written()) {
        if format.name == "parcel TXT" {
            continue;
        }
        let path = folder.path().join(format!("a.{}", format.extension()));
        let cancel = AtomicBool::new(false);
        let passed = std::sync::atomic::AtomicUsize::new(0);
        let count = |n: usize| {
            let all = passed.fetch_add(n, std::sync::atomic::Ordering::Relaxed) + n;
            if all > 1_000 {
                cancel.store(true, std::sync::atomic::Ordering::Relaxed);
            }
        };
        let watch = Some(Watch { cancel: &cancel, passed: &count });
        let e = write_layers(
            &[Outgoing { watch, ..Outgoing::all(&layer) }],
            &path,
            &WriteOptions::default(),
        );
        assert!(matches!(e, Err(WriteError::Stopped)), "{}", format.name);
        assert!(fs::read_dir(folder.path()).unwrap().next().is_none(), "{}", format.name);
    }
}

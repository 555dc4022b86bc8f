//! What is written is what was read, in formats, systems and conditions; a file is whole or not
//! there.

use std::{fs, path::Path, sync::Arc, sync::atomic::AtomicBool};

use jintu::{
    geo::Crs,
    layer::{Cause, Condition, ConditionError, CountyCodes, Layer, Part, Value, geometry},
    report::layer_info::{self, FileInfo},
    store::layers::{
        OpenOptions, open_layers,
        write::{Encoding, Outgoing, WriteError, WriteOptions},
        write_layers,
    },
};

use super::temp_folder::TempFolder;

fn read(path: &Path, options: &OpenOptions) -> Vec<Arc<Layer>> {
    let mut layers = Vec::new();
    let counties = CountyCodes::new(Vec::new());
    open_layers(path, options, &counties, &AtomicBool::new(false), &mut |p| layers = p.layers)
        .unwrap();
    layers
}

const MIXED: &str = r#"{"type":"FeatureCollection","features":[
 {"type":"Feature","properties":{"代码":"014","长度":12.5,"有":true},"geometry":{"type":"Point","coordinates":[112.5489,37.8706]}},
 {"type":"Feature","properties":{"代码":"140105001001000001234","长度":7,"备注":"=1+1"},"geometry":{"type":"MultiLineString","coordinates":[[[112.1,37.1],[112.2,37.2]],[[112.3,37.3],[112.4,37.5]]]}},
 {"type":"Feature","properties":{"长度":null},"geometry":{"type":"Polygon","coordinates":[[[112,37],[113,37],[113,38],[112,38],[112,37]],[[112.4,37.4],[112.6,37.4],[112.6,37.6],[112.4,37.4]]]}},
 {"type":"Feature","properties":{},"geometry":null},
 {"type":"Feature","properties":{"代码":"混"},"geometry":{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[112.3,37.3]},{"type":"LineString","coordinates":[[112.1,37.1],[112.2,37.2]]}]}}
]}"#;

/// Everything that can be told of a layer, feature by feature.
fn told(layer: &Layer) -> Vec<String> {
    let own = Outgoing::all(layer);
    own.rows()
        .map(|at| {
            let fields = layer.fields.iter().enumerate();
            let values: Vec<String> = fields
                .filter(|(i, _)| own.value(at, *i) != Value::Missing)
                .map(|(i, field)| format!("{}={:?}", field.name, own.value(at, i)))
                .collect();
            format!("{values:?} {:?}", own.parts(at, Crs::WGS84))
        })
        .collect()
}

#[test]
fn geojson_comes_back_as_it_went_in_any_system() {
    let folder = TempFolder::new("convert-geojson");
    let first = folder.path().join("a.geojson");
    fs::write(&first, MIXED).unwrap();
    let layer = read(&first, &OpenOptions::default()).remove(0);
    assert_eq!(geometry::of_layer(&layer), Some("Geometry"));
    for crs in [None, Some("EPSG:4547"), Some("utm:49"), Some("gcj02"), Some("tmerc:112.5,500000")]
    {
        let crs = crs.map(|key| Crs::from_key(key).unwrap());
        let path = folder.path().join(format!("b-{}.geojson", crs.map_or(0, |_| 1)));
        let options = WriteOptions { crs, overwrite: true, ..WriteOptions::default() };
        write_layers(&[Outgoing::all(&layer)], &path, &options).unwrap();
        // Systems without a number cannot be named in the file: the user has to say them.
        let given = crs.filter(|crs| crs.epsg().is_none());
        let again = read(&path, &OpenOptions { crs: given, ..OpenOptions::default() }).remove(0);
        assert_eq!(told(&again), told(&layer), "{crs:?}");
        assert_eq!(again.reference.crs, crs.unwrap_or(Crs::WGS84));
    }
}

#[test]
fn a_geopackage_holds_several_layers_in_any_system() {
    let folder = TempFolder::new("convert-gpkg");
    let first = folder.path().join("a.geojson");
    fs::write(&first, MIXED).unwrap();
    let layer = read(&first, &OpenOptions::default()).remove(0);
    let both = [Outgoing::all(&layer), Outgoing::all(&layer)];
    for key in ["wgs84", "EPSG:4526", "gk6:19", "tmerc:112.5,500000"] {
        let crs = Crs::from_key(key).unwrap();
        let path = folder.path().join("b.gpkg");
        let options = WriteOptions { crs: Some(crs), overwrite: true, ..WriteOptions::default() };
        write_layers(&both, &path, &options).unwrap();
        let again = read(&path, &OpenOptions::default());
        assert_eq!(again.len(), 2);
        for own in &again {
            let names: Vec<&str> = own.fields.iter().map(|field| field.name.as_str()).collect();
            assert_eq!(names.first(), Some(&"fid"));
            let told: Vec<String> = told(own).iter().map(|line| without_number(line)).collect();
            let expected: Vec<String> =
                self::told(&layer).iter().map(|l| without_number(l)).collect();
            assert_eq!(told, expected, "{key}");
        }
        let file = rusqlite::Connection::open(&path).unwrap();
        let whole: String = file.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        let styles: i64 =
            file.query_row("SELECT count(*) FROM layer_styles", [], |row| row.get(0)).unwrap();
        assert_eq!((whole.as_str(), styles), ("ok", 2));
        // A moment as the standard has it; others warn of any other writing.
        let at: String =
            file.query_row("SELECT update_time FROM layer_styles", [], |row| row.get(0)).unwrap();
        assert!(at.len() == 24 && at.as_bytes()[10] == b'T' && at.ends_with('Z'), "{at}");
    }
    let e = write_layers(
        &both,
        &folder.path().join("c.gpkg"),
        &WriteOptions { crs: Some(Crs::GCJ02), ..WriteOptions::default() },
    );
    assert!(matches!(e.unwrap_err(), WriteError::OtherCrs { .. }));
}

#[test]
fn a_geopackage_keeps_the_numbers_of_its_features_and_tells_new_names() {
    let folder = TempFolder::new("convert-fid");
    let first = folder.path().join("a.csv");
    fs::write(&first, "fid,geom,经度,纬度\n7,x,112.5,37.8\n5,y,112.6,37.9\n").unwrap();
    let names = |layer: &Layer| -> Vec<String> {
        layer.fields.iter().map(|field| field.name.clone()).collect()
    };
    let mut from = first;
    for round in 0..3 {
        let layer = read(&from, &OpenOptions::default()).remove(0);
        let path = folder.path().join(format!("{round}.gpkg"));
        let left = write_layers(&[Outgoing::all(&layer)], &path, &WriteOptions::default()).unwrap();
        let told: Vec<&str> = left.iter().map(|own| own.detail.as_str()).collect();
        // The first name is taken by the shapes; the numbers are those of the file.
        assert_eq!(told, if round == 0 { vec!["geom → geom_2"] } else { Vec::new() });
        let again = read(&path, &OpenOptions::default()).remove(0);
        assert_eq!(names(&again), ["fid", "geom_2", "经度", "纬度"]);
        let mut numbers = [0, 1].map(|row| again.tables[0].value(row, 0).to_string());
        numbers.sort();
        assert_eq!(numbers, ["5", "7"]);
        from = path;
    }
    // Numbers that are there twice are a field like others.
    let twice = folder.path().join("b.csv");
    fs::write(&twice, "fid,经度,纬度\n7,112.5,37.8\n7,112.6,37.9\n").unwrap();
    let layer = read(&twice, &OpenOptions::default()).remove(0);
    let path = folder.path().join("b.gpkg");
    let left = write_layers(&[Outgoing::all(&layer)], &path, &WriteOptions::default()).unwrap();
    assert_eq!((left[0].cause, left[0].detail.as_str()), (Cause::FieldRenamed, "fid → fid_2"));
}

#[test]
fn flatgeobuf_comes_back_in_its_order() {
    let folder = TempFolder::new("convert-fgb");
    let first = folder.path().join("a.geojson");
    fs::write(&first, MIXED).unwrap();
    let layer = read(&first, &OpenOptions::default()).remove(0);
    for key in ["wgs84", "EPSG:4547", "EPSG:32649"] {
        let crs = Crs::from_key(key).unwrap();
        let path = folder.path().join("b.fgb");
        let options = WriteOptions { crs: Some(crs), overwrite: true, ..WriteOptions::default() };
        let left = write_layers(&[Outgoing::all(&layer)], &path, &options).unwrap();
        // GDAL reads no file in which a feature has no geometry, or several kinds, as the crate
        // writes them: the one is left out, the other parted, and both are told.
        let causes: Vec<_> = left.iter().map(|own| (own.cause, own.count)).collect();
        assert_eq!(causes, [(Cause::WithoutShape, 1), (Cause::CollectionSplit, 1)]);
        let again = read(&path, &OpenOptions::default()).remove(0);
        assert_eq!((again.len(), &told(&again)[..3]), (5, &told(&layer)[..3]), "{key}");
        assert!((0..5).all(|row| !again.chunks[0].shapes.parts_of(row).is_empty()));
        assert_eq!(again.reference.crs, crs);
    }
}

#[test]
fn a_shapefile_comes_back_kind_by_kind_in_either_encoding() {
    let folder = TempFolder::new("convert-shp");
    let first = folder.path().join("a.geojson");
    fs::write(&first, MIXED).unwrap();
    let layer = read(&first, &OpenOptions::default()).remove(0);
    for (encoding, name) in [(Encoding::Utf8, "乙"), (Encoding::Gbk, "丙")] {
        let crs = Crs::from_epsg(4526);
        let options = WriteOptions { crs, encoding, ..WriteOptions::default() };
        let path = folder.path().join(format!("{name}.shp"));
        let left = write_layers(&[Outgoing::all(&layer)], &path, &options).unwrap();
        let split = left.iter().find(|own| own.cause.key() == "files_split").unwrap();
        let files: Vec<&str> = split.detail.split(", ").collect();
        assert_eq!(files.len(), 3, "points, lines, areas");
        // The collection stands in two of them, the feature without geometry in the first.
        for (file, rows) in files.iter().zip([[0, 3, 4].as_slice(), &[1, 4], &[2]]) {
            let again = read(&folder.path().join(file), &OpenOptions::default()).remove(0);
            assert_eq!((again.len(), again.reference.crs), (rows.len(), crs.unwrap()), "{file}");
            let (own, before) = (Outgoing::all(&again), Outgoing::all(&layer));
            for (at, row) in own.rows().zip(rows.iter()) {
                let was = before.rows().nth(*row).unwrap();
                assert_eq!(own.value(at, 0), before.value(was, 0), "the code of {file} {row}");
            }
        }
    }
    let again = read(&folder.path().join("丙_polygon.shp"), &OpenOptions::default()).remove(0);
    let parts =
        Outgoing::all(&again).parts(Outgoing::all(&again).rows().next().unwrap(), Crs::WGS84);
    assert_eq!(parts.iter().map(|(part, _)| *part).collect::<Vec<_>>(), [Part::Ring, Part::Hole]);
}

#[test]
fn kml_and_dxf_are_read_by_our_own_readers() {
    let folder = TempFolder::new("convert-kml");
    let first = folder.path().join("a.geojson");
    fs::write(&first, MIXED).unwrap();
    let layer = read(&first, &OpenOptions::default()).remove(0);
    let path = folder.path().join("b.kml");
    write_layers(&[Outgoing::all(&layer)], &path, &WriteOptions::default()).unwrap();
    let again = read(&path, &OpenOptions::default()).remove(0);
    let code = again.fields.iter().position(|field| field.name == "代码").unwrap();
    let (own, before) = (Outgoing::all(&again), Outgoing::all(&layer));
    assert_eq!(again.len(), layer.len());
    for (at, was) in own.rows().zip(before.rows()) {
        assert_eq!(own.value(at, code), before.value(was, 0));
        assert_eq!(own.parts(at, Crs::WGS84), before.parts(was, Crs::WGS84));
    }
    let elsewhere = WriteOptions { crs: Crs::from_epsg(4547), ..WriteOptions::default() };
    let e = write_layers(std::slice::from_ref(&before), &folder.path().join("c.kml"), &elsewhere)
        .unwrap_err();
    assert!(matches!(e, WriteError::OtherCrs { .. }), "KML has one system");
    let path = folder.path().join("d.dxf");
    let left = write_layers(&[Outgoing::all(&layer)], &path, &elsewhere).unwrap();
    let (places, values): (Vec<_>, Vec<_>) =
        left.iter().partition(|own| own.cause.key() == "without_shape");
    // One sentence names the four fields.
    assert_eq!((values.len(), values[0].cause, values[0].count), (1, Cause::ValuesLeftOut, 4));
    assert_eq!((places.len(), places[0].count), (1, 1), "a feature without geometry");
    let given = OpenOptions { crs: Crs::from_epsg(4547), ..OpenOptions::default() };
    let again = read(&path, &given);
    let drawn: usize = again.iter().map(|layer| layer.len()).sum();
    assert_eq!(drawn, 4, "a point, two lines, an area with its hole, a point with a line");
    for (at, was) in Outgoing::all(&again[0]).rows().zip([0, 1, 2, 4]) {
        let was = before.rows().nth(was).unwrap();
        let parts = |own: &Outgoing<'_>, at| {
            let parts = own.parts(at, Crs::from_epsg(4547).unwrap()).into_iter();
            parts.map(|(part, path)| (part, path.len())).collect::<Vec<_>>()
        };
        assert_eq!(parts(&Outgoing::all(&again[0]), at), parts(&before, was));
    }
}

/// What is told of a feature without the number that a table gives it.
fn without_number(line: &str) -> String {
    match line.split_once("fid=") {
        Some((before, after)) => {
            let rest = after.split_once(')').map_or("", |(_, rest)| rest);
            let rest = rest.trim_start_matches('"').trim_start_matches(", ");
            format!("{}{rest}", before.trim_end_matches('"'))
        }
        None => line.to_owned(),
    }
}

#[test]
fn csv_comes_back_and_runs_nothing() {
    let folder = TempFolder::new("convert-csv");
    let first = folder.path().join("a.geojson");
    let points = r#"{"type":"FeatureCollection","features":[
     {"type":"Feature","properties":{"代码":"014","名称":"=cmd|' /C calc'!A0","长度":-12.5},"geometry":{"type":"Point","coordinates":[112.5489,37.8706]}},
     {"type":"Feature","properties":{"代码":"1E5","名称":"甲, \"乙\"\n丙"},"geometry":{"type":"Point","coordinates":[112.6,37.9]}}]}"#;
    fs::write(&first, points).unwrap();
    let layer = read(&first, &OpenOptions::default()).remove(0);
    let path = folder.path().join("b.csv");
    let found = write_layers(&[Outgoing::all(&layer)], &path, &WriteOptions::default()).unwrap();
    assert_eq!((found.len(), found[0].cause.key(), found[0].count), (1, "formula_neutralised", 1));
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.starts_with('\u{feff}') && text.contains("'=cmd|") && text.contains(",-12.5,"));
    let again = read(&path, &OpenOptions::default()).remove(0);
    let names: Vec<&str> = again.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["代码", "名称", "长度", "经度", "纬度"]);
    let own = Outgoing::all(&again);
    let at: Vec<_> = own.rows().collect();
    assert_eq!(own.value(at[1], 0), Value::Text("1E5"));
    assert_eq!(own.value(at[1], 1), Value::Text("甲, \"乙\"\n丙"));
    assert_eq!(own.parts(at[0], Crs::WGS84)[0].1, [[112.5489, 37.8706]]);
}

#[test]
fn nothing_is_replaced_unasked_and_nothing_is_left_beside_it() {
    let folder = TempFolder::new("convert-atomic");
    let first = folder.path().join("a.geojson");
    fs::write(&first, MIXED).unwrap();
    let layer = read(&first, &OpenOptions::default()).remove(0);
    let both = [Outgoing::all(&layer), Outgoing::all(&layer)];
    let options = WriteOptions::default();
    let e = write_layers(&both[..1], &first, &options).unwrap_err();
    assert!(matches!(e, WriteError::Exists(_)));
    let several = write_layers(&both, &folder.path().join("c.geojson"), &options).unwrap_err();
    assert!(matches!(several, WriteError::OneLayer { .. }));
    let unknown = write_layers(&both, &folder.path().join("c.xyz"), &options).unwrap_err();
    assert!(matches!(unknown, WriteError::Unknown(_)));
    let nowhere = folder.path().join("none").join("c.geojson");
    assert!(matches!(
        write_layers(&both[..1], &nowhere, &options).unwrap_err(),
        WriteError::Write { .. }
    ));
    assert_eq!(fs::read_to_string(&first).unwrap(), MIXED);
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().flatten().collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn a_condition_passes_what_it_says() {
    let folder = TempFolder::new("convert-where");
    let first = folder.path().join("a.geojson");
    fs::write(&first, MIXED).unwrap();
    let layer = read(&first, &OpenOptions::default()).remove(0);
    let passed = |text: &str| -> Vec<usize> {
        let condition = Condition::read(text, &layer).unwrap();
        (0..layer.len()).filter(|row| condition.holds(&layer, 0, *row)).collect()
    };
    assert_eq!(passed("长度 >= 7"), [0, 1]);
    assert_eq!(passed("长度 > 7 and 代码 = 014"), [0]);
    assert_eq!(passed("代码 = 14"), [0_usize; 0], "a code is no number");
    assert_eq!(passed("\"代码\" ~ '0105'"), [1]);
    assert_eq!(passed("长度 is null"), [2, 3, 4]);
    assert_eq!(passed("长度 is not null 且 有 = true"), [0]);
    assert_eq!(passed("备注 = '=1+1'"), [1]);
    assert_eq!(passed("长度 != 7"), [0]);
    let wrong = |text: &str| Condition::read(text, &layer).unwrap_err();
    // Nothing is equal to nothing: it is asked for what is missing.
    assert_eq!(passed("长度 = NULL"), passed("长度 is null"));
    assert_eq!(passed("长度 != null"), passed("长度 is not null"));
    assert_eq!(passed("代码 = 'null'"), [0_usize; 0], "a word in quotes is a word");
    assert!(matches!(wrong("长度 > null"), ConditionError::NoOrder(_)));
    for or in ["长度 > 7 or 代码 = 014", "代码 = 014 OR 长度 is null", "代码 = 014 或 长度 > 7"]
    {
        assert!(matches!(wrong(or), ConditionError::NoOr(_)), "{or}");
    }
    assert_eq!(passed("备注 = '甲 or 乙 = 丙'"), [0_usize; 0], "words in quotes are words");
    assert_eq!(passed("备注 ~ this or that"), [0_usize; 0], "no comparison follows");
    assert!(matches!(wrong("高度 > 1"), ConditionError::NoField(name) if name == "高度"));
    assert!(matches!(wrong("长度"), ConditionError::NoComparison(_)));
    assert!(matches!(wrong(""), ConditionError::NoComparison(_)));
    assert!(matches!(wrong("长度 >"), ConditionError::NoComparison(_)), "it breaks off");
    // Whole numbers are compared whole: as fractions these two are one.
    let second = folder.path().join("b.csv");
    fs::write(&second, "大,经度,纬度\n9007199254740993,112.5,37.8\n").unwrap();
    let layer = read(&second, &OpenOptions::default()).remove(0);
    let holds = |text: &str| Condition::read(text, &layer).unwrap().holds(&layer, 0, 0);
    assert!(holds("大 = 9007199254740993") && !holds("大 = 9007199254740992"));
    assert!(holds("大 > 9007199254740992"));
}

#[test]
fn info_says_what_is_there() {
    let folder = TempFolder::new("info");
    let first = folder.path().join("a.geojson");
    fs::write(&first, MIXED).unwrap();
    let layers = read(&first, &OpenOptions::default());
    let info = FileInfo { file: "a".into(), format: Some("GeoJSON"), layers, error: None };
    let broken =
        FileInfo { file: "b".into(), format: None, layers: Vec::new(), error: Some("x".into()) };
    let json = layer_info::json(&[info, broken]);
    let layer = &json[0]["layers"][0];
    assert_eq!(layer["features"], 5);
    assert_eq!(layer["crs"], "EPSG:4326");
    assert_eq!(layer["crs_basis"], "format");
    assert_eq!(layer["extent"], serde_json::json!([112.0, 37.0, 113.0, 38.0]));
    let types: Vec<&str> =
        layer["fields"].as_array().unwrap().iter().map(|f| f["type"].as_str().unwrap()).collect();
    assert_eq!(types, ["text", "number", "boolean", "text"]);
    assert_eq!(layer["left_out"], serde_json::json!([{ "cause": "without_place", "count": 1 }]));
    assert_eq!((json[1]["error"].as_str(), json[1]["format"].as_str()), (Some("x"), None));
}

#[test]
fn what_gbk_has_not_is_a_question_mark_and_counted() {
    let folder = TempFolder::new("convert-gbk");
    let path = folder.path().join("a.csv");
    fs::write(&path, "名称,经度,纬度\n龘𠮷,112.5,37.8\n").unwrap();
    let layers = read(&path, &OpenOptions::default());
    let outgoing = [Outgoing::all(&layers[0])];
    let gbk = WriteOptions { encoding: Encoding::Gbk, ..WriteOptions::default() };
    let shp = folder.path().join("a.shp");
    let found = write_layers(&outgoing, &shp, &gbk).unwrap();
    let replaced = found.iter().find(|own| own.cause == Cause::SignsReplaced).unwrap();
    assert_eq!((replaced.count, replaced.detail.as_str()), (1, "GBK"));
    let back = read(&shp, &OpenOptions::default()).remove(0);
    assert_eq!(back.tables[0].value(0, 0), Value::Text("龘?"));
}

#[test]
fn a_system_that_the_file_cannot_name_is_told() {
    let folder = TempFolder::new("convert-unsaid");
    let path = folder.path().join("a.csv");
    fs::write(&path, "名称,经度,纬度\n甲,112.5,37.8\n").unwrap();
    let layers = read(&path, &OpenOptions::default());
    let outgoing = [Outgoing::all(&layers[0])];
    for (key, said) in [("gcj02", true), ("tmerc:112.5,500000", true), ("EPSG:4547", false)] {
        let options = WriteOptions { crs: Crs::from_key(key), ..WriteOptions::default() };
        let path = folder.path().join(format!("{}.geojson", key.replace([':', ','], "-")));
        let found = write_layers(&outgoing, &path, &options).unwrap();
        assert_eq!(found.iter().any(|own| own.cause == Cause::SystemUnsaid), said, "{key}");
    }
}

/// A layer of a file and a workbook begin with the same tables, as the standard (OGC 12-128r19, tables 3,
/// 4 and 6) has them.
#[test]
fn whatever_is_written_as_a_geopackage_begins_as_the_standard_says() {
    let folder = TempFolder::new("convert-standard");
    let first = folder.path().join("a.geojson");
    fs::write(&first, MIXED).unwrap();
    let layer = read(&first, &OpenOptions::default()).remove(0);
    let exported = folder.path().join("b.gpkg");
    let crs = Crs::from_key("EPSG:4526");
    let options = WriteOptions { crs, ..WriteOptions::default() };
    write_layers(&[Outgoing::all(&layer)], &exported, &options).unwrap();
    let workbook = folder.path().join("c.jintu");
    crate::book_file::make(&workbook, crate::book_file::PLAN.as_bytes());
    for (path, systems) in [(exported, vec![-1, 0, 4326, 4526]), (workbook, vec![-1, 0, 4326])] {
        let file = rusqlite::Connection::open(&path).unwrap();
        let number = |pragma: &str| -> i64 {
            file.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get(0)).unwrap()
        };
        assert_eq!((number("application_id"), number("user_version")), (0x4750_4B47, 10_300));
        let all = |sql: &str| -> Vec<String> {
            let mut rows = file.prepare(sql).unwrap();
            rows.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
        };
        let columns = |table: &str| {
            all(&format!(
                "SELECT name || ' ' || type || iif(\"notnull\", ' !', '') || iif(pk, ' key', '') \
                 FROM pragma_table_info('{table}')"
            ))
        };
        assert_eq!(
            columns("gpkg_spatial_ref_sys"),
            [
                "srs_name TEXT !",
                "srs_id INTEGER key",
                "organization TEXT !",
                "organization_coordsys_id INTEGER !",
                "definition TEXT !",
                "description TEXT",
            ]
        );
        assert_eq!(
            columns("gpkg_contents"),
            [
                "table_name TEXT ! key",
                "data_type TEXT !",
                "identifier TEXT",
                "description TEXT",
                "last_change DATETIME !",
                "min_x DOUBLE",
                "min_y DOUBLE",
                "max_x DOUBLE",
                "max_y DOUBLE",
                "srs_id INTEGER",
            ]
        );
        assert_eq!(
            columns("gpkg_geometry_columns"),
            [
                "table_name TEXT ! key",
                "column_name TEXT ! key",
                "geometry_type_name TEXT !",
                "srs_id INTEGER !",
                "z TINYINT !",
                "m TINYINT !",
            ]
        );
        let known: Vec<i64> =
            all("SELECT CAST(srs_id AS TEXT) FROM gpkg_spatial_ref_sys ORDER BY srs_id")
                .iter()
                .map(|id| id.parse().unwrap())
                .collect();
        assert_eq!(known, systems);
        // Every system is EPSG's or nobody's, and says what it is; every layer has one of them.
        assert!(
            all("SELECT srs_name FROM gpkg_spatial_ref_sys WHERE (srs_id > 0) <> \
                     (organization = 'EPSG') OR organization_coordsys_id <> srs_id \
                     OR srs_id > 0 AND definition NOT LIKE '%AUTHORITY%'")
            .is_empty()
        );
        assert!(all("PRAGMA foreign_key_check").is_empty());
        let told =
            all("SELECT table_name FROM gpkg_contents WHERE data_type = 'features' ORDER BY 1");
        assert!(!told.is_empty());
        assert_eq!(told, all("SELECT table_name FROM gpkg_geometry_columns ORDER BY 1"));
    }
}

//! What files in other formats cannot hold as it was: kept another way or told, never changed in
//! silence.

use std::{
    fs,
    path::Path,
    sync::{Arc, atomic::AtomicBool},
};

use jintu::{
    app::{Language, Tell},
    layer::{
        Cause, ChunkBuilder, CountyCodes, Field, FieldKind, Finding, Layer, TableBuilder, Value,
    },
    store::layers::{
        OpenOptions, open_layers,
        write::{Encoding, Outgoing, WriteError, WriteOptions},
        write_layers,
    },
    units::LonLat,
};

use super::temp_folder::TempFolder;

fn read(path: &Path) -> Arc<Layer> {
    let mut layers = Vec::new();
    let counties = CountyCodes::new(Vec::new());
    let stop = AtomicBool::new(false);
    open_layers(path, &OpenOptions::default(), &counties, &stop, &mut |p| layers = p.layers)
        .unwrap_or_else(|e| panic!("{e}"));
    layers.remove(0)
}

fn write(layer: &Layer, path: &Path, encoding: Encoding) -> Vec<(Cause, usize, String)> {
    let options = WriteOptions { encoding, ..WriteOptions::default() };
    let left = write_layers(&[Outgoing::all(layer)], path, &options).unwrap();
    left.into_iter().map(|own| (own.cause, own.count, own.detail)).collect()
}

/// A point for each row of values.
fn points(fields: Vec<Field>, rows: &[&[Value<'_>]]) -> Layer {
    let (mut shapes, mut table) = (ChunkBuilder::default(), TableBuilder::new(fields.len()));
    for row in rows {
        shapes.point(LonLat::new(112.5, 37.5));
        row.iter().enumerate().for_each(|(field, value)| table.push(field, *value));
        table.end_row();
    }
    Layer {
        name: "点".to_owned(),
        fields,
        chunks: vec![Arc::new(shapes.finish())],
        tables: vec![Arc::new(table.finish())],
        ..Layer::default()
    }
}

/// The columns of a table by its bytes (dBASE III): letter, width, decimals.
fn columns(table: &[u8]) -> Vec<(char, u8, u8)> {
    let fields = table[32..].chunks(32).take_while(|own| own[0] != 0x0D);
    fields.map(|own| (char::from(own[11]), own[16], own[17])).collect()
}

#[test]
fn numbers_of_a_shapefile_come_back_whatever_their_size() {
    let folder = TempFolder::new("dbf-numbers");
    let names = ["large", "small", "digits", "long", "mixed"];
    let values = [
        [1e300, -1.234_567_890_123_456_7e-250],
        [1e-300, 2.5],
        [0.1, 123_456.75],
        [1e18, -4.0],
        [f64::MIN_POSITIVE, f64::MAX],
    ];
    let rows: Vec<Vec<Value<'_>>> =
        (0..2).map(|row| values.iter().map(|own| Value::Number(own[row])).collect()).collect();
    let rows: Vec<&[Value<'_>]> = rows.iter().map(Vec::as_slice).collect();
    let layer = points(names.map(Field::named).to_vec(), &rows);
    let path = folder.path().join("a.shp");
    assert_eq!(write(&layer, &path, Encoding::Utf8), [], "nothing is lost, nothing to tell");
    let table = fs::read(path.with_extension("dbf")).unwrap();
    // As GDAL has its fractions: 24 signs, where no digits alone hold them.
    let wide = ('N', 24, 15);
    assert_eq!(columns(&table), [wide, wide, ('N', 9, 2), wide, wide]);
    let after = read(&path);
    for (field, own) in values.iter().enumerate() {
        for (row, was) in own.iter().enumerate() {
            let is = match after.tables[0].value(row, field) {
                Value::Number(n) => n,
                Value::Integer(n) => n as f64,
                other => panic!("{other:?}"),
            };
            assert_eq!(is.to_bits(), was.to_bits(), "{} {row}", names[field]);
        }
    }
}

#[test]
fn whole_numbers_too_long_for_others_are_text_and_told() {
    let folder = TempFolder::new("dbf-whole");
    let whole = |n| Value::Integer(n);
    // Programs read columns of more than eighteen signs as fractions of 53 bits, and those with
    // decimals too.
    let layer = points(
        ["八", "九", "分"].map(Field::named).to_vec(),
        &[&[whole(123_456_789_012_345_678), whole(1_234_567_890_123_456_789), Value::Text("甲")]],
    );
    let path = folder.path().join("a.shp");
    let left = write(&layer, &path, Encoding::Utf8);
    assert_eq!(left, [(Cause::NumberAsText, 1, "九".to_owned())]);
    let table = fs::read(path.with_extension("dbf")).unwrap();
    assert_eq!(columns(&table), [('N', 18, 0), ('C', 19, 0), ('C', 3, 0)]);
    let after = read(&path);
    assert_eq!(after.tables[0].value(0, 0), whole(123_456_789_012_345_678));
    assert_eq!(after.tables[0].value(0, 1), Value::Text("1234567890123456789"));
}

#[test]
fn a_table_says_the_day_it_was_written_and_days_only_where_they_come_back() {
    let folder = TempFolder::new("dbf-days");
    let layer = points(
        vec![Field::declared("d", FieldKind::Date), Field::declared("e", FieldKind::Date)],
        &[&[Value::Text("2000-01-01"), Value::Text("2000/01/01")]],
    );
    let path = folder.path().join("a.shp");
    assert_eq!(write(&layer, &path, Encoding::Utf8), []);
    let table = fs::read(path.with_extension("dbf")).unwrap();
    assert_eq!(columns(&table), [('D', 8, 0), ('C', 10, 0)]);
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let years = since.as_secs() / 31_556_952 + 70;
    assert!(u64::from(table[1]).abs_diff(years) <= 1, "years from 1900: {}", table[1]);
    assert!((1..=12).contains(&table[2]) && (1..=31).contains(&table[3]));
    let after = read(&path);
    assert_eq!(after.tables[0].value(0, 0), Value::Text("2000-01-01"));
    assert_eq!(after.tables[0].value(0, 1), Value::Text("2000/01/01"));
}

#[test]
fn gbk_holds_what_code_page_936_has_and_nothing_else() {
    let folder = TempFolder::new("gbk-936");
    // 䶮 and ⿰ have two bytes in GB 18030 alone, 𠮷 four, the last is of private use.
    let layer = points(vec![Field::named("名称")], &[&[Value::Text("龘䶮⿰𠮷\u{E000}〇①")]]);
    let path = folder.path().join("a.shp");
    let left = write(&layer, &path, Encoding::Gbk);
    assert_eq!(left, [(Cause::SignsReplaced, 1, "GBK".to_owned())]);
    let table = fs::read(path.with_extension("dbf")).unwrap();
    // 龘 FD93, 〇 A996, ① A2D9 (Microsoft, bestfit936.txt).
    assert!(table.windows(10).any(|own| own == b"\xFD\x93????\xA9\x96\xA2\xD9"), "{table:x?}");
    // A drawing escapes them.
    let path = folder.path().join("a.dxf");
    write(&layer, &path, Encoding::Gbk);
    let text = fs::read(&path).unwrap();
    let escaped = b"\xFD\x93\\U+4DAE\\U+2FF0\\U+D842\\U+DFB7\\U+E000\xA9\x96";
    assert!(text.windows(escaped.len()).any(|own| own == escaped));
    let after = read(&path);
    let at = after.fields.iter().position(|field| field.name == "text").unwrap();
    assert_eq!(after.tables[0].value(0, at), Value::Text("龘䶮⿰𠮷\u{E000}〇①"));
}

#[test]
fn moments_are_dates_in_a_workbook_and_their_zone_is_told() {
    let folder = TempFolder::new("xlsx-moments");
    let time = |name: &str| Field::declared(name, FieldKind::DateTime);
    let layer = points(
        vec![time("时刻"), time("毫秒"), time("几区"), time("日")],
        &[
            &[
                Value::Text("2024-05-01T10:20:30.000Z"),
                Value::Text("2024-05-01 10:20:30.250"),
                Value::Text("2024-05-01T10:20:30Z"),
                Value::Text("2024-05-01"),
            ],
            &[
                Value::Text("1999-12-31T23:59:59Z"),
                Value::Text("2024-05-01T10:20"),
                Value::Text("2024-05-01T10:20:30+08:00"),
                Value::Missing,
            ],
        ],
    );
    let path = folder.path().join("a.xlsx");
    let left = write(&layer, &path, Encoding::Utf8);
    assert_eq!(left, [(Cause::ZoneOfTimeLeftOut, 1, "时刻 (Z)".to_owned())]);
    let mut archive = zip::ZipArchive::new(fs::File::open(&path).unwrap()).unwrap();
    let mut sheet = String::new();
    let mut file = archive.by_name("xl/worksheets/sheet1.xml").unwrap();
    std::io::Read::read_to_string(&mut file, &mut sheet).unwrap();
    // Days since 1899-12-30: 1 May 2024 is 45413, 10:20:30 is 37230 of 86400 seconds.
    let cell = |name: &str| {
        let (_, rest) = sheet.split_once(&format!("r=\"{name}\"")).unwrap();
        let (_, rest) = rest.split_once("<v>").unwrap();
        rest.split_once("</v>").unwrap().0.parse::<f64>().unwrap()
    };
    let at = |days: f64, seconds: f64| days + seconds / 86_400.0;
    for (name, expected) in [
        ("A2", at(45_413.0, 37_230.0)),
        ("B2", at(45_413.0, 37_230.25)),
        ("D2", 45_413.0),
        ("A3", at(36_525.0, 86_399.0)),
        ("B3", at(45_413.0, 37_200.0)),
    ] {
        assert!((cell(name) - expected).abs() < 1e-8, "{name} {}", cell(name));
    }
    let after = read(&path);
    let told = |row, field| after.tables[0].value(row, field);
    assert_eq!(told(0, 0), Value::Text("2024-05-01T10:20:30"));
    // Moments of several zones stay what they say: without it their order would be another.
    assert_eq!(told(1, 2), Value::Text("2024-05-01T10:20:30+08:00"));
}

#[test]
fn figures_in_words_are_numbers_in_a_workbook_and_codes_stay_words() {
    let folder = TempFolder::new("xlsx-figures");
    let words = ["14.430", "0.5", "-2.50"].map(Value::Text);
    let codes = ["014.5", "1.50", "2.50"].map(Value::Text);
    let mixed = ["1.10", "1.10-1", "2.20"].map(Value::Text);
    let long = ["1234567890123.123", "1.50", "2.50"].map(Value::Text);
    let layer = points(
        ["面积", "码", "节"]
            .map(Field::named)
            .into_iter()
            .chain([Field::named("长"), Field::declared("词", FieldKind::Text)])
            .collect(),
        &[0, 1, 2]
            .map(|i| [words[i], codes[i], mixed[i], long[i], words[i]])
            .each_ref()
            .map(|row| &row[..]),
    );
    let path = folder.path().join("a.xlsx");
    assert_eq!(write(&layer, &path, Encoding::Utf8), []);
    let after = read(&path);
    let told = |row, field| after.tables[0].value(row, field);
    assert_eq!([told(0, 0), told(1, 0), told(2, 0)], [14.43, 0.5, -2.5].map(Value::Number));
    assert_eq!(told(0, 1), Value::Text("014.5"));
    assert_eq!(told(1, 1), Value::Text("1.50"), "a field with a code holds codes");
    assert_eq!(told(0, 2), Value::Text("1.10"));
    assert_eq!(told(0, 3), Value::Text("1234567890123.123"));
    assert_eq!(told(0, 4), Value::Text("14.430"));
    let mut archive = zip::ZipArchive::new(fs::File::open(&path).unwrap()).unwrap();
    let mut styles = String::new();
    let mut file = archive.by_name("xl/styles.xml").unwrap();
    std::io::Read::read_to_string(&mut file, &mut styles).unwrap();
    assert!(styles.contains("formatCode=\"0.000\""), "{styles}");
}

#[test]
fn truth_in_kml_is_a_digit() {
    let folder = TempFolder::new("kml-truth");
    let layer = points(
        vec![Field::named("有")],
        &[&[Value::Bool(true)], &[Value::Bool(false)], &[Value::Missing]],
    );
    let path = folder.path().join("a.kml");
    assert_eq!(write(&layer, &path, Encoding::Utf8), []);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(">1</SimpleData>") && text.contains(">0</SimpleData>"), "{text}");
    let after = read(&path);
    let field = after.fields.iter().position(|field| field.name == "有").unwrap();
    let told: Vec<Value<'_>> = (0..3).map(|row| after.tables[0].value(row, field)).collect();
    assert_eq!(told, [Value::Bool(true), Value::Bool(false), Value::Missing]);
}

#[test]
fn a_layer_of_points_makes_no_file_of_parcels() {
    let folder = TempFolder::new("parcels-points");
    let layer = points(vec![Field::named("名称")], &[&[Value::Text("甲")]]);
    let path = folder.path().join("a.txt");
    let all = [Outgoing::all(&layer)];
    let e = write_layers(&all, &path, &WriteOptions::default()).unwrap_err();
    assert!(matches!(e, WriteError::NoAreas { .. }), "{e}");
    let sentence = e.tell(Language::Chinese);
    assert!(sentence.contains("界址点 TXT") && sentence.contains("没有面"), "{sentence}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left there");
}

#[test]
fn fields_that_are_not_written_stand_in_one_sentence() {
    let folder = TempFolder::new("fields-together");
    let fields: Vec<Field> = (0..30).map(|i| Field::named(format!("f{i}"))).collect();
    let layer = points(fields, &[&[Value::Integer(1)]]);
    let left = write(&layer, &folder.path().join("a.dxf"), Encoding::Utf8);
    let [(Cause::ValuesLeftOut, 30, names)] = left.as_slice() else { panic!("{left:?}") };
    assert!(names.starts_with("f0, f1, f2") && names.ends_with("f19, …"), "{names}");
}

#[test]
fn what_is_not_written_is_not_told_as_not_drawn() {
    let told = |cause| {
        let finding = Finding { cause, count: 2, detail: "Point".to_owned() };
        jintu::app::open_layers::finding_words(&finding, Language::Chinese)
    };
    for cause in [Cause::WithoutShape, Cause::TypeNotWritten, Cause::PointsNotWritten] {
        let words = told(cause);
        assert!(words.contains("写") && !words.contains("上图"), "{words}");
    }
}

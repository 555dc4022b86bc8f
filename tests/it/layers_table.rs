//! Tables of text: heads, delimiters, columns by meaning, coordinates in every writing.

use std::{fmt::Write, sync::Arc};

use jintu::{
    geo::{Crs, Datum, mercator},
    layer::{Basis, Cause, Finding, Kind, Layer, Value},
    store::layers::{LayerError, OpenOptions},
};

use crate::{layer_files::open_with, temp_folder::TempFolder};

fn table_with(bytes: impl AsRef<[u8]>, options: &OpenOptions) -> Result<Arc<Layer>, LayerError> {
    let folder = TempFolder::new("table");
    let path = folder.path().join("a.csv");
    std::fs::write(&path, bytes).unwrap();
    Ok(open_with(&path, options)?.remove(0))
}

fn table(bytes: impl AsRef<[u8]>) -> Arc<Layer> {
    table_with(bytes, &OpenOptions::default()).unwrap()
}

fn positions(layer: &Layer) -> Vec<[f64; 2]> {
    let round = |v: f64| (v * 1e6).round() / 1e6;
    let all = layer.chunks.iter().flat_map(|chunk| &chunk.shapes.positions);
    all.map(|p| mercator::to_lon_lat(*p)).map(|p| [round(p.lon_deg), round(p.lat_deg)]).collect()
}

fn names(layer: &Layer) -> Vec<&str> {
    layer.fields.iter().map(|field| field.name.as_str()).collect()
}

fn found(layer: &Layer, cause: Cause) -> Option<(usize, &str)> {
    let own = layer.findings.iter().find(|finding| finding.cause == cause);
    own.map(|finding| (finding.count, finding.detail.as_str()))
}

const AT: [f64; 2] = [112.5492, 37.8706];

#[test]
fn the_head_is_found_behind_whatever_delimiter() {
    let rows = ["名称;经度;纬度", "甲厂;112.5492;37.8706"];
    let before = [
        "",
        "\n\n",
        "某市重点项目一览表（2025年）;;\n",
        "表一\n单位：万元;;\n\n",
        ";;\n打印日期;2026-11-26;\n",
    ];
    for delimiter in [",", ";", "\t", "|", "，"] {
        for line in ["\n", "\r\n", "\r"] {
            for before in before {
                let text = format!("{before}{}\n", rows.join("\n"));
                let text = text.replace('\n', line).replace(';', delimiter);
                let layer = table(&text);
                assert_eq!(positions(&layer), [AT], "{text:?}");
                assert_eq!(names(&layer), ["名称", "经度", "纬度"], "{text:?}");
                assert_eq!(layer.len(), 1, "{text:?}");
            }
        }
    }
    for sep in ["sep=;\n", "SEP=;\r\n", "\u{feff}sep=;\n", "\"sep=;\"\n"] {
        assert_eq!(positions(&table(format!("{sep}{}\n", rows.join("\n")))), [AT], "{sep:?}");
    }
}

#[test]
fn columns_are_found_by_meaning() {
    let pairs = [
        ("经度", "纬度"),
        ("经度(°)", "纬度(°)"),
        ("经度（度）", "纬度（度）"),
        ("东经", "北纬"),
        ("东经E", "北纬N"),
        ("中心点经度", "中心点纬度"),
        ("LON", "LAT"),
        ("Longitude", "Latitude"),
        ("start_lng", "start_lat"),
        ("lngWgs84", "latWgs84"),
        ("jd", "wd"),
        ("JingDu", "WeiDu"),
        ("x", "y"),
        ("X坐标", "Y坐标"),
        ("坐标X", "坐标Y"),
        ("POINT_X", "POINT_Y"),
        ("X_COORD", "Y_COORD"),
        ("xcoord", "ycoord"),
        ("Ｘ", "Ｙ"),
        ("经度/°", "纬度/°"),
        ("GPS经度", "GPS纬度"),
        ("经度_WGS84", "纬度_WGS84"),
    ];
    for (east, north) in pairs {
        let layer = table(format!("名称,{east},{north}\n甲,112.5492,37.8706\n"));
        assert_eq!(positions(&layer), [AT], "{east} {north}");
        assert_eq!(names(&layer), ["名称", east, north]);
    }
    for (name, cell) in [
        ("坐标", "112.5492,37.8706"),
        ("坐标", "37.8706,112.5492"),
        ("经纬度", "112.5492，37.8706"),
        ("lon,lat", "112.5492 37.8706"),
        ("latlng", "37.8706, 112.5492"),
        ("location", "(112.5492;37.8706)"),
        ("位置坐标", "112.5492/37.8706"),
        ("WKT", "POINT (112.5492 37.8706)"),
        ("geom", "SRID=4326;POINT Z(112.5492 37.8706 700)"),
        ("the_geom", "0101000000A5BDC11726235C40E5F21FD26FEF4240"),
    ] {
        let layer = table(format!("名称,\"{name}\",备注\n甲,\"{cell}\",好\n"));
        assert_eq!(positions(&layer), [AT], "{name}");
    }
}

#[test]
fn names_are_ranked_and_pairs_never_mixed() {
    let cases = [
        ("序号,x,名称,经度,纬度", "1,3,甲,112.5492,37.8706"),
        ("x,y,lon,lat", "1,2,112.5492,37.8706"),
        ("lon,lat,经度,纬度", "1,2,112.5492,37.8706"),
        ("起点经度,纬度,经度,终点纬度", "1,37.8706,112.5492,2"),
        ("lng_gcj02,lat_gcj02,lng_wgs84,lat_wgs84", "1,2,112.5492,37.8706"),
        // Without figures of their own names are no coordinates.
        ("经度,纬度,x,y", ",,112.5492,37.8706"),
        ("中央子午线经度,经度带,x,y", "111,37,112.5492,37.8706"),
    ];
    for (head, row) in cases {
        assert_eq!(positions(&table(format!("{head}\n{row}\n"))), [AT], "{head}");
    }
    for head in [
        "名称,经度,lat",
        "x,纬度",
        "进度,维度",
        "经度,y",
        "a,b",
        "lon_gcj02,lat_wgs84",
        "尺寸X,尺寸Y",
    ] {
        let text = format!("{head}\n112.5492,37.8706,1\n");
        let Err(LayerError::NoCoordinates { columns, .. }) =
            table_with(&text, &OpenOptions::default())
        else {
            panic!("{head}")
        };
        assert_eq!(columns.join(","), head);
    }
}

#[test]
fn coordinates_in_every_writing() {
    let (e, n) = (112.51, 37.9);
    for (east, north) in [
        ("112.51", "37.9"),
        ("112,51", "37,9"),
        ("112°30′36″", "37°54′00″"),
        ("112°30'36\"E", "37°54'N"),
        ("E112°30′36″", "N37°54′0.0″"),
        ("东经112度30分36秒", "北纬37度54分"),
        ("112度30分36秒", "37度54分0秒"),
        ("112-30-36", "37-54-00"),
        ("112:30:36", "37:54:00"),
        ("112 30 36", "37 54 0"),
        ("112.30.36", "37.54.00"),
        ("112°30.6′", "37°54′"),
        ("112°30,6′", "37°54′"),
        ("112d30m36s", "37d54m0s"),
        ("1123036", "375400"),
        ("1123036.0", "375400.00"),
        ("１１２．５１", "３７．９"),
        ("112.51°", "37.9°"),
        ("112.51E", "37.9N"),
        (" 112.51 ", "37.90"),
        ("1.1251e2", "3.79e1"),
        ("112º30’36”", "37º54’00”"),
    ] {
        let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
        let layer = table(format!("经度,纬度\n{},{}\n", quoted(east), quoted(north)));
        assert_eq!(positions(&layer), [[e, n]], "{east} {north}");
        assert_eq!(found(&layer, Cause::UnclearPosition), None);
    }
    // Signs are signs.
    for (north, lat) in [
        ("−37.79", -37.79),
        ("-37.79", -37.79),
        ("37.79S", -37.79),
        ("南纬37°47′24″", -37.79),
        ("－37°47′24″", -37.79),
    ] {
        assert_eq!(
            positions(&table(format!("经度,纬度\n112.4,{north}\n"))),
            [[112.4, lat]],
            "{north}"
        );
    }
}

#[test]
fn half_of_a_coordinate_is_never_made_up() {
    for (east, north) in [
        ("112.5", ""),
        ("", "37.8"),
        ("112 30", "37 54"),
        ("112-30", "37-54"),
        ("112,40,5", "37,79,1"),
        ("约112.5", "37.8"),
        ("112.5?", "37.8"),
        ("112°75′", "37°54′"),
        ("112°30′61″", "37°54′"),
        ("112.5°30′", "37.8"),
        ("-112.5W", "37.8"),
        ("112.5N", "37.8N"),
        ("E112.5E", "37.8"),
        ("112..5", "37.8"),
        ("inf", "37.8"),
        ("112.5 37.8", "37.8"),
        ("0x10", "37.8"),
        ("1e999", "37.8"),
    ] {
        let layer =
            table(format!("经度,纬度,名称\n\"{east}\",\"{north}\",甲\n112.5492,37.8706,乙\n"));
        assert_eq!(positions(&layer), [AT], "{east} {north}");
        let example = format!("{east}, {north}");
        assert_eq!(found(&layer, Cause::UnclearPosition), Some((1, &*example)));
        assert_eq!((layer.len(), found(&layer, Cause::WithoutPlace)), (2, None));
    }
    for nothing in ["", "—", "/", "无", "NULL", "N/A"] {
        let layer = table(format!("经度,纬度,名称\n{nothing},{nothing},甲\n112.5492,37.8706,乙\n"));
        assert_eq!(layer.findings, [Finding::of(Cause::WithoutPlace, 1)], "{nothing}");
    }
    // Decimal commas between commas: which is which cannot be known.
    let layer = table("名称,经度,纬度\n甲,112,40,37,79\n乙,112,41,37,80\n");
    assert_eq!(positions(&layer), [[0.0; 2]; 0]);
    assert_eq!(found(&layer, Cause::BrokenRows), Some((2, "")));
    // A note without a head is none of that.
    let layer = table("名称,经度,纬度\n甲,112.5492,37.8706,好\n乙,112.5492,37.8706,\n");
    assert_eq!(positions(&layer), [AT, AT]);
    assert_eq!(names(&layer), ["名称", "经度", "纬度", "#4"]);
}

#[test]
fn decimal_commas_of_either_length() {
    for rows in ["甲厂;112,40;37,79", "甲厂;112,4;37,79"] {
        assert_eq!(positions(&table(format!("名称;经度;纬度\n{rows}\n"))), [[112.4, 37.79]]);
    }
    let layer = table("名称;经度;纬度\n甲;112,5492;37,8706\n乙;112,451;37,752\n");
    assert_eq!(positions(&layer), [AT, [112.451, 37.752]]);
}

#[test]
fn metres_are_metres() {
    // As PROJ has it for EPSG:4547: 372 319.2908, 4 194 127.9063.
    let given = OpenOptions { crs: Crs::from_key("gk3:38"), ..OpenOptions::default() };
    let near = |layer: &Layer| {
        let p = positions(layer);
        assert_eq!(p.len(), 1);
        assert!((p[0][0] - 112.5489).abs() < 2e-6 && (p[0][1] - 37.8706).abs() < 2e-6, "{p:?}");
    };
    for (east, north, row) in [
        ("x", "y", "372319.2908,4194127.9063"),
        ("X", "Y", "4194127.9063,372319.2908"),
        ("X(m)", "Y(m)", "\"4,194,127.9063\",\"372,319.2908\""),
        ("纵坐标", "横坐标", "4194127.9063,372319.2908"),
        ("横坐标Y", "纵坐标X", "372319.2908,4194127.9063"),
        ("X(北)", "Y(东)", "4194127.9063,372319.2908"),
        ("X坐标(m)", "Y坐标(m)", "4194127.9063米,372319.2908米"),
        ("Northing", "Easting", "4194127.9063,372319.2908"),
        ("东坐标", "北坐标", "372319.2908,4194127.9063"),
        ("E", "N", "372319.2908,4194127.9063"),
    ] {
        let layer = table_with(format!("桩号,{east},{north}\nK1,{row}\n"), &given).unwrap();
        near(&layer);
        assert_eq!(layer.reference.basis, Basis::Given);
    }
    // Columns that say it go before others, if the user says that the figures are metres.
    let text = "经度,纬度,x,y\n1,2,372319.2908,4194127.9063\n";
    near(&table_with(text, &given).unwrap());
    // Which is which was told by the figures.
    let layer = table_with("X,Y\n4194127.9063,372319.2908\n", &given).unwrap();
    assert_eq!(found(&layer, Cause::AxesSwapped), Some((0, "X, Y")));
    // Without a word nothing is lost, either: the rows are there.
    assert_eq!(table("编号,x,y\n甲,37636000.5,4193000.2\n").len(), 1);
}

#[test]
fn the_datum_in_the_head_is_respected() {
    for (east, north, datum) in [
        ("经度(GCJ-02)", "纬度(GCJ-02)", Datum::Gcj02),
        ("lng_gcj02", "lat_gcj02", Datum::Gcj02),
        ("gcj02_lng", "gcj02_lat", Datum::Gcj02),
        ("高德经度", "高德纬度", Datum::Gcj02),
        ("百度经度", "百度纬度", Datum::Bd09),
        ("bd_lon", "bd_lat", Datum::Bd09),
        ("bdlng", "bdlat", Datum::Bd09),
        ("lon84", "lat84", Datum::Wgs84),
        ("经度（CGCS2000）", "纬度（CGCS2000）", Datum::Cgcs2000),
        ("国家2000经度", "国家2000纬度", Datum::Cgcs2000),
    ] {
        let layer = table(format!("名称,{east},{north}\n甲,112.5492,37.8706\n"));
        assert_eq!(layer.reference.crs, Crs::Degrees(datum), "{east}");
        assert_eq!(layer.reference.basis, Basis::Stated);
        let true_at = datum.to_wgs84(jintu::units::LonLat::new(AT[0], AT[1]));
        let at = positions(&layer)[0];
        assert!((at[0] - true_at.lon_deg).abs() < 2e-6, "{east}");
    }
}

#[test]
fn rows_at_zero_are_counted_whatever_the_system() {
    let text = "名称,经度,纬度\n甲,112.5492,37.8706\n乙,0,0\n丙,,\n";
    let layer = table(text);
    assert_eq!(positions(&layer), [AT]);
    let counted = [Finding::of(Cause::WithoutPlace, 1), Finding::of(Cause::AtZero, 1)];
    assert_eq!(layer.findings, counted);
    let given = OpenOptions { crs: Crs::from_key("gk3:38"), ..OpenOptions::default() };
    let layer = table_with("名称,x,y\n甲,372319.2908,4194127.9063\n乙,0,0\n", &given).unwrap();
    assert_eq!((layer.len(), positions(&layer).len()), (2, 1));
    assert_eq!(found(&layer, Cause::AtZero), Some((1, "")));
}

#[test]
fn values_stay_as_they_are_written() {
    let layer = table(
        "代码,编号,线路,电话,零,面积,版本,经度,纬度\n\
         140105001001GB00001,11234567800033596097,1E5,+8635112345678,-0,12.50,1.10,112.40,37.79\n",
    );
    let row = layer.tables[0].clone();
    let texts = [
        "140105001001GB00001",
        "11234567800033596097",
        "1E5",
        "+8635112345678",
        "-0",
        "12.50",
        "1.10",
        "112.40",
    ];
    for (field, text) in texts.into_iter().enumerate() {
        assert_eq!(row.value(0, field), Value::Text(text));
    }
    assert_eq!(row.value(0, 8), Value::Number(37.79));
    // Names that repeat stay apart.
    let layer = table("名称,备注,备注,lon,lat\n甲,a,b,112.5492,37.8706\n");
    assert_eq!(names(&layer), ["名称", "备注", "备注 (2)", "lon", "lat"]);
    assert_eq!(layer.tables[0].value(0, 2), Value::Text("b"));
}

#[test]
fn geometries_in_words() {
    let layer = table(
        "名称;WKT\n线;LINESTRING (112.45 37.75, 112.55 37.87)\n点;POINT (112.33 37.60)\n\
         面;\"POLYGON ((112 37, 113 37, 113 38, 112 37), (112.5 37.1, 112.6 37.1, 112.6 37.2, 112.5 37.1))\"\n\
         多;MULTIPOINT ((112 37), (112.1 37.1))\n多;multipoint z (112 37 1, 112.1 37.1 2)\n\
         集;GEOMETRYCOLLECTION (POINT (112 37), LINESTRING (112 37, 113 38))\n空;POINT EMPTY\n\
         坏;POLYGON ((112 37, 113 37, 113\n坏;CIRCULARSTRING (1 2, 3 4, 5 6)\n无;\n",
    );
    let kinds: Vec<Kind> = (0..10).map(|i| layer.chunks[0].shapes.kind(i)).collect();
    let (point, line, area, none) = (Kind::Point, Kind::Line, Kind::Area, Kind::None);
    assert_eq!(kinds, [line, point, area, point, point, Kind::Mixed, none, none, none, none]);
    assert_eq!(layer.chunks[0].shapes.parts_of(2).len(), 2);
    assert_eq!(names(&layer), ["名称"]);
    assert_eq!(found(&layer, Cause::BrokenGeometry), Some((2, "")));
    assert_eq!(found(&layer, Cause::WithoutPlace), Some((2, "")));
}

#[test]
fn quotes_and_what_they_hold() {
    let layer = table(
        "名称,lon,lat\r\n\"甲, \"\"乙\"\"\r\n丙\",112.5492,37.8706\r\n\"丁\" ,112.5492,37.8706\r\n",
    );
    assert_eq!(layer.tables[0].value(0, 0), Value::Text("甲, \"乙\"\r\n丙"));
    assert_eq!(layer.tables[0].value(1, 0), Value::Text("丁"));
    assert_eq!(positions(&layer), [AT, AT]);
    assert_eq!(layer.findings, []);
    // A quote that is never closed costs no row, whether or not others follow.
    for rest in ["乙,112.6,37.9\n丙,112.7,37.9\n", "\"乙\",112.6,37.9\n\"丙\",112.7,37.9\n"] {
        let layer = table(format!("name,lon,lat\n\"甲,112.5492,37.8706\n{rest}"));
        assert_eq!(positions(&layer), [AT, [112.6, 37.9], [112.7, 37.9]], "{rest}");
        assert_eq!(found(&layer, Cause::OpenQuote), Some((1, "")));
        assert_eq!(layer.tables[0].value(0, 0), Value::Text("\"甲"));
    }
}

#[test]
fn pages_repeat_their_head() {
    let layer =
        table("名称,经度,纬度\n甲,112.5492,37.8706\n,,\n名称,经度,纬度\n乙,112.5492,37.8706\n");
    assert_eq!((layer.len(), layer.findings.len()), (2, 0));
}

#[test]
fn bytes_that_are_no_text_cost_one_sign() {
    let mut bytes = "名称,经度,纬度,备注\n甲,112.5492,37.8706,电子信息\n".as_bytes().to_vec();
    bytes.extend("乙,112.5492,37.8706,新能源汽".as_bytes());
    bytes.pop();
    bytes.extend("\n丙,112.5492,37.8706,装备\n".as_bytes());
    let layer = table(bytes);
    assert_eq!(positions(&layer).len(), 3);
    assert_eq!(layer.tables[0].value(1, 3), Value::Text("新能源\u{FFFD}"));
    assert_eq!(layer.findings, [Finding::of(Cause::BadText, 1)]);
    let (gbk, _, _) = encoding_rs::GB18030.encode("名称,经度,纬度\n太原,112.5492,37.8706\n");
    let layer = table(&*gbk);
    assert_eq!(layer.tables[0].value(0, 0), Value::Text("太原"));
    assert_eq!(found(&layer, Cause::EncodingGuessed), Some((0, "GB 18030")));
}

/// Rows that lie across blocks are whole, in whatever encoding.
#[test]
fn many_rows_come_in_blocks() {
    let mut text = "编号,名称,经度,纬度,备注\n".to_owned();
    for i in 0..40_000 {
        let note = if i % 7 == 0 { "\"长,\n长\"" } else { "短" };
        let (e, n) = (i % 10_000, (i * 7) % 10_000);
        writeln!(text, "{i},项目{i},112.{e:04},37.{n:04},{note}").unwrap();
    }
    let check = |layer: &Layer| {
        assert_eq!((layer.len(), layer.chunks.len()), (40_000, 2));
        let mut at = 0;
        for (chunk, table) in layer.chunks.iter().zip(&layer.tables) {
            for row in 0..chunk.shapes.len() {
                assert_eq!(table.value(row, 0), Value::Integer(at));
                assert_eq!(table.value(row, 1), Value::Text(&format!("项目{at}")));
                let note = if at % 7 == 0 { "长,\n长" } else { "短" };
                assert_eq!(table.value(row, 4), Value::Text(note));
                at += 1;
            }
        }
    };
    check(&table(&text));
    check(&table(&*encoding_rs::GB18030.encode(&text).0));
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    check(&table([b"\xFE\xFF".as_slice(), &wide].concat()));
}

/// Columns cost by what they hold.
#[test]
fn wide_tables_cost_what_they_hold() {
    let head = format!("lon,lat{}\n", ",c".repeat(20_000));
    let layer = table(format!("{head}{}", "112.5492,37.8706\n".repeat(20_000)));
    assert_eq!((layer.len(), layer.fields.len()), (20_000, 20_002));
    // A head of more columns than any program writes.
    let layer = table(format!("lon,lat,{}\n1,2\n", "x,".repeat(1 << 20)));
    assert_eq!((layer.len(), layer.fields.len()), (1, 1 << 16));
}

/// Cut anywhere or changed anywhere, a table gives an answer or a sentence.
#[test]
fn broken_tables_break_nothing() {
    let text = "sep=;\n\"标题\";;\n名称;经度;纬度;WKT;坐标\n\"甲\"\"厂\";112°30′36″E;37,9;POINT (1 2);\"1,2\"\n乙;−112;37-54-00;;\n";
    let mut sources =
        vec![text.as_bytes().to_vec(), encoding_rs::GB18030.encode(text).0.into_owned()];
    sources.push(
        [b"\xFF\xFE".to_vec(), text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat(),
    );
    let folder = TempFolder::new("table-broken");
    let path = folder.path().join("a.csv");
    let mut state = 7_u64;
    for bytes in sources {
        for cut in 0..50 {
            std::fs::write(&path, &bytes[..bytes.len() * cut / 50]).unwrap();
            let _ = open_with(&path, &OpenOptions::default());
        }
        for _ in 0..300 {
            let mut bytes = bytes.clone();
            for _ in 0..3 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let at = (state >> 33) as usize % bytes.len();
                bytes[at] ^= 1 << ((state >> 20) % 8);
            }
            std::fs::write(&path, &bytes).unwrap();
            if let Err(error) = open_with(&path, &OpenOptions::default()) {
                assert!(!matches!(error, LayerError::Broke(_)), "{error}");
            }
        }
    }
}

/// Against the plain rule: parse it, print it, compare.
#[test]
fn numbers_are_those_that_print_back_the_same() {
    let mut state = 3_u64;
    let mut random = |most: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % most
    };
    for _ in 0..200_000 {
        let signs = b"0123456789.-0059";
        let length = 1 + random(20);
        let text: String =
            (0..length).map(|_| char::from(signs[usize::try_from(random(16)).unwrap()])).collect();
        let plain = || {
            if let Ok(n) = text.parse::<i64>() {
                return if n.to_string() == text { Value::Integer(n) } else { Value::Text(&text) };
            }
            // Whole numbers that are too long for one are codes.
            match text.parse::<f64>() {
                Ok(_) if !text.contains('.') => Value::Text(&text),
                Ok(n) if n.to_string() == text => Value::Number(n),
                _ => Value::Text(&text),
            }
        };
        assert_eq!(Value::of_text(&text), plain(), "{text}");
    }
}

#[test]
fn one_row_out_of_the_world_does_not_decide_where_all_lie() {
    let text = "名称,经度,纬度\n甲,112.5492,37.8706\n乙,4125.9,978.2\n丙,112.5492,37.8706\n";
    let layer = table(text);
    assert_eq!((layer.len(), layer.reference.crs), (3, Crs::WGS84));
    assert_eq!([positions(&layer)[0], *positions(&layer).last().unwrap()], [AT, AT]);
    let empty = table_with("", &OpenOptions::default());
    assert!(matches!(empty, Err(LayerError::Empty(_))), "{empty:?}");
}

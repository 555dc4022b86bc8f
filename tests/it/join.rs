//! A table joined to a layer, against loops that compare everything with everything.

use std::{collections::BTreeSet, fs, sync::Arc, sync::atomic::AtomicBool};

use jintu::{
    layer::{
        ChunkBuilder, Field, Layer, TableBuilder, Value,
        join::{Keys, PlainTable, columns, join, meet},
        join_keys::{Proposal, propose},
    },
    store::layers::{
        LayerError,
        plain_table::read_table,
        write::{Outgoing, WriteOptions},
        write_layers,
    },
    units::LonLat,
};
use proptest::prelude::*;

use super::{layers_sheet, layers_xls, temp_folder::TempFolder};

/// Values that are easily taken for each other.
fn value(n: u8) -> Value<'static> {
    match n % 12 {
        0 => Value::Missing,
        1 => Value::Integer(12),
        2 => Value::Text("12"),
        3 => Value::Text("012"),
        4 => Value::Text(" 12\t"),
        5 => Value::Number(12.0),
        6 => Value::Text("12.0"),
        7 => Value::Text("  "),
        8 => Value::Bool(true),
        9 => Value::Text("true"),
        10 => Value::Text("甲"),
        _ => Value::Number(0.5),
    }
}

/// The key as it is told: what prints, trimmed; nothing for nothing.
fn printed(value: Value<'_>) -> Option<String> {
    let text = if value == Value::Missing { String::new() } else { value.to_string() };
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn layer(keys: &[u8]) -> Layer {
    let (mut chunks, mut tables) = (Vec::new(), Vec::new());
    // Chunks of three: a join goes over their borders.
    for keys in keys.chunks(3) {
        let (mut shapes, mut rows) = (ChunkBuilder::default(), TableBuilder::new(1));
        for key in keys {
            shapes.point(LonLat::new(112.0, 37.0));
            rows.push(0, value(*key));
            rows.end_row();
        }
        chunks.push(Arc::new(shapes.finish()));
        tables.push(Arc::new(rows.finish()));
    }
    Layer { fields: vec![Field::named("k")], chunks, tables, ..Layer::default() }
}

fn table(keys: &[u8]) -> PlainTable {
    let mut rows = TableBuilder::new(2);
    for (i, key) in (0_i64..).zip(keys) {
        rows.push(0, Value::Integer(i));
        rows.push(1, value(*key));
        rows.end_row();
    }
    let fields = vec![Field::named("k"), Field::named("id")];
    PlainTable { fields, rows: keys.len(), values: rows.finish(), ..PlainTable::default() }
}

proptest! {
    #[test]
    fn joins_as_loops_would(of_layer in prop::collection::vec(0_u8..12, 0..20),
                            of_table in prop::collection::vec(0_u8..12, 0..20)) {
        let (layer, table) = (layer(&of_layer), table(&of_table));
        // What a column holds is told by what it became: whole numbers beside words are words.
        let own = Outgoing::all(&layer);
        let left: Vec<Option<String>> =
            own.rows().map(|at| printed(own.value(at, 0))).collect();
        let right: Vec<Option<String>> =
            (0..table.rows).map(|row| printed(table.values.value(row, 1))).collect();
        let keys = Keys { field: 0, column: 1 };
        let joined = join(&layer, &table, keys, &|| false).unwrap();
        prop_assert_eq!(joined.len(), layer.len());
        let names: Vec<&str> = joined.fields.iter().map(|field| field.name.as_str()).collect();
        prop_assert_eq!(names, ["k", "k_2"]);
        let new = Outgoing::all(&joined);
        let mut matched = 0;
        for (at, key) in new.rows().zip(&left) {
            let first = key.as_ref().and_then(|key| {
                right.iter().position(|own| own.as_ref() == Some(key))
            });
            matched += usize::from(first.is_some());
            let expected = first.map_or(Value::Missing, |row| {
                Value::Integer(i64::try_from(row).unwrap())
            });
            prop_assert_eq!(new.value(at, 1), expected);
            prop_assert_eq!(new.value(at, 0), own.value(at, 0), "nothing else changes");
        }
        let met = meet(&layer, &table, keys, &|| false).unwrap();
        prop_assert_eq!(met.matched, matched);
        prop_assert_eq!(met.without_key, left.iter().filter(|key| key.is_none()).count());
        prop_assert_eq!(met.matched + met.without_key + met.unmatched, left.len());
        let set = |keys: &[Option<String>]| keys.iter().flatten().cloned().collect::<BTreeSet<_>>();
        let (lefts, rights) = (set(&left), set(&right));
        let sorted = |keys: &[String]| keys.iter().cloned().collect::<BTreeSet<_>>();
        prop_assert_eq!(sorted(&met.missing), &lefts - &rights);
        prop_assert_eq!(sorted(&met.unused), &rights - &lefts);
        prop_assert_eq!(met.missing.len(), (&lefts - &rights).len(), "each once");
        let doubled: BTreeSet<String> = rights
            .iter()
            .filter(|key| right.iter().flatten().filter(|own| own == key).count() > 1)
            .cloned()
            .collect();
        prop_assert_eq!(sorted(&met.doubled), doubled);
    }
}

#[test]
fn keys_are_proposed_by_what_meets() {
    let folder = TempFolder::new("join-propose");
    let path = folder.path().join("a.csv");
    fs::write(&path, "序号,代码,名称\n1,014,甲\n2,015,乙\n").unwrap();
    let table = read_table(&path, None, &AtomicBool::new(false)).unwrap();
    let of = |names: [&str; 2], values: [[Value<'static>; 2]; 2]| {
        let (mut shapes, mut rows) = (ChunkBuilder::default(), TableBuilder::new(2));
        for row in values {
            shapes.point(LonLat::new(112.0, 37.0));
            row.iter().enumerate().for_each(|(i, value)| rows.push(i, *value));
            rows.end_row();
        }
        Layer {
            fields: names.map(Field::named).to_vec(),
            chunks: vec![Arc::new(shapes.finish())],
            tables: vec![Arc::new(rows.finish())],
            ..Layer::default()
        }
    };
    let (text, whole) = (Value::Text, Value::Integer);
    let sure = |field, column| Some(Proposal { keys: Keys { field, column }, rivals: Vec::new() });
    let own = of(["序号", "代码"], [[whole(7), text("014")], [whole(1), text("015")]]);
    assert_eq!(propose(&own, own.fields.len(), &table, &|| false), sure(1, 1));
    let own = of(["FID", "DKBM"], [[whole(2), text("014")], [whole(9), text("015")]]);
    assert_eq!(propose(&own, own.fields.len(), &table, &|| false), sure(1, 1));
    // A zero before others matters.
    let own = of(["FID", "DKBM"], [[whole(14), text("14")], [whole(15), text("15")]]);
    assert_eq!(propose(&own, own.fields.len(), &table, &|| false), None);
}

/// A layer of points with the values of some fields.
fn layer_of(names: &[&str], rows: &[&[Value<'_>]]) -> Layer {
    let (mut shapes, mut table) = (ChunkBuilder::default(), TableBuilder::new(names.len()));
    for row in rows {
        shapes.point(LonLat::new(112.0, 37.0));
        row.iter().enumerate().for_each(|(i, value)| table.push(i, *value));
        table.end_row();
    }
    Layer {
        fields: names.iter().map(|name| Field::named(*name)).collect(),
        chunks: vec![Arc::new(shapes.finish())],
        tables: vec![Arc::new(table.finish())],
        ..Layer::default()
    }
}

#[test]
fn a_common_name_and_numbers_that_meet_by_chance_make_no_key() {
    let folder = TempFolder::new("join-chance");
    let read = |text: &str| {
        let path = folder.path().join("a.csv");
        fs::write(&path, text).unwrap();
        read_table(&path, None, &AtomicBool::new(false)).unwrap()
    };
    let (text, whole) = (Value::Text, Value::Integer);
    let own = layer_of(
        &["地块名称", "人口"],
        &[
            &[text("项目1"), whole(0)],
            &[text("项目2"), whole(1)],
            &[text("项目3"), whole(2)],
            &[text("项目4"), whole(0)],
        ],
    );
    // 人口 meets all of the layer, 地块 three of four: the words are the key.
    let table = read("地块,人口\n项目1,0\n项目2,1\n项目3,2\n项目9,3\n");
    let found = propose(&own, 2, &table, &|| false).unwrap();
    assert_eq!(found, Proposal { keys: Keys { field: 0, column: 0 }, rivals: Vec::new() });
    // Two pairs that join other rows to the features and meet alike.
    let own =
        layer_of(&["旧编号", "新编号"], &[&[text("a1"), text("b2")], &[text("a2"), text("b1")]]);
    let table = read("原,现,值\na1,b1,1\na2,b2,2\n");
    let found = propose(&own, 2, &table, &|| false).unwrap();
    assert_eq!(found.rivals, [Keys { field: 1, column: 1 }]);
    // One is called the same, or both join the same rows: nothing is unclear.
    let table = read("旧编号,现,值\na1,b1,1\na2,b2,2\n");
    assert_eq!(propose(&own, 2, &table, &|| false).unwrap().rivals, []);
    let table = read("原,现,值\na1,b2,1\na2,b1,2\n");
    assert_eq!(propose(&own, 2, &table, &|| false).unwrap().rivals, []);
}

#[test]
fn tables_are_read_without_coordinates() {
    let folder = TempFolder::new("join-tables");
    let cancel = AtomicBool::new(false);
    let path = folder.path().join("a.csv");
    let told = |table: &PlainTable, row: usize| -> Vec<String> {
        (0..table.fields.len()).map(|i| table.values.value(row, i).to_string()).collect()
    };
    let names = |table: &PlainTable| -> Vec<String> {
        table.fields.iter().map(|field| field.name.clone()).collect()
    };
    for (text, delimiter) in [
        ("2026 年统计表\n\n代码,名称,面积,\n014,\"甲, 乙\",1.5\n015,丙,2\n", "comma"),
        ("代码;名称;面积;\n014;甲, 乙;1.5\n015;丙;2\n", "semicolon"),
        ("sep=|\n代码|名称|面积|\n014|甲, 乙|1.5\n015|丙|2\n", "named"),
    ] {
        fs::write(&path, text).unwrap();
        let table = read_table(&path, None, &cancel).unwrap();
        assert_eq!(names(&table), ["代码", "名称", "面积", "#4"], "{delimiter}");
        assert_eq!(
            (table.rows, told(&table, 0)),
            (2, ["014", "甲, 乙", "1.5", "—"].map(String::from).to_vec())
        );
        assert_eq!(table.values.value(1, 2), Value::Number(2.0));
    }
    let gbk = encoding_rs::GBK.encode("代码,名称\n014,太原\n").0;
    fs::write(&path, &gbk).unwrap();
    assert_eq!(told(&read_table(&path, None, &cancel).unwrap(), 0), ["014", "太原"]);
    // A workbook that our own writer made.
    let book = folder.path().join("b.xlsx");
    let own = layer(&[3, 10, 1]);
    write_layers(&[Outgoing::all(&own)], &book, &WriteOptions::default()).unwrap();
    let table = read_table(&book, None, &cancel).unwrap();
    assert_eq!(names(&table), ["k", "经度", "纬度"]);
    assert_eq!(told(&table, 0)[0], "012");
    // None of these is a table.
    for (name, bytes) in [("c.csv", &b""[..]), ("d.xlsx", b"PK\x03\x04 damaged"), ("e.png", b"x")] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        assert!(read_table(&path, None, &cancel).is_err(), "{name}");
    }
    let gone = read_table(&folder.path().join("none.csv"), None, &cancel);
    assert!(matches!(gone, Err(LayerError::Read { .. })));
}

#[test]
fn sheets_of_every_kind_of_workbook_are_read() {
    let folder = TempFolder::new("join-books");
    let cancel = AtomicBool::new(false);
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let names = |table: &PlainTable| -> Vec<String> {
        table.fields.iter().map(|field| field.name.clone()).collect()
    };
    // Excel 97: the rows come in another order than they stand.
    let path = put("a.xls", &layers_xls::compound("Workbook", &layers_xls::sample()));
    let table = read_table(&path, None, &cancel).unwrap();
    assert_eq!(names(&table), ["名称", "经度", "纬度", "日期", "值", "有"]);
    assert_eq!((table.rows, table.sheet.as_deref()), (3, Some("表单")));
    let third: Vec<String> =
        (0..table.rows).map(|i| table.values.value(i, 0).to_string()).collect();
    assert_eq!(third, ["甲地块", "ok", "丙"]);
    let text = |words: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{words}</text:p></table:table-cell>"
        )
    };
    let line = |cells: &[&str]| {
        let cells: String = cells.iter().map(|words| text(words)).collect();
        format!("<table:table-row>{cells}</table:table-row>")
    };
    let rows = [line(&["代码", "名称"]), line(&["014", "甲"]), line(&["015", "乙"])].concat();
    let table = read_table(&put("b.ods", &layers_sheet::ods(&rows)), None, &cancel).unwrap();
    assert_eq!((names(&table), table.rows), (vec!["代码".to_owned(), "名称".to_owned()], 2));
    assert_eq!(table.values.value(0, 0), Value::Text("014"));
    // Several sheets: the first that can be seen and is not empty, or the one that is named.
    let sheet = |rows: [&[&str]; 2]| {
        rows.iter().zip(1..).map(|(cells, at)| layers_sheet::row(at, cells)).collect::<String>()
    };
    let sheets = [
        ("空", false, String::new()),
        ("藏", true, sheet([&["t甲"], &["1"]])),
        ("一", false, sheet([&["t代码", "t面积"], &["t014", "2.5"]])),
        ("二", false, sheet([&["t代码", "t人口"], &["t014", "7"]])),
    ];
    let path = put("c.xlsx", &layers_sheet::xlsx(&sheets));
    let table = read_table(&path, None, &cancel).unwrap();
    assert_eq!(table.sheet.as_deref(), Some("一"));
    assert_eq!(table.sheets, ["空", "一", "二"]);
    assert_eq!(table.values.value(0, 1), Value::Number(2.5));
    let table = read_table(&path, Some("二"), &cancel).unwrap();
    assert_eq!(names(&table), ["代码", "人口"]);
    assert!(read_table(&path, Some("无"), &cancel).is_err());
    // Cut anywhere they give an answer or a sentence, never a part of a table as if it were whole.
    for (name, whole) in [
        ("d.xlsx", layers_sheet::xlsx(&sheets)),
        ("d.ods", layers_sheet::ods(&rows)),
        ("d.xls", layers_xls::compound("Workbook", &layers_xls::sample())),
    ] {
        let known = read_table(&put(name, &whole), None, &cancel).unwrap();
        for share in 0..50 {
            let cut = whole.get(..whole.len() * share / 50).unwrap();
            if let Ok(table) = read_table(&put(name, cut), None, &cancel) {
                assert_eq!(table, known, "{name} at {share}/50");
            }
        }
    }
    let stopped = read_table(&path, None, &AtomicBool::new(true));
    assert!(matches!(stopped, Err(LayerError::Cancelled) | Ok(_)));
}

#[test]
fn names_that_clash_get_a_number() {
    let own = layer(&[3, 10]);
    let fields = ["k", "码", "k", "k_2", "面积"].map(Field::named).to_vec();
    let table = PlainTable { fields, ..PlainTable::default() };
    let named = columns(&own.fields, &table, Keys { field: 0, column: 1 });
    let expected = [(0, "k_2"), (2, "k_3"), (3, "k_2_2"), (4, "面积")];
    assert_eq!(named, expected.map(|(at, name)| (at, name.to_owned())));
    let none = join(&own, &table, Keys { field: 0, column: 1 }, &|| true);
    assert!(none.is_none(), "it was told to stop");
}

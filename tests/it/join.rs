//! A table joined to a layer, against loops that compare everything with everything.

use std::{collections::BTreeSet, fs, sync::Arc, sync::atomic::AtomicBool};

use jintu::{
    layer::{
        ChunkBuilder, Field, Layer, TableBuilder, Value,
        join::{Keys, PlainTable, join, meet, propose},
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

use super::temp_folder::TempFolder;

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
    PlainTable { fields, rows: keys.len(), values: rows.finish(), findings: Vec::new() }
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
        let joined = join(&layer, &table, keys);
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
        let met = meet(&layer, &table, keys);
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
fn keys_are_proposed_by_name_then_by_what_meets() {
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
    // The same name, and the values meet.
    let own = of(["序号", "代码"], [[whole(7), text("014")], [whole(1), text("015")]]);
    assert_eq!(propose(&own, &table), Some(Keys { field: 1, column: 1 }));
    // Other names: what meets most.
    let own = of(["FID", "DKBM"], [[whole(2), text("014")], [whole(9), text("015")]]);
    assert_eq!(propose(&own, &table), Some(Keys { field: 1, column: 1 }));
    // A zero before others matters.
    let own = of(["FID", "DKBM"], [[whole(14), text("14")], [whole(15), text("15")]]);
    assert_eq!(propose(&own, &table), None);
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

//! Days in tables of text: known where all of a column are, in order however they are written.

use std::{
    fs,
    sync::{Arc, atomic::AtomicBool},
};

use jintu::{
    app::{layer_order::ordered, layer_table::FieldSort},
    layer::{Condition, FieldKind, Layer, Value, day::moment},
    store::layers::{
        write::{Outgoing, WriteOptions},
        write_layers,
    },
};

use crate::{layer_files::open, temp_folder::TempFolder};

/// The layer of a table of text.
fn table(text: &str) -> Arc<Layer> {
    let folder = TempFolder::new("days");
    let path = folder.path().join("a.csv");
    fs::write(&path, text).unwrap();
    open(&path).unwrap().remove(0)
}

#[test]
fn a_column_of_days_is_one_and_any_other_is_text() {
    let layer = table(
        "名称,经度,纬度,日,时刻,混,斜,空,无此日\n\
        甲,112.5,37.8,2024-05-01,2024-05-01T08:00:00,2024-05-01,2024/5/1,,2023-02-29\n\
        乙,112.6,37.9,,2024-05-01,待定,2024/10/1,,2024-02-29\n",
    );
    let kind = |name: &str| {
        let at = layer.fields.iter().position(|field| field.name == name).unwrap();
        layer.kind_of(at)
    };
    assert_eq!(kind("日"), FieldKind::Date);
    assert_eq!(kind("时刻"), FieldKind::DateTime, "days among moments are moments");
    for name in ["混", "斜", "空", "无此日", "名称"] {
        assert_eq!(kind(name), FieldKind::Text, "{name}");
    }
    // The values stay what the file says.
    assert_eq!(layer.tables[0].value(0, 3), Value::Text("2024-05-01"));
}

#[test]
fn days_are_in_order_however_they_are_written() {
    let layer = table(
        "d,经度,纬度\n2024/10/1,112.5,37.8\n2024年5月1日,112.5,37.8\n待定,112.5,37.8\n\
        2024-05-01 08:30,112.5,37.8\n2023.12.31,112.5,37.8\n,112.5,37.8\n",
    );
    let sort = |descending| Some(FieldSort { field: 0, descending });
    let stop = AtomicBool::new(false);
    assert_eq!(ordered(&layer, None, sort(false), &stop).unwrap(), [4, 1, 3, 0, 2, 5]);
    assert_eq!(ordered(&layer, None, sort(true), &stop).unwrap(), [2, 0, 3, 1, 4, 5]);
    let passed = |text: &str| -> Vec<usize> {
        let condition = Condition::read(text, &layer).unwrap();
        (0..layer.len()).filter(|row| condition.holds(&layer, 0, *row)).collect()
    };
    assert_eq!(passed("d >= 2024-5-1 and d < 2024年6月1日"), [1, 3]);
    assert_eq!(passed("d < 2024/1/1"), [4]);
}

#[test]
fn what_is_no_day_is_none() {
    for text in [
        "",
        "2024",
        "2024-13-01",
        "2024-02-30",
        "2023-02-29",
        "2024-00-10",
        "2024-5",
        "24-05-01",
        "2024-05/01",
        "2024年5月1",
        "2024-05-01x",
        "2024-05-01 25:00",
        "2024-05-01T",
        "20240501",
        "2024-005-01",
        "1.2.3",
        "２０２４-05-01",
    ] {
        assert_eq!(moment(text), None, "{text}");
    }
    let at = |text: &str| moment(text).unwrap();
    assert_eq!(at("2024-02-29"), at("2024年2月29日"));
    assert_eq!(at("2024-05-01 08:30"), at(" 2024/5/1 8:30:00.000 "));
    assert!(at("2024-05-01T08:30:00Z") > at("2024-05-01T08:29:59.999"));
    assert!(at("2023-12-31T23:59:59") < at("2024-01-01"));
}

#[test]
fn days_of_a_table_are_days_in_other_formats() {
    let folder = TempFolder::new("days-written");
    let layer = table("日,经度,纬度\n2024-05-01,112.5,37.8\n");
    for ending in ["shp", "gpkg", "xlsx", "csv"] {
        let path = folder.path().join(format!("a.{ending}"));
        write_layers(&[Outgoing::all(&layer)], &path, &WriteOptions::default()).unwrap();
        let again = open(&path).unwrap().remove(0);
        let at = again.fields.iter().position(|field| field.name == "日").unwrap();
        assert_eq!(again.kind_of(at), FieldKind::Date, "{ending}");
        assert_eq!(again.tables[0].value(0, at), Value::Text("2024-05-01"), "{ending}");
    }
}

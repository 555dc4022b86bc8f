//! Columns of tables that the user chooses, and coordinates in columns of degrees, minutes and
//! seconds.

use std::sync::Arc;

use jintu::{
    geo::mercator,
    layer::{Cause, ChosenColumns, ChosenHead, ChosenPlace, Layer},
    store::layers::{Columns, Fault, LayerError, OpenOptions},
};

use crate::{layer_files::open_with, temp_folder::TempFolder};

fn open(text: &str, columns: Columns) -> Result<Arc<Layer>, LayerError> {
    let folder = TempFolder::new("columns");
    let path = folder.path().join("a.csv");
    std::fs::write(&path, text).unwrap();
    Ok(open_with(&path, &OpenOptions { columns, ..OpenOptions::default() })?.remove(0))
}

fn found(text: &str) -> Arc<Layer> {
    open(text, Columns::Found).unwrap()
}

fn chosen(place: ChosenPlace, head: ChosenHead) -> Columns {
    Columns::Chosen(ChosenColumns { place, head })
}

fn two(east: &str, north: &str) -> Columns {
    let place = ChosenPlace::Two { east: east.to_owned(), north: north.to_owned() };
    chosen(place, ChosenHead::Found)
}

fn positions(layer: &Layer) -> Vec<[f64; 2]> {
    let round = |v: f64| (v * 1e6).round() / 1e6;
    let all = layer.chunks.iter().flat_map(|chunk| &chunk.shapes.positions);
    all.map(|p| mercator::to_lon_lat(*p)).map(|p| [round(p.lon_deg), round(p.lat_deg)]).collect()
}

fn names(layer: &Layer) -> Vec<&str> {
    layer.fields.iter().map(|field| field.name.as_str()).collect()
}

/// 112°33′00.36″, 37°52′12.72″.
const AT: [f64; 2] = [112.5501, 37.8702];

#[test]
fn degrees_minutes_and_seconds_in_columns_of_their_own() {
    let row = "甲,112,33,0.36,37,52,12.72\n";
    for head in [
        "名称,经度,,,纬度,,\n,度,分,秒,度,分,秒\n",
        "名称,经度（度）,经度（分）,经度（秒）,纬度（度）,纬度（分）,纬度（秒）\n",
        "名称,经度(°),经度(′),经度(″),纬度(°),纬度(′),纬度(″)\n",
        "名称,东经度,东经分,东经秒,北纬度,北纬分,北纬秒\n",
        "名称,经度度,经度分,经度秒,纬度度,纬度分,纬度秒\n",
        "名称,经度,分,秒,纬度,分,秒\n",
        "name,lon_d,lon_m,lon_s,lat_d,lat_m,lat_s\n",
        "name,lon_deg,lon_min,lon_sec,lat_deg,lat_min,lat_sec\n",
    ] {
        let layer = found(&format!("{head}{row}"));
        assert_eq!(positions(&layer), [AT], "{head}");
        assert_eq!(layer.fields.len(), 7, "{head}: {:?}", names(&layer));
    }
    // Minutes with a fraction need no seconds.
    let layer = found("名称,经度,分,纬度,分\n甲,112,33.006,37,52.212\n");
    assert_eq!(positions(&layer), [AT]);
    // South and west count downwards.
    let layer = found("n,lon_d,lon_m,lon_s,lat_d,lat_m,lat_s\na,-70,30,0,-12,15,0\n");
    assert_eq!(positions(&layer), [[-70.5, -12.25]]);
    // A score is none of the minutes.
    let layer = found("名称,经度,得分,纬度,得分\n甲,112.5501,33,37.8702,52\n");
    assert_eq!(positions(&layer), [AT]);
    // Minutes beyond sixty, or beside a fraction of a degree, are no position.
    for broken in ["112,73,0,37,52,0", "112.5,33,0,37,52,0"] {
        let text = format!("名称,经度,分,秒,纬度,分,秒\n甲,112,33,0.36,37,52,12.72\n乙,{broken}\n");
        let layer = found(&text);
        assert_eq!(positions(&layer), [AT], "{broken}");
        assert!(layer.findings.iter().any(|f| f.cause == Cause::UnclearPosition && f.count == 1));
    }
}

#[test]
fn names_of_a_head_over_two_rows_are_kept() {
    let layer =
        found("序号,名称,坐标,,投资额,开工\n,,经度,纬度,,\n1,甲,112.5501,37.8702,12,2026\n");
    assert_eq!(names(&layer), ["序号", "名称", "经度", "纬度", "投资额", "开工"]);
    assert_eq!(positions(&layer), [AT]);
}

#[test]
fn a_latitude_beyond_ninety_is_a_longitude() {
    let layer = found("名称,经度,纬度\n甲,37.8702,112.5501\n");
    assert_eq!(positions(&layer), [AT]);
    assert!(layer.findings.iter().any(|finding| finding.cause == Cause::AxesSwapped));
    // What may be meant stays.
    let layer = found("名称,经度,纬度\n甲,37.87,55.75\n");
    assert_eq!(positions(&layer), [[37.87, 55.75]]);
}

#[test]
fn chosen_columns_go_by_name_or_number() {
    let text = "编号,名称,A1,A2\n1,甲,112.5501,37.8702\n";
    let Err(LayerError::NoCoordinates { start, .. }) = open(text, Columns::Found) else { panic!() };
    assert_eq!(start.sheets[0].rows[1], ["1", "甲", "112.5501", "37.8702"]);
    assert_eq!(start.sheets[0].columns(ChosenHead::Found), ["编号", "名称", "A1", "A2"]);
    for (east, north) in [("A1", "A2"), ("a1", " a2"), ("#3", "#4"), ("A1", "#4")] {
        let layer = open(text, two(east, north)).unwrap();
        assert_eq!(positions(&layer), [AT], "{east} {north}");
        assert_eq!(names(&layer), ["编号", "名称", "A1", "A2"]);
    }
    for (east, north) in [("A1", "A3"), ("#3", "#9"), ("编号", "名称"), ("#0", "#4")] {
        let done = open(text, two(east, north));
        let Err(LayerError::NotThere { columns, .. }) = done else { panic!("{done:?}") };
        assert_eq!(columns, ["编号", "名称", "A1", "A2"]);
    }
}

#[test]
fn a_table_without_a_head_opens_by_number() {
    let text = "甲,112.5501,37.8702\n乙,112.6,37.9\n";
    let layer = open(text, two("#2", "#3")).unwrap();
    assert_eq!(positions(&layer), [AT, [112.6, 37.9]]);
    assert_eq!(names(&layer), ["#1", "#2", "#3"]);
    let nowhere = chosen(
        ChosenPlace::Two { east: "#2".to_owned(), north: "#3".to_owned() },
        ChosenHead::Nowhere,
    );
    assert_eq!(positions(&open(text, nowhere).unwrap()), [AT, [112.6, 37.9]]);
    // A row that is said to be the head is none of the features.
    let first = chosen(
        ChosenPlace::Two { east: "#2".to_owned(), north: "#3".to_owned() },
        ChosenHead::Row(0),
    );
    assert_eq!(positions(&open(text, first).unwrap()), [[112.6, 37.9]]);
}

#[test]
fn what_is_chosen_goes_before_what_names_say() {
    let text = "名称,经度,纬度,甲,乙\n甲,0.5,0.5,112.5501,37.8702\n";
    assert_eq!(positions(&open(text, two("甲", "乙")).unwrap()), [AT]);
    // East is east, whatever the figures would suit better: the user says so.
    let layer = open("n,a,b\n1,30.5,80.25\n", two("a", "b")).unwrap();
    assert_eq!(positions(&layer), [[30.5, 80.25]]);
}

#[test]
fn a_chosen_column_holds_pairs_or_geometries() {
    let pair = |name: &str| chosen(ChosenPlace::Pair(name.to_owned()), ChosenHead::Found);
    let layer = open("n,在哪\n1,\"112.5501,37.8702\"\n", pair("在哪")).unwrap();
    assert_eq!(positions(&layer), [AT]);
    let shape = |name: &str| chosen(ChosenPlace::Shape(name.to_owned()), ChosenHead::Found);
    let layer = open("n,在哪\n1,POINT(112.5501 37.8702)\n", shape("在哪")).unwrap();
    assert_eq!(positions(&layer), [AT]);
    assert!(open("n,在哪\n1,112.5501\n", shape("在哪")).is_err());
}

#[test]
fn metres_in_chosen_columns_lie_in_their_zone() {
    // 112.5501, 37.8702 in zone 38, with its number, as another program has it.
    let layer = open("n,a,b\n1,38372431.937,4193178.9\n", two("a", "b")).unwrap();
    assert_eq!(layer.reference.crs.key(), "EPSG:4526");
}

#[test]
fn text_under_another_name_is_read_by_what_it_is() {
    let folder = TempFolder::new("misnamed");
    let open = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        open_with(&path, &OpenOptions::default())
    };
    let table = "名称\t经度\t纬度\r\n甲\t112.5501\t37.8702\r\n";
    for name in ["a.xls", "a.xlsx", "a.et", "a.dat", "noending"] {
        assert_eq!(positions(&open(name, table.as_bytes()).unwrap()[0]), [AT], "{name}");
    }
    let json = r#"{"type":"Point","coordinates":[112.5501,37.8702]}"#;
    assert_eq!(positions(&open("a.shp", json.as_bytes()).unwrap()[0]), [AT]);
    // Words alone are no table.
    let words = "一段话。\n又一段话。\n".as_bytes();
    let done = open("README", words);
    assert!(matches!(done, Err(LayerError::Unknown(_))), "{done:?}");
    // An ending that promises a format says what is wrong.
    let done = open("b.xls", words);
    let is_other = |fault: &Fault| *fault == Fault::OtherContent;
    assert!(matches!(&done, Err(LayerError::Damaged { fault, .. }) if is_other(fault)), "{done:?}");
    // Pages called workbooks are told as such.
    for page in [
        "<html><table><tr><td>经度</td><td>纬度</td></tr></table></html>",
        "\u{feff}\n<TABLE><tr><td>经度,纬度</td></tr></TABLE>",
        "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook/>",
    ] {
        for name in ["c.xls", "c.csv"] {
            let done = open(name, page.as_bytes());
            let is_told = matches!(done, Err(LayerError::Refused { what: "markup_table", .. }));
            assert!(is_told, "{name}: {done:?}");
        }
    }
}

//! XLS: cells of every record, and files that claim more than they are.

use std::{fs, path::PathBuf, sync::Arc};

use jintu::{
    layer::{Cause, FieldKind, Layer, Value},
    store::layers::{Fault, LayerError},
};

use crate::{layer_files::damaged, temp_folder::TempFolder};

fn open(bytes: &[u8]) -> Result<Vec<Arc<Layer>>, LayerError> {
    let folder = TempFolder::new("xls");
    let path: PathBuf = folder.path().join("a.xls");
    fs::write(&path, bytes).unwrap();
    crate::layer_files::open(&path)
}

fn record(out: &mut Vec<u8>, kind: u16, data: &[u8]) {
    out.extend(kind.to_le_bytes());
    out.extend(u16::try_from(data.len()).unwrap().to_le_bytes());
    out.extend_from_slice(data);
}

fn halves(values: &[u16]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

/// A text with its length of two bytes, in two bytes each.
fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut out = halves(&[u16::try_from(units.len()).unwrap()]);
    out.push(1);
    out.extend(halves(&units));
    out
}

/// A cell: its place, the look that it has, and what it says.
fn cell(place: [u16; 2], look: u16, more: &[u8]) -> Vec<u8> {
    [halves(&[place[0], place[1], look]), more.to_vec()].concat()
}

const END: u32 = 0xFFFF_FFFE;

/// A compound file with a stream, in sectors of 512 bytes.
pub fn compound(name: &str, stream: &[u8]) -> Vec<u8> {
    let mut stream = stream.to_vec();
    stream.resize(stream.len().max(4096).next_multiple_of(512), 0);
    let sectors = u32::try_from(stream.len() / 512).unwrap();
    assert!(sectors < 120, "one sector of the table is enough");
    let mut out = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    out.extend([0; 16]);
    out.extend(halves(&[0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0]));
    for word in [0, 1, 1, 0, 4096, END, 0, END, 0, 0] {
        out.extend(word.to_le_bytes());
    }
    out.resize(512, 0xFF);
    for sector in 0..128_u32 {
        let next = match sector {
            0 => 0xFFFF_FFFD,
            1 => END,
            _ if sector <= sectors => sector + 1,
            _ if sector == sectors + 1 => END,
            _ => u32::MAX,
        };
        out.extend(next.to_le_bytes());
    }
    for (name, kind, start, length) in
        [("Root Entry", 5_u8, END, 0), (name, 2, 2, stream.len()), ("", 0, 0, 0), ("", 0, 0, 0)]
    {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let bytes = u16::try_from(entry.len()).unwrap();
        entry.resize(64, 0);
        entry.extend((bytes + 2).to_le_bytes());
        entry.extend([kind, 1]);
        entry.resize(116, 0xFF);
        entry.extend(start.to_le_bytes());
        entry.extend((length as u64).to_le_bytes());
        out.extend(entry);
    }
    out.extend(stream);
    out
}

/// A workbook of one sheet with these cells, whose looks are: plain, a day, an own one of a day.
fn book(shared: &[u8], after: &[u8], cells: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    record(&mut out, 0x0809, &halves(&[0x0600, 5, 0, 0, 0, 0, 0, 0]));
    let own = [halves(&[164]), wide("yyyy\"年\"m\"月\"d\"日\"")].concat();
    record(&mut out, 0x041E, &own);
    for format in [0, 14, 164] {
        record(&mut out, 0x00E0, &halves(&[0, format, 0, 0, 0, 0, 0, 0, 0, 0]));
    }
    let slot = out.len() + 4;
    record(&mut out, 0x0085, &[0, 0, 0, 0, 0, 0, 2, 1, 0x68, 0x88, 0x55, 0x53]);
    record(&mut out, 0x00FC, shared);
    out.extend_from_slice(after);
    record(&mut out, 0x000A, &[]);
    let at = u32::try_from(out.len()).unwrap().to_le_bytes();
    out[slot..slot + 4].copy_from_slice(&at);
    record(&mut out, 0x0809, &halves(&[0x0600, 16, 0, 0, 0, 0, 0, 0]));
    out.extend_from_slice(cells);
    record(&mut out, 0x000A, &[]);
    out
}

fn numbers(cells: &mut Vec<u8>, row: u16, values: [f64; 2]) {
    for (column, value) in [1, 2].into_iter().zip(values) {
        record(cells, 0x0203, &cell([row, column], 0, &value.to_le_bytes()));
    }
}

fn head(cells: &mut Vec<u8>) {
    for column in 0..6_u16 {
        record(cells, 0x00FD, &cell([0, column], 0, &u32::from(column).to_le_bytes()));
    }
}

const NAMES: [&str; 6] = ["名称", "经度", "纬度", "日期", "值", "有"];

/// The shared texts, with their two counts before them.
fn shared() -> Vec<u8> {
    let texts: Vec<u8> = NAMES.iter().flat_map(|name| wide(name)).collect();
    [6_u32.to_le_bytes().to_vec(), 6_u32.to_le_bytes().to_vec(), texts].concat()
}

/// A book of three rows under 名称, 经度, 纬度, 日期, 值, 有.
pub fn sample() -> Vec<u8> {
    let mut cells = Vec::new();
    head(&mut cells);
    // A formula whose value is a text, and one that is a number.
    record(
        &mut cells,
        0x0006,
        &cell([1, 0], 0, &[0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0]),
    );
    record(&mut cells, 0x0207, &wide("甲地块"));
    numbers(&mut cells, 1, [112.5, 37.8]);
    record(&mut cells, 0x0203, &cell([1, 3], 1, &45_418.0_f64.to_le_bytes()));
    let yielded = [2.5_f64.to_le_bytes().to_vec(), vec![0; 8]].concat();
    record(&mut cells, 0x0006, &cell([1, 4], 0, &yielded));
    record(&mut cells, 0x0205, &cell([1, 5], 0, &[1, 0]));
    // Rows need not be in order: the third comes before the second.
    record(&mut cells, 0x0204, &cell([3, 0], 0, &wide("丙")));
    numbers(&mut cells, 3, [112.7, 37.9]);
    record(&mut cells, 0x0204, &cell([2, 0], 0, &[2, 0, 0, b'o', b'k']));
    // 112.6, 37.85 and the day after, each in four bytes: hundredths, and a whole number.
    let short = |value: u32, marks: u32| (value << 2 | marks).to_le_bytes();
    let many = [
        halves(&[2, 1, 0]),
        short(11_260, 3).to_vec(),
        halves(&[0]),
        short(3785, 3).to_vec(),
        halves(&[2]),
        short(45_419, 2).to_vec(),
        halves(&[3]),
    ];
    record(&mut cells, 0x00BD, &many.concat());
    record(&mut cells, 0x0205, &cell([2, 5], 0, &[7, 1]));
    book(&shared(), &[], &cells)
}

#[test]
fn cells_of_every_record_are_read() {
    let layer = open(&compound("Workbook", &sample())).unwrap().remove(0);
    assert_eq!((layer.name.as_str(), layer.len()), ("表单", 3), "{layer:?}");
    let names: Vec<&str> = layer.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["名称", "经度", "纬度", "日期", "值", "有"]);
    let row = |row: usize| -> Vec<Value<'_>> {
        [0, 3, 4, 5].into_iter().map(|field| layer.tables[0].value(row, field)).collect()
    };
    let texts = [Value::Text("甲地块"), Value::Text("2024-05-06")];
    // A column that holds an error too is one of words.
    assert_eq!(row(0), [texts[0], texts[1], Value::Number(2.5), Value::Text("true")]);
    let error = Value::Text("#DIV/0!");
    assert_eq!(row(1), [Value::Text("ok"), Value::Text("2024-05-07"), Value::Missing, error]);
    assert_eq!(row(2)[0], Value::Text("丙"));
    assert_eq!(layer.fields[3].declared, Some(FieldKind::Date));
    let at = jintu::geo::mercator::to_lon_lat(layer.chunks[0].shapes.positions[1]);
    assert!((at.lon_deg - 112.6).abs() < 1e-9 && (at.lat_deg - 37.85).abs() < 1e-9, "{at:?}");
}

#[test]
fn shared_texts_go_on_in_the_next_record() {
    // The last name is cut within itself, and goes on in one byte a sign.
    let whole = shared();
    let (first, _) = whole.split_at(whole.len() - 2);
    let mut first = first.to_vec();
    let length = first.len();
    // 有 becomes 有ab: three signs.
    first[length - 3] = 3;
    first.truncate(length);
    first.extend("有".encode_utf16().flat_map(u16::to_le_bytes));
    let mut after = Vec::new();
    record(&mut after, 0x003C, &[0, b'a', b'b']);
    let mut cells = Vec::new();
    head(&mut cells);
    numbers(&mut cells, 1, [112.5, 37.8]);
    record(&mut cells, 0x0205, &cell([1, 5], 0, &[1, 0]));
    let layer = open(&compound("Book", &book(&first, &after, &cells))).unwrap().remove(0);
    assert!(layer.fields.iter().any(|field| field.name == "有ab"), "{:?}", layer.fields);
}

fn fault(bytes: &[u8]) -> Fault {
    match open(bytes) {
        Err(LayerError::Damaged { fault, .. }) => fault,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_a_file_claims_costs_nothing() {
    // A size of 65 536 rows of 65 536 columns, a cell in the last of each, and a sheet told a
    // thousand times.
    let mut cells = Vec::new();
    let size = [0_u32.to_le_bytes(), 65_535_u32.to_le_bytes()].concat();
    record(&mut cells, 0x0200, &[size, halves(&[0, 65_535, 0])].concat());
    head(&mut cells);
    numbers(&mut cells, 1, [112.5, 37.8]);
    record(&mut cells, 0x0203, &cell([65_535, 65_535], 0, &1.0_f64.to_le_bytes()));
    numbers(&mut cells, 65_535, [112.6, 37.9]);
    let layer = open(&compound("Workbook", &book(&shared(), &[], &cells))).unwrap().remove(0);
    assert_eq!(layer.len(), 2);

    let mut again = Vec::new();
    for _ in 0..1000 {
        record(&mut again, 0x0085, &[0x40, 1, 0, 0, 0, 0, 1, 0, b'x']);
    }
    let layers = open(&compound("Workbook", &book(&shared(), &again, &cells))).unwrap();
    let left_out = |layer: &Arc<Layer>| {
        layer.findings.iter().filter(|own| own.cause == Cause::LayerLeftOut).count()
    };
    assert!(layers.len() < 20 && layers.iter().map(left_out).sum::<usize>() > 0);

    // A directory whose chain leads back into itself.
    let mut turns = compound("Workbook", &sample());
    turns[512 + 4..512 + 8].copy_from_slice(&1_u32.to_le_bytes());
    assert_eq!(open(&turns).unwrap().len(), 1);
}

#[test]
fn each_fault_is_told_for_what_it_is() {
    let whole = compound("Workbook", &sample());
    assert_eq!(fault(&whole[..300]), Fault::Truncated);
    assert_eq!(fault(&compound("WordDocument", &sample())), Fault::OtherContent);
    assert_eq!(fault(&compound("EncryptedPackage", &sample())), Fault::Encrypted);
    let mut locked = Vec::new();
    record(&mut locked, 0x002F, &[1, 0, 1, 0]);
    let locked = book(&shared(), &locked, &[]);
    assert_eq!(fault(&compound("Workbook", &locked)), Fault::Encrypted);
    let mut strange = whole.clone();
    strange[30] = 7;
    assert_eq!(fault(&strange), Fault::BadHead);
    // What came before the cut is there, and the cut is told.
    let layers = open(&whole[..whole.len() - 3800]).unwrap();
    let told = layers[0].findings.iter().any(|own| own.cause == Cause::LayerLeftOut);
    assert!(told, "{:?}", layers[0].findings);
}

#[test]
fn damaged_files_end_with_an_answer_or_a_sentence() {
    for bytes in damaged(&compound("Workbook", &sample())).step_by(3) {
        if let Err(reason) = open(&bytes) {
            assert!(!matches!(reason, LayerError::Broke(_)), "{reason}");
        }
    }
}

/// A table of projects whose county stands in one cell for two of them, `C3` to `C5`.
pub fn projects() -> Vec<u8> {
    let mut cells = Vec::new();
    let mut text = |row: u16, column: u16, words: &str| {
        record(&mut cells, 0x0204, &cell([row, column], 0, &wide(words)));
    };
    for (column, head) in (0..).zip(["序号", "项目名称", "所在县区", "总投资（万元）"])
    {
        text(1, column, head);
    }
    text(2, 1, "甲水库");
    text(2, 2, "东山县");
    text(4, 1, "乙水库");
    for (row, sum) in [(2_u16, 7000.0_f64), (4, 9000.0)] {
        record(&mut cells, 0x0203, &cell([row, 0], 0, &f64::from(row).to_le_bytes()));
        record(&mut cells, 0x0203, &cell([row, 3], 0, &sum.to_le_bytes()));
    }
    record(&mut cells, 0x00E5, &halves(&[1, 2, 4, 2, 2]));
    compound("Workbook", &book(&shared(), &[], &cells))
}

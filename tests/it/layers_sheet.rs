//! Spreadsheets: typed cells, several sheets, heads past titles, files that grow when unpacked.

use std::{
    io::{Cursor, Write},
    sync::{Arc, atomic::AtomicBool},
};

use jintu::{
    geo::mercator,
    layer::{Cause, CountyCodes, FieldKind, Layer, Value},
    store::layers::{Fault, LayerError, OpenOptions, open_layers},
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::temp_folder::TempFolder;

fn open(name: &str, bytes: &[u8]) -> Result<Vec<Arc<Layer>>, LayerError> {
    let folder = TempFolder::new("sheet");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let mut layers = Vec::new();
    let (counties, never) = (CountyCodes::new(Vec::new()), AtomicBool::new(false));
    open_layers(&path, &OpenOptions::default(), &counties, &never, &mut |progress| {
        layers = progress.layers;
    })?;
    Ok(layers)
}

fn zipped(files: &[(&str, &str)], method: CompressionMethod) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        let options = SimpleFileOptions::default().compression_method(method);
        writer.start_file(*name, options).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// An XLSX file of sheets: name, whether it is hidden, and the XML of its rows.
pub fn xlsx(sheets: &[(&str, bool, String)]) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let numbered = || sheets.iter().enumerate().map(|(i, sheet)| (i + 1, sheet));
    let entries = numbered()
        .map(|(i, (name, hidden, _))| {
            let state = if *hidden { " state=\"hidden\"" } else { "" };
            format!("<sheet name=\"{name}\" sheetId=\"{i}\"{state} r:id=\"r{i}\"/>")
        })
        .collect::<Vec<_>>()
        .concat();
    let links = numbered()
        .map(|(i, _)| {
            format!("<Relationship Id=\"r{i}\" Type=\"{rels}/worksheet\" Target=\"worksheets/sheet{i}.xml\"/>")
        })
        .collect::<Vec<_>>()
        .concat();
    let names: Vec<String> =
        numbered().map(|(i, _)| format!("xl/worksheets/sheet{i}.xml")).collect();
    let bodies: Vec<String> = numbered()
        .map(|(_, (_, _, rows))| {
            format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>")
        })
        .collect();
    let styles = format!(
        "<styleSheet xmlns=\"{main}\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>"
    );
    let workbook = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{rels}\"><sheets>{entries}</sheets></workbook>"
    );
    let own = format!(
        "<Relationships xmlns=\"{package}\">{links}<Relationship Id=\"s\" Type=\"{rels}/styles\" Target=\"styles.xml\"/></Relationships>"
    );
    let root = format!(
        "<Relationships xmlns=\"{package}\"><Relationship Id=\"w\" Type=\"{rels}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let mut files = vec![
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", root.as_str()),
        ("xl/workbook.xml", workbook.as_str()),
        ("xl/_rels/workbook.xml.rels", own.as_str()),
        ("xl/styles.xml", styles.as_str()),
    ];
    files.extend(names.iter().map(String::as_str).zip(bodies.iter().map(String::as_str)));
    zipped(&files, CompressionMethod::Deflated)
}

/// A row of cells: `t…` a text, `b…` a boolean, `d…` a day, `m…` a moment, else a number.
pub fn row(number: usize, cells: &[&str]) -> String {
    let cell = |(i, cell): (usize, &&str)| {
        let at = format!("{}{number}", char::from(b'A' + u8::try_from(i).unwrap()));
        match cell.split_at(usize::from(!cell.is_empty())) {
            ("", _) => String::new(),
            ("t", text) => format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"),
            ("b", value) => format!("<c r=\"{at}\" t=\"b\"><v>{value}</v></c>"),
            ("d", value) => format!("<c r=\"{at}\" s=\"1\"><v>{value}</v></c>"),
            ("m", value) => format!("<c r=\"{at}\" s=\"2\"><v>{value}</v></c>"),
            _ => format!("<c r=\"{at}\"><v>{cell}</v></c>"),
        }
    };
    let cells: String = cells.iter().enumerate().map(cell).collect();
    format!("<row r=\"{number}\">{cells}</row>")
}

fn at(layer: &Layer, feature: usize) -> [f64; 2] {
    let p = mercator::to_lon_lat(layer.chunks[0].shapes.part(feature)[0]);
    [(p.lon_deg * 1e6).round() / 1e6, (p.lat_deg * 1e6).round() / 1e6]
}

#[test]
fn cells_keep_their_types() {
    let head = ["t名称", "t经度", "t纬度", "t开工", "t更新", "t在建", "t代码", "t投资", "t混合"];
    let rows = [
        row(1, &["t某市重点项目一览表"]),
        row(3, &head),
        row(
            4,
            &[
                "t甲",
                "112.5492",
                "37.8706",
                "d45992",
                "m45992.5",
                "b1",
                "t007",
                "9007199254740991",
                "d45992",
            ],
        ),
        row(
            6,
            &[
                "t乙",
                "t112°32′57.12″",
                "t37.8706",
                "d45993",
                "d45993",
                "b0",
                "t008",
                "12.5",
                "t待定",
            ],
        ),
        row(7, &["", "", "", "", "", "", "", "", ""]),
    ];
    let layers = open("a.xlsx", &xlsx(&[("项目", false, rows.concat())])).unwrap();
    let layer = &layers[0];
    assert_eq!((layer.name.as_str(), layer.len()), ("项目", 2));
    assert_eq!((at(layer, 0), at(layer, 1)), ([112.5492, 37.8706], [112.5492, 37.8706]));
    let table = &layer.tables[0];
    let values: Vec<Value<'_>> = (3..9).map(|field| table.value(0, field)).collect();
    let expected = [
        Value::Text("2025-12-01"),
        Value::Text("2025-12-01T12:00:00"),
        Value::Bool(true),
        Value::Text("007"),
        Value::Number(9_007_199_254_740_991.0),
        Value::Text("2025-12-01"),
    ];
    assert_eq!(values, expected);
    let declared: Vec<Option<FieldKind>> =
        layer.fields.iter().map(|field| field.declared).collect();
    assert_eq!(declared[3..5], [Some(FieldKind::Date), Some(FieldKind::DateTime)]);
    assert_eq!((declared[5], declared[8]), (None, None));
    assert_eq!(layer.findings, []);
}

#[test]
fn every_sheet_with_coordinates_is_a_layer() {
    let places = |name: &str| {
        [row(1, &["t名称", "tlon", "tlat"]), row(2, &[name, "112.5", "37.8"])].concat()
    };
    let book = xlsx(&[
        ("说明", false, row(1, &["t本表仅供参考"])),
        ("甲", false, places("t一")),
        ("空", false, String::new()),
        ("乙", false, places("t二")),
        ("密", true, places("t三")),
    ]);
    let layers = open("a.xlsx", &book).unwrap();
    let names: Vec<&str> = layers.iter().map(|layer| layer.name.as_str()).collect();
    assert_eq!(names, ["甲", "乙"]);
    let told: Vec<(Cause, usize, &str)> =
        layers[1].findings.iter().map(|f| (f.cause, f.count, f.detail.as_str())).collect();
    let expected = [(Cause::HiddenSheet, 1, "密"), (Cause::SheetWithoutPlaces, 1, "说明")];
    assert_eq!(told, expected);
    let none = xlsx(&[("说明", false, row(1, &["t名称", "t投资"]))]);
    let Err(LayerError::NoCoordinates { columns, .. }) = open("a.xlsx", &none) else { panic!() };
    assert_eq!(columns, ["名称", "投资"]);
    let empty = xlsx(&[("空", false, String::new())]);
    assert!(matches!(open("a.xlsx", &empty), Err(LayerError::NoFeatures { .. })));
}

/// Two cells far apart, as a table of 17 thousand million cells.
#[test]
fn what_lies_between_cells_costs_nothing() {
    let rows = [
        row(1, &["tlon", "tlat"]),
        row(2, &["112.5", "37.8"]),
        "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>".to_owned(),
    ];
    let layers = open("a.xlsx", &xlsx(&[("一", false, rows.concat())])).unwrap();
    assert_eq!(layers[0].len(), 2);
}

/// An ODS file of one sheet, from the XML of its rows.
pub fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"表\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let manifest = "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    let files = [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", content.as_str()),
    ];
    zipped(&files, CompressionMethod::Stored)
}

#[test]
fn open_documents_are_read_and_bounded() {
    let text = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let number = |n: f64| {
        format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{n}\"><text:p>{n}</text:p></table:table-cell>"
        )
    };
    let line = |cells: String| format!("<table:table-row>{cells}</table:table-row>");
    let empty = "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    let head = line([text("名称"), text("经度"), text("纬度"), text("日期")].concat());
    let date = "<table:table-cell office:value-type=\"date\" office:date-value=\"2026-11-26\"><text:p>26.11.26</text:p></table:table-cell>";
    let body = line([text("甲"), number(112.5492), number(37.8706), date.to_owned()].concat());
    let layers = open("a.ods", &ods(&format!("{head}{body}{empty}"))).unwrap();
    assert_eq!((layers[0].len(), at(&layers[0], 0)), (1, [112.5492, 37.8706]));
    assert_eq!(layers[0].tables[0].value(0, 3), Value::Text("2026-11-26"));
    assert_eq!(layers[0].fields[3].declared, Some(FieldKind::Date));
    // A value in every cell there can be.
    let bomb = "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell office:value-type=\"float\" office:value=\"1\" table:number-columns-repeated=\"16384\"/></table:table-row>";
    assert!(matches!(open("a.ods", &ods(bomb)), Err(LayerError::Damaged { .. })));
}

#[test]
fn a_workbook_that_grows_out_of_proportion_is_refused() {
    let rows = " ".repeat(300 << 20);
    let bytes = xlsx(&[("一", false, rows)]);
    assert!(bytes.len() < 1 << 20);
    assert!(matches!(open("a.xlsx", &bytes), Err(LayerError::Damaged { .. })));
}

#[test]
fn what_a_workbook_claims_costs_nothing() {
    let cells = [row(1, &["t名称", "tlon", "tlat"]), row(2, &["t一", "112.5", "37.8"])].concat();
    let whole = xlsx(&[("一", false, cells)]);
    // The same with a table of shared words of four billion.
    let mut archive = zip::ZipArchive::new(Cursor::new(whole)).unwrap();
    let mut files = Vec::new();
    for i in 0..archive.len() {
        let mut text = String::new();
        let mut file = archive.by_index(i).unwrap();
        std::io::Read::read_to_string(&mut file, &mut text).unwrap();
        files.push((file.name().unwrap().into_owned(), text));
    }
    let claim = "<sst count=\"1\" uniqueCount=\"4294967295\"><si><t>a</t></si></sst>".to_owned();
    // …and with twenty million empty ones, which the file does hold.
    let empty = format!("<sst>{}</sst>", "<si/>".repeat(20_000_000));
    for words in [claim, empty] {
        files.push(("xl/sharedStrings.xml".to_owned(), words));
        let told: Vec<(&str, &str)> = files.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let bytes = zipped(&told, CompressionMethod::Deflated);
        files.pop();
        assert!(bytes.len() < 1 << 20);
        let answer = open("a.xlsx", &bytes);
        let is_right = matches!(answer, Err(LayerError::Damaged { fault: Fault::TooLarge, .. }));
        assert!(is_right, "{answer:?}");
    }

    // A cell in the last column of each of 100 000 rows.
    let far = |i: usize| format!("<row r=\"{i}\"><c r=\"XFD{i}\"><v>1</v></c></row>");
    let far: String = (3..100_003).map(far).collect();
    let cells = [row(1, &["t名称", "tlon", "tlat"]), row(2, &["t一", "112.5", "37.8"]), far];
    let layers = open("a.xlsx", &xlsx(&[("一", false, cells.concat())])).unwrap();
    let told = layers[0].findings.iter().any(|own| own.cause == Cause::LayerLeftOut);
    assert!(told && layers[0].len() < 10_000, "{:?}", layers[0].findings);
}

#[test]
fn broken_workbooks_break_nothing() {
    let rows = [row(1, &["t名称", "tlon", "tlat"]), row(2, &["t一", "112.5", "37.8"])].concat();
    let book = xlsx(&[("一", false, rows)]);
    let mut state = 5_u64;
    for (name, whole) in [("a.xlsx", &book), ("a.ods", &ods("<table:table-row/>"))] {
        for cut in 0..50 {
            let _ = open(name, &whole[..whole.len() * cut / 50]);
        }
        for _ in 0..200 {
            let mut bytes = whole.clone();
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let place = usize::try_from(state >> 33).unwrap() % bytes.len();
            bytes[place] ^= 1 << ((state >> 20) % 8);
            let _ = open(name, &bytes);
        }
    }
    // An OLE file that is none of Excel's.
    let mut ole = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    ole.resize(2048, 0);
    assert!(open("a.xls", &ole).is_err());
}

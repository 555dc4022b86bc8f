//! Workbooks: XLSX as a crate writes it, ODS as text, XLS byte by byte ([MS-CFB], [MS-XLS]).

use std::io::{Cursor, Read};

use rust_xlsxwriter::{Format, Workbook};
use zip::ZipArchive;

use crate::case::Case;

pub fn xlsx() -> Vec<Case> {
    let bytes = || {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let date = Format::new().set_num_format("yyyy-mm-dd");
        for (column, name) in ["名称", "经度", "纬度", "日期", "面积"].into_iter().enumerate()
        {
            let column = u16::try_from(column).unwrap_or(0);
            sheet.write_string(0, column, name)?;
            for row in 1..12_u32 {
                let step = f64::from(row) * 0.01;
                match column {
                    0 => sheet.write_string(row, column, format!("地块{row}"))?,
                    1 => sheet.write_number(row, column, 112.5 + step)?,
                    2 => sheet.write_number(row, column, 37.8 + step)?,
                    3 => sheet.write_number_with_format(row, column, 45_000.0 + step, &date)?,
                    _ => sheet.write_formula(row, column, "=B2*C2")?,
                };
            }
        }
        book.add_worksheet().write_string(0, 0, "说明")?;
        book.save_to_buffer()
    };
    bytes().ok().and_then(|bytes| unzipped("a.xlsx", bytes)).into_iter().collect()
}

/// The files of a ZIP file, so that what is in them is damaged.
fn unzipped(name: &'static str, bytes: Vec<u8>) -> Option<Case> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut files = Vec::new();
    for i in 0..archive.len() {
        let mut file = archive.by_index(i).ok()?;
        let name = file.name().ok()?.into_owned();
        let mut own = Vec::new();
        file.read_to_end(&mut own).ok()?;
        files.push((name, own));
    }
    // What is read most comes first.
    files.sort_by_key(|(name, _)| !name.contains("sheet1.xml"));
    Some(Case { files, packed: Some(name) })
}

pub fn ods() -> Vec<Case> {
    let cell = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let figure = |value: f64| {
        format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{value}\"><text:p>{value}</text:p></table:table-cell>"
        )
    };
    let mut rows = format!(
        "<table:table-row>{}{}{}</table:table-row>",
        cell("名称"),
        cell("经度"),
        cell("纬度")
    );
    for row in 1..10 {
        let step = f64::from(row) * 0.01;
        let row = format!(
            "<table:table-row>{}{}{}<table:table-cell office:value-type=\"date\" office:date-value=\"2024-05-06\"/><table:table-cell table:number-columns-repeated=\"3\"/></table:table-row>",
            cell("甲&amp;乙"),
            figure(112.5 + step),
            figure(37.8 + step)
        );
        rows.push_str(&row);
    }
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"表\">{rows}<table:table-row table:number-rows-repeated=\"9\"><table:table-cell/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let manifest = "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    let files = [
        ("content.xml", content.as_str()),
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    vec![Case { files: files.to_vec(), packed: Some("a.ods") }]
}

fn record(out: &mut Vec<u8>, kind: u16, data: &[u8]) {
    out.extend(kind.to_le_bytes());
    out.extend(u16::try_from(data.len()).unwrap_or(0).to_le_bytes());
    out.extend_from_slice(data);
}

fn words(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut out = u16::try_from(units.len()).unwrap_or(0).to_le_bytes().to_vec();
    out.push(1);
    out.extend(units.into_iter().flat_map(u16::to_le_bytes));
    out
}

fn place(row: u16, column: u16) -> Vec<u8> {
    [row, column, 0].into_iter().flat_map(u16::to_le_bytes).collect()
}

/// The stream of a workbook of one sheet, whose first cells are words of the shared table.
fn stream() -> Vec<u8> {
    let start = |kind: u16| {
        let words = [0x0600, kind, 0, 0, 0, 0, 0, 0_u16];
        words.into_iter().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()
    };
    let mut out = Vec::new();
    record(&mut out, 0x0809, &start(5));
    record(&mut out, 0x0042, &1200_u16.to_le_bytes());
    record(&mut out, 0x00E0, &[0; 20]);
    let sheet_at = out.len() + 4;
    record(&mut out, 0x0085, &[0, 0, 0, 0, 0, 0, 2, 1, 0x68, 0x88, 0x55, 0x53]);
    let names = ["名称", "经度", "纬度", "面积"];
    let mut shared = [4_u32, 4].into_iter().flat_map(u32::to_le_bytes).collect::<Vec<u8>>();
    shared.extend(names.iter().flat_map(|name| words(name)));
    record(&mut out, 0x00FC, &shared);
    record(&mut out, 0x000A, &[]);
    let at = u32::try_from(out.len()).unwrap_or(0).to_le_bytes();
    if let Some(slot) = out.get_mut(sheet_at..sheet_at + 4) {
        slot.copy_from_slice(&at);
    }
    record(&mut out, 0x0809, &start(16));
    let mut size = [0_u32, 11].into_iter().flat_map(u32::to_le_bytes).collect::<Vec<u8>>();
    size.extend([0_u16, 4, 0].into_iter().flat_map(u16::to_le_bytes));
    record(&mut out, 0x0200, &size);
    for column in 0..4_u16 {
        let mut cell = place(0, column);
        cell.extend(u32::from(column).to_le_bytes());
        record(&mut out, 0x00FD, &cell);
    }
    for row in 1..11_u16 {
        let step = f64::from(row) * 0.01;
        let mut name = place(row, 0);
        name.extend(words("地块"));
        record(&mut out, 0x0204, &name);
        for (column, value) in [(1, 112.5 + step), (2, 37.8 + step)] {
            let mut cell = place(row, column);
            cell.extend(value.to_le_bytes());
            record(&mut out, 0x0203, &cell);
        }
        if row % 2 == 0 {
            let mut cell = place(row, 3);
            cell.extend((u32::from(row) << 2 | 2).to_le_bytes());
            record(&mut out, 0x027E, &cell);
        } else {
            let mut cell = place(row, 3);
            cell.extend(2.5_f64.to_le_bytes());
            cell.extend([0, 0, 0, 0, 0, 0, 3, 0, 0x1E, 5, 0]);
            record(&mut out, 0x0006, &cell);
        }
    }
    let mut many = place(11, 3);
    many.extend([0, 0, 0x1A, 0, 0, 0, 0x0E, 0, 0, 0, 4, 0]);
    record(&mut out, 0x00BD, &many);
    record(&mut out, 0x000A, &[]);
    // From 4096 bytes on a stream lies in whole sectors.
    out.resize(out.len().max(4096).next_multiple_of(512), 0);
    out
}

pub fn xls() -> Vec<Case> {
    const END: u32 = 0xFFFF_FFFE;
    const TABLE: u32 = 0xFFFF_FFFD;
    const FREE: u32 = u32::MAX;
    let stream = stream();
    let sectors = u32::try_from(stream.len() / 512).unwrap_or(0);
    let mut out = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    out.extend([0; 16]);
    for word in [0x3E_u16, 3, 0xFFFE, 9, 6, 0, 0, 0] {
        out.extend(word.to_le_bytes());
    }
    // One sector of the table of sectors, which is the first; the directory is the second.
    for word in [0, 1, 1, 0, 4096, END, 0, END, 0, 0] {
        out.extend(word.to_le_bytes());
    }
    out.extend((1..109).flat_map(|_| FREE.to_le_bytes()));
    let chain = (0..128_u32).map(|sector| match sector {
        0 => TABLE,
        1 => END,
        _ if sector < sectors + 1 => sector + 1,
        _ if sector == sectors + 1 => END,
        _ => FREE,
    });
    out.extend(chain.flat_map(u32::to_le_bytes));
    for (name, kind, start, length) in [
        ("Root Entry", 5_u8, END, 0),
        ("Workbook", 2, 2, stream.len()),
        ("", 0, 0, 0),
        ("", 0, 0, 0),
    ] {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let bytes = u16::try_from(entry.len()).unwrap_or(0);
        entry.resize(64, 0);
        entry.extend((if bytes > 0 { bytes + 2 } else { 0 }).to_le_bytes());
        entry.extend([kind, 1]);
        for link in [FREE, FREE, if kind == 5 { 1 } else { FREE }] {
            entry.extend(link.to_le_bytes());
        }
        entry.resize(116, 0);
        entry.extend(start.to_le_bytes());
        entry.extend((length as u64).to_le_bytes());
        out.extend(entry);
    }
    out.extend(stream);
    vec![Case::one("a.xls", out)]
}

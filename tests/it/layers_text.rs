//! Text in every encoding becomes the same text.

use std::io::{Read, Write};

use jintu::store::layers::{OpenOptions, Source, TextReader, script_of};

use crate::temp_folder::TempFolder;

const TEXT: &str = "名称,经度,纬度\r\n太原南站𠮷,112.5492,37.8706\n";

fn read(bytes: &[u8]) -> (String, usize, bool) {
    let script = script_of(&mut &*bytes).unwrap();
    let mut reader = TextReader::new(bytes, script);
    let mut text = String::new();
    // In small steps, as parsers read.
    let mut step = [0; 7];
    let mut all = Vec::new();
    loop {
        let n = reader.read(&mut step).unwrap();
        if n == 0 {
            break;
        }
        all.write_all(&step[..n]).unwrap();
    }
    text.push_str(std::str::from_utf8(&all).unwrap());
    assert_eq!(reader.counts().bytes(), bytes.len() as u64);
    (text, reader.counts().bad(), script.is_guessed)
}

fn wide(text: &str, big: bool) -> Vec<u8> {
    let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn every_encoding_gives_the_same_text() {
    let marked = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
    let cases = [
        ("utf-8", TEXT.as_bytes().to_vec(), false),
        ("utf-8 with its mark", marked(b"\xEF\xBB\xBF", TEXT.as_bytes()), false),
        ("utf-16 le", marked(b"\xFF\xFE", &wide(TEXT, false)), false),
        ("utf-16 be", marked(b"\xFE\xFF", &wide(TEXT, true)), false),
        ("utf-16 le, unmarked", wide(TEXT, false), true),
        ("utf-16 be, unmarked", wide(TEXT, true), true),
        ("gb 18030", encoding_rs::GB18030.encode(TEXT).0.into_owned(), true),
    ];
    for (name, bytes, is_guessed) in cases {
        assert_eq!(read(&bytes), (TEXT.to_owned(), 0, is_guessed), "{name}");
    }
}

#[test]
fn one_bad_byte_is_one_sign() {
    let mut bytes = TEXT.as_bytes().to_vec();
    bytes.insert(10, 0xFF);
    let (text, bad, is_guessed) = read(&bytes);
    assert_eq!((bad, is_guessed), (1, false));
    let (before, after) = TEXT.split_at(10);
    assert_eq!(text, format!("{before}\u{FFFD}{after}"));
}

/// A character of two bytes lies on the border of two blocks wherever the first byte is.
#[test]
fn characters_across_blocks_are_whole() {
    for lead in 0..4 {
        let text = "a".repeat(lead) + &"界址点𠮷".repeat(40_000);
        assert!(read(text.as_bytes()) == (text.clone(), 0, false));
        let (gbk, _, _) = encoding_rs::GB18030.encode(&text);
        assert!(read(&gbk) == (text, 0, true));
    }
}

/// What says most about a long file may stand at its end.
#[test]
fn the_first_foreign_sign_may_come_late() {
    // 太原 in GB 18030 is valid UTF-8 too, of signs that nobody writes.
    for end in ["晋源", "太原"] {
        let text = "112.5,37.8\n".repeat(100_000) + end;
        let (gbk, _, _) = encoding_rs::GB18030.encode(&text);
        assert!(read(&gbk) == (text, 0, true), "{end}");
    }
    let degrees = "112°30′ é ß λ";
    assert_eq!(read(degrees.as_bytes()), (degrees.to_owned(), 0, false));
}

#[test]
fn a_declaration_helps_where_the_text_is_no_utf_8() {
    let xml = "<?xml version='1.0' encoding='Big5'?><a>太原</a>";
    let (bytes, _, _) = encoding_rs::BIG5.encode(xml);
    assert_eq!(read(&bytes), (xml.to_owned(), 0, false));
    // And is not believed where it is.
    assert_eq!(read(xml.as_bytes()), (xml.to_owned(), 0, false));
}

#[test]
fn what_is_no_text_is_none() {
    let folder = TempFolder::new("text");
    let is_text = |bytes: &[u8]| {
        let path = folder.path().join("a");
        std::fs::write(&path, bytes).unwrap();
        let options = OpenOptions::default();
        let source = Source::new(&path, &options).unwrap();
        (source.is_text(), source.start_text())
    };
    assert!(!is_text(b"").0);
    assert!(!is_text(&[0; 64]).0);
    let numbers: Vec<u8> = (0..64_u32).flat_map(u32::to_le_bytes).collect();
    assert_eq!(is_text(&numbers), (false, String::new()));
    let small: Vec<u8> = (0..64_u16).flat_map(u16::to_be_bytes).collect();
    assert_eq!(is_text(&small), (false, String::new()));
    assert_eq!(is_text(&wide(TEXT, false)), (true, TEXT.to_owned()));
}

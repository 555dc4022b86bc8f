//! A list as PDF, read by a small reader of our own.
#![expect(
    clippy::cast_possible_truncation,
    clippy::float_cmp,
    clippy::similar_names,
    clippy::format_collect,
    reason = "a test knows its numbers"
)]

use std::{collections::BTreeMap, io::Read as _};

use jintu::{
    font::Fonts,
    paper::{BoxPt, Item, PathDrawing, Pen, RectDrawing, Subject, TextDrawing, TextStyle},
    pdf::{Meta, Pdf, PdfError},
    store,
};
use proptest::prelude::*;

use crate::paper::{RED, every_kind, no_names, wild_item};

fn fonts() -> &'static Fonts {
    static FONTS: std::sync::OnceLock<Fonts> = std::sync::OnceLock::new();
    FONTS.get_or_init(|| store::fonts().unwrap())
}

fn meta() -> Meta {
    Meta {
        title: "太原市规划图".into(),
        author: "规划处".into(),
        creator: "锦图 Jintu 0.1".into(),
        language: "zh-CN".into(),
        created_unix_s: Some(951_827_696),
    }
}

fn written(items: &[Item]) -> Vec<u8> {
    let mut pdf = Pdf::new(meta(), fonts(), &no_names);
    pdf.add_page([420.0, 297.0], items).unwrap();
    pdf.finish().unwrap()
}

/// Objects by number: what stands before a stream, and the stream unpacked.
struct File {
    objects: BTreeMap<usize, (String, Vec<u8>)>,
    trailer: String,
}

fn find(bytes: &[u8], what: &str, from: usize) -> Option<usize> {
    bytes[from..].windows(what.len()).position(|w| w == what.as_bytes()).map(|at| from + at)
}

fn latin(bytes: &[u8]) -> String {
    bytes.iter().map(|b| char::from(*b)).collect()
}

impl File {
    /// Reads by the cross-reference table, which must tell the truth.
    fn read(bytes: &[u8]) -> Self {
        assert!(bytes.starts_with(b"%PDF-1.7"));
        let end = latin(&bytes[bytes.len() - 40..]);
        let start: usize =
            end.split("startxref").nth(1).unwrap().trim().lines().next().unwrap().parse().unwrap();
        let table = latin(&bytes[start..]);
        let mut lines = table.lines();
        assert_eq!(lines.next(), Some("xref"));
        let count: usize = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let mut objects = BTreeMap::new();
        for (number, line) in lines.by_ref().take(count).enumerate() {
            if !line.contains(" n") {
                continue;
            }
            let at: usize = line.split(' ').next().unwrap().parse().unwrap();
            let head = format!("{number} 0 obj\n");
            assert_eq!(latin(&bytes[at..at + head.len()]), head);
            let stop = find(bytes, "endobj", at).unwrap();
            let stream = find(bytes, "stream\n", at).filter(|s| *s < stop);
            let dict = latin(&bytes[at + head.len()..stream.unwrap_or(stop)]);
            let mut data = Vec::new();
            if let Some(stream) = stream {
                let length =
                    value(&dict, "Length").split(' ').next().unwrap().parse::<usize>().unwrap();
                let packed = &bytes[stream + 7..stream + 7 + length];
                assert!(latin(&bytes[stream + 7 + length..]).trim_start().starts_with("endstream"));
                assert!(dict.contains("/FlateDecode"));
                flate2::read::ZlibDecoder::new(packed).read_to_end(&mut data).unwrap();
            }
            objects.insert(number, (dict, data));
        }
        Self { objects, trailer: lines.collect::<Vec<_>>().join("\n") }
    }

    fn dict(&self, reference: &str) -> &str {
        &self.objects[&number(reference)].0
    }

    fn of_type(&self, name: &str) -> Vec<&(String, Vec<u8>)> {
        let wanted = format!("/Type /{name}\n");
        let objects = self.objects.values();
        objects.filter(|(dict, _)| format!("{dict}\n").contains(&wanted)).collect()
    }

    fn contents(&self) -> Vec<String> {
        let pages = self.of_type("Page");
        let content = |(dict, _): &&(String, Vec<u8>)| {
            latin(&self.objects[&number(&value(dict, "Contents"))].1)
        };
        pages.iter().map(content).collect()
    }

    /// Characters by code, of the fonts `F0` and `F1`.
    fn maps(&self) -> BTreeMap<String, BTreeMap<u16, String>> {
        let resources = self.dict(&value(&self.of_type("Page")[0].0, "Resources"));
        let mut maps = BTreeMap::new();
        for name in ["F0", "F1"] {
            if !resources.contains(&format!("/{name} ")) {
                continue;
            }
            let font = self.dict(&value(resources, name));
            assert!(font.contains("/Identity-H"));
            let map = latin(&self.objects[&number(&value(font, "ToUnicode"))].1);
            let mut codes = BTreeMap::new();
            for line in map.lines().filter(|line| line.starts_with('<') && line.contains("> <")) {
                let (code, text) = line.trim_matches(['<', '>']).split_once("> <").unwrap();
                let units: Vec<u16> = (0..text.len() / 4)
                    .map(|i| u16::from_str_radix(&text[4 * i..4 * i + 4], 16).unwrap())
                    .collect();
                let code = u16::from_str_radix(code, 16).unwrap();
                codes.insert(code, String::from_utf16(&units).unwrap());
            }
            maps.insert(name.to_owned(), codes);
        }
        maps
    }
}

fn value(dict: &str, key: &str) -> String {
    let at = dict.find(&format!("/{key} ")).unwrap_or_else(|| panic!("{key} in {dict}"));
    dict[at + key.len() + 2..].lines().next().unwrap().trim().to_owned()
}

fn number(reference: &str) -> usize {
    reference.split(' ').next().unwrap().parse().unwrap()
}

/// Operands and operators of a content; strings as their bytes in hexadecimal.
fn tokens(content: &str) -> Vec<String> {
    let bytes: Vec<u8> = content.chars().map(|c| u32::from(c) as u8).collect();
    let (mut tokens, mut i) = (Vec::new(), 0);
    let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
    while i < bytes.len() {
        match bytes[i] {
            b'(' => {
                let (mut depth, mut string) = (1, Vec::new());
                i += 1;
                while depth > 0 {
                    match bytes[i] {
                        b'\\' => {
                            i += 1;
                            let octal = latin(&bytes[i..(i + 3).min(bytes.len())]);
                            if let Ok(code) = u8::from_str_radix(&octal, 8) {
                                string.push(code);
                                i += 3;
                                continue;
                            }
                            string.push(match bytes[i] {
                                b'n' => b'\n',
                                b'r' => b'\r',
                                b't' => b'\t',
                                b'b' => 8,
                                b'f' => 12,
                                b'0'..=b'7' => {
                                    let digits = bytes[i..].iter().take(3);
                                    let digits = digits.take_while(|b| (b'0'..=b'7').contains(*b));
                                    let digits = latin(&digits.copied().collect::<Vec<u8>>());
                                    i += digits.len() - 1;
                                    u8::from_str_radix(&digits, 8).unwrap()
                                }
                                other => other,
                            });
                        }
                        b'(' => {
                            depth += 1;
                            string.push(b'(');
                        }
                        b')' => {
                            depth -= 1;
                            if depth > 0 {
                                string.push(b')');
                            }
                        }
                        other => string.push(other),
                    }
                    i += 1;
                }
                tokens.push(format!("({}", hex(&string)));
            }
            b'<' if bytes[i + 1] != b'<' => {
                let end = i + bytes[i..].iter().position(|b| *b == b'>').unwrap();
                let digits = latin(&bytes[i + 1..end]).to_lowercase();
                tokens.push(format!("({digits}"));
                i = end + 1;
            }
            c if c.is_ascii_whitespace() => i += 1,
            b'[' | b']' => {
                tokens.push(char::from(bytes[i]).to_string());
                i += 1;
            }
            _ => {
                let length = bytes[i..]
                    .iter()
                    .skip(1)
                    .position(|b| b.is_ascii_whitespace() || b"[]()".contains(b))
                    .map_or(bytes.len() - i, |at| at + 1);
                tokens.push(latin(&bytes[i..i + length]));
                i += length;
            }
        }
    }
    tokens
}

/// The text of a page, one piece for each run of glyphs.
fn text(file: &File, content: &str) -> Vec<String> {
    let maps = file.maps();
    let (mut texts, mut font) = (Vec::new(), String::new());
    let tokens = tokens(content);
    let mut array_from = 0;
    for (i, token) in tokens.iter().enumerate() {
        match token.as_str() {
            "Tf" => tokens[i - 2].trim_start_matches('/').clone_into(&mut font),
            "[" => array_from = i,
            "TJ" => {
                let strings = tokens[array_from..i].iter().filter_map(|t| t.strip_prefix('('));
                let codes = strings.flat_map(|hex| {
                    (0..hex.len() / 4)
                        .map(|k| u16::from_str_radix(&hex[4 * k..4 * k + 4], 16).unwrap())
                        .collect::<Vec<_>>()
                });
                texts.push(codes.map(|code| maps[&font][&code].clone()).collect::<String>());
            }
            _ => {}
        }
    }
    texts
}

/// Every operator that opens something is followed by the one that closes it.
fn assert_balanced(content: &str) {
    let mut open: Vec<&str> = Vec::new();
    let tokens = tokens(content);
    for token in &tokens {
        match token.as_str() {
            "q" | "BT" | "BDC" => open.push(match token.as_str() {
                "q" => "Q",
                "BT" => "ET",
                _ => "EMC",
            }),
            "Q" | "ET" | "EMC" => assert_eq!(open.pop(), Some(token.as_str())),
            _ => {}
        }
    }
    assert_eq!(open, Vec::<&str>::new());
    for token in tokens {
        assert!(!token.contains("NaN") && !token.contains("inf"), "{token}");
    }
}

#[test]
fn pages_have_their_exact_size() {
    let mut pdf = Pdf::new(meta(), fonts(), &no_names);
    let sizes = [([420.0, 297.0], [1190.5512, 841.8898]), ([841.0, 1189.0], [2383.937, 3370.3938])];
    for (size, _) in sizes {
        pdf.add_page(size, &every_kind()).unwrap();
    }
    let file = File::read(&pdf.finish().unwrap());
    let pages = file.of_type("Page");
    assert_eq!(pages.len(), 2);
    for ((dict, _), (_, expected)) in pages.iter().zip(sizes) {
        let media = value(dict, "MediaBox");
        let sides: Vec<f32> = media
            .trim_matches(['[', ']'])
            .split_whitespace()
            .skip(2)
            .map(|v| v.parse().unwrap())
            .collect();
        for (side, expected) in sides.iter().zip(expected) {
            assert!((side - expected).abs() < 0.001, "{side} {expected}");
        }
    }
    for bad in [[0.0, 10.0], [f32::NAN, 10.0], [-3.0, 10.0], [6000.0, 10.0], [f32::INFINITY, 1.0]] {
        let error = Pdf::new(meta(), fonts(), &no_names).add_page(bad, &[]);
        assert!(matches!(error, Err(PdfError::PageSize { .. })), "{bad:?}");
    }
    let none = Pdf::new(meta(), fonts(), &no_names).finish();
    assert!(matches!(none, Err(PdfError::NoPages)));
}

#[test]
fn text_can_be_found_and_copied() {
    let file = File::read(&written(&every_kind()));
    let content = &file.contents()[0];
    assert_balanced(content);
    assert_eq!(text(&file, content), ["太绥高铁", "清徐县", "Qingxu", "AVTo 350 km/h <&>"]);
    // Tracked letters are told in one piece, lest a reader takes the space for blanks.
    let told = content.matches("/ActualText").count();
    assert_eq!(told, 1);
    let fonts = file.of_type("FontDescriptor");
    assert_eq!(fonts.len(), 2);
    for (dict, _) in fonts {
        let name = value(dict, "FontName");
        assert!(
            name.contains("+JintuSans-")
                && name.len() == "/ABCDEF+JintuSans-".len() + name.split('-').nth(1).unwrap().len(),
            "{name}"
        );
        let (font, data) = &file.objects[&number(&value(dict, "FontFile3"))];
        assert!(font.contains("/CIDFontType0C"));
        assert!(data.starts_with(&[1, 0]) && data.len() < 12_000, "CFF 1.0: {}", data.len());
    }
}

#[test]
fn letters_of_a_name_are_told_as_one() {
    let style = TextStyle::plain(20.0, RED);
    let places = vec![[50.0, 60.0], [55.0, 90.0], [60.0, 120.0], [65.0, 150.0]];
    let name = TextDrawing::spread(&["太", "绥", "高", "铁"], places, style);
    let file = File::read(&written(&[name.into()]));
    let content = &file.contents()[0];
    assert_balanced(content);
    assert_eq!(text(&file, content), ["太", "绥", "高", "铁"]);
    let tokens = tokens(content);
    let told = tokens.iter().position(|t| t == "/ActualText").unwrap();
    assert_eq!(tokens[told + 1], "(feff592a7ee59ad894c1");
    assert_eq!(tokens.iter().filter(|t| *t == "BDC").count(), 1);
}

/// Where each glyph comes to stand by the page's own numbers is where the layout wants it.
#[test]
fn glyphs_stand_where_the_layout_puts_them() {
    let style = TextStyle::plain(20.0, RED);
    let drawing = TextDrawing::left("AVTo 太绥", [50.0, 60.0], style.tracked(0.1));
    let file = File::read(&written(&[drawing.clone().into()]));
    let content = &file.contents()[0];
    let maps = file.maps();
    let resources = file.dict(&value(&file.of_type("Page")[0].0, "Resources"));
    let font = file.dict(&value(resources, "F0"));
    let descendant = value(font, "DescendantFonts");
    let cid = file.dict(descendant.trim_matches('['));
    let widths: Vec<f32> = cid[cid.find("/W [").unwrap() + 4..]
        .split('[')
        .nth(1)
        .unwrap()
        .split(']')
        .next()
        .unwrap()
        .split_whitespace()
        .map(|w| w.parse().unwrap())
        .collect();
    let tokens = tokens(content);
    let matrix = tokens.iter().position(|t| t == "Tm").unwrap();
    let mut x: f32 = tokens[matrix - 2].parse().unwrap();
    let line = &fonts().lines(&drawing)[0];
    let mut expected = line.glyphs.iter();
    let from = tokens.iter().position(|t| t == "[").unwrap();
    let to = tokens.iter().position(|t| t == "TJ").unwrap();
    for token in &tokens[from + 1..to - 1] {
        if let Some(hex) = token.strip_prefix('(') {
            for k in 0..hex.len() / 4 {
                let code = u16::from_str_radix(&hex[4 * k..4 * k + 4], 16).unwrap();
                let glyph = expected.next().unwrap();
                let wanted = line.from_pt[0] + glyph.at_pt[0];
                assert!((x - wanted).abs() < 0.05, "{}: {x} {wanted}", maps["F0"][&code]);
                x += widths[usize::from(code)] / 1000.0 * 20.0;
            }
        } else {
            x -= token.parse::<f32>().unwrap() / 1000.0 * 20.0;
        }
    }
    assert!(expected.next().is_none());
}

#[test]
fn what_the_document_tells_of_itself() {
    let bytes = written(&every_kind());
    let file = File::read(&bytes);
    let info = file.dict(&value(&file.trailer, "Info"));
    assert!(info.contains("/CreationDate (D:20000229123456Z)"), "{info}");
    let utf16 = |text: &str| {
        text.encode_utf16().flat_map(u16::to_be_bytes).map(char::from).collect::<String>()
    };
    for part in ["规划处", "锦图"] {
        // As hexadecimal digits or as bytes.
        let digits: String = utf16(part).chars().map(|c| format!("{:02X}", u32::from(c))).collect();
        assert!(info.contains(&digits) || info.contains(&utf16(part)), "{part} in {info}");
    }
    let catalog = file.dict(&value(&file.trailer, "Root"));
    assert!(catalog.contains("/Lang (zh-CN)") && catalog.contains("/DisplayDocTitle true"));
    // Nothing but what was handed in.
    let mut silent = Pdf::new(Meta::default(), fonts(), &no_names);
    silent.add_page([10.0, 10.0], &[]).unwrap();
    let silent = File::read(&silent.finish().unwrap());
    let info = silent.dict(&value(&silent.trailer, "Info"));
    assert!(!info.contains("Date") && !info.contains("Title"), "{info}");
}

#[test]
fn dates_are_those_of_the_calendar() {
    for (seconds, expected) in [
        (0, "19700101000000Z"),
        (951_782_399, "20000228235959Z"),
        (951_782_400, "20000229000000Z"),
        (1_767_225_599, "20251231235959Z"),
        (4_107_542_400, "21000301000000Z"),
        (-1, "19691231235959Z"),
    ] {
        let meta = Meta { created_unix_s: Some(seconds), ..Meta::default() };
        let mut pdf = Pdf::new(meta, fonts(), &no_names);
        pdf.add_page([10.0, 10.0], &[]).unwrap();
        let bytes = latin(&pdf.finish().unwrap());
        assert!(bytes.contains(&format!("/CreationDate (D:{expected})")), "{seconds}");
    }
    for far in [i64::MIN, i64::MAX, -100_000_000_000_000] {
        let meta = Meta { created_unix_s: Some(far), ..Meta::default() };
        let mut pdf = Pdf::new(meta, fonts(), &no_names);
        pdf.add_page([10.0, 10.0], &[]).unwrap();
        assert!(!latin(&pdf.finish().unwrap()).contains("CreationDate"));
    }
}

#[test]
fn subjects_of_one_name_share_a_layer() {
    let layer = |subject: &Subject| match subject {
        Subject::Labels => Some("注记".to_owned()),
        Subject::Projects(_) | Subject::Layer(_) => Some("项目 (1)".to_owned()),
        _ => None,
    };
    let mut pdf = Pdf::new(meta(), fonts(), &layer);
    pdf.add_page([420.0, 297.0], &every_kind()).unwrap();
    pdf.add_page([420.0, 297.0], &every_kind()).unwrap();
    let file = File::read(&pdf.finish().unwrap());
    assert_eq!(file.of_type("OCG").len(), 2);
    let catalog = file.dict(&value(&file.trailer, "Root"));
    assert!(catalog.contains("/OCProperties"));
    for content in file.contents() {
        assert_balanced(&content);
        assert_eq!(content.matches("/OC /L0 BDC").count(), 2);
        assert_eq!(content.matches("/OC /L1 BDC").count(), 1);
    }
}

#[test]
fn images_and_dots_lie_in_the_file_once() {
    let file = File::read(&written(&every_kind()));
    let is = |subtype: &str| {
        let wanted = format!("/Subtype /{subtype}");
        let objects = file.objects.values();
        objects.filter(|(dict, _)| dict.contains(&wanted)).collect::<Vec<_>>()
    };
    // The picture and its mask.
    let images = is("Image");
    assert_eq!(images.len(), 2);
    let color: Vec<u8> = vec![255, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0];
    assert!(images.iter().any(|(_, data)| *data == color));
    assert!(images.iter().any(|(_, data)| *data == [255, 255, 255, 0]));
    assert_eq!(is("Form").len(), 1);
    let content = &file.contents()[0];
    assert_eq!(content.matches("/D0 Do").count(), 100);
    assert_eq!(content.matches("/I0 Do").count(), 2);
}

#[test]
fn a_pen_is_told_only_when_it_changes() {
    let line =
        |y: f32, pen: &Pen| Item::from(PathDrawing::line(&[[0.0, y], [9.0, y]], pen.clone()));
    let pen = Pen::solid(2.0, RED);
    let dashed = pen.clone().dashed(vec![3.0, 2.0], 0.0);
    let clip = Item::clip(BoxPt::new(0.0, 0.0, 50.0, 50.0), vec![line(3.0, &dashed)]);
    let items = [line(1.0, &pen), line(2.0, &pen), clip, line(4.0, &pen), line(5.0, &dashed)];
    let file = File::read(&written(&items));
    let tokens = tokens(&file.contents()[0]);
    let count = |operator: &str| tokens.iter().filter(|token| *token == operator).count();
    assert_eq!((count("RG"), count("w"), count("S")), (1, 1, 5));
    // Inside the clip, and after it anew: what a clip sets ends with it.
    assert_eq!(count("d"), 2);
}

#[test]
fn the_same_lists_give_the_same_bytes() {
    assert_eq!(written(&every_kind()), written(&every_kind()));
}

#[test]
fn a_page_without_text_has_no_font() {
    let rect = RectDrawing::filled(BoxPt::new(0.0, 0.0, 9.0, 9.0), RED);
    let bytes = written(&[rect.into()]);
    assert!(bytes.len() < 2000 && File::read(&bytes).of_type("Font").is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_list_breaks_the_file(items in prop::collection::vec(wild_item(), 0..6)) {
        let file = File::read(&written(&items));
        let content = &file.contents()[0];
        assert_balanced(content);
        text(&file, content);
    }
}

/// Closed paths of four corners with sides along the page's. The list's points are 1/96 inch.
fn rects(tokens: &[String]) -> Vec<[f64; 4]> {
    let mut rects = Vec::new();
    let mut corners: Vec<[f64; 2]> = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        let point = || [2, 1].map(|back| tokens[i - back].parse::<f64>().unwrap() * 0.75);
        match token.as_str() {
            "m" => corners = vec![point()],
            "l" => corners.push(point()),
            "h" if corners.len() == 4 => {
                let of = |axis: usize| corners.iter().map(move |corner| corner[axis]);
                let least = [0, 1].map(|axis| of(axis).fold(f64::INFINITY, f64::min));
                let most = [0, 1].map(|axis| of(axis).fold(f64::NEG_INFINITY, f64::max));
                let upright = corners
                    .iter()
                    .all(|c| [0, 1].iter().all(|&a| c[a] == least[a] || c[a] == most[a]));
                if upright {
                    rects.push([least[0], least[1], most[0] - least[0], most[1] - least[1]]);
                }
            }
            "c" => corners.clear(),
            _ => {}
        }
    }
    rects
}

/// What another test asks of a document with one page.
pub struct Document {
    /// Width and height, in points of 1/72 inch.
    pub media_box_pt: [f64; 2],
    /// One piece for each run of glyphs.
    pub texts: Vec<String>,
    /// Left, top, width and height of rectangles, in the page's points; y counts downwards.
    pub rects_pt: Vec<[f64; 4]>,
}

impl Document {
    pub fn read(bytes: &[u8]) -> Self {
        let file = File::read(bytes);
        let pages = file.of_type("Page");
        assert_eq!(pages.len(), 1);
        let media: Vec<f64> = value(&pages[0].0, "MediaBox")
            .trim_matches(['[', ']'])
            .split_whitespace()
            .map(|side| side.parse().unwrap())
            .collect();
        assert_eq!(media[..2], [0.0, 0.0]);
        let content = &file.contents()[0];
        let tokens = tokens(content);
        Self {
            media_box_pt: [media[2], media[3]],
            texts: text(&file, content),
            rects_pt: rects(&tokens),
        }
    }
}

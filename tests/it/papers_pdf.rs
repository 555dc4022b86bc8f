//! Plans as PDF: by writers of other people, and small files made here.

use std::io::Write;

use encoding_rs::GB18030;
use flate2::{Compression, write::ZlibEncoder};
use jintu::{
    document::{PaperCause, PaperKind, Place},
    plan::parse,
    store::papers::PaperFault,
};

use crate::papers::{PLAN_TXT, endure, items, read};

const PLAN_PDF: &[u8] =
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/papers/plan.pdf"));
const PLAN_GB: &[u8] =
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/papers/plan_gb.pdf"));
const LOCKED: &[u8] =
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/papers/locked.pdf"));
const OWNED: &[u8] =
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/papers/owned.pdf"));

/// A file of objects, the first of which is the catalogue.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(file.len());
        writeln!(file, "{} 0 obj", i + 1).unwrap();
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        writeln!(file, "{place:010} 00000 n ").unwrap();
    }
    write!(
        file,
        "trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    )
    .unwrap();
    file
}

fn stream(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    let mut object = format!("<<{dictionary}/Length {}>>\nstream\n", bytes.len()).into_bytes();
    object.extend(bytes);
    object.extend(b"\nendstream");
    object
}

/// Pages of contents in one font, with more objects from number 5 on.
fn pages(font: &str, contents: &[Vec<u8>], more: &[Vec<u8>]) -> Vec<u8> {
    let first = 5 + more.len();
    let kids: Vec<String> = (0..contents.len()).map(|i| format!("{} 0 R", first + 2 * i)).collect();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!(
            "<</Type/Pages/Count {}/Kids[{}]/MediaBox[0 0 595 842]/Resources 3 0 R>>",
            kids.len(),
            kids.join(" ")
        )
        .into_bytes(),
        b"<</Font<</F 4 0 R>>/XObject<</X 5 0 R>>>>".to_vec(),
        font.as_bytes().to_vec(),
    ];
    objects.extend(more.iter().cloned());
    for (i, content) in contents.iter().enumerate() {
        let own = first + 2 * i + 1;
        objects.push(format!("<</Type/Page/Parent 2 0 R/Contents {own} 0 R>>").into_bytes());
        objects.push(stream("", content));
    }
    pdf(&objects)
}

const GBK: &str = "<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/GBK-EUC-H/DescendantFonts\
    [<</Type/Font/Subtype/CIDFontType0/BaseFont/SimSun\
    /CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>]>>";
const IDENTITY: &str = "<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+FangSong/Encoding/Identity-H\
    /DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+FangSong\
    /CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>";

/// The codes of words in GBK, as a string of a PDF.
fn hex(words: &str) -> String {
    let codes = GB18030.encode(words).0;
    codes.iter().map(|code| format!("{code:02X}")).collect::<Vec<_>>().concat()
}

/// Words at a place, in a font of GBK.
fn at(x: f32, y: f32, words: &str) -> Vec<u8> {
    let hex = hex(words);
    format!("BT /F 12 Tf 1 0 0 1 {x} {y} Tm <{hex}> Tj ET\n").into_bytes()
}

fn lines(bytes: &[u8]) -> Vec<String> {
    let paper = read(bytes, "pdf").unwrap();
    let text = String::from_utf8(paper.text).unwrap();
    text.lines().map(|line| line.trim().to_owned()).collect()
}

fn causes(bytes: &[u8]) -> Vec<(PaperCause, usize)> {
    read(bytes, "pdf").unwrap().findings.iter().map(|f| (f.cause, f.count)).collect()
}

#[test]
fn the_plan_as_pdf_gives_the_same_items() {
    let own = parse(PLAN_TXT);
    for (name, bytes) in [("Typst", PLAN_PDF), ("ReportLab", PLAN_GB)] {
        let paper = read(bytes, "pdf").unwrap();
        assert_eq!(paper.kind, PaperKind::Pdf);
        let other = parse(&paper.text);
        assert_eq!(items(&other).len(), 38, "{name}");
        for (a, b) in items(&own).iter().zip(&items(&other)) {
            assert_eq!(a, b, "{name}");
        }
        assert_eq!(own.plan.title, other.plan.title, "{name}");
        // Typst says itself what is a running head.
        let told: Vec<_> = paper.findings.iter().map(|f| (f.cause, f.count >= 30)).collect();
        let is_marked = name == "Typst";
        assert!(told == [(PaperCause::PageFurniture, true)] || is_marked && told.is_empty());
        let title = String::from_utf8_lossy(&paper.text).matches(&own.plan.title).count();
        assert_eq!(title, 1, "{name}");
    }
}

#[test]
fn every_name_leads_back_to_its_page_and_place() {
    let paper = read(PLAN_PDF, "pdf").unwrap();
    let plan = parse(&paper.text).plan;
    let mut last = (0, 0.0);
    for item in plan.boxes.iter().flat_map(|b| &b.items) {
        let span = plan.text.source_span(item.name_range);
        let places: Vec<Place> = paper.map.places(span.start..span.end).collect();
        assert!(!places.is_empty());
        for place in places {
            let Place::Page { page, rect } = place else { panic!("{place:?}") };
            assert!((page, rect.bottom_pt) >= last, "{last:?} {place:?}");
            last = (page, rect.bottom_pt);
            assert!(rect.left_pt >= 60.0 && rect.right_pt <= 535.0, "{rect:?}");
            assert!((rect.bottom_pt - rect.top_pt - 12.0).abs() < 0.1, "{rect:?}");
        }
    }
}

#[test]
fn lines_that_the_page_parts_are_one_paragraph() {
    let full = "甲".repeat(36);
    let content = [
        at(96.0, 700.0, &"乙".repeat(34)),
        at(72.0, 680.0, &full),
        at(72.0, 660.0, "末尾。"),
        at(96.0, 640.0, "另起一段。"),
        at(72.0, 620.0, "1.路。"),
        at(72.0, 600.0, "2.桥。"),
        at(72.0, 580.0, "名称"),
        at(300.0, 580.0, "投资"),
    ]
    .concat();
    let joined = format!("{}{full}末尾。", "乙".repeat(34));
    let read = lines(&pages(GBK, &[content], &[]));
    assert_eq!(read, [joined.as_str(), "另起一段。", "1.路。", "2.桥。", "名称\t投资"]);
}

#[test]
fn two_columns_are_read_one_after_the_other() {
    let mut content = at(200.0, 780.0, &"题".repeat(14));
    for i in 0_u8..12 {
        let y = 740.0 - 20.0 * f32::from(i);
        let words = |side: &str| format!("{side}{}", "字".repeat(15));
        content.extend(at(72.0, y, &words("左")));
        content.extend(at(310.0, y, &words("右")));
    }
    let text = lines(&pages(GBK, &[content], &[])).concat();
    let sides: String = text.chars().filter(|c| "题左右".contains(*c)).collect();
    assert_eq!(sides, format!("{}{}{}", "题".repeat(14), "左".repeat(12), "右".repeat(12)));
}

#[test]
fn heads_numbers_and_watermarks_are_left_out() {
    let page = |n: usize| {
        let mut content = at(200.0, 800.0, "某市某规划");
        content.extend(at(72.0, 700.0, &format!("第{n}段的话。")));
        content.extend(at(72.0, 680.0, &"话".repeat(30)));
        content.extend(at(280.0, 40.0, &format!("- {n} -")));
        let mark = hex("内部");
        content.extend(format!("BT /F 40 Tf .7 .7 -.7 .7 200 300 Tm <{mark}> Tj ET").into_bytes());
        content
    };
    let file = pages(GBK, &[page(1), page(2), page(3)], &[]);
    let text = lines(&file).concat();
    assert!(!text.contains("规划") && !text.contains("内部") && !text.contains("- 1 -"), "{text}");
    assert!(text.contains("第2段的话。"), "{text}");
    assert_eq!(causes(&file), [(PaperCause::PageFurniture, 6)]);
}

#[test]
fn fonts_say_what_their_signs_are_or_the_file_is_refused() {
    let content = b"BT /F 12 Tf 72 700 Td <000100020003> Tj ET ".repeat(10);
    let fault = read(&pages(IDENTITY, std::slice::from_ref(&content), &[]), "pdf").unwrap_err();
    assert_eq!(fault, PaperFault::NoCharacters { fonts: "FangSong".to_owned() });
    let map = b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n1 beginbfchar <0001> <2F00> endbfchar\n\
        1 beginbfrange <0002> <0003> <9879> endbfrange";
    let font = IDENTITY.replace("/Encoding", "/ToUnicode 5 0 R/Encoding");
    let read = lines(&pages(&font, &[content], &[stream("", map)]));
    // A radical is the ideograph that it looks like; a range counts on.
    assert_eq!(read[0].chars().take(3).collect::<String>(), "一项顺");
}

#[test]
fn scans_and_locked_files_are_told() {
    let picture = stream(
        "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray",
        b"x",
    );
    let page = b"q 595 0 0 842 0 0 cm /X Do Q".to_vec();
    let scan = pages(GBK, &[page.clone(), page.clone()], std::slice::from_ref(&picture));
    assert_eq!(read(&scan, "pdf").unwrap_err(), PaperFault::NoTextLayer { pages: 2 });
    let mixed = pages(GBK, &[at(72.0, 700.0, &"字".repeat(30)), page], &[picture]);
    assert_eq!(causes(&mixed), [(PaperCause::PagesWithoutText, 1)]);
    assert_eq!(read(LOCKED, "pdf").unwrap_err(), PaperFault::Encrypted);
    // What only forbids changes opens without a password.
    assert!(lines(OWNED).concat().contains("总投资12亿元"));
}

#[test]
fn bombs_and_circles_end() {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&vec![b' '; 130 << 20]).unwrap();
    let bomb = stream("/Filter/FlateDecode", &packed.finish().unwrap());
    let file = pages(GBK, &[b"/X Do".to_vec()], &[bomb]);
    assert_eq!(read(&file, "pdf").unwrap_err(), PaperFault::TooLarge);
    // A form that draws itself, twice.
    let circle = stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources 3 0 R", b"/X Do /X Do");
    let file = pages(GBK, &[b"/X Do".to_vec()], &[circle]);
    assert!(read(&file, "pdf").is_err());
    // Pages that hold themselves.
    let file = pdf(&[
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>".to_vec(),
    ]);
    assert!(read(&file, "pdf").is_err());
    let deep = pages(GBK, &[[b"[".repeat(1_000_000), b"q ".repeat(1_000_000)].concat()], &[]);
    assert!(read(&deep, "pdf").is_err());
}

#[test]
fn damaged_files_give_an_answer() {
    let content = [at(72.0, 700.0, "专栏1 项目"), at(72.0, 680.0, &"字".repeat(30))].concat();
    let font = IDENTITY.replace("/Encoding", "/ToUnicode 5 0 R/Encoding");
    let map = b"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <4E00> endbfrange";
    endure(&pages(&font, &[content.clone(), content.clone()], &[stream("", map)]), "pdf");
    endure(&pages(GBK, &[content.clone(), content], &[]), "pdf");
}

//! Plans in other forms than text: DOCX. The same plan gives the same items in every form.

use std::{
    io::{Cursor, Write},
    sync::atomic::AtomicBool,
};

use jintu::{
    document::{Paper, PaperCause, PaperKind, Place},
    plan::{NodeKind, OutlineNode, Parsed, parse},
    store::{
        SEEDS,
        papers::{PaperFault, read_bytes, shown_number},
    },
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

pub(crate) const PLAN_TXT: &[u8] = SEEDS.plan;
pub(crate) const PLAN_DOCX: &[u8] =
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/papers/plan.docx"));

pub(crate) fn read(bytes: &[u8], extension: &str) -> Result<Paper, PaperFault> {
    read_bytes(bytes.to_vec(), extension, &AtomicBool::new(false))
}

fn text(paper: &Paper) -> &str {
    std::str::from_utf8(&paper.text).unwrap()
}

pub(crate) fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        writer.start_file(*name, options).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A document of a body, with other parts of `word/`.
pub fn docx(body: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    let mut files = vec![("word/document.xml", document.as_str())];
    files.extend(others);
    zipped(&files)
}

fn p(words: &str) -> String {
    format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
}

fn lines(body: &str, others: &[(&str, &str)]) -> Vec<String> {
    let paper = read(&docx(body, others), "docx").unwrap();
    text(&paper).lines().map(|line| line.trim().to_owned()).collect()
}

/// Everything that a reader of items sees: number, name, whole text, and its figures.
pub(crate) fn items(parsed: &Parsed) -> Vec<(String, String, String, Vec<String>)> {
    let plan = &parsed.plan;
    let own = |id: &str| {
        let figures = plan.figures.iter().filter(|f| f.item.as_deref() == Some(id));
        figures
            .map(|f| {
                format!("{:?} {} {:?} {} {}", f.quantity, f.value, f.value_max, f.unit, f.approx)
            })
            .collect()
    };
    let items = plan.boxes.iter().flat_map(|b| &b.items);
    items
        .map(|i| (i.id.clone(), i.name.clone(), plan.text.slice(i.range).to_owned(), own(&i.id)))
        .collect()
}

#[test]
fn the_plan_as_docx_gives_the_same_items() {
    let paper = read(PLAN_DOCX, "docx").unwrap();
    assert_eq!(paper.kind, PaperKind::Docx);
    let (own, other) = (parse(PLAN_TXT), parse(&paper.text));
    assert_eq!(items(&own).len(), 38);
    assert_eq!(items(&own), items(&other));
    assert_eq!(own.plan.title, other.plan.title);
    let headings = |parsed: &Parsed| -> Vec<String> {
        let numbered = |n: &&OutlineNode| {
            matches!(n.kind, NodeKind::Chapter | NodeKind::Section | NodeKind::Item)
        };
        let nodes = parsed.plan.outline.nodes().iter().filter(numbered);
        nodes.map(|n| format!("{} {}", n.id, n.title)).collect()
    };
    assert_eq!(headings(&own), headings(&other));
    assert!(!text(&paper).contains("99亿元"), "deleted words are read");
    assert_eq!(text(&paper).matches("太原市“十四五”融入国家区域发展战略规划").count(), 1);
    let causes: Vec<_> = paper.findings.iter().map(|f| (f.cause, f.count)).collect();
    assert_eq!(causes, [(PaperCause::TrackedChanges, 1), (PaperCause::Contents, 5)]);
}

#[test]
fn every_name_leads_back_to_its_paragraph() {
    let paper = read(PLAN_DOCX, "docx").unwrap();
    let plan = parse(&paper.text).plan;
    let mut last = 0;
    for item in plan.boxes.iter().flat_map(|b| &b.items) {
        let span = plan.text.source_span(item.name_range);
        let places: Vec<Place> = paper.map.places(span.start..span.end).collect();
        let [Place::Paragraph { number }] = places[..] else { panic!("{places:?}") };
        assert!(number > last, "{number} behind {last}");
        last = number;
    }
}

#[test]
fn numbers_of_lists_are_as_shown() {
    let shown = [
        (1, "decimal", "1"),
        (10, "chineseCounting", "十"),
        (11, "chineseCounting", "十一"),
        (20, "chineseCountingThousand", "二十"),
        (105, "chineseCountingThousand", "一百零五"),
        (110, "chineseCountingThousand", "一百一十"),
        (1003, "japaneseCounting", "一千零三"),
        (21, "chineseLegalSimplified", "贰拾壹"),
        (3, "ideographTraditional", "丙"),
        (12, "ideographZodiac", "亥"),
        (20, "decimalEnclosedCircleChinese", "⑳"),
        (21, "decimalEnclosedCircle", "21"),
        (4, "lowerRoman", "iv"),
        (1994, "upperRoman", "MCMXCIV"),
        (27, "upperLetter", "AA"),
        (7, "decimalZero", "07"),
        (12, "decimalFullWidth", "１２"),
        (5, "unheardOf", "5"),
    ];
    for (n, format, words) in shown {
        assert_eq!(shown_number(n, format), words, "{n} {format}");
    }
}

#[test]
fn lists_count_by_level_restart_and_override() {
    let level = |n: usize, format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl='{n}'><w:start w:val='1'/><w:numFmt w:val='{format}'/><w:lvlText w:val='{text}'/></w:lvl>"
        )
    };
    let numbering = format!(
        "<w:numbering><w:abstractNum w:abstractNumId='7'>{}{}{}</w:abstractNum>\
         <w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>\
         <w:num w:numId='2'><w:abstractNumId w:val='7'/><w:lvlOverride w:ilvl='0'>\
         <w:startOverride w:val='5'/></w:lvlOverride></w:num></w:numbering>",
        level(0, "chineseCounting", "第%1章"),
        level(1, "decimal", "%1.%2"),
        level(2, "bullet", "\u{F06C}"),
    );
    let numbered = |list: u8, level: u8, words: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"
        )
    };
    let body = [
        numbered(1, 0, "甲"),
        numbered(1, 1, "乙"),
        numbered(1, 1, "丙"),
        numbered(1, 0, "丁"),
        numbered(1, 1, "戊"),
        numbered(1, 2, "己"),
        numbered(2, 0, "庚"),
        numbered(2, 0, "辛"),
        numbered(0, 0, "壬"),
    ];
    let read = lines(&body.concat(), &[("word/numbering.xml", &numbering)]);
    assert_eq!(
        read,
        [
            "第一章 甲",
            "一.1 乙",
            "一.2 丙",
            "第二章 丁",
            "二.1 戊",
            "● 己",
            "第五章 庚",
            "第六章 辛",
            "壬"
        ]
    );
}

#[test]
fn what_is_not_shown_is_not_read() {
    let body = format!(
        "{}<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p>\
         <w:p><w:r><w:t>后半</w:t></w:r><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>\
         <w:ins><w:r><w:t>，新增</w:t></w:r></w:ins>\
         <w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r></w:p>\
         <w:p><w:r><w:t>一</w:t><w:tab/><w:t>二</w:t><w:br/><w:t>三</w:t></w:r></w:p>\
         <w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>\
         <w:txbxContent>{}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>\
         <v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></mc:Fallback>\
         </mc:AlternateContent></w:r><w:r><w:t>锚</w:t></w:r></w:p>",
        p("开头。"),
        p("框内"),
        p("框内"),
    );
    assert_eq!(lines(&body, &[]), ["开头。", "前半后半，新增", "一\t二", "三", "锚", "框内"]);
    let paper = read(&docx(&body, &[]), "docx").unwrap();
    let causes: Vec<_> = paper.findings.iter().map(|f| (f.cause, f.count)).collect();
    assert_eq!(causes, [(PaperCause::TrackedChanges, 1), (PaperCause::HiddenText, 1)]);
}

#[test]
fn tables_are_rows_boxes_are_paragraphs_notes_come_last() {
    let cell = |words: &str| format!("<w:tc><w:tcPr/>{}</w:tc>", p(words));
    let body = format!(
        "<w:tbl><w:tr><w:tc>{}{}</w:tc></w:tr></w:tbl>\
         <w:tbl><w:tr>{}{}</w:tr><w:tr><w:trPr><w:del/></w:trPr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>{}",
        p("专栏1 框"),
        p("1.甲工程。"),
        cell("名"),
        cell("值"),
        cell("删"),
        cell("删"),
        cell("长度"),
        cell("3公里"),
        p("正文。"),
    );
    let notes = "<w:footnotes><w:footnote w:type='separator' w:id='0'><w:p/></w:footnote>\
                 <w:footnote w:id='2'><w:p><w:r><w:t>脚注。</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let read = lines(&body, &[("word/footnotes.xml", notes)]);
    assert_eq!(read, ["专栏1 框", "1.甲工程。", "名\t值", "长度\t3公里", "正文。", "脚注。"]);
}

#[test]
fn other_forms_are_told_by_their_content() {
    let compound = |name: &str| {
        let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        bytes.extend([0; 512]);
        bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    let fault = |bytes: &[u8]| read(bytes, "docx").unwrap_err();
    assert_eq!(fault(&compound("EncryptedPackage")), PaperFault::Encrypted);
    assert_eq!(fault(&compound("WordDocument")), PaperFault::OtherForm("DOC"));
    assert_eq!(fault(b"{\\rtf1 "), PaperFault::OtherForm("RTF"));
    assert_eq!(fault(&zipped(&[("ppt/presentation.xml", "<p/>")])), PaperFault::OtherForm("PPTX"));
    assert_eq!(fault(&zipped(&[("content.xml", "<p/>")])), PaperFault::OtherForm("ODT"));
    assert_eq!(fault(&docx("<w:p/>", &[])), PaperFault::NoWords);
    // A document under the name of a text is a document all the same.
    assert_eq!(read(PLAN_DOCX, "txt").unwrap().kind, PaperKind::Docx);
    assert_eq!(read(PLAN_TXT, "docx").unwrap().kind, PaperKind::Text);
}

#[test]
fn macros_are_told_and_bombs_refused() {
    let with_macros = docx(&p("甲。"), &[("word/vbaProject.bin", "x")]);
    let paper = read(&with_macros, "docm").unwrap();
    assert_eq!(paper.findings[0].cause, PaperCause::Macros);
    let bomb = docx(&" ".repeat(40 << 20), &[]);
    assert!(bomb.len() < 100_000);
    assert_eq!(read(&bomb, "docx").unwrap_err(), PaperFault::TooLarge);
    let deep = docx(&"<w:tbl>".repeat(100_000), &[]);
    assert_eq!(read(&deep, "docx").unwrap_err(), PaperFault::TooLarge);
}

#[test]
fn a_stopped_reading_ends() {
    let stopped = read_bytes(PLAN_DOCX.to_vec(), "docx", &AtomicBool::new(true));
    assert_eq!(stopped.unwrap_err(), PaperFault::Stopped);
}

/// The same numbers on each run.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % below.max(1)
    }
}

/// A reader answers every damaged file with a paper or a fault; some of both are seen.
pub(crate) fn endure(bytes: &[u8], extension: &str) {
    let (mut papers, mut faults) = (0, 0);
    let mut count = |result: Result<Paper, PaperFault>| match result {
        Ok(paper) => {
            parse(&paper.text);
            papers += 1;
        }
        Err(_) => faults += 1,
    };
    for part in 0..50 {
        count(read(&bytes[..bytes.len() * part / 50], extension));
    }
    let mut dice = Dice::new(1);
    for _ in 0..500 {
        let mut damaged = bytes.to_vec();
        for _ in 0..=dice.next(4) {
            let at = dice.next(damaged.len());
            damaged[at] ^= 1 << dice.next(8);
        }
        count(read(&damaged, extension));
    }
    assert!(papers > 0 && faults > 0, "{papers} papers, {faults} faults");
}

#[test]
fn damaged_documents_give_an_answer() {
    let small = docx(
        &format!(
            "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>{}",
            p("专栏1 框"),
            p("1.甲。").repeat(20)
        ),
        &[("word/styles.xml", "<w:styles/>"), ("word/numbering.xml", "<w:numbering/>")],
    );
    endure(&small, "docx");
    // The same in the text itself, which a flipped bit in a packed stream seldom reaches.
    let body = p("甲").repeat(30);
    let mut dice = Dice::new(2);
    for _ in 0..300 {
        let mut damaged = body.clone().into_bytes();
        let at = dice.next(damaged.len());
        damaged[at] = b"<>&/'\" w"[dice.next(8)];
        let words = String::from_utf8_lossy(&damaged).into_owned();
        let _ = read(&docx(&words, &[]), "docx");
    }
}

//! Plans of word processors and of printers.

use crate::case::Case;

/// A document with lists, a box, a table, a field and tracked changes.
pub fn docx() -> Vec<Case> {
    let numbered = |level: u8, words: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"
        )
    };
    let plain = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>");
    let body = [
        plain("某市交通规划"),
        "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r><w:r><w:t>总则1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>".to_owned(),
        numbered(0, "总则"),
        "<w:tbl><w:tr><w:tc>".to_owned(),
        plain("专栏1 重点项目"),
        numbered(1, "甲大桥工程。总投资8亿元。"),
        "</w:tc></w:tr></w:tbl><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/><w:vMerge w:val=\"restart\"/></w:tcPr>".to_owned(),
        plain("名称"),
        "</w:tc><w:tc>".to_owned(),
        plain("投资"),
        "</w:tc></w:tr></w:tbl><w:p><w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:ins><w:r><w:t>增</w:t></w:r></w:ins></w:p>".to_owned(),
        "<w:p><mc:AlternateContent><mc:Choice><w:txbxContent>".to_owned(),
        plain("框"),
        "</w:txbxContent></mc:Choice><mc:Fallback/></mc:AlternateContent></w:p>".to_owned(),
    ];
    let level = |n: u8, format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"{n}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let numbering = format!(
        "<w:numbering><w:abstractNum w:abstractNumId=\"0\">{}{}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"1\"><w:startOverride w:val=\"3\"/></w:lvlOverride></w:num></w:numbering>",
        level(0, "chineseCounting", "%1、"),
        level(1, "decimal", "%2."),
    );
    let styles = "<w:styles><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/><w:basedOn w:val=\"a\"/></w:style></w:styles>";
    let document = format!("<w:document><w:body>{}</w:body></w:document>", body.concat());
    let file = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
    vec![Case {
        files: vec![
            file("word/document.xml", &document),
            file("word/numbering.xml", &numbering),
            file("word/styles.xml", styles),
        ],
        packed: Some("plan.docx"),
    }]
}

/// Two pages in a font with a map of its own and one by a code page.
pub fn pdf() -> Vec<Case> {
    let map = "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <4E00> endbfrange 1 beginbfchar <0001> <2F00> endbfchar";
    let content = "q 1 0 0 1 0 0 cm BT /F 12 Tf 14 TL 1 0 0 1 72 700 Tm <00010002000300040005000600070008> Tj T* [<00010002> -250 <0003>] TJ ET /X Do BT /G 12 Tf 72 600 Td <D7A8C0B8D7A8C0B8D7A8C0B8D7A8C0B831> Tj ET Q";
    let stream = |more: &str, words: &str| {
        format!("<<{more}/Length {}>>\nstream\n{words}\nendstream", words.len())
    };
    let form = stream(
        "/Type/XObject/Subtype/Form/Matrix[1 0 0 1 0 0]/Resources 3 0 R",
        "BT /F 9 Tf 72 500 Td <0009000A> Tj ET",
    );
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Count 2/Kids[7 0 R 8 0 R]/MediaBox[0 0 595 842]/Resources 3 0 R>>".to_owned(),
        "<</Font<</F 4 0 R/G 10 0 R>>/XObject<</X 6 0 R>>>>".to_owned(),
        "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/ToUnicode 5 0 R/DescendantFonts[<</W[1 [500 600] 3 9 700]/DW 1000>>]>>".to_owned(),
        stream("", map),
        form,
        "<</Type/Page/Parent 2 0 R/Contents 9 0 R/Rotate 90>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/Contents[9 0 R 9 0 R]>>".to_owned(),
        stream("", content),
        "<</Type/Font/Subtype/Type0/BaseFont/B/Encoding/GBK-EUC-H/DescendantFonts[<<>>]>>".to_owned(),
    ];
    let mut file = "%PDF-1.7\n".to_owned();
    let mut starts = vec!["0000000000 65535 f \n".to_owned()];
    for (number, object) in (1..).zip(&objects) {
        starts.push(format!("{:010} 00000 n \n", file.len()));
        file += &[&number.to_string(), " 0 obj\n", object.as_str(), "\nendobj\n"].concat();
    }
    let (start, count, table) = (file.len(), starts.len(), starts.concat());
    let end = format!(
        "xref\n0 {count}\n{table}trailer\n<</Size {count}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    );
    let file = file + &end;
    vec![Case::one("plan.pdf", file)]
}

//! Tables of projects: three invented ones in different styles are read against what they say, and
//! what is broken gets a sentence.

use std::{
    io::{Cursor, Write},
    path::Path,
    sync::atomic::AtomicBool,
};

use jintu::{
    document::{
        CellSpan, Grid, GridRow,
        project_table::{LeftOutCause, Meaning, ProjectTable, TableCell, TableFile},
    },
    store::tables::{self, TableError},
};
use rust_xlsxwriter::{Format, Workbook};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::temp_folder::TempFolder;

/// A project as a person reads it: name, 亿元, counties' or places' words, the last group.
type Row = (&'static str, Option<f64>, &'static str, &'static str);

fn read(name: &str, bytes: &[u8]) -> Result<TableFile, TableError> {
    let folder = TempFolder::new("project-table");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    tables::read(&path, &AtomicBool::new(false))
}

fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        writer.start_file(*name, options).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A spreadsheet with a title, a unit over the table, a head of two rows with merged cells, merged
/// group rows, subtotals, counties merged over several rows, a project of two rows, a note, a hidden
/// sheet and one that explains.
pub fn spreadsheet() -> Vec<u8> {
    let mut book = Workbook::new();
    let plain = Format::new();
    let sheet = book.add_worksheet().set_name("重点项目").unwrap();
    let merge = |sheet: &mut rust_xlsxwriter::Worksheet, at: [u32; 4], words: &str| {
        let column = |c: u32| u16::try_from(c).unwrap();
        sheet.merge_range(at[0], column(at[1]), at[2], column(at[3]), words, &plain).unwrap();
    };
    merge(sheet, [0, 0, 0, 9], "临江市2025年重点建设项目计划表");
    sheet.write(1, 8, "单位：万元").unwrap();
    for (column, head) in [(0, "序号"), (1, "项目名称"), (2, "所在县区"), (3, "建设规模及主要内容")]
    {
        merge(sheet, [2, column, 3, column], head);
    }
    merge(sheet, [2, 4, 2, 5], "建设年限");
    sheet.write(3, 4, "开工").unwrap();
    sheet.write(3, 5, "竣工").unwrap();
    merge(sheet, [2, 6, 2, 7], "投资");
    sheet.write(3, 6, "总投资").unwrap();
    sheet.write(3, 7, "2025年计划").unwrap();
    merge(sheet, [2, 8, 3, 8], "责任单位");
    merge(sheet, [2, 9, 3, 9], "备注");
    // Numbers of the columns.
    for column in 0..10_u16 {
        sheet.write(4, column, f64::from(column + 1)).unwrap();
    }
    sheet.write(5, 1, "合计（6个）").unwrap();
    sheet.write(5, 6, 1_234_500).unwrap();
    merge(sheet, [6, 0, 6, 9], "一、交通基础设施（3项）");
    let rows: [(u32, &str, &str, &str, f64, &str); 3] = [
        (7, "1", "临江北环快速路工程", "全长12.6公里，双向六车道", 356_000.0, "市交通局"),
        (8, "2", "G530国道改线工程", "路基宽24.5米", 98_765.0, "市公路中心、青溪区政府"),
        (9, "3", "临江港二期码头", "新建5000吨级泊位4个", 210_000.0, "临江港务集团"),
    ];
    for (row, number, name, content, sum, owner) in rows {
        sheet.write(row, 0, number.parse::<f64>().unwrap()).unwrap();
        sheet.write(row, 1, name).unwrap();
        sheet.write(row, 3, content).unwrap();
        sheet.write(row, 4, 2025).unwrap();
        sheet.write(row, 5, 2027).unwrap();
        sheet.write(row, 6, sum).unwrap();
        sheet.write(row, 7, sum / 3.0).unwrap();
        sheet.write(row, 8, owner).unwrap();
    }
    // One county for two rows.
    merge(sheet, [7, 2, 8, 2], "青溪区");
    sheet.write(9, 2, "临港区").unwrap();
    sheet.write(10, 0, "二").unwrap();
    sheet.write(10, 1, "社会民生").unwrap();
    sheet.write(10, 6, 569_735).unwrap();
    // A project of two rows.
    merge(sheet, [11, 0, 12, 0], "4");
    merge(sheet, [11, 1, 12, 1], "市第三人民医院\n迁建项目");
    sheet.write(11, 2, "青溪区").unwrap();
    sheet.write(11, 3, "床位1200张").unwrap();
    sheet.write(12, 3, "总建筑面积18万平方米").unwrap();
    sheet.write(11, 4, "2024年3月").unwrap();
    sheet.write(11, 6, "约150000").unwrap();
    sheet.write(11, 8, "市卫健委").unwrap();
    // A blank row, then one without money and one whose money is in its own unit.
    sheet.write(14, 0, 5).unwrap();
    sheet.write(14, 1, "全民健身中心").unwrap();
    sheet.write(14, 2, "白石县").unwrap();
    sheet.write(14, 3, "体育馆、游泳馆").unwrap();
    sheet.write(14, 6, "待定").unwrap();
    sheet.write(15, 0, 6).unwrap();
    sheet.write(15, 1, "白石县职业教育园区").unwrap();
    sheet.write(15, 2, "白石县").unwrap();
    sheet.write(15, 3, "占地600亩").unwrap();
    sheet.write(15, 6, "41.97亿元").unwrap();
    merge(sheet, [16, 0, 16, 9], "注：1.以上项目以批复为准。2.投资为估算数。");
    let sheet = book.add_worksheet().set_name("填表说明").unwrap();
    sheet.write(0, 0, "一、请如实填写。").unwrap();
    sheet.write(1, 0, "二、总投资保留整数。").unwrap();
    let sheet = book.add_worksheet().set_name("底稿").unwrap();
    sheet.write(0, 0, "项目名称").unwrap();
    sheet.write(0, 1, "总投资").unwrap();
    sheet.write(1, 0, "不该读到的项目").unwrap();
    sheet.set_hidden(true);
    book.save_to_buffer().unwrap()
}

const SPREADSHEET: [Row; 6] = [
    ("临江北环快速路工程", Some(35.6), "青溪区", "一、交通基础设施（3项）"),
    ("G530国道改线工程", Some(9.8765), "青溪区", "一、交通基础设施（3项）"),
    ("临江港二期码头", Some(21.0), "临港区", "一、交通基础设施（3项）"),
    ("市第三人民医院迁建项目", Some(15.0), "青溪区", "二、社会民生"),
    ("全民健身中心", None, "白石县", "二、社会民生"),
    ("白石县职业教育园区", Some(41.97), "白石县", "二、社会民生"),
];

/// Separated values as an office exports them: no merged cells, groups by county, sums, 其中 rows,
/// a range, a head that comes again.
pub const CSV: &str = "\
南岭市“十四五”重大工程项目清单,,,,,,,,\n\
序号,项目名称,建设性质,建设地点,建设规模及内容,起止年限,总投资（亿元）,责任单位（牵头）,项目代码\n\
,总计,,,,,205.7,,\n\
云谷区,,,,,,,,\n\
1,云谷大数据产业园,新建,云谷区科创大道,\"标准厂房20万平方米，数据中心1座\",2021-2025,45,云谷区人民政府,2101-440300-04-01-100001\n\
2,\"城市轨道交通3号线\n一期工程\",续建,云谷区—东山县,线路长28.4公里,2019-2024,\"约120.5\",市轨道集团,2101-440300-04-01-100002\n\
,其中：车辆段,,,,,12,,\n\
,小计,,,,,165.5,,\n\
东山县,,,,,,,,\n\
序号,项目名称,建设性质,建设地点,建设规模及内容,起止年限,总投资（亿元）,责任单位（牵头）,项目代码\n\
3,东山抽水蓄能电站,新建,东山县石坑镇,装机120万千瓦,2023-2030,10-12,省能源集团,\n\
4,东山县城污水处理厂提标改造,改扩建,东山县城关镇,日处理5万吨,2022-2023,\"23,000万元\",东山县住建局,2101-440300-04-01-100004\n\
\n\
5,石坑镇旅游公路,新建,东山县石坑镇,三级公路18公里,2024-2026,1.9,东山县交通局,\n\
填报单位：南岭市发展改革委,,,,,,,,\n";

const CSV_ROWS: [Row; 5] = [
    ("云谷大数据产业园", Some(45.0), "云谷区科创大道", "云谷区"),
    ("城市轨道交通3号线一期工程", Some(120.5), "云谷区—东山县", "云谷区"),
    ("东山抽水蓄能电站", Some(10.0), "东山县石坑镇", "东山县"),
    ("东山县城污水处理厂提标改造", Some(2.3), "东山县城关镇", "东山县"),
    ("石坑镇旅游公路", Some(1.9), "东山县石坑镇", "东山县"),
];

/// A document whose table names works and what they are in one column, with groups of several kinds
/// and a county that goes on below; a second table follows over the page.
pub fn document() -> Vec<u8> {
    let cell = |words: &str, more: &str| {
        format!("<w:tc><w:tcPr>{more}</w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>")
    };
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let plain =
        |words: &[&str]| row(&words.iter().map(|words| cell(words, "")).collect::<Vec<_>>());
    let (begins, goes_on) = ("<w:vMerge w:val=\"restart\"/>", "<w:vMerge/>");
    let first = [
        plain(&["编号", "项目名称及建设内容", "县（市、区）", "总投资", "建设期", "实施主体"]),
        row(&[cell("第一类 能源", "<w:gridSpan w:val=\"6\"/>")]),
        plain(&["（一）", "新能源", "", "", "", ""]),
        row(&[
            cell("1", ""),
            cell("和田风电场：装机30万千瓦，新建升压站1座。", ""),
            cell("和田县", begins),
            cell("21.6", ""),
            cell("2年", ""),
            cell("华风新能源公司", ""),
        ]),
        row(&[
            cell("2", ""),
            cell("河滩光伏基地：装机50万千瓦。", ""),
            cell("", goes_on),
            cell("18.25", ""),
            cell("18个月", ""),
            cell("河滩光伏公司", ""),
        ]),
    ]
    .concat();
    let second = [
        plain(&["（二）", "电网（共2项）", "", "6.4", "", ""]),
        plain(&["3", "城北220千伏变电站：主变2台", "城北区", "4.1", "2024—2025", "供电公司"]),
        plain(&["4", "农网改造升级", "全市", "2.3", "2024—2026", "供电公司"]),
        plain(&["", "合　计", "", "46.25", "", ""]),
    ]
    .concat();
    let p = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>");
    let table = |rows: &str| format!("<w:tbl>{rows}</w:tbl>");
    let body = [
        p("第三章 重大项目"),
        p("表1 河州市能源重大项目表"),
        p("单位：亿元"),
        table(&first),
        p(""),
        table(&second),
        p("资料来源：各县区。"),
    ]
    .concat();
    let text = format!("<w:document><w:body>{body}</w:body></w:document>");
    zipped(&[("word/document.xml", &text)])
}

const DOCUMENT: [Row; 4] = [
    ("和田风电场", Some(21.6), "和田县", "（一）新能源"),
    ("河滩光伏基地", Some(18.25), "和田县", "（一）新能源"),
    ("城北220千伏变电站", Some(4.1), "城北区", "（二）电网（共2项）"),
    ("农网改造升级", Some(2.3), "全市", "（二）电网（共2项）"),
];

/// How much of what a table says was found, and how much of what was found it says.
fn measure(table: &ProjectTable, right: &[Row]) -> (f64, f64, Vec<String>) {
    let place = |row: &jintu::document::project_table::ProjectRow| {
        let cell = row.cell(Meaning::County).or_else(|| row.cell(Meaning::Place));
        cell.map(|cell| cell.words.clone()).unwrap_or_default()
    };
    let found: Vec<(String, Option<f64>, String, String)> = table
        .projects()
        .map(|(_, row)| {
            let sum = row.investment.map(|sum| sum.yi);
            let group = row.groups.last().cloned().unwrap_or_default();
            (row.name.clone(), sum, place(row), group)
        })
        .collect();
    let own = |row: &Row| {
        let (name, sum, place, group) = row;
        ((*name).to_owned(), *sum, (*place).to_owned(), (*group).to_owned())
    };
    let right: Vec<_> = right.iter().map(own).collect();
    let common = found.iter().filter(|row| right.contains(row)).count() as f64;
    let wrong = found.iter().filter(|row| !right.contains(row)).map(|row| format!("{row:?}"));
    let missed = right.iter().filter(|row| !found.contains(row)).map(|row| format!("- {row:?}"));
    let told = wrong.chain(missed).collect();
    (common / right.len() as f64, common / found.len().max(1) as f64, told)
}

#[test]
fn tables_of_different_styles_give_all_their_projects_and_nothing_else() {
    let gb = encoding_rs::GB18030.encode(CSV).0.into_owned();
    let cases: [(&str, Vec<u8>, &[Row]); 3] = [
        ("临江.xlsx", spreadsheet(), &SPREADSHEET),
        ("南岭.csv", gb, &CSV_ROWS),
        ("河州.docx", document(), &DOCUMENT),
    ];
    for (name, bytes, right) in cases {
        let file = read(name, &bytes).unwrap();
        let (recall, precision, told) = measure(&file.table, right);
        assert!(told.is_empty(), "{name}: {told:#?}\n{:#?}", file.table.left_out);
        assert!(recall >= 1.0 && precision >= 1.0, "{name}: {recall} {precision}");
    }
}

#[test]
fn what_is_left_out_is_named_by_its_row() {
    let rows = |table: &ProjectTable, cause: LeftOutCause| -> Vec<u32> {
        table.left_out.iter().filter(|own| own.cause == cause).filter_map(|own| own.row).collect()
    };
    let table = read("a.xlsx", &spreadsheet()).unwrap().table;
    assert_eq!(table.title(), Some("临江市2025年重点建设项目计划表"));
    assert_eq!(rows(&table, LeftOutCause::Total), [6]);
    assert_eq!(rows(&table, LeftOutCause::Head), [5]);
    assert_eq!(rows(&table, LeftOutCause::Note), [17]);
    let sheets = |cause: LeftOutCause| -> Vec<&str> {
        let own = table.left_out.iter().filter(|own| own.cause == cause);
        own.map(|own| own.sheet.as_str()).collect()
    };
    assert_eq!(sheets(LeftOutCause::NoHead), ["填表说明"]);
    assert_eq!(sheets(LeftOutCause::Hidden), ["底稿"]);
    let table = read("a.csv", CSV.as_bytes()).unwrap().table;
    // Records count, not lines: a name has a break.
    assert_eq!(rows(&table, LeftOutCause::Total), [3, 8]);
    assert_eq!(rows(&table, LeftOutCause::Part), [7]);
    assert_eq!(rows(&table, LeftOutCause::Head), [10]);
    assert_eq!(rows(&table, LeftOutCause::Range), [11]);
    assert_eq!(rows(&table, LeftOutCause::Note), [15]);
    assert_eq!(table.groups(), 2);
}

#[test]
fn every_value_keeps_its_words_and_its_cell() {
    let table = read("a.xlsx", &spreadsheet()).unwrap().table;
    let rows: Vec<_> = table.projects().map(|(_, row)| row).collect();
    let cell = |row: usize, meaning: Meaning| {
        let cell = rows[row].cell(meaning).unwrap();
        (cell.words.clone(), cell.name())
    };
    assert_eq!(rows[0].row, 8);
    assert_eq!(cell(0, Meaning::Investment), ("356000".to_owned(), "G8".to_owned()));
    assert_eq!(cell(0, Meaning::Start), ("2025".to_owned(), "E8".to_owned()));
    assert_eq!(cell(0, Meaning::End), ("2027".to_owned(), "F8".to_owned()));
    // A cell that was made one with those below it stands where its words do.
    assert_eq!(cell(1, Meaning::County), ("青溪区".to_owned(), "C8".to_owned()));
    assert_eq!(cell(1, Meaning::YearInvestment).1, "H9");
    // Two rows to a project.
    let content: Vec<_> = rows[3].cells(Meaning::Content).map(TableCell::name).collect();
    assert_eq!(content, ["D12", "D13"]);
    let sum = rows[3].investment.unwrap();
    assert!(sum.approx && rows[3].cells[sum.cell].words == "约150000");
}

#[test]
fn heads_are_understood_as_offices_write_them() {
    let heads = [
        ("项目名称", Meaning::Name),
        ("项目\n名称", Meaning::Name),
        ("建设项目名称", Meaning::Name),
        ("县（市、区）", Meaning::County),
        ("所属区县", Meaning::County),
        ("建设地点", Meaning::Place),
        ("建设内容及规模", Meaning::Content),
        ("建设规模（主要建设内容）", Meaning::Content),
        ("计划总投资\n（万元）", Meaning::Investment),
        ("估算总投资(亿元)", Meaning::Investment),
        ("2025年计划投资（万元）", Meaning::YearInvestment),
        ("年度计划投资", Meaning::YearInvestment),
        ("截至2024年底累计完成投资", Meaning::DoneInvestment),
        ("资金来源", Meaning::Funding),
        ("建设起止年限", Meaning::Period),
        ("开（竣）工时间", Meaning::Period),
        ("计划开工时间", Meaning::Start),
        ("项目业主", Meaning::Organisation),
        ("牵头责任单位", Meaning::Organisation),
        ("责任人", Meaning::Person),
        ("项目代码", Meaning::Code),
        ("建设性质", Meaning::Character),
        ("所属行业", Meaning::Kind),
        ("形象进度", Meaning::Progress),
        ("序 号", Meaning::Number),
        ("备  注", Meaning::Note),
    ];
    for (head, meaning) in heads {
        let name = if meaning == Meaning::Name { "总投资" } else { "项目名称" };
        let row =
            |number, cells: [&str; 2]| GridRow { number, cells: cells.map(str::to_owned).to_vec() };
        let rows = vec![row(1, [name, head]), row(2, ["甲", "乙"])];
        let table = ProjectTable::read(&[Grid { name: "s".into(), rows, spans: Vec::new() }]);
        let found = table.sheets[0].columns[1].meaning;
        assert_eq!(found, Some(meaning), "{head}");
    }
}

#[test]
fn money_is_told_only_where_its_unit_is() {
    let table = |head: &str, words: &str| {
        let row =
            |number, cells: [&str; 3]| GridRow { number, cells: cells.map(str::to_owned).to_vec() };
        let rows = vec![row(1, ["项目名称", "建设地点", head]), row(2, ["甲项目", "乙镇", words])];
        let table = ProjectTable::read(&[Grid { name: "s".into(), rows, spans: Vec::new() }]);
        let row = &table.sheets[0].projects[0];
        (row.investment.map(|own| (own.yi, own.approx)), table.left_out.first().map(|l| l.cause))
    };
    let told = |yi: f64, approx: bool| (Some((yi, approx)), None);
    assert_eq!(table("总投资（万元）", "12,345.6"), told(1.23456, false));
    assert_eq!(table("总投资（万元）", "１２０００"), told(1.2, false));
    assert_eq!(table("总投资（亿元）", "约3.5"), told(3.5, true));
    assert_eq!(table("总投资（亿元）", "8000万元"), told(0.8, false));
    assert_eq!(table("总投资", "2.5亿元，其中2025年0.5亿元"), told(2.5, false));
    assert_eq!(table("总投资", "5000万元（其中中央2000）"), told(0.5, false));
    assert_eq!(table("总投资（元）", "250000000"), told(2.5, false));
    assert_eq!(table("总投资（亿元）", "—"), (None, None));
    assert_eq!(table("总投资", "5000"), (None, Some(LeftOutCause::NoUnit)));
    for no_sum in ["10/12", "-5", "视情况", "3亿美元", "2025年"] {
        let expected = (None, Some(LeftOutCause::Figure));
        assert_eq!(table("总投资（亿元）", no_sum), expected, "{no_sum}");
    }
}

#[test]
fn a_formula_without_its_value_is_told() {
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>项目名称</t></is></c>\
                <c r=\"B1\" t=\"inlineStr\"><is><t>总投资（万元）</t></is></c></row>\
                <row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>甲水库</t></is></c>\
                <c r=\"B2\"><v>7000</v></c></row>\
                <row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>乙水库</t></is></c>\
                <c r=\"B3\"><f>B2/2</f></c></row>\
                <row r=\"4\"><c r=\"A4\" t=\"inlineStr\"><is><t>丙水库</t></is></c>\
                <c r=\"B4\"><f>B2*2</f><v>14000</v></c></row>";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let files = [
        ("[Content_Types].xml", "<Types/>".to_owned()),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"rId1\" \
                 Type=\"{relation}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{relation}\"><sheets>\
                 <sheet name=\"s\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"rId1\" \
                 Type=\"{relation}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, &**text)).collect();
    let table = read("a.xlsx", &zipped(&files)).unwrap().table;
    let sums: Vec<_> = table.projects().map(|(_, row)| row.investment.map(|own| own.yi)).collect();
    assert_eq!(sums, [Some(0.7), None, Some(1.4)]);
    let left: Vec<_> = table.left_out.iter().map(|own| (own.cause, own.row)).collect();
    assert_eq!(left, [(LeftOutCause::Formula, Some(3))]);
    let rows: Vec<_> = table.projects().map(|(_, row)| row).collect();
    assert_eq!(rows[1].cell(Meaning::Investment).unwrap().words, "=B2/2");
}

/// The same head under 续表: the unit of the first table holds.
#[test]
fn a_table_that_goes_on_keeps_its_unit() {
    let row = |words: [&str; 3]| {
        let cell = |words| format!("<w:tc><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>");
        format!("<w:tr>{}</w:tr>", words.map(cell).concat())
    };
    let table = |words| {
        let head = row(["序号", "项目名称", "总投资"]);
        format!("<w:tbl>{head}{}</w:tbl>", row(words))
    };
    let p = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>");
    let first = [p("单位：万元"), table(["1", "甲水库", "7000"])].concat();
    for (between, sum) in [("续表", Some(0.9)), ("表1（续）", Some(0.9)), ("表2", None)] {
        let body = [first.clone(), p(between), table(["2", "乙水库", "9000"])].concat();
        let text = format!("<w:document><w:body>{body}</w:body></w:document>");
        let own = read("a.docx", &zipped(&[("word/document.xml", &text)])).unwrap().table;
        let sums: Vec<_> =
            own.projects().map(|(_, row)| row.investment.map(|own| own.yi)).collect();
        assert_eq!(sums, [Some(0.7), sum], "{between}");
    }
}

/// A sheet of `OpenDocument` with a name over two rows and rows that repeat.
#[test]
fn a_sheet_of_open_document_keeps_rows_and_merged_cells() {
    let cell = |words: &str, more: &str| {
        format!("<table:table-cell {more}><text:p>{words}</text:p></table:table-cell>")
    };
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let rows = [
        "<table:table-row table:number-rows-repeated=\"3\"><table:table-cell/></table:table-row>"
            .to_owned(),
        row(&[cell("项目名称", ""), cell("所在县区", ""), cell("总投资（万元）", "")]),
        row(&[
            cell("甲水库", ""),
            cell("东山县", "table:number-rows-spanned=\"2\""),
            cell("7000", "office:value-type=\"float\" office:value=\"7000\""),
        ]),
        row(&[
            cell("乙水库", ""),
            "<table:covered-table-cell/>".to_owned(),
            cell("9000", "office:value-type=\"float\" office:value=\"9000\""),
        ]),
    ]
    .concat();
    let names = "xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"";
    let content = format!(
        "<office:document-content {names}><office:body><office:spreadsheet>\
         <table:table table:name=\"水利\">{rows}</table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    let mime = "application/vnd.oasis.opendocument.spreadsheet";
    let file = read("a.ods", &zipped(&[("mimetype", mime), ("content.xml", &content)])).unwrap();
    let rows: Vec<_> = file.table.projects().map(|(_, row)| row).collect();
    let places: Vec<u32> = rows.iter().map(|row| row.row).collect();
    assert_eq!(places, [5, 6]);
    assert_eq!(rows[1].cell(Meaning::County).unwrap().words, "东山县");
    assert_eq!(rows[1].investment.unwrap().yi.to_string(), "0.9");
}

#[test]
fn an_old_spreadsheet_keeps_rows_and_merged_cells() {
    let file = read("a.xls", &crate::layers_xls::projects()).unwrap();
    let rows: Vec<_> = file.table.projects().map(|(_, row)| row).collect();
    let said: Vec<(u32, &str, f64)> =
        rows.iter().map(|row| (row.row, row.name.as_str(), row.investment.unwrap().yi)).collect();
    assert_eq!(said, [(3, "甲水库", 0.7), (5, "乙水库", 0.9)]);
    let county = rows[1].cell(Meaning::County).unwrap();
    assert_eq!((county.words.as_str(), county.name().as_str()), ("东山县", "C3"));
}

#[test]
fn what_is_no_table_of_projects_gets_a_sentence() {
    assert!(matches!(read("a.xlsx", b""), Err(TableError::Layer(_))));
    assert!(matches!(read("a.xlsx", b"PK\x03\x04nothing"), Err(TableError::Layer(_))));
    let whole = spreadsheet();
    for cut in [10, 100, 1000, whole.len() / 2, whole.len() - 30] {
        // Cut anywhere: an answer or a sentence, never more.
        let _ = read("a.xlsx", &whole[..cut]);
    }
    let none = read("a.csv", "甲,乙\n1,2\n".as_bytes());
    assert!(matches!(none, Err(TableError::NoProjects { .. })), "{none:?}");
    assert!(read("a.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").is_err());
    let gone = tables::read(Path::new("/nowhere/a.xlsx"), &AtomicBool::new(false));
    assert!(matches!(gone, Err(TableError::File(_))));
}

#[test]
fn a_bomb_is_not_unpacked_and_macros_are_not_run() {
    let bomb = zipped(&[
        ("[Content_Types].xml", "<Types/>"),
        ("xl/workbook.xml", "<workbook/>"),
        ("xl/worksheets/sheet1.xml", &" ".repeat(200 << 20)),
    ]);
    assert!(bomb.len() < 1 << 20);
    assert!(matches!(read("a.xlsx", &bomb), Err(TableError::Layer(_))));
    // The same workbook with macros in it says the same.
    let mut writer = ZipWriter::new_append(Cursor::new(spreadsheet())).unwrap();
    writer.start_file("xl/vbaProject.bin", SimpleFileOptions::default()).unwrap();
    writer.write_all(b"Sub Auto_Open()").unwrap();
    let bytes = writer.finish().unwrap().into_inner();
    let (with, without) =
        (read("a.xlsm", &bytes).unwrap(), read("a.xlsx", &spreadsheet()).unwrap());
    assert_eq!(with.table, without.table);
}

#[test]
fn cells_that_cover_everything_cost_nothing() {
    let rows = (1..500).map(|number| GridRow { number, cells: vec!["项目名称".into()] }).collect();
    let span =
        CellSpan { first_row: 1, last_row: u32::MAX, first_column: 0, last_column: usize::MAX };
    let grid = Grid { name: "s".into(), rows, spans: vec![span; 2000] };
    let begun = std::time::Instant::now();
    assert!(ProjectTable::read(&[grid]).is_empty());
    assert!(begun.elapsed().as_secs() < 20);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]

    /// Whatever stands in the cells: an answer.
    #[test]
    fn any_cells_are_answered(
        cells in proptest::collection::vec(
            proptest::collection::vec("(项目名称|总投资（亿元）|建设地点|一、|（一）|合计|其中|[0-9,.亿万元约—\\-（）()甲乙 ]{0,8})", 0..6),
            0..12,
        ),
    ) {
        let rows = cells.into_iter().zip(1..).map(|(cells, number)| GridRow { number, cells });
        let grid = Grid { name: "s".into(), rows: rows.collect(), spans: Vec::new() };
        let table = ProjectTable::read(&[grid]);
        proptest::prop_assert!(table.projects().all(|(_, row)| !row.name.is_empty()));
    }
}

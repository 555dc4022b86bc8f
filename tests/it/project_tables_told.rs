//! What a table told, as lists, cards and other programs have it: as small as it is, with its row, and
//! never without a word where a record cannot be read.

use std::fs;

use serde_json::Value;

use crate::cli::{Place, run, stderr};

const PLAN: &str = "\
湖州市综合交通发展规划\n\
第一章 重点任务\n\
专栏1 重点项目\n\
1. 安吉天荒坪旅游公路工程。全长18公里，总投资12亿元。\n\
2. 德清下渚湖码头一期工程。总投资3亿元。\n";

const TABLE: &str = "\
序号,项目名称,所在县区,总投资（万元）,责任单位\n\
1,安吉天荒坪旅游公路,安吉县,132000,安吉县交通局\n\
2,南浔古镇停车场,南浔区,30,南浔区住建局\n\
3,德清县城绿道,德清县,45000.5,德清县住建局\n";

/// A workbook of the table, beside the plan or alone; the workbook's path.
fn made(place: &Place, with_plan: bool) -> String {
    let (book, table, plan) = (place.path("a.jintu"), place.path("t.csv"), place.path("p.txt"));
    fs::write(&table, TABLE).unwrap();
    fs::write(&plan, PLAN).unwrap();
    let plan: &[&str] = if with_plan { &["--plan", &plan] } else { &[] };
    out(&[&["new", &book, "--table", &table], plan].concat());
    book
}

fn out(args: &[&str]) -> String {
    let output = run(args);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", stderr(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// The rows of the CSV file by their heads.
fn csv(book: &str) -> Vec<Vec<(String, String)>> {
    let text = out(&["list", "--book", book, "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let heads: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let row =
        |own: csv::StringRecord| heads.iter().cloned().zip(own.iter().map(str::to_owned)).collect();
    reader.records().map(|own| row(own.unwrap())).collect()
}

fn cell<'a>(row: &'a [(String, String)], head: &str) -> &'a str {
    &row.iter().find(|(own, _)| own == head).unwrap().1
}

#[test]
fn small_sums_are_no_zeros() {
    let place = Place::new();
    let book = made(&place, false);
    let rows = csv(&book);
    let sums: Vec<&str> = rows.iter().map(|row| cell(row, "总投资(亿元)")).collect();
    assert_eq!(sums, ["13.2", "0.003", "4.50005"]);
    let list = out(&["list", "--book", &book]);
    assert!(list.contains("0.003"), "{list}");
    assert!(out(&["show", "L1-02", "--book", &book]).contains("0.003"));
}

#[test]
fn a_list_says_where_a_project_is_from_and_what_was_set_later() {
    let place = Place::new();
    let book = made(&place, true);
    let rows = csv(&book);
    let road = rows.iter().find(|row| cell(row, "编号") == "B1-01").unwrap();
    assert_eq!((cell(road, "出自"), cell(road, "总投资(亿元)")), ("规划", "13.2"));
    assert!(cell(road, "原文").contains("总投资12亿元"));
    let later = cell(road, "后改");
    assert!(later.contains("总投资（据表 t.csv，行 2）"), "{later}");
    let park = rows.iter().find(|row| cell(row, "名称") == "南浔古镇停车场").unwrap();
    assert_eq!((cell(park, "责任单位"), cell(park, "后改")), ("南浔区住建局", ""));
    assert!(cell(park, "出自").contains("行 3"));
    assert!(cell(park, "原文").contains("总投资（万元）：30"));
    let card = out(&["show", "B1-01", "--book", &book]);
    assert!(card.contains("13.2 亿元 (表 t.csv，行 2)"), "{card}");
    // Nobody set anything by hand.
    let about: Value = serde_json::from_str(&out(&["info", &book, "--format", "json"])).unwrap();
    assert_eq!(about["set_by_hand"], 0);
    out(&["set", &book, "B1-02", "note=会议纪要", "--source", "会议"]);
    let about: Value = serde_json::from_str(&out(&["info", &book, "--format", "json"])).unwrap();
    assert_eq!(about["set_by_hand"], 1);
}

#[test]
fn a_workbook_of_a_table_alone_is_sound() {
    let place = Place::new();
    let book = made(&place, false);
    assert!(out(&["check", "--book", &book]).contains("错误 0，警告 0"));
    let log = out(&["log", &book]);
    assert!(log.contains("从项目表新建"), "{log}");
}

#[test]
fn what_cannot_be_read_is_told_by_every_command() {
    let place = Place::new();
    let book = made(&place, false);
    let file = rusqlite::Connection::open(&book).unwrap();
    let broken = "UPDATE jintu_projects SET record = substr(record, 2) WHERE key = 'L1-03'";
    assert_eq!(file.execute(broken, []).unwrap(), 1);
    file.close().unwrap();
    let csv = place.path("l.csv");
    for args in [&["list"][..], &["list", "-o", &csv], &["regions"], &["show", "L1-01"]] {
        let output = run(&[args, &["--book", &book]].concat());
        let told = stderr(&output);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {told}");
        assert!(told.contains("L1-03"), "{args:?}: {told}");
        assert!(!told.contains("expected"), "no words of a crate: {told}");
    }
}

#[test]
fn what_a_plan_lists_in_tables_is_read_as_rows() {
    let cell = |words: &str| format!("<w:tc><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>");
    let row = |cells: &[&str]| {
        format!("<w:tr>{}</w:tr>", cells.iter().map(|own| cell(own)).collect::<String>())
    };
    let p = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>");
    let table = format!(
        "<w:tbl>{}{}{}</w:tbl>",
        row(&["序号", "项目名称", "建设地点", "总投资（万元）"]),
        row(&["1", "清溪绿色食品加工园", "安吉县", "32000"]),
        row(&["2", "南岭康养小镇", "安吉县", "48000"]),
    );
    let body = [
        p("安吉县重大项目建设规划"),
        p("一、重点任务"),
        p("专栏1 交通项目"),
        p("1．安吉南岭大桥。桥长480米，总投资2亿元。"),
        p("专栏2 产业项目表"),
        table,
        p("二、保障措施"),
        p("加强组织领导。"),
    ]
    .concat();
    let place = Place::new();
    let (book, plan) = (place.path("a.jintu"), place.path("p.docx"));
    fs::write(&plan, crate::papers::docx(&body, &[])).unwrap();
    let output = run(&["new", &book, "--plan", &plan]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains("2 个项目列在表格里"), "{}", stderr(&output));
    let rows = csv(&book);
    let told: Vec<(&str, &str)> =
        rows.iter().map(|row| (self::cell(row, "名称"), self::cell(row, "总投资(亿元)"))).collect();
    let wanted = [("安吉南岭大桥", "2"), ("清溪绿色食品加工园", "3.2"), ("南岭康养小镇", "4.8")];
    assert_eq!(told, wanted);
}

//! Rows of tables of projects whose money could be counted twice, cut or multiplied: each is taken
//! once, or it is told by its row.

use jintu::{
    document::{
        CellSpan, Grid, GridRow,
        project_table::{LeftOutCause, ProjectTable},
    },
    language::Language,
};

/// The names, sums in 亿元 and groups of the projects of a table.
fn projects(table: &ProjectTable) -> Vec<(String, Option<f64>, Vec<String>)> {
    let own = table.projects();
    own.map(|(_, row)| (row.name.clone(), row.investment.map(|sum| sum.yi), row.groups.clone()))
        .collect()
}

fn named(table: &ProjectTable) -> Vec<(String, Option<f64>)> {
    projects(table).into_iter().map(|(name, sum, _)| (name, sum)).collect()
}

fn said(rows: &[(&str, Option<f64>)]) -> Vec<(String, Option<f64>)> {
    rows.iter().map(|(name, sum)| ((*name).to_owned(), *sum)).collect()
}

fn rows_of(table: &ProjectTable, cause: LeftOutCause) -> Vec<u32> {
    table.left_out.iter().filter(|own| own.cause == cause).filter_map(|own| own.row).collect()
}

/// Rows of cells parted by `|`, from the first row on, with merged cells: first and last row from 1,
/// column from 0.
fn table(rows: &[&str], merged: &[(u32, u32, usize)]) -> ProjectTable {
    let cells = |row: &&str| row.split('|').map(str::to_owned).collect::<Vec<_>>();
    let rows = rows.iter().map(cells).zip(1..).map(|(cells, number)| GridRow { number, cells });
    let span = |(first_row, last_row, column): &(u32, u32, usize)| CellSpan {
        first_row: *first_row,
        last_row: *last_row,
        first_column: *column,
        last_column: *column,
    };
    let spans = merged.iter().map(span).collect();
    ProjectTable::read(&[Grid { name: "s".into(), rows: rows.collect(), spans }])
}

/// What a table with one project says of its money.
fn sum(head: &str, words: &str) -> (Option<(f64, bool)>, Option<LeftOutCause>) {
    let row = |number, cells: [&str; 3]| GridRow { number, cells: cells.map(str::to_owned).into() };
    let rows = vec![row(1, ["项目名称", "建设地点", head]), row(2, ["甲项目", "乙镇", words])];
    let table = ProjectTable::read(&[Grid { name: "s".into(), rows, spans: Vec::new() }]);
    let row = &table.sheets[0].projects[0];
    (row.investment.map(|own| (own.yi, own.approx)), table.left_out.first().map(|own| own.cause))
}

#[test]
fn units_that_multiply_ten_thousand_are_not_taken_for_it() {
    let told = |yi: f64| (Some((yi, false)), None);
    assert_eq!(sum("总投资（百万元）", "120"), told(1.2));
    assert_eq!(sum("总投资（千万元）", "12"), told(1.2));
    assert_eq!(sum("总投资（百万）", "120"), told(1.2));
    assert_eq!(sum("总投资（百亿元）", "0.5"), told(50.0));
    assert_eq!(sum("总投资（千元）", "120000"), told(1.2));
    assert_eq!(sum("总投资", "120百万元"), told(1.2));
    assert_eq!(sum("总投资", "12千万元"), told(1.2));
    assert_eq!(sum("总投资（亿元）", "5000（万元）"), told(0.5));
    let lines =
        [("单位：百万元", 120.0 / 1e2), ("金额单位：人民币万元", 0.012), ("单位：元", 1.2e-6)];
    for (line, yi) in lines {
        let table = table(&[line, "序号|项目名称|总投资|责任单位", "1|甲水库|120|水利局"], &[]);
        assert_eq!(named(&table), said(&[("甲水库", Some(yi))]), "{line}");
    }
    assert_eq!(sum("总投资（万元/亿元）", "12"), (None, Some(LeftOutCause::NoUnit)));
}

#[test]
fn numbers_that_are_not_one_are_not_cut_or_glued() {
    let none = (None, Some(LeftOutCause::Figure));
    for words in [
        "12,0000",
        "1,2345.67",
        "12.000,5",
        "12.345,678",
        "1234,567",
        "12000\n5000",
        "12000 5000",
        "12,\n000",
        "12000、5000",
        "12000；5000",
        "2.5亿元、5000万元",
        "5000万元\n3000万元",
        "2021-2025",
        "6000-5000",
        "1亿-2",
        "1亿2000",
        "2000万1亿",
        "3千",
    ] {
        assert_eq!(sum("总投资（万元）", words), none, "{words}");
    }
    let told = |yi: f64| (Some((yi, false)), None);
    for words in
        ["12,000", "12，000", "12 000", "12, 000", "12000\n（含征地2000）", "12000；其中：5000"]
    {
        assert_eq!(sum("总投资（万元）", words), told(1.2), "{words}");
    }
    assert_eq!(sum("总投资（万元）", "1,234,567.89"), told(123.456_789));
    assert_eq!(sum("总投资（万元）", "1亿2000万元"), told(1.2));
}

/// As in the text of plans, the lower end counts.
#[test]
fn a_range_is_about_its_lower_end_and_told() {
    let told = |yi: f64| (Some((yi, true)), Some(LeftOutCause::Range));
    assert_eq!(sum("总投资（万元）", "5000-6000"), told(0.5));
    assert_eq!(sum("总投资（万元）", "2.4～3.5亿元"), told(2.4));
    assert_eq!(sum("总投资（亿元）", "5000万元至1亿元"), told(0.5));
}

#[test]
fn parts_of_a_numbered_row_are_not_counted_twice() {
    let table = table(
        &[
            "序号|项目名称|总投资（万元）",
            "1|城区路网提升工程|50000",
            "1.1|东一路工程|20000",
            "1.2|东二路工程|30000",
            "2|西山公园|8000",
            "（1）|西山公园一期|5000",
            "（2）|西山公园二期|3000",
            "3|南湖公园|7000",
            "(1)|南湖公园一期|4000",
            "4|北湖公园|1000",
            "|合计|66000",
        ],
        &[],
    );
    let group = |own: &str| vec![own.to_owned()];
    let own = |name: &str, yi: f64, groups: Vec<String>| (name.to_owned(), Some(yi), groups);
    let right = [
        own("东一路工程", 2.0, group("1、城区路网提升工程")),
        own("东二路工程", 3.0, group("1、城区路网提升工程")),
        own("西山公园一期", 0.5, group("2、西山公园")),
        own("西山公园二期", 0.3, group("2、西山公园")),
        own("南湖公园", 0.7, vec![]),
        own("北湖公园", 0.1, vec![]),
    ];
    assert_eq!(projects(&table), right);
    assert_eq!(rows_of(&table, LeftOutCause::GroupSum), [2, 5]);
    assert_eq!(rows_of(&table, LeftOutCause::SubRow), [9], "its parts come to other money");
    assert_eq!(rows_of(&table, LeftOutCause::Total), [11]);
}

#[test]
fn a_project_with_what_only_projects_have_keeps_its_parts() {
    let table = table(
        &[
            "序号|项目名称|建设性质|建设地点|建设年限|总投资（万元）",
            "1|西山公园|新建|西山街道|2024-2026|8000",
            "(1)|一期|新建|西山街道|2024|5000",
            "①|园路|新建|西山街道|2024|1000",
            "(2)|二期|新建|西山街道|2026|3000",
            "2|公路||||9000",
            "(1)|甲公路|新建|东山镇|2024|待定",
            "(2)|乙公路|新建|东山镇|2025|4000",
            "3|丙公路|新建|东山镇|2025|1000",
        ],
        &[],
    );
    let right =
        [("西山公园", Some(0.8)), ("甲公路", None), ("乙公路", Some(0.4)), ("丙公路", Some(0.1))];
    assert_eq!(named(&table), said(&right));
    assert_eq!(rows_of(&table, LeftOutCause::SubRow), [3, 4, 5]);
    assert_eq!(rows_of(&table, LeftOutCause::GroupOther), [6]);
    assert_eq!(projects(&table)[3].2, [] as [String; 0], "3 is not within 2");
}

#[test]
fn a_unit_below_the_head_is_seen_wherever_it_stands() {
    let head = "序号|项目名称|总投资|责任单位";
    let row = "1|甲水库|12000|水利局";
    for unit in ["|||单位：万元", "单位：万元|||", "||万元|", "||（万元）|", "单位|万元||"]
    {
        let below = table(&[head, unit, row], &[]);
        assert_eq!(named(&below), said(&[("甲水库", Some(1.2))]), "{unit}");
    }
    let above = table(&["单位|万元||", head, row], &[]);
    assert_eq!(named(&above), said(&[("甲水库", Some(1.2))]));
    assert_eq!(above.title(), None);
    // What the head itself says holds, and a later line is for the rows below it.
    let own = table(&["序号|项目名称|总投资（亿元）", "||单位：万元", "1|甲水库|3"], &[]);
    assert_eq!(named(&own), said(&[("甲水库", Some(3.0))]));
    let two = table(&[head, "|||单位：万元", row, "|||单位：亿元", "2|乙水库|3|水利局"], &[]);
    assert_eq!(named(&two), said(&[("甲水库", Some(1.2)), ("乙水库", Some(3.0))]));
}

#[test]
fn the_second_line_of_a_name_is_no_project() {
    let rows = [
        "序号|项目名称|建设内容|建设年限|总投资（亿元）|项目代码",
        "1|西塞山路快速化改造|长7.2公里|2023|21.35|2101",
        "|（含连接线）|配套管网|||",
        "2|太湖南岸污水处理厂|日处理10万吨|2022|9.9|2102",
    ];
    let right =
        said(&[("西塞山路快速化改造（含连接线）", Some(21.35)), ("太湖南岸污水处理厂", Some(9.9))]);
    for columns in [vec![0, 3, 4, 5], vec![4], vec![5], vec![3]] {
        let merged: Vec<_> = columns.iter().map(|column| (2, 3, *column)).collect();
        assert_eq!(named(&table(&rows, &merged)), right, "{columns:?}");
    }
}

#[test]
fn money_of_several_projects_is_told() {
    let rows = [
        "序号|项目名称|总投资（万元）",
        "1|甲路工程|30000",
        "2|乙路工程|",
        "3|丙路工程|",
        "4|丁桥工程|10000",
    ];
    let table = table(&rows, &[(2, 4, 2)]);
    let right =
        [("甲路工程", Some(3.0)), ("乙路工程", None), ("丙路工程", None), ("丁桥工程", Some(1.0))];
    assert_eq!(named(&table), said(&right));
    assert_eq!(rows_of(&table, LeftOutCause::SharedSum), [2, 3, 4]);
}

#[test]
fn names_that_begin_like_sums_are_names() {
    let names = ["小计河治理", "总计通道工程", "合计式综合体项目", "一期工程合计面积改造"];
    for name in names {
        let row = format!("1|{name}|100");
        let table = table(&["序号|项目名称|总投资（万元）", &row], &[]);
        assert_eq!(named(&table), said(&[(name, Some(0.01))]));
    }
    for name in ["合计", "合 计", "总计：", "小计（12项）", "合计12个", "交通类小计", "一、小计"]
    {
        let row = format!("|{name}|100");
        let table = table(&["序号|项目名称|总投资（万元）", "1|甲|1", &row], &[]);
        assert_eq!(rows_of(&table, LeftOutCause::Total), [3], "{name}");
    }
}

#[test]
fn the_number_of_a_day_is_told() {
    let head = "序号|项目名称|建设年限|总投资（亿元）";
    let table = table(&[head, "1|甲|45197|1", "2|乙|2025|1", "3|丙|24|1"], &[]);
    assert_eq!(rows_of(&table, LeftOutCause::DayNumber), [2]);
}

#[test]
fn one_row_is_told_as_one() {
    let table = table(&["序号|项目名称|总投资（万元）", "1|甲水库|1", "|合计|1"], &[]);
    let told = jintu::app::table_words::left_out(&table, Language::English);
    assert_eq!(told, ["1 row of sums was not taken for projects (s: row 3)"]);
}

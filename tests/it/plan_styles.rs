//! The ways plans number their chapters, name their boxes and mark the items in them.
#![allow(clippy::expect_used, reason = "a test stops where the document lacks what it must have")]

use jintu::plan::{Plan, parse};

/// A plan whose one box has this title and these lines.
fn boxed(lines: &str) -> Plan {
    let text = format!(
        "清溪县交通规划\n一、总则\n规划期为五年。\n二、任务\n(一)公路\n加快路网建设。\n{lines}\n(二)铁路\n加快前期工作。\n三、保障\n加强领导。\n"
    );
    parse(text.as_bytes()).plan
}

fn items(plan: &Plan) -> Vec<(&str, &str)> {
    plan.boxes.iter().flat_map(|b| &b.items).map(|i| (i.id.as_str(), i.name.as_str())).collect()
}

fn headings(plan: &Plan) -> Vec<(&str, &str)> {
    let nodes = plan.outline.nodes().iter().filter(|n| !n.title.is_empty());
    nodes.map(|n| (n.id.as_str(), n.title.as_str())).collect()
}

#[test]
fn boxes_are_named_in_many_ways() {
    let body = "1.南岭大桥。总投资3亿元。\n2.北岭隧道。总投资5亿元。";
    for (title, prefix) in [
        ("专栏1 重点项目", "B1"),
        ("专栏1：重点项目", "B1"),
        ("专栏一 重点项目", "B1"),
        ("专栏五 重点项目", "B5"),
        ("专栏 3-1 重点项目", "B3.1"),
        ("专栏3—2：重点项目", "B3.2"),
        ("专栏：重点项目", "B1"),
        ("专栏 重点项目", "B1"),
        ("专栏\n重点项目", "B1"),
        ("专栏 4-1\n重点项目", "B4.1"),
        ("【专栏2】重点项目", "B2"),
        ("【专栏】重点项目", "B1"),
    ] {
        let plan = boxed(&format!("{title}\n{body}"));
        assert_eq!(plan.boxes.len(), 1, "{title}");
        assert_eq!(plan.boxes[0].title, "重点项目", "{title}");
        let ids = [format!("{prefix}-01"), format!("{prefix}-02")];
        let expected = [(ids[0].as_str(), "南岭大桥"), (ids[1].as_str(), "北岭隧道")];
        assert_eq!(items(&plan), expected, "{title}");
        assert_eq!(plan.outline.get("2.2").expect("the section after it").title, "铁路", "{title}");
    }
}

#[test]
fn items_are_marked_in_many_ways() {
    for marks in [
        ["1.", "2.", "3."],
        ["1、", "2、", "3、"],
        ["(1)", "(2)", "(3)"],
        ["（1）", "（2）", "（3）"],
        ["1)", "2)", "3)"],
        ["①", "②", "③"],
        ["——", "——", "——"],
        ["●", "●", "●"],
        ["", "", ""],
    ] {
        for (end, more) in [("。", ""), ("：", ""), (":", ""), ("\n", ""), ("（", "）")] {
            let works = ["南岭大桥", "北岭隧道", "清溪至白石公路"];
            let bodies = ["长2公里，总投资3亿元", "长4公里，总投资5亿元", "长20公里，总投资8亿元"];
            let lines: Vec<String> = (0..3)
                .map(|i| format!("{}{}{end}{}{more}。", marks[i], works[i], bodies[i]))
                .collect();
            let plan = boxed(&format!("专栏1 重点项目\n{}", lines.join("\n")));
            let expected = [("B1-01", works[0]), ("B1-02", works[1]), ("B1-03", works[2])];
            assert_eq!(items(&plan), expected, "{lines:?}");
            for (item, body) in plan.boxes[0].items.iter().zip(bodies) {
                assert!(plan.text.slice(item.range).contains(body), "{lines:?}");
            }
            let money: Vec<f64> = plan
                .figures
                .iter()
                .filter(|f| f.quantity == jintu::plan::Quantity::Investment && f.item.is_some())
                .map(|f| f.value)
                .collect();
            assert_eq!(money, [3.0, 5.0, 8.0], "{lines:?}");
            assert_eq!(plan.outline.get("2.2").expect("the section after it").title, "铁路");
        }
    }
}

#[test]
fn groups_inside_a_box_are_no_projects() {
    for (groups, items_of) in [
        (["(一)桥梁", "(二)公路"], ["1.", "2."]),
        (["一、桥梁", "二、公路"], ["1.", "2."]),
        (["一、桥梁", "二、公路"], ["(1)", "(2)"]),
        (["1.桥梁", "2.公路"], ["①", "②"]),
        (["1.桥梁", "2.公路"], ["(1)", "(2)"]),
        (["(一)桥梁", "(二)公路"], ["●", "●"]),
        (["(一)桥梁", "(二)公路"], ["", ""]),
    ] {
        let lines = format!(
            "专栏1 重点项目\n{}\n{}南岭大桥\n总投资3亿元。\n{}北岭大桥\n总投资4亿元。\n{}\n{}环山公路\n总投资5亿元。\n{}滨河公路\n总投资6亿元。",
            groups[0], items_of[0], items_of[1], groups[1], items_of[0], items_of[1]
        );
        let plan = boxed(&lines);
        let names: Vec<&str> = plan.boxes[0].items.iter().map(|i| i.name.as_str()).collect();
        assert_eq!(names, ["南岭大桥", "北岭大桥", "环山公路", "滨河公路"], "{lines}");
        let titles: Vec<&str> = plan.boxes[0].groups.iter().map(|g| g.title.as_str()).collect();
        assert_eq!(titles, ["桥梁", "公路"], "{lines}");
        let groups: Vec<_> = plan.boxes[0].items.iter().map(|i| i.group).collect();
        assert_eq!(groups, [Some(0), Some(0), Some(1), Some(1)], "{lines}");
        assert_eq!(plan.outline.get("2.2").expect("the section after it").title, "铁路", "{lines}");
    }
}

#[test]
fn a_box_goes_on_over_pages() {
    for cut in [
        "\n— 3 —\n",
        "\n\n第 3 页 共 9 页\n\n清溪县交通规划\n\n",
        "\n- 3 -\n专栏1（续）\n",
        "\n3/9\n续专栏1 重点项目\n",
    ] {
        let lines =
            format!("专栏1 重点项目\n1.南岭大桥。总投资3亿元。{cut}2.北岭隧道。总投资5亿元。");
        let plan = boxed(&lines);
        assert_eq!(items(&plan), [("B1-01", "南岭大桥"), ("B1-02", "北岭隧道")], "{lines}");
        assert_eq!(plan.boxes.len(), 1, "{lines}");
    }
}

#[test]
fn a_table_of_contents_is_no_outline() {
    let body = "\n一、总则\n规划期为五年。\n二、任务\n(一)公路\n加快路网建设。\n(二)铁路\n加快前期工作。\n三、保障\n加强领导。\n";
    let plain = parse(format!("清溪县交通规划\n{body}").as_bytes()).plan;
    for contents in [
        "目录\n一、总则……1\n二、任务……2\n三、保障……8",
        "目  录\n一、总则 1\n二、任务 2\n(一)公路 2\n(二)铁路 5\n三、保障 8",
        "目录\n一、总则\n二、任务\n三、保障",
        "目 录\n一、总则\t1\n二、任务\t2\n三、保障\t8",
        "一、总则 1\n二、任务 2\n(一)公路 2\n(二)铁路 5\n三、保障 8",
    ] {
        let parsed = parse(format!("清溪县交通规划\n{contents}\n{body}").as_bytes());
        assert_eq!(headings(&parsed.plan), headings(&plain), "{contents}");
        assert_eq!(parsed.plan.text.as_str(), plain.text.as_str(), "{contents}");
        assert!(parsed.diagnostics.iter().any(|d| d.code == "page-furniture"), "{contents}");
    }
}

#[test]
fn chapters_are_numbered_in_many_ways() {
    let outline = |text: &str| {
        let plan = parse(format!("清溪县交通规划\n{text}\n").as_bytes()).plan;
        headings(&plan).into_iter().map(|(id, title)| format!("{id} {title}")).collect::<Vec<_>>()
    };
    let deep = ["1 总则", "1.1 依据", "2 任务", "2.1 公路", "2.1.1 国道", "2.1.2 省道", "2.2 铁路"];
    for text in [
        "第一章 总则\n第一节 依据\n按照上级要求。\n第二章 任务\n第一节 公路\n一、国道\n提高等级。\n二、省道\n提高等级。\n第二节 铁路\n做好前期。",
        "第一章 总则\n一、依据\n按照上级要求。\n第二章 任务\n一、公路\n(一)国道\n提高等级。\n(二)省道\n提高等级。\n二、铁路\n做好前期。",
        "一、总则\n(一)依据\n按照上级要求。\n二、任务\n(一)公路\n1.国道\n提高等级。\n2.省道\n提高等级。\n(二)铁路\n做好前期。",
        "1 总则\n1.1 依据\n按照上级要求。\n2 任务\n2.1 公路\n2.1.1 国道\n提高等级。\n2.1.2 省道\n提高等级。\n2.2 铁路\n做好前期。",
        "1 总则\n1.1依据\n按照上级要求。\n2 任务\n2.1公路\n2.1.1国道\n提高等级。\n2.1.2省道\n提高等级。\n2.2铁路\n做好前期。",
        "第一篇 总则\n第一节 依据\n按照上级要求。\n第二篇 任务\n第一节 公路\n(一)国道\n提高等级。\n(二)省道\n提高等级。\n第二节 铁路\n做好前期。",
    ] {
        assert_eq!(outline(text), deep, "{text}");
    }
}

#[test]
fn figures_at_the_start_of_a_line_are_no_headings() {
    let text = "清溪县规划\n一、总则\n全县国道\n1.5万公里，省道\n2.1公里，县道\n2.2公里。\n投资\n3.5亿元。\n";
    let plan = parse(text.as_bytes()).plan;
    assert_eq!(headings(&plan), [("1", "总则")]);
}

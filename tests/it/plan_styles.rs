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

#[test]
fn money_is_told_in_many_ways() {
    use jintu::plan::{Bound, Quantity};
    type Money = (f64, Option<f64>, bool, Option<Bound>, bool);
    let investment = |words: &str| -> Vec<Money> {
        let plan = boxed(&format!("专栏1 重点项目\n1.南岭大桥。{words}"));
        let figures = plan.figures.iter().filter(|f| f.quantity == Quantity::Investment);
        figures.map(|f| (f.value, f.value_max, f.approx, f.bound, f.part)).collect()
    };
    let one = |value, max, approx, bound| vec![(value, max, approx, bound, false)];
    for (words, expected) in [
        ("总投资3亿元。", one(3.0, None, false, None)),
        ("总投资3亿。", one(3.0, None, false, None)),
        ("投资额为9600万元。", one(0.96, None, false, None)),
        ("总投资约3.5亿元。", one(3.5, None, true, None)),
        ("投资近3亿元。", one(3.0, None, true, None)),
        ("总投资超3亿元。", one(3.0, None, false, Some(Bound::AtLeast))),
        ("总投资3亿余元。", one(3.0, None, true, Some(Bound::AtLeast))),
        ("总投资不低于3亿元。", one(3.0, None, false, Some(Bound::AtLeast))),
        ("总投资3-4亿元。", one(3.0, Some(4.0), false, None)),
        ("总投资3—4亿元。", one(3.0, Some(4.0), false, None)),
        ("总投资3~4亿元。", one(3.0, Some(4.0), false, None)),
        ("总投资3～4亿元。", one(3.0, Some(4.0), false, None)),
        ("总投资3至4亿元。", one(3.0, Some(4.0), false, None)),
        ("总投资3亿元—4亿元。", one(3.0, Some(4.0), false, None)),
        ("总投资3亿～4亿元。", one(3.0, Some(4.0), false, None)),
        ("总投资8000万—9000万元。", one(0.8, Some(0.9), false, None)),
        ("概算总投资3亿元，年产值20亿元，年税收1亿元。", one(3.0, None, false, None)),
        ("批复概算3亿元。", one(3.0, None, false, None)),
    ] {
        assert_eq!(investment(words), expected, "{words}");
    }
    for words in [
        "总投资10亿元，其中一期投资3亿元。",
        "总投资10亿元，其中：土建6亿元，设备4亿元。",
        "总投资10亿元（其中征地3亿元）。",
        "一期投资3亿元，总投资10亿元。",
        "总投资10亿元，已完成投资3亿元。",
        "总投资10亿元，其中中央补助3亿元。",
    ] {
        let found = investment(words);
        let totals: Vec<f64> = found.iter().filter(|f| !f.4).map(|f| f.0).collect();
        assert_eq!(totals, [10.0], "{words} {found:?}");
        assert!(found.len() > 1, "{words}");
    }
}

#[test]
fn building_years_are_no_figures() {
    use jintu::plan::building_years;
    for (words, expected) in [
        ("建设年限2021—2025年。", Some("2021—2025")),
        ("建设年限：2021-2025年", Some("2021—2025")),
        ("2022～2024年实施", Some("2022—2024")),
        ("2022年至2024年建设", Some("2022—2024")),
        ("2022年开工，2026年建成", Some("2022—2026")),
        ("建设期限：2025年", Some("2025")),
        ("到2025年，建成通车", None),
        ("投资2021万元", None),
    ] {
        assert_eq!(building_years(words).as_deref(), expected, "{words}");
    }
    let plan = boxed("专栏1 重点项目\n1.南岭大桥。长2公里，建设年限2021—2025年。");
    assert_eq!(plan.figures.iter().filter(|f| f.item.is_some()).count(), 1);
}

#[test]
fn works_of_the_text_lead_back_to_their_words() {
    use jintu::plan::{Certainty, Ground};
    let plan =
        boxed("新建南岭大桥，桥长480米，总投资2亿元；改造提升农村公路120公里。\n提升管理水平。");
    let [work] = &plan.works[..] else { unreachable!("one work: {:?}", plan.works) };
    assert_eq!((work.id.as_str(), work.name.as_str()), ("P-2-01", "南岭大桥"));
    assert_eq!((work.certainty, work.ground), (Certainty::High, Ground::Built));
    assert_eq!(plan.text.slice(work.name_range), work.name);
    assert_eq!(plan.text.slice(work.range), "新建南岭大桥，桥长480米，总投资2亿元；");
    assert_eq!(plan.outline.nodes()[work.node].id, "2.1.p2");
    let stated: Vec<&str> =
        work.figures.iter().map(|i| plan.text.slice(plan.figures[*i].range)).collect();
    assert_eq!(stated, ["桥长480米", "总投资2亿元"]);
}

#[test]
fn proposals_become_projects_of_other_plans_only() {
    use jintu::{catalogue::lower::lower_plan, plan::Certainty, store::SEEDS};
    let text = "清溪县交通规划\n一、任务\n新建南岭大桥，桥长480米，总投资2亿元，2022年开工，2024年建成。\n";
    let lowered = lower_plan(text.as_bytes(), &SEEDS).catalogue;
    let [project] = &lowered.projects[..] else { unreachable!("one project") };
    assert_eq!((project.id.as_str(), project.certainty), ("P-1-01", Some(Certainty::High)));
    assert_eq!(project.investment.map(|own| own.yi), Some(2.0));
    assert_eq!(project.period.as_deref(), Some("2022—2024"));
    assert_eq!(project.facts.len(), 2);
    let own = lower_plan(SEEDS.plan, &SEEDS).catalogue;
    assert!(own.projects.iter().all(|p| p.certainty.is_none() && !p.id.starts_with('P')));
}

#[test]
fn a_title_may_end_in_a_remark() {
    use jintu::{catalogue::lower::lower_plan, store::SEEDS};
    let body = "\n\n第一章 完善交通网络\n\n新建溆浦至新化高速公路溆浦段，总投资52亿元。\n";
    for remark in ["", "（节选）", "（草案）", "（2021—2025年）", "(征求意见稿)"]
    {
        let title =
            format!("溆浦县国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要{remark}");
        let own = lower_plan(format!("{title}{body}").as_bytes(), &SEEDS).catalogue;
        // Brackets are folded as in all of the text.
        assert_eq!(own.plan.title, title.replace('（', "(").replace('）', ")"));
        let counties: Vec<&str> =
            own.projects[0].counties.iter().map(|share| share.name.as_str()).collect();
        assert!(counties.contains(&"溆浦县"), "{title}: {counties:?}");
    }
}

#[test]
fn only_chapters_about_how_it_is_carried_out_name_no_works() {
    let works = |chapter: &str| {
        let text = format!(
            "清溪县规划\n\n第一章 总则\n\n略。\n\n第二章 {chapter}\n\n\
             新建清溪县第二人民医院，设置床位600张，总投资4.2亿元。\n\
             推动南岭红色旅游基地提质改造，投资8500万元。\n"
        );
        jintu::plan::parse(text.as_bytes()).plan.works.len()
    };
    for chapter in ["保障和改善民生", "夯实水资源供给保障", "增强能源保障能力", "提升基础教育"]
    {
        assert_eq!(works(chapter), 2, "{chapter}");
    }
    for chapter in ["保障措施", "强化组织保障", "规划实施保障", "发展基础与形势"]
    {
        assert_eq!(works(chapter), 0, "{chapter}");
    }
}

#[test]
fn a_table_that_lost_its_columns_names_no_projects() {
    let text = "清溪县规划\n\n第一章 任务\n\n专栏1 产业项目表\n\
                序号 项目名称 建设地点 总投资（万元）\n1 绿色食品加工园 邓川镇 32000\n\
                2 温泉康养小镇 牛街乡 48000\n\n第二章 交通\n\n\
                专栏2 交通项目\n1．南岭大桥。桥长480米，总投资2亿元。\n";
    let read = jintu::plan::parse(text.as_bytes());
    let names: Vec<&str> =
        read.plan.boxes.iter().flat_map(|own| &own.items).map(|own| own.name.as_str()).collect();
    assert_eq!(names, ["南岭大桥"]);
    assert!(read.diagnostics.iter().any(|own| own.code == "flat-table"));
    // The words are there and can be found.
    assert!(read.plan.find("温泉康养小镇", 0).is_some());
}

//! The city's own plan: text, outline, boxes and the way back to the file.
#![allow(clippy::expect_used, reason = "a test stops where the document lacks what it must have")]

use jintu::diagnostics::{Diagnostic, Location, Severity};
use jintu::plan::{Encoding, NodeKind, Parsed, Plan, parse};
use jintu::units::{SourceSpan, TextRange};

pub(crate) const FILE: &[u8] =
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/plan.txt"));

pub(crate) fn real() -> Parsed {
    parse(FILE)
}

/// The words of the file at a range of the text.
pub(crate) fn in_file(plan: &Plan, range: TextRange) -> &'static str {
    let span = plan.text.source_span(range);
    std::str::from_utf8(&FILE[span.start..span.end]).expect("whole characters")
}

pub(crate) fn codes(diagnostics: &[Diagnostic]) -> Vec<&'static str> {
    diagnostics.iter().map(|d| d.code).collect()
}

/// The file folded by hand: no white space, half-width signs, no last line.
pub(crate) fn folded_by_hand(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, ' ' | '\u{3000}' | '\n'))
        .map(|c| match c {
            'ꎬ' => '，',
            'ꎮ' => '。',
            'ꎻ' => '；',
            '«' => '《',
            '»' => '》',
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '％' | '＋' | '＃' => {
                char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c)
            }
            other => other,
        })
        .collect()
}

#[test]
fn the_plan_has_no_warnings() {
    let parsed = real();
    assert!(
        parsed.diagnostics.iter().all(|d| d.severity == Severity::Note),
        "{:#?}",
        parsed.diagnostics
    );
    assert!(parsed.diagnostics.len() <= 3);
    assert_eq!(parsed.plan.encoding, Encoding::Utf8);
    assert_eq!(parsed.plan.title, "太原市“十四五”融入国家区域发展战略规划");
}

#[test]
fn the_distribution_list_is_left_out_and_noted() {
    let parsed = real();
    assert!(!parsed.plan.text.as_str().contains("各民主党派"));
    assert!(parsed.plan.text.as_str().ends_with("高水平崛起的良好氛围。"));
    let note = parsed.diagnostics.iter().find(|d| d.code == "page-furniture").expect("a note");
    assert_eq!(
        note.location,
        Location::Plan { span: SourceSpan { start: 80_988, end: 81_018 }, line: 1910, column: 2 }
    );
}

#[test]
fn the_text_is_the_file_folded_and_nothing_else() {
    let plan = real().plan;
    let source = std::str::from_utf8(FILE).expect("UTF-8");
    let (body, _) = source.rsplit_once("各民主党派").expect("the last line");
    assert_eq!(plan.text.as_str().replace('\n', ""), folded_by_hand(body));
}

#[test]
fn every_character_leads_back_to_its_bytes() {
    let plan = real().plan;
    let mut last = 0;
    for (start, ch) in plan.text.as_str().char_indices() {
        if ch == '\n' {
            continue;
        }
        let range = TextRange { start, end: start + ch.len_utf8() };
        let span = plan.text.source_span(range);
        assert!(span.start >= last && span.end > span.start);
        last = span.end;
        assert_eq!(folded_by_hand(in_file(&plan, range)), ch.to_string());
        assert_eq!(plan.text.text_range(span), Some(range));
    }
}

#[test]
fn four_hundred_and_ten_leads_to_its_words_in_the_file() {
    let plan = real().plan;
    let item = plan.box_item("B1-02").expect("B1-02");
    let at = plan.find("总投资约410亿元", 0).expect("the phrase");
    assert!(item.range.contains(at));
    assert_eq!(in_file(&plan, at), "总投资约 ４１０ 亿元");
    assert_eq!(plan.find("总投资约 ４１０ 亿元", 0), Some(at));
    assert_eq!(plan.find("总投资约410亿元", 1), None);
    assert_eq!(plan.find("", 0), None);
    let span = plan.text.source_span(at);
    let (line, column) = plan.text.line_column(span.start);
    let source = std::str::from_utf8(FILE).expect("UTF-8");
    let on_line = source.lines().nth(line - 1).expect("the line");
    let from: String = on_line.chars().skip(column - 1).collect();
    assert!(from.starts_with("总投资约 ４１０"), "{from}");
}

#[test]
fn numbers_and_units_cut_by_line_ends_are_whole() {
    let plan = real().plan;
    for phrase in [
        "总投资约1.5亿元",
        "总投资约15.37亿元",
        "总投资约257亿元",
        "总投资约120亿元",
        "200万台/年",
        "“2+26城市”之一",
        "太佳高速(S50)",
        "G208(忻太大道)",
        "依托中芯国际",
        "东方双翼国际职业教育有限公司",
        "劣Ⅴ类",
        "9537㎡(15亩)",
        "联东U谷",
        "《黄河流域生态保护和高质量发展规划纲要》《黄河文化保护传承弘扬规划》",
    ] {
        assert!(plan.find(phrase, 0).is_some(), "{phrase}");
    }
    let odd = |c: char| {
        ('\u{A3A1}'..='\u{A3FE}').contains(&c)
            || ('０'..='９').contains(&c)
            || matches!(c, ' ' | '\u{3000}' | '«' | '»' | '\u{FFFD}')
    };
    assert!(!plan.text.as_str().contains(odd));
}

#[test]
fn chapters_sections_and_items_are_those_of_the_contents() {
    let outline = real().plan.outline;
    let of = |kind: NodeKind| {
        outline
            .nodes()
            .iter()
            .filter(|n| n.kind == kind && n.id != "0")
            .map(|n| format!("{} {}", n.id, n.title))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        of(NodeKind::Chapter),
        [
            "1 发展基础",
            "2 “十四五”时期融入国家区域发展战略规划总体要求",
            "3 主要任务",
            "4 保障措施"
        ]
    );
    let sections = of(NodeKind::Section);
    assert_eq!(sections.len(), 8 + 3 + 7 + 3);
    for section in [
        "1.1 基础设施互联互通",
        "1.8 政策支持不断强化",
        "2.3 发展目标",
        "3.1 深度融入京津冀协同发展",
        "3.2 强化协作长三角梯度发展",
        "3.3 精准对接粤港澳大湾区突破发展",
        "3.4 打造“一带一路”传统文化复兴示范区",
        "3.5 打造黄河中游区域中心城市标杆",
        "3.6 打造山西中部城市群一体化龙头",
        "3.7 共筑合作顶层设计",
        "4.3 强化监督考核",
    ] {
        assert!(sections.iter().any(|s| s == section), "{section}");
    }
    let items = of(NodeKind::Item);
    // 2.2: 3, 2.3: 2; 3.1 to 3.7: 7, 5, 3, 3, 2, 3, 3; 4.1 to 4.3: 3 each.
    assert_eq!(items.len(), 3 + 2 + 7 + 5 + 3 + 3 + 2 + 3 + 3 + 9);
    for item in [
        "2.3.2 多元目标",
        "3.1.7 支持清洁能源协同发展",
        "3.4.1 打造“一带一路”黄河文化“走出去”基地",
        "4.1.1 完善组织领导体系",
    ] {
        assert!(items.iter().any(|i| i == item), "{item}");
    }
}

#[test]
fn lead_phrases_open_their_paragraphs() {
    let plan = real().plan;
    for (id, title, starts) in [
        ("3.1.1.1", "加密扩容高速公路通道", "加快推进阳曲大盂—盂县(晋冀界)高速公路建设"),
        ("3.1.1.6", "协同建设信息基础设施", "加大互联网出入口宽带扩容"),
        ("2.3.2.5", "跨区域合作机制体制运行有效", "制约跨区域合作发展的行政壁垒"),
        ("3.7.3.3", "促进民营经济合作发展", "优化民营经济发展环境"),
    ] {
        let node = plan.outline.get(id).expect(id);
        assert_eq!((node.kind, node.title.as_str()), (NodeKind::Lead, title));
        assert_eq!(plan.text.slice(node.heading), title);
        let first =
            plan.sentences.iter().find(|s| s.id == format!("{id}-s1")).expect("a first sentence");
        assert!(plan.text.slice(first.range).starts_with(starts));
    }
    let leads = |item: &str| {
        let index = plan.outline.index_of(item).expect("the item");
        plan.outline
            .children(index)
            .filter(|i| plan.outline.nodes()[*i].kind == NodeKind::Lead)
            .count()
    };
    assert_eq!(
        ["3.1.1", "3.1.2", "3.1.3", "3.5.1", "3.7.1", "2.3.2"].map(leads),
        [6, 3, 4, 3, 5, 5]
    );
}

#[test]
fn a_heading_with_text_on_its_line_keeps_both() {
    let plan = real().plan;
    let section = plan.outline.index_of("1.1").expect("1.1");
    let children: Vec<usize> = plan.outline.children(section).collect();
    assert_eq!(children.len(), 1);
    let body = &plan.outline.nodes()[children[0]];
    assert_eq!(body.id, "1.1.p1");
    assert!(plan.text.slice(body.range).starts_with("太原公交全国一卡通"));
    let body = plan.outline.get("4.1.1.p1").expect("4.1.1.p1");
    assert!(plan.text.slice(body.range).ends_with("工作不断深化。"));
    // The goals for 2025 and 2035 are two paragraphs.
    let later = plan.outline.get("2.3.1.p2").expect("2.3.1.p2");
    assert!(plan.text.slice(later.range).starts_with("到2035年，"));
}

#[test]
fn a_place_in_the_text_knows_its_node_and_sentence() {
    let plan = real().plan;
    let at = plan.find("尧城通用机场改扩建", 0).expect("the words");
    let node = plan.outline.node_at(at.start).expect("a node");
    assert_eq!(plan.outline.nodes()[node].id, "3.1.1.3");
    let above: Vec<&str> =
        plan.outline.ancestors(node).map(|i| plan.outline.nodes()[i].id.as_str()).collect();
    assert_eq!(above, ["3.1.1", "3.1", "3"]);
    let sentence = plan.sentence_at(at.start).expect("a sentence");
    assert_eq!(plan.sentences[sentence].id, "3.1.1.3-s2");
    assert_eq!(plan.sentences[sentence].node, node);
    // Text after a box goes on in the next section.
    let at = plan.find("把握长三角地区建设世界级城市群", 0).expect("the words");
    let node = plan.outline.node_at(at.start).expect("a node");
    assert_eq!(plan.outline.nodes()[node].id, "3.2.p1");
}

#[test]
fn every_word_belongs_to_a_sentence() {
    let plan = real().plan;
    let mut words = plan.title.clone();
    for sentence in &plan.sentences {
        words.push_str(plan.text.slice(sentence.range));
    }
    assert_eq!(words, plan.text.as_str().replace('\n', ""));
}

#[test]
fn boxes_have_their_titles_groups_and_items() {
    let plan = real().plan;
    let shown: Vec<(u32, &str, &str, usize, usize)> = plan
        .boxes
        .iter()
        .map(|b| {
            let section = b.section.map_or("", |i| plan.outline.nodes()[i].id.as_str());
            (b.number, b.title.as_str(), section, b.groups.len(), b.items.len())
        })
        .collect();
    assert_eq!(
        shown,
        [
            (1, "融入京津冀重点合作项目", "3.1", 5, 18),
            (2, "协作长三角重点合作项目", "3.2", 0, 6),
            (3, "对接粤港澳大湾区重点合作项目", "3.3", 0, 1),
            (4, "汾河生态保护修复重大项目", "3.5", 0, 3),
            (5, "山西中部城市群一体化发展重点项目", "3.6", 0, 10),
        ]
    );
    let groups: Vec<&str> = plan.boxes[0].groups.iter().map(|g| g.title.as_str()).collect();
    assert_eq!(groups, ["基础设施建设", "重点产业协同", "创新体系建设", "文化旅游", "教育医疗"]);
    let in_group: Vec<usize> =
        (0..5).map(|g| plan.boxes[0].items.iter().filter(|i| i.group == Some(g)).count()).collect();
    assert_eq!(in_group, [3, 7, 1, 4, 3]);
}

/// The 38 items by id and name, as a person reads them in the plan.
const ITEMS: [(&str, &str); 38] = [
    ("B1-01", "阳曲大盂—盂县(晋冀界)高速公路项目"),
    ("B1-02", "太原—绥德高速铁路项目"),
    ("B1-03", "太原机场改扩建及其配套建设项目"),
    ("B1-04", "京津冀晋产业协作融合示范项目"),
    ("B1-05", "订单生产中心及智能制造生产中心建设项目"),
    ("B1-06", "长城电源业务落地项目"),
    ("B1-07", "联东U谷山西国际智能制造项目(一期)"),
    ("B1-08", "东方雨虹山西(太原)建筑新材料智能制造生产基地"),
    ("B1-09", "第四代半导体产业基地项目"),
    ("B1-10", "新型高纯氮化硅超细粉体项目"),
    ("B1-11", "京晋电子信息产业协同创新中心项目"),
    ("B1-12", "山西(清徐)面食文化园项目"),
    ("B1-13", "万柏林多弗世纪城综合开发项目"),
    ("B1-14", "清徐南部新城项目"),
    ("B1-15", "1898太原兵工厂文化产业园项目"),
    ("B1-16", "中国科学院大学太原能源材料学院项目"),
    ("B1-17", "山西综改示范区实验学校项目"),
    ("B1-18", "老年康养医疗中心项目"),
    ("B2-01", "中国长城国产整机智能制造(太原)基地项目"),
    ("B2-02", "山西合成生物产业生态园区建设项目"),
    ("B2-03", "圆通速递山西总部项目"),
    ("B2-04", "百信信创产业基地项目"),
    ("B2-05", "半导体及核心芯片制造基地项目"),
    ("B2-06", "年产10GW高效单晶硅棒、片项目"),
    ("B3-01", "华为(太原)软件产业人才培养基地项目"),
    ("B4-01", "汾河上游生态修复与治理项目"),
    ("B4-02", "汾河中游百公里示范区建设项目"),
    ("B4-03", "汾河流域生态景观项目"),
    ("B5-01", "太原至忻州城市快速通道108国道改造工程"),
    ("B5-02", "太原铁路枢纽客运环线建设项目"),
    ("B5-03", "太原城市轨道交通项目"),
    ("B5-04", "泥向线市政化改造项目"),
    ("B5-05", "哈工大机器人集团华北总部基地项目"),
    ("B5-06", "蓝宝石晶体生长及加工项目(二期)"),
    ("B5-07", "通泽重工先进装备制造基地项目"),
    ("B5-08", "俄直卡莫夫直升机产业园项目"),
    ("B5-09", "太钢高端冷轧取向硅钢项目"),
    ("B5-10", "山西阳曲农投现代农业科技示范产业园项目"),
];

#[test]
fn box_items_have_their_ids_and_names() {
    let plan = real().plan;
    let items: Vec<(&str, &str)> = plan
        .boxes
        .iter()
        .flat_map(|b| &b.items)
        .map(|i| (i.id.as_str(), i.name.as_str()))
        .collect();
    assert_eq!(items, ITEMS);
    for item in plan.boxes.iter().flat_map(|b| &b.items) {
        assert_eq!(plan.text.slice(item.name_range), item.name);
        assert!(plan.text.slice(item.range).ends_with('。'));
    }
}

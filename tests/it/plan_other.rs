//! Plans of other cities, written for the tests: other numbering, other setting, other encodings.
#![allow(clippy::expect_used, reason = "a test stops where the document lacks what it must have")]

use encoding_rs::GB18030;
use jintu::diagnostics::Severity;
use jintu::plan::{Bound, Encoding, NodeKind, Parsed, Plan, Quantity, parse};

use crate::plan::{FILE, codes, real};

/// One paragraph per line, usual punctuation, chapters as 第一章, boxes with other marks.
const CLOUD_BROOK: &str = "\
云溪市综合交通发展规划
第一章 总则
第一节 现状
截至2024年底，全市公路总里程达到8,650公里，拥有公交线路126条。
第二节 目标
到2030年，建成“一环六射”路网，轨道交通里程突破100公里，公交分担率达到35%。力争到2035年，客运量翻一番。
第二章 重点任务
（一）完善路网
1、建设快速路。新建云溪大道，全长约12.5公里，宽60米，总投资：35.6亿元。
2、打造北站枢纽
提升换乘效率。换乘时间控制在5分钟以内。
专栏一：重点道路项目
一期项目如下：
1.云溪大桥工程。总投资不超过8亿元，桥长2公里至3公里，设计速度80公里/小时。
2.滨河快速路。计划投资9000万元，年产值1.2亿元的配套产业园占地面积1.5平方公里。
3.优化公交
新增公交线路20条以上，购置新能源公交车300辆。
（二）发展物流
专栏2 物流园区
1.北区
（1）空港物流园。投资约10亿元，年处理货物30万吨。
（2）铁路货场。用地200余亩。
2.南区
（1）南岭冷库。建筑面积3万㎡左右。
专栏3 其他项目
●公交智慧平台
建设一个平台，投资3000万元。
●港口码头。泊位4个，年吞吐能力500万吨。
第三章 保障措施
一是加强领导。
抄送：市委办公厅。
";

fn cloud_brook() -> Plan {
    let parsed = parse(CLOUD_BROOK.as_bytes());
    assert!(
        parsed.diagnostics.iter().all(|d| d.severity == Severity::Note),
        "{:#?}",
        parsed.diagnostics
    );
    parsed.plan
}

fn ids(plan: &Plan) -> Vec<&str> {
    plan.outline.nodes().iter().map(|n| n.id.as_str()).collect()
}

fn items(plan: &Plan) -> Vec<(&str, &str)> {
    plan.boxes.iter().flat_map(|b| &b.items).map(|i| (i.id.as_str(), i.name.as_str())).collect()
}

#[test]
fn another_city_has_its_outline() {
    let plan = cloud_brook();
    assert_eq!(plan.title, "云溪市综合交通发展规划");
    assert_eq!(
        ids(&plan),
        [
            "1", "1.1", "1.1.p1", "1.2", "1.2.p1", "2", "2.1", "2.1.1", "2.1.1.p1", "2.1.2",
            "2.1.2.1", "2.1.3", "2.1.3.p1", "2.2", "3", "3.p1",
        ]
    );
    let item = plan.outline.get("2.1.3").expect("2.1.3");
    assert_eq!((item.kind, item.title.as_str()), (NodeKind::Item, "优化公交"));
    assert!(!plan.text.as_str().contains("抄送"));
}

#[test]
fn another_city_has_its_boxes() {
    let plan = cloud_brook();
    assert_eq!(
        items(&plan),
        [
            ("B1-01", "云溪大桥工程"),
            ("B1-02", "滨河快速路"),
            ("B2-01", "空港物流园"),
            ("B2-02", "铁路货场"),
            ("B2-03", "南岭冷库"),
            ("B3-01", "公交智慧平台"),
            ("B3-02", "港口码头"),
        ]
    );
    let titles: Vec<&str> = plan.boxes.iter().map(|b| b.title.as_str()).collect();
    assert_eq!(titles, ["重点道路项目", "物流园区", "其他项目"]);
    let groups: Vec<&str> = plan.boxes[1].groups.iter().map(|g| g.title.as_str()).collect();
    assert_eq!(groups, ["北区", "南区"]);
    assert_eq!(plan.boxes[1].items[2].group, Some(1));
    let platform = plan.box_item("B3-01").expect("B3-01");
    assert!(plan.text.slice(platform.range).ends_with("投资3000万元。"));
}

#[test]
fn another_city_has_its_figures() {
    let plan = cloud_brook();
    let figure = |item: Option<&str>, words: &str| {
        let found: Vec<_> = plan
            .figures
            .iter()
            .filter(|f| f.item.as_deref() == item && plan.text.slice(f.range) == words)
            .collect();
        assert_eq!(found.len(), 1, "{words}");
        found[0].clone()
    };
    let roads = figure(None, "全市公路总里程达到8,650公里");
    assert_eq!((roads.quantity, roads.value), (Quantity::Length, 8650.0));
    assert_eq!((roads.year, roads.target), (Some(2024), false));
    let metro = figure(None, "轨道交通里程突破100公里");
    assert_eq!((metro.year, metro.target), (Some(2030), true));
    assert_eq!(metro.bound, Some(Bound::AtLeast));
    let double = figure(None, "客运量翻一番");
    assert_eq!((double.quantity, double.value, double.year), (Quantity::Multiple, 2.0, Some(2035)));
    let avenue = figure(None, "总投资:35.6亿元");
    assert_eq!((avenue.quantity, avenue.value), (Quantity::Investment, 35.6));
    let change = figure(None, "换乘时间控制在5分钟以内");
    assert_eq!((change.quantity, change.bound), (Quantity::Duration, Some(Bound::AtMost)));
    let bridge = figure(Some("B1-01"), "总投资不超过8亿元");
    assert_eq!((bridge.quantity, bridge.bound), (Quantity::Investment, Some(Bound::AtMost)));
    let span = figure(Some("B1-01"), "桥长2公里至3公里");
    assert_eq!((span.value, span.value_max), (2.0, Some(3.0)));
    let speed = figure(Some("B1-01"), "设计速度80公里/小时");
    assert_eq!((speed.quantity, speed.unit.as_str()), (Quantity::Speed, "km/h"));
    let road = figure(Some("B1-02"), "计划投资9000万元");
    assert_eq!((road.quantity, road.value), (Quantity::Investment, 0.9));
    let output = figure(Some("B1-02"), "年产值1.2亿元");
    assert_eq!(output.quantity, Quantity::OutputValue);
    let land = figure(Some("B1-02"), "配套产业园占地面积1.5平方公里");
    assert_eq!((land.quantity, land.value, land.unit.as_str()), (Quantity::Area, 1.5, "km²"));
    let cold = figure(Some("B2-03"), "建筑面积3万㎡左右");
    assert_eq!((cold.value, cold.approx), (30_000.0, true));
    let goods = figure(Some("B2-01"), "年处理货物30万吨");
    assert_eq!((goods.quantity, goods.unit.as_str()), (Quantity::Capacity, "t/年"));
}

/// Cuts each paragraph at 30 ems and loses its indent, as text pulled from a PDF does.
fn cut_into_lines(text: &str) -> String {
    let mut cut = String::new();
    for paragraph in text.lines() {
        let mut left = 28;
        for ch in paragraph.chars() {
            if left == 0 {
                cut.push('\n');
                left = 30;
            }
            cut.push(ch);
            left -= 1;
        }
        cut.push('\n');
    }
    cut
}

/// Long enough paragraphs for the setting to show.
const EAST_LAKE: &str = "\
东湖市水网建设规划
一、发展基础
“十四五”以来，我市坚持节水优先、空间均衡、系统治理、两手发力的治水思路，加快构建现代水网，防洪减灾能力明显增强，供水保障水平稳步提升，为高质量发展提供了坚实支撑。
(一)工程体系初步形成。建成东湖水库除险加固工程，新增供水能力每年1200万立方米，城乡供水一体化覆盖率达到92%，累计治理河道156公里，完成投资48.6亿元，群众用水条件得到显著改善，防洪标准普遍提高。
二、主要任务
(一)完善水网格局
1.加快骨干工程建设
实施引江济湖工程。线路起自江口枢纽，经白沙、青石两镇，终点为东湖北岸泵站，全长约64公里，设计流量每秒20立方米，建成后将有效缓解北部片区缺水问题，为产业发展提供水源保障，工程静态总投资约72亿元。
推进河湖连通。以东湖为核心，连通南北两条骨干河道，恢复水系自然形态，建设滨水绿道80公里，提升沿线生态品质，打造人水和谐的示范带，形成河畅水清岸绿景美的城市水环境新格局。
专栏1 骨干水网重点工程
1.引江济湖工程。总投资约72亿元，新建泵站3座，输水管线64公里，年引水量1.2亿立方米，建设期为四年，由市水务集团负责组织实施。
2.东湖北岸泵站。总投资4.5亿元，装机容量12MW，占地35亩，配套建设调度中心和管理用房等附属设施，工程建成后同步开展绿化。
(二)健全管理机制
建立水网统一调度机制，明确市、县两级职责，完善水价形成机制，推进数字孪生水网建设，实现重点断面在线监测全覆盖。
";

#[test]
fn lines_cut_by_a_page_make_no_difference() {
    let whole = parse(EAST_LAKE.as_bytes()).plan;
    let cut = cut_into_lines(EAST_LAKE);
    let read = parse(cut.as_bytes());
    assert_eq!(read.plan.text.as_str(), whole.text.as_str());
    assert_eq!(ids(&read.plan), ids(&whole));
    assert_eq!(items(&read.plan), items(&whole));
    assert_eq!(read.plan.figures, whole.figures);
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
    // The same with a blank line after each line, and with CR LF.
    for variant in [cut.replace('\n', "\n\n"), cut.replace('\n', "\r\n")] {
        let read = parse(variant.as_bytes()).plan;
        assert_eq!(read.text.as_str(), whole.text.as_str());
        assert_eq!(ids(&read), ids(&whole));
    }
    assert_eq!(
        ids(&whole),
        ["1", "1.p1", "1.1", "1.1.p1", "2", "2.1", "2.1.1", "2.1.1.1", "2.1.1.2", "2.2", "2.2.p1"]
    );
}

#[test]
fn other_encodings_give_the_same_plan() {
    let source = std::str::from_utf8(FILE).expect("UTF-8");
    let expected = real().plan;
    let utf16 = |to_bytes: fn(u16) -> [u8; 2], mark: &str| -> Vec<u8> {
        mark.encode_utf16().chain(source.encode_utf16()).flat_map(to_bytes).collect()
    };
    let mut with_bom = b"\xEF\xBB\xBF".to_vec();
    with_bom.extend_from_slice(FILE);
    for (encoding, bytes) in [
        (Encoding::Gb18030, GB18030.encode(source).0.into_owned()),
        (Encoding::Utf8Bom, with_bom),
        (Encoding::Utf16Le, utf16(u16::to_le_bytes, "\u{FEFF}")),
        (Encoding::Utf16Be, utf16(u16::to_be_bytes, "\u{FEFF}")),
        (Encoding::Utf16Le, utf16(u16::to_le_bytes, "")),
        (Encoding::Utf16Be, utf16(u16::to_be_bytes, "")),
    ] {
        let Parsed { plan, diagnostics } = parse(&bytes);
        assert_eq!(plan.encoding, encoding);
        assert_eq!(plan.text.as_str(), expected.text.as_str());
        assert_eq!(plan.figures, expected.figures);
        assert_eq!(codes(&diagnostics), ["plan-encoding", "page-furniture"]);
        let at = plan.find("总投资约410亿元", 0).expect("the phrase");
        let span = plan.text.source_span(at);
        let found = &bytes[span.start..span.end];
        let decoded = match encoding {
            Encoding::Gb18030 => GB18030.decode(found).0.into_owned(),
            Encoding::Utf16Le => encoding_rs::UTF_16LE.decode(found).0.into_owned(),
            Encoding::Utf16Be => encoding_rs::UTF_16BE.decode(found).0.into_owned(),
            _ => String::from_utf8_lossy(found).into_owned(),
        };
        assert_eq!(decoded, "总投资约 ４１０ 亿元");
    }
}

#[test]
fn a_gbk_plan_is_recognised_even_when_short() {
    let bytes = GB18030.encode(CLOUD_BROOK).0.into_owned();
    let plan = parse(&bytes).plan;
    assert_eq!(plan.encoding, Encoding::Gb18030);
    assert_eq!(plan.text.as_str(), cloud_brook().text.as_str());
}

/// A text in which nothing was found was called faultless.
#[test]
fn a_text_without_projects_is_told() {
    use jintu::{catalogue::lower::lower_plan, store::SEEDS};
    let told = |text: &str| {
        let lowered = lower_plan(text.as_bytes(), &SEEDS);
        let found = lowered.diagnostics.iter().filter(|own| own.code == "no-projects");
        (lowered.catalogue.projects.len(), found.map(|own| own.severity).collect::<Vec<_>>())
    };
    assert_eq!(told("这里没有任何项目。\n"), (0, vec![Severity::Warning]));
    let (some, warnings) = told(CLOUD_BROOK);
    assert!(some > 0 && warnings.is_empty(), "{some} {warnings:?}");
}

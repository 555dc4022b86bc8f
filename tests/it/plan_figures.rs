//! The figures of the city's own plan, against a table that was read from it by hand.

use jintu::plan::{Bound, Figure, Plan, Quantity};

use crate::plan::{in_file, real};

/// Every investment the boxes state: item, 亿元, 约, phrase.
pub(crate) const INVESTMENTS: [(&str, f64, bool, &str); 34] = [
    ("B1-01", 120.0, true, "总投资约120亿元"),
    ("B1-02", 410.0, true, "总投资约410亿元"),
    ("B1-03", 257.0, true, "总投资约257亿元"),
    ("B1-06", 12.3, false, "总投资12.3亿元"),
    ("B1-07", 80.0, false, "总投资80亿元"),
    ("B1-08", 15.0, false, "总投资15亿元"),
    ("B1-09", 4.9, false, "总投资4.9亿元"),
    ("B1-10", 1.7, false, "项目总投资1.7亿元"),
    ("B1-11", 1.5, true, "总投资约1.5亿元"),
    ("B1-12", 4.0, true, "总投资约4亿元"),
    ("B1-13", 300.0, true, "总投资约300亿元"),
    ("B1-14", 200.0, false, "总投资200亿元"),
    ("B1-15", 5.0, true, "总投资约5亿元"),
    ("B1-16", 14.0, true, "总投资约14亿元"),
    ("B1-17", 13.0, true, "总投资约13亿元"),
    ("B1-18", 0.3, true, "总投资约0.3亿元"),
    ("B2-01", 75.0, true, "总投资约75亿元"),
    ("B2-02", 450.0, false, "投资450亿元"),
    ("B2-03", 10.0, false, "投资10亿元"),
    ("B2-06", 50.0, false, "总投资50亿元"),
    ("B3-01", 10.0, false, "总投资10亿元"),
    ("B4-01", 4.7, true, "总投资约4.7亿元"),
    ("B4-02", 15.37, true, "总投资约15.37亿元"),
    ("B4-03", 897.0, true, "总投资约897亿元"),
    ("B5-01", 26.0, true, "总投资约26亿元"),
    ("B5-02", 235.0, true, "总投资初步测算约235亿元"),
    ("B5-03", 580.4, true, "总投资约580.4亿元"),
    ("B5-04", 25.9, true, "总投资约25.9亿元"),
    ("B5-05", 30.0, false, "总投资30亿元"),
    ("B5-06", 10.0, false, "总投资10亿元"),
    ("B5-07", 20.0, false, "总投资20亿元"),
    ("B5-08", 39.0, false, "总投资39亿元"),
    ("B5-09", 27.94, false, "总投资27.94亿元"),
    ("B5-10", 4.1, false, "总投资4.1亿元"),
];

/// Other figures of the boxes: item, quantity, value, unit, phrase.
const OTHERS: [(&str, Quantity, f64, &str, &str); 50] = [
    ("B1-01", Quantity::Length, 85.0, "km", "路线全长约85公里"),
    ("B1-02", Quantity::Speed, 350.0, "km/h", "设计时速350公里"),
    ("B1-03", Quantity::Length, 3600.0, "m", "新建长3600米"),
    ("B1-03", Quantity::Width, 45.0, "m", "宽45米"),
    ("B1-03", Quantity::FloorArea, 400_000.0, "m²", "新建40万平方米的航站楼"),
    ("B1-03", Quantity::Count, 127.0, "个", "127个机位的站坪"),
    ("B1-03", Quantity::FloorArea, 50_000.0, "m²", "5万平方米的综合交通中心"),
    ("B1-03", Quantity::FloorArea, 130_000.0, "m²", "13万平方米的停车楼"),
    ("B1-04", Quantity::Count, 14.0, "个", "围绕14个战略性新兴产业"),
    ("B1-05", Quantity::Count, 4.0, "座", "4座京东山西订单生产中心"),
    ("B1-06", Quantity::Capacity, 2_000_000.0, "台/年", "基地建成后预计达到200万台/年的生产能力"),
    ("B1-07", Quantity::Count, 300.0, "家", "预计5年内引进全国生产型科技企业300家"),
    ("B1-07", Quantity::OutputValue, 150.0, "亿元", "年产值150亿元"),
    ("B1-07", Quantity::Tax, 15.0, "亿元", "税收15亿元"),
    ("B1-08", Quantity::Capacity, 30_000_000.0, "m²/年", "年产3000万平方米沥青防水卷材"),
    ("B1-08", Quantity::Capacity, 40_000.0, "t/年", "4万吨防水涂料"),
    ("B1-08", Quantity::Capacity, 100_000.0, "t/年", "10万吨砂浆"),
    ("B1-11", Quantity::FloorArea, 5000.0, "m²", "总面积约5000平米"),
    ("B1-13", Quantity::Area, 2700.0, "亩", "规划占地面积约2700亩"),
    ("B1-13", Quantity::FloorArea, 5_000_000.0, "m²", "总建筑面积约500万平方米"),
    ("B1-14", Quantity::Area, 8000.0, "亩", "总规划用地8000亩"),
    ("B1-14", Quantity::Area, 4050.0, "亩", "一期计划用地4050亩"),
    ("B1-14", Quantity::FloorArea, 2_700_000.0, "m²", "地上建筑面积270万平方米"),
    ("B1-16", Quantity::Area, 570.0, "亩", "规划用地面积570亩"),
    ("B1-16", Quantity::FloorArea, 113_580.0, "m²", "总建筑面积113580平方米"),
    ("B1-17", Quantity::Count, 12.0, "轨", "高中12轨"),
    ("B1-18", Quantity::Count, 200.0, "张", "建设200余张床位的老年康养医疗中心"),
    ("B2-02", Quantity::Capacity, 2_400_000.0, "t/年", "年产240万吨国际农产品加工项目"),
    ("B2-02", Quantity::Capacity, 900_000.0, "t/年", "年产90万吨生物基聚酰胺"),
    ("B2-02", Quantity::Capacity, 80_000.0, "t/年", "8万吨生物基长链二元酸"),
    ("B2-02", Quantity::Count, 23.0, "个", "23个相对独立的产业项目"),
    ("B2-03", Quantity::FloorArea, 102_000.0, "m²", "规划建设面积10.2万平方米"),
    ("B2-03", Quantity::Area, 237.0, "亩", "占地237亩"),
    ("B2-06", Quantity::Capacity, 10.0, "GW/年", "年产10GW高效单晶硅棒"),
    ("B3-01", Quantity::Count, 2000.0, "名", "首年完成2000至5000名ICT人才的培养目标"),
    ("B3-01", Quantity::Count, 100_000.0, "人", "预计形成年培养目标10万人"),
    ("B3-01", Quantity::Area, 60_000.0, "m²", "总占地面积6—8万平方米"),
    ("B4-02", Quantity::Length, 33.0, "km", "全长33公里"),
    ("B4-03", Quantity::Count, 16.0, "条", "16条重要支流"),
    ("B4-03", Quantity::Count, 96.0, "条", "96条一般支流"),
    ("B5-01", Quantity::Length, 24.3, "km", "路线全长24.3公里"),
    ("B5-02", Quantity::Length, 84.85, "km", "正线全长84.85公里"),
    ("B5-02", Quantity::Length, 40.56, "km", "联络线全长40.56公里"),
    ("B5-04", Quantity::Length, 13.2, "km", "长13.2公里"),
    ("B5-04", Quantity::Width, 36.0, "m", "宽36米"),
    ("B5-06", Quantity::Count, 450.0, "台套", "主要建设投资新型大尺寸单晶炉450台套"),
    ("B5-09", Quantity::Capacity, 160_000.0, "t/年", "年产低温高磁感取向硅钢(HiB)16万吨"),
    ("B5-10", Quantity::FloorArea, 9537.0, "m²", "展示型智能化玻璃温室9537㎡"),
    ("B5-10", Quantity::Area, 145.0, "亩", "145亩"),
    ("B5-10", Quantity::FloorArea, 145_325.0, "m²", "新型装配式日光温室71座约145325㎡"),
];

/// Figures of the running text: year, baseline, quantity, value, unit, phrase.
const TARGETS: [(Option<u16>, Quantity, f64, &str, &str); 21] = [
    (Some(2025), Quantity::Growth, 15.0, "%", "力争产业合作协议签约额在2020年基础上增长15%以上"),
    (Some(2025), Quantity::Count, 1.0, "个", "争取建成1个国家级承接产业转移示范区"),
    (Some(2025), Quantity::Share, 3.3, "%", "研发经费投入强度达3.3%"),
    (Some(2025), Quantity::Multiple, 2.0, "倍", "开展合作的国家级创新平台实现倍增"),
    (Some(2025), Quantity::Count, 212.0, "个", "技术创新中心以及工程研究中心达到212个"),
    (Some(2025), Quantity::Count, 4500.0, "家", "高新技术企业达到4500家"),
    (Some(2025), Quantity::Duration, 3.0, "小时", "太原至国内主要城市3小时通达"),
    (Some(2025), Quantity::Share, 30.0, "%", "森林覆盖率达到30%"),
    (None, Quantity::Duration, 3.0, "小时", "打造连接京津冀3小时高铁交通圈"),
    (None, Quantity::Duration, 2.0, "小时", "积极融入北京2小时经济圈"),
    (None, Quantity::Share, 44.0, "%", "城区绿化覆盖率由41.7%提高到44.0%"),
    (Some(2015), Quantity::Index, 7.13, "", "市区环境空气质量综合指数由2015年的7.13"),
    (
        Some(2020),
        Quantity::Index,
        5.91,
        "",
        "市区环境空气质量综合指数由2015年的7.13下降至2020年的5.91",
    ),
    (None, Quantity::Count, 237_900.0, "户", "累计完成23.79万户的清洁供暖改造"),
    (Some(2019), Quantity::Area, 36_000.0, "亩", "2019年实施三北防护林工程3.60万亩"),
    (Some(2019), Quantity::Area, 15_000.0, "亩", "环京津生态屏障区建设工程1.50万亩"),
    (None, Quantity::Count, 24.0, "条", "累计开通国际及地区客运航线24条"),
    (None, Quantity::Count, 3.0, "班/日", "太原到北京的航班增至每日3班"),
    (None, Quantity::Count, 1058.0, "项", "科研院所征集先进科技成果1058项"),
    (None, Quantity::Count, 3250.0, "人次", "外聘专家门诊量达3250人次"),
    (None, Quantity::Capacity, 10_000_000.0, "t", "打造千万吨级新型煤化工产业基地"),
];

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * b.abs()
}

fn words<'a>(plan: &'a Plan, figure: &Figure) -> &'a str {
    plan.text.slice(figure.range)
}

/// The one figure of an item with these words.
fn stated<'a>(plan: &'a Plan, item: Option<&str>, phrase: &str) -> Vec<&'a Figure> {
    plan.figures.iter().filter(|f| f.item.as_deref() == item && words(plan, f) == phrase).collect()
}

#[test]
fn every_investment_is_found_and_no_other() {
    let plan = real().plan;
    let found: Vec<(&str, f64, bool, &str)> = plan
        .figures
        .iter()
        .filter(|f| f.quantity == Quantity::Investment)
        .map(|f| (f.item.as_deref().unwrap_or(""), f.value, f.approx, words(&plan, f)))
        .collect();
    assert_eq!(found, INVESTMENTS);
    // The sums by box were added up by hand.
    let sum = |prefix: &str| -> f64 {
        found.iter().filter(|(id, ..)| id.starts_with(prefix)).map(|(_, value, ..)| value).sum()
    };
    for (prefix, total) in [
        ("B1", 1438.7),
        ("B2", 585.0),
        ("B3", 10.0),
        ("B4", 917.07),
        ("B5", 998.34),
        ("B", 3949.11),
    ] {
        assert!(same(sum(prefix), total), "{prefix} {}", sum(prefix));
    }
    assert_eq!(found.iter().filter(|(_, _, approx, _)| *approx).count(), 18);
    assert!(
        plan.figures
            .iter()
            .filter(|f| f.quantity == Quantity::Investment)
            .all(|f| f.unit == "亿元" && f.value_max.is_none() && f.bound.is_none())
    );
}

#[test]
fn other_figures_of_the_boxes_are_found() {
    let plan = real().plan;
    for (item, quantity, value, unit, phrase) in OTHERS {
        let found = stated(&plan, Some(item), phrase);
        assert_eq!(found.len(), 1, "{item} {phrase}");
        let figure = found[0];
        assert_eq!((figure.quantity, figure.unit.as_str()), (quantity, unit), "{item} {phrase}");
        assert!(same(figure.value, value), "{phrase} {}", figure.value);
    }
}

#[test]
fn targets_and_the_state_so_far_have_their_years() {
    let plan = real().plan;
    for (year, quantity, value, unit, phrase) in TARGETS {
        let found = stated(&plan, None, phrase);
        assert_eq!(found.len(), 1, "{phrase}");
        let figure = found[0];
        assert_eq!(
            (figure.year, figure.quantity, figure.unit.as_str()),
            (year, quantity, unit),
            "{phrase}"
        );
        assert!(same(figure.value, value), "{phrase} {}", figure.value);
        assert_eq!(figure.target, year == Some(2025), "{phrase}");
        let baseline = (quantity == Quantity::Growth).then_some(2020);
        assert_eq!(figure.baseline_year, baseline, "{phrase}");
    }
    // The plan states no number for 2035.
    assert!(plan.figures.iter().all(|f| f.year != Some(2035)));
}

#[test]
fn ranges_and_qualifiers_are_kept() {
    let plan = real().plan;
    let one = |item: Option<&str>, phrase: &str| stated(&plan, item, phrase)[0];
    let trainees = one(Some("B3-01"), "首年完成2000至5000名ICT人才的培养目标");
    assert_eq!((trainees.value, trainees.value_max), (2000.0, Some(5000.0)));
    assert_eq!(plan.text.slice(trainees.value_range), "2000至5000");
    let land = one(Some("B3-01"), "总占地面积6—8万平方米");
    assert_eq!((land.value, land.value_max), (60_000.0, Some(80_000.0)));
    assert_eq!(land.stated_unit, "万平方米");
    let beds = one(Some("B1-18"), "建设200余张床位的老年康养医疗中心");
    assert_eq!((beds.bound, beds.approx), (Some(Bound::AtLeast), true));
    let growth = one(None, "力争产业合作协议签约额在2020年基础上增长15%以上");
    assert_eq!((growth.bound, growth.approx), (Some(Bound::AtLeast), false));
    let approx: Vec<&str> = plan
        .figures
        .iter()
        .filter(|f| f.approx && f.quantity != Quantity::Investment)
        .map(|f| words(&plan, f))
        .collect();
    assert_eq!(
        approx,
        [
            "路线全长约85公里",
            "总面积约5000平米",
            "规划占地面积约2700亩",
            "总建筑面积约500万平方米",
            "建设200余张床位的老年康养医疗中心",
            "打造千万吨级新型煤化工产业基地",
            "新型装配式保温拱棚4座约7193㎡",
            "新型装配式日光温室71座约145325㎡",
        ]
    );
}

#[test]
fn names_with_digits_are_no_figures() {
    let plan = real().plan;
    for name in [
        "1898太原",
        "G208",
        "S50",
        "108国道",
        "5G",
        "PM2.5",
        "2+26城市",
        "1+30",
        "7135工程",
        "2号闸",
        "1号线",
        "7#、8#",
        "C9",
        "3+2",
        "Ⅴ类",
        "六大核心业态",
    ] {
        let mut occurrence = 0;
        while let Some(at) = plan.find(name, occurrence) {
            let inside = plan.figures.iter().find(|f| f.value_range.overlaps(at));
            assert_eq!(inside, None, "{name}");
            occurrence += 1;
        }
        assert!(occurrence > 0, "{name}");
    }
}

#[test]
fn each_figure_stands_in_its_sentence_and_in_the_file() {
    let plan = real().plan;
    for figure in &plan.figures {
        let sentence = &plan.sentences[figure.sentence];
        assert!(sentence.range.contains(figure.range));
        assert!(figure.range.contains(figure.value_range));
        if let Some(item) = &figure.item {
            assert!(sentence.id.starts_with(item.as_str()));
        }
        // The digits of the phrase are those of the file, in the same order.
        let digits = |s: &str| -> String {
            s.chars()
                .filter_map(|c| match c {
                    '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0),
                    '0'..='9' => Some(c),
                    _ => None,
                })
                .collect()
        };
        assert_eq!(digits(in_file(&plan, figure.range)), digits(words(&plan, figure)));
    }
    assert!(plan.figures.is_sorted_by_key(|f| f.value_range));
}

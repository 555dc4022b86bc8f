//! What the text alone tells of a project that nobody has curated.

use std::sync::Arc;

use crate::{
    catalogue::{Accuracy, Project, ProjectOrigin, Status},
    language::Bilingual,
    plan::{self, BoxItem, Plan, PlanBox, Work},
    units::TextRange,
};

/// Words that tell a kind, the more telling first.
const KIND_WORDS: [(&str, &[&str]); 11] = [
    ("highway", &["高速公路", "国道", "省道", "公路", "快速路", "通道改造", "市政化改造", "大道"]),
    ("metro", &["轨道交通", "地铁", "号线"]),
    ("railway", &["铁路", "高铁", "客专", "客运环线"]),
    ("aviation", &["机场", "航站楼", "航空港"]),
    ("water", &["河道", "河流", "汾河", "水库", "防洪", "流域", "水利", "供水"]),
    ("care", &["医院", "医疗", "康养", "学校", "学院", "大学", "教育", "养老"]),
    ("culture", &["文化", "旅游", "文旅", "景区", "公园", "博物馆", "世纪城", "新城"]),
    ("innovation", &["创新中心", "实验室", "研发", "孵化", "人才"]),
    ("energy", &["光伏", "风电", "氢能", "储能", "燃气", "煤层气", "能源"]),
    ("logistics", &["物流", "快递", "速递", "保税区", "仓储"]),
    ("industry", &["产业", "制造", "基地", "生产", "园区", "半导体", "项目"]),
];

/// Words that tell a kind where none of those above does: in tables names are all there is.
const ROW_WORDS: [(&str, &[&str]); 9] = [
    ("water", &["灌区", "堤防", "泵站", "引水", "河治理", "水网", "水厂", "水源"]),
    ("ecology", &["污水", "垃圾", "生态", "湿地", "绿化", "绿地", "环境整治", "矿山修复", "环保"]),
    (
        "highway",
        &[
            "高速",
            "隧道",
            "大桥",
            "桥梁",
            "道路",
            "路网",
            "立交",
            "互通",
            "枢纽",
            "客运站",
            "快速化",
        ],
    ),
    ("care", &["中学", "小学", "幼儿园", "初中", "高中", "卫生院", "福利院", "敬老院"]),
    ("culture", &["体育", "图书馆", "文化馆", "美术馆", "剧院", "健身"]),
    ("energy", &["电站", "变电", "热电", "供热", "充电", "电网"]),
    ("railway", &["快线", "城际", "车站"]),
    ("logistics", &["冷链", "港区", "码头", "批发市场"]),
    ("highway", &["路工程", "路改造", "路建设", "路延伸", "桥工程", "通道工程"]),
];

/// Words that are less telling than a name.
const WIDE_WORDS: [(&str, &[&str]); 4] = [
    ("highway", &["交通"]),
    ("water", &["水务", "排水", "给水"]),
    ("care", &["民生", "社会事业", "卫生"]),
    ("industry", &["工业"]),
];

/// Words that tell no kind where a table groups its projects: 重点项目, 临江新城, 大学城片区.
const NO_GROUPS: [&str; 7] = ["项目", "新城", "世纪城", "大学", "基地", "园区", "公园"];

/// Words of a section's title that tell a cooperation region.
const REGION_WORDS: [(&str, &str); 6] = [
    ("jjj", "京津冀"),
    ("csj", "长三角"),
    ("yga", "粤港澳"),
    ("br", "一带一路"),
    ("hh", "黄河"),
    ("zbcsq", "中部城市群"),
];

/// The kind that the earliest telling word of the name gives, else of the whole text.
pub fn kind(name: &str, text: &str) -> &'static str {
    let told = |words: &str| {
        KIND_WORDS
            .iter()
            .find(|(_, signs)| signs.iter().any(|sign| words.contains(sign)))
            .map(|(kind, _)| *kind)
    };
    told(name).or_else(|| told(text)).unwrap_or("industry")
}

/// The kind of a row of a table: what its type says, else its groups from the nearest on, else its
/// name, else its content.
pub fn kind_of_row(kinds: &str, groups: &[String], name: &str, content: &str) -> &'static str {
    let is_sign = |sign: &str| sign != "项目";
    let named = |words: &str| {
        let all = KIND_WORDS.iter().chain(&ROW_WORDS);
        let mut all = all.map(|(kind, signs)| (*kind, *signs));
        all.find(|(_, signs)| signs.iter().any(|sign| is_sign(sign) && words.contains(sign)))
            .map(|(kind, _)| kind)
    };
    let grouped = |words: &str| {
        let mut rest = words.to_owned();
        for other in NO_GROUPS {
            rest = rest.replace(other, "");
        }
        named(&rest)
    };
    let wide = |words: &str| {
        let mut all = WIDE_WORDS.iter();
        all.find(|(_, signs)| signs.iter().any(|sign| words.contains(sign))).map(|(kind, _)| *kind)
    };
    let mut around = groups.iter().rev().map(String::as_str);
    grouped(kinds)
        .or_else(|| around.clone().find_map(grouped))
        .or_else(|| named(name))
        .or_else(|| wide(kinds))
        .or_else(|| around.find_map(wide))
        .or_else(|| wide(name))
        .or_else(|| named(content))
        .unwrap_or("industry")
}

/// Cooperation regions that a title names.
pub fn regions(title: &str) -> Vec<String> {
    REGION_WORDS
        .iter()
        .filter(|(_, word)| title.contains(word))
        .map(|(key, _)| (*key).to_owned())
        .collect()
}

/// At most eight characters of the name, without brackets and closing words.
pub fn short_name(name: &str) -> String {
    let bare = name.split(['(', '（']).next().unwrap_or(name);
    let mut bare = if bare.chars().count() < 2 { name } else { bare };
    for ending in ["项目", "工程", "建设", "改造", "及其配套"] {
        bare = bare.strip_suffix(ending).filter(|rest| rest.chars().count() >= 2).unwrap_or(bare);
    }
    if bare.chars().count() <= 8 {
        return bare.to_owned();
    }
    let head: String = bare.chars().take(7).collect();
    format!("{head}…")
}

/// A project as far as its box item tells it.
pub fn project(plan: &Plan, plan_box: &PlanBox, item: &BoxItem) -> Project {
    let section = plan_box
        .section
        .and_then(|node| plan.outline.nodes().get(node))
        .map_or("", |node| node.title.as_str());
    told(plan, &item.id, &item.name, item.range, &[&plan_box.title, section])
}

/// A project that the running text names.
pub fn work(plan: &Plan, work: &Work) -> Project {
    let titles = titles_above(plan, Some(work.node));
    Project {
        certainty: Some(work.certainty),
        ground: Some(work.ground),
        ..told(plan, &work.id, &work.name, work.range, &titles)
    }
}

/// A project whose words somebody marked.
pub fn marked(plan: &Plan, id: &str, name: &str, words: TextRange) -> Project {
    let titles = titles_above(plan, plan.outline.node_at(words.start));
    told(plan, id, name, words, &titles)
}

/// The title of a node of the outline and those above it.
fn titles_above(plan: &Plan, node: Option<usize>) -> Vec<&str> {
    let above = node.into_iter().flat_map(|own| {
        std::iter::once(own).chain(plan.outline.ancestors(own).collect::<Vec<_>>())
    });
    let nodes = above.filter_map(|node| plan.outline.nodes().get(node));
    nodes.map(|node| node.title.as_str()).collect()
}

/// The regions are those of the nearest title that names some.
fn told(plan: &Plan, id: &str, name: &str, words: TextRange, titles: &[&str]) -> Project {
    let text = plan.text.slice(words);
    let found = titles.iter().map(|title| regions(title)).find(|found| !found.is_empty());
    Project {
        id: id.to_owned(),
        name: Bilingual::new(name, ""),
        short_name: Bilingual::new(short_name(name), ""),
        kind: kind(name, text).to_owned(),
        status: Status::Planned,
        regions: found.unwrap_or_default(),
        tasks: Vec::new(),
        counties: Vec::new(),
        investment: None,
        facts: Vec::new(),
        organisations: Vec::new(),
        words,
        also: Vec::new(),
        accuracy: Accuracy::None,
        features: Vec::new(),
        length_km: None,
        beyond_km: None,
        stated_length_km: None,
        unlocated: None,
        updates: Vec::new(),
        rows: Arc::default(),
        note: None,
        period: plan::building_years(text),
        origin: ProjectOrigin::Plan,
        certainty: None,
        ground: None,
        reviewed: None,
        marked: None,
        set: Vec::new(),
        related: Vec::new(),
        same_as: Vec::new(),
        flagship: false,
    }
}

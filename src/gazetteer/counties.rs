//! County names in a text.

use std::{collections::BTreeMap, ops::Range};

use super::{
    part_of,
    surface::{Found, SurfaceIndex},
};

/// Counties whose name is a common noun, with the city it has to stand behind (GB/T 2260).
const GENERIC: [(&str, &str); 7] = [
    ("140302", "阳泉"),
    ("140303", "阳泉"),
    ("140311", "阳泉"),
    ("140502", "晋城"),
    ("340711", "铜陵"),
    ("230811", "佳木斯"),
    ("441502", "汕尾"),
];

/// Names that are common nouns.
const GENERIC_NAMES: [&str; 3] = ["城区", "矿区", "郊区"];

/// Short forms that are also everyday words or other names, so that only the full name counts.
const AMBIGUOUS_STEMS: [&str; 88] = [
    "延长",
    "宝塔",
    "平定",
    "交口",
    "沙河",
    "永和",
    "和顺",
    "横山",
    "平山",
    "朔城",
    "石楼",
    "井陉矿",
    "和平",
    "新城",
    "城关",
    "长安",
    "平安",
    "东方",
    "朝阳",
    "友好",
    "友谊",
    "新华",
    "新民",
    "解放",
    "中原",
    "红旗",
    "向阳",
    "前进",
    "光明",
    "江北",
    "江南",
    "河东",
    "河西",
    "城中",
    "城北",
    "城东",
    "城西",
    "城南",
    "市中",
    "市南",
    "市北",
    "兴隆",
    "新兴",
    "永定",
    "安定",
    "大通",
    "通道",
    "资源",
    "公安",
    "民乐",
    "民权",
    "共和",
    "同心",
    "南山",
    "西山",
    "东山",
    "北关",
    "滨海",
    "滨江",
    "沿河",
    "港口",
    "港南",
    "港北",
    "海港",
    "青山",
    "金山",
    "宝山",
    "南海",
    "东海",
    "西湖",
    "东湖",
    "高新",
    "昌江",
    "安居",
    "文峰",
    "新区",
    "开发",
    "合作",
    "南部",
    "西区",
    "东区",
    "中山",
    "桥东",
    "桥西",
    "路北",
    "路南",
    "铁西",
    "铁东",
];

/// Names of towns without their class that are also everyday words.
const EVERYDAY_TOWNS: [&str; 28] = [
    "大桥", "高桥", "新桥", "胜利", "建设", "工业", "中心", "东风", "新村", "河口", "三江", "温泉",
    "太平", "长江", "黄河", "江口", "民族", "文化", "卫星", "团结", "平原", "桥头", "码头", "机场",
    "车站", "城郊", "大学", "园区",
];

/// Whether a name without its class says too little to be taken for a place.
pub fn is_everyday(short: &str) -> bool {
    AMBIGUOUS_STEMS.contains(&short)
        || EVERYDAY_TOWNS.contains(&short)
        || GENERIC_NAMES.contains(&short)
}

/// County names, full and short, ready to be found.
#[derive(Debug)]
pub struct CountyNames {
    codes: Vec<String>,
    surfaces: SurfaceIndex,
}

impl CountyNames {
    /// From pairs of code and name.
    pub fn new(counties: Vec<(String, String)>) -> Self {
        let mut stems: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, name) in &counties {
            *stems.entry(stem(name)).or_default() += 1;
        }
        let mut names = Vec::new();
        for (i, (code, name)) in counties.iter().enumerate() {
            if GENERIC_NAMES.contains(&name.as_str()) {
                let cities = GENERIC.iter().filter(|(known, _)| known == code);
                for (_, city) in cities {
                    names.extend(
                        [format!("{city}{name}"), format!("{city}市{name}")].map(|n| (n, i)),
                    );
                }
                continue;
            }
            names.push((name.clone(), i));
            let short = stem(name);
            let is_unique = stems.get(short) == Some(&1);
            if short.chars().count() >= 2 && is_unique && !AMBIGUOUS_STEMS.contains(&short) {
                names.push((short.to_owned(), i));
            }
        }
        let codes = counties.into_iter().map(|(code, _)| code).collect();
        Self { codes, surfaces: SurfaceIndex::new(names) }
    }

    /// Codes of the counties named, with the bytes of the text that name them, in order.
    pub fn named(&self, text: &str) -> Vec<(String, Range<usize>)> {
        self.surfaces
            .longest(text, |found| {
                is_full_name(found) || !part_of::names_a_feature(text, &found.range)
            })
            .into_iter()
            .flat_map(|found| found.surface.meanings.iter().map(move |i| (*i, found.range.clone())))
            .filter_map(|(i, range)| self.codes.get(i).map(|code| (code.clone(), range)))
            .collect()
    }
}

/// Whether a name is a common noun that stands for a county only behind its city.
pub fn is_generic(name: &str) -> bool {
    GENERIC_NAMES.contains(&name)
}

/// Whether the text holds one of the cities the generic name needs, right before the range.
pub fn is_behind_its_city(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).unwrap_or_default();
    let before = before.strip_suffix('市').unwrap_or(before);
    GENERIC.iter().any(|(_, city)| before.ends_with(city))
}

fn is_full_name(found: &Found<'_>) -> bool {
    stem(&found.surface.text) != found.surface.text
}

/// The name without its class: 阳曲县 → 阳曲.
fn stem(name: &str) -> &str {
    name.strip_suffix(['区', '县', '市', '旗']).unwrap_or(name)
}

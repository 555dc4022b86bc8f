//! Names of units: their class, their short form, what a text may write for them, search.

use super::{Area, Areas, Level};
use crate::gazetteer::{MatchRank, SearchKey};

/// What stands at the end of a unit's name and tells its class, the longer first.
const CLASSES: [&str; 14] = [
    "特别行政区",
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "地区",
    "林区",
    "特区",
    "省",
    "市",
    "州",
    "县",
    "区",
    "旗",
];

/// Peoples that stand in names of autonomous units (国家民委), the longer first.
const PEOPLES: [&str; 62] = [
    "柯尔克孜族",
    "乌孜别克族",
    "达斡尔族",
    "鄂伦春族",
    "鄂温克族",
    "哈萨克族",
    "维吾尔族",
    "塔吉克族",
    "柯尔克孜",
    "哈尼族",
    "傈僳族",
    "拉祜族",
    "布依族",
    "土家族",
    "景颇族",
    "德昂族",
    "布朗族",
    "毛南族",
    "仡佬族",
    "仫佬族",
    "朝鲜族",
    "东乡族",
    "保安族",
    "撒拉族",
    "裕固族",
    "锡伯族",
    "蒙古族",
    "阿昌族",
    "独龙族",
    "普米族",
    "纳西族",
    "哈萨克",
    "维吾尔",
    "塔吉克",
    "高山族",
    "珞巴族",
    "门巴族",
    "基诺族",
    "俄罗斯族",
    "塔塔尔族",
    "赫哲族",
    "藏族",
    "羌族",
    "彝族",
    "苗族",
    "侗族",
    "壮族",
    "傣族",
    "白族",
    "回族",
    "满族",
    "瑶族",
    "畲族",
    "黎族",
    "水族",
    "佤族",
    "怒族",
    "土族",
    "京族",
    "蒙古",
    "锡伯",
    "各族",
];

/// The name without its class, and without peoples where it is autonomous: 阳曲县 → 阳曲,
/// 海南藏族自治州 → 海南, 广西壮族自治区 → 广西. What would be left with less than two characters stays.
///
/// ```
/// use jintu::areas::short_name;
///
/// assert_eq!(short_name("杭州市"), "杭州");
/// assert_eq!(short_name("阿坝藏族羌族自治州"), "阿坝");
/// assert_eq!(short_name("新疆维吾尔自治区"), "新疆");
/// assert_eq!(short_name("东区"), "东区");
/// ```
pub fn short_name(name: &str) -> &str {
    let Some((class, mut short)) =
        CLASSES.iter().find_map(|class| Some((class, name.strip_suffix(class)?)))
    else {
        return name.strip_suffix('盟').filter(|rest| rest.chars().count() >= 2).unwrap_or(name);
    };
    if class.starts_with("自治") {
        while let Some(rest) = PEOPLES.iter().find_map(|people| short.strip_suffix(people)) {
            if rest.chars().count() < 2 {
                break;
            }
            short = rest;
        }
    }
    if short.chars().count() < 2 { name } else { short }
}

impl Areas {
    /// The units with that name, full or short, by code. 朝阳 is four units.
    pub fn named(&self, name: &str) -> Vec<&Area> {
        self.units
            .values()
            .filter(|a| a.name.zh == name || short_name(&a.name.zh) == name)
            .collect()
    }

    /// The units that answer to a text by characters, pinyin or initials, the best first, at most
    /// `most`: 余杭, yuhang, yhq.
    pub fn search(&self, text: &str, most: usize) -> Vec<(&Area, MatchRank)> {
        let ranked = self.units.values().filter_map(|area| {
            let key = SearchKey::of(&format!("{} {}", area.name.zh, short_name(&area.name.zh)));
            Some((area, key.rank(text)?))
        });
        let mut found: Vec<_> = ranked.collect();
        found.sort_by_key(|(area, rank)| (std::cmp::Reverse(*rank), area.level, &area.code));
        found.truncate(most);
        found
    }

    /// The unit itself and those above it, from the province down.
    pub fn line_of(&self, code: &str) -> Vec<&Area> {
        let mut line = Vec::with_capacity(3);
        let mut next = self.units.get(code);
        while let Some(area) = next {
            line.insert(0, area);
            next = area.parent.as_deref().and_then(|parent| self.units.get(parent));
        }
        line
    }

    /// The prefecture a county belongs to, or what stands in its place: the municipality (北京市), or the
    /// county itself where the province rules it (仙桃市) or it has no counties (东莞市).
    pub fn city_over(&self, code: &str) -> Option<&Area> {
        let area = self.units.get(code)?;
        if area.level == Level::Prefecture {
            return Some(area);
        }
        let parent = area.parent.as_deref().and_then(|parent| self.units.get(parent));
        match parent {
            Some(above) if above.level == Level::Prefecture || is_municipality(&above.code) => {
                Some(above)
            }
            _ => Some(area),
        }
    }
}

/// 北京, 天津, 上海, 重庆, 香港, 澳门: provinces whose counties are those of a city.
fn is_municipality(code: &str) -> bool {
    matches!(code.get(..2), Some("11" | "12" | "31" | "50" | "81" | "82"))
}

//! One administrative unit.

use crate::{language::Bilingual, units::LonLat};

/// How high a unit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 省, 自治区, 直辖市, 特别行政区.
    Province,
    /// 地级市, 自治州, 地区, 盟.
    Prefecture,
    /// 县, 市辖区, 县级市, 旗, and prefectures without counties (东莞市).
    County,
}

/// A unit with its GB/T 2260 code.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Six digits. The counties of Taiwan have codes of the source.
    pub code: String,
    /// The code of the unit it belongs to; `None` for provinces. Counties of 北京, 天津, 上海, 重庆,
    /// and those that a province rules itself, belong to the province.
    pub parent: Option<String>,
    /// English only where a source has it.
    pub name: Bilingual,
    pub level: Level,
    /// A position inside a county; `None` for what has counties.
    pub label_at: Option<LonLat>,
    /// Where its government is, within about 2.4 km (`GeoNames`); `None` where that is not known.
    pub seat: Option<LonLat>,
}

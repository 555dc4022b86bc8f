//! What a stated figure is about, told by its unit and the words before it.

use serde::Serialize;

use super::measures::Measure;
use super::unit_table::Dimension;

/// What a figure states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// 投资; never 年产值 or 税收.
    Investment,
    /// 产值.
    OutputValue,
    /// 税收, 利税.
    Tax,
    Length,
    Width,
    /// Design speed.
    Speed,
    /// Land: 占地, 用地, 亩.
    Area,
    /// Floors, and surfaces in square metres that are not said to be land.
    FloorArea,
    /// What a plant makes or can make.
    Capacity,
    Count,
    /// A part of a whole, a rate or a level in percent.
    Share,
    /// A change in percent or percentage points.
    Growth,
    /// 倍, 倍增, 翻一番.
    Multiple,
    /// Travel time.
    Duration,
    /// A figure without a unit, such as an index.
    Index,
    Other,
}

impl Quantity {
    const ALL: [Self; 16] = [
        Self::Investment,
        Self::OutputValue,
        Self::Tax,
        Self::Length,
        Self::Width,
        Self::Speed,
        Self::Area,
        Self::FloorArea,
        Self::Capacity,
        Self::Count,
        Self::Share,
        Self::Growth,
        Self::Multiple,
        Self::Duration,
        Self::Index,
        Self::Other,
    ];

    /// The quantity of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|quantity| quantity.as_str() == key)
    }

    /// The key used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Investment => "investment",
            Self::OutputValue => "output_value",
            Self::Tax => "tax",
            Self::Length => "length",
            Self::Width => "width",
            Self::Speed => "speed",
            Self::Area => "area",
            Self::FloorArea => "floor_area",
            Self::Capacity => "capacity",
            Self::Count => "count",
            Self::Share => "share",
            Self::Growth => "growth",
            Self::Multiple => "multiple",
            Self::Duration => "duration",
            Self::Index => "index",
            Self::Other => "other",
        }
    }
}

/// A quantity and the length in bytes of the words before the number that told it, counted back
/// from the number; 0 where the unit alone told it.
pub(super) struct Classified {
    pub quantity: Quantity,
    pub label_len: usize,
}

/// Words that may stand between a label and its number.
const CONNECTORS: &[&str] = &[
    "初步测算",
    "匡算",
    "测算",
    "估算",
    "概算",
    "预计",
    "计划",
    "大约",
    "接近",
    "不少于",
    "不低于",
    "不超过",
    "最高",
    "至少",
    "超过",
    "达到",
    "突破",
    "控制在",
    "合计",
    "共计",
    "总计",
    "人民币",
    "总额",
    "规模",
    "将达",
    "约",
    "近",
    "超",
    "达",
    "为",
    "共",
    "计",
    "额",
    "度",
    "是",
    "有",
    "逾",
    "各",
    "需",
    ":",
    "：",
];

const MONEY: &[(&str, Quantity)] = &[
    ("投资强度", Quantity::Other),
    ("招商引资", Quantity::Other),
    ("投资", Quantity::Investment),
    ("总概", Quantity::Investment),
    ("批复", Quantity::Investment),
    ("总造价", Quantity::Investment),
    ("产值", Quantity::OutputValue),
    ("利税", Quantity::Tax),
    ("税收", Quantity::Tax),
    ("税金", Quantity::Tax),
    ("纳税", Quantity::Tax),
];

const LENGTH: &[(&str, Quantity)] = &[
    ("时速", Quantity::Speed),
    ("速度", Quantity::Speed),
    ("全长", Quantity::Length),
    ("总长", Quantity::Length),
    ("里程", Quantity::Length),
    ("长度", Quantity::Length),
    ("长", Quantity::Length),
    ("宽度", Quantity::Width),
    ("路宽", Quantity::Width),
    ("宽", Quantity::Width),
];

const SURFACE: &[(&str, Quantity)] = &[
    ("占地面积", Quantity::Area),
    ("用地面积", Quantity::Area),
    ("占地", Quantity::Area),
    ("用地", Quantity::Area),
    ("绿化面积", Quantity::Area),
    ("建筑面积", Quantity::FloorArea),
    ("建设面积", Quantity::FloorArea),
    ("总面积", Quantity::FloorArea),
    ("面积", Quantity::FloorArea),
];

const CHANGE: &[&str] =
    &["增长", "提高", "下降", "降低", "减少", "增加", "提升", "增幅", "增速", "降幅", "年均增长"];

/// Tells the quantity of a measure from the clause before its number.
pub(super) fn classify(measure: &Measure, left: &str) -> Classified {
    let made = made_per_year(left);
    match measure.dimension {
        Dimension::Money => labelled(left, MONEY, Quantity::Other),
        Dimension::Length => labelled(left, LENGTH, Quantity::Other),
        Dimension::Speed => labelled(left, LENGTH, Quantity::Speed),
        Dimension::Surface if made => plain(Quantity::Capacity),
        Dimension::Surface => labelled(left, SURFACE, Quantity::FloorArea),
        Dimension::Land => {
            Classified { quantity: Quantity::Area, ..labelled(left, SURFACE, Quantity::Area) }
        }
        // 每秒20立方米 is a flow.
        Dimension::Output if left.ends_with("每秒") => plain(Quantity::Other),
        Dimension::Output => plain(Quantity::Capacity),
        Dimension::Machines if made || measure.unit.contains('/') => plain(Quantity::Capacity),
        Dimension::Machines | Dimension::Count => plain(Quantity::Count),
        Dimension::Percent => {
            let words = without_connectors(left);
            let change = CHANGE.iter().any(|w| words.ends_with(w));
            plain(if change || measure.unit == "百分点" {
                Quantity::Growth
            } else {
                Quantity::Share
            })
        }
        Dimension::Times => plain(Quantity::Multiple),
        Dimension::Duration => plain(Quantity::Duration),
    }
}

/// Whether the clause says that what follows is made each year.
pub(super) fn made_per_year(left: &str) -> bool {
    ["年产", "年处理", "年加工", "年生产"]
        .iter()
        .any(|w| left.match_indices(w).any(|(at, _)| !is_output_value(left, at + w.len())))
}

/// 年产值 is money, not goods.
fn is_output_value(left: &str, at: usize) -> bool {
    left.get(at..).is_some_and(|rest| rest.starts_with('值') || rest.starts_with('能'))
}

fn plain(quantity: Quantity) -> Classified {
    Classified { quantity, label_len: 0 }
}

/// The label that the words before the number end with, connectors aside.
fn labelled(left: &str, labels: &[(&str, Quantity)], otherwise: Quantity) -> Classified {
    let words = without_connectors(left);
    labels
        .iter()
        .filter(|(label, _)| words.ends_with(label))
        .max_by_key(|(label, _)| label.len())
        .map_or_else(
            || plain(otherwise),
            |(label, quantity)| Classified {
                quantity: *quantity,
                label_len: left.len() - words.len() + label.len(),
            },
        )
}

fn without_connectors(left: &str) -> &str {
    let mut words = left;
    loop {
        let shorter =
            CONNECTORS.iter().filter_map(|c| words.strip_suffix(c)).min_by_key(|w| w.len());
        match shorter {
            Some(shorter) => words = shorter,
            None => return words,
        }
    }
}

/// The length in bytes of the label before a number without a unit, if it is one for investment.
pub(super) fn investment_label(left: &str) -> Option<usize> {
    let classified = labelled(left, MONEY, Quantity::Other);
    (classified.quantity == Quantity::Investment).then_some(classified.label_len)
}

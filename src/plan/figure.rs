//! A figure of the plan.

use serde::Serialize;

use super::quantities::Quantity;
use crate::units::TextRange;

/// Which side a figure is open to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// 以上, 余, 超过, 不低于.
    AtLeast,
    /// 以内, 以下, 不超过.
    AtMost,
}

/// A figure as the plan states it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    pub quantity: Quantity,
    /// In [`Figure::unit`]; the smaller end of a range.
    pub value: f64,
    /// The larger end of a range.
    pub value_max: Option<f64>,
    /// The unit of the value: 亿元, km, m, km/h, 亩, m², t, t/年, 台/年, GW/年, 个, % …; empty for
    /// [`Quantity::Index`].
    pub unit: String,
    /// The unit as the plan writes it, such as 万平方米.
    pub stated_unit: String,
    /// 约, 近, 左右, 余 or an order of magnitude.
    pub approx: bool,
    pub bound: Option<Bound>,
    /// It is part of a sum that is stated too, or of one year or stage: 其中, 一期, 已完成.
    pub part: bool,
    /// The year it is stated for.
    pub year: Option<u16>,
    /// It is to be reached by that year (到…年).
    pub target: bool,
    /// The year a change is counted from (2020年基础上).
    pub baseline_year: Option<u16>,
    /// The whole phrase, such as 总投资约410亿元.
    pub range: TextRange,
    /// The number alone, such as 410 or 6—8.
    pub value_range: TextRange,
    /// The id of the box item it stands in.
    pub item: Option<String>,
    /// The sentence it stands in, as an index into the plan's sentences.
    pub sentence: usize,
}

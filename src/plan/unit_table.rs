//! The units that plans use, and the words that multiply them.

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dimension {
    Money,
    Length,
    Speed,
    /// 亩, hectares, square kilometres: always land.
    Land,
    /// Square metres: land or floors, as the words say.
    Surface,
    /// Mass, volume, power and energy: what a plant makes or moves.
    Output,
    /// Machines: made where they are per year, counted otherwise.
    Machines,
    Percent,
    Times,
    Duration,
    Count,
}

/// A unit: as written, as we write it, and the power of ten between the two.
pub(super) struct Unit {
    pub written: &'static str,
    pub normal: &'static str,
    pub exponent: i32,
    pub dimension: Dimension,
}

macro_rules! units {
    ($($written:literal $normal:literal $exponent:literal $dimension:ident;)*) => {
        &[$(Unit {
            written: $written,
            normal: $normal,
            exponent: $exponent,
            dimension: Dimension::$dimension,
        }),*]
    };
}

/// Money is kept in 亿元 (1e8 yuan), length in the unit's own scale.
const UNITS: &[Unit] = units![
    "美元" "亿美元" -8 Money; "元" "亿元" -8 Money;
    "公里/小时" "km/h" 0 Speed; "千米/小时" "km/h" 0 Speed; "km/h" "km/h" 0 Speed;
    "平方公里" "km²" 0 Land; "平方千米" "km²" 0 Land; "km²" "km²" 0 Land;
    "公顷" "hm²" 0 Land; "亩" "亩" 0 Land;
    "平方米" "m²" 0 Surface; "平米" "m²" 0 Surface; "㎡" "m²" 0 Surface; "m²" "m²" 0 Surface;
    "公里" "km" 0 Length; "千米" "km" 0 Length; "km" "km" 0 Length; "米" "m" 0 Length;
    "立方米" "m³" 0 Output; "吨" "t" 0 Output; "千克" "kg" 0 Output; "公斤" "kg" 0 Output;
    "GW" "GW" 0 Output; "MW" "MW" 0 Output; "kW" "kW" 0 Output; "千瓦时" "kWh" 0 Output;
    "千瓦" "kW" 0 Output; "兆瓦" "MW" 0 Output; "吉瓦" "GW" 0 Output; "千伏安" "kVA" 0 Output;
    "台套" "台套" 0 Machines; "台" "台" 0 Machines; "套" "套" 0 Machines; "辆" "辆" 0 Machines;
    "架" "架" 0 Machines; "艘" "艘" 0 Machines; "件" "件" 0 Machines; "片" "片" 0 Machines;
    "%" "%" 0 Percent; "个百分点" "百分点" 0 Percent; "倍" "倍" 0 Times;
    "小时" "小时" 0 Duration; "分钟" "分钟" 0 Duration;
    "个" "个" 0 Count; "座" "座" 0 Count; "家" "家" 0 Count; "张" "张" 0 Count;
    "名" "名" 0 Count; "人次" "人次" 0 Count; "人" "人" 0 Count; "条" "条" 0 Count;
    "处" "处" 0 Count; "列" "列" 0 Count; "班" "班" 0 Count; "项" "项" 0 Count;
    "户" "户" 0 Count; "所" "所" 0 Count; "轨" "轨" 0 Count; "间" "间" 0 Count;
    "栋" "栋" 0 Count; "床" "床" 0 Count; "株" "株" 0 Count; "头" "头" 0 Count;
    "口" "口" 0 Count; "眼" "眼" 0 Count; "批" "批" 0 Count; "对" "对" 0 Count;
    "支" "支" 0 Count; "种" "种" 0 Count; "门" "门" 0 Count; "块" "块" 0 Count;
    "场" "场" 0 Count; "部" "部" 0 Count; "份" "份" 0 Count; "篇" "篇" 0 Count;
    "公顷/年" "hm²/年" 0 Land;
];

/// Words that multiply a number, with their powers of ten; longer ones first.
pub(super) const MULTIPLIERS: &[(&str, i32)] = &[
    ("万亿", 12),
    ("千亿", 11),
    ("百亿", 10),
    ("亿", 8),
    ("千万", 7),
    ("百万", 6),
    ("十万", 5),
    ("万", 4),
    ("千", 3),
    ("百", 2),
];

/// The unit at `at`, the longest that fits, and its end.
pub(super) fn bare_unit(text: &str, at: usize) -> Option<(&'static Unit, usize)> {
    let rest = text.get(at..)?;
    let unit =
        UNITS.iter().filter(|u| rest.starts_with(u.written)).max_by_key(|u| u.written.len())?;
    let after = rest.get(unit.written.len()..)?.chars().next();
    // kmh, 3个月 and 5人民币 are not these units.
    let runs_on = match after {
        Some(c) if unit.written.is_ascii() && unit.written != "%" => c.is_ascii_alphanumeric(),
        Some('月') => unit.written == "个",
        Some('民') => unit.written == "人",
        _ => false,
    };
    (!runs_on).then_some((unit, at + unit.written.len()))
}

/// Whether the words after a number start with a unit or with a word that multiplies it.
pub(super) fn begins_with_unit(text: &str) -> bool {
    bare_unit(text, 0).is_some() || MULTIPLIERS.iter().any(|(word, _)| text.starts_with(word))
}

/// The unit of money that a plan may leave out after 亿.
pub(super) fn yuan() -> Option<&'static Unit> {
    UNITS.iter().find(|u| u.written == "元")
}

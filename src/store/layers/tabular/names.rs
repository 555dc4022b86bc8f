//! What the name of a column says about coordinates.
//!
//! A name is cut into its words: signs, changes of case and of script part them, brackets hold notes.
//! A word for an axis makes the column a coordinate; the other words must be known to belong to one,
//! or are what two columns of a pair have in common.

use super::figure::Axis;
use crate::geo::{Crs, Datum};

/// How clearly a name speaks, the clearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// A geometry in words.
    Shape,
    /// 经度, 东经.
    Hanzi,
    /// lon, lng, jd.
    Letters,
    /// Whatever it is called: the user says so.
    Chosen,
    /// 横坐标, 东坐标, easting: metres, and no doubt which.
    Plane,
    /// x and y: which is which is told by the figures.
    Xy,
    /// Both in one cell.
    Together,
}

/// What a name says of the datum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Named {
    Nothing,
    Wgs84,
    Cgcs2000,
    Xian1980,
    Beijing1954,
    Gcj02,
    Bd09,
}

impl Named {
    /// The words that name each; those that hold others come first.
    const WORDS: [(&str, Self); 24] = [
        ("cgcs2000", Self::Cgcs2000),
        ("国家2000", Self::Cgcs2000),
        ("大地2000", Self::Cgcs2000),
        ("cgcs", Self::Cgcs2000),
        ("2000", Self::Cgcs2000),
        ("wgs84", Self::Wgs84),
        ("wgs", Self::Wgs84),
        ("gps", Self::Wgs84),
        ("gcj02", Self::Gcj02),
        ("gcj", Self::Gcj02),
        ("火星", Self::Gcj02),
        ("高德", Self::Gcj02),
        ("腾讯", Self::Gcj02),
        ("国测局", Self::Gcj02),
        ("amap", Self::Gcj02),
        ("bd09", Self::Bd09),
        ("bd", Self::Bd09),
        ("百度", Self::Bd09),
        ("baidu", Self::Bd09),
        ("西安", Self::Xian1980),
        ("xian", Self::Xian1980),
        ("北京54", Self::Beijing1954),
        ("beijing", Self::Beijing1954),
        ("beijing54", Self::Beijing1954),
    ];
    /// Numbers that stand for a datum only beside other words.
    const NUMBERS: [(&str, Self); 5] = [
        ("84", Self::Wgs84),
        ("80", Self::Xian1980),
        ("1980", Self::Xian1980),
        ("54", Self::Beijing1954),
        ("02", Self::Gcj02),
    ];

    /// The system of its degrees, and its name where the system is none that is known here.
    pub fn degrees(self) -> Result<Option<Crs>, &'static str> {
        let epsg = |code, name| Crs::from_epsg(code).map(Some).ok_or(name);
        match self {
            Self::Nothing => Ok(None),
            Self::Wgs84 => Ok(Some(Crs::WGS84)),
            Self::Cgcs2000 => Ok(Some(Crs::Degrees(Datum::Cgcs2000))),
            Self::Gcj02 => Ok(Some(Crs::Degrees(Datum::Gcj02))),
            Self::Bd09 => Ok(Some(Crs::Degrees(Datum::Bd09))),
            Self::Xian1980 => epsg(4610, "西安1980"),
            Self::Beijing1954 => epsg(4214, "北京1954"),
        }
    }

    /// What a text names, if any.
    pub fn in_text(text: &str) -> Self {
        let text: String =
            super::figure::plain(text).chars().filter(|c| c.is_alphanumeric()).collect();
        let named = Self::WORDS.iter().find(|(word, _)| word.len() > 2 && text.contains(word));
        let number = || Self::NUMBERS.iter().find(|(word, _)| text.contains(word));
        named.or_else(number).map_or(Self::Nothing, |(_, named)| *named)
    }
}

/// What a column holds by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// One coordinate. Two columns make a pair where their stems and datums are the same.
    One {
        axis: Axis,
        rank: Rank,
        stem: String,
        named: Named,
    },
    /// Both coordinates; which stands first, where the name says so.
    Both {
        first: Option<Axis>,
        named: Named,
    },
    /// A geometry.
    Shape,
    Other,
}

const EAST: [&str; 9] =
    ["lon", "lng", "long", "longitude", "longtitude", "longitud", "jd", "jingdu", "lngs"];
const NORTH: [&str; 7] = ["lat", "latitude", "lattitude", "latitud", "wd", "weidu", "lats"];
const EAST_PLANE: [&str; 4] = ["east", "easting", "e", "eastings"];
const NORTH_PLANE: [&str; 4] = ["north", "northing", "n", "northings"];
/// Words for both, in their order; Hanzi may stand within a word.
const PAIRS: [(&str, Axis); 10] = [
    ("lonlat", Axis::East),
    ("lnglat", Axis::East),
    ("longlat", Axis::East),
    ("latlon", Axis::North),
    ("latlng", Axis::North),
    ("latlong", Axis::North),
    ("经纬", Axis::East),
    ("经度纬度", Axis::East),
    ("纬经", Axis::North),
    ("纬度经度", Axis::North),
];
/// Hanzi that name an axis, the longer ones first.
const HANZI: [(&str, Axis, Rank); 14] = [
    ("东经度", Axis::East, Rank::Hanzi),
    ("北纬度", Axis::North, Rank::Hanzi),
    ("经度", Axis::East, Rank::Hanzi),
    ("东经", Axis::East, Rank::Hanzi),
    ("纬度", Axis::North, Rank::Hanzi),
    ("北纬", Axis::North, Rank::Hanzi),
    ("横坐标", Axis::East, Rank::Plane),
    ("东坐标", Axis::East, Rank::Plane),
    ("纵坐标", Axis::North, Rank::Plane),
    ("北坐标", Axis::North, Rank::Plane),
    ("东向", Axis::East, Rank::Plane),
    ("北向", Axis::North, Rank::Plane),
    ("横轴", Axis::East, Rank::Plane),
    ("纵轴", Axis::North, Rank::Plane),
];
/// Words beside an axis that add nothing.
const BESIDE: [&str; 40] = [
    "坐标",
    "坐标系",
    "系",
    "坐标值",
    "值",
    "轴",
    "点",
    "大地",
    "平面",
    "直角",
    "投影",
    "地理",
    "位置",
    "定位",
    "中心",
    "中心点",
    "国家",
    "高斯",
    "point",
    "pt",
    "pos",
    "coord",
    "coords",
    "coordinate",
    "coordinates",
    "center",
    "centroid",
    "centre",
    "map",
    "geo",
    "location",
    "position",
    "value",
    "wgs",
    "utm",
    "gk",
    "dd",
    "deg",
    "decimal",
    "数据",
];
/// Names of columns that hold both coordinates, if their cells do.
const TOGETHER: [&str; 16] = [
    "坐标",
    "坐标值",
    "位置",
    "位置坐标",
    "坐标位置",
    "地理坐标",
    "地理位置",
    "中心坐标",
    "中心点坐标",
    "定位",
    "定位坐标",
    "点位",
    "location",
    "coordinates",
    "coordinate",
    "coord",
];
const SHAPES: [&str; 10] =
    ["wkt", "geom", "geometry", "thegeom", "wktgeom", "shape", "geo", "几何", "图形", "空间数据"];
/// Words that speak of longitudes and are none.
const NO_COORDINATE: [&str; 8] = ["中央", "子午", "分带", "经度带", "差", "精度", "进度", "范围"];

/// What a name says.
pub fn meaning(name: &str) -> Meaning {
    let name = name.trim();
    // No name is that long, and many long ones would cost.
    if name.is_empty() || name.len() > 96 || NO_COORDINATE.iter().any(|word| name.contains(word)) {
        return Meaning::Other;
    }
    let (base, notes) = notes(name);
    let mut words = words(&base);
    let joined: String = words.concat();
    // JingDu is one word.
    if axis(&joined).is_some_and(|(.., left)| left.is_empty()) {
        words = vec![joined.clone()];
    }
    if matches!(notes.trim(), "分" | "秒" | "′" | "″" | "'" | "\"" | "min" | "sec") {
        return Meaning::Other;
    }
    let mut named = Named::in_note(&notes);
    let (mut told, mut stem): (Vec<(Axis, Rank)>, Vec<String>) = (Vec::new(), Vec::new());
    for word in &words {
        let (rest, own) = Named::split(word);
        if own != Named::Nothing {
            named = own;
        }
        let is_pair = |pair: &str| rest == pair || !pair.is_ascii() && rest.contains(pair);
        if let Some((_, first)) = PAIRS.iter().find(|(pair, _)| is_pair(pair)) {
            return Meaning::Both { first: Some(*first), named };
        }
        match axis(rest) {
            Some((_, _, left)) if matches!(&*left, "分" | "秒") => return Meaning::Other,
            Some((axis, rank, left)) => {
                told.push((axis, rank));
                if !left.is_empty() && !BESIDE.contains(&&*left) {
                    stem.push(left);
                }
            }
            None if rest.is_empty() || BESIDE.contains(&rest) => {}
            None => stem.push(rest.to_owned()),
        }
    }
    // 横坐标 Y: the letter adds nothing, whichever it is; nor does the E of 东经E.
    if told.iter().any(|(_, rank)| *rank != Rank::Xy) {
        told.retain(|(_, rank)| *rank != Rank::Xy);
    }
    told.sort_by_key(|(_, rank)| *rank);
    told.dedup_by_key(|(axis, _)| *axis);
    let speaks = words.iter().any(|word| word.contains("坐标") || word.contains("coord"));
    match told.as_slice() {
        [] if SHAPES.contains(&&*joined) => Meaning::Shape,
        [] if TOGETHER.contains(&&*joined) || stem.is_empty() && speaks => {
            Meaning::Both { first: None, named }
        }
        [(axis, rank)] => {
            // A letter among other words is a coordinate only where they say so.
            if *rank >= Rank::Plane && !stem.is_empty() && !speaks {
                return Meaning::Other;
            }
            let (axis, rank) = match (rank, hint(&notes)) {
                (Rank::Xy, Some(axis)) => (axis, Rank::Plane),
                _ => (*axis, *rank),
            };
            Meaning::One { axis, rank, stem: stem.concat(), named }
        }
        [(Axis::East, _), (Axis::North, _)] => Meaning::Both { first: Some(Axis::East), named },
        [(Axis::North, _), (Axis::East, _)] => Meaning::Both { first: Some(Axis::North), named },
        _ => Meaning::Other,
    }
}

impl Named {
    fn in_note(notes: &str) -> Self {
        if notes.is_empty() { Self::Nothing } else { Self::in_text(notes) }
    }

    /// A word without the datum that it begins or ends with.
    fn split(word: &str) -> (&str, Self) {
        for (own, named) in Self::WORDS {
            if let Some(rest) = word.strip_prefix(own).or_else(|| word.strip_suffix(own)) {
                // `bdx` is hardly Baidu's; `bdlng` is.
                let is_sure = own.len() > 2 || rest.is_empty() || axis(rest).is_some();
                if is_sure {
                    let number = Self::NUMBERS.iter().find_map(|(n, _)| rest.strip_prefix(n));
                    return (number.unwrap_or(rest), named);
                }
            }
        }
        for (own, named) in Self::NUMBERS {
            if let Some(rest) = word.strip_suffix(own).or_else(|| word.strip_prefix(own))
                && (rest.is_empty() || BESIDE.contains(&rest) || axis(rest).is_some())
            {
                return (rest, named);
            }
        }
        (word, Self::Nothing)
    }
}

/// The axis that a word names, and what is left of the word.
fn axis(word: &str) -> Option<(Axis, Rank, String)> {
    let is = |words: &[&str]| words.contains(&word);
    let whole = if is(&EAST) {
        Some((Axis::East, Rank::Letters))
    } else if is(&NORTH) {
        Some((Axis::North, Rank::Letters))
    } else if is(&EAST_PLANE) || word == "东" {
        Some((Axis::East, Rank::Plane))
    } else if is(&NORTH_PLANE) || word == "北" {
        Some((Axis::North, Rank::Plane))
    } else {
        match word {
            "x" | "xcoord" | "coordx" | "pointx" | "xpos" | "posx" => Some((Axis::East, Rank::Xy)),
            "y" | "ycoord" | "coordy" | "pointy" | "ypos" | "posy" => Some((Axis::North, Rank::Xy)),
            _ => None,
        }
    };
    if let Some((axis, rank)) = whole {
        return Some((axis, rank, String::new()));
    }
    let (hanzi, axis, rank) = HANZI.iter().find(|(hanzi, ..)| word.contains(hanzi))?;
    Some((*axis, *rank, word.replacen(hanzi, "", 1)))
}

/// The axis that the notes of a name tell.
fn hint(notes: &str) -> Option<Axis> {
    let words = words(notes);
    let is = |names: &[&str]| words.iter().any(|word| names.contains(&&**word));
    match (
        is(&["n", "north", "北", "纵", "纵坐标", "北坐标", "northing"]),
        is(&["e", "east", "东", "横", "横坐标", "东坐标", "easting"]),
    ) {
        (true, false) => Some(Axis::North),
        (false, true) => Some(Axis::East),
        _ => None,
    }
}

/// A name without what stands in brackets, and that.
fn notes(name: &str) -> (String, String) {
    let (mut base, mut notes, mut depth) = (String::new(), String::new(), 0_usize);
    for c in name.chars() {
        match c {
            '(' | '（' | '[' | '【' | '〔' | '{' | '［' => {
                depth += 1;
                notes.push(' ');
            }
            ')' | '）' | ']' | '】' | '〕' | '}' | '］' => depth = depth.saturating_sub(1),
            c if depth > 0 => notes.push(c),
            c => base.push(c),
        }
    }
    (base, notes)
}

/// The words of a name, small and half-width, parted by signs and where case or script change.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in name.chars() {
        let wide = u32::from(c).wrapping_sub(0xFEE0);
        let c = if ('！'..='～').contains(&c) { char::from_u32(wide).unwrap_or(c) } else { c };
        if c.is_alphanumeric() {
            let parts = !before.is_alphanumeric()
                || before.is_lowercase() && c.is_uppercase()
                || before.is_ascii_alphabetic() != c.is_ascii_alphabetic()
                    && !(before.is_ascii_alphanumeric() && c.is_ascii_digit())
                    && !(before.is_ascii_digit() && c.is_ascii_alphabetic());
            if parts {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(c.to_lowercase());
            }
        }
        before = c;
    }
    words
}

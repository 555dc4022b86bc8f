//! The names in a tile, for the map to place.

use super::{
    context::Context,
    expression::Expr,
    label_point,
    layer::{Layer, Symbol},
    operator::Op,
    projection::Projection,
    shape::{Point, Shape},
    tile::{Feature, GeometryKind},
    value::Value,
};
use crate::language::Bilingual;

/// More names than fit on any tile are not kept.
const MOST_NAMES: usize = 5_000;
/// Longer texts are no names and are cut.
const LONGEST: usize = 120;

/// A name with its place in the world.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// In Chinese where the tile has it and the style asks for any language of the name, else as
    /// it is there; in English or at least Latin letters, empty where the tile has none.
    pub text: Bilingual,
    /// Unit Mercator: 0..1 from west to east and from north to south.
    pub at: [f64; 2],
    /// 1 is the most important, 9 the least.
    pub rank: u8,
    pub kind: NameKind,
    /// Points, 1..=64.
    pub size_pt: f32,
}

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameKind {
    Place,
    Water,
    Road,
    Other,
}

impl NameKind {
    /// Told by the name of the layer in the tile.
    fn of_layer(layer: &str) -> Self {
        let layer = layer.to_lowercase();
        let any = |parts: &[&str]| parts.iter().any(|part| layer.contains(part));
        if any(&["water", "ocean", "river", "lake", "marine", "sea_"]) {
            Self::Water
        } else if any(&["road", "street", "transport", "highway", "motorway"]) {
            Self::Road
        } else if any(&["place", "settlement", "city", "town", "country", "state", "admin"]) {
            Self::Place
        } else {
            Self::Other
        }
    }
}

/// Collects the names of one tile.
pub struct Names {
    projection: Projection,
    names: Vec<Name>,
}

/// A text to show and whether any language of the name will do for it.
pub struct Text<'s> {
    symbol: &'s Symbol,
    any_language: bool,
}

impl<'s> Text<'s> {
    pub fn of(symbol: &'s Symbol) -> Self {
        Self { symbol, any_language: symbol.text.formula().is_some_and(only_names) }
    }
}

impl Names {
    pub fn new(projection: Projection) -> Self {
        Self { projection, names: Vec::new() }
    }

    /// Adds the names of a symbol layer, the most important ones first.
    pub fn add_layer(&mut self, mut found: Vec<(f64, Name)>) {
        found.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        for (_, name) in found {
            if self.names.len() >= MOST_NAMES {
                break;
            }
            let place = name.at.map(f64::to_bits);
            let same =
                |other: &Name| other.text.zh == name.text.zh && other.at.map(f64::to_bits) == place;
            // A road's number and name often come from two layers with the same text. Both are
            // near each other in the list, and a search through all of it would take long.
            let again = self.names.iter().rev().take(200).any(same);
            if !again {
                self.names.push(name);
            }
        }
    }

    /// Drops the less important ones of a symbol layer where they grow too many to keep.
    pub fn thin(found: &mut Vec<(f64, Name)>) {
        if found.len() > 4 * MOST_NAMES {
            found.sort_by(|(a, _), (b, _)| a.total_cmp(b));
            found.truncate(2 * MOST_NAMES);
        }
    }

    /// The name of a feature at each place it stands, with its sort key.
    pub fn read(
        &self,
        layer: &Layer,
        text: &Text<'_>,
        context: &Context<'_>,
        shape: &Shape,
    ) -> Vec<(f64, Name)> {
        let Some(feature) = context.feature else { return Vec::new() };
        let kind = NameKind::of_layer(&layer.source);
        let mut shown = String::new();
        if text.any_language {
            shown = first_of(&feature, &["name:zh", "name:zh-Hans", "name_zh", "name_zh-Hans"]);
            if shown.is_empty() {
                shown = tidy(&feature.text("name"));
            }
        }
        if shown.is_empty() {
            shown = tidy(&text.symbol.text.at(context));
        }
        if shown.is_empty() && kind == NameKind::Road {
            shown = tidy(&feature.text("ref"));
        }
        if shown.is_empty() {
            return Vec::new();
        }
        let english_name = first_of(&feature, &["name:en", "name_en", "name:latin"]);
        let rank = rank(&feature, kind);
        #[expect(clippy::cast_possible_truncation, reason = "between 1 and 64")]
        let size_pt = text.symbol.size.at(context).clamp(1.0, 64.0) as f32;
        let sort = text.symbol.sort.at(context);
        let extent = feature.layer().extent;
        let places = places(feature.kind(), shape);
        let inside = places.iter().filter_map(|place| self.projection.world(place, extent));
        inside
            .take(MOST_NAMES)
            .map(|at| {
                let text = Bilingual::new(shown.as_str(), english_name.as_str());
                (sort, Name { text, at, rank, kind, size_pt })
            })
            .collect()
    }

    pub fn into_names(self) -> Vec<Name> {
        self.names
    }
}

fn places(kind: GeometryKind, shape: &Shape) -> Vec<Point> {
    match kind {
        GeometryKind::Point => shape.parts().flatten().copied().collect(),
        GeometryKind::Line => label_point::of_lines(shape.parts()).into_iter().collect(),
        GeometryKind::Polygon => {
            let rings: Vec<&[Point]> = shape.parts().collect();
            label_point::of_rings(&rings).into_iter().collect()
        }
    }
}

/// Whether a text is made of whole name fields and nothing else.
fn only_names(text: &Expr) -> bool {
    let (mut some, mut all) = (false, true);
    text.walk(&mut |part| {
        if let Expr::Get(key) = part {
            let name = key == "name" || key.starts_with("name:") || key.starts_with("name_");
            some |= name;
            all &= name;
        }
        // A part of a name is not to be had in another language.
        all &= !matches!(part, Expr::Call(Op::Slice | Op::Split | Op::At | Op::IndexOf, _));
    });
    some && all
}

fn first_of(feature: &Feature<'_>, keys: &[&str]) -> String {
    let texts = keys.iter().map(|key| tidy(&feature.text(key)));
    texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}

/// On one line, without space around, and not too long.
fn tidy(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().filter(|c| !c.is_control()).take(LONGEST).collect()
}

/// Importance by what the common schemas say about a feature.
fn rank(feature: &Feature<'_>, kind: NameKind) -> u8 {
    let capital = match feature.get("capital") {
        // 2 is a country's capital, larger numbers those of its parts.
        Some(Value::Number(level)) => level <= 2.0,
        Some(Value::Text(text)) => matches!(&*text, "yes" | "2"),
        Some(Value::Bool(capital)) => capital,
        _ => false,
    };
    // The finer word first: Protomaps calls every settlement a locality.
    let classes = ["kind_detail", "class", "kind"].map(|key| feature.text(key));
    let ranks = classes.iter().filter_map(|class| class_rank(class));
    let middling = if kind == NameKind::Place { 7 } else { 6 };
    let rank = ranks.into_iter().next().unwrap_or(middling);
    if capital && rank > 2 { 2 } else { rank }
}

fn class_rank(class: &str) -> Option<u8> {
    Some(match class {
        "continent" | "country" | "ocean" | "capital" => 1,
        "state" | "province" | "region" | "sea" | "state_capital" => 2,
        "city" | "motorway" | "highway" => 3,
        "trunk" | "bay" | "river" | "county" => 4,
        "town" | "primary" | "lake" | "water" | "major_road" | "island" => 5,
        "secondary" | "canal" | "borough" => 6,
        "village" | "tertiary" | "stream" | "reservoir" => 7,
        "suburb" | "quarter" | "neighbourhood" | "macrohood" | "minor" | "minor_road"
        | "residential" | "street" => 8,
        "hamlet" | "isolated_dwelling" | "farm" | "islet" | "service" | "track" | "path"
        | "ditch" | "drain" | "pond" => 9,
        _ => return None,
    })
}

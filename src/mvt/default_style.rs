//! The program's own style for vector tiles, in a light and a dark form.

use serde_json::{Value as Json, json};

use super::{style::Style, tile::GeometryKind};

/// Knows the layers of `OpenMapTiles`, Protomaps (version 4) and Shortbread. It is a style but for
/// the words with `@` and for `source-layers`: a layer is there once for each of those.
const TEMPLATE: &str = include_str!("default_style.json");

/// Its colours: the mark, the light one and the dark one.
const COLORS: &[(&str, &str, &str)] = &[
    ("@ground", "#F6F4EF", "#1B2026"),
    ("@water", "#C9DCE6", "#16303F"),
    ("@green", "#E3EBDD", "#1E2A25"),
    ("@urban", "#F1EDE5", "#20262D"),
    ("@sand", "#F1EBDA", "#26271F"),
    ("@ice", "#FBFBFA", "#262D33"),
    ("@building", "#E9E4DA", "#262D35"),
    ("@road", "#FFFFFF", "#39424C"),
    ("@casing", "#D8D3C8", "#14181D"),
    ("@motorway", "#E9D3A7", "#4D4A40"),
    ("@rail", "#CFCAC2", "#323A43"),
    ("@border", "#B5A9B8", "#5B5566"),
    ("@line", "#A9A49B", "#4A535D"),
];

/// What the schemas call the sort of a feature, and the roads by importance.
const FORMULAS: &[(&str, &str)] = &[
    ("@fast", r#"["in", "@class", ["literal", ["motorway", "trunk", "highway"]]]"#),
    (
        "@major",
        r#"["in", "@class", ["literal", ["primary", "secondary", "tertiary", "major_road"]]]"#,
    ),
    (
        "@minor",
        r#"["all", ["==", ["geometry-type"], "LineString"], ["in", "@class", ["literal", ["minor",
        "minor_road", "residential", "unclassified", "living_street", "service", "road", "street",
        "busway"]]]]"#,
    ),
    ("@class", r#"["coalesce", ["get", "class"], ["get", "kind"], ""]"#),
];

/// The program's own style; true for the dark form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usual(pub bool);

/// Which kinds of geometry a layer holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kinds {
    points: bool,
    lines: bool,
    areas: bool,
}

impl Kinds {
    pub fn add(&mut self, kind: GeometryKind) {
        match kind {
            GeometryKind::Point => self.points = true,
            GeometryKind::Line => self.lines = true,
            GeometryKind::Polygon => self.areas = true,
        }
    }

    const fn has(self, kind: GeometryKind) -> bool {
        match kind {
            GeometryKind::Point => self.points,
            GeometryKind::Line => self.lines,
            GeometryKind::Polygon => self.areas,
        }
    }
}

impl Usual {
    /// The style for known layers.
    pub fn style(self) -> Style {
        let mut template = TEMPLATE.to_owned();
        for (mark, formula) in FORMULAS {
            template = template.replace(&format!("\"{mark}\""), formula);
        }
        Style::own(&spread(&self.colored(&template)), self)
    }

    /// A style for layers nothing is known about: by geometry alone.
    pub fn plain(self, tile_layers: &[(&str, Kinds)]) -> Style {
        let mut layers = vec![json!({
            "id": "ground", "type": "background", "paint": {"background-color": "@ground"}
        })];
        // Areas below lines below points, whatever order the layers have.
        let areas = json!({"fill-color": "@urban", "fill-outline-color": "@casing"});
        let lines = json!({"line-color": "@line", "line-width": 0.75});
        let points = json!({"circle-color": "@line", "circle-radius": 1.5});
        let looks = [
            ("fill", GeometryKind::Polygon, areas),
            ("line", GeometryKind::Line, lines),
            ("circle", GeometryKind::Point, points),
        ];
        for (kind, geometry, paint) in looks {
            for (name, _) in tile_layers.iter().filter(|(_, kinds)| kinds.has(geometry)) {
                layers.push(json!({
                    "id": format!("{name} {kind}"), "type": kind, "source-layer": name,
                    "filter": ["==", "$type", geometry.name()], "paint": paint,
                }));
            }
        }
        for (name, _) in tile_layers {
            layers.push(json!({
                "id": format!("{name} names"), "type": "symbol", "source-layer": name,
                "layout": {"text-field": "{name}", "text-size": 11},
            }));
        }
        let style = json!({"version": 8, "layers": layers});
        Style::own(&self.colored(&style.to_string()), self)
    }

    fn colored(self, template: &str) -> String {
        COLORS.iter().fold(template.to_owned(), |style, (mark, light, dark)| {
            // With the quotes, since a layer of a foreign tile may have any name.
            let color = if self.0 { dark } else { light };
            style.replace(&format!("\"{mark}\""), &format!("\"{color}\""))
        })
    }
}

/// Repeats each layer for each of its `source-layers`.
fn spread(template: &str) -> String {
    let mut style: Json = serde_json::from_str(template).unwrap_or_default();
    let mut layers = Vec::new();
    for layer in style.get("layers").and_then(Json::as_array).into_iter().flatten() {
        let Some(names) = layer.get("source-layers").and_then(Json::as_array) else {
            layers.push(layer.clone());
            continue;
        };
        for name in names {
            let mut layer = layer.clone();
            if let Some(fields) = layer.as_object_mut() {
                fields.insert("source-layer".to_owned(), name.clone());
            }
            layers.push(layer);
        }
    }
    if let Some(fields) = style.as_object_mut() {
        fields.insert("layers".to_owned(), Json::Array(layers));
    }
    style.to_string()
}

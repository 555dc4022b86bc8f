//! What the legend explains: only what is drawn.

use super::{
    Stroke,
    lines::{Emphasis, LineLook, strokes},
    view::{View, feature_color, kind_color},
};
use crate::{
    catalogue::{Catalogue, LineClass, Project, Role, Status},
    language::Bilingual,
    style::{Marker, Rgba, SymbolLook},
};

/// A sample beside its meaning.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub what: What,
    pub sample: Sample,
}

/// The meaning; the words come from the locale files or the kinds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    Line {
        class: &'static str,
        planned: bool,
    },
    /// A line of any class that the plan meant to build, and that is there by now.
    Built,
    Kind(Bilingual),
    Unlocated,
    /// A layer of the user's, by name.
    Layer(String),
    /// A class of the layer before it.
    Class(String),
}

/// A mark as the legend shows it.
#[derive(Debug, Clone, PartialEq)]
pub enum Sample {
    Line(Vec<Stroke>),
    Area {
        fill: Rgba,
        outline: Option<Stroke>,
    },
    /// One layer's areas beside its lines.
    AreaAndLine {
        fill: Rgba,
        outline: Option<Stroke>,
        line: Stroke,
    },
    Pin {
        glyph: char,
        color: Rgba,
    },
    Anchor {
        color: Rgba,
    },
    Dot {
        color: Rgba,
        ring: Rgba,
        marker: Marker,
    },
    /// A name over what follows it.
    Nothing,
}

/// What a layer of the user's holds and how it looks.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerLook {
    pub name: String,
    pub has_areas: bool,
    pub has_lines: bool,
    pub symbol: SymbolLook,
    /// Its classes in words, with their colours; none for one symbol.
    pub classes: Vec<(String, Rgba)>,
}

/// The entries of a layer of the user's: swatches where it holds areas, beside them
/// lines where it holds those too, else lines, else points.
/// With classes its name stands over them.
pub fn layer_entries(layer: &LayerLook) -> Vec<Entry> {
    let symbol = &layer.symbol;
    let sample = |color: Rgba| {
        let edge = symbol.outline.filter(|_| layer.has_areas).unwrap_or(color);
        let line = Stroke::solid(symbol.line_width_pt.max(1.0), edge);
        if layer.has_areas && layer.has_lines {
            Sample::AreaAndLine {
                fill: color.faded(symbol.fill_share),
                outline: Some(line),
                line: Stroke::solid(symbol.line_width_pt.max(1.0), color),
            }
        } else if layer.has_areas {
            Sample::Area { fill: color.faded(symbol.fill_share), outline: Some(line) }
        } else if layer.has_lines {
            Sample::Line(vec![line])
        } else {
            Sample::Dot { color, ring: symbol.casing, marker: symbol.marker }
        }
    };
    let name = What::Layer(layer.name.clone());
    if layer.classes.is_empty() {
        return vec![Entry { what: name, sample: sample(symbol.color(0)) }];
    }
    let classes = layer
        .classes
        .iter()
        .map(|(words, color)| Entry { what: What::Class(words.clone()), sample: sample(*color) });
    std::iter::once(Entry { what: name, sample: Sample::Nothing }).chain(classes).collect()
}

/// The key of a class in the locale files.
pub const fn class_key(class: LineClass) -> &'static str {
    match class {
        LineClass::Expressway => "expressway",
        LineClass::Road => "road",
        LineClass::HighSpeedRail => "high_speed_rail",
        LineClass::Metro => "metro",
        LineClass::River => "river",
        LineClass::Tributary => "tributary",
        LineClass::Runway => "runway",
    }
}

/// Entries for what the view shows: lines by class, then pins by kind, then the anchors.
pub fn entries(catalogue: &Catalogue, view: View<'_>) -> Vec<Entry> {
    let shown: Vec<&Project> = view.shown.iter().filter_map(|&i| catalogue.project_at(i)).collect();
    let mut entries: Vec<Entry> = Vec::new();
    let mut add = |entry: Entry| {
        if !entries.iter().any(|known| known.what == entry.what) {
            entries.push(entry);
        }
    };
    for project in &shown {
        for (_, feature) in catalogue.features_of(project, Role::Main) {
            let Some(class) = feature.class.filter(|c| *c != LineClass::Tributary) else {
                continue;
            };
            let look = LineLook {
                class,
                status: project.status,
                is_open: feature.is_built,
                role: Role::Main,
                color: feature_color(catalogue, feature, &project.kind, view.mode),
                emphasis: Emphasis::Normal,
                zoom: 9.0,
            };
            let planned = project.status == Status::Planned;
            // Only of these a plan is told by dashes.
            let dashes = !matches!(class, LineClass::Runway | LineClass::River);
            let what = if planned && feature.is_built && dashes {
                What::Built
            } else {
                What::Line { class: class_key(class), planned }
            };
            add(Entry { what, sample: Sample::Line(strokes(look, view.palette())) });
        }
    }
    for kind in &catalogue.kinds {
        let has_pin =
            shown.iter().any(|p| p.kind == kind.key && p.is_located() && p.length_km.is_none());
        if has_pin {
            add(Entry {
                what: What::Kind(kind.name.clone()),
                sample: Sample::Pin {
                    glyph: kind.glyph,
                    color: kind_color(catalogue, &kind.key, view.mode),
                },
            });
        }
    }
    if view.with_anchors && shown.iter().any(|p| !p.is_located()) {
        let sample = Sample::Anchor { color: view.palette().muted };
        add(Entry { what: What::Unlocated, sample });
    }
    entries.sort_by(|a, b| a.what.cmp(&b.what));
    entries
}

//! The draw list for a view of the catalogue.

use super::{
    Mark, Pick, Prepared, Shape, Stroke,
    lines::{Emphasis, LineLook, layer, strokes},
    pins,
    view::{View, feature_color},
};
use crate::catalogue::{Catalogue, Feature, LineClass, Project, Role, Status};

/// Every shape above the basemap, lowest first.
pub fn compose(catalogue: &Catalogue, prepared: &Prepared, view: View<'_>) -> Vec<Shape> {
    let mut shapes = counties(catalogue, prepared, view);
    shapes.extend(areas_and_lines(catalogue, prepared, view));
    shapes.extend(pins::pins(catalogue, prepared, view));
    shapes
}

/// Active counties: a tint and a firm outline.
fn counties(catalogue: &Catalogue, prepared: &Prepared, view: View<'_>) -> Vec<Shape> {
    let palette = view.palette();
    catalogue
        .counties
        .iter()
        .zip(&prepared.counties)
        .filter(|(county, _)| view.counties.contains(&county.code))
        .flat_map(|(_, parts)| parts)
        .map(|part| Shape {
            pick: None,
            mark: Mark::Area {
                area: part.clone(),
                fill: palette.accent.with_alpha(18),
                outline: Some(Stroke::solid(1.8, palette.accent.with_alpha(200))),
            },
        })
        .collect()
}

/// One feature may serve several projects: the one that stands out most decides its look, and of
/// equals the one that comes first in the catalogue.
fn owner<'a>(
    catalogue: &'a Catalogue,
    feature: usize,
    view: View<'_>,
) -> Option<(&'a Project, Emphasis)> {
    let mut best: Option<(&Project, Emphasis)> = None;
    for &position in catalogue.projects_by_feature.get(feature)? {
        let Some(project) = catalogue.projects.get(position) else { continue };
        let Some(emphasis) = view.emphasis(position, project) else { continue };
        if best.is_none_or(|(_, so_far)| emphasis > so_far) {
            best = Some((project, emphasis));
        }
    }
    best
}

/// A line that has a name of its own is picked by itself.
fn pick(project: &Project, feature: &Feature) -> Pick {
    let (project, line) = (project.id.clone(), feature.id.clone());
    match feature.map_name {
        Some(_) => Pick::Line { project, line },
        None => Pick::Project(project),
    }
}

fn areas_and_lines(catalogue: &Catalogue, prepared: &Prepared, view: View<'_>) -> Vec<Shape> {
    let mut layered: Vec<((Emphasis, bool, u8), Shape)> = Vec::new();
    for (i, feature) in catalogue.features.iter().enumerate() {
        let Some((project, emphasis)) = owner(catalogue, i, view) else { continue };
        // A later alignment is shown only beside its own, selected one.
        if feature.role == Role::Update && emphasis < Emphasis::Selected {
            continue;
        }
        let color = feature_color(catalogue, feature, &project.kind, view.mode);
        let pick = Some(pick(project, feature));
        let above = match emphasis {
            Emphasis::Selected | Emphasis::Hovered => emphasis,
            _ => Emphasis::Normal,
        };
        if let Some(levels) = prepared.lines.get(i).and_then(Option::as_ref) {
            let class = feature.class.unwrap_or(LineClass::Road);
            // Known only by their ends, they would clutter the map of everything else.
            if class == LineClass::Tributary && emphasis < Emphasis::Hovered {
                continue;
            }
            let look = LineLook {
                class,
                is_open: feature.is_built,
                // What is there already is drawn as that, whatever the plan adds to it.
                status: match feature.role {
                    Role::Context => Status::Done,
                    Role::Main | Role::Update => project.status,
                },
                role: feature.role,
                color,
                emphasis,
                zoom: view.zoom,
            };
            let mark = Mark::Line {
                path: levels.for_zoom(view.zoom),
                strokes: strokes(look, view.palette()),
            };
            let main = feature.role == Role::Main;
            layered.push(((above, main, layer(class)), Shape { pick, mark }));
        } else if let Some(area) = prepared.areas.get(i).and_then(Option::as_ref) {
            let fade = if emphasis == Emphasis::Dimmed { 0.3 } else { 1.0 };
            let color = if emphasis == Emphasis::Selected { view.palette().accent } else { color };
            let mark = Mark::Area {
                area: area.clone(),
                fill: color.faded(0.45 * fade),
                outline: Some(Stroke::solid(1.4, color.faded(fade))),
            };
            layered.push(((above, true, 7), Shape { pick, mark }));
        }
    }
    layered.sort_by_key(|(order, _)| *order);
    layered.into_iter().map(|(_, shape)| shape).collect()
}

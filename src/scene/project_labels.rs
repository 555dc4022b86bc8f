//! Labels that the map asks for: selected first, then the city, counties, corridors and pins.

use super::{
    LabelStyle, Mark, Pick, Prepared, Shape, Viewport,
    labels::{Align, Candidate, LabelRequest},
    letters::{self, Spread},
    line_grid::Occupied,
    lines::Emphasis,
    pick::pin_head,
    pin_places::{around_pin, beside_pin, beside_ring, farther, farthest},
    pins::HOVERED_GROWS,
    view::{View, feature_color, kind_color},
};
use crate::{
    catalogue::{Catalogue, Feature, LineClass, Project, Role},
    style::Rgba,
    units::Mercator,
};

/// Names of corridors, reaches and pins.
pub fn project_labels(
    catalogue: &Catalogue,
    prepared: &Prepared,
    view: View<'_>,
    viewport: &Viewport,
    size_factor: f32,
) -> Vec<LabelRequest> {
    let mut requests = Vec::new();
    for (position, project) in catalogue.projects.iter().enumerate() {
        // Its place and size are those without the pointer, or names would jump as it passes.
        let Some(emphasis) = view.at_rest(position, project) else { continue };
        let aside = view.subject_only && emphasis == Emphasis::Dimmed;
        if !project.is_located() || aside {
            // The ring of a slide's subject would else be nameless; at a desk it counts several.
            if view.subject_only && !aside {
                let size_pt = 15.0 * size_factor;
                requests.extend(ring(prepared, (position, project), view, viewport, size_pt));
            }
            continue;
        }
        if emphasis == Emphasis::Selected {
            requests.extend(parts(catalogue, prepared, project, view, viewport, size_factor));
        }
        let lines =
            named_lines(catalogue, prepared, project, emphasis, view, viewport, size_factor);
        if !lines.is_empty() {
            requests.extend(lines);
            continue;
        }
        let text = project.short_name.get(view.language);
        let (candidates, letters) = if project.length_km.is_some() {
            let size_pt = style(emphasis, view.palette().ink, view, size_factor).size_pt;
            along_line(catalogue, prepared, project, view, viewport, (text, size_pt))
        } else {
            let far = (emphasis == Emphasis::Selected).then_some(15.0 * size_factor);
            (beside_pin(catalogue, prepared, project, viewport, far), Vec::new())
        };
        if candidates.is_empty() {
            continue;
        }
        let main = catalogue.features_of(project, Role::Main).next();
        let color = main.map_or_else(
            || kind_color(catalogue, &project.kind, view.mode),
            |(_, feature)| feature_color(catalogue, feature, &project.kind, view.mode),
        );
        let mut style = style(emphasis, color, view, size_factor);
        if view.hover == Some(project.id.as_str()) && emphasis == Emphasis::Dimmed {
            style.color = color;
        }
        requests.push(LabelRequest {
            text: text.to_owned(),
            style,
            priority: priority(project, emphasis),
            candidates,
            letters,
            break_from: 9,
            over_lines: emphasis == Emphasis::Selected,
        });
    }
    requests
}

/// The name of a project without a place beside its ring.
fn ring(
    prepared: &Prepared,
    (position, project): (usize, &Project),
    view: View<'_>,
    viewport: &Viewport,
    size_pt: f32,
) -> Option<LabelRequest> {
    let group = prepared.anchors.iter().find(|group| group.projects.contains(&position))?;
    let palette = view.palette();
    Some(LabelRequest {
        text: project.short_name.get(view.language).to_owned(),
        style: LabelStyle {
            size_pt,
            color: palette.accent,
            halo: palette.halo.with_alpha(235),
            bold: true,
            tracking_em: 0.0,
            plate: None,
        },
        priority: 940.0,
        candidates: beside_ring(viewport.to_pt(group.at), size_pt),
        letters: Vec::new(),
        break_from: 7,
        over_lines: true,
    })
}

/// The lines of a project that have names of their own, each named along itself.
fn named_lines(
    catalogue: &Catalogue,
    prepared: &Prepared,
    project: &Project,
    emphasis: Emphasis,
    view: View<'_>,
    viewport: &Viewport,
    size_factor: f32,
) -> Vec<LabelRequest> {
    let mut requests = Vec::new();
    for &i in &project.features {
        let Some(feature) = catalogue.features.get(i) else { continue };
        let Some(name) = &feature.map_name else { continue };
        let Some(levels) = prepared.lines.get(i).and_then(Option::as_ref) else { continue };
        let path = levels.for_zoom(view.zoom);
        // As with other lines: one that is shorter than its name waits until it is asked for.
        let long_pt = length(&path) * viewport.scale();
        if long_pt < 36.0 && emphasis < Emphasis::Selected {
            continue;
        }
        let color = feature_color(catalogue, feature, &project.kind, view.mode);
        // Six names of one project give way to the one name that another corridor has.
        let is_plans = feature.role == Role::Main;
        let part = if is_plans { -20.0 } else { -21.0 };
        let mut style = style(emphasis, color, view, size_factor);
        if !is_plans {
            // What is there already keeps its own colour beside the selected lines, as its line does.
            style.color = color;
        }
        requests.push(LabelRequest {
            text: name.get(view.language).to_owned(),
            style,
            priority: priority(project, emphasis) + part,
            candidates: beside_path(&path, viewport, &[0.5, 0.35, 0.65, 0.22, 0.78, 0.12, 0.88]),
            letters: Vec::new(),
            break_from: 10,
            over_lines: emphasis == Emphasis::Selected,
        });
    }
    requests
}

/// Names of the parts of a selected project: its several sites, and what is beside it, a later
/// alignment or a road that is there already, which has to say that it is not the plan's.
fn parts(
    catalogue: &Catalogue,
    prepared: &Prepared,
    project: &Project,
    view: View<'_>,
    viewport: &Viewport,
    size_factor: f32,
) -> Vec<LabelRequest> {
    let palette = view.palette();
    let label = |name: &str, candidates, color| LabelRequest {
        text: name.to_owned(),
        style: LabelStyle {
            size_pt: 12.5 * size_factor,
            color,
            halo: palette.halo.with_alpha(235),
            bold: false,
            tracking_em: 0.0,
            plate: None,
        },
        priority: 950.0,
        candidates,
        letters: Vec::new(),
        // Two short lines find room between lines where a long one does not.
        break_from: 7,
        over_lines: true,
    };
    let mut out = Vec::new();
    let sites: Vec<(usize, &Feature)> = catalogue
        .features_of(project, Role::Main)
        .filter(|(i, _)| prepared.points.get(*i).copied().flatten().is_some())
        .collect();
    for (i, feature) in sites.iter().filter(|_| sites.len() > 1) {
        let name = feature.name.get(view.language);
        let at = prepared.points.get(*i).copied().flatten();
        // The project's own name stands at its first site anyway.
        if let Some(at) = at.filter(|_| feature.name.zh != project.name.zh) {
            let foot = viewport.to_pt(at);
            let size_pt = 12.5 * size_factor;
            let places = around_pin(foot).into_iter().chain(farther(foot, size_pt));
            let places = places.chain(farthest(foot, size_pt));
            out.push(label(name, places.collect(), palette.accent));
        }
    }
    let beside = [Role::Update, Role::Context];
    for (i, feature) in beside.into_iter().flat_map(|role| catalogue.features_of(project, role)) {
        let Some(levels) = prepared.lines.get(i).and_then(Option::as_ref) else { continue };
        if feature.map_name.is_some() {
            // Named along itself already.
            continue;
        }
        let name = feature.name.get(view.language);
        let candidates =
            beside_path(&levels.for_zoom(view.zoom), viewport, &[0.12, 0.2, 0.05, 0.16]);
        out.push(label(name, candidates, palette.ink));
    }
    out
}

fn style(emphasis: Emphasis, color: Rgba, view: View<'_>, size_factor: f32) -> LabelStyle {
    let palette = view.palette();
    let (size, color, bold) = match emphasis {
        Emphasis::Selected => (15.0, palette.accent, true),
        Emphasis::Hovered | Emphasis::Normal => (13.0, color, true),
        Emphasis::Dimmed => (12.0, color.mix(palette.city, 0.55), false),
        Emphasis::Ghost => (12.0, palette.muted, false),
    };
    LabelStyle {
        size_pt: size * size_factor,
        color,
        halo: palette.halo.with_alpha(235),
        bold,
        tracking_em: 0.0,
        plate: None,
    }
}

/// Selected, then large lines, then airports, then by investment.
#[expect(clippy::cast_possible_truncation, reason = "priorities are coarse")]
fn priority(project: &Project, emphasis: Emphasis) -> f32 {
    let money = project.investment.map_or(0.0, |i| i.yi.max(1.0).ln()) as f32;
    let base = match emphasis {
        Emphasis::Selected => 1000.0,
        Emphasis::Hovered | Emphasis::Normal => 100.0,
        Emphasis::Dimmed | Emphasis::Ghost => 20.0,
    };
    let line = if project.length_km.is_some() { 30.0 } else { 0.0 };
    let series = if project.id.starts_with('B') { 10.0 } else { 0.0 };
    base + line + series + money
}

/// Points at fixed fractions of the line, so that a label stays where it is while panning.
fn along_line(
    catalogue: &Catalogue,
    prepared: &Prepared,
    project: &Project,
    view: View<'_>,
    viewport: &Viewport,
    (text, size_pt): (&str, f32),
) -> (Vec<Candidate>, Vec<Vec<[f32; 2]>>) {
    let longest = catalogue
        .features_of(project, Role::Main)
        .filter_map(|(i, feature)| {
            let levels = prepared.lines.get(i)?.as_ref()?;
            let path = levels.for_zoom(view.zoom);
            let long = length(&path);
            (feature.class != Some(LineClass::Tributary)).then_some((path, long))
        })
        .max_by(|a, b| a.1.total_cmp(&b.1));
    let Some((path, long)) = longest else { return (Vec::new(), Vec::new()) };
    // A line shorter than its own name is labelled only when it is asked for.
    if long * viewport.scale() < 36.0 && !view.selected.contains(&project.id) {
        return (Vec::new(), Vec::new());
    }
    let fractions =
        [0.5, 0.35, 0.65, 0.22, 0.78, 0.12, 0.88, 0.43, 0.57, 0.28, 0.72, 0.17, 0.83, 0.06, 0.94];
    let letters = if view.language.is_english() {
        Vec::new()
    } else {
        stacked(&path, viewport, text, size_pt)
    };
    (beside_path(&path, viewport, &fractions), letters)
}

/// Letters one under the other where the line is steep.
fn stacked(path: &[Mercator], viewport: &Viewport, text: &str, size_pt: f32) -> Vec<Vec<[f32; 2]>> {
    let path: Vec<[f32; 2]> = path.iter().map(|p| viewport.to_pt(*p)).collect();
    let long = letters::length(&path);
    let count = letters::units(text).len();
    let step_pt = size_pt * 1.24;
    let half = step_pt * count as f32 / 2.0;
    let mut found = Vec::new();
    for share in [0.5, 0.35, 0.65] {
        let middle = long * share;
        if !letters::is_steep(&path, middle - half, middle + half) {
            continue;
        }
        // Clear of the line with the widest of its units.
        let aside = size_pt * (letters::widest_em(text) / 2.0 + 0.45);
        for aside_pt in [aside, -aside] {
            let spread = Spread { count, step_pt, letter_pt: size_pt, aside_pt };
            found.extend(letters::along(&path, middle, spread));
        }
    }
    found
}

/// Places beside a path at fractions of its length.
fn beside_path(path: &[Mercator], viewport: &Viewport, fractions: &[f64]) -> Vec<Candidate> {
    let long = length(path);
    let mut candidates = Vec::new();
    for fraction in fractions {
        let Some((at, direction)) = at_length(path, long * fraction) else { continue };
        let [x, y] = viewport.to_pt(at);
        let inside =
            (0.0..viewport.width_pt).contains(&x) && (0.0..viewport.height_pt).contains(&y);
        if !inside {
            continue;
        }
        // Steep lines are named at their side, flat ones above or below, and those between in the
        // corner that the line leaves free.
        let (across, down) = (direction[0].abs(), direction[1].abs());
        let falls = direction[0] * direction[1] > 0.0;
        let (near, far) = if down > across * 2.5 {
            ((Align::Left, [x + 9.0, y]), (Align::Right, [x - 9.0, y]))
        } else if across > down * 4.0 {
            ((Align::Bottom, [x, y - 8.0]), (Align::Top, [x, y + 8.0]))
        } else {
            let rise = if falls { -12.0 } else { 12.0 };
            ((Align::Left, [x + 10.0, y + rise]), (Align::Right, [x - 10.0, y - rise]))
        };
        candidates.push(Candidate { align: near.0, at_pt: near.1 });
        candidates.push(Candidate { align: far.0, at_pt: far.1 });
    }
    candidates
}

/// Boxes of pins and anchors, which labels keep clear of; pins as large as without the pointer.
pub fn occupied_by_marks(shapes: &[Shape], view: View<'_>, viewport: &Viewport) -> Vec<Occupied> {
    let is_pointed_at = |pick: &Pick| {
        let ids = match pick {
            Pick::Project(id) | Pick::Line { project: id, .. } => std::slice::from_ref(id),
            Pick::Several(ids) => ids,
        };
        let hovered = ids.iter().any(|id| view.hover == Some(id));
        hovered && !ids.first().is_some_and(|id| view.selected.contains(id))
    };
    shapes
        .iter()
        .filter_map(|shape| match &shape.mark {
            Mark::Pin { at, radius_pt, .. } => {
                let foot = viewport.to_pt(*at);
                let grows = if shape.pick.as_ref().is_some_and(is_pointed_at) {
                    HOVERED_GROWS
                } else {
                    1.0
                };
                let radius_pt = radius_pt / grows;
                let [x, y] = pin_head(foot, radius_pt);
                Some([x - radius_pt, y - radius_pt, x + radius_pt, foot[1]])
            }
            Mark::Anchor { at, radius_pt, .. } => {
                let [x, y] = viewport.to_pt(*at);
                Some([x - radius_pt, y - radius_pt, x + radius_pt, y + radius_pt])
            }
            _ => None,
        })
        .collect()
}

fn length(path: &[Mercator]) -> f64 {
    path.windows(2)
        .filter_map(|pair| Some((pair.first()?, pair.get(1)?)))
        .map(|(a, b)| (b.x - a.x).hypot(b.y - a.y))
        .sum()
}

/// The position that far along a path, and the direction there.
fn at_length(path: &[Mercator], units: f64) -> Option<(Mercator, [f64; 2])> {
    let mut left = units;
    for pair in path.windows(2) {
        let (a, b) = (*pair.first()?, *pair.get(1)?);
        let step = (b.x - a.x).hypot(b.y - a.y);
        if step > 0.0 && left <= step {
            let t = left / step;
            let at = Mercator { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t };
            return Some((at, [b.x - a.x, b.y - a.y]));
        }
        left -= step;
    }
    None
}
